"""G20: agencies that question the same person one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Stage

_F = Function
_ASKING = {_F.VICTIM_IDENTIFICATION, _F.NEEDS_ASSESSMENT, _F.EVIDENCE_COLLECTION}
_SPARING = {HandoffKind.JOINT_ACTION, HandoffKind.EVIDENCE_TRANSFER}


@rule(
    code="G20",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-30", "UNT-24-1"),
)
def asked_again_and_again(graph: PlanGraph, *, at_most: int = 2) -> Iterator[Answer]:
    """The same person tells the same story to one agency after the other.

    Why it matters:
        Each telling hurts, and no two are alike: in court the differences are held against the
        witness. Many give up before the last one.

    What it looks at:
        Agencies that question the person: interviews: true; or, where that is not stated, the
        functions victim_identification, needs_assessment or evidence_collection, or the role
        identification_authority. For each: how often a person has been questioned, at the least, up
        to and with this agency, counted from each place where cases begin (the person, the public,
        every agency that detects): that somebody else may come to the third desk first spares
        nobody who comes by the first two. A step on which the words travel costs no new telling: a
        joint action, an evidence transfer, one with a form or the need written_record, or any step
        between two that also have a joint action or evidence transfer between them. It is in order
        up to the number at_most, and only the agency that goes beyond it is told of; agencies that
        only question first are not looked at.

    When it is no trouble:
        One of them reads the file and asks nothing: write interviews: false. That two agencies ask,
        one to find signs and one to decide, is allowed for; set at_most to 1 to see it.

    Broken:
        format: 1
        plan: {id: example, title: Three times, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, roles: [detecting_agency], interviews: true}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: police, name: Investigators, functions: [evidence_collection]}
        handoffs:
          - {from: border, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: police, pillars: [prosecute], kind: notification}

    Mended:
        format: 1
        plan: {id: example, title: Heard together, as_of: 2024, completeness: complete}
        agencies:
          - {id: border, name: Border police, roles: [detecting_agency], interviews: true}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: police, name: Investigators, functions: [evidence_collection]}
        handoffs:
          - {from: border, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: police, pillars: [prosecute], kind: notification}
          - {from: panel, to: police, pillars: [prosecute], kind: joint_action}
    """
    most = max(at_most, 1)
    asking = {a.id for a in graph.agencies if _asks(a)}
    spared = {frozenset((h.sender, h.receiver)) for h in graph.handoffs if h.kind in _SPARING}
    carrying = {h.id for h in graph.handoffs if _carried(h, spared, asking)}
    walks = [_tellings(graph, start, asking, carrying) for start in graph.entries]
    for a in graph.agencies:
        after = [walk for walk in walks if a.id in asking and walk.before.get(a.id) is not None]
        over = [walk for walk in after if walk.times[a.id] > most]
        first = [walk for walk in over if _crosses(graph, a.id, walk, carrying, most)]
        if first:
            yield _flag(graph, most + 1, _askers(a.id, first[0].before, asking))
        elif after and not over:
            yield Met(a.ref)


@dataclass(frozen=True, slots=True)
class _Walk:
    """From one beginning: how often the story has been told where, and who was before."""

    times: dict[str, int]
    before: dict[str, str | None]


def _crosses(graph: PlanGraph, end: str, walk: _Walk, carrying: set[str], most: int) -> bool:
    """Whether it becomes too much here: not when the words came here without being told again."""
    return walk.times[end] == most + 1 and not any(
        h.id in carrying and walk.times.get(h.sender) == most + 1 for h in graph.received_by(end)
    )


def _asks(a: Agency) -> bool:
    if a.interviews is not None:
        return a.interviews
    return Role.IDENTIFICATION_AUTHORITY in a.roles or not _ASKING.isdisjoint(a.functions)


def _tellings(graph: PlanGraph, start: str, asking: set[str], carrying: set[str]) -> _Walk:
    """How often a person who begins there has told the story, at the least, at each agency.

    A walk in the order of tellings: a step that costs none is taken before one that costs one.
    """
    times: dict[str, int] = {}
    before: dict[str, str | None] = {}
    waiting: deque[tuple[int, str, str | None]] = deque([(int(start in asking), start, None)])
    while waiting:
        told, node, came_from = waiting.popleft()
        if node in times:
            continue
        times[node], before[node] = told, came_from
        for h in graph.sent_by(node, CASE_KINDS):
            if h.receiver in times or h.receiver in PARTICIPANTS:
                continue
            if h.receiver in asking and h.id not in carrying:
                waiting.append((told + 1, h.receiver, node))
            else:
                waiting.appendleft((told, h.receiver, node))
    return _Walk(times, before)


def _carried(h: Handoff, spared: set[frozenset[str]], asking: set[str]) -> bool:
    """Whether what the person told the sender travels with the step."""
    return h.sender in asking and (
        h.kind in _SPARING
        or h.form is not None
        or Need.WRITTEN_RECORD in h.needs
        or frozenset((h.sender, h.receiver)) in spared
    )


def _askers(end: str, before: dict[str, str | None], asking: set[str]) -> list[str]:
    """Those who question on the way to the end, and the end, first to last."""
    way = [end]
    while (node := before[way[-1]]) is not None:
        way.append(node)
    return [node for node in reversed(way) if node in asking]


def _flag(graph: PlanGraph, times: int, askers: list[str]) -> Flag:
    last, previous = askers[-1], askers[-2]
    names = listed(map(graph.name, askers), most=len(askers))
    return Flag(
        about=agency(last, *reversed(askers[:-1])),
        message=(
            f"By the time {graph.name(last)} has heard a person, the story has been told {times} "
            f"times. Those who ask on the way: {names}."
        ),
        ask=(
            f"By their tasks {names} may each question the same person in turn. No source states "
            "that they do so together, or that the statement travels with the case. Ask what each "
            "is given of what the person has already told."
        ),
        mend=(
            f"Let {graph.name(previous)} and {graph.name(last)} hear the person together, or pass "
            "on the recorded statement, and ask again only what is missing."
        ),
        expected=tuple(
            Expected(
                sender=previous,
                receiver=last,
                kind=kind,
                pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
                stage=Stage.INVESTIGATION,
                what=what,
            )
            for kind, what in (
                (HandoffKind.JOINT_ACTION, "one interview for both"),
                (HandoffKind.EVIDENCE_TRANSFER, "recorded statement of the person"),
            )
        ),
    )
