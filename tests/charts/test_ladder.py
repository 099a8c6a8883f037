import pytest
from plans import REAL, chain, finding, plan_of, real

import interagency
from interagency.charts import draw
from interagency.charts.checker import check
from interagency.charts.frame import Edition
from interagency.charts.ladder import ladder
from interagency.charts.ladder_rows import SECTOR_ORDER, Kind, content
from interagency.charts.scene import Anchor, Direction, Polyline, Rect, Scene
from interagency.charts.strokes import text_box
from interagency.charts.theme import A4, MISSING, NOT_STATED, PAGES
from interagency.graph import PlanGraph
from interagency.vocabulary import Sector

POLICE_TO_SHELTER = {
    "from": "police", "to": "shelter", "pillars": ["protect"], "kind": "referral",
    "stage": "assistance", "what": "identified victim",
}  # fmt: skip


def small(*handoffs: dict[str, object], **facts: object) -> PlanGraph:
    return plan_of(
        [
            {"id": "police", "name": "Police", "sector": "law_enforcement",
             "names": {"th": "ตำรวจ"}},
            {"id": "shelter", "name": "Shelter", "sector": "social_welfare"},
            {"id": "court", "name": "Court", "sector": "judiciary"},
        ],
        handoffs,
        **facts,
    )  # fmt: skip


def words_of(*scenes: Scene, role: str = "") -> list[str]:
    return [t.text for scene in scenes for t in scene.texts() if not role or t.role == role]


def test_the_order_of_sectors_is_full() -> None:
    assert set(SECTOR_ORDER) == set(Sector)
    assert len(SECTOR_ORDER) == len(set(SECTOR_ORDER))


def test_a_small_plan_is_one_page_with_everything_on_it() -> None:
    graph = small({**POLICE_TO_SHELTER, "within": {"max": "PT24H"}, "trigger": "consent"})
    (page,) = ladder(
        graph, edition=Edition(title="Our plan", source="Own records", number="Chart 2b")
    )
    shown = words_of(page)
    for text in ("Our plan", "Own records", "Chart 2b", "Police", "Shelter", "Assistance",
                 "identified victim", "when: consent", "24 hours", "Page 1 of 1"):  # fmt: skip
        assert text in shown


def test_who_takes_part_in_no_handoff_is_named_below() -> None:
    (page,) = ladder(small(POLICE_TO_SHELTER))
    assert "Not on this chart because no handoff names them: Court." in words_of(page, role="note")


def test_a_handoff_of_two_pillars_stands_once_with_both_badges() -> None:
    both = {**POLICE_TO_SHELTER, "pillars": ["prosecute", "protect"]}
    (page,) = ladder(small(both))
    assert [i.id for i in page.items if i.role == "panel"] == ["prosecute"]
    badges = [i for i in page.items if i.role == "badge" and i.id == "police-shelter"]
    assert len(badges) == 2
    assert len([i for i in page.items if i.role == "arrow"]) == 1


def test_rows_follow_the_stages_and_then_the_file() -> None:
    later = {**POLICE_TO_SHELTER, "id": "later", "stage": "compensation"}
    first = {**POLICE_TO_SHELTER, "id": "first", "stage": "detection"}
    unstaged = {**POLICE_TO_SHELTER, "id": "unstaged", "stage": None}
    (page,) = ladder(small(unstaged, later, first, {**POLICE_TO_SHELTER, "id": "first-too",
                                                    "stage": "detection"}))  # fmt: skip
    order = [i.id for i in page.items if i.role == "arrow"]
    assert order == ["first", "first-too", "later", "unstaged"]
    assert words_of(page, role="stage")[-1] == "Stage not stated"


def test_what_is_missing_is_drawn_where_it_belongs_and_dashed() -> None:
    missing = {**POLICE_TO_SHELTER, "id": "gap", "to": "court", "status": "missing",
               "stage": "detection"}  # fmt: skip
    (page,) = ladder(small(POLICE_TO_SHELTER, missing))
    arrows = {i.id: i for i in page.items if isinstance(i, Polyline) and i.role == "arrow"}
    assert list(arrows) == ["gap", "police-shelter"]
    assert arrows["gap"].dash
    assert not arrows["police-shelter"].dash
    assert "MISSING: identified victim" in words_of(page)


