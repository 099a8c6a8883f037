"""The map: everyone at two sides, all lines between."""

import math
import subprocess
import sys
from itertools import combinations

import pytest
from plans import REAL, chain, finding, invented, plan_of, real

import interagency
from interagency.charts.checker import check
from interagency.charts.frame import Edition
from interagency.charts.ladder_rows import content
from interagency.charts.network import network
from interagency.charts.network_order import around
from interagency.charts.scene import Direction, Polyline, Rect, Scene
from interagency.charts.theme import A4, PAGES


def words_of(*scenes: Scene, role: str = "") -> list[str]:
    return [t.text for scene in scenes for t in scene.texts() if not role or t.role == role]


def arrows_of(*scenes: Scene) -> dict[str, Polyline]:
    items = (i for scene in scenes for i in scene.items)
    return {i.id: i for i in items if isinstance(i, Polyline) and i.role == "arrow"}


def bars_of(scene: Scene) -> dict[str, Rect]:
    return {i.id: i for i in scene.items if isinstance(i, Rect) and i.role == "place"}


def test_a_line_leads_from_the_one_to_the_other() -> None:
    page = network(chain("Hotline", "Police", "Shelter"))[0]
    line, bars = arrows_of(page)["a1-a2"], bars_of(page)
    for point, bar in ((line.points[0], bars["a1"]), (line.points[-1], bars["a2"])):
        assert abs(point[0] - (bar.x + bar.width / 2)) < 12
        assert bar.y <= point[1] <= bar.y + bar.height


def test_several_of_a_kind_between_two_are_one_thicker_line() -> None:
    agencies = [{"id": "a", "name": "Police"}, {"id": "b", "name": "Shelter"}]
    one = {"from": "a", "to": "b", "pillars": ["protect"], "kind": "referral"}
    many = network(plan_of(agencies, [{**one, "id": f"h{i}"} for i in range(3)]))
    single = network(plan_of(agencies, [one]))
    (thick,), (thin,) = arrows_of(*many).values(), arrows_of(*single).values()
    assert thick.stroke_width > thin.stroke_width
    assert {t.id for t in many[0].texts() if t.role == "key"} == {"h0", "h1", "h2"}
    other = network(plan_of(agencies, [one, {**one, "id": "x", "pillars": ["prosecute"]}]))
    assert len(arrows_of(*other)) == 2


def test_gaps_are_dashed() -> None:
    page = network(chain("Hotline", "Police"), [finding("G01", expected=[("a1", "a0")])])[0]
    lines = arrows_of(page)
    assert lines["gap:a1:a0"].dash
    assert not lines["a0-a1"].dash


def test_a_page_grows_where_agencies_are_many() -> None:
    pages = network(invented(120, 160, seed=2))
    assert pages[0].height > A4.height
    assert network(real("nepal"))[0].height == A4.height


@pytest.mark.parametrize("name", REAL)
def test_few_lines_of_a_real_plan_cross(name: str) -> None:
    audit = interagency.audit(real(name))
    for page in network(audit.graph, audit.gaps):
        assert len(check(page).crossings) <= 0.5 * len(arrows_of(page))


def test_a_ring_is_left_with_no_line_crossing() -> None:
    """Each hands to the next but one; written in the order of the plan all would cross."""
    agencies = [{"id": f"a{n}", "name": f"Agency {n}"} for n in range(8)]
    pairs = [(n, (n + 2) % 8) for n in range(0, 8, 2)] + [(n, (n + 2) % 8) for n in range(1, 8, 2)]
    handoffs = [
        {"from": f"a{one}", "to": f"a{other}", "pillars": ["protect"], "kind": "referral"}
        for one, other in pairs
    ]
    (page, *_) = network(plan_of(agencies, handoffs))
    assert check(page).crossings == ()


def test_the_work_of_ordering_does_not_outgrow_the_square_of_the_plan() -> None:
    """Counted in function calls, which no other program on the machine can change."""

    def calls(size: int) -> int:
        sectors = [[f"a{n}" for n in range(start, start + 10)] for start in range(0, size, 10)]
        lines = [(f"a{n}", f"a{n * 7 % size}") for n in range(size)]
        counted = 0

        def count(_frame: object, event: str, _arg: object) -> None:
            nonlocal counted
            counted += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            around(sectors, [*lines, *((f"a{n}", f"a{n * 3 % size}") for n in range(size))])
        finally:
            sys.setprofile(None)
        return counted

    assert calls(240) <= 1.25 * 4**2 * calls(60)


def test_those_of_a_sector_stand_together() -> None:
    (page, *_) = network(invented(12, 20, seed=3))
    sectors = [word for word in words_of(page, role="sector") if word != "Sector not stated"]
    assert len(sectors) <= len(set(sectors)) + 1  # one may go on at the other side


