"""G12: groups of persons for whom no way leads to help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency
from interagency.persons import AGE_AND_SEX, ALSO, respect_of
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Role, Stage

_G = Group
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
        a case comes from the person, the public or an agency that detects to a place to stay: the
        function emergency_accommodation, for children child_placement too. The role
        service_provider with no function stated may be one: where the plan states no accommodation
        of anybody it is taken for one, and else it is neither a place nor said to be none. A role
        with other functions is none. Where no case comes to any such place at all, other
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
    places, perhaps = _places(graph)
    if not graph.complete and not any(a.accepts for a in graph.providers):
        yield from _whom(graph, [*places, *perhaps])
    if not places:
        return
    limits = [limit for limit in _limits(graph) if limit]
    anyone = _taken_in(graph, places)
    for group in _asked(limits):
        fit = [a for a in places if _open(group, _takes(a))]
        if all(_open(group, limit) for limit in limits) or (fit and not anyone):
            continue
        if _taken_in(_as_group(graph, group), fit):
            yield Met(Ref(Kind.PLAN, group.value))
        else:
            unsaid = [a for a in perhaps if _open(group, a.accepts)]
            yield _flag(graph, group, places, _suiting(graph, group, fit), unsaid)


def _places(graph: PlanGraph) -> tuple[list[Agency], list[Agency]]:
    """Where a person can stay, and who may be such a place and does not say what it gives."""
    unsaid = [a for a in graph.with_role(Role.SERVICE_PROVIDER) if not a.functions]
    if not graph.with_function(Function.EMERGENCY_ACCOMMODATION):
        housing, unsaid = unsaid, []
    else:
        housing = list(graph.with_function(Function.EMERGENCY_ACCOMMODATION))
    ids = {a.id for a in (*housing, *graph.with_function(Function.CHILD_PLACEMENT))}
    return [a for a in graph.agencies if a.id in ids], unsaid


def _takes(place: Agency) -> tuple[Group, ...] | None:
    """Whom a place takes: who places children and houses nobody else takes children."""
    only_places = (
        Function.CHILD_PLACEMENT in place.functions
        and Function.EMERGENCY_ACCOMMODATION not in place.functions
    )
    return place.accepts or ((_G.CHILDREN, _G.GIRLS, _G.BOYS) if only_places else None)


def _limits(graph: PlanGraph) -> Iterator[tuple[Group, ...]]:
    yield from (a.accepts or () for a in graph.agencies)
    yield from (h.only_for for h in graph.handoffs)


def _asked(limits: Iterable[tuple[Group, ...]]) -> list[Group]:
    """The groups to ask about: those spoken of, and those that every plan has to think of."""
    spoken = {group for limit in limits for group in limit}
    young = {_G.GIRLS, _G.BOYS} if spoken & {_G.GIRLS, _G.BOYS} else {_G.CHILDREN}
    wanted = (spoken - {_G.ADULTS, _G.CHILDREN}) | {_G.WOMEN, _G.MEN} | young
    return [group for group in _G if group in wanted and respect_of(group)]


def _open(group: Group, limit: Iterable[Group] | None) -> bool:
    """Whether what is limited to some groups is open to this one, or speaks of another kind."""
    same = respect_of(group).intersection(limit or ())
    return not same or not same.isdisjoint({group} | ALSO.get(group, set()))


def _as_group(graph: PlanGraph, group: Group) -> PlanGraph:
    """The plan as open to the group, whatever else the person is."""
    return graph.for_group(group, *ALSO.get(group, ()), *(set(_G) - respect_of(group)))


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


def _suiting(graph: PlanGraph, group: Group, fit: list[Agency]) -> tuple[Agency, ...]:
    """The places open to a group, first those that are there for it."""
    return tuple(sorted(graph.likely(fit), key=lambda a: group not in (_takes(a) or ())))


def _flag(
    graph: PlanGraph,
    group: Group,
    places: list[Agency],
    fit: tuple[Agency, ...],
    unsaid: list[Agency],
) -> Flag:
    whom = group.label
    shut = [a for a in places if a not in fit]
    names = listed((a.name for a in shut), most=4)
    why = f" {names} {'takes' if len(shut) == 1 else 'take'} others." if shut else ""
    if unsaid:
        why += f" Whether {listed((a.name for a in unsaid), most=4)} can is not said."
    to_them = f" Nothing leads them to {listed((a.name for a in fit), most=4)}." if fit else ""
    return Flag(
        about=(Ref(Kind.PLAN, group.value), *agency(*(a.id for a in (*shut, *fit, *unsaid)))),
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
        stated=not fit and not unsaid,
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
    known = {h.receiver for h in graph.handoffs if not AGE_AND_SEX.isdisjoint(h.only_for)}
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
