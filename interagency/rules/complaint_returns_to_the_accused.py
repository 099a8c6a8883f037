"""G33: complaints about officials that no body outside those officials can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, PUBLIC, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_S = Sector
_UNIFORMED = {
    _S.LAW_ENFORCEMENT,
    _S.BORDER_CONTROL,
    _S.IMMIGRATION_AUTHORITY,
    _S.DETENTION_AUTHORITY,
    _S.DEFENCE_DEPLOYED,
}
_CORRUPTION = {Function.ANTI_CORRUPTION, Function.CORRUPTION_INVESTIGATION}
_ABOUT_WORK = {
    _S.LABOUR_INSPECTION,
    _S.EMPLOYMENT_SERVICES,
    _S.PRIVATE_SECTOR,
    _S.WORKERS_EMPLOYERS_ORGANISATIONS,
}
_TELLING = CASE_KINDS - {HandoffKind.CUSTODY_TRANSFER, HandoffKind.CHARGE, HandoffKind.ORDER}
_COMPLAINTS = Ref(Kind.PLAN, "complaints-about-officials")


@rule(
    code="G33",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("UNT-09", "OHC-P6", "TVP-B7"),
)
def complaint_returns_to_the_accused(graph: PlanGraph) -> Iterator[Answer]:
    """Who complains about an official can do so only to that official's own agency.

    Why it matters:
        The officer who took the bribe reads the complaint about it. Complicity is never recorded,
        and the next person does not complain.

    What it looks at:
        Plans in which persons or the public turn to police, border, immigration, detention or armed
        forces, or that name a body against corruption. There must be a body outside those forces
        to which a complaint can come: one of sector anti_corruption or national_rapporteur, or
        with the functions anti_corruption, corruption_investigation, independent_monitoring or
        complaint_handling (offices for work and pay do not count), led to by a person, the public
        or any agency outside those forces; or a prosecutor or court to which persons or the public
        come without going through them. It is one finding of the plan.

    When it is no trouble:
        The body exists and is not in the plan: put it in, with the way to it. Whether a complaint
        unit inside the police is independent enough no file can tell; it does not count here.

    Broken:
        format: 1
        plan: {id: example, title: Tell it to the police, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: bureau, name: Anti-corruption bureau, sector: anti_corruption}
        handoffs:
          - {from: person, to: police, pillars: [prosecute], kind: complaint}

    Mended:
        format: 1
        plan: {id: example, title: Tell it to somebody else, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: bureau, name: Anti-corruption bureau, sector: anti_corruption}
        handoffs:
          - {from: person, to: police, pillars: [prosecute], kind: complaint}
          - {from: person, to: bureau, pillars: [prosecute], kind: complaint}
    """
    forces = {a.id: a for a in graph.agencies if a.sector in _UNIFORMED}
    told = [
        a
        for a in forces.values()
        if any(h.sender in PARTICIPANTS for h in graph.received_by(a.id, CASE_KINDS))
    ]
    bodies = [a for a in graph.agencies if _independent(a)]
    lacking = [a for a in graph.agencies if not _CORRUPTION.isdisjoint(a.lacks)]
    if not (told or lacking or any(map(_named_for_it, bodies))):
        return
    reached = graph.reached_from([PERSON, PUBLIC], _TELLING, avoiding=forces)
    courts = graph.in_sector(_S.PROSECUTION, _S.JUDICIARY)
    heard = any(a.id in reached for a in (*bodies, *courts)) or any(
        h.sender not in forces and h.sender != body.id
        for body in bodies
        for h in graph.received_by(body.id, _TELLING)
    )
    if heard:
        yield Met(_COMPLAINTS)
    else:
        yield _flag(told, bodies, courts, lacking)


def _independent(a: Agency) -> bool:
    if a.sector in _UNIFORMED:
        return False
    takes = Function.COMPLAINT_HANDLING in a.functions and a.sector not in _ABOUT_WORK
    watches = a.sector is _S.NATIONAL_RAPPORTEUR or Function.INDEPENDENT_MONITORING in a.functions
    return _named_for_it(a) or watches or takes


def _named_for_it(a: Agency) -> bool:
    if a.sector in _UNIFORMED:
        return False
    return a.sector is _S.ANTI_CORRUPTION or not _CORRUPTION.isdisjoint(a.functions)


def _flag(
    told: Iterable[Agency],
    bodies: Iterable[Agency],
    courts: Iterable[Agency],
    lacking: Iterable[Agency],
) -> Flag:
    told, lacking = list(told), list(lacking)
    prosecutors = [a for a in courts if a.sector is _S.PROSECUTION]
    ends = list(dict.fromkeys(a.id for a in (*bodies, *prosecutors)))[:3]
    known = listed(a.name for a in bodies)
    whom = f"Persons and the public turn to {listed(a.name for a in told)}. " if told else ""
    said = "".join(
        f"A source says that {a.name} lacks "
        f"{listed(f.label for f in a.lacks if f in _CORRUPTION)}. "
        for a in lacking
    )
    nowhere = f"does not come to {known}" if known else "comes to no body outside their own agency"
    return Flag(
        about=(
            _COMPLAINTS,
            *agency(*(a.id for a in (*lacking, *told, *bodies))),
        ),
        message=f"{whom}{said}A complaint about their officials {nowhere}.",
        ask=(
            f"{whom}No source states where a complaint about an official is taken by someone other "
            "than that official's own agency. Ask who takes it, and who protects who complains."
        ),
        mend=(
            "Name a body outside police, border and immigration that takes such complaints by a "
            "safe channel and may investigate them, and tell persons and helpers of it."
        ),
        expected=tuple(
            Expected(
                sender=PERSON,
                receiver=end,
                kind=HandoffKind.COMPLAINT,
                pillars=(Pillar.PROSECUTE,),
                stage=Stage.INVESTIGATION,
                what="suspected complicity of an official",
            )
            for end in ends
        ),
        lacking=()
        if known
        else (
            "an agency of sector anti_corruption, or the function corruption_investigation given "
            "to a body outside those complained of",
        ),
        stated=bool(lacking),
    )
