"""Rules about the plan as a whole: G24, G28, G36, G41."""

from __future__ import annotations

from textwrap import dedent

import pytest
from asking import Ask
from small_plans import graph_of

from interagency.engine import Flag, run
from interagency.formats import read
from interagency.graph import PlanGraph
from interagency.model import Agency, Plan, PlanFacts
from interagency.rules import by_name

OWNERS = """
    agencies:
      - {{id: a, name: A, functions: [{task}]}}
      - {{id: b, name: B, functions: [{task}]{more}}}
      - {{id: c, name: C, functions: [{task}]}}
      - {{id: board, name: Board, sector: coordination_body}}
      - {{id: desk, name: Desk}}
    handoffs:
      - {{from: a, to: c, pillars: [protect], kind: consultation}}
      {lines}
"""


@pytest.mark.parametrize(
    ("task", "more", "lines", "told"),
    [
        ("case_management", "", "", ["gap G28:case_management"]),
        (
            "case_management",
            "",
            "- {from: b, to: a, pillars: [protect], kind: funding}",
            ["gap G28:case_management"],
        ),
        ("case_management", "", "- {from: b, to: a, pillars: [protect], kind: reporting}", ["met"]),
        (
            "case_management",
            "",
            "- {from: a, to: board, pillars: [protect], kind: reporting}\n"
            "      - {from: board, to: b, pillars: [protect], kind: guidance}",
            ["met"],
        ),
        (
            "case_management",
            "",
            "- {from: a, to: desk, pillars: [protect], kind: reporting}\n"
            "      - {from: desk, to: b, pillars: [protect], kind: guidance}",
            ["gap G28:case_management"],
        ),
        ("case_management", ", part_of: a", "", ["met"]),
        ("emergency_accommodation", "", "", ["does not apply"]),
    ],
)
def test_owners_of_one_task_hang_together(
    ask: Ask, task: str, more: str, lines: str, told: list[str]
) -> None:
    assert ask("G28", OWNERS.format(task=task, more=more, lines=lines)) == told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("local_government, level: provincial", "local_government, level: provincial", "met"),
        ("law_enforcement, level: local", "law_enforcement, level: local", "met"),
        ("law_enforcement, level: national", "law_enforcement, level: national", "gap"),
        ("law_enforcement, level: provincial", "law_enforcement, level: national", "gap"),
        ("law_enforcement, level: provincial", "social_welfare, level: provincial", "gap"),
        ("law_enforcement", "law_enforcement", "gap"),
    ],
)
def test_two_provinces_have_each_their_own_field(
    ask: Ask, first: str, second: str, told: str
) -> None:
    text = f"""
    agencies:
      - {{id: a, name: A, sector: {first}, functions: [data_collection]}}
      - {{id: b, name: B, sector: {second}, functions: [data_collection]}}
    handoffs: []
    """
    assert ask("G28", text) == ["met" if told == "met" else "gap G28:data_collection"]


def test_each_task_is_told_once(ask: Ask) -> None:
    text = """
    agencies:
      - {id: a, name: A, functions: [national_plan, data_collection]}
      - {id: b, name: B, functions: [national_plan, data_collection]}
    handoffs: []
    """
    assert ask("G28", text) == ["gap G28:national_plan", "gap G28:data_collection"]


def test_tasks_nobody_holds_are_told_pillar_by_pillar(ask: Ask) -> None:
    text = "agencies: [{id: a, name: A, functions: [border_measures]}]\nhandoffs: []\n"
    assert ask("G24", text) == [
        "gap G24:prevent",
        "gap G24:protect",
        "gap G24:prosecute",
        "gap G24:all-pillars",
    ]
    assert ask("G24", text, complete=False)[0] == "question G24:prevent"


def test_a_function_that_a_source_says_is_lacking_is_a_gap_in_a_partial_plan(ask: Ask) -> None:
    text = """
    agencies:
      - {id: a, name: A, lacks: [nationality_verification, case_management]}
      - {id: b, name: B, functions: [case_management]}
    handoffs: []
    """
    assert ask("G24", text, complete=False)[0] == "gap G24:nationality_verification"
    held = text.replace("[case_management]}", "[case_management, nationality_verification]}")
    assert "gap" not in " ".join(ask("G24", held, complete=False))


def test_a_function_lacking_at_many_is_told_once(ask: Ask) -> None:
    text = """
    agencies:
      - {id: a, name: A, lacks: [procedures]}
      - {id: b, name: B, lacks: [procedures]}
    handoffs: []
    """
    told = ask("G24", text, complete=False)
    assert [line for line in told if line.startswith("gap")] == ["gap G24:procedures"]


