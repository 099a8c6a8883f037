"""P01: handoffs of which the plan itself says that they do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Severity, agency, handoff, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS
from interagency.vocabulary import Pillar, Status


@rule(
    code="P01",
    severity=Severity.HIGH,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=(),
)
def stated_missing(graph: PlanGraph) -> Iterator[Answer]:
    """The plan itself says that this handoff does not exist.

    Why it matters:
        Somebody looked for it, and it was not there. That is known, written down, and still open.

    What it looks at:
        Every handoff whose status is missing, at the date asked for. Handoffs that are planned,
        unused or ended are told of by written-and-not-done.

    When it is no trouble:
        It has come since: give the line its status and the date ('since') from which it holds. Or
        nobody wants it: take the line out.

    Broken:
        format: 1
        plan: {id: example, title: A known hole, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral, status: missing}

    Mended:
        format: 1
        plan: {id: example, title: A hole that was closed, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
    """
    for h in graph.absent:
        if h.status is not Status.MISSING or not h.holds(graph.view.as_of):
            continue
        sender, receiver = graph.name(h.sender), graph.name(h.receiver)
        what = f" ({h.what})" if h.what else ""
        ends = [end for end in (h.sender, h.receiver) if end not in PARTICIPANTS]
        yield Flag(
            about=(*handoff(h), *agency(*ends)),
            message=(
                f"The plan says that this {h.kind.label} does not exist: "
                f"{sender} → {receiver}{what}."
            ),
            mend=(
                f"Agree between {sender} and {receiver} on when it happens, how fast and with "
                "whose consent; then set the line's status to in_force, with the date."
            ),
            expected=(
                Expected(
                    sender=h.sender,
                    receiver=h.receiver,
                    kind=h.kind,
                    pillars=h.pillars,
                    stage=h.stage,
                    what=h.what or "",
                ),
            ),
            stated=True,
        )
