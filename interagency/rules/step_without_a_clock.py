"""G26: steps for which a person waits, and nobody has said how long."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.guards import Unwanted
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

_WAITING = {
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.REFLECTION,
    Stage.LEGAL_STATUS,
    Stage.RETURN_REINTEGRATION,
}
_ONLY_TELLS = {HandoffKind.INFORMATION_SHARING, HandoffKind.NOTIFICATION}
_POLICE = (Sector.LAW_ENFORCEMENT, Sector.BORDER_CONTROL, Sector.IMMIGRATION_AUTHORITY)
"""Whoever comes home does not wait for the police and the border to be told of it."""
_OWED = {HandoffKind.DECISION, HandoffKind.CUSTODY_TRANSFER}


@rule(
    code="G26",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT,),
    requirements=("PAL-08-3", "COE-34-4"),
)
def step_without_a_clock(graph: PlanGraph) -> Iterator[Answer]:
    """A person waits for a step, and the plan does not say how long at most.

    Why it matters:
        Months in a shelter for a nationality check; weeks in a cell for an interview. Without a
        limit nobody is late.

    What it looks at:
        Handoffs in force that carry a case at the stages where waiting hurts: first response,
        identification, reflection, legal status, return and reintegration; and decisions and
        custody transfers at assistance. Each is in order when its time limit has a number
        (within: {max: ...}). Words without a number, such as 'promptly', are told of step by step,
        for the plan says them. Steps with no limit at all are told of by sender. The person and the
        public owe no hurry; what is done by habit only has no clock to ask for. Nobody waits to be
        sent away or reported: removals without consent, and steps that should not be, are left to
        the rules against them.

    When it is no trouble:
        The limit stands in a law that the plan cites: write its number. How long a person may stay
        somewhere (stay) is no limit on the step; a stay written under within hides that there is
        none.

    Broken:
        format: 1
        plan: {id: example, title: Sooner or later, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: panel, name: Identification panel}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral, stage: identification}

    Mended:
        format: 1
        plan: {id: example, title: Within three days, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: panel, name: Identification panel}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral, stage: identification,
             within: {max: P3D, wording: within three days}}
    """
    silent: dict[str, list[Handoff]] = {}
    unwanted = Unwanted(graph)
    for h in graph.handoffs:
        if not _waited_for(graph, h) or h in unwanted:
            continue
        if h.within is None:
            silent.setdefault(h.sender, []).append(h)
        elif h.within.max is None:
            yield _vague(graph, h, h.within.words)
        else:
            yield Met(h.ref)
    for sender, steps in silent.items():
        yield _silent(graph, sender, steps)


def _waited_for(graph: PlanGraph, h: Handoff) -> bool:
    if h.sender in PARTICIPANTS or h.kind not in CASE_KINDS or h.status is not Status.IN_FORCE:
        return False
    if h.stage is Stage.RETURN_REINTEGRATION and h.kind in _ONLY_TELLS:
        return not any(a.id == h.receiver for a in graph.in_sector(*_POLICE))
    return h.stage in _WAITING or (h.stage is Stage.ASSISTANCE and h.kind in _OWED)


def _vague(graph: PlanGraph, h: Handoff, words: str) -> Flag:
    ends = f"{graph.name(h.sender)} → {graph.name(h.receiver)}"
    what = f" ({h.what})" if h.what else ""
    return Flag(
        about=(*handoff(h), *agency(h.sender)),
        message=(
            f"{ends}{what}: the limit is '{words}', with no number that anyone can be held to."
        ),
        mend="Put a number to it: how many hours or days at most, and from when they count.",
        lacking=("a time limit with a number",),
        stated=True,
    )


def _silent(graph: PlanGraph, sender: str, steps: list[Handoff]) -> Flag:
    name = graph.name(sender)
    receivers = listed(_named(graph, r) for r in dict.fromkeys(h.receiver for h in steps))
    return Flag(
        about=(*agency(sender), *handoff(*steps)),
        message=f"No time limit is set for what {name} hands to {receivers}, and a person waits.",
        ask=(
            f"No source states how long, at most, a person waits for what {name} hands to "
            f"{receivers}."
        ),
        lacking=("a time limit with a number",),
        mend=(
            f"Set a limit for each of these steps of {name}, in hours or days, say from when it "
            "counts, and what happens when it has passed."
        ),
    )


def _named(graph: PlanGraph, receiver: str) -> str:
    name = graph.name(receiver)
    return name.lower() if receiver in PARTICIPANTS else name
