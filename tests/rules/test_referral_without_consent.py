"""referral-without-consent: adults passed on, of whose agreement nothing is said."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import run
from interagency.rules.referral_without_consent import referral_without_consent

RULE = referral_without_consent

AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: clinic, name: Clinic, sector: health}
  - {id: shelter, name: Shelter, roles: [service_provider]}
  - {id: youth, name: Youth home, accepts: [children]}
  - {id: guardians, name: Guardians, sector: child_protection}
handoffs:
"""


def step(sender: str = "police", to: str = "shelter", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": "referral", **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [protect]{more}}}\n"


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_senders_of_which_no_terms_are_stated_are_told_once(completeness: str, state: str) -> None:
    body = AGENCIES + step() + step("clinic") + step("police", "clinic")
    assert told(RULE, body, completeness) == [(state, "consent")]
    (finding,) = run(graph_of(body, completeness), [RULE]).findings
    assert finding.agencies == ("clinic", "police")


@pytest.mark.parametrize("terms", [{"needs": "[risk_assessment]"}, {"conditions": "[cooperates]"}])
def test_a_sender_with_terms_and_no_consent_is_told_by_itself(terms: dict[str, str]) -> None:
    body = AGENCIES + step(**terms) + step("police", "clinic") + step("clinic")
    assert told(RULE, body) == [("question", "consent"), ("question", "police")]


@pytest.mark.parametrize(
    "allowed",
    [
        {"needs": "[consent]"},
        {"needs": "[voluntariness]"},
        {"needs": "[informed_choice]"},
        {"needs": "[legal_basis]"},
        {"conditions": "[consent_given]"},
        {"conditions": "[court_order]"},
        {"conditions": "[immediate_danger]"},
        {"basis": "Act s5"},
    ],
)
def test_agreement_or_a_ground_for_it_is_in_order(allowed: dict[str, str]) -> None:
    body = AGENCIES + step(**allowed)
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 1)


@pytest.mark.parametrize(
    "handoff",
    [
        step(only_for="[children]"),
        step(only_for="[girls, boys]"),
        step(to="youth"),
        step("guardians"),
        step("person", "police"),
        step(to="person"),
        step(kind="custody_transfer"),
        step(kind="information_sharing"),
        step(kind="information_sharing", data="anonymous"),
        step(status="planned"),
        step(until="2020"),
    ],
)
def test_children_participants_and_what_names_nobody_are_not_asked(handoff: str) -> None:
    assert (told(RULE, AGENCIES + handoff, "complete"), met(RULE, AGENCIES + handoff)) == ([], 0)


def test_a_story_that_names_the_person_is_asked_about() -> None:
    body = AGENCIES + step(kind="information_sharing", data="personal")
    assert told(RULE, body) == [("question", "consent")]


def test_adults_among_children_are_asked_about() -> None:
    assert told(RULE, AGENCIES + step(only_for="[children, women]")) == [("question", "consent")]
