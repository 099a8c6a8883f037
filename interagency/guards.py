"""Handoffs that must not exist, or only under a guard: X01 to X12 of the reference standards.

More ways are not always better. A hospital that tells the immigration police whom it treats has
one handoff more, and fewer patients who dare to come. Each pattern here says which handoffs it
is about, what guards them, and when a plan itself says that the guard is not there.

    >>> import interagency
    >>> from interagency import Handoff
    >>> graph = interagency.load("bulgaria")
    >>> told = Handoff(sender="hotline", receiver="gdbop", pillars=["protect"], kind="referral")
    >>> violates(graph, told)
    ('X08',)
    >>> violates(graph, told.model_copy(update={"needs": ("consent",)}))
    ()
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, PUBLIC, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import (
    Condition,
    Data,
    Function,
    Group,
    HandoffKind,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
)


class Standing(Enum):
    """How a handoff stands to a pattern that is about it."""

    GUARDED = auto()
    """What guards it is stated."""
    SILENT = auto()
    """Nothing is stated of what guards it."""
    BROKEN = auto()
    """What is stated rules the guard out."""


NEEDED: Mapping[str, tuple[Need, ...]] = {
    "X01": (Need.CONSENT, Need.VOLUNTARINESS),
    "X02": (Need.NO_REMOVAL,),
    "X03": (Need.CHILD_BEST_INTERESTS, Need.RISK_ASSESSMENT),
    "X04": (),
    "X05": (Need.NON_DETENTION,),
    "X06": (Need.USE_LIMITATION, Need.COOPERATION_OF_OTHER_STATE),
    "X07": (Need.CONFIDENTIALITY,),
    "X08": (Need.CONSENT,),
    "X09": (Need.USE_LIMITATION, Need.NO_REMOVAL),
    "X10": (Need.INDICATORS,),
    "X11": (Need.RISK_ASSESSMENT,),
    "X12": (Need.DATA_PROTECTION,),
}
"""For each pattern, what a handoff that says nothing of its guard needs to be guarded. None helps
help that hangs on testimony (X04): there the condition must go."""

_INSTEAD = {
    "X04": "the condition cooperates lifted from",
    "X07": "data: anonymous on",
    "X12": "data: anonymous on",
}
"""What is needed where the plan itself rules the guard out, and no need makes up for it."""


@dataclass(frozen=True, slots=True)
class Unguarded:
    """The handoffs of one agency that a pattern is about and that nothing guards."""

    agency: str
    broken: tuple[Handoff, ...]
    silent: tuple[Handoff, ...]

    @property
    def handoffs(self) -> tuple[Handoff, ...]:
        """All of them: first those of which the plan says that the guard is not there."""
        return (*self.broken, *self.silent)

    def about(self) -> tuple[Ref, ...]:
        """What a finding about them names: the agency first, then the handoffs and other ends."""
        ends = (end for h in self.handoffs for end in (h.sender, h.receiver))
        agencies = [Ref(Kind.AGENCY, end) for end in ends if end not in PARTICIPANTS]
        first = Ref(Kind.AGENCY, self.agency)
        return tuple(dict.fromkeys((first, *(h.ref for h in self.handoffs), *agencies)))

    def others(self, graph: PlanGraph) -> tuple[str, ...]:
        """Names of those at the other end, as they stand within a sentence.

        Where the plan says of some that the guard is not there, theirs alone.
        """
        return self._names(graph, self.broken or self.silent)

    def also(self, graph: PlanGraph) -> str:
        """Of the rest nothing is stated: a sentence that says so, after one on the others."""
        told = self.others(graph)
        rest = [name for name in self._names(graph, self.silent) if name not in told]
        return f" Nothing is stated for {', '.join(rest)}." if self.broken and rest else ""

    def _names(self, graph: PlanGraph, handoffs: Iterable[Handoff]) -> tuple[str, ...]:
        ends = (h.sender if h.receiver == self.agency else h.receiver for h in handoffs)
        names = (
            PARTICIPANTS[end].lower() if end in PARTICIPANTS else graph.name(end) for end in ends
        )
        return tuple(dict.fromkeys(names))

    def lacking(self, code: str) -> tuple[str, ...]:
        """The guards that are needed, in words."""
        instead = _INSTEAD.get(code)
        needs = " and ".join(NEEDED[code])
        needed = f"the need{'s' if len(NEEDED[code]) > 1 else ''} {needs} on"
        groups = [(instead or needed, self.broken), (needed, self.silent)]
        if not instead:
            groups = [(needed, self.handoffs)]
        return tuple(
            f"{what} the handoff{'s' if len(of) > 1 else ''} {', '.join(h.id for h in of)}"
            for what, of in groups
            if of
        )


_STOP = ("X01", "X02", "X03", "X05", "X09", "X10", "X11")


class Unwanted:
    """The handoffs that should not be as they are: to write them down or hurry them does harm.

    They break a prohibition, send a person away who has not agreed, or tell enforcement of a
    person in need. What would make them better is another rule's business: to stop them, or to
    guard them.

        >>> import interagency
        >>> graph = interagency.load("bulgaria")
        >>> any(h in Unwanted(graph) for h in graph.handoffs)
        False
    """

    def __init__(self, graph: PlanGraph) -> None:
        self._facts = _Facts(graph)
        self._enforcement = Enforcement(graph)

    def __contains__(self, h: Handoff) -> bool:
        if self._enforcement.hears(h) and leaks(h):
            return True
        of_removal = (
            h.stage is Stage.RETURN_REINTEGRATION and h.sender in self._enforcement.deporting
        )
        if (of_removal or _sends(self._facts, h)) and not _agreed(h):
            return True
        if child_handed_back(self._facts.graph, h):
            return False  # it is to be assessed, and not to stop
        loose = (Standing.SILENT, Standing.BROKEN)
        return any(_PATTERNS[code](self._facts, h) in loose for code in _STOP)


class Enforcement:
    """Who removes persons, who grants them a stay, and what one can hear of them from the other."""

    def __init__(self, graph: PlanGraph) -> None:
        self._identifying = frozenset(a.id for a in graph.identifiers)
        self.deporting = frozenset(a.id for a in graph.with_function(Function.REMOVAL))
        """Who holds the function removal."""
        immigration = frozenset(a.id for a in graph.in_sector(Sector.IMMIGRATION_AUTHORITY))
        self.removing = self.deporting | immigration
        """Who removes, or may: an immigration authority, whatever it is stated to do."""
        granting = {a.id for f in _GRANTING for a in graph.with_function(f)}
        self.granting = frozenset(granting - self.deporting)
        """Who grants a stay, and does not remove."""

    def hears(self, h: Handoff) -> bool:
        """Whether enforcement hears by it of a person who could be sent away."""
        into = h.receiver in self.removing and h.sender not in self.removing
        over = h.sender in self.granting and h.receiver in self.deporting
        return (into or over) and _of_a_foreigner(h) and not self._for_the_person(h)

    def _for_the_person(self, h: Handoff) -> bool:
        return h.stage in _FOR_THE_PERSON or (
            h.stage in _ASKING and h.receiver in self._identifying
        )


def leaks(h: Handoff) -> bool:
    """Whether it tells of a foreigner, and nothing keeps what it tells from other uses."""
    guarded = not _FIREWALL.isdisjoint(h.needs) or Condition.CONSENT_GIVEN in h.conditions
    return not guarded and h.data is not Data.ANONYMOUS and _of_a_foreigner(h)


def _of_a_foreigner(h: Handoff) -> bool:
    """Whether it passes word of a person who could be sent away."""
    if _only_nationals(h):
        return False
    if h.data is Data.PERSONAL:
        return True
    told = h.kind in CASE_KINDS - {_K.CHARGE, _K.DECISION, _K.ORDER}
    if PlanGraph.is_of_an_inquiry(h):
        return False
    return h.kind in MOVING_KINDS or (told and h.stage not in _OUTSIDE_CASES)


def violates(graph: PlanGraph, handoff: Handoff) -> tuple[str, ...]:
    """Codes of the patterns that a handoff would be without its guard, were it in the plan."""
    facts = _Facts(graph)
    loose = {Standing.SILENT, Standing.BROKEN}
    return tuple(code for code, pattern in _PATTERNS.items() if pattern(facts, handoff) in loose)


_HOLD_OR_SEND_AWAY = frozenset({Sector.IMMIGRATION_AUTHORITY, Sector.DETENTION_AUTHORITY})
_POLICE = _HOLD_OR_SEND_AWAY | {Sector.LAW_ENFORCEMENT, Sector.BORDER_CONTROL, Sector.PROSECUTION}


def may_hear_back(graph: PlanGraph, referrer: str, receiver: str) -> bool:
    """Whether an agency that sent a person on may be told what became of them.

    Not who removes people; not who decides on stay or holds people, but from those who identify
    (who must stop a removal); and nobody of the police side from the person's own lawyer.

    Raises:
        UnknownName: the plan has no such agency.
    """
    hears, tells = graph.agency(referrer), graph.agency(receiver)
    counsel = tells.sector is Sector.LEGAL_AID or Role.LEGAL_REPRESENTATIVE in tells.roles
    if Function.REMOVAL in hears.functions or (counsel and hears.sector in _POLICE):
        return False
    return hears.sector not in _HOLD_OR_SEND_AWAY or tells in graph.identifiers


def tells_of_persons(handoff: Handoff) -> bool:
    """Whether it tells others who a person in a case is, as far as the plan says.

    Word back always does. Of the rest, what passes under Prosecute alone and moves nobody is about
    suspects, their money and the law.
    """
    if handoff.kind is _K.FEEDBACK:
        return handoff.data is not Data.ANONYMOUS
    return _tells(handoff) and (handoff.kind in MOVING_KINDS or Pillar.PROTECT in handoff.pillars)


def guarded(graph: PlanGraph, code: str) -> Iterator[Handoff]:
    """The handoffs that a pattern is about and that are guarded."""
    facts, pattern = _Facts(graph), _PATTERNS[code]
    return (h for h in graph.handoffs if pattern(facts, h) is Standing.GUARDED)


def unguarded(graph: PlanGraph, code: str, *, by_receiver: bool = False) -> Iterator[Unguarded]:
    """The handoffs that a pattern is about and that nothing guards, by their agency."""
    facts, pattern = _Facts(graph), _PATTERNS[code]
    found: dict[str, dict[Standing, list[Handoff]]] = {}
    for h in graph.handoffs:
        standing = pattern(facts, h)
        if standing in (Standing.BROKEN, Standing.SILENT):
            of_one = found.setdefault(h.receiver if by_receiver else h.sender, {})
            of_one.setdefault(standing, []).append(h)
    for agency, of_one in found.items():
        broken, silent = (of_one.get(s, []) for s in (Standing.BROKEN, Standing.SILENT))
        yield Unguarded(agency, tuple(broken), tuple(silent))


# --- what the patterns share ------------------------------------------------------------------

_K = HandoffKind
_SAYS_NOTHING_OF_PERSONS = frozenset({_K.ASSET_TRANSFER, _K.TRAINING, _K.GUIDANCE, _K.FUNDING})
_TELLS = (CASE_KINDS | {_K.CONSULTATION}) - {_K.JOINT_ACTION, _K.CHARGE}
_TAKES_AWAY = MOVING_KINDS | {_K.DECISION, _K.ORDER}
_OUTSIDE_CASES = frozenset({Stage.SYSTEM, Stage.PREVENTION, Stage.MONITORING})

_FIREWALL = frozenset(
    {
        Need.DATA_PROTECTION,
        Need.USE_LIMITATION,
        Need.CONFIDENTIALITY,
        Need.CONSENT,
        Need.VOLUNTARINESS,
        Need.INFORMED_CHOICE,
        Need.NO_REMOVAL,
    }
)
_GRANTING = (Function.RESIDENCE_STATUS, Function.REFLECTION_PERIOD, Function.ASYLUM_ACCESS)
_FOR_THE_PERSON = frozenset(
    {
        Stage.REFLECTION,
        Stage.ASSISTANCE,
        Stage.LEGAL_STATUS,
        Stage.TRIAL_PROTECTION,
        Stage.COMPENSATION,
        Stage.SOCIAL_INCLUSION,
    }
)
_ASKING = frozenset({Stage.DETECTION, Stage.FIRST_RESPONSE, Stage.IDENTIFICATION})

_AGREED = frozenset({Need.CONSENT, Need.INFORMED_CHOICE, Need.VOLUNTARINESS})
_CHILD = frozenset({Group.CHILDREN, Group.GIRLS, Group.BOYS})
_ADULT = frozenset({Group.ADULTS, Group.WOMEN, Group.MEN})
_HOME = frozenset({Group.NATIONALS, Group.NATIONALS_ABROAD, Group.INTERNAL_CASES})
_VICTIMS = frozenset(
    {
        Group.SEXUAL_EXPLOITATION,
        Group.FORCED_LABOUR,
        Group.DOMESTIC_WORK,
        Group.FISHING,
        Group.FORCED_CRIMINALITY,
    }
)
_HELPING_SECTORS = frozenset(
    {
        Sector.HEALTH,
        Sector.LEGAL_AID,
        Sector.NGO_SERVICE_PROVIDER,
        Sector.SOCIAL_WELFARE,
        Sector.CHILD_PROTECTION,
    }
)
_OF_OTHER_STATES = frozenset({Sector.FOREIGN_COUNTERPART, Sector.FOREIGN_AFFAIRS_CONSULAR})
_TAKING_IN = frozenset({Sector.SOCIAL_WELFARE, Sector.COMMUNITY})


class _Facts:
    """What the patterns ask of a plan beyond the handoff itself, each found out once."""

    def __init__(self, graph: PlanGraph) -> None:
        self.graph = graph

    def agency(self, agency_id: str) -> Agency | None:
        return self._agencies.get(agency_id)

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return {a.id: a for a in self.graph.plan.agencies}

    def sector(self, agency_id: str) -> Sector | None:
        agency = self.agency(agency_id)
        return agency.sector if agency else None

    def holds(self, agency_id: str, function: Function) -> bool:
        agency = self.agency(agency_id)
        return agency is not None and function in agency.functions

    @cached_property
    def identifying(self) -> frozenset[str]:
        return frozenset(a.id for a in self.graph.identifiers)

    @cached_property
    def helping(self) -> frozenset[str]:
        return frozenset(a.id for a in self.graph.providers)

    @cached_property
    def meeting_persons(self) -> frozenset[str]:
        return self.identifying | self.helping | {a.id for a in self.graph.detectors}

    @cached_property
    def told_to_stop(self) -> frozenset[str]:
        """Whom an agency that identifies tells to hold back a removal (CETS 197 art 10(2))."""
        return frozenset(
            h.receiver
            for h in self.graph.handoffs
            if Need.NO_REMOVAL in h.needs and h.sender in self.identifying
        )

    @cached_property
    def asking_for_the_child(self) -> frozenset[str]:
        """Who asks for a child's interests or safety to be assessed (CETS 197 art 16(7))."""
        assessed = {Need.CHILD_BEST_INTERESTS, Need.RISK_ASSESSMENT}
        return frozenset(
            h.sender
            for h in self.graph.handoffs
            if h.kind is _K.CONSULTATION and not assessed.isdisjoint(h.needs)
        )

    @cached_property
    def asking_whether_a_victim(self) -> frozenset[str]:
        """Who has a suspect looked at by an identifier, or is told by one (CETS 197 art 26)."""
        asks = {
            h.sender
            for h in self.graph.handoffs
            if h.receiver in self.identifying and h.kind in {_K.REFERRAL, _K.CONSULTATION}
        }
        hears = {
            h.receiver
            for h in self.graph.handoffs
            if h.sender in self.identifying and Need.LOW_THRESHOLD in h.needs
        }
        return frozenset(asks | hears)

    def limits(self, h: Handoff) -> Iterator[Collection[Group]]:
        """Whom the handoff is limited to, and whom its ends serve."""
        yield h.only_for
        for agency in (self.agency(h.sender), self.agency(h.receiver)):
            yield (agency.accepts or ()) if agency else ()

    def children_only(self, h: Handoff) -> bool:
        return any(
            not _CHILD.isdisjoint(groups) and _ADULT.isdisjoint(groups) for groups in self.limits(h)
        )

    def adults_only(self, h: Handoff) -> bool:
        young = _CHILD | {Group.FAMILIES}
        return any(
            not _ADULT.isdisjoint(groups) and young.isdisjoint(groups) for groups in self.limits(h)
        )


