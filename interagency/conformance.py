"""Requirement by requirement: what a standard asks, and whether the plan has it.

Whom a standard means in a plan, and when something passes between them, is in
:mod:`interagency.matching`. A sector that the plan lacks altogether is a missing node, not a
missing handoff. A function is held by whoever leads in it or supports it; some functions live on
a handoff that no provision names (a crime on a charge, an inquiry on a file that reaches the
prosecution), and between agencies that are there it is asked for with them.

The answers are those of an audit (met, gap, not stated) and a fourth: *does not bind*. Provisions
that ask a State only to consider something, and texts that bind nobody, are never breached: what
they ask is answered all the same, and said to be no breach. Nor is a gap in what is read out of a
provision: only what it says itself can be breached, and only by the State that owes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from interagency import catalogue
from interagency.catalogue import Implied, Requirement
from interagency.graph import PlanGraph
from interagency.matching import (
    Match,
    Matching,
    asks_another_state,
    leads,
    of_another_state,
)
from interagency.model import PARTICIPANTS, PERSON, Agency
from interagency.vocabulary import Function, HandoffKind, Instrument, Pillar

FLOOR = tuple(map(Instrument, catalogue.FLOOR))
"""What is asked of every plan: the Palermo Protocol with its convention."""


class Answer(StrEnum):
    """How a requirement, or a part of it, stands."""

    MET = "met"
    GAP = "gap"
    NOT_STATED = "not stated"
    DOES_NOT_BIND = "does not bind"


@dataclass(frozen=True)
class Part:
    """One thing that a requirement needs: a function somebody holds, or a handoff."""

    what: str
    """In words; of a handoff, to whom and what."""
    answer: Answer
    by: tuple[str, ...] = ()
    """Ids of the agencies that hold it, or of the handoffs of the way."""
    why: str = ""
    """What is missing, in words."""
    basis: str = ""
    """explicit or derived for a handoff; '' for a function."""
    sender: str = ""
    """Name of the agency that would hand it on; '' for a function or a missing node."""
    missing_node: bool = False
    """Whether the plan has nobody of the sectors or roles: a missing node, no missing handoff."""
    function: str = ""
    """The function; '' for a handoff."""
    kind: str = ""
    """Kind of the handoff; '' for a function."""
    passes: str = ""
    """What would pass, in words; '' for a function."""
    senders: tuple[str, ...] = ()
    """Ids of those who would hand it on: one of them is enough."""
    receivers: tuple[str, ...] = ()
    """Ids of those to whom: one of them is enough, but for guidance, training and funding."""
    missing: tuple[str, ...] = ()
    """Sectors and roles of which the plan has nobody, where one of them would do."""
    owed: bool = True
    """Whether it is this State's to do: not what another State does, or is asked for."""

    @property
    def own_words(self) -> bool:
        """Whether the provision itself lays this on the State."""
        return self.basis == "explicit" and self.owed


@dataclass(frozen=True)
class Answered:
    """A requirement and how it stands."""

    requirement: Requirement
    answer: Answer
    parts: tuple[Part, ...]

    @property
    def breach(self) -> bool:
        """Whether a gap here is a breach of a duty: of a firm and binding provision's own words."""
        return self.requirement.firm and any(
            p.own_words for p in self.parts if p.answer is Answer.GAP
        )


_ONE_GROUND_IS_ENOUGH = frozenset({"COE-14-1"})
"""Provisions that leave a choice of grounds, where the data lists a handoff for each ground."""


@dataclass(frozen=True)
class Coverage:
    """A plan held against standards."""

    graph: PlanGraph
    standards: tuple[Instrument, ...]
    strict: bool
    answered: tuple[Answered, ...]

    def count(self, answered: Iterable[Answered] | None = None) -> dict[Answer, int]:
        """How many requirements stand how."""
        chosen = self.answered if answered is None else tuple(answered)
        return {a: sum(x.answer is a for x in chosen) for a in Answer}

    def by(self, key: str) -> dict[str, dict[Answer, int]]:
        """Counts by ``pillar`` (one of two pillars counts in both), ``stage`` or ``instrument``."""
        groups: dict[str, list[Answered]] = {}
        for x in self.answered:
            r = x.requirement
            names = r.pillars if key == "pillar" else (getattr(r, key),)
            for name in names:
                groups.setdefault(name, []).append(x)
        return {name: self.count(group) for name, group in groups.items()}

    def parts(self, basis: str) -> dict[Answer, int]:
        """How the handoffs of one basis (explicit, derived) stand."""
        parts = [p for x in self.answered for p in x.parts if p.basis == basis]
        return {a: sum(p.answer is a for p in parts) for a in Answer}


