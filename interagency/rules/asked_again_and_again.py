"""G20: agencies that question the same person one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from itertools import pairwise

from interagency import kernels
from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Sector, Stage

_F = Function
_ASKING = {_F.VICTIM_IDENTIFICATION, _F.NEEDS_ASSESSMENT, _F.EVIDENCE_COLLECTION}
_HELPING = {
    Sector.SOCIAL_WELFARE,
    Sector.CHILD_PROTECTION,
    Sector.HEALTH,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.LEGAL_AID,
    Sector.INTERNATIONAL_ORGANISATION,
}
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
    counted = _Tellings(graph, asking, carrying, most + 1)
    statements = _taking_statements(graph)
    for a in graph.agencies:
        if a.id not in asking or not counted.comes_to(a.id):
            continue
        if first := counted.crosses(a.id):
            yield _flag(graph, most + 1, counted.askers(a.id, first), statements)
        elif not counted.beyond(a.id):
            yield Met(a.ref)


class _Tellings:
    """From which beginnings a person has told the story how often, at the least, and where.

    The beginnings are bits of one number. What is reached with so many tellings is all that free
    steps lead to from there, and from what a step that costs one leads to.
    """

    def __init__(
        self, graph: PlanGraph, asking: Collection[str], carrying: Collection[str], over: int
    ) -> None:
        self.graph, self.asking, self.carrying = graph, asking, carrying
        self.starts = {start: 1 << number for number, start in enumerate(graph.entries)}
        self._walks: dict[str, dict[str, str | None]] = {}
        everyone = (1 << len(self.starts)) - 1
        free: dict[str, list[tuple[str, int]]] = {}
        costing: list[Handoff] = []
        every: dict[str, list[tuple[str, int]]] = {}
        for h in graph.handoffs:
            if h.kind in CASE_KINDS and h.receiver not in PARTICIPANTS:
                every.setdefault(h.sender, []).append((h.receiver, everyone))
                if self._costs(h):
                    costing.append(h)
                else:
                    free.setdefault(h.sender, []).append((h.receiver, everyone))
        self._ever = kernels.led_to(every, self.starts)
        self._within: dict[str, int] = {}
        reached: dict[str, int] = {}
        for times in range(over + 1):
            self._within = reached
            reached = dict(reached)
            for start, bit in self.starts.items():
                if int(start in asking) == times:
                    reached[start] = reached.get(start, 0) | bit
            for h in costing:
                if known := self._within.get(h.sender):
                    reached[h.receiver] = reached.get(h.receiver, 0) | known
            reached = kernels.led_to(free, reached)
        self._just_over = {
            node: now
            for node, bits in reached.items()
            if (now := bits & ~self._within.get(node, 0))
        }

    def _costs(self, h: Handoff) -> bool:
        """Whether the story is told once more at the end of the step."""
        return h.receiver in self.asking and h.id not in self.carrying

    def comes_to(self, end: str) -> bool:
        """Whether a case comes there from elsewhere."""
        return bool(self._ever.get(end, 0) & ~self.starts.get(end, 0))

    def beyond(self, end: str) -> bool:
        """Whether it has been too often, from any beginning."""
        return bool(self._ever.get(end, 0) & ~self._within.get(end, 0))

    def crosses(self, end: str) -> int:
        """The beginnings from which it becomes too much here.

        Not where the words came here from another place without being told again.
        """
        told_before = 0
        for h in self.graph.received_by(end):
            if h.id in self.carrying:
                told_before |= self._just_over.get(h.sender, 0)
        return self._just_over.get(end, 0) & ~told_before

    def askers(self, end: str, first: int) -> list[str]:
        """Those who question on a way from one of these beginnings to the end, first to last."""
        starts = [start for start, bit in self.starts.items() if bit & first]
        start = next((start for start in starts if start in self._walks), starts[0])
        before = self._walks.get(start) or self._walk(start)
        way = [end]
        while (node := before[way[-1]]) is not None:
            way.append(node)
        return [node for node in reversed(way) if node in self.asking]

    def _walk(self, start: str) -> dict[str, str | None]:
        """Who was before whom, in the order of tellings: steps that cost none come first."""
        before: dict[str, str | None] = {}
        waiting: deque[tuple[str, str | None]] = deque([(start, None)])
        while waiting:
            node, came_from = waiting.popleft()
            if node in before:
                continue
            before[node] = came_from
            for h in self.graph.sent_by(node, CASE_KINDS):
                if h.receiver not in before and h.receiver not in PARTICIPANTS:
                    put = waiting.append if self._costs(h) else waiting.appendleft
                    put((h.receiver, node))
        self._walks[start] = before
        return before


def _asks(a: Agency) -> bool:
    if a.interviews is not None:
        return a.interviews
    return Role.IDENTIFICATION_AUTHORITY in a.roles or not _ASKING.isdisjoint(a.functions)


def _carried(h: Handoff, spared: set[frozenset[str]], asking: set[str]) -> bool:
    """Whether what the person told the sender travels with the step."""
    return h.sender in asking and (
        h.kind in _SPARING
        or h.form is not None
        or Need.WRITTEN_RECORD in h.needs
        or frozenset((h.sender, h.receiver)) in spared
    )


def _taking_statements(graph: PlanGraph) -> set[str]:
    """Those to whom what is said is a statement: who helps only has to stay apart from that."""
    helping = {a.id for a in (*graph.providers, *graph.case_managers)}
    return {
        a.id
        for a in graph.agencies
        if graph.investigates(a)
        or Role.IDENTIFICATION_AUTHORITY in a.roles
        or (a.id not in helping and a.sector not in _HELPING)
    }


def _sparing(graph: PlanGraph, first: str, second: str) -> Iterator[Expected]:
    """What spares a telling between two who take statements; a court hears with no party."""
    if Sector.JUDICIARY not in (graph.agency(first).sector, graph.agency(second).sector):
        yield _expected(first, second, HandoffKind.JOINT_ACTION, "one interview for both")
    yield _expected(
        first, second, HandoffKind.EVIDENCE_TRANSFER, "recorded statement of the person"
    )


def _expected(first: str, second: str, kind: HandoffKind, what: str) -> Expected:
    return Expected(
        sender=first,
        receiver=second,
        kind=kind,
        pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
        stage=Stage.INVESTIGATION,
        what=what,
        needs=(Need.CONSENT, Need.LANGUAGE),
    )


def _flag(graph: PlanGraph, times: int, askers: list[str], statements: set[str]) -> Flag:
    last = askers[-1]
    names = listed(map(graph.name, askers), most=len(askers))
    taking = [an_id for an_id in askers if an_id in statements]
    helping = [an_id for an_id in askers if an_id not in taking]
    pairs = list(reversed(list(pairwise(taking))))
    kept = listed(map(graph.name, helping))
    if pairs:
        together = f"{graph.name(pairs[0][0])} and {graph.name(pairs[0][1])}"
        mend = (
            f"Let {together} hear the person together, or pass on the recorded statement, and ask "
            "again only what is missing."
        )
    else:
        mend = "Let each ask only what it needs for its own task, and what happened be told once."
    if kept:
        mend += f" What {kept} asks in order to help is no statement and stays apart."
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
        mend=mend,
        expected=tuple(one for first, second in pairs for one in _sparing(graph, first, second)),
        lacking=() if pairs else (f"who asks what, agreed on between: {names}",),
    )
