"""What has to pass between two parties of any response, and whether it does.

A listed function is no proof that the task is done: a prosecutor and a court in one plan say
nothing of the charge. A :class:`Line` says who has what to give to whom; rules list the lines that
they ask about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from interagency.engine import Answer, Expected, Flag, Met, agency, listed
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.guards import Unwanted
from interagency.model import PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Need, Role, Sector, Stage

_F = Function
_K = HandoffKind
_S = Sector

TELLING = frozenset(
    {_K.INFORMATION_SHARING, _K.NOTIFICATION, _K.FEEDBACK, _K.DECISION, _K.CONSULTATION,
     _K.JOINT_ACTION, _K.ORDER}
)  # fmt: skip
"""Kinds by which somebody learns how a case stands."""
ASKING = frozenset(
    {_K.INFORMATION_SHARING, _K.NOTIFICATION, _K.COMPLAINT, _K.REQUEST_FOR_ASSISTANCE,
     _K.CONSULTATION, _K.JOINT_ACTION, _K.REFERRAL, _K.EVIDENCE_TRANSFER}
)  # fmt: skip
"""Kinds by which somebody is heard."""
PAYING = frozenset(
    {_K.DECISION, _K.ORDER, _K.ASSET_TRANSFER, _K.FUNDING, _K.FEEDBACK, _K.NOTIFICATION}
)
"""Kinds by which an award comes to whom it is for."""
NOT_OF_AN_AWARD = frozenset(
    {Stage.DETECTION, Stage.FIRST_RESPONSE, Stage.IDENTIFICATION, Stage.REFLECTION}
)
"""Stages of other decisions than an award."""

_SPEAKING = {Role.LEGAL_REPRESENTATIVE, Role.GUARDIAN}

Party = Callable[[PlanGraph], tuple[Agency, ...]]


def who(*functions: Function, sectors: Collection[Sector] = ()) -> Party:
    """Those who hold one of these functions; where nobody does, those of the sectors."""

    def find(graph: PlanGraph) -> tuple[Agency, ...]:
        held = {a.id for f in functions for a in graph.with_function(f)}
        if not held:
            return graph.in_sector(*sectors)
        return tuple(a for a in graph.agencies if a.id in held)

    return find


def either(*parties: Party) -> Party:
    """Those of any of these sides."""

    def find(graph: PlanGraph) -> tuple[Agency, ...]:
        ids = {a.id for party in parties for a in party(graph)}
        return tuple(a for a in graph.agencies if a.id in ids)

    return find


investigators = who(_F.CRIMINAL_INVESTIGATION, _F.EX_OFFICIO_INVESTIGATION,
                      sectors=(_S.LAW_ENFORCEMENT,))  # fmt: skip
prosecutors = who(_F.PROSECUTION_SERVICE, sectors=(_S.PROSECUTION,))
courts = who(_F.ADJUDICATION, _F.SENTENCING, sectors=(_S.JUDICIARY,))
justice = either(investigators, prosecutors, courts)
money = who(_F.FINANCIAL_INVESTIGATION, sectors=(_S.FINANCIAL_INTELLIGENCE,))
inquirers = either(who(_F.CORRUPTION_INVESTIGATION), who(sectors=(_S.ANTI_CORRUPTION,)))
returners = who(_F.SAFE_RETURN)
seizers = who(_F.ASSET_CONFISCATION, sectors=(_S.ASSET_RECOVERY,))
permits = who(_F.RESIDENCE_STATUS)
removers = who(_F.REMOVAL, sectors=(_S.IMMIGRATION_AUTHORITY,))
awarders = who(_F.COMPENSATION_ORDER)
payers = either(who(_F.STATE_COMPENSATION), who(sectors=(_S.COMPENSATION_FUND,)))


def tracers(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who follow the money for others; police and prosecutors do so for themselves."""
    return tuple(a for a in money(graph) if a.sector not in (_S.LAW_ENFORCEMENT, _S.PROSECUTION))