def _tells(h: Handoff) -> bool:
    """Whether it tells who a person is, as far as the plan says."""
    if h.kind in _SAYS_NOTHING_OF_PERSONS:
        return False
    if h.data is not None:
        return h.data is Data.PERSONAL
    if h.kind in MOVING_KINDS:
        return True
    about_nobody = h.stage in _OUTSIDE_CASES or h.pillars == (Pillar.PREVENT,)
    return h.kind in _TELLS and not about_nobody


def _agreed(h: Handoff) -> bool:
    return Condition.CONSENT_GIVEN in h.conditions or not _AGREED.isdisjoint(h.needs)


def _has(words: Collection[Need] | Collection[Condition], *guards: Need | Condition) -> bool:
    return any(guard in words for guard in guards)


def _only_nationals(h: Handoff) -> bool:
    return bool(h.only_for) and _HOME.issuperset(h.only_for)


def _loose(*, broken: bool) -> Standing:
    return Standing.BROKEN if broken else Standing.SILENT


# --- the patterns -----------------------------------------------------------------------------


def _origin_told(facts: _Facts, h: Handoff) -> Standing | None:
    sender, receiver = facts.agency(h.sender), facts.agency(h.receiver)
    if sender is None or receiver is None or _only_nationals(h):
        return None
    own = facts.graph.plan.facts.country
    foreign = receiver.sector is Sector.FOREIGN_COUNTERPART or (
        receiver.sector is Sector.FOREIGN_AFFAIRS_CONSULAR and receiver.country not in (None, own)
    )
    shielding = (
        sender.sector is Sector.ASYLUM_AUTHORITY
        or Role.SERVICE_PROVIDER in sender.roles
        or Group.ASYLUM_SEEKERS in h.only_for
    )
    if not (foreign and shielding) or (not _tells(h) and h.data is not Data.ANONYMOUS):
        return None
    if _agreed(h) or h.data is Data.ANONYMOUS:
        return Standing.GUARDED
    return _loose(broken=Condition.GOVERNMENT_REQUEST in h.conditions)


