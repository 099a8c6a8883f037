"""identification-hangs-on-the-case: ways to a decision, and what a step waits for."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.identification_hangs_on_the_case import identification_hangs_on_the_case

RULE = identification_hangs_on_the_case
PLACE = "identification"

POLICE_ONLY = """
agencies:
  - id: police
    name: Police
    sector: law_enforcement
    roles: [detecting_agency, identification_authority]
  - {id: hotline, name: Hotline, roles: [detecting_agency]}
handoffs:
  - {from: hotline, to: police, pillars: [protect], kind: referral}
"""
PANEL_BEHIND_POLICE = """
agencies:
  - {id: hotline, name: Hotline, roles: [detecting_agency]}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
  - {from: hotline, to: police, pillars: [protect], kind: referral}
  - {from: police, to: panel, pillars: [protect], kind: referral, stage: identification}
"""
DIRECT = "  - {from: hotline, to: panel, pillars: [protect], kind: referral"


@pytest.mark.parametrize("body", [POLICE_ONLY, PANEL_BEHIND_POLICE])
def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one(body: str) -> None:
    assert told(RULE, body, "complete") == [("gap", PLACE)]
    assert told(RULE, body) == [("question", PLACE)]


@pytest.mark.parametrize("end", [", status: missing}", ", status: planned}", ", since: 2025}"])
def test_a_way_that_the_plan_says_is_not_there_is_a_gap(end: str) -> None:
    assert told(RULE, PANEL_BEHIND_POLICE + DIRECT + end) == [("gap", PLACE)]


def test_one_free_way_is_enough() -> None:
    assert told(RULE, PANEL_BEHIND_POLICE + DIRECT + "}") == []
    assert told(RULE, PANEL_BEHIND_POLICE + DIRECT + ", until: 2023}") == [("gap", PLACE)]


def test_who_detects_and_identifies_without_investigating_is_a_way() -> None:
    body = PANEL_BEHIND_POLICE.replace(
        "roles: [identification_authority]", "roles: [identification_authority, detecting_agency]"
    )
    assert told(RULE, body) == []


def test_whoever_collects_evidence_investigates() -> None:
    body = PANEL_BEHIND_POLICE.replace(
        "sector: law_enforcement", "functions: [evidence_collection]"
    )
    assert told(RULE, body) == [("question", PLACE)]


def test_an_end_without_any_way_is_told_too_so_that_a_way_through_the_police_opens_nothing() -> (
    None
):
    body = PANEL_BEHIND_POLICE.rsplit("  - {from: police", 1)[0]
    assert told(RULE, body) == told(RULE, PANEL_BEHIND_POLICE) == [("question", PLACE)]


@pytest.mark.parametrize("condition", ["case_opened", "charge_laid", "conviction", "cooperates"])
def test_a_step_that_waits_for_the_case_is_a_gap_even_in_a_partial_plan(condition: str) -> None:
    body = PANEL_BEHIND_POLICE + DIRECT + f", id: way, conditions: [{condition}]" + "}"
    assert told(RULE, body) == [("gap", "way")]


def test_a_step_may_wait_for_consent_and_signs() -> None:
    body = PANEL_BEHIND_POLICE + DIRECT + ", conditions: [consent_given, reasonable_grounds]}"
    assert told(RULE, body) == []


def test_what_the_prosecutor_is_sent_is_no_step_of_identification() -> None:
    body = POLICE_ONLY + (
        "  - {from: hotline, to: police, pillars: [prosecute], kind: evidence_transfer, "
        "stage: prosecution, conditions: [charge_laid]}"
    )
    assert told(RULE, body) == [("question", PLACE)]


def test_it_does_not_apply_where_nobody_identifies_or_no_case_begins() -> None:
    nobody = POLICE_ONLY.replace(", identification_authority", "")
    assert (told(RULE, nobody), met(RULE, nobody)) == ([], 0)
    unfound = PANEL_BEHIND_POLICE.replace(", roles: [detecting_agency]", "").split("handoffs")[0]
    assert (told(RULE, unfound), met(RULE, unfound)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, PANEL_BEHIND_POLICE)


def test_it_says_who_else_is_wanted() -> None:
    (finding,) = run(graph_of(POLICE_ONLY, "complete"), [RULE]).findings
    assert finding.message == (
        "Only those who investigate or prosecute decide who is a victim: Police. Whoever gives "
        "them no case is not identified."
    )
    assert finding.lacking == ("an agency that identifies and does not investigate",)


def test_only_those_who_decide_are_named_as_deciding() -> None:
    """Not those who investigate and merely stand on the way to them."""
    station = POLICE_ONLY.replace("to: police", "to: station").replace(
        "handoffs:", "  - {id: station, name: Station, sector: law_enforcement}\nhandoffs:"
    )
    onward = "  - {from: station, to: police, pillars: [protect], kind: referral}\n"
    (finding,) = run(graph_of(station + onward), [RULE]).findings
    assert finding.agencies == ("police",)
    assert "Station" not in finding.message
