"""Requirement by requirement: what a standard asks, and whether the plan has it.

Matching follows the reference standards (``meta.matching``): every listed sender that the plan
has must reach at least one listed receiver, by one handoff or by a way of handoffs of the same or
a compatible kind; for guidance, training and funding every listed receiver counts; one agency
that is both ends has the handoff within itself; a sector that the plan lacks altogether is a
missing node, not a missing handoff. Where no agency is of a sector, whoever holds what the sector
is there for stands in; whoever has a role leads in what the role means.

The answers are those of an audit (met, gap, not stated) and a fourth: *does not bind*. Provisions
that ask a State only to consider something, and texts that bind nobody, are never breached: what
they ask is answered all the same, and said to be no breach. Nor is a gap in what is read out of a
provision: only what it says itself can be breached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from interagency import catalogue
from interagency.catalogue import Implied, Requirement
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency
from interagency.vocabulary import Function, HandoffKind, Instrument, Pillar, Role, Sector

FLOOR = (Instrument.PALERMO, Instrument.UNTOC)
"""What is asked of every plan: the Palermo Protocol with its convention."""

_K = HandoffKind
_COMPATIBLE: Mapping[HandoffKind, frozenset[HandoffKind]] = {
    _K.REFERRAL: frozenset({_K.REFERRAL, _K.CUSTODY_TRANSFER, _K.JOINT_ACTION}),
    _K.CUSTODY_TRANSFER: frozenset({_K.CUSTODY_TRANSFER, _K.REFERRAL}),
    _K.NOTIFICATION: CASE_KINDS | {_K.REPORTING},
    _K.INFORMATION_SHARING: CASE_KINDS | {_K.REPORTING, _K.FEEDBACK, _K.CONSULTATION},
    _K.EVIDENCE_TRANSFER: frozenset({_K.EVIDENCE_TRANSFER, _K.CHARGE, _K.JOINT_ACTION}),
    _K.REQUEST_FOR_ASSISTANCE: frozenset(
        {_K.REQUEST_FOR_ASSISTANCE, _K.REFERRAL, _K.ORDER, _K.JOINT_ACTION}
    ),
    _K.DECISION: frozenset({_K.DECISION, _K.NOTIFICATION}),
    _K.COMPLAINT: frozenset(
        {_K.COMPLAINT, _K.REFERRAL, _K.NOTIFICATION, _K.REQUEST_FOR_ASSISTANCE}
    ),
    _K.REPORTING: frozenset({_K.REPORTING, _K.INFORMATION_SHARING}),
    _K.FEEDBACK: frozenset({_K.FEEDBACK, _K.DECISION}),
    _K.CONSULTATION: frozenset({_K.CONSULTATION, _K.JOINT_ACTION}),
    _K.GUIDANCE: frozenset({_K.GUIDANCE, _K.ORDER}),
}
"""Kinds that do what another kind is asked to do; a kind that is not here stands for itself."""

_EVERY_RECEIVER = frozenset({_K.GUIDANCE, _K.TRAINING, _K.FUNDING})


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


@dataclass(frozen=True)
class Answered:
    """A requirement and how it stands."""

    requirement: Requirement
    answer: Answer
    parts: tuple[Part, ...]

    @property
    def breach(self) -> bool:
        """Whether a gap here is a breach of a duty: of a firm and binding provision's own words."""
        own_words = any(p.answer is Answer.GAP and p.basis == "explicit" for p in self.parts)
        return self.firm and own_words

    @property
    def firm(self) -> bool:
        """Whether the provision binds those who are party to it, and leaves them no choice."""
        return self.requirement.strength == "shall" and self.requirement.kind in _BINDING


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
    matcher = _Matcher(whole, spoken)
    only = graph.view.pillars
    answered = []
    for requirement in catalogue.requirements().values():
        if only is not None and not only.intersection(requirement.pillars):
            continue
        if requirement.instrument not in chosen:
            answered.append(Answered(requirement, Answer.DOES_NOT_BIND, ()))
            continue
        parts = tuple(matcher.parts(requirement, strict=strict))
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


