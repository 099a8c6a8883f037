"""Lanes: the flow of cases under each of the three Ps, with one lane for each sector.

One P to a page, or some of its stages where it is too dense: agencies are boxes in the lane of
their sector, columns follow the way of a case from left to right, arrows are numbered, and the
words stand in a key below. What is missing is dashed, and stands where it should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interagency.charts.frame import Frame, Key, framed, legend, note_lines, notes
from interagency.charts.ladder_rows import KIND_WORDS, Content, Kind, Row, content
from interagency.charts.lanes_draw import diamond, drawn, pill
from interagency.charts.lanes_flow import LaneBy, Stand
from interagency.charts.lanes_key import numbered
from interagency.charts.lanes_pages import Pages, Sheet
from interagency.charts.scene import Item, Scene, Text
from interagency.charts.signs import meanings
from interagency.charts.strokes import block_height, words
from interagency.charts.text import clean, missing, rtl_language
from interagency.charts.theme import A4, Page
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


_NOTES_GAP = 6.0


def lanes(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    *,
    page: Page = A4,
    title: str | None = None,
    source: str | None = None,
    number: str = "",
    language: str | None = None,
    by: LaneBy = LaneBy.SECTOR,
) -> tuple[Scene, ...]:
    """Draw a plan as lanes, on as many pages as it needs.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions become arrows of their own.
        page: the paper; see ``theme.PAGES``.
        title: the plan's own title when left out.
        source: the note at the foot; made from the plan when left out.
        number: of the chart, as in "Chart 2b".
        language: the language of the agencies' names, where the plan has them.
        by: what makes a lane: a sector, or every agency by itself.

    Raises:
        RenderError: a handoff would be lost, or drawn twice.
    """
    facts = graph.plan.facts
    said = content(graph, findings, language)
    as_of = f"state of {graph.view.as_of}" if graph.view.as_of else "all dates"
    country = f"{facts.country}, " if facts.country else ""
    texts = Frame(
        title=clean(title if title is not None else facts.title) or facts.id,
        subtitle=f"Who hands what to whom, in lanes ({country}{as_of})",
        number=clean(number),
        source=clean(source if source is not None else _source(graph, said)),
        sheet=1,
        sheets=1,
    )
    written_in = language or facts.language or "en"
    scenes = _Drawing(said, graph, page, texts, written_in, LaneBy(by)).scenes()
    _all_there(said, scenes)
    if rtl_language(written_in):
        return tuple(scene.mirrored() for scene in scenes)
    return scenes


def _source(graph: PlanGraph, said: Content) -> str:
    facts = graph.plan.facts
    return f"Source: plan '{facts.id}', {facts.completeness.value}; drawn: {said.counts}."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _all_there(said: Content, scenes: Sequence[Scene]) -> None:
    """Fail rather than hand out a chart that lacks a handoff or has one twice."""
    arrows = [item.id for scene in scenes for item in scene.items if item.role == "arrow"]
    if sorted(arrows) != sorted(row.id for row in said.rows):
        raise RenderError("The lanes lost a handoff. This is a fault of the chart: report it.")


def _keys(said: Content, *, decisions: bool = True) -> Iterable[Key]:
    """What stands on the chart: a reader of one page must know what the others show."""
    for meaning in meanings(said.rows):
        sign = "" if meaning.line else numbered(meaning.kind)
        yield Key(meaning.words, meaning.style, sign, open_tail=meaning.feedback)
    if decisions:
        yield Key("Decision", None, figure=diamond)
    if any(column.participant for column in said.columns):
        yield Key("Start or end of the way", None, figure=pill)
    if any(row.marks for row in said.rows) or any(column.marks for column in said.columns):
        yield Key("G01: code of a finding; with ?: not stated", None)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One chart of lanes, with all that its pages share."""

    said: Content
    graph: PlanGraph
    page: Page
    texts: Frame
    language: str
    by: LaneBy

    def scenes(self) -> tuple[Scene, ...]:
        """Every page, and pages of notes where they find no room."""
        page = self.page
        if not self.said.rows:
            return (self._empty(),)
        pages = Pages(self.said, self.graph, page, self._room(), self.by)
        sheets = pages.sheets()
        lines = note_lines((*self.said.notes, *_in_full(sheets)), page)
        foot = block_height(lines, page.small) + _NOTES_GAP * page.scale if lines else 0.0
        last = pages.with_foot(sheets[-1], foot)
        leaves = self._leaves(lines) if last is None else []
        bodies = [
            list(drawn(sheet, pages.numbers, page)) for sheet in (*sheets[:-1], last or sheets[-1])
        ]
        if last is not None:
            bodies[-1] += notes(lines, page, self._room()[3] - foot + _NOTES_GAP * page.scale)
        count = len(sheets) + len(leaves)
        found = [
            self._scene(body, self._frame(at, count), sheet)
            for at, (sheet, body) in enumerate(zip(sheets, bodies, strict=True), 1)
        ]
        for at, leaf in enumerate(leaves, len(found) + 1):
            frame = self._frame(at, count, "Notes")
            _, (_, top, _, _) = framed(frame, page)
            found.append(self._scene(notes(leaf, page, top), frame, None))
        return tuple(found)

    def _room(self) -> tuple[float, float, float, float]:
        """The box between the title and the legend, on any page."""
        _, box = framed(self._frame(99, 99), self.page)
        _, bottom = legend(_keys(self.said), self.page, box[3])
        return box[0], box[1], box[2], bottom

    def _frame(self, at: int, count: int, subtitle: str = "") -> Frame:
        return replace(self.texts, subtitle=subtitle or self.texts.subtitle, sheet=at, sheets=count)

    def _leaves(self, lines: Sequence[str]) -> list[tuple[str, ...]]:
        """Notes, shared out over pages of their own."""
        _, (_, top, _, bottom) = framed(self._frame(99, 99, "Notes"), self.page)
        found: list[list[str]] = []
        for line in lines:
            if not found or block_height([*found[-1], line], self.page.small) > bottom - top:
                found.append([])
            found[-1].append(line)
        return [tuple(leaf) for leaf in found]

    def _empty(self) -> Scene:
        frame = self._frame(1, 1)
        _, (left, top, _, _) = framed(frame, self.page)
        line = words(left, top + 20, "There is no handoff to draw.", self.page.body, role="note")
        under = notes(note_lines(self.said.notes, self.page), self.page, top + 40)
        return self._scene([line, *under], frame, None)

    def _scene(self, body: Sequence[Item], frame: Frame, sheet: Sheet | None) -> Scene:
        page = self.page
        around, box = framed(frame, page)
        keys: list[Item] = []
        if sheet:
            stops = sheet.placed.flow.stops
            decisions = any(stop.stand is Stand.DECISION for stop in stops)
            keys = legend(_keys(self.said, decisions=decisions), page, box[3])[0]
        items = (*around, *body, *keys)
        lacking = missing("".join(item.text for item in items if isinstance(item, Text)))
        warnings = (
            (
                f"No bundled font has {' '.join(lacking)}: "
                "whoever looks at the chart needs a font of their own for them.",
            )
            if lacking
            else ()
        )
        told = _description(self.said, sheet) if sheet else "Notes to the chart."
        return Scene(
            width=page.width,
            height=page.height,
            title=frame.title,
            description=f"{frame.page_words}. {told}",
            items=items,
            warnings=warnings,
            language=self.language,
            margin=page.margin,
        )


