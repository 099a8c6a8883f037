"""P04: two who need each other stand in the plan, and nothing passes between them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_F = Function
_K = HandoffKind
_S = Sector

_TELLING = frozenset(
    {_K.INFORMATION_SHARING, _K.NOTIFICATION, _K.FEEDBACK, _K.DECISION, _K.CONSULTATION,
     _K.JOINT_ACTION, _K.ORDER}
)  # fmt: skip
"""Kinds by which somebody learns how a case stands."""
_ASKING = frozenset(
    {_K.INFORMATION_SHARING, _K.NOTIFICATION, _K.COMPLAINT, _K.REQUEST_FOR_ASSISTANCE,
     _K.CONSULTATION, _K.JOINT_ACTION, _K.REFERRAL, _K.EVIDENCE_TRANSFER}
)  # fmt: skip
"""Kinds by which somebody is heard."""
_PAYING = frozenset(
    {_K.DECISION, _K.ORDER, _K.ASSET_TRANSFER, _K.FUNDING, _K.FEEDBACK, _K.NOTIFICATION}
)
"""Kinds by which an award comes to whom it is for."""
_NOT_OF_AN_AWARD = frozenset(
    {Stage.DETECTION, Stage.FIRST_RESPONSE, Stage.IDENTIFICATION, Stage.REFLECTION}
)
"""Stages of other decisions than an award."""

_SPEAKING = {Role.LEGAL_REPRESENTATIVE, Role.GUARDIAN}

Party = Callable[[PlanGraph], tuple[Agency, ...]]


def _who(*functions: Function, sectors: Collection[Sector] = ()) -> Party:
    """Those who hold one of these functions; where nobody does, those of the sectors."""

    def find(graph: PlanGraph) -> tuple[Agency, ...]:
        held = {a.id for f in functions for a in graph.with_function(f)}
        if not held:
            return graph.in_sector(*sectors)
        return tuple(a for a in graph.agencies if a.id in held)

    return find


def _either(*parties: Party) -> Party:
    def find(graph: PlanGraph) -> tuple[Agency, ...]:
        ids = {a.id for party in parties for a in party(graph)}
        return tuple(a for a in graph.agencies if a.id in ids)

    return find


_investigators = _who(_F.CRIMINAL_INVESTIGATION, _F.EX_OFFICIO_INVESTIGATION,
                      sectors=(_S.LAW_ENFORCEMENT,))  # fmt: skip
_prosecutors = _who(_F.PROSECUTION_SERVICE, sectors=(_S.PROSECUTION,))
_courts = _who(_F.ADJUDICATION, _F.SENTENCING, sectors=(_S.JUDICIARY,))
_justice = _either(_investigators, _prosecutors, _courts)
_money = _who(_F.FINANCIAL_INVESTIGATION, sectors=(_S.FINANCIAL_INTELLIGENCE,))
_inquirers = _either(_who(_F.CORRUPTION_INVESTIGATION), _who(sectors=(_S.ANTI_CORRUPTION,)))
_permits = _who(_F.RESIDENCE_STATUS)
_removers = _who(_F.REMOVAL, sectors=(_S.IMMIGRATION_AUTHORITY,))
_awarders = _who(_F.COMPENSATION_ORDER, _F.STATE_COMPENSATION, sectors=(_S.COMPENSATION_FUND,))


def _tracers(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who follow the money for others; police and prosecutors do so for themselves."""
    return tuple(a for a in _money(graph) if a.sector not in (_S.LAW_ENFORCEMENT, _S.PROSECUTION))


def _everybody(graph: PlanGraph) -> tuple[Agency, ...]:
    return graph.agencies


def _deciders(graph: PlanGraph) -> tuple[Agency, ...]:
    return graph.competent_authorities


