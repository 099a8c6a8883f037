"""own-work-marked: monitors that are party, or that nobody else hears."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.own_work_marked import own_work_marked

RULE = own_work_marked

PLAN = """
agencies:
  - {{id: monitor, name: Monitor, {monitor}}}
  - {{id: police, name: Police, sector: law_enforcement, functions: [criminal_investigation]}}
  - {{id: office, name: Statistics office, sector: academia_research}}
  - {{id: house, name: Parliament, sector: legislature_budget}}
handoffs:
  - {{from: police, to: monitor, pillars: [prosecute], kind: reporting}}
"""
RAPPORTEUR = PLAN.format(monitor="sector: national_rapporteur")


def report(to: str, **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": "reporting", **fields}.items())
    return f"  - {{from: monitor, to: {to}, pillars: [protect]{more}}}\n"


@pytest.mark.parametrize("completeness", ["partial", "complete"])
@pytest.mark.parametrize(
    "monitor",
    [
        "sector: coordination_body, functions: [independent_monitoring]",
        "sector: law_enforcement, functions: [independent_monitoring]",
        "sector: national_rapporteur, functions: [victim_identification]",
        "sector: national_rapporteur, functions: [national_plan]",
        "sector: national_rapporteur, roles: [service_provider]",
        "functions: [independent_monitoring], part_of: police",
    ],
)
def test_judge_and_party_is_a_gap_whatever_it_publishes(monitor: str, completeness: str) -> None:
    body = PLAN.format(monitor=monitor) + report("public")
    assert told(RULE, body, completeness) == [("gap", "monitor")]


@pytest.mark.parametrize(
    "monitor",
    [
        "sector: national_rapporteur, roles: [detecting_agency]",
        "sector: national_rapporteur, functions: [complaint_handling, proactive_screening]",
        "sector: national_rapporteur, functions: [legal_assistance, data_collection]",
        "sector: ngo_service_provider, roles: [service_provider],"
        " functions: [independent_monitoring]",
        "sector: national_rapporteur, part_of: house",
    ],
)
def test_what_such_bodies_do_besides_is_no_trouble(monitor: str) -> None:
    body = PLAN.format(monitor=monitor) + report("public")
    assert (told(RULE, body), met(RULE, body)) == ([], 1)


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_who_tells_only_the_monitored_is_asked_where_else_it_reports(
    completeness: str, state: str
) -> None:
    assert told(RULE, RAPPORTEUR + report("police"), completeness) == [(state, "monitor")]
    assert told(RULE, RAPPORTEUR, completeness) == [(state, "monitor")]


@pytest.mark.parametrize(
    "way",
    [
        report("public"),
        report("house"),
        report("office", kind="information_sharing"),
        report("police", needs="[publication]"),
    ],
)
def test_a_way_out_to_anybody_else_is_in_order(way: str) -> None:
    assert told(RULE, RAPPORTEUR + way, "complete") == []


def test_a_report_that_is_not_there_yet_makes_a_gap() -> None:
    for field in ({"status": "planned"}, {"status": "unused"}, {"since": "2030"}):
        assert told(RULE, RAPPORTEUR + report("public", **field)) == [("gap", "monitor")]


def test_money_to_parliament_is_no_report() -> None:
    assert told(RULE, RAPPORTEUR + report("house", kind="funding")) == [("question", "monitor")]


def test_a_plan_without_a_monitor_is_told_so() -> None:
    body = PLAN.format(monitor="sector: health, functions: [evaluation_review]")
    assert told(RULE, body) == [("question", "monitoring")]
    assert told(RULE, body, "complete") == [("gap", "monitoring")]


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, RAPPORTEUR)
