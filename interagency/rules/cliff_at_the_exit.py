"""G43: shelters and returns after which nothing comes."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_F = Function
_AFTER = {
    _F.REINTEGRATION_SUPPORT,
    _F.POST_RETURN_MONITORING,
    _F.RETRAFFICKING_PREVENTION,
    _F.LABOUR_MARKET_ACCESS,
    _F.EDUCATION_ACCESS,
    _F.RESIDENCE_STATUS,
    _F.CASE_MANAGEMENT,
}
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
        Whom a case manager sent there stays in that manager's hands. Told once for the plan.

    When it is no trouble:
        The shelter's own staff stay in touch: give it the function reintegration_support or
        post_return_monitoring. How long such help lasts, and for whom, is not asked.

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
    exits = _exits(graph)
    if not exits:
        return
    further = [a for a in graph.agencies if _gives_what_comes_after(a)]
    ends = {a.id for a in (*further, *filter(_work_or_school, graph.agencies))}
    for h in graph.handoffs:
        if h.stage is Stage.SOCIAL_INCLUSION and h.kind in CASE_KINDS:
            ends.update({h.sender, h.receiver} - PARTICIPANTS.keys())
    leading = graph.leading_to(ends)
    cut = [a for a in exits if a.id not in leading and not graph.in_hands_of(a.id)]
    if cut:
        yield _flag(graph, cut, further)
    else:
        yield Met(_SUBJECT)


def _exits(graph: PlanGraph) -> list[Agency]:
    home = {
        h.receiver
        for h in graph.handoffs
        if h.stage is Stage.RETURN_REINTEGRATION and h.kind in MOVING_KINDS
    }
    return [
        a
        for a in graph.agencies
        if (a.id in home and a.sector not in _NO_EXIT)
        or (Function.EMERGENCY_ACCOMMODATION in a.functions and graph.received_by(a.id, HELP_KINDS))
    ]


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


def _flag(graph: PlanGraph, cut: list[Agency], further: list[Agency]) -> Flag:
    last = _last(graph, cut)
    names = listed(a.name for a in last)
    ends = graph.likely(further)
    whom = ends[0].name if ends else "whoever helps with housing, work and papers"
    nobody = "" if ends else " Nobody in the plan holds such a task."
    stops = {a.id for a in last}
    rest = [a for a in cut if a.id not in stops]
    return Flag(
        about=(_SUBJECT, *agency(*(a.id for a in (*last, *rest)))),
        message=(
            f"The way ends at {names}: nothing leads on to housing, work, school, residence or "
            f"follow-up.{nobody}"
        ),
        ask=(
            f"No source states what comes after {names}: who helps with housing, work, school or "
            "residence, and who asks after some months how the person is. Ask them where people go "
            "when they leave."
        ),
        mend=(
            "Before a person leaves, agree with them on a plan for what comes next, and refer "
            f"them, with consent, to {whom}. Follow up after fixed times."
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
