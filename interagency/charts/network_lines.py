"""The lines of a map, and where on them numbers find room."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from interagency.charts.booklet import number_half
from interagency.charts.ladder_panels import style_of
from interagency.charts.ladder_rows import Row
from interagency.charts.network_places import Place
from interagency.charts.scene import Box, Point
from interagency.charts.strokes import badge_radius
from interagency.charts.theme import Page, Style

_STEP = 13.0
"""The length of the straight pieces of a curve, in points."""
_ALONG = tuple(0.5 + side * step / 50 for step in range(20) for side in (1, -1))
"""Where on a line a number is tried, from its middle outwards."""
_CLEAR = 1.5
"""Between a number and whatever is not its own, at least, in points."""
_MOST_NUMBERS = 4
"""Side by side on one line."""
_CELL = 24.0
_MOST_THICK = 2.2
FANS = (22.0, 34.0, 14.0)
"""How far the middles of lines between the same two may be drawn apart, in points; what is first
is tried first."""
_EDGE = 9.0
"""Between a line that is drawn aside and the edge of the room, for its numbers, in points."""
_HEAD = 8.0
"""The least length of the piece that carries an arrow's head."""


@dataclass(frozen=True, slots=True)
class Line:
    """All handoffs of one look from one to another."""

    rows: tuple[Row, ...]
    look: Style
    points: tuple[Point, ...]

    @property
    def style(self) -> Style:
        """The look, thicker where there are several."""
        factor = min(_MOST_THICK, 1 + 0.45 * (len(self.rows) - 1))
        return replace(self.look, weight=self.look.weight * factor)


_Piece = tuple[Point, Point]
Bundle = tuple[Row, ...]
"""All rows of one look from one to another."""


def bundles(rows: Sequence[Row]) -> tuple[Bundle, ...]:
    """What becomes one line each, in the order of the rows."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.sender, row.receiver, style_of(row).word), []).append(row)
    return tuple(tuple(some) for some in groups.values())


def degrees(some: Sequence[Bundle]) -> Counter[str]:
    """At how many ends of lines everyone stands."""
    return Counter(end for rows in some for end in (rows[0].sender, rows[0].receiver))


def lines_of(
    some: Sequence[Bundle], places: Sequence[Place], room: Box, page: Page, fan: float = FANS[0]
) -> tuple[Line, ...]:
    """The lines: curves that leave and enter level, each by a port of its own."""
    at = {place.column.id: place for place in places}
    ports, apart = _ports(some, at), _apart(some, fan * page.scale)
    edges = room[1] + _EDGE * page.scale, room[3] - _EDGE * page.scale
    return tuple(
        Line(
            rows,
            style_of(rows[0]),
            _curve(
                at[rows[0].sender], at[rows[0].receiver], ports[number], apart[number], edges, page
            ),
        )
        for number, rows in enumerate(some)
    )


@dataclass(frozen=True, slots=True)
class _Aside:
    """How far the middle of a line is drawn aside from others between the same two, in points."""

    across: float
    """Downwards, of one that leads across."""
    out: float
    """Outwards, of one that turns back to the side where it began."""


def _apart(some: Sequence[Bundle], fan: float) -> dict[int, _Aside]:
    """How far each line is drawn aside."""
    pairs: dict[frozenset[str], list[int]] = {}
    for number, rows in enumerate(some):
        pairs.setdefault(frozenset((rows[0].sender, rows[0].receiver)), []).append(number)
    return {
        number: _Aside(fan * (place - (len(those) - 1) / 2), fan * place)
        for those in pairs.values()
        for place, number in enumerate(those)
    }


def _ports(some: Sequence[Bundle], at: Mapping[str, Place]) -> dict[int, tuple[float, float]]:
    """The heights at which each line begins and ends.

    At each place lines that turn back upwards come first, then those across by the height of
    their other end, then those that turn back downwards, so that few cross near the place.
    """
    ends: dict[str, list[tuple[tuple[int, float, int], int, int]]] = {}
    for number, rows in enumerate(some):
        sender, receiver = at[rows[0].sender], at[rows[0].receiver]
        for which, (here, there) in enumerate(((sender, receiver), (receiver, sender))):
            order = _order(here, there, number)
            ends.setdefault(here.column.id, []).append((order, number, which))
    found: dict[int, list[float]] = {number: [0.0, 0.0] for number in range(len(some))}
    for an_id, those in ends.items():
        place = at[an_id]
        for port, (_, number, which) in enumerate(sorted(those)):
            found[number][which] = place.port(port, len(those))
    return {number: (one, other) for number, (one, other) in found.items()}


def _order(here: Place, there: Place, number: int) -> tuple[int, float, int]:
    if here.at_left != there.at_left:
        return 1, there.y, number
    return (0, here.y - there.y, number) if there.y < here.y else (2, here.y - there.y, -number)


def _curve(
    start: Place,
    end: Place,
    ports: tuple[float, float],
    apart: _Aside,
    edges: tuple[float, float],
    page: Page,
) -> tuple[Point, ...]:
    """From one to the other; in their middle lines between the same two stand well apart."""
    k = page.scale
    inward = {True: 1.0, False: -1.0}
    from_x = start.x + inward[start.at_left] * 5 * k
    to_x = end.x + inward[end.at_left] * 5 * k
    first, last = (from_x, ports[0]), (to_x, ports[1])
    if start.at_left != end.at_left:
        pull = 0.45 * abs(to_x - from_x)
        heights = [min(max(port + apart.across, edges[0]), edges[1]) for port in ports]
        one = (from_x + inward[start.at_left] * pull, heights[0])
        other = (to_x + inward[end.at_left] * pull, heights[1])
    else:
        farthest = abs(page.width - from_x - to_x)  # a curve comes three quarters as far
        wanted = 26 * k + 0.55 * abs(ports[0] - ports[1]) + apart.out
        far = farthest * (1 - math.exp(-wanted / max(farthest, 1.0)))
        out = inward[start.at_left] * far
        edge = max(from_x, to_x) if start.at_left else min(from_x, to_x)
        one, other = (edge + out, ports[0]), (edge + out, ports[1])
    return _sampled(first, one, other, last)


def _sampled(start: Point, one: Point, other: Point, end: Point) -> tuple[Point, ...]:
    """A curve as straight pieces, the last long enough for an arrow's head."""
    length = math.dist(start, one) + math.dist(one, other) + math.dist(other, end)
    pieces = max(4, int(length / _STEP))
    points = [_at(piece / pieces, start, one, other, end) for piece in range(pieces + 1)]
    while len(points) > 2 and math.dist(points[-2], end) < _HEAD:
        del points[-2]
    return tuple(points)


