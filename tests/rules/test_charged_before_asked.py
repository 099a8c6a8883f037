"""charged-before-asked: who charges or locks up, and who has asked before."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.charged_before_asked import charged_before_asked

AGENCIES = """
agencies:
  - {id: patrol, name: Patrol, sector: law_enforcement}
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: cells, name: Cells, sector: detention_authority}
  - {id: fines, name: Traffic office, sector: local_government}
handoffs:
"""


def step(sender: str, to: str, kind: str = "referral", more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [prosecute], kind: {kind}{more}}}\n"


FILE = step("patrol", "prosecutor", "evidence_transfer")
BACK = step("prosecutor", "panel")
OPEN = ["gap G45:prosecutor"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (FILE, OPEN),
        (FILE + BACK, ["met"]),
        (step("patrol", "panel") + step("panel", "prosecutor", "notification"), ["met"]),
        (step("patrol", "panel") + step("panel", "prosecutor", "notification") + FILE, OPEN),
        (FILE + BACK + step("fines", "person", "charge"), ["gap G45:fines"]),
        (FILE + BACK + step("fines", "person", "charge") + step("fines", "panel"), ["met"]),
        (FILE + BACK + step("patrol", "cells", "custody_transfer"), ["met"]),
        (BACK + step("patrol", "cells", "custody_transfer"), ["gap G45:patrol"]),
        (BACK + step("patrol", "cells", "custody_transfer", ", status: ended"), ["met"]),
        (step("prosecutor", "fines", "charge") + step("fines", "panel"), OPEN),
    ],
)
def test_who_asks_before(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G45", AGENCIES + steps) == told


@pytest.mark.parametrize(
    "fields", ["functions: [non_punishment], sector: prosecution",
               "functions: [victim_identification], sector: prosecution"],
)  # fmt: skip
def test_who_checks_itself_is_in_order(ask: Ask, fields: str) -> None:
    assert ask("G45", AGENCIES.replace("sector: prosecution", fields) + FILE) == ["met"]


def test_a_plan_where_nobody_charges_or_nobody_identifies_is_not_asked(ask: Ask) -> None:
    nobody = AGENCIES.replace("sector: prosecution", "sector: health")
    assert ask("G45", nobody + FILE) == ["does not apply"]
    unasked = AGENCIES.replace("roles: [identification_authority]", "sector: health")
    assert ask("G45", unasked + FILE) == ["does not apply"]


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G45", AGENCIES + FILE, complete=False) == ["question G45:prosecutor"]
    planned = FILE + BACK.replace("}", ", status: planned}")
    assert ask("G45", AGENCIES + planned, complete=False) == OPEN
    late = FILE + BACK.replace("}", ", since: 2022}")
    assert ask("G45", AGENCIES + late, as_of=2021) == OPEN
    assert ask("G45", AGENCIES + late) == ["met"]


def test_what_is_expected_closes_it() -> None:
    assert closes(charged_before_asked, AGENCIES + FILE)
