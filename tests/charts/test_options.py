"""What may be chosen of a chart: each choice from Python and from the command line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from commandline import typed
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import REAL, finding, plan_of, real

import interagency
from interagency.charts import EXPORTS, VIEWS, draw
from interagency.charts.checker import check
from interagency.charts.ladder_rows import Kind, Row, content
from interagency.charts.lanes_key import numbers
from interagency.charts.numbering import numbering
from interagency.charts.scene import Polyline, Scene
from interagency.charts.signs import meanings
from interagency.charts.theme import INFORMAL, PAGES, PILLARS
from interagency.errors import RenderError
from interagency.graph import PlanGraph
from interagency.rules import BUILT_IN
from interagency.vocabulary import Pillar

HANDOFF_VIEWS = [view for view in VIEWS if view != "functions"]
TO_COURT = {"from": "police", "to": "court", "pillars": ["protect"], "kind": "referral",
            "stage": "assistance", "what": "the person"}  # fmt: skip
EXPECTED = [("police", "court")]


def plan(*handoffs: dict[str, object], **facts: object) -> PlanGraph:
    names = {"police": "Police", "court": "Court", "shelter": "Shelter"}
    agencies = [{"id": an_id, "name": name} for an_id, name in names.items()]
    person = {"from": "person", "to": "police", "pillars": ["protect"], "kind": "complaint",
              "stage": "detection", "what": "asks for help"}  # fmt: skip
    return plan_of(agencies, [person, *handoffs], **facts)


def words_on(*pages: Scene) -> str:
    return " ".join(text.text for page in pages for text in page.texts())


def lines_on(*pages: Scene) -> dict[str, Polyline]:
    items = (item for page in pages for item in page.items)
    return {i.id: i for i in items if isinstance(i, Polyline) and i.role == "arrow"}


def rows_of(graph: PlanGraph, *findings: object) -> dict[str, Row]:
    return {row.id: row for row in content(graph, findings, None).rows}  # type: ignore[arg-type]


# --- planned, proposed, by habit ------------------------------------------------------------------


def test_what_is_planned_says_so_with_its_date_and_still_marks_the_gap() -> None:
    graph = plan({**TO_COURT, "id": "soon", "status": "planned", "since": 2027})
    alone = rows_of(graph)["soon"]
    assert (alone.kind, alone.words) == (Kind.PLANNED, "Planned from 2027: the person")
    rows = rows_of(graph, finding("G01", agencies=["police"], expected=EXPECTED))
    assert rows["soon"].words == "MISSING, planned from 2027: the person"
    assert [str(mark) for mark in rows["soon"].marks] == ["G01"]
    assert Kind.GAP not in {row.kind for row in rows.values()}


def test_what_only_begins_later_is_drawn_where_it_would_close_something() -> None:
    graph = plan({**TO_COURT, "id": "later", "since": 2027})
    assert "later" not in rows_of(graph)
    rows = rows_of(graph, finding("G01", question=True, expected=EXPECTED))
    assert rows["later"].words == "Planned from 2027: the person"
    assert rows_of(graph.as_of(2027))["later"].kind is Kind.HANDOFF


def test_what_is_planned_of_another_kind_closes_nothing() -> None:
    graph = plan({**TO_COURT, "id": "word", "kind": "feedback", "status": "planned"})
    rows = rows_of(graph, finding("G01", expected=EXPECTED))
    assert rows["word"].words.startswith("Planned: ")
    assert rows["gap:police:court"].words == "MISSING: the person"


@pytest.mark.parametrize("view", HANDOFF_VIEWS)
def test_each_state_is_told_by_words_and_badge_in_every_view(view: str) -> None:
    graph = plan(
        {**TO_COURT, "id": "soon", "status": "planned"},
        {**TO_COURT, "id": "maybe", "to": "shelter", "proposed": True},
        {**TO_COURT, "id": "habit", "from": "shelter", "status": "informal"},
    )
    pages = draw(graph, view=view).pages
    said = words_on(*pages).casefold()
    for word in ("planned", "proposed", "informal"):
        assert word in said
    shapes = {
        item.id: repr(item).partition("id=")[0].partition("points")[0]
        for page in pages
        for item in page.items
        if item.role == "badge" and item.id in ("soon", "maybe")
    }
    assert set(shapes) == {"soon", "maybe"}
    if view != "matrix":
        dashes = {an_id: line.dash for an_id, line in lines_on(*pages).items()}
        seen = [dashes[an_id] for an_id in ("soon", "maybe", "habit")]
        assert len({*seen, ()}) == 4
    assert not [fault for page in pages for fault in check(page).faults_but_crossings]


def test_habit_keeps_the_colour_of_its_p() -> None:
    for pillar in Pillar:
        assert INFORMAL[pillar].line == PILLARS[pillar].line
        assert INFORMAL[pillar].dash


@pytest.mark.parametrize("form", sorted(EXPORTS))
def test_every_export_tells_a_proposal_and_a_plan_from_what_is_there(form: str) -> None:
    def written(**more: object) -> str:
        return EXPORTS[form].write(plan({**TO_COURT, "id": "x", **more}))

    texts = {
        "there": written(),
        "informal": written(status="informal"),
        "planned": written(status="planned", since=2027),
        "proposed": written(proposed=True),
        "missing": written(status="missing"),
    }
    assert len(set(texts.values())) == len(texts)
    assert "roposed" in texts["proposed"]
    broken = re.sub(r"<br/>|\\n|\s|&#10;", "", texts["planned"])
    assert "lannedfrom2027" in broken


# --- suggestions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", HANDOFF_VIEWS)
def test_suggestions_are_drawn_as_proposals_in_every_view(view: str) -> None:
    audit = interagency.audit(real("thailand").as_of(2021))
    chart = interagency.chart(audit, view=view, suggestions=True)
    told = words_on(*chart.pages)
    assert "Proposed, not agreed" in told
    assert "closes" in told
    assert not [fault for page in chart.pages for fault in check(page).faults_but_crossings]
    assert "Proposed" not in words_on(*interagency.chart(audit, view=view).pages)


@pytest.mark.parametrize("name", REAL)
def test_a_gap_and_what_would_close_it_are_one_line_that_says_both(name: str) -> None:
    audit = interagency.audit(real(name))
    what = interagency.api.to_draw(audit, 8, suggestions=True)
    said = content(what.graph, what.findings, None)
    proposed = [row for row in said.rows if row.kind is Kind.PROPOSED]
    assert proposed
    closes = [row for row in proposed if row.closes]
    assert closes
    for row in closes:
        assert all(str(mark) in row.words for mark in row.closes)
        assert row.words.startswith("MISSING, proposed: " if row.missing else "Proposed: ")
    once = {(row.sender, row.receiver, row.what) for row in proposed}
    assert len(once) == len(proposed)
    codes = {mark.code for row in said.rows for mark in (*row.closes, *row.marks)}
    before = content(audit.graph, interagency.api.to_draw(audit, 8).findings, None)
    assert codes >= {mark.code for row in before.rows for mark in row.marks if not row.there}


def test_suggestions_leave_the_audit_and_its_plan_as_they_were() -> None:
    audit = interagency.audit(real("thailand").as_of(2021))
    before = audit.graph.handoffs, audit.findings
    interagency.chart(audit, suggestions=True)
    assert (audit.graph.handoffs, audit.findings) == before


def test_a_line_that_the_plan_has_already_is_proposed_with_why_it_does_not_hold() -> None:
    audit = interagency.audit(real("thailand").as_of(2021))
    what = interagency.api.to_draw(audit, 8, suggestions=True)
    row = rows_of(what.graph, *what.findings)["labour-mdt"]
    assert row.kind is Kind.PROPOSED
    assert "(in the plan it begins in 2022)" in row.words
    assert "G01" in row.words


def test_what_is_missing_is_counted_so_even_where_it_is_proposed() -> None:
    audit = interagency.audit(real("thailand").as_of(2021))
    what = interagency.api.to_draw(audit, 8, suggestions=True)
    said = content(what.graph, what.findings, None)
    missing = sum(row.missing for row in said.rows)
    assert missing > said.count(Kind.GAP)
    assert f"{missing} missing handoff" in said.counts
    chart = interagency.chart(audit, suggestions=True)
    assert sum(entry.missing for entry in chart.register.entries) == missing
    assert f"{missing} missing" in chart.html()


# --- legends --------------------------------------------------------------------------------------


def test_a_legend_explains_what_stands_on_its_chart_and_nothing_else() -> None:
    (page,) = draw(plan(TO_COURT)).pages
    assert [t.text for t in page.texts() if t.role == "legend"] == ["Protect"]
    missing = {**TO_COURT, "id": "gone", "status": "missing", "to": "shelter"}
    (page,) = draw(plan(TO_COURT, missing)).pages
    assert [t.text for t in page.texts() if t.role == "legend"] == ["Protect", "Missing (gap)"]


def test_the_legend_of_lanes_has_the_decision_where_there_is_one() -> None:
    def legend(graph: PlanGraph) -> list[str]:
        pages = draw(graph, view="lanes").pages
        return [t.text for page in pages for t in page.texts() if t.role == "legend"]

    assert any("Decision" in legend(real(name)) for name in REAL)
    assert "Decision" not in legend(plan(TO_COURT))


@given(st.lists(st.sampled_from(list(Kind)), max_size=6), st.sampled_from(list(Pillar)))
def test_every_sign_of_a_row_is_explained_once(kinds: list[Kind], pillar: Pillar) -> None:
    rows = [Row(kind, f"r{at}", "a", "b", (pillar,), None, "what") for at, kind in enumerate(kinds)]
    told = [meaning.kind for meaning in meanings(rows)]
    assert len(told) == len(set(told))
    there = {Kind.HANDOFF} if any(row.there for row in rows) else set()
    assert set(told) == there | (set(kinds) - {Kind.HANDOFF})
    given = numbers(rows)
    assert len(set(given.values())) == len(rows) or not any(row.number for row in rows)


# --- pages, lanes, words around -------------------------------------------------------------------


def test_every_paper_stands_and_lies() -> None:
    for name in ("a4", "a3", "letter", "slide"):
        lying, standing = PAGES[name], PAGES[f"{name}-portrait"]
        assert (standing.width, standing.height) == (lying.height, lying.width)
        assert lying.width > lying.height


RARE = [p for p in PAGES if p.endswith("-portrait") and p != "a4-portrait"]
SWEPT = REAL if os.environ.get("INTERAGENCY_SLOW") else ("thailand", "nepal")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("paper", PAGES if os.environ.get("INTERAGENCY_SLOW") else RARE)
def test_every_view_holds_on_every_page(view: str, paper: str) -> None:
    for name in SWEPT:
        audit = interagency.audit(real(name))
        chart = interagency.chart(audit, view=view, page=paper, suggestions=True)
        faults = [fault for page in chart.pages for fault in check(page).faults_but_crossings]
        assert not faults, (name, faults[:3])


def test_lanes_are_sectors_or_agencies() -> None:
    graph = real("nepal")
    by_sector, by_agency = (
        draw(graph, view="lanes", lanes=by).pages[0] for by in ("sector", "agency")
    )

    def names(page: Scene) -> set[str]:
        return {item.id for item in page.items if item.role == "lane"}

    assert graph.agencies[0].name in words_on(by_agency)
    assert names(by_sector) != names(by_agency)
    with pytest.raises(interagency.UnknownName, match="kind of lane"):
        interagency.chart(graph, view="lanes", lanes="person")


@pytest.mark.parametrize("view", VIEWS)
def test_title_number_and_source_stand_on_every_view(view: str) -> None:
    audit = interagency.audit(real("nepal"))
    chart = interagency.chart(
        audit, view=view, title="Our title", number="Chart 2b", source="Own records."
    )
    for page in chart.pages:
        said = words_on(page)
        assert all(text in said for text in ("Our title", "Chart 2b", "Own records."))


def test_the_command_line_has_every_choice(tmp_path: Path) -> None:
    out = tmp_path / "lanes.svg"
    told = typed(
        "chart", "nepal", "-o", str(out), "--view", "lanes", "--lanes", "agency", "--page",
        "a3-portrait", "--title", "Our title", "--number", "Chart 2b", "--source", "Own records.",
        "--suggestions",
    )  # fmt: skip
    assert told.status == 0, told.err
    (first, *_) = sorted(tmp_path.iterdir())
    svg = first.read_text("utf-8")
    for text in ("Our title", "Chart 2b", "Own records.", "Proposed, not agreed"):
        assert text in svg
    width = PAGES["a3-portrait"].width
    assert f'viewBox="0 0 {width:g} ' in svg


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--lanes", "agency"), "--view lanes"),
        (("--suggestions", "--no-gaps"), "choose"),
        (("--page", "a5"), "a3-portrait"),
    ],
)
def test_what_does_not_go_together_is_told(
    wrong: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    told = typed("chart", "nepal", "-o", str(tmp_path / "x.svg"), *wrong)
    assert told.status == 2
    assert said in told.err


def test_the_command_line_knows_every_page_and_lane() -> None:
    from interagency import cli
    from interagency.charts.lanes_flow import LaneBy

    assert tuple(PAGES) == cli.PAGES
    assert tuple(LaneBy) == cli.LANES


# --- in words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", HANDOFF_VIEWS)
@pytest.mark.parametrize("name", REAL)
def test_every_view_tells_all_that_it_draws(view: str, name: str) -> None:
    graph = real(name)
    chart = draw(graph, view=view)
    told = chart.describe()
    drawn = {i.id for page in chart.pages for i in page.items if i.role in ("arrow", "badge")}
    for handoff in graph.handoffs:
        if handoff.id in drawn:
            assert " ".join((handoff.what or handoff.kind.label).split()) in told or view == "map"
            assert graph.name(handoff.receiver) in told


def test_each_view_tells_in_its_own_way() -> None:
    audit = interagency.audit(real("thailand"))
    told = {view: interagency.chart(audit, view=view).describe() for view in VIEWS}
    assert len(set(told.values())) == len(VIEWS)
    assert "  Lane " in told["lanes"]
    assert "gives:" in told["matrix"]
    assert "led by" in told["functions"]
    assert "from the start" in told["pathway"]
    assert "hands on" in told["map"]
    assert " -> " in told["ladder"]


def test_the_numbers_in_the_words_are_those_of_the_picture() -> None:
    chart = interagency.chart(interagency.audit(real("thailand")), view="matrix")
    entry = next(e for e in chart.register.entries if e.kind is Kind.HANDOFF)
    assert f"to {entry.to_name}: {entry.number}. {entry.what}" in chart.describe()


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(HANDOFF_VIEWS), st.integers(0, 3))
def test_what_is_told_has_no_empty_line(view: str, questions: int) -> None:
    audit = interagency.audit(real("nepal"))
    lines = interagency.chart(audit, view=view, questions=questions, suggestions=True).lines
    assert lines
    assert all(line.strip() for line in lines)


def test_the_words_of_a_view_go_into_a_file(tmp_path: Path) -> None:
    out = tmp_path / "matrix.txt"
    assert typed("chart", "nepal", "-o", str(out), "--view", "matrix").status == 0
    assert "gives:" in out.read_text("utf-8")


# --- numbers --------------------------------------------------------------------------------------


def numbers_on(*pages: Scene) -> set[str]:
    return {text.text for page in pages for text in page.texts() if text.role == "badge-text"}


@pytest.mark.parametrize("view", HANDOFF_VIEWS)
def test_numbers_begin_where_they_are_told_to_in_every_view(view: str) -> None:
    chart = draw(plan(TO_COURT), view=view, numbering="2.9")
    assert {"2.9", "2.10"} <= numbers_on(*chart.pages)
    assert not numbers_on(*chart.pages) & {"2", "9", "10"}
    assert [entry.number for entry in chart.register.entries] == ["2.9", "2.10"]


def test_counting_goes_on_from_one_chart_to_the_next() -> None:
    graph = real("nepal")
    ladder = draw(graph)
    last = len(graph.handoffs)
    again = draw(graph, numbering=last + 1)
    assert {e.number for e in ladder.register.entries}.isdisjoint(
        e.number for e in again.register.entries
    )
    assert again.register.entries[0].number == str(last + 1)


@pytest.mark.parametrize("form", [form for form in EXPORTS if form != "json"])
def test_exports_have_the_numbers_of_the_chart(form: str) -> None:
    written = EXPORTS[form].write(plan(TO_COURT), (), None, numbering("2.9"))
    assert "2.9" in written
    assert "2.10" in written


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("view", HANDOFF_VIEWS)
@pytest.mark.parametrize("first", ["2.1", "10.95", "IV.A-1"])
def test_long_numbers_stand_clear_in_their_badges(name: str, view: str, first: str) -> None:
    audit = interagency.audit(real(name))
    for page in interagency.chart(audit, view=view, numbering=first).pages:
        assert check(page).faults_but_crossings == ()


def test_a_ladder_can_do_without_numbers_and_the_other_views_cannot() -> None:
    chart = draw(real("indonesia"), numbering=None)
    assert numbers_on(*chart.pages) <= {"", "!", "?", "»", "+"}
    assert chart.html()
    with pytest.raises(RenderError, match="Only the ladder can do without numbers"):
        draw(real("indonesia"), view="lanes", numbering=None)


@pytest.mark.parametrize("first", ["", "2.", "II", "far too long 1", "\0"])
def test_what_is_no_number_is_told_with_what_would_be_one(first: str) -> None:
    with pytest.raises(RenderError, match=r"at most|as in 15"):
        draw(plan(), numbering=first)


def test_numbers_are_chosen_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "nepal.txt"
    typed("chart", "nepal", "--view", "matrix", "--numbering", "2.1", "-o", str(file))
    assert " 2.1. " in file.read_text(encoding="utf-8")
    assert (
        "choose" in typed("chart", "nepal", "--numbering", "2", "--no-numbers", "-o", "x.svg").err
    )
    told = typed("chart", "nepal", "--view", "lanes", "--no-numbers", "-o", str(tmp_path / "x.svg"))
    assert (told.status, "Only the ladder" in told.err) == (2, True)


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("view", HANDOFF_VIEWS)
def test_every_code_on_a_chart_is_told_in_words_below_it(view: str, name: str) -> None:
    chart = interagency.chart(interagency.audit(real(name)), view=view)
    notes = [text.text for page in chart.pages for text in page.texts() if text.role == "note"]
    shown = [text for page in chart.pages for text in page.texts() if text.role != "legend"]
    drawn = set(re.findall(r"\b[GXPR]\d\d\b", " ".join(text.text for text in shown)))
    titles = {rule.code: rule.title for rule in BUILT_IN}
    assert drawn
    assert drawn <= set(notes)
    assert all(titles[code].split()[0] in " ".join(notes) for code in drawn)


def test_a_chart_without_findings_explains_no_codes() -> None:
    assert "Codes of findings:" not in words_on(*draw(real("thailand")).pages)
