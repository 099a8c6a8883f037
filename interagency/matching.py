"""Whom a standard means in a plan, and whether what it asks for passes between them.

The reference standards name senders, receivers and a kind of handoff (``meta.matching``: a direct
handoff or a way of the same or a compatible kind). Provisions seldom name agencies, so a reading
is needed. It is here, the same for every plan, and each part of it says why:

*Who is meant.* The agencies of a sector or role. Where there is none, whoever leads in what the
sector or role is there for stands in: a ministry that gives mutual legal assistance is the
central authority. A stand-in does not stand on both sides: that a court may confiscate does not
make it the office it sends its orders to. A unit and the agency it is part of are one house. The
public is the community. Where a provision asks for protection by the police, the office for the
protection of witnesses counts too. Who pays an award is the fund, where there is one. An agency
of another State owes nothing under this plan.

*Another State's part.* What only another State, or an international body, would send is its duty.
One's own is to have somebody who receives it. And nothing obliges a State to ask: what it asks of
another is no breach where it is missing, and who answers does what the provision is about.

*Persons* (referral, change of custody) go a way: whoever meets them hands them to a case manager,
who brings them to where they have to go, and an audit calls that in order. The ways are those of
the audit: open to one and the same person, ended by a step that brings them there; a notice does
so only at child protection, which has to come, and a claim only at who decides on it. Every
agency at whose door a person may stand must have one; prosecutors, courts and guardians need none
where others are listed, since persons come to them by others. Persons in a service stay in the
hands of the case manager who sent them there. Who only identifies hands nobody on: word to a
helper or case manager is what is asked, and no round over those who remove people. A child goes
to child protection, whoever else is listed. To those who investigate goes a case and no person:
any kind that carries one will do, from each kind of office that sees cases, and the prosecution
is as good as the police.

*Words, decisions, evidence, money* pass from one who is competent to one who is: provisions list
who may, so one of the listed is enough. What the co-ordinator, the rapporteur and the police are
to hear is another matter: each listed kind of office sees something else, so each is asked. It
goes straight; or in the same kind over one other; or over the collector of data, where it is
data; or over the central authority, where it goes abroad; or over a hotline or a case manager who
was told. Over these a notice must go on as a word: that somebody asks for a permit does not
announce that removal stops. A decision, a charge, evidence and money go straight. Any longer way
proves nothing: four steps that have to do with other things are no channel. What belongs to one
stage alone (return, compensation, prevention ...) answers nothing of another stage, what is about
status nothing about a trial, and one decision on status not another; but one that holds removal up
authorises a stay, whatever it decides besides, and whoever leads in that decision may give it. A
person is told by whoever they are brought to. Who identifies, and a court, order those who hold
people to let them go.

*Kinds that do what another is asked to do* are listed with their reason below.

*Guidance, training, funding* must reach every listed kind of receiver. Who gives it matters less:
whoever leads in what the provision asks for may, and money may come from anybody. Procedures come
from whoever holds them, and who sits at the co-ordinator's table agrees to what is agreed there.

*Those who watch a convention from outside* are no agency of a national plan. Where a plan has no
international organisation, who holds the review answers them; the function is what is asked.

*Functions that live on a handoff.* Some functions nobody carries out alone, and the reference
data has no charge and no case file. Where a requirement asks for such a function and both ends
are in the plan, the handoff is asked for as well, as our reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from interagency.catalogue import Implied, Requirement
from interagency.graph import CASE_KINDS, HELP_KINDS, PlanGraph
from interagency.model import PERSON, PUBLIC, Agency, Handoff
from interagency.vocabulary import Function, HandoffKind, Need, Role, Sector, Stage

_DECIDES = "role:identification_authority"
_SPEAKS = "role:legal_representative"
_K, _F, _S = HandoffKind, Function, Sector

TASK_OF_ROLE: Mapping[Role, Function] = {
    Role.IDENTIFICATION_AUTHORITY: _F.VICTIM_IDENTIFICATION,
    Role.CASE_MANAGER: _F.CASE_MANAGEMENT,
    Role.GUARDIAN: _F.GUARDIANSHIP,
    Role.LEGAL_REPRESENTATIVE: _F.LEGAL_ASSISTANCE,
    Role.REINTEGRATION_PROVIDER: _F.REINTEGRATION_SUPPORT,
}
"""What whoever has a role leads in, by what the role means."""

_TASK_OF_SECTOR: Mapping[Sector, Function] = {
    _S.LAW_ENFORCEMENT: _F.CRIMINAL_INVESTIGATION,
    _S.BORDER_CONTROL: _F.BORDER_MEASURES,
    _S.IMMIGRATION_AUTHORITY: _F.RESIDENCE_STATUS,
    _S.ASYLUM_AUTHORITY: _F.ASYLUM_ACCESS,
    _S.DETENTION_AUTHORITY: _F.REMOVAL,
    _S.PROSECUTION: _F.PROSECUTION_SERVICE,
    _S.JUDICIARY: _F.ADJUDICATION,
    _S.CENTRAL_AUTHORITY: _F.MUTUAL_LEGAL_ASSISTANCE,
    _S.FINANCIAL_INTELLIGENCE: _F.FINANCIAL_INVESTIGATION,
    _S.ASSET_RECOVERY: _F.ASSET_CONFISCATION,
    _S.COMPENSATION_FUND: _F.STATE_COMPENSATION,
    _S.ANTI_CORRUPTION: _F.CORRUPTION_INVESTIGATION,
    _S.LABOUR_INSPECTION: _F.LABOUR_STANDARDS_ENFORCEMENT,
    _S.EMPLOYMENT_SERVICES: _F.LABOUR_MARKET_ACCESS,
    _S.CHILD_PROTECTION: _F.CHILD_PLACEMENT,
    _S.HEALTH: _F.MEDICAL_CARE,
    _S.DOCUMENT_ISSUING: _F.DOCUMENT_SECURITY,
    _S.COORDINATION_BODY: _F.POLICY_COORDINATION,
    _S.NATIONAL_RAPPORTEUR: _F.INDEPENDENT_MONITORING,
    _S.LEGISLATURE_BUDGET: _F.BUDGETING,
    _S.LEGAL_AID: _F.LEGAL_ASSISTANCE,
    _S.HOTLINE: _F.HOTLINE_OPERATION,
    _S.ACADEMIA_RESEARCH: _F.RISK_RESEARCH,
    _S.WITNESS_PROTECTION: _F.WITNESS_PROTECTION,
}
"""What a sector is there for: whoever leads in it stands in where no agency is of the sector."""

_COMPATIBLE: Mapping[HandoffKind, frozenset[HandoffKind]] = {
    _K.REFERRAL: HELP_KINDS,
    _K.CUSTODY_TRANSFER: frozenset({_K.CUSTODY_TRANSFER, _K.REFERRAL}),
    _K.NOTIFICATION: frozenset(
        {
            _K.NOTIFICATION,
            _K.INFORMATION_SHARING,
            _K.REPORTING,
            _K.DECISION,
            _K.ORDER,
            _K.REFERRAL,
            _K.CUSTODY_TRANSFER,
            _K.EVIDENCE_TRANSFER,
            _K.JOINT_ACTION,
        }
    ),
    _K.INFORMATION_SHARING: CASE_KINDS | {_K.REPORTING, _K.FEEDBACK, _K.CONSULTATION},
    _K.EVIDENCE_TRANSFER: frozenset({_K.EVIDENCE_TRANSFER, _K.CHARGE, _K.JOINT_ACTION}),
    _K.REQUEST_FOR_ASSISTANCE: frozenset(
        {_K.REQUEST_FOR_ASSISTANCE, _K.REFERRAL, _K.ORDER, _K.JOINT_ACTION}
    ),
    _K.DECISION: frozenset({_K.DECISION, _K.NOTIFICATION, _K.ORDER}),  # courts decide by orders
    _K.COMPLAINT: frozenset(
        {_K.COMPLAINT, _K.REFERRAL, _K.NOTIFICATION, _K.REQUEST_FOR_ASSISTANCE}
    ),
    _K.REPORTING: frozenset({_K.REPORTING, _K.INFORMATION_SHARING}),
    _K.FEEDBACK: frozenset({_K.FEEDBACK, _K.DECISION, _K.INFORMATION_SHARING, _K.REPORTING}),
    _K.CONSULTATION: frozenset({_K.CONSULTATION, _K.JOINT_ACTION}),
    _K.JOINT_ACTION: frozenset({_K.JOINT_ACTION, _K.CONSULTATION}),  # both sit at one table
    _K.GUIDANCE: frozenset({_K.GUIDANCE, _K.ORDER, _K.TRAINING}),  # procedures are also taught
    _K.CHARGE: frozenset({_K.CHARGE, _K.EVIDENCE_TRANSFER, _K.REFERRAL}),
}
"""Kinds that do what another kind is asked to do; a kind that is not here stands for itself."""

_CHANNEL = frozenset(
    {_K.INFORMATION_SHARING, _K.CONSULTATION, _K.JOINT_ACTION, _K.NOTIFICATION, _K.COMPLAINT}
)
_ALSO: Mapping[tuple[HandoffKind, str], frozenset[HandoffKind]] = {
    # One channel between two authorities of two States carries what they have to tell each other.
    **{(kind, _S.FOREIGN_COUNTERPART): _CHANNEL for kind in _CHANNEL},
    (_K.FEEDBACK, _S.FOREIGN_COUNTERPART): frozenset({_K.EVIDENCE_TRANSFER}),
    # What one may ask of another State one has to answer it: who answers does what is asked for.
    (_K.REQUEST_FOR_ASSISTANCE, _S.FOREIGN_COUNTERPART): frozenset({_K.DECISION, _K.FEEDBACK}),
    # Police who hear of a threat or a crime have to act on it, however they are told.
    (_K.REQUEST_FOR_ASSISTANCE, _S.LAW_ENFORCEMENT): frozenset({_K.COMPLAINT, _K.NOTIFICATION}),
    (_K.NOTIFICATION, _S.LAW_ENFORCEMENT): frozenset({_K.COMPLAINT, _K.REQUEST_FOR_ASSISTANCE}),
    # Who applies for a stay says why.
    (_K.NOTIFICATION, _S.IMMIGRATION_AUTHORITY): frozenset({_K.REQUEST_FOR_ASSISTANCE}),
    # Whoever brings a case before a court puts to it there what the case needs.
    (_K.REQUEST_FOR_ASSISTANCE, _S.JUDICIARY): frozenset({_K.CHARGE}),
    # Of what is shared with them, police make evidence; a prosecutor and a court need it as such.
    (_K.EVIDENCE_TRANSFER, _S.LAW_ENFORCEMENT): frozenset({_K.INFORMATION_SHARING}),
    # A case that is referred to the prosecution goes with its file.
    (_K.EVIDENCE_TRANSFER, _S.PROSECUTION): frozenset({_K.REFERRAL}),
    # Who brings a person to be identified brings what it has found out.
    (_K.FEEDBACK, _DECIDES): frozenset({_K.REFERRAL, _K.REQUEST_FOR_ASSISTANCE, _K.NOTIFICATION}),
    # A member of the body reports at its table.
    (_K.REPORTING, _S.COORDINATION_BODY): frozenset(
        {_K.CONSULTATION, _K.JOINT_ACTION, _K.FEEDBACK}
    ),
    # To the person and the public, telling is all there is.
    (_K.INFORMATION_SHARING, PERSON): frozenset({_K.GUIDANCE}),
    (_K.GUIDANCE, _S.COMMUNITY): frozenset({_K.INFORMATION_SHARING, _K.NOTIFICATION}),
}
"""Kinds that do it as well where it goes to these."""

_EVERY_RECEIVER = frozenset({_K.GUIDANCE, _K.TRAINING, _K.FUNDING})
_PERSONS = frozenset({_K.REFERRAL, _K.CUSTODY_TRANSFER})
_DATA = frozenset({_K.REPORTING, _K.INFORMATION_SHARING})
_MUTUAL = frozenset({_K.CONSULTATION, _K.JOINT_ACTION})
_STRAIGHT = frozenset(
    {
        _K.DECISION,
        _K.CHARGE,
        _K.EVIDENCE_TRANSFER,
        _K.ASSET_TRANSFER,
        _K.ORDER,
        _K.CUSTODY_TRANSFER,
    }
)
_TOLD = frozenset(
    {
        _K.NOTIFICATION,
        _K.INFORMATION_SHARING,
        _K.DECISION,
        _K.FEEDBACK,
        _K.REPORTING,
        _K.COMPLAINT,
    }
)
"""Kinds that are a word; what they tell can be told on."""
_OF_PERSONS = HELP_KINDS | {_K.NOTIFICATION, _K.INFORMATION_SHARING, _K.COMPLAINT}

_OWN_RESULT = frozenset({_F.AGE_ASSESSMENT, _F.ESTABLISHMENT_CLOSURE})
"""Functions with a result that others are told of; who leads in one has it without being told."""
_OF_PROTECTION = frozenset({_F.WITNESS_PROTECTION, _F.FIRST_RESPONSE_SAFETY})
"""Functions of police that an office for the protection of witnesses has too."""
_OF_A_CASE = frozenset({_K.INFORMATION_SHARING, *_PERSONS})
"""Kinds by which those who investigate hear of a case; police and prosecution alike."""
_RELEASES = frozenset({_K.DECISION, _K.ORDER})
"""Kinds by which those who may, order others to let a person go."""
_NO_AGENCY = frozenset({PERSON, PUBLIC})

_OUTSIDE = frozenset({_S.FOREIGN_COUNTERPART, _S.INTERNATIONAL_ORGANISATION})
_INVESTIGATING = frozenset(
    {_S.LAW_ENFORCEMENT, _S.PROSECUTION, _S.ANTI_CORRUPTION, _S.FINANCIAL_INTELLIGENCE}
)
_HEARS_ALL = frozenset({_S.COORDINATION_BODY, _S.NATIONAL_RAPPORTEUR})
_ASKED_ABROAD = frozenset({_S.FOREIGN_COUNTERPART, _S.CENTRAL_AUTHORITY})
_NOT_AT_THE_DOOR = frozenset({_S.PROSECUTION, _S.JUDICIARY})

_ONE_STAGE_ALONE = frozenset(
    {
        Stage.RETURN_REINTEGRATION,
        Stage.COMPENSATION,
        Stage.SOCIAL_INCLUSION,
        Stage.MONITORING,
        Stage.SYSTEM,
        Stage.PREVENTION,
    }
)
_OF_STATUS = frozenset({Stage.IDENTIFICATION, Stage.REFLECTION, Stage.LEGAL_STATUS})
_OF_A_TRIAL = frozenset({Stage.INVESTIGATION, Stage.TRIAL_PROTECTION, Stage.COMPENSATION})
_LONG_AFTER = frozenset({Stage.COMPENSATION, Stage.MONITORING, Stage.SYSTEM})
"""Stages at which a handoff takes no person to anybody's care."""
_OF_ANY_STAGE = (_MUTUAL | _EVERY_RECEIVER) | {
    _K.INFORMATION_SHARING,
    _K.REPORTING,
    _K.FEEDBACK,
    _K.ASSET_TRANSFER,
}
"""Kinds that say enough of themselves, whatever stage they stand at."""

