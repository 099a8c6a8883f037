"""The page of HTML: that it says all, lets nothing in, asks for nothing, and does what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import chromium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import REAL, chain, finding, invented, plan_of, real
from programs import needs

import interagency
from interagency.charts import VIEWS, Chart, draw
from interagency.charts.emit.markup import tag
from interagency.charts.ladder_rows import Kind
from interagency.graph import PlanGraph

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload="alert(1)">',
    "' onmouseover='alert(1)",
    "]]> <!-- --> &amp; &#0;",
    "javascript:alert(1)",
)


class Seen(HTMLParser):
    """What a parser finds: every element with its attributes, and what can be read."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, {key: value or "" for key, value in attributes}))
        self._within.append(name)

    def handle_endtag(self, name: str) -> None:
        while name in self._within and self._within.pop() != name:
            pass

    def handle_data(self, words: str) -> None:
        if not {"script", "style"} & set(self._within[-1:]):
            self.words.append(words)

    def rows(self) -> dict[str, dict[str, str]]:
        """The attributes of every handoff's row, by its id."""
        found = [attributes for _, attributes in self.elements if "data-row" in attributes]
        return {attributes["data-row"]: attributes for attributes in found}

    def values(self, key: str) -> list[str]:
        return [attributes[key] for _, attributes in self.elements if key in attributes]


def body_of(text: str) -> str:
    return text[text.index("<body>") : text.index("<script>")]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def flow() -> PlanGraph:
    """A plan with everything that a page can narrow."""
    return plan_of(
        [
            {"id": "hotline", "name": "Hotline", "sector": "hotline"},
            {"id": "police", "name": "Police", "sector": "law_enforcement"},
            {"id": "shelter", "name": "Shelter for women", "accepts": ["women"]},
            {"id": "court", "name": "Cour d'appel"},
        ],
        [
            {"id": "call", "from": "hotline", "to": "police", "pillars": ["protect"],
             "kind": "notification", "what": "report of a case", "trigger": "a call comes in",
             "conditions": ["consent_given"], "needs": ["written_record"], "basis": "Act s7",
             "within": {"max": "PT24H", "wording": "within 24 hours"}, "form": "Form 7",
             "note": "A note on it."},
            {"id": "house", "from": "police", "to": "shelter", "pillars": ["protect"],
             "kind": "referral", "stage": "assistance", "status": "informal"},
            {"id": "charge", "from": "police", "to": "court", "kind": "charge",
             "pillars": ["prosecute", "protect"], "only_for": ["men"], "what": "dossier"},
            {"id": "lost", "from": "court", "to": "shelter", "pillars": ["protect"],
             "kind": "decision", "status": "missing", "what": "order"},
        ],
    )  # fmt: skip


FINDINGS = (
    finding("G01", agencies=["hotline"], expected=[("shelter", "police")]),
    finding("G02", question=True, handoffs=["call"]),
    finding("G03", question=True, expected=[("hotline", "court")]),
)


@pytest.fixture(scope="module")
def chart() -> Chart:
    return draw(flow(), FINDINGS)


@pytest.fixture(scope="module")
def seen(chart: Chart) -> Seen:
    return Seen(chart.html())


# --- what it says --------------------------------------------------------------------------------


def test_the_table_says_all_that_is_known_of_a_handoff(seen: Seen) -> None:
    text = squeezed(" ".join(seen.words))
    for words in (
        "report of a case", "Kind: notification", "Trigger: a call comes in",
        "Conditions: consent given", "Needs: written record", "Basis: Act s7", "within 24 hours",
        "Form: Form 7", "Note: A note on it.", "Status: in force", "Status: informal",
        "Only for: men", "Prosecute, Protect", "Cour d'appel",
    ):  # fmt: skip
        assert words in text


def test_every_row_of_the_picture_is_a_row_of_the_table_with_its_number(chart: Chart) -> None:
    rows = Seen(chart.html()).rows()
    drawn = {i.id for scene in chart.pages for i in scene.items if i.role == "arrow"}
    assert rows.keys() == drawn
    assert [entry.number for entry in chart.register.entries] == ["1", "!", "?", "2", "!", "3"]
    assert rows["lost"]["data-kind"] == Kind.GAP
    assert rows["question:hotline:court"]["data-said"].startswith("?. Not stated: Hotline to Cour")


