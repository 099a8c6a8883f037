"""G36: pillars between which nothing leads."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from interagency.engine import Answer, Expected, Flag, Met, Severity, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import HandoffKind, Pillar, Stage

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
            yield _flag(graph, works, (p, q), missing)
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


def _flag(graph: PlanGraph, works: dict[str, set[Pillar]], pair: _Way, missing: list[_Way]) -> Flag:
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
        expected=tuple(e for way in missing for e in _expected(graph, works, way)),
    )


def _expected(graph: PlanGraph, works: dict[str, set[Pillar]], way: _Way) -> Iterator[Expected]:
    first, last = (graph.likely(_only_in(graph, works, p)) for p in way)
    for sender, receiver in zip(first[:1], last[:1], strict=False):
        yield Expected(
            sender=sender.id,
            receiver=receiver.id,
            kind=HandoffKind.INFORMATION_SHARING,
            pillars=way,
            stage=Stage.SYSTEM,
            what=_PASSES[way],
        )


def _only_in(graph: PlanGraph, works: dict[str, set[Pillar]], pillar: Pillar) -> list[Agency]:
    return [a for a in graph.agencies if pillar in works[a.id]]
