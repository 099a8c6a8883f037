"""money-trail-cut: ways to compensation, and who follows the money."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.money_trail_cut import money_trail_cut

RULE = money_trail_cut
COMPENSATION, FINANCE = "compensation", "financial-investigation"

PLAN = """
agencies:
  - id: police
    name: Police
    sector: law_enforcement
    roles: [detecting_agency, identification_authority]
  - {id: shelter, name: Shelter, roles: [service_provider]}
  - {id: fund, name: Fund, sector: compensation_fund}
  - {id: unit, name: Money watch, sector: financial_intelligence}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
"""
CLAIM = "  - {from: shelter, to: fund, pillars: [prosecute], kind: complaint"
TRACE = "  - {from: police, to: unit, pillars: [prosecute], kind: request_for_assistance"
BOTH = PLAN + CLAIM + "}\n" + TRACE + "}\n"


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, PLAN, "complete") == [("gap", COMPENSATION), ("gap", FINANCE)]
    assert told(RULE, PLAN) == [("question", COMPENSATION), ("question", FINANCE)]


def test_both_ways_are_in_order() -> None:
    assert (told(RULE, BOTH, "complete"), met(RULE, BOTH)) == ([], 2)


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_way_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    body = PLAN + CLAIM + f", {when}" + "}\n" + TRACE + "}\n"
    assert told(RULE, body) == [("gap", COMPENSATION)]


def test_money_alone_brings_no_claim() -> None:
    body = PLAN + CLAIM.replace("complaint", "funding") + "}\n" + TRACE + "}\n"
    assert told(RULE, body) == [("question", COMPENSATION)]


def test_a_court_that_awards_in_its_judgment() -> None:
    body = BOTH.replace("sector: compensation_fund", "functions: [compensation_order]")
    assert told(RULE, body) == []


def test_a_helper_that_pays_itself_needs_no_way() -> None:
    body = PLAN.replace(
        "roles: [service_provider]", "functions: [medical_care, state_compensation]"
    )
    assert told(RULE, body) == [("question", FINANCE)]


def test_police_who_follow_the_money_need_no_way() -> None:
    body = PLAN.replace("    roles:", "    functions: [financial_investigation]\n    roles:")
    assert told(RULE, body) == [("question", COMPENSATION)]


def test_a_unit_that_only_tells_the_police_is_not_asked_by_them() -> None:
    body = PLAN + CLAIM + "}\n" + TRACE.replace("police, to: unit", "unit, to: police") + "}\n"
    assert told(RULE, body) == [("question", FINANCE)]


def test_what_a_source_says_nobody_does_is_a_gap() -> None:
    body = BOTH.replace("sector: financial_intelligence", "lacks: [financial_investigation]")
    body = body.replace("sector: compensation_fund", "lacks: [state_compensation]")
    assert told(RULE, body) == [("gap", COMPENSATION), ("gap", FINANCE)]


def test_it_does_not_apply_to_a_plan_of_campaigns() -> None:
    body = "agencies:\n  - {id: school, name: School, sector: education}\n"
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, PLAN)


def test_to_support_the_inquiry_into_money_is_to_follow_it() -> None:
    body = BOTH.replace("sector: financial_intelligence", "supports: [financial_investigation]")
    assert told(RULE, body) == []


@pytest.mark.parametrize("status", ["unused", "planned", "missing"])
def test_an_award_that_the_plan_says_is_not_made_is_no_silence(status: str) -> None:
    court = PLAN.replace(
        "name: Fund, sector: compensation_fund}", "name: Court, sector: judiciary}"
    )
    order = "  - {from: fund, to: person, pillars: [protect], kind: order, stage: compensation"
    assert ("gap", COMPENSATION) in told(RULE, court + order + f", status: {status}}}\n")
    assert ("question", COMPENSATION) in told(RULE, court)
