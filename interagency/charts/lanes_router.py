"""The ways of arrows between boxes, as turns on a coarse grid.

The page is cut into bands: a channel, a column of boxes, a channel, and so on across, and in the
same way downwards. A way is a list of places where a band across meets a band down. Which track
of a band a way takes, and how wide a band must be for all its tracks, is settled afterwards, so
that every arrow finds a way, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Router:
    """Finds ways for links between boxes on a grid of ``columns`` by ``rows``."""

    columns: int
    rows: int
    boxes: Sequence[tuple[int, int]]
    """The column and row of each box."""
    width: int = field(init=False)
    _box_at: dict[int, int] = field(init=False)
    _places: list[int] = field(init=False)
    _moves: list[tuple[Move, ...]] = field(init=False)
    _crowd: tuple[list[int], list[int]] = field(init=False)
    """What it costs, for each step across and down, that others take it."""
    _ahead: tuple[list[int], list[int]] = field(init=False)
    """What it costs to pass straight through a place, across and down."""
    _bent: list[int] = field(init=False)
    """What it costs to turn there."""
    _sides: list[list[int]] = field(init=False)
    _far: tuple[list[int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.width = 2 * self.columns + 1
        height = 2 * self.rows + 1
        size = self.width * height
        self._places = [(2 * r + 1) * self.width + 2 * c + 1 for c, r in self.boxes]
        self._box_at = {place: box for box, place in enumerate(self._places)}
        self._crowd = ([0] * size, [0] * size)
        self._ahead = ([0] * size, [0] * size)
        self._bent = [_BEND] * size
        self._sides = [[0] * 4 for _ in self.boxes]
        across, down = (_CHANNEL_ACROSS + _COLUMN) // 2, (_CHANNEL_DOWN + _ROW) // 2
        self._far = (
            [across * (place % self.width) for place in range(size)],
            [down * (place // self.width) for place in range(size)],
        )
        self._moves = [
            tuple(self._moves_from(place, height, across, down)) for place in range(size)
        ]

    def _moves_from(self, place: int, height: int, across: int, down: int) -> Iterator[Move]:
        row, column = divmod(place, self.width)
        if column < self.width - 1:
            yield RIGHT, 0, place + 1, place, across
        if column:
            yield LEFT, 0, place - 1, place - 1, across
        if row < height - 1:
            yield DOWN, 1, place + self.width, place, down
        if row:
            yield UP, 1, place - self.width, place - self.width, down

    def ways(self, links: Sequence[tuple[int, int]], order: Sequence[int]) -> list[Way]:
        """A way for each link, found in this order and then each once more, knowing the rest."""
        found: dict[int, Way] = {}
        for number in order:
            found[number] = self._route(*links[number])
            self._mark(found[number], 1)
        for _ in range(2):
            changed = False
            for number in order:
                self._mark(found[number], -1)
                way = self._route(*links[number])
                changed |= way != found[number]
                found[number] = way
                self._mark(way, 1)
            if not changed:
                break
        return [found[number] for number in range(len(links))]

    def _mark(self, way: Way, by: int) -> None:
        """Write down (or strike out) that a way is taken."""
        across, down = self._ahead
        steps = [after - before for before, after in pairwise(way)]
        for place, step in zip(way, steps, strict=False):
            level = abs(step) == 1
            in_boxes = (place // self.width if level else place % self.width) & 1
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
        return {1: RIGHT, -1: LEFT, self.width: DOWN, -self.width: UP}[step]

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
        far_x, far_y = self._far
        goal_x, goal_y = far_x[goal], far_y[goal]
        ahead, bent, crowd, box_at = self._ahead, self._bent, self._crowd, self._box_at
        best: dict[int, int] = {}
        came: dict[int, int] = {}
        queue: list[tuple[int, int, int]] = []
        for move in self._moves[start]:
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
            for turn, axis, to, slot, length in self._moves[place]:
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