class _Matcher:
    """Answers for one plan; what two requirements ask is looked up once."""

    def __init__(self, graph: PlanGraph, spoken: PlanGraph) -> None:
        self.graph = graph
        self.spoken = spoken
        self._reached: dict[tuple[str, frozenset[HandoffKind]], dict[str, str | None]] = {}

    def parts(self, requirement: Requirement, *, strict: bool) -> Iterator[Part]:
        for function in requirement.functions:
            yield self._function(Function(function))
        if strict and requirement.handoff_basis != "explicit":
            return
        for implied in requirement.handoffs:
            yield from self._handoff(implied, requirement.handoff_basis)

    def _function(self, function: Function) -> Part:
        graph = self.graph
        holders = tuple(a.id for a in graph.agencies if function in (*_leads(a), *a.supports))
        what = f"somebody holds {function.label}"
        if holders:
            return Part(what, Answer.MET, holders)
        lacking = [a.name for a in graph.agencies if function in a.lacks]
        if lacking:
            return Part(what, Answer.GAP, why=f"a source says that {lacking[0]} does not")
        if graph.complete:
            return Part(what, Answer.GAP, why="no agency holds it")
        if any(function in _leads(a) for a in self.spoken.agencies):
            return Part(what, Answer.GAP, why="who holds it is not there at this date")
        return Part(what, Answer.NOT_STATED, why="no source names a holder")

    def _handoff(self, implied: Implied, basis: str) -> Iterator[Part]:
        senders = _ends(self.graph, implied.senders)
        receivers = _ends(self.graph, implied.receivers)
        kind = HandoffKind(implied.kind)
        what = f"{_words(implied.receivers)}: {implied.what}"
        if not senders or not receivers:
            side = implied.senders if not senders else implied.receivers
            told = f"{_words(implied.senders)} → {what}"
            why = f"the plan has no {_words(side)}"
            yield Part(told, self._silent(), why=why, basis=basis, missing_node=True)
            return
        for sender in senders:
            yield self._from(sender, receivers, kind, what, basis, every=implied.receivers)

    def _silent(self) -> Answer:
        return Answer.GAP if self.graph.complete else Answer.NOT_STATED

    def _from(
        self,
        sender: str,
        receivers: tuple[str, ...],
        kind: HandoffKind,
        what: str,
        basis: str,
        *,
        every: tuple[str, ...],
    ) -> Part:
        kinds = _COMPATIBLE.get(kind, frozenset({kind}))
        name = self.graph.name(sender)
        if sender in receivers and kind not in _EVERY_RECEIVER:
            return Part(what, Answer.MET, (sender,), "within itself", basis, name)
        wanted = (
            [_ends(self.graph, (end,)) for end in every] if kind in _EVERY_RECEIVER else [receivers]
        )
        reached = self._reach(sender, kinds)
        unmet = [ends for ends in wanted if ends and not any(e in reached for e in ends)]
        if not unmet:
            way = self.graph.path(sender=sender, receivers=receivers, kinds=kinds)
            return Part(what, Answer.MET, tuple(h.id for h in way), "", basis, name)
        denied = self._denied(sender, kind)
        told = all(any(e in denied for e in ends) for ends in unmet)
        answer = Answer.GAP if self.graph.complete or told else Answer.NOT_STATED
        why = "the plan says that this handoff is not there" if told else ""
        return Part(what, answer, (), why, basis, name)

    def _denied(self, sender: str, kind: HandoffKind) -> set[str]:
        """To whom the plan says that the sender hands nothing on of this kind.

        A handoff that is not there speaks of its own two ends and content: of what lies behind its
        receiver, or passes in another way, the plan says nothing.
        """
        return {h.receiver for h in self.graph.absent if h.sender == sender and h.kind is kind}

    def _reach(self, sender: str, kinds: frozenset[HandoffKind]) -> dict[str, str | None]:
        key = (sender, kinds)
        if key not in self._reached:
            found = self.graph.reached_from([sender], kinds)
            self._reached[key] = {k: v for k, v in found.items() if k != sender}
        return self._reached[key]


_TASK_OF_ROLE: Mapping[Role, Function] = {
    Role.IDENTIFICATION_AUTHORITY: Function.VICTIM_IDENTIFICATION,
    Role.CASE_MANAGER: Function.CASE_MANAGEMENT,
    Role.GUARDIAN: Function.GUARDIANSHIP,
    Role.LEGAL_REPRESENTATIVE: Function.LEGAL_ASSISTANCE,
    Role.REINTEGRATION_PROVIDER: Function.REINTEGRATION_SUPPORT,
}
"""What whoever has a role leads in, by what the role means."""
_TASK_OF_SECTOR: Mapping[Sector, Function] = {
    Sector.CENTRAL_AUTHORITY: Function.MUTUAL_LEGAL_ASSISTANCE,
    Sector.COORDINATION_BODY: Function.POLICY_COORDINATION,
    Sector.NATIONAL_RAPPORTEUR: Function.INDEPENDENT_MONITORING,
    Sector.COMPENSATION_FUND: Function.STATE_COMPENSATION,
    Sector.WITNESS_PROTECTION: Function.WITNESS_PROTECTION,
    Sector.ASSET_RECOVERY: Function.ASSET_CONFISCATION,
    Sector.LEGAL_AID: Function.LEGAL_ASSISTANCE,
    Sector.HOTLINE: Function.HOTLINE_OPERATION,
}
"""What a sector is there for: whoever holds it stands in where no agency is of the sector."""


def _leads(agency: Agency) -> tuple[Function, ...]:
    """The functions of an agency, and those that its roles mean."""
    tasks = (_TASK_OF_ROLE[role] for role in agency.roles if role in _TASK_OF_ROLE)
    return (*agency.functions, *tasks)


def _ends(graph: PlanGraph, names: Iterable[str]) -> tuple[str, ...]:
    """The agencies (and the person) that the plan has of these sectors and roles."""
    found: dict[str, None] = {}
    for name in names:
        if name == PERSON:
            found[PERSON] = None
        else:
            found.update(dict.fromkeys(a.id for a in _agencies(graph, name)))
    return tuple(found)


def _agencies(graph: PlanGraph, name: str) -> tuple[Agency, ...]:
    if not name.startswith("role:"):
        sector = Sector(name)
        task = _TASK_OF_SECTOR.get(sector)
        return graph.in_sector(sector) or (graph.with_function(task) if task else ())
    role = name.removeprefix("role:")
    wider = {
        "detecting_agency": graph.detectors,
        "identification_authority": graph.identifiers,
        "service_provider": graph.providers,
    }
    return wider[role] if role in wider else graph.with_role(Role(role))


def _words(names: Iterable[str]) -> str:
    words = [
        PARTICIPANTS[n].lower() if n in PARTICIPANTS else n.removeprefix("role:").replace("_", " ")
        for n in names
    ]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


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
        if function in _leads(agency):
            return Mark.LEAD
        if function in agency.supports:
            return Mark.SUPPORT
        return Mark.LACKS if function in agency.lacks else silent

    rows = ((f, tuple(mark(a, f) for a in graph.agencies)) for f in chosen)
    return Functions(graph.agencies, tuple(rows))
