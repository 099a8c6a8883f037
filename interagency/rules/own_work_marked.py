"""G22: monitors that are among those they monitor, or whose findings reach nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, PUBLIC, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Sector, Stage

_F = Function
_S = Sector
_TELLS = {HandoffKind.REPORTING, HandoffKind.INFORMATION_SHARING, HandoffKind.NOTIFICATION}
_BESIDE_MONITORING = {
    _F.CORRUPTION_INVESTIGATION,
    _F.LEGAL_ASSISTANCE,
    _F.PRIVACY_PROTECTION,
    _F.PROACTIVE_SCREENING,
    _F.RIGHTS_INFORMATION,
    _F.VICTIM_PARTICIPATION,
}
_STEERING = {_F.POLICY_COORDINATION, _F.NATIONAL_PLAN, _F.BUDGETING}
_WORKING_ROLES = set(Role) - {Role.DETECTING_AGENCY}
_MONITORED = {
    _S.COORDINATION_BODY,
    _S.LAW_ENFORCEMENT,
    _S.BORDER_CONTROL,
    _S.IMMIGRATION_AUTHORITY,
    _S.DETENTION_AUTHORITY,
    _S.PROSECUTION,
    _S.JUSTICE_MINISTRY,
}
_OUTSIDE_THE_STATE = {
    _S.NGO_SERVICE_PROVIDER,
    _S.INTERNATIONAL_ORGANISATION,
    _S.ACADEMIA_RESEARCH,
    _S.SURVIVORS,
    _S.WORKERS_EMPLOYERS_ORGANISATIONS,
    _S.MEDIA,
    _S.COMMUNITY,
}
_LISTENING = _OUTSIDE_THE_STATE | {_S.LEGISLATURE_BUDGET, _S.JUDICIARY, _S.NATIONAL_RAPPORTEUR}

_NOBODY = Flag(
    about=(Ref(Kind.PLAN, "monitoring"),),
    message="Nobody outside the agencies looks at how the plan is carried out.",
    ask=(
        "No source states who looks from outside at how the plan is carried out. Ask whether there "
        "is a rapporteur, an ombudsperson or a human-rights institution with that task."
    ),
    mend=(
        "Name a body that takes no part in the work, let it see data and places, and let it report "
        "to parliament and the public."
    ),
    lacking=(
        "an agency of sector national_rapporteur, or with the function independent_monitoring",
    ),
)


@rule(
    code="G22",
    severity=Severity.MEDIUM,
    pillars=tuple(Pillar),
    requirements=("COE-29-4", "TVP-B10"),
)
def own_work_marked(graph: PlanGraph) -> Iterator[Answer]:
    """Whoever judges how the plan is carried out also carries it out, or tells only those who do.

    Why it matters:
        Nobody sees their own blind spot, and nobody likes to report it to the chief who made it.
        Without an eye from outside the same faults are found, or not found, every year.

    What it looks at:
        Every agency of sector national_rapporteur or with the function independent_monitoring. It
        marks its own work when it is of a sector that is monitored (co-ordination, police, border,
        immigration, detention, prosecution, ministry of justice), when it has a working role
        (identifies, serves, manages cases, acts as guardian or lawyer), when it steers
        (policy_coordination, national_plan, budgeting), when it holds a function of protection or
        prosecution, or when it is part of an agency of which one of these holds. Otherwise it is
        in order when what it finds is told, or published, to someone not among the monitored: the
        public, parliament, courts, or bodies outside the State. Where nobody monitors at all, that
        is the finding.

    When it is no trouble:
        Human-rights institutions take complaints, visit, screen, inform and give legal advice: that
        is no work of the plan's. Bodies outside the State that monitor may serve victims as well.
        Plain evaluation (evaluation_review) by those who steer is their task, and is not asked.

    Broken:
        format: 1
        plan: {id: example, title: Judge and party, as_of: 2024, completeness: complete}
        agencies:
          - {id: task-force, name: National task force, sector: coordination_body,
             functions: [policy_coordination, independent_monitoring]}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: police, to: task-force, pillars: [prosecute], kind: reporting}
          - {from: task-force, to: public, pillars: [protect], kind: reporting}

    Mended:
        format: 1
        plan: {id: example, title: An eye from outside, as_of: 2024, completeness: complete}
        agencies:
          - {id: task-force, name: National task force, sector: coordination_body,
             functions: [policy_coordination]}
          - {id: rapporteur, name: National rapporteur, sector: national_rapporteur,
             functions: [independent_monitoring]}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: police, to: task-force, pillars: [prosecute], kind: reporting}
          - {from: rapporteur, to: public, pillars: [protect], kind: reporting}
    """
    by_id = {a.id: a for a in graph.agencies}
    monitors = [a for a in graph.agencies if _monitors(a)]
    if graph.agencies and not monitors:
        yield _NOBODY
    for monitor in monitors:
        over = by_id.get(monitor.part_of or "")
        reasons = [
            *_works(monitor),
            *(["is part of " + over.name] if over and _in_it(over) else []),
        ]
        if reasons and monitor.sector not in _OUTSIDE_THE_STATE:
            yield _judge_and_party(monitor, reasons)
        elif any(_goes_out(h, graph) for h in graph.sent_by(monitor.id)):
            yield Met(monitor.ref)
        else:
            yield _told_nobody(graph, monitor)


def _monitors(a: Agency) -> bool:
    return a.sector is _S.NATIONAL_RAPPORTEUR or _F.INDEPENDENT_MONITORING in a.functions


def _works(a: Agency) -> list[str]:
    """In how far an agency does what is monitored, each as a clause."""
    clauses = []
    if a.sector in _MONITORED:
        clauses.append(f"belongs to the sector {a.sector.label}")
    roles = [role.label for role in a.roles if role in _WORKING_ROLES]
    if roles:
        clauses.append(f"has the role of {listed(roles)}")
    held = [f.label for f in a.functions if _is_work(f)]
    if held:
        clauses.append(f"holds {listed(held)}")
    return clauses


def _is_work(function: Function) -> bool:
    cases = function.pillar in (Pillar.PROTECT, Pillar.PROSECUTE)
    return function in _STEERING or (cases and function not in _BESIDE_MONITORING)


def _in_it(a: Agency) -> bool:
    return a.sector not in _OUTSIDE_THE_STATE and bool(_works(a))


def _goes_out(h: Handoff, graph: PlanGraph) -> bool:
    if Need.PUBLICATION in h.needs or h.receiver == PUBLIC:
        return True
    if h.kind not in _TELLS or h.receiver in PARTICIPANTS:
        return False
    return graph.agency(h.receiver).sector in _LISTENING


def _judge_and_party(monitor: Agency, reasons: list[str]) -> Flag:
    return Flag(
        about=agency(monitor.id),
        message=(
            f"{monitor.name} is to monitor how the plan is carried out, and carries it out itself: "
            f"it {listed(reasons)}. It marks its own work."
        ),
        mend=(
            "Give the monitoring to a body outside the chain (a rapporteur, an ombudsman, a "
            "human-rights commission), with access to data and a public report; or take the other "
            f"tasks from {monitor.name}."
        ),
        lacking=("an independent monitor that neither steers nor does what it monitors",),
        stated=True,
    )


def _told_nobody(graph: PlanGraph, monitor: Agency) -> Flag:
    told = dict.fromkeys(
        h.receiver
        for h in graph.sent_by(monitor.id, _TELLS)
        if h.receiver not in PARTICIPANTS and h.receiver != monitor.id
    )
    names = listed(map(graph.name, told))
    parliament = [a.id for a in graph.in_sector(_S.LEGISLATURE_BUDGET)[:2]]
    return Flag(
        about=agency(monitor.id, *told),
        message=(
            f"What {monitor.name} finds is told to {names} only."
            if told
            else f"What {monitor.name} finds is told to nobody."
        )
        + " Neither parliament nor the public learns of it.",
        ask=(
            f"No source states whether what {monitor.name} finds reaches parliament or the public"
            + (f", beyond {names}" if told else "")
            + ". Ask it where its report goes."
        ),
        mend=f"Let {monitor.name} report to parliament and publish; let agencies answer in time.",
        expected=tuple(
            Expected(
                sender=monitor.id,
                receiver=receiver,
                kind=HandoffKind.REPORTING,
                pillars=tuple(Pillar),
                stage=Stage.MONITORING,
                what="public report with recommendations",
            )
            for receiver in (*parliament, PUBLIC)
        ),
    )
