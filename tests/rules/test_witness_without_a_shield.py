"""witness-without-a-shield: from those who prosecute to those who protect."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.witness_without_a_shield import witness_without_a_shield

RULE = witness_without_a_shield

PLAN = """
agencies:
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: court, name: Court, sector: judiciary}
  - {id: shield, name: Witness protection, sector: witness_protection}
handoffs:
  - {from: prosecutor, to: court, pillars: [prosecute], kind: charge}
"""
ASKED = "  - {from: prosecutor, to: shield, pillars: [prosecute], kind: request_for_assistance"
NOBODY = PLAN.replace(", sector: witness_protection", "")


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, PLAN, "complete") == [("gap", "prosecutor")]
    assert told(RULE, PLAN) == [("question", "prosecutor")]


def test_a_way_is_in_order_straight_or_through_the_court() -> None:
    assert (told(RULE, PLAN + ASKED + "}"), met(RULE, PLAN + ASKED + "}")) == ([], 1)
    assert told(RULE, PLAN + ASKED.replace("from: prosecutor", "from: court") + "}") == []


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_way_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    assert told(RULE, PLAN + ASKED + f", {when}" + "}") == [("gap", "prosecutor")]


@pytest.mark.parametrize("function", ["witness_protection", "court_protection_measures"])
def test_a_court_or_prosecutor_that_protects_is_in_order(function: str) -> None:
    court = NOBODY.replace("sector: judiciary", f"sector: judiciary, functions: [{function}]")
    itself = NOBODY.replace("sector: prosecution", f"sector: prosecution, functions: [{function}]")
    assert told(RULE, court) == told(RULE, itself) == []


def test_that_nobody_protects_is_said_once() -> None:
    two = NOBODY.replace(
        "agencies:", "agencies:\n  - {id: two, name: Two, functions: [prosecution_service]}"
    )
    assert told(RULE, two, "complete") == [("gap", "witness-protection")]
    assert told(RULE, two) == [("question", "witness-protection")]


def test_what_a_source_says_nobody_does_is_a_gap() -> None:
    body = NOBODY.replace("sector: judiciary", "sector: judiciary, lacks: [witness_protection]")
    assert told(RULE, body) == [("gap", "witness-protection")]


def test_it_does_not_apply_where_nobody_prosecutes() -> None:
    body = PLAN.replace(", sector: prosecution", "")
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, PLAN)


def test_to_support_protection_is_to_protect() -> None:
    court = NOBODY.replace("sector: judiciary", "sector: judiciary, supports: [witness_protection]")
    assert told(RULE, court) == []
