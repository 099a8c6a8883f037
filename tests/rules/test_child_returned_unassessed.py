"""child-returned-unassessed: children sent abroad, and children handed back at home."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import Severity, run
from interagency.rules.child_returned_unassessed import child_returned_unassessed as rule
from interagency.rules.no_word_back import no_word_back

HOME = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: shelter, name: Shelter, sector: ngo_service_provider, functions: [psychosocial_care]SENDS}
  - {id: town, name: Town hall, TAKES}
handoffs:
  - {id: in, from: panel, to: shelter, pillars: [protect], kind: referral, needs: [consent]}
  - {id: back, from: shelter, to: town, pillars: [protect], kind: KIND, stage: STAGE, FOR}
"""


def plan(
    takes: str = "sector: local_government",
    sends: str = "",
    kind: str = "custody_transfer",
    whom: str = "only_for: [children]",
    stage: str = "return_reintegration",
) -> str:
    text = HOME.replace("SENDS", sends).replace("TAKES", takes).replace("KIND", kind)
    return text.replace("STAGE", stage).replace("FOR", whom)


def test_a_child_handed_back_at_home_is_assessed_first_as_well() -> None:
    assert told(rule, plan(), "complete") == [("gap", "shelter")]
    assert told(rule, plan()) == [("question", "shelter")]
    assert told(rule, plan(kind="referral"), "complete") == [("gap", "shelter")]


@pytest.mark.parametrize("need", ["child_best_interests", "risk_assessment"])
def test_what_is_assessed_first_is_met(need: str) -> None:
    assessed = plan(whom=f"only_for: [girls], needs: [{need}]")
    assert (told(rule, assessed), met(rule, assessed)) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        plan(whom="only_for: [adults]"),
        plan(whom="only_for: [children, women]"),
        plan(whom="needs: [consent]"),
        plan(stage="assistance"),
        plan(kind="notification"),
        plan(takes="sector: child_protection"),
        plan(takes="sector: social_welfare"),
        plan(takes="sector: judiciary"),
        plan(takes="roles: [guardian]"),
        plan(takes="functions: [best_interests_determination]"),
        plan(takes="functions: [emergency_accommodation]"),
        plan(takes="sector: community"),  # told to the family: X11
        plan(takes="sector: foreign_affairs_consular"),
        plan(sends=", roles: [guardian]"),
        plan(sends=", accepts: [children]").replace("ngo_service_provider", "child_protection"),
    ],
)
def test_who_decides_or_takes_the_child_in_is_not_told(text: str) -> None:
    assert told(rule, text, "complete") == []
    assert met(rule, text) == 0


def test_a_handing_back_at_home_is_less_grave_and_rests_on_another_standard() -> None:
    (home,) = run(graph_of(plan(), "complete"), [rule]).findings
    assert (home.severity, home.requirements) == (Severity.HIGH, ("OHC-P10",))
    away = plan(takes="sector: foreign_counterpart", sends=", functions: [removal]")
    away = away.replace("psychosocial_care], functions: [removal]", "psychosocial_care, removal]")
    (abroad,) = run(graph_of(away, "complete"), [rule]).findings
    assert (abroad.severity, abroad.requirements) == (Severity.CRITICAL, ("COE-16-7",))


def test_word_whether_the_child_came_is_still_asked_for() -> None:
    assert ("gap", "town") in told(no_word_back, plan(takes="sector: health"), "complete")
