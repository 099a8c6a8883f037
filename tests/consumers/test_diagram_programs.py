"""Texts for other programs, opened by those programs: what they understand is what was given."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import chromium
import networkx as nx
import pytest
from PIL import Image
from plans import REAL, chain, real
from programs import HERE, INSTALLED, needs, node, run
from read_back import HOSTILE, WITH_LIMITS, gathered, given_handoffs, many, squeezed, without_limits

import interagency
from interagency.charts import EXPORTS
from interagency.charts.emit import cast as casting
from interagency.engine import Finding
from interagency.graph import PlanGraph

INVENTED = HERE.parent / "evaluation" / "invented"
READERS = ("bpmn-moddle", "bpmnlint", "jsdom", "mermaid")


def opened(program: str, texts: list[str]) -> list[dict[str, Any]]:
    read = run("node", HERE / "read.mjs", program, given=json.dumps(texts).encode())
    found: list[dict[str, Any]] = json.loads(read)
    faults = [
        (one["fault"], text) for one, text in zip(found, texts, strict=True) if "fault" in one
    ]
    assert not faults, faults[0]
    return found


@node(*READERS)
@pytest.mark.parametrize("name", ["mermaid", "mermaid-flowchart"])
def test_mermaid_reads_every_handoff_with_its_words(name: str) -> None:
    def said(raw: str) -> str:
        plain = re.sub(r"<br\s*/?>", " ", raw)
        return re.sub(r"ﬂ°°(\d+)¶ß", lambda m: chr(int(m[1])), plain)

    graphs = many()
    # Mermaid's flow charts have no place for nothing at all.
    graphs = [graph for graph in graphs if graph.handoffs]
    for graph, read in zip(
        graphs, opened("mermaid", [EXPORTS[name].write(g) for g in graphs]), strict=True
    ):
        names = {key: said(label) for key, label in read["names"].items()}
        found = gathered(names, [(a, b, said(words)) for a, b, words, _ in read["steps"]])
        given = given_handoffs(graph)
        if name in WITH_LIMITS:
            assert without_limits(found) == without_limits(given)
        else:
            assert found == given


@node(*READERS)
def test_bpmn_opens_without_a_warning_and_passes_the_linter() -> None:
    graphs = many()
    audited = [interagency.audit(real(name)) for name in REAL]
    texts = [EXPORTS["bpmn"].write(graph) for graph in graphs]
    texts += [EXPORTS["bpmn"].write(a.graph, a.findings) for a in audited]
    for text, read in zip(texts, opened("bpmn", texts), strict=True):
        assert read["warnings"] == []
        # Two handoffs without a number may bear the same words.
        assert [line for line in read["lint"] if "name is not unique" not in line] == []
        assert read["participants"] == text.count("<bpmn:participant ")
        assert read["shapes"] == text.count("<bpmndi:BPMNShape ") + text.count("<bpmndi:BPMNEdge ")


@needs("plantuml")
def test_plantuml_draws_every_name_as_it_is(tmp_path: Path) -> None:
    graphs = [*map(real, REAL), *(chain(name, "Police", title=name) for name in HOSTILE)]
    for number, graph in enumerate(graphs):
        text = EXPORTS["plantuml"].write(graph)
        (tmp_path / f"{number}.puml").write_text(text, encoding="utf-8")
    run("plantuml", "-tsvg", "-charset", "UTF-8", *tmp_path.glob("*.puml"))
    for number, graph in enumerate(graphs):
        drawn = ElementTree.parse(tmp_path / f"{number}.svg").iterfind(".//{*}text")
        shown = squeezed("".join(line.text or "" for line in drawn))
        for agency in graph.agencies:
            assert squeezed(agency.name) in shown, agency.name[:60]
        for handoff in graph.handoffs:
            assert squeezed(handoff.what or handoff.kind.label) in shown


@needs("plantuml")
def test_plantuml_cuts_nothing_off_a_large_plan(tmp_path: Path) -> None:
    graph = interagency.load(INVENTED / "well_built.yaml")
    path = tmp_path / "plan.puml"
    path.write_text(EXPORTS["plantuml"].write(graph), encoding="utf-8")
    for kind in ("-tsvg", "-tpng"):
        run("plantuml", kind, "-charset", "UTF-8", path)
    _, _, wide, high = ElementTree.parse(tmp_path / "plan.svg").getroot().attrib["viewBox"].split()
    with Image.open(tmp_path / "plan.png") as picture:
        assert picture.width / picture.height == pytest.approx(float(wide) / float(high), rel=0.01)


@needs("plantuml")
def test_plantuml_draws_letters_of_other_scripts_and_not_boxes_in_their_place(
    tmp_path: Path,
) -> None:
    """Where a font lacks a letter each is drawn as the same empty box: all words look alike."""
    drawn = []
    for names in (("กกกกกก", "ตำรวจ"), ("ดดดดดด", "ตำรวจ")):
        path = tmp_path / f"{len(drawn)}.puml"
        path.write_text(EXPORTS["plantuml"].write(chain(*names)), encoding="utf-8")
        run("plantuml", "-tpng", "-charset", "UTF-8", path)
        with Image.open(path.with_suffix(".png")) as picture:
            drawn.append(picture.convert("L").tobytes())
    assert drawn[0] != drawn[1]


def test_networkx_reads_the_same_nodes_edges_and_keys() -> None:
    for name in REAL:
        graph = real(name)
        text = EXPORTS["graphml"].write(graph)
        read = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
        plan_ids = dict(read.nodes(data="plan_id"))
        assert set(plan_ids.values()) >= {a.id for a in graph.agencies}
        edges = {
            (plan_ids[a], plan_ids[b], data["plan_id"]) for a, b, data in read.edges(data=True)
        }
        assert edges >= set(graph.to_networkx().edges(keys=True))
        assert {key for *_, key in read.edges(keys=True)} == {
            f"h{n}" for n in range(1, len(edges) + 1)
        }


def test_drawio_refers_to_nothing_that_is_not_there() -> None:
    for graph in many():
        root = ElementTree.fromstring(EXPORTS["drawio"].write(graph))
        holders = [*root.iter("mxCell"), *root.iter("object")]
        ids = [e.get("id") for e in holders if e.get("id")]
        assert len(set(ids)) == len(ids)
        used = {e.get(key) for e in holders for key in ("parent", "source", "target")} - {None}
        assert used <= set(ids)
        lanes = [c for c in root.iter("mxCell") if str(c.get("style")).startswith("swimlane")]
        assert len(lanes) == len(casting.cast(graph).groups)


def test_drawio_gives_every_shape_a_place_and_every_arrow_two_ends() -> None:
    for graph in many():
        root = ElementTree.fromstring(EXPORTS["drawio"].write(graph))
        for cell in root.iter("mxCell"):
            if cell.get("vertex"):
                (geometry,) = cell
                assert all(float(geometry.get(key, "0")) >= 0 for key in ("x", "y"))
                assert all(float(str(geometry.get(key))) > 0 for key in ("width", "height"))
            if cell.get("edge"):
                assert cell.get("source")
                assert cell.get("target")
                points = [
                    (float(p.attrib["x"]), float(p.attrib["y"])) for p in cell.iter("mxPoint")
                ]
                assert all(x >= 0 and y >= 0 for x, y in points)


def audited() -> list[tuple[PlanGraph, Sequence[Finding]]]:
    """The six real plans with what an audit of each found."""
    return [(graph, interagency.audit(graph).findings) for graph in map(real, REAL)]


@pytest.mark.graphviz
@needs("dot")
def test_graphviz_draws_every_line_and_box_of_an_audited_plan() -> None:
    for graph, found in audited():
        text = EXPORTS["dot"].write(graph, found)
        drawn = ElementTree.fromstring(run("dot", "-Tsvg", given=text.encode()))
        groups = [g for g in drawn.iter() if g.tag.endswith("}g")]
        edges = [g for g in groups if g.get("class") == "edge"]
        assert {g.get("id") for g in edges} == {f"h{n + 1}" for n in range(len(edges))}
        assert len(edges) == text.count(" -> ") >= len(graph.handoffs)
        assert all(g.find(".//{*}path") is not None for g in edges)
        nodes = [g for g in groups if g.get("class") == "node"]
        shown = [squeezed("".join(t.text or "" for t in g.iterfind(".//{*}text"))) for g in nodes]
        for agency in graph.agencies:
            assert any(words.startswith(squeezed(agency.name)) for words in shown)


def test_igraph_counts_the_same_agencies_and_handoffs(tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph")
    for graph, found in audited():
        text = EXPORTS["graphml"].write(graph, found)
        (tmp_path / "plan.graphml").write_text(text, encoding="utf-8")
        read = igraph.Graph.Read_GraphML(str(tmp_path / "plan.graphml"))
        same = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
        assert read.is_directed()
        names = (label for _, label in same.nodes(data="label"))
        assert sorted(map(squeezed, read.vs["label"])) == sorted(map(squeezed, names))
        labels = (data["label"] for *_, data in same.edges(data=True))
        assert sorted(map(squeezed, read.es["label"])) == sorted(map(squeezed, labels))


# --- programs that run in a browser -----------------------------------------------------------


def with_program(page: chromium.Page, folder: Path, *script: str) -> None:
    """Open an empty page with a program of Node's in it and a place for what it draws."""
    program = INSTALLED.joinpath(*script).as_uri()
    path = folder / "program.html"
    path.write_text(
        "<!doctype html><meta charset=utf-8><div id=place style='width:1200px;height:900px'></div>"
        "<script>mxLoadResources = mxLoadStylesheets = false; mxBasePath = '.'</script>"
        f"<script src='{program}'></script>",
        encoding="utf-8",
    )
    page.open(path)
    assert page.console == []


