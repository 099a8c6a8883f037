"""Where on its arrow a number stands: near its tail, clear of other arrows, boxes and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interagency.charts.scene import Box, Point

_STEP = 3.0
_FROM_TAIL, _FROM_HEAD = 11.0, 15.0
_FAR = 0.1
"""What a step away from the tail weighs."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is to stand on an arrow: a badge, and perhaps a word to the right of it."""

    way: int
    half: float
    """Half the width of the badge."""
    word: float = 0.0
    tail: float = 0.0
    """What the sign at the arrow's tail takes away of its length."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a badge stands, and whether nothing else stands or runs there."""

    x: float
    y: float
    free: bool


def spots(
    ways: Sequence[tuple[Point, ...]],
    labels: Sequence[Label],
    obstacles: Sequence[Box],
    within: Box,
    scale: float,
) -> dict[int, Spot]:
    """A spot for each label, by the number of its arrow.

    Args:
        ways: all arrows of the page.
        labels: what is to stand on them.
        obstacles: what stands on the page already.
        within: what no badge or word may leave.
        scale: of the page.

    >>> spots([((0, 0), (100, 0))], [Label(0, 6.0)], [], (0, -9, 100, 9), 1.0)
    {0: Spot(x=11.0, y=0.0, free=True)}
    """
    lines = [(number, _box(a, b)) for number, way in enumerate(ways) for a, b in pairwise(way)]
    found: dict[int, Spot] = {}
    taken: list[Box] = []
    for label in sorted(labels, key=lambda label: (_length(ways[label.way]), label.way)):
        others = [box for other, box in lines if other != label.way]
        best, best_cost, best_place = Spot(*ways[label.way][0], False), math.inf, (0.0,) * 4
        for past, (x, y), level in _candidates(ways[label.way], label.tail, scale):
            if past * _FAR >= best_cost:
                break
            x -= label.word / 2 if level else 0.0
            place = (x - label.half, y - 6 * scale, x + label.half + label.word, y + 6 * scale)
            trouble = (
                200 * _met(_grown(place, 1.5), obstacles)
                + 60 * _met(_grown(place, 1.5), others)
                + 200 * (place[0] < within[0] or place[2] > within[2])
                + 300 * _met(_grown(place, 2.0), taken)
            )
            if past * _FAR + trouble < best_cost:
                best, best_cost = Spot(x, y, not trouble), past * _FAR + trouble
                best_place = place
        found[label.way] = best
        taken.append(best_place)
    return found


def _met(place: Box, boxes: Iterable[Box]) -> int:
    """How many boxes meet a place."""
    left, top, right, bottom = place
    return sum(
        left <= box[2] and box[0] <= right and top <= box[3] and box[1] <= bottom for box in boxes
    )


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _length(way: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(way))


def _candidates(
    way: Sequence[Point], tail: float, scale: float
) -> Iterator[tuple[float, Point, bool]]:
    """Points along a way: how far past the first, and whether the way is level there."""
    whole = _length(way)
    first, last = _FROM_TAIL * scale + tail, whole - _FROM_HEAD * scale
    if last < first:
        yield 0.0, *_point(way, whole * 0.45)
        return
    for step in range(int((last - first) / _STEP) + 1):
        yield step * _STEP, *_point(way, first + step * _STEP)


def _point(way: Sequence[Point], along: float) -> tuple[Point, bool]:
    for (x, y), (to_x, to_y) in pairwise(way):
        length = math.dist((x, y), (to_x, to_y))
        if along <= length and length:
            share = along / length
            return (x + (to_x - x) * share, y + (to_y - y) * share), y == to_y
        along -= length
    return way[-1], True


def _box(a: Point, b: Point) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])
