"""G21: co-ordination bodies that nothing comes to, or from which nothing goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Level, Pillar, Role, Sector, Stage

_HEARD_BY = CASE_KINDS | {HandoffKind.REPORTING, HandoffKind.FEEDBACK, HandoffKind.CONSULTATION}
_SAID_BY = {HandoffKind.GUIDANCE, HandoffKind.DECISION, HandoffKind.ORDER}
_STEERING = {Function.POLICY_COORDINATION, Function.NATIONAL_PLAN}
_CASE_WORK = {Function.VICTIM_IDENTIFICATION, Function.CASE_MANAGEMENT}
_CASE_ROLES = {Role.IDENTIFICATION_AUTHORITY, Role.CASE_MANAGER}
_BREADTH = {Level.PROVINCIAL: 3, Level.DISTRICT: 2, Level.LOCAL: 1}

_NOBODY = Flag(
    about=(Ref(Kind.PLAN, "coordination"),),
    message="Nobody leads: no agency of the plan brings the others together.",
    ask="No source states who brings the agencies together. Ask who chairs, and who is secretary.",
    mend=(
        "Name one body that brings agencies of all three Ps together, hears from each and can say "
        "what is to be done; enter it with sector coordination_body."
    ),
    lacking=("an agency of sector coordination_body, or with the function policy_coordination",),
)


@rule(
    code="G21",
    severity=Severity.HIGH,
    pillars=tuple(Pillar),
    requirements=("COE-05-1", "COE-29-2", "ACT-16-4"),
)
def coordinator_without_reach(graph: PlanGraph) -> Iterator[Answer]:
    """A body that should co-ordinate hears nothing from agencies, or says nothing to them.

    Why it matters:
        Meetings are held, and each agency acts as before. A committee that gets no reports cannot
        see what goes wrong; one that gives no guidance cannot change it.

    What it looks at:
        Every agency of sector coordination_body; where there is none, whoever holds
        policy_coordination. Teams that identify victims or manage cases, and do not steer, are left
        out. Bodies between which something passes, or of which one is part of the other, are one
        chain and are asked together. A chain is in order when an agency outside co-ordination leads
        to it (a report, a case, information, a view, joint action), and guidance, a decision or an
        order goes out from it to one. The widest level of the chain names the finding. A body
        of which a source says that it lacks policy_coordination is told of in any case. Where
        nobody co-ordinates at all, that is the finding.

    When it is no trouble:
        The members are the agencies themselves and report at the table: write that as information
        or reporting from each. What is broken inside a chain is not asked here.

    Broken:
        format: 1
        plan: {id: example, title: A table apart, as_of: 2024, completeness: complete}
        agencies:
          - {id: committee, name: National committee, sector: coordination_body}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: police, to: committee, pillars: [prosecute], kind: reporting}

    Mended:
        format: 1
        plan: {id: example, title: A table that is heard, as_of: 2024, completeness: complete}
        agencies:
          - {id: committee, name: National committee, sector: coordination_body}
          - {id: police, name: Police, sector: law_enforcement}
        handoffs:
          - {from: police, to: committee, pillars: [prosecute], kind: reporting}
          - {from: committee, to: police, pillars: [prosecute], kind: guidance}
    """
    bodies = {a.id: a for a in _steering(graph)}
    outside = [a for a in graph.agencies if a.id not in bodies]
    for body in bodies.values():
        if Function.POLICY_COORDINATION in body.lacks:
            yield _powerless(body)
    if not outside:
        return
    if not bodies:
        yield _NOBODY
        return
    able = [a for a in bodies.values() if Function.POLICY_COORDINATION not in a.lacks]
    chain_of, chains = _chains(graph, able)
    heard: set[int] = set()
    said: set[int] = set()
    for h in graph.handoffs:
        if not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)):
            continue
        sender, receiver = chain_of.get(h.sender), chain_of.get(h.receiver)
        if receiver is not None and h.sender not in bodies and h.kind in _HEARD_BY:
            heard.add(receiver)
        if sender is not None and h.receiver not in bodies:
            said.update({sender} if h.kind in _SAID_BY else ())
            heard.update({sender} if h.kind is HandoffKind.JOINT_ACTION else ())
    doing = graph.likely([a for a in graph.competent_authorities if a.id not in bodies] or outside)
    for number, chain in enumerate(chains):
        for head in _heads(chain):
            if number in heard and number in said:
                yield Met(head.ref)
            else:
                yield _flag(head, chain, doing, heard=number in heard, said=number in said)


def _steering(graph: PlanGraph) -> Sequence[Agency]:
    bodies = [a for a in graph.in_sector(Sector.COORDINATION_BODY) if not _case_team(a)]
    return bodies or graph.with_function(Function.POLICY_COORDINATION)


def _case_team(body: Agency) -> bool:
    works = not (_CASE_WORK.isdisjoint(body.functions) and _CASE_ROLES.isdisjoint(body.roles))
    return works and _STEERING.isdisjoint(body.functions)


def _chains(
    graph: PlanGraph, bodies: Sequence[Agency]
) -> tuple[dict[str, int], list[list[Agency]]]:
    """The number of each body's chain, and the chains."""
    beside: dict[str, list[str]] = {a.id: [] for a in bodies}
    pairs = [(h.sender, h.receiver) for h in graph.handoffs]
    pairs += [(a.id, a.part_of) for a in bodies if a.part_of]
    for one, other in pairs:
        if one in beside and other in beside:
            beside[one].append(other)
            beside[other].append(one)
    chain_of: dict[str, int] = {}
    count = 0
    for start in beside:
        if start in chain_of:
            continue
        chain_of[start] = count
        queue = [start]
        for one in queue:
            for other in beside[one]:
                if other not in chain_of:
                    chain_of[other] = count
                    queue.append(other)
        count += 1
    chains: list[list[Agency]] = [[] for _ in range(count)]
    for a in bodies:
        chains[chain_of[a.id]].append(a)
    return chain_of, chains


