"""G02: steps that send a person away, reached without meeting anyone who identifies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, rule
from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, PUBLIC, Agency, Handoff
from interagency.vocabulary import (
    Condition,
    Function,
    Group,
    HandoffKind,
    Need,
    Pillar,
    Sector,
    Stage,
)

_HELPING = {
    Stage.DETECTION,
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.REFLECTION,
    Stage.ASSISTANCE,
    Stage.LEGAL_STATUS,
    Stage.SOCIAL_INCLUSION,
}
_COMING_HOME = {Group.NATIONALS, Group.NATIONALS_ABROAD}
_ABROAD = {Sector.FOREIGN_AFFAIRS_CONSULAR, Sector.FOREIGN_COUNTERPART}
_AGREED = {Need.CONSENT, Need.INFORMED_CHOICE, Need.VOLUNTARINESS}


@rule(
    code="G02",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2A", "PAL-07", "OHC-G2-6"),
)
def removal_before_identification(graph: PlanGraph) -> Iterator[Answer]:
    """A person can be locked up or sent away before anyone has asked whether they are a victim.

    Why it matters:
        Who is removed cannot be asked any more. Many victims have no papers, or were made to break
        a law, and are met first by those whose task is to send them back.

    What it looks at:
        Steps of removal: a referral, custody transfer or decision at the stage
        return_reintegration; a referral or custody transfer to a detention authority; either of
        them to an immigration authority or to whoever has the function removal, except a referral
        at a stage of help (a referral for a permit removes nobody). A step is trouble when a case
        can come to it from the person, the public or an agency that detects without meeting an
        agency that identifies, be it as sender or as receiver. Only the first such step of a way is
        told: what follows hangs on it. A step behind an identification is in order; a step that
        nothing leads to is left out.

    When it is no trouble:
        Coming home, and leaving by choice, are no removal: a step at return_reintegration that
        comes from a consulate or from abroad, is limited to nationals, or asks for consent, an
        informed choice or voluntariness. That a paper says 'consent' does not make it so; no file
        can tell.

    Broken:
        format: 1
        plan: {id: example, title: Straight to the cell, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, roles: [detecting_agency]}
          - {id: cells, name: Removal centre, sector: detention_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: border, to: panel, pillars: [protect], kind: referral}
          - {from: border, to: cells, pillars: [prosecute], kind: custody_transfer}

    Mended:
        format: 1
        plan: {id: example, title: Asked first, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, roles: [detecting_agency]}
          - {id: cells, name: Removal centre, sector: detention_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: border, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: cells, pillars: [prosecute], kind: custody_transfer}
    """
    identifying = {a.id for a in graph.identifiers}
    steps = [h for h in graph.handoffs if _removes(h, graph)]
    if not steps:
        return
    starts = [PERSON, PUBLIC, *(a.id for a in graph.detectors)]
    unasked = _ways(graph, starts, identifying, {h.id for h in steps})
    asked = graph.reached_from(identifying)
    ends = graph.likely(graph.competent_authorities)[:3]
    for step in steps:
        if step.receiver in identifying or step.sender in identifying:
            yield Met(step.ref)
        elif step.sender in unasked:
            yield _flag(graph, step, _back(unasked, step), ends)
        elif step.sender in asked:
            yield Met(step.ref)


def _removes(step: Handoff, graph: PlanGraph) -> bool:
    if step.receiver in PARTICIPANTS and step.kind is not HandoffKind.DECISION:
        return False
    if step.stage is Stage.RETURN_REINTEGRATION:
        moves = step.kind in MOVING_KINDS or step.kind is HandoffKind.DECISION
        return moves and graph.may_be(Group.FOREIGN_NATIONALS) and not _comes_home(step, graph)
    if step.kind not in MOVING_KINDS:
        return False
    into = graph.agency(step.receiver)
    if into.sector is Sector.DETENTION_AUTHORITY:
        return True
    removes = into.sector is Sector.IMMIGRATION_AUTHORITY or Function.REMOVAL in into.functions
    if removes and graph.may_be(Group.FOREIGN_NATIONALS):
        return step.kind is HandoffKind.CUSTODY_TRANSFER or step.stage not in _HELPING
    return False


def _comes_home(step: Handoff, graph: PlanGraph) -> bool:
    sender = None if step.sender in PARTICIPANTS else graph.agency(step.sender)
    return (
        (sender is None or sender.sector in _ABROAD)
        or bool(step.only_for and _COMING_HOME.issuperset(step.only_for))
        or Condition.CONSENT_GIVEN in step.conditions
        or not _AGREED.isdisjoint(step.needs)
    )


_Before = dict[str, Handoff | None]


def _ways(graph: PlanGraph, starts: Iterable[str], shut: set[str], ends: set[str]) -> _Before:
    """Who is reached by no agency that is shut, and over no handoff that ends a way."""
    before: _Before = {s: None for s in starts if s not in shut}
    queue = list(before)
    for node in queue:
        for h in graph.sent_by(node, CASE_KINDS):
            far = h.receiver
            if far not in before and far not in shut and h.id not in ends:
                before[far] = h
                queue.append(far)
    return before


def _back(before: _Before, step: Handoff) -> tuple[Handoff, ...]:
    way = [step]
    while (h := before[way[-1].sender]) is not None:
        way.append(h)
    return tuple(reversed(way))


def _flag(
    graph: PlanGraph, step: Handoff, way: tuple[Handoff, ...], ends: tuple[Agency, ...]
) -> Flag:
    start, sender, receiver = (graph.name(i) for i in (way[0].sender, step.sender, step.receiver))
    what = f" What passes: {step.what}." if step.what else ""
    begins = "" if len(way) == 1 else f" The way begins at {start}."
    whom = ends[0].name if ends else "an agency that identifies victims"
    agencies = [end for end in (step.sender, step.receiver) if end not in PARTICIPANTS]
    return Flag(
        about=(*handoff(step), *agency(*agencies)),
        message=(
            f"{sender} → {receiver}: this step of removal or return can be taken before anyone "
            f"has asked whether the person is trafficked.{begins}{what}"
        ),
        mend=(
            f"Let {whom} hear each person before this step. The step waits until it is decided "
            "whether the person is trafficked."
        ),
        expected=tuple(
            Expected(
                sender=step.sender,
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.IDENTIFICATION,
                what="person to be heard before any removal",
            )
            for end in ends
            if step.sender not in PARTICIPANTS
        ),
        stated=True,
        paths=tuple(h.id for h in way),
    )
