"""G42: cases that cease to be trafficking between the first officer and the court."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import (
    Function,
    HandoffKind,
    Level,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
)

_F = Function
_SPECIAL = {_F.CRIMINAL_INVESTIGATION, _F.EX_OFFICIO_INVESTIGATION, _F.PROACTIVE_INVESTIGATION}
_BELOW = {Level.LOCAL, Level.DISTRICT, Level.PROVINCIAL}
_COURT = {_F.PROSECUTION_SERVICE, _F.ADJUDICATION}
_OF_THE_CASE = {
    None,
    Stage.DETECTION,
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.INVESTIGATION,
    Stage.PROSECUTION,
}
_RECORD = {Need.INDICATORS, Need.WRITTEN_RECORD}


@rule(
    code="G42",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("COE-27-1", "ACT-14-1"),
)
def label_lost_on_the_way(graph: PlanGraph) -> Iterator[Answer]:
    """A trafficking case can be booked as something else, and nothing turns it back.

    Why it matters:
        The first officer writes down prostitution, illegal stay or unpaid wages. What is written
        first decides which unit, which section and which court; nobody looks again.

    What it looks at:
        Three things. (1) Each police agency below the national level that neither investigates nor
        identifies itself, where the plan has police who investigate: is there a way from it to them
        or to an agency that identifies? (2) Once for the plan, where one agency brings charges
        before two or more others, that is, where cases branch by offence: is there a way back from
        it, or from each of them, to an agency that identifies? (3) Once for the plan: can a case
        come from police or those who detect to prosecutors or a criminal court (function
        adjudication) without any step that carries the signs (need indicators or written_record, a
        form, or evidence)? Claims for compensation, return and statistics are no such steps.

    When it is no trouble:
        A general police file goes along with every case: write the need written_record. Which
        section is charged in practice cannot be seen in format 1.

    Broken:
        format: 1
        plan: {id: example, title: Booked as something else, as_of: 2024, completeness: complete}
        agencies:
          - {id: station, name: Police stations, sector: law_enforcement, level: local}
          - {id: unit, name: Anti-trafficking unit, sector: law_enforcement, level: national,
             functions: [criminal_investigation]}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
        handoffs:
          - {from: station, to: prosecutor, pillars: [prosecute], kind: notification}
          - {from: unit, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: The signs go along, as_of: 2024, completeness: complete}
        agencies:
          - {id: station, name: Police stations, sector: law_enforcement, level: local}
          - {id: unit, name: Anti-trafficking unit, sector: law_enforcement, level: national,
             functions: [criminal_investigation]}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
        handoffs:
          - {from: station, to: prosecutor, pillars: [prosecute], kind: notification,
             needs: [indicators]}
          - {from: station, to: unit, pillars: [prosecute], kind: notification, form: checklist}
          - {from: unit, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
    """
    yield from _stations(graph)
    yield from _branches(graph)
    yield from _records(graph)


# --- (1) from the station to the unit -------------------------------------------------------------


def _stations(graph: PlanGraph) -> Iterator[Answer]:
    police = graph.in_sector(Sector.LAW_ENFORCEMENT)
    units = [a for a in police if not _SPECIAL.isdisjoint(a.functions)]
    goals = {a.id for a in (*units, *graph.identifiers)}
    if not units:
        return
    leading = graph.leading_to(goals)
    names, ends = listed(a.name for a in units), graph.likely(units)[:3]
    for station in police:
        if station.level not in _BELOW or station.id in goals:
            continue
        if station.id in leading:
            yield Met(station.ref)
        else:
            yield _alone(station, names, ends)


def _alone(station: Agency, names: str, ends: tuple[Agency, ...]) -> Flag:
    return Flag(
        about=agency(station.id, *(a.id for a in ends)),
        message=(
            f"From {station.name} no case leads to those who investigate trafficking ({names}) or "
            "identify victims. What is booked there as another offence stays that."
        ),
        ask=(
            "No source states how a case that shows signs of trafficking comes from "
            f"{station.name} to {names}. Ask who decides how a complaint is booked, and whom they "
            "call."
        ),
        mend=(
            f"Let {station.name} tell {ends[0].name} of every case with signs of trafficking, "
            "whatever the offence it is booked under, with the list of signs."
        ),
        expected=tuple(
            Expected(
                sender=station.id,
                receiver=unit.id,
                kind=HandoffKind.NOTIFICATION,
                pillars=(Pillar.PROSECUTE, Pillar.PROTECT),
                stage=Stage.INVESTIGATION,
                what="case with signs of trafficking",
            )
            for unit in ends
        ),
    )


# --- (2) from the charge back ---------------------------------------------------------------------


def _branches(graph: PlanGraph) -> Iterator[Answer]:
    before: dict[str, dict[str, None]] = {}
    for h in graph.handoffs:
        if h.kind is HandoffKind.CHARGE and PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)):
            before.setdefault(h.sender, {})[h.receiver] = None
    branching = {sender: list(courts) for sender, courts in before.items() if len(courts) > 1}
    if not branching or not graph.identifiers:
        return
    back = graph.leading_to([a.id for a in graph.identifiers], CASE_KINDS - {HandoffKind.CHARGE})
    lost = [
        s for s, courts in branching.items() if s not in back and not back.keys() >= set(courts)
    ]
    subject = Ref(Kind.PLAN, "offence-branches")
    if not lost:
        yield Met(subject)
        return
    names = listed(map(graph.name, lost))
    courts = [court for sender in lost for court in branching[sender]]
    closing = graph.likely(graph.competent_authorities)[:3] if len(lost) == 1 else ()
    yield Flag(
        about=(subject, *agency(*lost, *courts)),
        message=(
            f"{names} can charge before {listed(map(graph.name, dict.fromkeys(courts)))}, and from "
            "there nothing leads back to an agency that identifies victims: a case that took the "
            "wrong branch stays on it."
        ),
        ask=(
            f"No source states how a case that {names} charged under another offence comes back "
            "to those who identify victims, once signs of trafficking show. Ask who reviews the "
            "charge."
        ),
        mend=(
            f"Let {names} check every related charge for signs of trafficking before it goes to "
            "court, and refer the person concerned to those who identify victims."
        ),
        expected=tuple(
            Expected(
                sender=lost[0],
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROSECUTE, Pillar.PROTECT),
                stage=Stage.IDENTIFICATION,
                what="person in a case that shows signs of trafficking",
            )
            for end in closing
        ),
        lacking=() if closing else tuple(f"a referral from {graph.name(s)}" for s in lost),
    )


# --- (3) what the steps carry ---------------------------------------------------------------------


def _records(graph: PlanGraph) -> Iterator[Answer]:
    ends = {
        a.id
        for a in graph.agencies
        if a.sector is Sector.PROSECUTION or not _COURT.isdisjoint(a.functions)
    }
    starts = [
        a.id
        for a in graph.agencies
        if a.id not in ends
        and (a.sector is Sector.LAW_ENFORCEMENT or Role.DETECTING_AGENCY in a.roles)
    ]
    steps = [h for h in graph.handoffs if h.kind in CASE_KINDS and h.stage in _OF_THE_CASE]
    subject = Ref(Kind.PLAN, "record-of-signs")
    if not _way(starts, ends, steps):
        return
    way = _way(starts, ends, [h for h in steps if not _carries(h)])
    if not way:
        yield Met(subject)
        return
    ids = list(dict.fromkeys(end for h in way for end in (h.sender, h.receiver)))
    names = " → ".join(map(graph.name, ids))
    yield Flag(
        about=(subject, *agency(*ids)),
        message=(
            f"A case can go {names} without any step that carries the signs of trafficking, in "
            "writing or on a form. At the end nobody can see why it was taken for trafficking."
        ),
        ask=(
            f"No source states that the signs of trafficking go along, in writing or on a form, "
            f"when a case goes {names}. Ask what the file holds at each step."
        ),
        mend=(
            "Let a list of signs be filled in at the first contact and travel with the file on "
            "every step up to the court (needs indicators and written_record, or a form)."
        ),
        lacking=("indicators or written_record among the needs, or a form, on these handoffs",),
        paths=tuple(h.id for h in way),
    )


def _carries(h: Handoff) -> bool:
    evidence = h.kind is HandoffKind.EVIDENCE_TRANSFER
    return evidence or bool(h.form) or not _RECORD.isdisjoint(h.needs)


def _way(starts: list[str], ends: set[str], steps: Iterable[Handoff]) -> tuple[Handoff, ...]:
    """A shortest way over these steps from a start to an end; none: ()."""
    out: dict[str, list[Handoff]] = {}
    for h in steps:
        out.setdefault(h.sender, []).append(h)
    before: dict[str, Handoff | None] = dict.fromkeys(starts)
    queue = list(before)
    for node in queue:
        for h in out.get(node, ()):
            if h.receiver in before or h.receiver in PARTICIPANTS:
                continue
            before[h.receiver] = h
            if h.receiver in ends:
                way = [h]
                while (last := before[way[-1].sender]) is not None:
                    way.append(last)
                return tuple(reversed(way))
            queue.append(h.receiver)
    return ()