def _in_full(sheets: Iterable[Sheet]) -> Iterable[str]:
    """The words and names that had to be shortened in the drawing."""
    for sheet in sheets:
        for entry in sheet.key.entries:
            if entry.shortened:
                row = entry.row
                parts = (row.words, row.detail, row.limit, ", ".join(map(str, row.marks)))
                yield f"{entry.number} in full: {'; '.join(part for part in parts if part)}"
    names: dict[str, str] = {}
    for sheet in sheets:
        for stop, text in zip(sheet.placed.flow.stops, sheet.placed.texts, strict=True):
            if text.name.shortened or text.extra.shortened:
                names[stop.column.id] = f"{' '.join(text.name.lines)}: {stop.column.name}"
            if text.marks.shortened:
                codes = ", ".join(map(str, stop.column.marks))
                names[f"{stop.column.id} marks"] = f"Findings: {stop.column.name}: {codes}"
    yield from names.values()


def _description(said: Content, sheet: Sheet) -> str:
    """A page in sentences, for those who cannot see it."""
    handoffs = sum(row.there for row in sheet.rows)
    lanes_drawn = "; ".join(sheet.placed.flow.lanes)
    sentences = [
        f"{sheet.head}. {_counted(handoffs, 'handoff')}.",
        f"Lanes: {lanes_drawn}.",
    ]
    for kind, word in KIND_WORDS.items():
        absent = [_between(said, row) for row in sheet.rows if row.kind is kind]
        if absent and kind is not Kind.INFORMAL:
            sentences.append(f"{word}: {'; '.join(absent)}.")
    return " ".join(sentences)


def _between(said: Content, row: Row) -> str:
    return f"{said.name(row.sender)} to {said.name(row.receiver)}: {row.what}"
