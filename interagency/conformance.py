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

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

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
from interagency.model import PARTICIPANTS, Agency
from interagency.vocabulary import Function, HandoffKind, Instrument, Pillar

FLOOR = (Instrument.PALERMO, Instrument.UNTOC)
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
        return self.firm and any(p.own_words for p in self.parts if p.answer is Answer.GAP)

    @property
    def firm(self) -> bool:
        """Whether the provision binds those who are party to it, and leaves them no choice."""
        return self.requirement.strength == "shall" and self.requirement.kind in _BINDING


_ONE_GROUND_IS_ENOUGH = frozenset({"COE-14-1"})
"""Provisions that leave a choice of grounds, where the data lists a handoff for each ground."""
_BINDING = {"treaty", "treaty and recommendation", "EU directive"}


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
        what = f"somebody holds {function.label}"
        if holders:
            return Part(what, Answer.MET, holders)
        lacking = [a.name for a in graph.agencies if function in a.lacks]
        if lacking:
            return Part(what, Answer.GAP, why=f"a source says that {lacking[0]} does not")
        if graph.complete:
            return Part(what, Answer.GAP, why="no agency holds it")
        if any(function in leads(a) for a in self.spoken.agencies):
            return Part(what, Answer.GAP, why="who holds it is not there at this date")
        return Part(what, Answer.NOT_STATED, why="no source names a holder")

    def _handoff(self, implied: Implied, match: Match, basis: str) -> Part:
        part = Part(
            f"{_words(match.named or implied.receivers)}: {implied.what}",
            Answer.MET,
            match.by,
            match.why,
            basis,
            _either(list(map(self.graph.name, match.senders))),
            kind=implied.kind,
            passes=implied.what,
            senders=match.senders,
            receivers=match.receivers,
            missing=match.missing,
            owed=not (of_another_state(implied) or asks_another_state(implied)),
        )
        if match.missing:
            what = f"{_words(implied.senders)} → {part.what}"
            why = f"the plan has no {_words(match.missing)}"
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


def _words(names: Iterable[str]) -> str:
    words = [
        PARTICIPANTS[n].lower() if n in PARTICIPANTS else n.removeprefix("role:").replace("_", " ")
        for n in names
    ]
    return _either(words)


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


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
