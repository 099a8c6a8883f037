"""Every view in words, for whoever listens to a chart or reads it in an e-mail.

Each says what its picture says in the order in which it is looked at, a sentence to a line;
a line that is set in belongs to the one above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from interagency.charts.ladder_rows import (
    SECTOR_ORDER,
    Column,
    Content,
    Row,
    codes_of,
    content,
    told_notes,
)
from interagency.charts.lanes_flow import LaneBy, lanes_of
from interagency.charts.lanes_key import numbers
from interagency.charts.pathway import names_of
from interagency.charts.pathway_cards import told as told_of
from interagency.charts.pathway_cards import told_unplaced
from interagency.charts.pathway_tracks import most_columns
from interagency.charts.pathway_ways import Node, ways
from interagency.charts.text import clean
from interagency.charts.theme import A4, PILLARS
from interagency.charts.wording import Wording, marked, wording
from interagency.conformance import Mark
from interagency.conformance import functions as functions_of
from interagency.vocabulary import Pillar

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_SET_IN = "  "


class Telling(Protocol):
    """Says a plan with what was found, line by line.

    ``shown`` holds the number of each row as the picture has it; a row without one is told
    beside the picture only.
    """

    def __call__(
        self,
        graph: PlanGraph,
        findings: Sequence[Finding],
        language: str | None,
        shown: Mapping[str, str],
    ) -> Iterable[str]:
        """The lines."""
        ...


def telling(view: str, by: LaneBy = LaneBy.SECTOR) -> Telling:
    """The telling of a view; of lanes, by what makes a lane."""
    if view == "lanes":
        return partial(_lanes, by=by)
    return _TELLINGS.get(view, _ladder)


def _ladder(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
) -> Iterator[str]:
    """By P and stage: each handoff with its number, in the order of the rows."""
    said = content(graph, findings, language)
    ours = said.wording
    for pillar, some in groupby(said.rows, key=lambda row: row.pillar):
        yield ours.heading(ours.say(PILLARS[pillar].word))
        for stage, rows in groupby(some, key=lambda row: row.stage_words):
            yield _SET_IN + ours.heading(stage)
            for row in rows:
                number = f"{shown[row.id]}. " if row.there and row.id in shown else ""
                ends = f"{said.name(row.sender)} -> {said.name(row.receiver)}"
                told = ours.clauses((row.words, row.detail, row.limit)) + _codes(row)
                yield 2 * _SET_IN + number + ours.headed(ends, told)
    yield from told_notes(said.notes, ours)


def _said(row: Row, shown: Mapping[str, str]) -> str:
    """What a row says beside its ends."""
    number = f"{shown[row.id]}. " if row.id in shown else ""
    return number + row.wording.clauses((row.words, row.detail, row.limit)) + _codes(row)


def _codes(row: Row) -> str:
    return f" [{row.wording.codes(row.marks)}]" if row.marks else ""


def _lanes(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
    by: LaneBy = LaneBy.SECTOR,
) -> Iterator[str]:
    """By P, lane and stage: what leaves each lane."""
    said = content(graph, findings, language)
    for pillar, some in groupby(said.rows, key=lambda row: row.pillar):
        rows = tuple(some)
        named = {end for row in rows for end in (row.sender, row.receiver)}
        lanes = lanes_of((c for c in said.columns if c.id in named), by)
        yield said.wording.heading(said.wording.say(PILLARS[pillar].word))
        for lane in dict.fromkeys(lanes.values()):
            yield from _lane(said, [row for row in rows if lanes[row.sender] == lane], lane, shown)
    yield from told_notes(said.notes, said.wording)


def _lane(said: Content, rows: Sequence[Row], lane: str, shown: Mapping[str, str]) -> Iterator[str]:
    say = said.wording.say
    if not rows:
        yield _SET_IN + say("Lane {lane}: only receives.", lane=lane)
        return
    yield _SET_IN + say("Lane {lane}:", lane=lane)
    for stage, some in groupby(rows, key=lambda row: row.stage_words):
        yield 2 * _SET_IN + said.wording.heading(stage)
        for row in some:
            ends = f"{said.name(row.sender)} -> {said.name(row.receiver)}"
            yield 3 * _SET_IN + said.wording.headed(ends, _said(row, shown))


def _matrix(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
) -> Iterator[str]:
    """Line by line of the matrix: what each gives, and to whom."""
    said = content(graph, findings, language)
    say = said.wording.say
    for column in said.columns:
        given = [row for row in said.rows if row.sender == column.id]
        if not given:
            yield say("{agency} gives nothing here.", agency=column.name)
            continue
        yield say("{agency} ({sector}) gives:", agency=column.name, sector=column.band)
        for other in said.columns:
            for row in given:
                if row.receiver == other.id:
                    to = say("to {agency}: {what}", agency=other.name, what=_said(row, shown))
                    yield _SET_IN + to
    receivers = {row.receiver for row in said.rows}
    if idle := [column.name for column in said.columns if column.id not in receivers]:
        yield say("Receives nothing here: {names}.", names=said.wording.clauses(idle))
    yield from told_notes(said.notes, said.wording)


def _map(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
) -> Iterator[str]:
    """Who is in touch with whom, those with most handoffs first."""
    said = content(graph, findings, language)
    there = [row for row in said.rows if row.there]
    load = Counter(end for row in there for end in (row.sender, row.receiver))
    for column in sorted(said.columns, key=lambda column: -load[column.id]):
        yield from _in_touch(said, column, there)
        for row in said.rows:
            if not row.there and row.sender == column.id:
                ends = f"-> {said.name(row.receiver)}"
                yield _SET_IN + said.wording.headed(ends, row.words + _codes(row))
    yield from told_notes(said.notes, said.wording)


def _in_touch(said: Content, column: Column, there: Sequence[Row]) -> Iterator[str]:
    """With whom an agency is in touch, and how often."""
    say, clauses = said.wording.say, said.wording.clauses
    to = Counter(row.receiver for row in there if row.sender == column.id)
    by = Counter(row.sender for row in there if row.receiver == column.id)
    gives, gets = to.total(), by.total()
    yield say("{agency}: hands on {gives}, receives {gets}.",
              agency=column.name, gives=gives, gets=gets)  # fmt: skip
    if to:
        yield _SET_IN + say("hands on to: {names}", names=clauses(_names(said, to)))
    if by:
        yield _SET_IN + say("receives from: {names}", names=clauses(_names(said, by)))


def _names(said: Content, often: Counter[str]) -> Iterator[str]:
    for an_id, count in often.items():
        yield said.name(an_id) if count == 1 else f"{said.name(an_id)} ({count})"


def _pathway(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
) -> Iterator[str]:
    """The ways from the left to the right; each step is set in under the one before it."""
    said = content(graph, findings, language)
    given = {**dict.fromkeys(numbers(said.rows), ""), **shown}
    ours = said.wording
    names = names_of(graph, language, ours)
    found = ways(graph, findings, given, names, most_columns(A4), ours)
    for root in found.roots:
        yield from _way(root, 0, ours)
    if not found.roots:
        yield ours.say("No way of a person is stated.")
    if found.unplaced:
        yield told_unplaced(found)
    yield from told_notes(codes_of(findings, found.marks, ours), ours)


def _way(node: Node, depth: int, ours: Wording) -> Iterator[str]:
    sign = f" ({ours.say('card {sign}', sign=node.card.sign)})" if node.card.sign else ""
    yield f"{depth * _SET_IN}{told_of(node.card, ours)}{sign}"
    for child in node.children:
        yield from _way(child, depth + 1, ours)


def _functions(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    shown: Mapping[str, str],
) -> Iterator[str]:
    """Function by function: who leads, takes part, does not hold it; nobody, where nobody does."""
    ours = wording(language or graph.plan.facts.language or "en")
    found = functions_of(graph, graph.view.pillars or ())
    names = {a.id: clean(a.names.get(language or "", a.name)) or a.id for a in found.agencies}
    last = len(SECTOR_ORDER)
    order = sorted(
        range(len(found.agencies)),
        key=lambda at: SECTOR_ORDER.index(s) if (s := found.agencies[at].sector) else last,
    )
    pillars = (*Pillar, None)
    rows = sorted(found.rows, key=lambda row: pillars.index(row[0].pillar))
    for pillar, some in groupby(rows, key=lambda row: row[0].pillar):
        yield ours.heading(ours.say(PILLARS[pillar].word if pillar else marked("All three Ps")))
        silent = []
        for function, marks in some:
            if set(marks) <= {Mark.NOT_ASSESSED} and not graph.complete:
                silent.append(ours.term(function))
                continue
            holders = [(names[found.agencies[at].id], marks[at]) for at in order]
            held = _held(holders, ours, graph.complete)
            yield _SET_IN + ours.headed(ours.head(function), held)
        if silent:
            told = ours.say("Nobody is stated to have: {functions}.", functions=ours.listed(silent))
            yield _SET_IN + told


def _held(holders: Sequence[tuple[str, Mark]], ours: Wording, complete: bool) -> str:
    """Who holds a function, and how."""
    marks = {mark for _, mark in holders}
    parts = []
    if Mark.LEAD not in marks:
        known = complete or Mark.LACKS in marks
        parts.append(
            ours.say(marked("nobody leads it") if known else marked("nobody is stated to lead it"))
        )
    for mark, message in _HELD.items():
        if mark in marks:
            names = ours.names(name for name, its in holders if its is mark)
            parts.append(ours.say(message, names=names))
    return ours.clauses(parts)


_HELD: Mapping[Mark, str] = {
    Mark.LEAD: marked("led by {names}"),
    Mark.SUPPORT: marked("with the help of {names}"),
    Mark.LACKS: marked("not held by {names}"),
}
_TELLINGS: Mapping[str, Telling] = {
    "ladder": _ladder,
    "matrix": _matrix,
    "functions": _functions,
    "pathway": _pathway,
    "map": _map,
}
