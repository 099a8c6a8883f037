"""Whether a notice brings a person: not to the door of who is told, but perhaps on (G06, G09)."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import graph_of

from interagency.engine import run
from interagency.rules import by_name

AGENCIES = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: desk, name: Desk, sector: ngo_service_provider}
  - {id: home, name: Home, roles: [service_provider]}
handoffs:
"""


def step(sender: str, to: str, kind: str, more: str = "") -> str:
    said = f", {more}" if more else ""
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{said}}}\n"


@pytest.mark.parametrize(
    ("first", "last", "in_order"),
    [
        ("notification", "referral", True),
        ("information_sharing", "request_for_assistance", True),
        ("referral", "notification", False),
        ("referral", "information_sharing", False),
        ("evidence_transfer", "referral", False),
        ("charge", "referral", False),
        ("reporting", "referral", False),
    ],
)
def test_whoever_is_told_can_hand_a_person_on(
    ask: Ask, first: str, last: str, in_order: bool
) -> None:
    plan = AGENCIES + step("panel", "desk", first) + step("desk", "home", last)
    assert ask("G06", plan) == (["met"] if in_order else ["gap G06:panel"])


def test_limits_hold_on_such_a_way_too(ask: Ask) -> None:
    told = step("panel", "desk", "notification", "only_for: [men]")
    assert ask("G06", AGENCIES + told + step("desk", "home", "referral")) == ["met"]
    handed = step("desk", "home", "referral", "only_for: [women]")
    assert ask("G06", AGENCIES + told + handed) == ["gap G06:panel"]


def test_who_helps_and_identifies_needs_no_way(ask: Ask) -> None:
    both = "[identification_authority, service_provider]"
    helping = AGENCIES.replace("[identification_authority]", both)
    assert ask("G06", helping + step("public", "panel", "complaint")) == ["met"]


@pytest.mark.parametrize("completeness", ["complete", "partial"])
def test_the_near_miss_is_named(completeness: str) -> None:
    plan = AGENCIES + step("panel", "home", "notification") + step("panel", "desk", "notification")
    (helped,) = run(graph_of(plan, completeness), [by_name("G06")]).findings
    assert " Home is told of them, no more." in helped.message
    (brought,) = run(graph_of(plan, completeness), [by_name("G09")]).findings
    assert "It is told of cases by Panel; that brings nobody to it." in brought.message


def test_a_detector_is_told_where_its_cases_end() -> None:
    plan = AGENCIES.replace("name: Home, roles: [", "name: Home, roles: [detecting_agency, ")
    handed, idle = plan + step("home", "desk", "referral"), plan + step("home", "desk", "training")
    (found,) = run(graph_of(handed, "complete"), [by_name("G01")]).findings
    assert " Its cases go to Desk, and from there to nobody who does." in found.message
    (asked,) = run(graph_of(handed), [by_name("G01")]).findings
    assert " Its cases go to Desk, and no further that any source states." in asked.message
    (alone,) = run(graph_of(idle), [by_name("G01")]).findings
    assert "Its cases" not in alone.message


def test_an_ngo_that_is_told_and_hands_persons_on_takes_part(ask: Ask) -> None:
    told = AGENCIES + step("panel", "desk", "notification") + step("desk", "panel", "notification")
    assert ask("G09", told) == ["gap G09:desk"]
    assert ask("G09", told + step("desk", "home", "referral")) == ["met"]
