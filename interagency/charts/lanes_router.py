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
_CHANNEL_ACROSS, _COLUMN = 30, 80
_CHANNEL_DOWN, _ROW = 16, 38
RIGHT, LEFT, DOWN, UP = range(4)
"""Directions; ``direction ^ 1`` leads back."""
_MOST_AT_SIDE, _FULL_SIDE = 5, 300
_NEVER = 100_000


Move = tuple[int, int, int, int, int]
"""A step: its direction, whether it goes down, the place it leads to, its slot, its cost."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of a grid of ``columns`` by ``rows`` boxes, and the steps between them."""

    width: int
    moves: tuple[tuple[Move, ...], ...]
    far: tuple[tuple[int, ...], tuple[int, ...]]
    """How far right and down each place is, in points, about."""


@lru_cache(maxsize=64)
def grid(columns: int, rows: int) -> Grid:
    """A grid with channels between and around the boxes.

    >>> grid(1, 1).width, len(grid(1, 1).moves)
    (3, 9)
    """
    width, height = 2 * columns + 1, 2 * rows + 1
    across, down = (_CHANNEL_ACROSS + _COLUMN) // 2, (_CHANNEL_DOWN + _ROW) // 2
    places = [(place % width, place // width) for place in range(width * height)]

    def moves_from(place: int, column: int, row: int) -> Iterator[Move]:
        if column < width - 1:
            yield RIGHT, 0, place + 1, place, across
        if column:
            yield LEFT, 0, place - 1, place - 1, across
        if row < height - 1:
            yield DOWN, 1, place + width, place, down
        if row:
            yield UP, 1, place - width, place - width, down

    return Grid(
        width,
        tuple(tuple(moves_from(place, *at)) for place, at in enumerate(places)),
        (tuple(across * x for x, _ in places), tuple(down * y for _, y in places)),
    )


@dataclass(slots=True)
class Router:
    """Finds ways for links between boxes."""

    grid: Grid
    boxes: Sequence[tuple[int, int]]
    """The column and row of each box."""
    _box_at: dict[int, int] = field(init=False)
    _places: list[int] = field(init=False)
    _crowd: tuple[list[int], list[int]] = field(init=False)
    """What it costs, for each step across and down, that others take it."""
    _ahead: tuple[list[int], list[int]] = field(init=False)
    """What it costs to pass straight through a place, across and down."""
    _bent: list[int] = field(init=False)
    """What it costs to turn there."""
    _sides: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        size = len(self.grid.moves)
        self._places = [(2 * r + 1) * self.grid.width + 2 * c + 1 for c, r in self.boxes]
        self._box_at = {place: box for box, place in enumerate(self._places)}
        self._crowd = ([0] * size, [0] * size)
        self._ahead = ([0] * size, [0] * size)
        self._bent = [_BEND] * size
        self._sides = [[0] * 4 for _ in self.boxes]

    def ways(
        self,
        links: Sequence[tuple[int, int]],
        order: Sequence[int],
        known: Sequence[Way] = (),
    ) -> list[Way]:
        """A way for each link.

        Ways are found in an order and then twice more, knowing the rest. Of ways that are known
        already, those that still lead from box to box are left as they are.
        """
        found: dict[int, Way] = {}
        for number, way in enumerate(known):
            if self._still_holds(way, links[number]):
                found[number] = way
                self._mark(way, 1)
        new = [number for number in order if number not in found]
        for number in new:
            found[number] = self._route(*links[number])
            self._mark(found[number], 1)
        for _ in range(1 if known else 2):
            changed = False
            for number in new:
                self._mark(found[number], -1)
                way = self._route(*links[number])
                changed |= way != found[number]
                found[number] = way
                self._mark(way, 1)
            if not changed:
                break
        return [found[number] for number in range(len(links))]

    def _still_holds(self, way: Way, link: tuple[int, int]) -> bool:
        ends = (self._places[link[0]], self._places[link[1]])
        return (way[0], way[-1]) == ends and self._box_at.keys().isdisjoint(way[1:-1])

    def _mark(self, way: Way, by: int) -> None:
        """Write down (or strike out) that a way is taken."""
        across, down = self._ahead
        width = self.grid.width
        steps = [after - before for before, after in pairwise(way)]
        for place, step in zip(way, steps, strict=False):
            level = abs(step) == 1
            in_boxes = (place // width if level else place % width) & 1
            crowd = self._crowd[0 if level else 1]
            crowd[min(place, place + step)] += by * (_CROWD if in_boxes else _SHARE)
        for place, (before, after) in zip(way[1:], pairwise(steps), strict=False):
            self._bent[place] += by * _TOUCH
            if before != after:
                across[place] += by * _TOUCH
                down[place] += by * _TOUCH
            else:
                (down if abs(before) == 1 else across)[place] += by * _CROSS
        self._sides[self._box_at[way[0]]][self._direction(steps[0])] += by
        self._sides[self._box_at[way[-1]]][self._direction(steps[-1]) ^ 1] += by

    def _direction(self, step: int) -> int:
        return {1: RIGHT, -1: LEFT, self.grid.width: DOWN, -self.grid.width: UP}[step]

    def _side_costs(self, box: int, *, tail: bool, ahead: int) -> list[int]:
        """What leaving or entering at each side costs: with the flow is best."""
        good, bad = (RIGHT, LEFT) if tail == (ahead >= 0) else (LEFT, RIGHT)
        costs = [0, 0, 10, 10]
        costs[good], costs[bad] = 0, 30
        if ahead == 0:
            costs = [16, 16, 2, 2]
        return [
            cost + _SIDE * used + _FULL_SIDE * (used >= _MOST_AT_SIDE)
            for cost, used in zip(costs, self._sides[box], strict=True)
        ]

    def _route(self, tail: int, head: int) -> Way:
        """The cheapest way: short, with few turns and crossings, away from crowds."""
        ahead = self.boxes[head][0] - self.boxes[tail][0]
        leave = self._side_costs(tail, tail=True, ahead=ahead)
        enter = self._side_costs(head, tail=False, ahead=ahead)
        if tail == head:  # a loop over its upper right corner
            leave, enter = [0, _NEVER, _NEVER, _NEVER], [_NEVER, _NEVER, _NEVER, 0]
        return self._search(self._places[tail], self._places[head], leave, enter)

    def _search(self, start: int, goal: int, leave: Sequence[int], enter: Sequence[int]) -> Way:
        """A* over places and directions; a state is ``place * 4 + direction``."""
        far_x, far_y = self.grid.far
        goal_x, goal_y = far_x[goal], far_y[goal]
        moves = self.grid.moves
        ahead, bent, crowd, box_at = self._ahead, self._bent, self._crowd, self._box_at
        best: dict[int, int] = {}
        came: dict[int, int] = {}
        queue: list[tuple[int, int, int]] = []
        for move in moves[start]:
            state = start * 4 + move[0]
            best[state], came[state] = leave[move[0]], -1
            heappush(queue, (leave[move[0]], state, leave[move[0]]))
        while True:
            _, state, cost = heappop(queue)
            if cost > best[state]:
                continue
            place, direction = state >> 2, state & 3
            if place == goal and came[state] != -1:
                return _traced(came, state)
            for turn, axis, to, slot, length in moves[place]:
                if turn == direction:
                    new = cost + length + crowd[axis][slot] + ahead[axis][place]
                elif turn == direction ^ 1 or place == start:
                    continue
                else:
                    new = cost + length + crowd[axis][slot] + bent[place]
                if to in box_at:
                    if to != goal:
                        continue
                    new += enter[turn ^ 1]
                after = to * 4 + turn
                if new < best.get(after, _NEVER * 9):
                    best[after], came[after] = new, state
                    guess = abs(far_x[to] - goal_x) + abs(far_y[to] - goal_y)
                    heappush(queue, (new + guess, after, new))


def _traced(came: dict[int, int], state: int) -> Way:
    """The places that lead to a state, from the first."""
    way = []
    while state != -1:
        way.append(state >> 2)
        state = came[state]
    return tuple(reversed(way))