def _at(t: float, a: Point, b: Point, c: Point, d: Point) -> Point:
    """A point of a cubic curve."""
    u = 1 - t
    shares = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    across, down = ([point[axis] for point in (a, b, c, d)] for axis in (0, 1))
    return (
        sum(share * x for share, x in zip(shares, across, strict=True)),
        sum(share * y for share, y in zip(shares, down, strict=True)),
    )


class Spots:
    """Looks for room for numbers: clear of other lines and of one another."""

    def __init__(self, lines: Sequence[Line], numbers: Mapping[str, str], page: Page) -> None:
        self.lines = lines
        self.numbers = numbers
        self.page = page
        self.pieces: dict[tuple[int, int], list[tuple[str, _Piece]]] = {}
        for line in lines:
            for piece in pairwise(line.points):
                for cell in _cells(_around(piece)):
                    self.pieces.setdefault(cell, []).append((line.rows[0].id, piece))

    def found(self) -> dict[str, Box]:
        """For each line, by its first row: the box for its numbers, where there is one.

        The line with the fewest boxes to choose from chooses first.
        """
        spots: dict[str, Box] = {}
        left = {
            line.rows[0].id: [box for box in self._boxes(line) if self._free(box, line)]
            for line in self.lines
            if len(line.rows) <= _MOST_NUMBERS
        }
        while left:
            an_id = min(left, key=lambda one: len(left[one]))
            if boxes := left.pop(an_id):
                spots[an_id] = box = boxes[0]
                for one, others in left.items():
                    left[one] = [other for other in others if not _meet(box, other)]
        return spots

    def _boxes(self, line: Line) -> Iterator[Box]:
        width = sum(2 * number_half(self.numbers[row.id], self.page) for row in line.rows)
        texts = [self.numbers[row.id] for row in line.rows]
        high = max(1.2 * badge_radius(self.page.small, text) for text in texts)
        if any(text.isalpha() and len(text) > 1 for text in texts):
            high *= 1.8
        for share in _ALONG:
            x, y = _point_at(line.points, share)
            yield x - width / 2, y - high, x + width / 2, y + high

    def _free(self, box: Box, line: Line) -> bool:
        """Whether a box is clear of the ends of its own line and of all other lines."""
        own = line.rows[0].id
        left, top, right, bottom = box
        wide = (left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR)
        ends = (line.points[0], line.points[-1])
        if any(left - 7 < x < right + 7 and top - 7 < y < bottom + 7 for x, y in ends):
            return False
        return not any(
            one != own and _touches(piece, wide)
            for cell in _cells(wide)
            for one, piece in self.pieces.get(cell, ())
        )


def _meet(box: Box, other: Box) -> bool:
    """Whether two boxes stand less than a hair apart."""
    across = box[0] < other[2] + _CLEAR and other[0] < box[2] + _CLEAR
    return across and box[1] < other[3] + _CLEAR and other[1] < box[3] + _CLEAR


def _around(piece: _Piece) -> Box:
    (x, y), (to_x, to_y) = piece
    return min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """The squares of a coarse grid that a box lies in, so that only what is near is looked at."""
    left, top, right, bottom = (int(edge // _CELL) for edge in box)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _point_at(points: Sequence[Point], share: float) -> Point:
    place = share * (len(points) - 1)
    at = min(int(place), len(points) - 2)
    (x, y), (to_x, to_y) = points[at], points[at + 1]
    return x + (to_x - x) * (place - at), y + (to_y - y) * (place - at)


def _touches(piece: _Piece, box: Box) -> bool:
    """Whether a straight piece meets a box: it is halved until it is short or clear."""
    (x, y), (to_x, to_y) = piece
    if max(x, to_x) < box[0] or min(x, to_x) > box[2]:
        return False
    if max(y, to_y) < box[1] or min(y, to_y) > box[3]:
        return False
    middle = ((x + to_x) / 2, (y + to_y) / 2)
    if box[0] <= middle[0] <= box[2] and box[1] <= middle[1] <= box[3]:
        return True
    if math.dist((x, y), (to_x, to_y)) < 1:
        return False
    return _touches(((x, y), middle), box) or _touches((middle, (to_x, to_y)), box)
