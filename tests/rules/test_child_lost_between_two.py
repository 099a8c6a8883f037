"""child-lost-between-two: custody of children, and who hears of it."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import Flag
from interagency.rules.child_lost_between_two import child_lost_between_two

RULE = child_lost_between_two

PLAN = """
agencies:
  - {id: border, name: Border guard, sector: border_control}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: home, name: Children's home, accepts: [girls]}
  - {id: house, name: Reception house, sector: social_welfare}
  - {id: clinic, name: Clinic, sector: health}
handoffs:
  - {id: out, from: border, to: house, pillars: [protect], kind: custody_transfer, only_for: [boys]
"""
BARE = PLAN.rstrip() + "}\n"


def word(receiver: str, rest: str = "kind: notification", sender: str = "house") -> str:
    return f"  - {{from: {sender}, to: {receiver}, pillars: [protect], {rest}}}\n"


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, BARE, "complete") == [("gap", "out")]
    assert told(RULE, BARE) == [("question", "out")]


@pytest.mark.parametrize(
    "way",
    [
        word("border"),
        word("border", "kind: feedback, only_for: [children]"),
        word("police"),
        word("house", "kind: joint_action", sender="border"),
    ],
)
def test_word_to_the_sender_or_to_those_who_search_is_in_order(way: str) -> None:
    assert (told(RULE, BARE + way), met(RULE, BARE + way)) == ([], 1)


def test_confirmed_receipt_is_in_order() -> None:
    assert told(RULE, PLAN.rstrip() + ", needs: [acknowledgement]}") == []
    assert told(RULE, PLAN.rstrip() + ", needs: [accompaniment, written_record]}") == []
    for one in ("accompaniment", "written_record"):
        assert told(RULE, PLAN.rstrip() + f", needs: [{one}]}}") == [("question", "out")]


@pytest.mark.parametrize(
    "way",
    [
        word("clinic"),
        word("border", "kind: notification, only_for: [adults]"),
        word("border", "kind: reporting"),
        word("border", "kind: funding"),
    ],
)
def test_other_word_is_none(way: str) -> None:
    assert told(RULE, BARE + way) == [("question", "out")]


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_word_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    assert told(RULE, BARE + word("border", f"kind: notification, {when}")) == [("gap", "out")]


def test_an_end_that_serves_children_only_makes_it_a_transfer_of_children() -> None:
    body = BARE.replace("to: house", "to: home").replace(", only_for: [boys]", "")
    assert told(RULE, body) == [("question", "out")]


def test_children_among_others_are_children() -> None:
    assert told(RULE, BARE.replace("[boys]", "[women, girls]")) == [("question", "out")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", only_for: [boys]", ""),
        ("[boys]", "[women]"),
        ("kind: custody_transfer", "kind: referral"),
        ("from: border", "from: public"),
        ("only_for: [boys]", "only_for: [boys], status: planned"),
    ],
)
def test_what_is_no_custody_of_children_between_agencies_is_not_looked_at(
    old: str, new: str
) -> None:
    body = BARE.replace(old, new)
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, BARE)


def test_the_word_that_is_expected_brings_no_new_case_to_who_sent_the_child() -> None:
    """A notice would be a way by which others come there, and from there be sent home unasked."""
    graph = graph_of(BARE, "complete")
    (flag,) = [a for a in child_lost_between_two(graph) if isinstance(a, Flag)]
    assert [e.kind.value for e in flag.expected] == ["feedback"]