def coverage(
    graph: PlanGraph, standards: Iterable[Instrument | str] = (), *, strict: bool = False
) -> Coverage:
    """Hold a plan against standards.

    Args:
        graph: a view of the plan; one of some pillars has the requirements of these, matched by
            all handoffs.
        standards: which instruments; by default the floor (Palermo with UNTOC) and those that the
            plan says bind its country.
        strict: whether to ask only for handoffs that a provision itself speaks of (``explicit``),
            and not for those that are a reading of what it needs (``derived``).

    >>> import interagency
    >>> found = coverage(interagency.load("thailand"))
    >>> [str(s) for s in found.standards]
    ['PALERMO', 'UNTOC']
    """
    chosen = tuple(dict.fromkeys(map(Instrument, standards))) or tuple(
        dict.fromkeys((*FLOOR, *graph.plan.facts.standards))
    )
    whole = graph.of_all_pillars.in_order
    spoken = whole if whole.complete else whole.spoken_of()
    answering = _Answering(whole, spoken)
    only = graph.view.pillars
    answered = []
    for requirement in catalogue.requirements().values():
        if only is not None and not only.intersection(requirement.pillars):
            continue
        if requirement.instrument not in chosen:
            answered.append(Answered(requirement, Answer.DOES_NOT_BIND, ()))
            continue
        parts = tuple(answering.parts(requirement, strict=strict))
        answered.append(Answered(requirement, _all_of(parts, whole), parts))
    return Coverage(graph, chosen, strict, tuple(answered))


def _all_of(parts: tuple[Part, ...], graph: PlanGraph) -> Answer:
    answers = {p.answer for p in parts}
    for answer in (Answer.GAP, Answer.NOT_STATED):
        if answer in answers:
            return answer
    if not parts:
        return Answer.GAP if graph.complete else Answer.NOT_STATED
    return Answer.MET


class _Answering:
    """Answers for one plan."""

    def __init__(self, graph: PlanGraph, spoken: PlanGraph) -> None:
        self.graph = graph
        self.spoken = spoken
        self.matching = Matching(graph)

    def parts(self, requirement: Requirement, *, strict: bool) -> Iterator[Part]:
        for function in requirement.functions:
            yield self._function(Function(function))
        basis = requirement.handoff_basis
        if not strict or basis == "explicit":
            found = [
                self._handoff(implied, match, basis)
                for implied in requirement.handoffs
                for match in self.matching.matches(requirement, implied)
            ]
            one = requirement.id in _ONE_GROUND_IS_ENOUGH
            grounds = {p.receivers for p in found if one and p.answer is Answer.MET}
            yield from (p for p in found if p.answer is Answer.MET or p.receivers not in grounds)
        if not strict:
            for implied, match in self.matching.needed_by(requirement):
                yield self._handoff(implied, match, "derived")

    def _function(self, function: Function) -> Part:
        graph = self.graph
        holders = tuple(a.id for a in graph.agencies if function in (*leads(a), *a.supports))
        part = Part(
            f"somebody holds {function.label}", Answer.MET, holders, function=function.value
        )
        if holders:
            return part
        lacking = [a.name for a in graph.agencies if function in a.lacks]
        if lacking:
            why = f"a source says that {lacking[0]} does not"
        elif graph.complete:
            why = "no agency holds it"
        elif any(function in leads(a) for a in self.spoken.agencies):
            why = "who holds it is not there at this date"
        else:
            return replace(part, answer=Answer.NOT_STATED, why="no source names a holder")
        return replace(part, answer=Answer.GAP, why=why)

    def _handoff(self, implied: Implied, match: Match, basis: str) -> Part:
        part = Part(
            f"{words(match.named or implied.receivers)}: {implied.what}",
            Answer.MET,
            match.by,
            match.why,
            basis,
            either(map(self.graph.name, match.senders)),
            kind=implied.kind,
            passes=implied.what,
            senders=match.senders,
            receivers=match.receivers,
            missing=match.missing,
            owed=not (of_another_state(implied) or asks_another_state(implied)),
        )
        if match.missing:
            what = f"{words(implied.senders)} → {part.what}"
            why = f"the plan has no {words(match.missing)}"
            silent = self._silent()
            return replace(
                part, what=what, answer=silent, why=why, by=(), sender="", missing_node=True
            )
        if match.by:
            return part
        told = self._denied(match, HandoffKind(implied.kind))
        why = "the plan says that this handoff is not there" if told else ""
        return replace(part, answer=Answer.GAP if told else self._silent(), why=why)

    def _silent(self) -> Answer:
        return Answer.GAP if self.graph.complete else Answer.NOT_STATED

    def _denied(self, match: Match, kind: HandoffKind) -> bool:
        """Whether the plan says of everybody who would send it that they do not.

        A handoff that is not there speaks of its own two ends and content: of what lies behind its
        receiver, or passes in another way, the plan says nothing.
        """
        to = match.receivers
        silent = {h.sender for h in self.graph.absent if h.kind is kind and h.receiver in to}
        return bool(match.senders) and silent.issuperset(match.senders)


