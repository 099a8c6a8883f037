"""Where on its arrow a number stands: near its tail, clear of other arrows, boxes and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from interagency.charts.scene import Box, Point

_STEP = 3.0
_FROM_TAIL, _FROM_HEAD = 11.0, 15.0
_APART = 14.0


def spots(
    ways: Sequence[tuple[Point, ...]],
    numbered: Sequence[tuple[int, float]],
    boxes: Sequence[Box],
    taken: Sequence[Box],
    scale: float,
) -> dict[int, Point]:
    """A spot for each number.

    Args:
        ways: all arrows of the page.
        numbered: which of them have a number, and half the width of its badge.
        boxes: what stands on the page.
        taken: where words stand already.
        scale: of the page.

    >>> spots([((0, 0), (100, 0))], [(0, 6.0)], [], [], 1.0)
    {0: (11.0, 0.0)}
    """
    segments = [(number, _box(a, b)) for number, way in enumerate(ways) for a, b in pairwise(way)]
    obstacles = [*boxes, *taken]
    found: dict[int, Point] = {}
    sizes: dict[int, float] = {}
    shortest_first = sorted(numbered, key=lambda pair: (_length(ways[pair[0]]), pair[0]))
    for number, half in shortest_first:
        others = [box for other, box in segments if other != number]
        best, best_cost = ways[number][0], math.inf
        for along, (x, y) in _candidates(ways[number], scale):
            if along * 0.1 >= best_cost:
                break
            near = (x - half - 1.5, y - 6 * scale - 1.5, x + half + 1.5, y + 6 * scale + 1.5)
            cost = (
                along * 0.1
                + 200 * sum(_meet(near, box) for box in obstacles)
                + 60 * sum(_meet(near, box) for box in others)
                + sum(
                    300
                    for other, (ox, oy) in found.items()
                    if abs(ox - x) < half + sizes[other] + 3 and abs(oy - y) < _APART * scale
                )
            )
            if cost < best_cost:
                best, best_cost = (x, y), cost
        found[number], sizes[number] = best, half
    return found


def _length(way: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(way))


def _candidates(way: Sequence[Point], scale: float) -> Iterator[tuple[float, Point]]:
    """Points along a way, and how far they are from its tail."""
    whole = _length(way)
    first, last = _FROM_TAIL * scale, whole - _FROM_HEAD * scale
    if last < first:
        yield 0.0, _point(way, max(whole * 0.45, 0.0))
        return
    for step in range(int((last - first) / _STEP) + 1):
        along = first + step * _STEP
        yield along - first, _point(way, along)


def _point(way: Sequence[Point], along: float) -> Point:
    for (x, y), (to_x, to_y) in pairwise(way):
        length = math.dist((x, y), (to_x, to_y))
        if along <= length and length:
            share = along / length
            return x + (to_x - x) * share, y + (to_y - y) * share
        along -= length
    return way[-1]


def _box(a: Point, b: Point) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def crossings(ways: Sequence[tuple[Point, ...]]) -> int:
    """How many pairs of level and upright parts of different arrows cross.

    >>> crossings([((0, 5), (10, 5)), ((5, 0), (5, 10))])
    1
    """
    level: list[tuple[float, float, float, int]] = []
    upright: list[tuple[float, float, float, int]] = []
    for number, way in enumerate(ways):
        for (x, y), (to_x, to_y) in pairwise(way):
            if y == to_y:
                level.append((y, min(x, to_x), max(x, to_x), number))
            else:
                upright.append((x, min(y, to_y), max(y, to_y), number))
    return sum(_crossed(line, level) for line in upright)


def _crossed(
    line: tuple[float, float, float, int], level: Iterable[tuple[float, float, float, int]]
) -> int:
    x, top, bottom, number = line
    return sum(
        left < x < right and top < y < bottom and other != number for y, left, right, other in level
    )
