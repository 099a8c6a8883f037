"""The from-to matrix and the matrix of functions."""

import subprocess
import sys
from collections import Counter

import pytest
from plans import REAL, chain, finding, invented, plan_of, real

import interagency
from interagency.charts import theme
from interagency.charts.checker import check
from interagency.charts.emit.svg import svg
from interagency.charts.frame import Edition
from interagency.charts.ladder_rows import Kind, content
from interagency.charts.matrix import matrix
from interagency.charts.matrix_functions import functions
from interagency.charts.scene import Direction, Polyline, Rect, Scene
from interagency.charts.theme import PAGES
from interagency.conformance import Mark
from interagency.conformance import functions as matrix_of
from interagency.vocabulary import Function


def words_of(*scenes: Scene, role: str = "") -> list[str]:
    return [t.text for scene in scenes for t in scene.texts() if not role or t.role == role]


def place(scene: Scene, role: str, an_id: str) -> tuple[float, float]:
    return next((t.x, t.y) for t in scene.texts() if (t.role, t.id) == (role, an_id))


def test_a_handoff_stands_where_its_row_and_its_column_meet() -> None:
    (page,) = matrix(chain("Hotline", "Police", "Shelter"))
    badge = place(page, "badge-text", "a1-a2")
    assert badge[0] == pytest.approx(place(page, "column-name", "a2")[0])
    assert badge[1] == pytest.approx(place(page, "row-name", "a1")[1], abs=6)


def test_the_key_says_what_each_number_is() -> None:
    (page,) = matrix(chain("Hotline", "Police", "Shelter"))
    assert words_of(page, role="key") == ["Hotline to Police", "Police to Shelter"]
    assert words_of(page, role="key-what") == ["Police", "Shelter"]


def test_gaps_and_questions_have_signs_of_their_own() -> None:
    graph = chain("Hotline", "Police", "Shelter")
    found = [
        finding("G01", expected=[("a0", "a2")]),
        finding("G02", question=True, expected=[("a2", "a0")]),
    ]
    (page,) = matrix(graph, found)
    tints = {i.fill for i in page.items if isinstance(i, Rect) and i.role == "gap-cell"}
    assert len(tints) == 2
    rows = {row.id: row.kind for row in content(graph, found, None).rows}
    assert Counter(rows.values()) == {Kind.HANDOFF: 2, Kind.GAP: 1, Kind.QUESTION: 1}
    assert {t.id for t in page.texts() if t.role == "badge-text"} >= set(rows)
    assert "MISSING: the person [G01]" in words_of(page)


def test_many_handoffs_between_two_are_counted_and_all_in_the_key() -> None:
    handoffs = [
        {"id": f"h{i}", "from": "a", "to": "b", "pillars": ["protect"], "kind": "referral"}
        for i in range(40)
    ]
    agencies = [{"id": "a", "name": "Police"}, {"id": "b", "name": "Shelter"}]
    pages = matrix(plan_of(agencies, handoffs))
    assert "40 ×" in words_of(*pages)
    keyed = {t.id for p in pages for t in p.texts() if t.role == "key"}
    assert keyed == {f"h{i}" for i in range(40)}


def test_who_only_gives_or_only_receives_is_said() -> None:
    (page,) = matrix(chain("Hotline", "Police", "Shelter"))
    notes = words_of(page, role="note")
    assert "Gives nothing here: Shelter." in notes
    assert "Receives nothing here: Hotline." in notes


def test_nothing_to_draw_is_said() -> None:
    empty = plan_of([{"id": "a", "name": "Police"}], [])
    assert "There is no handoff to draw." in words_of(*matrix(empty))
    assert "There is no agency to draw." in words_of(*functions(plan_of([], [])))


@pytest.mark.parametrize("paper", PAGES)
@pytest.mark.parametrize("name", REAL)
def test_no_page_of_a_real_plan_has_a_fault(name: str, paper: str) -> None:
    audit = interagency.audit(real(name))
    chart = matrix(audit.graph, audit.findings, edition=Edition(page=PAGES[paper]))
    for page in (*chart, *functions(audit.graph, edition=Edition(page=PAGES[paper]))):
        assert check(page).faults == ()


@pytest.mark.parametrize("seed", range(7))
def test_no_page_of_an_invented_plan_has_a_fault_or_loses_anything(seed: int) -> None:
    graph = invented(4 + 5 * seed, 20 * seed, seed=seed)
    paper = PAGES[list(PAGES)[seed % len(PAGES)]]
    chart = matrix(graph, edition=Edition(page=paper))
    for page in (*chart, *functions(graph, edition=Edition(page=paper))):
        assert check(page).faults == ()
    keyed = {t.id for page in chart for t in page.texts() if t.role == "key"}
    assert keyed == {row.id for row in content(graph, (), None).rows}


def test_every_function_and_agency_is_marked_as_the_plan_says() -> None:
    graph = real("thailand")
    signs = Counter(
        item.id
        for page in functions(graph)
        for item in page.items
        if item.role in ("lead", "support", "lacks", "not-assessed") and item.id
    )
    assert set(signs.values()) == {1}
    rows = {function.label: marks for function, marks in matrix_of(graph).rows}
    said = {label for label, marks in rows.items() if set(marks) != {Mark.NOT_ASSESSED}}
    assert {Function(an_id.partition(":")[0]).label for an_id in signs} == said
    across: dict[str, list[str]] = {}
    for text in (t for page in functions(graph) for t in page.texts() if t.role == "across"):
        across.setdefault(text.id, []).append(text.text)
    told = {word for lines in across.values() for word in " ".join(lines).lower().split(", ")}
    assert told == {label.lower() for label in rows.keys() - said}
    leads = {i.id for page in functions(graph) for i in page.items if i.role == "lead" and i.id}
    found = matrix_of(graph)
    assert leads == {
        f"{function.value}:{agency.id}"
        for function, marks in found.rows
        for agency, mark in zip(found.agencies, marks, strict=True)
        if mark == "L"
    }


