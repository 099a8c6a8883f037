"""lawyer-too-late: counsel before the first statement, and rights at the first meeting."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.lawyer_too_late import lawyer_too_late

RULE = lawyer_too_late

PLAN = """
agencies:
  - id: police
    name: Police
    sector: law_enforcement
    roles: [detecting_agency, identification_authority]
    functions: [rights_information]
  - {id: clinic, name: Clinic, sector: health, roles: [detecting_agency]}
  - {id: lawyers, name: Legal aid board, sector: legal_aid}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation, legal_assistance]}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
  - {from: shelter, to: lawyers, pillars: [protect], kind: referral}
"""
EARLY = "  - {from: clinic, to: lawyers, pillars: [protect], kind: referral"
NO_RIGHTS = (PLAN + EARLY + "}\n").replace("    functions: [rights_information]\n", "")


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, PLAN, "complete") == [("gap", "lawyer")]
    assert told(RULE, PLAN) == [("question", "lawyer")]
    assert told(RULE, NO_RIGHTS, "complete") == [("gap", "rights")]
    assert told(RULE, NO_RIGHTS) == [("question", "rights")]


def test_a_way_before_the_police_is_in_order() -> None:
    assert (told(RULE, PLAN + EARLY + "}", "complete"), met(RULE, PLAN + EARLY + "}")) == ([], 2)


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_way_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    assert told(RULE, PLAN + EARLY + f", {when}" + "}") == [("gap", "lawyer")]


def test_a_way_through_one_who_takes_statements_is_too_late() -> None:
    asks = PLAN.replace(
        "roles: [detecting_agency]}", "roles: [detecting_agency], interviews: true}"
    )
    assert told(RULE, asks + EARLY + "}") == [("question", "lawyer")]


def test_what_a_helper_asks_is_no_statement() -> None:
    asks = PLAN.replace(
        "roles: [detecting_agency]}",
        "roles: [detecting_agency, service_provider], interviews: true}",
    )
    assert told(RULE, asks + EARLY + "}") == []


def test_a_legal_aid_board_to_which_nothing_leads_is_told_though_others_advise() -> None:
    body = PLAN.replace("from: shelter, to: lawyers", "from: lawyers, to: shelter")
    advised = EARLY.replace("to: lawyers", "to: shelter") + "}"
    assert told(RULE, body + advised) == [("question", "lawyer")]
    assert told(RULE, PLAN + advised) == []


def test_one_who_detects_and_advises_needs_no_way() -> None:
    body = PLAN.replace("functions: [emergency", "roles: [detecting_agency], functions: [emergency")
    assert told(RULE, body) == []


@pytest.mark.parametrize(
    ("line", "findings"),
    [
        (
            "from: clinic, to: person, kind: information_sharing, stage: detection",
            [],
        ),
        (
            "from: clinic, to: person, kind: decision, stage: detection",
            [("question", "rights")],
        ),
        (
            "from: clinic, to: person, kind: notification, stage: reflection",
            [("question", "rights")],
        ),
        (
            "from: shelter, to: person, kind: notification, stage: detection",
            [("question", "rights")],
        ),
    ],
)
def test_rights_told_at_the_first_meeting(line: str, findings: list[tuple[str, str]]) -> None:
    assert told(RULE, NO_RIGHTS + f"  - {{pillars: [protect], {line}}}") == findings


def test_whom_the_person_turns_to_meets_it_first() -> None:
    body = NO_RIGHTS.replace(
        "sector: legal_aid", "sector: legal_aid, functions: [rights_information]"
    )
    to_lawyers = "  - {from: person, to: lawyers, pillars: [protect], kind: complaint}"
    assert told(RULE, body) == [("question", "rights")]
    assert told(RULE, body + to_lawyers) == []


def test_what_a_source_says_nobody_does_is_a_gap() -> None:
    body = NO_RIGHTS.replace("sector: health", "sector: health, lacks: [rights_information]")
    assert told(RULE, body) == [("gap", "rights")]


def test_it_does_not_apply_where_nobody_detects_or_identifies() -> None:
    body = "agencies:\n  - {id: lawyers, name: Legal aid board, sector: legal_aid}\n"
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


@pytest.mark.parametrize("body", [PLAN, NO_RIGHTS])
def test_what_it_expects_closes_it(body: str) -> None:
    assert closes(RULE, body)


def test_to_support_what_tells_rights_is_to_tell_them() -> None:
    body = NO_RIGHTS.replace("sector: health", "sector: health, supports: [rights_information]")
    assert told(RULE, body) == []
