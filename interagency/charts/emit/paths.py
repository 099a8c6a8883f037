"""The way of a line through its points, as every emitter draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from interagency.charts.scene import Point

Step = tuple[str, tuple[Point, ...]]
"""``M`` and ``L`` with the point to go to; ``Q`` with the point it bends to, and where it ends."""


def steps(points: Sequence[Point], corner: float) -> tuple[Step, ...]:
    """The way through the points, cut short and bent round at each corner.

    >>> steps([(0, 0), (10, 0), (10, 10)], 2)[2]
    ('Q', ((10, 0), (10.0, 2.0)))
    """
    found: list[Step] = [("M", (points[0],))]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        short = min(corner, math.dist(before, point) / 2, math.dist(point, after) / 2)
        if short < 0.3:
            found.append(("L", (point,)))
            continue
        found.append(("L", (_towards(point, before, short),)))
        found.append(("Q", (point, _towards(point, after, short))))
    return (*found, ("L", (points[-1],)))


def _towards(start: Point, end: Point, distance: float) -> Point:
    share = distance / math.dist(start, end)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
