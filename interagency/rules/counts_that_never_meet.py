"""G37: agencies that count victims and never put their counts together."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Level, Pillar, Sector, Stage

_DATA = frozenset({HandoffKind.REPORTING, HandoffKind.INFORMATION_SHARING})
_SUBJECT = Ref(Kind.PLAN, "counts")
_BELOW = {Level.PROVINCIAL, Level.DISTRICT, Level.LOCAL}
_KEEPERS = (Sector.NATIONAL_RAPPORTEUR, Sector.COORDINATION_BODY)


@rule(
    code="G37",
    severity=Severity.MEDIUM,
    pillars=tuple(Pillar),
    requirements=("OHC-G3", "TVP-B1", "COE-29-4"),
)
def counts_that_never_meet(graph: PlanGraph) -> Iterator[Answer]:
    """Several agencies count victims, each for itself, and no register brings the counts together.

    Why it matters:
        Police report one total, the shelters another, the ministry a third. One person is counted
        three times, another not at all, and nobody can say whether things get better.

    What it looks at:
        Plans in which two or more agencies count: those with the function data_collection, and
        those that identify victims, since each of them keeps its own list. It is in order when
        their counts meet: handoffs of kind reporting or information_sharing lead from all of them
        to each other or to a common place, in one step or several. A branch that counts with the
        agency it is part of has met it. That a case is referred from one to the other joins no
        counts, and a report to the public joins none. Told once for the plan.

    When it is no trouble:
        All of them write into one data base: make the handoff of kind reporting to its keeper.
        Whether a person is recognised when counted twice cannot be seen in format 1. Where one body
        only sends the same data to all, the rule takes them as met.

    Broken:
        format: 1
        plan: {id: example, title: Two totals, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, functions: [victim_identification]}
          - {id: ministry, name: Welfare ministry, functions: [data_collection]}
          - {id: committee, name: National committee, sector: coordination_body}
        handoffs:
          - {from: ministry, to: committee, pillars: [protect], kind: reporting}
          - {from: police, to: ministry, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: One total, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, functions: [victim_identification]}
          - {id: ministry, name: Welfare ministry, functions: [data_collection]}
          - {id: committee, name: National committee, sector: coordination_body}
        handoffs:
          - {from: ministry, to: committee, pillars: [protect], kind: reporting}
          - {from: police, to: ministry, pillars: [protect], kind: referral}
          - {from: police, to: committee, pillars: [prosecute, protect], kind: reporting}
    """
    identifying = {a.id for a in graph.identifiers}
    counting = [
        a for a in graph.agencies if a.id in identifying or Function.DATA_COLLECTION in a.functions
    ]
    if len(counting) < 2:
        return
    parts = _parts(graph, counting)
    if len(parts) == 1:
        yield Met(_SUBJECT)
    else:
        yield _flag(graph, parts)


def _parts(graph: PlanGraph, counting: list[Agency]) -> list[list[Agency]]:
    """Those who count, by who has their counts together."""
    up: dict[str, str] = {}

    def part_of(an_id: str) -> str:
        while (above := up.get(an_id, an_id)) != an_id:
            up[an_id] = up.get(above, above)
            an_id = above
        return an_id

    ids = {a.id for a in counting}
    fed = graph.reached_from(ids, _DATA)
    for h in graph.handoffs:
        if h.kind in _DATA and h.sender in fed and h.receiver not in PARTICIPANTS:
            up[part_of(h.sender)] = part_of(h.receiver)
    for a in counting:
        if a.part_of in ids:
            up[part_of(a.id)] = part_of(a.part_of)
    parts: dict[str, list[Agency]] = {}
    for a in counting:
        parts.setdefault(part_of(a.id), []).append(a)
    return list(parts.values())


def _flag(graph: PlanGraph, parts: list[list[Agency]]) -> Flag:
    names = " ".join(
        f"({number}) {listed((a.name for a in part), most=4)}."
        for number, part in enumerate(parts, 1)
    )
    keeper = _keeper(graph, parts)
    name = keeper.name if keeper else "one national body (function data_collection)"
    there = "" if keeper else " The plan has none that could: name it first."
    closing = tuple(_closing(parts, keeper)) if keeper and len(parts) == 2 else ()
    return Flag(
        about=(
            _SUBJECT,
            *agency(*(a.id for part in parts for a in part), *([keeper.id] if keeper else [])),
        ),
        message=(
            f"{len(parts)} counts of victims are kept apart: {names} Nothing that is reported "
            "brings them to one place, so each can give another total."
        ),
        ask=(
            f"No source states where the counts of these come together: {names} Ask who gives the "
            "national total, and which of them report to it."
        ),
        mend=(
            f"Let all of them report to {name}, with the same definitions and stages, without "
            f"names, and with a key by which one person is counted once.{there}"
        ),
        expected=closing,
        lacking=() if closing else (f"a report from each of them to {name}",),
    )


def _closing(parts: list[list[Agency]], keeper: Agency) -> Iterator[Expected]:
    """A report to the keeper from each part that does not hold it."""
    for part in reversed(parts):
        if keeper not in part:
            yield Expected(
                sender=part[0].id,
                receiver=keeper.id,
                kind=HandoffKind.REPORTING,
                pillars=tuple(Pillar),
                stage=Stage.MONITORING,
                what="counts by stage, without names",
            )


def _keeper(graph: PlanGraph, parts: list[list[Agency]]) -> Agency | None:
    """Who could keep the count of the whole country; no province keeps that of another."""
    holders = [a for part in parts for a in part if Function.DATA_COLLECTION in a.functions]
    named = [*graph.in_sector(_KEEPERS[0]), *holders, *graph.in_sector(_KEEPERS[1])]
    return next((a for a in named if a.level not in _BELOW), None)
