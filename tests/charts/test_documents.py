"""PDF, PNG and SVG for office programs: what is in them, and that they are the same every time."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import REAL, chain, invented, real

import interagency
from interagency.charts import Chart, draw
from interagency.charts.emit import typst
from interagency.charts.emit.outlines import outlines
from interagency.charts.emit.svg import svg
from interagency.charts.scene import Anchor, Direction, Scene, Text
from interagency.charts.strokes import text_box, words
from interagency.charts.theme import PAGES
from interagency.errors import RenderError, UnknownName

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

HOSTILE = (
    "#panic() #read(\"/etc/passwd\") $x$ *b* _i_ `c` @ref <label> \\ // /* */ = head",
    "#set page(width: 1pt); ] } \" ' \u2028 end",
    "#image(\"https://example.org/a.png\")",
    "<script>alert(1)</script> & \"><image href='x'/>",
    "\u202eevil\u202c ยาว\u0e47\u0e47",
)  # fmt: skip
SCRIPTS = {
    "th": ("ศูนย์ช่วยเหลือสังคม", "กองบังคับการปราบปราม DSI"),
    "ar": ("الشرطة الوطنية", "المحكمة العليا (24 ساعة)"),
    "km": ("ក្រសួងមហាផ្ទៃ", "ក្រសួងសង្គមកិច្ច"),
    "my": ("ပြည်သူ့ရဲတပ်ဖွဲ့", "လူမှုဝန်ထမ်း"),
    "lo": ("ກະຊວງປ້ອງກັນຄວາມສະຫງົບ", "ສະຫະພັນແມ່ຍິງລາວ"),
    "vi": ("Bộ Công an", "Hội Liên hiệp Phụ nữ"),
}


def read(document: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(document))


def page_of(*lines: Text, **about: object) -> Scene:
    return Scene(200, 100, "A page", "Some words.", lines, **about)  # type: ignore[arg-type]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def several() -> Chart:
    return draw(real("bulgaria"))


@pytest.fixture(scope="module")
def document(several: Chart) -> bytes:
    return several.pdf()


# --- PDF -----------------------------------------------------------------------------------------


def test_a_pdf_has_a_page_of_the_exact_size_for_each_scene(several: Chart, document: bytes) -> None:
    pages = read(document).pages
    assert len(pages) == len(several.pages)
    for page, scene in zip(pages, several.pages, strict=True):
        assert float(page.mediabox.width) == pytest.approx(scene.width, abs=0.01)
        assert float(page.mediabox.height) == pytest.approx(scene.height, abs=0.01)


@pytest.mark.parametrize("paper", sorted(PAGES))
def test_every_paper_can_be_a_pdf(paper: str) -> None:
    chart = draw(chain("Hotline", "Police", "Shelter"), page=paper)
    assert len(read(chart.pdf()).pages) == len(chart.pages)


def test_a_pdf_says_that_it_is_accessible_and_what_it_is(several: Chart, document: bytes) -> None:
    reader = read(document)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == several.title
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == several.pages[0].language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1<" in document


def kinds_of(element: object) -> list[tuple[str, str]]:
    """The tags under an element, each with its alternative text."""
    element = element.get_object()  # type: ignore[attr-defined]
    if isinstance(element, list):
        return [kind for child in element for kind in kinds_of(child)]
    if not isinstance(element, dict):
        return []
    own = [(str(element["/S"]), str(element.get("/Alt", "")))] if "/S" in element else []
    return own + (kinds_of(element["/K"]) if "/K" in element else [])


def test_each_page_is_a_heading_and_a_figure_with_its_description(several: Chart) -> None:
    handoff = real("bulgaria").handoffs[0].id
    document = typst.pdf(several.pages, {handoff: "First: what it says."})
    tags = kinds_of(read(document).trailer["/Root"]["/StructTreeRoot"])
    assert [tag for tag, _ in tags if tag == "/H1"] == ["/H1"] * len(several.pages)
    figures = [alt for tag, alt in tags if tag == "/Figure"]
    told = [scene.description for scene in several.pages]
    assert all(alt.startswith(words) for alt, words in zip(figures, told, strict=True))
    assert sum(alt.endswith(" First: what it says.") for alt in figures) == 1


def test_fonts_are_within_and_nothing_is_dated_or_called_up(document: bytes) -> None:
    for page in read(document).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()
            assert "NotoSans" in inner["/BaseFont"]
        assert "/Annots" not in page
    root = read(document).trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(root)
    for dated in (b"/CreationDate", b"/ModDate", b"xmp:CreateDate", b"xmp:ModifyDate"):
        assert dated not in document


@pytest.mark.parametrize("name", REAL)
def test_every_word_of_a_real_plan_can_be_selected(name: str) -> None:
    chart = interagency.chart(interagency.audit(real(name)))
    pages = read(chart.pdf()).pages
    for page, scene in zip(pages, chart.pages, strict=True):
        found = squeezed(page.extract_text())
        for line in scene.texts():
            assert squeezed(line.text) in found


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_is_drawn_with_a_font_of_the_package(language: str) -> None:
    chart = draw(chain(*SCRIPTS[language], language=language))
    document = chart.pdf()
    assert b"<pdfuaid:part>1<" in document  # which no missing letter could be
    assert read(document).trailer["/Root"]["/Lang"] == language


def test_characters_that_no_font_has_make_a_document_all_the_same() -> None:
    chart = draw(chain("公安部", "Police \U0010fffd"))
    assert chart.warnings
    assert read(chart.pdf()).pages
    assert chart.png(dpi=72)
    assert "公安部" in chart.svg(kind="office")


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_name_is_a_command_to_the_engine(text: str) -> None:
    plain = text.replace("\u202e", "").replace("\u202c", "").replace("\u2028", " ")
    scene = Scene(600, 50, text, text, (words(10, 20, text, 7, role=text, id=text),))
    found = read(typst.pdf([scene], {text: text})).pages[0].extract_text()
    if plain.isascii():
        assert squeezed(plain) in squeezed(found)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.sampled_from(Anchor), st.sampled_from([0, -90, 90]))
def test_any_text_can_be_set(text: str, anchor: Anchor, rotation: int) -> None:
    line = words(50, 50, text, 7, anchor=anchor, rotation=rotation, bold=True)
    scene = Scene(100, 100, text, text, (line,), language=text)
    assert typst.pdf([scene]).startswith(b"%PDF")
    assert len(outlines(scene)) == 1


@pytest.mark.parametrize("seed", range(3))
def test_a_dense_plan_becomes_a_document(seed: int) -> None:
    chart = draw(invented(14, 45, seed))
    assert len(read(chart.pdf()).pages) == len(chart.pages)


# --- PNG -----------------------------------------------------------------------------------------


def chunks(picture: bytes) -> dict[bytes, bytes]:
    """The parts of a PNG by name; the check sum of each is held."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        name, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        (told,) = struct.unpack_from(">I", picture, at + 8 + length)
        assert told == zlib.crc32(name + body)
        found.setdefault(name, body)
        at += 12 + length
    return found


