"""Whole commands: what a start costs, and a chart of a plan against pytm's picture of a model."""

from __future__ import annotations

import statistics
import tempfile
from functools import partial
from pathlib import Path

from tests.benchmarks.generate import as_yaml, generated_plan
from tests.benchmarks.timing import Row, child_seconds, in_turns, ratio

PYTM = """\
from pytm import TM, Boundary, Dataflow, Server

FLOWS = {flows}
tm = TM("model")
tm.description = "A model as large as the plan"
places = [Boundary(f"sector {{n}}") for n in range(8)]
servers = [Server(f"office {{n}}") for n in range(max(2, FLOWS // 6))]
for n, server in enumerate(servers):
    server.inBoundary = places[n % len(places)]
for n in range(FLOWS):
    Dataflow(servers[n % len(servers)], servers[(n * 7 + 1) % len(servers)], f"handoff {{n}}")
tm.check()
tm.resolve()
with open("model.dot", "w") as file:
    file.write(tm.dfd())
"""


def starts(rounds: int) -> list[Row]:
    """What importing costs, with the bare interpreter's own start taken off both sides."""
    nothing, pydantic, ours, base, model = in_turns(
        rounds,
        *(
            partial(child_seconds, "-c", code)
            for code in (
                "",
                "import pydantic",
                "import interagency",
                "from pydantic import BaseModel",
                "from interagency import Plan",
            )
        ),
    )

    def own(times: list[float]) -> list[float]:
        return [max(t - n, 0.001) for t, n in zip(times, nothing, strict=True)]

    helped, worked = in_turns(
        rounds,
        partial(child_seconds, "-m", "interagency", "--help"),
        partial(child_seconds, "-c", "import pydantic"),
    )
    return [
        Row("`import interagency`", "`import pydantic`", ratio(own(ours), own(pydantic)),
            statistics.median(ours), 1.4),
        Row("`from interagency import Plan`", "`from pydantic import BaseModel`",
            ratio(own(model), own(base)), statistics.median(model)),
        Row("`interagency --help`", "a child that imports pydantic", ratio(helped, worked),
            statistics.median(helped)),
    ]  # fmt: skip


def commands(handoffs: int, rounds: int) -> list[Row]:
    """The whole command on a plan of that many handoffs, against pytm on as large a model."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "plan.yaml").write_bytes(as_yaml(generated_plan(handoffs)))
        (folder / "model.py").write_text(PYTM.format(flows=handoffs), encoding="utf-8")
        run = partial(child_seconds, cwd=folder)
        chart, audit, pytm = in_turns(
            rounds,
            partial(run, "-m", "interagency", "chart", "plan.yaml", "-o", "plan.svg"),
            partial(run, "-m", "interagency", "audit", "plan.yaml", "-o", "plan.txt"),
            partial(run, "model.py"),
        )
        assert list(folder.glob("plan*.svg"))
        assert (folder / "model.dot").stat().st_size
    against = f"pytm: {handoffs} dataflows, 114 threats, DOT (no picture yet)"
    return [
        Row(f"`interagency chart`, {handoffs} handoffs: start, YAML, audit, SVG", against,
            ratio(chart, pytm), statistics.median(chart), 0.5),
        Row(f"`interagency audit`, {handoffs} handoffs: start, YAML, audit, text", against,
            ratio(audit, pytm), statistics.median(audit)),
    ]  # fmt: skip
