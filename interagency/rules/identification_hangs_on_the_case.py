"""G04: no way to an identification decision that is free of the criminal case."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import (
    Answer,
    Expected,
    Flag,
    Met,
    Severity,
    agency,
    handoff,
    listed,
    rule,
)
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Condition, HandoffKind, Pillar, Stage

_PLACE = Ref(Kind.PLAN, "identification")
_C = Condition
_CASE = {
    _C.CASE_OPENED: "a criminal case is open",
    _C.CHARGE_LAID: "somebody has been charged",
    _C.CONVICTION: "somebody has been convicted",
    _C.COOPERATES: "the person helps the investigation",
}
_EARLY = (Stage.DETECTION, Stage.FIRST_RESPONSE, None)


@rule(
    code="G04",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-10-2B", "COE-12-6", "NRM-02"),
)
def identification_hangs_on_the_case(graph: PlanGraph) -> Iterator[Answer]:
    """Nobody is found to be a victim unless the criminal case gets that far.

    Why it matters:
        Who investigates asks what can be proved in court. When the same hands decide who is a
        victim, whoever has no case, or is afraid to make one, is none.

    What it looks at:
        Two things. All ways from where cases begin (the person, the public, every agency that
        detects) to an agency that identifies: it is in order when one of them passes no agency that
        investigates or prosecutes, the identifying agency itself among them. And every step into an
        identification (stage identification, or an earlier stage of pillar protect that ends at an
        agency that identifies): it is in order unless it waits for a case, a charge, a conviction
        or the person's co-operation (conditions case_opened, charge_laid, conviction, cooperates).
        An agency investigates when it is of sector law_enforcement or prosecution, or holds a
        function of inquiry, evidence_collection among them.

    When it is no trouble:
        A panel on which the police sit with others identifies: let the panel be an agency of its
        own, to which others refer as well. What standard of proof is used inside an agency, no file
        can tell.

    Broken:
        format: 1
        plan: {id: example, title: Only the police, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: Hotline, roles: [detecting_agency]}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: hotline, to: police, pillars: [protect], kind: referral}
          - from: police
            to: panel
            pillars: [protect]
            kind: referral
            stage: identification
            conditions: [case_opened]

    Mended:
        format: 1
        plan: {id: example, title: Also without the police, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: Hotline, roles: [detecting_agency]}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: hotline, to: police, pillars: [protect], kind: referral}
          - {from: hotline, to: panel, pillars: [protect], kind: referral, stage: identification}
          - {from: police, to: panel, pillars: [protect], kind: referral, stage: identification}
    """
    if graph.identifiers and graph.entries:
        yield _ways(graph)
    identifying = {a.id for a in graph.identifiers}
    for step in graph.handoffs:
        if _identifies(step, identifying):
            waits = [condition for condition in step.conditions if condition in _CASE]
            yield _waiting(graph, step, waits) if waits else Met(step.ref)


def _ways(graph: PlanGraph) -> Answer:
    inquiring = {a.id for a in graph.agencies if graph.investigates(a)}
    free = [a for a in graph.identifiers if a.id not in inquiring]
    open_ways = graph.reached_from(graph.entries, avoiding=inquiring)
    if any(a.id in open_ways for a in free):
        return Met(_PLACE)
    return _bound(graph, free, _passed(graph, inquiring))


def _passed(graph: PlanGraph, inquiring: set[str]) -> list[Agency]:
    """The agencies that investigate and stand on a way to an identification."""
    reached = graph.reached_from(graph.entries)
    leading = graph.leading_to([a.id for a in graph.identifiers])
    on_a_way = inquiring & reached.keys() & leading.keys()
    return [a for a in graph.agencies if a.id in on_a_way]


def _bound(graph: PlanGraph, free: list[Agency], passed: list[Agency]) -> Flag:
    who = listed((a.name for a in passed), most=4)
    ends = graph.likely(free)[:2]
    if ends:
        whom = listed(a.name for a in ends)
        through = f" except through {who}, where the case is investigated" if passed else ""
        message = f"No case comes to {whom} for identification{through}."
        ask = (
            f"No source states how a person comes to {whom} for identification other than through "
            "those who investigate. Ask who else may bring a case there."
        )
        mend = (
            f"Let those who may meet victims, and the person, turn to {whom} directly, on signs "
            "alone, whether or not there is a criminal case."
        )
    else:
        passed = list(graph.identifiers)
        others = listed((a.name for a in passed), most=4)
        message = (
            f"Only those who investigate or prosecute decide who is a victim: {others}. Whoever "
            "gives them no case is not identified."
        )
        ask = (
            "No source names anybody who decides who is a victim other than those who investigate "
            f"or prosecute: {others}. Ask whether somebody else can."
        )
        mend = (
            "Give the power to identify, on reasonable grounds, to an agency or panel that neither "
            "investigates nor prosecutes, and let every agency that may meet victims refer there."
        )
    return Flag(
        about=(_PLACE, *agency(*(a.id for a in (*passed, *ends)))),
        message=message,
        ask=ask,
        mend=mend,
        expected=tuple(_expected(graph, ends)),
        lacking=() if ends else ("an agency that identifies and does not investigate",),
    )


def _expected(graph: PlanGraph, ends: tuple[Agency, ...]) -> Iterator[Expected]:
    meeting = [a for a in graph.likely(graph.detectors) if not graph.investigates(a)][:2]
    for end in ends:
        for sender in [*(a.id for a in meeting), PERSON]:
            yield Expected(
                sender=sender,
                receiver=end.id,
                kind=HandoffKind.REQUEST_FOR_ASSISTANCE
                if sender == PERSON
                else HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.IDENTIFICATION,
                what="person with signs of trafficking",
            )


def _identifies(step: Handoff, identifying: set[str]) -> bool:
    if step.kind not in CASE_KINDS:
        return False
    if step.stage is Stage.IDENTIFICATION:
        return True
    return (
        step.receiver in identifying
        and step.sender not in identifying
        and step.stage in _EARLY
        and Pillar.PROTECT in step.pillars
    )


def _waiting(graph: PlanGraph, step: Handoff, waits: list[Condition]) -> Flag:
    sender, receiver = graph.name(step.sender), graph.name(step.receiver)
    until = listed(_CASE[condition] for condition in waits)
    ends = [end for end in (step.sender, step.receiver) if end in {a.id for a in graph.agencies}]
    return Flag(
        about=(*handoff(step), *agency(*ends)),
        message=(
            f"{sender} to {receiver}: this step of identification is taken only when {until}. "
            "Whoever has no such case is not identified."
        ),
        mend=(
            f"Take the condition away, so that signs are enough for {receiver} to be asked; the "
            "criminal case runs beside."
        ),
        lacking=tuple(f"the condition '{c.value}' lifted from this step" for c in waits),
        stated=True,
        paths=(step.id,),
    )
