"""handoff-by-habit: what nothing prescribes."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import graph_of

from interagency.engine import run
from interagency.rules.handoff_by_habit import handoff_by_habit

AGENCIES = """
agencies:
  - {id: police, name: Police}
  - {id: shelter, name: Shelter}
  - {id: office, name: Social office}
handoffs:
"""


def step(more: str = "", to: str = "shelter", kind: str = "referral") -> str:
    return f"  - {{from: police, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


INFORMAL = step(", status: informal, basis: Act")
HABIT = ["gap G46:police"]


@pytest.mark.parametrize("complete", [True, False])
def test_informal_is_stated(ask: Ask, complete: bool) -> None:
    assert ask("G46", AGENCIES + INFORMAL, complete=complete) == HABIT
    both = AGENCIES + step(", basis: Act", to="office") + INFORMAL
    assert ask("G46", both, complete=complete) == HABIT


@pytest.mark.parametrize(
    "more",
    [", basis: Act s1", ", trigger: signs", ", form: F1", ", within: {wording: at once}",
     ", conditions: [reasonable_grounds]", ", needs: [written_record]", ", needs: [legal_basis]"],
)  # fmt: skip
def test_whatever_prescribes_it_does(ask: Ask, more: str) -> None:
    assert ask("G46", AGENCIES + step(more)) == ["met"]


@pytest.mark.parametrize(
    ("source", "more", "told"),
    [
        ("statute", "", "met"),
        ("procedure", "", "met"),
        ("procedure", ", inferred: nobody says so", "gap G46:police"),
        ("evaluator", "", "gap G46:police"),
        ("press", "", "gap G46:police"),
    ],
)
def test_a_law_or_procedure_that_is_cited_prescribes_it(
    ask: Ask, source: str, more: str, told: str
) -> None:
    sources = f"sources: [{{id: s1, title: Source, kind: {source}}}]"
    body = AGENCIES.replace("agencies:", f"{sources}\nagencies:", 1)
    assert ask("G46", body + step(f", sources: [s1]{more}")) == [told]


@pytest.mark.parametrize("more", ["", ", needs: [consent]", ", what: person, stage: assistance"])
def test_silence_is_a_question_in_a_partial_plan(ask: Ask, more: str) -> None:
    assert ask("G46", AGENCIES + step(more)) == HABIT
    assert ask("G46", AGENCIES + step(more), complete=False) == ["question G46:police"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (step(kind="funding"), ["does not apply"]),
        (step(kind="notification"), ["does not apply"]),
        (step(to="person"), ["does not apply"]),
        (step(", status: missing"), ["does not apply"]),
        (INFORMAL + step(", basis: Act"), ["met"]),
        (step(", until: 2020") + step(", basis: Act, since: 2021"), ["met"]),
        (step(kind="information_sharing, status: informal"), HABIT),
    ],
)
def test_what_is_looked_at(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G46", AGENCIES + steps) == told


def test_the_prescribed_way_that_is_not_used_is_named() -> None:
    graph = graph_of(AGENCIES + INFORMAL + step(", status: unused", to="office"))
    (finding,) = run(graph, [handoff_by_habit]).findings
    assert "Social office, is not used" in finding.message
    assert finding.handoffs == ("police-shelter", "police-office")


def test_as_of_a_year(ask: Ask) -> None:
    steps = step(", status: informal, until: 2020") + step(", basis: Act, since: 2021")
    assert ask("G46", AGENCIES + steps, as_of=2020) == HABIT
    assert ask("G46", AGENCIES + steps) == ["met"]