def _removes(facts: _Facts, h: Handoff) -> bool:
    sender, receiver = facts.agency(h.sender), facts.agency(h.receiver)
    if sender is None or h.kind not in _TAKES_AWAY or _only_nationals(h):
        return False
    back = h.stage is Stage.RETURN_REINTEGRATION
    gatekeepers = {
        Sector.IMMIGRATION_AUTHORITY,
        Sector.BORDER_CONTROL,
        Sector.DETENTION_AUTHORITY,
    }
    into = facts.sector(h.receiver)
    if receiver is not None and Function.REMOVAL in receiver.functions:
        return back or h.kind in {_K.CUSTODY_TRANSFER, _K.ORDER}
    if back and into is Sector.IMMIGRATION_AUTHORITY:
        return True
    remover = Function.REMOVAL in sender.functions or sender.sector in gatekeepers
    out = gatekeepers | {Sector.FOREIGN_COUNTERPART, Sector.PRIVATE_SECTOR}
    sent = h.kind is _K.CUSTODY_TRANSFER and into is Sector.FOREIGN_COUNTERPART
    return remover and ((back and (h.receiver == PERSON or into in out)) or sent)


def _named_for_removal(facts: _Facts, h: Handoff) -> bool:
    """Whether it tells those who remove whom to remove."""
    told = h.kind in _TELLS and h.data is Data.PERSONAL and not _only_nationals(h)
    return (
        told
        and h.stage is Stage.RETURN_REINTEGRATION
        and facts.holds(h.receiver, Function.REMOVAL)
        and facts.agency(h.sender) is not None
    )