def words(names: Iterable[str]) -> str:
    """Sectors, roles and participants as a sentence has them.

    >>> words(["law_enforcement", "role:guardian"])
    'law enforcement or guardian'
    """
    told = [
        PARTICIPANTS[n].lower() if n in PARTICIPANTS else n.removeprefix("role:").replace("_", " ")
        for n in names
    ]
    return either(told)


def either(names: Iterable[str]) -> str:
    """Names of which one will do; with semicolons where a name has a comma of its own.

    >>> either(["police", "navy", "customs"])
    'police, navy or customs'
    """
    told = list(names)
    comma = "; " if len(told) > 1 and any("," in name for name in told) else ", "
    return " or ".join(filter(None, (comma.join(told[:-1]), *told[-1:])))


Sets = tuple[tuple[str, ...], ...]
"""Agencies by id; of each of the inner ones, one is enough."""


@dataclass(frozen=True)
class Lacking:
    """One thing that is missing, or not stated, and every requirement that it touches."""

    answer: Answer
    """A gap, or not stated."""
    requirements: tuple[Requirement, ...]
    """Those that it touches; those it breaches first."""
    breaches: tuple[Requirement, ...] = ()
    """Those among them of which it is a breach."""
    function: str = ""
    """A function that nobody holds; '' for anything else."""
    sector: str = ""
    """A sector, a role or the person of which the plan has nobody; '' for anything else."""
    instead: tuple[str, ...] = ()
    """Sectors and roles one of which would do as well, wherever that one is asked for."""
    senders: Sets = ()
    """Of a handoff, who would send it: from each of these, one of the agencies; by id."""
    receivers: Sets = ()
    """Of a handoff, to whom: to each of these, one of the agencies; by id."""
    passes: tuple[str, ...] = ()
    """Of a handoff, what would pass, in words."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much it touches: breaches, requirements, those of them that leave no choice."""
        firm = sum(r.strength == "shall" for r in self.requirements)
        return len(self.breaches), len(self.requirements), firm


_K = HandoffKind
_BY_THEMSELVES = frozenset({_K.DECISION, _K.GUIDANCE, _K.TRAINING, _K.FUNDING})
_Open = list[tuple[Answered, Part]]


def lacking(found: Coverage) -> tuple[Lacking, ...]:
    """What a plan lacks, each thing once with all that it touches; what touches most comes first.

    Handoffs between agencies that are there come before agencies that are not, and these before
    functions that nobody holds; gaps come before what is not stated.

    >>> import interagency
    >>> [x.function for x in lacking(coverage(interagency.load("nepal"))) if x.function][0]
    'police_cooperation'
    """
    told: list[Lacking] = []
    for answer in (Answer.GAP, Answer.NOT_STATED):
        parts = [(x, p) for x in found.answered for p in x.parts if p.answer is answer]
        functions: dict[str, _Open] = {}
        for x, p in parts:
            if p.function:
                functions.setdefault(p.function, []).append((x, p))
        for kinds in (
            _alike(_handoffs([(x, p) for x, p in parts if p.kind and not p.missing])),
            list(_nobody([(x, p) for x, p in parts if p.missing])),
            [_lacking(of, function=name) for name, of in functions.items()],
        ):
            told += sorted(kinds, key=lambda x: x.weight, reverse=True)
    return tuple(told)


def _handoffs(of: _Open) -> Iterator[Lacking]:
    """Handoffs between agencies that are there: each part once, with the one that does most."""
    ways = [(x, p, frozenset(_ways(p))) for x, p in of]
    count = Counter(chain.from_iterable(_ways(p) for _, p in of))
    while ways:
        most = max(count, key=count.__getitem__)
        chosen = [(x, p) for x, p, does in ways if most in does]
        count.subtract(chain.from_iterable(_ways(p) for _, p in chosen))
        yield _lacking(
            chosen,
            senders=(_shared(p.senders for _, p in chosen),),
            receivers=(_shared(_told(p) for _, p in chosen),),
            passes=tuple(dict.fromkeys(p.passes for _, p in chosen)),
        )
        ways = [one for one in ways if most not in one[2]]


