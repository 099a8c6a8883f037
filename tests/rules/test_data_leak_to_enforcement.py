"""data-leak-to-enforcement: what helpers know, on its way to immigration enforcement."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import run
from interagency.rules.data_leak_to_enforcement import data_leak_to_enforcement

RULE = data_leak_to_enforcement

AGENCIES = """
agencies:
  - {id: clinic, name: Clinic, sector: health}
  - {id: inspectors, name: Labour inspectors, sector: labour_inspection}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: removals, name: Removals office, functions: [removal]}
  - {id: visas, name: Visa office, sector: immigration_authority}
handoffs:
"""


def step(sender: str, to: str, kind: str = "notification", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{id: {sender}-{to}, from: {sender}, to: {to}, pillars: [protect]{more}}}\n"


NAMED = {"data": "personal"}


@pytest.mark.parametrize("completeness", ["partial", "complete"])
@pytest.mark.parametrize("end", ["removals", "visas"])
def test_names_given_straight_to_enforcement_are_a_gap(end: str, completeness: str) -> None:
    assert told(RULE, AGENCIES + step("clinic", end, **NAMED), completeness) == [("gap", "clinic")]


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_where_nothing_is_said_of_data_it_is_asked(completeness: str, state: str) -> None:
    body = AGENCIES + step("inspectors", "visas", "referral")
    assert told(RULE, body, completeness) == [(state, "inspectors")]


def test_a_way_over_the_police_is_told_where_it_enters_enforcement() -> None:
    body = (
        AGENCIES
        + step("clinic", "police", **NAMED)
        + step("police", "removals", "custody_transfer", **NAMED)
    )
    (finding,) = run(graph_of(body), [RULE]).findings
    assert (finding.id, finding.state) == ("G31:police", "gap")
    assert finding.paths == ("clinic-police", "police-removals")
    assert finding.message == (
        "What a person tells Clinic can come through Police, to Removals office, where it can be "
        "used to remove them; nothing on the way asks for data protection, limits on use, "
        "confidentiality or consent."
    )


@pytest.mark.parametrize(
    "guard",
    [
        {"needs": "[use_limitation]"},
        {"needs": "[data_protection]"},
        {"needs": "[confidentiality]"},
        {"needs": "[consent]"},
        {"conditions": "[consent_given]"},
        {"data": "anonymous"},
    ],
)
def test_a_guard_on_either_step_closes_the_way(guard: dict[str, str]) -> None:
    first, last = step("clinic", "police"), step("police", "removals")
    for ways in (
        step("clinic", "police", **guard) + last,
        first + step("police", "removals", **guard),
    ):
        assert (told(RULE, AGENCIES + ways, "complete"), met(RULE, AGENCIES + ways)) == ([], 1)


def test_what_the_police_find_by_themselves_is_another_question() -> None:
    body = AGENCIES + step("police", "removals", "custody_transfer")
    assert told(RULE, body, "complete") == []


@pytest.mark.parametrize(
    "ways",
    [
        step("clinic", "visas", "request_for_assistance", stage="legal_status"),
        step("clinic", "visas", "referral", only_for="[nationals_abroad]"),
        step("clinic", "visas", "information_sharing", stage="prevention"),
        step("clinic", "visas", "reporting"),
        step("clinic", "visas", status="missing"),
        step("person", "visas", "complaint"),
        step("visas", "clinic", "referral"),
    ],
)
def test_permits_nationals_trends_and_the_persons_own_word_are_no_leak(ways: str) -> None:
    assert told(RULE, AGENCIES + ways, "complete") == []


def test_to_be_identified_there_is_no_leak() -> None:
    body = AGENCIES.replace(
        "sector: immigration_authority}",
        "sector: immigration_authority, roles: [identification_authority]}",
    )
    assert told(RULE, body + step("clinic", "visas", "referral", stage="identification")) == []
    assert told(RULE, body + step("clinic", "visas", "referral", stage="return_reintegration")) == [
        ("question", "clinic")
    ]


STAY = AGENCIES.replace(
    "{id: visas, name: Visa office, sector: immigration_authority}",
    "{id: visas, name: Visa office, sector: immigration_authority, functions: [residence_status]}",
)
AWAY = {"stage": "return_reintegration"}


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_who_grants_a_stay_and_tells_who_removes_is_a_leak_within_one_sector(
    completeness: str, state: str
) -> None:
    body = STAY + step("visas", "removals", "information_sharing", **AWAY)
    assert told(RULE, body, completeness) == [(state, "visas")]
    named = STAY + step("visas", "removals", "information_sharing", **AWAY, **NAMED)
    assert told(RULE, named, completeness) == [("gap", "visas")]


@pytest.mark.parametrize(
    "body",
    [
        AGENCIES + step("visas", "removals", "information_sharing", **AWAY, **NAMED),
        STAY + step("removals", "visas", "information_sharing", **NAMED),
        STAY + step("visas", "removals", "information_sharing", **AWAY, needs="[use_limitation]"),
        STAY.replace("[residence_status]", "[residence_status, removal]")
        + step("visas", "removals", "information_sharing", **AWAY, **NAMED),
    ],
)
def test_one_house_of_enforcement_tells_itself_nothing_new(body: str) -> None:
    assert told(RULE, body, "complete") == []


def test_what_a_person_tells_who_identifies_them_is_told_in_trust() -> None:
    body = AGENCIES.replace(
        "law_enforcement}", "law_enforcement, functions: [victim_identification]}"
    )
    (finding,) = run(
        graph_of(body + step("police", "removals", "information_sharing", **AWAY, **NAMED)), [RULE]
    ).findings
    assert (finding.id, finding.state) == ("G31:police", "gap")
    assert "What a person tells Police can come straight to Removals office" in finding.message
    moved = step("police", "removals", "custody_transfer", **AWAY)
    assert told(RULE, body + moved, "complete") == []


def test_facts_of_an_inquiry_tell_nothing_of_a_victim() -> None:
    asks = step("clinic", "police", "request_for_assistance", stage="investigation")
    way = asks.replace("[protect]", "[prosecute]") + step("police", "removals", **NAMED)
    assert told(RULE, AGENCIES + way) == []
    assert told(RULE, AGENCIES + asks + step("police", "removals", **NAMED)) == [
        ("question", "police")
    ]
