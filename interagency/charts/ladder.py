"""The ladder: who hands what to whom, step by step, under each of the three Ps.

Agencies are columns, grouped by sector and shared by a panel for each pillar; each handoff is
one row with one arrow and its words above it. Nothing can cross or overlap, the eye follows a
column down to see an agency's whole load, and a gap stands where the step should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts.frame import (
    PLAIN,
    Edition,
    Frame,
    Key,
    NoteLine,
    frame_of,
    framed,
    legend,
    note_lines,
    notes,
    notes_height,
    warnings,
)
from interagency.charts.ladder_heads import heads, placed
from interagency.charts.ladder_pages import (
    MOST_STRETCH,
    Measures,
    Sheet,
    measures,
    rows_height,
    sheets,
)
from interagency.charts.ladder_panels import Panels
from interagency.charts.ladder_rows import (
    SIGNS,
    Content,
    between,
    content,
    told_absent,
)
from interagency.charts.scene import Item, Scene
from interagency.charts.signs import meanings
from interagency.charts.strokes import words
from interagency.charts.text import rtl_language
from interagency.charts.theme import PILLARS
from interagency.charts.wording import Wording

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


def ladder(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
) -> tuple[Scene, ...]:
    """Draw a plan as a ladder, on as many pages as it needs.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions become rows of their own.
        edition: how it comes out. On a page too narrow for its columns the names of agencies are
            turned, where that saves more than half of the pages, or some of pages that would be
            half empty.
    """
    said, page = content(graph, findings, edition.language, edition.numbering), edition.page
    texts = frame_of(
        graph,
        said.wording,
        edition,
        about=said.wording.say("Who hands what to whom"),
        counted=said.counts,
    )
    drawing = _Drawing(said, measures(said, page), texts, tuple(_keys(said)))
    pages = drawing.sheets()
    if len(pages) > 2:
        turned = replace(drawing, m=measures(said, page, turned=True))
        fewer = turned.sheets()
        hollow = drawing.filled(pages) < 0.5 and len(fewer) < len(pages)
        if hollow or 2 * len(fewer) < len(pages):
            drawing, pages = turned, fewer
    scenes = drawing.all_pages(pages)
    if rtl_language(said.wording.asked):
        return tuple(scene.mirrored() for scene in scenes)
    return scenes


def _keys(said: Content) -> Iterable[Key]:
    """What stands on the chart: a reader of one page must know what the others show."""
    say = said.wording.say
    one = "1" if any(row.there and row.number for row in said.rows) else ""
    for meaning in meanings(said.rows):
        sign = None if meaning.line else SIGNS.get(meaning.kind, one)
        yield Key(say(meaning.words), meaning.style, sign, open_tail=meaning.feedback)
    if any(row.marks for row in said.rows) or any(column.marks for column in said.columns):
        yield Key(say("G01: finding, see notes; ?: not stated"), None)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One ladder, with all that its pages share."""

    said: Content
    m: Measures
    texts: Frame
    keys: tuple[Key, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """Which rows and columns go on which page."""
        _, (_, top, _, _) = framed(self.texts, self.m.page)
        foot = self._notes_height(self._known_notes())
        return sheets(self.said, self.m, self._bottom - top, foot)

    def filled(self, pages: Sequence[Sheet]) -> float:
        """How much of their room the rows of these pages take, stretched, as a share."""
        _, (_, top, _, _) = framed(self.texts, self.m.page)
        room = self._bottom - top
        taken = (min(room, MOST_STRETCH * rows_height(sheet.rows, self.m)) for sheet in pages)
        return sum(taken) / (room * len(pages))

    def _known_notes(self) -> tuple[NoteLine, ...]:
        """The lines of the notes that do not depend on how pages are shared out."""
        return note_lines((*self.said.notes, *self._rows_in_full()), self.m.page)

    def all_pages(self, pages: Sequence[Sheet]) -> tuple[Scene, ...]:
        """Every page of the chart, and pages of notes where they find no room below it."""
        page = self.m.page
        known = self._known_notes()
        lines = (*known, *note_lines(self._names_in_full(pages), page))
        foot = self._notes_height(lines)
        bodies = [self._body(sheet) for sheet in pages[:-1]]
        bodies.append(self._body(pages[-1], foot))
        leaves: list[tuple[NoteLine, ...]] = []
        if bodies[-1][1] + foot <= self._bottom:
            at = self._bottom - notes_height(lines)
            bodies[-1][0].extend(notes(lines, page, at))
        else:
            leaves = self._leaves(lines)
        count = len(bodies) + len(leaves)
        scenes = [
            self._scene(items, self._frame(at, count, sheet), sheet)
            for at, (sheet, (items, _)) in enumerate(zip(pages, bodies, strict=True), 1)
        ]
        for number, leaf in enumerate(leaves, len(scenes) + 1):
            frame = self._frame(number, count, None)
            _, (_, top, _, _) = framed(frame, page)
            scenes.append(self._scene(notes(leaf, page, top), frame, None))
        return tuple(scenes)

    def _notes_height(self, lines: Sequence[NoteLine]) -> float:
        apart = 6 * self.m.page.scale if lines else 0.0
        return notes_height(lines) + apart

    @property
    def _bottom(self) -> float:
        """Where heads, rows and notes must end: above the legend."""
        _, (_, _, _, bottom) = framed(self.texts, self.m.page)
        return legend(self.keys, self.m.page, bottom)[1]

    def _leaves(self, lines: Sequence[NoteLine]) -> list[tuple[NoteLine, ...]]:
        """Notes shared out over pages of their own."""
        _, (_, top, _, bottom) = framed(self.texts, self.m.page)
        found: list[tuple[NoteLine, ...]] = []
        leaf: list[NoteLine] = []
        for line in lines:
            if leaf and notes_height([*leaf, line]) > bottom - top:
                found.append(tuple(leaf))
                leaf = []
            leaf.append(line)
        return [*found, tuple(leaf)] if leaf else found

    def _rows_in_full(self) -> Iterable[str]:
        """The words of rows that had to be shortened in the drawing."""
        ours = self.said.wording
        for row in self.said.rows:
            size = self.m.rows[row.id]
            shortened = size.label.shortened or size.detail.shortened or size.limit.shortened
            whole = ours.clauses((row.words, row.detail, row.limit))
            if shortened and not row.number:
                yield ours.say("In full: {words}", words=between(row, self.said.name, whole))
            elif shortened:
                yield ours.say(
                    "Row {number} ({sender} to {receiver}) in full: {words}",
                    number=row.number,
                    sender=self.said.name(row.sender),
                    receiver=self.said.name(row.receiver),
                    words=whole,
                )
            if size.marks.shortened:
                codes = ours.codes(row.marks)
                yield ours.say(
                    "Findings about row {number}: {codes}.", number=row.number, codes=codes
                )

    def _names_in_full(self, pages: Sequence[Sheet]) -> Iterable[str]:
        """The names that had to be shortened in the drawing."""
        shortened = dict.fromkeys(
            place.column
            for sheet in pages
            for place in placed(sheet.columns, self.m)
            if any(part.shortened for part in self.m.head(place.column, place.width))
        )
        for column in shortened:
            codes = self.said.wording.codes(column.marks)
            told = self.said.wording.say("Name in full: {name}", name=column.name)
            yield told + (
                self.said.wording.say(" (findings: {codes})", codes=codes) if codes else ""
            )

    def _frame(self, at: int, count: int, sheet: Sheet | None) -> Frame:
        subtitle = self.texts.subtitle
        if sheet is None:
            subtitle = self.said.wording.say("Notes")
        elif count > 1:
            subtitle = (
                f"{self.said.wording.sentences([subtitle])} {_span(sheet, self.said.wording)}"
            )
        return replace(self.texts, subtitle=subtitle, sheet=at, sheets=count)

    def _scene(self, body: Sequence[Item], frame: Frame, sheet: Sheet | None) -> Scene:
        page = self.m.page
        around, box = framed(frame, page)
        key_items: list[Item] = legend(self.keys, page, box[3])[0] if sheet else []
        items = (*around, *body, *key_items)
        return Scene(
            width=page.width,
            height=page.height,
            title=frame.title,
            description=frame.told(_description(self.said, sheet)),
            items=items,
            warnings=warnings(items, self.said.wording),
            language=self.said.wording.asked,
            margin=page.margin,
        )

    def _body(self, sheet: Sheet, foot: float = 0) -> tuple[list[Item], float]:
        """The heads and panels of a page, stretched to leave ``foot``, and where they end."""
        frame = self._frame(1, 99, sheet)
        _, (_, top, _, _) = framed(frame, self.m.page)
        places = placed(sheet.columns, self.m)
        if not places:
            empty = self.said.wording.say("There is no handoff to draw.")
            line = words(self.m.page.margin, top + 20, empty, self.m.page.body, role="note")
            return [line], top + 30
        items, y = heads(places, top, self.m)
        free = self._bottom - foot - y
        stretch = min(MOST_STRETCH, max(1.0, free / rows_height(sheet.rows, self.m)))
        panels = Panels(self.m, places)
        for _, group in groupby(sheet.rows, key=lambda row: row.pillar):
            rows = tuple(group)
            continued = sheet.within_stage and rows[0] is sheet.rows[0]
            panel, y = panels.panel(rows, y, stretch, continued=continued)
            items += panel
        return items, y - self.m.panel_gap


def _span(sheet: Sheet, ours: Wording) -> str:
    """What a page holds: ``Protect: detection to assistance``."""
    parts: list[str] = []
    for pillar, group in groupby(sheet.rows, key=lambda row: row.pillar):
        stages = [ours.term(stage) for stage in dict.fromkeys(row.stage for row in group) if stage]
        head = ours.say(PILLARS[pillar].word)
        if sheet.continues and not parts:
            head = ours.say("{name} (continued)", name=head)
        parts.append(ours.headed(head, ours.span(stages)) if stages else head)
    return ours.clauses(parts)


def _description(said: Content, sheet: Sheet | None) -> str:
    """The chart in sentences, for those who cannot see it."""
    ours = said.wording
    if sheet is None:
        return ours.say("Notes to the chart.")
    rows = sheet.rows
    columns = ours.many("{n} participant", "{n} participants", len(sheet.columns))
    sentences = [ours.listed((columns, ours.many("{n} row", "{n} rows", len(rows))))]
    for pillar, group in groupby(rows, key=lambda row: row.pillar):
        count = sum(row.there for row in group)
        counted = ours.many("{n} handoff", "{n} handoffs", count)
        sentences.append(ours.headed(ours.say(PILLARS[pillar].word), counted))
    return ours.sentences((*sentences, *told_absent(said, rows)))
