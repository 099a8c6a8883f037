"""counts-that-never-meet: whether what is counted comes to one place."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes, graph_of

from interagency.engine import Flag
from interagency.rules.counts_that_never_meet import counts_that_never_meet

AGENCIES = """
agencies:
  - {id: police, name: Police, functions: [victim_identification]}
  - {id: ministry, name: Ministry, functions: [data_collection]}
  - {id: board, name: Board, sector: coordination_body}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
"""


def step(sender: str, to: str, kind: str = "reporting", more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


BOTH = step("police", "board") + step("ministry", "board")
APART = ["gap G37:counts"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (BOTH, ["met"]),
        (step("police", "ministry"), ["met"]),
        (step("police", "shelter", "information_sharing") + step("shelter", "ministry"), ["met"]),
        (step("police", "board"), APART),
        (step("police", "ministry", "referral"), APART),
        (step("police", "public") + step("ministry", "public"), APART),
        (step("board", "police") + step("board", "ministry"), APART),
    ],
)
def test_where_counts_meet(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G37", AGENCIES + steps) == told


def test_one_who_counts_is_not_asked(ask: Ask) -> None:
    text = AGENCIES.replace("data_collection", "budgeting")
    assert ask("G37", text + step("police", "shelter", "referral")) == ["does not apply"]


def test_a_branch_counts_with_its_agency(ask: Ask) -> None:
    text = AGENCIES.replace(
        "id: police, name: Police", "id: police, name: Police, part_of: ministry"
    )
    assert ask("G37", text + step("police", "shelter", "referral")) == ["met"]


def test_partial_and_stated(ask: Ask) -> None:
    one = step("police", "board")
    assert ask("G37", AGENCIES + one, complete=False) == ["question G37:counts"]
    unused = one + step("ministry", "board", more=", status: unused")
    assert ask("G37", AGENCIES + unused, complete=False) == APART


def test_as_of_a_year(ask: Ask) -> None:
    steps = step("police", "board") + step("ministry", "board", more=", until: 2020")
    assert ask("G37", AGENCIES + steps, as_of=2020) == ["met"]
    assert ask("G37", AGENCIES + steps, as_of=2021) == APART


def test_what_is_expected_closes_it() -> None:
    assert closes(counts_that_never_meet, AGENCIES + step("police", "board"))


PROVINCES = """
agencies:
  - {id: north, name: Northern committee, level: provincial, functions: [data_collection]}
  - {id: south, name: Southern committee, level: provincial, functions: [data_collection]}
  - {id: capital, name: Statistics office, KEEPS}
handoffs:
  - {from: north, to: public, pillars: [prevent], kind: guidance}
"""


def flag_of(keeps: str) -> Flag:
    graph = graph_of(PROVINCES.replace("KEEPS", keeps), "complete")
    (flag,) = [a for a in counts_that_never_meet(graph) if isinstance(a, Flag)]
    return flag


def test_no_province_is_to_keep_the_count_of_another() -> None:
    none = flag_of("sector: private_sector")
    assert "report to one national body" in none.mend
    assert "The plan has none that could" in none.mend
    assert not none.expected
    assert not any("Northern" in text for text in none.lacking)


def test_the_national_body_that_is_there_is_to_keep_it() -> None:
    flag = flag_of("sector: national_rapporteur, level: national")
    assert "report to Statistics office" in flag.mend
    assert {(e.sender, e.receiver) for e in flag.expected} == {
        ("north", "capital"),
        ("south", "capital"),
    }
    below = flag_of("sector: national_rapporteur, level: district")
    assert "report to one national body" in below.mend
