"""X01 to X12: which handoffs a pattern is about, what guards them, and what rules the guard out."""

from __future__ import annotations

from typing import Any

import pytest

import interagency as ia
from interagency.catalogue import plan_names
from interagency.graph import PlanGraph
from interagency.guards import NEEDED, Unguarded, guarded, unguarded, violates
from interagency.model import Handoff, Plan

AGENCIES: tuple[dict[str, Any], ...] = (
    {"id": "asylum", "name": "Asylum office", "sector": "asylum_authority"},
    {"id": "embassy", "name": "Embassy of another State", "sector": "foreign_counterpart"},
    {
        "id": "consulate",
        "name": "Consulate of another State",
        "sector": "foreign_affairs_consular",
        "country": "NO",
    },
    {"id": "ministry", "name": "Our foreign ministry", "sector": "foreign_affairs_consular"},
    {"id": "panel", "name": "Panel", "roles": ["identification_authority"]},
    {"id": "status", "name": "Immigration office", "sector": "immigration_authority"},
    {"id": "escort", "name": "Escort", "functions": ["removal"]},
    {"id": "border", "name": "Border police", "sector": "border_control"},
    {"id": "cells", "name": "Prison", "sector": "detention_authority"},
    {
        "id": "reception",
        "name": "Reception centre",
        "sector": "detention_authority",
        "roles": ["service_provider"],
    },
    {"id": "shelter", "name": "Shelter", "roles": ["service_provider"]},
    {"id": "ngo", "name": "NGO", "sector": "ngo_service_provider"},
    {"id": "clinic", "name": "Clinic", "sector": "health"},
    {"id": "line", "name": "Help line", "sector": "hotline"},
    {"id": "child-line", "name": "Children's line", "sector": "hotline", "accepts": ["children"]},
    {"id": "school", "name": "School", "sector": "education"},
    {"id": "inspectors", "name": "Labour inspectors", "sector": "labour_inspection"},
    {"id": "police", "name": "Police", "sector": "law_enforcement"},
    {"id": "prosecutor", "name": "Prosecutor", "sector": "prosecution"},
    {"id": "court", "name": "Court", "sector": "judiciary"},
    {"id": "centre", "name": "Office for requests from abroad", "sector": "central_authority"},
    {"id": "witnesses", "name": "Witness protection", "sector": "witness_protection"},
    {"id": "children", "name": "Child protection", "sector": "child_protection"},
    {"id": "family", "name": "Family", "sector": "community"},
    {"id": "papers", "name": "Newspapers", "sector": "media"},
    {"id": "firm", "name": "Employer", "sector": "private_sector"},
    {"id": "council", "name": "Council", "sector": "coordination_body"},
    {
        "id": "team",
        "name": "Case team",
        "sector": "coordination_body",
        "functions": ["case_management"],
    },
    {"id": "rapporteur", "name": "Rapporteur", "sector": "national_rapporteur"},
)


def handoff(sender: str, receiver: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"from": sender, "to": receiver, "kind": kind, "pillars": ["protect"], **more}


def graph_of(*handoffs: dict[str, Any]) -> PlanGraph:
    return PlanGraph(
        Plan.model_validate(
            {
                "format": 1,
                "plan": {"id": "p", "title": "P", "country": "TH", "as_of": 2024},
                "agencies": AGENCIES,
                "handoffs": handoffs,
            }
        )
    )


def standing(code: str, *handoffs: dict[str, Any]) -> str:
    """How the first handoff stands to a pattern: guarded, silent, broken, or '' (not about it)."""
    graph = graph_of(*handoffs)
    first = graph.handoffs[0]
    for found in unguarded(graph, code):
        if first in found.broken:
            return "broken"
        if first in found.silent:
            return "silent"
    return "guarded" if first in guarded(graph, code) else ""


RETURN = {"stage": "return_reintegration"}
NAMED = {"to": "escort", "kind": "information_sharing", "data": "personal"}
BASE: dict[str, dict[str, Any]] = {
    "X01": handoff("asylum", "embassy", "information_sharing"),
    "X02": handoff("status", "border", "custody_transfer", **RETURN),
    "X03": handoff("status", "embassy", "custody_transfer", **RETURN),
    "X04": handoff("panel", "shelter", "referral", conditions=["cooperates"]),
    "X05": handoff("panel", "cells", "custody_transfer"),
    "X06": handoff("centre", "police", "evidence_transfer"),
    "X07": handoff("police", "papers", "information_sharing", only_for=["children"]),
    "X08": handoff("clinic", "police", "notification"),
    "X09": handoff("inspectors", "status", "notification"),
    "X10": handoff("border", "court", "charge"),
    "X11": handoff("shelter", "family", "referral"),
    "X12": handoff("police", "rapporteur", "reporting"),
}