def _sends(facts: _Facts, h: Handoff) -> bool:
    return _removes(facts, h) or _named_for_removal(facts, h)


def _removed_while_open(facts: _Facts, h: Handoff) -> Standing | None:
    if not _sends(facts, h):
        return None
    held = _has(h.needs, Need.NO_REMOVAL) or _has(h.conditions, Condition.FORMAL_IDENTIFICATION)
    if held or _agreed(h):
        return Standing.GUARDED
    if Condition.REASONABLE_GROUNDS in h.conditions:
        return Standing.BROKEN
    ends = {h.sender, h.receiver}
    if not facts.told_to_stop.isdisjoint(ends):
        return Standing.GUARDED
    # Who identifies has asked before it hands a person over; a list of names says no such thing.
    if h.sender in facts.identifying and _removes(facts, h):
        return Standing.GUARDED
    return Standing.SILENT


def _child_returned(facts: _Facts, h: Handoff) -> Standing | None:
    sender, receiver = facts.agency(h.sender), facts.agency(h.receiver)
    if sender is None or h.kind not in _TAKES_AWAY or _only_nationals(h) or facts.adults_only(h):
        return None
    decides = sender.sector is Sector.IMMIGRATION_AUTHORITY or Function.REMOVAL in sender.functions
    abroad = facts.sector(h.receiver) is Sector.FOREIGN_COUNTERPART and h.kind in MOVING_KINDS
    asks = receiver is not None and (
        receiver.sector is Sector.CHILD_PROTECTION or Role.GUARDIAN in receiver.roles
    )
    sent = decides and not asks and (abroad or h.stage is Stage.RETURN_REINTEGRATION)
    if not sent and not child_handed_back(facts.graph, h):
        return None
    if (
        _has(h.needs, Need.CHILD_BEST_INTERESTS, Need.RISK_ASSESSMENT)
        or _has(h.conditions, Condition.NO_DANGER_OF_RETURN)
        or h.sender in facts.asking_for_the_child
    ):
        return Standing.GUARDED
    return Standing.SILENT


