"""Plans drawn by us and by others, as rows of one table: what is on the paper, and how long."""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from interagency.charts import Chart, draw
from interagency.charts.checker import Figures, check
from interagency.charts.emit.cast import cast
from interagency.charts.scene import Scene
from interagency.charts.strokes import text_box
from interagency.graph import PlanGraph
from tests.benchmarks.peers.pictures import PEERS, GivenUp, Peer, Picture, forgotten
from tests.benchmarks.peers.survey import on_paper, page_use, photograph, surveyed
from tests.charts.chromium import Page

READABLE = 6.0
"""The smallest type, in points, that a page may have."""
MOST_ROUNDS = 5
ROUNDS_WITHIN = 2.0
"""Seconds after which no further round is begun."""
Made = TypeVar("Made")
VIEWS = ("ladder", "lanes")
BASE = "dot"
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is on the pages of one chart: sums of faults, the worst type, the mean use."""

    pages: int
    lost: int
    faults: tuple[int, ...]
    smallest: float
    contrast: float
    use: float

    @property
    def sheets(self) -> int:
        """How many A4 sheets it takes for no type to be under the smallest that can be read."""
        return self.pages * math.ceil(max(1.0, READABLE / self.smallest) ** 2)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds by the clock: from the call to the end, and of the drawing alone."""

    whole: float
    drawing: float


@dataclass(frozen=True, slots=True)
class Row:
    """One chart of a plan by one program, or why there is none."""

    by: str
    paper: Paper | None = None
    times: Times | None = None
    why: str = ""


COUNTS: Mapping[str, str] = {
    "crossings": "crossings",
    "lines_in_boxes": "through boxes",
    "words_on_words": "words on words",
    "words_on_lines": "words on lines",
    "words_on_boxes": "words on boxes",
    "overflow": "out of room",
    "near_lines": "lines as one",
}
"""Kinds of faults by their field in the checker's figures, and as heads of columns."""


def paper(pages: Sequence[Scene], figures: Sequence[Figures], wanted: int) -> Paper:
    """Sum up what the checker found on the pages of a chart.

    Args:
        pages: the pages.
        figures: of each page.
        wanted: how many handoffs there should be.
    """
    drawn = {item.id for page in pages for item in page.items if item.role == "arrow"}
    # A line that is cut by a label is several; what two handoffs do to one another counts once.
    faults = tuple(sum(len(set(getattr(f, field))) for f in figures) for field in COUNTS)
    return Paper(
        pages=len(pages),
        lost=max(0, wanted - len(drawn)),
        faults=faults,
        smallest=min(f.smallest for f in figures),
        contrast=min(f.contrast for f in figures),
        use=sum(map(page_use, pages)) / len(pages),
    )


def ours(graph: PlanGraph, plan: str, view: str, folder: Path) -> Row:
    """A view of ours.

    Args:
        graph: the plan.
        plan: the same plan as the command line is told it, a name or a path.
        view: which one.
        folder: where files are written to.
    """
    times = again_and_again(lambda: _our_times(graph, plan, view, folder))
    pages = draw(graph, view=view).pages
    figures = [check(page) for page in pages]
    return Row(view, paper(pages, figures, len(cast(graph).steps)), _quickest(times))


def _our_times(graph: PlanGraph, plan: str, view: str, folder: Path) -> Times:
    target = str(folder / "chart.svg")
    command = ["chart", plan, "--view", view, "--no-gaps", "-o", target]
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "interagency", *command], cwd=ROOT, check=True, capture_output=True
    )
    whole = time.monotonic() - begun
    forgotten()
    begun = time.monotonic()
    chart: Chart = draw(graph, view=view)
    for number in range(1, len(chart.pages) + 1):
        chart.svg(number)
    return Times(whole, time.monotonic() - begun)


def theirs(name: str, graph: PlanGraph, browser: Page, folder: Path, kept: Path | None) -> Row:
    """What another program makes of a plan.

    Args:
        name: of the program.
        graph: the plan.
        browser: an open page, to measure the picture in.
        folder: where files are written to.
        kept: where the picture is kept for a reader, if anywhere.
    """
    peer = PEERS[name]
    try:
        drawn = again_and_again(lambda: peer.draw(graph, folder))
    except GivenUp as why:
        return Row(name, why=str(why))
    page = _laid_out(peer, drawn[0], browser, folder)
    if kept:
        photograph(browser, kept)
    times = _quickest([Times(picture.whole, picture.drawing) for picture in drawn])
    return Row(name, paper([page], [check(page, text_box)], len(cast(graph).steps)), times)