@pytest.mark.parametrize("code", BASE)
def test_without_its_guard_it_is_found(code: str) -> None:
    assert standing(code, BASE[code]) == ("broken" if code == "X04" else "silent")


WITH_ITS_GUARD: list[tuple[str, dict[str, Any]]] = [
    ("X01", {"needs": ["consent"]}),
    ("X01", {"needs": ["voluntariness"]}),
    ("X01", {"needs": ["informed_choice"]}),
    ("X01", {"conditions": ["consent_given"]}),
    ("X01", {"conditions": ["government_request", "consent_given"]}),
    ("X01", {"data": "anonymous"}),
    ("X02", {"needs": ["no_removal"]}),
    ("X02", {"needs": ["voluntariness"]}),
    ("X02", {**NAMED, "needs": ["no_removal"]}),
    ("X02", {**NAMED, "conditions": ["formal_identification"]}),
    ("X02", {"conditions": ["formal_identification"]}),
    ("X02", {"conditions": ["reasonable_grounds", "formal_identification"]}),
    ("X03", {"needs": ["child_best_interests"]}),
    ("X03", {"needs": ["risk_assessment"]}),
    ("X03", {"conditions": ["no_danger_of_return"]}),
    ("X04", {"conditions": []}),
    ("X04", {"conditions": ["reasonable_grounds"]}),
    ("X05", {"needs": ["non_detention"]}),
    ("X05", {"conditions": ["court_order"]}),
    ("X05", {"kind": "referral", "needs": ["consent"]}),
    ("X06", {"needs": ["use_limitation"]}),
    ("X06", {"needs": ["cooperation_of_other_state"]}),
    ("X07", {"data": "anonymous"}),
    ("X07", {"needs": ["confidentiality"]}),
    ("X07", {"needs": ["data_protection"]}),
    ("X07", {"needs": ["child_best_interests"], "data": "personal"}),
    ("X07", {"conditions": ["immediate_danger"], "data": "personal"}),
    ("X07", {"conditions": ["court_order"], "data": "personal"}),
    ("X08", {"needs": ["consent"]}),
    ("X08", {"needs": ["legal_basis"]}),
    ("X08", {"conditions": ["consent_given"]}),
    ("X08", {"conditions": ["immediate_danger"]}),
    ("X08", {"conditions": ["court_order"]}),
    ("X08", {"basis": "Health Act s 5"}),
    ("X08", {"data": "anonymous"}),
    ("X09", {"needs": ["use_limitation"]}),
    ("X09", {"needs": ["no_removal"]}),
    ("X09", {"needs": ["consent"]}),
    ("X09", {"data": "anonymous"}),
    ("X09", {"kind": "custody_transfer", "conditions": ["consent_given"]}),
    ("X10", {"needs": ["indicators"]}),
    ("X11", {"needs": ["risk_assessment"]}),
    ("X11", {"needs": ["child_best_interests"]}),
    ("X11", {"conditions": ["no_danger_of_return"]}),
    ("X12", {"data": "anonymous"}),
    ("X12", {"needs": ["data_protection"]}),
    ("X12", {"needs": ["publication"]}),
    ("X12", {"needs": ["consent"], "data": "personal"}),
]


@pytest.mark.parametrize(("code", "guard"), WITH_ITS_GUARD)
def test_with_its_guard_it_is_in_order(code: str, guard: dict[str, Any]) -> None:
    guarded_handoff = {**BASE[code], **guard}
    assert standing(code, guarded_handoff) == "guarded"
    plan = graph_of(guarded_handoff)
    assert code not in violates(plan, plan.handoffs[0])


@pytest.mark.parametrize("code", sorted(set(BASE) - {"X04"}))
def test_what_is_needed_is_enough(code: str) -> None:
    needs = [str(need) for need in NEEDED[code]]
    assert standing(code, {**BASE[code], "needs": needs}) == "guarded"


