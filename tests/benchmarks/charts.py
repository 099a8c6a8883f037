"""The ladder and the lanes against what `dot` makes of the same plan.

    python tests/benchmarks/charts.py            print the table
    python tests/benchmarks/charts.py --write    and keep it in tests/benchmarks/CHARTS.md

`dot` gets our own DOT text: clusters by sector, newrank=true. Processor seconds, of ours from the
plan to the SVG of all pages, of `dot` from its text to its SVG, its start counted.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, from any folder

import interagency  # noqa: E402 - found through the line above, like all that follow
from interagency import catalogue  # noqa: E402
from interagency.charts import EXPORTS, Chart, draw, text  # noqa: E402
from interagency.charts.checker import check  # noqa: E402
from interagency.graph import PlanGraph  # noqa: E402
from interagency.model import Handoff, Plan  # noqa: E402
from interagency.vocabulary import Status  # noqa: E402
from tests.benchmarks.generate import generated_plan  # noqa: E402

RESULTS = Path(__file__).with_name("CHARTS.md")
PATIENCE = 120
A4 = (841.89 - 56.7, 595.28 - 56.7)  # within the margins
EDGE_TYPE = 9  # the smallest type in our DOT text
_SQUARE = 40  # points
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture of a plan, or none where its maker was given up."""

    seconds: float | None
    pages: int = 0
    lost: int = 0
    crossings: int = 0
    smallest: float = 0

    def cells(self, base: float | None) -> str:
        """The cells of a table: time as a ratio, then what is on the paper."""
        if self.seconds is None:
            return f"gave up after {PATIENCE} s | | | |"
        ratio = "-" if base is None else f"{self.seconds / base:.2f}"
        return (
            f"{ratio} ({self.seconds:.2f} s) | {self.pages} | {self.lost} | {self.crossings} | "
            f"{self.smallest:.1f} pt"
        )


def ours(graph: PlanGraph, view: str, rounds: int) -> Drawn:
    """A view of ours, the quickest of some rounds."""
    seconds = []
    chart: Chart | None = None
    for _ in range(rounds):
        _forget()
        begun = time.process_time()
        chart = draw(graph, view=view)
        for number in range(1, len(chart.pages) + 1):
            chart.svg(number, kind="plain")
        seconds.append(time.process_time() - begun)
    assert chart is not None
    ids = {item.id for page in chart.pages for item in page.items if item.role == "arrow"}
    return Drawn(
        min(seconds),
        len(chart.pages),
        sum(handoff.id not in ids for handoff in _wanted(graph)),
        sum(len(check(page).crossings) for page in chart.pages),
        min(line.size for page in chart.pages for line in page.texts()),
    )


