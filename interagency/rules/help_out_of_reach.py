"""G29: first help that is only in some places, or only by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency.engine import Answer, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Coverage, Function, Hours, Need, Pillar, Sector

_FIRST = {
    Function.FIRST_RESPONSE_SAFETY,
    Function.HOTLINE_OPERATION,
    Function.INTERPRETATION,
    Function.WITNESS_PROTECTION,
}
_AT_ONCE = {
    Function.FIRST_RESPONSE_SAFETY,
    Function.HOTLINE_OPERATION,
    Function.EMERGENCY_ACCOMMODATION,
}
_REACH = Ref(Kind.PLAN, "hours-and-places")


@rule(
    code="G29",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2B", "UNT-24-1"),
)
def help_out_of_reach(graph: PlanGraph) -> Iterator[Answer]:
    """Those who should help first are only in the capital, or only there by day.

    Why it matters:
        People are found at night, at weekends and at the border. The chart is right, and the phone
        does not answer.

    What it looks at:
        Agencies that persons turn to first: those that detect, identify, give help, run a hotline,
        take people out of danger, interpret or protect witnesses. Each of which the plan states
        that it works in office hours only, in one place, or in some places and not in others, is
        told; and so is anybody else of whom it states that they work in some places and not in
        others, for that leaves people out. Where the plan states neither hours nor coverage of any
        of those first agencies, and no handoff to one of them works out of hours, that is told
        once, with the names of those who meet persons first or take them in.

    When it is no trouble:
        Another agency does the same at the other hours or in the other places: waive it and say
        which. Coverage is measured against an agency's own territory: a provincial shelter that
        serves its province is everywhere.

    Broken:
        format: 1
        plan: {id: example, title: Monday to Friday, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: National hotline, sector: hotline, hours: office_hours}
          - {id: shelter, name: Shelter, roles: [service_provider], coverage: one_place}
        handoffs:
          - {from: hotline, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Day and night, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: National hotline, sector: hotline, hours: round_the_clock}
          - {id: shelter, name: Shelter, roles: [service_provider], coverage: everywhere}
        handoffs:
          - {from: hotline, to: shelter, pillars: [protect], kind: referral}
    """
    first = _first(graph)
    ids = {a.id for a in first}
    for a in graph.agencies:
        if a.id not in ids and a.coverage is not Coverage.PARTS:
            continue
        if _limits(a):
            yield _stated(a)
        elif a.hours or a.coverage:
            yield Met(a.ref)
    said = any(a.hours or a.coverage for a in first) or any(
        Need.OUT_OF_HOURS in h.needs and h.receiver in ids for h in graph.handoffs
    )
    if first and not said:
        yield _unsaid(_turned_to(graph, first) or first)


def _first(graph: PlanGraph) -> list[Agency]:
    able = {a.id for a in (*graph.detectors, *graph.identifiers, *graph.providers)}
    return [
        a
        for a in graph.agencies
        if a.id in able or a.sector is Sector.HOTLINE or not _FIRST.isdisjoint(a.functions)
    ]


def _turned_to(graph: PlanGraph, first: Sequence[Agency]) -> list[Agency]:
    """Of these, who meets persons, or takes them in, before anybody else does."""
    meeting = {a.id for a in graph.detectors}
    return [
        a
        for a in first
        if a.id in meeting or a.sector is Sector.HOTLINE or not _AT_ONCE.isdisjoint(a.functions)
    ]


def _limits(a: Agency) -> list[str]:
    limits = []
    if a.hours is Hours.OFFICE_HOURS:
        limits.append("reachable in office hours only")
    if a.coverage is Coverage.ONE_PLACE:
        limits.append("in one place only")
    if a.coverage is Coverage.PARTS:
        limits.append("in some places and not in others")
    return limits


def _stated(a: Agency) -> Flag:
    by_day = a.hours is Hours.OFFICE_HOURS
    far = a.coverage in (Coverage.ONE_PLACE, Coverage.PARTS)
    mends = []
    if by_day:
        mends.append(f"Name who answers for {a.name} at night and at weekends.")
    if far:
        mends.append(f"Name who does the same where {a.name} does not reach, and the way there.")
    return Flag(
        about=agency(a.id),
        message=(
            f"{a.name}: {listed(_limits(a))}. Whoever is found outside that finds nobody there."
        ),
        mend=" ".join(mends),
        lacking=tuple(
            text
            for text, missing in (
                (f"{a.name}, or a stand-in, round the clock", by_day),
                (f"{a.name}, or a stand-in, everywhere", far),
            )
            if missing
        ),
        stated=True,
    )


def _unsaid(first: Sequence[Agency]) -> Flag:
    names = listed(a.name for a in first)
    return Flag(
        about=(_REACH, *agency(*(a.id for a in first))),
        message=(
            "The plan says of none of those to whom persons turn first when they can be reached, "
            f"or in which places: {names}."
        ),
        ask=(
            "No source states when, and in which places, those can be reached to whom persons "
            f"turn first: {names}. Ask each for its hours and for the places it does not reach."
        ),
        mend="Write hours and coverage for each, and who stands in at night and elsewhere.",
        lacking=("hours and coverage of those to whom persons turn first",),
    )
