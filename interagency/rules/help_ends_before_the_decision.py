"""R02: beds and time to recover that end before the decision they wait for is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, rule
from interagency.graph import HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Handoff
from interagency.quantities import Duration
from interagency.vocabulary import Condition, Function, HandoffKind, Need, Pillar, Stage

_PLACING = HELP_KINDS | {HandoffKind.ORDER}
_WAITING = {
    None,
    Stage.DETECTION,
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.REFLECTION,
    Stage.ASSISTANCE,
}
"""Stages at which a person may still wait to hear whether they are a victim."""
_LEAST = 30


@rule(
    code="R02",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2B", "COE-13"),
)
def help_ends_before_the_decision(graph: PlanGraph, *, least: int = _LEAST) -> Iterator[Answer]:
    """The bed or the time to recover ends before the decision that the person waits for is due.

    Why it matters:
        Whoever must leave in the third week and hears in the sixth whether they are a victim waits
        on the street, or goes back to where they were found. And who has no time to recover decides
        in fear.

    What it looks at:
        Handoffs with a length of stay. A person is placed (a referral, custody transfer, request,
        decision, joint action or order, up to assistance) with somebody who gives help, and may
        stay so long: is that as long as the time limit of the decision whether they are a victim (a
        decision at the stage identification by an agency that identifies; of several of one agency
        the last)? Only a decision that is open to the same person, and to which a case comes from
        one of the two ends, is held against it. Of several lines between the same two the longest
        stay counts. In order where the person is handed on from there to others who house, and
        where the stay begins with the decision (condition formal_identification). And time to
        recover, given to the person by a decision at the stage reflection: does it last as long as
        the decision may take, unless an agency that identifies has removal held back (need
        no_removal), and at least the number of days in least? A stay or a limit without a number
        is not asked about here.

    When it is no trouble:
        The stay goes on until the decision is there, whatever the number: take the number out and
        say so in words, or write the longest time. Whether a limit is kept no file can tell.

    Broken:
        format: 1
        plan: {id: example, title: Two weeks too short, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: referral, stage: assistance,
             stay: P30D}
          - {from: panel, to: person, pillars: [protect], kind: decision, stage: identification,
             within: {max: P45D}}

    Mended:
        format: 1
        plan: {id: example, title: A bed until the answer, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: referral, stage: assistance,
             stay: P60D}
          - {from: panel, to: person, pillars: [protect], kind: decision, stage: identification,
             within: {max: P45D}}
    """
    waited_for = _Decisions(graph)
    helping = {a.id for a in graph.providers}
    stays = [h for h in graph.handoffs if h.stay is not None and _may_wait(h)]
    for h in _longest([h for h in stays if h.kind in _PLACING and h.receiver in helping]):
        late = waited_for.longer_than(h)
        if late is None:
            yield from [Met(h.ref)] if waited_for.of(h) else []
        elif _housed_next(graph, h):
            yield Met(h.ref)
        else:
            yield _put_out(graph, h, late)
    for h in _longest([h for h in stays if _to_recover(h)]):
        late = None if waited_for.removal_is_held else waited_for.longer_than(h)
        if _days(h.stay) < least:
            yield _too_short(graph, h, least)
        elif late is not None:
            yield _unprotected(graph, h, late)
        else:
            yield Met(h.ref)


def _may_wait(h: Handoff) -> bool:
    return h.stage in _WAITING and Condition.FORMAL_IDENTIFICATION not in h.conditions


def _to_recover(h: Handoff) -> bool:
    given = h.kind in (HandoffKind.DECISION, HandoffKind.ORDER)
    return h.stage is Stage.REFLECTION and h.receiver == PERSON and given


def _days(length: Duration | None) -> float:
    return length.days if length is not None else 0


def _longest(stays: Iterable[Handoff]) -> list[Handoff]:
    """Of the stays between the same two, for the same groups, the longest."""
    longest: dict[tuple[object, ...], Handoff] = {}
    for h in stays:
        key = (h.sender, h.receiver, frozenset(h.only_for))
        other = longest.get(key)
        if other is None or _days(h.stay) > _days(other.stay):
            longest[key] = h
    return list(longest.values())


class _Decisions:
    """The decisions whether somebody is a victim that have a time limit in numbers."""

    def __init__(self, graph: PlanGraph) -> None:
        self.graph = graph
        identifying = {a.id for a in graph.identifiers}
        self.limited = [
            h
            for h in graph.handoffs
            if h.kind is HandoffKind.DECISION
            and h.stage is Stage.IDENTIFICATION
            and h.sender in identifying
            and h.within is not None
            and h.within.max is not None
        ]
        self.removal_is_held = any(
            h.sender in identifying and h.receiver != PERSON and Need.NO_REMOVAL in h.needs
            for h in graph.handoffs
        )
        self._led = {
            decider: graph.whom_it_leads([decider], graph.brings_to_be_asked)
            for decider in {h.sender for h in self.limited}
        }

    def of(self, stay: Handoff) -> list[Handoff]:
        """Those that a person who stays there may wait for."""
        passing = self.graph.persons.passing
        whom = passing(stay.only_for)
        return [
            h for h in self.limited if whom & passing(h.only_for) & self._may_come(stay, h.sender)
        ]

    def _may_come(self, stay: Handoff, decider: str) -> int:
        """Whose case comes from an end of the stay to who decides."""
        if stay.receiver == PERSON:
            return self.graph.persons.everyone
        led = self._led[decider]
        return led.get(stay.sender, 0) | led.get(stay.receiver, 0)

    def longer_than(self, stay: Handoff) -> Handoff | None:
        """The one that may take longest, where that is longer than the stay."""
        last = max(self.of(stay), key=_limit, default=None)
        return last if last is not None and _limit(last) > _days(stay.stay) else None


def _limit(h: Handoff) -> float:
    return _days(h.within.max if h.within is not None else None)


def _housed_next(graph: PlanGraph, stay: Handoff) -> bool:
    """Whether whoever stays there is handed on to others who house, before the decision."""
    houses = {a.id for a in graph.with_function(Function.EMERGENCY_ACCOMMODATION)}
    onward = graph.whom_it_leads(
        houses - {stay.receiver}, lambda h: h.kind in _PLACING and _may_wait(h)
    )
    return bool(onward.get(stay.receiver, 0) & graph.persons.passing(stay.only_for))


def _about(stay: Handoff, *others: Handoff) -> tuple[str, ...]:
    ends = (end for h in (stay, *others) for end in (h.receiver, h.sender))
    return tuple(dict.fromkeys(end for end in ends if end not in PARTICIPANTS))


def _words(h: Handoff) -> str:
    return h.stay.words if h.stay is not None else ""


def _due(h: Handoff) -> str:
    return h.within.words if h.within is not None else ""


def _put_out(graph: PlanGraph, stay: Handoff, decision: Handoff) -> Flag:
    place, decider = graph.name(stay.receiver), graph.name(decision.sender)
    return Flag(
        about=(*handoff(stay), *agency(*_about(stay, decision)), *handoff(decision)),
        message=(
            f"The stay with {place} ends after {_words(stay)}; the decision of {decider} whether "
            f"the person is a victim may take {_due(decision)}. Whoever waits for it has to leave "
            "before it is there."
        ),
        mend=(
            f"Let the person stay with {place} until {decider} has decided and, after that, until "
            "the next place is ready; or decide sooner."
        ),
        lacking=(
            f"a stay on the handoff {stay.id} of at least {_due(decision)}, or a limit on the "
            f"handoff {decision.id} of at most {_words(stay)}",
        ),
        stated=True,
    )


def _unprotected(graph: PlanGraph, stay: Handoff, decision: Handoff) -> Flag:
    giver, decider = graph.name(stay.sender), graph.name(decision.sender)
    return Flag(
        about=(*handoff(stay), *agency(*_about(stay, decision)), *handoff(decision)),
        message=(
            f"The time to recover that {giver} gives ends after {_words(stay)}; the decision of "
            f"{decider} whether the person is a victim may take {_due(decision)}, and nothing "
            "holds back a removal in between."
        ),
        mend=(
            f"Let the time to recover last until {decider} has decided, or let {decider} tell "
            f"{giver} that nobody is removed before that (need no_removal)."
        ),
        lacking=(
            f"a stay on the handoff {stay.id} of at least {_due(decision)}, or a handoff with the "
            f"need no_removal from {decider}",
        ),
        stated=True,
    )


def _too_short(graph: PlanGraph, stay: Handoff, least: int) -> Flag:
    giver = graph.name(stay.sender)
    return Flag(
        about=(*handoff(stay), *agency(*_about(stay))),
        message=(
            f"The time to recover that {giver} gives ends after {_words(stay)}. Less than {least} "
            "days are too few to recover and to decide freely what to do."
        ),
        mend=f"Let {giver} give at least {least} days, and help and no removal for as long.",
        lacking=(f"a stay on the handoff {stay.id} of at least {least} days",),
        stated=True,
    )
