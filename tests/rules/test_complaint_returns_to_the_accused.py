"""complaint-returns-to-the-accused: who takes a complaint about an official."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.complaint_returns_to_the_accused import complaint_returns_to_the_accused

RULE = complaint_returns_to_the_accused
SUBJECT = "complaints-about-officials"


def plan(other: str = "sector: health", *steps: str) -> str:
    return f"""
agencies:
  - {{id: police, name: Police, sector: law_enforcement}}
  - {{id: other, name: Other body, {other}}}
  - {{id: ngo, name: NGO, sector: ngo_service_provider}}
handoffs:
""" + "".join(steps or ("  []\n",))


def step(sender: str, to: str, kind: str = "complaint", **fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in {"kind": kind, **fields}.items())
    return f"  - {{from: {sender}, to: {to}, pillars: [prosecute]{more}}}\n"


TOLD = step("person", "police")


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_where_persons_come_only_to_the_police(completeness: str, state: str) -> None:
    assert told(RULE, plan("sector: health", TOLD), completeness) == [(state, SUBJECT)]


@pytest.mark.parametrize(
    "other",
    [
        "sector: anti_corruption",
        "sector: national_rapporteur",
        "sector: prosecution",
        "functions: [corruption_investigation]",
        "functions: [complaint_handling]",
    ],
)
def test_a_body_outside_to_which_persons_come_is_in_order(other: str) -> None:
    body = plan(other, TOLD, step("public", "other"))
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 1)


@pytest.mark.parametrize(
    "other",
    [
        "sector: law_enforcement, functions: [corruption_investigation]",
        "sector: labour_inspection, functions: [complaint_handling]",
        "sector: social_welfare",
    ],
)
def test_the_forces_themselves_and_pay_offices_do_not_count(other: str) -> None:
    assert told(RULE, plan(other, TOLD, step("person", "other"))) == [("question", SUBJECT)]


def test_a_helper_may_bring_the_complaint_and_the_police_may_not_filter_it() -> None:
    bureau = "sector: anti_corruption"
    assert told(RULE, plan(bureau, TOLD, step("ngo", "other"))) == []
    assert told(RULE, plan(bureau, TOLD, step("police", "other"))) == [("question", SUBJECT)]


def test_a_prosecutor_who_hears_only_from_the_police_does_not_count() -> None:
    body = plan("sector: prosecution", TOLD, step("police", "other"))
    assert told(RULE, body) == [("question", SUBJECT)]


def test_a_bureau_that_nothing_comes_to_is_asked_about() -> None:
    assert told(RULE, plan("sector: anti_corruption")) == [("question", SUBJECT)]
    assert closes(RULE, plan("sector: anti_corruption"))


def test_what_a_source_says_is_lacking_is_a_gap() -> None:
    body = plan("sector: justice_ministry, lacks: [corruption_investigation]")
    assert told(RULE, body) == [("gap", SUBJECT)]
    (finding,) = run(graph_of(body), [RULE]).findings
    assert finding.agencies == ("other",)


@pytest.mark.parametrize("field", [{"status": "planned"}, {"since": "2030"}])
def test_a_way_that_is_spoken_of_and_not_there_makes_a_gap(field: dict[str, str]) -> None:
    body = plan("sector: anti_corruption", TOLD, step("person", "other", **field))
    assert told(RULE, body) == [("gap", SUBJECT)]


def test_where_nobody_turns_to_the_forces_nothing_is_asked() -> None:
    body = plan("sector: national_rapporteur", step("ngo", "police", "referral"))
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 0)
