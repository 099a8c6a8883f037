"""What a chart of lanes says, and that nothing of a plan is lost on it."""

import itertools
import os
import subprocess
import sys
from collections import Counter
from functools import cache

import pytest
from plans import REAL, finding, invented, plan_of, real

import interagency
from interagency.charts import lanes as lanes_module
from interagency.charts.checker import check
from interagency.charts.frame import Edition
from interagency.charts.ladder_rows import content
from interagency.charts.lanes import lanes
from interagency.charts.lanes_flow import FAMILIES, MOST_LANES, LaneBy
from interagency.charts.lanes_key import letters
from interagency.charts.lanes_pages import MOST_CROSSINGS, MOST_HANDOFFS
from interagency.charts.scene import Circle, Direction, Polyline, Rect, Scene
from interagency.charts.theme import A4, PAGES
from interagency.engine import Finding
from interagency.errors import RenderError
from interagency.graph import PlanGraph
from interagency.model import Plan
from interagency.vocabulary import Sector
from tests.benchmarks.generate import generated_plan

REFERRAL = {
    "from": "police", "to": "shelter", "pillars": ["protect"], "kind": "referral",
    "stage": "assistance", "what": "identified victim",
}  # fmt: skip


def small(*handoffs: dict[str, object], **facts: object) -> PlanGraph:
    return plan_of(
        [
            {"id": "police", "name": "Police", "sector": "law_enforcement",
             "functions": ["victim_identification"], "names": {"th": "ตำรวจ"}},
            {"id": "shelter", "name": "Shelter", "sector": "social_welfare"},
            {"id": "court", "name": "Court", "sector": "judiciary"},
        ],
        handoffs,
        **facts,
    )  # fmt: skip


def words_of(*scenes: Scene, role: str = "") -> list[str]:
    return [t.text for scene in scenes for t in scene.texts() if not role or t.role == role]


def arrows(*scenes: Scene) -> dict[str, Polyline]:
    return {
        i.id: i
        for scene in scenes
        for i in scene.items
        if isinstance(i, Polyline) and i.role == "arrow"
    }


def box(scene: Scene, an_id: str) -> Rect:
    return next(i for i in scene.items if isinstance(i, Rect) and i.id == an_id and i.radius)


@cache
def audited(name: str) -> tuple[PlanGraph, tuple[Finding, ...]]:
    audit = interagency.audit(real(name))
    return audit.graph, tuple(audit.findings)


def test_every_sector_belongs_to_one_family() -> None:
    sectors = [sector for family in FAMILIES.values() for sector in family]
    assert Counter(sectors) == Counter(Sector)


def test_a_small_plan_is_one_page_with_everything_on_it() -> None:
    graph = small({**REFERRAL, "within": {"max": "PT24H"}, "trigger": "consent"})
    (page,) = lanes(
        graph, edition=Edition(title="Our plan", source="Own records", number="Chart 2b")
    )
    shown = words_of(page)
    for text in (
        "Our plan", "Own records", "Chart 2b", "Police", "Shelter", "Protect: assistance",
        "identified victim (24 hours)", "when: consent", "Page 1 of 1",
    ):  # fmt: skip
        assert text in shown
    assert " ".join(words_of(page, role="lane-name")) == "Law enforcement Social welfare"
    assert "Not on this chart because no handoff names them: Court." in words_of(page, role="note")


def test_agencies_stand_in_the_lane_of_their_sector_and_cases_move_right() -> None:
    (page,) = lanes(small(REFERRAL, {**REFERRAL, "from": "shelter", "to": "court"}))
    lane = {i.id: i for i in page.items if isinstance(i, Rect) and i.role == "lane"}
    for agency, name in (("police", "Law enforcement"), ("shelter", "Social welfare")):
        own = box(page, agency)
        assert lane[name].y <= own.y
        assert own.y + own.height <= lane[name].y + lane[name].height
    assert box(page, "police").x < box(page, "shelter").x < box(page, "court").x


