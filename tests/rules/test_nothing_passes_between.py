"""The lines of a whole response, each taken out of it in turn: P04 and P06."""

from __future__ import annotations

import re

import pytest
from small_plans import closes, graph_of, met, told

import interagency
from interagency.engine import run
from interagency.rules.nothing_passes_between import LINES, nothing_passes_between
from interagency.rules.victim_left_out import LINES as TOLD_AND_HEARD
from interagency.rules.victim_left_out import victim_left_out
from interagency.testing import check_examples

RULE = nothing_passes_between
RULES = {
    **dict.fromkeys((line.id for line in LINES), RULE),
    **dict.fromkeys((line.id for line in TOLD_AND_HEARD), victim_left_out),
}
AGENCIES = """
agencies:
  - {id: police, name: Police, sector: law_enforcement, functions: [criminal_investigation]}
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: court, name: Court, sector: judiciary, functions: [adjudication, compensation_order]}
  - {id: money, name: Financial unit, sector: financial_intelligence}
  - {id: integrity, name: Integrity office, sector: anti_corruption}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: shelter, name: Shelter, roles: [service_provider, case_manager]}
  - {id: lawyer, name: Lawyers, sector: legal_aid}
  - {id: permits, name: Permit office, sector: immigration_authority,
     functions: [residence_status, removal]}
  - {id: assets, name: Assets office, sector: asset_recovery}
  - {id: flights, name: Flights home, functions: [safe_return]}
  - {id: fund, name: Victims' fund, sector: compensation_fund}
  - {id: abroad, name: Office abroad, sector: foreign_counterpart}
handoffs:
"""
HANDOFFS = {
    "file": "from: police, to: prosecutor, kind: evidence_transfer",
    "charge": "from: prosecutor, to: court, kind: charge",
    "money-found": "from: money, to: police, kind: evidence_transfer",
    "officials-charged": "from: integrity, to: prosecutor, kind: evidence_transfer",
    "decision-told": "from: panel, to: shelter, kind: decision, stage: identification",
    "stay-told": "from: permits, to: person, kind: decision, stage: legal_status",
    "not-charged": "from: panel, to: prosecutor, kind: notification, stage: prosecution",
    "removal-held-up": "from: panel, to: permits, kind: decision, stage: reflection",
    "proceedings-told": "from: prosecutor, to: lawyer, kind: notification, stage: prosecution",
    "victim-heard": "from: lawyer, to: court, kind: information_sharing, stage: prosecution",
    "assets-seized": "from: court, to: assets, kind: order, stage: compensation",
    "return-received": "from: flights, to: abroad, kind: referral, stage: return_reintegration",
    "fund-pays": "from: fund, to: person, kind: asset_transfer, stage: compensation",
    "fund-asked": "from: lawyer, to: fund, kind: complaint, stage: compensation",
    "award-paid": "from: court, to: person, kind: asset_transfer, stage: compensation",
}


def plan(*without: str, **instead: str) -> str:
    """The whole response but for some lines, or with others in their places."""
    lines = {**HANDOFFS, **{name.replace("_", "-"): words for name, words in instead.items()}}
    return AGENCIES + "".join(
        f"  - {{{words}, pillars: [prosecute]}}\n"
        for name, words in lines.items()
        if name not in without
    )


def turned(words: str) -> str:
    """The same handoff the other way round."""
    return re.sub(r"from: (\w+), to: (\w+)", r"from: \2, to: \1", words)


def test_the_examples_of_the_page_hold() -> None:
    check_examples(RULE)
    check_examples(victim_left_out)


def test_a_whole_response_is_in_order() -> None:
    assert set(RULES) == set(HANDOFFS)
    for rule in (RULE, victim_left_out):
        assert told(rule, plan(), "complete") == []
    assert met(RULE, plan(), "complete") == len(LINES)
    assert met(victim_left_out, plan(), "complete") == len(TOLD_AND_HEARD)


@pytest.mark.parametrize("name", HANDOFFS)
def test_each_line_taken_out_is_told_and_no_other(name: str) -> None:
    for rule in (RULE, victim_left_out):
        own = rule is RULES[name]
        assert told(rule, plan(name), "complete") == ([("gap", name)] if own else [])
        assert told(rule, plan(name), "partial") == ([("question", name)] if own else [])


@pytest.mark.parametrize("name", HANDOFFS)
def test_the_other_way_round_is_no_such_line(name: str) -> None:
    back = plan(**{name: turned(HANDOFFS[name])})
    assert ("gap", name) in told(RULES[name], back, "complete")


@pytest.mark.parametrize("name", HANDOFFS)
def test_a_line_that_is_only_planned_is_a_gap_in_a_partial_plan(name: str) -> None:
    planned = plan(**{name: f"{HANDOFFS[name]}, status: planned"})
    assert told(RULES[name], planned, "partial") == [("gap", name)]


