"""P03: handoffs of which the plan says that they are not done, no longer, or not yet."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Severity, agency, handoff, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import Pillar, Status

_SAID = {
    Status.UNUSED: "is prescribed and not done",
    Status.PLANNED: "is planned and not there yet",
    Status.ENDED: "has ended, and nothing stands in its place",
}
_MEND = {
    Status.UNUSED: "Find out what keeps {ends} from doing it - forms, money, time, or that nobody "
    "knows of it - and name who sees to it that it is done.",
    Status.PLANNED: "Agree between {ends} on the day from which it holds and on who answers for it "
    "until then.",
    Status.ENDED: "Ask {ends} what became of those whom it served, and write down who does it now; "
    "or take the line out, where nobody needs it any more.",
}


@rule(
    code="P03",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=(),
)
def written_and_not_done(graph: PlanGraph) -> Iterator[Answer]:
    """The plan itself says that this handoff is on paper only, has ended, or is yet to come.

    Why it matters:
        A right that is written down and never granted looks like a right in every report. Who
        relies on it finds out too late.

    What it looks at:
        Every handoff whose status is unused, planned or ended, at the date asked for, and both
        ends of which are there. One that has come back, or has something of the same kind between
        the same two in force beside it, is left out. What its absence does to persons, other rules
        tell as well; here it is told in any case.

    When it is no trouble:
        It is done by now: give the line its status and the date ('since') from which it holds.

    Broken:
        format: 1
        plan: {id: example, title: An order nobody makes, as_of: 2024, completeness: complete}
        agencies:
          - {id: court, name: Criminal court}
          - {id: fund, name: Victims' fund}
        handoffs:
          - {from: court, to: fund, pillars: [protect], kind: order, stage: compensation,
             status: unused}

    Mended:
        format: 1
        plan: {id: example, title: An order that is made, as_of: 2024, completeness: complete}
        agencies:
          - {id: court, name: Criminal court}
          - {id: fund, name: Victims' fund}
        handoffs:
          - {from: court, to: fund, pillars: [protect], kind: order, stage: compensation}
    """
    there = {(h.sender, h.receiver, h.kind) for h in graph.handoffs}
    for h in graph.absent:
        told = h.status in _MEND and h.holds(graph.view.as_of) and graph.agency_is_there(h)
        if told and (h.sender, h.receiver, h.kind) not in there:
            yield _flag(graph, h)


def _flag(graph: PlanGraph, h: Handoff) -> Flag:
    sender, receiver = graph.name(h.sender), graph.name(h.receiver)
    ends = [end for end in (h.sender, h.receiver) if end not in PARTICIPANTS]
    what = f" ({h.what})" if h.what else ""
    return Flag(
        about=(*handoff(h), *agency(*ends)),
        message=(
            f"The plan says that this {h.kind.label} {_SAID[h.status]}: "
            f"{sender} → {receiver}{what}."
        ),
        mend=_MEND[h.status].format(ends=" and ".join(map(graph.name, ends)) or "those who act"),
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
