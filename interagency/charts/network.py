"""The map: who is in touch with whom, at a glance, for screens.

Agencies stand at two sides by sector. All lines run in the middle, one for each two agencies and
each P, thicker where several handoffs go the same way; numbers stand
on them where there is room, and the key names every one. Sectors and agencies are set so that few
lines cross, and where lines are many each P has a page of its own, or several by stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.booklet import (
    Booklet,
    Leaf,
    Sign,
    booklet,
    nothing_drawn,
    number_badge,
    number_half,
    word_sign,
)
from interagency.charts.frame import PLAIN, Edition
from interagency.charts.key import key_list, with_key
from interagency.charts.ladder_rows import Column, Content, Note, Row, between, content
from interagency.charts.lanes_key import numbered, numbers
from interagency.charts.network_lines import FANS, Bundle, Line, Spots, bundles, degrees, lines_of
from interagency.charts.network_order import around
from interagency.charts.network_places import Place, needed_height, placed
from interagency.charts.scene import Anchor, Box, Item, Rect, Scene
from interagency.charts.signs import meanings
from interagency.charts.strokes import arrow, block, block_height
from interagency.charts.theme import PILLARS, Page, Style
from interagency.charts.wording import Wording
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_MOST_LINES = 45
"""On one page; more cannot be followed."""


def network(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
) -> tuple[Scene, ...]:
    """Draw a plan as a map, with a key; where agencies are many the page is made higher.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions become dashed and dotted lines.
        edition: how it comes out.

    Raises:
        RenderError: a handoff would be lost, or drawn twice.

    >>> import interagency
    >>> first, *_ = network(interagency.load("nepal"))
    >>> [item.id for item in first.items if item.role == "arrow"]
    ['mowcsc-cso', 'npwc-ocmc', 'npwc-cso', 'cso-hospital']
    """
    said, page = content(graph, findings, edition.language, edition.numbering), edition.page
    ours = said.wording
    book = booklet(
        graph, edition, _signs(said.rows, page, ours), ours,
        about=ours.say("Who is in touch with whom"), counted=said.counts,
    )  # fmt: skip
    if not said.rows:
        empty = nothing_drawn(book, ours.say("There is no handoff to draw."))
        return book.bound([empty], said.notes)
    sheets = _sheets(said)
    book = _high_enough(book, sheets)
    given = numbers(said.rows)
    key = key_list(graph, said, given, book.page)

    def draw(room: Box) -> tuple[list[Leaf], tuple[Note, ...]]:
        drawings = [_Drawing(sheet, given, book, room) for sheet in sheets]
        leaves = with_key(book, [drawing.leaf() for drawing in drawings], key)
        notes = (note for drawing in drawings for note in drawing.notes())
        return leaves, (*said.notes, *dict.fromkeys(notes), *key.in_full())

    scenes = book.settled(draw)
    _all_there(said, [some for sheet in sheets for some in sheet.bundles], scenes)
    return scenes


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one page shows: those in touch, around the ring, and the lines between them."""

    columns: tuple[Column, ...]
    bundles: tuple[Bundle, ...]
    part: str


def _sheets(said: Content) -> list[_Sheet]:
    """One page where it can be followed, else one for each P, or several by stages."""
    if len(bundles(said.rows)) <= _MOST_LINES:
        return [_sheet(said, said.rows, "")]
    found = []
    for pillar, some in groupby(said.rows, key=lambda row: row.pillar):
        parts = _parts(tuple(some))
        for rows in parts:
            stages = list(dict.fromkeys(row.stage_term for row in rows))
            told = said.wording.say(PILLARS[pillar].word)
            if len(parts) > 1:
                told = f"{told}: {said.wording.span(stages)}"
            found.append(_sheet(said, rows, told))
    return found