@pytest.mark.parametrize("name", HANDOFFS)
def test_what_it_expects_closes_it(name: str) -> None:
    assert closes(RULES[name], plan(name))


@pytest.mark.parametrize("name", HANDOFFS)
def test_each_rests_on_what_asks_for_it(name: str) -> None:
    (line,) = (line for line in (*LINES, *TOLD_AND_HEARD) if line.id == name)
    (found,) = run(graph_of(plan(name), "complete"), [RULES[name]]).findings
    assert found.requirements == line.requirements
    assert set(line.requirements) <= set(RULES[name].requirements)


def test_training_and_money_are_no_charge() -> None:
    for kind in ("training", "funding", "guidance", "reporting"):
        lines = plan(charge=f"from: prosecutor, to: court, kind: {kind}")
        assert ("gap", "charge") in told(RULE, lines, "complete")


def test_where_one_side_is_not_in_the_plan_nothing_is_asked_here() -> None:
    alone = """
agencies:
  - {id: police, name: Police, sector: law_enforcement}
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
handoffs:
  - {from: police, to: prosecutor, pillars: [prosecute], kind: evidence_transfer}
"""
    assert told(RULE, alone, "complete") == []
    assert met(RULE, alone, "complete") == 1


def test_one_agency_that_is_both_has_it_within_itself() -> None:
    both = """
agencies:
  - {id: office, name: Office, functions: [criminal_investigation, prosecution_service]}
  - {id: court, name: Court, sector: judiciary}
handoffs:
  - {from: office, to: court, pillars: [prosecute], kind: charge}
"""
    assert told(RULE, both, "complete") == []


def test_everybody_who_investigates_hands_a_file_over_and_each_who_does_not_is_named() -> None:
    more = plan().replace(
        "handoffs:",
        "  - {id: border, name: Border guard, functions: [criminal_investigation]}\nhandoffs:",
    )
    (found,) = run(graph_of(more, "complete"), [RULE]).findings
    assert (found.id, found.agencies[0]) == ("P04:file", "border")
    over = more + "  - {from: border, to: police, kind: referral, pillars: [prosecute]}\n"
    assert told(RULE, over, "complete") == []


def test_a_file_does_not_travel_over_a_shelter() -> None:
    round_about = plan("file") + (
        "  - {from: police, to: shelter, kind: referral, pillars: [protect]}\n"
        "  - {from: shelter, to: prosecutor, kind: notification, pillars: [protect]}\n"
    )
    assert told(RULE, round_about, "complete") == [("gap", "file")]


def test_a_decision_of_another_office_is_no_word_from_this_one() -> None:
    """The permit office tells the person of the permit, not of what the panel decided."""
    lines = plan("decision-told")
    assert "from: panel, to: permits" in lines
    assert "from: permits, to: person" in lines
    assert told(RULE, lines, "complete") == [("gap", "decision-told")]


def test_an_award_may_be_paid_by_who_carries_it_out() -> None:
    over = plan("award-paid").replace(
        "handoffs:", "  - {id: ministry, name: Ministry, sector: justice_ministry}\nhandoffs:"
    )
    order = "  - {from: court, to: ministry, kind: order, pillars: [prosecute]}\n"
    paid = "  - {from: ministry, to: person, kind: asset_transfer, pillars: [prosecute]}\n"
    assert told(RULE, over + order, "complete") == [("gap", "award-paid")]
    assert told(RULE, over + order + paid, "complete") == []


def test_where_those_who_decide_investigate_the_file_says_who_is_a_victim() -> None:
    lines = (
        plan("not-charged").replace(
            "functions: [criminal_investigation]",
            "functions: [criminal_investigation], roles: [identification_authority]",
        )
        + "  - {from: police, to: shelter, kind: referral, pillars: [protect]}\n"
    )
    assert told(RULE, lines, "complete") == []


def test_what_is_proposed_to_those_who_remove_may_be_used_for_nothing_else() -> None:
    audit = interagency.audit(graph_of(plan("removal-held-up"), "complete"), [RULE])
    (told_there,) = interagency.suggest(audit)
    (line,) = told_there.handoffs
    assert line.receiver == "permits"
    assert {"use_limitation", "no_removal"} <= set(line.needs)


def test_a_name_given_to_those_who_remove_is_no_word_that_holds_a_removal_up() -> None:
    leak = (
        "from: shelter, to: permits, kind: notification, stage: detection, data: personal, "
        "only_for: [irregular_migrants]"
    )
    assert told(RULE, plan(removal_held_up=leak), "complete") == [("gap", "removal-held-up")]


def test_a_file_with_the_victims_view_is_the_victim_heard() -> None:
    file = f"{HANDOFFS['file']}, needs: [victim_view]"
    assert told(victim_left_out, plan("victim-heard", file=file), "complete") == []
