"""closed-loop: places that one is taken to and cannot leave by choice."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.closed_loop import closed_loop

RULE = closed_loop

AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: home, name: Protection home, functions: [emergency_accommodation]}
  - {id: second, name: Second home, roles: [service_provider]}
  - {id: housing, name: Housing programme, sector: local_government}
handoffs:
"""


def step(sender: str, to: str, kind: str = "custody_transfer", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [protect]{more}}}\n"


TAKEN = step("police", "home")
INCLUSION = {"stage": "social_inclusion"}


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
@pytest.mark.parametrize("kind", ["custody_transfer", "decision", "order"])
def test_a_home_one_is_taken_to_and_that_has_no_exit(
    kind: str, completeness: str, state: str
) -> None:
    body = AGENCIES + step("police", "home", kind)
    assert told(RULE, body, completeness) == [(state, "home")]


@pytest.mark.parametrize(
    "way",
    [
        step("home", "housing", "referral", **INCLUSION),
        step("home", "housing", needs="[informed_choice]", **INCLUSION),
        step("home", "person", "decision"),
        step("home", "second", "referral", needs="[consent]"),
        step("home", "second") + step("second", "housing", "referral", **INCLUSION),
    ],
)
def test_an_exit_by_choice_here_or_further_on_is_in_order(way: str) -> None:
    assert told(RULE, AGENCIES + TAKEN + way) == []
    assert met(RULE, AGENCIES + TAKEN + way) > 0


@pytest.mark.parametrize(
    "way",
    [
        step("home", "housing", **INCLUSION),
        step("home", "police", "notification"),
        step("home", "second", "referral"),
        step("home", "housing", "referral", needs="[consent]", stage="assistance"),
    ],
)
def test_what_nobody_chooses_or_what_leaves_nobody_out_is_no_exit(way: str) -> None:
    assert told(RULE, AGENCIES + TAKEN + way) == [("question", "home")]


@pytest.mark.parametrize("condition", ["conviction", "court_order", "cooperates"])
def test_an_exit_that_hangs_on_the_case_is_a_gap(condition: str) -> None:
    way = step("home", "housing", "referral", conditions=f"[{condition}]", **INCLUSION)
    assert told(RULE, AGENCIES + TAKEN + way) == [("gap", "home")]


@pytest.mark.parametrize("need", ["voluntariness", "non_detention"])
def test_a_step_into_an_open_place_is_in_order_if_each_such_step_is(need: str) -> None:
    into = step("police", "home", needs=f"[{need}]")
    assert told(RULE, AGENCIES + into, "complete") == []
    assert told(RULE, AGENCIES + into + TAKEN) == [("question", "home")]


def test_a_home_said_to_be_open_is_in_order_and_one_said_to_be_closed_is_a_gap() -> None:
    held = AGENCIES.replace("[emergency_accommodation]", "[emergency_accommodation, non_detention]")
    assert told(RULE, held + TAKEN, "complete") == []
    lacked = AGENCIES.replace("accommodation]}", "accommodation], lacks: [non_detention]}")
    assert told(RULE, lacked + "  []\n") == [("gap", "home")]


@pytest.mark.parametrize(
    "into",
    [
        step("police", "home", "referral"),
        step("police", "home", only_for="[children]"),
        step("police", "home", stage="return_reintegration"),
        step("police", "second", "decision"),
        step("police", "housing"),
        step("person", "home"),
        step("police", "home", status="planned"),
        step("police", "home", until="2020"),
    ],
)
def test_where_no_adult_is_taken_nothing_is_asked(into: str) -> None:
    assert (told(RULE, AGENCIES + into, "complete"), met(RULE, AGENCIES + into)) == ([], 0)


@pytest.mark.parametrize("field", [{"status": "missing"}, {"since": "2030"}])
def test_an_exit_that_is_spoken_of_and_not_there_makes_a_gap(field: dict[str, str]) -> None:
    way = step("home", "housing", "referral", **INCLUSION, **field)
    assert told(RULE, AGENCIES + TAKEN + way) == [("gap", "home")]


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, AGENCIES + TAKEN)