def child_handed_back(graph: PlanGraph, h: Handoff) -> bool:
    """Whether it hands a child back at home: to the family, or to those who bring it there.

    It is limited to children and stands at the stage of return, and neither end decides for a
    child or takes it in: child protection, welfare, a guardian, a court, a house. Nor does it come
    from abroad; what goes to the community is told to the family, which is another pattern.
    """
    young = not _CHILD.isdisjoint(h.only_for) and _ADULT.isdisjoint(h.only_for)
    if not young or h.stage is not Stage.RETURN_REINTEGRATION or h.kind not in MOVING_KINDS:
        return False
    if not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)):
        return False
    sender, receiver = graph.agency(h.sender), graph.agency(h.receiver)
    return (
        sender.sector not in _OF_OTHER_STATES
        and not _decides_for_children(sender)
        and not _decides_for_children(receiver)
        and receiver.sector not in _OF_OTHER_STATES | _TAKING_IN
        and Function.EMERGENCY_ACCOMMODATION not in receiver.functions
    )


def _decides_for_children(a: Agency) -> bool:
    return (
        a.sector in (Sector.CHILD_PROTECTION, Sector.JUDICIARY)
        or Role.GUARDIAN in a.roles
        or Function.BEST_INTERESTS_DETERMINATION in a.functions
    )


