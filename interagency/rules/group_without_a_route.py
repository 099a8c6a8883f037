"""G12: groups of persons for whom no way leads to help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CARE, HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Role, Stage

_G = Group
_AGE_AND_SEX = frozenset({_G.ADULTS, _G.CHILDREN, _G.WOMEN, _G.MEN, _G.GIRLS, _G.BOYS, _G.FAMILIES})
_WHERE_FROM = frozenset(
    {
        _G.NATIONALS,
        _G.FOREIGN_NATIONALS,
        _G.ASYLUM_SEEKERS,
        _G.STATELESS,
        _G.IRREGULAR_MIGRANTS,
        _G.NATIONALS_ABROAD,
        _G.INTERNAL_CASES,
    }
)
_EXPLOITED_IN = frozenset(
    {
        _G.SEXUAL_EXPLOITATION,
        _G.FORCED_LABOUR,
        _G.DOMESTIC_WORK,
        _G.FISHING,
        _G.FORCED_CRIMINALITY,
    }
)
_KINDS_OF_GROUP = (_AGE_AND_SEX, _WHERE_FROM, _EXPLOITED_IN)
_ALSO = {
    _G.WOMEN: {_G.ADULTS},
    _G.MEN: {_G.ADULTS},
    _G.GIRLS: {_G.CHILDREN},
    _G.BOYS: {_G.CHILDREN},
    _G.NATIONALS_ABROAD: {_G.NATIONALS},
    _G.ASYLUM_SEEKERS: {_G.FOREIGN_NATIONALS},
    _G.IRREGULAR_MIGRANTS: {_G.FOREIGN_NATIONALS},
    _G.STATELESS: {_G.FOREIGN_NATIONALS},
    _G.INTERNAL_CASES: {_G.NATIONALS, _G.FOREIGN_NATIONALS},
    _G.DOMESTIC_WORK: {_G.FORCED_LABOUR},
    _G.FISHING: {_G.FORCED_LABOUR},
}
"""Wider groups, in the same respect: what is open to them is open to the group."""

_WHOM = Ref(Kind.PLAN, "groups")


@rule(
    code="G12",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("PAL-06-4", "COE-12-7"),
)
def group_without_a_route(graph: PlanGraph) -> Iterator[Answer]:
    """For some persons no way leads to help, because every place takes others.

    Why it matters:
        A shelter for women leaves men on the street, and boys, and a mother with a grown son. Those
        whom no place takes are not seen either: nobody refers where nobody is taken in.

    What it looks at:
        Women, men and children (girls and boys where the plan tells them apart), and every other
        group that the plan writes on a handoff (only_for) or an agency (accepts), by age and sex,
        by where the person comes from, and by the form of exploitation. A group is asked about when
        something in the plan is limited to others of the same kind: 'women only' says something of
        men, 'nationals only' does not. It is in order when, over handoffs and agencies open to it,
        a case comes from the person, the public or an agency that detects to a place to stay
        (function emergency_accommodation, or role service_provider without any function of care;
        where the plan has none, any provider). Where no case comes to any such place at all, other
        rules tell of it, and this one only of groups that all places leave out. Where no provider
        of a partial plan states whom it takes, that is asked once; in a complete one, a place that
        is limited to nobody takes everyone.

    When it is no trouble:
        A place takes everyone and its line does not say so: leave accepts out, or list them. That a
        place suits a group (persons with disabilities, LGBTI persons) is not asked: nothing in a
        plan is ever limited to all others. A limit of another kind never closes a way here, though
        it may for some of the group.

    Broken:
        format: 1
        plan: {id: example, title: Women only, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider], accepts: [women, children]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: A house for men, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider], accepts: [women, children]}
          - {id: house, name: House, roles: [service_provider], accepts: [men, families]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: police, to: house, pillars: [protect], kind: referral}
    """
    places = _places(graph)
    if not places:
        return
    if not graph.complete and not any(a.accepts for a in graph.providers):
        yield from _whom(graph, places)
    limits = [limit for limit in _limits(graph) if limit]
    anyone = _taken_in(graph, places)
    for group in _asked(limits):
        fit = [a for a in places if _open(group, a.accepts)]
        if all(_open(group, limit) for limit in limits) or (fit and not anyone):
            continue
        if _taken_in(_as_group(graph, group), places):
            yield Met(Ref(Kind.PLAN, group.value))
        else:
            yield _flag(graph, group, places, graph.likely(fit))


def _places(graph: PlanGraph) -> list[Agency]:
    """Where a person can stay; where nobody says so, whoever gives help."""
    return [
        a
        for a in graph.agencies
        if Function.EMERGENCY_ACCOMMODATION in a.functions
        or (Role.SERVICE_PROVIDER in a.roles and CARE.isdisjoint(a.functions))
    ] or list(graph.providers)


def _limits(graph: PlanGraph) -> Iterator[tuple[Group, ...]]:
    yield from (a.accepts or () for a in graph.agencies)
    yield from (h.only_for for h in graph.handoffs)


def _asked(limits: Iterable[tuple[Group, ...]]) -> list[Group]:
    """The groups to ask about: those spoken of, and those that every plan has to think of."""
    spoken = {group for limit in limits for group in limit}
    young = {_G.GIRLS, _G.BOYS} if spoken & {_G.GIRLS, _G.BOYS} else {_G.CHILDREN}
    wanted = (spoken - {_G.ADULTS, _G.CHILDREN}) | {_G.WOMEN, _G.MEN} | young
    return [group for group in _G if group in wanted and _kind(group)]


def _kind(group: Group) -> frozenset[Group]:
    return next((kind for kind in _KINDS_OF_GROUP if group in kind), frozenset())


def _open(group: Group, limit: Iterable[Group] | None) -> bool:
    """Whether what is limited to some groups is open to this one, or speaks of another kind."""
    same = _kind(group).intersection(limit or ())
    return not same or not same.isdisjoint({group} | _ALSO.get(group, set()))


def _as_group(graph: PlanGraph, group: Group) -> PlanGraph:
    """The plan as open to the group, whatever else the person is."""
    return graph.for_group(group, *_ALSO.get(group, ()), *(set(_G) - _kind(group)))


def _taken_in(view: PlanGraph, places: list[Agency]) -> bool:
    """Whether a case comes to one of the places that are there in the view."""
    begin = view.entries
    reached = view.reached_from(begin)
    there = {a.id for a in view.agencies}
    return any(
        a.id in begin
        or any(
            h.sender in reached and (h.kind in HELP_KINDS or h.sender in PARTICIPANTS)
            for h in view.received_by(a.id)
        )
        for a in places
        if a.id in there
    )


def _flag(graph: PlanGraph, group: Group, places: list[Agency], fit: tuple[Agency, ...]) -> Flag:
    whom = group.label
    shut = [a for a in places if a not in fit]
    names = listed((a.name for a in shut), most=4)
    why = f" {names} {'takes' if len(shut) == 1 else 'take'} others." if shut else ""
    to_them = f" Nothing leads them to {listed((a.name for a in fit), most=4)}." if fit else ""
    return Flag(
        about=(Ref(Kind.PLAN, group.value), *agency(*(a.id for a in (*shut, *fit)))),
        message=f"For {whom} no way leads to a place that takes them in.{why}{to_them}",
        ask=(
            f"No source states where {whom} are taken in.{why} Ask who takes them, and who refers "
            "them there."
        ),
        mend=(
            f"Name a place that takes {whom}, write whom it accepts, and let those who identify "
            "refer there."
        ),
        expected=tuple(_expected(graph, group, fit)),
        lacking=() if fit else (f"a provider that accepts {group.value}",),
        stated=not fit,
    )


def _expected(graph: PlanGraph, group: Group, fit: tuple[Agency, ...]) -> Iterator[Expected]:
    view = _as_group(graph, group)
    reached = view.reached_from(view.entries)
    senders = [a for a in graph.likely(view.competent_authorities) if a.id in reached][:2]
    for place in fit[:2]:
        for sender in [*(a.id for a in senders if a is not place), PERSON]:
            yield Expected(
                sender=sender,
                receiver=place.id,
                kind=HandoffKind.REQUEST_FOR_ASSISTANCE
                if sender == PERSON
                else HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.ASSISTANCE,
                what=f"person in need of a place: {group.label}",
            )


def _whom(graph: PlanGraph, places: list[Agency]) -> Iterator[Flag]:
    """The one question of a plan whose providers do not say whom they take."""
    known = {h.receiver for h in graph.handoffs if not _AGE_AND_SEX.isdisjoint(h.only_for)}
    silent = [a for a in places if a.id not in known]
    if silent:
        names = listed((a.name for a in silent), most=5)
        yield Flag(
            about=(_WHOM, *agency(*(a.id for a in silent))),
            message=f"The plan does not say whom these take in: {names}.",
            ask=(
                f"No source states whom these take in: {names}. Ask of each whether it takes men, "
                "boys, girls, families, nationals and foreigners, and victims of every form of "
                "exploitation."
            ),
            mend="Write on each line whom it accepts, and name a place for those whom none takes.",
            lacking=("whom each place accepts",),
        )
