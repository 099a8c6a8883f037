"""Fewer crossings: moves single boxes about while arrows cross too often to be followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interagency.charts.lanes_flow import Flow, late
from interagency.charts.lanes_router import Router, Way, grid
from interagency.charts.lanes_tracks import Part, Tracks, parts_of, retracked, tracks

_BAND = 100.0
"""How wide a band is where only the order of tracks counts."""
_EFFORT = 240
"""How many ways are looked for again, at the most."""


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

    Where that is more than ``most_crossings``, boxes at the ends of arrows that cross are moved,
    one at a time, as long as it helps.
    """
    pairs = crossing(best)
    tries = _EFFORT // len(best.parts)
    improved = True
    while improved and len(pairs) > most_crossings:
        improved = False
        for moved in _moves(best.flow, pairs, most_columns):
            if against(moved) > against(best.flow):
                continue
            if tries == 0:
                return best, len(pairs)
            tries -= 1
            new = routed(moved, best)
            new_pairs = crossing(new)
            if len(new_pairs) < len(pairs):
                best, pairs, improved = new, new_pairs, True
                break
    return best, len(pairs)


def against(flow: Flow) -> int:
    """How many arrows run against the flow; feedback does, and is not counted."""
    return sum(
        flow.columns[link.head] < flow.columns[link.tail] for link in flow.links if not late(link)
    )


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


def _moves(flow: Flow, pairs: Sequence[tuple[int, int]], most_columns: int) -> Iterator[Flow]:
    """The flow with one box elsewhere: another row of its lane, or a column to either side."""
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


def _moved(flow: Flow, stop: int, column: int, row: int) -> Flow:
    """One stop elsewhere; who stands there changes places with it."""
    columns, rows = list(flow.columns), list(flow.rows)
    for other, place in enumerate(zip(columns, rows, strict=True)):
        if place == (column, row):
            columns[other], rows[other] = columns[stop], rows[stop]
    columns[stop], rows[stop] = column, row
    used = sorted(set(columns))
    return replace(flow, columns=tuple(used.index(c) for c in columns), rows=tuple(rows))
