"""X02: removals that do not wait for the answer of a check."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X02",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2A", "COE-13"),
    behind="removal-before-identification",
    whom=(Group.FOREIGN_NATIONALS,),
)
def removed_while_check_open(graph: PlanGraph) -> Iterator[Answer]:
    """A person can be removed while it is still open whether they are a victim.

    Why it matters:
        From the first reasonable grounds until the decision nobody may be sent away; after a
        removal the check has nobody left to ask. Critical: a prohibition without exception, and a
        step that cannot be taken back.

    What it looks at:
        Steps of removal: a referral, custody transfer, decision or order that stands at the stage
        return_reintegration, or hands a person over, into or out of the hands of those who remove
        (function removal, an immigration authority; as senders also border control and detention).
        To tell whoever has the function removal, at that stage, whom to remove (data: personal) is
        one too, and that the sender identifies victims is no guard there.
        In order when the step waits (need no_removal, condition formal_identification), when the
        person agrees to leave, when its sender identifies victims itself, or when an agency that
        identifies tells one of its ends to hold back (a handoff with the need no_removal). The plan
        itself says that it does not wait when reasonable grounds are the condition of the removal.
        One finding for each sender. Whether anyone was asked at all is another rule's question:
        removal-before-identification.

    When it is no trouble:
        Coming home is no removal: limit the handoff to nationals. A removal found to be safe is not
        for that reason a removal that waited.

    Broken:
        format: 1
        plan: {id: example, title: Away before the answer, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: status, name: Immigration office, sector: immigration_authority}
          - {id: escort, name: Border escort, sector: border_control, functions: [removal]}
        handoffs:
          - {from: panel, to: status, pillars: [protect], kind: notification}
          - from: status
            to: escort
            pillars: [prosecute]
            kind: custody_transfer
            stage: return_reintegration

    Mended:
        format: 1
        plan: {id: example, title: Away after the answer, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: status, name: Immigration office, sector: immigration_authority}
          - {id: escort, name: Border escort, sector: border_control, functions: [removal]}
        handoffs:
          - from: panel
            to: status
            pillars: [protect, prosecute]
            kind: notification
            needs: [no_removal, low_threshold]
          - from: status
            to: escort
            pillars: [prosecute]
            kind: custody_transfer
            stage: return_reintegration
    """
    for step in guarded(graph, "X02"):
        yield Met(step.ref)
    for found in unguarded(graph, "X02"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    waits = (
        "is taken on reasonable grounds alone. From then until the decision nobody may be removed"
        if found.broken
        else "does not wait while it is open whether the person is trafficked"
    )
    return Flag(
        about=found.about(),
        message=f"The removal from {sender} to {receivers} {waits}.{found.also(graph)}",
        mend=(
            f"Let whoever identifies victims tell {sender} in writing, at the first signs, to hold "
            "back. Let the removal wait for the conclusive decision, and say so on the line (need "
            "no_removal, or condition formal_identification)."
        ),
        ask=(
            f"No source states whether the removal from {sender} to {receivers} waits while it is "
            f"open whether the person is trafficked. Ask {sender} who can stop it, and how."
        ),
        lacking=found.lacking("X02"),
        stated=bool(found.broken),
    )
