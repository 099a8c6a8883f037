"""From a flow to points on paper: how wide every band is, where boxes stand and arrows turn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interagency.charts.ladder_pages import Lines, head_lines, limited, mark_lines
from interagency.charts.lanes_flow import Flow, Stand, Stop
from interagency.charts.lanes_tracks import Part, Track
from interagency.charts.lanes_untangle import Routed
from interagency.charts.scene import Box, Point
from interagency.charts.strokes import badge_widening, block_height
from interagency.charts.text import measure
from interagency.charts.theme import Page

BOX_WIDTHS = (150.0, 126.0, 106.0, 90.0, 76.0, 64.0)
"""What the width of boxes may be, in points, best first."""
LEAST_COLUMN = BOX_WIDTHS[-1] + 26
_NAME_LINES, _NAME_LINES_FAR = 4, 2
"""How many lines a name may have, on paper and on what is seen from far away."""
MORE_LINES = (5, 3, 2, 1)
"""How many more it may have where a page has room for them, the most first."""
_ASIDE = 5.0
"""Between the codes of findings and the other pages, where they share a line."""
_PITCH, _LEAST_PITCH = 14.0, 7.0
_PAD_ACROSS, _PAD_DOWN, _PAD_BOX = 11.0, 8.0, 7.0
_EMPTY_ACROSS, _EMPTY_DOWN = 5.0, 7.0
_BETWEEN_BOXES = 34.0
"""Room for the tail, the number and the head of an arrow to the next column."""
_BETWEEN_ROWS = 27.0
_BESIDE = 14.0
"""What each arrow takes away of that room which crosses it."""
_MOST_ACROSS, _MOST_DOWN = 80.0, 60.0
_DIAMOND, _DIAMOND_WIDTH = 46.0, 96.0
_ROUND_QUESTION = 1.6
"""How much higher than the lines of its question a diamond is, at the least."""


@dataclass(frozen=True, slots=True)
class StopText:
    """The words in a box: its name, what is in brackets behind it, codes, other pages."""

    name: Lines
    extra: Lines
    marks: Lines
    also: str
    height: float
    """How high they stand on one another."""
    aside: bool = False
    """Whether the other pages stand in the line of the codes."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A flow on paper."""

    flow: Flow
    texts: tuple[StopText, ...]
    boxes: tuple[Box, ...]
    points: tuple[tuple[Point, ...], ...]
    """The way of each link."""
    lanes: tuple[Box, ...]

    @property
    def within(self) -> Box:
        """The box of all lanes."""
        return *self.lanes[0][:3], self.lanes[-1][3]


def stop_text(
    stop: Stop, width: float, page: Page, short: str, also: str, more: int = 0
) -> StopText:
    """The words of a stop in the lines of a box of this width; of names ``more`` than usual."""
    room = width - 6 * page.scale
    none = Lines(())
    if stop.stand is Stand.DECISION:
        question = stop.column.wording.say(stop.question)
        narrow = min(width, _DIAMOND_WIDTH * page.scale) * 0.6
        return _text(page, limited(question, page.small, narrow, 3), none, none, none)
    name, extra, _ = head_lines(stop.column, room, page)
    marks = mark_lines(stop.column.marks, page.small, room, 1)
    most = name_lines(page) + more
    if name.shortened or len(name.lines) + len(extra.lines) > most:
        name, extra = _short_name(stop, room, page, short, most)
    longest = stop.column.wording.say("also p. {pages}", pages="9, 99-99")
    beside = room - aside_of(marks.lines, page)
    if also and len(marks.lines) == 1 and measure(longest, page.small) <= beside:
        return _text(page, name, extra, marks, limited(also, page.small, beside, 1), aside=True)
    return _text(page, name, extra, marks, limited(also, page.small, room, 1))


def name_lines(page: Page) -> int:
    """How many lines a name may have in a box."""
    return _NAME_LINES_FAR if page.projected else _NAME_LINES


def aside_of(marks: Sequence[str], page: Page) -> float:
    """How far from the beginning of a line of codes the other pages stand."""
    return (
        max((measure(m, page.small, bold=True) for m in marks), default=0.0) + _ASIDE * page.scale
    )


