"""G05: help or a permit that is given only to those who help the criminal case."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import (
    Condition,
    Function,
    HandoffKind,
    Pillar,
    Role,
    Sector,
    Stage,
)

_C = Condition
_PRICE = {
    _C.COOPERATES: "who help the investigation or prosecution",
    _C.CASE_OPENED: "in whose matter a criminal case is open",
    _C.CHARGE_LAID: "in whose matter somebody has been charged",
    _C.CONVICTION: "in whose matter somebody has been convicted",
}
_HELP = {
    Stage.FIRST_RESPONSE,
    Stage.REFLECTION,
    Stage.ASSISTANCE,
    Stage.LEGAL_STATUS,
    Stage.SOCIAL_INCLUSION,
}
_KINDS = CASE_KINDS | {HandoffKind.ASSET_TRANSFER}
_REMOVING = {HandoffKind.CUSTODY_TRANSFER, HandoffKind.ORDER}


@rule(
    code="G05",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-12-6", "OHC-P8", "COE-14-1"),
)
def help_for_testimony(graph: PlanGraph) -> Iterator[Answer]:
    """Help, a lawyer or a right to stay is given only to those who help the criminal case.

    Why it matters:
        Help that has to be paid for with testimony does not reach those who are most afraid. And
        what is said for a bed or a visa is worth little in court.

    What it looks at:
        Every step that brings a person help: of stage first_response, reflection, assistance,
        legal_status or social_inclusion; or, where no stage is given, a step of pillar protect to a
        provider, a health service, legal aid or an NGO. Steps to those who investigate, unless they
        also give help, to a body that protects witnesses, and into identification are left out. It
        is in order unless it waits for co-operation, a case, a charge or a conviction (conditions
        cooperates, case_opened, charge_laid, conviction).

    When it is no trouble:
        A residence permit may lawfully be tied to co-operation: article 14(1) of the Council of
        Europe Convention (CETS 197) lets a Party give it for the personal situation (a), for
        co-operation (b), or for both. So a permit is in order when the same authority can be
        reached for one without that condition, by the same persons and for as long; otherwise it is
        told, with that article. A plan that writes no conditions is taken to have none.

    Broken:
        format: 1
        plan: {id: example, title: A bed for a statement, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - from: police
            to: shelter
            pillars: [protect]
            kind: referral
            stage: assistance
            conditions: [cooperates]

    Mended:
        format: 1
        plan: {id: example, title: A bed, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - from: police
            to: shelter
            pillars: [protect]
            kind: referral
            stage: assistance
            needs: [non_conditionality]
    """
    helping = _helping(graph)
    shut = {a.id for a in graph.agencies if _shut(graph, a.id, helping)}
    deciding = {a.id for a in graph.identifiers}
    free = [h for h in graph.handoffs if not _price(h) and _permits(h, graph)]
    for step in graph.handoffs:
        if not _gives_help(step, helping, shut) or _identifies(step, deciding):
            continue
        price = _price(step)
        if not price or (_permits(step, graph) and any(_as_good(h, step) for h in free)):
            yield Met(step.ref)
        else:
            yield _flag(graph, step, price, permit=_permits(step, graph))


def _price(step: Handoff) -> list[Condition]:
    return [condition for condition in step.conditions if condition in _PRICE]


def _helping(graph: PlanGraph) -> set[str]:
    kinds = (Sector.HEALTH, Sector.LEGAL_AID, Sector.NGO_SERVICE_PROVIDER)
    counsel = graph.with_role(Role.LEGAL_REPRESENTATIVE)
    return {a.id for a in (*graph.providers, *graph.in_sector(*kinds), *counsel)}


def _shut(graph: PlanGraph, agency_id: str, helping: set[str]) -> bool:
    """Whether what comes to an agency is, as a rule, no help for a victim."""
    receiver = graph.agency(agency_id)
    return receiver.sector is Sector.WITNESS_PROTECTION or (
        graph.investigates(receiver) and agency_id not in helping
    )


def _gives_help(step: Handoff, helping: set[str], shut: set[str]) -> bool:
    if step.kind not in _KINDS or step.receiver in shut or Pillar.PROTECT not in step.pillars:
        return False
    return step.stage in _HELP or (step.stage is None and step.receiver in helping)


def _identifies(step: Handoff, deciding: set[str]) -> bool:
    """Whether the step leads into an identification; another rule asks about those."""
    early = step.stage in (Stage.FIRST_RESPONSE, None)
    return early and step.receiver in deciding and step.sender not in deciding


def _permits(step: Handoff, graph: PlanGraph) -> bool:
    """Whether the step is about a right to stay."""
    if step.stage is Stage.LEGAL_STATUS:
        return True
    if step.receiver in PARTICIPANTS or step.stage is not None or step.kind in _REMOVING:
        return False
    return Function.RESIDENCE_STATUS in graph.agency(step.receiver).functions


def _as_good(other: Handoff, step: Handoff) -> bool:
    """Whether the other step leads to the same permit: for the same persons, for as long."""
    everyone = not other.only_for or (
        bool(step.only_for) and set(other.only_for).issuperset(step.only_for)
    )
    as_long = other.stay is None or (step.stay is not None and other.stay.days >= step.stay.days)
    return (other.receiver, other.stage) == (step.receiver, step.stage) and everyone and as_long


def _flag(graph: PlanGraph, step: Handoff, price: list[Condition], *, permit: bool) -> Flag:
    sender, receiver = graph.name(step.sender), graph.name(step.receiver)
    whom = listed(_PRICE[condition] for condition in price)
    what = f" What passes: {step.what}." if step.what else ""
    ends = [end for end in (step.sender, step.receiver) if end not in PARTICIPANTS]
    if permit:
        message = (
            f"{sender} to {receiver}: the right to stay is open only to those {whom}.{what} A "
            "State may tie a permit to that (CETS 197, article 14(1)(b)); then victims who cannot "
            "or dare not have none, unless the plan also gives one for the personal situation."
        )
        mend = (
            f"Add a way to {receiver} for a permit on grounds of the personal situation (CETS 197, "
            "article 14(1)(a)), which asks for no co-operation."
        )
    else:
        message = (
            f"{sender} to {receiver}: help is given only to those {whom}.{what} Those who cannot "
            "or dare not are left without."
        )
        mend = "Take the condition away: help follows from reasonable grounds and need alone."
    return Flag(
        about=(*handoff(step), *agency(*ends)),
        message=message,
        mend=mend,
        expected=(_personal(step),) if permit else (),
        lacking=tuple(f"the condition '{c.value}' lifted from this step" for c in price),
        stated=True,
        paths=(step.id,),
    )


def _personal(step: Handoff) -> Expected:
    return Expected(
        sender=step.sender,
        receiver=step.receiver,
        kind=step.kind,
        pillars=(Pillar.PROTECT,),
        stage=step.stage,
        what="victim who needs to stay because of the personal situation",
    )
