"""written-and-not-done: whatever a plan says is not done is told at least once."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import graph_of

import interagency as ia

AGENCIES = """
agencies:
  - {id: court, name: Court}
  - {id: fund, name: Fund}
  - {id: old, name: Old fund, until: 2020}
handoffs:
"""


def line(more: str, to: str = "fund", an_id: str = "x") -> str:
    return f"  - {{id: {an_id}, from: court, to: {to}, pillars: [protect], kind: order, {more}}}\n"


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("status", ["unused", "planned", "ended"])
def test_what_the_plan_says_is_not_done_is_a_gap(ask: Ask, status: str, complete: bool) -> None:
    assert ask("P03", AGENCIES + line(f"status: {status}"), complete=complete) == ["gap P03:x"]


@pytest.mark.parametrize(
    "lines",
    [
        line("status: in_force"),
        line("status: informal"),
        line("status: missing"),
        line("status: unused, until: 2020"),
        line("status: planned, since: 2030"),
        line("status: unused", to="old"),
        line("status: ended") + line("status: in_force", an_id="new"),
    ],
)
def test_what_is_done_or_was_replaced_or_has_no_one_left_is_left_out(ask: Ask, lines: str) -> None:
    assert ask("P03", AGENCIES + lines) == ["does not apply"]


@pytest.mark.parametrize("status", ["missing", "unused", "planned", "ended"])
def test_no_such_line_is_passed_over_by_the_whole_audit(status: str) -> None:
    audit = ia.audit(graph_of(AGENCIES + line(f"status: {status}")))
    assert any("x" in finding.handoffs for finding in audit.gaps)


def test_anybody_who_works_in_some_places_only_is_told(ask: Ask) -> None:
    body = AGENCIES.replace("name: Fund}", "name: Fund, coverage: WHERE}")
    assert ask("G29", body.replace("WHERE", "parts")) == ["gap G29:fund"]
    assert ask("G29", body.replace("WHERE", "one_place")) == ["does not apply"]