def again_and_again(task: Callable[[], Made]) -> list[Made]:
    """What a task makes until it has had its time, at most so often: the quick ones run more."""
    made: list[Made] = []
    begun = time.monotonic()
    while not made or (len(made) < MOST_ROUNDS and time.monotonic() - begun < ROUNDS_WITHIN):
        made.append(task())
    return made


def _laid_out(peer: Peer, picture: Picture, browser: Page, folder: Path) -> Scene:
    return on_paper(surveyed(browser, picture.svg, peer.roles, folder))


def _quickest(times: Sequence[Times]) -> Times:
    return Times(min(t.whole for t in times), min(t.drawing for t in times))


def rows(graph: PlanGraph, plan: str, browser: Page, kept: Path | None = None) -> list[Row]:
    """One plan, drawn by everyone."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        found = [ours(graph, plan, view, folder) for view in VIEWS]
        for name in PEERS:
            picture = kept / f"{Path(plan).stem}-{name}.png" if kept else None
            found.append(theirs(name, graph, browser, folder, picture))
    return found


# --- in Markdown ------------------------------------------------------------------------------

HEADS = ("pages", "lost", *COUNTS.values(), "smallest type", "sheets at 6 pt", "contrast", "use")
TIME_HEADS = ("time", "start", "drawing")


def table(plan: str, found: Sequence[Row]) -> str:
    """The rows of one plan."""
    base = next((row.times.whole for row in found if row.by == BASE and row.times), None)
    heads = (plan, *HEADS, *TIME_HEADS)
    lines = [_line(heads), _line(["---", *["---:"] * (len(heads) - 1)])]
    lines += [_line([row.by, *_cells(row, base)]) for row in found]
    return "\n".join(lines)


def _cells(row: Row, base: float | None) -> Iterator[str]:
    if row.paper is None or row.times is None:
        yield row.why
        yield from [""] * (len(HEADS) + len(TIME_HEADS) - 1)
        return
    yield from _paper_cells(row.paper)
    ratio = f"{row.times.whole / base:.1f}" if base else "-"
    yield f"{ratio} ({row.times.whole:.2f} s)"
    yield f"{max(0.0, row.times.whole - row.times.drawing):.2f} s"
    yield f"{row.times.drawing:.2f} s"


def _paper_cells(on: Paper) -> Iterator[str]:
    yield str(on.pages)
    yield str(on.lost)
    yield from map(str, on.faults)
    yield f"{on.smallest:.1f} pt"
    yield str(on.sheets)
    yield f"{on.contrast:.1f}"
    yield f"{on.use:.0%}"


def totals(plans: Sequence[Sequence[Row]]) -> str:
    """All plans of a set together: faults and pages summed, type and contrast the worst."""
    heads = ("all six", *HEADS, "time")
    lines = [_line(heads), _line(["---", *["---:"] * (len(heads) - 1)])]
    for same in zip(*plans, strict=True):
        papers = [row.paper for row in same if row.paper]
        times = [row.times.whole for row in same if row.times]
        if len(papers) < len(same):
            drawn = f"drew {len(papers)} of {len(same)}"
            lines.append(_line([same[0].by, drawn, *[""] * len(HEADS)]))
            continue
        whole = Paper(
            pages=sum(p.pages for p in papers),
            lost=sum(p.lost for p in papers),
            faults=tuple(map(sum, zip(*(p.faults for p in papers), strict=True))),
            smallest=min(p.smallest for p in papers),
            contrast=min(p.contrast for p in papers),
            use=sum(p.use * p.pages for p in papers) / sum(p.pages for p in papers),
        )
        cells = list(_paper_cells(whole))
        cells[HEADS.index("sheets at 6 pt")] = str(sum(p.sheets for p in papers))
        lines.append(_line([same[0].by, *cells, f"{sum(times):.1f} s"]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
