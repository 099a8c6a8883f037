"""What every reader gives: a neutral tree, and where in the file each part of it stands.

A reader knows its syntax and nothing of plans; what is made of the tree is ``_build``'s matter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from interagency.errors import InvalidPlan, Problem
from interagency.model import Path, Plan
from interagency.places import Location, Places

MAX_BYTES = 20_000_000
"""The largest file that is opened."""
MAX_DEPTH = 32
"""How many levels may stand inside one another. A plan needs five."""
MAX_NODES = 2_000_000
"""How many keys and values a file may hold. A handoff has about 25."""

MAX_PROBLEMS = 100_000
"""How many problems are told at most; nobody reads more, and a hostile file has millions."""

Tree = dict[str, "Tree"] | list["Tree"] | str | int | float | bool | None
"""What a file says, before anyone asks whether it is a plan. None: nothing is written there."""

_BREAK = re.compile(r"\r\n?|\n")


@dataclass(frozen=True)
class Text:
    r"""The text of a file, and the way from a position in it to a line and column.

    >>> str(Text("plan.yaml", "a: 1\r\nb: 2\n").at(9))
    'plan.yaml:2:4'
    """

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def line(self, offset: int) -> int:
        """The line of a position, counted from 1 as editors do."""
        return bisect_right(self._starts, offset)

    def at(self, offset: int) -> Location:
        """The place of a position."""
        line = self.line(offset)
        return Location(self.name, line, offset - self._starts[line - 1] + 1)


class Marks:
    """Where every part of a tree begins, found when it is asked for.

    Readers only append one position per key and value, in the order of the file; the way from a
    path to its number in that row is worked out here, because most are never asked about.

    >>> marks = Marks({"plan": {"id": "x"}}, [0, 0, 8, 8, 12])
    >>> marks.key(("plan", "id")), marks.value(("plan", "id"))
    (8, 12)
    """

    def __init__(self, tree: Tree, offsets: Sequence[int]) -> None:
        self._tree = tree
        self._offsets = offsets
        self._children: dict[int, dict[str | int, int]] = {}

    def _numbers(self, at: int, node: Tree) -> dict[str | int, int]:
        """The number of each child of the node whose own number is `at`."""
        known = self._children.get(at)
        if known is None:
            numbers: dict[str | int, int] = {}
            following = at + 1
            if isinstance(node, dict):
                for key, child in node.items():
                    numbers[key] = following + 1
                    following += 1 + _size(child)
            elif isinstance(node, list):
                for i, child in enumerate(node):
                    numbers[i] = following
                    following += _size(child)
            self._children[at] = known = numbers
        return known

    def _find(self, path: Path) -> tuple[int, bool]:
        """The number of the value at a path, or of the nearest thing around it; and if exact."""
        at, node = 0, self._tree
        for step in path:
            number = self._numbers(at, node).get(step)
            if number is None:
                return at, False
            at = number
            node = node[step]  # type: ignore[index]
        return at, True

    def value(self, path: Path) -> int:
        """The position of the value at a path; of what is around it, where there is none."""
        return self._offsets[self._find(path)[0]]

    def key(self, path: Path) -> int:
        """The position of the key that a path ends in; of an item itself, in a list."""
        at, exact = self._find(path)
        keyed = exact and path and isinstance(path[-1], str)
        return self._offsets[at - 1 if keyed else at]


def key_offsets(block: dict[str, Tree], offsets: Sequence[int]) -> dict[str, int]:
    """Where each key of a block stands; `offsets` begins with the block's own position."""
    found: dict[str, int] = {}
    number = 1
    for key, child in block.items():
        found[key] = offsets[number]
        number += 1 + _size(child)
    return found


def _size(node: Tree) -> int:
    """How many positions a node and all that is in it take."""
    if isinstance(node, dict):
        return 1 + len(node) + sum(map(_size, node.values()))
    if isinstance(node, list):
        return 1 + sum(map(_size, node))
    return 1


@dataclass(frozen=True)
class Document:
    """A file that has been read: its tree, where everything stands, what is wrong so far.

    Attributes:
        source: the text.
        tree: what it says.
        marks: where.
        problems: what the reader found, so that it can be told together with all the rest.
        whole: False where something had to be left out of the tree.
        cut: values that a comment follows after one space only: position to position.
        told: positions of values of which the reader has already said what is wrong.
    """

    source: Text
    tree: dict[str, Tree]
    marks: Marks
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    cut: Mapping[int, int] = field(default_factory=dict)
    told: frozenset[int] = frozenset()

    def sound_tree(self) -> dict[str, Tree]:
        """The tree.

        Raises:
            InvalidPlan: the reader found problems.
        """
        if self.problems:
            raise InvalidPlan(sorted(self.problems, key=by_place))
        return self.tree


def by_place(problem: Problem) -> tuple[int, int]:
    """What problems are sorted by: where they stand in the file."""
    return (problem.at.line, problem.at.column) if problem.at else (0, 0)


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing plans down.

    Attributes:
        name: what it is called.
        suffixes: how the names of its files end.
        read: the plan that a file says, and the place of everything in it.
        write: the file that says a plan.
        tree: what a file says, whether it is a plan or not.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, str], tuple[Plan, Places]]
    write: Callable[[Plan], bytes]
    tree: Callable[[bytes, str], dict[str, Tree]]
