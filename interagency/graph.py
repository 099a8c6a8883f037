"""PlanGraph: a read-only view of a plan as a directed graph, and the questions rules ask of it.

Agencies are nodes, handoffs are edges keyed by their id. ``person`` and ``public`` are
participants: ways may begin or end there, and never lead through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Self, TypeVar

from interagency import kernels
from interagency.errors import UnknownName
from interagency.model import PARTICIPANTS, PERSON, PUBLIC, Agency, Handoff, Plan
from interagency.persons import CONCERNS, MEETS, Persons, let_through
from interagency.places import Location, Places, Ref
from interagency.quantities import PlanDate
from interagency.vocabulary import (
    Completeness,
    Function,
    Group,
    HandoffKind,
    Level,
    Pillar,
    Role,
    Sector,
    SourceKind,
    Stage,
    Status,
)

if TYPE_CHECKING:
    import networkx as nx

_K = HandoffKind
CASE_KINDS = frozenset(
    {
        _K.REFERRAL,
        _K.CUSTODY_TRANSFER,
        _K.NOTIFICATION,
        _K.INFORMATION_SHARING,
        _K.EVIDENCE_TRANSFER,
        _K.REQUEST_FOR_ASSISTANCE,
        _K.DECISION,
        _K.COMPLAINT,
        _K.JOINT_ACTION,
        _K.CHARGE,
        _K.ORDER,
    }
)
"""Kinds that carry a case on, so that the receiver can act on it. Money, training, guidance,
statistics and feedback carry none."""

HELP_KINDS = frozenset(
    {
        _K.REFERRAL,
        _K.CUSTODY_TRANSFER,
        _K.REQUEST_FOR_ASSISTANCE,
        _K.DECISION,
        _K.JOINT_ACTION,
    }
)
"""Kinds by which a person comes into somebody's care. That an agency is told of a case brings
nobody to its door."""

_WORD_OF_PERSONS = HELP_KINDS | {_K.NOTIFICATION, _K.INFORMATION_SHARING, _K.COMPLAINT}
"""Kinds after which the receiver can bring the person into care; evidence, charges and orders go
to court."""

MOVING_KINDS = frozenset({_K.REFERRAL, _K.CUSTODY_TRANSFER})
"""Kinds by which the person moves."""

_FACTS = frozenset({_K.INFORMATION_SHARING, _K.EVIDENCE_TRANSFER, _K.REQUEST_FOR_ASSISTANCE})
_LATER = frozenset(
    {
        Stage.PROSECUTION,
        Stage.TRIAL_PROTECTION,
        Stage.COMPENSATION,
        Stage.SOCIAL_INCLUSION,
        Stage.MONITORING,
    }
)
"""Stages at which it has long been asked whether the person is trafficked, or never will be."""

_F = Function
CARE = frozenset(
    {
        _F.EMERGENCY_ACCOMMODATION,
        _F.MEDICAL_CARE,
        _F.PSYCHOSOCIAL_CARE,
        _F.MATERIAL_ASSISTANCE,
        _F.LEGAL_ASSISTANCE,
    }
)
"""The help every victim may need: housing, medical, psychological and material help, and legal
counsel (Palermo Protocol art 6(3)(a)-(c); CETS 197 art 12(1))."""

_Thing = TypeVar("_Thing", Agency, Handoff)
_NO_IDS = dict.fromkeys(("id", "sender", "receiver", "fallback", "part_of"), "")
_L = Level
_REMITS: Mapping[Level | None, int] = {
    level: place
    for place, level in enumerate(
        (_L.NATIONAL, _L.PROVINCIAL, _L.DISTRICT, _L.LOCAL, _L.REGIONAL, _L.INTERNATIONAL)
    )
}
"""Remits in the order in which agencies are told; one that is not stated is taken as national."""

Ways = Mapping[str, list[str]]
"""For each participant, those it leads to."""

_INVESTIGATION = frozenset(
    {
        _F.CRIMINAL_INVESTIGATION,
        _F.EX_OFFICIO_INVESTIGATION,
        _F.PROACTIVE_INVESTIGATION,
        _F.EVIDENCE_COLLECTION,
        _F.FINANCIAL_INVESTIGATION,
        _F.PROSECUTION_SERVICE,
    }
)

_REMARK = re.compile(r"(?<=\w)\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class View:
    """What of a plan is looked at; every field at its default looks at all of it."""

    as_of: PlanDate | None = None
    pillars: frozenset[Pillar] | None = None
    kinds: frozenset[HandoffKind] | None = None
    groups: frozenset[Group] = frozenset()
    without: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()
    spoken_of: bool = False


class PlanGraph:
    """A plan as a graph. Views of it are graphs as well; nothing here changes the plan.

    By default it shows the state at the plan's own date (``facts.as_of``).

        >>> import interagency
        >>> graph = interagency.load("thailand")
        >>> graph.reaches(sender="labour", receivers=["mdt"])
        True
        >>> graph.as_of("2021").reaches(sender="labour", receivers=["mdt"])
        False
    """

    def __init__(
        self, plan: Plan, places: Places | None = None, *, view: View | None = None
    ) -> None:
        if not isinstance(plan, Plan):
            raise TypeError(f"A Plan is wanted, and not {type(plan).__name__}: {plan!r:.80}")
        self.plan = plan
        self.places = places or Places()
        self.view = view or View(as_of=plan.facts.as_of)
        self._wider: PlanGraph | None = None  # the view that this one only takes from

    def __repr__(self) -> str:
        return (
            f"PlanGraph({self.plan.facts.id!r}, {len(self.agencies)} agencies, "
            f"{len(self.handoffs)} handoffs, as of {self.view.as_of or 'any time'})"
        )

    # --- views ------------------------------------------------------------------------------

    def _viewed(self, **changes: Any) -> Self:
        view = replace(self.view, **changes)
        return self if view == self.view else type(self)(self.plan, self.places, view=view)

    def as_of(self, date: PlanDate | str | int | None) -> Self:
        """The state at the end of a year, month or day; None: whenever.

        Raises:
            ValueError: it is no date.
        """
        return self._viewed(as_of=None if date is None else PlanDate.parse(date))

    def only(self, *pillars: Pillar | str) -> Self:
        """Only the handoffs that serve one of these pillars."""
        return self._viewed(pillars=frozenset(map(Pillar, pillars)))

    def of_kinds(self, kinds: Iterable[HandoffKind | str]) -> Self:
        """Only handoffs of these kinds."""
        return self._viewed(kinds=frozenset(map(HandoffKind, kinds)))

    def for_group(self, *groups: Group | str) -> Self:
        """What is open to a person who belongs to all of these groups.

        A handoff is open where its limit leaves none of the groups out, and an agency where whom
        it serves does not: women only leaves men out, and foreigners only does not, for a man may
        be one. What concerns other persons alone is not asked of such a view.

        >>> import interagency
        >>> graph = interagency.load("bulgaria").for_group("men")
        >>> graph.may_be("foreign_nationals"), graph.may_be("children")
        (True, False)
        """
        narrower = self._viewed(groups=self.view.groups | frozenset(map(Group, groups)))
        if narrower is not self:
            narrower._wider = self
        return narrower

    @property
    def for_anybody(self) -> Self:
        """The same view, open to every group."""
        return self._viewed(groups=frozenset())

    def without(self, *agencies: str) -> Self:
        """As if these agencies were not there."""
        for agency in agencies:
            self.agency(agency)
        return self._viewed(without=self.view.without | frozenset(agencies))

    def focus(self, *agencies: str) -> Self:
        """Only the handoffs that these agencies send or receive: they and their neighbours.

        Like a view of some pillars it is for looking: an audit of it asks about all handoffs,
        and tells what concerns these agencies.

        >>> import interagency
        >>> len(interagency.load("thailand").focus("mdt").handoffs)
        4
        """
        return self._viewed(focus=self.view.focus | frozenset(self._known(agencies)))

    def spoken_of(self) -> Self:
        """As if everything the plan speaks of were there, whatever its status or date.

        What is missing here is a thing the plan is silent about; what is missing only in the
        plain view is a thing the plan itself says is not there.
        """
        return self._viewed(spoken_of=True)

    @property
    def of_all_pillars(self) -> Self:
        """The same view with the handoffs of every pillar and kind.

        Whether a way exists is a question about all of them: a way under Protect may lead over
        a handoff that stands under Prosecute.
        """
        return self._viewed(pillars=None, kinds=None, focus=frozenset())

    @cached_property
    def in_order(self) -> Self:
        """The same view of the same plan, in an order that does not come from the file.

        Agencies of the whole country stand first, then those of a part of it, then those abroad,
        by name among themselves; handoffs stand as their senders do, then as their receivers.
        What is asked of it, and every tie that its order settles, comes out the same however the
        file is arranged and whatever ids it gives.
        """
        agencies = _sorted(self.plan.agencies, lambda a: (_REMITS.get(a.level, 0), a.name))
        place = {a.id: number for number, a in enumerate(agencies)}
        handoffs = _sorted(
            self.plan.handoffs, lambda h: (place.get(h.sender, -1), place.get(h.receiver, -1))
        )
        if agencies == self.plan.agencies and handoffs == self.plan.handoffs:
            return self
        plan = self.plan.model_copy(update={"agencies": agencies, "handoffs": handoffs})
        return type(self)(plan, self.places, view=self.view)

    def with_handoffs(self, handoffs: Iterable[Handoff]) -> Self:
        """The same view of a plan that has these handoffs as well; this plan stays as it is.

        One that has the id of a handoff of the plan stands in its place.
        """
        new = {h.id: h for h in handoffs}
        kept = tuple(new.pop(h.id, h) for h in self.plan.handoffs)
        plan = self.plan.model_copy(update={"handoffs": (*kept, *new.values())})
        return type(self)(plan, self.places, view=self.view)

    def without_handoffs(self, ids: Collection[str]) -> Self:
        """The same view of a plan that does not speak of these handoffs; this one stays."""
        kept = tuple(h for h in self.plan.handoffs if h.id not in ids)
        plan = self.plan.model_copy(update={"handoffs": kept})
        return type(self)(plan, self.places, view=self.view)

    # --- what is there ------------------------------------------------------------------------

    @property
    def complete(self) -> bool:
        """Whether the plan is declared complete: its silence means absence."""
        return self.plan.facts.completeness is Completeness.COMPLETE

    def _open(self, limits: Collection[Group] | None) -> bool:
        return not self.view.groups or not limits or let_through(self.view.groups, limits)

    def may_be(self, *groups: Group | str) -> bool:
        """Whether a person of this view can be of one of these groups; of none given: anybody."""
        return self._open(tuple(map(Group, groups)))

    def concerns(self, functions: Iterable[Function]) -> bool:
        """Whether one of these functions is there for persons of this view; of none: it is."""
        held = tuple(functions)
        return not held or any(self._open(CONCERNS.get(function)) for function in held)

    def meets(self, *sectors: Sector) -> bool:
        """Whether the work of one of these sectors is with persons of this view."""
        return any(self._open(MEETS.get(sector)) for sector in sectors)

    def may_meet(self, agency: Agency) -> bool:
        """Whether an agency may meet persons of this view: whom it serves, else whom its sector."""
        home = agency.country in (None, self.plan.facts.country)
        usual = MEETS.get(agency.sector) if agency.sector and home else None
        return self._open(agency.accepts or usual)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that are there, in the order of the file."""
        view = self.view
        if self._wider is not None:
            return tuple(a for a in self._wider.agencies if self._open(a.accepts))
        return tuple(
            a
            for a in self.plan.agencies
            if a.id not in view.without
            and (view.spoken_of or a.holds(view.as_of))
            and self._open(a.accepts)
        )

    @cached_property
    def _by_id(self) -> dict[str, Agency]:
        return {a.id: a for a in self.agencies}

    @cached_property
    def _all_by_id(self) -> dict[str, Agency]:
        if self._wider is not None:
            return self._wider._all_by_id
        return {a.id: a for a in self.plan.agencies}

    @cached_property
    def _handoffs_by_id(self) -> dict[str, Handoff]:
        return {h.id: h for h in self.plan.handoffs}

    @cached_property
    def _split(self) -> tuple[tuple[Handoff, ...], tuple[Handoff, ...]]:
        view, there = self.view, self._ends
        if self._wider is not None:
            left = (h for h in self._wider.absent if self._open(h.only_for) and not self._shut(h))
            return self._served_of(self._wider.handoffs), tuple(left)
        gone = set(view.without)
        present: list[Handoff] = []
        absent: list[Handoff] = []
        for h in self.plan.handoffs:
            if (
                (view.pillars is not None and view.pillars.isdisjoint(h.pillars))
                or (view.kinds is not None and h.kind not in view.kinds)
                or not self._open(h.only_for)
                or (view.focus and view.focus.isdisjoint((h.sender, h.receiver)))
                or h.sender in gone
                or h.receiver in gone
                or (h.status is Status.MISSING and not h.holds(view.as_of))
            ):
                continue
            ends = h.sender in there and h.receiver in there
            if ends and (view.spoken_of or (h.there and h.holds(view.as_of))):
                present.append(h)
            elif not self._shut(h):
                absent.append(h)
        return tuple(present), tuple(absent)

    def _served_of(self, handoffs: Iterable[Handoff]) -> tuple[Handoff, ...]:
        """Of some handoffs that are there in the wider view: those that are there in this one."""
        there = self._ends
        return tuple(
            h
            for h in handoffs
            if (not h.only_for or self._open(h.only_for))
            and h.sender in there
            and h.receiver in there
        )

    @cached_property
    def _ends(self) -> frozenset[str]:
        return frozenset((*self._by_id, *PARTICIPANTS))

    def _shut(self, h: Handoff) -> bool:
        """Whether an end is not there because it serves other groups: no gap of the plan's."""
        ends = [self._all_by_id.get(end) for end in (h.sender, h.receiver)]
        return any(a is not None and not self._open(a.accepts) for a in ends)

    @property
    def handoffs(self) -> tuple[Handoff, ...]:
        """The handoffs that are there: in force or informal, in the order of the file."""
        return self._split[0]

    @property
    def absent(self) -> tuple[Handoff, ...]:
        """The handoffs the plan speaks of that are not there.

        They are missing, planned, unused or ended, or this is not their time. Of a handoff that
        was missing at another time, the plan says nothing at this one.
        """
        return self._split[1]

    def why_absent(self, handoff: Handoff) -> str:
        """Why a handoff the plan speaks of is not there, in words.

        >>> import interagency
        >>> graph = interagency.load("thailand").as_of(2021)
        >>> graph.why_absent(graph.handoff("labour-mdt"))
        'begins in 2022'
        """
        if not handoff.there:
            return f"is {handoff.status.label}"
        date = self.view.as_of
        for thing in (
            handoff,
            *(self._all_by_id.get(e) for e in (handoff.sender, handoff.receiver)),
        ):
            if thing is not None and date is not None and not thing.holds(date):
                if thing.since is not None and thing.since.first > date.last:
                    return f"begins in {thing.since}"
                return f"ended in {thing.until}"
        return "is not there"

    def agency_is_there(self, handoff: Handoff) -> bool:
        """Whether both ends of a handoff are there, whatever its own status and dates."""
        return handoff.sender in self._ends and handoff.receiver in self._ends

    def prescribed(self, handoff: Handoff) -> bool:
        """Whether a handoff names its ground, or rests on a law or a procedure that is cited."""
        if handoff.basis is not None:
            return True
        return handoff.inferred is None and not self._rules_cited.isdisjoint(handoff.sources)

    @cached_property
    def _rules_cited(self) -> frozenset[str]:
        """Ids of the sources that prescribe."""
        kinds = {SourceKind.STATUTE, SourceKind.PROCEDURE}
        return frozenset(s.id for s in self.plan.sources if s.kind in kinds)

    def agency(self, agency_id: str) -> Agency:
        """The agency of that id, whether or not it is there in this view.

        Raises:
            UnknownName: the plan has none.
        """
        try:
            return self._all_by_id[agency_id]
        except KeyError:
            raise UnknownName("agency", agency_id, self._all_by_id) from None

    def handoff(self, handoff_id: str) -> Handoff:
        """The handoff of that id, whether or not it is there in this view.

        Raises:
            UnknownName: the plan has none.
        """
        try:
            return self._handoffs_by_id[handoff_id]
        except KeyError:
            raise UnknownName("handoff", handoff_id, self._handoffs_by_id) from None

    def name(self, agency_id: str) -> str:
        """The name of an agency or participant; of an unknown id, the id."""
        if agency_id in PARTICIPANTS:
            return PARTICIPANTS[agency_id]
        agency = self._all_by_id.get(agency_id)
        return agency.name if agency else agency_id

    def check_ends(self, *ids: str) -> None:
        """Make sure that each is an agency of the plan, in this view or not, or a participant.

        Raises:
            UnknownName: one is neither.
        """
        for an_id in ids:
            if an_id not in self._all_by_id and an_id not in PARTICIPANTS:
                raise UnknownName("agency", an_id, self._all_by_id)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """For each long name that has a short form no other agency shares: that form.

        It is the agency's ``short`` name, else its name without a remark in brackets at the end.

        >>> import interagency
        >>> names = interagency.load("thailand").short_names
        >>> names["Labour officials (Ministry of Labour, 76 provinces)"]
        'Labour officials'
        """
        forms = {a.name: a.short or _REMARK.sub("", a.name) for a in self.plan.agencies}
        held = Counter([*forms.values(), *(n for n, form in forms.items() if form != n)])
        return {n: form for n, form in forms.items() if form and form != n and held[form] == 1}

    def where(self, ref: Ref) -> Location | None:
        """Where a thing of the plan was written."""
        return self.places.of(ref)

    # --- who is what --------------------------------------------------------------------------

    @cached_property
    def _with_role(self) -> dict[Role, tuple[Agency, ...]]:
        return _grouped(self.agencies, lambda a: a.roles)

    @cached_property
    def _with_function(self) -> dict[Function, tuple[Agency, ...]]:
        return _grouped(self.agencies, lambda a: a.functions)

    @cached_property
    def _in_sector(self) -> dict[Sector, tuple[Agency, ...]]:
        return _grouped(self.agencies, lambda a: (a.sector,) if a.sector else ())

    def with_role(self, role: Role) -> tuple[Agency, ...]:
        """The agencies that have a role."""
        return self._with_role.get(role, ())

    def with_function(self, function: Function) -> tuple[Agency, ...]:
        """The agencies that hold a function."""
        return self._with_function.get(function, ())

    def in_sector(self, *sectors: Sector) -> tuple[Agency, ...]:
        """The agencies of these sectors, in the order of the file."""
        if len(sectors) == 1:
            return self._in_sector.get(sectors[0], ())
        return tuple(a for a in self.agencies if a.sector in sectors)

    @cached_property
    def detectors(self) -> tuple[Agency, ...]:
        """Who may meet a trafficked person first: by role, by screening or by its hotline."""
        functions = {Function.PROACTIVE_SCREENING, Function.HOTLINE_OPERATION}
        return tuple(
            a
            for a in self.agencies
            if Role.DETECTING_AGENCY in a.roles or not functions.isdisjoint(a.functions)
            if self.may_meet(a)
        )

    @cached_property
    def identifiers(self) -> tuple[Agency, ...]:
        """Who decides that someone is, or is presumed, trafficked: by role or by function."""
        return tuple(
            a
            for a in self.agencies
            if Role.IDENTIFICATION_AUTHORITY in a.roles
            or Function.VICTIM_IDENTIFICATION in a.functions
        )

    @cached_property
    def competent_authorities(self) -> tuple[Agency, ...]:
        """The identifiers that have the role; where none has it, all identifiers."""
        return self.with_role(Role.IDENTIFICATION_AUTHORITY) or self.identifiers

    @cached_property
    def providers(self) -> tuple[Agency, ...]:
        """Who gives help: by role, or because it holds a function of care."""
        roles = {Role.SERVICE_PROVIDER, Role.REINTEGRATION_PROVIDER}
        return tuple(
            a
            for a in self.agencies
            if not roles.isdisjoint(a.roles) or not CARE.isdisjoint(a.functions)
        )

    @cached_property
    def case_managers(self) -> tuple[Agency, ...]:
        """Who runs a person's case from beginning to end: by role or by function."""
        return tuple(
            a
            for a in self.agencies
            if Role.CASE_MANAGER in a.roles or Function.CASE_MANAGEMENT in a.functions
        )

    def in_hands_of(self, agency_id: str) -> tuple[Agency, ...]:
        """The case managers who send persons to an agency.

        Whoever they place there stays their case: their ways on are the person's.
        """
        senders = {h.sender for h in self.received_by(agency_id, HELP_KINDS)} - {agency_id}
        return tuple(a for a in self.case_managers if a.id in senders)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """Where cases begin: the person, the public, and whoever detects."""
        starts = [p for p in (PERSON, PUBLIC) if self.sent_by(p)]
        return (*starts, *(a.id for a in self.detectors))

    @cached_property
    def ways_in(self) -> Mapping[str, int]:
        """For each agency: from how many of the entries a case can come to it."""
        return kernels.reached_by(self._adjacency(CASE_KINDS, self.entries), self.entries)

    @staticmethod
    def investigates(agency: Agency) -> bool:
        """Whether an agency investigates or prosecutes."""
        return agency.sector in (Sector.LAW_ENFORCEMENT, Sector.PROSECUTION) or (
            not _INVESTIGATION.isdisjoint(agency.functions)
        )

    @staticmethod
    def brings_to_be_asked(handoff: Handoff) -> bool:
        """Whether it can bring a person, or their case, to where it is asked if they are a victim.

        Not what carries no case at all, nor a decision, which answers what was asked before, nor a
        step that comes later in a case. Nor facts, requests and answers of an inquiry (stage
        investigation, and not under Protect): they tell of suspects and money, and the person
        stays where they were.
        """
        decided = handoff.kind is HandoffKind.DECISION
        carries = handoff.kind in CASE_KINDS and not PlanGraph.is_of_an_inquiry(handoff)
        return carries and not decided and handoff.stage not in _LATER

    @staticmethod
    def is_of_an_inquiry(handoff: Handoff) -> bool:
        """Whether it passes facts, a request or an answer in an inquiry into suspects and money."""
        inquiry = handoff.stage is Stage.INVESTIGATION and Pillar.PROTECT not in handoff.pillars
        return inquiry and handoff.kind in _FACTS

    # --- who hands what to whom ---------------------------------------------------------------

    @cached_property
    def _ways_out(self) -> dict[str, tuple[Handoff, ...]]:
        return _grouped(self.handoffs, lambda h: (h.sender,))

    @cached_property
    def _ways_in(self) -> dict[str, tuple[Handoff, ...]]:
        return _grouped(self.handoffs, lambda h: (h.receiver,))

    def sent_by(
        self, agency_id: str, kinds: Collection[HandoffKind] | None = None
    ) -> tuple[Handoff, ...]:
        """What an agency or participant sends, in the order of the file."""
        if self._wider is not None:  # a few of them are asked about; the rest is not looked at
            sent = self._served_of(self._wider.sent_by(agency_id))
        else:
            sent = self._ways_out.get(agency_id, ())
        return sent if kinds is None else tuple(h for h in sent if h.kind in kinds)

    def received_by(
        self, agency_id: str, kinds: Collection[HandoffKind] | None = None
    ) -> tuple[Handoff, ...]:
        """What an agency or participant receives, in the order of the file."""
        if self._wider is not None:
            got = self._served_of(self._wider.received_by(agency_id))
        else:
            got = self._ways_in.get(agency_id, ())
        return got if kinds is None else tuple(h for h in got if h.kind in kinds)

    @cached_property
    def _adjacencies(self) -> dict[tuple[frozenset[HandoffKind], frozenset[str], bool], Ways]:
        return {}

    def _adjacency(
        self, kinds: Collection[HandoffKind], starts: Iterable[str], *, backward: bool = False
    ) -> Ways:
        """Who leads to whom; backward: who is led to by whom. Made once for each use.

        A way may begin or end at a participant and never leads through one, so participants
        lead on only where they are among the starts.
        """
        open_to = frozenset(PARTICIPANTS.keys() & set(starts))
        key = (frozenset(kinds), open_to, backward)
        if key not in self._adjacencies:
            shut = PARTICIPANTS.keys() - open_to
            out: dict[str, dict[str, None]] = {}
            for h in self.handoffs:
                a, b = (h.receiver, h.sender) if backward else (h.sender, h.receiver)
                if h.kind in key[0] and a != b and a not in shut:
                    out.setdefault(a, {})[b] = None
            self._adjacencies[key] = {a: list(after) for a, after in out.items()}
        return self._adjacencies[key]

    def _walked(
        self,
        starts: Iterable[str],
        kinds: Collection[HandoffKind],
        avoiding: Collection[str],
        *,
        backward: bool,
    ) -> dict[str, str | None]:
        begin = [s for s in dict.fromkeys(starts) if s not in avoiding]
        out = self._adjacency(kinds, begin, backward=backward)
        return kernels.reached(out, begin, frozenset(avoiding))

    def reached_from(
        self,
        starts: Iterable[str],
        kinds: Collection[HandoffKind] = CASE_KINDS,
        avoiding: Collection[str] = (),
    ) -> dict[str, str | None]:
        """Everyone a case can come to from the starts, each with the sender before it.

        The starts are among them, with None. Use :func:`interagency.kernels.way` for a way.
        """
        return self._walked(starts, kinds, avoiding, backward=False)

    def leading_to(
        self,
        ends: Iterable[str],
        kinds: Collection[HandoffKind] = CASE_KINDS,
        avoiding: Collection[str] = (),
    ) -> dict[str, str | None]:
        """Everyone from whom a case can come to one of the ends, each with who is next."""
        return self._walked(ends, kinds, avoiding, backward=True)

    @cached_property
    def persons(self) -> Persons:
        """The kinds of person that the limits of this plan's handoffs and agencies tell apart."""
        return Persons(
            (
                *(h.only_for for h in self.plan.handoffs),
                *(a.accepts or () for a in self.plan.agencies),
            )
        )

    def whom_it_carries(self, handoff: Handoff) -> int:
        """The kinds of person whom a handoff is open to, as bits.

        Whoever it is for, and both of its ends take: an agency that takes children only is handed
        children, and hands children on.
        """
        found = self.persons.passing(handoff.only_for)
        for end in (handoff.sender, handoff.receiver):
            if end not in PARTICIPANTS and (limit := self.agency(end).accepts):
                found &= self.persons.passing(limit)
        return found

    def whom_it_leads(
        self,
        ends: Iterable[str],
        steps: Callable[[Handoff], bool],
        avoiding: Collection[str] = (),
        last: Callable[[Handoff], bool] | None = None,
    ) -> dict[str, int]:
        """For everyone from whom a way leads to one of the ends: whom it leads there.

        Each way is open to one and the same person from end to end: what is only for workers, and
        then leads over an agency that takes children only, leads working children and nobody else.
        The kinds of person are bits, as :attr:`persons` has them. A way leads through no
        participant.

        Args:
            ends: where the ways lead to.
            steps: which handoffs they are made of.
            avoiding: agencies through which no way leads.
            last: which of them can be the last; any, where it is not given.
        """
        shut = {*avoiding, *PARTICIPANTS}
        goals = {end: self.persons.everyone for end in ends if end not in avoiding}
        near: dict[str, int] = {}
        into: dict[str, list[tuple[str, int]]] = {}
        for h in self.handoffs:
            if h.receiver not in shut and h.sender not in avoiding and steps(h):
                passing = self.whom_it_carries(h)
                into.setdefault(h.receiver, []).append((h.sender, passing))
                if last is not None and h.receiver in goals and last(h):
                    near[h.sender] = near.get(h.sender, 0) | passing
        if last is None:
            return kernels.led_to(into, goals)
        return {**kernels.led_to(into, near), **goals}

    def led_to_help(self, helpers: Iterable[str]) -> Mapping[str, int]:
        """Everyone from whom a person comes into the care of one of these helpers, and for whom.

        A notice brings nobody to a door. But whoever is told can hand the person on, so only the
        last step has to be one that brings them.
        """
        return self.whom_it_leads(
            helpers,
            lambda h: h.kind in _WORD_OF_PERSONS and not self.is_of_an_inquiry(h),
            last=lambda h: h.kind in HELP_KINDS,
        )

    @cached_property
    def led_to_identification(self) -> Mapping[str, int]:
        """Everyone from whom a person or case comes to an agency that identifies, and for whom.

        >>> import interagency
        >>> graph = interagency.load("thailand")
        >>> "labour" in graph.led_to_identification
        True
        >>> "labour" in graph.as_of("2021").led_to_identification
        False
        """
        return self.whom_it_leads((a.id for a in self.identifiers), self.brings_to_be_asked)

    def reaches(
        self,
        *,
        sender: str,
        receivers: Iterable[str],
        kinds: Collection[HandoffKind] = CASE_KINDS,
        avoiding: Collection[str] = (),
    ) -> bool:
        """Whether a case can come from the sender to one of the receivers.

        Raises:
            UnknownName: the plan has no agency of one of these ids.
        """
        receivers = self._known([receivers] if isinstance(receivers, str) else receivers)
        self._known([sender])
        return not self.reached_from([sender], kinds, avoiding).keys().isdisjoint(receivers)

    def _known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids, once it is sure that each is an agency's or a participant's."""
        found = tuple(ids)
        for an_id in found:
            if an_id not in PARTICIPANTS:
                self.agency(an_id)
        return found

    def path(
        self,
        *,
        sender: str,
        receivers: Iterable[str],
        kinds: Collection[HandoffKind] = CASE_KINDS,
        avoiding: Collection[str] = (),
    ) -> tuple[Handoff, ...]:
        """The handoffs of a shortest way from the sender to one of the receivers; none: ().

        >>> import interagency
        >>> graph = interagency.load("thailand")
        >>> [h.id for h in graph.path(sender="labour", receivers=["shelter"])]
        ['labour-mdt', 'mdt-shelter']
        """
        known = self._known([receivers] if isinstance(receivers, str) else receivers)
        before = self.reached_from(self._known([sender]), kinds, avoiding)
        ends = {r for r in known if r != sender}
        end = next((node for node in before if node in ends), None)
        if end is None:
            return ()
        nodes = kernels.way(before, end)
        return tuple(
            next(h for h in self._ways_out[a] if h.receiver == b and h.kind in kinds)
            for a, b in pairwise(nodes)
        )

    def gatekeepers(
        self,
        starts: Iterable[str],
        ends: Mapping[str, Iterable[str]],
        kinds: Collection[HandoffKind] = CASE_KINDS,
        into: Collection[HandoffKind] = CASE_KINDS,
    ) -> dict[str, tuple[str, ...]]:
        """For each named set of ends: who stands on every way from any start to any of them.

        The nearest to the ends comes first; starts and ends are among them where every way
        passes them. A set that no way reaches is left out.

        Args:
            starts: where the ways begin.
            ends: the sets, by name.
            kinds: the kinds of handoff that ways are made of.
            into: those of them by which another agency can end a way; what a participant sends
                always can.

        >>> import interagency
        >>> graph = interagency.load("australia").as_of(2023)
        >>> graph.gatekeepers(["person", "public"], {"help": ["redcross"]})
        {'help': ('redcross', 'afp')}
        """
        begin = dict.fromkeys(starts)
        # Each end gets a door, which handoffs `into` it come by. Others come by no door, and a
        # way can still go through that agency to the door of another.
        doors = {end: ("the door of", end) for nodes in ends.values() for end in nodes}
        opened = {
            (h.sender, h.receiver)
            for h in self.handoffs
            if h.receiver in doors and h.kind in kinds
            if h.kind in into or h.sender in PARTICIPANTS
        }
        out: dict[Hashable, list[Hashable]] = {
            node: [doors[a] if (node, a) in opened else a for a in after]
            for node, after in self._adjacency(kinds, list(begin)).items()
        }
        for end, door in doors.items():
            out[door] = [end]
        for name, nodes in ends.items():
            for end in nodes:
                out[doors[end]].append(("every end of", name))
        nearest = kernels.dominators(out, [doors.get(start, start) for start in begin])
        found: dict[str, tuple[str, ...]] = {}
        for name in ends:
            mark = ("every end of", name)
            if mark in nearest:
                chain: dict[str, None] = {}
                node = nearest[mark]
                while node is not None:
                    chain[node[1] if isinstance(node, tuple) else str(node)] = None
                    node = nearest[node]
                found[name] = tuple(chain)
        return found

    def likely(self, agencies: Iterable[Agency]) -> tuple[Agency, ...]:
        """Agencies in the order in which a missing handoff would lead to them.

        Who already receives the most cases comes first, then who stands first in this view.
        """
        return tuple(sorted(agencies, key=lambda a: -len(self.received_by(a.id, CASE_KINDS))))

    @cached_property
    def _spoken_to(self) -> dict[str, dict[str, None]]:
        spoken: dict[str, dict[str, None]] = {}
        for h in self.absent:
            spoken.setdefault(h.sender, {})[h.receiver] = None
        return spoken

    def likely_from(
        self, sender: str, ends: Mapping[str, Agency], most: int = 3
    ) -> tuple[Agency, ...]:
        """The first few of some agencies by id, in the order in which this sender may lead to them.

        Those to whom the plan already speaks of a handoff that is not there come first.

        >>> import interagency
        >>> graph = interagency.load("thailand").as_of(2021)
        >>> ends = {a.id: a for a in graph.likely(graph.competent_authorities)}
        >>> [a.id for a in graph.likely_from("navy", ends)]
        ['police', 'mdt']
        >>> [a.id for a in graph.likely_from("labour", ends)]
        ['mdt', 'police']
        """
        spoken = [an_id for an_id in self._spoken_to.get(sender, ()) if an_id in ends]
        first = dict.fromkeys([*spoken, *islice(ends, most)])
        return tuple(ends[an_id] for an_id in islice(first, most))

    # --- networkx -----------------------------------------------------------------------------

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """A copy as a ``networkx.MultiDiGraph``, yours to change.

        Nodes are agency ids (and participants that take part), edges are keyed by handoff id.
        Attributes are plain text, numbers and lists of text under the plan file's own names,
        with ``label`` for a node's name; what is not stated has no attribute. Everything a view
        shows is there, and ``from_networkx`` reads it back.
        """
        import networkx as nx

        shown = {a.id for a in self.agencies} | {h.id for h in self.handoffs}
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
            format=self.plan.format,
            plan=_plain(self.plan.facts),
            sources=[_plain(s) for s in self.plan.sources],
            waivers=[_plain(w) for w in self.plan.waivers if shown.issuperset(w.about)],
        )
        for agency in self.agencies:
            attributes = _plain(agency)
            graph.add_node(attributes.pop("id"), label=agency.name, **attributes)
        for handoff in self.handoffs:
            for end in (handoff.sender, handoff.receiver):
                if end in PARTICIPANTS and end not in graph:
                    graph.add_node(end, label=PARTICIPANTS[end], participant=True)
            attributes = _plain(handoff)
            graph.add_edge(
                attributes.pop("from"),
                attributes.pop("to"),
                key=attributes.pop("id"),
                **attributes,
            )
        return graph

    @classmethod
    def from_networkx(cls, graph: nx.MultiDiGraph[str]) -> Self:
        """Read a graph made by :meth:`to_networkx`, or built the same way.

        Raises:
            TypeError: it is no MultiDiGraph, which alone keeps every handoff and its direction.
            pydantic.ValidationError: the attributes make no plan.
        """
        import networkx as nx

        if not isinstance(graph, nx.MultiDiGraph):
            raise TypeError(f"A networkx.MultiDiGraph is wanted, and not {type(graph).__name__}")
        agencies = [
            {"id": node, **{k: v for k, v in data.items() if k != "label"}}
            for node, data in graph.nodes(data=True)
            if node not in PARTICIPANTS
        ]
        handoffs = [
            {"id": key, "from": sender, "to": receiver, **data}
            for sender, receiver, key, data in graph.edges(keys=True, data=True)
        ]
        return cls(
            Plan.model_validate(
                {
                    "format": graph.graph.get("format", 1),
                    "plan": graph.graph.get("plan"),
                    "sources": graph.graph.get("sources", ()),
                    "waivers": graph.graph.get("waivers", ()),
                    "agencies": agencies,
                    "handoffs": handoffs,
                }
            )
        )

    def circuits(self) -> Iterator[tuple[Agency, ...]]:
        """Groups of agencies in which a case can come back to where it was, largest first.

        Each is a strongly connected part; single circuits are not listed, since there can be
        more of them than anyone can read.
        """
        import networkx as nx

        parts = nx.strongly_connected_components(self._simple())
        rank = {a.id: i for i, a in enumerate(self.agencies)}
        rings = [sorted(rank[n] for n in part) for part in parts if len(part) > 1]
        for ring in sorted(rings, key=lambda r: (-len(r), r)):
            yield tuple(self.agencies[i] for i in ring)

    def articulation(self) -> tuple[Agency, ...]:
        """The agencies without which the rest falls into parts that share no handoff."""
        import networkx as nx

        points = set(nx.articulation_points(self._simple().to_undirected()))
        return tuple(a for a in self.agencies if a.id in points)

    def _simple(self) -> nx.DiGraph[str]:
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(a.id for a in self.agencies)
        graph.add_edges_from(
            (h.sender, h.receiver)
            for h in self.handoffs
            if h.sender not in PARTICIPANTS and h.receiver not in PARTICIPANTS
        )
        return graph


def _sorted(things: Iterable[_Thing], key: Callable[[_Thing], Any]) -> tuple[_Thing, ...]:
    """Things in order of a key; where it is the same, of all else they say, and of their ids."""
    alike: dict[Any, list[_Thing]] = {}
    for thing in things:
        alike.setdefault(key(thing), []).append(thing)
    for group in alike.values():
        if len(group) > 1:
            group.sort(key=lambda thing: (repr(thing.model_copy(update=_NO_IDS)), thing.id))
    return tuple(thing for found in sorted(alike) for thing in alike[found])


def _grouped(things: Iterable[Any], keys: Any) -> dict[Any, tuple[Any, ...]]:
    lists: dict[Any, list[Any]] = {}
    for thing in things:
        for key in keys(thing):
            lists.setdefault(key, []).append(thing)
    return {key: tuple(members) for key, members in lists.items()}


def _plain(model: Any) -> dict[str, Any]:
    """What is stated in a model, as plain values under the plan file's names."""
    plain: dict[str, Any] = model.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        key: value
        for key, value in plain.items()
        if value not in ([], {}) and not (key == "status" and value == "in_force")
    }
