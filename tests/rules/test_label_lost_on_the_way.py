"""label-lost-on-the-way: station, charge, and what the file carries."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.label_lost_on_the_way import label_lost_on_the_way

STATION = """
agencies:
  - {id: station, name: Station, sector: law_enforcement, level: local}
  - {id: unit, name: Unit, sector: law_enforcement, functions: [criminal_investigation]}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: desk, name: Desk, sector: social_welfare}
handoffs:
"""


def step(sender: str, to: str, kind: str = "notification", more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [prosecute], kind: {kind}{more}}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (STATION + step("unit", "desk"), ["gap G42:station"]),
        (STATION + step("station", "unit"), ["met"]),
        (STATION + step("station", "desk") + step("desk", "panel"), ["met"]),
        (STATION + step("station", "unit", "training"), ["gap G42:station"]),
        (STATION.replace(", functions: [criminal_investigation]", "") + step("unit", "desk"),
         ["does not apply"]),
        (STATION.replace("level: local", "level: national") + step("unit", "desk"),
         ["does not apply"]),
        (STATION.replace("level: local", "level: local, functions: [victim_identification]")
         + step("unit", "desk"), ["does not apply"]),
    ],
)  # fmt: skip
def test_from_the_station_to_the_unit(ask: Ask, text: str, told: list[str]) -> None:
    assert ask("G42", text) == told


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G42", STATION + step("unit", "desk"), complete=False) == ["question G42:station"]
    missing = step("station", "unit", more=", status: missing")
    assert ask("G42", STATION + missing, complete=False) == ["gap G42:station"]
    late = step("station", "unit", more=", since: 2022")
    assert ask("G42", STATION + late, as_of=2021) == ["gap G42:station"]
    assert ask("G42", STATION + late) == ["met"]


COURTS = """
agencies:
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: low, name: Lower court, sector: judiciary}
  - {id: high, name: Higher court, sector: judiciary}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
"""
BOTH = step("prosecutor", "low", "charge") + step("prosecutor", "high", "charge")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (BOTH, ["gap G42:offence-branches"]),
        (BOTH + step("prosecutor", "panel", "referral"), ["met"]),
        (BOTH + step("low", "panel", "referral"), ["gap G42:offence-branches"]),
        (BOTH + step("low", "panel") + step("high", "panel"), ["met"]),
        (step("prosecutor", "low", "charge"), ["does not apply"]),
    ],
)
def test_branches_by_offence(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G42", COURTS + steps) == told


FILE = """
agencies:
  - {id: unit, name: Unit, sector: law_enforcement}
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: clinic, name: Clinic, roles: [detecting_agency]}
  - {id: family, name: Family court, sector: judiciary, functions: [child_placement]}
handoffs:
"""


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (step("unit", "prosecutor"), ["gap G42:record-of-signs"]),
        (step("unit", "prosecutor", more=", needs: [indicators]"), ["met"]),
        (step("unit", "prosecutor", more=", form: F1"), ["met"]),
        (step("unit", "prosecutor", "evidence_transfer"), ["met"]),
        (step("clinic", "unit", more=", needs: [written_record]")
         + step("unit", "prosecutor", "evidence_transfer"), ["met"]),
        (step("unit", "prosecutor", "complaint", ", stage: compensation"), ["does not apply"]),
        (step("unit", "family", "request_for_assistance"), ["does not apply"]),
        (step("unit", "clinic", "referral"), ["does not apply"]),
    ],
)  # fmt: skip
def test_what_the_steps_to_court_carry(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G42", FILE + steps) == told


@pytest.mark.parametrize("text", [STATION + step("unit", "desk"), COURTS + BOTH])
def test_what_is_expected_closes_it(text: str) -> None:
    assert closes(label_lost_on_the_way, text)
