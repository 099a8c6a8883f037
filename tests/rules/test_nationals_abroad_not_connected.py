"""nationals-abroad-not-connected: consulates without a way home for a case."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.nationals_abroad_not_connected import nationals_abroad_not_connected

RULE = nationals_abroad_not_connected

AGENCIES = """
agencies:
  - {id: embassy, name: Embassies, sector: foreign_affairs_consular, level: international}
  - {id: ministry, name: Foreign ministry, sector: foreign_affairs_consular, level: national}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: welfare, name: Welfare office, sector: social_welfare}
  - {id: court, name: Court, sector: judiciary, functions: [evidence_collection]}
handoffs:
"""


def step(sender: str, to: str, kind: str = "notification", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [protect]{more}}}\n"


HOME = step("embassy", "ministry") + step("ministry", "welfare", "referral")
INQUIRY = step("ministry", "police")


def message(body: str) -> str:
    (finding,) = run(graph_of(body, "complete"), [RULE]).findings
    return finding.message


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
@pytest.mark.parametrize("ways", ["  []\n", HOME, step("embassy", "ministry") + INQUIRY])
def test_a_consulate_that_lacks_either_way_is_told_once(
    ways: str, completeness: str, state: str
) -> None:
    assert told(RULE, AGENCIES + ways, completeness) == [(state, "embassy")]


def test_the_message_names_which_way_is_missing() -> None:
    name = "From Embassies no case of a national found abroad leads to "
    assert message(AGENCIES + "  []\n") == f"{name}the police or to help at home."
    assert message(AGENCIES + HOME) == f"{name}the police or the prosecution at home."
    police = step("embassy", "police")
    assert message(AGENCIES + police) == f"{name}help at home."
    through = police + step("police", "welfare", "referral")
    assert message(AGENCIES + through) == f"{name}help at home other than through the police."


def test_both_ways_may_lead_through_the_ministry() -> None:
    assert (told(RULE, AGENCIES + HOME + INQUIRY), met(RULE, AGENCIES + HOME + INQUIRY)) == ([], 1)


def test_a_court_that_takes_evidence_is_no_police() -> None:
    assert told(RULE, AGENCIES + HOME + step("ministry", "court")) == [("question", "embassy")]


def test_the_ministry_is_asked_where_no_mission_is_in_the_plan() -> None:
    lines = AGENCIES.splitlines(keepends=True)
    body = "".join(line for line in lines if "id: embassy" not in line)
    assert told(RULE, body + INQUIRY) == [("question", "ministry")]


def test_what_the_plan_has_nobody_for_is_not_asked() -> None:
    body = """
agencies:
  - {id: embassy, name: Embassies, sector: foreign_affairs_consular}
  - {id: abroad, name: Police abroad, sector: foreign_counterpart}
handoffs:
  - {from: embassy, to: abroad, pillars: [protect], kind: notification}
"""
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 0)


@pytest.mark.parametrize("field", [{"status": "missing"}, {"since": "2030"}, {"until": "2020"}])
def test_a_way_that_is_spoken_of_and_not_there_makes_a_gap(field: dict[str, str]) -> None:
    absent = step("ministry", "police", **field)
    assert told(RULE, AGENCIES + HOME + absent) == [("gap", "embassy")]


def test_money_is_no_way_for_a_case() -> None:
    assert told(RULE, AGENCIES + HOME + step("ministry", "police", "funding")) == [
        ("question", "embassy")
    ]


@pytest.mark.parametrize(
    "ways",
    [HOME, step("embassy", "police"), step("welfare", "police"), step("welfare", "court")],
)
def test_the_handoff_it_names_closes_it(ways: str) -> None:
    findings = run(graph_of(AGENCIES + ways, "complete"), [RULE]).findings
    if ways == step("welfare", "court"):
        assert [f.expected for f in findings] == [()]
        assert findings[0].lacking == (
            "a way from Embassies to the police at home",
            "a way from Embassies to help at home",
        )
    else:
        assert closes(RULE, AGENCIES + ways)
