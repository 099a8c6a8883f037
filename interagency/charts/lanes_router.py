"""The ways of arrows between boxes, as turns on a coarse grid.

The page is cut into bands: a channel, a column of boxes, a channel, and so on across, and in the
same way downwards. A way is a list of places where a band across meets a band down. Which track
of a band a way takes, and how wide a band must be for all its tracks, is settled afterwards, so
that every arrow finds a way, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise

Way = tuple[int, ...]
"""Places from the tail's box to the head's box, each ``row band * width + column band``."""

_BEND = 24
_CROSS = 60
_TOUCH = 7
_SHARE = 4
_CROWD = 9
_SIDE = 5
_ACROSS, _DOWN = 55, 27
"""How long a step is, about, in points."""
RIGHT, LEFT, DOWN, UP = range(4)
"""Directions; ``direction ^ 1`` leads back."""
_MOST_AT_SIDE, _FULL_SIDE = 5, 300
_NEVER = 100_000
"""What is never paid: no way costs as much."""


Step = tuple[int, int, int, int, int]
"""Where a step leads (a place and a direction in one), then what it costs, as places in tables:
the step, passing the place it leaves; and how far the goal is still, across and down."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a grid of boxes, and the steps between them.

    A state is ``place * 4 + direction``: where a way is, and how it came there.
    """

    width: int
    height: int
    steps: tuple[tuple[Step, ...], ...]
    """The steps onward from each state: any but straight back."""
    lengths: tuple[int, ...]
    """Of the steps to the right of (at ``place * 2``) and down from each place."""


@lru_cache(maxsize=64)
def grid(columns: int, rows: int) -> Grid:
    """A grid of columns and rows of boxes, with channels between and around them.

    >>> grid(1, 1).width, len(grid(1, 1).steps)
    (3, 36)
    """
    width, height = 2 * columns + 1, 2 * rows + 1

    def leaving(place: int) -> Iterator[tuple[int, Step]]:
        y, x = divmod(place, width)
        if x < width - 1:
            yield RIGHT, ((place + 1) * 4 + RIGHT, place * 2, place * 3, x + 1, y)
        if x:
            yield LEFT, ((place - 1) * 4 + LEFT, place * 2 - 2, place * 3, width + x - 1, y)
        if y < height - 1:
            after = (place + width) * 4 + DOWN
            yield DOWN, (after, place * 2 + 1, place * 3 + 1, 2 * width + x, height + y + 1)
        if y:
            after, slot = (place - width) * 4 + UP, (place - width) * 2 + 1
            yield UP, (after, slot, place * 3 + 1, 2 * width + x, 2 * height + y - 1)

    def onward(place: int, came: int) -> Iterator[Step]:
        for direction, (after, slot, through, x, y) in leaving(place):
            if direction != came ^ 1:
                yield after, slot, through if direction == came else place * 3 + 2, x, y

    size = width * height
    steps = tuple(tuple(onward(state >> 2, state & 3)) for state in range(size * 4))
    return Grid(width, height, steps, (_ACROSS, _DOWN) * size)


@lru_cache(maxsize=4096)
def _left_to_go(width: int, height: int, x: int, y: int) -> tuple[tuple[int, ...], ...]:
    """The least that is still to be paid, across and down, on the way to a place.

    Across it is told for every column reached rightwards, then leftwards, then up or down; down
    for every row reached sideways, then downwards, then upwards: turns to come are counted.
    """
    across = [abs(column - x) * _ACROSS for column in range(width)]
    down = [abs(row - y) * _DOWN for row in range(height)]
    return (
        (
            *(far + _BEND * (column > x) for column, far in enumerate(across)),
            *(far + _BEND * (column < x) for column, far in enumerate(across)),
            *(far + _BEND * (column != x) for column, far in enumerate(across)),
        ),
        (
            *(far + _BEND * (row != y) for row, far in enumerate(down)),
            *(far + _BEND * (row > y) for row, far in enumerate(down)),
            *(far + _BEND * (row < y) for row, far in enumerate(down)),
        ),
    )


@dataclass(slots=True)
class Router:
    """Finds ways for links between boxes, and knows those it has found."""

    grid: Grid
    boxes: Sequence[tuple[int, int]]
    """The column and row of each box."""
    _places: list[int] = field(init=False)
    _steps: list[int] = field(init=False)
    """What each step costs: its length, and that others take it; beside a box it is shut."""
    _passing: list[int] = field(init=False)
    """What it costs at each place to pass straight across, straight down, and to turn."""
    _sides: list[int] = field(init=False)
    """How many ways leave or enter each place, by direction."""

    def __post_init__(self) -> None:
        size = self.grid.width * self.grid.height
        self._steps = list(self.grid.lengths)
        self._passing = [0, 0, _BEND] * size
        self._sides = [0] * (size * 4)
        self._places = self._placed()
        self._shut(_NEVER)

    def _placed(self) -> list[int]:
        return [(2 * row + 1) * self.grid.width + 2 * column + 1 for column, row in self.boxes]

    def _shut(self, by: int) -> None:
        """Shut all steps to and from boxes, or open them."""
        for place in self._places:
            for slot in self._beside(place):
                self._steps[slot] += by

    def _beside(self, place: int) -> tuple[int, int, int, int]:
        """The steps that lead to a place, and from it: right, left, down and up of it."""
        return place * 2, place * 2 - 2, place * 2 + 1, (place - self.grid.width) * 2 + 1

    def moved(self, boxes: Sequence[tuple[int, int]]) -> Router:
        """A router for boxes that stand elsewhere, which knows the same ways."""
        new = Router(self.grid, boxes)
        new._steps, new._passing = self._steps.copy(), self._passing.copy()
        new._sides = self._sides.copy()
        for place, now in zip(self._places, new._places, strict=True):
            if place != now:
                for slot, other in zip(self._beside(place), self._beside(now), strict=True):
                    new._steps[slot] -= _NEVER
                    new._steps[other] += _NEVER
        return new

    def ways(self, links: Sequence[tuple[int, int]], order: Sequence[int]) -> list[Way]:
        """A way for each link, found in an order and then once more, knowing the rest."""
        found: dict[int, Way] = {}
        self._find(links, order, found, 3)
        return [found[number] for number in range(len(links))]

    def mended(
        self, links: Sequence[tuple[int, int]], order: Sequence[int], known: Sequence[Way]
    ) -> list[Way]:
        """Ways that still lead from box to box as they are, and others found anew."""
        found: dict[int, Way] = {}
        stand = set(self._places)
        for number, way in enumerate(known):
            tail, head = links[number]
            ends = (self._places[tail], self._places[head])
            if (way[0], way[-1]) == ends and stand.isdisjoint(way[1:-1]):
                found[number] = way
            else:
                self._mark(way, -1)
        self._find(links, [number for number in order if number not in found], found, 1)
        return [found[number] for number in range(len(links))]

    def _find(
        self,
        links: Sequence[tuple[int, int]],
        order: Sequence[int],
        found: dict[int, Way],
        rounds: int,
    ) -> None:
        for again in range(rounds):
            changed = False
            for number in order:
                if again:
                    self._mark(found[number], -1)
                way = self._route(*links[number])
                changed |= found.get(number) != way
                found[number] = way
                self._mark(way, 1)
            if not changed:
                break

    def _mark(self, way: Way, by: int) -> None:
        """Write down (or strike out) that a way is taken."""
        steps, passing, sides, width = self._steps, self._passing, self._sides, self.grid.width
        touch, cross = by * _TOUCH, by * _CROSS
        share, crowd = by * _SHARE, by * _CROWD
        before = 0
        for place, after in pairwise(way):
            step = after - place
            level = step in (1, -1)
            slot = min(place, after) * 2 + (not level)
            steps[slot] += crowd if (place // width if level else place % width) & 1 else share
            if before:
                at = place * 3
                passing[at + 2] += touch
                if before != step:
                    passing[at] += touch
                    passing[at + 1] += touch
                else:
                    passing[at + level] += cross
            before = step
        sides[way[0] * 4 + self._direction(way[1] - way[0])] += by
        sides[way[-1] * 4 + self._direction(way[-2] - way[-1])] += by

    def _direction(self, step: int) -> int:
        if step in (1, -1):
            return RIGHT if step == 1 else LEFT
        return DOWN if step > 0 else UP

    def _side_costs(self, box: int, *, tail: bool, ahead: int) -> list[int]:
        """What leaving or entering at each side costs: with the flow is best."""
        good, bad = (RIGHT, LEFT) if tail == (ahead >= 0) else (LEFT, RIGHT)
        costs = [0, 0, 10, 10]
        costs[good], costs[bad] = 0, 30
        if ahead == 0:
            costs = [16, 16, 2, 2]
        place = self._places[box]
        return [
            cost + _SIDE * used + _FULL_SIDE * (used >= _MOST_AT_SIDE)
            for cost, used in zip(costs, self._sides[place * 4 : place * 4 + 4], strict=True)
        ]

    def _route(self, tail: int, head: int) -> Way:
        """The cheapest way: short, with few turns and crossings, away from crowds."""
        ahead = self.boxes[head][0] - self.boxes[tail][0]
        leave = self._side_costs(tail, tail=True, ahead=ahead)
        enter = self._side_costs(head, tail=False, ahead=ahead)
        if tail == head:  # a loop over its upper right corner
            leave, enter = [0, _NEVER, _NEVER, _NEVER], [_NEVER, _NEVER, _NEVER, 0]
        start, goal = self._places[tail], self._places[head]
        doors = dict(zip(self._beside(goal), enter, strict=True))
        begin = zip(self._beside(start), leave, strict=True)
        first = [self._steps[slot] - _NEVER + cost for slot, cost in begin]
        for slot, cost in doors.items():
            self._steps[slot] += cost - _NEVER
        way = self._search(start, goal, first)
        for slot, cost in doors.items():
            self._steps[slot] += _NEVER - cost
        return way

    def _search(self, start: int, goal: int, first: Sequence[int]) -> Way:
        """A* over states, from the first step in each direction."""
        width, height = self.grid.width, self.grid.height
        onward, costs, passing = self.grid.steps, self._steps, self._passing
        across, down = _left_to_go(width, height, goal % width, goal // width)
        states = len(onward)
        best = [_NEVER] * states
        came = [-1] * states
        done = bytearray(states)
        queue: list[int] = []  # what a way costs at the least, and its state, in one number
        for direction, step in enumerate((1, -1, width, -width)):
            if first[direction] < _NEVER:
                state = (start + step) * 4 + direction
                best[state] = first[direction]
                heappush(queue, first[direction] * states + state)
        goal *= 4
        while True:
            state = heappop(queue) % states
            if done[state]:
                continue
            done[state] = True
            if state & -4 == goal:
                return _traced(came, state, start)
            cost = best[state]
            for after, step, through, x, y in onward[state]:
                dearer = cost + costs[step] + passing[through]
                if dearer < best[after]:
                    best[after], came[after] = dearer, state
                    heappush(queue, (dearer + across[x] + down[y]) * states + after)


def _traced(came: Sequence[int], state: int, start: int) -> Way:
    """The places that lead to a state, from the first."""
    way = []
    while state != -1:
        way.append(state >> 2)
        state = came[state]
    return (start, *reversed(way))
