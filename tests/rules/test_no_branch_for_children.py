"""no-branch-for-children: who is there for a child, and who acts for it."""

from __future__ import annotations

import pytest
from small_plans import closes, met, told

from interagency.rules.no_branch_for_children import no_branch_for_children

RULE = no_branch_for_children

NOBODY = """
agencies:
  - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
"""
OFFICE = NOBODY.replace(
    "agencies:\n",
    "agencies:\n  - {id: office, name: Child protection, sector: child_protection}\n"
    "  - {id: guardian, name: Guardians, roles: [guardian]}\n",
)
TO_OFFICE = "  - {from: police, to: office, pillars: [protect], kind: referral, only_for: [girls]"
TO_GUARDIAN = "  - {from: office, to: guardian, pillars: [protect], kind: request_for_assistance}\n"


def test_nobody_for_children_is_said_once() -> None:
    assert told(RULE, NOBODY, "complete") == [("gap", "children")]
    assert told(RULE, NOBODY) == [("question", "children")]


def test_an_agency_to_which_nothing_leads_is_no_branch() -> None:
    assert told(RULE, OFFICE, "complete") == [("gap", "children"), ("gap", "guardian")]
    assert told(RULE, OFFICE) == [("question", "children"), ("question", "guardian")]


def test_a_branch_with_a_guardian_is_in_order() -> None:
    body = OFFICE + TO_OFFICE + "}\n" + TO_GUARDIAN
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 2)


def test_a_branch_without_a_guardian_is_told() -> None:
    body = OFFICE.replace(", roles: [guardian]", "") + TO_OFFICE + "}\n"
    assert told(RULE, body) == [("question", "guardian")]


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_branch_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    body = OFFICE + TO_OFFICE + f", {when}" + "}\n"
    assert told(RULE, body) == [("gap", "children"), ("question", "guardian")]


def test_an_agency_to_come_is_a_gap_now() -> None:
    body = OFFICE.replace("sector: child_protection}", "sector: child_protection, since: 2025}")
    body = body.replace(", roles: [guardian]", "") + TO_OFFICE + "}\n"
    assert told(RULE, body) == [("gap", "children")]


def test_a_way_for_adults_leads_no_child_there() -> None:
    body = OFFICE + TO_OFFICE.replace("girls", "adults") + "}\n" + TO_GUARDIAN
    assert told(RULE, body) == [("question", "children"), ("question", "guardian")]


@pytest.mark.parametrize(
    "child_agency",
    [
        "functions: [best_interests_determination]",
        "functions: [child_placement]",
        "accepts: [girls, boys]",
        "sector: child_protection",
    ],
)
def test_who_is_there_for_children(child_agency: str) -> None:
    body = (
        OFFICE.replace("sector: child_protection", child_agency) + TO_OFFICE + "}\n" + TO_GUARDIAN
    )
    assert told(RULE, body) == []


def test_a_child_agency_that_detects_needs_no_way() -> None:
    body = OFFICE.replace(
        "sector: child_protection}", "sector: child_protection, roles: [detecting_agency]}"
    )
    assert told(RULE, body + TO_GUARDIAN) == []


def test_it_does_not_apply_where_nobody_detects_or_identifies() -> None:
    body = NOBODY.replace("roles: [detecting_agency, identification_authority]", "level: local")
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, OFFICE)


def test_that_a_source_says_nobody_is_guardian_is_a_gap() -> None:
    body = OFFICE.replace("roles: [guardian]", "lacks: [guardianship]") + TO_OFFICE + "}\n"
    assert told(RULE, body) == [("gap", "guardian")]
