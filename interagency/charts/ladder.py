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

from interagency.charts.frame import Frame, Key, framed, legend, note_lines, notes
from interagency.charts.ladder_heads import heads, placed
from interagency.charts.ladder_pages import Measures, Sheet, measures, rows_height, sheets
from interagency.charts.ladder_panels import Panels
from interagency.charts.ladder_rows import KIND_WORDS, SIGNS, Content, Kind, Row, content
from interagency.charts.scene import Item, Scene, Text
from interagency.charts.signs import meanings
from interagency.charts.strokes import block_height, words
from interagency.charts.text import clean, missing, rtl_language
from interagency.charts.theme import A4, PILLARS, Page

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_MOST_STRETCH = 1.7


def ladder(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    *,
    page: Page = A4,
    title: str | None = None,
    source: str | None = None,
    number: str = "",
    language: str | None = None,
) -> tuple[Scene, ...]:
    """Draw a plan as a ladder, on as many pages as it needs.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions become rows of their own.
        page: the paper; see ``theme.PAGES``. On one too narrow for its columns the names of
            agencies are turned, where that saves more than half of the pages.
        title: the plan's own title when left out.
        source: the note at the foot; made from the plan when left out.
        number: of the chart, as in "Chart 2b".
        language: the language of the agencies' names, where the plan has them.
    """
    facts = graph.plan.facts
    said = content(graph, findings, language)
    texts = Frame(
        title=clean(title if title is not None else facts.title) or facts.id,
        subtitle=_subtitle(graph),
        number=clean(number),
        source=clean(source if source is not None else _source(graph, said)),
        sheet=1,
        sheets=1,
    )
    keys = tuple(_keys(said))
    written_in = language or facts.language or "en"
    drawing = _Drawing(said, measures(said, page), texts, keys, written_in)
    pages = drawing.sheets()
    if len(pages) > 2:
        turned = replace(drawing, m=measures(said, page, turned=True))
        fewer = turned.sheets()
        if 2 * len(fewer) < len(pages):
            drawing, pages = turned, fewer
    scenes = drawing.all_pages(pages)
    if rtl_language(written_in):
        return tuple(scene.mirrored() for scene in scenes)
    return scenes


def described(
    graph: PlanGraph, findings: Sequence[Finding] = (), language: str | None = None
) -> tuple[str, ...]:
    """The ladder in plain text: one line for each row, then the notes."""
    said = content(graph, findings, language)
    return (*(_told(row, said) for row in said.rows), *said.notes)


def _told(row: Row, said: Content) -> str:
    words = [f"{said.name(row.sender)} -> {said.name(row.receiver)}: {row.words}"]
    words += [part for part in (row.detail, row.limit) if part]
    codes = f" [{', '.join(map(str, row.marks))}]" if row.marks else ""
    return "; ".join(words) + codes


def _subtitle(graph: PlanGraph) -> str:
    facts = graph.plan.facts
    as_of = graph.view.as_of
    when = f"state of {as_of}" if as_of else "all dates"
    country = f"{facts.country}, " if facts.country else ""
    return f"Who hands what to whom ({country}{when})"