def _forget() -> None:
    """Measure and break every word anew, as a program that has just begun does."""
    for thing in vars(text).values():
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def dots(graph: PlanGraph, rounds: int) -> Drawn:
    """What Graphviz makes of our DOT text, on one A4 page, whichever way it is turned."""
    source = EXPORTS["dot"].write(graph).encode()
    seconds = []
    made = b""
    for _ in range(rounds):
        before = _children()
        try:
            run = subprocess.run(
                ["dot", "-Tsvg"], input=source, capture_output=True, check=True, timeout=PATIENCE
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            return Drawn(None)
        made = run.stdout
        seconds.append(_children() - before)
    root = ElementTree.fromstring(made)
    width, height = (float(str(root.get(side)).removesuffix("pt")) for side in ("width", "height"))
    turned = (min(A4[0] / w, A4[1] / h, 1) for w, h in ((width, height), (height, width)))
    edges = [g for g in root.iter() if g.get("class") == "edge"]
    return Drawn(
        min(seconds), 1, len(_wanted(graph)) - len(edges), crossings([_line(e) for e in edges]),
        EDGE_TYPE * max(turned),
    )  # fmt: skip


def _wanted(graph: PlanGraph) -> list[Handoff]:
    """What must be in a picture: handoffs that are there, and those said to be missing."""
    return [*graph.handoffs, *(h for h in graph.absent if h.status is Status.MISSING)]


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _line(edge: ElementTree.Element) -> list[Point]:
    """The first curve of an edge, in straight pieces, ten to each bend."""
    path = next(e for e in edge.iter() if e.tag.endswith("}path"))
    numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", str(path.get("d")))]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    line = [points[0]]
    for at in range(0, len(points) - 3, 3):
        line += _bend(points[at : at + 4])
    return line


def _bend(four: Sequence[Point]) -> Iterator[Point]:
    for step in range(1, 11):
        t = step / 10
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield (
            sum(share * x for share, (x, _) in zip(shares, four, strict=True)),
            sum(share * y for share, (_, y) in zip(shares, four, strict=True)),
        )


def crossings(lines: Sequence[Sequence[Point]]) -> int:
    """How many pairs of lines cross somewhere.

    >>> crossings([[(0, 0), (2, 2)], [(0, 2), (2, 0)], [(5, 5), (6, 5)]])
    1
    """
    cells: dict[tuple[int, int], list[tuple[int, Point, Point]]] = {}
    for number, line in enumerate(lines):
        for p, q in pairwise(line):
            for cell in _cells(p, q):
                cells.setdefault(cell, []).append((number, p, q))
    found: set[tuple[int, int]] = set()
    for pieces in cells.values():
        for (one, p, q), (other, r, s) in combinations(pieces, 2):
            if one != other and (one, other) not in found and _cross(p, q, r, s):
                found.add((one, other))
    return len(found)


def _cells(p: Point, q: Point) -> Iterator[tuple[int, int]]:
    """The squares that hold a piece: only pieces in one square are held against one another."""
    for x in range(int(min(p[0], q[0]) // _SQUARE), int(max(p[0], q[0]) // _SQUARE) + 1):
        for y in range(int(min(p[1], q[1]) // _SQUARE), int(max(p[1], q[1]) // _SQUARE) + 1):
            yield x, y


def _cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    return _side(p, q, r) * _side(p, q, s) < 0 and _side(r, s, p) * _side(r, s, q) < 0


def _side(p: Point, q: Point, r: Point) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def plans() -> Iterator[tuple[str, PlanGraph, int]]:
    """What is drawn, and in how many rounds."""
    for name in catalogue.plan_names():
        yield name, interagency.load(name), 5
    for size, rounds in ((30, 5), (120, 3), (500, 1)):
        plan = Plan.model_validate(generated_plan(size))
        yield f"generated, {size}", PlanGraph(plan), rounds


def report() -> str:
    """The table, in Markdown."""
    version = subprocess.run(["dot", "-V"], capture_output=True, check=True, text=True).stderr
    lines = [
        "# Charts against Graphviz",
        "",
        "Made by `python tests/benchmarks/charts.py --write`, plans without findings. Time is in",
        "processor seconds, for ours as a ratio to `dot` as well: below 1 is quicker than `dot`.",
        "Ours is counted from the plan to the SVG of all pages (A4), `dot` from its text to its",
        "SVG with its start; Python's own start is not counted. Lost: handoffs not in the picture.",
        "Crossings: pairs of arrows.",
        f"Smallest type: on A4, `dot`'s one picture shrunk to fit. {version.strip()}.",
        "",
        "| plan | handoffs | drawn by | time | pages | lost | crossings | smallest type |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, graph, rounds in plans():
        base = dots(graph, rounds)
        rows = [
            ("ladder", ours(graph, "ladder", rounds).cells(base.seconds)),
            *([("lanes", ours(graph, "lanes", 1).cells(base.seconds))]
              if len(graph.handoffs) <= 120 else []),
            ("dot", base.cells(None)),
        ]  # fmt: skip
        lines += [f"| {name} | {len(_wanted(graph))} | {by} | {cells} |" for by, cells in rows]
        print(lines[-1], file=sys.stderr, flush=True)
    lines += [
        "",
        "The ladder spends pages to keep its type readable and its arrows apart; `dot` draws one",
        "picture that shows the whole at a glance, and that no page can hold beyond some size. A",
        "ladder has no crossings by construction: its arrows cross life lines, which do not count.",
        "Crossings of one picture and of several pages are not the same measure either: what",
        "stands on two pages cannot cross. The lanes are aimed at 1.5 times `dot` at most; where",
        "the table says more, they are not there yet.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    told = report()
    print(told)
    if "--write" in sys.argv[1:]:
        RESULTS.write_text(told, encoding="utf-8")
