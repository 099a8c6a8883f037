"""over-demanding-gate: what stands between reasonable grounds and help."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.over_demanding_gate import over_demanding_gate

AGENCIES = """
agencies:
  - {id: station, name: Station, roles: [detecting_agency]}
  - {id: police, name: Police, functions: [victim_identification]}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: court, name: Court, sector: judiciary}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
"""


def step(sender: str, to: str, more: str = "", kind: str = "referral") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


FORMAL = ", conditions: [formal_identification]"


@pytest.mark.parametrize("condition", ["formal_identification", "conviction", "court_order"])
@pytest.mark.parametrize("complete", [True, False])
def test_a_strict_condition_is_stated(ask: Ask, condition: str, complete: bool) -> None:
    steps = step("police", "shelter", f", conditions: [{condition}]")
    assert ask("G40", AGENCIES + steps, complete=complete) == ["gap G40:police"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (step("police", "shelter", FORMAL) + step("police", "shelter"), ["met"]),
        (step("police", "shelter", FORMAL) + step("police", "shelter", ", until: 2020"),
         ["gap G40:police"]),
        (step("police", "shelter", FORMAL) + step("police", "court", FORMAL), ["gap G40:police"]),
        (step("person", "shelter", FORMAL), ["gap G40:shelter"]),
        (step("police", "shelter", ", only_for: [children], conditions: [court_order]"),
         ["met"]),
        (step("police", "shelter", ", only_for: [children], conditions: [conviction]"),
         ["gap G40:police"]),
        (step("police", "shelter", FORMAL) + step("police", "shelter", ", only_for: [children]"),
         ["gap G40:police"]),
        (step("police", "shelter", FORMAL + ", only_for: [girls]")
         + step("police", "shelter", ", only_for: [children]"), ["met"]),
        (step("police", "shelter", FORMAL + ", stage: social_inclusion"), ["does not apply"]),
        (step("police", "shelter", FORMAL + ", status: missing"), ["does not apply"]),
        (step("police", "person", FORMAL + ", stage: reflection", "notification"),
         ["gap G40:police"]),
        (step("police", "shelter", ", conditions: [reasonable_grounds]"), ["met"]),
    ],
)  # fmt: skip
def test_what_ties_a_step_into_help(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G40", AGENCIES + steps) == told


SERIES = step("station", "police") + step("police", "panel") + step("panel", "shelter")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (SERIES, ["gap G40:gate-to-help"]),
        (SERIES + step("police", "shelter"), ["met"]),
        (step("station", "panel") + step("panel", "shelter"), ["met"]),
        (step("station", "court") + step("court", "shelter", kind="decision"),
         ["gap G40:gate-to-help"]),
        (step("station", "court") + step("court", "shelter") + step("station", "shelter"), ["met"]),
    ],
)  # fmt: skip
def test_deciders_in_series(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G40", AGENCIES + steps) == told


def test_a_series_of_a_partial_plan_is_a_question(ask: Ask) -> None:
    assert ask("G40", AGENCIES + SERIES, complete=False) == ["question G40:gate-to-help"]
    unused = SERIES + step("police", "shelter", ", status: unused")
    assert ask("G40", AGENCIES + unused, complete=False) == ["gap G40:gate-to-help"]


def test_who_identifies_and_helps_is_no_gate(ask: Ask) -> None:
    text = AGENCIES.replace("roles: [identification_authority]",
                            "roles: [identification_authority, service_provider]")  # fmt: skip
    assert ask("G40", text + SERIES) == ["met"]


@pytest.mark.parametrize("steps", [SERIES, step("station", "court") + step("court", "shelter")])
def test_what_is_expected_closes_it(steps: str) -> None:
    assert closes(over_demanding_gate, AGENCIES + steps)


def test_a_way_past_the_gates_that_is_for_children_is_none_for_adults(ask: Ask) -> None:
    young = step("station", "shelter", ", only_for: [children]")
    assert "gap G40:gate-to-help" in ask("G40", AGENCIES + SERIES + young, complete=True)
    adults = step("station", "shelter", ", only_for: [adults]")
    assert "gap G40:gate-to-help" in ask("G40", AGENCIES + SERIES + adults, complete=True)
    both = ask("G40", AGENCIES + SERIES + young + adults, complete=True)
    assert "gap G40:gate-to-help" not in both
