"""waiting-to-be-told: whether anybody looks."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.waiting_to_be_told import waiting_to_be_told

AGENCIES = """
agencies:
  - {id: hotline, name: Hotline, sector: hotline}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: border, name: Border guard, sector: border_control}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: outreach, name: Outreach, sector: ngo_service_provider}
handoffs:
  - {from: person, to: police, pillars: [protect], kind: complaint}
  - {from: police, to: panel, pillars: [protect], kind: referral}
"""
WAITS = ["gap G39:screening"]
REFERS = "  - {from: border, to: panel, pillars: [protect], kind: referral}\n"


def holding(agency: str, function: str) -> str:
    return AGENCIES.replace(f"id: {agency},", f"id: {agency}, functions: [{function}],")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (AGENCIES, WAITS),
        (holding("police", "proactive_screening"), ["met"]),
        (holding("border", "proactive_screening"), ["met"]),
        (holding("border", "proactive_screening").replace("functions", "supports"), ["met"]),
        (holding("outreach", "proactive_screening"), WAITS),
        (AGENCIES + REFERS, ["met"]),
        (AGENCIES.replace("kind: referral}", "kind: referral, needs: [indicators]}"), ["met"]),
        (holding("border", "victim_identification"), WAITS),
        (AGENCIES + REFERS.replace("referral", "training"), WAITS),
    ],
)
def test_who_looks(ask: Ask, text: str, told: list[str]) -> None:
    assert ask("G39", text) == told


def test_a_plan_without_those_who_meet_people_is_not_asked(ask: Ask) -> None:
    text = AGENCIES.replace("law_enforcement", "health").replace("border_control", "health")
    assert ask("G39", text) == ["does not apply"]


def test_partial_and_stated(ask: Ask) -> None:
    assert ask("G39", AGENCIES, complete=False) == ["question G39:screening"]
    planned = REFERS.replace("}", ", status: planned}")
    assert ask("G39", AGENCIES + planned, complete=False) == WAITS
    lacks = AGENCIES
    for an_id in ("police", "border"):
        lacks = lacks.replace(f"id: {an_id},", f"id: {an_id}, lacks: [proactive_screening],")
    assert ask("G39", lacks, complete=False) == WAITS


def test_as_of_a_year(ask: Ask) -> None:
    text = holding("border", "proactive_screening").replace(
        "id: border,", "id: border, since: 2022,"
    )
    assert ask("G39", text, as_of=2021) == WAITS
    assert ask("G39", text) == ["met"]


def test_what_is_expected_closes_it() -> None:
    assert closes(waiting_to_be_told, AGENCIES)
