"""The kernels against networkx on the same questions, answers compared."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial

import networkx as nx

from interagency import kernels
from tests.benchmarks.generate import generated_plan
from tests.benchmarks.timing import Row, in_turns, processor_seconds, ratio

STARTS = 5


def adjacency(handoffs: int) -> dict[str, list[str]]:
    """Who leads to whom in a generated plan, each pair once."""
    plan = generated_plan(handoffs)
    out: dict[str, dict[str, None]] = {a["id"]: {} for a in plan["agencies"]}
    for handoff in plan["handoffs"]:
        out.setdefault(handoff["from"], {})[handoff["to"]] = None
    return {sender: list(receivers) for sender, receivers in out.items()}


def rows(handoffs: int, rounds: int) -> list[Row]:
    """Reach and dominators at one size; building networkx's own graph is not counted."""
    out = adjacency(handoffs)
    graph: nx.DiGraph[str] = nx.DiGraph(out)
    starts = list(out)[:STARTS]
    graph.add_edges_from(("root", start) for start in starts)

    def their_reach() -> set[str]:
        found: set[str] = nx.descendants(graph, "root")
        return found

    assert set(kernels.reached(out, starts)) == their_reach()
    ours, theirs = kernels.dominators(out, starts), nx.immediate_dominators(graph, "root")
    assert all(theirs[node] == (near or "root") for node, near in ours.items())

    def timed(what: str, our: Callable[[], object], their: Callable[[], object]) -> Row:
        a, b = in_turns(rounds, partial(processor_seconds, our), partial(processor_seconds, their))
        return Row(f"{what}, {handoffs:,} handoffs", "networkx", ratio(a, b), statistics.median(a))

    return [
        timed("who is reached", lambda: kernels.reached(out, starts), their_reach),
        timed(
            "who stands on every way",
            lambda: kernels.dominators(out, starts),
            lambda: nx.immediate_dominators(graph, "root"),
        ),
    ]
