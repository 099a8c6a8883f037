"""Audits of small, large and very large plans: time in all and for each rule, and memory.

python -m tests.benchmarks.audits FILE          what a child does: read, audit, print figures
python -m tests.benchmarks.audits FILE --bare   the same file as a bare networkx graph
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

from tests.benchmarks.generate import as_json, generated_plan
from tests.benchmarks.timing import Row, child_says, processor_seconds, ratio

MODULE = "tests.benchmarks.audits"


def audited(path: Path) -> dict[str, Any]:
    """Read and audit a plan: processor seconds, and those of each rule by code.

    What several rules ask of the graph is computed for the first of them and counted there.
    """
    from interagency import api, engine
    from interagency.rules import BUILT_IN

    begin = process_time()
    graph = api.load(path)
    read = process_time() - begin
    spent: dict[str, float] = {rule.code: 0.0 for rule in BUILT_IN}

    def timed(rule: engine.Rule) -> engine.Rule:
        def check(*args: Any, **options: Any) -> Iterator[engine.Answer]:
            begin = process_time()
            answers = list(rule.check(*args, **options))
            spent[rule.code] += process_time() - begin
            return iter(answers)

        return replace(rule, check=check)

    rules = [timed(rule) for rule in BUILT_IN]
    begin = process_time()
    found = api.audit(graph, rules)
    audit = process_time() - begin
    assert not found.crashes
    return {"read": read, "audit": audit, "rules": spent, "memory": _peak()}


def calls(handoffs: int) -> dict[str, int]:
    """How many functions each rule calls on a plan of that size, by code.

    The same in every run and on every machine, so that a rule that does more than in proportion
    shows at sizes at which its time does not.
    """
    from interagency.engine import run
    from interagency.graph import PlanGraph
    from interagency.model import Plan
    from interagency.rules import BUILT_IN

    plan = Plan.model_validate(generated_plan(handoffs))
    counted = dict.fromkeys((rule.code for rule in BUILT_IN), 0)

    def count(_frame: object, event: str, _arg: object) -> None:
        if event in ("call", "c_call"):
            counted[rule.code] += 1

    for rule in BUILT_IN:
        graph = PlanGraph(plan)
        sys.setprofile(count)
        try:
            run(graph, [rule])
        finally:
            sys.setprofile(None)
    return counted


def bare(path: Path) -> dict[str, Any]:
    """The same file as a networkx graph, with every attribute, and one search from one end."""
    import networkx as nx

    def build() -> nx.MultiDiGraph[str]:
        plan = json.loads(path.read_bytes())
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for agency in plan["agencies"]:
            graph.add_node(agency["id"], **agency)
        for handoff in plan["handoffs"]:
            graph.add_edge(handoff["from"], handoff["to"], key=handoff["id"], **handoff)
        nx.descendants(graph, plan["agencies"][0]["id"])
        return graph

    return {"build": processor_seconds(build), "memory": _peak()}


def _peak() -> int:
    """The most memory this process has held, in bytes.

    Linux keeps the greatest ``ru_maxrss`` across an exec, so that a child of a large parent would
    be as large; its own high-water mark is asked instead.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@dataclass(frozen=True)
class Sized:
    """What the children said for one size."""

    handoffs: int
    ours: list[dict[str, Any]]
    theirs: list[dict[str, Any]]

    def median(self, what: str) -> float:
        return statistics.median(told[what] for told in self.ours)

    def of_rule(self, code: str) -> float:
        return statistics.median(told["rules"][code] for told in self.ours)


def measured(handoffs: int, rounds: int) -> Sized:
    """Both children in turns on a plan of that size."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "plan.json"
        path.write_bytes(as_json(generated_plan(handoffs)))
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(child_says("-m", MODULE, str(path)))
            theirs.append(child_says("-m", MODULE, str(path), "--bare"))
    return Sized(handoffs, ours, theirs)


def rows(sizes: list[Sized]) -> list[Row]:
    """Time in all at each size, and the growth from each size to the next."""
    told = []
    for s in sizes:
        bare_times = [t["build"] for t in s.theirs]
        told += [
            Row(f"audit, {s.handoffs:,} handoffs", "reading the same JSON file",
                ratio([o["audit"] for o in s.ours], [o["read"] for o in s.ours]),
                s.median("audit")),
            Row(f"read and audit, {s.handoffs:,} handoffs",
                "networkx: `json.loads`, MultiDiGraph, one search",
                ratio([o["read"] + o["audit"] for o in s.ours], bare_times),
                s.median("read") + s.median("audit")),
        ]  # fmt: skip
    for small, large in pairwise(sizes):
        told += [
            Row(f"growth of {what}, {large.handoffs:,} handoffs", f"{small.handoffs:,} handoffs",
                large.median(key) / small.median(key), large.median(key), 15.0)
            for what, key in (("reading", "read"), ("the audit in all", "audit"))
        ]  # fmt: skip
    small, large = sizes[-2:]
    ours, theirs = (
        max(1, max(t["memory"] for t in b) - max(t["memory"] for t in a))
        / (large.handoffs - small.handoffs)
        for a, b in ((small.ours, large.ours), (small.theirs, large.theirs))
    )
    told.append(
        Row(f"peak memory a handoff, read and audited ({ours / 1024:.1f} KiB)",
            f"the networkx graph ({theirs / 1024:.1f} KiB)", ours / theirs, large.median("audit"))
    )  # fmt: skip
    return told


def call_rows(small: int, large: int) -> list[Row]:
    """How the number of function calls grows; it stays below the square for every rule."""
    few, many = calls(small), calls(large)
    times = large / small
    worst = max(many, key=lambda code: many[code] / few[code])
    sizes = f"{large:,} handoffs"
    return [
        Row(f"function calls of the audit, {sizes}", f"{small:,} handoffs",
            sum(many.values()) / sum(few.values()), 0.0, times * 1.25),
        Row(f"the same of the rule that grows most ({worst})", f"{small:,} handoffs",
            many[worst] / few[worst], 0.0, times * times * 0.9),
    ]  # fmt: skip


def by_rule(sizes: list[Sized]) -> str:
    """A table of every rule: milliseconds at each size, and how they grow."""
    heads = [f"{s.handoffs:,}" for s in sizes]
    growths = [f"to {s.handoffs:,}" for s in sizes[1:]]
    lines = [
        f"| rule | {' | '.join(f'ms at {h}' for h in heads)} | {' | '.join(growths)} |",
        "|---" + "|---:" * (len(heads) + len(growths)) + "|",
    ]
    codes = sorted(sizes[-1].ours[0]["rules"], key=lambda c: -sizes[-1].of_rule(c))
    for code in codes:
        times = [s.of_rule(code) for s in sizes]
        grown = [f"{b / a:.0f}" if a > 0.0005 else "-" for a, b in pairwise(times)]
        cells = [*(f"{t * 1000:.1f}" for t in times), *grown]
        lines.append(f"| {code} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    path = Path(sys.argv[1])
    print(json.dumps((bare if "--bare" in sys.argv else audited)(path)))


if __name__ == "__main__":
    main()