@pytest.mark.parametrize(
    ("name", "view"), [*((name, "ladder") for name in REAL), *(("thailand", v) for v in VIEWS)]
)
def test_every_word_of_a_real_chart_stands_outside_the_picture_too(name: str, view: str) -> None:
    """Titles of panels and keys are the picture's own; all else must be told in words."""
    chart = interagency.chart(interagency.audit(real(name)), view=view)
    text = body_of(chart.html())
    seen = Seen(re.sub(r"<svg .*?</svg>", "", text, flags=re.DOTALL))
    told = squeezed("".join(seen.words)).lower()
    addresses = seen.values("href")
    items = [item for scene in chart.pages for item in scene.items]
    drawn = {item.id for item in items if item.role in ("arrow", "badge") and item.id}
    assert drawn <= set(seen.rows())  # the table holds what is too much for the picture as well
    assert [entry.id for entry in chart.register.entries if entry.page] == [
        entry.id for entry in chart.register.entries if entry.id in drawn
    ]
    for entry in chart.register.entries:
        for words in (entry.from_name, entry.to_name, entry.what, entry.limit, entry.stage):
            assert squeezed(words).lower() in told
    for remark in chart.register.remarks:
        assert squeezed(remark.message).lower() in told
        assert squeezed(remark.mend).lower() in told
    for source in chart.register.sources:
        assert squeezed(source.title).lower() in told
        assert source.url is None or source.url in addresses


def test_a_finding_lights_what_it_is_about(seen: Seen) -> None:
    found = {a["data-finding"]: a for _, a in seen.elements if "data-finding" in a}
    assert [a["data-rows"] for a in found.values()] == [
        "gap:shelter:police", "call", "question:hotline:court"
    ]  # fmt: skip
    assert found["G01:hotline"]["data-agencies"] == "hotline"


def test_groups_are_those_of_the_plan_and_wider_ones_count() -> None:
    chart = draw(flow())
    assert [group.value for group in chart.register.groups] == ["women", "men"]
    rows = Seen(chart.html()).rows()
    assert rows["call"]["data-groups"] == "women men"
    assert rows["house"]["data-groups"] == "women"
    assert rows["charge"]["data-groups"] == "men"


def test_every_reference_leads_somewhere_and_no_id_is_twice(chart: Chart) -> None:
    for text in (chart.html(), interagency.chart(interagency.audit(real("bulgaria"))).html()):
        seen = Seen(text)
        ids = seen.values("id")
        assert len(ids) == len(set(ids))
        goals = {href[1:] for href in seen.values("href") if href.startswith("#")}
        goals |= {an_id for ids in seen.values("aria-labelledby") for an_id in ids.split()}
        assert goals <= set(ids)


def test_the_page_says_its_language_and_direction() -> None:
    text = draw(chain("الشرطة الوطنية", "المحكمة", language="fa")).html()
    assert '<html lang="fa" dir="rtl">' in text
    assert '<bdi lang="en">Findings</bdi>' in text  # our words stay English, and say so
    assert '<html lang="en" dir="ltr">' in draw(chain("A", "B")).html()
    arabic = draw(chain("الشرطة الوطنية", "المحكمة", language="ar")).html()
    assert "النتائج" in arabic
    assert 'lang="en"' not in arabic


def test_fonts_are_carried_once_for_all_pages(chart: Chart) -> None:
    assert chart.html().count("@font-face") == 2
    assert draw(chain("ตำรวจ", "DSI")).html().count("@font-face") == 4


# --- what it lets in -----------------------------------------------------------------------------


