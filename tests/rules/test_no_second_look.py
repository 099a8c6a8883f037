"""no-second-look: where a decision on who is a victim can be challenged."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.no_second_look import no_second_look

RULE = no_second_look

AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
  - {id: visas, name: Immigration office, sector: immigration_authority}
  - {id: court, name: Administrative court, sector: judiciary}
  - {id: monitor, name: Ombudsman, sector: national_rapporteur}
  - {id: ngo, name: NGO, sector: ngo_service_provider, roles: [service_provider]}
  - {id: hospital, name: Hospital, functions: [victim_identification]}
handoffs:
  - {id: away, from: police, to: visas, pillars: [prosecute], kind: custody_transfer}
"""


def step(sender: str, receiver: str, kind: str, rest: str = "stage: identification") -> str:
    return f"  - {{from: {sender}, to: {receiver}, pillars: [protect], kind: {kind}, {rest}}}\n"


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(RULE, AGENCIES, "complete") == [("gap", "police")]
    assert told(RULE, AGENCIES) == [("question", "police")]


@pytest.mark.parametrize(
    "way",
    [
        step("police", "person", "decision", "stage: identification, needs: [appeal]"),
        step("police", "person", "notification", "needs: [appeal]"),
        step(
            "person", "hospital", "request_for_assistance", "stage: identification, needs: [appeal]"
        ),
        step("person", "court", "complaint"),
        step("ngo", "monitor", "complaint"),
        step("police", "court", "request_for_assistance"),
    ],
)
def test_a_way_to_a_second_look_is_in_order(way: str) -> None:
    assert (told(RULE, AGENCIES + way), met(RULE, AGENCIES + way)) == ([], 1)


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_second_look_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    way = step("person", "court", "complaint", f"stage: identification, {when}")
    assert told(RULE, AGENCIES + way) == [("gap", "police")]


@pytest.mark.parametrize(
    "way",
    [
        step("person", "court", "complaint", "stage: compensation"),
        step("person", "police", "complaint"),
        step("police", "hospital", "referral"),
        step("visas", "person", "decision", "stage: legal_status, needs: [appeal]"),
        step("police", "court", "charge", "stage: prosecution"),
    ],
)
def test_other_ways_are_no_second_look(way: str) -> None:
    assert told(RULE, AGENCIES + way) == [("question", "police")]


def test_one_authority_may_be_looked_at_again_and_another_not() -> None:
    panel = "agencies:\n  - {id: panel, name: Panel, roles: [identification_authority]}"
    body = AGENCIES.replace("agencies:", panel)
    body += step("panel", "person", "decision", "stage: identification, needs: [appeal]")
    assert told(RULE, body) == [("question", "police")]


def test_it_does_not_apply_where_no_agency_has_the_power_to_decide() -> None:
    body = AGENCIES.replace("roles: [identification_authority]", "roles: [detecting_agency]")
    assert (told(RULE, body), met(RULE, body)) == ([], 0)


def test_it_says_where_persons_go_from_there_and_claims_no_absence() -> None:
    (finding,) = run(graph_of(AGENCIES), [RULE]).findings
    assert finding.message == (
        "No source states who looks again at a decision of Police that somebody is not a victim. "
        "From there persons are handed to Immigration office. Ask where it can be challenged, and "
        "within what time."
    )


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, AGENCIES)
