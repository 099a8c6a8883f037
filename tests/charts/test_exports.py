"""What is drawn is what was given: every export holds every handoff, whatever the names."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from plans import REAL, chain, finding, plan_of, real
from read_back import (
    WITH_LIMITS,
    Handoffs,
    drawn_absent,
    gathered,
    given_handoffs,
    hostile,
    many,
    without_limits,
)
from strategies import plans

from interagency.charts import EXPORTS
from interagency.charts.emit import cast as casting
from interagency.charts.text import measure, wrap
from interagency.errors import RenderError
from interagency.graph import PlanGraph
from interagency.model import Plan


def test_the_command_line_offers_every_export_under_its_endings() -> None:
    from interagency import cli

    assert tuple(cli.EXPORTS) == tuple(EXPORTS)
    usual = {end: name for name, e in reversed(EXPORTS.items()) for end in e.suffixes}
    offered = {end: name for name, ends in cli.EXPORTS.items() for end in ends}
    assert offered == usual


def from_mermaid(text: str, drawn: str) -> Handoffs:
    def said(raw: str) -> str:
        return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), raw.replace("<br/>", " "))

    if drawn == "sequence":
        names = dict(re.findall(r"^ *participant (a\d+) as (.*)$", text, re.M))
        found = re.findall(r"^ *(a\d+)(?:->>|--x|-->>|--\))(a\d+): (.*)$", text, re.M)
        arrows = [(a, b, said(words)) for a, b, words in found]
    else:
        names = dict(re.findall(r'^ *(a\d+)\["(.*)"\]$', text, re.M))
        found = re.findall(r'^ *(a\d+) (?:-->|==>|-\.-[xo]|-\.->)\|"(.*)"\| (a\d+)$', text, re.M)
        arrows = [(a, b, said(words)) for a, words, b in found]
    return gathered({key: said(name) for key, name in names.items()}, arrows)


def from_plantuml(text: str) -> Handoffs:
    def said(raw: str) -> str:
        plain = raw.replace("\\n", " ")
        return re.sub(r"<U\+([0-9A-F]{4})>", lambda m: chr(int(m[1], 16)), plain)

    names = re.findall(r'^participant "(.*)" as (a\d+)$', text, re.M)
    arrows = re.findall(r"^(a\d+) -\[[^]]*\]>{1,2}[xo]? (a\d+) : (.*)$", text, re.M)
    return gathered({k: said(n) for n, k in names}, [(a, b, said(words)) for a, b, words in arrows])


def from_drawio(text: str) -> Handoffs:
    root = ElementTree.fromstring(text)
    cells = list(root.iter("mxCell"))
    names = {str(c.get("id")): str(c.get("value")) for c in cells if c.get("vertex")}
    arrows = []
    for holder in root.iter("object"):
        cell = holder[0]
        ends = str(cell.get("source")), str(cell.get("target"))
        arrows.append((*ends, str(holder.get("label"))))
    return gathered(names, arrows)


def from_bpmn(text: str) -> Handoffs:
    root = ElementTree.fromstring(text)
    keyed = {str(e.get("id")): e for e in root.iter() if e.get("id")}
    pools = {str(e.get("processRef")): e for e in root.iter() if e.get("processRef")}
    owner = {
        str(task.get("id")): str(pools[str(process.get("id"))].get("id"))
        for process in root.iterfind(".//{*}process")
        for task in process.iter()
    }
    flows = [*root.iterfind(".//{*}messageFlow"), *root.iterfind(".//{*}sequenceFlow")]
    arrows = []
    for flow in flows:
        if str(flow.get("id")).startswith("h"):
            out, into = str(flow.get("sourceRef")), str(flow.get("targetRef"))
            arrows.append((owner[out], owner[into], str(keyed[out].get("name"))))
    names = {
        str(pool.get("id")): str(pool.get("name")) for pool in root.iterfind(".//{*}participant")
    }
    return gathered(names, arrows)


def from_graphml(text: str) -> Handoffs:
    graph = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    arrows = [(a, b, str(data["label"])) for a, b, data in graph.edges(data=True)]
    return gathered({node: str(label) for node, label in graph.nodes(data="label")}, arrows)


def from_dot(text: str) -> Handoffs:
    def said(raw: str) -> str:
        if raw.startswith('"'):
            raw = raw[1:-1]
        plain = re.sub(r"\\(.)", lambda m: " " if m[1] == "n" else m[1], raw)
        return html.unescape(plain)

    label = r'label=("(?:[^"\\]|\\.)*"|[^\s\]]+)'
    names = {key: said(raw) for key, raw in re.findall(rf"^\t+(n\d+) \[{label}", text, re.M)}
    found = re.findall(rf"^\t(n\d+) -> (n\d+) \[.*?\b{label}", text, re.M)
    # A limit follows the words, so that these cannot be told apart.
    return gathered(names, [(a, b, said(raw)) for a, b, raw in found])


READERS: Mapping[str, Callable[[str], Handoffs]] = {
    "mermaid": lambda text: from_mermaid(text, "sequence"),
    "mermaid-flowchart": lambda text: from_mermaid(text, "flowchart"),
    "plantuml": from_plantuml,
    "drawio": from_drawio,
    "bpmn": from_bpmn,
    "graphml": from_graphml,
    "dot": from_dot,
}


OURS = "zxx"
"""A language that no plan has names in: names as they are, and our own words in English."""


def holds_everything(graph: PlanGraph) -> None:
    given = given_handoffs(graph)
    for name, read in READERS.items():
        found = read(EXPORTS[name].write(graph, language=OURS))
        if name in WITH_LIMITS:
            assert without_limits(found) == without_limits(given), name
        else:
            assert found == given, name
    pages = json.loads(EXPORTS["json"].write(graph, language=OURS))["pages"]
    arrows = {i["id"] for p in pages for i in p["items"] if i.get("role") == "arrow"}
    assert arrows == {h.id for h in (*graph.handoffs, *drawn_absent(graph))}


@pytest.mark.parametrize("name", REAL)
def test_real_plans_go_through_whole(name: str) -> None:
    holds_everything(real(name))


def test_a_hundred_hostile_plans_go_through_whole() -> None:
    for seed in range(100):
        holds_everything(hostile(seed))


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("INTERAGENCY_SLOW"), reason="set INTERAGENCY_SLOW=1")
def test_ten_thousand_hostile_plans_go_through_whole() -> None:
    for seed in range(1_000, 11_000):
        holds_everything(hostile(seed))


@settings(max_examples=60, deadline=None)
@given(plans())
def test_any_plan_goes_through_whole(plan: Plan) -> None:
    holds_everything(PlanGraph(plan))


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_gaps_and_questions_of_an_audit_are_there_and_told_apart(name: str) -> None:
    graph = chain("Police", "Shelter", "Court")
    found = [
        finding("G01", expected=[("a2", "a0")]),
        finding("G02", question=True, expected=[("a0", "a2")]),
    ]
    text = EXPORTS[name].write(graph, found)
    assert name == "dot" or "G01" in text  # DOT has no place for them
    assert re.search(r"NOT( |\\n|<br/>|&#10;)STATED", text)
    assert "MISSING" in text


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_plan_of_one_agency_or_none_is_written(name: str) -> None:
    for agencies in ([], [{"id": "a", "name": "Police"}]):
        assert EXPORTS[name].write(plan_of(agencies, []))


@pytest.mark.parametrize("name", sorted(set(EXPORTS) - {"dot"}))
def test_a_lost_handoff_is_never_passed_over(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    full = casting.content

    def lossy(*arguments: Any) -> Any:
        said = full(*arguments)
        return replace(said, rows=said.rows[1:])

    monkeypatch.setattr(casting, "content", lossy)
    with pytest.raises(RenderError, match="report"):
        EXPORTS[name].write(real("nepal"))


def test_an_export_counts_what_it_wrote() -> None:
    steps = casting.cast(real("nepal")).steps
    with pytest.raises(RenderError, match=r"3 of 4 handoffs stand in the picture"):
        casting.complete(3, steps, "picture")


def test_a_mermaid_text_larger_than_mermaid_shows_says_what_to_set() -> None:
    text = EXPORTS["mermaid-flowchart"].write(chain(*(f"Agency {n}" for n in range(600))))
    assert "%% Needs mermaid.initialize with" in text.splitlines()[1]
    assert "maxEdges 599" in text
    assert "%% Needs" not in EXPORTS["mermaid-flowchart"].write(real("nepal"))


def test_ids_are_made_and_none_comes_from_the_plan() -> None:
    graph = plan_of(
        [{"id": "agency-one", "name": "Police"}, {"id": "end", "name": "Shelter"}],
        [{"id": "my-handoff", "from": "agency-one", "to": "end", "pillars": ["protect"],
          "kind": "referral"}],
    )  # fmt: skip
    for name in set(EXPORTS) - {"json"}:
        text = EXPORTS[name].write(graph)
        assert not re.search(r"\b(id|source|target|\w*Ref)=\"(agency-one|end|my-handoff)\"", text)
        if name not in ("graphml", "drawio", "bpmn"):
            assert "agency-one" not in text


def test_the_same_plan_gives_the_same_text_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, interagency\n"
        "from interagency.charts import EXPORTS\n"
        "graph = interagency.load('thailand')\n"
        "found = interagency.audit(graph).findings\n"
        "text = ''.join(e.write(graph, found) for e in EXPORTS.values())\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(sums) == 1


def test_bpmn_refers_to_nothing_that_is_not_there_and_draws_each_thing_once() -> None:
    for graph in many():
        root = ElementTree.fromstring(EXPORTS["bpmn"].write(graph))
        ids = [str(e.get("id")) for e in root.iter() if e.get("id")]
        assert len(set(ids)) == len(ids)
        for element in root.iter():
            for key, value in element.attrib.items():
                if key.endswith("Ref") or key == "bpmnElement":
                    assert value in ids
        drawn = [e.get("bpmnElement") for e in root.iterfind(".//{*}BPMNShape")]
        drawn += [e.get("bpmnElement") for e in root.iterfind(".//{*}BPMNEdge")]
        assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("name", [name for name, e in EXPORTS.items() if name != "dot"])
def test_the_command_line_writes_it(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"plan{EXPORTS[name].suffixes[0]}"
    run = subprocess.run(
        [sys.executable, "-m", "interagency", "chart", "nepal", "-o", str(target),
         "--format", name, "--title", "A title of my own"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "A title of my own" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REAL)
def test_no_words_of_a_bpmn_drawing_leave_their_task_nor_meet_an_arrow(name: str) -> None:
    """The drawing program sets words in the middle of a task, under the sign in its corner."""
    dc = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
    root = ElementTree.fromstring(EXPORTS["bpmn"].write(real(name)))
    names = {e.get("id"): e.get("name", "") for e in root.iter() if e.get("id")}
    lines = [
        float(point.attrib["x"])
        for edge in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNEdge")
        if edge.attrib["bpmnElement"].startswith("h")
        for point in list(edge)[:1]
    ]
    for shape in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"):
        key = shape.attrib["bpmnElement"]
        box = {side: float(value) for side, value in next(shape.iter(dc)).attrib.items()}
        if key.endswith(("_out", "_in")):
            words = wrap(names[key], 12, box["width"] - 14)
            assert len(words) * 14.4 + 2 * 20 <= box["height"]
        if key.endswith(("_start", "_end")):
            half = measure(names[key], 11) / 2
            middle = box["x"] + box["width"] / 2
            assert not [x for x in lines if middle - half < x < middle + half]


@pytest.mark.parametrize("name", REAL)
def test_words_of_drawio_stand_on_a_ground_over_the_life_lines(name: str) -> None:
    """Life lines run through every row: words without a ground of their own are struck through."""
    cells = list(ElementTree.fromstring(EXPORTS["drawio"].write(real(name))).iter("mxCell"))
    styles = [str(cell.get("style")) for cell in cells]
    stages = [at for at, cell in enumerate(cells) if str(cell.get("id")).startswith("stage_")]
    arrows = [at for at, cell in enumerate(cells) if cell.get("edge")]
    life_lines = [at for at, style in enumerate(styles) if "umlLifeline" in style]
    assert all("labelBackgroundColor=#" in styles[at] for at in (*stages, *arrows))
    assert max(life_lines) < min(stages)


def test_a_task_of_bpmn_ends_its_lines_itself_where_no_space_ends_them() -> None:
    thai = "แรงงานที่มีข้อบ่งชี้\u200bการบังคับใช้แรงงาน"
    graph = plan_of(
        [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        [{"from": "a", "to": "b", "pillars": ["protect"], "kind": "referral", "what": thai}],
    )
    root = ElementTree.fromstring(EXPORTS["bpmn"].write(graph))
    (task,) = root.iterfind(".//{*}sendTask")
    assert str(task.get("name")).split("\n")[1:] == ["การบังคับใช้แรงงาน"]
