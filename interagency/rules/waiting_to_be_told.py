"""G39: a mechanism that finds only those who come to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Sector, Stage

_CONTROL = {
    Sector.BORDER_CONTROL,
    Sector.IMMIGRATION_AUTHORITY,
    Sector.LABOUR_INSPECTION,
    Sector.DETENTION_AUTHORITY,
    Sector.ASYLUM_AUTHORITY,
}
_SUBJECT = Ref(Kind.PLAN, "screening")
_SCREENING = Function.PROACTIVE_SCREENING


@rule(
    code="G39",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("OHC-G2-1", "BAL-PG-1", "PAL-11-1"),
)
def waiting_to_be_told(graph: PlanGraph) -> Iterator[Answer]:
    """Nobody who meets people at work, at borders or in custody looks for victims unasked.

    Why it matters:
        Few victims report themselves: they fear, they are watched, or they do not know the word.
        A mechanism that waits finds those who have already escaped.

    What it looks at:
        Plans with police, border control, an immigration authority, labour inspection, a detention
        or reception authority, or an asylum authority. It is in order when one of them holds or
        supports proactive_screening, or passes cases on with indicators; or when one of those who
        control people (all of them but the police) and does not identify itself passes cases to an
        agency that identifies. To identify whoever is brought, and to pass on whoever reports to
        the police, is not to look. Screening by others, as an NGO, is good and is not asked here.
        Told once for the plan.

    When it is no trouble:
        They do screen, and the plan leaves it out: give them the function. Whether a screening
        leads anywhere is what detector-without-a-way asks.

    Broken:
        format: 1
        plan: {id: example, title: The panel waits, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: Hotline, sector: hotline}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: inspectors, name: Farm inspectors, sector: labour_inspection}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: person, to: hotline, pillars: [protect], kind: complaint}
          - {from: hotline, to: panel, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: The inspectors look, as_of: 2024, completeness: complete}
        agencies:
          - {id: hotline, name: Hotline, sector: hotline}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: inspectors, name: Farm inspectors, sector: labour_inspection,
             functions: [proactive_screening]}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: person, to: hotline, pillars: [protect], kind: complaint}
          - {from: hotline, to: panel, pillars: [protect], kind: referral}
          - {from: inspectors, to: panel, pillars: [protect], kind: referral}
    """
    front = graph.in_sector(Sector.LAW_ENFORCEMENT, *_CONTROL)
    if not front:
        return
    identifying = [a.id for a in graph.identifiers]
    leading = graph.led_to_identification
    if any(_looks(graph, a) or _refers(a, set(identifying), leading) for a in front):
        yield Met(_SUBJECT)
    else:
        yield _flag(graph, front)


def _looks(graph: PlanGraph, an_agency: Agency) -> bool:
    return _SCREENING in (*an_agency.functions, *an_agency.supports) or any(
        Need.INDICATORS in h.needs for h in graph.sent_by(an_agency.id, CASE_KINDS)
    )


def _refers(an_agency: Agency, identifying: set[str], leading: Mapping[str, int]) -> bool:
    controls = an_agency.sector in _CONTROL
    return controls and an_agency.id in leading and an_agency.id not in identifying


def _flag(graph: PlanGraph, front: tuple[Agency, ...]) -> Flag:
    meeting = (a for a in front if a.sector in _CONTROL or Role.DETECTING_AGENCY in a.roles)
    ought = tuple(meeting) or front
    names = listed(a.name for a in ought)
    sources = _come_from(graph)
    comes = f" Cases come in from: {sources}." if sources else ""
    return Flag(
        about=(_SUBJECT, *agency(*(a.id for a in ought))),
        message=(
            f"None of the agencies that meet people in their work ({names}) looks for victims "
            f"without being told.{comes} Only those who come forward are found."
        ),
        ask=(
            f"No source states that any of these looks for victims unasked: {names}.{comes} Ask "
            "whom each of them screens, where, and by which indicators."
        ),
        mend=(
            f"Let {ought[0].name} and others who check workplaces, borders or custody look for "
            "victims with shared indicators (function proactive_screening), before any penalty or "
            "removal, and refer whoever shows signs."
        ),
        expected=tuple(_closing(graph, ought)),
        lacking=(f"the function proactive_screening given to one of: {names}",),
        stated=all(_SCREENING in a.lacks for a in front),
    )


def _come_from(graph: PlanGraph) -> str:
    identifying = {a.id for a in graph.identifiers}
    senders = {
        h.sender
        for an_id in identifying
        for h in graph.received_by(an_id, CASE_KINDS)
        if h.sender not in identifying
    }
    agencies = [a.name for a in graph.agencies if a.id in senders]
    return listed([*(graph.name(p).lower() for p in PARTICIPANTS if p in senders), *agencies])


def _closing(graph: PlanGraph, ought: tuple[Agency, ...]) -> Iterator[Expected]:
    identifying = {a.id for a in graph.identifiers}
    for end in graph.likely(graph.competent_authorities)[:1]:
        for a in ought:
            if a.sector in _CONTROL and a.id not in identifying:
                yield Expected(
                    sender=a.id,
                    receiver=end.id,
                    kind=HandoffKind.REFERRAL,
                    pillars=(Pillar.PROTECT,),
                    stage=Stage.IDENTIFICATION,
                    what="person who shows signs in a screening",
                )
