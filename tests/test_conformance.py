"""Standards, requirement by requirement."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from interagency import PlanGraph, load
from interagency.catalogue import requirements
from interagency.conformance import Answer, Answered, Mark, coverage, functions
from interagency.model import Plan
from interagency.reports import coverage as told
from interagency.vocabulary import Function


def graph(text: str) -> PlanGraph:
    return PlanGraph(Plan.model_validate(yaml.safe_load(text)))


def plan(agencies: str, handoffs: str = "[]", completeness: str = "complete") -> PlanGraph:
    return graph(
        f"plan: {{id: t, title: T, as_of: 2024, completeness: {completeness}}}\n"
        f"agencies: {agencies}\nhandoffs: {handoffs}\n"
    )


def one(found: PlanGraph, requirement: str, **options: Any) -> Answered:
    instrument = requirements()[requirement].instrument
    answered = coverage(found, [instrument], **options).answered
    return next(x for x in answered if x.requirement.id == requirement)


CHILD = (
    "[{id: police, name: Police, sector: law_enforcement, roles: [detecting_agency]},"
    " {id: child, name: Child agency, sector: child_protection}]"
)


def parts(answered: Answered) -> list[tuple[str, bool]]:
    return [(p.answer.value, p.missing_node) for p in answered.parts if p.basis]


def test_a_sector_the_plan_lacks_is_a_missing_node() -> None:
    """COE-10-4A wants a guardian; a plan without any has no node for it."""
    found = one(plan(CHILD), "COE-10-4A")
    assert ("gap", True) in parts(found)
    assert found.answer is Answer.GAP


def test_silence_is_a_gap_only_in_a_complete_plan() -> None:
    assert one(plan(CHILD), "PAL-05").answer is Answer.GAP
    assert one(plan(CHILD, completeness="partial"), "PAL-05").answer is Answer.NOT_STATED


def test_a_function_is_met_by_who_holds_or_supports_it_and_denied_by_who_lacks_it() -> None:
    holder = "[{id: moj, name: Ministry, functions: [criminalisation], supports: [legal_review]}]"
    assert one(plan(holder), "PAL-05").answer is Answer.MET
    lacking = "[{id: moj, name: Ministry, lacks: [criminalisation]}]"
    found = one(plan(lacking, completeness="partial"), "PAL-05")
    assert [p.answer.value for p in found.parts] == ["gap", "not stated"]


COURT = (
    "[{id: pp, name: Prosecutor, sector: prosecution}, {id: c, name: Court, sector: judiciary,"
    " functions: [privacy_protection, court_protection_measures]}, {id: x, name: Desk}]"
)


@pytest.mark.parametrize(
    ("handoffs", "completeness", "answer"),
    [
        ("[]", "complete", "gap"),
        ("[]", "partial", "not stated"),
        ("[{from: pp, to: c, pillars: [protect], kind: request_for_assistance}]", "partial", "met"),
        ("[{from: pp, to: c, pillars: [protect], kind: referral}]", "partial", "met"),
        ("[{from: pp, to: c, pillars: [protect], kind: funding}]", "complete", "gap"),
        (
            "[{from: pp, to: x, pillars: [protect], kind: request_for_assistance},"
            " {from: x, to: c, pillars: [protect], kind: request_for_assistance}]",
            "partial",
            "met",
        ),
        (
            "[{from: pp, to: c, pillars: [protect], kind: request_for_assistance,"
            " status: missing}]",
            "partial",
            "gap",
        ),
        (
            "[{from: pp, to: c, pillars: [protect], kind: request_for_assistance, since: 2030}]",
            "partial",
            "gap",
        ),
    ],
)
def test_a_handoff_is_met_by_a_compatible_way(
    handoffs: str, completeness: str, answer: str
) -> None:
    found = one(plan(COURT, handoffs, completeness), "PAL-06-1")
    assert [a for a, _ in parts(found)] == [answer]


def test_a_role_leads_in_what_it_means() -> None:
    of_role = plan("[{id: panel, name: Panel, roles: [identification_authority]}]")
    marks = dict(functions(of_role).rows)
    assert marks[Function.VICTIM_IDENTIFICATION] == (Mark.LEAD,)
    assert marks[Function.CASE_MANAGEMENT] == (Mark.LACKS,)


def test_whoever_holds_what_a_sector_is_there_for_stands_in_for_it() -> None:
    """UNT-18-13 wants a central authority that other States can turn to."""
    abroad = "{id: abroad, name: Other State, sector: foreign_counterpart}"
    ministry = "{id: moj, name: Ministry, sector: justice_ministry, functions: [FUNCTION]}"
    request = "[{from: abroad, to: moj, pillars: [prosecute], kind: request_for_assistance}]"
    asked, held = (
        one(plan(f"[{abroad}, {ministry.replace('FUNCTION', f)}]", request), "UNT-18-13")
        for f in ("legal_review", "mutual_legal_assistance")
    )
    assert ("gap", True) in parts(asked)
    assert ("met", False) not in parts(asked)
    assert ("met", False) in parts(held)
    office = "{id: office, name: Office, sector: central_authority}"
    prosecutor = "{id: pp, name: Prosecutor, sector: prosecution}"
    ministry = ministry.replace("FUNCTION", "mutual_legal_assistance")
    passed_on = "[{from: moj, to: pp, pillars: [prosecute], kind: request_for_assistance}]"
    alone = one(plan(f"[{abroad}, {prosecutor}, {ministry}]", passed_on), "UNT-18-13")
    assert parts(alone) == [("met", False), ("met", False)]
    beside = one(plan(f"[{abroad}, {prosecutor}, {office}, {ministry}]", passed_on), "UNT-18-13")
    assert parts(beside) == [("met", False), ("gap", False)]


def test_one_agency_that_is_both_ends_has_the_handoff_within_itself() -> None:
    both = "[{id: v, name: Panel, sector: ngo_service_provider, roles: [detecting_agency, identification_authority]}]"  # noqa: E501
    found = one(plan(both), "COE-10-1")
    assert any(p.why == "within itself" for p in found.parts)


def test_what_was_not_asked_for_does_not_bind() -> None:
    found = coverage(plan(CHILD), ["CETS197"])
    for x in found.answered:
        bound = x.requirement.instrument == "CETS197"
        assert (x.answer is Answer.DOES_NOT_BIND) is not bound


def test_the_floor_and_what_the_plan_says_binds() -> None:
    bound = graph(
        f"plan: {{id: t, title: T, as_of: 2024, standards: [CETS197]}}\nagencies: {CHILD}\n"
    )
    assert [s.value for s in coverage(bound).standards] == ["PALERMO", "UNTOC", "CETS197"]
    assert [s.value for s in coverage(plan(CHILD)).standards] == ["PALERMO", "UNTOC"]


def test_what_a_state_shall_only_consider_is_never_a_breach() -> None:
    found = coverage(plan(CHILD), ("PALERMO", "UNTOC", "CETS197", "BALI", "OHCHR"))
    gaps = [x for x in found.answered if x.answer is Answer.GAP]
    assert gaps
    for x in gaps:
        assert not x.breach or x.requirement.strength == "shall"
        assert not x.breach or x.requirement.instrument in ("PALERMO", "UNTOC", "CETS197")
    weak = next(x for x in gaps if x.requirement.id == "PAL-06-3")
    assert not weak.breach
    assert "no breach" in told.duty(weak)


def test_strict_asks_only_for_handoffs_a_provision_speaks_of() -> None:
    wide, strict = coverage(plan(CHILD)), coverage(plan(CHILD), strict=True)
    assert sum(wide.parts("derived").values()) > 0
    assert sum(strict.parts("derived").values()) == 0
    assert strict.parts("explicit") == wide.parts("explicit")


@pytest.mark.parametrize("name", ["thailand", "bulgaria", "sri_lanka"])
def test_counts_add_up_and_every_requirement_is_answered_once(name: str) -> None:
    found = coverage(load(name))
    assert [x.requirement.id for x in found.answered] == list(requirements())
    assert sum(found.count().values()) == len(requirements())
    by_instrument = found.by("instrument")
    assert sum(sum(c.values()) for c in by_instrument.values()) == len(requirements())


def test_adding_a_handoff_never_unmeets_a_requirement() -> None:
    before = coverage(load("thailand"))
    whole = load("thailand")
    extra = Plan.model_validate(
        {
            **whole.plan.model_dump(by_alias=True),
            "handoffs": (
                *whole.plan.handoffs,
                {"from": "navy", "to": "mdt", "pillars": ["protect"], "kind": "referral"},
            ),
        }
    )
    after = coverage(PlanGraph(extra))
    met = {x.requirement.id for x in before.answered if x.answer is Answer.MET}
    assert met <= {x.requirement.id for x in after.answered if x.answer is Answer.MET}


def test_the_matrix_says_who_leads_who_supports_and_what_nobody_looked_at() -> None:
    text = (
        "[{id: a, name: A, functions: [awareness_raising], supports: [demand_reduction],"
        " lacks: [risk_research]}, {id: b, name: B}]"
    )
    rows = {f.value: marks for f, marks in functions(plan(text, completeness="partial")).rows}
    assert rows["awareness_raising"] == (Mark.LEAD, Mark.NOT_ASSESSED)
    assert rows["demand_reduction"] == (Mark.SUPPORT, Mark.NOT_ASSESSED)
    assert rows["risk_research"] == (Mark.LACKS, Mark.NOT_ASSESSED)
    complete = {f.value: marks for f, marks in functions(plan(text)).rows}
    assert complete["awareness_raising"] == (Mark.LEAD, Mark.LACKS)
    assert "1 of" not in told.functions_text(functions(plan(text))).splitlines()[0]
    assert "2 of" in told.functions_text(functions(plan(text)))
    header = told.functions_csv(functions(plan(text))).splitlines()[0]
    assert header == "function,pillar,a,b"


def test_a_view_of_one_pillar_answers_its_requirements_by_all_handoffs() -> None:
    whole, part = coverage(load("bulgaria")), coverage(load("bulgaria").only("prosecute"))
    wanted = [x for x in whole.answered if "prosecute" in x.requirement.pillars]
    assert list(part.answered) == wanted


def test_a_missing_handoff_speaks_of_its_own_two_ends_and_not_of_what_lies_behind() -> None:
    """That a clinic tells a desk nothing says nothing of the panel behind that desk."""
    agencies = (
        "[{id: clinic, name: Clinic, sector: health}, {id: desk, name: Desk},"
        " {id: panel, name: Panel, roles: [identification_authority]}]"
    )
    behind = "{from: desk, to: panel, pillars: [protect], kind: referral}"
    missing = "{from: clinic, to: %s, pillars: [protect], kind: %s, status: missing}"

    def gaps(to: str, kind: str = "referral") -> list[str]:
        found = one(plan(agencies, f"[{behind}, {missing % (to, kind)}]", "partial"), "COE-10-1")
        return [p.why for p in found.parts if p.answer is Answer.GAP]

    assert gaps("desk") == []
    assert gaps("panel", "joint_action") == []
    assert gaps("panel") == ["the plan says that this handoff is not there"]


def test_only_what_a_provision_says_itself_is_a_breach() -> None:
    """PAL-05 obliges to make it a crime; which agency holds that is our reading."""
    read_out = one(plan(CHILD), "PAL-05")
    assert (read_out.answer, read_out.requirement.firm, read_out.breach) == (
        Answer.GAP,
        True,
        False,
    )
    assert told.duty(read_out).endswith("no breach: what is missing is read out of it")
    own_words = one(plan(CHILD), "COE-10-1")
    assert (own_words.answer, own_words.requirement.firm, own_words.breach) == (
        Answer.GAP,
        True,
        True,
    )
