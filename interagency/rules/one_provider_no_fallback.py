"""G41: agencies without which some care is out of reach, and that nobody stands in for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from interagency.engine import Answer, Expected, Flag, Met, Severity, listed, rule
from interagency.graph import CARE, HELP_KINDS, PlanGraph
from interagency.model import Agency
from interagency.vocabulary import Coverage, Function, HandoffKind, Pillar, Stage

_Lost = dict[str, list[Function]]


@rule(
    code="G41",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("NRM-07", "COE-12-1A"),
)
def one_provider_no_fallback(graph: PlanGraph) -> Iterator[Answer]:
    """One agency closes, and a kind of care is out of reach.

    Why it matters:
        A shelter loses its grant, a clinic is full, a unit is moved: if no other is named, the
        person who comes next has nowhere to go.

    What it looks at:
        The five kinds of care every victim may need: accommodation, medical, psychosocial and
        material help, legal counsel. For each that somebody holds: the one agency that holds it,
        and any agency that stands on every way to those who hold it, from the person, the public,
        those who detect and those who identify. Agencies that only detect or identify are left
        out; one-gatekeeper asks about them. It is in order when another can be reached, when a
        handoff to the agency names who receives in its place (fallback) and that agency is there,
        or when the agency is a network: one entry that stands for several places (network: yes; or
        coverage: everywhere, with no capacity and no network: no beside it). Where the plan does
        not say whether it is one place or several, that is told, or asked; told of a complete plan
        it is less grave.

    When it is no trouble:
        The one entry stands for many, such as all State hospitals: write network: yes. Whether the
        others of a network have room, and who sends persons on between them, is not asked.

    Broken:
        format: 1
        plan: {id: example, title: One shelter, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [identification_authority]}
          - {id: shelter, name: City shelter, functions: [emergency_accommodation]}
          - {id: house, name: Guest house, sector: private_sector}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: One shelter with a stand-in, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [identification_authority]}
          - {id: shelter, name: City shelter, functions: [emergency_accommodation]}
          - {id: house, name: Guest house, sector: private_sector}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral, fallback: house}
    """
    holders = {f: graph.with_function(f) for f in sorted(CARE) if graph.with_function(f)}
    alone: _Lost = {}
    for function, held_by in holders.items():
        if len(held_by) == 1:
            alone.setdefault(held_by[0].id, []).append(function)
    on_the_way = _on_every_way(graph, {f: [a.id for a in h] for f, h in holders.items()}, alone)
    there = {a.id for a in graph.agencies}
    backed = {
        h.receiver for h in graph.handoffs if h.fallback in there and h.fallback != h.receiver
    }
    sender = next(iter(graph.likely(graph.competent_authorities)), None)
    several = {a.id for a in graph.agencies if _in_several_places(a)}
    lost = (alone.keys() | on_the_way.keys()) - backed - several
    for a in graph.agencies:
        if a.id in lost:
            ways = on_the_way.get(a.id, [])
            others = _other_ways(graph, a.id, ways, sender) if sender else ()
            flag = _flag(a, alone.get(a.id, []), ways, tuple(others))
            yield replace(flag, severity=Severity.MEDIUM) if flag.hangs and graph.complete else flag
        elif not CARE.isdisjoint(a.functions):
            yield Met(a.ref)


def _in_several_places(a: Agency) -> bool:
    """Whether the entry stands for more than one place: it says so, or is a service for all.

    A house with so many places can take people from everywhere, and is one house.
    """
    service = a.coverage is Coverage.EVERYWHERE and a.capacity is None
    return a.network or (a.network is None and service)


def _on_every_way(graph: PlanGraph, ends: dict[Function, list[str]], alone: _Lost) -> _Lost:
    deciding = {a.id for a in graph.identifiers}
    helping = {a.id for a in graph.providers}
    left_out = {*deciding, *(a.id for a in graph.detectors)} - helping
    starts = [*graph.entries, *deciding]
    lost: _Lost = {}
    passed = graph.gatekeepers(starts, {f.value: ids for f, ids in ends.items()}, into=HELP_KINDS)
    for function in ends:
        for an_id in passed.get(function.value, ()):
            if an_id not in left_out and function not in alone.get(an_id, []):
                lost.setdefault(an_id, []).append(function)
    return lost


def _flag(
    one: Agency,
    alone: list[Function],
    on_the_way: list[Function],
    expected: tuple[Expected, ...],
) -> Flag:
    name = one.name
    unsaid = one.network is None
    told: list[str] = []
    asked: list[str] = []
    mends: list[str] = []
    if alone:
        told.append(
            f"One entry of the plan gives {_words(alone)}: {name}."
            if unsaid
            else f"Nobody but {name} gives {_words(alone)}."
        )
        asked.append(f"No source names another that gives {_words(alone)} than {name}.")
    if on_the_way:
        told.append(f"To {_words(on_the_way)} every way leads through {name}.")
        asked.append(f"No source states a way to {_words(on_the_way)} but through {name}.")
    if unsaid:
        told.append("The plan does not say whether that is one place or several.")
        asked.append("Nor does one say whether that is one place or several.")
        mends.append("Say whether it is one place or several (network: no or yes). If it is one:")
    mends.append(f"Name who receives when {name} cannot (fallback on the handoffs to it).")
    if alone:
        mends.append("Where there is nobody, fund a second provider.")
    if on_the_way:
        mends.append(f"Open a second way to {_words(on_the_way)}.")
    return Flag(
        about=(one.ref,),
        message=" ".join([*told, "Nobody is named to stand in."]),
        ask=" ".join([*asked, "If it is one, who" if unsaid else "Who", "would stand in?"]),
        lacking=(f"a stand-in for {name}" + (", or network: yes" if unsaid else ""),),
        mend=" ".join(mends),
        expected=expected,
        hangs=unsaid,
    )


def _other_ways(
    graph: PlanGraph, an_id: str, functions: list[Function], sender: Agency
) -> Iterator[Expected]:
    others = {a.id: f for f in functions for a in graph.with_function(f)[:4]}
    for other, function in others.items():
        if other not in (an_id, sender.id) and sender.id != an_id:
            yield Expected(
                sender=sender.id,
                receiver=other,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.ASSISTANCE,
                what=f"person in need of {function.label}",
            )


def _words(functions: list[Function]) -> str:
    return listed(f.label for f in functions)
