"""The ladder: who hands what to whom, step by step, under each of the three Ps.

Agencies are columns, grouped by sector and shared by a panel for each pillar; each handoff is
one row with one arrow and its words above it. Nothing can cross or overlap, the eye follows a
column down to see an agency's whole load, and a gap stands where the step should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.frame import Frame, Key, framed, legend, note_lines, notes
from interagency.charts.ladder_pages import (
    Lines,
    Measures,
    Sheet,
    band_height,
    column_widths,
    head_height,
    limited,
    loop_height,
    measures,
    rows_height,
    sheets,
)
from interagency.charts.ladder_rows import Column, Content, Kind, Mark, Row, content
from interagency.charts.scene import Anchor, Box, Item, Point, Polyline, Rect, Scene, Text
from interagency.charts.strokes import (
    arrow,
    badge,
    badge_radius,
    block,
    block_height,
    plate,
    words,
)
from interagency.charts.text import clean, missing, rtl_language
from interagency.charts.theme import A4, MISSING, NOT_STATED, PILLARS, Page, Style
from interagency.vocabulary import Pillar

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
        page: the paper; see ``theme.PAGES``.
        title: the plan's own title when left out.
        source: the note at the foot; made from the plan when left out.
        number: of the chart, as in "Chart 2b".
        language: the language of the agencies' names, where the plan has them.
    """
    facts = graph.plan.facts
    said = content(graph, findings, language)
    m = measures(said, page)
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
    scenes = _Drawing(said, m, texts, keys, written_in).all_pages()
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
    counts = (
        _counted(said.count(Kind.HANDOFF), "handoff"),
        _counted(said.count(Kind.GAP), "missing handoff"),
        f"{said.count(Kind.QUESTION)} not stated",
    )
    facts = graph.plan.facts
    return f"Source: plan '{facts.id}', {facts.completeness.value}; drawn: {', '.join(counts)}."


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _keys(said: Content) -> Iterable[Key]:
    """All kinds, always: a reader of one page must know what the others may show."""
    for style in PILLARS.values():
        yield Key(style.word, style, "1")
    yield Key("Missing (gap)", MISSING, "!")
    yield Key("Not stated in the sources", NOT_STATED, "?")
    yield Key("Feedback", PILLARS[Pillar.PREVENT], open_tail=True)
    if any(row.marks for row in said.rows) or any(column.marks for column in said.columns):
        yield Key("G01: code of a finding; with ?: not stated", None)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands."""

    column: Column
    left: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class _Drawing:
    """One ladder, with all that its pages share."""

    said: Content
    m: Measures
    texts: Frame
    keys: tuple[Key, ...]
    language: str

    def all_pages(self) -> tuple[Scene, ...]:
        """Every page of the chart, and pages of notes where they find no room below it."""
        page = self.m.page
        known = note_lines((*self.said.notes, *self._rows_in_full()), page)
        _, (_, top, _, _) = framed(self.texts, page)
        foot = self._notes_height(known)
        pages = sheets(self.said, self.m, self._bottom - top, foot)
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
            for place in self._places(sheet.columns)
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

    def _places(self, columns: Sequence[Column]) -> list[_Place]:
        if not columns:
            return []
        left = self.m.page.margin + self.m.tab + self.m.numbers
        found = []
        for column, width in zip(columns, column_widths(columns, self.m), strict=True):
            found.append(_Place(column, left, width))
            left += width
        return found

    def _body(self, sheet: Sheet, foot: float = 0) -> tuple[list[Item], float]:
        """The heads and panels of a page, stretched to leave ``foot``, and where they end."""
        frame = self._frame(1, 99, sheet)
        _, (_, top, _, _) = framed(frame, self.m.page)
        places = self._places(sheet.columns)
        if not places:
            empty = "There is no handoff to draw."
            line = words(self.m.page.margin, top + 20, empty, self.m.page.body, role="note")
            return [line], top + 30
        heads, y = self._heads(places, top)
        free = self._bottom - foot - y
        stretch = min(_MOST_STRETCH, max(1.0, free / rows_height(sheet.rows, self.m)))
        items = list(heads)
        for _, group in groupby(sheet.rows, key=lambda row: row.pillar):
            rows = tuple(group)
            continued = sheet.within_stage and rows[0] is sheet.rows[0]
            panel, y = self._panel(rows, places, y, stretch, continued=continued)
            items += panel
        return items, y - self.m.panel_gap

    def _heads(self, places: Sequence[_Place], top: float) -> tuple[list[Item], float]:
        """The sector bands and under them the agencies."""
        k, small = self.m.page.scale, self.m.page.small
        bands = [
            (band, list(group))
            for band, group in groupby(places, key=lambda place: place.column.band)
        ]
        widths = [sum(place.width for place in group) for _, group in bands]
        high = max(band_height(band, w, self.m) for (band, _), w in zip(bands, widths, strict=True))
        items: list[Item] = []
        for (band, group), width in zip(bands, widths, strict=True):
            left = group[0].left
            items.append(
                Rect(x=left + 1, y=top, width=width - 2, height=high, fill=theme.BAND, role="band")
            )
            lines = limited(band, small, width - 5 * k, 3, bold=True).lines
            items += block(
                left + width / 2,
                top + (high - block_height(lines, small)) / 2,
                lines,
                small,
                fill=theme.PAPER,
                bold=True,
                room=(left, top, left + width, top + high),
                role="band-text",
            )
        head_top = top + high + 2 * k
        bottom = head_top + max(head_height(p.column, p.width, self.m) for p in places)
        for place in places:
            items += self._head(place, head_top, bottom)
        items += self._side_heads(bottom)
        return items, bottom + 3 * k

    def _head(self, place: _Place, top: float, bottom: float) -> list[Item]:
        k, small, column = self.m.page.scale, self.m.page.small, place.column
        left, right = place.left + 1.5, place.left + place.width - 1.5
        name, extra, marks = self.m.head(column, place.width)
        parts = ((name.lines, True, theme.INK), (extra.lines, False, theme.INK))
        height = sum(block_height(lines, small) for lines, _, _ in parts)
        marks_height = block_height(marks.lines, small)
        y = top + (bottom - top - marks_height - height) / 2
        items: list[Item] = [
            Rect(
                x=left,
                y=top,
                width=right - left,
                height=bottom - top,
                radius=9 * k if column.participant else 1.5,
                fill=theme.PAPER if column.participant else theme.HEAD,
                stroke=theme.INK,
                stroke_width=0.8,
                role="participant" if column.participant else "agency",
                id=column.id,
            )
        ]
        room = (left, top, right, bottom)
        for lines, bold, fill in parts:
            items += block(
                place.middle, y, lines, small, bold=bold, fill=fill, room=room,
                role="agency-name", id=column.id,
            )  # fmt: skip
            y += block_height(lines, small)
        items += block(
            place.middle, bottom - marks_height - 2 * k, marks.lines, small, bold=True, room=room,
            fill=_mark_colour(column.marks), role="mark", id=column.id,
        )  # fmt: skip
        return items

    def _side_heads(self, bottom: float) -> list[Item]:
        items: list[Item] = []
        y = bottom - 3 * self.m.page.scale
        for shown, x, text in (
            (self.m.limit, self._limit_left, "Time limit"),
            (self.m.marks, self._marks_left, "Findings"),
        ):
            if shown:
                items.append(
                    words(
                        x,
                        y,
                        text,
                        self.m.page.small,
                        bold=True,
                        fill=theme.MUTED,
                        role="side-head",
                    )
                )
        return items

    @property
    def _right(self) -> float:
        return self.m.page.width - self.m.page.margin

    @property
    def _marks_left(self) -> float:
        return self._right - self.m.marks + 2 * self.m.page.scale

    @property
    def _limit_left(self) -> float:
        return self._right - self.m.marks - self.m.limit + 6 * self.m.page.scale

    def _panel(
        self,
        rows: Sequence[Row],
        places: Sequence[_Place],
        top: float,
        stretch: float,
        *,
        continued: bool,
    ) -> tuple[list[Item], float]:
        """One pillar's rows, and where the next panel begins."""
        m, k = self.m, self.m.page.scale
        style = PILLARS[rows[0].pillar]
        stages = [list(group) for _, group in groupby(rows, key=lambda row: row.stage)]
        least = sum(m.rows[row.id].height for row in rows)
        stretch = max(stretch, (m.panel_least - m.stage * len(stages)) / least)
        height = least * stretch + m.stage * len(stages)
        bottom = top + height
        left, right = m.page.margin, self._right
        items: list[Item] = [
            Rect(
                x=left, y=top, width=right - left, height=height, fill=style.tint,
                role="panel", id=rows[0].pillar.value,
            ),
            Rect(x=left, y=top, width=m.tab, height=height, fill=style.text, role="tab"),
            words(
                left + m.tab / 2 + 0.35 * self._tab_size(height), (top + bottom) / 2, style.word,
                self._tab_size(height), bold=True, anchor=Anchor.MIDDLE, rotation=-90,
                fill=theme.PAPER, room=(left, top, left + m.tab, bottom), role="tab-text",
            ),
        ]  # fmt: skip
        items += self._bands(stages, top, stretch)
        items += [
            Polyline(
                points=((place.middle, top + 1), (place.middle, bottom - 1)),
                stroke=theme.LIFELINE, stroke_width=0.7, dash=(1, 2),
                role="lifeline", id=place.column.id,
            )
            for place in places
        ]  # fmt: skip
        middles = {place.column.id: place.middle for place in places}
        y = top
        for number, group in enumerate(stages):
            items += self._stage(group[0], style, y, continued=continued and number == 0)
            y += m.stage
            for row in group:
                height = m.rows[row.id].height * stretch
                items += self._row(row, middles, y, height)
                y += height
        return items, bottom + 5 * k

    def _bands(self, stages: Sequence[Sequence[Row]], top: float, stretch: float) -> Iterable[Item]:
        """Behind each row that shows what is not there, under the life lines."""
        left = self.m.page.margin + self.m.tab
        for group in stages:
            top += self.m.stage
            for row in group:
                height = self.m.rows[row.id].height * stretch
                if row.kind is not Kind.HANDOFF:
                    yield Rect(
                        x=left,
                        y=top + 0.5,
                        width=self._right - left,
                        height=height - 1,
                        fill=_tint(row),
                        role=f"{row.kind.value}-band",
                    )
                top += height

    def _tab_size(self, height: float) -> float:
        """The size of a pillar's name: as in the spec where its panel is high enough."""
        page = self.m.page
        return 9.5 * page.scale if height > 60 * page.scale else page.small

    def _stage(self, row: Row, style: Style, y: float, *, continued: bool) -> list[Item]:
        """The name of a stage, above its rows."""
        m, k = self.m, self.m.page.scale
        left = m.page.margin + m.tab
        name = row.stage_words
        line = words(
            left + 5 * k,
            y + m.stage - 2.6 * k,
            name + (" (continued)" if continued else ""),
            m.page.small,
            bold=True,
            fill=style.text,
            role="stage",
        )
        rule = Polyline(
            points=((left, y), (self._right, y)),
            stroke=theme.PAPER,
            stroke_width=1.2,
            role="stage-rule",
        )
        return [rule, plate(line, style.tint), line]

    def _row(self, row: Row, middles: dict[str, float], top: float, height: float) -> list[Item]:
        m, k = self.m, self.m.page.scale
        size, style, tint = m.rows[row.id], _style(row), _tint(row)
        items: list[Item] = []
        loop = loop_height(row, m.page)
        used = size.label_height + loop + 7 * k
        label_top = top + (height - used) / 2
        y = label_top + size.label_height + loop + 3.5 * k
        items += self._arrow(row, middles, y, tint)
        items += self._label(row, size.label, label_top, middles)
        items += self._badges(row, style, top + height / 2)
        for lines, x, fill, bold, role in (
            (size.limit.lines, self._limit_left, theme.INK, False, "limit"),
            (size.marks.lines, self._marks_left, _mark_colour(row.marks), True, "mark"),
        ):
            items += block(
                x, top + (height - block_height(lines, m.page.small)) / 2, lines, m.page.small,
                fill=fill, bold=bold, anchor=Anchor.LEFT, role=role, id=row.id,
                room=(x - 1, top, self._right, top + height),
            )  # fmt: skip
        return items

    def _arrow(self, row: Row, middles: dict[str, float], y: float, under: str) -> list[Item]:
        k, start, end = self.m.page.scale, middles[row.sender], middles[row.receiver]
        points: tuple[Point, ...] = ((start, y), (end - (0.5 if end > start else -0.5), y))
        if row.sender == row.receiver:
            up, out = y - loop_height(row, self.m.page), start + 15 * k
            points = ((start, up), (out, up), (out, y), (start + 0.5, y))
        return arrow(
            points, _style(row), under=under, open_tail=row.feedback, role="arrow", id=row.id
        )

    def _label(self, row: Row, label: Lines, top: float, middles: dict[str, float]) -> list[Item]:
        """The words over an arrow: in its middle, or running on where they are longer."""
        m, k, size = self.m, self.m.page.scale, self.m.rows[row.id]
        grid_left = m.page.margin + m.tab + m.numbers + 2
        grid_right = grid_left + m.grid - 4
        bold = row.kind is Kind.GAP
        style, tint = _style(row), _tint(row)
        lines: list[Text] = list(
            block(
                0,
                top,
                label.lines,
                m.page.body,
                bold=bold,
                fill=style.text,
                anchor=Anchor.LEFT,
                role="label",
                id=row.id,
            )
        )
        if size.detail.lines and size.beside:
            last = lines[-1]
            lines.append(
                words(
                    last.width + 5 * k,
                    last.y,
                    size.detail.lines[0],
                    m.page.small,
                    fill=theme.MUTED,
                    role="detail",
                    id=row.id,
                )
            )
        elif size.detail.lines:
            under = top + block_height(label.lines, m.page.body)
            lines += block(
                0, under, size.detail.lines, m.page.small, fill=theme.MUTED, anchor=Anchor.LEFT,
                role="detail", id=row.id,
            )  # fmt: skip
        width = max(line.x + line.width for line in lines)
        ends = sorted((middles[row.sender], middles[row.receiver]))
        low, high = ends[0] + 5 * k, ends[1] - 5 * k
        start = (low + high - width) / 2 if width <= high - low else low
        start = max(grid_left, min(start, grid_right - width))
        room = (grid_left - 2, top - 1, grid_right + 2, top + size.label_height + 1)
        found: list[Item] = []
        for line in lines:
            moved = _moved(line, start, room)
            found += [plate(moved, tint), moved]
        return found

    def _badges(self, row: Row, style: Style, y: float) -> list[Item]:
        """The number in the shape of its kind; the shape alone for each further pillar."""
        m, k = self.m, self.m.page.scale
        x = m.page.margin + m.tab + 10 * k
        items = badge(x, y, row.number, style, m.page.small, id=row.id)
        for further in row.pillars[1:]:
            x += badge_radius(m.page.small) + 6.5 * k
            items += badge(x, y, "", PILLARS[further], m.page.small * 0.75, id=row.id)
        return items


