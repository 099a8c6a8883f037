"""X01 to X12 as rules: what they say, of whom, and how sure; the patterns are in test_guards."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import interagency as ia
from interagency import catalogue
from interagency.catalogue import plan_names
from interagency.engine import Finding, Flag, Met, Rule, Severity, run
from interagency.graph import PlanGraph
from interagency.model import Plan
from interagency.rules import BUILT_IN

GUARDED = tuple(rule for rule in BUILT_IN if rule.code.startswith("X"))
BY_CODE = {rule.code: rule for rule in GUARDED}


@cache
def standards() -> Any:
    """The reference standards as their authors write them."""
    text = (Path(catalogue.__file__).parent / "standards.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def graph_of(text: str, completeness: str = "complete") -> PlanGraph:
    tree = yaml.safe_load(text)
    tree["plan"]["completeness"] = completeness
    return PlanGraph(Plan.model_validate(tree))


def found(code: str, graph: PlanGraph) -> list[tuple[str, str]]:
    """State and subject of each finding of a rule."""
    return [(f.state.value, f.about[0].ref.id) for f in findings(code, graph)]


def findings(code: str, graph: PlanGraph) -> tuple[Finding, ...]:
    audit = run(graph, [BY_CODE[code]])
    assert not audit.crashes
    return audit.findings


def answers(code: str, graph: PlanGraph) -> list[Flag | Met]:
    return list(BY_CODE[code](graph))


def test_each_guarded_handoff_of_the_standards_has_its_rule() -> None:
    cited = {x["id"]: tuple(x["requirements"]) for x in standards()["guarded_handoffs"]}
    for rule in GUARDED:
        assert set(cited[rule.code]) <= set(rule.requirements)
    assert list(cited) == [rule.code for rule in GUARDED]


@pytest.mark.parametrize("rule", GUARDED, ids=lambda rule: rule.code)
def test_a_prohibition_is_graver_than_a_guard(rule: Rule) -> None:
    kinds = {x["id"]: x["rule"] for x in standards()["guarded_handoffs"]}
    prohibited = kinds[rule.code].startswith("prohibited")
    grave = {Severity.CRITICAL, Severity.HIGH} if prohibited else {Severity.HIGH, Severity.MEDIUM}
    assert rule.severity in grave


@pytest.mark.parametrize("rule", GUARDED, ids=lambda rule: rule.code)
def test_a_rule_rests_on_the_pillars_of_its_requirements(rule: Rule) -> None:
    pillars = {
        pillar
        for requirement in standards()["requirements"]
        if requirement["id"] in rule.requirements
        for pillar in requirement["pillar"]
    }
    assert set(rule.pillars) == pillars


@pytest.mark.parametrize("rule", GUARDED, ids=lambda rule: rule.code)
def test_no_handoff_is_proposed_where_one_is_too_many(rule: Rule) -> None:
    for text in (rule.broken, rule.mended):
        for flag in rule(graph_of(text)):
            if isinstance(flag, Flag):
                assert flag.expected == ()
                assert flag.lacking


@pytest.mark.parametrize("rule", GUARDED, ids=lambda rule: rule.code)
def test_a_plan_without_such_handoffs_is_not_looked_at(rule: Rule) -> None:
    text = """
    plan: {id: p, title: P, as_of: 2024}
    agencies:
      - {id: court, name: Court, sector: judiciary}
      - {id: bank, name: Bank, sector: private_sector}
    handoffs:
      - {from: court, to: bank, pillars: [prosecute], kind: order}
      - {from: person, to: court, pillars: [prosecute], kind: complaint}
    """
    assert list(rule(graph_of(text))) == []


CLINIC = """
plan: {id: p, title: P, as_of: 2024}
agencies:
  - {id: clinic, name: Clinic, sector: health}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: squad, name: Squad, sector: law_enforcement}
handoffs:
  - {from: clinic, to: police, pillars: [prosecute], kind: notification}
  - {from: clinic, to: squad, pillars: [prosecute], kind: referral}
  - {from: police, to: clinic, pillars: [protect], kind: referral}
