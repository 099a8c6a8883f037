"""chain-of-command-cut: down and up between the levels of one service."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes

from interagency.rules.chain_of_command_cut import chain_of_command_cut

AGENCIES = """
agencies:
  - {id: top, name: Headquarters, sector: labour_inspection, level: national}
  - {id: mid, name: Regions, sector: labour_inspection, level: provincial}
  - {id: low, name: Districts, sector: labour_inspection, level: district}
  - {id: board, name: Board, sector: coordination_body, level: national}
  - {id: ngo, name: NGO, sector: ngo_service_provider, level: national}
handoffs:
"""


def step(sender: str, to: str, kind: str, more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [prevent], kind: {kind}{more}}}\n"


DOWN = step("top", "mid", "order") + step("mid", "low", "guidance")
UP = step("low", "mid", "reporting") + step("mid", "top", "information_sharing")
CUT = ["gap G38:labour_inspection"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (DOWN + UP, ["met"]),
        (DOWN, CUT),
        (UP, CUT),
        (DOWN + step("low", "mid", "reporting"), CUT),
        (step("top", "mid", "training") + UP, CUT),
        (step("board", "mid", "guidance") + step("board", "low", "guidance") + UP, ["met"]),
        (step("ngo", "mid", "guidance") + step("ngo", "low", "guidance") + UP, CUT),
        (DOWN + step("low", "mid", "referral") + step("mid", "top", "reporting"), CUT),
    ],
)
def test_each_level_is_told_and_heard(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G38", AGENCIES + steps) == told


@pytest.mark.parametrize("sector", ["judiciary", "ngo_service_provider", "hotline"])
def test_who_takes_no_orders_makes_no_chain(ask: Ask, sector: str) -> None:
    text = AGENCIES.replace("labour_inspection", sector)
    assert ask("G38", text + step("top", "mid", "referral")) == ["does not apply"]


def test_one_level_makes_no_chain(ask: Ask) -> None:
    text = AGENCIES.replace("level: provincial", "level: national").replace(
        "level: district", "level: international"
    )
    assert ask("G38", text + step("top", "mid", "referral")) == ["does not apply"]


def test_all_who_co_ordinate_make_one_chain(ask: Ask) -> None:
    text = """
    agencies:
      - {id: justice, name: Justice, sector: justice_ministry, level: national,
         functions: [policy_coordination]}
      - {id: council, name: Councils, sector: local_government, level: local,
         functions: [policy_coordination]}
    handoffs:
      - {from: justice, to: council, pillars: [prevent], kind: guidance}
    """
    assert ask("G38", text) == ["gap G38:coordination_body"]


def test_a_branch_in_another_sector_is_a_chain_of_its_own(ask: Ask) -> None:
    text = """
    agencies:
      - {id: police, name: Police, sector: law_enforcement, level: national}
      - {id: house, name: Police house, sector: social_welfare, level: local, part_of: police}
    handoffs:
      - {from: police, to: house, pillars: [protect], kind: order}
    """
    assert ask("G38", text) == ["gap G38:police"]
    up = "  - {from: house, to: police, pillars: [protect], kind: reporting}\n    "
    assert ask("G38", text.rstrip(" ") + "    " + up) == ["met"]


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G38", AGENCIES + DOWN, complete=False) == ["question G38:labour_inspection"]
    planned = UP.replace("}", ", status: planned}")
    assert ask("G38", AGENCIES + DOWN + planned, complete=False) == CUT
    late = UP.replace("}", ", since: 2022}")
    assert ask("G38", AGENCIES + DOWN + late, as_of=2021) == CUT
    assert ask("G38", AGENCIES + DOWN + late) == ["met"]


def test_the_one_step_that_lacks_closes_it() -> None:
    lacking = DOWN + step("low", "mid", "reporting") + step("low", "top", "reporting")
    assert closes(chain_of_command_cut, AGENCIES + lacking)
