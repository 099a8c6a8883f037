"""G36: pillars between which nothing leads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from interagency.engine import Answer, Expected, Flag, Met, Severity, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Stage

_P = Pillar
_Way = tuple[Pillar, Pillar]
_PASSES: dict[_Way, str] = {
    (_P.PREVENT, _P.PROTECT): "those who inspect, inform or check borders refer whom they find",
    (
        _P.PROTECT,
        _P.PREVENT,
    ): "what helpers learn of recruiters reaches those who warn and inspect",
    (_P.PROTECT, _P.PROSECUTE): "what a victim wishes to tell reaches those who investigate",
    (_P.PROSECUTE, _P.PROTECT): "whoever is found in an investigation is referred to help",
    (_P.PREVENT, _P.PROSECUTE): "signs of crime seen in inspections reach those who investigate",
    (_P.PROSECUTE, _P.PREVENT): "what investigations show of recruiters reaches those who license",
}

_HELPS = frozenset(f for f in Function if f.pillar is _P.PROTECT)
_INQUIRES = frozenset(
    {
        Function.CRIMINAL_INVESTIGATION,
        Function.PROACTIVE_INVESTIGATION,
        Function.EX_OFFICIO_INVESTIGATION,
        Function.EVIDENCE_COLLECTION,
    }
)
_INSPECTS = frozenset({Function.LABOUR_STANDARDS_ENFORCEMENT, Function.RECRUITMENT_REGULATION})
_INFORMS = frozenset({Function.AWARENESS_RAISING, Function.SAFE_MIGRATION_INFORMATION})
_DOING: dict[_Way, tuple[frozenset[Function], frozenset[Function]]] = {
    (_P.PREVENT, _P.PROTECT): (_INSPECTS | _INFORMS | {Function.BORDER_MEASURES}, _HELPS),
    (_P.PROTECT, _P.PREVENT): (_HELPS, _INFORMS | _INSPECTS),
    (_P.PROTECT, _P.PROSECUTE): (_HELPS, _INQUIRES),
    (_P.PROSECUTE, _P.PROTECT): (_INQUIRES, _HELPS),
    (_P.PREVENT, _P.PROSECUTE): (_INSPECTS | {Function.BORDER_MEASURES}, _INQUIRES),
    (_P.PROSECUTE, _P.PREVENT): (_INQUIRES, frozenset({Function.RECRUITMENT_REGULATION})),
}
"""Of each way, what those at its two ends do: only they can do what its sentence says."""


@rule(
    code="G36",
    severity=Severity.HIGH,
    pillars=tuple(Pillar),
    requirements=("BAL-05-2", "COE-29-2", "PAL-09-3"),
)
def three_islands(graph: PlanGraph) -> Iterator[Answer]:
    """Two of the three Ps stand side by side, and nothing leads from one to the other.

    Why it matters:
        Police do not meet carers, and neither teaches prevention. Each P may be well made, and the
        person still falls between them.

    What it looks at:
        Handoffs between agencies, each pair of pillars in both directions. An agency works in the
        pillars of its functions; one that lists none works in those of its handoffs. A pillar leads
        to another when one handoff serves both, or when a handoff of either goes from an agency
        that works in the first to one that works in the second. A pillar in which nothing passes at
        all is told of once, by itself.

    When it is no trouble:
        The plan is about one pillar only: ask for that pillar alone. A ministry that does the work
        of two pillars under one roof joins them inside; write the passing between its units.

    Broken:
        format: 1
        plan: {id: example, title: Three islands, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: prosecutor, name: Prosecutor}
          - {id: clinic, name: Clinic}
          - {id: shelter, name: Shelter}
          - {id: campaign, name: Information office}
          - {id: schools, name: Schools}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: clinic, to: shelter, pillars: [protect], kind: referral}
          - {from: campaign, to: schools, pillars: [prevent], kind: guidance}

    Mended:
        format: 1
        plan: {id: example, title: Joined, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: prosecutor, name: Prosecutor}
          - {id: clinic, name: Clinic}
          - {id: shelter, name: Shelter}
          - {id: campaign, name: Information office}
          - {id: schools, name: Schools}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: clinic, to: shelter, pillars: [protect], kind: referral}
          - {from: campaign, to: schools, pillars: [prevent], kind: guidance}
          - {from: police, to: shelter, pillars: [protect, prosecute], kind: joint_action}
          - {from: shelter, to: campaign, pillars: [protect, prevent], kind: information_sharing}
          - {from: police, to: campaign, pillars: [prosecute, prevent], kind: information_sharing}
    """
    if not graph.agencies:
        return
    asked = [p for p in Pillar if graph.view.pillars is None or p in graph.view.pillars]
    between = [
        h
        for h in graph.handoffs
        if h.sender != h.receiver and PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver))
    ]
    active = {p for h in between for p in h.pillars}
    for pillar in asked:
        if pillar not in active:
            yield _empty(pillar)
    works = {a.id: {f.pillar for f in a.functions if f.pillar} for a in graph.agencies}
    unsaid = {an_id for an_id, pillars in works.items() if not pillars}
    for h in between:
        for end in unsaid & {h.sender, h.receiver}:
            works[end].update(h.pillars)
    led: set[_Way] = set()
    for h in between:
        for p in works[h.sender]:
            led.update((p, q) for q in works[h.receiver] if p in h.pillars or q in h.pillars)
        led.update((p, q) for p in h.pillars for q in h.pillars)
    for p, q in combinations([p for p in asked if p in active], 2):
        missing = [way for way in ((p, q), (q, p)) if way not in led]
        if missing:
            yield _flag(graph, (p, q), missing)
        else:
            yield Met(Ref(Kind.PLAN, f"{p}-{q}"))


def _empty(pillar: Pillar) -> Flag:
    return Flag(
        about=(Ref(Kind.PLAN, pillar.value),),
        message=(
            f"Nothing passes between agencies in order to {pillar.label}: this pillar stands "
            "alone, or is not in the plan."
        ),
        ask=f"No source states what passes between agencies in order to {pillar.label}.",
        lacking=(f"a handoff of the pillar {pillar.value}",),
        mend=f"Write who hands what to whom in order to {pillar.label}, and to the other pillars.",
    )


def _flag(graph: PlanGraph, pair: _Way, missing: list[_Way]) -> Flag:
    ways = " or ".join(f"from {p.label} to {q.label}" for p, q in missing)
    if len(missing) == 2:
        message = f"Nothing leads between {pair[0].label} and {pair[1].label}, in either direction."
    else:
        message = f"Nothing leads from {missing[0][0].label} to {missing[0][1].label}."
    return Flag(
        about=(Ref(Kind.PLAN, f"{pair[0]}-{pair[1]}"),),
        message=message,
        ask=f"No source states what leads {ways}. What does?",
        mend=" ".join(f"See to it that {_PASSES[way]}." for way in missing),
        expected=tuple(e for way in missing for e in _expected(graph, way)),
        lacking=tuple(
            f"an agency that has {' or '.join(f.value for f in sorted(end))} as a function"
            for way in missing
            for end in _DOING[way]
            if not _holding(graph, end)
        ),
    )


def _expected(graph: PlanGraph, way: _Way) -> Iterator[Expected]:
    first, last = (_holding(graph, end) for end in _DOING[way])
    for sender, receiver in ((a, b) for a in first[:2] for b in last[:2] if a is not b):
        yield Expected(
            sender=sender.id,
            receiver=receiver.id,
            kind=HandoffKind.INFORMATION_SHARING,
            pillars=way,
            stage=Stage.SYSTEM,
            what=_PASSES[way],
        )


def _holding(graph: PlanGraph, functions: frozenset[Function]) -> tuple[Agency, ...]:
    """Who has any of these functions, those to whom most cases come first."""
    return graph.likely(a for a in graph.agencies if not functions.isdisjoint(a.functions))
