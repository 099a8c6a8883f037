"""The ladder and the lanes beside what a user would draw a plan with otherwise.

    npm install --prefix tests/benchmarks/peers --no-package-lock      once
    python tests/benchmarks/charts.py                      print the tables
    python tests/benchmarks/charts.py --write              and keep them in CHARTS.md
    python tests/benchmarks/charts.py --pictures FOLDER    and keep what the others drew, as PNG

Needs Graphviz and Chromium; for what comes from npm, Node.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, from any folder

import interagency  # noqa: E402 - found through the line above, like all that follow
from interagency import catalogue  # noqa: E402
from interagency.charts import EXPORTS, draw  # noqa: E402
from interagency.graph import PlanGraph  # noqa: E402
from interagency.model import Plan  # noqa: E402
from tests.benchmarks import timing  # noqa: E402
from tests.benchmarks.generate import as_json, generated_plan  # noqa: E402
from tests.benchmarks.peers import pictures  # noqa: E402
from tests.benchmarks.peers.table import VIEWS, Row, rows, table, totals  # noqa: E402
from tests.charts import chromium  # noqa: E402

TEXT = Path(__file__).with_name("peers").joinpath("report.md").read_text(encoding="utf-8")
RESULTS = Path(__file__).with_name("CHARTS.md")
ON_PAPER = (30, 120)
IN_TIME = (30, 120, 500)
"""Sizes of generated plans, in handoffs."""
AIMS = {("ladder", 30): 0.5, ("ladder", 500): 0.1, ("lanes", 30): 1.5, ("lanes", 120): 1.5}
"""The most that a view may take, as a ratio to `dot`, by handoffs."""


def speed() -> str:
    """Processor seconds of our views and of `dot`, in turns, for plans of several sizes."""
    found = [row for size in IN_TIME for row in _speed_at(size)]
    return timing.table(found)


def _speed_at(size: int) -> Iterator[timing.Row]:
    graph = PlanGraph(Plan.model_validate(generated_plan(size)))
    tasks = [partial(_our_seconds, graph, view) for view in VIEWS]
    once = size == max(IN_TIME)
    *mine, theirs = timing.in_turns(1 if once else 5, *tasks, partial(_dot_seconds, graph))
    for view, seconds in zip(VIEWS, mine, strict=True):
        against = f"dot, {min(theirs):.2f} s"
        aim = AIMS.get((view, size))
        share = timing.ratio(seconds, theirs)
        yield timing.Row(f"{view}, {size} handoffs", against, share, min(seconds), aim)
    _say(f"{size} handoffs")


def _our_seconds(graph: PlanGraph, view: str) -> float:
    pictures.forgotten()

    def drawn() -> list[str]:
        chart = draw(graph, view=view)
        return [chart.svg(n, kind="plain") for n in range(1, len(chart.pages) + 1)]

    return timing.processor_seconds(drawn)


def _dot_seconds(graph: PlanGraph) -> float:
    source = EXPORTS["dot"].write(graph).encode()
    before = _children()
    subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, check=True)
    return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def on_paper(kept: Path | None) -> tuple[list[list[Row]], list[tuple[str, list[Row]]]]:
    """Every plan drawn by everyone: the bundled ones, and generated ones with their names."""
    real: list[list[Row]] = []
    generated: list[tuple[str, list[Row]]] = []
    with chromium.page() as browser, tempfile.TemporaryDirectory() as home:
        for name in catalogue.plan_names():
            real.append(rows(interagency.load(name), name, browser, kept))
            _say(name)
        for size in ON_PAPER:
            file = Path(home) / f"generated-{size}.json"
            file.write_bytes(as_json(generated_plan(size)))
            graph = interagency.load(file)
            generated.append((f"generated, {size}", rows(graph, str(file), browser, kept)))
            _say(file.stem)
    return real, generated


def _say(done: str) -> None:
    print(done, file=sys.stderr, flush=True)


def report(kept: Path | None = None) -> str:
    """Both tables, with what must be known to read them, in Markdown."""
    before = os.getloadavg()[0]
    real, generated = on_paper(kept)
    after = os.getloadavg()[0]
    named = dict(zip(catalogue.plan_names(), real, strict=True)) | dict(generated)
    each = "\n\n".join(table(name, found) for name, found in named.items())
    drawn, kept_handoffs = pictures.bpmn_export_kept(interagency.load("thailand"))
    return TEXT.format(
        versions="; ".join(f"{name} {number}" for name, number in pictures.versions().items()),
        settings="\n".join(f"* {name}: {peer.settings}." for name, peer in pictures.PEERS.items()),
        load=f"{before:.0f} before, {after:.0f} after, on {os.cpu_count()} processors",
        totals=totals(real),
        each=each,
        speed=speed(),
        bpmn_drawn=drawn,
        bpmn_kept=kept_handoffs,
    )


def main() -> None:
    """Measure, print, and keep what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--pictures", type=Path)
    wanted = asked.parse_args()
    told = report(wanted.pictures)
    print(told)
    if wanted.write:
        RESULTS.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
