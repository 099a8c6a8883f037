"""The ways of a person through a plan, as trees that are read from left to right.

By which rule ways are chosen, and nothing else is drawn:

* A way begins where the person or the public turns to an agency, or where an agency finds the
  person itself (who detects, by role, by screening or by its hotline).
* A way goes on by what moves the person (referral, custody transfer) and by decisions.
* What is done for the person without moving them is drawn as well: what they ask for later (an
  appeal, a claim), what an agency asks of another for them (a permit, a place), what they are
  told or paid, and who is told of their return. By these a way goes on only to agencies that the
  person comes to by nothing else, and where an agency that the person comes to does nothing but
  these, the way ends there all the same.
* From all beginnings together the nearest agencies are looked at first, so that each agency's
  ways on stand once, where the person comes to it by the fewest steps; wherever else the person
  comes to it, the card says where they go on. So every such handoff is drawn once, and the
  shortest ways are the ones that are drawn out.
* An agency that hands persons on, but to whom no way leads, stands under a beginning of its own
  that says so.
* Where a way ends, that is said; it is drawn as missing or not stated only where a finding
  expects something there.
* A finding that concerns persons stands at the handoff it is about, else as the card of what it
  expects, else at the agency it is about; what none of these can hold is told in a note.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import (
    SIGNS,
    Kind,
    Mark,
    closers,
    is_drawn_as_planned,
    kind_of,
    marks_of,
    what_words,
    with_closes,
)
from interagency.charts.lanes_key import letters
from interagency.charts.text import clean
from interagency.charts.wording import ENGLISH, Wording, marked
from interagency.graph import CASE_KINDS, HELP_KINDS, MOVING_KINDS
from interagency.model import PARTICIPANTS, PERSON, PUBLIC
from interagency.places import Kind as Of
from interagency.vocabulary import HandoffKind, Pillar, Stage, Status

if TYPE_CHECKING:
    from interagency.engine import Expected, Finding
    from interagency.graph import PlanGraph
    from interagency.model import Handoff
    from interagency.quantities import Duration

DRAWN_KINDS = MOVING_KINDS | {HandoffKind.DECISION}
"""By which a way goes on."""
LAST_STAGES = frozenset({Stage.RETURN_REINTEGRATION, Stage.SOCIAL_INCLUSION})
"""Where a way may end: a lasting solution."""
PERSON_STAGES = LAST_STAGES | {
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.REFLECTION,
    Stage.ASSISTANCE,
    Stage.LEGAL_STATUS,
    Stage.TRIAL_PROTECTION,
    Stage.COMPENSATION,
}
"""Where a case is about what becomes of the person."""
_TELLING = frozenset({HandoffKind.NOTIFICATION, HandoffKind.INFORMATION_SHARING})
_ASKING = frozenset({HandoffKind.REQUEST_FOR_ASSISTANCE, HandoffKind.COMPLAINT})
_ORDER = {stage: place for place, stage in enumerate(Stage)}
_UNITS = 7


class Look(StrEnum):
    """What a card shows."""

    START = "start"
    """How a way begins."""
    FOUND = "found"
    """An agency at the beginning of a way, with no handoff to it."""
    STEP = "step"
    """Who receives the person, or the decision, by a handoff."""
    GAP = "gap"
    PLANNED = "planned"
    QUESTION = "question"
    END = "end"
    """Nothing is stated of how the way goes on, or it is at one of the last stages."""


ABSENT = frozenset({Look.GAP, Look.PLANNED, Look.QUESTION})
"""What is not there."""


@dataclass(frozen=True, slots=True)
class Times:
    """The time limits along a way, by their units from years to seconds."""

    units: tuple[int, ...] = (0,) * _UNITS
    limited: int = 0
    unlimited: int = 0

    def after(self, limit: Duration | None) -> Times:
        """With one more step."""
        if limit is None:
            return replace(self, unlimited=self.unlimited + 1)
        units = tuple(a + b for a, b in zip(self.units, limit.counts, strict=True))
        return replace(self, units=units, limited=self.limited + 1)

    def words(self, ours: Wording) -> str:
        """What may be said of the sum: a floor where a step states no limit.

        >>> from interagency.charts.wording import ENGLISH
        >>> from interagency.quantities import Duration
        >>> day = Times().after(Duration("PT24H"))
        >>> day.after(Duration("P15D")).words(ENGLISH)
        'up to 16 days'
        >>> day.after(None).words(ENGLISH)
        'at least 24 hours (1 of 2 steps states no limit)'
        >>> Times().after(None).words(ENGLISH)
        'no limit stated'
        """
        if not self.limited:
            return ours.say("no limit stated")
        total = ours.length(_carried(self.units))
        if not self.unlimited:
            return ours.say("up to {length}", length=total)
        return ours.many(
            "at least {length} ({n} of {steps} steps states no limit)",
            "at least {length} ({n} of {steps} steps state no limit)",
            self.unlimited,
            length=total,
            steps=self.limited + self.unlimited,
        )


def _carried(units: Sequence[int]) -> tuple[int, ...]:
    """A sum, exact: units are carried over only where both stand in it."""
    years, months, weeks, days, hours, minutes, seconds = units
    minutes, seconds = minutes + seconds // 60, seconds % 60
    if hours:
        hours, minutes = hours + minutes // 60, minutes % 60
    if weeks and days:
        weeks, days = 0, days + 7 * weeks
    if days or weeks:
        days, hours = days + hours // 24, hours % 24
    return years, months, weeks, days, hours, minutes, seconds


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says."""

    id: str
    look: Look
    agency: str
    name: str
    number: str = ""
    pillars: tuple[Pillar, ...] = ()
    stage: Stage | None = None
    what: str = ""
    details: tuple[str, ...] = ()
    limit: str = ""
    limited: bool = False
    kind: Kind = Kind.HANDOFF
    """Of a step: whether it is in force, informal or only proposed."""
    decision: bool = False
    stays: bool = False
    """Of a step: whether something is done for the person, who is not moved by it."""
    so_far: str = ""
    decides: bool = False
    marks: tuple[Mark, ...] = ()
    """Findings about the handoff."""
    own: tuple[Mark, ...] = ()
    """Findings about the agency."""
    when: str = ""
    """Of what is planned: from when on."""
    sign: str = ""
    """The letter by which other cards name it."""
    goes_on: str = ""
    """The letter of the card where the ways on stand."""
    wording: Wording = ENGLISH