def test_findings_between_the_same_two_become_one_row_that_names_their_codes() -> None:
    graph = small(POLICE_TO_SHELTER)
    found = [
        finding("G16", question=True, expected=[("police", "court")]),
        finding("G01", expected=[("police", "court"), ("police", "shelter")]),
    ]
    rows = [row for row in content(graph, found, None).rows if row.kind is not Kind.HANDOFF]
    assert [(row.kind, row.sender, row.receiver) for row in rows] == [(Kind.GAP, "police", "court")]
    assert [str(mark) for mark in rows[0].marks] == ["G01", "G16?"]


def test_a_question_is_drawn_weaker_than_a_gap() -> None:
    graph = small(POLICE_TO_SHELTER)
    (page,) = ladder(
        graph,
        [
            finding("G01", expected=[("police", "court")]),
            finding("G02", question=True, expected=[("shelter", "court")]),
        ],
    )
    lines = {i.id: i for i in page.items if isinstance(i, Polyline) and i.role == "arrow"}
    gap, question = lines["gap:police:court"], lines["question:shelter:court"]
    assert question.stroke_width < gap.stroke_width
    assert question.stroke != gap.stroke
    assert question.dash != gap.dash
    assert "NOT STATED: the person" in words_of(page)
    signs = [t.text for t in page.texts() if t.role == "badge-text" and ":" in t.id]
    assert signs == ["!", "?"]


def test_findings_about_what_is_there_are_marks_and_no_rows() -> None:
    graph = small(POLICE_TO_SHELTER)
    found = [
        finding("G08", handoffs=["police-shelter"]),
        finding("G03", question=True, agencies=["police"]),
        finding("G04", agencies=["court"]),
        finding("G05"),
    ]
    (page,) = ladder(graph, found)
    assert [(t.text, t.id) for t in page.texts() if t.role == "mark"] == [
        ("G03?", "police"),
        ("G08", "police-shelter"),
    ]
    assert words_of(page, role="note") == [
        "Not on this chart because no handoff names them: Court (G04).",
        "Findings about the plan as a whole: G05.",
    ]


def test_someone_expected_whom_the_plan_does_not_know_still_gets_a_column() -> None:
    (page,) = ladder(small(), [finding("G01", expected=[("police", "guardian")])])
    assert "guardian" in words_of(page, role="agency-name")


def test_the_person_is_drawn_unlike_an_agency() -> None:
    (page,) = ladder(small({**POLICE_TO_SHELTER, "to": "person"}))
    heads = {i.id: i for i in page.items if isinstance(i, Rect) and i.id in ("police", "person")}
    assert heads["person"].role == "participant"
    assert heads["person"].radius > heads["police"].radius
    assert heads["person"].x < heads["police"].x


def test_informal_and_feedback_are_said_in_words() -> None:
    told = {**POLICE_TO_SHELTER, "status": "informal", "kind": "feedback", "what": "outcome"}
    (page,) = ladder(small(told))
    assert "outcome (informal) (feedback)" in words_of(page, role="label")
    assert any(item.role == "open-tail" for item in page.items)


def test_names_follow_the_language_where_the_plan_has_them() -> None:
    (page,) = ladder(small(POLICE_TO_SHELTER), edition=Edition(language="th"))
    assert {"ตำรวจ", "Shelter"} <= set(words_of(page, role="agency-name"))


def test_a_right_to_left_plan_is_mirrored() -> None:
    (page,) = ladder(small(POLICE_TO_SHELTER, language="ar"))
    assert page.direction is Direction.RTL
    middles = {t.text: t.x for t in page.texts() if t.role == "agency-name"}
    assert middles["Police"] > middles["Shelter"]
    title = next(t for t in page.texts() if t.role == "title")
    assert (title.anchor, title.x) == (Anchor.RIGHT, page.width - A4.margin)


def test_a_handoff_to_oneself_is_a_loop() -> None:
    (page,) = ladder(small({**POLICE_TO_SHELTER, "to": "police"}))
    (loop,) = [i for i in page.items if isinstance(i, Polyline) and i.role == "arrow"]
    assert len(loop.points) == 4


def test_a_plan_without_handoffs_says_so() -> None:
    (page,) = ladder(small())
    assert "There is no handoff to draw." in words_of(page)
    assert any("Police; Shelter; Court" in text for text in words_of(page))


