"""G24: functions that the common floor asks for and no agency holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Pillar

_F = Function
FLOOR: Mapping[Function, tuple[str, ...]] = {
    _F.VULNERABILITY_REDUCTION: ("PAL-09-4",),
    _F.DEMAND_REDUCTION: ("PAL-09-5",),
    _F.LABOUR_STANDARDS_ENFORCEMENT: ("UNT-27-1F",),
    _F.BORDER_MEASURES: ("PAL-10-1", "PAL-11-1", "UNT-27-1F"),
    _F.CARRIER_OBLIGATIONS: ("PAL-11-2",),
    _F.DOCUMENT_SECURITY: ("PAL-12", "PAL-13"),
    _F.ANTI_CORRUPTION: ("UNT-09",),
    _F.RETRAFFICKING_PREVENTION: ("PAL-09-1",),
    _F.PROACTIVE_SCREENING: ("PAL-11-1",),
    _F.FIRST_RESPONSE_SAFETY: ("UNT-25-1",),
    _F.RISK_ASSESSMENT: ("PAL-08-2",),
    _F.NEEDS_ASSESSMENT: ("PAL-06-4", "UNT-25-1"),
    _F.RIGHTS_INFORMATION: ("PAL-06-2A",),
    _F.BEST_INTERESTS_DETERMINATION: ("PAL-06-4",),
    _F.LEGAL_ASSISTANCE: ("PAL-06-2B", "PAL-06-6"),
    _F.PRIVACY_PROTECTION: ("PAL-06-1", "PAL-10-3"),
    _F.NATIONALITY_VERIFICATION: ("PAL-08-3",),
    _F.TRAVEL_DOCUMENTS: ("PAL-08-4",),
    _F.SAFE_RETURN: ("PAL-08-1", "PAL-08-2"),
    _F.REINTEGRATION_SUPPORT: ("PAL-08-1",),
    _F.CRIMINALISATION: ("PAL-05",),
    _F.PROACTIVE_INVESTIGATION: ("UNT-20",),
    _F.FINANCIAL_INVESTIGATION: ("UNT-12", "UNT-27-1B"),
    _F.EVIDENCE_COLLECTION: ("UNT-20",),
    _F.INSIDER_COOPERATION: ("UNT-26",),
    _F.CORRUPTION_INVESTIGATION: ("UNT-09",),
    _F.VICTIM_PARTICIPATION: ("PAL-06-2A", "PAL-06-2B", "UNT-25-3"),
    _F.WITNESS_PROTECTION: ("UNT-24-1", "UNT-26"),
    _F.COURT_PROTECTION_MEASURES: ("PAL-06-1", "UNT-18-27", "UNT-24-1"),
    _F.ASSET_CONFISCATION: ("UNT-12", "UNT-13"),
    _F.COMPENSATION_ORDER: ("PAL-06-6", "UNT-25-2"),
    _F.CORPORATE_LIABILITY: ("UNT-10",),
    _F.MUTUAL_LEGAL_ASSISTANCE: ("UNT-13", "UNT-18-1", "UNT-18-13", "UNT-18-24", "UNT-29-3"),
    _F.EXTRADITION: ("UNT-16-10",),
    _F.JOINT_INVESTIGATION: ("UNT-15-5",),
    _F.POLICE_COOPERATION: ("PAL-10-1", "PAL-13", "UNT-27-1A", "UNT-27-1B", "UNT-27-1D"),
    _F.OBSTRUCTION_RESPONSE: ("UNT-23",),
    _F.POLICY_COORDINATION: ("PAL-09-1",),
    _F.NATIONAL_PLAN: ("PAL-09-1",),
    _F.FOCAL_POINT: ("UNT-18-13", "UNT-27-1D", "UNT-31-6"),
    _F.TRAINING_PROGRAMME: ("PAL-10-2", "UNT-29-1", "UNT-29-3"),
    _F.CIVIL_SOCIETY_PARTNERSHIP: ("PAL-09-3",),
    _F.INTERNATIONAL_COOPERATION: ("UNT-15-5", "UNT-31-6"),
    _F.LEGAL_REVIEW: ("PAL-05",),
    _F.INFORMATION_PROTOCOL: ("PAL-10-1", "PAL-10-3", "UNT-27-1F"),
}
"""What the Palermo Protocol and its parent Convention say States shall do, as functions, each with
the requirements that imply it."""

_FOR: Mapping[Pillar | None, str] = {
    Pillar.PREVENT: "of prevention",
    Pillar.PROTECT: "of protection",
    Pillar.PROSECUTE: "of prosecution",
    None: "common to all pillars",
}


@rule(
    code="G24",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("UTK-2-7", "ICM-06-1", "IOM-1"),
)
def function_nobody_holds(graph: PlanGraph) -> Iterator[Answer]:
    """Things that every plan has to see to, and that no agency has as its task.

    Why it matters:
        What is everybody's task is nobody's. A plan that names no owner is a list of wishes.

    What it looks at:
        The functions behind the duties ('shall') of the Palermo Protocol and the Convention against
        Transnational Organized Crime: the floor that most States share. Each is in order when one
        agency of the plan lists it. Those that nobody lists are told pillar by pillar, with those
        that serve all three at the end. Any function that a source finds lacking at an agency
        (lacks), and that no other has, is told by itself.

    When it is no trouble:
        The task is done and the plan does not list it: add the function to the agency. Format 1
        cannot say that a function has a deadline or an indicator.

    Broken:
        format: 1
        plan: {id: example, title: No owner, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, functions: [
              evidence_collection, proactive_investigation, financial_investigation,
              joint_investigation, insider_cooperation, obstruction_response, police_cooperation]}
          - {id: courts, name: Courts and prosecutors, functions: [
              criminalisation, compensation_order, court_protection_measures,
              victim_participation, corporate_liability]}
        handoffs:
          - {from: police, to: courts, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: Each has an owner, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police and prosecutors, functions: [
              criminalisation, proactive_investigation, financial_investigation,
              evidence_collection, insider_cooperation, corruption_investigation,
              victim_participation, witness_protection, court_protection_measures,
              asset_confiscation, compensation_order, corporate_liability,
              mutual_legal_assistance, extradition, joint_investigation, police_cooperation,
              obstruction_response]}
          - {id: ministry, name: Welfare ministry and its partners, functions: [
              vulnerability_reduction, demand_reduction, labour_standards_enforcement,
              border_measures, carrier_obligations, document_security, anti_corruption,
              retrafficking_prevention, proactive_screening, first_response_safety,
              risk_assessment, needs_assessment, rights_information,
              best_interests_determination, legal_assistance, privacy_protection,
              nationality_verification, travel_documents, safe_return, reintegration_support,
              policy_coordination, national_plan, focal_point, training_programme,
              civil_society_partnership, international_cooperation, legal_review,
              information_protocol]}
        handoffs:
          - {from: police, to: ministry, pillars: [prosecute], kind: reporting}
    """
    stated: dict[Function, list[Agency]] = {}
    for a in graph.agencies:
        for function in a.lacks:
            if not graph.with_function(function) and graph.concerns([function]):
                stated.setdefault(function, []).append(a)
    for function, without in stated.items():
        yield _lacking(function, without)
    missing: dict[Pillar | None, list[Function]] = {}
    asked = [function for function in FLOOR if graph.concerns([function])]
    for function in asked:
        if graph.with_function(function):
            yield Met(Ref(Kind.PLAN, function.value))
        elif function not in stated:
            missing.setdefault(function.pillar, []).append(function)
    if graph.agencies:
        for pillar in (*Pillar, None):
            if pillar in missing:
                total = sum(function.pillar is pillar for function in asked)
                yield _flag(pillar, missing[pillar], total)


def _lacking(function: Function, without: list[Agency]) -> Flag:
    names = listed(a.name for a in without)
    return Flag(
        about=(Ref(Kind.PLAN, function.value), *(a.ref for a in without)),
        message=(
            f"No agency has this task: {function.label}. The plan says that it is lacking at "
            f"{names}."
        ),
        mend=f"Give one of them the duty, the power and the means for {function.label}.",
        lacking=(f"an agency with the function {function.value}",),
        stated=True,
        pillars=_pillars(function.pillar),
    )


def _flag(pillar: Pillar | None, functions: list[Function], total: int) -> Flag:
    names = listed((f.label for f in functions), most=len(functions))
    return Flag(
        about=(Ref(Kind.PLAN, pillar.value if pillar else "all-pillars"),),
        message=(
            f"No agency has {len(functions)} of the {total} tasks {_FOR[pillar]} that the Palermo "
            f"Protocol and its parent Convention ask of a State: {names}."
        ),
        ask=(
            f"No source states which agency has these {len(functions)} of the {total} tasks "
            f"{_FOR[pillar]} that the Palermo Protocol and its parent Convention ask of a State: "
            f"{names}."
        ),
        lacking=tuple(f"an agency with the function {f.value}" for f in functions),
        mend=(
            "For each, name one agency that answers for it and add the function to its line; or "
            "say in the plan's note why the State sees to it elsewhere."
        ),
        pillars=_pillars(pillar),
    )


def _pillars(pillar: Pillar | None) -> tuple[Pillar, ...]:
    return tuple(Pillar) if pillar is None else (pillar,)
