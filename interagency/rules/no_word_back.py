"""G08: receivers of referrals that tell the referrer nothing."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import HELP_KINDS, MOVING_KINDS, PlanGraph
from interagency.guards import Unwanted, may_hear_back
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import HandoffKind, Pillar, Stage

_WORD = {HandoffKind.FEEDBACK, HandoffKind.DECISION}


@rule(
    code="G08",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("TVP-TF", "NRM-06", "ICM-09-2"),
)
def no_word_back(graph: PlanGraph) -> Iterator[Answer]:
    """An agency receives persons, and those who sent them never hear what became of them.

    Why it matters:
        Who never hears back stops referring. And nobody can count how many were lost on the way.

    What it looks at:
        Every agency to which other agencies refer persons, or whose custody they are given into.
        It is in order when word goes back to each of them: a handoff of kind feedback, or a
        decision, straight to the referrer, through one agency that passes it on, or from the case
        manager who sends persons there or gets them from there. Reports,
        statistics and notices of other facts are no word on what became of the person. No word
        is owed, and none is asked for, to whoever removes people; to those who decide on stay or
        hold people, other than from those who identify; to the police side from a lawyer; nor to
        who sends a person away against their will; nor between an agency and its own branch.

    When it is no trouble:
        The referrer sits in the agency it refers to, as a member of its panel: format 1 cannot say
        so. A need 'acknowledgement' confirms receipt, and is no outcome.

    Broken:
        format: 1
        plan: {id: example, title: Sent and forgotten, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: clinic, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Sent and heard of, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: clinic, to: shelter, pillars: [protect], kind: referral}
          - {from: shelter, to: clinic, pillars: [protect], kind: feedback}
    """
    referrers: dict[str, dict[str, tuple[Pillar, ...]]] = {}
    tells: dict[str, set[str]] = {}
    told_by: dict[str, set[str]] = {}
    unwanted = Unwanted(graph)
    for h in graph.handoffs:
        if h.sender == h.receiver or not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)):
            continue
        if h.kind in MOVING_KINDS:
            if (
                h in unwanted
                or _one_house(graph, h)
                or not may_hear_back(graph, h.sender, h.receiver)
                or not graph.may_meet(graph.agency(h.receiver))
            ):
                continue
            referrers.setdefault(h.receiver, {}).setdefault(h.sender, h.pillars)
        elif h.kind in _WORD:
            tells.setdefault(h.sender, set()).add(h.receiver)
            told_by.setdefault(h.receiver, set()).add(h.sender)
    nobody: set[str] = set()
    managed = _managed(graph)
    for receiver, senders in referrers.items():
        tells_of = tells.get(receiver, nobody)
        passing_on = tells_of | managed.get(receiver, nobody)
        unheard = {
            sender: pillars
            for sender, pillars in senders.items()
            if sender not in tells_of and passing_on.isdisjoint(told_by.get(sender, nobody))
        }
        if unheard:
            yield _flag(graph, receiver, unheard)
        else:
            yield Met(agency(receiver)[0])


def _one_house(graph: PlanGraph, h: Handoff) -> bool:
    """Whether one end is a branch of the other: what happens there is its own to know."""
    ends = graph.agency(h.sender), graph.agency(h.receiver)
    return ends[0].part_of == ends[1].id or ends[1].part_of == ends[0].id


def _managed(graph: PlanGraph) -> dict[str, set[str]]:
    """For each agency, the case managers who send persons there or get them from there."""
    managed: dict[str, set[str]] = {}
    for manager in graph.case_managers:
        sent = graph.sent_by(manager.id, HELP_KINDS)
        for end in (*(h.receiver for h in sent), *_senders(graph, manager.id)):
            managed.setdefault(end, set()).add(manager.id)
    return managed


def _senders(graph: PlanGraph, manager: str) -> Iterator[str]:
    return (h.sender for h in graph.received_by(manager, HELP_KINDS))


def _flag(graph: PlanGraph, receiver: str, unheard: dict[str, tuple[Pillar, ...]]) -> Flag:
    name, names = graph.name(receiver), listed(map(graph.name, unheard))
    return Flag(
        about=agency(receiver, *unheard),
        message=f"No word comes back from {name} on the persons handed there by {names}.",
        ask=(
            f"No source states that word comes back from {name} on the persons handed there by "
            f"{names}. Does it?"
        ),
        mend=(
            f"Let {name} tell the referrer, within a stated time and with the person's consent, "
            "whether the person was taken in and what was decided."
        ),
        expected=tuple(
            Expected(
                sender=receiver,
                receiver=sender,
                kind=HandoffKind.FEEDBACK,
                pillars=pillars,
                stage=Stage.MONITORING,
                what="whether the person was taken in, as far as the person agrees",
            )
            for sender, pillars in unheard.items()
        ),
    )