def _help_for_testimony(facts: _Facts, h: Handoff) -> Standing | None:
    if h.sender not in facts.identifying or h.kind not in MOVING_KINDS | {
        _K.REQUEST_FOR_ASSISTANCE,
        _K.DECISION,
    }:
        return None
    into = facts.sector(h.receiver)
    if h.stage in {Stage.LEGAL_STATUS, Stage.TRIAL_PROTECTION} or into is Sector.WITNESS_PROTECTION:
        return None
    letter = h.receiver == PERSON and h.stage is Stage.ASSISTANCE
    if h.receiver not in facts.helping and into not in _HELPING_SECTORS and not letter:
        return None
    return Standing.BROKEN if Condition.COOPERATES in h.conditions else Standing.GUARDED


def _locked_up(facts: _Facts, h: Handoff) -> Standing | None:
    sender, receiver = facts.agency(h.sender), facts.agency(h.receiver)
    if sender is None or receiver is None or h.kind not in MOVING_KINDS:
        return None
    if receiver.sector is not Sector.DETENTION_AUTHORITY or sender.sector is receiver.sector:
        return None
    inquiry = h.stage in {Stage.INVESTIGATION, Stage.PROSECUTION}
    suspect = inquiry and Pillar.PROTECT not in h.pillars
    victim = (
        not _VICTIMS.isdisjoint(h.only_for)
        or Condition.FORMAL_IDENTIFICATION in h.conditions
        or (Condition.REASONABLE_GROUNDS in h.conditions and not suspect)
        or h.stage in {Stage.REFLECTION, Stage.ASSISTANCE, Stage.SOCIAL_INCLUSION}
    )
    from_helpers = h.sender in facts.identifying or h.sender in facts.helping
    if not victim and (suspect or not from_helpers):
        return None
    offered = h.kind is _K.REFERRAL and _agreed(h)
    justified = _has(h.conditions, Condition.COURT_ORDER)
    if offered or justified or _has(h.needs, Need.NON_DETENTION):
        return Standing.GUARDED
    # The sector holds open reception centres too: who gives help there may be one.
    return _loose(broken=victim and receiver.id not in facts.helping)


