"""recognised-but-not-investigated: from those who identify to those who investigate."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.recognised_but_not_investigated import recognised_but_not_investigated

AGENCIES = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: clinic, name: Clinic, functions: [victim_identification]}
  - {id: asylum, name: Asylum office, functions: [victim_identification]}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
"""


def step(sender: str, to: str, kind: str = "notification", more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


OTHERS = step("clinic", "panel") + step("asylum", "panel")
HEARD = step("panel", "police")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (OTHERS + HEARD, ["met"]),
        (OTHERS, ["gap G47:panel", "gap G47:identified-elsewhere"]),
        (HEARD + step("clinic", "panel"), ["gap G47:identified-elsewhere"]),
        (OTHERS + step("panel", "shelter", "referral") + step("shelter", "police"), ["met"]),
        (HEARD + OTHERS.replace("notification", "feedback"), ["gap G47:identified-elsewhere"]),
        (OTHERS + HEARD.replace("}", ", data: anonymous}"), ["met"]),
    ],
)
def test_who_hears_of_the_crime(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G47", AGENCIES + steps) == told


def test_police_who_identify_need_no_way(ask: Ask) -> None:
    text = """
    agencies:
      - {id: police, name: Police, sector: law_enforcement, functions: [victim_identification]}
      - {id: shelter, name: Shelter}
    handoffs:
      - {from: police, to: shelter, pillars: [protect], kind: referral}
    """
    assert ask("G47", text) == ["does not apply"]


def test_where_nobody_investigates_the_plan_is_told_once(ask: Ask) -> None:
    text = AGENCIES.replace("sector: law_enforcement", "sector: health")
    assert ask("G47", text + HEARD) == ["gap G47:plan"]


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G47", AGENCIES + OTHERS + step("police", "panel"), complete=False) == [
        "question G47:panel",
        "question G47:identified-elsewhere",
    ]
    missing = OTHERS + HEARD.replace("}", ", status: missing}")
    assert ask("G47", AGENCIES + missing, complete=False) == [
        "gap G47:panel",
        "gap G47:identified-elsewhere",
    ]
    late = OTHERS + HEARD.replace("}", ", since: 2022}")
    assert ask("G47", AGENCIES + late, as_of=2022) == ["met"]
    assert len(ask("G47", AGENCIES + late, as_of=2021)) == 2


@pytest.mark.parametrize("steps", [step("clinic", "police") + step("asylum", "police"),
                                   HEARD + step("clinic", "panel")])  # fmt: skip
def test_what_is_expected_closes_it(steps: str) -> None:
    assert closes(recognised_but_not_investigated, AGENCIES + steps)
