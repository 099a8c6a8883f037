"""foreign-evidence-out-of-reach: asked, sent, answered."""

from __future__ import annotations

import pytest
from asking import Ask
from small_plans import closes, graph_of, made

from interagency.engine import run
from interagency.rules.foreign_evidence_out_of_reach import foreign_evidence_out_of_reach

AGENCIES = """
agencies:
  - {id: prosecutor, name: Prosecutor, sector: prosecution}
  - {id: office, name: Office, sector: justice_ministry, functions: [mutual_legal_assistance]}
  - {id: ministry, name: Foreign ministry, sector: foreign_affairs_consular}
  - {id: abroad, name: Abroad, sector: foreign_counterpart}
  - {id: police, name: Police, sector: law_enforcement}
handoffs:
"""
OUT = "  - {from: prosecutor, to: office, pillars: [prosecute], kind: request_for_assistance}\n"
ON = "  - {from: office, to: abroad, pillars: [prosecute], kind: request_for_assistance}\n"
BACK = "  - {from: abroad, to: office, pillars: [prosecute], kind: evidence_transfer}\n"
HOME = "  - {from: office, to: prosecutor, pillars: [prosecute], kind: feedback}\n"
STRAIGHT = (
    "  - {from: prosecutor, to: abroad, pillars: [prosecute], kind: request_for_assistance}\n"
)
OTHER = "  - {from: police, to: ministry, pillars: [protect], kind: notification}\n"
OPEN = ["gap G35:foreign-evidence"]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (OUT + ON + BACK + HOME, ["met"]),
        (ON + BACK + HOME, OPEN),
        (OUT + BACK + HOME, OPEN),
        (OUT + ON + HOME, OPEN),
        (OUT + ON + BACK, OPEN),
        (STRAIGHT + BACK + HOME, ["met"]),
        (OUT + ON + BACK + HOME.replace("feedback", "training"), OPEN),
        (OUT + ON.replace("to: abroad", "to: ministry")
         + ON.replace("from: office", "from: ministry") + BACK + HOME, ["met"]),
    ],
)  # fmt: skip
def test_each_leg_is_needed(ask: Ask, steps: str, told: list[str]) -> None:
    assert ask("G35", AGENCIES + steps) == told


def test_police_to_police_is_no_evidence(ask: Ask) -> None:
    told = "  - {from: prosecutor, to: police, pillars: [prosecute], kind: information_sharing}\n"
    shared = "  - {from: police, to: abroad, pillars: [prosecute], kind: information_sharing}\n"
    assert ask("G35", AGENCIES + told + shared + BACK + HOME) == OPEN


def test_silence_is_a_question_and_a_stated_hole_a_gap(ask: Ask) -> None:
    assert ask("G35", AGENCIES + OUT + ON + BACK, complete=False) == [
        "question G35:foreign-evidence"
    ]
    planned = HOME.replace("kind: feedback", "kind: feedback, status: planned")
    assert ask("G35", AGENCIES + OUT + ON + BACK + planned, complete=False) == OPEN


def test_as_of_a_year(ask: Ask) -> None:
    later = HOME.replace("kind: feedback", "kind: feedback, since: 2022")
    assert ask("G35", AGENCIES + OUT + ON + BACK + later, as_of=2021) == OPEN
    assert ask("G35", AGENCIES + OUT + ON + BACK + later, as_of=2022) == ["met"]


def test_a_plan_without_prosecutors_is_not_asked(ask: Ask) -> None:
    text = AGENCIES.replace("sector: prosecution", "sector: health")
    assert ask("G35", text + ON + BACK) == ["does not apply"]


@pytest.mark.parametrize("left_out", [OUT, ON, BACK, HOME])
def test_one_missing_leg_is_closed_by_what_is_expected(left_out: str) -> None:
    steps = [step for step in (OUT, ON, BACK, HOME) if step != left_out]
    assert closes(foreign_evidence_out_of_reach, AGENCIES + "".join(steps))


def test_where_no_authority_abroad_is_written_the_answer_of_the_office_is_enough(ask: Ask) -> None:
    """The chain at home is what the plan is about; who answers abroad is for others to write."""
    home = AGENCIES.replace("  - {id: abroad, name: Abroad, sector: foreign_counterpart}\n", "")
    assert ask("G35", home + OUT + HOME) == ["met"]
    assert ask("G35", home + OUT) == OPEN
    assert ask("G35", home + HOME) == OPEN
    assert closes(foreign_evidence_out_of_reach, home + OUT)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (ON + BACK + HOME, "What is missing: a request that Office is to send."),
        (BACK, "a request that Office is to send; a request that reaches Abroad; a way for"),
        (OUT + ON, "What is missing: a way for the answer to come back."),
    ],
)
def test_only_what_is_not_there_is_told(steps: str, told: str) -> None:
    audit = run(graph_of(AGENCIES + steps, "complete"), [foreign_evidence_out_of_reach])
    assert told in audit.findings[0].message


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        (OTHER, ["prosecutor>office", "office>abroad", "abroad>office", "office>prosecutor"]),
        (ON, ["prosecutor>office", "abroad>office", "office>prosecutor"]),
        (ON + BACK, ["prosecutor>office", "office>prosecutor"]),
        (ON + HOME, ["prosecutor>office", "abroad>office"]),
    ],
)
def test_where_both_ends_are_there_the_whole_way_is_expected(steps: str, wanted: list[str]) -> None:
    """None of them closes it alone; together they do."""
    graph = graph_of(AGENCIES + steps, "complete")
    (finding,) = run(graph, [foreign_evidence_out_of_reach]).findings
    assert [f"{e.sender}>{e.receiver}" for e in finding.expected] == wanted
    grown = graph.with_handoffs(
        made(e).model_copy(update={"id": f"made-{n}"}) for n, e in enumerate(finding.expected)
    )
    assert not run(grown, [foreign_evidence_out_of_reach]).findings
