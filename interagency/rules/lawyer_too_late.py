"""G18: lawyers and rights that come after the statement, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.lines import removers, victims_side
from interagency.model import PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Sector, Stage

_LAWYER, _RIGHTS = Ref(Kind.PLAN, "lawyer"), Ref(Kind.PLAN, "rights")
_F = Function
_TELLING = {HandoffKind.INFORMATION_SHARING, HandoffKind.NOTIFICATION, HandoffKind.GUIDANCE}
_FIRST = {Stage.DETECTION, Stage.FIRST_RESPONSE}


@rule(
    code="G18",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-15-2", "PAL-06-2B", "OHC-P9"),
)
def lawyer_too_late(graph: PlanGraph) -> Iterator[Answer]:
    """A victim comes to a lawyer after the first statement, or never, and is told of no rights.

    Why it matters:
        The first statement decides much: who is believed, who is charged, who may stay. Whoever
        makes it without advice cannot take it back.

    What it looks at:
        Two things. Counsel: sector legal_aid, role legal_representative or function
        legal_assistance, held or supported. It is in order when a case comes to counsel from the
        person, the public or an agency that detects without passing one who decides or takes
        statements first (role identification_authority, one who investigates, or interviews: true
        unless it gives help); and, where the plan has a legal-aid body or a victim's lawyer as an
        agency of its own, when some case comes there at all. One who detects and gives legal help
        itself needs no way. Rights: it is in order when an agency that detects, or to which the
        person turns, has the function rights_information or supports it, or tells the person at
        stage detection or first_response.

    When it is no trouble:
        A lawyer is called to the police station before anything is asked: write the step from the
        person to the lawyer. That a step stands early in the plan does not say that it is taken
        early.

    Broken:
        format: 1
        plan: {id: example, title: Too late, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: lawyers, name: Legal aid board, sector: legal_aid}
        handoffs:
          - {from: police, to: lawyers, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: In time, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
            functions: [rights_information]
          - {id: lawyers, name: Legal aid board, sector: legal_aid}
        handoffs:
          - {from: police, to: lawyers, pillars: [protect], kind: referral}
          - {from: person, to: lawyers, pillars: [protect], kind: request_for_assistance}
    """
    if not graph.detectors and not graph.identifiers:
        return
    yield _counsel(graph)
    yield _rights(graph)


def _advises(a: Agency) -> bool:
    return _own_body(a) or _F.LEGAL_ASSISTANCE in (*a.functions, *a.supports)


def _own_body(a: Agency) -> bool:
    """Whether legal help is what the agency is there for."""
    return a.sector is Sector.LEGAL_AID or Role.LEGAL_REPRESENTATIVE in a.roles


def _asking(graph: PlanGraph) -> set[str]:
    """Who decides or takes statements; a helper's questions are none."""
    helping = {a.id for a in graph.providers}
    return {
        a.id
        for a in graph.agencies
        if Role.IDENTIFICATION_AUTHORITY in a.roles
        or graph.investigates(a)
        or (a.interviews and a.id not in helping)
    }


def _counsel(graph: PlanGraph) -> Answer:
    counsel = [a for a in graph.agencies if _advises(a)]
    own = [a for a in counsel if _own_body(a)]
    asking = _asking(graph)
    early = graph.reached_from(graph.entries, avoiding=asking - {a.id for a in counsel})
    late = graph.reached_from([*graph.entries, *(a.id for a in graph.identifiers)])
    in_time = any(a.id in early for a in counsel)
    if in_time and (not own or any(a.id in late for a in own)):
        return Met(_LAWYER)
    ends = graph.likely(own or counsel)
    after = [a for a in ends if a.id in late]
    return _no_counsel(graph, ends, after, asking)


def _no_counsel(
    graph: PlanGraph, ends: tuple[Agency, ...], after: list[Agency], asking: set[str]
) -> Flag:
    names = listed((a.name for a in after or ends), most=4)
    if not ends:
        message = "No agency of the plan gives victims a lawyer or legal advice."
        ask = "No source states who gives victims legal advice, or when."
    elif not after:
        message = f"Nothing leads a victim to legal help: no case comes to {names}."
        ask = f"No source states how a victim comes to {names} for legal help, or when."
    else:
        message = (
            f"A victim comes to legal help ({names}) only after being questioned or identified: "
            "the first statement is made without advice."
        )
        ask = (
            f"No source states that a victim comes to legal help ({names}) before being questioned "
            "or identified."
        )
    meeting = graph.likely(graph.detectors or graph.identifiers)
    first = {a.id for a in graph.detectors} - asking
    free = [a for a in meeting if a.id in first and a not in ends][:2]
    whom = ends[0].name if ends else "a lawyer"
    return Flag(
        about=(_LAWYER, *agency(*(a.id for a in ends or meeting))),
        message=message,
        ask=f"{ask} Ask who calls a lawyer, and whether that is before the first statement.",
        mend=(
            f"Let whoever meets a victim first, and the victim, turn to {whom} before any formal "
            "statement is taken, at no cost and in a language understood."
        ),
        expected=tuple(
            Expected(
                sender=sender,
                receiver=end.id,
                kind=HandoffKind.REQUEST_FOR_ASSISTANCE
                if sender == PERSON
                else HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.FIRST_RESPONSE,
                what="person in need of legal advice before any statement",
            )
            for end in ends[:2]
            for sender in (*(a.id for a in free), PERSON)
        ),
        lacking=() if ends else ("the function legal_assistance given to an agency",),
        stated=not ends and any(_F.LEGAL_ASSISTANCE in a.lacks for a in graph.agencies),
    )


def _rights(graph: PlanGraph) -> Answer:
    turned_to = {h.receiver for h in graph.sent_by(PERSON, CASE_KINDS)}
    met_first = {a.id for a in graph.detectors} | turned_to
    first = [a for a in graph.agencies if a.id in met_first] or list(graph.identifiers)
    told = any(h.kind in _TELLING and h.stage in _FIRST for h in _to_person(graph, first))
    if told or any(_F.RIGHTS_INFORMATION in (*a.functions, *a.supports) for a in first):
        return Met(_RIGHTS)
    names = listed((a.name for a in first), most=5)
    trusted = {a.id for a in victims_side(graph)}
    each = sorted(graph.likely(first), key=lambda a: (a.id not in trusted, a in removers(graph)))
    return Flag(
        about=(_RIGHTS, *agency(*(a.id for a in first))),
        message=f"Nobody who meets victims first tells them their rights: {names}.",
        ask=(
            f"No source states that those who meet victims first tell them their rights: {names}. "
            "Ask who does, when, and in which languages."
        ),
        mend=(
            "Make it the task of each of these to explain rights, services and procedures at the "
            "first meeting, in a language understood (function rights_information)."
        ),
        expected=tuple(
            Expected(
                sender=a.id,
                receiver=PERSON,
                kind=HandoffKind.INFORMATION_SHARING,
                pillars=(Pillar.PROTECT,),
                stage=Stage.FIRST_RESPONSE,
                what="rights, services and procedures, explained",
                needs=(Need.LANGUAGE,),
            )
            for a in each
        ),
        together=True,
        stated=any(_F.RIGHTS_INFORMATION in a.lacks for a in first),
    )


def _to_person(graph: PlanGraph, first: list[Agency]) -> list[Handoff]:
    ids = {a.id for a in first}
    return [h for h in graph.received_by(PERSON) if h.sender in ids]
