"""What others are given to draw holds the whole plan, and the table says what was found."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from commandline import ROOT

sys.path.insert(0, str(ROOT))

import interagency
from interagency import catalogue
from interagency.charts.emit.cast import cast
from interagency.graph import PlanGraph
from interagency.model import Plan
from tests.benchmarks import charts
from tests.benchmarks.generate import generated_plan
from tests.benchmarks.peers import pictures, texts
from tests.benchmarks.peers.table import COUNTS, Paper, Row, Times, again_and_again, table, totals

PLANS = (*catalogue.plan_names(), "generated")


def plan(name: str) -> PlanGraph:
    if name == "generated":
        return PlanGraph(Plan.model_validate(generated_plan(60)))
    return interagency.load(name)


@pytest.mark.parametrize("name", PLANS)
def test_d2_is_told_every_agency_and_handoff(name: str) -> None:
    found = cast(plan(name))
    said = texts.d2(found)
    ways = re.findall(r"^s\d+\.(a\d+) -> s\d+\.(a\d+): ", said, re.MULTILINE)
    assert ways == [(step.sender.key, step.receiver.key) for step in found.steps]
    assert said.count("class: agency}") == len(found.actors)


@pytest.mark.parametrize("name", PLANS)
def test_elk_is_told_every_agency_and_handoff(name: str) -> None:
    found = cast(plan(name))
    graph = json.loads(texts.elk(found))
    boxes = [box["id"] for group in graph["children"] for box in group["children"]]
    assert boxes == [actor.key for actor in found.actors]
    assert [edge["id"] for edge in graph["edges"]] == [step.key for step in found.steps]
    for edge in graph["edges"]:
        assert {*edge["sources"], *edge["targets"]} <= set(boxes)
        assert edge["labels"][0]["width"] > 0


@pytest.mark.parametrize("name", PLANS)
def test_bpmn_is_told_every_agency_and_handoff(name: str) -> None:
    found = cast(plan(name))
    said = texts.bpmn(found)
    assert said.count("<task ") == len(found.actors)
    assert said.count("<sequenceFlow ") == len(found.steps)
    assert said.count("<outgoing>") == said.count("<incoming>") == len(found.steps)


def test_a_name_that_is_code_stays_a_name_in_d2() -> None:
    assert texts.quoted('a "b" ${c} \\') == '"a \\"b\\" \\${c} \\\\"'


@pytest.mark.graphviz
@pytest.mark.skipif(shutil.which("dot") is None, reason="there is no dot")
def test_a_peer_draws(tmp_path: Path) -> None:
    drawn = pictures.PEERS["dot"].draw(interagency.load("nepal"), tmp_path)
    assert drawn.svg.count('class="edge"') == 4
    assert drawn.whole >= drawn.drawing >= 0


def test_a_program_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pictures, "PACKAGES", tmp_path)
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    with pytest.raises(pictures.GivenUp, match=r"Error|there is no node"):
        pictures.PEERS["ELK"].draw(interagency.load("nepal"), tmp_path)


def test_what_is_quick_runs_more_often() -> None:
    assert again_and_again(iter(range(9)).__next__) == [0, 1, 2, 3, 4]


def paper(**other: float) -> Paper:
    values = {"pages": 2, "lost": 0, "smallest": 7.0, "contrast": 5.0, "use": 0.5} | other
    return Paper(faults=tuple(range(len(COUNTS))), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("smallest", "sheets"), [(7.0, 1), (6.0, 1), (5.9, 2), (3.0, 4), (1.9, 10)]
)
def test_small_type_takes_more_sheets(smallest: float, sheets: int) -> None:
    assert paper(pages=1, smallest=smallest).sheets == sheets


def test_a_row_says_what_was_found_and_how_long_it_took() -> None:
    rows = [
        Row("ladder", paper(), Times(0.5, 0.1)),
        Row("dot", paper(pages=1, smallest=3.0), Times(0.25, 0.2)),
        Row("D2", why="gave up after 300 s"),
    ]
    heads, _, ours, dot, d2 = table("nepal", rows).splitlines()
    assert heads.startswith("| nepal | pages | lost | crossings |")
    assert ours == (
        "| ladder | 2 | 0 | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7.0 pt | 2 | 5.0 | 50% "
        "| 2.0 (0.50 s) | 0.40 s | 0.10 s |"
    )
    assert "| 3.0 pt | 4 |" in dot
    assert "gave up after 300 s" in d2
    assert {line.count("|") for line in (heads, ours, dot, d2)} == {heads.count("|")}


def test_totals_sum_faults_and_keep_the_worst_type() -> None:
    one, other = paper(smallest=3.0, contrast=9.0), paper(pages=3, smallest=6.5)
    plans = [[Row("dot", sheet, Times(1, 1)), Row("D2", why="failed")] for sheet in (one, other)]
    dot, d2 = totals(plans).splitlines()[2:]
    assert dot == "| dot | 5 | 0 | 0 | 2 | 4 | 6 | 8 | 10 | 12 | 3.0 pt | 11 | 5.0 | 50% | 2.0 s |"
    assert d2.startswith("| D2 | drew 0 of 2 |")


def test_the_report_has_a_place_for_everything() -> None:
    names = set(re.findall(r"\{(\w+)\}", charts.TEXT))
    assert names == {
        "versions", "settings", "load", "totals", "each", "speed", "bpmn_drawn", "bpmn_kept",
    }  # fmt: skip