@pytest.mark.browser
@needs("chromium", modules=["bpmn-js"])
def test_the_viewer_of_bpmn_io_draws_everything_without_a_warning(
    browser: chromium.Page, tmp_path: Path
) -> None:
    with_program(browser, tmp_path, "bpmn-js", "dist", "bpmn-viewer.production.min.js")
    for graph, found in audited():
        text = EXPORTS["bpmn"].write(graph, found)
        read = browser.tell(f"""(async () => {{
            const viewer = new BpmnJS({{ container: '#place' }});
            const {{ warnings }} = await viewer.importXML({json.dumps(text)});
            const registry = viewer.get('elementRegistry');
            const drawn = registry.getAll().filter(e => e.parent && e.type !== 'label');
            const seen = drawn.filter(e => {{
                const box = registry.getGraphics(e).getBoundingClientRect();
                return box.width + box.height > 0;
            }});
            viewer.destroy();
            return {{
                warnings: warnings.map(w => w.message),
                ids: drawn.map(e => e.id),
                unseen: drawn.length - seen.length,
            }};
        }})()""")
        assert read["warnings"] == []
        assert read["unseen"] == 0
        root = ElementTree.fromstring(text)
        placed = {e.get("bpmnElement") for e in root.iter() if e.get("bpmnElement")}
        assert {one.removesuffix("_label") for one in read["ids"]} >= placed - {
            plane.get("bpmnElement") for plane in root.iterfind(".//{*}BPMNPlane")
        }


