"""Lanes: the flow of cases under each of the three Ps, with one lane for each sector.

One P to a panel, or some of its stages where it is too dense; short panels share a page. Agencies
are boxes in the lane of their sector, columns follow the way of a case from left to right, arrows
are numbered, and the words stand in a key below. What is missing is dashed, and stands where it
should be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
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
from interagency.charts.ladder_rows import Column, Content, Row, content, told_absent
from interagency.charts.lanes_draw import diamond, drawn, pill
from interagency.charts.lanes_flow import LaneBy, Stand
from interagency.charts.lanes_key import numbered
from interagency.charts.lanes_pages import Pages, Panel, Sheet
from interagency.charts.scene import Box, Item, Scene
from interagency.charts.signs import meanings
from interagency.charts.strokes import words
from interagency.charts.text import rtl_language
from interagency.charts.theme import Page
from interagency.charts.wording import Wording
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


_NOTES_GAP = 6.0


def lanes(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
    *,
    by: LaneBy = LaneBy.SECTOR,
) -> tuple[Scene, ...]:
    """Draw a plan as lanes, on as many pages as it needs.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions become arrows of their own.
        edition: how it comes out.
        by: what makes a lane: a sector, or every agency by itself.

    Raises:
        RenderError: a handoff would be lost, or drawn twice.
    """
    said = content(graph, findings, edition.language, edition.numbering)
    ours = said.wording
    texts = frame_of(
        graph,
        ours,
        edition,
        about=ours.say("Who hands what to whom, in lanes"),
        counted=said.counts,
    )
    scenes = _Drawing(said, graph, edition.page, texts, LaneBy(by)).scenes()
    _all_there(said, scenes)
    if rtl_language(ours.asked):
        return tuple(scene.mirrored() for scene in scenes)
    return scenes


def _all_there(said: Content, scenes: Sequence[Scene]) -> None:
    """Fail rather than hand out a chart that lacks a handoff or has one twice."""
    arrows = [item.id for scene in scenes for item in scene.items if item.role == "arrow"]
    if sorted(arrows) != sorted(row.id for row in said.rows):
        raise RenderError("The lanes lost a handoff. This is a fault of the chart: report it.")


def _keys(
    rows: Sequence[Row], columns: Sequence[Column], ours: Wording, *, decisions: bool
) -> Iterable[Key]:
    """What stands on a chart with these handoffs and agencies."""
    say = ours.say
    for meaning in meanings(rows):
        sign = None if meaning.line else numbered(meaning.kind)
        yield Key(say(meaning.words), meaning.style, sign, open_tail=meaning.feedback)
    if decisions:
        yield Key(say("Decision"), None, figure=diamond)
    if any(column.participant for column in columns):
        yield Key(say("Start or end of the way"), None, figure=pill)
    if any(row.marks for row in rows) or any(column.marks for column in columns):
        yield Key(say("G01: finding, see notes; ?: not stated"), None)


@dataclass(frozen=True)
class _Drawing:
    """One chart of lanes, with all that its pages share."""

    said: Content
    graph: PlanGraph
    page: Page
    texts: Frame
    by: LaneBy

    def scenes(self) -> tuple[Scene, ...]:
        """Every page, and pages of notes where they find no room."""
        page = self.page
        if not self.said.rows:
            return (self._empty(),)
        pages = Pages(self.said, self.graph, page, self._room, self.by)
        sheets = pages.sheets()
        lines = note_lines((*self.said.notes, *_in_full(sheets, self.said.wording)), page)
        foot = notes_height(lines) + _NOTES_GAP * page.scale if lines else 0.0
        footed = pages.footed(sheets, foot)
        leaves = [] if footed else self._leaves(lines)
        at, sheets = footed or (0, sheets)
        bodies = [list(drawn(sheet, pages.numbers, page)) for sheet in sheets]
        if footed:
            bottom = self._room(sheets[at].rows)[3]
            bodies[at] += notes(lines, page, bottom - foot + _NOTES_GAP * page.scale)
        count = len(sheets) + len(leaves)
        found = [
            self._scene(body, self._frame(at, count), sheet)
            for at, (sheet, body) in enumerate(zip(sheets, bodies, strict=True), 1)
        ]
        for at, leaf in enumerate(leaves, len(found) + 1):
            frame = self._frame(at, count, self._notes_head)
            _, (_, top, _, _) = framed(frame, page)
            found.append(self._scene(notes(leaf, page, top), frame, None))
        return tuple(found)

    def _room(self, rows: Sequence[Row]) -> Box:
        """The box between the title and the legend, on a page with these handoffs."""
        return self._over(self._keys(rows)) if self.page.projected else self._room_on_paper

    @cached_property
    def _room_on_paper(self) -> Box:
        return self._over(self._keys(self.said.rows))

    def _over(self, keys: Iterable[Key]) -> Box:
        left, top, right, _ = self._whole
        return left, top, right, self._legend_top(tuple(keys))

    @cached_property
    def _whole(self) -> Box:
        """The box between the title and the foot, on any page."""
        return framed(self._frame(99, 99), self.page)[1]

    @cached_property
    def _legend_top(self) -> Callable[[tuple[Key, ...]], float]:
        return cache(lambda keys: legend(keys, self.page, self._whole[3])[1])

    def _keys(self, rows: Sequence[Row], *, decisions: bool = True) -> Iterable[Key]:
        """The legend of a page.

        On paper a reader of one page must know what the others show; a slide is seen alone.
        """
        said = self.said
        if not self.page.projected:
            return _keys(said.rows, said.columns, said.wording, decisions=decisions)
        named = {end for row in rows for end in (row.sender, row.receiver)}
        columns = [column for column in said.columns if column.id in named]
        return _keys(rows, columns, said.wording, decisions=decisions)

    @property
    def _notes_head(self) -> str:
        return self.said.wording.say("Notes")

    def _frame(self, at: int, count: int, subtitle: str = "") -> Frame:
        return replace(self.texts, subtitle=subtitle or self.texts.subtitle, sheet=at, sheets=count)

    def _leaves(self, lines: Sequence[NoteLine]) -> list[tuple[NoteLine, ...]]:
        """Notes, shared out over pages of their own."""
        _, (_, top, _, bottom) = framed(self._frame(99, 99, self._notes_head), self.page)
        found: list[list[NoteLine]] = []
        for line in lines:
            if not found or notes_height([*found[-1], line]) > bottom - top:
                found.append([])
            found[-1].append(line)
        return [tuple(leaf) for leaf in found]

    def _empty(self) -> Scene:
        frame = self._frame(1, 1)
        _, (left, top, _, _) = framed(frame, self.page)
        empty = self.said.wording.say("There is no handoff to draw.")
        line = words(left, top + 20, empty, self.page.body, role="note")
        under = notes(note_lines(self.said.notes, self.page), self.page, top + 40)
        return self._scene([line, *under], frame, None)

    def _scene(self, body: Sequence[Item], frame: Frame, sheet: Sheet | None) -> Scene:
        page = self.page
        around, box = framed(frame, page)
        keys: list[Item] = []
        if sheet:
            decisions = any(stop.stand is Stand.DECISION for stop, _ in sheet.texts)
            keys = legend(self._keys(sheet.rows, decisions=decisions), page, box[3])[0]
        items = (*around, *body, *keys)
        ours = self.said.wording
        told = _description(self.said, sheet) if sheet else ours.say("Notes to the chart.")
        return Scene(
            width=page.width,
            height=page.height,
            title=frame.title,
            description=frame.told(told),
            items=items,
            warnings=warnings(items, ours),
            language=ours.asked,
            margin=page.margin,
        )


def _in_full(sheets: Iterable[Sheet], ours: Wording) -> Iterable[str]:
    """The words and names that had to be shortened in the drawing."""
    for panel in (panel for sheet in sheets for panel in sheet.panels):
        for entry in panel.key.entries:
            if entry.shortened:
                row = entry.row
                parts = (row.words, row.detail, row.limit, ours.codes(row.marks))
                yield ours.say(
                    "{number} in full: {words}", number=entry.number, words=ours.clauses(parts)
                )
    names: dict[str, str] = {}
    for sheet in sheets:
        for stop, text in sheet.texts:
            if text.name.shortened or text.extra.shortened:
                names[stop.column.id] = ours.headed(" ".join(text.name.lines), stop.column.name)
            if text.marks.shortened:
                codes = ours.codes(stop.column.marks)
                names[f"{stop.column.id} marks"] = ours.say(
                    "Findings: {name}: {codes}", name=stop.column.name, codes=codes
                )
    yield from names.values()


def _description(said: Content, sheet: Sheet) -> str:
    """A page in sentences, for those who cannot see it."""
    panels = " ".join(_panel_told(said, panel) for panel in sheet.panels)
    return f"{panels} {said.wording.sentences(told_absent(said, sheet.rows))}".strip()


def _panel_told(said: Content, panel: Panel) -> str:
    ours = said.wording
    counted = ours.many("{n} handoff", "{n} handoffs", sum(row.there for row in panel.rows))
    drawn_lanes = ours.say("Lanes: {names}.", names=ours.clauses(panel.lanes))
    return f"{ours.sentences((panel.head, counted))} {drawn_lanes}"
