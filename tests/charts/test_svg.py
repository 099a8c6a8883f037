import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import REAL, chain, invented, real

from interagency.charts.emit.svg import svg
from interagency.charts.ladder import ladder
from interagency.charts.scene import Scene
from interagency.charts.strokes import words

HOSTILE = (
    "<script>alert(1)</script>",
    '"><image href="file:///etc/passwd"/>',
    "]]> <!-- & &amp; &#0; -->",
    "javascript:alert(1)",
    "\u202eevil\u202c ยาว\u0e47\u0e47",
    "a\x00b\x0b\ud800",
    "שלום 24 العربية",
)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode("utf-8"))


@given(st.text(max_size=80))
def test_any_text_gives_well_formed_svg(text: str) -> None:
    scene = Scene(100, 50, text, text, (words(1, 1, text, 7, role=text, id=text),), language=text)
    assert parsed(svg(scene, kind="plain")).tag.endswith("svg")


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_name_becomes_markup(name: str) -> None:
    root = parsed(svg(Scene(100, 50, name, name, (words(1, 1, name, 7, id=name),)), kind="web"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "text", "tspan"}
    names = {key for element in root.iter() for key in element.attrib}
    assert not any(key.startswith("on") or key.endswith("href") for key in names)


@pytest.mark.parametrize("name", REAL)
def test_nothing_is_fetched_and_no_reader_specific_means_are_used(name: str) -> None:
    for scene in ladder(real(name)):
        text = svg(scene, kind="web")
        assert not re.search(r"href|<marker|<pattern|paint-order|class=|@import|<image", text)
        assert set(re.findall(r"url\((\w+:[^,;]*)", text)) == {"data:font/woff2"}
        root = parsed(text)
        assert root.get("role") == "img"
        assert root.get("width", "").endswith("mm")
        assert root.get("viewBox", "").startswith("0 0 ")
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert root.get("aria-labelledby", "").split() == ids


def test_plain_svg_names_its_fonts_and_keeps_the_length_of_lines_of_one_face() -> None:
    scene = Scene(100, 50, "", "", (words(1, 9, "Police", 7), words(1, 20, "ตำรวจ (24)", 7)))
    text = svg(scene, kind="plain")
    assert "@font-face" not in text
    assert text.count("textLength") == 1
    assert "'Noto Sans Thai'" in text


def test_web_svg_carries_the_faces_it_uses_and_no_others() -> None:
    latin = svg(Scene(9, 9, "", "", (words(1, 9, "Police", 7),)), kind="web")
    assert latin.count("@font-face") == 1
    both = svg(Scene(9, 9, "", "", (words(1, 9, "ตำรวจ DSI", 7, bold=True),)), kind="web")
    assert both.count("@font-face") == 2


def test_a_stretched_script_is_not_stretched() -> None:
    """The table is too wide for scripts whose letters melt; a viewer must not fill that room."""
    assert "textLength" not in svg(Scene(9, 9, "", "", (words(1, 9, "المحكمة", 7),)), kind="plain")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40).filter(str.strip), min_size=2, max_size=5))
def test_any_name_survives_drawing(names: list[str]) -> None:
    try:
        graph = chain(*names)
    except ValueError:  # the plan's own door keeps some characters out
        return
    drawn = "".join(svg(scene, kind="plain") for scene in ladder(graph))
    for scene in ladder(graph):
        parsed(svg(scene, kind="plain"))
    for handoff in graph.handoffs:
        assert drawn.count(f'data-role="arrow" data-id="{handoff.id}"') == 1


@pytest.mark.parametrize("seed", range(4))
def test_every_handoff_stands_in_the_picture_exactly_once(seed: int) -> None:
    graph = invented(14, 45, seed)
    drawn = "".join(svg(scene, kind="plain") for scene in ladder(graph))
    for handoff in graph.handoffs:
        assert drawn.count(f'data-role="arrow" data-id="{handoff.id}"') == 1


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib, interagency as i\n"
        "from interagency.charts import dot\n"
        "a = i.load('bulgaria'); c = i.chart(a)\n"
        "text = ''.join(c.svg(n) for n in range(1, len(c.pages) + 1)) + dot(a)\n"
        "text += ''.join(page.to_json() for page in c.pages)\n"
        "print(hashlib.sha256(text.encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(digests) == 1
