"""Fewer crossings: moves single boxes about while arrows cross too often to be followed.

To look for the ways of arrows is slow, so what a move may bring is guessed first: straight lines
between boxes cross about as often as the arrows do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from interagency.charts.lanes_flow import Flow, journeys, late
from interagency.charts.lanes_router import Router, Way, grid
from interagency.charts.lanes_tracks import Part, Tracks, parts_of, retracked, tracks

_BAND = 100.0
"""How wide a band is where only the order of tracks counts."""
_EFFORT = 160
"""How many ways are looked for again, at the most."""
_POLISH = 6
"""How many boxes are moved once there are few enough crossings."""
_HOPELESS = 8
"""So many crossings more than there may be are not mended by moving boxes."""
_KNOT = 13
"""Where straight lines from box to box cross so often, so do arrows, whatever is moved."""

Places = tuple[tuple[int, ...], tuple[int, ...]]
"""The columns and the rows of all stops."""
Ends = Sequence[tuple[int, int]]
"""The tails and heads of links."""


@dataclass(frozen=True, slots=True)
class Routed:
    """A flow with the ways of its links, on the coarse grid."""

    flow: Flow
    router: Router
    ways: tuple[Way, ...]
    parts: tuple[tuple[Part, ...], ...]
    tracks: Tracks


def unrouted(flow: Flow) -> Routed:
    """A flow without any way, to see what its boxes alone need."""
    return Routed(flow, _router(flow), (), (), {})


def routed(flow: Flow, before: Routed | None = None) -> Routed:
    """Find the ways of all links: inner steps and short ones first.

    Of a flow that was routed before, only what was moved is routed anew.
    """
    links = [(link.tail, link.head) for link in flow.links]

    def rank(number: int) -> tuple[bool, int, int]:
        tail, head = links[number]
        across = abs(flow.columns[tail] - flow.columns[head])
        down = abs(flow.rows[tail] - flow.rows[head])
        return flow.links[number].row is not None, 2 * across + down, number

    order = sorted(range(len(links)), key=rank)
    if before is None or before.flow.width != flow.width:
        router = _router(flow)
        ways = router.ways(links, order)
        parts = tuple(parts_of(number, way, router.grid.width) for number, way in enumerate(ways))
        return Routed(flow, router, tuple(ways), parts, tracks(parts))
    router = before.router.moved(_boxes(flow))
    ways = router.mended(links, order, before.ways)
    parts = tuple(
        part if way is old else parts_of(number, way, router.grid.width)
        for number, (way, old, part) in enumerate(zip(ways, before.ways, before.parts, strict=True))
    )
    return Routed(flow, router, tuple(ways), parts, retracked(parts, before.parts, before.tracks))


def _router(flow: Flow) -> Router:
    return Router(grid(flow.width, flow.height), _boxes(flow))


def _boxes(flow: Flow) -> tuple[tuple[int, int], ...]:
    return tuple(zip(flow.columns, flow.rows, strict=True))


def untangled(best: Routed, most_crossings: int, most_columns: int) -> tuple[Routed, int]:
    """A flow that is easier to follow, with its ways, and how often they cross.

    Boxes at the ends of arrows that cross are moved, one at a time, as long as it helps: with
    patience where there are more crossings than ``most_crossings``, else only a little.
    """
    pairs = crossing(best)
    tries = _EFFORT // len(best.parts)
    improved = len(pairs) <= most_crossings + _HOPELESS
    while improved and pairs:
        improved = False
        for columns, rows in _promising(best.flow, pairs, most_columns):
            if len(pairs) <= most_crossings:
                tries = min(tries, _POLISH)
            if tries <= 0:
                break
            tries -= 1
            new = routed(replace(best.flow, columns=columns, rows=rows), best)
            new_pairs = crossing(new)
            if len(new_pairs) < len(pairs):
                best, pairs, improved = new, new_pairs, True
                break
    return best, len(pairs)


def knotted(flow: Flow) -> bool:
    """Whether arrows must cross too often to be followed, as far as can be seen without ways."""
    ends = [(link.tail, link.head) for link in flow.links]
    met = straight_crossings((flow.columns, flow.rows), ends, range(len(flow.stops)))
    return met > 2 * _KNOT  # every pair was met from either side


def straight_crossings(places: Places, ends: Ends, moved: Collection[int]) -> int:
    """How often straight lines cross, or touch, those that lead to or from some stops.

    It goes with how often arrows cross, and is told in no time.

    >>> square = (0, 1, 0, 1), (0, 0, 1, 1)
    >>> straight_crossings(square, [(0, 3), (2, 1)], [0])
    1
    >>> straight_crossings(square, [(0, 1), (2, 3)], [0])
    0
    """
    columns, rows = places
    count = 0
    for a, b in ends:
        if a not in moved and b not in moved:
            continue
        x, y = columns[a], rows[a]
        across, down = columns[b] - x, rows[b] - y
        for c, d in ends:
            if c in (a, b) or d in (a, b):
                continue
            tail = across * (rows[c] - y) - down * (columns[c] - x)
            head = across * (rows[d] - y) - down * (columns[d] - x)
            if tail * head > 0 or tail == head:
                continue
            first = (columns[d] - columns[c]) * (y - rows[c])
            first -= (rows[d] - rows[c]) * (x - columns[c])
            last = first + (columns[d] - columns[c]) * down - (rows[d] - rows[c]) * across
            count += first * last <= 0
    return count


def crossing(found: Routed) -> list[tuple[int, int]]:
    """The pairs of links that cross, one pair for each crossing."""
    level: list[tuple[float, float, float, int]] = []
    upright: list[tuple[float, float, float, int]] = []
    for way in found.parts:
        at = [part.band * _BAND + found.tracks[part.link, part.place].offset for part in way]
        ends = [way[0].start * _BAND, *at, way[-1].end * _BAND]
        for part, here, before, after in zip(way, at, ends, ends[2:], strict=False):
            line = (here, min(before, after), max(before, after), part.link)
            (upright if part.upright else level).append(line)
    return [
        (link, other)
        for x, top, bottom, link in upright
        for y, left, right, other in level
        if left < x < right and top < y < bottom and link != other
    ]


def _promising(flow: Flow, pairs: Sequence[tuple[int, int]], most_columns: int) -> list[Places]:
    """Where stops may stand when one is moved, what untangles straight lines most first.

    No arrow more than now runs against the flow, and no more ways end before they start;
    feedback does, and is not counted.
    """
    ends = [(link.tail, link.head) for link in flow.links if link.tail != link.head]
    onward = [(link.tail, link.head) for link in flow.links if not late(link)]
    onward += journeys(flow.stops)

    def against(columns: Sequence[int]) -> int:
        return sum(columns[head] < columns[tail] for tail, head in onward)

    now = against(flow.columns)
    found = []
    for columns, rows in _moves(flow, pairs, most_columns):
        if against(columns) > now:
            continue
        stops = [
            stop
            for stop, place in enumerate(zip(columns, rows, strict=True))
            if place != (flow.columns[stop], flow.rows[stop])
        ]
        gain = straight_crossings((flow.columns, flow.rows), ends, stops)
        gain -= straight_crossings((columns, rows), ends, stops)
        if gain >= 0:
            found.append((gain, (columns, rows)))
    return [places for _, places in sorted(found, key=lambda pair: -pair[0])]


def _moves(flow: Flow, pairs: Sequence[tuple[int, int]], most_columns: int) -> Iterator[Places]:
    """Where stops stand with one elsewhere: in another row of its lane, or a column further."""
    links = dict.fromkeys(link for pair in pairs for link in pair)
    stops = dict.fromkeys(
        stop for link in links for stop in (flow.links[link].head, flow.links[link].tail)
    )
    for stop in stops:
        for row in _lane_rows(flow, stop):
            if row != flow.rows[stop]:
                yield _moved(flow, stop, flow.columns[stop], row)
    for stop in stops:
        for column in (flow.columns[stop] + 1, flow.columns[stop] - 1):
            if column in (-1, flow.width) and flow.width >= most_columns:
                continue
            yield _moved(flow, stop, column, flow.rows[stop])


def _lane_rows(flow: Flow, stop: int) -> range:
    """The rows of a stop's lane."""
    first = 0
    for rows in flow.lane_rows:
        if flow.rows[stop] < first + rows:
            return range(first, first + rows)
        first += rows
    raise AssertionError("every row is in a lane")


def _moved(flow: Flow, stop: int, column: int, row: int) -> Places:
    """One stop elsewhere; who stands there changes places with it."""
    columns, rows = list(flow.columns), list(flow.rows)
    for other, place in enumerate(zip(columns, rows, strict=True)):
        if place == (column, row):
            columns[other], rows[other] = columns[stop], rows[stop]
    columns[stop], rows[stop] = column, row
    used = sorted(set(columns))
    return tuple(used.index(c) for c in columns), tuple(rows)
