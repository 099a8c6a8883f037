"""What is drawn is what was given: every export holds every handoff, whatever the names."""

from __future__ import annotations

import html
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from plans import REAL, chain, finding, plan_of, real
from strategies import plans

import interagency
from interagency.charts import EXPORTS
from interagency.charts.emit import cast as casting
from interagency.charts.text import clean
from interagency.errors import RenderError
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Plan
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

CONSUMERS = Path(__file__).parents[1] / "consumers"
HOSTILE = (
    "a \"quoted\" 'name'",
    "end",
    "END; end",
    "<b>bold</b> <br/>",
    "R&D &lt; &#65; #35; #quot; #x;",
    "a;b; style: #fff; classDef x: #f; linkStyle 0",
    "line\none\ttab",
    "x --> y ->> z -x a",
    "]]> <![CDATA[ -->",
    "L" * 2000,
    "ก" * 2000,
    "1. list",
    "# head - dash * star",
    "**bold** `code` __u__ //i// ~~s~~ --d--",
    "%%{init: {}}%% %date() $x $$y$$",
    "box end rect loop alt participant actor note",
    "wrap: no",
    "سلام English (x) 24",
    "สำนักงานตำรวจ\u200bแห่งชาติ",
    r"\n \" \N \\",
    "a@{shape: x} () {x} [y] |z|",
    "@enduml",
    "!include /etc/passwd",
    "[[http://x y]] <img:x> <&star> <U+0041>",
    "' comment /' x '/",
    "ﬂ°°60¶ß",
    "👮🏽 police",
    "اً\u0301",
    "a1",
    "person",
    "subgraph default",
    "MISSING: (3) x [G01]",
    "a\u200f\u200eb\u061c",
)
Handoffs = Counter[tuple[str, str, str, str]]


def test_the_command_line_offers_every_export_under_its_endings() -> None:
    from interagency import cli

    assert tuple(cli.EXPORTS) == tuple(EXPORTS)
    usual = {end: name for name, e in reversed(EXPORTS.items()) for end in e.suffixes}
    offered = {end: name for name, ends in cli.EXPORTS.items() for end in ends}
    assert offered == usual


# --- what was given, and what is read back ----------------------------------------------------


def squeezed(text: str) -> str:
    """A text without the spaces at which lines are broken."""
    return re.sub(r"[\s\u200b]+", "", clean(text))


def plain(what: str) -> str:
    """What passes, without the notes that we add behind it."""
    return re.sub(r"(\((informal|feedback)\))*$", "", squeezed(what))


def bare(words: str) -> tuple[str, str]:
    """Of the words on an arrow: whether it is there, and what passes."""
    words = squeezed(words)
    if number := re.match(r"\(\d+\)", words):
        return "handoff", plain(words[number.end() :])
    return "gap", plain(words.removeprefix("MISSING:"))


def given_handoffs(graph: PlanGraph) -> Handoffs:
    """Every handoff of a view as sender, receiver, whether it is there, and what passes."""
    names = {a.id: clean(a.name) or a.id for a in graph.plan.agencies} | PARTICIPANTS
    missing = [h for h in graph.absent if h.status is Status.MISSING]
    return Counter(
        (
            squeezed(names[h.sender]),
            squeezed(names[h.receiver]),
            "gap" if h.status is Status.MISSING else "handoff",
            plain(clean(h.what or "") or h.kind.label),
        )
        for h in (*graph.handoffs, *missing)
    )


def gathered(names: Mapping[str, str], arrows: list[tuple[str, str, str]]) -> Handoffs:
    return Counter((squeezed(names[a]), squeezed(names[b]), *bare(words)) for a, b, words in arrows)


def from_mermaid(text: str, drawn: str) -> Handoffs:
    def said(raw: str) -> str:
        return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), raw.replace("<br/>", " "))

    if drawn == "sequence":
        names = dict(re.findall(r"^ *participant (a\d+) as (.*)$", text, re.M))
        found = re.findall(r"^ *(a\d+)(?:->>|--x|-->>)(a\d+): (.*)$", text, re.M)
        arrows = [(a, b, said(words)) for a, b, words in found]
    else:
        names = dict(re.findall(r'^ *(a\d+)\["(.*)"\]$', text, re.M))
        found = re.findall(r'^ *(a\d+) (?:-->|==>|-\.-x|-\.->)\|"(.*)"\| (a\d+)$', text, re.M)
        arrows = [(a, b, said(words)) for a, words, b in found]
    return gathered({key: said(name) for key, name in names.items()}, arrows)


