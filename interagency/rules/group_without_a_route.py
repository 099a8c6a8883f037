"""G12: groups of persons for whom no way leads to help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency, Handoff
from interagency.persons import AGE_AND_SEX, ALSO, everybody, respect_of
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Role, Stage

_G = Group
_WHOM = Ref(Kind.PLAN, "groups")
_PLACES = Ref(Kind.PLAN, "places")
_PLACING = HELP_KINDS | {HandoffKind.ORDER}
"""Kinds by which a person comes to a place to stay; a court orders it."""


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
        men, 'nationals only' does not. It is in order when, over handoffs and agencies open to it
        and to one and the same person, a case comes from the person, the public or an agency that
        detects to a place to stay: the function emergency_accommodation, for children
        child_placement too. That a place detects brings nobody there whom others find, unless
        nobody else does. The role
        service_provider with no function stated may be one: where the plan states no accommodation
        of anybody it is taken for one, and else it is neither a place nor said to be none. A role
        with other functions is none. Where no case comes to any such place at all, that is
        said once, of the plan, if other help is reached (else another rule tells of it), and groups
        are told only where all places leave them out. Where no provider
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
    whole = graph.for_anybody
    places, perhaps = _places(whole)
    if not graph.complete and not any(a.accepts for a in graph.providers):
        yield from _whom(graph, [a for a in (*places, *perhaps) if a in graph.agencies])
    if not places:
        return
    limits = [limit for limit in _limits(whole) if limit]
    there = [a for a in places if a in graph.agencies]
    anyone, anyone_here = _reached(whole, places), _taken_in(graph, there)
    if not anyone and _reached(whole, [a for a in whole.providers if a not in places]):
        yield _nobody_comes(whole, places)
    for group in filter(graph.may_be, _asked(limits)):
        fit = [a for a in there if _open(group, _takes(a))]
        if all(_open(group, limit) for limit in limits) or (fit and not anyone):
            continue
        asked_for = graph.view.groups
        if asked_for and not anyone_here and respect_of(group).isdisjoint(asked_for):
            continue  # nobody of the view comes to a place, whatever else they are
        if _taken_in(graph, fit, group):
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


def _passes(group: Group | None, limit: Iterable[Group] | None) -> bool:
    """Whether persons of a group, or any, pass a limit on the way."""
    return group is None or _open(group, limit) or everybody(limit or ())


def _taken_in(graph: PlanGraph, places: Iterable[Agency], group: Group | None = None) -> bool:
    """Whether persons of a group, or any, come to one of the places.

    Somebody else who meets them brings them, or they come there themselves. Where nobody else
    meets anyone it is enough that a place does.
    """
    ends = {a.id for a in places}

    def takes(end: str) -> bool:
        return end in ends or end in PARTICIPANTS or _passes(group, graph.agency(end).accepts)

    def leads(h: Handoff) -> bool:
        carries = h.kind in CASE_KINDS and _passes(group, h.only_for)
        return carries and takes(h.sender) and takes(h.receiver)

    led = graph.whom_it_leads(
        ends, leads, last=lambda h: h.kind in _PLACING or h.sender in PARTICIPANTS
    )
    starts = (graph.for_group(group) if group else graph).entries or graph.entries
    others = [start for start in starts if start not in ends]
    return any(led.get(start) for start in others or starts)


def _reached(graph: PlanGraph, places: Iterable[Agency]) -> bool:
    """Whether lines lead anybody at all to one of the places, whomever they are for."""
    ends = {a.id for a in places}
    others = [start for start in graph.entries if start not in ends]
    if not others:
        return not ends.isdisjoint(graph.entries)
    reached = graph.reached_from(others)
    return any(
        h.sender in reached and (h.kind in _PLACING or h.sender in PARTICIPANTS)
        for end in ends
        for h in graph.received_by(end)
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


def _nobody_comes(graph: PlanGraph, places: list[Agency]) -> Flag:
    """What is said where other help is reached, and no place to stay is."""
    ends = graph.likely(places)
    names = listed((a.name for a in ends), most=4)
    return Flag(
        about=(_PLACES, *agency(*(a.id for a in ends))),
        message=f"Nothing leads anybody who is found to a place to stay: {names}.",
        ask=(
            f"No source states how anybody who is found comes to a place to stay: {names}. Ask "
            "who brings them."
        ),
        mend=f"Let those who identify, or who run the case, refer to {ends[0].name}.",
        expected=tuple(_steps(graph, ends, "person in need of a place", graph.agencies)),
    )


def _expected(graph: PlanGraph, group: Group, fit: tuple[Agency, ...]) -> Iterator[Expected]:
    what = f"person in need of a place: {group.label}"
    view = graph.for_group(group)
    yield from _steps(view, fit, what, [a for a in graph.agencies if _passes(group, a.accepts)])


def _steps(
    view: PlanGraph, fit: tuple[Agency, ...], what: str, among: Collection[Agency]
) -> Iterator[Expected]:
    reached = view.reached_from(view.entries)
    senders = [
        a for a in view.likely(view.competent_authorities) if a.id in reached and a in among
    ][:2]
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
                what=what,
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
