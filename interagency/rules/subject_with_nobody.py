"""P02: whole subjects of a plan that nobody in it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interagency.engine import Answer, Flag, Met, Severity, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, Pillar, Role, Sector

_F = Function
_S = Sector


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of every response, and what tells that an agency has it.

    Attributes:
        id: names the finding.
        nobody: what is lost, as the end of "In this plan nobody ...".
        pillars: the Ps it belongs to.
        functions: any of these tells it.
        sectors: so does any of these, where an agency's work is the subject itself.
        roles: and any of these.
        whom: the groups that it is about; everybody, where it is not given.
        requirements: what asks for it.
    """

    id: str
    nobody: str
    pillars: tuple[Pillar, ...]
    functions: tuple[Function, ...]
    requirements: tuple[str, ...]
    sectors: tuple[Sector, ...] = ()
    roles: tuple[Role, ...] = ()
    whom: tuple[Group, ...] = ()

    def held_by(self, agency: Agency) -> bool:
        """Whether an agency has it."""
        return (
            agency.sector in self.sectors
            or any(f in agency.functions for f in self.functions)
            or any(r in agency.roles for r in self.roles)
        )


_PROTECT, _PROSECUTE = (Pillar.PROTECT,), (Pillar.PROSECUTE,)
SUBJECTS = (
    Subject(
        "help",
        "takes victims in or supports them",
        _PROTECT,
        (_F.EMERGENCY_ACCOMMODATION, _F.CHILD_PLACEMENT, _F.MATERIAL_ASSISTANCE),
        ("PAL-06-3", "UNT-25-1", "COE-12-1A"),
        sectors=(_S.SOCIAL_WELFARE, _S.NGO_SERVICE_PROVIDER),
        roles=(Role.SERVICE_PROVIDER,),
    ),
    Subject(
        "case-management",
        "keeps a victim's case together from the first contact to a lasting solution",
        _PROTECT,
        (_F.CASE_MANAGEMENT,),
        ("NRM-04",),
        roles=(Role.CASE_MANAGER,),
    ),
    Subject(
        "interpretation",
        "interprets for victims",
        _PROTECT,
        (_F.INTERPRETATION,),
        ("COE-12-1C", "PAL-06-3"),
    ),
    Subject(
        "stay",
        "decides on a victim's stay, or holds a removal up",
        _PROTECT,
        (_F.RESIDENCE_STATUS, _F.REFLECTION_PERIOD),
        ("PAL-07", "COE-13", "COE-14-1"),
        sectors=(_S.IMMIGRATION_AUTHORITY,),
        whom=(Group.FOREIGN_NATIONALS,),
    ),
    Subject(
        "way-home",
        "sees to a safe way home for those who want it, or receives them",
        _PROTECT,
        (_F.SAFE_RETURN, _F.TRAVEL_DOCUMENTS, _F.REINTEGRATION_SUPPORT),
        ("PAL-08-1", "PAL-08-2"),
        sectors=(_S.FOREIGN_AFFAIRS_CONSULAR,),
        roles=(Role.REINTEGRATION_PROVIDER,),
    ),
    Subject(
        "investigation",
        "investigates the traffickers",
        _PROSECUTE,
        (_F.CRIMINAL_INVESTIGATION, _F.PROACTIVE_INVESTIGATION, _F.EX_OFFICIO_INVESTIGATION,
         _F.EVIDENCE_COLLECTION),
        ("COE-27-1", "PAL-05"),
        sectors=(_S.LAW_ENFORCEMENT,),
    ),
    Subject(
        "charges",
        "brings the traffickers to court",
        _PROSECUTE,
        (_F.PROSECUTION_SERVICE,),
        ("PAL-05", "COE-27-1"),
        sectors=(_S.PROSECUTION,),
    ),
    Subject(
        "judgment",
        "tries the traffickers, or protects and compensates victims in court",
        _PROSECUTE,
        (_F.ADJUDICATION, _F.SENTENCING),
        ("PAL-05",),
        sectors=(_S.JUDICIARY,),
    ),
    Subject(
        "other-states",
        "asks other States for help with a case, or answers them",
        _PROSECUTE,
        (_F.MUTUAL_LEGAL_ASSISTANCE, _F.EXTRADITION, _F.POLICE_COOPERATION,
         _F.INTERNATIONAL_COOPERATION),
        ("UNT-18-13", "UNT-27-1A"),
        sectors=(_S.CENTRAL_AUTHORITY, _S.FOREIGN_COUNTERPART),
    ),
)  # fmt: skip
"""Subjects of which no other rule tells that nobody has them at all.

Who identifies (G01), acts for children (G10), gives a lawyer (G18), follows the money (G17),
co-ordinates (G21) and monitors (G22) is asked by the rules on these.
"""


@rule(
    code="P02",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=(
        "UNT-25-1", "PAL-06-3", "COE-12-1A", "NRM-04", "COE-12-1C", "PAL-07", "COE-13",
        "COE-14-1", "PAL-08-1", "PAL-08-2", "PAL-05", "COE-27-1", "UNT-18-13", "UNT-27-1A",
    ),
)  # fmt: skip
def subject_with_nobody(graph: PlanGraph) -> Iterator[Answer]:
    """A whole subject of the response has nobody in the plan.

    Why it matters:
        Where no agency stands for a subject there is no line to break, so nothing looks wrong.
        Cases reach that point and stop: a victim without a permit, a file without a court.

    What it looks at:
        Subjects that every response has to have: help, one who keeps a case together,
        interpretation, stay, the way home, investigation, charges, judgment, and cases that cross
        a border. Each is in order when one agency has a sector, a role or a function that tells
        it.

    When it is no trouble:
        An agency sees to it and its line does not say so: add the function.

    Broken:
        format: 1
        plan: {id: example, title: No court, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement, functions: [police_cooperation]}
          - {id: shelter, name: Shelter, sector: social_welfare, roles: [case_manager],
             functions: [safe_return, interpretation]}
          - {id: permits, name: Permit office, sector: immigration_authority}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: A court, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement, functions: [police_cooperation]}
          - {id: shelter, name: Shelter, sector: social_welfare, roles: [case_manager],
             functions: [safe_return, interpretation]}
          - {id: permits, name: Permit office, sector: immigration_authority}
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
    """
    if not graph.agencies:
        return
    for subject in SUBJECTS:
        if not graph.may_be(*subject.whom):
            continue
        if any(subject.held_by(a) for a in graph.agencies):
            yield Met(Ref(Kind.PLAN, subject.id))
        else:
            yield _flag(subject)


def _flag(subject: Subject) -> Flag:
    return Flag(
        about=(Ref(Kind.PLAN, subject.id),),
        message=f"In this plan nobody {subject.nobody}.",
        ask=f"No source states who {subject.nobody}. Ask whose task it is.",
        mend=(
            "Name the agency whose task it is, give it the function, and write who hands cases to "
            "it and to whom it hands them on."
        ),
        lacking=(
            "an agency with one of these functions: "
            + ", ".join(function.value for function in subject.functions),
        ),
        pillars=subject.pillars,
        requirements=subject.requirements,
    )
