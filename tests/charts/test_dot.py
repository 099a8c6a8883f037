import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import REAL, chain, finding, invented, real
from programs import needs, run

from interagency.charts.emit.dot import dot, label
from interagency.charts.text import clean

NEEDS_DOT = needs("dot")
HOSTILE = (
    '<x>]; evil [label="owned" URL="javascript:alert(1)"]; z [label=<y>',
    "<Ministry of Justice>",
    r"Police \N unit \G \E \T \H \l \r C:\new",
    "R&D &lt;b&gt; &#65; &amp;",
    "trailing \\",
    '"quoted" \\" {a|b} <port> a:b:s;',
    "node",
    "graph",
    "IOM:Bangkok",
    "-4.2",
)


def test_ids_are_made_and_names_are_only_labels() -> None:
    source = dot(chain("IOM:Bangkok", "police; evil"))
    assert 'n1 [label="IOM:Bangkok"]' in source
    assert re.search(r"\bn1 -> n2 \[", source)
    assert "id=h1" in source


@pytest.mark.parametrize("name", REAL)
def test_every_handoff_and_every_agency_is_there(name: str) -> None:
    graph = real(name)
    source = dot(graph)
    assert source.count(" -> ") == len(graph.handoffs)
    nodes = re.findall(r"^\t\tn\d+ \[", source, re.MULTILINE)
    assert len(nodes) >= len(graph.agencies)
    assert "newrank=true" in source


def test_what_is_missing_is_dashed_and_what_is_not_stated_dotted() -> None:
    graph = chain("Police", "Shelter", "Court")
    found = [
        finding("G01", expected=[("a2", "a0")]),
        finding("G02", question=True, expected=[("a0", "a2")]),
    ]
    source = dot(graph, found)
    assert source.count("style=dashed") == 1
    assert source.count("style=dotted") == 1


def test_findings_stand_by_their_codes_on_what_they_are_about() -> None:
    found = [
        finding("G01", agencies=["a1"], expected=[("a2", "a0")]),
        finding("G02", question=True, handoffs=["a0-a1"]),
    ]
    source = dot(chain("Police", "Shelter", "Court"), found)
    (gap,) = [line for line in source.splitlines() if "style=dashed" in line]
    assert "MISSING" in gap
    assert "[G01]" in gap.replace("\\n", " ")
    (about,) = [line for line in source.splitlines() if "G02" in line]
    assert 'label="(1) Shelter [G02?]"' in about


@given(st.text(max_size=60))
def test_a_label_has_no_sign_that_dot_would_take_for_its_own(text: str) -> None:
    made = label(text, 10_000)
    assert not set('<>"') & set(made)
    assert re.fullmatch(r"(?:[^\\&]|\\\\|&(?:amp|lt|gt|quot);)*", made)
    plain = made.replace("\\\\", "\\")
    for token, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(token, sign)
    assert plain == clean(text).replace("\u200b", "")


@NEEDS_DOT
@pytest.mark.graphviz
@pytest.mark.parametrize("name", HOSTILE)
def test_graphviz_shows_exactly_the_name(name: str) -> None:
    root = drawn(dot(chain(name, "Police")))
    shown = [node for node in root.iter() if node.get("class") == "node"]
    assert len(shown) == 2
    first = next(n for n in shown if n.findtext("{*}title") == "n1")
    lines = [text.text or "" for text in first.iter() if text.tag.endswith("}text")]
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert not [key for n in root.iter() for key in n.attrib if key.endswith("href")]


@NEEDS_DOT
@pytest.mark.graphviz
@settings(max_examples=8, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=2, max_size=4))
def test_any_name_survives_graphviz(names: list[str]) -> None:
    try:
        graph = chain(*names)
    except ValueError:  # the plan's own door keeps some characters out
        return
    edges = [n for n in drawn(dot(graph)).iter() if n.get("class") == "edge"]
    assert len(edges) == len(graph.handoffs)


@NEEDS_DOT
@pytest.mark.graphviz
def test_parallel_and_looping_handoffs_are_all_drawn() -> None:
    graph = invented(5, 30, seed=3)
    drawn_edges = [n for n in drawn(dot(graph)).iter() if n.get("class") == "edge"]
    missing = [h for h in graph.absent if h.status == "missing"]
    assert len(drawn_edges) == len(graph.handoffs) + len(missing)


def drawn(source: str) -> ElementTree.Element:
    return ElementTree.fromstring(run("dot", "-Tsvg", given=source.encode()))
