"""subject-with-nobody: what a plan must have somebody for."""

from __future__ import annotations

import pytest
from small_plans import graph_of, met, told

from interagency.engine import run
from interagency.rules.subject_with_nobody import SUBJECTS, subject_with_nobody
from interagency.vocabulary import Pillar

RULE = subject_with_nobody
FULL = {
    "help": "roles: [service_provider]",
    "case-management": "roles: [case_manager]",
    "interpretation": "functions: [interpretation]",
    "stay": "functions: [residence_status]",
    "way-home": "functions: [safe_return]",
    "investigation": "sector: law_enforcement",
    "charges": "functions: [prosecution_service]",
    "judgment": "sector: judiciary",
    "other-states": "functions: [extradition]",
}


def plan(without: str = "") -> str:
    """One agency for each subject but one."""
    lines = "".join(
        f"  - {{id: {name}, name: Agency, {words}}}\n"
        for name, words in FULL.items()
        if name != without
    )
    ends = [name for name in FULL if name != without][:2]
    return (
        f"\nagencies:\n{lines}handoffs:\n"
        f"  - {{from: {ends[0]}, to: {ends[1]}, pillars: [protect], kind: reporting}}\n"
    )


def test_a_plan_with_somebody_for_each_subject_is_in_order() -> None:
    assert (told(RULE, plan(), "complete"), met(RULE, plan())) == ([], len(SUBJECTS))


@pytest.mark.parametrize("subject", [s.id for s in SUBJECTS])
def test_taking_out_whoever_has_a_subject_names_it(subject: str) -> None:
    assert told(RULE, plan(subject), "complete") == [("gap", subject)]
    assert told(RULE, plan(subject)) == [("question", subject)]


def test_a_view_of_one_p_asks_its_subjects_only() -> None:
    graph = graph_of(plan("charges"), "complete").only(Pillar.PROTECT)
    assert run(graph, [RULE]).findings == ()


def test_each_finding_rests_on_what_asks_for_its_subject() -> None:
    asked = {r for subject in SUBJECTS for r in subject.requirements}
    assert asked == set(RULE.requirements)
    (found,) = run(graph_of(plan("judgment"), "complete"), [RULE]).findings
    assert found.requirements == ("PAL-05",)