def _moved(line: Text, by: float, room: Box) -> Text:
    return words(
        line.x + by, line.y, line.text, line.size, fill=line.fill, bold=line.bold,
        anchor=line.anchor, room=room, role=line.role, id=line.id,
    )  # fmt: skip


def _style(row: Row) -> Style:
    absent = {Kind.GAP: MISSING, Kind.QUESTION: NOT_STATED}
    return absent.get(row.kind) or PILLARS[row.pillar]


def _tint(row: Row) -> str:
    return _style(row).tint


def _mark_colour(marks: Iterable[Mark]) -> str:
    return NOT_STATED.text if all(mark.question for mark in marks) else MISSING.text


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
        count = sum(row.kind is Kind.HANDOFF for row in group)
        sentences.append(f"{PILLARS[pillar].word}: {_counted(count, 'handoff')}.")
    for kind, word in ((Kind.GAP, "Missing"), (Kind.QUESTION, "Not stated")):
        absent = [
            f"{said.name(row.sender)} to {said.name(row.receiver)}: {row.what}"
            for row in rows
            if row.kind is kind
        ]
        if absent:
            sentences.append(f"{word}: {'; '.join(absent)}.")
    columns = _counted(len(sheet.columns), "participant")
    return f"{columns}, {_counted(len(rows), 'row')}. {' '.join(sentences)}".strip()
