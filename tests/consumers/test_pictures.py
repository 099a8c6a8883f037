"""SVG, PDF and PNG before programs that draw them: every one shows the same page."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import chromium
import office
import pytest
from pictures import apart, by_chromium, by_librsvg, by_resvg, of_pdf
from PIL import Image
from plans import chain, real
from programs import needs, run
from read_back import squeezed

import interagency
from interagency.charts import VIEWS, Chart, draw

pytest.importorskip("typst")
SAME = 18
"""As far as two programs may lie apart, of 255. Measured: at most 14; a line of words that is
absent, or stands 4 points lower, makes 19 and more."""
MANY_SCRIPTS = ("กรมสอบสวนคดีพิเศษ", "الشرطة الوطنية", "ក្រសួងមហាផ្ទៃ", "Bộ Công an", "পুলিশ", "လူမှု")


def audited(view: str) -> Chart:
    return interagency.chart(interagency.audit(real("thailand")), view=view)


CHARTS = {**dict.fromkeys(VIEWS, audited), "scripts": lambda _: draw(chain(*MANY_SCRIPTS))}


@pytest.fixture(scope="module", params=["ladder", "map", "scripts"])
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param](request.param)


def without(label: re.Match[str], svg: str) -> str:
    return svg[: label.start()] + svg[label.end() :]


def lower(label: re.Match[str], svg: str) -> str:
    moved = label[0].replace("<path ", '<path transform="translate(0 4)" ', 1)
    return svg[: label.start()] + moved + svg[label.end() :]


def labels(svg: str) -> list[re.Match[str]]:
    """The outlined lines of words in a picture that are longer than a number."""
    return list(re.finditer(r'<path [^>]*aria-label="[^"]{4,}"[^>]*/>', svg))


def test_a_line_that_is_absent_or_moved_is_seen() -> None:
    pytest.importorskip("resvg_py")
    svg = audited("ladder").svg(1, kind="office")
    whole = by_resvg(svg)
    for label in labels(svg)[::30]:
        assert apart(whole, by_resvg(without(label, svg))) > SAME, label[0][-60:]
        assert apart(whole, by_resvg(lower(label, svg))) > SAME, label[0][-60:]


FAULTS = {"without": without, "lower": lower}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report of every chart, and of faulty ladders, as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("reports")
    charts = {name: made(name) for name, made in CHARTS.items()}
    pictures = {name: chart.svg(1, kind="office") for name, chart in charts.items()}
    ladder = pictures["ladder"]
    faulty = {name: fault(labels(ladder)[20], ladder) for name, fault in FAULTS.items()}
    for name, svg in (pictures | faulty).items():
        scene = charts.get(name, charts["ladder"]).pages[0]
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        (folder / f"{name}.fodt").write_text(office.report(scene, svg), encoding="utf-8")
    office.as_pdf(sorted(folder.glob("*.fodt")), folder / "home")
    return folder


@pytest.mark.browser
@needs("chromium", "lowriter", "pdfinfo")
@pytest.mark.parametrize("name", CHARTS)
def test_libreoffice_shows_the_chart_in_a_report_as_a_browser_does(
    browser: chromium.Page, name: str, reports: Path
) -> None:
    scene = CHARTS[name](name).pages[0]
    assert run("pdfimages", "-list", reports / f"{name}.pdf").count(b"\n") == 2  # heads, no picture
    seen = by_chromium(browser, reports / f"{name}.svg", scene)
    assert apart(seen, of_pdf(reports / f"{name}.pdf")) <= SAME


@pytest.mark.browser
@needs("chromium", "lowriter", "pdfinfo")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen_through_libreoffice_too(
    browser: chromium.Page, fault: str, reports: Path
) -> None:
    seen = by_chromium(browser, reports / "ladder.svg", audited("ladder").pages[0])
    assert apart(seen, of_pdf(reports / f"{fault}.pdf")) > SAME


@pytest.mark.browser
@needs("chromium", "rsvg-convert")
def test_librsvg_and_resvg_show_the_outlined_svg_as_a_browser_does(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    picture = tmp_path / "chart.svg"
    picture.write_text(chart.svg(1, kind="office"), encoding="utf-8")
    seen = by_chromium(browser, picture, chart.pages[0])
    assert apart(seen, by_librsvg(picture)) <= SAME
    pytest.importorskip("resvg_py")
    assert apart(seen, by_resvg(picture.read_text("utf-8"))) <= SAME


@needs("rsvg-convert", "pdfinfo")
@pytest.mark.parametrize("view", VIEWS)
def test_librsvg_sets_every_word_of_a_plain_svg(view: str, tmp_path: Path) -> None:
    chart = audited(view)
    picture, document = tmp_path / "chart.svg", tmp_path / "chart.pdf"
    picture.write_text(chart.svg(1, kind="plain"), encoding="utf-8")
    run("rsvg-convert", "--format", "pdf", "--output", document, picture)
    told = squeezed(run("pdftotext", "-raw", document, "-").decode())
    for line in chart.pages[0].texts():
        assert squeezed(line.text) in told


@needs("pdfinfo")
def test_the_pdf_and_the_png_show_the_same(chart: Chart, tmp_path: Path) -> None:
    (document,) = chart.save(tmp_path / "chart.pdf")
    for number in range(1, len(chart.pages) + 1)[:2]:
        assert apart(of_pdf(document, number), chart.png(number, dpi=192)) <= SAME


@pytest.mark.parametrize("dpi", [72, 150, 300])
def test_pillow_reads_how_large_a_png_is_on_paper(dpi: int) -> None:
    picture = Image.open(io.BytesIO(audited("ladder").png(dpi=dpi)))
    picture.load()
    assert picture.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)
    assert picture.width / picture.info["dpi"][0] * 25.4 == pytest.approx(297, abs=0.5)
    assert picture.getextrema()[-1] == (255, 255) or picture.mode == "RGB"


@pytest.mark.browser
@needs("chromium")
def test_a_browser_lets_words_stand_where_the_page_has_them(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    """With the fonts that the SVG carries: none is absent, none of no width."""
    picture = tmp_path / "chart.svg"
    picture.write_text(chart.svg(1), encoding="utf-8")
    browser.open(picture)
    browser.tell("document.fonts.ready.then(() => 0)")
    assert [url for url in browser.requests if not url.startswith("data:font/")] == [
        picture.as_uri()
    ]
    drawn = ElementTree.parse(picture).getroot().iterfind(".//{*}text")
    shown = browser.tell("[...document.querySelectorAll('text')].map(t => t.textContent)")
    assert shown == ["".join(text.itertext()) for text in drawn]
    assert min(browser.tell(
        "[...document.querySelectorAll('text')].map(t => t.getBoundingClientRect().width)"
    )) > 0  # fmt: skip
