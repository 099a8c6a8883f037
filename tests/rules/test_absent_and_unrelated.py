"""In a partial plan an absent handoff makes a gap of silence only where it does what is missed."""

from __future__ import annotations

import pytest
from asking import Ask

PREVENTING = """
agencies:
  - {id: border, name: Border police, functions: [document_security], sector: border_control}
  - {id: licences, name: Licensing of recruiters, functions: [recruitment_regulation]}
  - {id: police, name: Police, functions: [criminal_investigation]}
handoffs:
"""
PROCEEDINGS = """
agencies:
  - {id: courts, name: Courts, sector: judiciary}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: border, name: Border police, sector: border_control, roles: [detecting_agency]}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
"""


def line(sender: str, to: str, kind: str, stage: str, status: str = "unused") -> str:
    return (
        f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}, stage: {stage}, "
        f"status: {status}}}\n"
    )


@pytest.mark.parametrize("status", ["unused", "planned", "missing"])
def test_a_case_that_is_not_passed_on_is_no_lesson_for_prevention(ask: Ask, status: str) -> None:
    """The border would work on cases if it did; of what prevention hears it says nothing."""
    way = line("border", "police", "referral", "identification", status)
    assert ask("G34", PREVENTING + way, complete=False) == ["question G34:prevention"]
    lesson = line("police", "border", "information_sharing", "prevention", status)
    assert ask("G34", PREVENTING + lesson, complete=False) == ["gap G34:prevention"]


@pytest.mark.parametrize(
    "way",
    [
        line("border", "police", "referral", "identification"),
        line("courts", "person", "decision", "compensation"),
        line("police", "shelter", "feedback", "assistance"),
    ],
)
def test_no_word_on_a_case_is_asked_for_where_something_else_is_unused(ask: Ask, way: str) -> None:
    asked = "question P06:proceedings-told"
    assert asked in ask("P06", PROCEEDINGS + way, complete=False)


@pytest.mark.parametrize("kind", ["information_sharing", "notification", "feedback", "decision"])
def test_word_on_a_case_that_is_unused_makes_a_gap(ask: Ask, kind: str) -> None:
    word = line("police", "person", kind, "prosecution")
    assert "gap P06:proceedings-told" in ask("P06", PROCEEDINGS + word, complete=False)


def test_an_order_to_pay_is_no_word_on_how_the_case_stands(ask: Ask) -> None:
    for stage, told in (("compensation", True), ("prosecution", False)):
        order = line("courts", "person", "decision", stage, "in_force")
        assert ("gap P06:proceedings-told" in ask("P06", PROCEEDINGS + order)) is told


def test_a_way_in_two_steps_is_a_gap_by_the_step_that_is_planned(ask: Ask) -> None:
    """The planned step ends where a case is to come, though it does not begin where one is lost."""
    text = """
    agencies:
      - {id: navy, name: Navy, roles: [detecting_agency]}
      - {id: port, name: Port}
      - {id: panel, name: Panel, roles: [identification_authority]}
    handoffs:
      - {from: navy, to: port, pillars: [protect], kind: referral}
      - {from: port, to: panel, pillars: [protect], kind: referral, status: planned}
    """
    assert ask("G01", text, complete=False) == ["gap G01:navy"]
    money = text.replace("kind: referral, status", "kind: funding, status")
    assert ask("G01", money, complete=False) == ["question G01:navy"]


def test_an_agency_that_is_not_there_yet_makes_a_gap_without_any_handoff(ask: Ask) -> None:
    text = """
    agencies:
      - {id: navy, name: Navy, roles: [detecting_agency]}
      - {id: panel, name: Panel, roles: [identification_authority], since: 2030}
    handoffs: []
    """
    assert ask("G01", text, complete=False, as_of=2024) == ["gap G01:plan"]