def test_a_function_held_from_later_on_is_a_gap_before(ask: Ask) -> None:
    """Only when it is the last of its pillar: the pillar is what is told."""
    text = """
    agencies:
      - {id: a, name: A, functions: [vulnerability_reduction, demand_reduction,
         labour_standards_enforcement, border_measures, carrier_obligations, document_security,
         anti_corruption]}
      - {id: b, name: B, functions: [retrafficking_prevention], since: 2022}
    handoffs: []
    """
    assert ask("G24", text, complete=False, as_of=2021)[0] == "gap G24:prevent"
    assert "G24:prevent" not in " ".join(ask("G24", text, complete=False, as_of=2022))


ISLANDS = """
    agencies:
      - {{id: police, name: Police, functions: [criminal_investigation]}}
      - {{id: court, name: Court}}
      - {{id: clinic, name: Clinic}}
      - {{id: home, name: Home, functions: [emergency_accommodation]}}
      - {{id: school, name: School, functions: [awareness_raising]}}
    handoffs:
      - {{from: police, to: court, pillars: [prosecute], kind: charge}}
      - {{from: clinic, to: home, pillars: [protect], kind: referral}}
      {lines}
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", ["gap G36:prevent", "gap G36:protect-prosecute"]),
        (
            "- {from: person, to: police, pillars: [protect, prosecute], kind: complaint}",
            ["gap G36:prevent", "gap G36:protect-prosecute"],
        ),
        (
            "- {from: police, to: home, pillars: [protect], kind: notification}",
            ["gap G36:prevent", "gap G36:protect-prosecute"],
        ),
        (
            "- {from: police, to: home, pillars: [protect, prosecute], kind: joint_action}",
            ["gap G36:prevent"],
        ),
        (
            "- {from: police, to: home, pillars: [prosecute], kind: notification}\n"
            "      - {from: home, to: court, pillars: [prosecute], kind: complaint}",
            ["gap G36:prevent"],
        ),
        (
            "- {from: police, to: home, pillars: [protect, prosecute], kind: joint_action}\n"
            "      - {from: school, to: home, pillars: [protect], kind: referral}\n"
            "      - {from: home, to: school, pillars: [prevent], kind: feedback}",
            ["gap G36:prevent-prosecute"],
        ),
    ],
)
def test_each_pillar_leads_to_each_other(ask: Ask, lines: str, told: list[str]) -> None:
    assert ask("G36", ISLANDS.format(lines=lines)) == told


CARE = """
    agencies:
      - {{id: police, name: Police, roles: [identification_authority]}}
      - {{id: ministry, name: Ministry}}
      - {{id: home, name: Home, functions: [emergency_accommodation]}}
      - {{id: house, name: House, functions: [{house}]}}
    handoffs:
      {lines}
"""
BOTH = "emergency_accommodation"


@pytest.mark.parametrize(
    ("house", "lines", "told"),
    [
        ("", "- {from: police, to: home, pillars: [protect], kind: referral}", ["gap G41:home"]),
        (
            "",
            "- {from: police, to: home, pillars: [protect], kind: referral, fallback: house}",
            ["met"],
        ),
        (
            "",
            "- {from: police, to: home, pillars: [protect], kind: referral, fallback: home}",
            ["gap G41:home"],
        ),
        (  # nothing leads there: still the only one
            "",
            "- {from: home, to: house, pillars: [protect], kind: referral}",
            ["gap G41:home"],
        ),
        (  # two, and only one of them can be reached
            BOTH,
            "- {from: police, to: home, pillars: [protect], kind: referral}",
            ["gap G41:home"],
        ),
        (
            BOTH,
            "- {from: police, to: home, pillars: [protect], kind: referral}\n"
            "      - {from: police, to: house, pillars: [protect], kind: referral}",
            ["met"],
        ),
        (  # two behind one door
            BOTH,
            "- {from: police, to: ministry, pillars: [protect], kind: notification}\n"
            "      - {from: ministry, to: home, pillars: [protect], kind: referral}\n"
            "      - {from: ministry, to: house, pillars: [protect], kind: referral}",
            ["gap G41:ministry"],
        ),
        (  # the way from one home to the next leads through the first
            BOTH,
            "- {from: police, to: home, pillars: [protect], kind: referral}\n"
            "      - {from: home, to: house, pillars: [protect], kind: referral}",
            ["gap G41:home"],
        ),
    ],
)
def test_one_closure_leaves_care_within_reach(
    ask: Ask, house: str, lines: str, told: list[str]
) -> None:
    assert ask("G41", CARE.format(house=house, lines=lines)) == told


NETWORK = """
    agencies:
      - {{id: police, name: Police, roles: [identification_authority]}}
      - {{id: home, name: Homes, functions: [emergency_accommodation]{network}}}
      - {{id: spare, name: Spare, functions: [awareness_raising]}}
    handoffs:
      - {{from: police, to: home, pillars: [protect], kind: referral}}
      - {{from: police, to: home, pillars: [protect], kind: custody_transfer, status: planned,
         fallback: spare}}
