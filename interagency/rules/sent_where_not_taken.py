"""P07: lines that send persons to an agency that does not take them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import Group, HandoffKind, Pillar, Stage

_BRINGING = MOVING_KINDS | {HandoffKind.REQUEST_FOR_ASSISTANCE, HandoffKind.ORDER}
_LATER = {Stage.SOCIAL_INCLUSION, Stage.RETURN_REINTEGRATION}
"""Stages at which a person may be older than when they came to the sender."""


@rule(
    code="P07",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("PAL-06-4", "COE-12-7"),
)
def sent_where_not_taken(graph: PlanGraph) -> Iterator[Answer]:
    """A line sends persons to an agency that takes only others.

    Why it matters:
        A man at the door of a refuge for women, a boy in a house for adults: they are turned away,
        or kept where they are not safe. In the plan the line looks like a way.

    What it looks at:
        Referrals, custody transfers, requests and orders to an agency that says whom it takes
        (accepts). Each is in order when somebody whom it is for (only_for, and whom the sender
        takes) is among them. Limits of one respect alone shut each other out: by age or sex, by
        where the person comes from, by the form of exploitation. What the plan says itself is a
        gap in a partial plan too.

    When it is no trouble:
        The agency takes them as well: add them to accepts. It finds them the right place and takes
        nobody in: write the handoff as a notification. Whoever comes of age with the sender and
        moves on goes at the stage social_inclusion, where whom the sender takes is not asked.

    Broken:
        format: 1
        plan: {id: example, title: A closed door, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border guard, roles: [detecting_agency]}
          - {id: refuge, name: Refuge, roles: [service_provider], accepts: [women]}
        handoffs:
          - {from: border, to: refuge, pillars: [protect], kind: referral, only_for: [men]}

    Mended:
        format: 1
        plan: {id: example, title: An open door, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border guard, roles: [detecting_agency]}
          - {id: refuge, name: Refuge, roles: [service_provider], accepts: [women]}
          - {id: house, name: House, roles: [service_provider], accepts: [men]}
        handoffs:
          - {from: border, to: house, pillars: [protect], kind: referral, only_for: [men]}
    """
    for h in graph.handoffs:
        if h.kind not in _BRINGING or h.receiver in PARTICIPANTS:
            continue
        taken = graph.agency(h.receiver).accepts
        sent = _sent(graph, h)
        if not taken or not sent:
            continue
        passing = graph.persons.passing
        whom = [limit for limit in sent if not passing(limit) & passing(taken)]
        together = passing(taken)
        for limit in sent:
            together &= passing(limit)
        if together:
            yield Met(h.ref)
        else:
            yield _flag(graph, h, (whom or sent)[0], taken)


def _sent(graph: PlanGraph, h: Handoff) -> list[tuple[Group, ...]]:
    """The limits of those who are sent: what the line says, and whom the sender takes."""
    served = () if h.sender in PARTICIPANTS else graph.agency(h.sender).accepts
    limits = (h.only_for, () if h.stage in _LATER else served)
    return [limit for limit in limits if limit]


def _flag(graph: PlanGraph, h: Handoff, sent: Collection[Group], taken: Collection[Group]) -> Flag:
    sender, receiver = graph.name(h.sender), graph.name(h.receiver)
    whom, others = (listed(group.label for group in groups) for groups in (sent, taken))
    ends = [end for end in (h.sender, h.receiver) if end not in PARTICIPANTS]
    return Flag(
        about=(*handoff(h), *agency(*ends)),
        message=f"{sender} sends {whom} to {receiver}, which takes others: {others}.",
        mend=(
            f"Send them to a place that takes {whom}, or let {receiver} take them, with rooms and "
            "staff for them, and write whom it accepts."
        ),
        lacking=(f"a receiver of the handoff {h.id} that accepts {' or '.join(sent)}",),
        stated=True,
        paths=(h.id,),
    )
