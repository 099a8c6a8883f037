"""The kernels against networkx, which answers the same questions more slowly."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from interagency.kernels import dominators, led_to, reached, reached_by, rounds, way

nodes = st.integers(0, 12)
graphs = st.dictionaries(nodes, st.lists(nodes, max_size=5, unique=True), max_size=13)


def as_networkx(out: dict[int, list[int]], starts: list[int]) -> nx.DiGraph[int]:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(starts)
    graph.add_edges_from((a, b) for a, after in out.items() for b in after)
    return graph


@given(graphs, st.lists(nodes, min_size=1, max_size=3), st.sets(nodes, max_size=3))
def test_what_is_reached_is_what_networkx_reaches(
    out: dict[int, list[int]], starts: list[int], closed: set[int]
) -> None:
    starts = [s for s in starts if s not in closed]
    graph = as_networkx(out, starts)
    graph.remove_nodes_from(closed)
    expected = {n for s in starts for n in nx.descendants(graph, s) | {s}}
    assert set(reached(out, starts, closed)) == expected


@given(graphs, nodes)
def test_a_way_is_as_short_as_networkx_finds_it(out: dict[int, list[int]], start: int) -> None:
    before = reached(out, [start])
    lengths = nx.single_source_shortest_path_length(as_networkx(out, [start]), start)
    for end, length in dict(lengths).items():
        found = way(before, end)
        assert found[0] == start
        assert len(found) - 1 == length
        assert all(b in out[a] for a, b in pairwise(found))


@given(graphs, st.lists(nodes, min_size=1, max_size=3, unique=True))
def test_dominators_are_those_of_networkx(out: dict[int, list[int]], starts: list[int]) -> None:
    graph = as_networkx(out, starts)
    graph.add_edges_from(("root", s) for s in starts)  # type: ignore[arg-type]
    expected = {
        node: None if above == "root" else above
        for node, above in nx.immediate_dominators(graph, "root").items()  # type: ignore[arg-type]
        if node != "root"
    }
    assert dominators(out, starts) == expected


def test_a_long_chain_needs_no_recursion() -> None:
    length = 200_000
    out = {i: [i + 1] for i in range(length)}
    assert len(reached(out, [0])) == length + 1
    assert dominators(out, [0])[length] == length - 1


@given(graphs, st.lists(nodes, min_size=1, max_size=5, unique=True))
def test_reached_by_counts_the_starts_as_networkx_does(
    out: dict[int, list[int]], starts: list[int]
) -> None:
    graph = as_networkx(out, starts)
    expected = {
        n: sum(n == s or n in nx.descendants(graph, s) for s in starts) for n in graph.nodes
    }
    assert reached_by(out, starts) == {n: c for n, c in expected.items() if c}


@given(graphs)
def test_rounds_are_the_strongly_connected_parts_of_networkx(out: dict[int, list[int]]) -> None:
    graph = as_networkx(out, [])
    parts = {frozenset(p) for p in nx.strongly_connected_components(graph) if len(p) > 1}
    found = rounds(out)
    assert {frozenset(group) for group in found} == parts
    assert len(found) == len(parts)


passing = st.dictionaries(st.tuples(nodes, nodes), st.integers(0, 7), max_size=30)


@given(passing, st.sets(nodes, min_size=1, max_size=3))
def test_what_goes_all_the_way_is_what_networkx_finds_bit_by_bit(
    edges: dict[tuple[int, int], int], ends: set[int]
) -> None:
    into: dict[int, list[tuple[int, int]]] = {}
    for (before, after), bits in edges.items():
        into.setdefault(after, []).append((before, bits))
    expected: dict[int, int] = dict.fromkeys(ends, 7)
    for bit in (1, 2, 4):
        graph = nx.DiGraph([edge for edge, bits in edges.items() if bits & bit])
        for end in ends & set(graph):
            for node in nx.ancestors(graph, end):
                expected[node] = expected.get(node, 0) | bit
    assert led_to(into, dict.fromkeys(ends, 7)) == expected