def from_plantuml(text: str) -> Handoffs:
    def said(raw: str) -> str:
        plain = raw.replace("\\n", " ")
        return re.sub(r"<U\+([0-9A-F]{4})>", lambda m: chr(int(m[1], 16)), plain)

    names = re.findall(r'^participant "(.*)" as (a\d+)$', text, re.M)
    arrows = re.findall(r"^(a\d+) -\[[^]]*\]>{1,2}x? (a\d+) : (.*)$", text, re.M)
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
    found = re.findall(rf"^\t(n\d+) -> (n\d+) \[.*?\b{label}.*?style=(\w+)\]$", text, re.M)
    # No numbers stand there; and a limit follows the words, so that these cannot be told apart.
    return gathered(
        names,
        [(a, b, ("(1) " if style == "solid" else "") + said(raw)) for a, b, raw, style in found],
    )


READERS: Mapping[str, Callable[[str], Handoffs]] = {
    "mermaid": lambda text: from_mermaid(text, "sequence"),
    "mermaid-flowchart": lambda text: from_mermaid(text, "flowchart"),
    "plantuml": from_plantuml,
    "drawio": from_drawio,
    "bpmn": from_bpmn,
    "graphml": from_graphml,
    "dot": from_dot,
}
WITH_LIMITS = frozenset({"mermaid-flowchart", "dot"})  # where a limit follows the words


def without_limits(handoffs: Handoffs) -> Handoffs:
    found: Handoffs = Counter()
    for (sender, receiver, state, _), count in handoffs.items():
        found[sender, receiver, state, ""] += count
    return found


def holds_everything(graph: PlanGraph) -> None:
    given = given_handoffs(graph)
    for name, read in READERS.items():
        found = read(EXPORTS[name].write(graph))
        if name in WITH_LIMITS:
            assert without_limits(found) == without_limits(given), name
        else:
            assert found == given, name
    pages = json.loads(EXPORTS["json"].write(graph))["pages"]
    arrows = {i["id"] for p in pages for i in p["items"] if i.get("role") == "arrow"}
    missing = {h.id for h in graph.absent if h.status is Status.MISSING}
    assert arrows == {h.id for h in graph.handoffs} | missing


def hostile(seed: int) -> PlanGraph:
    """A plan drawn by lot, whose names are out to break whoever reads them."""
    lot = random.Random(seed)
    ends = [*(f"a{i}" for i in range(lot.randint(1, 6))), "person", "public"]

    def words() -> str:
        chosen = lot.choices(HOSTILE, k=lot.choice([1, 1, 1, 3]))
        return " ".join(chosen)[: lot.choice([40, 200, 2000])].strip()

    def handoff(number: int) -> dict[str, object]:
        return {
            "id": f"h{number}",
            "from": lot.choice(ends),
            "to": lot.choice(ends),
            "pillars": lot.sample(list(Pillar), lot.randint(1, 3)),
            "kind": lot.choice(list(HandoffKind)),
            "stage": lot.choice([None, *Stage]),
            "what": lot.choice([None, words()]),
            "trigger": lot.choice([None, words()]),
            "status": lot.choice(list(Status)),
            "within": lot.choice([None, {"wording": words()}]),
        }

    return plan_of(
        [
            {"id": end, "name": words(), "sector": lot.choice([None, *Sector])}
            for end in ends
            if end not in PARTICIPANTS
        ],
        [handoff(number) for number in range(lot.randint(0, 12))],
        title=words(),
    )


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
        return type(said)(said.columns, said.rows[1:], said.notes)

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


# --- what the programs themselves say ---------------------------------------------------------


@cache
def why_no_node() -> str:
    if shutil.which("node") is None:
        return "there is no node"
    lacking = [
        name
        for name in json.loads((CONSUMERS / "package.json").read_text())["dependencies"]
        if not (CONSUMERS / "node_modules" / name).is_dir()
    ]
    command = "npm install --prefix tests/consumers --no-package-lock"
    return f"{', '.join(lacking)} not installed: {command}" if lacking else ""


NEEDS_NODE = pytest.mark.skipif(bool(why_no_node()), reason=why_no_node())
NEEDS_PLANTUML = pytest.mark.skipif(
    shutil.which("plantuml") is None, reason="plantuml not installed: apt-get install plantuml"
)


def opened(program: str, texts: list[str]) -> list[dict[str, Any]]:
    run = subprocess.run(
        ["node", str(CONSUMERS / "read.mjs"), program],
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


def many() -> list[PlanGraph]:
    """The six real plans, one name after the other, and plans drawn by lot."""
    return [
        *map(real, REAL),
        *(chain(name, "Police", title=name) for name in HOSTILE),
        *map(hostile, range(500, 520)),
        chain(*(f"Agency {n}" for n in range(510))),
    ]


@NEEDS_NODE
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


@NEEDS_NODE
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


@NEEDS_PLANTUML
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
