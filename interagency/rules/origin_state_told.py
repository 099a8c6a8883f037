"""X01: word to the State of origin about who may need asylum."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X01",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("OHC-G6-3", "ACT-14-3", "COE-14-5"),
    whom=(Group.FOREIGN_NATIONALS,),
)
def origin_state_told(graph: PlanGraph) -> Iterator[Answer]:
    """The State of origin can hear of a person who seeks asylum, without that person's own request.

    Why it matters:
        Whoever flees a State cannot take back what that State has learnt of them, and family at
        home pay for it. That is why this is critical: a prohibition, and harm that cannot be
        undone. Some treaties want the State of origin told of its national; the person's free
        request settles between the two.

    What it looks at:
        Handoffs that tell of a person, or bring one, from an asylum authority or an agency with the
        role service_provider to a foreign counterpart, or to a consulate whose country is stated
        and is not the plan's; from any agency, where the handoff is limited to asylum seekers. In
        order when it asks for the person's agreement (need consent, informed_choice or
        voluntariness, condition consent_given) or tells of nobody (data: anonymous). The plan
        itself rules the agreement out when a government's request is the condition. One finding for
        each sender.

    When it is no trouble:
        The handoff is about nationals of the plan's own country only: limit it to them (only_for:
        nationals, nationals_abroad). The foreign counterpart is that of a third State: format 1
        cannot say whose national the person is.

    Broken:
        format: 1
        plan: {id: example, title: A call to the embassy, as_of: 2024, completeness: complete}
        agencies:
          - {id: asylum, name: Asylum office, sector: asylum_authority}
          - {id: embassy, name: Embassy of the State of origin, sector: foreign_counterpart}
        handoffs:
          - {from: asylum, to: embassy, pillars: [protect], kind: information_sharing}

    Mended:
        format: 1
        plan: {id: example, title: A call the person asked for, as_of: 2024, completeness: complete}
        agencies:
          - {id: asylum, name: Asylum office, sector: asylum_authority}
          - {id: embassy, name: Embassy of the State of origin, sector: foreign_counterpart}
        handoffs:
          - from: asylum
            to: embassy
            pillars: [protect]
            kind: information_sharing
            needs: [consent, voluntariness]
    """
    for step in guarded(graph, "X01"):
        yield Met(step.ref)
    for found in unguarded(graph, "X01"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    decides = (
        "a government's request decides, not the person's"
        if found.broken
        else "nothing says that the person asks for it"
    )
    return Flag(
        about=found.about(),
        message=(
            f"{sender} passes persons, or word of them, to {receivers}, and {decides}. Whoever "
            f"fears that State, or may need asylum from it, is exposed to it.{found.also(graph)}"
        ),
        mend=(
            f"Let {sender} turn to {receivers} only when the person asks for it, after advice on "
            "asylum in a language the person understands; write consent and voluntariness among "
            "the needs."
        ),
        ask=(
            f"No source states whether {sender} waits for the person's own request before it "
            f"turns to {receivers}. Ask {sender}, and ask what it does when the person seeks "
            "asylum."
        ),
        lacking=found.lacking("X01"),
        stated=bool(found.broken),
    )
