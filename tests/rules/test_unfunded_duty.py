"""unfunded-duty: help behind which no money stands."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.unfunded_duty import unfunded_duty

RULE = unfunded_duty

AGENCIES = """
agencies:
  - {id: finance, name: Ministry of finance, sector: legislature_budget}
  - {id: shelter, name: Shelter, roles: [service_provider]}
  - {id: clinic, name: Clinic, sector: health, functions: [medical_care]}
handoffs:
"""
BOTH = """\
  - {id: one, from: finance, to: shelter, pillars: [protect], kind: funding}
  - {id: two, from: finance, to: clinic, pillars: [protect], kind: funding}
"""


def with_clinic(**fields: str) -> str:
    more = "".join(f", {k}: {v}" for k, v in fields.items())
    return AGENCIES.replace("[medical_care]", f"[medical_care]{more}")


@pytest.mark.parametrize(("completeness", "state"), [("complete", "gap"), ("partial", "question")])
def test_all_whose_money_nobody_states_are_told_once(completeness: str, state: str) -> None:
    body = AGENCIES + "  []\n"
    assert told(RULE, body, completeness) == [(state, "money-for-help")]
    (finding,) = run(graph_of(body, completeness), [RULE]).findings
    assert finding.agencies == ("clinic", "shelter")


def test_who_is_paid_is_in_order() -> None:
    assert (told(RULE, AGENCIES + BOTH), met(RULE, AGENCIES + BOTH)) == ([], 2)
    secured = with_clinic(means="secured") + BOTH.splitlines(keepends=True)[0]
    assert told(RULE, secured, "complete") == []


def test_a_unit_lives_on_the_money_of_its_house() -> None:
    body = with_clinic(part_of="shelter") + BOTH.splitlines(keepends=True)[0]
    assert told(RULE, body, "complete") == []


@pytest.mark.parametrize("completeness", ["partial", "complete"])
@pytest.mark.parametrize(
    "fields", [{"means": "none"}, {"means": "partial"}, {"charges_fee": "true"}]
)
def test_what_the_plan_states_is_a_gap_though_there_is_funding(
    fields: dict[str, str], completeness: str
) -> None:
    assert told(RULE, with_clinic(**fields) + BOTH, completeness) == [("gap", "clinic")]


def test_a_fee_that_is_not_asked_is_no_trouble() -> None:
    assert told(RULE, with_clinic(charges_fee="false") + BOTH) == []


def test_any_agency_said_to_have_no_means_is_told() -> None:
    body = AGENCIES.replace("legislature_budget", "labour_inspection, means: none") + BOTH
    assert told(RULE, body) == [("gap", "finance")]


@pytest.mark.parametrize(
    "field", ["status: ended", "status: missing", "status: planned", "until: 2019", "since: 2030"]
)
def test_money_that_is_spoken_of_and_not_there_is_a_gap_at_its_receiver(field: str) -> None:
    body = AGENCIES + BOTH.replace("kind: funding}", f"kind: funding, {field}}}", 1)
    assert told(RULE, body) == [("gap", "shelter")]


def test_who_has_money_from_elsewhere_or_gives_no_help_is_not_asked() -> None:
    body = """
agencies:
  - {id: io, name: International body, sector: international_organisation,
     roles: [service_provider]}
  - {id: police, name: Police, sector: law_enforcement}
handoffs:
  - {from: police, to: io, pillars: [protect], kind: referral}
"""
    assert (told(RULE, body, "complete"), met(RULE, body)) == ([], 0)


def test_the_handoff_it_names_closes_it() -> None:
    assert closes(RULE, AGENCIES + BOTH.splitlines(keepends=True)[0])
    assert closes(RULE, AGENCIES + BOTH.replace("funding}", "funding, status: planned}"))


def test_the_money_of_a_network_is_asked_for_in_every_place() -> None:
    body = "agencies: [{{id: home, name: Homes, functions: [medical_care], network: {}}}]\n"

    def mend(network: str) -> str:
        (finding,) = run(graph_of(body.format(network), "complete"), [RULE]).findings
        return finding.mend

    assert mend("true").endswith("Of Homes: say whether every place has it.")
    assert "every place" not in mend("false")
