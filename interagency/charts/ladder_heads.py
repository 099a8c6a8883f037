"""The heads of a ladder: bands of sectors, and under them who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from interagency.charts import theme
from interagency.charts.ladder_pages import (
    HEAD_GAPS,
    Measures,
    band_height,
    band_lines,
    band_turned,
    column_widths,
    head_height,
)
from interagency.charts.ladder_rows import Column, Mark
from interagency.charts.scene import Anchor, Box, Item, Rect
from interagency.charts.strokes import block, block_height, turned_block, words


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column stands."""

    column: Column
    left: float
    width: float

    @property
    def middle(self) -> float:
        """Where its life line runs."""
        return self.left + self.width / 2


def placed(columns: Sequence[Column], m: Measures) -> list[Place]:
    """The columns of a page, side by side."""
    if not columns:
        return []
    left = m.grid_left
    found = []
    for column, width in zip(columns, column_widths(columns, m), strict=True):
        found.append(Place(column, left, width))
        left += width
    return found


def heads(places: Sequence[Place], top: float, m: Measures) -> tuple[list[Item], float]:
    """The bands and heads of a page, and where they end."""
    k = m.page.scale
    items, bottom = _bands(places, top, m)
    head_top = bottom + 0.4 * HEAD_GAPS * k
    bottom = head_top + max(head_height(p.column, p.width, m) for p in places)
    for place in places:
        items += _head(place, head_top, bottom, m)
    items += _side_heads(bottom - 3 * k, m)
    return items, bottom + 0.6 * HEAD_GAPS * k


def _bands(places: Sequence[Place], top: float, m: Measures) -> tuple[list[Item], float]:
    groups = [
        (band, list(group)) for band, group in groupby(places, key=lambda place: place.column.band)
    ]
    spans = [(band, group[0].left, sum(place.width for place in group)) for band, group in groups]
    bottom = top + max(band_height(band, width, m) for band, _, width in spans)
    items: list[Item] = []
    for band, left, width in spans:
        room = (left + 1, top, left + width - 1, bottom)
        items.append(
            Rect(
                x=room[0],
                y=top,
                width=width - 2,
                height=bottom - top,
                fill=theme.BAND,
                role="band",
            )
        )
        items += _band_words(band, room, m)
    return items, bottom


def _band_words(band: str, room: Box, m: Measures) -> list[Item]:
    left, top, right, bottom = room
    small = m.page.small
    lines = band_lines(band, right - left + 2, m).lines
    height = block_height(lines, small)
    if band_turned(band, right - left + 2, m):
        turned = turned_block(
            (left + right - height) / 2,
            (top + bottom) / 2,
            lines,
            small,
            fill=theme.PAPER,
            bold=True,
            room=room,
            role="band-text",
        )
        return list(turned)
    upright = block(
        (left + right) / 2,
        (top + bottom - height) / 2,
        lines,
        small,
        fill=theme.PAPER,
        bold=True,
        room=room,
        role="band-text",
    )
    return list(upright)


def _head(place: Place, top: float, bottom: float, m: Measures) -> list[Item]:
    """One who takes part: the name, what is in brackets behind it, and the codes of findings."""
    k, small, column = m.page.scale, m.page.small, place.column
    room = (place.left + 1.5, top, place.left + place.width - 1.5, bottom)
    _, _, marks = m.head(column, place.width)
    marks_height = block_height(marks.lines, small)
    items: list[Item] = [
        Rect(
            x=room[0],
            y=top,
            width=room[2] - room[0],
            height=bottom - top,
            radius=9 * k if column.participant else 1.5,
            fill=theme.PAPER if column.participant else theme.HEAD,
            stroke=theme.INK,
            stroke_width=0.8,
            role="participant" if column.participant else "agency",
            id=column.id,
        )
    ]
    items += _name(place, (room[0], top, room[2], bottom - marks_height), m)
    low = bottom - marks_height - 2 * k
    items += mark_block(
        place.middle, low, marks.lines, column.marks, small, room=room, id=column.id
    )
    return items


def _name(place: Place, room: Box, m: Measures) -> list[Item]:
    small = m.page.small
    name, extra, _ = m.head(place.column, place.width)
    _, top, _, bottom = room
    height = block_height((*name.lines, *extra.lines), small)
    across, down = place.middle - height / 2, (top + bottom - height) / 2
    items: list[Item] = []
    for lines, bold in ((name.lines, True), (extra.lines, False)):
        if m.turned:
            items += turned_block(
                across,
                (top + bottom) / 2,
                lines,
                small,
                bold=bold,
                room=room,
                role="agency-name",
                id=place.column.id,
            )
        else:
            items += block(
                place.middle,
                down,
                lines,
                small,
                bold=bold,
                room=room,
                role="agency-name",
                id=place.column.id,
            )
        across += block_height(lines, small)
        down += block_height(lines, small)
    return items


def _side_heads(y: float, m: Measures) -> Iterable[Item]:
    """What stands over the columns of limits and of findings, where there are any."""
    for shown, x, text in (
        (m.limit, m.limit_left, m.wording.say("Time limit")),
        (m.marks, m.marks_left, m.wording.say("Findings")),
    ):
        if shown:
            yield words(x, y, text, m.page.small, bold=True, fill=theme.MUTED, role="side-head")


def mark_block(
    x: float,
    top: float,
    lines: Iterable[str],
    marks: Iterable[Mark],
    size: float,
    *,
    anchor: Anchor = Anchor.MIDDLE,
    room: Box | None = None,
    id: str = "",
) -> list[Item]:
    """The codes of findings under one another: gaps in red, questions in their own colour."""
    gaps = tuple(str(mark) for mark in marks if not mark.question)
    items: list[Item] = []
    for line in lines:
        gap = line.split(",")[0].removesuffix(" …") in gaps
        items += block(
            x, top, (line,), size, bold=True, anchor=anchor, room=room, role="mark", id=id,
            fill=(theme.MISSING if gap else theme.NOT_STATED).text,
        )  # fmt: skip
        top += block_height((line,), size)
    return items
