"""Texts for other programs, opened by those programs: what they understand is what was given."""

from __future__ import annotations

import io
import json
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from plans import REAL, chain, real
from programs import HERE, needs, node
from read_back import HOSTILE, WITH_LIMITS, gathered, given_handoffs, many, squeezed, without_limits

import interagency
from interagency.charts import EXPORTS
from interagency.charts.emit import cast as casting

READERS = ("bpmn-moddle", "bpmnlint", "jsdom", "mermaid")


def opened(program: str, texts: list[str]) -> list[dict[str, Any]]:
    run = subprocess.run(
        ["node", str(HERE / "read.mjs"), program],
        input=json.dumps(texts).encode(),
        capture_output=True,
        check=True,
        timeout=300,
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
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
    graphs = [real("thailand"), *(chain(name, "Police", title=name) for name in HOSTILE)]
    for number, graph in enumerate(graphs):
        text = EXPORTS["plantuml"].write(graph)
        (tmp_path / f"{number}.puml").write_text(text, encoding="utf-8")
    subprocess.run(
        ["plantuml", "-tsvg", "-charset", "UTF-8", *map(str, tmp_path.glob("*.puml"))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for number, graph in enumerate(graphs):
        drawn = ElementTree.parse(tmp_path / f"{number}.svg").iterfind(".//{*}text")
        shown = squeezed("".join(line.text or "" for line in drawn))
        for agency in graph.agencies:
            assert squeezed(agency.name) in shown, agency.name[:60]


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