@pytest.mark.parametrize(("dpi", "width", "height"), [(72, 842, 595), (300, 3508, 2480)])
def test_a_png_has_its_resolution_and_its_size_on_paper(dpi: int, width: int, height: int) -> None:
    parts = chunks(draw(chain("Hotline", "Police")).png(dpi=dpi))
    across, down = struct.unpack(">II", parts[b"IHDR"][:8])
    assert (across, down) == (pytest.approx(width, abs=1), pytest.approx(height, abs=1))
    per_metre, also, unit = struct.unpack(">IIB", parts[b"pHYs"])
    assert per_metre == also == round(dpi / 0.0254)
    assert unit == 1
    assert across / per_metre * 1000 == pytest.approx(297, abs=0.4)


@pytest.mark.parametrize("dpi", [0, 35, 1201, float("nan"), float("inf"), -300])
def test_a_resolution_out_of_reason_is_refused(dpi: float) -> None:
    with pytest.raises(RenderError, match="Choose between 36 and 1200"):
        draw(chain("Hotline", "Police")).png(dpi=dpi)


# --- SVG for office programs ---------------------------------------------------------------------


def numbers(path: str) -> list[tuple[float, float]]:
    values = [float(value) for value in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", path)]
    return list(zip(values[::2], values[1::2], strict=True))


@pytest.mark.parametrize("rotation", [0, -90, 90])
@pytest.mark.parametrize("anchor", Anchor)
@pytest.mark.parametrize("text", ["Hamburg", "ตำรวจแห่งชาติ", "المحكمة العليا"])
def test_outlines_fill_the_box_that_the_layout_reckoned_with(
    text: str, anchor: Anchor, rotation: int
) -> None:
    line = words(100, 50, text, 10, anchor=anchor, rotation=rotation)
    (path,) = outlines(page_of(line))
    across, down = zip(*numbers(path), strict=True)
    left, top, right, bottom = text_box(line)
    assert left - 1 <= min(across) <= max(across) <= right + 1
    assert top - 1 <= min(down) <= max(down) <= bottom + 1
    if rotation == 0 and text.isascii():
        assert max(across) - min(across) == pytest.approx(line.width, abs=2)


def test_each_line_keeps_its_own_outline_and_spaces_have_none() -> None:
    paths = outlines(page_of(words(1, 10, "l", 7), words(1, 20, " ", 7), words(1, 30, "l", 7)))
    assert paths[1] == ""
    assert [round(max(y for _, y in numbers(path))) for path in (paths[0], paths[2])] == [10, 30]
    assert outlines(page_of()) == ()


@pytest.mark.parametrize("name", REAL)
def test_an_office_svg_has_outlines_for_words_and_refers_to_nothing(name: str) -> None:
    scene = interagency.chart(interagency.audit(real(name))).pages[0]
    text = svg(scene, kind="office")
    root = ElementTree.fromstring(text)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "rect", "circle", "polygon", "path"}
    assert not re.search(r"href|url\(|style=|<!", text)
    assert root.get("width", "").endswith("mm")
    said = [element.get("aria-label") for element in root.iter() if element.get("aria-label")]
    assert said == [line.text for line in scene.texts()]


