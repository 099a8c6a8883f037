"""G44: care without standards, or without anybody who looks at it."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_K = HandoffKind
_F = Function
_CARE = {_F.EMERGENCY_ACCOMMODATION, _F.PSYCHOSOCIAL_CARE, _F.REINTEGRATION_SUPPORT}
_ROLES = {Role.SERVICE_PROVIDER, Role.REINTEGRATION_PROVIDER}
_SUPERVISED = {Sector.HEALTH, Sector.LEGAL_AID, Sector.HOTLINE}
"""Their own profession or service inspects them."""

_ADVICE_OR_MONEY = {_F.LEGAL_ASSISTANCE, _F.MATERIAL_ASSISTANCE}
_STANDARDS = {_K.GUIDANCE, _K.ORDER}
_WATCHING = {_F.EVALUATION_REVIEW, _F.INDEPENDENT_MONITORING}
_OVERSIGHT = {_F.PROCEDURES, *_WATCHING}
_SUBJECT = Ref(Kind.PLAN, "standards-of-care")


@rule(
    code="G44",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT,),
    requirements=("NRM-02", "UTK-10"),
)
def nobody_inspects_the_care(graph: PlanGraph) -> Iterator[Answer]:
    """Those who house and care for victims are given no standards, or nobody looks how they work.

    Why it matters:
        Behind a closed door quality depends on luck, and so does safety. Nobody hears of the
        shelter that locks its residents in.

    What it looks at:
        Agencies that care: role service_provider or reintegration_provider, or the functions
        emergency_accommodation, psychosocial_care or reintegration_support. Health services, legal
        aid, hotlines, and whoever gives nothing but legal or material help are left out. Each is in
        order when it is given standards (a handoff of kind guidance or order comes to it) and is
        watched: it reports to an agency (kind reporting), or something passes between it and an
        agency at the stage monitoring or one with the function evaluation_review or
        independent_monitoring (a referral or money does not count). Told once for the plan.

    When it is no trouble:
        The standards stand in the contract that comes with the money: write the handoff of kind
        guidance beside the one of kind funding. Complaints by residents are not asked here.

    Broken:
        format: 1
        plan: {id: example, title: Behind the door, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Welfare ministry, sector: social_welfare}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: ministry, to: shelter, pillars: [protect], kind: guidance}

    Mended:
        format: 1
        plan: {id: example, title: Behind a door with a window, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Welfare ministry, sector: social_welfare}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: ministry, to: shelter, pillars: [protect], kind: guidance}
          - {from: shelter, to: ministry, pillars: [protect], kind: reporting}
    """
    carers = [a for a in graph.agencies if _cares(a) and graph.may_meet(a)]
    if not carers:
        return
    guided, watched = _guided_and_watched(graph)
    unguided = [a for a in carers if a.id not in guided]
    unwatched = [a for a in carers if a.id not in watched]
    if unguided or unwatched:
        yield _flag(graph, carers, unguided, unwatched)
    else:
        yield Met(_SUBJECT)


def _cares(a: Agency) -> bool:
    if a.sector in _SUPERVISED or (a.functions and _ADVICE_OR_MONEY.issuperset(a.functions)):
        return False
    return not _ROLES.isdisjoint(a.roles) or not _CARE.isdisjoint(a.functions)


def _guided_and_watched(graph: PlanGraph) -> tuple[set[str], set[str]]:
    watching = {a.id for a in graph.agencies if not _WATCHING.isdisjoint(a.functions)}
    guided: set[str] = set()
    watched: set[str] = set()
    for h in graph.handoffs:
        if h.sender == h.receiver or not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)):
            continue
        if h.kind in _STANDARDS:
            guided.add(h.receiver)
        if h.kind is _K.REPORTING:
            watched.add(h.sender)
        elif h.kind not in (_K.FUNDING, _K.REFERRAL, _K.CUSTODY_TRANSFER):
            if h.stage is Stage.MONITORING:
                watched.update((h.sender, h.receiver))
            watched.update({h.receiver} if h.sender in watching else ())
            watched.update({h.sender} if h.receiver in watching else ())
    return guided, watched


def _flag(
    graph: PlanGraph, carers: list[Agency], unguided: list[Agency], unwatched: list[Agency]
) -> Flag:
    bare, unseen = {a.id for a in unguided}, {a.id for a in unwatched}
    told = []
    for ids, what in (
        (bare & unseen, "no standards, and nobody looks how they work"),
        (bare - unseen, "no standards"),
        (unseen - bare, "standards, and nobody looks how they work"),
    ):
        if ids:
            told.append(f"{listed(a.name for a in carers if a.id in ids)}: {what}.")
    short = [a for a in carers if a.id in bare | unseen]
    names = listed(a.name for a in short)
    heading = "Care goes uninspected." if unseen else "Care goes by no standard."
    one = len(unguided) + len(unwatched) == 1
    steps = tuple(_steps(graph, unguided, unwatched)) if one else ()
    return Flag(
        about=(_SUBJECT, *agency(*(a.id for a in short))),
        message=f"{heading} {' '.join(told)}",
        ask=(
            f"No source states both whose standards bind these, and who checks them: {names}. Ask "
            "who may enter, who licenses them, and to whom they answer."
        ),
        mend=(
            "Give each of them written standards of care, and name who visits them without notice, "
            "hears the residents and reports."
        ),
        expected=steps,
        lacking=() if steps else (f"standards for, and a report or visit at each of: {names}",),
    )


def _steps(graph: PlanGraph, unguided: list[Agency], unwatched: list[Agency]) -> Iterator[Expected]:
    for body in _overseers(graph, {_F.PROCEDURES})[:2]:
        for a in unguided:
            if a.id != body.id:
                yield _expected(body.id, a.id, _K.GUIDANCE, "standards of care")
    for body in _overseers(graph, _WATCHING)[:2]:
        for a in unwatched:
            if a.id != body.id:
                yield _expected(a.id, body.id, _K.REPORTING, "how the standards are kept")


def _overseers(graph: PlanGraph, tasks: set[Function]) -> list[Agency]:
    """Who could set standards, or watch, the likeliest first.

    That is whoever holds one of these tasks; where nobody does, who guides others, or pays them.
    """
    between = [h for h in graph.handoffs if h.receiver not in PARTICIPANTS]
    funding = {h.sender for h in between if h.kind is _K.FUNDING}
    guiding = {h.sender for h in between if h.kind in _STANDARDS}
    holding = {a.id for a in graph.agencies if not tasks.isdisjoint(a.functions)}
    named = [
        a
        for a in graph.agencies
        if not _cares(a)
        and (
            a.id in funding | guiding
            or not _OVERSIGHT.isdisjoint(a.functions)
            or a.sector in (Sector.SOCIAL_WELFARE, Sector.COORDINATION_BODY)
        )
    ]
    likely = [a for a in named if a.id in holding] or named
    return sorted(likely, key=lambda a: (a.id not in guiding, a.id not in funding))


def _expected(sender: str, receiver: str, kind: HandoffKind, what: str) -> Expected:
    stage = Stage.SYSTEM if kind is _K.GUIDANCE else Stage.MONITORING
    return Expected(sender, receiver, kind, (Pillar.PROTECT,), stage, what)
