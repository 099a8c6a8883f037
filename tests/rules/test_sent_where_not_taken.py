"""sent-where-not-taken: lines to a door that is shut for those whom they bring."""

from __future__ import annotations

import pytest
from small_plans import met, told

from interagency.rules.sent_where_not_taken import sent_where_not_taken
from interagency.testing import check_examples

RULE = sent_where_not_taken
BODY = """
agencies:
  - {id: border, name: Border guard}
  - {id: young, name: Youth office, accepts: [children]}
  - {id: house, name: House, accepts: [HOUSE]}
handoffs:
  - {id: way, from: SENDER, to: house, pillars: [protect], kind: KIND, stage: STAGE,
     only_for: [ONLY]}
"""


def body(
    house: str = "women, men",
    only: str = "",
    sender: str = "border",
    kind: str = "referral",
    stage: str = "assistance",
) -> str:
    words = {"HOUSE": house, "ONLY": only, "SENDER": sender, "KIND": kind, "STAGE": stage}
    text = BODY
    for word, said in words.items():
        text = text.replace(word, said)
    return text


def test_the_examples() -> None:
    check_examples(RULE)


@pytest.mark.parametrize("completeness", ["partial", "complete"])
def test_what_the_plan_says_is_a_gap(completeness: str) -> None:
    assert told(RULE, body(only="children"), completeness) == [("gap", "way")]


@pytest.mark.parametrize("kind", ["custody_transfer", "request_for_assistance", "order"])
def test_each_kind_that_brings_somebody_is_looked_at(kind: str) -> None:
    assert told(RULE, body(only="girls, boys", kind=kind)) == [("gap", "way")]


def test_whom_the_sender_takes_counts_until_they_may_have_come_of_age() -> None:
    assert told(RULE, body(sender="young")) == [("gap", "way")]
    assert told(RULE, body(sender="young", stage="social_inclusion")) == []
    assert told(RULE, body(sender="young", house="children, women")) == []
    assert told(RULE, body(sender="young", only="men", stage="social_inclusion")) == []


@pytest.mark.parametrize(
    ("house", "only"),
    [
        ("women, men", "foreign_nationals"),
        ("women, men", "children, women"),
        ("children", "girls"),
        ("girls", "children"),
        ("women, families", "men"),
        ("women", "detained"),
        ("", "men"),
    ],
)
def test_a_door_that_is_open_to_some_of_them_is_in_order(house: str, only: str) -> None:
    assert told(RULE, body(house, only)) == []
    assert met(RULE, body(house, only)) == (1 if house else 0)


@pytest.mark.parametrize("kind", ["notification", "feedback", "funding", "joint_action"])
def test_what_brings_nobody_is_not_looked_at(kind: str) -> None:
    assert told(RULE, body(only="children", kind=kind)) == []