def _heads(chain: Sequence[Agency]) -> list[Agency]:
    """The widest level, and there whoever is said to steer; several where nothing tells them apart.

    What a body is decides, never its handoffs: another handoff must not move a finding.
    """
    rank = {a.id: (_breadth(a), len(_STEERING.intersection(a.functions))) for a in chain}
    best = max(rank.values())
    return [a for a in chain if rank[a.id] == best]


def _breadth(body: Agency) -> int:
    """A body that does not state its level is taken as national; one of several States as last."""
    if body.level in (Level.REGIONAL, Level.INTERNATIONAL):
        return 0
    return 4 if body.level is None else _BREADTH.get(body.level, 4)


def _powerless(body: Agency) -> Flag:
    return Flag(
        about=agency(body.id),
        message=(
            f"A source says that {body.name} lacks {Function.POLICY_COORDINATION.label}: it cannot "
            "make the agencies decide together."
        ),
        mend=(
            f"Give {body.name} by law or decree the power to ask agencies for reports and to set "
            "what they do; or name the body that has it."
        ),
        lacking=(f"the function {Function.POLICY_COORDINATION} given to {body.name}",),
        stated=True,
    )


def _flag(
    head: Agency, chain: Sequence[Agency], doing: Sequence[Agency], *, heard: bool, said: bool
) -> Flag:
    others = [a for a in chain if a.id != head.id]
    name = listed([head.name, *(a.name for a in others)])
    told, asked, mends = [], [], []
    if not heard:
        told.append(f"No agency reports to {name}, brings it a case or sits with it.")
        asked.append(f"No source states which agencies report to {name}.")
        mends.append(f"Let agencies report to {head.name} at set times: cases and obstacles.")
    if not said:
        told.append(f"No guidance, decision or order goes out from {name} to an agency.")
        asked.append(f"No source states what guidance or decisions go out from {name}.")
        mends.append(f"Let guidance go out from {head.name}, in writing, to those who must use it.")
    nearest = doing[:3]
    wanted = (
        *(_report(head, a) for a in nearest if not heard),
        *(_guidance(head, a) for a in nearest if not said),
    )
    return Flag(
        about=agency(head.id, *(a.id for a in others)),
        message=" ".join(told),
        ask=" ".join([*asked, "Ask its chair or secretariat."]),
        mend=" ".join(mends),
        # Where both are missing no one handoff closes it.
        expected=wanted if heard or said else (),
        lacking=()
        if heard or said
        else (
            f"a report from agencies to {head.name}",
            f"guidance or decisions from {head.name} to agencies",
        ),
    )


def _report(head: Agency, doing: Agency) -> Expected:
    return Expected(
        sender=doing.id,
        receiver=head.id,
        kind=HandoffKind.REPORTING,
        pillars=tuple(Pillar),
        stage=Stage.SYSTEM,
        what="activity, cases and obstacles",
    )


def _guidance(head: Agency, doing: Agency) -> Expected:
    return Expected(
        sender=head.id,
        receiver=doing.id,
        kind=HandoffKind.GUIDANCE,
        pillars=tuple(Pillar),
        stage=Stage.SYSTEM,
        what="agreed priorities and procedures",
    )
