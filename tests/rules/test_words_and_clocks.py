"""Rules about single handoffs: G08, G26, P01."""

from __future__ import annotations

import pytest
from asking import Ask

WORD = """
    agencies: [{{id: clinic, name: Clinic}}, {{id: desk, name: Desk}}, {{id: home, name: Home}}]
    handoffs:
      - {{from: clinic, to: home, pillars: [protect], kind: referral}}
      - {{from: person, to: home, pillars: [protect], kind: referral}}
      {lines}
"""


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", ["gap G08:home"]),
        ("- {from: home, to: clinic, pillars: [protect], kind: feedback}", ["met"]),
        ("- {from: home, to: clinic, pillars: [protect], kind: decision}", ["met"]),
        ("- {from: home, to: clinic, pillars: [protect], kind: reporting}", ["gap G08:home"]),
        (
            "- {from: home, to: desk, pillars: [protect], kind: feedback}\n"
            "      - {from: desk, to: clinic, pillars: [protect], kind: feedback}",
            ["met"],
        ),
        (
            "- {from: home, to: person, pillars: [protect], kind: feedback}\n"
            "      - {from: person, to: clinic, pillars: [protect], kind: feedback}",
            ["gap G08:home"],
        ),
        (
            "- {from: home, to: clinic, pillars: [protect], kind: feedback}\n"
            "      - {from: desk, to: home, pillars: [protect], kind: custody_transfer}",
            ["gap G08:home"],
        ),
    ],
)
def test_word_goes_back_to_each_referrer(ask: Ask, lines: str, told: list[str]) -> None:
    assert ask("G08", WORD.format(lines=lines)) == told


def test_what_the_person_sends_asks_for_no_word_back(ask: Ask) -> None:
    text = """
    agencies: [{id: home, name: Home}]
    handoffs: [{from: person, to: home, pillars: [protect], kind: referral}]
    """
    assert ask("G08", text) == ["does not apply"]


@pytest.mark.parametrize(
    ("branch", "told"),
    [
        ("part_of: clinic", "does not apply"),
        ("", "gap G08:ward"),
        ("part_of: other", "gap G08:ward"),
    ],
)
def test_an_agency_owes_no_word_to_its_own_branch_nor_the_branch_to_it(
    ask: Ask, branch: str, told: str
) -> None:
    text = f"""
    agencies:
      - {{id: clinic, name: Clinic}}
      - {{id: other, name: Other}}
      - {{id: ward, name: Ward, {branch}}}
    handoffs:
      - {{from: clinic, to: ward, pillars: [protect], kind: referral}}
    """
    found = ask("G08", text.replace("Ward, }", "Ward}"))
    assert found == [told]


@pytest.mark.parametrize(
    ("sector", "kind", "told"),
    [
        ("law_enforcement", "information_sharing", "does not apply"),
        ("border_control", "notification", "does not apply"),
        ("immigration_authority", "notification", "does not apply"),
        ("social_welfare", "notification", "gap G26:embassy"),
        ("law_enforcement", "request_for_assistance", "gap G26:embassy"),
    ],
)
def test_nobody_waits_for_the_police_to_be_told_who_comes_home(
    ask: Ask, sector: str, kind: str, told: str
) -> None:
    text = f"""
    agencies:
      - {{id: embassy, name: Embassy, sector: foreign_affairs_consular}}
      - {{id: end, name: End, sector: {sector}}}
    handoffs:
      - {{from: embassy, to: end, pillars: [protect], kind: {kind},
         stage: return_reintegration, data: personal}}
    """
    assert ask("G26", text) == [told]


CLOCK = """
    agencies: [{{id: a, name: A}}, {{id: b, name: B}}]
    handoffs: [{{id: x, from: {sender}, to: b, pillars: [protect], kind: {kind}{more}}}]
"""