_CASE_FILE = Implied(("law_enforcement",), ("prosecution",), "evidence_transfer", "case file", ())
_CHARGE = Implied(("prosecution",), ("judiciary",), "charge", "charge against the trafficker", ())
_LIVES_ON: Mapping[Function, Implied] = {
    _F.CRIMINALISATION: _CHARGE,
    _F.SENTENCING: _CHARGE,
    _F.EVIDENCE_COLLECTION: _CASE_FILE,
    _F.EX_OFFICIO_INVESTIGATION: _CASE_FILE,
    _F.VICTIM_IDENTIFICATION: Implied(
        (_DECIDES,), (PERSON,), "decision", "decision on the case", ()
    ),
    _F.CORRUPTION_INVESTIGATION: Implied(
        ("anti_corruption",), ("prosecution",), "evidence_transfer", "file on an official", ()
    ),
    _F.COMPENSATION_ORDER: Implied(
        ("compensation_fund",), (PERSON,), "asset_transfer", "payment of what was awarded", ()
    ),
}
"""Functions that nobody carries out alone, and the handoff without which they stay words.

The reference data has no charge and no case file. Asked only between agencies that are there.
"""


@dataclass(frozen=True)
class Match:
    """Whether something passes: from whom, to whom, and by what."""

    senders: tuple[str, ...] = ()
    """Ids of those of whom it is asked; of one of them, where there are several."""
    receivers: tuple[str, ...] = ()
    """Ids of those to whom it would go."""
    by: tuple[str, ...] = ()
    """Ids of the handoffs of the way, or of the agency within which it passes; () where nothing."""
    why: str = ""
    named: tuple[str, ...] = ()
    """The sectors and roles that the receivers are, where each is asked on its own."""
    missing: tuple[str, ...] = ()
    """Sectors and roles of which the plan has nobody."""