def test_of_a_pillar_only_its_functions_stand() -> None:
    pages = functions(real("nepal").only("prevent"))
    assert set(words_of(*pages, role="band-text")) & {"Protect", "Prosecute"} == set()


def test_a_function_without_a_leader_is_tinted() -> None:
    agency = {"id": "a", "name": "Police", "functions": ["age_assessment"], "lacks": ["removal"]}
    pages = functions(plan_of([agency], []))
    sums = {t.id: t.text for p in pages for t in p.texts() if t.role == "sum"}
    assert (sums["age_assessment"], sums["removal"], sums["silent:Protect"]) == ("1", "0 !", "0 ?")


def test_agencies_without_a_function_are_named_under_the_matrix() -> None:
    agencies = [
        {"id": "a", "name": "Police", "functions": ["age_assessment"]},
        {"id": "b", "name": "Court"},
    ]
    pages = functions(plan_of(agencies, []))
    assert words_of(*pages, role="column-name") == ["Police"]
    assert "No function is stated of: Court." in words_of(*pages)


def test_of_a_complete_plan_silence_means_that_nobody_has_it() -> None:
    agency = {"id": "a", "name": "Police", "functions": ["age_assessment"]}
    pages = functions(plan_of([agency], [], completeness="complete"))
    names = words_of(*pages, role="row-name")
    assert any(name.startswith("Nobody has:") for name in names)
    assert not [name for name in names if name.startswith("Nobody stated:")]


@pytest.mark.parametrize("name", REAL)
def test_functions_of_a_real_plan_are_few_pages_even_as_slides(name: str) -> None:
    assert len(functions(real(name))) <= 2
    assert len(functions(real(name), edition=Edition(page=PAGES["slide"]))) <= 7


@pytest.mark.parametrize("view", ["matrix", "functions", "map"])
@pytest.mark.parametrize("name", REAL)
def test_a_few_notes_stand_under_a_picture_and_not_on_a_page_of_their_own(
    name: str, view: str
) -> None:
    """A blank page with a line of notes on it is a page that nobody wants to print."""
    pages = interagency.chart(interagency.audit(real(name)), view=view).pages
    alone = [page for page in pages if "legend" not in {text.role for text in page.texts()}]
    assert all(len(words_of(page, role="note")) > 5 for page in alone)


def test_names_with_commas_are_parted_by_semicolons_in_words() -> None:
    held = {"functions": ["age_assessment"]}
    graph = plan_of(
        [{"id": "a", "name": "MoI, Border Police", **held}, {"id": "b", "name": "Court", **held}],
        [],
    )
    told = interagency.chart(graph, view="functions")
    assert "  Age assessment: led by MoI, Border Police; Court" in told.lines
    assert "MoI, Border Police leads; Court leads" in told.pages[0].description


def test_what_a_complete_plan_does_not_write_is_fainter_than_what_is_denied() -> None:
    def bars(**facts: object) -> set[tuple[str, float]]:
        first = {"id": "a", "name": "Police", "functions": ["age_assessment"]}
        other = {"id": "b", "name": "Court", "lacks": ["age_assessment"], "functions": ["removal"]}
        pages = functions(plan_of([first, other], [], **facts))
        drawn = (i for page in pages for i in page.items if isinstance(i, Polyline))
        return {(bar.stroke, bar.stroke_width) for bar in drawn if bar.role == "lacks"}

    assert bars() == {(theme.INK, 1.4)}
    assert bars(completeness="complete") == {(theme.LIFELINE, 0.8)}


def test_an_arabic_matrix_is_mirrored() -> None:
    (page,) = matrix(chain("شرطة", "محكمة", language="ar"))
    assert page.direction is Direction.RTL
    assert place(page, "row-name", "a0")[0] > place(page, "column-name", "a1")[0]


def test_the_same_plan_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import interagency\n"
        "from interagency.charts.emit.svg import svg\n"
        "from interagency.charts.matrix import matrix\n"
        "from interagency.charts.matrix_functions import functions\n"
        "audit = interagency.audit(interagency.load('thailand'))\n"
        "pages = matrix(audit.graph, audit.findings) + functions(audit.graph)\n"
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


def test_a_name_in_khmer_and_one_in_thai_stand_in_their_room() -> None:
    names = ("គណៈកម្មាធិការជាតិប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស", "สำนักงานตำรวจแห่งชาติ" * 3)
    pages = matrix(chain(*names, "Shelter"))
    for page in pages:
        assert check(page).faults == ()
        assert svg(page, kind="plain")


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_word_of_a_band_is_broken(language: str) -> None:
    pages = matrix(real("thailand"), edition=Edition(language=language))
    said = content(real("thailand"), (), language)
    bands = {word for column in said.columns for word in column.band.split()}
    shown = {word for text in words_of(*pages, role="band-text") for word in text.split()}
    assert shown <= bands
