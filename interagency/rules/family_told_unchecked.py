"""X11: word to the family before anyone knows what part it had."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X11",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-4C", "COE-16-7"),
)
def family_told_unchecked(graph: PlanGraph) -> Iterator[Answer]:
    """The family or community is drawn in before anyone checks what part it had.

    Why it matters:
        Not seldom it was an uncle who sold the child. A call home can tell him where it is. High:
        family is what many victims want, and unchecked it can undo the rescue.

    What it looks at:
        Handoffs from an agency that gives help, from child protection or from a guardian to the
        community (family, neighbours, faith groups) that bring a person or tell of one: referrals
        and custody transfers, data: personal, or word of a case from identification onwards. In
        order when the risk is assessed first (need risk_assessment or child_best_interests,
        condition no_danger_of_return), or when nobody is named (data: anonymous). One finding for
        each sender.

    When it is no trouble:
        The receiver is a faith group or club that helps, and not the family: give it the sector
        ngo_service_provider. Outreach at the stages prevention to first_response tells of nobody.

    Broken:
        format: 1
        plan: {id: example, title: Home without a look, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: family, name: Family, sector: community}
        handoffs:
          - {from: shelter, to: family, pillars: [protect], kind: custody_transfer}

    Mended:
        format: 1
        plan: {id: example, title: Home after a look, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: family, name: Family, sector: community}
        handoffs:
          - from: shelter
            to: family
            pillars: [protect]
            kind: custody_transfer
            needs: [risk_assessment]
    """
    for step in guarded(graph, "X11"):
        yield Met(step.ref)
    for found in unguarded(graph, "X11"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    return Flag(
        about=found.about(),
        message=(
            f"{sender} brings persons, or word of them, to {receivers}, and nothing says that it "
            "is checked first whether family or neighbours had a part in the trafficking."
        ),
        mend=(
            f"Let {sender} assess the risk before any contact with {receivers}, with the person's "
            "own view; for a child, with the guardian (need risk_assessment)."
        ),
        ask=(
            f"No source states whether {sender} assesses the risk before it turns to {receivers}. "
            f"Ask {sender} how it finds out whether family or neighbours were involved."
        ),
        lacking=found.lacking("X11"),
        stated=bool(found.broken),
    )
