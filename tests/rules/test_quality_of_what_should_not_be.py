"""Rules that ask for a limit, a form, consent or word back: not of what should not pass at all."""

from __future__ import annotations

import pytest
from asking import Ask

AGENCIES = """
agencies:
  - {id: inspectors, name: Inspectors, sector: labour_inspection}
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
  - {id: visas, name: Visa office, sector: immigration_authority, functions: [residence_status]}
  - {id: removals, name: Removals office, sector: immigration_authority, functions: [removal]}
  - {id: embassies, name: Embassies, sector: foreign_affairs_consular}
  - {id: home, name: Home, sector: ngo_service_provider, roles: [service_provider]}
handoffs:
"""
BACK = "stage: return_reintegration"


def step(sender: str, to: str, kind: str, more: str = "") -> str:
    said = f", {more}" if more else ""
    return f"  - {{id: x, from: {sender}, to: {to}, pillars: [protect], kind: {kind}{said}}}\n"


UNWANTED = [
    ("G46", step("inspectors", "removals", "information_sharing", "status: informal")),
    ("G46", step("inspectors", "removals", "referral")),
    ("G46", step("visas", "removals", "custody_transfer", BACK)),
    ("G26", step("visas", "removals", "information_sharing", f"{BACK}, data: personal")),
    ("G26", step("removals", "embassies", "request_for_assistance", BACK)),
    ("G08", step("visas", "removals", "custody_transfer", BACK)),
    ("G08", step("home", "removals", "referral")),
    ("G30", step("inspectors", "removals", "referral", "needs: [language]")),
    ("G30", step("visas", "removals", "information_sharing", f"{BACK}, data: personal")),
]


@pytest.mark.parametrize(("code", "line"), UNWANTED)
def test_what_should_not_pass_is_not_asked_to_pass_better(ask: Ask, code: str, line: str) -> None:
    assert ask(code, AGENCIES + line) == ["does not apply"]


WANTED = [
    ("G46", step("inspectors", "police", "information_sharing", "status: informal")),
    ("G46", step("inspectors", "removals", "referral", "needs: [use_limitation]")),
    ("G46", step("home", "embassies", "referral", f"{BACK}, needs: [voluntariness]")),
    ("G26", step("home", "embassies", "referral", f"{BACK}, needs: [voluntariness]")),
    ("G26", step("police", "visas", "request_for_assistance", "stage: reflection")),
    ("G08", step("home", "embassies", "referral", BACK)),
    ("G30", step("inspectors", "police", "referral", "needs: [language]")),
]


@pytest.mark.parametrize(("code", "line"), WANTED)
def test_what_should_pass_is(ask: Ask, code: str, line: str) -> None:
    (told,) = ask(code, AGENCIES + line)
    assert told.startswith(f"gap {code}:")


@pytest.mark.parametrize("needs", ["consent", "informed_choice", "voluntariness"])
def test_leaving_by_choice_is_no_removal(ask: Ask, needs: str) -> None:
    public = "  - {from: public, to: home, pillars: [protect], kind: complaint}\n"
    line = step("home", "embassies", "referral", f"{BACK}, needs: [NEEDS]")
    assert ask("G02", AGENCIES + public + line.replace("NEEDS", needs)) == ["does not apply"]
    assert ask("G02", AGENCIES + public + line.replace("NEEDS", "language")) == ["gap G02:x"]


@pytest.mark.parametrize("complete", [True, False])
def test_a_leak_is_the_same_answer_from_both_rules_on_it(ask: Ask, complete: bool) -> None:
    line = AGENCIES + step("inspectors", "removals", "information_sharing", "data: personal")
    assert ask("X09", line, complete=complete) == ["gap X09:inspectors"]
    assert ask("G31", line, complete=complete) == ["gap G31:inspectors"]
