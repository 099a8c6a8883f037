"""asked-again-and-again: how often the story is told."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.asked_again_and_again import asked_again_and_again

RULE = asked_again_and_again

PLAN = """
agencies:
  - {id: border, name: Border police, roles: [detecting_agency], interviews: true}
  - {id: panel, name: Panel, functions: [victim_identification]}
  - {id: desk, name: Front desk}
  - {id: police, name: Investigators, functions: [evidence_collection]}
  - {id: court, name: Court, interviews: true}
handoffs:
  - {id: a, from: border, to: panel, pillars: [protect], kind: referral}
  - {id: b, from: panel, to: desk, pillars: [prosecute], kind: notification}
  - {id: c, from: desk, to: police, pillars: [prosecute], kind: notification}
"""
BACK = "  - {from: police, to: panel, pillars: [prosecute], kind: "


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, PLAN, "complete") == [("gap", "police")]
    assert told(RULE, PLAN) == [("question", "police")]
    assert met(RULE, PLAN) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "to: panel, pillars: [protect], kind: referral",
            "to: panel, pillars: [protect], kind: joint_action",
        ),
        ("kind: referral}", "kind: referral, needs: [written_record]}"),
        ("kind: referral}", "kind: referral, form: A1}"),
        ("functions: [victim_identification]", "interviews: false"),
        ("functions: [evidence_collection]", "interviews: false, functions: [evidence_collection]"),
        ("interviews: true}\n  - {id: panel", "interviews: false}\n  - {id: panel"),
    ],
)
def test_what_travels_is_not_told_again(old: str, new: str) -> None:
    assert told(RULE, PLAN.replace(old, new, 1)) == []


@pytest.mark.parametrize("kind", ["joint_action", "evidence_transfer"])
def test_a_joint_interview_of_two_on_the_way_spares_one_telling(kind: str) -> None:
    body = PLAN + f"  - {{from: panel, to: border, pillars: [protect], kind: {kind}}}\n"
    assert told(RULE, body) == []


def test_feedback_spares_nothing() -> None:
    assert told(RULE, PLAN + BACK + "feedback}") == [("question", "police")]


@pytest.mark.parametrize("when", ["status: planned", "status: missing", "since: 2025"])
def test_a_joint_interview_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    body = PLAN + f"  - {{from: panel, to: police, pillars: [protect], kind: joint_action, {when}}}"
    assert told(RULE, body) == [("gap", "police")]


def test_a_shorter_way_from_the_same_beginning_counts() -> None:
    direct = "  - {from: border, to: police, pillars: [prosecute], kind: referral}"
    assert told(RULE, PLAN + direct) == []


@pytest.mark.parametrize(
    "beginning",
    [
        "  - {from: person, to: police, pillars: [prosecute], kind: complaint}",
        "  - {from: public, to: police, pillars: [prosecute], kind: complaint}",
    ],
)
def test_who_begins_elsewhere_spares_nobody_who_begins_here(beginning: str) -> None:
    assert told(RULE, PLAN + beginning) == [("question", "police")]
    detecting = PLAN.replace(
        "[evidence_collection]}", "[evidence_collection, proactive_screening]}"
    )
    assert detecting != PLAN
    assert told(RULE, detecting) == [("question", "police")]


ROUND = """
agencies:
  - {id: social, name: Social office, roles: [detecting_agency], interviews: true}
  - {id: police, name: Police, roles: [detecting_agency], interviews: true}
  - {id: labour, name: Labour office, roles: [detecting_agency], interviews: true}
handoffs:
  - {from: social, to: police, pillars: [protect], kind: referral}
  - {from: police, to: labour, pillars: [protect], kind: referral}
"""


def test_three_desks_in_a_row_are_counted_though_each_is_a_first_contact() -> None:
    assert told(RULE, ROUND, "complete") == [("gap", "labour")]
    assert met(RULE, ROUND) == 1  # the second desk
    back = "  - {from: labour, to: social, pillars: [protect], kind: referral}\n"
    assert told(RULE, ROUND + back, "complete") == [
        ("gap", "labour"),
        ("gap", "police"),
        ("gap", "social"),
    ]
    assert closes(RULE, ROUND + back)


def test_what_comes_after_is_the_same_trouble() -> None:
    body = PLAN + "  - {from: police, to: court, pillars: [prosecute], kind: charge}"
    assert told(RULE, body) == [("question", "police")]


def test_two_are_allowed_for_unless_asked_otherwise() -> None:
    audit = run(graph_of(PLAN), [RULE.configured(at_most=1)])
    assert [f.id for f in audit.findings] == ["G20:panel"]
    assert run(graph_of(PLAN), [RULE.configured(at_most=0)]).findings == audit.findings


def test_it_does_not_apply_where_each_way_has_one_who_asks() -> None:
    body = PLAN.split("handoffs")[0]
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_it_names_those_who_ask_in_turn() -> None:
    (finding,) = run(graph_of(PLAN, "complete"), [RULE]).findings
    assert finding.message == (
        "By the time Investigators has heard a person, the story has been told 3 times. Those who "
        "ask on the way: Border police, Panel and Investigators."
    )
    assert finding.agencies == ("police", "panel", "border")


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, PLAN)
