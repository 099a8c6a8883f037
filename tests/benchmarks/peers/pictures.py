"""What other programs make of a plan: their picture, and how long they took for it."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from interagency.charts import EXPORTS
from interagency.charts import text as measuring
from interagency.charts.emit.cast import cast
from interagency.graph import PlanGraph
from tests.benchmarks.peers import texts
from tests.benchmarks.peers.survey import Roles
from tests.charts import chromium

FOLDER = Path(__file__).parent
PACKAGES = FOLDER / "node_modules"
PATIENCE = 300
"""Seconds after which a program without a browser is given up."""
_ENOUGH = 80
"""Letters of a message that a table has room for."""


class GivenUp(Exception):
    """A program drew nothing, for the reason it gives."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a program drew: its SVG, the seconds from its call to its end, and of the drawing."""

    svg: str
    whole: float
    drawing: float


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program, how its pictures are read, and what to know of its rows."""

    draw: Callable[[PlanGraph, Path], Picture]
    roles: Roles
    settings: str


def dot(graph: PlanGraph, folder: Path) -> Picture:
    """Graphviz from our DOT text: clusters by sector, newrank=true."""
    empty, _ = _run(["dot", "-Tsvg"], "digraph {}")
    whole, svg = _run(["dot", "-Tsvg"], EXPORTS["dot"].write(graph))
    return Picture(svg, whole, max(0.0, whole - empty))


def d2(layout: str) -> Callable[[PlanGraph, Path], Picture]:
    """D2 with one of its two layouts."""
    return lambda graph, folder: _node(f"d2-{layout}", texts.d2(cast(graph)))


def elk(graph: PlanGraph, folder: Path) -> Picture:
    """ELK's layers, drawn as they are."""
    return _node("elk", texts.elk(cast(graph)))


def mermaid(export: str) -> Callable[[PlanGraph, Path], Picture]:
    """One of our Mermaid texts, drawn by Mermaid in a browser."""

    def draw(graph: PlanGraph, folder: Path) -> Picture:
        text = EXPORTS[export].write(graph)
        return _browser("mermaid/dist/mermaid.min.js", _MERMAID, text, folder)

    return draw


_MERMAID = """async (text) => {
  const settings = { startOnLoad: false, maxTextSize: 1e7, maxEdges: 1e5 };
  mermaid.initialize({ ...settings, fontFamily: "Noto Sans, sans-serif" });
  await mermaid.render("small", "flowchart LR\\n a --> b");
  return async () => (await mermaid.render("picture", text)).svg;
}"""
_BPMN = """async (text) => {
  const viewer = new BpmnJS({ container: document.body });
  return async () => {
    await viewer.importXML(text);
    return (await viewer.saveSVG()).svg;
  };
}"""
_BPMN_PROGRAM = "bpmn-js/dist/bpmn-viewer.production.min.js"


def bpmn_auto_layout(graph: PlanGraph, folder: Path) -> Picture:
    """The agencies as tasks of one process, placed by bpmn-auto-layout, shown by bpmn-js."""
    placed = _node("bpmn", texts.bpmn(cast(graph)))
    shown = _browser(_BPMN_PROGRAM, _BPMN, placed.svg, folder)
    return Picture(shown.svg, placed.whole + shown.whole, placed.drawing + shown.drawing)


def bpmn_export_kept(graph: PlanGraph) -> tuple[int, int]:
    """How many handoffs our BPMN export has a line for, and how many bpmn-auto-layout leaves it."""
    text = EXPORTS["bpmn"].write(graph)
    return _handoff_lines(text), _handoff_lines(_node("bpmn", text).svg)


def _handoff_lines(text: str) -> int:
    return len(set(re.findall(r'<bpmndi:BPMNEdge [^>]*bpmnElement="(h\d+)"', text)))


def forgotten() -> None:
    """Measure and break every word anew, as a program that has just begun does."""
    for thing in vars(measuring).values():
        if hasattr(thing, "cache_clear"):
            thing.cache_clear()


