"""Tracks: which of the arrows that share a band runs left of, or above, which.

Arrows that run side by side keep the order in which they part, so that they cross only where
their ways make it unavoidable, and each gets a track of its own where it would else lie on
another.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from interagency.charts.lanes_router import Way

_INTO_BOX = 0.4
"""An end at a box stops short of the box's middle by this much of a band."""
_TURN = 0.45
"""A turn fills its band up to here on either side."""


class Part(NamedTuple):
    """A straight part of a way: where it runs, from where to where, and how it goes on."""

    link: int
    place: int
    """Which part of its way it is."""
    upright: bool
    band: int
    start: int
    end: int
    turn_before: int
    """Where the way came from: -1 above or left, 1 below or right, 0 a box."""
    turn_after: int
    forward: int
    """1 where it runs downwards or to the right, else -1."""
    low: float
    """From where it fills its band, in bands."""
    high: float


@dataclass(frozen=True, slots=True)
class Track:
    """A part's place among those it runs beside: track ``at`` of ``of``."""

    at: int
    of: int

    @property
    def offset(self) -> float:
        """How many tracks it lies from the middle of its group."""
        return self.at - (self.of - 1) / 2


Tracks = Mapping[tuple[int, int], Track]
"""The track of each part, by link and place."""


def parts_of(link: int, way: Way, width: int) -> tuple[Part, ...]:
    """The straight parts of a way.

    >>> [(p.upright, p.band, p.start, p.end) for p in parts_of(0, (6, 7, 12, 17, 18), 5)]
    [(False, 1, 1, 2), (True, 2, 1, 3), (False, 3, 2, 3)]
    """
    points = [(place % width, place // width) for place in way]
    corners = [0]
    for at in range(1, len(points) - 1):
        (a, b), (c, d), (e, f) = points[at - 1 : at + 2]
        if (c - a, d - b) != (e - c, f - d):
            corners.append(at)
    corners.append(len(points) - 1)
    found = []
    last_run = len(corners) - 2
    for place, (first, last) in enumerate(itertools.pairwise(corners)):
        (x, y), (to_x, to_y) = points[first], points[last]
        upright = x == to_x
        start, end = (y, to_y) if upright else (x, to_x)
        forward = 1 if end > start else -1
        before = 0 if place == 0 else _turn(points[first - 1], points[first], upright)
        after = 0 if place == last_run else _turn(points[last + 1], points[last], upright)
        tail = start - forward * (_TURN if before else -_INTO_BOX)
        head = end + forward * (_TURN if after else -_INTO_BOX)
        found.append(
            Part(link, place, upright, x if upright else y, start, end, before, after, forward,
                 min(tail, head), max(tail, head))
        )  # fmt: skip
    return tuple(found)


def _turn(outside: tuple[int, int], corner: tuple[int, int], upright: bool) -> int:
    axis = 0 if upright else 1
    return 1 if outside[axis] > corner[axis] else -1


def tracks(ways: Sequence[tuple[Part, ...]]) -> Tracks:
    """A track for every part of every way."""
    return dict(_tracks(ways, (part for way in ways for part in way)))


def retracked(
    ways: Sequence[tuple[Part, ...]], before: Sequence[tuple[Part, ...]], known: Tracks
) -> Tracks:
    """Tracks anew in those bands alone where a way runs, or ran, that is another than before."""
    changed = [
        part
        for new, old in zip(ways, before, strict=True)
        if new is not old
        for part in (*new, *old)
    ]
    bands = {(part.upright, part.band) for part in changed}
    parts = (part for way in ways for part in way if (part.upright, part.band) in bands)
    return {**known, **dict(_tracks(ways, parts))}


def _tracks(
    ways: Sequence[tuple[Part, ...]], parts: Iterable[Part]
) -> Iterator[tuple[tuple[int, int], Track]]:
    """The track of each of these parts: all that there are in some bands."""
    lines: dict[tuple[bool, int], list[Part]] = defaultdict(list)
    for part in parts:
        lines[part.upright, part.band].append(part)
    for line in lines.values():
        for group in _groups(line):
            yield from _shared_out(group, ways)


def _groups(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts of one band that overlap, directly or through others."""
    group: list[Part] = []
    reach = 0.0
    for part in sorted(parts, key=_by_start):
        if group and part.low >= reach:
            yield group
            group = []
        reach = max(reach, part.high) if group else part.high
        group.append(part)
    if group:
        yield group


def _by_start(part: Part) -> tuple[float, float, int, int]:
    return part.low, part.high, part.link, part.place


_ALONE = Track(0, 1)


def _shared_out(
    group: Sequence[Part], ways: Sequence[tuple[Part, ...]]
) -> Iterator[tuple[tuple[int, int], Track]]:
    """The lowest track for each that keeps the order and overlaps no other."""
    if len(group) == 1:
        yield (group[0].link, group[0].place), _ALONE
        return
    ordered = _ordered(group, ways)
    at: list[int] = []
    for part in ordered:
        beside = [there for there, other in zip(at, ordered, strict=False) if _overlap(other, part)]
        at.append(max(beside, default=-1) + 1)
    count = max(at) + 1
    for part, track in zip(ordered, at, strict=True):
        yield (part.link, part.place), Track(track, count)


def _overlap(one: Part, other: Part) -> bool:
    return one.low < other.high and other.low < one.high


def _ordered(group: Sequence[Part], ways: Sequence[tuple[Part, ...]]) -> list[Part]:
    """From the left or top to the right or bottom, with the fewest crossings."""
    size = len(group)
    first = [[0] * size for _ in range(size)]
    for a in range(size):
        for b in range(a + 1, size):
            if _overlap(group[a], group[b]):
                first[a][b] = _before(group[a], group[b], ways)
                first[b][a] = -first[a][b]
    order = sorted(range(size), key=lambda a: (sum(first[a]), a))
    for _ in range(size):
        moved = False
        for place in range(size):
            moved |= _sifted(order, place, first)
        if not moved:
            break
    return [group[a] for a in order]


def _sifted(order: list[int], place: int, first: Sequence[Sequence[int]]) -> bool:
    """Move one part to where it disagrees with the fewest others; stay where that is as good."""
    part = order.pop(place)
    cost = sum(first[part][other] > 0 for other in order)
    costs = [cost]
    for other in order:
        cost += (first[part][other] < 0) - (first[part][other] > 0)
        costs.append(cost)
    least = min(costs)
    best = place if costs[place] == least else costs.index(least)
    order.insert(best, part)
    return best != place


def _before(one: Part, other: Part, ways: Sequence[tuple[Part, ...]]) -> int:
    """-1 where the first must run left of or above the second, 1 for the other way about.

    Where they part at both ends and the two disagree, a crossing cannot be helped; it is then
    always put at the same end of the way they share.
    """
    if (one.link, one.place) > (other.link, other.place):
        return -_before(other, one, ways)
    return _parting(one, other, ways, 1, 0) or _parting(one, other, ways, -1, -1)


def _parting(
    one: Part, other: Part, ways: Sequence[tuple[Part, ...]], onward: int, tie: int
) -> int:
    """What the end, in one direction of the first way, says about the order.

    Where they never part, ``tie`` is their order at that end.
    """
    going = one.forward * onward
    other_onward = going * other.forward
    factor = 1
    while True:
        end, turn = _end(one, onward)
        other_end, other_turn = _end(other, other_onward)
        ahead, other_ahead = going * end, going * other_end
        if ahead < other_ahead:
            return factor * turn
        if other_ahead < ahead:
            return -factor * other_turn
        if turn != other_turn:
            return factor * (turn - other_turn)
        if turn == 0:
            return factor * tie
        factor *= -1 if going == turn else 1
        going = turn
        one = ways[one.link][one.place + onward]
        other = ways[other.link][other.place + other_onward]


def _end(part: Part, onward: int) -> tuple[float, int]:
    at, turn = (part.end, part.turn_after) if onward == 1 else (part.start, part.turn_before)
    sign = part.forward * onward
    return (at, turn) if turn else (at - sign * _INTO_BOX, 0)
