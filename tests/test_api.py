"""The journey in Python: load, audit, draw, save."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import interagency as ia
from interagency.api import findings_to_draw
from interagency.catalogue import plan_bytes, plan_names
from interagency.charts.wording import ENGLISH
from interagency.rules import by_name

PLAN = ia.Plan(
    facts=ia.PlanFacts(id="small", title="Small", as_of=2024, completeness="complete"),
    agencies=[
        ia.Agency(id="port", name="Port", roles=["detecting_agency"]),
        ia.Agency(id="panel", name="Panel", roles=["identification_authority"]),
    ],
    handoffs=[ia.Handoff(sender="public", receiver="panel", pillars=["protect"], kind="referral")],
)
G01 = by_name("G01")


@pytest.mark.parametrize("name", ["sri_lanka", "Sri Lanka", "sri-lanka", "SRI_LANKA"])
def test_a_bundled_plan_may_be_called_as_people_write_it(name: str) -> None:
    assert ia.load(name).plan.facts.id == "sri_lanka"


def test_a_file_goes_before_a_bundled_plan_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nepal").write_bytes(plan_bytes("bulgaria"))
    assert ia.load("nepal").plan.facts.id == "bulgaria"
    assert ia.load(Path("nepal")).plan.facts.id == "bulgaria"


def test_a_path_is_a_file_and_never_a_bundled_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ia.UnreadablePlan, match="There is no file nepal"):
        ia.load(Path("nepal"))


def test_what_is_not_there_is_told_with_what_was_meant() -> None:
    with pytest.raises(ia.UnreadablePlan, match="Did you mean 'nepal'"):
        ia.load("nepall")
    with pytest.raises(ia.UnreadablePlan, match=r"There is no file nepall\.yaml"):
        ia.load("nepall.yaml")


def test_a_plan_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(plan_bytes("nepal")), "utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    graph = ia.load("-")
    assert graph.plan == ia.load("nepal").plan
    assert str(graph.where(graph.agencies[0].ref)).startswith("standard input:")


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    wrong = plan_bytes("nepal").replace(b"sector: hospital", b"sector: hospitl", 1)
    wrong = wrong.replace(b"completeness: partial", b"completeness: partly")
    (tmp_path / "plan.yaml").write_bytes(wrong)
    with pytest.raises(ia.InvalidPlan) as caught:
        ia.load(tmp_path / "plan.yaml")
    assert len(caught.value.problems) >= 1
    assert all(p.at is not None and p.mend for p in caught.value.problems)
    assert str(caught.value).count("\n") == len(caught.value.problems) - 1


@pytest.mark.parametrize("name", plan_names())
@pytest.mark.parametrize("ending", ["yaml", "yml", "json"])
def test_a_plan_that_is_saved_loads_as_the_same_plan(
    name: str, ending: str, tmp_path: Path
) -> None:
    plan = ia.load(name).plan
    path = ia.save(plan, tmp_path / f"{name}.{ending}")
    assert ia.load(path).plan == plan


def test_a_graph_is_saved_as_its_whole_plan_and_not_as_its_view(tmp_path: Path) -> None:
    graph = ia.load("thailand").as_of(2021).only("protect")
    assert ia.load(ia.save(graph, tmp_path / "plan.yaml")).plan == graph.plan


@pytest.mark.parametrize("name", ["plan.txt", "plan", "plan.yaml.bak", "yaml"])
def test_a_plan_is_saved_in_a_form_that_its_name_says(name: str, tmp_path: Path) -> None:
    with pytest.raises(ia.UnknownName, match=r"\.yaml"):
        ia.save(PLAN, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_cannot_be_saved_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ia.SaveError, match="no such folder"):
        ia.save(PLAN, tmp_path / "none" / "plan.yaml")
    assert list(tmp_path.iterdir()) == []


def test_a_plan_and_its_graph_are_audited_alike() -> None:
    from_plan, from_graph = ia.audit(PLAN), ia.audit(ia.PlanGraph(PLAN))
    assert from_plan == from_graph
    assert "G01:port" in {f.id for f in from_plan.gaps}
    assert isinstance(from_plan, ia.Audit)


def test_rules_and_waivers_are_chosen() -> None:
    waiver = ia.Waiver(rule="G01", about=["port"], because="Nobody comes there.")
    waived = PLAN.model_copy(update={"waivers": (waiver,)})
    assert {f.code for f in ia.audit(PLAN, [G01]).findings} == {"G01"}
    assert ia.audit(waived, [G01]).findings == ()
    assert [f.id for f in ia.audit(waived, [G01], waivers=False).findings] == ["G01:port"]


def test_a_chart_of_an_audit_has_its_gaps_and_one_of_a_plan_has_none() -> None:
    audit = ia.audit(PLAN, [G01])
    assert "G01" in ia.chart(audit).describe()
    assert "G01" not in ia.chart(PLAN).describe()
    assert "G01" not in ia.chart(audit.graph).describe()
    assert ia.chart(PLAN, audit.findings).describe() == ia.chart(audit).describe()


@pytest.mark.parametrize("asked", [{"page": "a5"}, {"view": "laddr"}])
def test_a_chart_nobody_can_draw_is_told(asked: dict[str, str]) -> None:
    with pytest.raises(ia.UnknownName):
        ia.chart(PLAN, **asked)


def test_a_chart_draws_every_gap_and_the_first_questions_and_tells_them_all() -> None:
    audit = ia.audit(ia.load("thailand"))
    few, all_of_them = ia.chart(audit, questions=2), ia.chart(audit, questions=99)
    drawn = [item.text for page in few.pages for item in page.texts()]
    assert sum("NOT STATED" in text for text in drawn) < sum(
        "NOT STATED" in item.text for page in all_of_them.pages for item in page.texts()
    )
    assert any("the first 2 of" in text for text in drawn)
    assert few.lines == all_of_them.lines


def test_a_view_of_one_pillar_asks_about_all_handoffs_and_draws_its_own() -> None:
    """Hiding the rest of a way must not make it look as if there were none."""
    whole = ia.audit(ia.load("thailand"))
    part = ia.audit(ia.load("thailand").only("prosecute"))
    kept = {f.id: f.state for f in whole.findings if "prosecute" in f.pillars}
    assert {f.id: f.state for f in part.findings} == kept
    drawn, _ = findings_to_draw(part, 99, ENGLISH)
    edges = [e for f in drawn for e in f.expected]
    assert edges
    assert all("prosecute" in e.pillars for e in edges)


def test_an_audit_takes_what_load_takes() -> None:
    assert ia.audit("nepal").findings == ia.audit(ia.load("nepal")).findings
    with pytest.raises(ia.UnknownName, match="sheltr"):
        ia.load("thailand").reaches(sender="police", receivers=["sheltr"])
    assert ia.load("thailand").reaches(sender="police", receivers="shelter")


def test_a_chart_takes_what_load_takes() -> None:
    assert ia.chart("nepal").pages == ia.chart(ia.load("nepal")).pages