@pytest.mark.browser
@needs("chromium", modules=["mxgraph"])
def test_the_library_under_drawio_decodes_and_draws_every_arrow(
    browser: chromium.Page, tmp_path: Path
) -> None:
    """Labels of draw.io stand on a wrapper that the library keeps as the value of the cell."""
    with_program(browser, tmp_path, "mxgraph", "javascript", "mxClient.min.js")
    for graph in map(real, REAL):
        text = EXPORTS["drawio"].write(graph)
        read = browser.tell(f"""(() => {{
            const text = mxUtils.parseXml({json.dumps(text)});
            const graph = new mxGraph(document.getElementById('place'));
            const model = graph.getModel();
            new mxCodec(text).decode(text.querySelector('mxGraphModel'), model);
            const cells = Object.values(model.cells);
            const said = c => c.value?.getAttribute ? c.value.getAttribute('label') : c.value;
            const placed = c => {{
                const state = graph.view.getState(c);
                return state && [state.x, state.y, state.width, state.height].every(isFinite);
            }};
            const told = {{
                names: Object.fromEntries(cells.filter(c => c.vertex).map(c => [c.id, said(c)])),
                steps: cells.filter(c => c.edge).map(c => [c.source.id, c.target.id, said(c)]),
                lost: cells.filter(c => (c.edge || c.vertex) && !placed(c)).map(c => c.id),
            }};
            graph.destroy();
            return told;
        }})()""")
        assert read["lost"] == []
        known = gathered(read["names"], [(a, b, words) for a, b, words in read["steps"]])
        assert known == given_handoffs(graph)


@pytest.mark.browser
@needs("chromium", modules=["mermaid"])
@pytest.mark.parametrize("name", ["mermaid", "mermaid-flowchart"])
def test_mermaid_draws_every_word_in_a_browser(
    browser: chromium.Page, name: str, tmp_path: Path
) -> None:
    with_program(browser, tmp_path, "mermaid", "dist", "mermaid.min.js")
    for graph in (real("nepal"), real("thailand")):
        text = EXPORTS[name].write(graph)
        shown = squeezed(browser.tell(f"""mermaid.render('drawn', {json.dumps(text)}).then(r => {{
            const place = document.getElementById('place');
            place.innerHTML = r.svg;
            place.querySelectorAll('style').forEach(e => e.remove());
            return place.textContent;
        }})"""))  # fmt: skip
        for agency in graph.agencies:
            assert squeezed(agency.name) in shown
        for handoff in graph.handoffs:
            assert squeezed(handoff.what or handoff.kind.label) in shown


@pytest.mark.browser
@needs("chromium", modules=["mermaid"])
def test_long_names_stay_in_the_boxes_of_a_mermaid_sequence(
    browser: chromium.Page, tmp_path: Path
) -> None:
    with_program(browser, tmp_path, "mermaid", "dist", "mermaid.min.js")
    long = (
        "Department of Children and Youth of the Ministry of Social Development, with its branches"
    )
    text = EXPORTS["mermaid"].write(chain(f"กรมกิจการเด็กและเยาวชน ({long})", "Court"))
    outside = browser.tell(f"""mermaid.render('drawn', {json.dumps(text)}).then(r => {{
        document.getElementById('place').innerHTML = r.svg;
        const heads = [...document.querySelectorAll('rect.actor')].map(rect => {{
            const words = [...rect.parentNode.querySelectorAll('text')];
            const [box, ...lines] = [rect, ...words].map(e => e.getBoundingClientRect());
            return lines.some(l => l.top < box.top || l.bottom > box.bottom);
        }});
        return [heads.length, heads.filter(Boolean).length];
    }})""")
    assert outside == [4, 0]
