"""Where agencies stand on a map: at two sides, by sector, on lines that bulge outwards.

On such lines no straight way between two of them leads through a third.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interagency.charts.ladder_pages import Lines, limited
from interagency.charts.ladder_rows import Column
from interagency.charts.scene import Box
from interagency.charts.strokes import block_height
from interagency.charts.theme import Page

_BULGE = 26.0
_MOST_LINES = 3
_PORT = 3.4
"""Between two lines that meet a place, at least, in points."""
_APART = 10.0
"""Between two names, in points."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands, and the lines of its name."""

    column: Column
    x: float
    y: float
    top: float
    bottom: float
    at_left: bool
    lines: Lines
    band: tuple[str, ...]
    """The words of its sector, where it is the sector's first."""
    room: Box
    ports: float
    """How far its ports reach from the first to the last."""

    def port(self, number: int, count: int) -> float:
        """The height of one of its ports."""
        if count < 2:
            return self.y
        return self.y - self.ports / 2 + self.ports * number / (count - 1)


@dataclass(frozen=True, slots=True)
class _Slot:
    column: Column
    lines: Lines
    band: tuple[str, ...]
    height: float
    ports: int


def _name_width(page: Page) -> float:
    """How wide names may be: something less than a third of the page at each side."""
    return 0.27 * (page.width - 2 * page.margin)


def _slots(columns: Sequence[Column], degrees: Mapping[str, int], page: Page) -> list[_Slot]:
    """The lines of every name, and how high they are."""
    k, width = page.scale, _name_width(page) - (_BULGE + 12) * page.scale
    found: list[_Slot] = []
    for before, column in zip([None, *columns], columns, strict=False):
        codes = f" [{column.wording.codes(column.marks)}]" if column.marks else ""
        lines = limited(column.name + codes, page.small, width, _MOST_LINES, bold=True)
        new = before is None or before.band != column.band
        band = limited(column.band, page.small, width, 2).lines if new else ()
        above = block_height(band, page.small)
        names = block_height(lines.lines, page.small)
        ports = degrees.get(column.id, 0)
        height = above + max(names, above + _PORT * k * ports) + _APART * k
        found.append(_Slot(column, lines, band, height, ports))
    return found


_Sides = tuple[Sequence[_Slot], Sequence[_Slot]]


def _sides(columns: Sequence[Column], degrees: Mapping[str, int], page: Page) -> _Sides:
    """Left and right, each from above, about equally high, parted between sectors if may be.

    The columns follow one another around the ring: down the left side, and up the right one.
    """
    slots = _slots(columns, degrees, page)
    total = sum(slot.height for slot in slots)

    def unequal(at: int) -> float:
        left = sum(slot.height for slot in slots[:at])
        within = at < len(slots) and not slots[at].band
        return abs(total - 2 * left) + (0.12 * total if within else 0)

    at = min(range(1, len(slots)), key=unequal) if len(slots) > 1 else len(slots)
    return slots[:at], _slots(columns[at:][::-1], degrees, page)


def needed_height(columns: Sequence[Column], degrees: Mapping[str, int], page: Page) -> float:
    """How high a map must be for all names to stand under one another."""
    sides = _sides(columns, degrees, page)
    return max(sum(slot.height for slot in side) for side in sides) + 4 * page.scale


def placed(
    columns: Sequence[Column], degrees: Mapping[str, int], room: Box, page: Page
) -> tuple[Place, ...]:
    """Everyone's place: down the left side, then down the right.

    Args:
        columns: as they follow one another around the ring.
        degrees: at how many ends of lines everyone stands.
        room: the box that may be filled.
        page: the paper.
    """
    left, right = _sides(columns, degrees, page)
    return (*_side(left, room, page, at_left=True), *_side(right, room, page, at_left=False))


def _side(slots: Sequence[_Slot], room: Box, page: Page, *, at_left: bool) -> list[Place]:
    if not slots:
        return []
    top, bottom = room[1], room[3]
    height = min(bottom - top, 2.4 * sum(slot.height for slot in slots))
    free = (height - sum(slot.height for slot in slots)) / len(slots)
    y, width = top, _name_width(page)
    found = []
    for slot in slots:
        own = slot.height + free
        band = block_height(slot.band, page.small)
        names = block_height(slot.lines.lines, page.small)
        middle = y + (own + band) / 2
        start = middle - names / 2 - band
        share = (middle - top) / height * 2 - 1
        inward = _BULGE * page.scale * share * share
        x = room[0] + width - _BULGE * page.scale + inward
        box = (room[0], y - 1, x, y + own + 1)
        if not at_left:
            x = room[2] - width + _BULGE * page.scale - inward
            box = (x, y - 1, room[2], y + own + 1)
        reach = min(13 * page.scale * (slot.ports - 1), own - band - (_APART + 1) * page.scale)
        found.append(
            Place(
                slot.column, x, middle, start, y + own, at_left, slot.lines, slot.band, box,
                max(0.0, reach),
            )
        )  # fmt: skip
        y += own
    return found