def _victims_side(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who help a victim, speak for one, or keep the case together."""
    ids = {a.id for a in (*graph.providers, *graph.case_managers)}
    return tuple(
        a
        for a in graph.agencies
        if a.id in ids or a.sector is _S.LEGAL_AID or not _SPEAKING.isdisjoint(a.roles)
    )


def _speaking(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those of them whose task it is to speak for a victim."""
    lead = {a.id for a in graph.case_managers}
    return tuple(
        a
        for a in _victims_side(graph)
        if a.id in lead or a.sector is _S.LEGAL_AID or not _SPEAKING.isdisjoint(a.roles)
    )


def _lawyers(graph: PlanGraph) -> tuple[Agency, ...]:
    return (*graph.in_sector(_S.LEGAL_AID), *graph.with_role(Role.LEGAL_REPRESENTATIVE))


def _outside_the_inquiry(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who decide who is a victim, and lawyers; nobody, where the file says it anyway."""
    deciders = _deciders(graph)
    if any(graph.investigates(a) for a in deciders):
        return ()
    return tuple(dict.fromkeys((*deciders, *_lawyers(graph))))


_speakers = _either(_deciders, _victims_side, _courts)


@dataclass(frozen=True, slots=True)
class Line:
    """What has to pass between two parties of any response.

    Attributes:
        id: names the finding.
        senders: who has it to give.
        receivers: who needs it.
        kinds: kinds of handoff that do it.
        thing: what it is, after "no" or "any".
        harm: what comes of it, a sentence.
        mend: what to write, a sentence with {sender} and {receiver}.
        pillars: the Ps it belongs to.
        expected: kind, stage and content of the handoff that would close it.
        requirements: what asks for it.
        each: whether everybody who has it must give it; else it is enough that one does.
        person: on which side the trafficked person counts too: 'sends', 'receives' or ''.
        not_at: stages at which such a handoff is about something else.
        over: over whom it may go on its way, besides the two sides.
        first: of those who could give it, whose task it is to begin; all, where it is not given.
    """

    id: str
    senders: Party
    receivers: Party
    kinds: frozenset[HandoffKind]
    thing: str
    harm: str
    mend: str
    pillars: tuple[Pillar, ...]
    expected: tuple[HandoffKind, Stage, str]
    requirements: tuple[str, ...]
    each: bool = False
    person: str = ""
    not_at: frozenset[Stage] = frozenset()
    over: Party | None = None
    first: Party | None = None

    def carries(self, handoff: Handoff) -> bool:
        """Whether a handoff is of the kind and stage that this needs."""
        return handoff.kind in self.kinds and handoff.stage not in self.not_at


_PROTECT, _PROSECUTE = (Pillar.PROTECT,), (Pillar.PROSECUTE,)
LINES = (
    Line(
        "file",
        _investigators,
        _prosecutors,
        CASE_KINDS | {_K.REPORTING},
        "file of a case",
        "What is investigated is never charged.",
        "Let {sender} hand the file over to {receiver}, and write when and with what in it.",
        _PROSECUTE,
        (_K.EVIDENCE_TRANSFER, Stage.INVESTIGATION, "file of the investigation"),
        ("COE-27-1", "PAL-05", "TVP-B1"),
        each=True,
    ),
    Line(
        "charge",
        _prosecutors,
        _courts,
        CASE_KINDS,
        "charge",
        "No trafficker comes before a judge.",
        "Let {sender} bring charges at {receiver}, and write what is asked for the victim with "
        "them.",
        _PROSECUTE,
        (_K.CHARGE, Stage.PROSECUTION, "charge, with what is asked for the victim"),
        ("PAL-05", "TVP-B1"),
        each=True,
    ),
    Line(
        "money-found",
        _tracers,
        _either(_investigators, _prosecutors, _courts),
        CASE_KINDS | {_K.FEEDBACK, _K.REPORTING},
        "finding about money",
        "What the traffickers earned is found and left to them.",
        "Let {sender} give what it finds to {receiver}, in a form that can be evidence.",
        _PROSECUTE,
        (_K.EVIDENCE_TRANSFER, Stage.INVESTIGATION, "money, accounts and links of the suspects"),
        ("UNT-12", "COE-23-3"),
        each=True,
    ),
    Line(
        "officials-charged",
        _inquirers,
        _either(_prosecutors, _courts),
        CASE_KINDS | {_K.REPORTING},
        "file on an official",
        "An official who takes part is found out and not charged.",
        "Let {sender} hand its files over to {receiver}, past the office that they are about.",
        _PROSECUTE,
        (_K.EVIDENCE_TRANSFER, Stage.INVESTIGATION, "file on an official who takes part"),
        ("UNT-09", "OHC-P6"),
        each=True,
    ),
    Line(
        "decision-told",
        _deciders,
        _victims_side,
        _TELLING | MOVING_KINDS,
        "decision on who is a victim",
        "Neither the person nor those who help learn what was decided.",
        "Let {sender} give its decision in writing, with reasons, to the person and to {receiver}.",
        _PROTECT,
        (_K.DECISION, Stage.IDENTIFICATION, "decision with reasons, and where to ask for another"),
        ("ACT-14-9", "COE-12-1C", "PAL-06-2A"),
        each=True,
        person="receives",
    ),
    Line(
        "stay-told",
        _permits,
        _victims_side,
        _TELLING,
        "decision on a stay",
        "Whoever waits for a permit learns neither that it is given nor why not.",
        "Let {sender} tell the person and {receiver} what it decides, with reasons and by when.",
        _PROTECT,
        (_K.DECISION, Stage.LEGAL_STATUS, "permit, or refusal with reasons"),
        ("PAL-07", "COE-14-1"),
        person="receives",
    ),
    Line(
        "not-charged",
        _outside_the_inquiry,
        _prosecutors,
        _TELLING | _ASKING,
        "word that an accused person is a victim",
        "A victim is charged with what traffickers made the victim do.",
        "Let {sender} tell {receiver} when a person who is accused is, or may be, a victim.",
        (Pillar.PROTECT, Pillar.PROSECUTE),
        (_K.NOTIFICATION, Stage.PROSECUTION, "accused person is or may be a victim: do not charge"),
        ("COE-26", "ACT-14-7", "OHC-P7"),
        over=_investigators,
    ),
    Line(
        "removal-held-up",
        _speakers,
        _removers,
        _TELLING | _ASKING,
        "word that a person may be a victim",
        "Whoever removes people cannot know that one of them must not be removed yet.",
        "Let a decision of {sender} hold a removal up: told to {receiver} for that purpose only, "
        "and binding until it is decided.",
        _PROTECT,
        (_K.DECISION, Stage.REFLECTION, "decision that holds a removal up, for that purpose only"),
        ("COE-10-2A", "COE-13", "PAL-07"),
        person="sends",
        not_at=frozenset({Stage.INVESTIGATION, Stage.PROSECUTION, Stage.MONITORING}),
        first=_deciders,
    ),
    Line(
        "proceedings-told",
        _justice,
        _victims_side,
        _TELLING,
        "word on how a case stands",
        "The victim does not learn that the case was closed, when the court sits, or that the "
        "accused is free.",
        "Let {sender} tell {receiver} how the case stands, what comes next, and before anybody is "
        "set free.",
        _PROSECUTE,
        (_K.INFORMATION_SHARING, Stage.PROSECUTION, "how the case stands, and what comes next"),
        ("PAL-06-2A", "COE-15-1", "NRM-06"),
        person="receives",
        not_at=frozenset({Stage.IDENTIFICATION, Stage.DETECTION, Stage.PREVENTION}),
    ),
    Line(
        "victim-heard",
        _victims_side,
        _either(_prosecutors, _courts),
        _ASKING,
        "word of what a victim wishes to say",
        "The court decides about the victim without the victim.",
        "Let {sender} bring before {receiver} what the victim wishes to say, if the victim does.",
        _PROSECUTE,
        (_K.INFORMATION_SHARING, Stage.PROSECUTION, "views and concerns of the victim"),
        ("PAL-06-2B", "UNT-25-3"),
        person="sends",
        first=_speaking,
    ),
    Line(
        "award-paid",
        _awarders,
        _victims_side,
        _PAYING,
        "award or payment",
        "Compensation is awarded and never paid.",
        "Write who carries out what {sender} awards, by when, and how it comes to the victim.",
        _PROSECUTE,
        (_K.DECISION, Stage.COMPENSATION, "award, and who pays it by when"),
        ("UNT-25-2", "PAL-06-6", "COE-15-4"),
        person="receives",
        not_at=_NOT_OF_AN_AWARD,
        over=_everybody,
    ),
)  # fmt: skip
"""Handoffs without which a response stands still, between two who are both in the plan.

Whether a case comes to identification (G01), to help (G06), to the investigators (G47), to a claim
for compensation and to those who trace money (G17) is asked by the rules on these.
"""


@rule(
    code="P04",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=tuple(dict.fromkeys(r for line in LINES for r in line.requirements)),
)
def nothing_passes_between(graph: PlanGraph) -> Iterator[Answer]:
    """Two who need each other stand in the plan, and nothing passes between them.

    Why it matters:
        A plan that names a prosecutor and a court looks whole. Where no charge goes from the one to
        the other nothing ever comes to judgment, and each of the two can say that it was not asked.

    What it looks at:
        What passes in every response, each where both sides are in the plan. To those who prosecute
        or judge: the file of an investigation, the charge, what is found out about money, the file
        on an official, what the victim wishes to say, and word that an accused person is a victim
        (where those who decide that do not investigate themselves). To the victim, or to those who
        help or speak for one: the decision on who is a victim, the decision on a stay, how the
        proceedings stand, and an award. To those who remove people: word that one of them may be a
        victim. Files, charges and decisions on who is a victim are asked of everybody whose task
        they are; the others are in order when one hands them over. A side is whoever holds the
        function or role, or else the sector. The way may lead over others of the two sides, and an
        award over whoever carries it out.

    When it is no trouble:
        One body is both, and the plan has it as two: write the joint action between them. In some
        systems an investigating judge takes the place of the prosecutor: give the judge the
        function prosecution_service.

    Broken:
        format: 1
        plan: {id: example, title: No charge, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: A charge, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
        handoffs:
          - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: prosecutor, to: court, pillars: [prosecute], kind: charge}
    """
    for line in LINES:
        senders, receivers = line.senders(graph), line.receivers(graph)
        if not senders or not receivers:
            continue
        giving = _giving(graph, line, senders, receivers)
        silent = [a for a in senders if a.id not in giving]
        if not silent or (not line.each and giving):
            yield Met(Ref(Kind.PLAN, line.id))
        else:
            yield _flag(graph, line, tuple(silent), receivers)


def _giving(
    graph: PlanGraph, line: Line, senders: tuple[Agency, ...], receivers: tuple[Agency, ...]
) -> set[str]:
    """Whoever gives it to somebody who needs it, itself or over others."""
    ours, theirs = {a.id for a in senders}, {a.id for a in receivers}
    ends = set(theirs)
    between = ours | theirs | {a.id for a in (line.over(graph) if line.over else ())}
    if line.person == "receives":
        telling = {h.sender for h in graph.received_by(PERSON) if line.carries(h)}
        ends |= telling & between

    def passes(h: Handoff) -> bool:
        return line.carries(h) and h.receiver in between

    giving = ours.intersection(graph.whom_it_leads(ends, passes))
    if line.person == "sends":
        giving |= {h.sender for h in graph.sent_by(PERSON) if h.receiver in theirs and passes(h)}
    return giving


def _flag(
    graph: PlanGraph, line: Line, silent: tuple[Agency, ...], receivers: tuple[Agency, ...]
) -> Flag:
    before = {a.id for a in line.first(graph)} if line.first else set()
    named = sorted(graph.likely(silent), key=lambda a: a.id not in before)
    first = named[0]
    ends = [a for a in graph.likely(receivers) if a.id != first.id][:2]
    givers, takers = _names(named), _names(ends if line.person == "receives" else receivers)
    if line.person == "receives":
        takers = f"the person, or to those who help or speak for one ({takers})"
    one = not line.each or len(named) == 1
    kind, stage, what = line.expected
    return Flag(
        about=(
            Ref(Kind.PLAN, line.id),
            *agency(*(a.id for a in (named if line.each else (first,)))),
            *agency(*(a.id for a in ends)),
        ),
        message=f"No {line.thing} comes from {givers} to {takers}. {line.harm}",
        ask=f"No source states that any {line.thing} comes from {givers} to {takers}.",
        mend=line.mend.format(sender=first.name if one else "each of them", receiver=ends[0].name),
        expected=tuple(
            Expected(first.id, end, kind, line.pillars, stage, what)
            for end in ([PERSON] if line.person == "receives" else []) + [a.id for a in ends]
            if one
        ),
        lacking=() if one else (f"such a handoff from each of: {givers}",),
        pillars=line.pillars,
        requirements=line.requirements,
    )


def _names(agencies: Iterable[Agency]) -> str:
    return listed((a.name for a in agencies), most=3)