def test_an_arrow_leads_from_outline_to_outline() -> None:
    (page,) = lanes(small(REFERRAL))
    points = arrows(page)["police-shelter"].points
    police = box(page, "police")
    on_edge = {police.x, police.x + police.width} & {points[0][0]}
    assert on_edge or points[0][1] in (police.y, police.y + police.height)
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(points))


def test_the_number_on_an_arrow_is_the_number_in_the_key() -> None:
    (page,) = lanes(small(REFERRAL, {**REFERRAL, "id": "other", "to": "court"}))
    for an_id, number in (("police-shelter", "1"), ("other", "2")):
        badges = [t.text for t in page.texts() if t.role == "badge-text" and t.id == an_id]
        assert badges == [number, number]


def test_what_is_missing_is_dashed_and_says_so() -> None:
    gap = {**REFERRAL, "id": "gap", "to": "court", "status": "missing"}
    question = finding("G02", question=True, expected=[("shelter", "court")])
    (page,) = lanes(small(REFERRAL, gap), [question])
    drawn = arrows(page)
    assert drawn["gap"].dash
    assert not drawn["police-shelter"].dash
    assert drawn["question:shelter:court"].dash != drawn["gap"].dash
    assert "MISSING" in words_of(page, role="missing")
    key = " ".join(words_of(page, role="key"))
    assert "MISSING: identified victim" in key
    assert "NOT STATED: the person [G02?]" in key
    signs = [t.text for t in page.texts() if t.role == "badge-text" and t.id == "gap"]
    assert signs == ["A", "A"]


def test_the_person_is_the_start_and_the_end() -> None:
    (page,) = lanes(small({**REFERRAL, "from": "person", "to": "police"}, REFERRAL,
                          {**REFERRAL, "from": "shelter", "to": "person"}))  # fmt: skip
    pills = {i.id: i for i in page.items if isinstance(i, Rect) and i.role == "pill"}
    assert set(pills) == {"person:start", "person:end"}
    assert pills["person:start"].x < pills["person:end"].x


@pytest.mark.parametrize("name", REAL)
def test_the_way_of_a_person_never_ends_left_of_its_start(name: str) -> None:
    for page in lanes(*audited(name)):
        pills = {i.id: i.x for i in page.items if isinstance(i, Rect) and i.role == "pill"}
        for who in ("person", "public"):
            assert pills.get(f"{who}:start", 0) < pills.get(f"{who}:end", page.width)


def test_numbers_on_arrows_side_by_side_stand_clear() -> None:
    # On one of its pages three arrows run between two boxes that are hardly higher than a name.
    graph = PlanGraph(Plan.model_validate(generated_plan(30, seed=11)))
    for page in lanes(graph):
        assert check(page).faults_but_crossings == ()


def test_the_number_of_feedback_stands_clear_of_the_open_tail() -> None:
    told = {**REFERRAL, "id": "told", "from": "shelter", "to": "police", "kind": "feedback"}
    (page,) = lanes(small(REFERRAL, told))
    tail = next(i for i in page.items if i.role == "open-tail")
    assert isinstance(tail, Circle)
    sign = next(
        i for i in page.items if isinstance(i, Rect) and (i.role, i.id) == ("badge", "told")
    )
    clear = (
        sign.x - tail.x, tail.x - sign.x - sign.width,
        sign.y - tail.y, tail.y - sign.y - sign.height,
    )  # fmt: skip
    assert max(clear) > tail.radius


def test_feedback_runs_back_and_has_an_open_tail() -> None:
    told = {**REFERRAL, "id": "told", "from": "shelter", "to": "police", "kind": "feedback",
            "stage": "monitoring"}  # fmt: skip
    (page,) = lanes(small(REFERRAL, told))
    assert box(page, "police").x < box(page, "shelter").x
    assert any(item.role == "open-tail" for item in page.items)