def _material_reused(facts: _Facts, h: Handoff) -> Standing | None:
    if facts.sector(h.sender) is not Sector.CENTRAL_AUTHORITY or h.receiver == PERSON:
        return None
    if facts.sector(h.receiver) is Sector.FOREIGN_COUNTERPART:
        return None
    shared = h.kind is _K.INFORMATION_SHARING and h.stage not in _OUTSIDE_CASES
    if h.kind is not _K.EVIDENCE_TRANSFER and not shared:
        return None
    kept = _has(h.needs, Need.USE_LIMITATION, Need.COOPERATION_OF_OTHER_STATE)
    return Standing.GUARDED if kept else Standing.SILENT


def _child_published(facts: _Facts, h: Handoff) -> Standing | None:
    out = h.receiver == PUBLIC or facts.sector(h.receiver) is Sector.MEDIA
    if not out or facts.agency(h.sender) is None or facts.adults_only(h):
        return None
    silent_kinds = _SAYS_NOTHING_OF_PERSONS | {_K.JOINT_ACTION}
    child = facts.children_only(h) or not _CHILD.isdisjoint(h.only_for)
    in_court = {Stage.INVESTIGATION, Stage.PROSECUTION, Stage.TRIAL_PROTECTION, Stage.COMPENSATION}
    case = h.stage in in_court or (child and h.stage not in _OUTSIDE_CASES)
    if h.kind in silent_kinds or not (case or h.data is Data.PERSONAL):
        return None
    excepted = _has(h.conditions, Condition.IMMEDIATE_DANGER, Condition.COURT_ORDER)
    if h.data is Data.ANONYMOUS or excepted or Need.CHILD_BEST_INTERESTS in h.needs:
        return Standing.GUARDED
    if h.data is None and _has(h.needs, Need.CONFIDENTIALITY, Need.DATA_PROTECTION):
        return Standing.GUARDED
    search = h.stage in {Stage.DETECTION, Stage.FIRST_RESPONSE}
    return _loose(broken=child and h.data is Data.PERSONAL and not search)


def _adult_reported(facts: _Facts, h: Handoff) -> Standing | None:
    trusted = {Sector.NGO_SERVICE_PROVIDER, Sector.HEALTH, Sector.HOTLINE}
    if facts.sector(h.sender) not in trusted or facts.children_only(h):
        return None
    if facts.sector(h.receiver) is not Sector.LAW_ENFORCEMENT:
        return None
    if h.data is Data.ANONYMOUS and h.kind in _TELLS:
        return Standing.GUARDED
    if not _tells(h):
        return None
    duty = Need.LEGAL_BASIS in h.needs or (h.basis is not None and h.inferred is None)
    excepted = _has(h.conditions, Condition.IMMEDIATE_DANGER, Condition.COURT_ORDER)
    return Standing.GUARDED if _agreed(h) or duty or excepted else Standing.SILENT


def _status_passed(facts: _Facts, h: Handoff) -> Standing | None:
    asking_for_help = {Sector.LABOUR_INSPECTION, Sector.HEALTH, Sector.EDUCATION}
    if facts.sector(h.sender) not in asking_for_help:
        return None
    if facts.sector(h.receiver) is not Sector.IMMIGRATION_AUTHORITY and not facts.holds(
        h.receiver, Function.REMOVAL
    ):
        return None
    if h.data is Data.ANONYMOUS and h.kind in _TELLS:
        return Standing.GUARDED
    if not _tells(h):
        return None
    if _agreed(h) or _has(h.needs, Need.USE_LIMITATION, Need.NO_REMOVAL):
        return Standing.GUARDED
    named = h.data is Data.PERSONAL
    return _loose(broken=named or h.kind is _K.CUSTODY_TRANSFER)


