"""return-without-receiver: returns that end at a desk or a gate."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.return_without_receiver import return_without_receiver

RULE = return_without_receiver

AGENCIES = """
agencies:
  - {id: shelter, name: Shelter, sector: social_welfare}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: end, name: Border post, sector: border_control}
  - {id: ngo, name: Return house, sector: ngo_service_provider}
handoffs:
"""
RETURN = (
    "  - {id: step, from: shelter, to: end, pillars: [protect], kind: custody_transfer,"
    " stage: return_reintegration}\n"
)


def step(sender: str, to: str, kind: str = "referral", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [protect]{more}}}\n"


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
@pytest.mark.parametrize(
    "sector",
    ["border_control", "immigration_authority", "foreign_affairs_consular", "private_sector"],
)
def test_a_return_that_ends_with_officials_or_a_carrier(
    sector: str, completeness: str, state: str
) -> None:
    body = AGENCIES.replace("border_control", sector) + RETURN
    assert told(RULE, body, completeness) == [(state, "end")]


@pytest.mark.parametrize(
    "more",
    [
        step("end", "ngo", stage="return_reintegration"),
        step("end", "police") + step("police", "ngo", "notification"),
        step("end", "shelter", "feedback"),
        step("shelter", "ngo", stage="social_inclusion"),
    ],
)
def test_a_receiver_a_word_back_or_a_second_way_closes_it(more: str) -> None:
    assert (told(RULE, AGENCIES + RETURN + more), met(RULE, AGENCIES + RETURN + more)) == ([], 1)


def test_a_way_on_to_an_inquiry_is_no_receiver() -> None:
    on = step("end", "ngo", stage="investigation")
    assert told(RULE, AGENCIES + RETURN + on) == [("question", "end")]


def test_each_receiver_is_told_of_once_with_the_steps_still_open() -> None:
    more = step("police", "end", stage="return_reintegration") + step("end", "shelter", "feedback")
    (finding,) = run(graph_of(AGENCIES + RETURN + more), [RULE]).findings
    assert (finding.id, finding.agencies) == ("G25:end", ("end", "police"))


@pytest.mark.parametrize("field", ["status: missing", "status: planned", "since: 2030"])
def test_a_receiver_that_is_spoken_of_and_not_there_makes_a_gap(field: str) -> None:
    on = step("end", "ngo").replace("}", f", {field}}}")
    assert told(RULE, AGENCIES + RETURN + on) == [("gap", "end")]


@pytest.mark.parametrize(
    "body",
    [
        AGENCIES + step("shelter", "end"),
        AGENCIES + step("shelter", "ngo", stage="return_reintegration"),
        AGENCIES + step("shelter", "end", "notification", stage="return_reintegration"),
        AGENCIES + step("shelter", "person", "decision", stage="return_reintegration"),
    ],
)
def test_what_sends_nobody_to_officials_is_not_asked(body: str) -> None:
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 0)


def test_a_return_over_and_gone_is_not_asked() -> None:
    body = AGENCIES + RETURN.replace("stage:", "until: 2019, stage:")
    assert told(RULE, body) == []


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, AGENCIES + RETURN)


def test_nobody_is_returned_to_those_who_sent_them_away() -> None:
    body = AGENCIES.replace("sector: social_welfare", "functions: [reintegration_support]") + RETURN
    (finding,) = run(graph_of(body, "complete"), [RULE]).findings
    assert [(e.receiver, e.kind.value) for e in finding.expected] == [
        ("ngo", "referral"),
        ("shelter", "feedback"),
    ]
    assert "(for instance Return house)" in finding.mend


@pytest.mark.parametrize("there", ["sector: foreign_counterpart", "country: NP"])
def test_nobody_at_home_is_named_to_receive_abroad(there: str) -> None:
    body = AGENCIES.replace("sector: border_control", f"sector: border_control, {there}")
    body = body.replace("sector: border_control, sector", "sector") + RETURN
    (finding,) = run(graph_of(body, "complete"), [RULE]).findings
    assert (finding.expected, finding.lacking) == ((), ("someone who supports returned persons",))
    assert "(for instance a body that supports return)" in finding.mend
    iom = body.replace("sector: ngo_service_provider", "sector: international_organisation")
    (finding,) = run(graph_of(iom, "complete"), [RULE]).findings
    assert [e.receiver for e in finding.expected] == ["ngo", "shelter"]
    assert [e.kind.value for e in finding.expected] == ["referral", "feedback"]