def test_an_office_svg_differs_from_the_plain_one_in_its_words_only(several: Chart) -> None:
    office, plain = (several.svg(2, kind=kind) for kind in ("office", "plain"))
    shapes = re.compile(r"<(?:rect|circle|polygon|path (?!.*aria-label))[^>]*>")
    assert shapes.findall(office) == shapes.findall(plain)


def test_hostile_names_stay_words_in_an_office_svg() -> None:
    for name in HOSTILE:
        scene = Scene(600, 50, name, name, (words(10, 20, name, 7, role=name, id=name),))
        root = ElementTree.fromstring(svg(scene, kind="office"))
        assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
            "svg", "title", "desc", "rect", "path"
        }  # fmt: skip


def test_right_to_left_words_end_where_the_page_wants_them() -> None:
    line = words(180, 20, "24 ساعة", 10, anchor=Anchor.RIGHT)
    (path,) = outlines(page_of(line, direction=Direction.RTL, language="ar"))
    across = [x for x, _ in numbers(path)]
    assert max(across) == pytest.approx(180, abs=1.5)


# --- always the same -----------------------------------------------------------------------------


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib, interagency as i\n"
        "c = i.chart(i.audit(i.load('sri_lanka')))\n"
        "made = [c.pdf(), c.png(dpi=60), c.svg(kind='office').encode()]\n"
        "assert made[0] == c.pdf()\n"
        "print([hashlib.sha256(b).hexdigest() for b in made])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("0", "UTC"), ("77", "Asia/Bangkok"))
    }
    assert len(told) == 1


# --- saving --------------------------------------------------------------------------------------


def test_the_ending_says_what_is_written(several: Chart, tmp_path: Path) -> None:
    assert several.save(tmp_path / "a.PDF") == (tmp_path / "a.PDF",)
    assert (tmp_path / "a.PDF").read_bytes() == several.pdf()
    pictures = several.save(tmp_path / "a.png", dpi=50)
    assert [path.name for path in pictures] == [
        f"a-{number}.png" for number in range(1, len(several.pages) + 1)
    ]
    assert pictures[1].read_bytes() == several.png(2, dpi=50)
    (office,) = draw(chain("A", "B")).save(tmp_path / "b.svg", kind="office")
    assert "aria-label" in office.read_text("utf-8")


def test_pages_that_are_not_there_are_named(several: Chart) -> None:
    with pytest.raises(UnknownName, match="page"):
        several.png(99)


def test_without_the_engine_the_error_names_what_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    chart = draw(chain("Hotline", "Police"))
    for name in ("a.pdf", "a.png"):
        with pytest.raises(RenderError, match=re.escape('pip install "interagency[report]"')):
            chart.save(tmp_path / name)
    with pytest.raises(RenderError, match="not installed"):
        chart.svg(kind="office")
    assert not list(tmp_path.iterdir())
    assert chart.save(tmp_path / "a.svg")
