"""G17: no way to compensation, and nobody who follows the money."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_COMPENSATION = Ref(Kind.PLAN, "compensation")
_FINANCE = Ref(Kind.PLAN, "financial-investigation")
_F = Function
_AWARDING = {_F.COMPENSATION_ORDER, _F.STATE_COMPENSATION}
_INQUIRING = {
    _F.CRIMINAL_INVESTIGATION,
    _F.EX_OFFICIO_INVESTIGATION,
    _F.PROACTIVE_INVESTIGATION,
    _F.PROSECUTION_SERVICE,
}


@rule(
    code="G17",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("UNT-12", "COE-15-4", "UNT-25-2"),
)
def money_trail_cut(graph: PlanGraph) -> Iterator[Answer]:
    """No way leads a victim to compensation, or nobody follows the money.

    Why it matters:
        Trafficking is done for money. Where nobody traces it, nothing can be taken from the
        traffickers; where no claim gets through, compensation is a right that is never paid.

    What it looks at:
        Two things. Whether a case comes to one who awards or pays compensation (sector
        compensation_fund, functions compensation_order or state_compensation) from the person, the
        public, those who detect, identify or help, or a victim's lawyer; to be one of these and
        award oneself is enough. And whether a case comes from those who investigate or prosecute
        to one who follows the money (sector financial_intelligence, function
        financial_investigation, held or supported), or they do so themselves.

    When it is no trouble:
        The criminal court awards compensation in its judgment: give it the function
        compensation_order, and let the charge or the claim lead there. Whether what was confiscated
        feeds a fund is left open by the treaties, and whether money arrives no plan tells.

    Broken:
        format: 1
        plan: {id: example, title: A right on paper, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: fund, name: Victims' fund, sector: compensation_fund}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: A right with a way, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: fund, name: Victims' fund, sector: compensation_fund}
          - {id: unit, name: Financial intelligence unit, sector: financial_intelligence}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: shelter, to: fund, pillars: [prosecute], kind: complaint, stage: compensation}
          - {from: police, to: unit, pillars: [prosecute], kind: request_for_assistance}
    """
    if graph.identifiers or graph.providers:
        yield _compensated(graph)
    inquiring = [a for a in graph.agencies if _inquires(a)]
    if inquiring:
        yield _followed(graph, inquiring)


def _awards(a: Agency) -> bool:
    return a.sector is Sector.COMPENSATION_FUND or not _AWARDING.isdisjoint(a.functions)


def _inquires(a: Agency) -> bool:
    return a.sector in (Sector.LAW_ENFORCEMENT, Sector.PROSECUTION) or (
        a.sector is not Sector.FINANCIAL_INTELLIGENCE and not _INQUIRING.isdisjoint(a.functions)
    )


def _working(inquiring: tuple[Agency, ...]) -> list[Agency]:
    """Those who work on cases before those who only command them."""
    return sorted(inquiring, key=lambda a: _INQUIRING.isdisjoint(a.functions))


def _traces(a: Agency) -> bool:
    return a.sector is Sector.FINANCIAL_INTELLIGENCE or _F.FINANCIAL_INVESTIGATION in (
        *a.functions,
        *a.supports,
    )


def _said_to_lack(graph: PlanGraph, functions: set[Function]) -> bool:
    return any(not functions.isdisjoint(a.lacks) for a in graph.agencies)


def _pays(h: Handoff) -> bool:
    to_the_victim = h.receiver == PERSON and h.sender not in PARTICIPANTS
    return to_the_victim and h.stage is Stage.COMPENSATION


def _compensated(graph: PlanGraph) -> Answer:
    lawyers = (*graph.in_sector(Sector.LEGAL_AID), *graph.with_role(Role.LEGAL_REPRESENTATIVE))
    near = (*graph.providers, *lawyers, *graph.identifiers)
    awarding = [a for a in graph.agencies if _awards(a)]
    unpaid = [h for h in graph.absent if _pays(h)] if not awarding else []
    reached = graph.reached_from([PERSON, *graph.entries, *(a.id for a in near)])
    if any(a.id in reached for a in awarding):
        return Met(_COMPENSATION)
    ends = graph.likely(awarding)[:2]
    names = listed((a.name for a in awarding), most=4)
    helpers = graph.likely(graph.providers or graph.identifiers)[:2]
    whom = ends[0].name if ends else "a court or fund that can award it"
    if awarding:
        message = f"No victim's claim leads to compensation: nothing comes to {names}."
        ask = f"No source states how a victim's claim for compensation comes to {names}."
    elif unpaid:
        payers = listed(dict.fromkeys(graph.name(h.sender) for h in unpaid))
        message = f"What {payers} should award or pay to victims is not paid, the plan says."
        ask = message
    else:
        message = "No agency of the plan awards or pays compensation to victims."
        ask = "No source states who awards compensation to victims, or pays it."
    return Flag(
        about=(
            _COMPENSATION,
            *agency(*(a.id for a in awarding), *(h.sender for h in unpaid)),
            *agency(*(a.id for a in helpers)),
            *handoff(*unpaid),
        ),
        message=message,
        ask=f"{ask} Ask who tells the victim, who files the claim and by when.",
        mend=(
            f"Write who files the claim with the victim's consent, and by when, at {whom}; and who "
            "pays when the traffickers cannot."
        ),
        expected=tuple(
            _expected(sender, end.id, HandoffKind.COMPLAINT, Stage.COMPENSATION, "victim's claim")
            for end in ends
            for sender in (*(a.id for a in helpers), PERSON)
        ),
        lacking=()
        if ends
        else ("the function compensation_order or state_compensation given to an agency",),
        stated=not awarding and (bool(unpaid) or _said_to_lack(graph, _AWARDING)),
    )


def _followed(graph: PlanGraph, inquiring: list[Agency]) -> Answer:
    tracing = [a for a in graph.agencies if _traces(a)]
    reached = graph.reached_from([a.id for a in inquiring])
    if any(a.id in reached for a in tracing):
        return Met(_FINANCE)
    ends, begins = graph.likely(tracing)[:2], _working(graph.likely(inquiring))[:2]
    names, theirs = listed(a.name for a in ends), listed(a.name for a in begins)
    if ends:
        message = f"No case leads from those who investigate ({theirs}) to {names}."
        ask = (
            f"No source states that those who investigate ({theirs}) bring their cases to {names}."
        )
    else:
        message = "No agency of the plan follows the money in a trafficking case."
        ask = "No source states who follows the money in a trafficking case."
    whom = ends[0].name if ends else "an agency with the function financial_investigation"
    return Flag(
        about=(_FINANCE, *agency(*(a.id for a in (*ends, *begins)))),
        message=f"{message} What the traffickers earned is neither found nor taken.",
        ask=f"{ask} Ask whether each case has a financial inquiry, and who makes it.",
        mend=(
            f"Open a financial inquiry in every trafficking case: let {begins[0].name} ask {whom}, "
            "and use the answer to seize what the traffickers earned."
        ),
        expected=tuple(
            _expected(
                begin.id,
                end.id,
                HandoffKind.REQUEST_FOR_ASSISTANCE,
                Stage.INVESTIGATION,
                "request to trace the money of the suspects",
            )
            for end in ends
            for begin in begins
        ),
        lacking=() if ends else ("the function financial_investigation given to an agency",),
        stated=not tracing and _said_to_lack(graph, {_F.FINANCIAL_INVESTIGATION}),
    )


def _expected(sender: str, receiver: str, kind: HandoffKind, stage: Stage, what: str) -> Expected:
    return Expected(
        sender=sender,
        receiver=receiver,
        kind=kind,
        pillars=(Pillar.PROSECUTE,),
        stage=stage,
        what=what,
    )