"""


@pytest.mark.parametrize(
    ("network", "complete", "told"),
    [
        ("yes", True, "met"),
        ("yes", False, "met"),
        ("no", True, "gap G41:home"),
        ("no", False, "gap G41:home"),  # the stand-in is spoken of, and not there
        ("", True, "gap G41:home"),
        ("", False, "question G41:home"),  # it may be many homes
    ],
)
def test_one_entry_is_one_door_only_where_the_plan_says_so(
    ask: Ask, network: str, complete: bool, told: str
) -> None:
    said = f", network: {network}" if network else ""
    assert ask("G41", NETWORK.format(network=said), complete=complete) == [told]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (", coverage: everywhere", "met"),
        (", coverage: everywhere, network: no", "gap G41:home"),
        (", coverage: everywhere, capacity: 20", "gap G41:home"),
        (", coverage: parts", "gap G41:home"),
        (", coverage: one_place", "gap G41:home"),
        (", level: national", "gap G41:home"),
    ],
)
def test_a_service_that_reaches_everywhere_is_more_than_one_door(
    ask: Ask, more: str, told: str
) -> None:
    """A house has places; a service that does without them has offices."""
    assert ask("G41", NETWORK.format(network=more)) == [told]


@pytest.mark.parametrize(
    ("network", "completeness", "severity"),
    [
        ("", "complete", "medium"),
        ("", "partial", "high"),
        (", network: no", "complete", "high"),
        (", network: no", "partial", "high"),
    ],
)
def test_that_a_complete_plan_is_unclear_is_less_grave_than_that_there_is_one_door(
    network: str, completeness: str, severity: str
) -> None:
    graph = graph_of(dedent(NETWORK.format(network=network)), completeness)
    (finding,) = run(graph, [by_name("G41")]).findings
    assert finding.severity.value == severity


@pytest.mark.parametrize(
    ("network", "begins", "asks"),
    [
        (False, "Nobody but Homes gives emergency accommodation. Nobody is named", "Who would"),
        (
            None,
            "One entry of the plan gives emergency accommodation: Homes. The plan does not say "
            "whether that is one place or several. Nobody is named",
            "Nor does one say whether that is one place or several. If it is one, who would",
        ),
    ],
)
def test_what_is_said_of_one_entry_is_true_of_it(
    network: bool | None, begins: str, asks: str
) -> None:
    home = Agency(id="h", name="Homes", functions=("emergency_accommodation",), network=network)
    plan = Plan(facts=PlanFacts(id="p", title="P", as_of=2024), agencies=(home,))
    (flag,) = by_name("G41")(PlanGraph(plan))
    assert isinstance(flag, Flag)
    assert flag.message.startswith(begins)
    assert asks in flag.ask
    assert ("network: yes" in flag.lacking[0]) is (network is None)


HANDS = """
format: 1
plan: {{id: p, title: A plan, as_of: 2024, completeness: complete}}
agencies:
  - {{id: police, name: Police, functions: [criminal_investigation]}}
  - {{id: court, name: Court, functions: [adjudication]}}
  - {{id: office, name: Office, functions: [{office}]}}
  - {{id: schools, name: Schools, functions: [awareness_raising]}}
handoffs:
  - {{from: police, to: court, pillars: [prosecute], kind: evidence_transfer}}
  - {{from: office, to: schools, pillars: [prevent], kind: guidance}}
  - {{from: schools, to: police, pillars: [prevent, protect], kind: reporting}}
  - {{from: office, to: police, pillars: [prevent], kind: information_sharing}}
"""


def test_what_would_join_two_pillars_ends_with_whoever_does_what_it_says() -> None:
    rule = by_name("G36")

    def asked(office: str) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
        plan, _ = read(HANDS.format(office=office).encode(), "plan.yaml")
        found = {f.id: f for f in run(PlanGraph(plan), [rule]).findings}["G36:prevent-prosecute"]
        return [(e.sender, e.receiver) for e in found.expected], found.lacking

    assert asked("recruitment_regulation") == ([("police", "office")], ())
    assert asked("document_security") == (
        [],
        ("an agency that has recruitment_regulation as a function",),
    )