RULED_OUT: list[tuple[str, dict[str, Any]]] = [
    ("X01", {"conditions": ["government_request"]}),
    ("X02", {"conditions": ["reasonable_grounds"]}),
    ("X05", {"conditions": ["formal_identification"]}),
    ("X05", {"stage": "reflection"}),
    ("X05", {"stage": "assistance", "kind": "referral"}),
    ("X05", {"only_for": ["forced_labour"]}),
    ("X05", {"from": "police", "only_for": ["sexual_exploitation"]}),
    ("X07", {"data": "personal"}),
    ("X07", {"data": "personal", "needs": ["confidentiality"]}),
    ("X09", {"kind": "custody_transfer"}),
    ("X09", {"only_for": ["irregular_migrants"], "data": "personal"}),
    ("X10", {"to": "person"}),
    ("X10", {"from": "court", "to": "person"}),
    ("X10", {"from": "prosecutor", "only_for": ["forced_criminality"]}),
    ("X12", {"data": "personal"}),
    ("X12", {"data": "personal", "needs": ["data_protection"]}),
    ("X12", {"data": "personal", "pillars": ["prevent"]}),
    ("X12", {"data": "personal", "to": "team"}),
]


@pytest.mark.parametrize(("code", "more"), RULED_OUT)
def test_what_the_plan_says_can_rule_the_guard_out(code: str, more: dict[str, Any]) -> None:
    assert standing(code, {**BASE[code], **more}) == "broken"


LEFT_OPEN: list[tuple[str, dict[str, Any]]] = [
    ("X01", {"to": "consulate"}),
    ("X01", {"from": "shelter", "kind": "consultation"}),
    ("X01", {"from": "police", "only_for": ["asylum_seekers"]}),
    ("X01", {"kind": "custody_transfer"}),
    ("X01", {"data": "personal"}),
    ("X02", {"to": "escort", "stage": None}),
    ("X02", NAMED),
    ("X02", {**NAMED, "from": "panel"}),
    ("X02", {"from": "police", "to": "status"}),
    ("X02", {"from": "status", "to": "person", "kind": "decision"}),
    ("X02", {"from": "border", "to": "embassy", "stage": None}),
    ("X03", {"only_for": ["children"]}),
    ("X03", {"only_for": ["families"]}),
    ("X03", {"to": "person", "kind": "decision"}),
    ("X03", {"from": "escort"}),
    ("X05", {"from": "shelter"}),
    ("X05", {"to": "reception", "stage": "assistance"}),
    ("X06", {"kind": "information_sharing"}),
    ("X06", {"to": "status"}),
    ("X07", {"to": "public"}),
    ("X07", {"only_for": [], "stage": "prosecution"}),
    ("X07", {"only_for": [], "data": "personal"}),
    ("X07", {"data": "personal", "stage": "detection"}),
    ("X08", {"from": "ngo", "kind": "referral"}),
    ("X08", {"from": "line", "kind": "complaint"}),
    ("X08", {"only_for": ["women", "girls"]}),
    ("X08", {"basis": "to be found", "inferred": "the basis"}),
    ("X08", {"data": "personal", "kind": "feedback"}),
    ("X09", {"from": "clinic"}),
    ("X09", {"from": "school", "to": "escort"}),
    ("X09", {"kind": "referral", "stage": "prevention"}),
    ("X10", {"from": "police", "only_for": ["irregular_migrants"]}),
    ("X11", {"from": "children", "kind": "custody_transfer"}),
    ("X11", {"kind": "information_sharing", "stage": "return_reintegration"}),
    ("X11", {"kind": "notification", "data": "personal"}),
    ("X11", {"needs": ["consent"]}),
    ("X12", {"to": "council"}),
    ("X12", {"to": "team"}),
    ("X12", {"to": "council", "kind": "information_sharing", "stage": "monitoring"}),
    ("X12", {"from": "shelter", "pillars": ["prevent"]}),
]


@pytest.mark.parametrize(("code", "more"), LEFT_OPEN)
def test_silence_on_the_guard_is_found(code: str, more: dict[str, Any]) -> None:
    assert standing(code, {**BASE[code], **more}) == "silent"


