"""The checker must be quiet where nothing is wrong, and must catch what is planted."""

from dataclasses import replace

import pytest
from plans import REAL, finding, invented, real

import interagency
from interagency.charts import theme
from interagency.charts.checker import Figures, check, contrast
from interagency.charts.frame import Edition
from interagency.charts.ladder import ladder
from interagency.charts.scene import Item, Polyline, Rect, Scene, Text
from interagency.charts.strokes import words
from interagency.charts.theme import A4, PAGES


@pytest.fixture(scope="module")
def page() -> Scene:
    return ladder(real("thailand"))[0]


def planted(page: Scene, *items: Item) -> Figures:
    return check(replace(page, items=(*page.items, *items)))


def label(page: Scene) -> Text:
    return next(item for item in page.texts() if item.role == "label")


def arrow(page: Scene) -> Polyline:
    return next(i for i in page.items if isinstance(i, Polyline) and i.role == "arrow")


@pytest.mark.parametrize("paper", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("name", REAL)
def test_the_real_plans_have_no_fault_on_any_paper(name: str, paper: theme.Page) -> None:
    audit = interagency.audit(real(name))
    for scene in ladder(audit.graph, audit.findings, edition=Edition(page=paper)):
        figures = check(scene)
        assert figures.faults == ()
        assert figures.smallest >= 7
        assert figures.contrast >= 4.5


@pytest.mark.parametrize("seed", range(6))
def test_invented_plans_have_no_fault(seed: int) -> None:
    graph = invented(6 + 4 * seed, 12 + 8 * seed, seed)
    ends = [agency.id for agency in graph.agencies]
    findings = [
        finding("G01", expected=[(ends[0], ends[1])]),
        finding("G02", question=True, expected=[(ends[2], ends[3])]),
        *(finding(f"X{n:02}", handoffs=[graph.handoffs[0].id]) for n in range(9)),
        *(finding(f"G{n:02}", agencies=[ends[4]]) for n in range(9)),
    ]
    for scene in ladder(graph, findings):
        assert check(scene).faults == ()


def test_words_moved_onto_others_are_caught(page: Scene) -> None:
    own = label(page)
    assert planted(page, replace(own, x=own.x + 3, room=None)).words_on_words


def test_words_on_an_arrow_are_caught(page: Scene) -> None:
    (x, y), *_ = arrow(page).points
    assert planted(page, words(x + 30, y + 2, "on the line", 7)).words_on_lines


def test_a_line_under_a_plate_is_no_fault_and_one_over_it_is() -> None:
    line = Polyline(points=((0, 17), (90, 17)), stroke=theme.INK, role="lifeline")
    cover = Rect(x=5, y=8, width=60, height=16, fill=theme.PAPER, role="plate")
    text = words(10, 20, "Police", 8)
    assert not check(Scene(100, 50, "", "", (line, cover, text))).words_on_lines
    assert check(Scene(100, 50, "", "", (cover, line, text))).words_on_lines
    assert check(Scene(100, 50, "", "", (cover, text, line))).words_on_lines


def test_larger_words_leave_their_room_and_are_caught(page: Scene) -> None:
    head = next(item for item in page.texts() if item.role == "agency-name")
    assert planted(page, replace(head, size=30)).overflow


def test_words_over_the_edge_of_the_page_are_caught(page: Scene) -> None:
    assert planted(page, words(page.width - 40, 300, "far too long", 9)).overflow


def test_small_type_is_caught(page: Scene) -> None:
    assert "type of 5.0 pt" in planted(page, words(100, 5, "small", 5)).faults


def test_pale_words_are_caught(page: Scene) -> None:
    pale = words(600, 580, "pale", 7, fill="#BBBBBB")
    assert planted(page, pale).contrast < 4.5


def test_words_paled_by_what_lies_under_them_are_caught(page: Scene) -> None:
    dark = Rect(x=590, y=570, width=60, height=20, fill=theme.INK)
    assert planted(page, dark, words(600, 580, "dark", 7)).contrast < 4.5


def test_a_crossing_is_caught(page: Scene) -> None:
    (x, y), (end, _) = arrow(page).points
    middle = (x + end) / 2
    upright = Polyline(
        points=((middle, y - 20), (middle, y + 20)), stroke=theme.INK, role="arrow", id="new"
    )
    assert planted(page, upright).crossings


def test_two_lines_that_look_like_one_are_caught(page: Scene) -> None:
    own = arrow(page)
    beside = replace(own, points=tuple((x, y + 1) for x, y in own.points), id="new")
    assert planted(page, beside).near_lines


def test_every_colour_of_words_is_legible_on_its_tint() -> None:
    for style in (*theme.PILLARS.values(), theme.MISSING, theme.NOT_STATED):
        assert contrast(style.text, style.tint) >= 4.5
        assert contrast(style.line, theme.PAPER) >= 3.0
    for style in theme.PILLARS.values():
        assert contrast(theme.MUTED, style.tint) >= 4.5
        assert contrast(theme.PAPER, style.text) >= 4.5


def test_the_smallest_type_of_every_page_is_large_enough() -> None:
    assert A4.small >= 7
    assert PAGES["slide"].small >= 12
