"""G15: kinds of agency that meet victims first and are not in the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interagency.engine import Answer, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Pillar, Sector

_F, _S = Function, Sector
_PLACE = Ref(Kind.PLAN, "detectors")


@dataclass(frozen=True, slots=True)
class _Eyes:
    """A kind of agency that may meet victims first: by sector, or by what it does."""

    who: str
    sectors: tuple[Sector, ...]
    functions: tuple[Function, ...] = ()

    def has(self, a: Agency) -> bool:
        return a.sector in self.sectors or not set(self.functions).isdisjoint(
            (*a.functions, *a.supports)
        )


_EXPECTED = (
    _Eyes("health services", (_S.HEALTH,)),
    _Eyes("labour inspection", (_S.LABOUR_INSPECTION,), (_F.LABOUR_STANDARDS_ENFORCEMENT,)),
    _Eyes(
        "border control or immigration",
        (_S.BORDER_CONTROL, _S.IMMIGRATION_AUTHORITY),
        (_F.BORDER_MEASURES,),
    ),
    _Eyes("police", (_S.LAW_ENFORCEMENT,)),
    _Eyes("social services", (_S.SOCIAL_WELFARE, _S.CHILD_PROTECTION)),
    _Eyes("schools", (_S.EDUCATION,)),
    _Eyes("local government", (_S.LOCAL_GOVERNMENT,)),
    _Eyes("a hotline", (_S.HOTLINE,), (_F.HOTLINE_OPERATION,)),
    _Eyes("NGOs", (_S.NGO_SERVICE_PROVIDER,)),
    _Eyes("financial intelligence", (_S.FINANCIAL_INTELLIGENCE,), (_F.FINANCIAL_INVESTIGATION,)),
)


@rule(
    code="G15",
    severity=Severity.HIGH,
    pillars=(Pillar.PREVENT, Pillar.PROTECT),
    requirements=("UTK-6", "COE-10-1", "UNT-27-1F"),
)
def missing_detectors(graph: PlanGraph) -> Iterator[Answer]:
    """Those who meet victims in their daily work have no part in the plan.

    Why it matters:
        Victims go to a doctor, stand in a workplace, sit in a classroom or send money home long
        before they meet the police. A plan without those who see them there is a police plan.

    What it looks at:
        Whether the plan has an agency of each kind that may meet victims or signs of trafficking
        first: health, labour inspection, border control or immigration, police, social services
        (child protection counts), schools, local government, a hotline, NGOs and financial
        intelligence; by its sector, or by the functions, held or supported,
        labour_standards_enforcement, border_measures, hotline_operation and
        financial_investigation. Those that are missing are told together. Whether an agency that is
        there has a way to refer is another question.

    When it is no trouble:
        The work is done by an agency under another sector, such as a ministry that runs the
        hospitals: enter the body that meets people, part_of the ministry. Consulates, asylum and
        detention authorities, carriers and employers are not expected of every plan here.

    Broken:
        format: 1
        plan: {id: example, title: A police plan, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: ngo, name: NGO, sector: ngo_service_provider}
        handoffs:
          - {from: police, to: ngo, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Many eyes, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
            functions: [border_measures]
          - {id: ngo, name: NGO, sector: ngo_service_provider, functions: [hotline_operation]}
          - {id: clinics, name: Clinics, sector: health, roles: [detecting_agency]}
          - {id: labour, name: Labour inspectorate, sector: labour_inspection}
          - {id: welfare, name: Social services, sector: social_welfare}
          - {id: schools, name: Schools, sector: education, roles: [detecting_agency]}
          - {id: towns, name: Municipalities, sector: local_government}
          - {id: money, name: Financial intelligence unit, sector: financial_intelligence}
        handoffs:
          - {from: police, to: ngo, pillars: [protect], kind: referral}
          - {from: clinics, to: police, pillars: [protect], kind: referral}
          - {from: schools, to: police, pillars: [protect], kind: referral}
    """
    if not (graph.identifiers or graph.detectors):
        return
    missing = []
    for eyes in _EXPECTED:
        if any(eyes.has(a) for a in graph.agencies):
            yield Met(Ref(Kind.PLAN, eyes.sectors[0].value))
        elif eyes.functions or graph.meets(*eyes.sectors):
            missing.append(eyes)
    if missing:
        yield _flag(graph, missing)


def _flag(graph: PlanGraph, missing: list[_Eyes]) -> Flag:
    kinds = listed((eyes.who for eyes in missing), most=len(missing))
    ends = graph.likely(graph.competent_authorities)[:2]
    whom = ends[0].name if ends else "those who identify"
    return Flag(
        about=(_PLACE, *agency(*(a.id for a in ends))),
        message=(
            f"Missing from the plan are kinds of agency that may meet victims, or see signs of "
            f"trafficking, first: {kinds}."
        ),
        ask=(
            "No source states what part these have, who may meet victims or see signs of "
            f"trafficking first: {kinds}. Ask of each whether it looks for signs, and whom it "
            "tells."
        ),
        mend=(
            f"Enter each with the role detecting_agency, agree with it on indicators, and let it "
            f"refer to {whom}."
        ),
        lacking=tuple(f"an agency of sector {' or '.join(eyes.sectors)}" for eyes in missing),
    )