NOT_MEANT: list[tuple[str, dict[str, Any]]] = [
    ("X01", {"kind": "training"}),
    ("X01", {"kind": "guidance", "data": "personal"}),
    ("X01", {"kind": "reporting"}),
    ("X01", {"stage": "system"}),
    ("X01", {"to": "ministry"}),
    ("X01", {"from": "panel"}),
    ("X01", {"from": "shelter", "only_for": ["nationals_abroad"]}),
    ("X01", {"from": "person"}),
    ("X02", {"stage": "legal_status"}),
    ("X02", {"kind": "notification"}),
    ("X02", {**NAMED, "data": None}),
    ("X02", {**NAMED, "stage": "investigation"}),
    ("X02", {**NAMED, "to": "border"}),
    ("X02", {"only_for": ["nationals"]}),
    ("X02", {"to": "shelter"}),
    ("X02", {"from": "person", "to": "status"}),
    ("X02", {"from": "shelter", "to": "ngo"}),
    ("X03", {"only_for": ["adults"]}),
    ("X03", {"only_for": ["women", "men"]}),
    ("X03", {"only_for": ["nationals"]}),
    ("X03", {"to": "children"}),
    ("X03", {"from": "police"}),
    ("X03", {"kind": "notification"}),
    ("X04", {"to": "status"}),
    ("X04", {"stage": "legal_status"}),
    ("X04", {"to": "witnesses"}),
    ("X04", {"from": "person"}),
    ("X04", {"kind": "notification"}),
    ("X05", {"from": "police"}),
    ("X05", {"from": "reception"}),
    ("X05", {"kind": "notification"}),
    ("X05", {"to": "shelter"}),
    ("X05", {"stage": "investigation", "pillars": ["prosecute"]}),
    (
        "X05",
        {"stage": "prosecution", "pillars": ["prosecute"], "conditions": ["reasonable_grounds"]},
    ),
    ("X06", {"to": "embassy"}),
    ("X06", {"to": "person"}),
    ("X06", {"kind": "training"}),
    ("X06", {"kind": "information_sharing", "stage": "system"}),
    ("X06", {"from": "prosecutor"}),
    ("X07", {"only_for": ["adults"], "data": "personal"}),
    ("X07", {"only_for": [], "stage": "detection", "to": "public"}),
    ("X07", {"stage": "prevention"}),
    ("X07", {"kind": "guidance", "data": "personal"}),
    ("X07", {"from": "public", "to": "papers"}),
    ("X07", {"to": "school"}),
    ("X08", {"only_for": ["children"]}),
    ("X08", {"only_for": ["girls"]}),
    ("X08", {"from": "child-line"}),
    ("X08", {"kind": "joint_action"}),
    ("X08", {"kind": "training"}),
    ("X08", {"kind": "feedback"}),
    ("X08", {"kind": "information_sharing", "pillars": ["prevent"]}),
    ("X08", {"from": "person"}),
    ("X08", {"from": "shelter"}),
    ("X08", {"to": "panel"}),
    ("X09", {"to": "police"}),
    ("X09", {"from": "police"}),
    ("X09", {"kind": "guidance"}),
    ("X09", {"kind": "information_sharing", "stage": "monitoring"}),
    ("X10", {"from": "prosecutor"}),
    ("X10", {"from": "police"}),
    ("X10", {"to": "firm"}),
    ("X10", {"kind": "notification"}),
    ("X10", {"from": "public"}),
    ("X11", {"to": "public"}),
    ("X11", {"from": "police"}),
    ("X11", {"kind": "information_sharing", "stage": "prevention"}),
    ("X11", {"kind": "information_sharing"}),
    ("X11", {"data": "anonymous"}),
    ("X12", {"kind": "funding"}),
    ("X12", {"kind": "referral", "to": "council"}),
    ("X12", {"kind": "information_sharing", "to": "team"}),
    ("X12", {"kind": "information_sharing", "to": "council", "stage": "system"}),
    ("X12", {"from": "council"}),
    ("X12", {"from": "school", "pillars": ["prevent"]}),
    ("X12", {"from": "public"}),
    ("X12", {"to": "police"}),
]


@pytest.mark.parametrize(("code", "more"), NOT_MEANT)
def test_what_it_is_not_about_is_left_out(code: str, more: dict[str, Any]) -> None:
    assert standing(code, {**BASE[code], **more}) == ""


def test_an_identifier_that_removes_has_decided_itself() -> None:
    assert standing("X02", handoff("panel", "status", "custody_transfer", **RETURN)) == "guarded"