@dataclass(frozen=True, slots=True)
class Node:
    """A card and what comes after it."""

    card: Card
    children: tuple[Node, ...] = ()

    @property
    def depth(self) -> int:
        """How many cards stand behind one another."""
        return 1 + max((child.depth for child in self.children), default=0)

    def cards(self) -> Iterable[Card]:
        """All cards, from the root on."""
        yield self.card
        for child in self.children:
            yield from child.cards()


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything a pathway says."""

    roots: tuple[Node, ...]
    left_out: int
    """How many handoffs neither move the person nor decide."""
    others: tuple[tuple[Stage, str], ...]
    """The stages of those handoffs, and who receives them."""
    unplaced: tuple[tuple[Mark, tuple[str, ...]], ...]
    """Findings that concern persons and stand at no card, with the agencies they are about."""
    deciders: tuple[str, ...]
    complete: bool
    """Whether what is not stated is absent."""
    wording: Wording

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards."""
        return tuple(card for root in self.roots for card in root.cards())

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All findings that are told."""
        drawn = [mark for card in self.cards for mark in (*card.marks, *card.own)]
        return tuple(dict.fromkeys((*drawn, *(mark for mark, _ in self.unplaced))))

    def count(self, *looks: Look) -> int:
        """How many cards there are of a kind."""
        return sum(card.look in looks for card in self.cards)


@dataclass(slots=True)
class _Draft:
    """A card that is not finished."""

    card: Card
    depth: int
    times: Times = field(default_factory=Times)
    children: list[_Draft] = field(default_factory=list)
    ways_on: str = ""
    """The agency whose ways on are drawn elsewhere."""

    @property
    def nobody_comes(self) -> bool:
        """Whether the person does not come along with it."""
        return self.card.decision or self.card.stays

    def done(self, signs: Mapping[str, str], owners: Mapping[str, _Draft]) -> Node:
        card = replace(self.card, goes_on=signs.get(self.ways_on, ""))
        if owners.get(card.agency) is self:
            card = replace(card, sign=signs.get(card.agency, ""))
        return Node(card, tuple(child.done(signs, owners) for child in self.children))


def begins(handoff: Handoff) -> bool:
    """Whether a way begins with what the person or the public sends."""
    return _begins(handoff)


def _begins(step: Handoff | Expected) -> bool:
    sender, kind, stage = step.sender, step.kind, step.stage
    if sender not in PARTICIPANTS or kind not in CASE_KINDS:
        return False
    early = stage is None or _ORDER[stage] <= _ORDER[Stage.FIRST_RESPONSE]
    help_asked = kind in HELP_KINDS and (stage is None or _ORDER[stage] <= _ORDER[Stage.ASSISTANCE])
    return kind in DRAWN_KINDS or early or help_asked


def serves(handoff: Handoff) -> bool:
    """Whether a handoff does something for the person without moving them.

    Asked by the person after a way has begun, asked by one agency of another, told or paid to the
    person, or told of the person's return.
    """
    return _serves(handoff) and not begins(handoff)


def _serves(step: Handoff | Expected) -> bool:
    if step.sender == PUBLIC or step.stage not in PERSON_STAGES:
        return False
    if step.kind in _ASKING:
        return step.receiver not in PARTICIPANTS
    if step.sender == PERSON:
        return False
    if step.kind is HandoffKind.ASSET_TRANSFER:
        return step.receiver == PERSON
    told = step.receiver == PERSON or step.stage in LAST_STAGES
    return step.kind in _TELLING and told


def on_a_way(handoff: Handoff) -> bool:
    """Whether a handoff is part of the journey of a person.

    >>> import interagency
    >>> [h.id for h in interagency.load("australia").handoffs if serves(h)]
    ['afp-immigration-bridging', 'afp-immigration-stay']
    """
    return _on_a_way(handoff)


def _on_a_way(step: Handoff | Expected) -> bool:
    return step.kind in DRAWN_KINDS or _begins(step) or _serves(step)


def expected_of(finding: Finding) -> Expected | None:
    """The likeliest handoff on a way of the person by which a finding would be closed."""
    return next((e for e in finding.expected if _on_a_way(e)), None)


def concerns(finding: Finding) -> bool:
    """Whether a finding is about what becomes of a person, or what they are told or ask for."""
    return Pillar.PROTECT in finding.pillars or any(
        e.stage in PERSON_STAGES or PERSON in (e.sender, e.receiver) for e in finding.expected
    )


def ways(
    graph: PlanGraph,
    findings: Sequence[Finding],
    numbers: Mapping[str, str],
    names: Mapping[str, str],
    columns: int,
    ours: Wording = ENGLISH,
) -> Ways:
    """The ways of a person through a plan.

    Args:
        graph: the plan, in the view to be drawn.
        findings: what an audit found.
        numbers: of the handoffs, by id.
        names: of all who take part, by id.
        columns: how many cards may stand behind one another; a way that is longer goes on
            under a beginning of its own.
        ours: the chart's own words.
    """
    return _Search(graph, findings, numbers, names, columns, ours).ways()


class _Search:
    """Grows the trees, nearest agencies first."""

    def __init__(
        self,
        graph: PlanGraph,
        findings: Sequence[Finding],
        numbers: Mapping[str, str],
        names: Mapping[str, str],
        columns: int,
        ours: Wording,
    ) -> None:
        self.graph = graph
        self.numbers = numbers
        self.names = names
        self.columns = columns
        self.ours = ours
        self.findings = findings
        self.deciders = frozenset(agency.id for agency in graph.identifiers)
        self.steps = [h for h in graph.handoffs if on_a_way(h)]
        self.closing = closers(graph, findings)
        self.absent = _absences(graph, findings, self._name, ours)
        self.unplaced: dict[Mark, dict[str, None]] = {}
        self.owners: dict[str, _Draft] = {}
        self.queue: deque[_Draft] = deque()
        self.later: deque[_Draft] = deque()  # what does not move the person, once all else is done
        self.roots: list[_Draft] = []

    def _name(self, an_id: str) -> str:
        return self.names.get(an_id) or clean(self.graph.name(an_id)) or an_id

    # --- growing ----------------------------------------------------------------------------------

    def ways(self) -> Ways:
        self._begin()
        self._grow()
        self._begin_elsewhere()
        self._refer()
        self._mark_agencies()
        drawn = {h.id for h in self.steps}
        others = [h for h in self.graph.handoffs if h.id not in drawn]
        signs = self._signs()
        return Ways(
            roots=tuple(root.done(signs, self.owners) for root in self.roots),
            left_out=len(others),
            others=tuple((h.stage, self._name(h.receiver)) for h in others if h.stage),
            unplaced=tuple((mark, tuple(names)) for mark, names in self.unplaced.items()),
            deciders=tuple(self._name(a.id) for a in self.graph.identifiers),
            complete=self.graph.complete,
            wording=self.ours,
        )

    def _begin(self) -> None:
        """The person, the public, and who finds the person."""
        for who in (PERSON, PUBLIC):
            root = self._root(f"start:{who}", self._name(who), who)
            self._add_steps(root, who)
            if root.children:
                self.roots.append(root)
        found = self._root("start:found", self.ours.say("An agency finds the person itself"))
        for agency in self.graph.detectors:
            self._add(found, self._found(agency.id, "detected"))
        if found.children:
            self.roots.append(found)

    def _begin_elsewhere(self) -> None:
        """Agencies that hand persons on, or should, but to whom no way leads."""
        if self.graph.complete:
            told = self.ours.say("No handoff brings the person here")
        else:
            told = self.ours.say("How the person comes here is not stated")
        root = self._root("start:unknown", told)
        senders = dict.fromkeys((*(h.sender for h in self.steps), *self.absent))
        taken = {h.receiver for h in self.steps if h.receiver != h.sender}
        for agency in sorted(senders, key=lambda an_id: an_id in taken):
            if agency not in self.owners and agency not in PARTICIPANTS:
                self._add(root, self._found(agency, "unknown"))
                self._grow()
        if root.children:
            self.roots.append(root)

    def _root(self, an_id: str, name: str, agency: str = "") -> _Draft:
        return _Draft(Card(an_id, Look.START, agency, name, wording=self.ours), 0)

    def _found(self, agency: str, why: str) -> Card:
        return Card(
            f"{why}:{agency}", Look.FOUND, agency, self._name(agency),
            decides=agency in self.deciders, wording=self.ours,
        )  # fmt: skip

    def _add(self, parent: _Draft, card: Card, times: Times | None = None) -> None:
        child = _Draft(card, parent.depth + 1, times or parent.times)
        parent.children.append(child)
        if card.look in (Look.STEP, Look.FOUND):
            (self.later if card.stays else self.queue).append(child)

    def _add_steps(self, parent: _Draft, sender: str) -> None:
        """What a sender sends on, by stage and then as in the file, and what it does not."""
        there: list[tuple[int, Card, Times | None]] = []
        for h in self.steps:
            if h.sender == sender:
                after = parent.times.after(h.within.max if h.within else None)
                there.append((_place(h.stage), self._step(h, after), after))
        there += [(_place(card.stage), card, None) for card in self.absent.get(sender, ())]
        for _, card, times in sorted(there, key=lambda one: one[0]):
            self._add(parent, card, times)

    def _grow(self) -> None:
        while self.queue or self.later:
            draft = (self.queue or self.later).popleft()
            agency = draft.card.agency
            if agency in PARTICIPANTS:
                continue
            if draft.nobody_comes and not self._does_anything(agency):
                continue
            if agency in self.owners:
                draft.ways_on = agency
                continue
            self.owners[agency] = draft
            self._expand(draft)

    def _does_anything(self, agency: str) -> bool:
        return any(h.sender == agency for h in self.steps) or agency in self.absent

    def _leads_on(self, agency: str) -> bool:
        """Whether anything is said of how a way goes on from an agency."""
        steps = (h for h in self.steps if h.sender == agency)
        return any(not serves(h) for h in steps) or agency in self.absent

    def _expand(self, draft: _Draft) -> None:
        """The ways on from an agency; under a beginning of their own where there is no room."""
        agency = draft.card.agency
        on = draft.nobody_comes or self._leads_on(agency)
        if draft.depth < self.columns - 1:
            self._add_steps(draft, agency)
            if not (on or draft.children):
                draft.children.append(_Draft(self._last(draft.card), draft.depth + 1))
            return
        if not self._does_anything(agency):
            last = self._last(draft.card)
            told = self.ours.headed(last.name, last.what) if last.what else last.name
            draft.card = replace(draft.card, details=(*draft.card.details, told))
            return
        root = self._root(f"on:{agency}", self._name(agency), agency)
        root.times = draft.times
        draft.ways_on = agency
        self.owners[agency] = root
        self.roots.append(root)
        self._add_steps(root, agency)

    def _last(self, card: Card) -> Card:
        """What stands behind the last card of a way."""
        ours = self.ours
        name, what = ours.say("The way ends here"), ""
        if card.stage in LAST_STAGES:
            what = ours.term(card.stage)
        elif not self.graph.complete:
            name, what = ours.say("Not stated"), ours.say("how the person goes on from here")
        return Card(f"end:{card.id}", Look.END, "", name, what=what, wording=ours)

    # --- findings about agencies ------------------------------------------------------------------

    def _mark_agencies(self) -> None:
        """Set findings that stand at no handoff at the agencies they are about."""
        cards = {draft.card.id for draft in _all(self.roots)}
        first: dict[str, _Draft] = {}
        for draft in sorted(_all(self.roots), key=lambda draft: draft.nobody_comes):
            if draft.card.look in (Look.STEP, Look.FOUND):
                first.setdefault(draft.card.agency, draft)
        for finding in self.findings:
            if not concerns(finding) or self._stands(finding, cards):
                continue
            (mark,) = marks_of([finding])
            about = finding.agencies
            if finding.subject.kind is Of.AGENCY:
                about = about[:1]
            for agency in about:
                owner = self.owners.get(agency)
                at = owner if owner and owner.card.look is not Look.START else first.get(agency)
                if at is None:
                    self.unplaced.setdefault(mark, {})[self._name(agency)] = None
                else:
                    at.card = replace(at.card, own=tuple(dict.fromkeys((*at.card.own, mark))))
            if not about:
                self.unplaced.setdefault(mark, {})

    def _stands(self, finding: Finding, cards: AbstractSet[str]) -> bool:
        """Whether a finding stands at a handoff that is drawn, or that it expects."""
        closes = any(finding in self.closing.get(an_id, ()) for an_id in cards)
        at_one = closes or not cards.isdisjoint(finding.handoffs)
        expected = expected_of(finding)
        if expected is None or at_one:
            return at_one
        (mark,) = marks_of([finding])
        return any(
            mark in card.marks and card.agency == expected.receiver
            for card in self.absent.get(expected.sender, ())
        )

    # --- naming other cards -----------------------------------------------------------------------

    def _refer(self) -> None:
        """Where the ways would go on from what is missing, and from decisions to others."""
        for draft in _all(self.roots):
            known = draft.card.agency in self.owners
            if draft.card.look in ABSENT and known:
                draft.ways_on = draft.card.agency
            if draft.card.decision and not draft.children and not draft.ways_on:
                if known:
                    draft.ways_on = draft.card.agency
                else:
                    told = self.ours.say("decided; the person stays")
                    draft.card = replace(draft.card, details=(*draft.card.details, told))

    def _signs(self) -> dict[str, str]:
        """A letter for each agency whose ways on are spoken of elsewhere, in reading order."""
        wanted = Counter(draft.ways_on for draft in _all(self.roots) if draft.ways_on)
        order = [
            draft.card.agency
            for draft in _all(self.roots)
            if self.owners.get(draft.card.agency) is draft and wanted[draft.card.agency]
        ]
        return {agency: letters(number) for number, agency in enumerate(order, 1)}

    # --- cards ------------------------------------------------------------------------------------

    def _step(self, h: Handoff, times: Times) -> Card:
        limit = self.ours.limit(h.within, number=True)
        several = times.limited + times.unlimited > 1
        return Card(
            id=h.id,
            look=Look.STEP,
            agency=h.receiver,
            name=self._name(h.receiver),
            number=self.numbers.get(h.id, ""),
            pillars=h.pillars,
            stage=h.stage,
            what=with_closes(
                what_words(h, self.ours), marks_of(self.closing.get(h.id, ())), self.ours
            ),
            details=tuple(self._details(h)),
            limit=limit or self.ours.say("no time limit stated"),
            limited=bool(limit),
            kind=kind_of(h),
            decision=h.kind is HandoffKind.DECISION,
            stays=serves(h),
            so_far=times.words(self.ours) if several and times.limited else "",
            decides=h.receiver in self.deciders,
            marks=tuple(
                dict.fromkeys(
                    Mark(f.code, f.state == "question") for f in self.findings if h.id in f.handoffs
                )
            ),
            wording=self.ours,
        )

    def _details(self, h: Handoff) -> Iterable[str]:
        """When, for whom, with what; who decides."""
        ours = self.ours
        if h.kind is HandoffKind.DECISION:
            yield ours.say("decided by: {name}", name=self._name(h.sender))
        if serves(h):
            if h.kind in _ASKING:
                yield ours.say("asked; the person stays")
            elif h.kind is HandoffKind.ASSET_TRANSFER:
                yield ours.say("paid; the person stays")
            else:
                yield ours.say("told; the person stays")
        if h.trigger:
            yield ours.say("when: {when}", when=clean(h.trigger))
        known = (h.trigger or "").casefold()
        conditions = [condition for condition in h.conditions if condition.label not in known]
        for message, terms in (
            (marked("only if: {terms}"), conditions),
            (marked("needs: {terms}"), h.needs),
            (marked("only for: {terms}"), h.only_for),
        ):
            if terms:
                yield ours.say(message, terms=ours.terms(terms))
        if h.stay:
            yield ours.say("may stay there: {length}", length=ours.length(h.stay.counts))
        if h.fallback:
            yield ours.say("if it cannot receive: {name}", name=self._name(h.fallback))


def _place(stage: Stage | None) -> int:
    return _ORDER[stage] if stage else len(_ORDER)


def _all(drafts: Iterable[_Draft]) -> Iterable[_Draft]:
    for draft in drafts:
        yield draft
        yield from _all(draft.children)


def _absences(
    graph: PlanGraph, findings: Sequence[Finding], name: Callable[[str], str], ours: Wording
) -> dict[str, list[Card]]:
    """What is missing or not stated, by who would send it; once for each two agencies."""
    found: dict[tuple[str, str], Card] = {}
    coming: list[tuple[str, Card]] = []
    closing = closers(graph, findings)
    closed = {id(finding) for some in closing.values() for finding in some}
    for h in graph.absent:
        if not on_a_way(h):
            continue
        if is_drawn_as_planned(graph, h, closing):
            coming.append((h.sender, _planned(h, name, closing.get(h.id, ()), ours)))
        elif h.status is Status.MISSING:
            found[h.sender, h.receiver] = Card(
                h.id, Look.GAP, h.receiver, name(h.receiver), "!", h.pillars, h.stage,
                what_words(h, ours), marks=marks_of(f for f in findings if h.id in f.handoffs),
                wording=ours,
            )  # fmt: skip
    for finding in findings:
        e = expected_of(finding)
        if e is None or id(finding) in closed:
            continue
        question = finding.state == "question"
        look = Look.QUESTION if question else Look.GAP
        mark = Mark(finding.code, question)
        kind = Kind.QUESTION if question else Kind.GAP
        card = Card(
            f"{kind.value}:{e.sender}:{e.receiver}", look, e.receiver, name(e.receiver),
            "?" if question else "!", e.pillars or finding.pillars, e.stage,
            ours.passes(e), marks=(mark,), wording=ours,
        )  # fmt: skip
        found[e.sender, e.receiver] = _outweighing(found.get((e.sender, e.receiver)), card)
    by_sender: dict[str, list[Card]] = {}
    ways_out = [(sender, card) for (sender, _), card in found.items()]
    for sender, card in (*coming, *ways_out):
        by_sender.setdefault(sender, []).append(card)
    return by_sender


def _planned(
    h: Handoff, name: Callable[[str], str], closes: Iterable[Finding], ours: Wording
) -> Card:
    """The card of a handoff that is to come."""
    return Card(
        h.id, Look.PLANNED, h.receiver, name(h.receiver), SIGNS[Kind.PLANNED], h.pillars, h.stage,
        what_words(h, ours), marks=marks_of(closes), when=str(h.since or ""), wording=ours,
    )  # fmt: skip


def _outweighing(card: Card | None, other: Card) -> Card:
    """One card for two absences between the same two: a gap outweighs a question."""
    if card is None:
        return other
    first = other if (card.look, other.look) == (Look.QUESTION, Look.GAP) else card
    return replace(first, marks=tuple(dict.fromkeys((*card.marks, *other.marks))))
