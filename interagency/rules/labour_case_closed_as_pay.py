"""G16: labour and recruitment control without a way to identification or police."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import Agency
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Sector, Stage

_CONTROL = {Function.LABOUR_STANDARDS_ENFORCEMENT, Function.RECRUITMENT_REGULATION}


@rule(
    code="G16",
    severity=Severity.HIGH,
    pillars=(Pillar.PREVENT, Pillar.PROSECUTE),
    requirements=("ILO-2C", "ILO-4", "COE-15-3"),
    whom=(Group.FORCED_LABOUR,),
)
def labour_case_closed_as_pay(graph: PlanGraph) -> Iterator[Answer]:
    """A labour or recruitment office can take forced labour no further than a pay dispute.

    Why it matters:
        Wages are paid, or not, and the case is closed. Nobody asks about the debt, the kept
        passport or the threats; or the worker is reported for status, and no one complains again.

    What it looks at:
        Every agency of sector labour_inspection, or with the function labour_standards_enforcement
        or recruitment_regulation, or of sector employment_services with complaint_handling, that
        does not identify victims itself. It is in order when a case
        can come from it to an agency that identifies, or to law enforcement. A way that leads
        through an immigration authority which does not identify does not count: there the worker is
        asked about status first. Where immigration is the only place that its cases go to, the
        message says so.

    When it is no trouble:
        A ministry that sets labour policy and handles no cases: leave the sector to its
        inspectorate.

    Broken:
        format: 1
        plan: {id: example, title: Wages only, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectorate, name: Labour inspectorate, sector: labour_inspection}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: court, name: Labour court, sector: judiciary}
        handoffs:
          - {from: inspectorate, to: court, pillars: [protect], kind: complaint}

    Mended:
        format: 1
        plan: {id: example, title: Wages and more, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectorate, name: Labour inspectorate, sector: labour_inspection}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: court, name: Labour court, sector: judiciary}
        handoffs:
          - {from: inspectorate, to: court, pillars: [protect], kind: complaint}
          - {from: inspectorate, to: police, pillars: [prosecute, protect], kind: referral}
    """
    identifying = {a.id for a in graph.identifiers}
    police = graph.in_sector(Sector.LAW_ENFORCEMENT)
    status = {a.id for a in graph.in_sector(Sector.IMMIGRATION_AUTHORITY)} - identifying
    goals = identifying | {a.id for a in police}
    if not goals:
        return
    leading = graph.whom_it_leads(goals, graph.brings_to_be_asked, avoiding=status)
    usual = {a.id: a for a in graph.likely(graph.competent_authorities or police)}
    for office in graph.agencies:
        if office.id in goals or not _controls_work(office):
            continue
        if office.id in leading:
            yield Met(office.ref)
        else:
            ends = graph.likely_from(office.id, usual)
            yield _flag(office, ends, told_on=_only_to(graph, office, status))


def _controls_work(office: Agency) -> bool:
    return (
        office.sector is Sector.LABOUR_INSPECTION
        or not _CONTROL.isdisjoint(office.functions)
        or (
            office.sector is Sector.EMPLOYMENT_SERVICES
            and Function.COMPLAINT_HANDLING in office.functions
        )
    )


def _only_to(graph: PlanGraph, office: Agency, status: set[str]) -> bool:
    receivers = {h.receiver for h in graph.sent_by(office.id, CASE_KINDS)}
    return bool(receivers) and receivers <= status


def _flag(office: Agency, ends: tuple[Agency, ...], *, told_on: bool) -> Flag:
    worse = (
        " Its cases go to the immigration authority only: the worker is reported for status."
        if told_on
        else ""
    )
    return Flag(
        about=agency(office.id),
        message=(
            f"From {office.name} suspected forced labour leads neither to an agency that "
            "identifies victims nor to the police. Such a case can end there as a dispute over "
            f"pay or papers.{worse}"
        ),
        ask=(
            f"No source states how suspected forced labour comes from {office.name} to an agency "
            f"that identifies victims, or to the police. How does it?{worse}"
        ),
        mend=(
            f"Let {office.name} refer workers who show signs of forced labour, with their consent, "
            f"to {ends[0].name}. Keep the wage claim going, and do not report status."
        ),
        expected=tuple(
            Expected(
                sender=office.id,
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
                stage=Stage.IDENTIFICATION,
                what="worker with signs of forced labour",
            )
            for end in ends
        ),
    )
