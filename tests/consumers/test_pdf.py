"""The PDF before Poppler's tools: what it says of itself, its fonts, and every word of it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from plans import REAL, chain, real
from programs import needs, run
from read_back import squeezed

import interagency
from interagency.charts import Chart, draw

pytest.importorskip("typst")
pytestmark = needs("pdfinfo")


def written(chart: Chart, folder: Path) -> Path:
    (path,) = chart.save(folder / "chart.pdf")
    return path


def told(document: Path, *options: str) -> str:
    """The words of a document without spaces, and without the marks of direction around them."""
    text = run("pdftotext", *options, document, "-").decode()
    return squeezed("".join(sign for sign in text if unicodedata.category(sign) != "Cf"))


def facts(document: Path, *options: str) -> dict[str, str]:
    lines = run("pdfinfo", *options, document).decode().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_a_document_says_what_it_is_and_calls_nothing_up(tmp_path: Path) -> None:
    chart = interagency.chart(interagency.audit(real("bulgaria")), page="a3")
    document = written(chart, tmp_path)
    found = facts(document)
    assert found["Title"] == chart.title
    assert found["Subject"].startswith(chart.pages[0].description[:60])
    assert (found["Tagged"], found["JavaScript"], found["Form"]) == ("yes", "no", "none")
    assert found["Encrypted"] == "no"
    assert found["Pages"] == str(len(chart.pages))
    sizes = facts(document, "-f", "1", "-l", str(len(chart.pages)))
    for number, scene in enumerate(chart.pages, 1):
        across, _, down = sizes[f"Page {number:>4} size"].split()[:3]
        assert float(across) == pytest.approx(scene.width, abs=0.2)
        assert float(down) == pytest.approx(scene.height, abs=0.2)


@pytest.mark.parametrize("language", ["en", "th", "ar"])
def test_a_document_names_its_language_and_the_standard_it_keeps(
    language: str, tmp_path: Path
) -> None:
    document = written(draw(chain("Hotline", "Police", language=language)), tmp_path)
    about = run("pdfinfo", "-meta", document).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert re.search(r"<dc:language>.*?<rdf:li>(\w+)<", about)[1] == language  # type: ignore[index]


def test_those_who_listen_hear_a_heading_and_a_figure_for_each_page(tmp_path: Path) -> None:
    chart = interagency.chart(interagency.audit(real("thailand")))
    structure = run("pdfinfo", "-struct-text", written(chart, tmp_path)).decode()
    assert len(re.findall(r"^ *H1 ", structure, re.M)) == len(chart.pages)
    assert len(re.findall(r"^ *Figure", structure, re.M)) == len(chart.pages)
    for scene in chart.pages:
        for line in scene.texts():
            assert squeezed(line.text) in squeezed(re.sub(r'"\n\s*"', "", structure))


def test_every_font_is_inside_cut_to_what_is_used_and_says_its_letters(tmp_path: Path) -> None:
    names = ("Bộ Công an", "สายด่วน", "الشرطة", "ក្រសួង", "ပြည်သူ့", "ກະຊວງ", "বাংলাদেশ")
    listed = run("pdffonts", written(draw(chain(*names)), tmp_path)).decode().splitlines()[2:]
    assert len(listed) >= len(names)
    for line in listed:
        embedded, subset, unicode = line.split()[-5:-2]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), line


@pytest.mark.parametrize("name", REAL)
def test_every_agency_and_every_handoff_of_a_real_plan_comes_out(name: str, tmp_path: Path) -> None:
    graph = real(name)
    out = told(written(interagency.chart(interagency.audit(graph)), tmp_path), "-raw")
    sends = {end for handoff in graph.handoffs for end in (handoff.sender, handoff.receiver)}
    for agency in graph.agencies:
        if agency.id in sends:
            assert squeezed(agency.name) in out
    for handoff in graph.handoffs:
        assert squeezed(handoff.what or handoff.kind.label) in out


COME_OUT = {
    "ar": "الشرطة الوطنية",
    "bn": "বাংলাদেশ পুলিশ",
    "lo": "ກະຊວງປ້ອງກັນຄວາມສະຫງົບ",
    "my": "လူမှုဝန်ထမ်း",
    "th": "กองบังคับการปราบปราม",
    "vi": "Hội Liên hiệp Phụ nữ",
}
REPEATED = {
    "km": "ក្រសួងសង្គមកិច្ច",
    "my": "ပြည်သူ့ရဲတပ်ဖွဲ့",
    "th": "ศูนย์ช่วยเหลือสังคม",
}
"""Names with signs that stand above or below the line by more than their font's own measure."""
BRACKETED = {"ar": "المحكمة العليا (24 ساعة)"}


@pytest.mark.parametrize(("language", "name"), [*COME_OUT.items(), *BRACKETED.items()])
def test_names_in_every_script_come_out(language: str, name: str, tmp_path: Path) -> None:
    document = written(draw(chain(name, "Police", language=language)), tmp_path)
    assert squeezed(name) in told(document)


@pytest.mark.parametrize(("language", "name"), REPEATED.items())
@pytest.mark.xfail(
    strict=True,
    reason="Typst sets a shifted sign apart and Poppler then tells its cluster twice",
)
def test_names_with_shifted_signs_come_out(language: str, name: str, tmp_path: Path) -> None:
    document = written(draw(chain(name, "Police", language=language)), tmp_path)
    assert squeezed(name) in told(document)


@pytest.mark.parametrize(("language", "name"), REPEATED.items())
def test_of_names_with_shifted_signs_nothing_is_lost(
    language: str, name: str, tmp_path: Path
) -> None:
    document = written(draw(chain(name, "Police", language=language)), tmp_path)
    left = iter(told(document))
    assert all(sign in left for sign in squeezed(name)), "a letter is lost or out of order"


PAINTS = {b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"Tj", b"TJ", b"Do", b"sh"}


def test_all_that_is_painted_is_either_told_or_marked_as_ornament(tmp_path: Path) -> None:
    """As PDF/UA-1 asks (7.1): no validator of it is at hand, so this much is held here."""
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(written(interagency.chart(interagency.audit(real("nepal"))), tmp_path))
    told = mcids(reader.trailer["/Root"]["/StructTreeRoot"])
    marked = 0
    for page in reader.pages:
        within: list[bool] = []
        for operands, operator in pypdf.generic.ContentStream(page["/Contents"], reader).operations:
            if operator in (b"BDC", b"BMC"):
                about = operands[1] if len(operands) > 1 else {}
                marked += "/MCID" in about
                within.append(operands[0] == "/Artifact" or "/MCID" in about)
            elif operator == b"EMC":
                within.pop()
            elif operator in PAINTS:
                assert any(within), (operator, operands)
        assert within == []
    assert marked == told > 20


def mcids(element: object) -> int:
    """How many marked pieces of the pages stand under an element of the structure."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return sum(map(mcids, element))
    if isinstance(element, dict):
        return int("/MCID" in element) + (mcids(element["/K"]) if "/K" in element else 0)
    return int(isinstance(element, int))