def versions() -> dict[str, str]:
    """Every program and package with its version."""
    dot = subprocess.run(["dot", "-V"], capture_output=True, check=True, text=True).stderr
    browser = subprocess.run(
        [str(chromium.program()), "--version"], capture_output=True, check=True, text=True
    )
    node = subprocess.run(["node", "--version"], capture_output=True, check=True, text=True)
    wanted = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    packages = {
        name: json.loads((PACKAGES / name / "package.json").read_text())["version"]
        for name in wanted
        if (PACKAGES / name).is_dir()
    }
    number = r"\d+(?:\.\d+)+"
    found = {"Graphviz": dot, "Chromium": browser.stdout, "Node": node.stdout}
    return {name: re.findall(number, told)[0] for name, told in found.items()} | packages


def _run(command: list[str], text: str) -> tuple[float, str]:
    begun = time.monotonic()
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, timeout=PATIENCE, encoding="utf-8", cwd=FOLDER
        )
    except FileNotFoundError as absent:
        raise GivenUp(f"there is no {command[0]}") from absent
    except subprocess.TimeoutExpired as late:
        raise GivenUp(f"gave up after {PATIENCE} s") from late
    taken = time.monotonic() - begun
    if done.returncode:
        raise GivenUp(_first_error(done.stderr))
    return taken, done.stdout


def _first_error(told: str) -> str:
    return next((line for line in told.splitlines() if "rror" in line), "it failed")[:_ENOUGH]


def _node(program: str, text: str) -> Picture:
    whole, told = _run(["node", "draw.mjs", program], text)
    answer = json.loads(told)
    return Picture(answer["drawn"], whole, answer["seconds"])


def _browser(program: str, script: str, text: str, folder: Path) -> Picture:
    """What a script in a page makes of a text: it readies itself, then draws.

    Args:
        program: the file under ``node_modules`` that the page loads.
        script: a function of the text; it gives back one that draws.
        text: what is to be drawn.
        folder: where the page is written to.
    """
    html = folder / "program.html"
    source = (PACKAGES / program).as_uri()
    html.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body><script src="{source}"></script>')
    begun = time.monotonic()
    with chromium.page() as page:
        page.open(html)
        try:
            page.tell(
                f"({script})({json.dumps(text)}).then((made) => {{ globalThis.draw = made }})"
            )
            drawing = time.monotonic()
            svg = page.tell("draw()")
        except AssertionError as wrong:  # what the page threw
            raise GivenUp(str(wrong)[:_ENOUGH]) from wrong
        ended = time.monotonic()
    return Picture(str(svg), ended - begun, ended - drawing)


_FLOW = Roles(box="g.node rect, g.node path", arrow=".edgePaths path", owner="g.node")
_BPMN_ROLES = Roles(
    box=".djs-shape .djs-visual > rect:first-child",
    arrow=".djs-connection .djs-visual > path",
    owner=".djs-shape",
)
PEERS: Mapping[str, Peer] = MappingProxyType(
    {
        "dot": Peer(
            dot,
            Roles(
                box="g.node path, g.node polygon",
                arrow="g.edge path:first-of-type",
                owner="g.node, g.edge",
            ),
            "our DOT export: clusters by sector, newrank=true, rankdir=LR",
        ),
        "Mermaid flowchart": Peer(
            mermaid("mermaid-flowchart"), _FLOW,
            "our Mermaid export, a subgraph for each sector; Noto Sans, else as it comes",
        ),
        "Mermaid sequence": Peer(
            mermaid("mermaid"),
            Roles(
                box="rect.actor, rect.note",
                arrow=".messageLine0, .messageLine1",
                owner="g:has(> rect.actor), g:has(> rect.note)",
                lifeline=".actor-line",
            ),
            "our Mermaid export, a box for each sector; Noto Sans, else as it comes",
        ),
        "D2, dagre": Peer(
            d2("dagre"),
            Roles(box="g.agency .shape rect", arrow="path.connection", owner="g.agency"),
            "a container for each sector, direction right, its own font; WebAssembly",
        ),
        "D2, ELK": Peer(
            d2("elk"),
            Roles(box="g.agency .shape rect", arrow="path.connection", owner="g.agency"),
            "the same text",
        ),
        "ELK": Peer(
            elk,
            Roles(box="rect.box", arrow=".arrow", owner="g.node"),
            "elkjs, layered, to the right, INCLUDE_CHILDREN; boxes and words drawn by us at the "
            "places it gives",
        ),
        "bpmn-auto-layout": Peer(
            bpmn_auto_layout, _BPMN_ROLES,
            "one process without pools, a task for each agency; shown by bpmn-js",
        ),
    }
)  # fmt: skip
"""Everyone we are held against, by the name of the row."""
