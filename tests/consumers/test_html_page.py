"""The HTML page in Chromium: every view, every width, by keyboard, in print, before axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from plans import chain, real
from programs import INSTALLED, needs, run
from read_back import squeezed

import interagency
from interagency.charts import VIEWS, Chart, draw

pytestmark = [pytest.mark.browser, needs("chromium")]
TAB, SPACE = ("Tab", 9), (" ", 32, " ")


def audited(view: str = "ladder") -> Chart:
    return interagency.chart(interagency.audit(real("thailand")), view=view)


def saved(chart: Chart, folder: Path) -> Path:
    (path,) = chart.save(folder / "page.html")
    return path


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_asks_for_nothing_and_stays_within_the_window(
    browser: chromium.Page, view: str, tmp_path: Path
) -> None:
    path = saved(audited(view), tmp_path)
    for width in (320, 1200, 1920):
        browser.open(path, width=width)
        browser.tell("document.fonts.ready.then(() => 0)")
        outward = [url for url in browser.requests if not url.startswith("data:font/")]
        assert outward == [path.as_uri()]
        assert browser.console == []
        root = "document.documentElement"
        assert browser.tell(f"{root}.scrollWidth - {root}.clientWidth") <= 0, width


def violations(page: chromium.Page) -> list[str]:
    page.tell((INSTALLED / "axe-core" / "axe.min.js").read_text("utf-8") + "; 0")
    found: list[str] = page.tell(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    return found


@needs(modules=["axe-core"])
@pytest.mark.parametrize(
    ("width", "scheme", "media"),
    [
        (320, "light", "screen"),
        (1200, "light", "screen"),
        (1200, "light", "print"),
        (1920, "dark", "screen"),
    ],
)
def test_axe_finds_nothing(
    browser: chromium.Page, width: int, scheme: str, media: str, tmp_path: Path
) -> None:
    for chart in (audited(), draw(chain("الشرطة الوطنية", "المحكمة", language="ar"))):
        browser.open(saved(chart, tmp_path), width=width, scheme=scheme, media=media)
        assert violations(browser) == []


@needs(modules=["axe-core"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_in_any_view(browser: chromium.Page, view: str, tmp_path: Path) -> None:
    browser.open(saved(audited(view), tmp_path))
    assert violations(browser) == []


@needs(modules=["axe-core"])
def test_axe_would_find_something(browser: chromium.Page, tmp_path: Path) -> None:
    browser.open(saved(audited(), tmp_path))
    browser.tell("document.body.append(document.createElement('button')); 0")
    browser.tell("document.documentElement.removeAttribute('lang'); 0")
    assert [line.split(":")[0] for line in violations(browser)] == ["button-name", "html-has-lang"]


FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]"
NOW = """(e => e === document.body ? null : [
    [...document.querySelectorAll(query)].indexOf(e),
    getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) > 1,
    (b => b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth)
        (e.getBoundingClientRect()),
])(document.activeElement)"""


@pytest.fixture
def at_the_keyboard() -> Iterator[chromium.Page]:
    """A page in a browser of its own: to leave it by Tab takes the focus from every later one."""
    with chromium.page() as page:
        yield page


def test_the_keyboard_comes_everywhere_and_out_again(
    at_the_keyboard: chromium.Page, tmp_path: Path
) -> None:
    page = at_the_keyboard
    page.open(saved(audited(), tmp_path))
    page.tell(f"globalThis.query = '{FOCUSABLE}'; 0")
    open_to_all = set(
        page.tell(
            "[...document.querySelectorAll(query)].map((e, i) => "
            "e.checkVisibility() && !e.disabled && e.tabIndex >= 0 ? i : -1).filter(i => i >= 0)"
        )
    )
    order: list[int] = []
    while len(order) <= len(open_to_all):
        page.press(*TAB)
        stop = page.tell(NOW)
        if stop is None:  # past the last, and out of the page
            break
        where, marked, in_sight = stop
        assert marked, f"no mark of focus on element {where}"
        assert in_sight, f"element {where} has focus and is out of sight"
        order.append(where)
    assert set(order) == open_to_all
    assert order == sorted(order)


def test_the_space_bar_takes_a_pillar_out(at_the_keyboard: chromium.Page, tmp_path: Path) -> None:
    page = at_the_keyboard
    page.open(saved(audited(), tmp_path))
    rows = "[...document.querySelectorAll('tr[data-row]')].filter(r => r.offsetParent).length"
    every = page.tell(rows)
    page.tell("document.querySelector('[name=pillar][value=protect]').focus()")
    page.press(*SPACE)
    fewer = page.tell(rows)
    assert 0 < fewer < every
    page.press(*SPACE)
    assert page.tell(rows) == every


@needs("pdfinfo")
def test_print_has_every_name_and_every_handoff(browser: chromium.Page, tmp_path: Path) -> None:
    graph = real("thailand")
    browser.open(saved(audited(), tmp_path), media="print")
    (tmp_path / "printed.pdf").write_bytes(browser.printed())
    told = squeezed(run("pdftotext", "-raw", tmp_path / "printed.pdf", "-").decode())
    for agency in graph.agencies:
        assert squeezed(agency.name) in told
    for handoff in graph.handoffs:
        assert squeezed(handoff.what or "") in told