def test_a_notice_to_hold_back_guards_a_removal() -> None:
    notice = handoff("panel", "status", "notification", needs=["no_removal"])
    assert standing("X02", BASE["X02"], notice) == "guarded"
    assert standing("X02", BASE["X02"], {**notice, "from": "ngo"}) == "silent"
    assert standing("X02", BASE["X02"], {**notice, "needs": []}) == "silent"
    at_once = {**BASE["X02"], "conditions": ["reasonable_grounds"]}
    assert standing("X02", at_once, notice) == "broken"


def test_an_assessment_asked_for_guards_the_return_of_a_child() -> None:
    asked = handoff("status", "children", "consultation", needs=["child_best_interests"])
    assert standing("X03", BASE["X03"], asked) == "guarded"
    assert standing("X03", BASE["X03"], {**asked, "needs": []}) == "silent"
    assert standing("X03", BASE["X03"], {**asked, "from": "police"}) == "silent"


def test_a_look_before_the_charge_guards_it() -> None:
    asked = handoff("border", "panel", "referral")
    assert standing("X10", BASE["X10"], asked) == "guarded"
    assert standing("X10", BASE["X10"], {**asked, "from": "police"}) == "silent"
    told = handoff("panel", "border", "notification", needs=["low_threshold"])
    assert standing("X10", BASE["X10"], told) == "guarded"
    assert standing("X10", BASE["X10"], {**told, "needs": []}) == "silent"


def test_help_as_a_decision_to_the_person_must_not_hang_on_testimony_either() -> None:
    letter = handoff("panel", "person", "decision", stage="assistance", conditions=["cooperates"])
    assert standing("X04", letter) == "broken"
    assert standing("X04", {**letter, "stage": "trial_protection"}) == ""


def test_a_new_handoff_is_told_what_it_would_violate() -> None:
    graph = graph_of()
    for code, wanted in BASE.items():
        assert code in violates(graph, Handoff.model_validate(wanted))


def test_a_new_handoff_can_violate_several_patterns() -> None:
    wanted = handoff("status", "embassy", "custody_transfer", **RETURN)
    both = {**wanted, "only_for": ["children", "asylum_seekers"]}
    assert violates(graph_of(), Handoff.model_validate(both)) == ("X01", "X02", "X03")


def test_a_handoff_of_unknown_ends_violates_nothing() -> None:
    wanted = handoff("nobody", "nowhere", "custody_transfer", **RETURN)
    assert violates(graph_of(), Handoff.model_validate(wanted)) == ()


def test_handoffs_are_told_by_sender_or_by_receiver() -> None:
    graph = graph_of(
        BASE["X12"], handoff("court", "rapporteur", "reporting", data="personal"), BASE["X08"]
    )
    first, second = graph.handoffs[:2]
    assert list(unguarded(graph, "X12")) == [
        Unguarded("police", (), (first,)),
        Unguarded("court", (second,), ()),
    ]
    (found,) = unguarded(graph, "X12", by_receiver=True)
    assert found == Unguarded("rapporteur", (second,), (first,))
    assert found.handoffs == (second, first)
    assert found.others(graph) == ("Court",)
    assert found.also(graph) == " Nothing is stated for Police."
    assert [ref.id for ref in found.about()] == [
        "rapporteur",
        "court-rapporteur",
        "police-rapporteur",
        "court",
        "police",
    ]
    assert found.lacking("X12") == (
        "data: anonymous on the handoff court-rapporteur",
        "the need data_protection on the handoff police-rapporteur",
    )


@pytest.mark.parametrize("name", plan_names())
def test_no_handoff_of_a_real_plan_rules_a_guard_out(name: str) -> None:
    graph = ia.load(name).as_of(None)
    assert not [found for code in NEEDED for found in unguarded(graph, code) if found.broken]


def test_what_real_plans_are_asked() -> None:
    """Two bodies are told of cases, and no source says in what form; nothing else."""
    asked = {
        (name, code, h.id)
        for name in plan_names()
        for code in NEEDED
        for found in unguarded(ia.load(name), code)
        for h in found.handoffs
    }
    assert asked == {
        # "problems in single cases", to a working group of agencies
        ("australia", "X12", "afp-owg"),
        ("australia", "X12", "dss-owg"),
        ("australia", "X12", "cdpp-owg"),
        # "case data for the national summary", from shelters
        ("bulgaria", "X12", "shelter-nccthb"),
    }