def awaiting(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who receive persons who return, here or in another State."""
    return tuple(
        a
        for a in graph.agencies
        if Role.REINTEGRATION_PROVIDER in a.roles
        or _F.REINTEGRATION_SUPPORT in a.functions
        or a.sector is _S.FOREIGN_COUNTERPART
    )


def everybody(graph: PlanGraph) -> tuple[Agency, ...]:
    """All agencies of the plan."""
    return graph.agencies


def deciders(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who decide who is a victim."""
    return graph.competent_authorities


def helpers(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who help a victim."""
    return graph.providers


def speaking(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who speak for a victim, or keep the case together."""
    lead = {a.id for a in graph.case_managers}
    return tuple(
        a
        for a in graph.agencies
        if a.id in lead or a.sector is _S.LEGAL_AID or not _SPEAKING.isdisjoint(a.roles)
    )


victims_side = either(helpers, speaking)


def lawyers(graph: PlanGraph) -> tuple[Agency, ...]:
    """Legal aid, and whoever represents victims."""
    return (*graph.in_sector(_S.LEGAL_AID), *graph.with_role(Role.LEGAL_REPRESENTATIVE))


def outside_the_inquiry(graph: PlanGraph) -> tuple[Agency, ...]:
    """Those who decide who is a victim, and lawyers; nobody, where the file says it anyway."""
    deciding = deciders(graph)
    if any(graph.investigates(a) for a in deciding):
        return ()
    return tuple(dict.fromkeys((*deciding, *lawyers(graph))))


speakers = either(deciders, victims_side, courts)


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
        expected: the handoff that would close it, from and to nobody yet.
        requirements: what asks for it.
        each: whether everybody who has it must give it; else it is enough that one does.
        person: on which side the trafficked person counts too: 'sends', 'receives' or ''.
        not_at: stages at which such a handoff is about something else.
        over: over whom it may go on its way, besides the two sides.
        saying: needs with which anybody's handoff to the receivers carries it along.
        first: of those who could give it, whose task it is to begin; all, where it is not given.
        whom: the groups that it is about; everybody, where it is not given.
    """

    id: str
    senders: Party
    receivers: Party
    kinds: frozenset[HandoffKind]
    thing: str
    harm: str
    mend: str
    expected: Expected
    requirements: tuple[str, ...]
    each: bool = False
    person: str = ""
    not_at: frozenset[Stage] = frozenset()
    over: Party | None = None
    saying: frozenset[Need] = frozenset()
    first: Party | None = None
    whom: tuple[Group, ...] = ()

    def carries(self, handoff: Handoff) -> bool:
        """Whether a handoff is of the kind and stage that this needs."""
        return handoff.kind in self.kinds and handoff.stage not in self.not_at


def answers(graph: PlanGraph, lines: Iterable[Line]) -> Iterator[Answer]:
    """What a plan says of each line of which both sides are in it."""
    unwanted = Unwanted(graph)
    for line in lines:
        senders, receivers = line.senders(graph), line.receivers(graph)
        if not senders or not receivers or not graph.may_be(*line.whom):
            continue
        giving = _giving(graph, line, senders, receivers, unwanted)
        silent = [a for a in senders if a.id not in giving]
        if not silent or (not line.each and giving):
            yield Met(Ref(Kind.PLAN, line.id))
        else:
            yield _flag(graph, line, tuple(silent), receivers)


def _giving(
    graph: PlanGraph,
    line: Line,
    senders: tuple[Agency, ...],
    receivers: tuple[Agency, ...],
    unwanted: Unwanted,
) -> set[str]:
    """Whoever gives it to somebody who needs it, itself or over others."""
    ours, theirs = {a.id for a in senders}, {a.id for a in receivers}
    ends = set(theirs)
    between = ours | theirs | {a.id for a in (line.over(graph) if line.over else ())}
    if line.person == "receives":
        telling = {h.sender for h in graph.received_by(PERSON) if line.carries(h)}
        ends |= telling & between

    def passes(h: Handoff) -> bool:
        return line.carries(h) and h.receiver in between and h not in unwanted

    giving = ours.intersection(graph.whom_it_leads(ends, passes))
    if line.person == "sends":
        giving |= {h.sender for h in graph.sent_by(PERSON) if h.receiver in theirs and passes(h)}
    if line.saying:
        coming = (h for receiver in theirs for h in graph.received_by(receiver, CASE_KINDS))
        giving |= {h.sender for h in coming if not line.saying.isdisjoint(h.needs)}
    return giving


def _flag(
    graph: PlanGraph, line: Line, silent: tuple[Agency, ...], receivers: tuple[Agency, ...]
) -> Flag:
    before = {a.id for a in line.first(graph)} if line.first else set()
    likely = graph.likely(silent)
    named = [a for a in likely if a.id in before] or likely
    first = named[0]
    ends = [a for a in graph.likely(receivers) if a.id != first.id][:2]
    givers, takers = _names(named), _names(ends if line.person == "receives" else receivers)
    if line.person == "receives":
        takers = f"the person, or to those who help or speak for one ({takers})"
    one = not line.each or len(named) == 1
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
            replace(line.expected, sender=first.id, receiver=end)
            for end in ([PERSON] if line.person == "receives" else []) + [a.id for a in ends]
            if one
        ),
        lacking=() if one else (f"such a handoff from each of: {givers}",),
        pillars=line.expected.pillars,
        requirements=line.requirements,
    )


def _names(agencies: Iterable[Agency]) -> str:
    return listed((a.name for a in agencies), most=3)