def _source(graph: PlanGraph, said: Content) -> str:
    facts = graph.plan.facts
    return f"Source: plan '{facts.id}', {facts.completeness.value}; drawn: {said.counts}."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _keys(said: Content) -> Iterable[Key]:
    """What stands on the chart: a reader of one page must know what the others show."""
    for meaning in meanings(said.rows):
        sign = "" if meaning.line else SIGNS.get(meaning.kind, "1")
        yield Key(meaning.words, meaning.style, sign, open_tail=meaning.feedback)
    if any(row.marks for row in said.rows) or any(column.marks for column in said.columns):
        yield Key("G01: code of a finding; with ?: not stated", None)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One ladder, with all that its pages share."""

    said: Content
    m: Measures
    texts: Frame
    keys: tuple[Key, ...]
    language: str

    def sheets(self) -> tuple[Sheet, ...]:
        """Which rows and columns go on which page."""
        _, (_, top, _, _) = framed(self.texts, self.m.page)
        foot = self._notes_height(self._known_notes())
        return sheets(self.said, self.m, self._bottom - top, foot)

    def _known_notes(self) -> tuple[str, ...]:
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
        leaves: list[tuple[str, ...]] = []
        if bodies[-1][1] + foot <= self._bottom:
            at = self._bottom - block_height(lines, page.small)
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

    def _notes_height(self, lines: Sequence[str]) -> float:
        apart = 6 * self.m.page.scale if lines else 0.0
        return block_height(lines, self.m.page.small) + apart

    @property
    def _bottom(self) -> float:
        """Where heads, rows and notes must end: above the legend."""
        _, (_, _, _, bottom) = framed(self.texts, self.m.page)
        return legend(self.keys, self.m.page, bottom)[1]

    def _leaves(self, lines: Sequence[str]) -> list[tuple[str, ...]]:
        """Notes shared out over pages of their own."""
        _, (_, top, _, bottom) = framed(self.texts, self.m.page)
        found: list[tuple[str, ...]] = []
        leaf: list[str] = []
        for line in lines:
            if leaf and block_height([*leaf, line], self.m.page.small) > bottom - top:
                found.append(tuple(leaf))
                leaf = []
            leaf.append(line)
        return [*found, tuple(leaf)] if leaf else found

    def _rows_in_full(self) -> Iterable[str]:
        """The words of rows that had to be shortened in the drawing."""
        for row in self.said.rows:
            size = self.m.rows[row.id]
            sender, receiver = self.said.name(row.sender), self.said.name(row.receiver)
            if size.label.shortened or size.detail.shortened or size.limit.shortened:
                whole = "; ".join(part for part in (row.words, row.detail, row.limit) if part)
                yield f"Row {row.number} ({sender} to {receiver}) in full: {whole}"
            if size.marks.shortened:
                yield f"Findings about row {row.number}: {', '.join(map(str, row.marks))}."

    def _names_in_full(self, pages: Sequence[Sheet]) -> Iterable[str]:
        """The names that had to be shortened in the drawing."""
        shortened = dict.fromkeys(
            place.column
            for sheet in pages
            for place in placed(sheet.columns, self.m)
            if any(part.shortened for part in self.m.head(place.column, place.width))
        )
        for column in shortened:
            codes = ", ".join(map(str, column.marks))
            yield f"Name in full: {column.name}" + (f" (findings: {codes})" if codes else "")

    def _frame(self, at: int, count: int, sheet: Sheet | None) -> Frame:
        subtitle = self.texts.subtitle
        if sheet is None:
            subtitle = "Notes"
        elif count > 1:
            subtitle += f". {_span(sheet)}"
        return Frame(self.texts.title, subtitle, self.texts.number, self.texts.source, at, count)

    def _scene(self, body: Sequence[Item], frame: Frame, sheet: Sheet | None) -> Scene:
        page = self.m.page
        around, box = framed(frame, page)
        key_items: list[Item] = legend(self.keys, page, box[3])[0] if sheet else []
        items = (*around, *body, *key_items)
        drawn = "".join(item.text for item in items if isinstance(item, Text))
        lacking = missing(drawn)
        warnings = (
            (
                f"No bundled font has {' '.join(lacking)}: "
                "whoever looks at the chart needs a font of their own for them.",
            )
            if lacking
            else ()
        )
        return Scene(
            width=page.width,
            height=page.height,
            title=frame.title,
            description=f"{frame.page_words}. {_description(self.said, sheet)}".strip(),
            items=items,
            warnings=warnings,
            language=self.language,
            margin=page.margin,
        )

    def _body(self, sheet: Sheet, foot: float = 0) -> tuple[list[Item], float]:
        """The heads and panels of a page, stretched to leave ``foot``, and where they end."""
        frame = self._frame(1, 99, sheet)
        _, (_, top, _, _) = framed(frame, self.m.page)
        places = placed(sheet.columns, self.m)
        if not places:
            empty = "There is no handoff to draw."
            line = words(self.m.page.margin, top + 20, empty, self.m.page.body, role="note")
            return [line], top + 30
        items, y = heads(places, top, self.m)
        free = self._bottom - foot - y
        stretch = min(_MOST_STRETCH, max(1.0, free / rows_height(sheet.rows, self.m)))
        panels = Panels(self.m, places)
        for _, group in groupby(sheet.rows, key=lambda row: row.pillar):
            rows = tuple(group)
            continued = sheet.within_stage and rows[0] is sheet.rows[0]
            panel, y = panels.panel(rows, y, stretch, continued=continued)
            items += panel
        return items, y - self.m.panel_gap


def _span(sheet: Sheet) -> str:
    """What a page holds: ``Protect: detection to assistance``."""
    parts: list[str] = []
    for pillar, group in groupby(sheet.rows, key=lambda row: row.pillar):
        stages = list(dict.fromkeys(row.stage_words.lower() for row in group if row.stage))
        span = stages[0] if len(stages) == 1 else f"{stages[0]} to {stages[-1]}" if stages else ""
        again = " (continued)" if sheet.continues and not parts else ""
        parts.append(PILLARS[pillar].word + again + (f": {span}" if span else ""))
    return "; ".join(parts)


def _description(said: Content, sheet: Sheet | None) -> str:
    """The chart in sentences, for those who cannot see it."""
    if sheet is None:
        return "Notes to the chart."
    rows = sheet.rows
    sentences = []
    for pillar, group in groupby(rows, key=lambda row: row.pillar):
        count = sum(row.there for row in group)
        sentences.append(f"{PILLARS[pillar].word}: {_counted(count, 'handoff')}.")
    for kind, word in KIND_WORDS.items():
        absent = [
            f"{said.name(row.sender)} to {said.name(row.receiver)}: {row.what}"
            for row in rows
            if row.kind is kind
        ]
        if absent and kind is not Kind.INFORMAL:
            sentences.append(f"{word}: {'; '.join(absent)}.")
    columns = _counted(len(sheet.columns), "participant")
    return f"{columns}, {_counted(len(rows), 'row')}. {' '.join(sentences)}".strip()
