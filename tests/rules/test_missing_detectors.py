"""missing-detectors: who meets victims first and is not in the plan."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import run
from interagency.rules.missing_detectors import missing_detectors

RULE = missing_detectors

PLAN = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: a1, name: Police, sector: law_enforcement}
  - {id: a2, name: Clinics, sector: health}
  - {id: a3, name: Labour office, sector: labour_inspection}
  - {id: a4, name: Coast guard, sector: border_control}
  - {id: a5, name: Welfare, sector: social_welfare}
  - {id: a6, name: Schools, sector: education}
  - {id: a7, name: Towns, sector: local_government}
  - {id: a8, name: Hotline, sector: hotline}
  - {id: a9, name: NGOs, sector: ngo_service_provider}
  - {id: a10, name: Money watch, sector: financial_intelligence}
"""


def without(agency_id: str) -> str:
    return "".join(line for line in PLAN.splitlines(True) if f"id: {agency_id}," not in line)


def test_a_plan_with_all_is_in_order() -> None:
    assert (told(RULE, PLAN), met(RULE, PLAN)) == ([], 10)


@pytest.mark.parametrize(
    ("left_out", "who"), [("a2", "health services"), ("a7", "local government")]
)
def test_each_is_missed(left_out: str, who: str) -> None:
    body = without(left_out)
    assert told(RULE, body, "complete") == [("gap", "detectors")]
    assert told(RULE, body) == [("question", "detectors")]
    (finding,) = run(graph_of(body), [RULE]).findings
    assert who in finding.message


def test_all_that_are_missing_are_one_finding() -> None:
    body = "agencies:\n  - {id: panel, name: Panel, roles: [identification_authority]}\n"
    (finding,) = run(graph_of(body), [RULE]).findings
    assert len(finding.lacking) == 10
    assert finding.agencies == ("panel",)


@pytest.mark.parametrize(
    ("left_out", "instead"),
    [
        ("a3", "functions: [labour_standards_enforcement]"),
        ("a4", "sector: immigration_authority"),
        ("a4", "functions: [border_measures]"),
        ("a5", "sector: child_protection"),
        ("a8", "functions: [hotline_operation]"),
        ("a10", "functions: [financial_investigation]"),
    ],
)
def test_another_sector_or_the_function_does_as_well(left_out: str, instead: str) -> None:
    body = without(left_out) + f"  - {{id: other, name: Other, {instead}}}\n"
    assert told(RULE, body) == []


@pytest.mark.parametrize("when", ["since: 2025", "until: 2020"])
def test_an_agency_that_is_not_there_now_is_a_gap(when: str) -> None:
    body = PLAN.replace("sector: health", f"sector: health, {when}")
    assert told(RULE, body) == [("gap", "detectors")]


def test_it_does_not_apply_where_nobody_detects_or_identifies() -> None:
    body = "agencies:\n  - {id: a1, name: Police, sector: law_enforcement}\n"
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_to_support_a_hotline_is_to_have_one() -> None:
    assert told(RULE, without("a8").replace("a9,", "a9, supports: [hotline_operation],")) == []
