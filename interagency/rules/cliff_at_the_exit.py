"""G43: shelters and returns after which nothing comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_F = Function
_PLACES_ON = {
    _F.REINTEGRATION_SUPPORT,
    _F.POST_RETURN_MONITORING,
    _F.RETRAFFICKING_PREVENTION,
    _F.LABOUR_MARKET_ACCESS,
    _F.EDUCATION_ACCESS,
    _F.RESIDENCE_STATUS,
}
_AFTER = {*_PLACES_ON, _F.CASE_MANAGEMENT}
_AFTER_ROLES = {Role.REINTEGRATION_PROVIDER, Role.CASE_MANAGER}
_WORK_OR_SCHOOL = {Sector.EMPLOYMENT_SERVICES, Sector.EDUCATION}
_NO_EXIT = {
    Sector.IMMIGRATION_AUTHORITY,
    Sector.DETENTION_AUTHORITY,
    Sector.BORDER_CONTROL,
    Sector.FOREIGN_AFFAIRS_CONSULAR,
    Sector.FOREIGN_COUNTERPART,
}
_SUBJECT = Ref(Kind.PLAN, "after-the-exit")


@rule(
    code="G43",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("NRM-05", "PAL-06-3D", "OHC-P11"),
)
def cliff_at_the_exit(graph: PlanGraph) -> Iterator[Answer]:
    """After the shelter or the journey home comes nothing: no work, no papers, no follow-up.

    Why it matters:
        Debt, poverty and the recruiter are still there. Who leaves with nothing is easily
        trafficked again, and nobody sees it.

    What it looks at:
        The last stops: agencies that house (function emergency_accommodation) and to which
        somebody brings persons, and agencies that a person is handed to at the stage
        return_reintegration (immigration, border, detention, consulates and authorities abroad left
        out). Each is in order when it gives what comes after itself, or a case can come from it
        to one that does: roles reintegration_provider or case_manager; in the lead or in support
        the functions reintegration_support, post_return_monitoring, retrafficking_prevention,
        case_management, labour_market_access, education_access or residence_status; an employment
        or education service with no function stated; or any handoff at the stage social_inclusion.
        It is asked for each group that goes in: an exit for children is none for adults. Whom a
        case manager sent there stays in that manager's hands; where the stay has an end (stay), as
        far as a way leads from the manager to one who gives more than case management. Told once
        for the plan.

    When it is no trouble:
        The shelter's own staff stay in touch: give it the function reintegration_support or
        post_return_monitoring. How long such help lasts is not asked.

    Broken:
        format: 1
        plan: {id: example, title: The door closes, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
          - {id: jobs, name: Job centre, functions: [labour_market_access]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: A door further on, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
          - {id: jobs, name: Job centre, functions: [labour_market_access]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: shelter, to: jobs, pillars: [protect], kind: referral}
    """
    going_in = _going_in(graph)
    if not going_in:
        return
    further = [a for a in graph.agencies if _gives_what_comes_after(a)]
    ends = {a.id for a in (*further, *filter(_work_or_school, graph.agencies))}
    for h in graph.handoffs:
        if h.stage is Stage.SOCIAL_INCLUSION and h.kind in CASE_KINDS:
            ends.update({h.sender, h.receiver} - PARTICIPANTS.keys())
    leading = graph.whom_it_leads(ends, lambda h: h.kind in CASE_KINDS)
    placed = graph.whom_it_leads(ends - _only_managing(graph), lambda h: h.kind in CASE_KINDS)
    left = {
        stop: whom & ~leading.get(stop, 0) & ~_kept_in_hand(graph, stop, placed)
        for stop, whom in going_in.items()
    }
    cut = [a for a in graph.agencies if left.get(a.id)]
    if cut:
        yield _flag(graph, cut, further, _groups(graph, going_in, left))
    else:
        yield Met(_SUBJECT)


def _going_in(graph: PlanGraph) -> dict[str, int]:
    """The last stops, each with the kinds of person who are brought there and taken in."""
    passing = graph.persons.passing
    found: dict[str, int] = {}
    for a in graph.agencies:
        houses = Function.EMERGENCY_ACCOMMODATION in a.functions
        for h in graph.received_by(a.id, HELP_KINDS):
            home = h.stage is Stage.RETURN_REINTEGRATION and h.kind in MOVING_KINDS
            if houses or (home and a.sector not in _NO_EXIT):
                whom = passing(h.only_for) & passing(a.accepts or ())
                found[a.id] = found.get(a.id, 0) | whom
    return found


def _only_managing(graph: PlanGraph) -> set[str]:
    """The case managers who give nothing else of what comes after."""
    return {
        a.id
        for a in graph.case_managers
        if _PLACES_ON.isdisjoint((*a.functions, *a.supports))
        and Role.REINTEGRATION_PROVIDER not in a.roles
    }


def _kept_in_hand(graph: PlanGraph, stop: str, placed: Mapping[str, int]) -> int:
    """The kinds of person whom a case manager sent there, and keeps.

    Of those who may stay for a stated time only, as many as the manager can place after it.
    """
    passing = graph.persons.passing
    managers = {a.id for a in graph.in_hands_of(stop)}
    return reduce(
        or_,
        (
            passing(h.only_for) & (placed.get(h.sender, 0) if h.stay else graph.persons.everyone)
            for h in graph.received_by(stop, HELP_KINDS)
            if h.sender in managers
        ),
        0,
    )


def _groups(graph: PlanGraph, going_in: Mapping[str, int], left: Mapping[str, int]) -> str:
    """For whom nothing comes after, in words; '' where that is all who go in."""
    if all(left[stop] in (0, whom) for stop, whom in going_in.items()):
        return ""
    groups = graph.persons.told(reduce(or_, left.values()))
    return listed(group.label for group in groups) or "some of those who go in"


def _gives_what_comes_after(a: Agency) -> bool:
    gives = not _AFTER.isdisjoint((*a.functions, *a.supports))
    return gives or not _AFTER_ROLES.isdisjoint(a.roles)


def _work_or_school(a: Agency) -> bool:
    return a.sector in _WORK_OR_SCHOOL and not a.functions


def _last(graph: PlanGraph, cut: list[Agency]) -> list[Agency]:
    """Of these, the ones from which nobody is taken on; all of them where there is none."""
    stops = [
        a for a in cut if all(h.receiver in PARTICIPANTS for h in graph.sent_by(a.id, HELP_KINDS))
    ]
    before = graph.leading_to([a.id for a in stops], HELP_KINDS)
    return [*stops, *(a for a in cut if a.id not in before)]


def _flag(graph: PlanGraph, cut: list[Agency], further: list[Agency], groups: str) -> Flag:
    last = _last(graph, cut)
    names = listed(a.name for a in last)
    managing = _only_managing(graph)
    ends = graph.likely([a for a in further if a.id not in managing] or further)
    goal = ends[0].name if ends else "whoever helps with housing, work and papers"
    nobody = "" if ends else " Nobody in the plan holds such a task."
    whom = f" for {groups}" if groups else ""
    stops = {a.id for a in last}
    rest = [a for a in cut if a.id not in stops]
    return Flag(
        about=(_SUBJECT, *agency(*(a.id for a in (*last, *rest)))),
        message=(
            f"The way{whom} ends at {names}: nothing leads on to housing, work, school, residence "
            f"or follow-up.{nobody}"
        ),
        ask=(
            f"No source states what comes after {names}{whom}: who helps with housing, work, "
            "school or residence, and who asks after some months how the person is. Ask them where "
            "people go when they leave."
        ),
        mend=(
            "Before a person leaves, agree with them on a plan for what comes next, and refer "
            f"them, with consent, to {goal}. Follow up after fixed times."
        ),
        expected=tuple(
            Expected(
                sender=sender.id,
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.SOCIAL_INCLUSION,
                what="person who leaves, with a plan for what comes next",
            )
            for sender in (last if len(last) == 1 else ())
            for end in ends[:3]
            if end.id != sender.id
        ),
        lacking=tuple(_absent(last, ends)),
    )


def _absent(last: list[Agency], ends: tuple[Agency, ...]) -> Iterator[str]:
    if not ends:
        yield "an agency with the function reintegration_support or post_return_monitoring"
    elif len(last) > 1:
        yield f"a referral onward from each of: {listed(a.name for a in last)}"
