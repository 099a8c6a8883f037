import subprocess
import sys
from pathlib import Path

import pytest
from plans import chain, real

import interagency
from interagency.charts import VIEWS, Chart, draw
from interagency.errors import RenderError, SaveError, UnknownName


@pytest.fixture(scope="module")
def several() -> Chart:
    return draw(real("bulgaria"))


@pytest.fixture(scope="module")
def one() -> Chart:
    return draw(chain("Hotline", "Police", "Shelter"))


def test_one_page_goes_to_the_name_given(one: Chart, tmp_path: Path) -> None:
    assert one.save(tmp_path / "plan.svg") == (tmp_path / "plan.svg",)
    assert (tmp_path / "plan.svg").read_text("utf-8") == one.svg()


def test_several_pages_are_numbered(several: Chart, tmp_path: Path) -> None:
    paths = several.save(tmp_path / "plan.svg", kind="plain")
    assert [path.name for path in paths] == [
        f"plan-{number}.svg" for number in range(1, len(several.pages) + 1)
    ]
    assert paths[1].read_text("utf-8") == several.svg(2, kind="plain")
    assert not (tmp_path / "plan.svg").exists()


def test_a_folder_is_no_target_and_nothing_is_left_behind(one: Chart, tmp_path: Path) -> None:
    (tmp_path / "plan.svg").mkdir()
    with pytest.raises(SaveError, match="folder"):
        one.save(tmp_path / "plan.svg")
    with pytest.raises(SaveError):
        one.save(tmp_path / "nowhere" / "plan.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.svg"]


def test_another_ending_is_refused_with_what_to_do(one: Chart, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"ends in \.svg"):
        one.save(tmp_path / "plan.tiff")


def test_pages_views_and_papers_that_are_not_there_are_named(one: Chart) -> None:
    with pytest.raises(UnknownName):
        one.svg(2)
    with pytest.raises(UnknownName):
        one.svg(kind="fancy")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="view"):
        draw(real("nepal"), view="laddder")
    with pytest.raises(UnknownName, match="page"):
        draw(real("nepal"), page="a44")


def test_a_notebook_shows_every_page_and_carries_each_font_once(several: Chart) -> None:
    html = several._repr_html_()
    assert html.count("<svg ") == len(several.pages)
    assert html.count("@font-face") == 2
    assert several._repr_svg_() is None
    assert draw(chain("A", "B"))._repr_svg_() is not None


def test_a_chart_in_words_names_every_handoff(several: Chart) -> None:
    graph = real("bulgaria")
    text = several.describe()
    assert str(several) == text
    assert text.count(" -> ") == len(graph.handoffs)


def test_views_have_names_that_the_command_line_knows() -> None:
    from interagency.cli import CHART_VIEWS

    assert tuple(VIEWS) == CHART_VIEWS


def test_a_chart_needs_neither_graphviz_nor_a_shaper() -> None:
    program = (
        "import sys, interagency\n"
        "from interagency.charts import draw\n"
        "from interagency.model import Plan\n"
        "from interagency.graph import PlanGraph\n"
        "draw(PlanGraph(Plan(facts=dict(id='x', title='X', as_of=2024)))).svg()\n"
        "heavy = {'graphviz', 'uharfbuzz', 'fontTools', 'networkx', 'click'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_front_door_draws_an_audit_with_its_gaps() -> None:
    chart = interagency.chart(interagency.audit(real("thailand").as_of(2021)))
    assert "MISSING" in chart.describe()