def _parts(rows: tuple[Row, ...]) -> list[tuple[Row, ...]]:
    """The rows of a P, cut between stages into few parts, about equal, that can be followed."""
    count = len(bundles(rows))
    wanted = -(-count // _MOST_LINES)
    for most in range(-(-count // wanted), _MOST_LINES):
        parts = _cut(rows, most)
        if len(parts) <= wanted:
            return parts
    return _cut(rows, _MOST_LINES)


def _cut(rows: tuple[Row, ...], most: int) -> list[tuple[Row, ...]]:
    """The rows, cut between stages; no part of several stages has more lines than that."""
    parts: list[tuple[Row, ...]] = []
    for _, some in groupby(rows, key=lambda row: row.stage):
        stage = tuple(some)
        if parts and len(bundles((*parts[-1], *stage))) <= most:
            parts[-1] = (*parts[-1], *stage)
        else:
            parts.append(stage)
    return parts


def _sheet(said: Content, rows: Sequence[Row], part: str) -> _Sheet:
    some = bundles(rows)
    there = {end for row in rows for end in (row.sender, row.receiver)}
    columns = {column.id: column for column in said.columns if column.id in there}
    sectors: dict[str, list[str]] = {}
    for column in columns.values():
        sectors.setdefault(column.band, []).append(column.id)
    ends = [(line[0].sender, line[0].receiver) for line in some]
    return _Sheet(tuple(columns[an_id] for an_id in around(sectors.values(), ends)), some, part)


def _high_enough(book: Booklet, sheets: Sequence[_Sheet]) -> Booklet:
    """The same booklet on pages on which all names find room."""
    _, top, _, bottom = book.room()
    needed = max(needed_height(s.columns, degrees(s.bundles), book.page) for s in sheets)
    lacking = needed - (bottom - top)
    if lacking <= 0:
        return book
    page = replace(book.page, height=book.page.height + lacking + 2)
    return replace(book, page=page)


def _signs(rows: Sequence[Row], page: Page, ours: Wording) -> Iterable[Sign]:
    for meaning in meanings(rows):
        if not meaning.feedback:
            told = ours.say(meaning.words)
            yield _line_sign(told, numbered(meaning.kind), meaning.style, page)
    if any(len(some) > 1 for some in bundles(rows)):
        yield word_sign(ours.say("Thicker: several handoffs"))


def _line_sign(told: str, text: str, style: Style, page: Page) -> Sign:
    """A badge, a line and what they mean."""
    half, k = number_half(text, page), page.scale

    def draw(x: float, y: float) -> Iterable[Item]:
        yield from number_badge(x + half, y, text, style, page)
        ends = ((x + 2 * half + 7 * k, y), (x + 2 * half + 28 * k, y))
        yield from arrow(ends, style, role="legend-arrow")

    return Sign(told, 2 * half + 28 * k, draw)


class _Drawing:
    """One map: places, lines and numbers."""

    def __init__(self, sheet: _Sheet, given: Mapping[str, str], book: Booklet, room: Box) -> None:
        self.sheet = sheet
        self.page = book.page
        lowest = room[1] + needed_height(sheet.columns, degrees(sheet.bundles), book.page)
        self.room = (*room[:3], max(room[3], lowest))
        self.numbers = given
        self.ours = book.wording
        some = sheet.bundles
        self.places: tuple[Place, ...] = placed(sheet.columns, degrees(some), self.room, self.page)
        self.lines, self.spots = self._drawn(some)

    def _drawn(self, some: Sequence[Bundle]) -> tuple[tuple[Line, ...], Mapping[str, Box]]:
        """The lines, drawn apart so that as many as can be have their numbers on them."""
        best: tuple[tuple[Line, ...], Mapping[str, Box]] = ((), {})
        for fan in FANS:
            lines = lines_of(some, self.places, self.room, self.page, fan)
            spots = Spots(lines, self.numbers, self.page).found()
            if not best[0] or len(spots) > len(best[1]):
                best = lines, spots
            if len(spots) == len(lines):
                break
        return best

    def leaf(self) -> Leaf:
        """The page of the map."""
        items: list[Item] = []
        for line in self.lines:
            items += arrow(line.points, line.style, role="arrow", id=line.rows[0].id)
        for line in self.lines:
            items += self._numbers(line)
        for place in self.places:
            items += self._place(place)
        names = {column.id: column.name for column in self.sheet.columns}
        told = " ".join(
            between(row, names.__getitem__, row.words) + "."
            for line in self.lines
            for row in line.rows
        )
        reach = (
            *(place.bottom for place in self.places),
            *(y + line.style.weight for line in self.lines for _, y in line.points),
            *(bottom for *_, bottom in self.spots.values()),
        )
        return Leaf(items, max(reach), told, self.sheet.part)

    def _numbers(self, line: Line) -> Iterable[Item]:
        """The badges of a line, side by side, where a spot was found for them."""
        spot = self.spots.get(line.rows[0].id)
        if spot is None:
            return
        left, top, right, bottom = spot
        yield Rect(
            x=left, y=top, width=right - left, height=bottom - top, fill=theme.PAPER, role="plate"
        )
        x = left
        for row in line.rows:
            half = number_half(self.numbers[row.id], self.page)
            yield from number_badge(
                x + half, (top + bottom) / 2, self.numbers[row.id], line.look, self.page, row.id
            )
            x += 2 * half

    def _place(self, place: Place) -> Iterable[Item]:
        """A bar, the name beside it, and over the first of a sector the sector."""
        k, small = self.page.scale, self.page.small
        high = place.ports + 8 * k
        yield Rect(
            x=place.x - 2.6 * k, y=place.y - high / 2, width=5.2 * k, height=high, radius=2.6 * k,
            fill=theme.PAPER if place.column.participant else theme.INK,
            stroke=theme.INK, stroke_width=1.2, role="place", id=place.column.id,
        )  # fmt: skip
        anchor = Anchor.RIGHT if place.at_left else Anchor.LEFT
        x = place.x + (-9 if place.at_left else 9) * k
        top = place.y - block_height(place.lines.lines, small) / 2
        yield from block(
            x, top, place.lines.lines, small, bold=True, anchor=anchor, room=place.room,
            role="agency-name", id=place.column.id,
        )  # fmt: skip
        if place.band:
            yield from block(
                x, place.top, place.band, small, fill=theme.MUTED, anchor=anchor,
                role="sector", room=place.room,
            )  # fmt: skip

    def notes(self) -> Iterable[str]:
        """What the map could not show."""
        bare = [line for line in self.lines if line.rows[0].id not in self.spots]
        if bare:
            those = ", ".join(self.numbers[row.id] for line in bare for row in line.rows)
            yield self.ours.say(
                "Drawn without their numbers, for want of room: {numbers}. The key names them.",
                numbers=those,
            )
        for place in self.places:
            if place.lines.shortened:
                yield self.ours.say("Name in full: {name}", name=place.column.name)


def _all_there(said: Content, lines: Sequence[Bundle], scenes: Sequence[Scene]) -> None:
    """Fail rather than hand out a chart that lacks a handoff or has one twice."""
    arrows = [i.id for scene in scenes for i in scene.items if i.role == "arrow"]
    keyed = {t.id for scene in scenes for t in scene.texts() if t.role == "key"}
    drawn = sorted(row.id for line in lines for row in line)
    wanted = sorted(row.id for row in said.rows)
    if drawn != wanted or sorted(keyed) != wanted or len(arrows) != len(lines):
        raise RenderError("The map lost a handoff. This is a fault of the chart: report it.")
