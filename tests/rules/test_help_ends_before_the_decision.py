"""help-ends-before-the-decision: a stay, or time to recover, against the limit of a decision."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import Flag
from interagency.rules.help_ends_before_the_decision import help_ends_before_the_decision as rule

AGENCIES = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
  - {id: house, name: Second house, functions: [emergency_accommodation]}
  - {id: status, name: Immigration office, sector: immigration_authority}
  - {id: town, name: Town hall}
handoffs:
"""
IN = "  - {id: bed, from: panel, to: shelter, pillars: [protect], kind: referral, STAY}\n"
DECISION = (
    "  - {id: decision, from: panel, to: person, pillars: [protect], kind: decision,"
    " stage: identification, WITHIN}\n"
)
BED = [("gap", "bed")]


def plan(stay: str = "stay: P30D", within: str = "within: {max: P45D}", more: str = "") -> str:
    steps = IN.replace("STAY", stay) + DECISION.replace("WITHIN", within)
    return AGENCIES + steps + "".join(f"  - {{pillars: [protect], {more}}}\n" if more else "")


@pytest.mark.parametrize("completeness", ["partial", "complete"])
def test_both_numbers_stand_in_the_file_so_it_is_a_gap_in_any_plan(completeness: str) -> None:
    assert told(rule, plan(), completeness) == BED


@pytest.mark.parametrize(
    ("stay", "within", "found"),
    [
        ("stay: P30D", "within: {max: P30D}", []),
        ("stay: P4W", "within: {max: P30D}", BED),
        ("stay: P1M", "within: {max: P30D}", []),
        ("stay: PT72H", "within: {max: P4D}", BED),
        ("stay: P30D, conditions: [formal_identification]", "within: {max: P45D}", []),
        ("stay: P30D, stage: social_inclusion", "within: {max: P45D}", []),
        ("stay: P30D, only_for: [men]", "within: {max: P45D}, only_for: [women]", []),
        ("stay: P30D, only_for: [women]", "within: {max: P45D}", BED),
        ("stay: P30D", "within: {wording: soon}", []),
        ("stage: assistance", "within: {max: P45D}", []),
        ("stay: P30D, status: planned", "within: {max: P45D}", []),
    ],
)
def test_a_number_against_a_number(stay: str, within: str, found: list[tuple[str, str]]) -> None:
    assert told(rule, plan(stay, within)) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("from: panel, to: shelter, kind: order, stay: P60D", []),
        ("from: panel, to: shelter, kind: order, stay: P60D, only_for: [children]", BED),
        ("from: shelter, to: house, kind: referral", []),
        ("from: shelter, to: house, kind: notification", BED),
        ("from: shelter, to: house, kind: referral, conditions: [formal_identification]", BED),
        ("from: shelter, to: house, kind: referral, status: unused", BED),
        (
            "from: panel, to: person, kind: decision, stage: identification, within: {max: P5D}",
            BED,
        ),
    ],
)
def test_what_else_the_plan_has(more: str, found: list[tuple[str, str]]) -> None:
    assert told(rule, plan(more=more)) == found


def test_only_a_decision_to_which_the_case_comes_is_waited_for() -> None:
    """A shelter that gets its guests elsewhere and hands none on waits for no panel."""
    alone = plan().replace("id: bed, from: panel", "id: bed, from: town")
    assert told(rule, alone) == []
    step = "  - {from: shelter, to: panel, pillars: [protect], kind: referral}\n"
    assert told(rule, alone + step) == BED


def recovery(stay: str, more: str = "") -> str:
    line = (
        "  - {id: time, from: status, to: person, pillars: [protect], kind: decision,"
        f" stage: reflection, stay: {stay}}}\n"
    )
    return AGENCIES + DECISION.replace("WITHIN", "within: {max: P60D}") + line + more


HOLD = (
    "  - {from: panel, to: status, pillars: [protect], kind: notification, needs: [no_removal]}\n"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (recovery("P60D"), []),
        (recovery("P45D"), [("gap", "time")]),
        (recovery("P45D", HOLD), []),
        (recovery("P29D", HOLD), [("gap", "time")]),
        (recovery("P30D", HOLD), []),
    ],
)
def test_time_to_recover(text: str, found: list[tuple[str, str]]) -> None:
    assert told(rule, text) == found


def test_the_least_number_of_days_is_an_option() -> None:
    graph = graph_of(recovery("P45D", HOLD))
    flags = [a for a in rule.configured(least=60)(graph) if isinstance(a, Flag)]
    assert [f.subject.id for f in flags] == ["time"]
    assert "60 days" in flags[0].message


def test_what_is_held_against_a_decision_and_long_enough_is_met() -> None:
    assert met(rule, plan("stay: P60D")) == 1
    assert met(rule, plan("stay: P60D", "within: {wording: soon}")) == 0


def test_the_message_has_both_numbers_and_who() -> None:
    (flag,) = [a for a in rule(graph_of(plan())) if isinstance(a, Flag)]
    for word in ("Shelter", "30 days", "Panel", "45 days"):
        assert word in flag.message
