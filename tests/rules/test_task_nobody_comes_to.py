"""task-nobody-comes-to: every task with its way in, each way taken out in turn."""

from __future__ import annotations

import pytest
from small_plans import closes, graph_of, met, told

from interagency.engine import run
from interagency.rules.task_nobody_comes_to import TASKS, task_nobody_comes_to

RULE = task_nobody_comes_to
HANDOFFS = {
    "medical-care": "from: shelter, to: medical-care, kind: referral",
    "psychosocial-care": "from: shelter, to: psychosocial-care, kind: referral",
    "child-protection": "from: police, to: child-protection, kind: notification",
    "stay": "from: shelter, to: stay, kind: request_for_assistance",
    "return": "from: person, to: return, kind: request_for_assistance",
    "reintegration": "from: return, to: reintegration, kind: referral",
    "work": "from: shelter, to: work, kind: referral",
    "school": "from: child-protection, to: school, kind: referral",
    "corruption": "from: public, to: corruption, kind: complaint",
    "public-informed": "from: public-informed, to: public, kind: guidance",
    "calls-for-help": "from: person, to: calls-for-help, kind: complaint",
    "monitoring": "from: police, to: monitoring, kind: reporting",
    "training": "from: training, to: police, kind: training",
}


def plan(*without: str, **instead: str) -> str:
    """An agency for each task and a line for each, but for some, or with others for them."""
    agencies = "".join(
        f"  - {{id: {t.id}, name: Office of {t.id}, functions: [{t.functions[0]}]}}\n"
        for t in TASKS
    )
    lines = {**HANDOFFS, **{name.replace("_", "-"): words for name, words in instead.items()}}
    handoffs = "".join(
        f"  - {{{words}, pillars: [protect]}}\n"
        for name, words in lines.items()
        if name not in without
    )
    return (
        "\nagencies:\n  - {id: police, name: Police, sector: law_enforcement}\n"
        "  - {id: shelter, name: Shelter, roles: [service_provider]}\n"
        f"{agencies}handoffs:\n{handoffs}"
    )


def test_where_every_task_has_its_line_all_is_in_order() -> None:
    assert {task.id for task in TASKS} == set(HANDOFFS)
    assert told(RULE, plan(), "complete") == []
    assert met(RULE, plan(), "complete") == len(TASKS)


@pytest.mark.parametrize("name", HANDOFFS)
def test_each_line_taken_out_is_told_and_no_other(name: str) -> None:
    assert told(RULE, plan(name), "complete") == [("gap", name)]
    assert told(RULE, plan(name), "partial") == [("question", name)]
    (task,) = (task for task in TASKS if task.id == name)
    (found,) = run(graph_of(plan(name), "complete"), [RULE]).findings
    assert found.requirements == task.requirements


@pytest.mark.parametrize("name", HANDOFFS)
def test_a_missing_line_is_a_gap_in_a_partial_plan(name: str) -> None:
    missing = plan(**{name: f"{HANDOFFS[name]}, status: missing"})
    assert told(RULE, missing, "partial") == [("gap", name)]


@pytest.mark.parametrize("name", HANDOFFS)
def test_what_it_expects_closes_it(name: str) -> None:
    lines = plan(name).replace(
        "name: Police, sector", "name: Police, roles: [detecting_agency], sector"
    )
    assert closes(RULE, lines)


def test_money_and_statistics_bring_nobody() -> None:
    for kind in ("funding", "reporting", "training", "guidance", "feedback"):
        lines = plan(medical_care=f"from: shelter, to: medical-care, kind: {kind}")
        assert told(RULE, lines, "complete") == [("gap", "medical-care")]


def test_facts_on_suspects_bring_nobody_into_care() -> None:
    line = "from: police, to: medical-care, kind: information_sharing, stage: investigation"
    lines = plan(medical_care=line).replace(f"{line}, pillars: [protect]",
                                            f"{line}, pillars: [prosecute]")  # fmt: skip
    assert told(RULE, lines, "complete") == [("gap", "medical-care")]


def test_whoever_is_handed_over_has_not_asked_for_a_stay() -> None:
    lines = plan(stay="from: police, to: stay, kind: custody_transfer")
    assert told(RULE, lines, "complete") == [("gap", "stay")]


def test_one_holder_to_whom_a_case_comes_is_enough() -> None:
    more = plan().replace(
        "handoffs:", "  - {id: clinic, name: Clinic, functions: [medical_care]}\nhandoffs:"
    )
    assert told(RULE, more, "complete") == []
    assert told(RULE, more.replace("to: medical-care", "to: clinic"), "complete") == []


def test_a_task_that_nobody_holds_is_not_asked_about_here() -> None:
    nobody = "\nagencies:\n  - {id: police, name: Police}\nhandoffs: []\n"
    assert told(RULE, nobody, "complete") == []
    assert met(RULE, nobody, "complete") == 0


def test_who_is_left_is_said_where_all_that_comes_there_is_for_others() -> None:
    for line in (
        "from: shelter, to: medical-care, kind: referral, only_for: [children]",
        "from: child-protection, to: medical-care, kind: referral",
    ):
        lines = plan(medical_care=line).replace(
            "name: Office of child-protection,",
            "name: Office of child-protection, accepts: [children],",
        )
        (found,) = run(graph_of(lines, "complete"), [RULE]).findings
        assert found.id == "P05:medical-care"
        assert found.message.endswith("no line there is open to adults.")


def test_a_place_for_children_is_not_asked_for_others() -> None:
    line = "from: shelter, to: medical-care, kind: referral, only_for: [children]"
    lines = plan(medical_care=line).replace(
        "name: Office of medical-care,", "name: Office of medical-care, accepts: [children],"
    )
    assert told(RULE, lines, "complete") == []
