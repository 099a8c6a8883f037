"""The panels of a ladder: a pillar's rows, with their arrows, words, badges and limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from interagency.charts import theme
from interagency.charts.ladder_heads import Place, mark_block
from interagency.charts.ladder_pages import Lines, Measures, loop_height
from interagency.charts.ladder_rows import Kind, Row
from interagency.charts.scene import Anchor, Box, Item, Point, Polyline, Rect, Text
from interagency.charts.strokes import (
    arrow,
    badge,
    badge_radius,
    block,
    block_height,
    plate,
    words,
)
from interagency.charts.text import descent, measure
from interagency.charts.theme import (
    INFORMAL,
    MISSING,
    NOT_STATED,
    PILLARS,
    PLANNED,
    PROPOSED,
    Style,
)

_ABSENT: Mapping[Kind, Style] = {
    Kind.PLANNED: PLANNED,
    Kind.PROPOSED: PROPOSED,
    Kind.GAP: MISSING,
    Kind.QUESTION: NOT_STATED,
}


@dataclass(frozen=True, slots=True)
class Panels:
    """What the panels of one page share."""

    m: Measures
    places: Sequence[Place]

    def _middle(self, column: str) -> float:
        return next(place.middle for place in self.places if place.column.id == column)

    def panel(
        self,
        rows: Sequence[Row],
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
        left, right = m.page.margin, m.right
        word = m.wording.say(style.word)
        items: list[Item] = [
            Rect(
                x=left, y=top, width=right - left, height=height, fill=style.tint,
                role="panel", id=rows[0].pillar.value,
            ),
            Rect(x=left, y=top, width=m.tab, height=height, fill=style.text, role="tab"),
            words(
                left + self._tab_baseline(word, self._tab_size(word, height)), (top + bottom) / 2,
                word, self._tab_size(word, height), bold=True,
                anchor=Anchor.MIDDLE, rotation=-90, fill=theme.PAPER,
                room=(left, top, left + m.tab, bottom), role="tab-text",
            ),
        ]  # fmt: skip
        items += self._bands(stages, top, stretch)
        items += [
            Polyline(
                points=((place.middle, top + 1), (place.middle, bottom - 1)),
                stroke=theme.LIFELINE, stroke_width=0.7, dash=(1, 2),
                role="lifeline", id=place.column.id,
            )
            for place in self.places
        ]  # fmt: skip
        y = top
        for number, group in enumerate(stages):
            items += self._stage(group[0], style, y, continued=continued and number == 0)
            y += m.stage
            for row in group:
                height = m.rows[row.id].height * stretch
                items += self._row(row, y, height)
                y += height
        return items, bottom + 5 * k

    def _bands(self, stages: Sequence[Sequence[Row]], top: float, stretch: float) -> Iterable[Item]:
        """Behind each row that shows what is not there, under the life lines."""
        left = self.m.page.margin + self.m.tab
        for group in stages:
            top += self.m.stage
            for row in group:
                height = self.m.rows[row.id].height * stretch
                if not row.there:
                    yield Rect(
                        x=left,
                        y=top + 0.5,
                        width=self.m.right - left,
                        height=height - 1,
                        fill=tint_of(row),
                        role=f"{row.kind.value}-band",
                    )
                top += height

    def _tab_size(self, word: str, height: float) -> float:
        """The size of a pillar's name: larger where its panel is high enough for it."""
        page = self.m.page
        large = 9.5 * page.scale
        room = max(60 * page.scale, measure(word, large, bold=True) + 6 * page.scale)
        return large if height > room else page.small

    def _tab_baseline(self, word: str, size: float) -> float:
        """How far right in the tab a pillar's name stands: less where its script reaches deep."""
        return min(self.m.tab / 2 + 0.35 * size, self.m.tab - descent(word) * size)

    def _stage(self, row: Row, style: Style, y: float, *, continued: bool) -> list[Item]:
        """The name of a stage, above its rows."""
        m, k = self.m, self.m.page.scale
        left = m.page.margin + m.tab
        name = row.stage_words
        line = words(
            left + 5 * k,
            y + m.stage - 2.6 * k,
            m.wording.say("{name} (continued)", name=name) if continued else name,
            m.page.small,
            bold=True,
            fill=style.text,
            role="stage",
        )
        rule = Polyline(
            points=((left, y), (self.m.right, y)),
            stroke=theme.PAPER,
            stroke_width=1.2,
            role="stage-rule",
        )
        return [rule, plate(line, style.tint), line]

    def _row(self, row: Row, top: float, height: float) -> list[Item]:
        m, k = self.m, self.m.page.scale
        size, style, tint = m.rows[row.id], style_of(row), tint_of(row)
        items: list[Item] = []
        loop = loop_height(row, m.page)
        used = size.label_height + loop + 7 * k
        label_top = top + (height - used) / 2
        y = label_top + size.label_height + loop + 3.5 * k
        items += self._arrow(row, y, tint)
        items += self._label(row, size.label, label_top)
        items += self._badges(row, style, top + height / 2)
        limits, codes, small = size.limit.lines, size.marks.lines, m.page.small
        items += block(
            m.limit_left, top + (height - block_height(limits, small)) / 2, limits, small,
            anchor=Anchor.LEFT, role="limit", id=row.id,
            room=(m.limit_left - 1, top, m.right, top + height),
        )  # fmt: skip
        items += mark_block(
            m.marks_left, top + (height - block_height(codes, small)) / 2, codes, row.marks, small,
            anchor=Anchor.LEFT, id=row.id, room=(m.marks_left - 1, top, m.right, top + height),
        )  # fmt: skip
        return items

    def _arrow(self, row: Row, y: float, under: str) -> list[Item]:
        k, start, end = self.m.page.scale, self._middle(row.sender), self._middle(row.receiver)
        points: tuple[Point, ...] = ((start, y), (end - (0.5 if end > start else -0.5), y))
        if row.sender == row.receiver:
            up, out = y - loop_height(row, self.m.page), start + 15 * k
            points = ((start, up), (out, up), (out, y), (start + 0.5, y))
        return arrow(
            points,
            style_of(row),
            under=under,
            open_tail=row.feedback,
            role="arrow",
            id=row.id,
            scale=k,
        )

    def _label(self, row: Row, label: Lines, top: float) -> list[Item]:
        """The words over an arrow: in its middle, or running on where they are longer."""
        m, k, size = self.m, self.m.page.scale, self.m.rows[row.id]
        grid_left = m.grid_left + 2
        grid_right = grid_left + m.grid - 4
        bold = row.missing
        style, tint = style_of(row), tint_of(row)
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
        ends = sorted((self._middle(row.sender), self._middle(row.receiver)))
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
        x = m.page.margin + m.tab + 10 * k + m.wider
        items = badge(x, y, row.number, style, m.page.small, id=row.id)
        x += m.wider
        for further in row.pillars[1:]:
            x += badge_radius(m.page.small) + 8.8 * k
            items += badge(x, y, "", PILLARS[further], m.page.small * 0.75, id=row.id)
        return items


def _moved(line: Text, by: float, room: Box) -> Text:
    return words(
        line.x + by, line.y, line.text, line.size, fill=line.fill, bold=line.bold,
        anchor=line.anchor, room=room, role=line.role, id=line.id,
    )  # fmt: skip


def style_of(row: Row) -> Style:
    """How a row looks: its pillar, that it is done by habit, or that it is not there."""
    if row.kind is Kind.INFORMAL:
        return INFORMAL[row.pillar]
    return _ABSENT.get(row.kind) or PILLARS[row.pillar]


def tint_of(row: Row) -> str:
    """What lies behind a row."""
    return style_of(row).tint