def test_a_decision_is_drawn_only_where_the_plan_has_one() -> None:
    certain = {**REFERRAL, "conditions": ["formal_identification"]}
    other = {**REFERRAL, "id": "other", "to": "court", "conditions": ["case_opened"]}
    (page,) = lanes(small(certain, other))
    assert [i.id for i in page.items if i.role == "decision"] == ["police:decision"]
    assert "yes" in words_of(page, role="yes")
    assert " ".join(words_of(page, role="box-name")).count("Formally identified?") == 1
    for plain in ([certain], [other, REFERRAL]):
        (page,) = lanes(small(*plain))
        assert not [i for i in page.items if i.role == "decision"]


def test_a_handoff_of_two_pillars_stands_once_under_the_first() -> None:
    (page,) = lanes(small({**REFERRAL, "pillars": ["prosecute", "protect"]}))
    assert [i.id for i in page.items if i.role == "pillar"] == ["prosecute"]
    assert len(arrows(page)) == 1
    badges = [i for i in page.items if i.role == "badge" and i.id == "police-shelter"]
    assert len(badges) == 3  # on the arrow, in the key, and for the second P in the key


def test_short_panels_share_a_page() -> None:
    (page,) = lanes(small(REFERRAL, {**REFERRAL, "id": "b", "pillars": ["prosecute"]}))
    heads = [i for i in page.items if i.role == "pillar"]
    assert [head.id for head in heads] == ["protect", "prosecute"]
    assert "Prosecute: assistance" in words_of(page, role="pillar-name")
    assert words_of(page, role="also") == []
    assert check(page).faults == ()


@pytest.mark.parametrize(("paper", "least"), [("a4", 6), ("a4-portrait", 6), ("slide", 2)])
def test_pages_hold_several_handoffs(paper: str, least: int) -> None:
    pages = [
        page for name in REAL for page in lanes(*audited(name), edition=Edition(page=PAGES[paper]))
    ]
    assert sum(len(arrows(page)) for page in pages) >= least * len(pages)


@pytest.mark.parametrize("paper", ["a4", "slide"])
def test_pages_refer_to_one_another(paper: str) -> None:
    pages = lanes(*audited("thailand"), edition=Edition(page=PAGES[paper]))
    on: dict[str, set[int]] = {}
    for number, page in enumerate(pages, 1):
        for item in page.items:
            if item.role in ("box", "pill"):
                on.setdefault(item.id.partition(":")[0], set()).add(number)
    told = 0
    for number, page in enumerate(pages, 1):
        for text in page.texts():
            if text.role == "also" and not text.text.endswith("…"):
                there = numbers_in(text.text.removeprefix("also p. "))
                assert there == on[text.id.partition(":")[0]] - {number}
                told += 1
    assert told > len(pages)


def numbers_in(spans: str) -> set[int]:
    ends = [[int(end) for end in part.split("-")] for part in spans.split(", ")]
    return {number for first, *last in ends for number in range(first, [first, *last][-1] + 1)}


def test_a_slide_explains_only_what_stands_on_it() -> None:
    graph, findings = audited("indonesia")
    for page in lanes(graph, findings, edition=Edition(page=PAGES["slide"])):
        missing = any(i.role == "missing" for i in page.items)
        assert ("Missing (gap)" in words_of(page, role="legend")) == missing


def test_a_pillar_on_several_pages_is_continued_with_the_same_lanes() -> None:
    pages = lanes(*audited("bulgaria"))
    heads = words_of(*pages, role="pillar-name")
    protect = [head for head in heads if head.startswith("Protect")]
    assert len(protect) > 1
    assert all(head.startswith("Protect (continued)") for head in protect[1:])


@pytest.mark.parametrize("name", REAL)
def test_the_real_plans_hold_every_gate(name: str) -> None:
    graph, findings = audited(name)
    drawn: Counter[str] = Counter()
    for page in lanes(graph, findings):
        figures = check(page)
        own = arrows(page)
        drawn.update(own.keys())
        assert figures.faults_but_crossings == ()
        assert figures.smallest >= 6
        assert len(figures.crossings) <= MOST_CROSSINGS * len(own)
        assert len(own) <= MOST_HANDOFFS
        assert len([i for i in page.items if i.role == "lane"]) <= MOST_LANES
    assert drawn == Counter(row.id for row in content(graph, findings, None).rows)