def _ways(part: Part) -> list[tuple[str, str, str]]:
    """From whom to whom, and what of its own kind is no word that goes with others."""
    kind = part.kind if part.kind in _BY_THEMSELVES else ""
    return [(sender, receiver, kind) for sender in part.senders for receiver in _told(part)]


def _told(part: Part) -> tuple[str, ...]:
    """The receivers; where the person is one of them, the person."""
    return (PERSON,) if PERSON in part.receivers else part.receivers


def _alike(found: Iterable[Lacking]) -> list[Lacking]:
    """Handoffs, those told once that are the same but for who sends, or but for who receives."""
    senders: dict[object, list[Lacking]] = {}
    for x in found:
        senders.setdefault((x.passes, x.requirements, x.breaches, x.receivers), []).append(x)
    receivers: dict[object, list[Lacking]] = {}
    for same in senders.values():
        x = replace(same[0], senders=_joined(x.senders for x in same))
        receivers.setdefault((x.passes, x.requirements, x.breaches, x.senders), []).append(x)
    return [
        replace(same[0], receivers=_joined(x.receivers for x in same))
        for same in receivers.values()
    ]


def _joined(sets: Iterable[Sets]) -> Sets:
    return tuple(dict.fromkeys(chain.from_iterable(sets)))


def _shared(sets: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    first, *rest = sets
    return tuple(name for name in first if all(name in other for other in rest))


def _nobody(of: _Open) -> Iterator[Lacking]:
    """The sectors and roles nobody is of: each part once, with the one that touches most."""
    while of:
        touched: dict[str, dict[str, None]] = {}
        for x, p in of:
            for name in p.missing:
                touched.setdefault(name, {})[x.requirement.id] = None
        most = max(touched, key=lambda name: len(touched[name]))
        chosen = [(x, p) for x, p in of if most in p.missing]
        instead = tuple(n for n in _shared(p.missing for _, p in chosen) if n != most)
        yield _lacking(chosen, sector=most, instead=instead)
        of = [(x, p) for x, p in of if most not in p.missing]


def _lacking(
    of: _Open,
    function: str = "",
    sector: str = "",
    instead: tuple[str, ...] = (),
    senders: Sets = (),
    receivers: Sets = (),
    passes: tuple[str, ...] = (),
) -> Lacking:
    answer = of[0][1].answer
    breached = {
        x.requirement.id: x.requirement
        for x, p in of
        if x.requirement.firm and p.own_words and answer is Answer.GAP
    }
    touched = {**breached, **{x.requirement.id: x.requirement for x, _ in of}}
    return Lacking(
        answer,
        tuple(touched.values()),
        tuple(breached.values()),
        function,
        sector,
        instead,
        senders,
        receivers,
        passes,
    )


class Mark(StrEnum):
    """A cell of the functions matrix."""

    LEAD = "L"
    SUPPORT = "S"
    LACKS = "-"
    NOT_ASSESSED = "."


@dataclass(frozen=True)
class Functions:
    """Functions by agencies: who leads, who supports, who does not, and what nobody looked at."""

    agencies: tuple[Agency, ...]
    rows: tuple[tuple[Function, tuple[Mark, ...]], ...]


def functions(graph: PlanGraph, pillars: Iterable[Pillar] = ()) -> Functions:
    """The functions by agencies matrix of a plan, all functions or those of some pillars.

    >>> import interagency
    >>> matrix = functions(interagency.load("nepal"))
    >>> len(matrix.agencies), len(matrix.rows) == len(Function)
    (9, True)
    """
    only = frozenset(map(Pillar, pillars))
    chosen = [f for f in Function if not only or f.pillar in only or f.pillar is None]
    silent = Mark.LACKS if graph.complete else Mark.NOT_ASSESSED

    def mark(agency: Agency, function: Function) -> Mark:
        if function in leads(agency):
            return Mark.LEAD
        if function in agency.supports:
            return Mark.SUPPORT
        return Mark.LACKS if function in agency.lacks else silent

    rows = ((f, tuple(mark(a, f) for a in graph.agencies)) for f in chosen)
    return Functions(graph.agencies, tuple(rows))
