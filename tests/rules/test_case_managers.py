"""Persons in a service stay in the hands of the case manager who sent them: G08, G09, G43."""

from __future__ import annotations

import pytest
from asking import Ask

PLAN = """
agencies:
  - {id: port, name: Port office}
  - {id: social, name: Social services, MANAGES}
  - {id: shelter, name: Shelter, sector: ngo_service_provider, functions: [emergency_accommodation]}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
  - {from: social, to: shelter, pillars: [protect], kind: KIND, needs: [consent]}
  - {from: social, to: panel, pillars: [protect], kind: referral}
"""
MANAGES = ["roles: [case_manager]", "functions: [case_management]"]


def plan(manages: str = MANAGES[0], kind: str = "referral", *lines: str) -> str:
    more = "".join(f"  - {{{line}, pillars: [protect]}}\n" for line in lines)
    return PLAN.replace("MANAGES", manages).replace("KIND", kind) + more


@pytest.mark.parametrize("manages", MANAGES)
def test_who_is_housed_by_a_case_manager_has_that_managers_ways(ask: Ask, manages: str) -> None:
    assert ask("G09", plan(manages)) == ["met"]
    assert ask("G43", plan(manages)) == ["met"]


@pytest.mark.parametrize("manages", ["level: local", "roles: [detecting_agency]"])
def test_who_is_sent_by_anybody_else_is_not(ask: Ask, manages: str) -> None:
    assert ask("G09", plan(manages)) == ["gap G09:shelter"]
    assert ask("G43", plan(manages)) == ["gap G43:after-the-exit"]


def test_a_manager_who_only_tells_or_leads_nowhere_holds_nobody(ask: Ask) -> None:
    assert ask("G09", plan(kind="information_sharing")) == ["gap G09:shelter"]
    nowhere = plan().replace("{from: social, to: panel,", "{from: port, to: panel,")
    assert ask("G09", nowhere) == ["gap G09:shelter"]


BROUGHT = "from: port, to: shelter, kind: referral"
TOLD = "from: social, to: port, kind: feedback"


def test_word_back_may_come_from_the_case_manager(ask: Ask) -> None:
    told = plan(MANAGES[0], "referral", BROUGHT, TOLD)
    assert ask("G08", told) == ["gap G08:shelter", "gap G08:panel"]  # the manager hears nothing
    heard = told + "  - {from: shelter, to: social, pillars: [protect], kind: feedback}\n"
    assert ask("G08", heard) == ["gap G08:panel"]
    assert ask("G08", plan(MANAGES[0], "decision", BROUGHT, TOLD)) == ["gap G08:panel"]
    assert ask("G08", plan("level: local", "decision", BROUGHT, TOLD)) == [
        "gap G08:shelter",
        "gap G08:panel",
    ]
