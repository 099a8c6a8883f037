"""Where boxes, lines and words stand when a GraphML text is opened: by sector, at two sides.

Lines between the sides lead straight across; those within a side turn back in a bracket of their
own. Words stand in the middle of their line, or where along it no other words are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from interagency.charts.emit.cast import Actor, Cast, Step
from interagency.charts.network_order import around
from interagency.charts.scene import Box, Point
from interagency.charts.text import clean, measure, wrap

NAME_SIZE, WORD_SIZE = 12, 11
_WIDTH, _ACROSS, _STUB = 210.0, 900.0, 26.0
_APART, _SECTOR, _PORT = 22.0, 30.0, 20.0
_BRACKET, _NEXT, _BETWEEN = 112.0, 36.0, 240.0
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one stands."""

    x: float
    y: float
    height: float
    at_left: bool
    lines: tuple[str, ...]
    """The lines of the name."""
    sector: str
    """The words over it, where it is the first of its sector."""

    width = _WIDTH

    @property
    def middle(self) -> Point:
        """The middle of the box, from which yEd counts where lines begin."""
        return self.x + _WIDTH / 2, self.y + self.height / 2

    @property
    def side(self) -> float:
        """The edge of the box that faces the other side."""
        return self.x + _WIDTH if self.at_left else self.x


@dataclass(frozen=True, slots=True)
class Way:
    """Where a line leads, and how far along its middle piece its words stand."""

    points: tuple[Point, Point, Point, Point]
    share: float
    lines: tuple[str, ...]
    """The words on it."""


def spots(found: Cast) -> dict[str, Spot]:
    """Everyone's place, by key, in the order of the cast."""
    sectors = {actor.key: group.name for group in found.groups for actor in group.actors}
    actors = {actor.key: actor for actor in found.actors}
    keys = [[actor.key for actor in group.actors] for group in found.groups]
    ends = [(step.sender.key, step.receiver.key) for step in found.steps]
    ring = [actors[key] for key in around(keys, ends)] if actors else []
    heights = {actor.key: _height(actor, found.steps) for actor in found.actors}
    at = min(_cuts(ring, sectors), key=lambda at: _unequal([heights[a.key] for a in ring], at))
    left = _side(ring[:at], sectors, heights, 0.0)
    right = _side(ring[at:][::-1], sectors, heights, _ACROSS)
    placed = dict((*left, *right))
    further = _lacking(found.steps, placed)
    return {
        key: spot if spot.at_left else replace(spot, x=spot.x + further)
        for key, spot in ((actor.key, placed[actor.key]) for actor in found.actors)
    }


def _lacking(steps: Sequence[Step], places: Mapping[str, Spot]) -> float:
    """How much further apart the sides must be for brackets of both not to meet."""
    depths = _depths(steps, places, _ports(steps, places))
    deepest = {True: 0, False: 0}
    for step in steps:
        if step.key in depths:
            left = places[step.sender.key].at_left
            deepest[left] = max(deepest[left], depths[step.key])
    return max(0.0, _WIDTH + 2 * _BRACKET + _NEXT * sum(deepest.values()) + _BETWEEN - _ACROSS)


def _cuts(ring: Sequence[Actor], sectors: Mapping[str, str]) -> list[int]:
    """After how many the left side may end: between sectors, or of one anywhere."""
    between = [
        at for at in range(1, len(ring)) if sectors[ring[at - 1].key] != sectors[ring[at].key]
    ]
    return between or list(range(len(ring) + 1))


def _unequal(heights: Sequence[float], at: int) -> float:
    return abs(sum(heights[:at]) - sum(heights[at:]))


def _height(actor: Actor, steps: Sequence[Step]) -> float:
    """As high as the name needs, and the lines that meet there."""
    ports = sum((step.sender == actor) + (step.receiver == actor) for step in steps)
    return max(40.0, len(_name(actor)) * 16 + 14, ports * _PORT + 8)


def _name(actor: Actor) -> tuple[str, ...]:
    return wrap(clean(actor.name), NAME_SIZE, _WIDTH - 20) or ("",)


