"""G11: children handed from one custody to another of whom nobody hears that they arrived."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.vocabulary import Group, HandoffKind, Need, Pillar, Role, Sector, Stage

_YOUNG = {Group.CHILDREN, Group.GIRLS, Group.BOYS}
_WORD = {
    HandoffKind.NOTIFICATION,
    HandoffKind.INFORMATION_SHARING,
    HandoffKind.FEEDBACK,
    HandoffKind.JOINT_ACTION,
}
_BROUGHT = {Need.ACCOMPANIMENT, Need.WRITTEN_RECORD}
_ANSWERING = {Sector.CHILD_PROTECTION, Sector.LAW_ENFORCEMENT}


@rule(
    code="G11",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-33-2", "COE-10-4A"),
    whom=(Group.CHILDREN,),
)
def child_lost_between_two(graph: PlanGraph) -> Iterator[Answer]:
    """A child is handed on, and nobody would notice if it never arrived.

    Why it matters:
        Each of the two believes that the other has the child. Children vanish in the first days
        after they are found, and are searched for when it is too late.

    What it looks at:
        Every custody transfer of children between two agencies: limited to groups with children,
        girls or boys among them, or with an end that serves children only. It is in order when
        receipt is confirmed (need acknowledgement), when somebody goes with the child and it is put
        in writing (accompaniment with written_record), or when word of children goes from the
        receiver to the sender, or to somebody who would search: the police, child protection, a
        guardian or a case manager.
        Word is a notification, feedback, shared information or a joint action.

    When it is no trouble:
        Both sign a protocol when the child changes hands: write acknowledgement. A custody transfer
        that is not limited to children is not looked at, though children may be among the persons.

    Broken:
        format: 1
        plan: {id: example, title: Gone in between, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: home, name: Children's home, sector: social_welfare}
        handoffs:
          - from: police
            to: home
            pillars: [protect]
            kind: custody_transfer
            only_for: [children]

    Mended:
        format: 1
        plan: {id: example, title: Received, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: home, name: Children's home, sector: social_welfare}
        handoffs:
          - from: police
            to: home
            pillars: [protect]
            kind: custody_transfer
            only_for: [children]
          - {from: home, to: police, pillars: [protect], kind: notification, only_for: [children]}
    """
    told: dict[str, set[str]] = {}
    for h in graph.handoffs:
        if h.kind in _WORD and (not h.only_for or _YOUNG.intersection(h.only_for)):
            told.setdefault(h.sender, set()).add(h.receiver)
            if h.kind is HandoffKind.JOINT_ACTION:
                told.setdefault(h.receiver, set()).add(h.sender)
    answering = {a.id for a in graph.agencies if _answers_for_children(a)}
    for step in graph.handoffs:
        if step.kind is not HandoffKind.CUSTODY_TRANSFER or not _of_children(step, graph):
            continue
        heard = told.get(step.receiver, set())
        confirmed = Need.ACKNOWLEDGEMENT in step.needs or _BROUGHT.issubset(step.needs)
        if confirmed or step.sender in heard or not heard.isdisjoint(answering):
            yield Met(step.ref)
        else:
            yield _flag(graph, step)


def _answers_for_children(a: Agency) -> bool:
    roles = (Role.GUARDIAN, Role.CASE_MANAGER)
    return a.sector in _ANSWERING or any(role in a.roles for role in roles)


def _of_children(step: Handoff, graph: PlanGraph) -> bool:
    if step.sender == step.receiver or PARTICIPANTS.keys() & {step.sender, step.receiver}:
        return False
    ends = [graph.agency(end).accepts for end in (step.sender, step.receiver)]
    return not _YOUNG.isdisjoint(step.only_for) or any(
        groups and _YOUNG.issuperset(groups) for groups in ends
    )


def _flag(graph: PlanGraph, step: Handoff) -> Flag:
    sender, receiver = graph.name(step.sender), graph.name(step.receiver)
    return Flag(
        about=(*handoff(step), *agency(step.sender, step.receiver)),
        message=(
            f"{sender} hands children to {receiver}, and nobody hears whether they arrived or went "
            "missing."
        ),
        ask=(
            f"{sender} hands children to {receiver}. No source states who confirms that a child "
            "arrived, and who is told when it goes missing. Ask both."
        ),
        mend=(
            f"Let {receiver} confirm in writing, the same day, that the child is there, and tell "
            f"{sender} and the police at once when it goes missing."
        ),
        expected=(
            Expected(
                sender=step.receiver,
                receiver=step.sender,
                kind=HandoffKind.FEEDBACK,  # it brings no new case to whoever sent the child
                pillars=(Pillar.PROTECT,),
                stage=Stage.FIRST_RESPONSE,
                what="word that the child arrived, or is missing",
            ),
        ),
        paths=(step.id,),
    )
