"""Pictures by other programs are measured as our own are: what is planted in them is found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import chromium
import pytest
from commandline import ROOT
from plans import REAL, real
from programs import needs

sys.path.insert(0, str(ROOT))

from interagency.charts import draw, theme
from interagency.charts.checker import Figures, check
from interagency.charts.emit.svg import svg
from interagency.charts.scene import Item, Polyline, Rect, Scene, Text
from interagency.charts.strokes import text_box, words
from tests.benchmarks.peers.survey import Roles, as_it_is, on_paper, page_use, surveyed

pytestmark = [pytest.mark.browser, needs("chromium")]
ROLES = Roles(box="rect.box", arrow="path.arrow", owner="g.node", lifeline="line.life")
LaidOut = Callable[[str], Scene]
Found = Callable[[str], Figures]
BOX = '<g class="node"><rect class="box" x="150" y="80" width="100" height="40" fill="#eee"/></g>'
LABEL = '<text x="20" y="40" font-size="16">a label</text>'
LINE = '<path class="arrow" id="one" d="M 0 20 H 300" stroke="black" fill="none"/>'


@pytest.fixture(scope="module")
def browser() -> Iterator[chromium.Page]:
    with chromium.page() as page:
        yield page


def drawn(body: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">{body}</svg>'


@pytest.fixture
def laid_out(browser: chromium.Page, tmp_path: Path) -> LaidOut:
    return lambda body: on_paper(surveyed(browser, drawn(body), ROLES, tmp_path))


@pytest.fixture
def found(laid_out: LaidOut) -> Found:
    return lambda body: check(laid_out(body), text_box)


# --- our own pages, through the same door -----------------------------------------------------


def read_back(page: Scene, browser: chromium.Page, folder: Path) -> Figures:
    items = as_it_is(surveyed(browser, svg(page), Roles(), folder))
    return check(replace(page, items=items), text_box)


def counts(figures: Figures) -> list[int]:
    lists = (
        figures.overflow, figures.words_on_words, figures.words_on_lines, figures.crossings,
        figures.near_lines, figures.lines_in_boxes, figures.words_on_boxes,
        figures.numbers_on_lines,
    )  # fmt: skip
    return [len(faults) for faults in lists]


@pytest.mark.parametrize("view", ["ladder", "lanes"])
@pytest.mark.parametrize("name", REAL)
def test_our_pages_have_the_same_figures_from_their_svg(
    name: str, view: str, browser: chromium.Page, tmp_path: Path
) -> None:
    for page in draw(real(name), view=view).pages:
        own, seen = check(page), read_back(page, browser, tmp_path)
        assert counts(seen) == counts(own)
        assert seen.smallest == pytest.approx(own.smallest, abs=0.01)
        assert seen.contrast == pytest.approx(own.contrast, abs=0.05)


def planted(page: Scene) -> list[Item]:
    """One fault of each kind, on a page of the ladder."""
    arrow = next(i for i in page.items if isinstance(i, Polyline) and i.role == "arrow")
    (x, y), *_, (end, _) = arrow.points
    label = next(item for item in page.texts() if item.role == "label")
    middle = (x + end) / 2
    upright = ((middle, y - 20), (middle, y + 20))
    return [
        Polyline(points=upright, stroke=theme.INK, role="arrow", id="across"),
        replace(arrow, points=tuple((x, y + 1) for x, y in arrow.points), id="beside"),
        replace(label, x=label.x + 3, room=None),
        words(page.width - 40, 300, "far too long", 9),
        words(100, 570, "small", 5),
        words(300, 570, "pale", 7, fill="#BBBBBB"),
        words(x + 30, y + 2, "on the line", 7),
        Rect(x=middle - 5, y=y - 5, width=10, height=10, fill="#FFFFFF", role="box", id="in"),
    ]


def test_what_is_planted_in_our_pages_is_found_in_their_svg_as_well(
    browser: chromium.Page, tmp_path: Path
) -> None:
    clean = draw(real("thailand"), view="ladder").pages[0]
    page = replace(clean, items=(*clean.items, *planted(clean)))
    own, seen = check(page), read_back(page, browser, tmp_path)
    assert counts(seen) == counts(own)
    assert all(counts(own)[:6])
    assert seen.smallest == pytest.approx(5, abs=0.01)
    assert seen.contrast == pytest.approx(own.contrast, abs=0.05)


def test_widths_are_those_that_we_measure(browser: chromium.Page, tmp_path: Path) -> None:
    page = draw(real("thailand"), view="ladder").pages[0]
    items = as_it_is(surveyed(browser, svg(page), Roles(), tmp_path))
    seen = [item for item in items if isinstance(item, Text)]
    for own, other in zip(page.texts(), seen, strict=True):
        assert other.width == pytest.approx(own.width, abs=0.5)


# --- pictures of other programs ---------------------------------------------------------------


def test_a_clean_picture_has_no_fault(found: Found) -> None:
    assert found(BOX + LABEL + LINE).faults == ()


def test_curves_that_cross_are_one_crossing(found: Found) -> None:
    other = (
        '<path class="arrow" id="two" d="M 0 0 C 100 0 100 60 200 60" stroke="red" fill="none"/>'
    )
    assert len(found(LINE + other).crossings) == 1


def test_a_line_that_is_begun_anew_is_not_drawn_between(found: Found) -> None:
    other = '<path class="arrow" id="two" d="M 50 0 V 10 M 50 50 V 90" stroke="red" fill="none"/>'
    assert not found(LINE + other).crossings


def test_a_line_through_a_box_is_found_where_the_box_was_moved_to(found: Found) -> None:
    moved = f'<g transform="translate(-100,-80) scale(1)">{BOX}</g>'
    assert not found(BOX + LINE).lines_in_boxes
    assert len(found(moved + LINE).lines_in_boxes) == 1


def test_words_are_on_a_line_unless_they_have_a_ground_or_the_line_is_cut(found: Found) -> None:
    label = '<text x="20" y="25" font-size="16">a label</text>'
    ground = '<rect x="10" y="5" width="80" height="30" fill="white"/>'
    hole = '<rect x="10" y="5" width="80" height="30" fill="black"/>'
    mask = f'<mask id="m"><rect width="400" height="300" fill="white"/>{hole}</mask>'
    cut = LINE.replace("stroke=", 'mask="url(#m)" stroke=')
    assert found(LINE + label).words_on_lines
    assert not found(LINE + ground + label).words_on_lines
    assert not found(mask + cut + label).words_on_lines
    faint = ground.replace("fill=", 'fill-opacity="0.2" fill=')
    assert found(LINE + faint + label).words_on_lines


def test_words_of_html_are_read_line_by_line_with_their_ground(laid_out: LaidOut) -> None:
    html = (
        '<foreignObject x="20" y="10" width="90" height="60"><div xmlns="http://www.w3.org/1999/'
        'xhtml" style="font-size:16px;background:{};color:#333"><p style="margin:0">two<br/>lines'
        "</p></div></foreignObject>"
    )
    for ground, faults in (("rgba(250,250,250,0.8)", 0), ("transparent", 1)):
        page = laid_out(LINE + html.format(ground))
        assert [text.text for text in page.texts()] == ["two", "lines"]
        assert len(check(page, text_box).words_on_lines) == faults


def test_words_that_leave_their_box_or_stand_on_another_are_found(found: Found) -> None:
    long = '<text x="155" y="105" font-size="16">words that are too long for it</text>'
    assert found(BOX.replace("</g>", f"{long}</g>")).overflow
    assert found(BOX + long).words_on_boxes


def test_type_is_as_large_as_it_is_printed(laid_out: LaidOut) -> None:
    """Sixteen pixels are twelve points; a picture twice as wide as the page halves them."""
    room = (theme.A4.width - 2 * theme.A4.margin) / 0.75
    small = laid_out(LABEL + f'<path class="arrow" d="M 0 90 H {room / 2}" stroke="black"/>')
    large = laid_out(LABEL + f'<path class="arrow" d="M 0 90 H {room * 2}" stroke="black"/>')
    assert check(small, text_box).smallest == pytest.approx(12)
    assert check(large, text_box).smallest == pytest.approx(6, abs=0.01)
    assert {small.width, small.height} == {theme.A4.width, theme.A4.height}


def test_a_tall_picture_stands_upright(laid_out: LaidOut) -> None:
    page = laid_out(LABEL + '<path class="arrow" d="M 0 0 V 3000" stroke="black"/>')
    assert page.width < page.height


def test_what_cannot_be_seen_is_not_there(laid_out: LaidOut) -> None:
    unseen = (
        '<g opacity="0"><text x="9" y="9">a</text></g><text display="none">b</text>'
        '<defs><path class="arrow" d="M 0 0 H 9" stroke="black"/></defs>'
        '<path class="arrow" d="M 0 0 H 9" stroke="black" stroke-opacity="0" fill="none"/>'
    )
    assert len(laid_out(LABEL + unseen).items) == 1


def test_pale_words_are_measured_in_the_colour_they_have(found: Found) -> None:
    pale = LABEL.replace("<text", '<text fill="#000" fill-opacity="0.3"')
    assert found(pale).contrast < 3
    inner = '<text x="20" y="40" fill="#eee"><tspan fill="#000">dark</tspan></text>'
    assert found(inner).contrast > 20


def test_life_lines_cross_nothing_but_words(found: Found) -> None:
    life = '<line class="life" x1="50" y1="0" x2="50" y2="200" stroke="grey"/>'
    figures = found(LINE + LABEL + life)
    assert not figures.crossings
    assert figures.words_on_lines


def test_the_use_of_a_page_grows_with_what_stands_on_it(laid_out: LaidOut) -> None:
    assert 0 < page_use(laid_out(LABEL)) < page_use(laid_out(LABEL + LINE)) < 1