def _text(
    page: Page, name: Lines, extra: Lines, marks: Lines, also: Lines, *, aside: bool = False
) -> StopText:
    lines = (*name.lines, *extra.lines, *marks.lines, *(() if aside else also.lines))
    line = also.lines[0] if also.lines else ""
    return StopText(name, extra, marks, line, block_height(lines, page.small), aside)


def _short_name(stop: Stop, room: float, page: Page, short: str, most: int) -> tuple[Lines, Lines]:
    """A name that is too long for its box: the short one of the plan, else its beginning."""
    if short:
        return Lines(limited(short, page.small, room, most, bold=True).lines, True), Lines(())
    name, extra, _ = head_lines(stop.column, room, page)
    left = most - len(name.lines)
    if left < 0 or name.shortened:
        return limited(stop.column.name, page.small, room, most, bold=True), Lines(())
    if not left:
        return Lines(name.lines, shortened=True), Lines(())
    return name, limited(" ".join(extra.lines), page.small, room, left)


def lane_name(name: str, tab: float, page: Page) -> tuple[str, ...]:
    """The name of a lane in the lines of its tab."""
    return limited(name, page.small, tab - 6 * page.scale, _NAME_LINES, bold=True).lines


@dataclass(frozen=True, slots=True)
class Bands:
    """Where each band begins and ends, channel and column (or row) in turn."""

    edges: tuple[float, ...]

    def span(self, band: int) -> tuple[float, float]:
        """From where to where."""
        return self.edges[band], self.edges[band + 1]

    def track(self, band: int, track: Track, page: Page) -> float:
        """Where a track of a band runs."""
        low, high = self.span(band)
        pitch = _PITCH * page.scale
        if track.of > 1:
            pad = (_PAD_BOX if band & 1 else _PAD_DOWN) * page.scale
            pitch = min(pitch, max(high - low - 2 * pad, 1.0) / (track.of - 1))
        return (low + high) / 2 + track.offset * pitch


