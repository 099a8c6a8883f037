"""nobody-inspects-the-care: standards and somebody who looks."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes, graph_of

from interagency.engine import Flag
from interagency.rules.nobody_inspects_the_care import nobody_inspects_the_care

AGENCIES = """
agencies:
  - {id: ministry, name: Ministry, sector: social_welfare}
  - {id: watch, name: Inspectorate, functions: [independent_monitoring]}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
"""


def step(sender: str, to: str, kind: str, more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


RULES = step("ministry", "shelter", "guidance")
REPORT = step("shelter", "ministry", "reporting")
UNSEEN = ["gap G44:standards-of-care"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (RULES + REPORT, ["met"]),
        (RULES, UNSEEN),
        (REPORT, UNSEEN),
        (RULES + step("watch", "shelter", "consultation"), ["met"]),
        (RULES + step("watch", "shelter", "funding"), UNSEEN),
        (RULES + step("ministry", "shelter", "joint_action", ", stage: monitoring"), ["met"]),
        (RULES + step("shelter", "public", "reporting"), UNSEEN),
        (step("ministry", "shelter", "funding"), UNSEEN),
    ],
)
def test_standards_and_watching(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G44", AGENCIES + steps) == told


@pytest.mark.parametrize(
    "other",
    ["sector: health, functions: [psychosocial_care]", "sector: hotline, roles: [service_provider]",
     "roles: [service_provider], functions: [legal_assistance]", "sector: social_welfare"],
)  # fmt: skip
def test_who_is_no_carer_is_not_asked(ask: Ask, other: str) -> None:
    text = AGENCIES.replace("roles: [service_provider]", other)
    assert ask("G44", text + step("ministry", "shelter", "funding")) == ["does not apply"]


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G44", AGENCIES + RULES, complete=False) == ["question G44:standards-of-care"]
    planned = RULES + REPORT.replace("}", ", status: planned}")
    assert ask("G44", AGENCIES + planned, complete=False) == UNSEEN
    late = RULES + REPORT.replace("}", ", since: 2022}")
    assert ask("G44", AGENCIES + late, as_of=2021) == UNSEEN
    assert ask("G44", AGENCIES + late) == ["met"]


@pytest.mark.parametrize("steps", [RULES, REPORT])
def test_what_is_expected_closes_it(steps: str) -> None:
    assert closes(nobody_inspects_the_care, AGENCIES + steps)


WHO = """
agencies:
  - {id: treasury, name: Treasury, sector: legislature_budget}
  - {id: society, name: Workers' society, sector: ngo_service_provider}
  - {id: board, name: Board, functions: [procedures]}
  - {id: watch, name: Inspectorate, functions: [independent_monitoring]}
  - {id: home, name: Home, roles: [service_provider]}
handoffs:
  - {from: treasury, to: home, pillars: [protect], kind: funding}
  - {from: society, to: public, pillars: [prevent], kind: guidance}
"""


def expected(text: str) -> list[tuple[str, str, str]]:
    flags = [a for a in nobody_inspects_the_care(graph_of(text, "complete")) if isinstance(a, Flag)]
    return [(e.sender, e.receiver, e.kind.value) for flag in flags for e in flag.expected]


def test_standards_come_from_who_holds_procedures_and_a_look_from_who_monitors() -> None:
    """Not from an NGO that informs the public, nor from the treasury."""
    seen = WHO + "  - {from: home, to: watch, pillars: [protect], kind: reporting}\n"
    assert expected(seen) == [("board", "home", "guidance")]
    ruled = WHO + "  - {from: board, to: home, pillars: [protect], kind: guidance}\n"
    assert expected(ruled) == [("home", "watch", "reporting")]


def test_where_nobody_holds_such_a_task_who_pays_may_ask() -> None:
    text = WHO.replace("[procedures]", "[budgeting]")
    text = text.replace("[independent_monitoring]", "[budgeting]")
    ruled = text + "  - {from: board, to: home, pillars: [protect], kind: guidance}\n"
    assert ("home", "treasury", "reporting") in expected(ruled)
    assert not [ends for ends in expected(ruled) if "society" in ends]