@pytest.mark.parametrize(
    ("sender", "kind", "more", "complete", "partial"),
    [
        ("a", "referral", ", stage: identification", ["gap G26:a"], ["question G26:a"]),
        (
            "a",
            "referral",
            ", stage: identification, within: {wording: promptly}",
            ["gap G26:x"],
            ["gap G26:x"],
        ),
        ("a", "referral", ", stage: identification, within: {max: P2D}", ["met"], ["met"]),
        ("a", "referral", ", stage: identification, stay: P45D", ["gap G26:a"], ["question G26:a"]),
        ("a", "decision", ", stage: assistance", ["gap G26:a"], ["question G26:a"]),
        ("a", "referral", ", stage: assistance", ["does not apply"], ["does not apply"]),
        ("a", "training", ", stage: identification", ["does not apply"], ["does not apply"]),
        ("a", "referral", "", ["does not apply"], ["does not apply"]),
        ("person", "complaint", ", stage: identification", ["does not apply"], ["does not apply"]),
        (
            "a",
            "referral",
            ", stage: identification, status: informal",
            ["does not apply"],
            ["does not apply"],
        ),
        (
            "a",
            "referral",
            ", stage: identification, status: planned",
            ["does not apply"],
            ["does not apply"],
        ),
    ],
)
def test_steps_that_a_person_waits_for_have_a_number(
    ask: Ask, sender: str, kind: str, more: str, complete: list[str], partial: list[str]
) -> None:
    text = CLOCK.format(sender=sender, kind=kind, more=more)
    assert ask("G26", text) == complete
    assert ask("G26", text, complete=False) == partial


def test_silence_is_told_once_a_sender_and_vague_words_once_a_step(ask: Ask) -> None:
    text = """
    agencies: [{id: a, name: A}, {id: b, name: B}, {id: c, name: C}]
    handoffs:
      - {id: w, from: a, to: b, pillars: [protect], kind: referral, stage: identification}
      - {id: x, from: a, to: c, pillars: [protect], kind: referral, stage: first_response}
      - {id: y, from: a, to: b, pillars: [protect], kind: decision, stage: legal_status,
         within: {wording: soon}}
      - {id: z, from: a, to: c, pillars: [protect], kind: decision, stage: legal_status,
         within: {wording: in good time}}
    """
    assert ask("G26", text) == ["gap G26:y", "gap G26:z", "gap G26:a"]


MISSING = """
    agencies: [{id: a, name: A}, {id: b, name: B}]
    handoffs:
      - {id: x, from: a, to: b, pillars: [protect], kind: referral, status: missing, until: 2022}
      - {id: y, from: a, to: b, pillars: [protect], kind: referral, status: planned}
      - {id: z, from: b, to: person, pillars: [protect], kind: order, status: missing, since: 2020}
"""


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        (2019, ["gap P01:x"]),
        (2021, ["gap P01:x", "gap P01:z"]),
        (2024, ["gap P01:z"]),
    ],
)
@pytest.mark.parametrize("complete", [True, False])
def test_what_the_plan_says_is_missing_is_a_gap_at_its_time(
    ask: Ask, as_of: int, told: list[str], complete: bool
) -> None:
    assert ask("P01", MISSING, as_of=as_of, complete=complete) == told


BACK = """
    agencies:
      - {{id: one, name: One, {sender}}}
      - {{id: two, name: Two, {receiver}}}
    handoffs:
      - {{from: one, to: two, pillars: [protect], kind: referral}}
"""
IDENTIFIES = "roles: [identification_authority]"


@pytest.mark.parametrize(
    ("sender", "receiver", "asked"),
    [
        ("sector: law_enforcement", "sector: ngo_service_provider", True),
        ("sector: law_enforcement", "sector: legal_aid", False),
        ("sector: health", "sector: legal_aid", True),
        ("sector: immigration_authority", "sector: ngo_service_provider", False),
        ("sector: immigration_authority", IDENTIFIES, True),
        ("sector: detention_authority", "sector: foreign_affairs_consular", False),
        ("sector: border_control, functions: [removal]", IDENTIFIES, False),
    ],
)
def test_no_word_is_asked_for_to_those_who_may_not_hear_it(
    ask: Ask, sender: str, receiver: str, asked: bool
) -> None:
    told = ask("G08", BACK.format(sender=sender, receiver=receiver), complete=True)
    assert told == (["gap G08:two"] if asked else ["does not apply"])