@pytest.mark.parametrize("paper", [p for p in PAGES if p != "a4"])
@pytest.mark.parametrize("name", ["indonesia", "nepal", "thailand"])
def test_the_real_plans_have_no_fault_on_any_paper(name: str, paper: str) -> None:
    for page in lanes(*audited(name), edition=Edition(page=PAGES[paper])):
        assert check(page).faults_but_crossings == ()


@pytest.mark.parametrize("name", ["indonesia", "nepal"])
def test_every_agency_may_have_a_lane_of_its_own(name: str) -> None:
    graph, findings = audited(name)
    pages = lanes(graph, findings, by=LaneBy.AGENCY)
    assert {a.name for a in graph.agencies} & {
        i.id for page in pages for i in page.items if i.role == "lane"
    }
    for page in pages:
        assert check(page).faults_but_crossings == ()


@pytest.mark.parametrize("seed", range(8))
def test_invented_plans_lose_nothing_and_have_no_fault(seed: int) -> None:
    graph = invented(4 + 2 * seed, 8 + 4 * seed, seed)
    ends = [agency.id for agency in graph.agencies]
    findings = [
        finding("G01", expected=[(ends[0], ends[1])]),
        finding("G02", question=True, expected=[(ends[2], ends[3])]),
        *(finding(f"G{n:02}", agencies=[ends[0]]) for n in range(12)),
    ]
    pages = lanes(graph, findings, edition=Edition(page=list(PAGES.values())[seed % len(PAGES)]))
    drawn = [i.id for p in pages for i in p.items if i.role == "arrow"]
    assert sorted(drawn) == sorted(row.id for row in content(graph, findings, None).rows)
    for page in pages:
        assert check(page).faults_but_crossings == ()


def test_a_lost_handoff_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes_module, "drawn", lambda *_: [])
    with pytest.raises(RenderError, match="lost a handoff"):
        lanes(small(REFERRAL))


def test_a_right_to_left_plan_is_mirrored() -> None:
    (page,) = lanes(small(REFERRAL, language="ar"))
    assert page.direction is Direction.RTL
    assert box(page, "police").x > box(page, "shelter").x
    assert (
        arrows(page)["police-shelter"].points[0][0] > arrows(page)["police-shelter"].points[-1][0]
    )


def test_names_follow_the_language_where_the_plan_has_them() -> None:
    (page,) = lanes(small(REFERRAL), edition=Edition(language="th"))
    assert {"ตำรวจ", "Shelter"} <= set(words_of(page, role="box-name"))


def test_a_plan_without_handoffs_says_so() -> None:
    (page,) = lanes(small())
    assert "There is no handoff to draw." in words_of(page)
    assert any("Police; Shelter; Court" in text for text in words_of(page))


def test_a_handoff_to_oneself_is_a_loop_at_the_corner() -> None:
    (page,) = lanes(small({**REFERRAL, "to": "police"}))
    (loop,) = arrows(page).values()
    own = box(page, "police")
    assert loop.points[0][0] == own.x + own.width
    assert loop.points[-1][1] < own.y + 1
    assert check(page).faults == ()


def test_what_is_too_long_for_its_place_is_given_in_full() -> None:
    long = " ".join(f"word{n}" for n in range(80))
    pages = lanes(small({**REFERRAL, "what": long}))
    assert any(text.endswith("…") for text in words_of(*pages, role="key"))
    assert long in " ".join(words_of(*pages, role="note"))


def test_letters_go_on_after_z() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]


def test_the_same_plan_gives_the_same_pages_whatever_the_hash_seed() -> None:
    program = (
        "import hashlib, interagency\n"
        "from interagency.charts.lanes import lanes\n"
        "audit = interagency.audit(interagency.load('indonesia'))\n"
        "text = ''.join(p.to_json() for p in lanes(audit.graph, audit.findings))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1


def test_the_smallest_type_is_that_of_the_page() -> None:
    (page,) = lanes(small(REFERRAL))
    assert check(page).smallest >= 0.93 * A4.small