def test_where_lines_are_many_each_p_has_pages_of_its_own() -> None:
    graph = invented(25, 120, seed=1)
    pages = [page for page in network(graph, edition=Edition(language="en")) if arrows_of(page)]
    parts = [words_of(page, role="subtitle")[0].partition(". ")[2] for page in pages]
    assert parts == [
        "Prevent",
        "Protect: law, plan, structures to investigation",
        "Protect: prosecution to stage not stated",
        "Prosecute",
    ]
    pillar_of = {row.id: row.pillar for row in content(graph, (), None).rows}
    for page in pages:
        assert len({pillar_of[an_id] for an_id in arrows_of(page)}) == 1
        assert len(arrows_of(page)) <= 45


@pytest.mark.parametrize("name", REAL)
def test_nearly_every_line_of_a_real_plan_has_its_number(name: str) -> None:
    pages = interagency.chart(interagency.audit(real(name)), view="map").pages
    rows = {text.id for page in pages for text in page.texts() if text.role == "key"}
    drawn = [text.id for page in pages for text in page.texts() if text.role == "badge-text"]
    bare = [an_id for an_id in rows if drawn.count(an_id) < 2]  # one stands in the key
    assert len(bare) <= len(rows) / 6
    if name != "bulgaria":
        assert bare == []


def test_lines_between_the_same_two_part_in_their_middle_for_their_numbers() -> None:
    names = "cdabefgh"  # the two stand well away from the edges
    agencies = [{"id": an_id, "name": f"Agency {an_id}"} for an_id in names]
    ends = [("c", "h"), ("d", "g"), ("e", "g"), ("f", "h"), *[("a", "e"), ("e", "a")] * 2]
    handoffs = [
        {"id": f"h{n}", "from": f, "to": t, "kind": "referral", "pillars": [p]}
        for n, ((f, t), p) in enumerate(zip(ends, 4 * ["protect", "prosecute"], strict=True))
    ]
    handoffs[-1]["pillars"] = handoffs[-2]["pillars"] = ["prevent"]
    page = network(plan_of(agencies, handoffs))[0]
    between = [arrows_of(page)[f"h{n}"].points for n in range(4, 8)]
    middles = [points[len(points) // 2] for points in between]
    apart = [math.dist(one, other) for one, other in combinations(middles, 2)]
    assert min(apart) > 16
    assert not any("without their numbers" in text for text in words_of(page))
    assert check(page).faults_but_crossings == ()


def test_numbers_that_find_no_room_are_said() -> None:
    graph = invented(8, 150, seed=1)
    pages = network(graph)
    assert any(text.startswith("Drawn without their numbers") for text in words_of(*pages))
    keyed = {t.id for p in pages for t in p.texts() if t.role == "key"}
    assert keyed == {row.id for row in content(graph, (), None).rows}


def test_nothing_to_draw_is_said() -> None:
    assert "There is no handoff to draw." in words_of(*network(plan_of([], [])))


@pytest.mark.parametrize("paper", PAGES)
@pytest.mark.parametrize("name", REAL)
def test_no_page_of_a_real_plan_has_a_fault_but_crossings(name: str, paper: str) -> None:
    audit = interagency.audit(real(name))
    some = [f for f in audit.findings if f.state == "gap"] + [
        f for f in audit.findings if f.state == "question"
    ][:8]
    for page in network(audit.graph, some, edition=Edition(page=PAGES[paper])):
        assert check(page).faults_but_crossings == ()


@pytest.mark.parametrize("seed", range(5))
def test_an_invented_plan_loses_nothing_and_has_no_fault_but_crossings(seed: int) -> None:
    graph = invented(4 + 6 * seed, 15 * seed, seed=seed)
    pages = network(graph, edition=Edition(page=PAGES[list(PAGES)[seed]]))
    for page in pages:
        assert check(page).faults_but_crossings == ()
    keyed = {t.id for page in pages for t in page.texts() if t.role == "key"}
    assert keyed == {row.id for row in content(graph, (), None).rows}


def test_a_handoff_to_oneself_turns_back() -> None:
    one = {"id": "h", "from": "a", "to": "a", "pillars": ["protect"], "kind": "referral"}
    page = network(plan_of([{"id": "a", "name": "Police"}], [one]))[0]
    line = arrows_of(page)["h"]
    assert max(x for x, _ in line.points) > line.points[0][0] + 10
    assert check(page).faults == ()


def test_an_arabic_map_is_mirrored() -> None:
    page = network(chain("شرطة", "محكمة", language="ar"))[0]
    assert page.direction is Direction.RTL
    bars = bars_of(page)
    assert bars["a0"].x > bars["a1"].x


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import interagency\n"
        "from interagency.charts.emit.svg import svg\n"
        "from interagency.charts.network import network\n"
        "audit = interagency.audit(interagency.load('bulgaria'))\n"
        "pages = network(audit.graph, audit.findings)\n"
        "print(''.join(svg(page, kind='plain') for page in pages))\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 10_000