def _side(
    actors: Sequence[Actor], sectors: Mapping[str, str], heights: Mapping[str, float], x: float
) -> Iterator[tuple[str, Spot]]:
    y = 0.0
    for sector, some in groupby(actors, key=lambda actor: sectors[actor.key]):
        y += _SECTOR
        words = sector
        for actor in some:
            height = heights[actor.key]
            yield actor.key, Spot(x, y, height, x == 0.0, _name(actor), words)
            y, words = y + height + _APART, ""


def ways(steps: Sequence[Step], places: Mapping[str, Spot]) -> dict[str, Way]:
    """Each line, by the key of its handoff."""
    ports = _ports(steps, places)
    depths = _depths(steps, places, ports)
    taken: list[Box] = []
    found = {}
    for step in steps:
        points = _points(step, places, ports[step.key], depths.get(step.key, 0))
        lines = wrap(clean(step.words), WORD_SIZE, 170) or ("",)
        share, box = _free(points, lines, taken)
        taken.append(box)
        found[step.key] = Way(points, share, lines)
    return found


def _ports(
    steps: Sequence[Step], places: Mapping[str, Spot]
) -> dict[str, tuple[float, float]]:  # fmt: skip
    """The heights at which each line begins and ends, so that few cross near a box."""
    ends: dict[str, list[tuple[tuple[int, float, int], str, int]]] = {}
    for at, step in enumerate(steps):
        both = (step.sender.key, step.receiver.key)
        for which, (here, there) in enumerate((both, both[::-1])):
            order = _order(places[here], places[there], at if which else -at)
            ends.setdefault(here, []).append((order, step.key, which))
    found = {step.key: [0.0, 0.0] for step in steps}
    for key, those in ends.items():
        spot = places[key]
        apart = (spot.height - 8) / len(those)
        for port, (_, step_key, which) in enumerate(sorted(those)):
            found[step_key][which] = spot.y + 4 + apart * (port + 0.5)
    return {key: (start, end) for key, (start, end) in found.items()}


def _order(here: Spot, there: Spot, at: int) -> tuple[int, float, int]:
    if here.at_left != there.at_left:
        return 1, there.y, at
    return (0 if there.y < here.y else 2), here.y - there.y, at


def _depths(
    steps: Sequence[Step], places: Mapping[str, Spot], ports: Mapping[str, tuple[float, float]]
) -> dict[str, int]:
    """How far inwards each bracket reaches: short ones stay near, none lies on another."""
    within = [s for s in steps if places[s.sender.key].at_left == places[s.receiver.key].at_left]
    found: dict[str, int] = {}
    taken: list[tuple[bool, int, float, float]] = []
    for step in sorted(within, key=lambda step: abs(ports[step.key][0] - ports[step.key][1])):
        low, high = sorted(ports[step.key])
        left, depth = places[step.sender.key].at_left, 0
        while any(
            (left, depth) == other[:2] and low - 4 < other[3] and other[2] < high + 4
            for other in taken
        ):
            depth += 1
        taken.append((left, depth, low, high))
        found[step.key] = depth
    return found


def _points(
    step: Step, places: Mapping[str, Spot], ports: tuple[float, float], depth: int
) -> tuple[Point, Point, Point, Point]:
    sender, receiver = places[step.sender.key], places[step.receiver.key]
    start, end = (sender.side, ports[0]), (receiver.side, ports[1])
    bracket = sender.at_left == receiver.at_left
    reach = _BRACKET + _NEXT * depth if bracket else _STUB
    one, other = (
        (x + (reach if spot.at_left else -reach), y)
        for spot, (x, y) in ((sender, start), (receiver, end))
    )
    return start, one, other, end


def _free(
    points: tuple[Point, Point, Point, Point], lines: Sequence[str], taken: Sequence[Box]
) -> tuple[float, Box]:
    """Where along the middle piece the fewest other words stand, from its middle outwards."""
    boxes = [(share, _box(points, lines, share)) for share in _SHARES]
    return min(boxes, key=lambda found: sum(_meet(found[1], other) for other in taken))


def _box(points: Sequence[Point], lines: Sequence[str], share: float) -> Box:
    (x, y), (to_x, to_y) = points[1], points[2]
    across, down = x + (to_x - x) * share, y + (to_y - y) * share
    half = max(measure(line, WORD_SIZE) for line in lines) / 2 + 4
    high = len(lines) * 7.5 + 2
    return across - half, down - high, across + half, down + high


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )  # fmt: skip