def assert_tame(text: str) -> None:
    """Our own two blocks, no handler, no way out but http and places in the page."""
    seen = Seen(text)
    names = [name for name, _ in seen.elements]
    assert names.count("script") == names.count("style") == 1
    assert not {"img", "iframe", "object", "embed", "link", "base", "image", "use"} & set(names)
    for _, attributes in seen.elements:
        assert not [key for key in attributes if key.startswith("on") or key == "style"]
        for key in ("href", "src", "action"):
            assert re.match(r"#|https?://|$", attributes.get(key, ""))


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_a_name_becomes_markup(name: str) -> None:
    told = finding("G01", agencies=["a0"], expected=[("a1", "a0")])
    graph = chain(name, f"{name} too", title=name)
    chart = draw(graph, (told,), title=name)
    text = chart.html()
    assert_tame(text)
    assert squeezed(name) in squeezed(" ".join(Seen(text).words))


@given(st.text(max_size=50), st.text(max_size=50))
def test_any_text_and_any_value_come_out_as_they_went_in(text: str, value: str) -> None:
    seen = Seen(tag("p", text, tag("b", text), title=value))
    assert [name for name, _ in seen.elements] == ["p", "b"]
    assert "<" not in tag("p", text)[3:-4]
    assert '"' not in tag("p", title=value).split('"')[1]


@pytest.mark.parametrize("seed", range(2))
def test_a_plan_drawn_by_lot_is_tame(seed: int) -> None:
    chart = draw(invented(12, 30, seed))
    assert_tame(chart.html())


def test_the_policy_lets_only_this_style_and_this_script_count(chart: Chart) -> None:
    text = chart.html()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    for name in ("style", "script"):
        (block,) = re.findall(f"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = b64encode(sha256(block.encode()).digest()).decode()
        assert f"{name}-src &#x27;sha256-{digest}&#x27;" in policy
    assert "default-src &#x27;none&#x27;" in policy
    assert "unsafe" not in policy
    addresses = set(re.findall(r"url\((\w+:[^,;]*)", text))
    assert addresses == {"data:font/woff2"}


def test_the_same_plan_gives_the_same_page_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, interagency as i\n"
        "c = i.chart(i.audit(i.load('thailand')))\n"
        "print(hashlib.sha256(c.html().encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "77")
    }
    assert len(digests) == 1


def test_it_is_saved_whole(chart: Chart, tmp_path: Path) -> None:
    assert chart.save(tmp_path / "a.html") == (tmp_path / "a.html",)
    assert (tmp_path / "a.html").read_text("utf-8") == chart.html()


# --- what it does, in a browser ------------------------------------------------------------------


in_a_browser = needs("chromium")


@pytest.fixture
def opened(browser: chromium.Page, chart: Chart, tmp_path: Path) -> chromium.Page:
    (path,) = chart.save(tmp_path / "a.html")
    browser.open(path)
    return browser


def shown(page: chromium.Page) -> list[str]:
    """The ids of the rows that can be seen."""
    return list(
        page.tell(
            "[...document.querySelectorAll('tr[data-row]')].filter(r => r.offsetParent)"
            ".map(r => r.dataset.row)"
        )
    )


def lit(page: chromium.Page, within: str) -> set[str]:
    """The ids of what is lit."""
    script = (
        f"[...document.querySelectorAll('{within} .on')]"
        ".map(e => e.dataset.id || e.dataset.row || e.dataset.agency || e.dataset.finding)"
    )
    return set(page.tell(script))


def point_at(page: chromium.Page, query: str) -> None:
    over = "dispatchEvent(new Event('mouseover', {bubbles: true}))"
    page.tell(f"document.querySelector('{query}').{over}")


def choose(page: chromium.Page, query: str, change: str) -> None:
    page.tell(
        f"(e => {{ e.{change}; e.dispatchEvent(new Event('input', {{bubbles: true}})) }})"
        f"(document.querySelector('{query}'))"
    )


@pytest.mark.browser
@in_a_browser
def test_it_asks_for_nothing_and_complains_of_nothing(
    browser: chromium.Page, tmp_path: Path
) -> None:
    charts = (
        interagency.chart(interagency.audit(real("thailand"))),
        draw(chain("الشرطة الوطنية", "المحكمة", language="ar")),
        draw(chain(*HOSTILE)),
    )
    for number, chart in enumerate(charts):
        (path,) = chart.save(tmp_path / f"{number}.html")
        browser.open(path)
        browser.tell("document.fonts.ready.then(() => 0)")
        outward = [url for url in browser.requests if not url.startswith("data:font/")]
        assert outward == [path.as_uri()]
        assert browser.console == []
        assert browser.tell("[...document.fonts].some(f => f.status === 'loaded')")