"""


def test_one_sender_is_told_of_once() -> None:
    (finding,) = findings("X08", graph_of(CLINIC))
    assert finding.message == (
        "Clinic passes the cases of adults to Police and Squad, and nothing says that they agree, "
        "that a law demands it, or that there is danger."
    )
    assert finding.id == "X08:clinic"
    assert finding.handoffs == ("clinic-police", "clinic-squad")
    assert finding.agencies == ("clinic", "police", "squad")
    assert finding.lacking == ("the need consent on the handoffs clinic-police, clinic-squad",)


def test_silence_of_a_partial_plan_is_a_question_that_claims_no_absence() -> None:
    (finding,) = findings("X08", graph_of(CLINIC, "partial"))
    assert (finding.state, finding.id) == ("question", "X08:clinic")
    assert finding.message == (
        "No source states whether Clinic asks adults for their consent before it passes their case "
        "to Police and Squad, or which law obliges it to. Ask Clinic."
    )


@pytest.mark.parametrize("rule", GUARDED, ids=lambda rule: rule.code)
def test_every_question_is_put_as_one(rule: Rule) -> None:
    for answer in rule(graph_of(rule.broken)):
        if isinstance(answer, Flag) and not answer.stated:
            assert answer.ask.startswith("No source states whether ")
            assert " Ask " in answer.ask


def test_a_guarded_handoff_is_met_beside_one_that_is_not() -> None:
    graph = graph_of(CLINIC.replace("kind: referral}", "kind: referral, needs: [consent]}", 1))
    kinds = [(type(a).__name__, a.about) for a in answers("X08", graph)]
    assert kinds[0] == ("Met", graph.handoff("clinic-squad").ref)
    assert found("X08", graph) == [("gap", "clinic")]
    assert findings("X08", graph)[0].handoffs == ("clinic-police",)


@pytest.mark.parametrize("status", ["planned", "missing", "unused", "ended"])
def test_a_handoff_that_is_not_there_needs_no_guard(status: str) -> None:
    text = CLINIC.replace("kind: notification", f"kind: notification, status: {status}")
    (finding,) = findings("X08", graph_of(text))
    assert finding.handoffs == ("clinic-squad",)
    assert found("X08", graph_of(text.replace("kind: referral", "kind: training"))) == []


def test_an_informal_handoff_needs_its_guard() -> None:
    text = CLINIC.replace("kind: notification", "kind: notification, status: informal")
    assert findings("X08", graph_of(text))[0].handoffs == ("clinic-police", "clinic-squad")


def test_a_handoff_is_looked_at_while_it_holds() -> None:
    text = CLINIC.replace("kind: notification", "kind: notification, since: 2020, until: 2022")
    text = text.replace(
        "to: squad, pillars: [prosecute], kind: referral",
        "to: squad, pillars: [prosecute], kind: training",
    )
    graph = graph_of(text)
    assert [found("X08", graph.as_of(year)) for year in (2019, 2021, 2024)] == [
        [],
        [("gap", "clinic")],
        [],
    ]


REMOVAL = """
plan: {id: p, title: P, as_of: 2024}
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: status, name: Immigration office, sector: immigration_authority}
  - {id: border, name: Border police, sector: border_control}
handoffs:
  - id: stop
    from: panel
    to: status
    pillars: [protect]
    kind: notification
    needs: [no_removal]
    status: planned
  - id: away
    from: status
    to: border
    pillars: [prosecute]
    kind: custody_transfer
    stage: return_reintegration
"""


def test_a_guard_that_is_only_planned_is_a_gap_in_a_partial_plan_too() -> None:
    (finding,) = findings("X02", graph_of(REMOVAL, "partial"))
    assert (finding.state, finding.id, finding.closed_by) == ("gap", "X02:status", ("stop",))
    assert finding.message == (
        "The removal from Immigration office to Border police does not wait while it is open "
        "whether the person is trafficked."
    )
    there = REMOVAL.replace("status: planned", "status: in_force")
    assert found("X02", graph_of(there, "partial")) == []


def test_what_the_plan_states_is_a_gap_even_in_a_partial_plan() -> None:
    text = """
    plan: {id: p, title: P, as_of: 2024}
    agencies:
      - {id: police, name: Police, sector: law_enforcement}
      - {id: court, name: Court, sector: judiciary}
      - {id: council, name: Council, sector: coordination_body}
    handoffs:
      - {from: police, to: council, pillars: [prosecute], kind: reporting, data: personal}
      - {from: court, to: council, pillars: [prosecute], kind: reporting}
    """
    (finding,) = findings("X12", graph_of(text, "partial"))
    assert (finding.state, finding.id) == ("gap", "X12:council")
    assert finding.message == (
        "Council receives from Police data by which persons can be recognised. To co-ordinate and "
        "to monitor, numbers would do. Nothing is stated for Court."
    )
    assert finding.lacking == (
        "data: anonymous on the handoff police-council",
        "the need data_protection on the handoff court-council",
    )


def test_participants_stand_in_small_letters_within_a_sentence() -> None:
    text = """
    plan: {id: p, title: P, as_of: 2024}
    agencies:
      - {id: border, name: Border police, sector: border_control}
    handoffs:
      - {from: border, to: person, pillars: [prosecute], kind: charge}
      - from: border
        to: public
        pillars: [prosecute]
        kind: information_sharing
        stage: investigation
    """
    graph = graph_of(text)
    assert (
        "victims of trafficking (the line goes to the person)" in findings("X10", graph)[0].message
    )
    assert findings("X07", graph)[0].message.startswith("Border police tells the public of cases")


def test_real_plans_are_asked_of_two_bodies_that_count() -> None:
    """Single cases told to a working group, case data of shelters to a commission: how is open."""
    asked = [
        (name, f.state.value, f.id)
        for name in plan_names()
        for f in run(ia.load(name), GUARDED).findings
    ]
    assert asked == [
        ("australia", "question", "X12:owg"),
        ("bulgaria", "question", "X12:nccthb"),
    ]
