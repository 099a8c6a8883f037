"""coordinator-without-reach: co-ordination that hears nothing, or says nothing."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.coordinator_without_reach import coordinator_without_reach

RULE = coordinator_without_reach

AGENCIES = """
agencies:
  - {id: table, name: Committee, sector: coordination_body, level: national}
  - {id: province, name: Provincial committees, sector: coordination_body, level: provincial}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: panel, name: Panel, sector: coordination_body, functions: [victim_identification]}
  - {id: ministry, name: Ministry, sector: social_welfare, functions: [policy_coordination]}
handoffs:
"""
CHAIN = "  - {id: up, from: province, to: table, pillars: [prevent], kind: reporting}\n"
HEARD = "  - {id: heard, from: police, to: province, pillars: [protect], kind: referral}\n"
SAID = "  - {id: said, from: table, to: ministry, pillars: [protect], kind: guidance}\n"


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_levels_between_which_something_passes_are_one_finding(
    completeness: str, state: str
) -> None:
    assert told(RULE, AGENCIES + CHAIN, completeness) == [(state, "table")]
    assert told(RULE, AGENCIES + CHAIN + HEARD, completeness) == [(state, "table")]
    assert told(RULE, AGENCIES + CHAIN + SAID, completeness) == [(state, "table")]


def test_a_chain_that_hears_below_and_speaks_above_is_in_order() -> None:
    body = AGENCIES + CHAIN + HEARD + SAID
    assert (told(RULE, body), met(RULE, body)) == ([], 1)


def test_levels_that_share_nothing_are_asked_one_by_one() -> None:
    assert told(RULE, AGENCIES + HEARD + SAID) == [("question", "province"), ("question", "table")]


def test_a_branch_belongs_to_its_body() -> None:
    body = AGENCIES.replace("level: provincial", "level: provincial, part_of: table")
    assert told(RULE, body + HEARD + SAID) == []


def test_a_seat_at_the_table_is_heard_whichever_way_it_is_written() -> None:
    sits = "  - {from: table, to: police, pillars: [protect], kind: joint_action}\n"
    assert told(RULE, AGENCIES + CHAIN + sits + SAID) == []


def test_another_handoff_never_moves_the_finding_to_another_body() -> None:
    apart = {subject for _, subject in told(RULE, AGENCIES + "  []\n")}
    assert {subject for _, subject in told(RULE, AGENCIES + CHAIN)} <= apart


def test_what_is_planned_makes_a_gap_and_what_begins_later_does_too() -> None:
    for field in ("status: planned", "since: 2030", "status: missing", "until: 2020"):
        later = SAID.replace("kind: guidance", f"kind: guidance, {field}")
        assert told(RULE, AGENCIES + CHAIN + HEARD + later) == [("gap", "table")]


def test_whoever_is_said_to_lack_the_power_is_a_gap_though_it_meets() -> None:
    body = AGENCIES.replace("level: national}", "level: national, lacks: [policy_coordination]}")
    assert told(RULE, body + CHAIN + HEARD + SAID) == [("gap", "table"), ("question", "province")]


def test_without_a_body_the_ministry_that_steers_is_asked() -> None:
    body = """
agencies:
  - {id: ministry, name: Ministry, sector: social_welfare, functions: [policy_coordination]}
  - {id: police, name: Police}
handoffs:
  - {from: police, to: ministry, pillars: [prosecute], kind: reporting}
"""
    assert told(RULE, body) == [("question", "ministry")]
    assert closes(RULE, body)


def test_a_team_that_works_on_cases_is_no_committee() -> None:
    body = """
agencies:
  - {id: panel, name: Panel, sector: coordination_body, functions: [victim_identification]}
  - {id: police, name: Police}
handoffs:
  - {from: police, to: panel, pillars: [protect], kind: referral}
"""
    assert (told(RULE, body), met(RULE, body)) == ([("question", "coordination")], 0)
    assert told(RULE, body, "complete") == [("gap", "coordination")]


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, AGENCIES + CHAIN + HEARD)
    assert closes(RULE, AGENCIES + CHAIN + SAID)


def test_where_both_are_missing_no_one_handoff_is_promised() -> None:
    (finding,) = run(graph_of(AGENCIES + CHAIN), [RULE]).findings
    assert finding.expected == ()
    assert finding.lacking == (
        "a report from agencies to Committee",
        "guidance or decisions from Committee to agencies",
    )
    assert finding.message == (
        "No source states which agencies report to Committee and Provincial committees. "
        "No source states what guidance or decisions go out from Committee and Provincial "
        "committees. Ask its chair or secretariat."
    )