def of_another_state(implied: Implied) -> bool:
    """Whether only another State or an international body would send this."""
    return _OUTSIDE.issuperset(implied.senders)


def asks_another_state(implied: Implied) -> bool:
    """Whether it is a step of asking another State for something, which nothing obliges to."""
    if implied.kind == _K.REQUEST_FOR_ASSISTANCE:
        return _ASKED_ABROAD.issuperset(implied.receivers)
    return implied.kind == _K.EVIDENCE_TRANSFER and implied.senders == (_S.CENTRAL_AUTHORITY,)


def leads(agency: Agency) -> tuple[Function, ...]:
    """The functions of an agency, and those that its roles mean."""
    tasks = (TASK_OF_ROLE[role] for role in agency.roles if role in TASK_OF_ROLE)
    return (*agency.functions, *tasks)


@dataclass(frozen=True)
class _Asked:
    """One handoff that a requirement implies, with whom the plan has for it."""

    kind: HandoffKind
    stage: str
    functions: tuple[Function, ...]
    senders: Mapping[str, tuple[str, ...]]
    receivers: Mapping[str, tuple[str, ...]]

    @cached_property
    def kinds(self) -> frozenset[HandoffKind]:
        if self.kind in _PERSONS and _INVESTIGATING.issuperset(self.receivers):
            return CASE_KINDS
        also = (_ALSO.get((self.kind, name), frozenset()) for name in self.receivers)
        return _COMPATIBLE.get(self.kind, frozenset({self.kind})).union(*also)

    @property
    def goes_a_way(self) -> bool:
        """Whether a person goes there, and not a case to those who look into it.

        Custody passes between two States from one authority to the other.
        """
        abroad = self.kind is _K.CUSTODY_TRANSFER and _S.FOREIGN_COUNTERPART in self.receivers
        return (
            self.kind in _PERSONS and not abroad and not _INVESTIGATING.issuperset(self.receivers)
        )

    @cached_property
    def sending(self) -> tuple[str, ...]:
        return _flat(self.senders)

    @cached_property
    def receiving(self) -> tuple[str, ...]:
        return _flat(self.receivers)

    def at_its_stage(self, handoff: Handoff) -> bool:
        """Whether a handoff is not of another stage than the requirement."""
        at = handoff.stage
        to_the_person = PERSON in self.receivers
        if at is None or at == self.stage or (self.kind in _OF_ANY_STAGE and not to_the_person):
            return True
        if at in _OF_STATUS:
            trial = _OF_A_TRIAL | ({Stage.PROSECUTION} if to_the_person else set())
            stays = self.stage == Stage.REFLECTION and Need.NO_REMOVAL in handoff.needs
            another = self.kind is _K.DECISION and self.stage in _OF_STATUS and not stays
            return self.stage not in trial and not another
        return at not in _ONE_STAGE_ALONE


