"""cliff-at-the-exit: what comes after the shelter and after the return."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes, graph_of

from interagency.engine import Flag
from interagency.rules.cliff_at_the_exit import cliff_at_the_exit

AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
  - {id: town, name: Home town, sector: local_government}
  - {id: jobs, name: Job centre, sector: employment_services}
  - {id: aid, name: Aid, roles: [reintegration_provider]}
  - {id: border, name: Border, sector: immigration_authority}
handoffs:
"""


def step(sender: str, to: str, kind: str = "referral", more: str = "") -> str:
    return f"  - {{from: {sender}, to: {to}, pillars: [protect], kind: {kind}{more}}}\n"


IN = step("police", "shelter")
HOME = step("police", "town", "custody_transfer", ", stage: return_reintegration")
CLIFF = ["gap G43:after-the-exit"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (IN, CLIFF),
        (IN + step("shelter", "aid"), ["met"]),
        (IN + step("shelter", "jobs"), ["met"]),
        (IN + step("shelter", "town", more=", stage: social_inclusion"), ["met"]),
        (IN + step("shelter", "town", "notification") + step("town", "aid"), ["met"]),
        (IN + step("shelter", "aid", "reporting"), CLIFF),
        (HOME, CLIFF),
        (HOME + step("town", "aid"), ["met"]),
        (HOME + IN + step("shelter", "aid"), CLIFF),
        (HOME.replace("to: town", "to: border"), ["does not apply"]),
        (step("police", "shelter", "notification"), ["does not apply"]),
    ],
)
def test_what_comes_after(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G43", AGENCIES + steps) == told


def test_who_gives_it_itself_is_in_order(ask: Ask) -> None:
    text = AGENCIES.replace(
        "[emergency_accommodation]", "[emergency_accommodation, case_management]"
    )
    assert ask("G43", text + IN) == ["met"]
    text = AGENCIES.replace("roles: [reintegration_provider]", "supports: [labour_market_access]")
    assert ask("G43", text + IN + step("shelter", "aid")) == ["met"]


def test_two_shelters_that_refer_to_each_other_are_no_way_on(ask: Ask) -> None:
    text = AGENCIES.replace("sector: local_government", "functions: [emergency_accommodation]")
    both = IN + step("shelter", "town") + step("town", "shelter")
    assert ask("G43", text + both) == CLIFF


def test_partial_stated_and_dated(ask: Ask) -> None:
    assert ask("G43", AGENCIES + IN, complete=False) == ["question G43:after-the-exit"]
    planned = IN + step("shelter", "aid", more=", status: planned")
    assert ask("G43", AGENCIES + planned, complete=False) == CLIFF
    ended = IN + step("shelter", "aid", more=", until: 2020")
    assert ask("G43", AGENCIES + ended, as_of=2020) == ["met"]
    assert ask("G43", AGENCIES + ended) == CLIFF


@pytest.mark.parametrize(
    "steps", [IN, HOME, IN + step("shelter", "town", more=", stage: return_reintegration")]
)
def test_what_is_expected_closes_it(steps: str) -> None:
    assert closes(cliff_at_the_exit, AGENCIES + steps)


MEN = ", only_for: [men]"


def only_for(group: str) -> str:
    return IN + step("shelter", "aid", more=f", only_for: [{group}]")


@pytest.mark.parametrize(
    ("accepts", "steps", "told"),
    [
        ("", only_for("children"), CLIFF),
        ("", only_for("children") + step("shelter", "jobs", more=", only_for: [adults]"), []),
        ("", only_for("children") + step("shelter", "jobs", more=", only_for: [men]"), CLIFF),
        (", accepts: [children]", only_for("children"), []),
        (", accepts: [girls]", only_for("children"), []),
        (", accepts: [women, children]", only_for("children"), CLIFF),
        (", accepts: [women]", only_for("women"), []),
        ("", only_for("families"), []),
        ("", step("police", "shelter", more=MEN) + step("shelter", "aid", more=MEN), []),
        ("", only_for("nationals") + step("shelter", "jobs", more=", only_for: "
         "[foreign_nationals]"), []),
        ("", only_for("children") + step("shelter", "jobs", more=", status: unused"), CLIFF),
    ],
)  # fmt: skip
def test_an_exit_for_some_is_none_for_others(
    ask: Ask, accepts: str, steps: str, told: list[str]
) -> None:
    text = AGENCIES.replace("[emergency_accommodation]", f"[emergency_accommodation]{accepts}")
    assert ask("G43", text + steps) == (told or ["met"])


def test_the_message_says_for_whom_the_way_ends() -> None:
    named = AGENCIES.replace(
        "[emergency_accommodation]", "[emergency_accommodation], accepts: [WHO]"
    )
    for who, words in [("women, men, children", "for adults ends"), ("women", "way ends")]:
        graph = graph_of(named.replace("WHO", who) + only_for("children"), "complete")
        (flag,) = [a for a in cliff_at_the_exit(graph) if isinstance(a, Flag)]
        assert words in flag.message


MANAGED = """
agencies:
  - {id: social, name: Social services, roles: [case_manager]}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation]}
  - {id: jobs, name: Job centre, sector: employment_services}
handoffs:
"""


def test_a_bed_with_an_end_needs_more_than_a_case_manager(ask: Ask) -> None:
    """Who must leave after 14 days stays on the manager's list, and has nowhere to go."""
    ending = MANAGED + step("social", "shelter", more=", stay: P14D")
    assert ask("G43", MANAGED + step("social", "shelter")) == ["met"]
    assert ask("G43", ending) == CLIFF
    assert ask("G43", ending + step("social", "jobs")) == ["met"]
    assert ask(
        "G43", ending.replace("[case_manager]", "[case_manager, reintegration_provider]")
    ) == ["met"]
    assert closes(cliff_at_the_exit, ending)