def test_nothing_is_cut_off_without_saying_so() -> None:
    """Even a name that no chart can hold is given in full in the notes."""
    name = " ".join(f"word{n}" for n in range(250))
    graph = chain(name, "Police " + "x" * 1_900)
    pages = ladder(graph)
    assert any(text.endswith("…") for text in words_of(*pages, role="agency-name"))
    in_full = " ".join(words_of(*pages, role="note"))
    assert f"Name in full: {name}" in in_full
    assert "x" * 1_900 in in_full.replace(" ", "")


def test_pages_are_numbered_and_repeat_heads_and_legend() -> None:
    pages = ladder(real("bulgaria"))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in words_of(page)
        roles = {item.role for item in page.items}
        assert {"agency", "band", "legend", "source", "title"} <= roles
        assert page.title == pages[0].title
        assert page.description.startswith(f"Page {number} of {len(pages)}.")


@pytest.mark.parametrize("name", REAL)
def test_every_agency_of_a_real_plan_is_on_its_chart(name: str) -> None:
    graph = real(name)
    pages = ladder(graph)
    heads = {item.id for page in pages for item in page.items if item.role == "agency"}
    below = " ".join(words_of(*pages, role="note"))
    for agency in graph.agencies:
        assert agency.id in heads or agency.name in below


def test_in_words_each_row_stands_under_its_p_and_stage_with_its_number() -> None:
    lines = draw(small({**POLICE_TO_SHELTER, "within": {"max": "P3D"}})).lines
    assert lines[:3] == (
        "Protect:",
        "  Assistance:",
        "    1. Police -> Shelter: identified victim; 3 days",
    )


def test_warnings_name_the_characters_that_no_font_has() -> None:
    (page,) = ladder(chain("公安部", "Police"))
    assert "公 安 部" in page.warnings[0]


def test_heads_are_turned_only_where_a_narrow_page_would_need_twice_the_pages() -> None:
    graph = real("bulgaria")
    turned = {
        paper: {
            t.rotation
            for p in ladder(graph, edition=Edition(page=PAGES[paper]))
            for t in p.texts()
            if t.role == "agency-name"
        }
        for paper in ("a4", "a4-portrait")
    }
    assert turned == {"a4": {0}, "a4-portrait": {-90}}


@pytest.mark.parametrize("paper", PAGES)
@pytest.mark.parametrize("name", ["word " * 380, "x" * 1_990, "ပြည်သူ့ဆေးရုံ" * 90])
def test_panels_end_above_what_stands_below_them(name: str, paper: str) -> None:
    for page in ladder(
        chain(name, f"Police {name}", "Shelter"), edition=Edition(page=PAGES[paper])
    ):
        assert check(page).faults == ()
        ends = [i.y + i.height for i in page.items if isinstance(i, Rect) and i.role == "panel"]
        below = [text_box(t)[1] for t in page.texts() if t.role in ("legend", "note", "source")]
        assert max(ends, default=0) <= min(below) + 0.01


def filled(page: Scene) -> float:
    """How much of the room above the notes and the legend the panels of a page take."""
    panels = [i for i in page.items if isinstance(i, Rect) and i.role == "panel"]
    below = min(t.y for t in page.texts() if t.role in ("legend", "note"))
    top = min(panel.y for panel in panels)
    return (max(panel.y + panel.height for panel in panels) - top) / (below - top)


@pytest.mark.parametrize("name", REAL)
def test_a_stage_is_cut_before_half_a_page_stays_empty(name: str) -> None:
    audit = interagency.audit(real(name))
    assert min(filled(page) for page in interagency.chart(audit).pages) > 0.49


def test_gaps_and_questions_about_one_handoff_have_their_own_colours() -> None:
    graph = small(POLICE_TO_SHELTER)
    some = [
        finding("G08", handoffs=["police-shelter"]),
        finding("G03", question=True, handoffs=["police-shelter"]),
        finding("G04", handoffs=["police-shelter"]),
        finding("G05", agencies=["police"]),
        finding("G06", question=True, agencies=["police"]),
    ]
    (page,) = ladder(graph, some)
    told = [(t.id, t.text, t.fill) for t in page.texts() if t.role == "mark"]
    assert told == [
        ("police", "G05", MISSING.text),
        ("police", "G06?", NOT_STATED.text),
        ("police-shelter", "G08, G04", MISSING.text),
        ("police-shelter", "G03?", NOT_STATED.text),
    ]
