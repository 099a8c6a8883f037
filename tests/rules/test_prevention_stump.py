"""prevention-stump: prevention that learns from no case, or reaches no field."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.prevention_stump import prevention_stump

RULE = prevention_stump


def plan(
    *handoffs: str, office: str = "awareness_raising", licences: str = "employment_services"
) -> str:
    return f"""
agencies:
  - {{id: office, name: Information office, functions: [{office}]}}
  - {{id: licences, name: Licensing office, sector: {licences}, functions: [document_security]}}
  - {{id: police, name: Police, functions: [criminal_investigation]}}
handoffs:
""" + "".join(handoffs or ("  []\n",))


def step(sender: str, to: str, kind: str = "information_sharing", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [prevent]{more}}}\n"


LESSON = step("police", "office")


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_no_lesson_from_cases_is_told(completeness: str, state: str) -> None:
    assert told(RULE, plan(), completeness) == [(state, "prevention")]


def test_a_lesson_and_a_field_are_in_order() -> None:
    assert (told(RULE, plan(LESSON)), met(RULE, plan(LESSON))) == ([], 1)


def test_prevention_that_works_on_cases_itself_learns() -> None:
    assert told(RULE, plan(office="awareness_raising, victim_identification")) == []


def test_no_field_is_told_though_a_lesson_comes() -> None:
    body = plan(LESSON, licences="document_issuing")
    (finding,) = run(graph_of(body), [RULE]).findings
    assert (finding.state, finding.expected) == ("question", ())
    assert finding.message == (
        "No source states who works to prevent with recruiters, employers, schools, communities "
        "or finance. Ask the owner of the plan."
    )


@pytest.mark.parametrize(
    "function", ["recruitment_regulation", "vulnerability_reduction", "demand_reduction"]
)
def test_a_function_reaches_a_field_as_well_as_a_sector(function: str) -> None:
    assert told(RULE, plan(LESSON, office=function, licences="document_issuing")) == []


def test_money_and_training_teach_nothing() -> None:
    for kind in ("funding", "training", "guidance"):
        assert told(RULE, plan(step("police", "office", kind))) == [("question", "prevention")]


@pytest.mark.parametrize("field", [{"status": "missing"}, {"status": "planned"}, {"since": "2030"}])
def test_a_lesson_that_is_spoken_of_and_not_there_makes_a_gap(field: dict[str, str]) -> None:
    assert told(RULE, plan(step("police", "office", **field))) == [("gap", "prevention")]


def test_a_plan_in_which_nobody_prevents_is_told() -> None:
    body = """
agencies:
  - {id: police, name: Police, functions: [criminal_investigation]}
handoffs: []
"""
    assert told(RULE, body) == [("question", "prevention")]


def test_who_asks_for_other_pillars_only_is_not_told() -> None:
    graph = graph_of(plan())
    assert list(RULE(graph.only("protect"))) == []


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, plan())