@dataclass(frozen=True, slots=True)
class Needs:
    """How much room the bands of a routed flow need at the least, in points."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    texts: tuple[StopText, ...]
    width: float
    """Of the boxes."""
    more: int = 0
    """How many more lines than usual its names may have."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the whole."""
        return sum(self.across), sum(self.down)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the arrows of a routed flow ask of its bands, by whether a band runs down."""

    flow: Flow
    tracks: Mapping[tuple[bool, int], int]
    """The most tracks side by side."""
    met: Mapping[tuple[bool, int], int]
    """Channels that an arrow crosses straight from box to box, and how many it meets there."""


def crowded(found: Routed) -> Crowd:
    """What the arrows of a routed flow ask of its bands."""
    return Crowd(found.flow, _counts(found), _direct(found))


def across_needs(crowd: Crowd, width: float, page: Page) -> tuple[float, ...]:
    """How wide each band must be for boxes of a width."""
    found = []
    wider, yes = _wider(crowd.flow, page), _long_yes(crowd.flow, page)
    for band in range(2 * crowd.flow.width + 1):
        tracks_in = crowd.tracks.get((True, band), 0)
        if band & 1:
            found.append(max(width, (tracks_in + 1) * _LEAST_PITCH))
            continue
        inner = 0 < band < 2 * crowd.flow.width
        least = _BETWEEN_BOXES + 2 * wider if inner else _EMPTY_ACROSS
        if met := crowd.met.get((True, band), 0):
            least += _BESIDE * met + yes
        wide = (tracks_in - 1) * _LEAST_PITCH + 2 * _PAD_ACROSS if tracks_in else 0.0
        found.append(max(least, wide))
    return tuple(size * page.scale for size in found)


def _wider(flow: Flow, page: Page) -> float:
    """How much further to each side the longest number reaches, on a page of no scale."""
    numbers = (link.row.number for link in flow.links if link.row)
    wide = max((badge_widening(page.small, number) for number in numbers), default=0.0)
    return wide / page.scale


def _long_yes(flow: Flow, page: Page) -> float:
    """How much wider than usual the word on the way out of a decision is, on a page of no scale."""
    said = (link.row.wording.say("yes") for link in flow.links if link.yes and link.row)
    wide = max((measure(word, page.small) for word in said), default=0.0)
    return max(0.0, wide / page.scale + 4.0 - _BESIDE)


def down_needs(
    crowd: Crowd, texts: Sequence[StopText], tab: float, page: Page
) -> tuple[float, ...]:
    """How high each band must be for these words, beside tabs of a width."""
    k, flow = page.scale, crowd.flow
    heights = [20 * k] * flow.height
    for stop, row, text in zip(flow.stops, flow.rows, texts, strict=True):
        own = text.height + (7 if stop.stand is Stand.AGENCY else 9) * k
        if stop.stand is Stand.DECISION:
            own = max(_DIAMOND * k, _ROUND_QUESTION * text.height)
        heights[row] = max(heights[row], own)
    for rows, least in _lane_rows(flow, tab, page):
        for row in rows:
            heights[row] = max(heights[row], least / len(rows))
    found = []
    for band in range(2 * flow.height + 1):
        tracks_in = crowd.tracks.get((False, band), 0)
        if band & 1:
            found.append(max(heights[band // 2], (tracks_in * _LEAST_PITCH + 3) * k))
            continue
        high = (tracks_in - 1) * _LEAST_PITCH + 2 * _PAD_DOWN if tracks_in else _EMPTY_DOWN
        met = crowd.met.get((False, band))
        least = 0.0 if met is None else _BETWEEN_ROWS + _BESIDE * met
        found.append(max(high, least) * k)
    return tuple(found)


def _lane_rows(flow: Flow, tab: float, page: Page) -> Iterator[tuple[range, float]]:
    """The rows of each lane, and how high its name is."""
    first = 0
    for name, rows in zip(flow.lanes, flow.lane_rows, strict=True):
        yield range(first, first + rows), block_height(lane_name(name, tab, page), page.small)
        first += rows


def _counts(found: Routed) -> Mapping[tuple[bool, int], int]:
    """The most tracks side by side in each band."""
    count: dict[tuple[bool, int], int] = {}
    for way in found.parts:
        for part in way:
            track = found.tracks[part.link, part.place]
            key = (part.upright, part.band)
            count[key] = max(count.get(key, 0), track.of)
    return count


def _direct(found: Routed) -> Mapping[tuple[bool, int], int]:
    """What arrows meet that lead straight from box to box: their numbers must find room there."""
    crossed: dict[tuple[bool, int], int] = {}
    parts = [part for way in found.parts for part in way]
    for way in found.parts:
        straight = way[0]
        if len(way) > 1 or abs(straight.start - straight.end) != 2:
            continue
        channel = (straight.start + straight.end) // 2
        met = sum(
            part.upright is not straight.upright
            and part.band == channel
            and min(part.start, part.end) < straight.band < max(part.start, part.end)
            for part in parts
        )
        met += found.flow.links[straight.link].yes
        key = (not straight.upright, channel)
        crossed[key] = max(crossed.get(key, 0), met)
    return crossed


def placed(found: Routed, need: Needs, room: Box, page: Page) -> Placed:
    """Lay the flow out in a box of the page, with the room that is left shared out."""
    flow = found.flow
    asked = crowded(found)
    wide, high = room[2] - room[0], room[3] - room[1]
    across = _stretched(
        _eased(need.across, asked, wide, page, upright=True),
        wide, _MOST_ACROSS * page.scale, room[0], centred=True,
    )  # fmt: skip
    down = _stretched(
        _eased(need.down, asked, high, page, upright=False),
        high, _MOST_DOWN * page.scale, room[1], centred=False,
    )  # fmt: skip
    boxes = tuple(
        _cell(stop, across.span(2 * column + 1), down.span(2 * row + 1), page)
        for stop, column, row in zip(flow.stops, flow.columns, flow.rows, strict=True)
    )
    points = tuple(_points(way, found, (across, down), boxes, page) for way in found.parts)
    return Placed(flow, need.texts, boxes, points, _lanes(flow, down, room))


def _eased(
    least: Sequence[float], asked: Crowd, room: float, page: Page, *, upright: bool
) -> Sequence[float]:
    """Boxes that are large enough, where there is room, for the numbers on arrows side by side."""
    wishes = {
        band: more
        for (down, band), count in asked.tracks.items()
        if down is upright and band & 1
        for more in [((count - 1) * _PITCH + 2 * _PAD_BOX) * page.scale - least[band]]
        if more > 0
    }
    if not wishes:
        return least
    share = min(1.0, (room - sum(least)) / sum(wishes.values()))
    return [size + share * wishes.get(band, 0.0) for band, size in enumerate(least)]


def _stretched(
    least: Sequence[float], room: float, most: float, start: float, *, centred: bool
) -> Bands:
    """Share what is left out over the channels: the inner ones twice as much as the outer.

    What is left where they are as wide as is good goes to both sides, if it is to be centred.
    """
    sizes = list(least)
    free = room - sum(sizes)
    channels = range(0, len(sizes), 2)
    for _ in range(4):
        shares = {
            band: share
            for band in channels
            for share in [2.0 if 0 < band < len(sizes) - 1 else 1.0]
            if sizes[band] < most * share / 2
        }
        if free < 0.5 or not shares:
            break
        whole = sum(shares.values())
        given = 0.0
        for band, share in shares.items():
            more = min(free * share / whole, most * share / 2 - sizes[band])
            sizes[band] += more
            given += more
        free -= given
    if centred and free > 0:
        sizes[0] += free / 2
        sizes[-1] += free / 2
    edges = [start]
    for size in sizes:
        edges.append(edges[-1] + size)
    return Bands(tuple(edges))


def _cell(stop: Stop, across: tuple[float, float], down: tuple[float, float], page: Page) -> Box:
    """Where a stop stands: all of its cell, but for diamonds, which would be too flat."""
    middle, half = sum(across) / 2, (across[1] - across[0]) / 2
    if stop.stand is Stand.DECISION:
        half = min(half, _DIAMOND_WIDTH * page.scale / 2)
    return middle - half, down[0], middle + half, down[1]


def _points(
    way: Sequence[Part],
    found: Routed,
    bands: tuple[Bands, Bands],
    boxes: Sequence[Box],
    page: Page,
) -> tuple[Point, ...]:
    """The corners of a way, from edge to edge of the boxes it joins."""
    at = [
        bands[not part.upright].track(part.band, found.tracks[part.link, part.place], page)
        for part in way
    ]
    link = found.flow.links[way[0].link]
    first, last = way[0], way[-1]
    points = [_edge(first, at[0], first.forward, boxes[link.tail], found.flow.stops[link.tail])]
    for part, here, there in zip(way, at, at[1:], strict=False):
        points.append((here, there) if part.upright else (there, here))
    points.append(_edge(last, at[-1], -last.forward, boxes[link.head], found.flow.stops[link.head]))
    return tuple(points)


def _edge(part: Part, at: float, side: int, box: Box, stop: Stop) -> Point:
    """Where a straight part meets the outline of a stop; ``side`` is 1 right or below."""
    low, high = (box[1], box[3]) if part.upright else (box[0], box[2])
    cross_low, cross_high = (box[0], box[2]) if part.upright else (box[1], box[3])
    off = abs(at - (cross_low + cross_high) / 2)
    half_cross, half = (cross_high - cross_low) / 2, (high - low) / 2
    inset = 0.0
    if stop.stand is Stand.DECISION:
        inset = half * min(1.0, off / half_cross)
    elif stop.stand is not Stand.AGENCY:
        radius = (box[3] - box[1]) / 2
        past = off if not part.upright else max(0.0, off - (half_cross - radius))
        inset = radius - max(0.0, radius * radius - min(past, radius) ** 2) ** 0.5
    along = high - inset if side > 0 else low + inset
    return (at, along) if part.upright else (along, at)


def _lanes(flow: Flow, down: Bands, room: Box) -> tuple[Box, ...]:
    """The lanes, from the middle of one channel to the middle of the next."""
    edges, row = [down.edges[0]], 0
    for rows in flow.lane_rows[:-1]:
        row += rows
        low, high = down.span(2 * row)
        edges.append((low + high) / 2)
    edges.append(down.edges[-1])
    return tuple((room[0], top, room[2], bottom) for top, bottom in itertools.pairwise(edges))
