"""G45: those who charge, without a way to those who ask whether the accused is a victim."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, rule
from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, PUBLIC, Agency
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_ARRESTING = {
    Sector.LAW_ENFORCEMENT,
    Sector.BORDER_CONTROL,
    Sector.IMMIGRATION_AUTHORITY,
}


@rule(
    code="G45",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-26", "ACT-14-7", "OHC-P7"),
)
def charged_before_asked(graph: PlanGraph) -> Iterator[Answer]:
    """A person can be charged or locked up for what traffickers made them do, and nobody asks.

    Why it matters:
        False papers, illegal stay, prostitution, drugs carried under threat: a victim stands before
        the court as an offender. A sentence ends the hope of being seen as a victim.

    What it looks at:
        Those who can bring a person before a court or into custody: prosecutors (sector prosecution
        or function prosecution_service), whoever sends a handoff of kind charge, and police, border
        or immigration agencies that hand persons to a detention authority. It is in order when
        such an agency identifies victims itself, can pass a case on to one that does (by a charge
        is too late), holds non_punishment (it checks before it charges), or is come to only behind
        an agency that identifies. Where nobody in the plan identifies, the rule does not apply;
        others say so.

    When it is no trouble:
        The agency never acts against persons who may be victims, as one that only prosecutes
        officials. Whom a charge is against is not in format 1.

    Broken:
        format: 1
        plan: {id: example, title: In the dock, as_of: 2024, completeness: complete}
        agencies:
          - {id: patrol, name: Street police, sector: law_enforcement, roles: [detecting_agency]}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: patrol, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: patrol, to: panel, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Asked in time, as_of: 2024, completeness: complete}
        agencies:
          - {id: patrol, name: Street police, sector: law_enforcement, roles: [detecting_agency]}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: patrol, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
          - {from: patrol, to: panel, pillars: [protect], kind: referral}
          - {from: prosecutor, to: panel, pillars: [protect, prosecute], kind: referral}
    """
    identifying = {a.id for a in graph.identifiers}
    accusers = _accusing(graph) if identifying else set()
    if not accusers:
        return
    leading = graph.leading_to(identifying, CASE_KINDS - {HandoffKind.CHARGE})
    ends = graph.likely(graph.competent_authorities)
    unasked, asked = _met_before(graph, identifying)
    for a in (a for a in graph.agencies if a.id in accusers):
        checked = a.id in asked and a.id not in unasked
        if a.id in leading or checked or Function.NON_PUNISHMENT in a.functions:
            yield Met(a.ref)
        else:
            yield _flag(a, [end for end in ends[:4] if end.id != a.id][:3])


def _accusing(graph: PlanGraph) -> set[str]:
    ids = {
        a.id
        for a in graph.agencies
        if a.sector is Sector.PROSECUTION or Function.PROSECUTION_SERVICE in a.functions
    }
    for h in graph.handoffs:
        if h.sender in PARTICIPANTS:
            continue
        if h.kind is HandoffKind.CHARGE or (
            h.kind in MOVING_KINDS
            and h.receiver not in PARTICIPANTS
            and graph.agency(h.receiver).sector is Sector.DETENTION_AUTHORITY
            and graph.agency(h.sender).sector in _ARRESTING
        ):
            ids.add(h.sender)
    return ids


def _met_before(graph: PlanGraph, identifying: set[str]) -> tuple[set[str], set[str]]:
    """Whom a case can come to before anybody has asked, and whom it can come to after."""
    starts = [PERSON, PUBLIC, *(a.id for a in graph.detectors)]
    starts += [a.id for a in graph.in_sector(*_ARRESTING)]
    unasked = graph.reached_from(starts, CASE_KINDS, avoiding=identifying)
    return set(unasked), set(graph.reached_from(identifying))


def _flag(accuser: Agency, ends: list[Agency]) -> Flag:
    whom = ends[0].name
    return Flag(
        about=agency(accuser.id),
        message=(
            f"A person who was made to break the law can be charged or held by {accuser.name}, and "
            "nothing leads from there to those who would ask whether that person is a victim."
        ),
        ask=(
            f"No source states what becomes of an accused person who shows signs of trafficking "
            f"at {accuser.name}, or who has asked before. Ask whether there is a check before "
            f"charge, and how {whom} is told."
        ),
        mend=(
            f"Let {accuser.name} hold the charge and refer an accused person who shows signs of "
            f"trafficking to {whom}. Drop it where the person was made to act."
        ),
        expected=tuple(
            Expected(
                sender=accuser.id,
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
                stage=Stage.IDENTIFICATION,
                what="accused person with signs of trafficking",
            )
            for end in ends
        ),
    )
