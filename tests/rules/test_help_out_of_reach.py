"""help-out-of-reach: first help in some places, or by day."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import run
from interagency.rules.help_out_of_reach import help_out_of_reach

RULE = help_out_of_reach


def plan(hotline: str = "", shelter: str = "", need: str = "") -> str:
    return f"""
agencies:
  - {{id: hotline, name: Hotline, sector: hotline{hotline}}}
  - {{id: shelter, name: Shelter, roles: [service_provider]{shelter}}}
  - {{id: office, name: Planning office, sector: coordination_body, hours: office_hours}}
handoffs:
  - {{from: hotline, to: shelter, pillars: [protect], kind: referral{need}}}
"""


@pytest.mark.parametrize("completeness", ["partial", "complete"])
@pytest.mark.parametrize(
    "limit", [", hours: office_hours", ", coverage: parts", ", coverage: one_place"]
)
def test_what_the_plan_states_is_a_gap(limit: str, completeness: str) -> None:
    assert told(RULE, plan(hotline=limit), completeness) == [("gap", "hotline")]


def test_place_and_time_are_told_together() -> None:
    body = plan(shelter=", hours: office_hours, coverage: one_place")
    (finding,) = run(graph_of(body), [RULE]).findings
    assert finding.message == (
        "Shelter: reachable in office hours only and in one place only. "
        "Whoever is found outside that finds nobody there."
    )


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_silence_is_told_once(completeness: str, state: str) -> None:
    assert told(RULE, plan(), completeness) == [(state, "hours-and-places")]
    (finding,) = run(graph_of(plan(), completeness), [RULE]).findings
    assert finding.agencies == ("hotline",)


@pytest.mark.parametrize(
    "body",
    [
        plan(hotline=", hours: round_the_clock"),
        plan(shelter=", coverage: everywhere"),
        plan(need=", needs: [out_of_hours]"),
    ],
)
def test_where_anything_is_said_the_rest_is_not_asked(body: str) -> None:
    assert told(RULE, body, "complete") == []


def test_what_only_a_closed_line_offered_is_a_gap() -> None:
    body = plan(hotline=", hours: round_the_clock, until: 2020")
    assert told(RULE, body) == [("gap", "hours-and-places")]


def test_an_office_that_nobody_turns_to_may_close_at_night() -> None:
    body = """
agencies:
  - {id: office, name: Planning office, sector: coordination_body, hours: office_hours}
handoffs: []
"""
    assert (told(RULE, body), met(RULE, body)) == ([], 0)
