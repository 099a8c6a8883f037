"""X05: victims placed in a prison or in immigration custody."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X05",
    severity=Severity.CRITICAL,
    pillars=(
        Pillar.PROTECT,
        Pillar.PROSECUTE,
    ),
    requirements=("ACT-14-8", "OHC-P7", "COE-13"),
)
def victim_locked_up(graph: PlanGraph) -> Iterator[Answer]:
    """A person who is known or presumed to be a victim can be put into detention.

    Why it matters:
        A cell tells a victim what the trafficker said: that the State is no friend. Critical: a
        prohibition with a narrow exception, and liberty is at stake.

    What it looks at:
        Referrals and custody transfers into a detention authority of persons who are taken for
        victims: the handoff says so (condition formal_identification or reasonable_grounds, a group
        of victims in only_for, stage reflection, assistance or social_inclusion), or its sender
        identifies or helps victims. In order when the place is open (need non_detention), a court
        has ordered it (condition court_order), or a referral asks for the person's agreement. Where
        the handoff says itself that victims are meant, the plan states the trouble, unless the
        receiver gives help and may be an open centre. One finding for each sender.

    When it is no trouble:
        An arrest of suspects: a handoff at the stage investigation or prosecution that does not
        serve protection is left out. Persons whom nobody has looked at yet are the question of
        removal-before-identification.

    Broken:
        format: 1
        plan: {id: example, title: Found and locked up, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: centre, name: Reception centre, sector: detention_authority}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: referral, stage: reflection}
          - from: panel
            to: centre
            pillars: [protect]
            kind: custody_transfer
            stage: reflection

    Mended:
        format: 1
        plan: {id: example, title: Found and housed, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: centre, name: Reception centre, sector: detention_authority}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: referral, stage: reflection}
          - from: panel
            to: centre
            pillars: [protect]
            kind: referral
            stage: reflection
            needs: [consent, non_detention]
    """
    for step in guarded(graph, "X05"):
        yield Met(step.ref)
    for found in unguarded(graph, "X05"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    trouble = (
        f"{sender} hands persons who are taken for victims over to {receivers}, into detention, "
        "and nothing says that a court must order it."
        if found.broken
        else f"{sender}, which identifies or helps victims, hands persons over to {receivers}. "
        "Nothing keeps victims out of that detention."
    )
    return Flag(
        about=found.about(),
        message=f"{trouble}{found.also(graph)}",
        mend=(
            f"Let {sender} bring victims to an open place of help, not to {receivers}. Where "
            "custody has another reason, let a court order it case by case (condition "
            "court_order); where the place is open, write the need non_detention."
        ),
        ask=(
            f"No source states whether victims are kept out of detention when {sender} hands "
            f"persons over to {receivers}. Ask both who is held there, and why."
        ),
        lacking=found.lacking("X05"),
        stated=bool(found.broken),
    )
