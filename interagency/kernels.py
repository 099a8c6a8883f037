"""Graph questions on plain adjacency: who is reached, by which way, and who stands on every way.

Why not networkx here: importing it takes longer than auditing a plan, and these three questions
are most of an audit (``tests/benchmarks`` keeps the figures). networkx is the oracle in the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)

Adjacency = Mapping[Node, Sequence[Node]]


def reached(
    out: Adjacency[Node], starts: Iterable[Node], closed: Collection[Node] = ()
) -> dict[Node, Node | None]:
    """Everything reached from the starts, each with the node before it (None for a start).

    Breadth first, so following the nodes before gives a shortest way.

    Args:
        out: for each node, the nodes it leads to.
        starts: where the ways begin; never closed.
        closed: nodes that are entered by no way.

    >>> reached({"a": ["b"], "b": ["c"], "c": []}, ["a"])
    {'a': None, 'b': 'a', 'c': 'b'}
    >>> reached({"a": ["b"], "b": ["c"]}, ["a"], closed={"b"})
    {'a': None}
    """
    before: dict[Node, Node | None] = dict.fromkeys(starts)
    queue = list(before)
    for node in queue:
        for after in out.get(node, ()):
            if after not in before and after not in closed:
                before[after] = node
                queue.append(after)
    return before


def way(before: Mapping[Node, Node | None], end: Node) -> tuple[Node, ...]:
    """The way from a start to the end, as :func:`reached` found it.

    >>> way({"a": None, "b": "a", "c": "b"}, "c")
    ('a', 'b', 'c')
    """
    nodes = [end]
    while (node := before[nodes[-1]]) is not None:
        nodes.append(node)
    return tuple(reversed(nodes))


def reached_by(out: Adjacency[Node], starts: Iterable[Node]) -> dict[Node, int]:
    """For each node reached: from how many of the starts.

    The starts travel along the ways as bits of one number, until no node learns of another.

    >>> reached_by({"a": ["c"], "b": ["c"], "c": ["a"]}, ["a", "b"])
    {'a': 2, 'b': 1, 'c': 2}
    """
    bits = {start: 1 << i for i, start in enumerate(dict.fromkeys(starts))}
    queue = list(bits)
    waiting = set(queue)
    for node in queue:
        waiting.discard(node)
        known = bits[node]
        for after in out.get(node, ()):
            had = bits.get(after, 0)
            if had | known != had:
                bits[after] = had | known
                if after not in waiting:
                    waiting.add(after)
                    queue.append(after)
    return {node: known.bit_count() for node, known in bits.items()}


def led_to(
    into: Mapping[Node, Iterable[tuple[Node, int]]], ends: Mapping[Node, int]
) -> dict[Node, int]:
    """For each node, what can go from it all the way to an end, as bits of one number.

    Args:
        into: for each node, those that lead to it, each with what can pass.
        ends: what each end takes.

    >>> led_to({"c": [("b", 0b01)], "b": [("a", 0b11), ("d", 0b10)]}, {"c": 0b11})
    {'c': 3, 'b': 1, 'a': 1}
    """
    known = {node: bits for node, bits in ends.items() if bits}
    queue = list(known)
    waiting = set(queue)
    for node in queue:
        waiting.discard(node)
        takes = known[node]
        for before, passing in into.get(node, ()):
            had = known.get(before, 0)
            if had | (takes & passing) != had:
                known[before] = had | (takes & passing)
                if before not in waiting:
                    waiting.add(before)
                    queue.append(before)
    return known


def rounds(out: Adjacency[Node]) -> list[list[Node]]:
    """Groups of nodes in which each leads to each of the others, in the order of the nodes given.

    (Kosaraju's two walks; a node that only leads to itself is no group.)

    >>> rounds({"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": []})
    [['b', 'c']]
    """
    back: dict[Node, list[Node]] = {}
    for node, after in out.items():
        for far in after:
            back.setdefault(far, []).append(node)
    place = {node: number for number, node in enumerate(dict.fromkeys([*out, *back]))}
    seen: set[Node] = set()
    groups: list[list[Node]] = []
    for node in reversed(_postorder(out, list(place))):
        if node not in seen:
            group = list(reached(back, [node], seen))
            seen.update(group)
            if len(group) > 1:
                groups.append(sorted(group, key=place.__getitem__))
    return sorted(groups, key=lambda group: place[group[0]])


def dominators(out: Adjacency[Node], starts: Iterable[Node]) -> dict[Node, Node | None]:
    """For each node reached, the nearest node that stands on every way to it from any start.

    A start, and a node to which two ways share nothing, has None. (Cooper, Harvey and Kennedy's
    iteration over reverse postorder, with one root put before all starts.)

    >>> dominators({"a": ["b"], "b": ["c", "d"], "c": ["e"], "d": ["e"]}, ["a"])["e"]
    'b'
    """
    first = list(dict.fromkeys(starts))
    order = _postorder(out, first)
    number = {node: i for i, node in enumerate(order)}
    root = len(order)
    into: list[list[int]] = [[] for _ in order]
    for node in order:
        for after in out.get(node, ()):
            into[number[after]].append(number[node])
    for node in first:
        into[number[node]].append(root)
    nearest = [-1] * root + [root]
    changed = True
    while changed:
        changed = False
        for node_number in range(root - 1, -1, -1):
            new = -1
            for before in into[node_number]:
                if nearest[before] != -1:
                    new = before if new == -1 else _meet(nearest, before, new)
            if new != nearest[node_number]:
                nearest[node_number] = new
                changed = True
    return {
        order[i]: (None if nearest[i] == root else order[nearest[i]])
        for i in range(root - 1, -1, -1)
    }


def _meet(nearest: list[int], a: int, b: int) -> int:
    while a != b:
        while a < b:
            a = nearest[a]
        while b < a:
            b = nearest[b]
    return a


def _postorder(out: Adjacency[Node], starts: list[Node]) -> list[Node]:
    """Postorder of a depth-first walk that begins at the last start, without recursion."""
    order: list[Node] = []
    seen: set[Node] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(out.get(start, ())))]
        while stack:
            node, rest = stack[-1]
            for after in rest:
                if after not in seen:
                    seen.add(after)
                    stack.append((after, iter(out.get(after, ()))))
                    break
            else:
                order.append(node)
                stack.pop()
    return order