@pytest.mark.browser
@in_a_browser
def test_pillar_kind_group_and_words_narrow_what_is_shown(opened: chromium.Page) -> None:
    every = ["house", "gap:shelter:police", "question:hotline:court", "call", "lost", "charge"]
    assert shown(opened) == every
    choose(opened, "[name=pillar][value=protect]", "checked = false")
    assert shown(opened) == ["charge"]
    told = opened.tell("document.getElementById('count').textContent")
    assert told == "Shown: 1 of 3 handoffs, 0 of 2 missing, 0 of 1 not stated, 0 of 3 findings."
    off = "[...document.querySelectorAll('.sheet .off')].map(e => e.dataset.id)"
    assert set(opened.tell(off)) == set(every) - {"charge"}
    choose(opened, "[name=pillar][value=protect]", "checked = true")
    choose(opened, "[name=kind][value=handoff]", "checked = false")
    assert shown(opened) == [*every[1:3], every[4]]
    choose(opened, "[name=kind][value=handoff]", "checked = true")
    choose(opened, "[name=group]", "value = 'men'")
    assert "house" not in shown(opened)
    assert "charge" in shown(opened)
    choose(opened, "[name=group]", "value = ''")
    choose(opened, "[name=words]", "value = 'DOSSIER police'")
    assert shown(opened) == ["charge"]
    opened.tell("new Promise(r => { document.forms[0].reset(); setTimeout(r, 50) })")
    assert shown(opened) == every


@pytest.mark.browser
@in_a_browser
def test_what_is_pointed_at_is_lit(opened: chromium.Page) -> None:
    point_at(opened, ".sheet [data-role=arrow][data-id=call]")
    assert lit(opened, ".sheet") == {"call", "hotline", "police"}
    assert lit(opened, "table") == {"call", "hotline", "police"}
    assert "report of a case" in opened.tell("document.getElementById('said').textContent")
    point_at(opened, ".sheet [data-role=agency][data-id=police]")
    load = {"call", "house", "charge", "gap:shelter:police"}
    assert lit(opened, ".sheet") == {"police", "hotline", "shelter", "court", *load}
    assert lit(opened, "#handoffs") == load
    opened.tell("document.querySelector('tr[data-row=house] a').focus()")
    assert lit(opened, "#handoffs") == {"house"}
    point_at(opened, "li[data-finding]")
    assert lit(opened, "#handoffs") == {"gap:shelter:police"}
    assert lit(opened, "#agencies") == {"hotline", "shelter", "police"}
    point_at(opened, "h1")
    assert lit(opened, "body") == set()


@pytest.mark.browser
@in_a_browser
def test_who_is_pointed_at_is_told_with_the_numbers_of_what_it_hands_on(
    opened: chromium.Page,
) -> None:
    point_at(opened, "tr[data-agency=police]")
    told = opened.tell("document.getElementById('said').textContent")
    assert re.search(r": hands on 2 \(\d+, \d+\), receives 1 \(\d+\)\.$", told), told
    point_at(opened, "tr[data-agency=court]")
    assert "hands on 0, receives" in opened.tell("document.getElementById('said').textContent")


@pytest.mark.browser
@in_a_browser
def test_narrowing_forgets_what_was_lit_and_leaves_out_pages_without_anything(
    browser: chromium.Page, tmp_path: Path
) -> None:
    chart = interagency.chart(interagency.audit(real("bulgaria")))
    (path,) = chart.save(tmp_path / "a.html")
    browser.open(path)
    seen = "[...document.querySelectorAll('figure')].filter(f => f.offsetParent).map(f => f.id)"
    every = browser.tell(seen)
    assert len(every) == len(chart.pages) > 1
    browser.tell("document.querySelector('tr[data-agency]').click()")
    assert lit(browser, "body")
    for pillar in ("prevent", "protect"):
        choose(browser, f"[name=pillar][value={pillar}]", "checked = false")
    assert lit(browser, "body") == set()
    left = shown(browser)
    holders = {f"page-{e.page}" for e in chart.register.entries if e.page and e.id in left}
    assert holders <= set(browser.tell(seen)) < set(every)
    choose(browser, "[name=words]", "value = 'no such word'")
    assert browser.tell(seen) == every