def _victim_charged(facts: _Facts, h: Handoff) -> Standing | None:
    sender = facts.agency(h.sender)
    if h.kind is not _K.CHARGE or sender is None:
        return None
    if facts.sector(h.receiver) is Sector.PRIVATE_SECTOR:
        return None
    victim = h.receiver == PERSON or not _VICTIMS.isdisjoint(h.only_for)
    status = {Group.IRREGULAR_MIGRANTS, Group.ASYLUM_SEEKERS, Group.STATELESS}
    at_risk = not status.isdisjoint(h.only_for) or sender.sector in {
        Sector.IMMIGRATION_AUTHORITY,
        Sector.BORDER_CONTROL,
        Sector.DETENTION_AUTHORITY,
    }
    if not (victim or at_risk):
        return None
    checked = (
        Need.INDICATORS in h.needs
        or any(facts.holds(end, Function.NON_PUNISHMENT) for end in (h.sender, h.receiver))
        or h.sender in facts.asking_whether_a_victim
    )
    return Standing.GUARDED if checked else _loose(broken=victim)


def _family_told(facts: _Facts, h: Handoff) -> Standing | None:
    sender = facts.agency(h.sender)
    if sender is None or facts.sector(h.receiver) is not Sector.COMMUNITY:
        return None
    carers = sender.sector is Sector.CHILD_PROTECTION or Role.GUARDIAN in sender.roles
    if sender.sector is Sector.COMMUNITY or not (carers or sender.id in facts.helping):
        return None
    outreach = {Stage.DETECTION, Stage.FIRST_RESPONSE, None}
    told = h.kind in MOVING_KINDS or h.data is Data.PERSONAL or h.stage not in outreach
    if h.data is Data.ANONYMOUS or not (told and _tells(h)):
        return None
    checked = _has(h.needs, Need.RISK_ASSESSMENT, Need.CHILD_BEST_INTERESTS)
    safe = _has(h.conditions, Condition.NO_DANGER_OF_RETURN)
    return Standing.GUARDED if checked or safe else Standing.SILENT


_CASE_ROLES = frozenset(Role) - {Role.DETECTING_AGENCY}
_CASE_FUNCTIONS = frozenset({Function.VICTIM_IDENTIFICATION, Function.CASE_MANAGEMENT})


def _names_for_numbers(facts: _Facts, h: Handoff) -> Standing | None:
    watching = {Sector.COORDINATION_BODY, Sector.NATIONAL_RAPPORTEUR}
    sender, receiver = facts.agency(h.sender), facts.agency(h.receiver)
    if sender is None or receiver is None or receiver.sector not in watching:
        return None
    acts = not _CASE_ROLES.isdisjoint(receiver.roles) or not _CASE_FUNCTIONS.isdisjoint(
        receiver.functions
    )
    if h.kind is not _K.REPORTING and (h.kind is not _K.INFORMATION_SHARING or acts):
        return None
    if h.data is Data.PERSONAL:
        return Standing.GUARDED if _agreed(h) else Standing.BROKEN
    early = h.kind is _K.INFORMATION_SHARING and h.stage in {Stage.SYSTEM, Stage.PREVENTION}
    meets_none = h.pillars == (Pillar.PREVENT,) and sender.id not in facts.meeting_persons
    about_nobody = early or meets_none
    kept = h.data is Data.ANONYMOUS or _has(h.needs, Need.DATA_PROTECTION, Need.PUBLICATION)
    if not kept and (about_nobody or sender.sector in watching):
        return None
    return Standing.GUARDED if kept or _agreed(h) else Standing.SILENT


_PATTERNS: Mapping[str, Callable[[_Facts, Handoff], Standing | None]] = {
    "X01": _origin_told,
    "X02": _removed_while_open,
    "X03": _child_returned,
    "X04": _help_for_testimony,
    "X05": _locked_up,
    "X06": _material_reused,
    "X07": _child_published,
    "X08": _adult_reported,
    "X09": _status_passed,
    "X10": _victim_charged,
    "X11": _family_told,
    "X12": _names_for_numbers,
}
