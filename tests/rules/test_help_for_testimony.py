"""help-for-testimony: help and permits that wait for the criminal case."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.help_for_testimony import help_for_testimony

RULE = help_for_testimony

AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement, functions: [victim_identification]}
  - {id: shelter, name: Shelter, roles: [service_provider]}
  - {id: lawyers, name: Legal aid board, sector: legal_aid}
  - {id: shield, name: Witness protection, sector: witness_protection}
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - id: visas
    name: Visa office
    sector: immigration_authority
    functions: [residence_status]
handoffs:
"""


def step(to: str, **fields: str) -> str:
    told_of = {"id": "step", "from": "police", "to": to, "pillars": "[protect]", **fields}
    return (
        "  - {" + ", ".join(f"{k}: {v}" for k, v in {"kind": "referral", **told_of}.items()) + "}\n"
    )


PAID = {"conditions": "[cooperates]"}


@pytest.mark.parametrize("completeness", ["partial", "complete"])
@pytest.mark.parametrize("condition", ["cooperates", "case_opened", "charge_laid", "conviction"])
def test_help_that_waits_for_the_case_is_a_gap(condition: str, completeness: str) -> None:
    body = AGENCIES + step("shelter", stage="assistance", conditions=f"[{condition}]")
    assert told(RULE, body, completeness) == [("gap", "step")]


@pytest.mark.parametrize("fields", [{"stage": "assistance"}, {"stage": "reflection"}, {}])
def test_with_or_without_a_stage(fields: dict[str, str]) -> None:
    assert told(RULE, AGENCIES + step("lawyers", **PAID, **fields)) == [("gap", "step")]


@pytest.mark.parametrize(
    "body",
    [
        step("shelter", stage="assistance", conditions="[consent_given, reasonable_grounds]"),
        step("shelter", stage="assistance"),
        step("shelter", stage="assistance", status="ended", **PAID),
        step("shelter", stage="assistance", until="2023", **PAID),
        step("shelter", stage="assistance", since="2025", **PAID),
    ],
)
def test_help_without_that_price_is_in_order(body: str) -> None:
    assert told(RULE, AGENCIES + body) == []


@pytest.mark.parametrize(
    "body",
    [
        step("shield", stage="assistance", **PAID),
        step("prosecutor", stage="assistance", **PAID),
        step("shelter", stage="prosecution", **PAID),
        step("shelter", stage="compensation", conditions="[conviction]"),
        step("shelter", pillars="[prosecute]", **PAID),
        step("panel", **{**PAID, "from": "shelter", "stage": "first_response"}),
        step("shelter", kind="reporting", **PAID),
    ],
)
def test_what_is_no_help_for_a_victim_is_not_looked_at(body: str) -> None:
    assert (told(RULE, AGENCIES + body), met(RULE, AGENCIES + body)) == ([], 0)


PERMIT = step("visas", kind="request_for_assistance", stage="legal_status", **PAID)


def test_a_permit_for_co_operation_alone_is_told_with_the_article_that_allows_it() -> None:
    (finding,) = run(graph_of(AGENCIES + PERMIT), [RULE]).findings
    assert finding.id == "G05:step"
    assert "CETS 197, article 14(1)(b)" in finding.message
    assert "article 14(1)" in RULE.page["When it is no trouble"]


def test_a_permit_for_co_operation_beside_one_for_the_personal_situation_is_in_order() -> None:
    other = step("visas", id="other", kind="request_for_assistance", stage="legal_status")
    assert told(RULE, AGENCIES + PERMIT + other) == []
    assert met(RULE, AGENCIES + PERMIT + other) == 2


@pytest.mark.parametrize(
    "less",
    [{"stay": "P30D"}, {"only_for": "[nationals_abroad]"}, {"status": "planned"}, dict(PAID)],
)
def test_a_lesser_permit_is_no_other_way(less: dict[str, str]) -> None:
    other = step("visas", id="other", kind="decision", stage="legal_status", **less)
    assert ("gap", "step") in told(RULE, AGENCIES + PERMIT + other)


def test_a_service_is_not_excused_by_another_way_into_it() -> None:
    body = step("shelter", stage="assistance", **PAID) + step("shelter", id="o", stage="assistance")
    assert told(RULE, AGENCIES + body) == [("gap", "step")]


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, AGENCIES + PERMIT)