@pytest.mark.browser
@in_a_browser
def test_pictures_are_dark_where_the_screen_is_and_never_on_paper(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    (path,) = chart.save(tmp_path / "a.html")
    look = "getComputedStyle(document.querySelector('.sheet svg')).filter"
    for scheme, media, turned in (
        ("light", "screen", False), ("dark", "screen", True), ("dark", "print", False),
    ):  # fmt: skip
        browser.open(path, scheme=scheme, media=media)
        assert ("invert" in browser.tell(look)) == turned


@pytest.mark.browser
@in_a_browser
def test_a_picture_is_as_wide_as_the_window_and_grows_by_hand_and_by_key(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    (path,) = chart.save(tmp_path / "a.html")
    browser.open(path, width=1200)
    width = "document.querySelector('.sheet svg').getBoundingClientRect().width"
    fit = browser.tell(width)
    assert fit > 0.9 * 1200
    browser.tell("document.querySelector('[data-zoom=in]').click()")
    assert browser.tell(width) == pytest.approx(1.25 * fit, rel=0.02)
    press = "(k => document.querySelector('.sheet').dispatchEvent(" + (
        "new KeyboardEvent('keydown', {key: k, bubbles: true})))"
    )
    browser.tell(f"{press}('+')")
    assert browser.tell("document.getElementById('zoom').textContent") == "150 %"
    assert browser.tell("document.documentElement.scrollWidth") <= 1200
    browser.tell(f"{press}('0')")
    assert browser.tell(width) == fit


@pytest.mark.browser
@in_a_browser
def test_findings_stand_under_the_picture_until_there_is_room_beside_it(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    (path,) = chart.save(tmp_path / "a.html")
    beside = (
        "document.getElementById('findings').getBoundingClientRect().top <"
        " document.getElementById('pictures').getBoundingClientRect().bottom"
    )
    browser.open(path, width=1200)
    assert not browser.tell(beside)
    choose(browser, "[name=beside]", "checked = true")
    assert browser.tell(beside)
    browser.open(path, width=1920)
    assert browser.tell(beside)


@pytest.mark.browser
@in_a_browser
def test_a_number_in_the_table_leads_to_its_arrow(opened: chromium.Page) -> None:
    opened.tell("document.querySelector('tr[data-row=call] a').click()")
    assert lit(opened, "#handoffs") == {"call"}
    arrow = "document.querySelector('.sheet [data-role=arrow][data-id=call]')"
    seen = f"(b => b.top >= 0 && b.bottom <= innerHeight)({arrow}.getBoundingClientRect())"
    assert opened.tell(seen)
    assert opened.tell("document.activeElement.className") == "sheet"


@pytest.mark.browser
@in_a_browser
def test_without_javascript_everything_is_there(
    browser: chromium.Page, chart: Chart, tmp_path: Path
) -> None:
    (path,) = chart.save(tmp_path / "a.html")
    browser.open(path, script=False)
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert len(shown(browser)) == len(chart.register.entries)
    assert browser.tell("document.forms[0].offsetParent === null")
    assert browser.tell("document.querySelectorAll('.sheet svg').length") == len(chart.pages)


@pytest.mark.browser
@in_a_browser
@pytest.mark.parametrize("width", [320, 360, 1200])
def test_nothing_stands_out_of_a_window(browser: chromium.Page, width: int, tmp_path: Path) -> None:
    long = draw(chain("A" * 90, "ก" * 80, "https://example.org/" + "x" * 60))
    for number, chart in enumerate((long, interagency.chart(interagency.audit(real("nepal"))))):
        (path,) = chart.save(tmp_path / f"{number}.html")
        browser.open(path, width=width)
        root = "document.documentElement"
        assert browser.tell(f"{root}.scrollWidth <= {root}.clientWidth")
