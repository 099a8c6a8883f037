"""group-without-a-route: who is left out by what a plan says of others."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.group_without_a_route import group_without_a_route

RULE = group_without_a_route

AGENCIES = """
agencies:
  - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation], accepts: [women, children]}
  - {id: house, name: House, functions: [emergency_accommodation], accepts: [adults]}
  - {id: clinic, name: Clinic, functions: [medical_care]}
handoffs:
  - {from: police, to: shelter, pillars: [protect], kind: referral}
  - {from: police, to: clinic, pillars: [protect], kind: referral}
"""
TO_HOUSE = "  - {id: way, from: police, to: house, pillars: [protect], kind: referral"
NO_HOUSE = AGENCIES.replace(
    "functions: [emergency_accommodation], accepts: [adults]", "level: local"
)
SILENT = AGENCIES.replace(", accepts: [women, children]", "").replace(", accepts: [adults]", "")


@pytest.mark.parametrize("completeness", ["partial", "complete"])
def test_whom_every_place_leaves_out_is_a_gap(completeness: str) -> None:
    assert told(RULE, NO_HOUSE, completeness) == [("gap", "men")]


def test_a_place_to_which_nothing_leads_is_a_gap_or_a_question() -> None:
    assert told(RULE, AGENCIES, "complete") == [("gap", "men")]
    assert told(RULE, AGENCIES) == [("question", "men")]


@pytest.mark.parametrize(
    "when", ["status: planned", "status: missing", "since: 2025", "until: 2020"]
)
def test_a_way_that_the_plan_says_is_not_there_is_a_gap(when: str) -> None:
    assert told(RULE, AGENCIES + TO_HOUSE + f", {when}" + "}") == [("gap", "men")]


def test_a_way_to_a_place_that_takes_them_is_in_order() -> None:
    body = AGENCIES + TO_HOUSE + "}"
    assert (told(RULE, body), met(RULE, body)) == ([], 2)


def test_a_way_for_others_is_none() -> None:
    assert told(RULE, AGENCIES + TO_HOUSE + ", only_for: [women]}") == [("question", "men")]


def test_to_be_told_of_a_case_takes_nobody_in() -> None:
    body = AGENCIES + TO_HOUSE.replace("kind: referral", "kind: notification") + "}"
    assert told(RULE, body) == [("question", "men")]


def test_a_limit_on_a_way_counts_like_one_at_the_door() -> None:
    body = SILENT.replace("kind: referral}", "kind: referral, only_for: [girls, women]}", 1)
    assert ("question", "boys") in told(RULE, body)
    assert ("question", "girls") not in told(RULE, body)


def test_limits_of_another_kind_close_nothing() -> None:
    """That a step is for nationals, or for forced labour, says nothing of men and women."""
    body = NO_HOUSE.replace("[women, children]", "[nationals, forced_labour]")
    assert told(RULE, body) == []


def test_internal_cases_may_be_nationals() -> None:
    other = "  - {from: clinic, to: police, pillars: [protect], kind: referral, only_for: "
    body = NO_HOUSE.replace("[women, children]", "[foreign_nationals]")
    assert told(RULE, body + other + "[internal_cases]}") == []
    assert told(RULE, body + other + "[nationals]}") == [("gap", "nationals")]


def test_forms_of_exploitation_the_plan_speaks_of() -> None:
    body = NO_HOUSE.replace("[women, children]", "[sexual_exploitation]") + (
        "  - {from: clinic, to: police, pillars: [protect], kind: referral, only_for: [fishing]}"
    )
    assert told(RULE, body) == [("gap", "fishing")]


def test_where_nobody_is_taken_in_at_all_other_rules_tell() -> None:
    body = AGENCIES.split("handoffs")[0]
    assert told(RULE, body, "complete") == []


def test_a_plan_that_says_nothing_of_groups_is_asked_once() -> None:
    assert told(RULE, SILENT) == [("question", "groups")]


def test_a_complete_plan_that_limits_no_place_takes_everyone() -> None:
    """It says all there is to say, and says of no place that it takes some only."""
    assert (told(RULE, SILENT, "complete"), met(RULE, SILENT)) == ([], 0)


def test_the_one_question_names_no_place_whose_groups_are_on_a_handoff() -> None:
    body = SILENT + TO_HOUSE + ", only_for: [men]}"
    (asked,) = [f for f in run(graph_of(body), [RULE]).findings if f.id == "G12:groups"]
    assert asked.agencies == ("shelter",)


def test_it_does_not_apply_where_nobody_helps() -> None:
    body = "agencies:\n  - {id: police, name: Police, accepts: [women]}\n"
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 0)


def test_what_it_expects_closes_it() -> None:
    assert closes(RULE, AGENCIES)


ROLE_ALONE = AGENCIES + "  - {from: police, to: centre, pillars: [protect], kind: referral}\n"
CENTRE = "  - {id: centre, name: Centre, roles: [service_provider]"


def with_centre(more: str = "") -> str:
    return ROLE_ALONE.replace("handoffs:", CENTRE + more + "}\nhandoffs:")


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_a_role_alone_is_no_place_and_not_said_to_be_none(completeness: str, state: str) -> None:
    body = with_centre().replace("  - {id: house,", "  - {id: h, name: H}\n  - {id: house,")
    assert told(RULE, body.replace("accepts: [adults]", "accepts: [women]"), completeness) == [
        (state, "men")
    ]


@pytest.mark.parametrize("completeness", ["partial", "complete"])
def test_a_provider_of_other_help_is_no_place(completeness: str) -> None:
    body = with_centre(", functions: [reintegration_support]")
    assert told(RULE, body.replace("accepts: [adults]", "accepts: [women]"), completeness) == [
        ("gap", "men")
    ]


def test_where_nobody_is_said_to_house_a_role_alone_is_taken_for_it() -> None:
    body = with_centre().replace(
        "functions: [emergency_accommodation]", "functions: [medical_care]"
    )
    assert (told(RULE, body, "complete"), met(RULE, body, "complete")) == ([], 2)


def test_who_places_children_is_a_place_for_children_alone() -> None:
    body = NO_HOUSE.replace("[women, children]", "[women]").replace(
        "level: local", "functions: [child_placement]"
    )
    assert told(RULE, body, "complete") == [("gap", "children"), ("gap", "men")]
    led = body + TO_HOUSE + "}\n"
    assert told(RULE, led, "complete") == [("gap", "men")]
    assert told(RULE, led + TO_HOUSE.replace("way", "men") + ", only_for: [men]}") == [
        ("gap", "men")
    ]


FOUND_THERE = AGENCIES.replace(
    "name: House, functions", "name: House, roles: [detecting_agency], functions"
)


def test_a_place_that_finds_victims_too_is_reached_by_nobody_whom_others_find() -> None:
    assert told(RULE, FOUND_THERE, "complete") == [("gap", "men")]
    assert told(RULE, FOUND_THERE) == [("question", "men")]
    assert told(RULE, FOUND_THERE + TO_HOUSE + "}") == []
    knocks = "  - {from: person, to: house, pillars: [protect], kind: request_for_assistance}\n"
    assert told(RULE, FOUND_THERE + knocks) == []


def test_a_place_where_alone_anybody_is_found_is_reached() -> None:
    alone = FOUND_THERE.replace("roles: [detecting_agency, ", "roles: [").replace(
        "accepts: [women, children]}", "accepts: [women, children], roles: [detecting_agency]}"
    )
    assert told(RULE, alone) == []


def test_one_and_the_same_person_goes_the_whole_way() -> None:
    over = FOUND_THERE.replace(
        "handoffs:", "  - {id: hub, name: Hub, accepts: [children]}\nhandoffs:"
    )
    over += "  - {from: police, to: hub, pillars: [protect], kind: referral}\n"
    over += "  - {from: hub, to: house, pillars: [protect], kind: referral}\n"
    assert told(RULE, over, "complete") == [("gap", "men")]


def test_that_nobody_comes_to_any_place_is_said_once() -> None:
    none = AGENCIES.replace("{from: police, to: shelter,", "{from: police, to: clinic,")
    assert told(RULE, none, "complete") == [("gap", "places")]
    assert closes(RULE, none)
    court = "  - {from: clinic, to: shelter, pillars: [protect], kind: order}\n"
    assert told(RULE, none + court, "complete") == [("gap", "men")]
    assert told(RULE, none.replace("medical_care", "awareness_raising"), "complete") == []
    found = none.replace("name: Shelter,", "name: Shelter, roles: [detecting_agency],")
    assert told(RULE, found) == [("question", "places")]