def _flat(ends: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(an_id for ids in ends.values() for an_id in ids))


class Matching:
    """Answers for one plan; see the module for how it reads a standard."""

    def __init__(self, graph: PlanGraph) -> None:
        self.graph = graph
        self._led: dict[tuple[tuple[str, ...], frozenset[HandoffKind]], Mapping[str, int]] = {}

    def matches(self, requirement: Requirement, implied: Implied) -> Iterator[Match]:
        """How one implied handoff stands: a match for each of whom it is asked on its own."""
        asked = self._asked(requirement, implied)
        missing = implied.senders if not asked.sending else implied.receivers
        if _to_outside_reviewers(implied, asked):
            yield from self._answering_reviewers(asked)
        elif not asked.receiving or not (asked.sending or of_another_state(implied)):
            yield Match(asked.sending, asked.receiving, missing=missing)
        elif of_another_state(implied):
            yield Match(
                asked.sending, asked.receiving, asked.receiving, "for another State to send"
            )
        elif asked.kind in _EVERY_RECEIVER:
            yield from self._issued(implied, asked)
        elif asked.goes_a_way:
            yield from self._persons(asked)
        else:
            yield from self._words(asked)

    def needed_by(self, requirement: Requirement) -> Iterator[tuple[Implied, Match]]:
        """The handoffs on which the functions live that a requirement asks for.

        Only between agencies that are there, and only where the requirement does not list it.
        """
        listed = {(h.kind, h.receivers) for h in requirement.handoffs}
        needed = (_LIVES_ON[f] for f in map(Function, requirement.functions) if f in _LIVES_ON)
        for implied in dict.fromkeys(needed):
            if (implied.kind, implied.receivers) in listed:
                continue
            for match in self.matches(requirement, implied):
                if not match.missing:
                    yield implied, match

    # --- who is meant -----------------------------------------------------------------------

    def _asked(self, requirement: Requirement, implied: Implied) -> _Asked:
        functions = tuple(map(Function, requirement.functions))
        kind = HandoffKind(implied.kind)
        senders = {n: self._who(n, implied.receivers) for n in implied.senders}
        if not of_another_state(implied):
            senders = {n: self._at_home(ids) for n, ids in senders.items()}
        receivers = {n: self._who(n, implied.senders) for n in implied.receivers}
        if _S.LAW_ENFORCEMENT in receivers and not _OF_PROTECTION.isdisjoint(functions):
            receivers[_S.LAW_ENFORCEMENT] += self._members(_S.WITNESS_PROTECTION)
        if kind is _K.INFORMATION_SHARING and {PERSON, _SPEAKS} <= receivers.keys():
            receivers[_SPEAKS] += self._members("role:case_manager")  # who speaks for the person
        if kind in _EVERY_RECEIVER:
            receivers = {n: self._members(n) for n in receivers}
        elif kind is _K.DECISION and receivers.get(_S.COMPENSATION_FUND):
            receivers = {_S.COMPENSATION_FUND: receivers[_S.COMPENSATION_FUND]}  # it pays
        return _Asked(kind, requirement.stage, functions, _present(senders), _present(receivers))

    def _at_home(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        away = {a.id for a in self.graph.in_sector(_S.FOREIGN_COUNTERPART)}
        return tuple(an_id for an_id in ids if an_id not in away)

    def _who(self, name: str, other_side: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The agencies that a sector or role means, or the participants."""
        return self._members(name) or self._standing_in(name, other_side)

    def _members(self, name: str) -> tuple[str, ...]:
        graph = self.graph
        if name == PERSON:
            return (PERSON,)
        if name == _S.COMMUNITY:
            return (*(a.id for a in graph.in_sector(_S.COMMUNITY)), PUBLIC)
        if not name.startswith("role:"):
            return tuple(a.id for a in graph.in_sector(Sector(name)))
        wider = {
            "role:detecting_agency": graph.detectors,
            _DECIDES: graph.identifiers,
            "role:service_provider": graph.providers,
            "role:case_manager": graph.case_managers,
        }
        if name in wider:
            return tuple(a.id for a in wider[name])
        return tuple(a.id for a in graph.with_role(Role(name.removeprefix("role:"))))

    def _standing_in(self, name: str, other_side: tuple[str, ...]) -> tuple[str, ...]:
        if name.startswith("role:"):
            task = TASK_OF_ROLE.get(Role(name.removeprefix("role:")))
        else:
            task = _TASK_OF_SECTOR.get(Sector(name)) if name != PERSON else None
        if task is None:
            return ()
        there = {an_id for other in other_side for an_id in self._members(other)}
        holders = [a.id for a in self.graph.agencies if task in leads(a)]
        return tuple(an_id for an_id in holders if an_id not in there) or tuple(holders)

    @cached_property
    def _house(self) -> Mapping[str, str]:
        """For each agency, the agency at the head of its house."""
        above = {a.id: a.part_of for a in self.graph.agencies}
        heads = {}
        for an_id in above:
            head, seen = an_id, {an_id}
            while (up := above.get(head)) and up in above and up not in seen:
                head = up
                seen.add(up)
            heads[an_id] = head
        return heads

    def _in_house(self, ids: Iterable[str]) -> frozenset[str]:
        """These and all who belong to the same house."""
        heads = {self._house.get(an_id, an_id) for an_id in ids}
        return frozenset({*ids, *(a for a, head in self._house.items() if head in heads)})

    def _answering_reviewers(self, asked: _Asked) -> Iterator[Match]:
        """Who holds the review; where nobody does, that function is what is missing."""
        wanted = set(asked.functions)
        holders = (a.id for a in self.graph.agencies if wanted & {*leads(a), *a.supports})
        if ids := tuple(holders):
            yield Match(ids, (), ids, "to a body that no plan has to name")

    # --- guidance, training, funding --------------------------------------------------------

    def _issued(self, implied: Implied, asked: _Asked) -> Iterator[Match]:
        """For each kind of receiver; others may do what a co-ordinator has to, and need not."""
        if asked.kind is _K.FUNDING:
            senders = tuple(a.id for a in self.graph.agencies)
        else:
            senders = tuple(dict.fromkeys((*asked.sending, *self._in_the_lead(asked))))
        groups = dict(asked.receivers)
        if PERSON in groups and _S.COMMUNITY in groups:  # whoever is told in public is told
            groups[_S.COMMUNITY] = (*groups[_S.COMMUNITY], *groups.pop(PERSON))
        leader = asked.senders.get(_S.COORDINATION_BODY, ())
        nobody = _S.COORDINATION_BODY in implied.senders and not leader
        for name, ids in groups.items():
            by = self._line(asked, senders, ids)
            if not by and asked.kind is _K.GUIDANCE and asked.stage == Stage.SYSTEM:
                by = self._at_one_table(leader, ids)
            missing = (_S.COORDINATION_BODY.value,) if nobody and not by else ()
            yield Match(leader or asked.sending, ids, by, "", (name,), missing)

    def _in_the_lead(self, asked: _Asked) -> Iterator[str]:
        """Who leads in what is asked for: guidance in any part of it, training in all."""
        wanted = set(asked.functions)
        if asked.kind is _K.GUIDANCE and asked.stage == Stage.SYSTEM:
            wanted.add(_F.PROCEDURES)
        for agency in self.graph.agencies:
            held = wanted.intersection(leads(agency))
            if held and (held == wanted or asked.kind is _K.GUIDANCE):
                yield agency.id

    def _at_one_table(self, some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
        """By what these consult each other, whoever calls the meeting."""
        return self._first(some, others, lambda h: h.kind in _MUTUAL) or self._first(
            others, some, lambda h: h.kind in _MUTUAL
        )

    # --- persons ----------------------------------------------------------------------------

    def _persons(self, asked: _Asked) -> Iterator[Match]:
        children = {n: r for n, r in asked.receivers.items() if n == _S.CHILD_PROTECTION}
        others = {n: r for n, r in asked.receivers.items() if n not in children}
        for group in filter(None, (children, others)):
            receivers, named = _flat(group), tuple(group) if children and others else ()
            for sender in self._at_the_door(asked):
                by = self._brought(asked, sender, receivers)
                why = "within itself" if by == (sender,) else ""
                to = receivers if by else (*self._leading_there(asked, receivers), *receivers)
                yield Match((sender,), to, by, why, named)

    def _leading_there(self, asked: _Asked, receivers: tuple[str, ...]) -> Iterator[str]:
        """The case managers who bring persons there; whoever hands them a person does too."""
        led = self._led_to(asked, receivers)
        yield from (m for m in self._managers if m in led and m not in receivers)

    def _at_the_door(self, asked: _Asked) -> tuple[str, ...]:
        """Those at whose door a person may stand; all, where nobody else is listed."""
        chosen = tuple(s for s in asked.sending if s == PERSON or self._meets_persons(s))
        return chosen or asked.sending

    def _meets_persons(self, an_id: str) -> bool:
        if an_id == PUBLIC:
            return True
        agency = self.graph.agency(an_id)
        if Role.DETECTING_AGENCY in agency.roles:
            return True
        return agency.sector not in _NOT_AT_THE_DOOR and set(agency.roles) != {Role.GUARDIAN}

    def _brought(self, asked: _Asked, sender: str, receivers: tuple[str, ...]) -> tuple[str, ...]:
        """By what a person comes from the sender to a receiver."""
        decides = self._only_decides(sender) and not asked.receivers.keys() & {_DECIDES}
        if sender in receivers and not decides:
            return (sender,)
        led = self._led_to(asked, receivers)
        if sender in led and not decides:
            return self._way(sender, receivers, self._last(asked, receivers))
        if sender in _NO_AGENCY:
            return ()
        for other in self._told_of_the_decision(sender) if decides else self._keeping(sender):
            if other.id in receivers:
                return self._first((sender, other.id), (sender, other.id), lambda _: True)
            if other.id in led:
                return self._way(other.id, receivers, self._last(asked, receivers))
        return ()

    def _keeping(self, an_id: str) -> tuple[Agency, ...]:
        """The case managers in whose hands the persons are whom an agency helps."""
        helps = any(an_id == a.id for a in self.graph.providers)
        return self.graph.in_hands_of(an_id) if helps else ()

    def _only_decides(self, an_id: str) -> bool:
        """Whether an agency identifies, and neither finds persons nor helps them."""
        graph = self.graph
        others = (*graph.detectors, *graph.providers, *graph.case_managers)
        return an_id in self._members(_DECIDES) and all(an_id != a.id for a in others)

    def _told_of_the_decision(self, sender: str) -> Iterator[Agency]:
        """Helpers and case managers to whom one who identifies gives word, or sends the person."""
        told = {h.receiver for h in self.graph.sent_by(sender, _TOLD | HELP_KINDS)}
        helpers = {a.id: a for a in (*self.graph.case_managers, *self.graph.providers)}
        yield from (a for a in helpers.values() if a.id in told)

    def _led_to(self, asked: _Asked, receivers: tuple[str, ...]) -> Mapping[str, int]:
        """Everyone from whom a person comes there."""
        key = receivers, self._last(asked, receivers)
        if key not in self._led:
            graph, last = self.graph, key[1]
            identifiers = {a.id for a in graph.identifiers}
            asks = bool(identifiers) and identifiers.issubset(receivers)
            doors = [r for r in receivers if not asks or r not in identifiers]
            led = graph.whom_it_leads(doors, self._tells_of_persons, last=lambda h: h.kind in last)
            self._led[key] = {**led, **(graph.led_to_identification if asks else {})}
        return self._led[key]

    @staticmethod
    def _last(asked: _Asked, receivers: tuple[str, ...]) -> frozenset[HandoffKind]:
        """Kinds by which a way of persons can end there."""
        last = HELP_KINDS
        if _S.ASYLUM_AUTHORITY in asked.receivers:  # a claim brings them to who decides on it
            last |= {_K.COMPLAINT}
        if set(receivers) == set(asked.receivers.get(_S.CHILD_PROTECTION, ())):
            last |= {_K.NOTIFICATION}  # who is told of a child has to come
        return last

    def _tells_of_persons(self, handoff: Handoff) -> bool:
        """Whether a way of persons may lead over a handoff."""
        late = handoff.stage in _LONG_AFTER
        return handoff.kind in _OF_PERSONS and not late and not self.graph.is_of_an_inquiry(handoff)

    def _way(
        self, sender: str, receivers: tuple[str, ...], last: frozenset[HandoffKind]
    ) -> tuple[str, ...]:
        """Ids of the handoffs of a shortest way of persons, straight from a sender to receivers."""
        steps: dict[str, tuple[str, ...]] = {sender: ()}
        queue = [sender]
        for at in queue:
            sent = [h for h in self.graph.sent_by(at) if self._tells_of_persons(h)]
            for h in sent:
                if h.receiver in receivers and h.kind in last:
                    return (*steps[at], h.id)
            for h in sent:
                if h.receiver not in steps and h.receiver not in _NO_AGENCY:
                    steps[h.receiver] = (*steps[at], h.id)
                    queue.append(h.receiver)
        return tuple(h.id for h in self.graph.path(sender=sender, receivers=receivers))

    # --- words, decisions, evidence, money --------------------------------------------------

    def _words(self, asked: _Asked) -> Iterator[Match]:
        if asked.kind is _K.INFORMATION_SHARING and asked.receiving == (PERSON,):
            yield from self._person_is_told(asked)
        elif _each_sees_something_else(asked):
            hearing = self._hearing(asked)
            for ids in asked.senders.values():
                by, why = self._said(hearing, ids, within=True)
                yield Match(ids, asked.receiving, by, why)
        else:
            alone = len(asked.senders) == 1
            within = alone or asked.senders.keys().isdisjoint(asked.receivers)
            by, why = self._said(asked, asked.sending, within=within)
            others = tuple(s for s in asked.sending if s not in asked.receiving)
            yield Match(others or asked.sending, asked.receiving, by, why)

    def _hearing(self, asked: _Asked) -> _Asked:
        """The same, with the prosecution where police are to hear of a case: both look into it."""
        if asked.kind not in _OF_A_CASE:
            return asked
        prosecutors = self._who(_S.PROSECUTION)
        return replace(asked, receivers={**asked.receivers, _S.PROSECUTION: prosecutors})

    def _person_is_told(self, asked: _Asked) -> Iterator[Match]:
        """Whoever meets the person tells them, or brings them to somebody who does."""
        tell = {
            h.sender: h.id
            for h in reversed(self.graph.received_by(PERSON))
            if h.kind in asked.kinds and asked.at_its_stage(h)
        }
        first = asked.senders.get("role:detecting_agency", ())
        groups = tuple((s,) for s in first) or (asked.sending,)
        for senders in groups:
            ways = (self._to_a_teller(asked, sender, tell) for sender in senders)
            yield Match(senders, asked.receiving, next(filter(None, ways), ()))

    def _to_a_teller(self, asked: _Asked, sender: str, tell: Mapping[str, str]) -> tuple[str, ...]:
        if sender in tell:
            return (tell[sender],)
        return self._brought(asked, sender, tuple(tell)) if tell else ()

    def _said(
        self, asked: _Asked, senders: tuple[str, ...], *, within: bool
    ) -> tuple[tuple[str, ...], str]:
        """By what it passes from one of the senders to one of the receivers, and how."""
        both = [an_id for an_id in senders if an_id in asked.receiving]
        if within and both:
            return (both[0],), "within itself"
        if able := self._does_it_itself(asked):
            return (able,), "does it itself"
        if way := self._line(asked, (*senders, *self._deciding(asked)), asked.receiving):
            return way, ""
        if asked.kind is _K.NOTIFICATION and asked.receivers.keys() == {_S.DETENTION_AUTHORITY}:
            return self._released(asked), ""
        if asked.kind in _MUTUAL:
            back = self._first(asked.receiving, senders, lambda h: h.kind in asked.kinds)
            if back or _S.FOREIGN_COUNTERPART not in asked.receivers:
                return back, ""
        if asked.kind is _K.COMPLAINT and (door := self._open_door(asked)):
            return door, "open to everybody"
        if asked.kind in _STRAIGHT:
            return (), ""
        return self._over_another(asked, senders), ""

    def _deciding(self, asked: _Asked) -> tuple[str, ...]:
        """Who else may tell a person what is decided: whoever leads in it."""
        if asked.kind is not _K.DECISION or PERSON not in asked.receivers:
            return ()
        wanted = set(asked.functions)
        return tuple(a.id for a in self.graph.agencies if wanted and wanted.issubset(leads(a)))

    def _released(self, asked: _Asked) -> tuple[str, ...]:
        """By what those who hold people are ordered to let them go, or told over another."""
        ordering = (*self._who(_DECIDES), *self._who(_S.JUDICIARY))
        return self._first(
            ordering,
            asked.receiving,
            lambda h: h.kind in _RELEASES and Need.NON_DETENTION in h.needs,
        ) or self._over_another(asked, asked.sending)

    def _does_it_itself(self, asked: _Asked) -> str:
        """A receiver who leads in that which others would tell it of."""
        if len(asked.functions) != 1 or asked.functions[0] not in _OWN_RESULT:
            return ""
        agencies = (self.graph.agency(r) for r in asked.receiving if r not in (PERSON, PUBLIC))
        return next((a.id for a in agencies if asked.functions[0] in leads(a)), "")

    def _open_door(self, asked: _Asked) -> tuple[str, ...]:
        return self._first((PUBLIC,), asked.receiving, lambda h: h.kind is _K.COMPLAINT)

    def _line(
        self, asked: _Asked, senders: tuple[str, ...], receivers: tuple[str, ...]
    ) -> tuple[str, ...]:
        """A handoff straight from one house to another, or two of the very kind over one other."""
        return self._first(
            senders, receivers, lambda h: h.kind in asked.kinds and asked.at_its_stage(h)
        ) or self._two_steps(
            senders,
            receivers,
            first=lambda h: h.kind is asked.kind and asked.kind not in _STRAIGHT,
            then=lambda h: h.kind is asked.kind and asked.at_its_stage(h),
        )

    def _over_another(self, asked: _Asked, senders: tuple[str, ...]) -> tuple[str, ...]:
        """Over the collector of data, the case manager, the hotline or the central authority."""
        receivers = asked.receiving
        kinds = _TOLD if asked.kind is _K.NOTIFICATION else asked.kinds

        def passed(handoff: Handoff) -> bool:
            return handoff.kind in kinds and asked.at_its_stage(handoff)

        if asked.kind in _DATA and not _HEARS_ALL.isdisjoint(asked.receivers):
            told, over = asked.kinds | {_K.FEEDBACK}, (*self._collectors, *self._managers)
        elif asked.receivers.keys() == {_S.FOREIGN_COUNTERPART}:
            told = kinds = asked.kinds | {_K.REQUEST_FOR_ASSISTANCE}
            over = self._who(_S.CENTRAL_AUTHORITY)
        else:
            told, over = _TOLD, (*self._managers, *self._who(_S.HOTLINE))
        return self._two_steps(senders, receivers, lambda h: h.kind in told, passed, over)

    @cached_property
    def _managers(self) -> tuple[str, ...]:
        return tuple(a.id for a in self.graph.case_managers)

    @cached_property
    def _collectors(self) -> tuple[str, ...]:
        tasks = {_F.DATA_COLLECTION, _F.INDEPENDENT_MONITORING}
        return tuple(
            a.id for a in self.graph.agencies if a.sector in _HEARS_ALL or tasks & set(leads(a))
        )

    def _first(
        self, senders: tuple[str, ...], receivers: tuple[str, ...], good: Callable[[Handoff], bool]
    ) -> tuple[str, ...]:
        """The first such handoff from the house of a sender to that of a receiver."""
        out, into = self._in_house(senders), self._in_house(receivers)
        for h in self.graph.handoffs:
            if h.sender in out and h.receiver in into and h.sender != h.receiver and good(h):
                return (h.id,)
        return ()

    def _two_steps(
        self,
        senders: tuple[str, ...],
        receivers: tuple[str, ...],
        first: Callable[[Handoff], bool],
        then: Callable[[Handoff], bool],
        over: tuple[str, ...] | None = None,
    ) -> tuple[str, ...]:
        """Two such handoffs over one other agency, or over one of some."""
        out, into = self._in_house(senders), self._in_house(receivers)
        middles: dict[str, list[Handoff]] = {}
        for h in self.graph.handoffs:
            there = h.receiver not in _NO_AGENCY and (over is None or h.receiver in over)
            if h.sender in out and there and first(h):
                middles.setdefault(h.receiver, []).append(h)
        for h in self.graph.handoffs:
            if h.receiver in into and then(h):
                before = (b for b in middles.get(h.sender, ()) if b.sender != h.receiver)
                if way := next(before, None):
                    return (way.id, h.id)
        return ()


def _present(ends: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {name: ids for name, ids in ends.items() if ids}


def _to_outside_reviewers(implied: Implied, asked: _Asked) -> bool:
    """Whether it goes to none but international bodies that review, and the plan has none."""
    there = bool(asked.receiving)
    reviews = _F.EVALUATION_REVIEW in asked.functions
    return reviews and implied.receivers == (_S.INTERNATIONAL_ORGANISATION,) and not there


def _each_sees_something_else(asked: _Asked) -> bool:
    """Whether each kind of sender is asked, since it knows what no other does."""
    told = asked.receivers.keys()
    hears = asked.kind in _OF_A_CASE and told == {_S.LAW_ENFORCEMENT}
    return hears or _HEARS_ALL.issuperset(told)
