"""A plan held against standards, told as text, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from commandline import Said, typed

import interagency as ia
from interagency.catalogue import plan_names, requirements
from interagency.conformance import Answer, Mark, coverage, functions, lacking
from interagency.reports import coverage as told
from interagency.vocabulary import Function, Instrument

PLAN = """\
format: 1
plan: {id: small, title: A small plan, as_of: 2024}
agencies:
  - {id: council, name: Council, sector: coordination_body, lacks: [evaluation_review],
     functions: [national_plan, budgeting, policy_coordination, civil_society_partnership]}
  - {id: police, name: Police, sector: law_enforcement, supports: [focal_point]}
  - {id: "-2", name: Helpers, sector: ngo_service_provider}
handoffs:
  - {id: ask, from: council, to: "-2", pillars: [prevent], kind: consultation}
  - {id: name, from: police, to: council, pillars: [prevent], kind: notification, status: planned}
"""
TEXT = """\
Plan:       A small plan (small)
As of:      the end of 2024
Looked at:  3 agencies, 1 handoff; 1 handoff spoken of and not there
Not stated: time limit of 1 of 1 handoff; legal or other basis of 1 of 1 handoff
Silence:    the plan is declared partial: what is not written is not stated
Against:    IOMNAP
Made by:    interagency VERSION

1 of 4 requirements met; 3 gaps, none of them a breach where the standard binds; 0 not stated.

HANDOFFS MISSING between agencies that are there (1)
 1. Police → Council: named focal point: IOM-3

FUNCTIONS THAT NOBODY HOLDS (1)
 1. Evaluation review: IOM-1, IOM-4

HANDOFFS THAT NO SOURCE STATES between agencies that are there (1)
 1. Helpers → Council: named focal point: IOM-3

AGENCIES THAT NO SOURCE NAMES (1)
 1. National rapporteur (independent monitor of results (or equivalent mechanism, human-rights
    institution)): touches 1 requirement: IOM-4

                         met   gap  not stated  does not bind
all requirements           1     3           0            207
by instrument
  IOMNAP                   1     3           0              0
by pillar
  prevent                  1     3           0             70
  protect                  1     3           0            136
  prosecute                1     3           0            116
by stage
  system                   1     2           0             35
  monitoring               0     1           0             12

Handoffs that are explicit: 1 met, 1 gap, 1 not stated
Handoffs that are derived: 0 met, 0 gap, 1 not stated

GAP (3)

IOMNAP: 3 gap - IOM, Key Elements of a National Action Plan on Trafficking in Persons (slides,
Tokyo workshop, June 2005)

IOM-1  IOMNAP list of plan elements, should: no breach; 2 of 3 parts met
    State in the plan its priorities, working definitions, scope, co-ordination, time frame,
      monitoring benchmarks, review cycle and resources.
    - met: somebody holds national plan - council
    - met: somebody holds budgeting - council
    - gap: somebody holds evaluation review (a source says that Council does not)

IOM-3  IOMNAP process slide: task force and focal point, should: no breach; 2 of 4 parts met
    Create a multidisciplinary task force with terms of reference and a co-ordinator or focal
      point.
    - met: somebody holds policy coordination - council
    - met: somebody holds focal point - police
    - gap: Police → coordination body: named focal point [explicit] (the plan says that this
      handoff is not there)
    - not stated: Helpers → coordination body: named focal point [explicit]

IOM-4  IOMNAP list of plan elements: periodic review, should: no breach; 0 of 2 parts met
    Review the plan at set times and revise it.
    - gap: somebody holds evaluation review (a source says that Council does not)
    - not stated: national rapporteur → coordination body: findings for the revision [derived]
      (the plan has no national rapporteur)

MET (1)

IOMNAP: 1 met - IOM, Key Elements of a National Action Plan on Trafficking in Persons (slides,
Tokyo workshop, June 2005)

IOM-2  IOMNAP process slide: consultation, should; 3 of 3 parts met
    Consult stakeholders before drafting.
    - met: somebody holds civil society partnership - council
    - met: somebody holds national plan - council
    - met: Council → ngo service provider, local government, survivors or private sector: needs
      and roles [explicit] - ask
"""
"""What coverage says of it, with --all."""
IOM = ("coverage", "-", "--standard", "iomnap")


def said(*words: str, plan: str = PLAN) -> str:
    """What the command says of the plan, without what a release changes."""
    answered = typed(*words, stdin=plan.encode())
    assert (answered.status, answered.err) == (0, "")
    return answered.out.replace(f"interagency {ia.__version__}", "interagency VERSION")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- text -----------------------------------------------------------------------------------


def test_coverage_as_text_tells_counts_then_what_is_not_met_then_what_is() -> None:
    assert said(*IOM, "--all") == TEXT


def test_without_all_only_what_is_not_met_is_told() -> None:
    short = TEXT.split("\nMET (1)")[0]
    assert said(*IOM) == "".join(
        line for line in short.splitlines(keepends=True) if not line.startswith("    - met: ")
    )


def test_a_brief_tells_each_thing_that_is_lacking_and_no_more() -> None:
    whole = said(*IOM)
    assert said(*IOM, "--brief") == whole[: whole.index("\n" + " " * 25 + "met ")]


DRAFT = """\
format: 1
plan: {id: draft, title: A draft, as_of: 2024, completeness: complete}
agencies:
  - {id: office, name: Office for requests, sector: central_authority}
  - {id: pp, name: Prosecutor, sector: prosecution, functions: [focal_point]}
  - {id: court, name: "Court, the high one", sector: judiciary}
  - {id: border, name: Border Guard, sector: border_control}
  - {id: labour, name: Labour Inspectorate, sector: labour_inspection}
  - {id: police, name: Police, sector: law_enforcement}
  - {id: abroad, name: Other State, sector: foreign_counterpart}
handoffs:
  - {from: pp, to: court, pillars: [prosecute], kind: charge}
"""


def test_breaches_come_first_then_handoffs_then_agencies_then_functions() -> None:
    told = said("coverage", "-", "--standard", "untoc", "--brief", plan=DRAFT)
    heads = re.findall(r"^[A-Z]{3}.*$", told, re.MULTILINE)
    assert [h.rsplit(" (", 1)[0] for h in heads] == [
        "BREACHES, where the standard binds",
        "HANDOFFS MISSING between agencies that are there",
        "AGENCIES MISSING",
        "FUNCTIONS THAT NOBODY HOLDS",
    ]
    flat = " ".join(told.split())
    assert (
        "Office for requests → Prosecutor: request for execution; own national to be tried here "
        "instead; material received; incoming request for execution: UNT-13, UNT-16-10, UNT-18-13; "
        "no breach of UNT-18-1"
    ) in flat
    assert "Labour Inspectorate and Border Guard → Police: administrative signals" in flat
    assert "Police; and Court, the high one: drafting and executing requests: UNT-29-3" in flat


def test_where_persons_do_not_come_the_case_manager_who_brings_them_is_named() -> None:
    agencies = (
        "  - {id: desk, name: Help desk, sector: social_welfare, roles: [case_manager]}\n"
        "  - {id: clinic, name: Clinic, sector: health}\n"
    )
    handoff = "  - {from: desk, to: clinic, pillars: [protect], kind: referral}\n"
    plan = DRAFT.replace("handoffs:\n", f"{agencies}handoffs:\n{handoff}")
    plan = plan.replace("border_control}", "border_control, roles: [detecting_agency]}")
    told = said("coverage", "-", "--standard", "cets197", "--brief", plan=plan)
    assert "Border Guard → Help desk or Clinic: " in told


def test_an_agency_that_is_missing_is_told_once_with_all_it_touches() -> None:
    told = said("coverage", "-", "--standard", "untoc", "--brief", plan=DRAFT)
    nobody = re.findall(r"No ([a-z ]+) \(", told)
    assert len(nobody) == len(set(nobody))
    assert {"financial intelligence", "coordination body"} <= set(nobody)
    flat = " ".join(told.split())
    assert "secretariat): UNT-31-6; no breach of UNT-29-1, UNT-31-5" in flat
    assert "financial investigators): touches 1 requirement: UNT-12" in flat


def test_what_is_lacking_holds_every_open_part_once() -> None:
    for name in ("thailand", "bulgaria"):
        found = coverage(ia.load(name), Instrument)
        open_ones = {
            x.requirement.id
            for x in found.answered
            if any(p.answer in (Answer.GAP, Answer.NOT_STATED) for p in x.parts)
        }
        told = lacking(found)
        assert {r.id for one in told for r in one.requirements} == open_ones
        for one in told:
            assert bool(one.function) + bool(one.sector) + bool(one.passes) == 1
            assert set(one.breaches) <= set(one.requirements)
            assert all(one.senders) is True
            assert all(one.receivers) is True


def test_strict_asks_only_for_what_a_provision_itself_speaks_of() -> None:
    strict = said(*IOM, "--strict")
    assert "Against:    IOMNAP; only handoffs that a provision itself speaks of\n" in strict
    assert "Handoffs that are explicit: 1 met, 1 gap, 1 not stated\n" in strict
    assert "Handoffs that are derived: 0 met, 0 gap, 0 not stated\n" in strict
    assert "[derived]" not in strict


def test_a_complete_plan_leaves_nothing_unstated() -> None:
    complete = said(*IOM, plan=PLAN.replace("2024}", "2024, completeness: complete}"))
    assert "NOT STATED" not in complete
    assert "IOM-3" in complete.split("GAP (3)")[1]


def test_no_line_is_longer_than_a_page_is_wide() -> None:
    for name in plan_names():
        text = told.text(coverage(ia.load(name)), everything=True)
        assert max(map(len, text.splitlines())) <= 96


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (
            ("--standard", "palermoo"),
            "There is no standard called 'palermoo'. Did you mean 'palermo'?",
        ),
        (("--functions", "--format", "json"), "The matrix comes as text or csv."),
    ],
)
def test_what_cannot_be_asked_is_told(words: tuple[str, ...], answer: str) -> None:
    wrong = typed("coverage", "nepal", *words)
    assert (wrong.status, wrong.out) == (2, "")
    assert answer in wrong.err


# --- JSON -----------------------------------------------------------------------------------


def test_coverage_as_json_holds_all_that_is_known() -> None:
    tree = json.loads(said(*IOM, "--format", "json"))
    asked = tree.pop("requirements")
    by_thing = tree.pop("lacking")
    by = {key: tree.pop(key) for key in ("by_instrument", "by_pillar", "by_stage")}
    assert tree == {
        "version": 1,
        "made_by": "interagency VERSION",
        "plan": "small",
        "as_of": "2024",
        "completeness": "partial",
        "standards": ["IOMNAP"],
        "strict": False,
        "counts": {"met": 1, "gap": 3, "not stated": 0, "does not bind": 207},
        "handoffs": {
            "explicit": {"met": 1, "gap": 1, "not stated": 1, "does not bind": 0},
            "derived": {"met": 0, "gap": 0, "not stated": 1, "does not bind": 0},
        },
    }
    assert by["by_instrument"]["IOMNAP"] == {
        "met": 1, "gap": 3, "not stated": 0, "does not bind": 0,
    }  # fmt: skip
    assert [r["id"] for r in asked] == list(requirements())
    (third,) = (r for r in asked if r["id"] == "IOM-3")
    del third["requirement"], third["source"]
    assert third == {
        "id": "IOM-3",
        "instrument": "IOMNAP",
        "provision": "process slide: task force and focal point",
        "strength": "should",
        "qualifier": None,
        "pillars": ["prevent", "protect", "prosecute"],
        "stage": "system",
        "verified": requirements()["IOM-3"].verified,
        "answer": "gap",
        "breach": False,
        "parts": [
            part(
                "somebody holds policy coordination",
                "met",
                by=["council"],
                function="policy_coordination",
            ),
            part("somebody holds focal point", "met", by=["police"], function="focal_point"),
            part(
                "coordination body: named focal point",
                "gap",
                sender="Police",
                why="the plan says that this handoff is not there",
                basis="explicit",
                kind="notification",
                senders=["police"],
                receivers=["council"],
            ),
            part(
                "coordination body: named focal point",
                "not stated",
                sender="Helpers",
                basis="explicit",
                kind="notification",
                senders=["-2"],
                receivers=["council"],
            ),
        ],
    }
    named = {"instead": [], "function": None, "sector": None, "breaches": []}
    handoff = {**named, "receivers": [["council"]], "passes": ["named focal point"]}
    other = {**named, "senders": [], "receivers": [], "passes": []}
    assert by_thing == [
        {**handoff, "answer": "gap", "senders": [["police"]], "requirements": ["IOM-3"]},
        {
            **other,
            "answer": "gap",
            "function": "evaluation_review",
            "requirements": ["IOM-1", "IOM-4"],
        },
        {**handoff, "answer": "not stated", "senders": [["-2"]], "requirements": ["IOM-3"]},
        {
            **other,
            "answer": "not stated",
            "sector": "national_rapporteur",
            "requirements": ["IOM-4"],
        },
    ]


def part(what: str, answer: str, **more: Any) -> dict[str, Any]:
    usual = {
        "by": [],
        "sender": None,
        "why": None,
        "basis": None,
        "missing_node": False,
        "function": None,
        "kind": None,
        "senders": [],
        "receivers": [],
        "missing": [],
        "owed": True,
    }
    return {"what": what, "answer": answer, **usual, **more}


@pytest.mark.parametrize("name", plan_names())
@pytest.mark.parametrize("strict", [False, True])
def test_counts_add_up_in_every_form(name: str, strict: bool) -> None:
    found = coverage(ia.load(name), strict=strict)
    tree = json.loads(told.as_json(found))
    answers = [r["answer"] for r in tree["requirements"]]
    counts = {a.value: answers.count(a.value) for a in Answer}
    assert tree["counts"] == counts
    assert sum(counts.values()) == len(requirements())
    for key in ("by_instrument", "by_stage"):
        for answer, count in counts.items():
            assert sum(group[answer] for group in tree[key].values()) == count
    for basis in ("explicit", "derived"):
        parts = [
            p["answer"] for r in tree["requirements"] for p in r["parts"] if p["basis"] == basis
        ]
        assert tree["handoffs"][basis] == {a.value: parts.count(a.value) for a in Answer}
    listed = rows(told.as_csv(found))
    assert [(r["id"], r["answer"]) for r in listed] == [
        (r["id"], r["answer"]) for r in tree["requirements"] if r["answer"] != "does not bind"
    ]
    text = told.text(found, everything=True)
    for answer in (Answer.MET, Answer.GAP, Answer.NOT_STATED):
        assert (f"\n{answer.upper()} ({counts[answer]})\n" in text) is bool(counts[answer])
    bound = sum(counts[a] for a in (Answer.MET, Answer.GAP, Answer.NOT_STATED))
    assert len(re.findall(r"parts\s+met$", text, re.MULTILINE)) == bound


def test_a_part_that_is_met_says_by_what_and_only_then() -> None:
    for name in ("bulgaria", "thailand"):
        for answered in coverage(ia.load(name), Instrument).answered:
            for p in answered.parts:
                assert bool(p.by) is (p.answer is Answer.MET), answered.requirement.id


# --- CSV ------------------------------------------------------------------------------------


def test_coverage_as_csv_has_a_row_for_each_requirement_that_was_asked() -> None:
    (first, *_) = found = rows(said(*IOM, "--format", "csv"))
    assert [(r["id"], r["answer"], r["parts met"], r["parts"]) for r in found] == [
        ("IOM-1", "gap", "2", "3"),
        ("IOM-2", "met", "3", "3"),
        ("IOM-3", "gap", "2", "4"),
        ("IOM-4", "gap", "0", "2"),
    ]
    assert (first["breach"], first["pillars"]) == ("no", "prevent protect prosecute")
    why = "gap: somebody holds evaluation review (a source says that Council does not)"
    assert first["open"] == why


# --- who does what --------------------------------------------------------------------------


def test_the_matrix_as_text_has_numbered_columns_and_a_key() -> None:
    text = said("coverage", "-", "--functions", "--pillar", "Prevent")
    lines = text.splitlines()
    assert lines[:4] == [
        "L leads   S supports   - does not   . not stated",
        "",
        " " * 30 + "1 2 3",
        "PREVENT",
    ]
    assert "evaluation review             - . ." in lines
    assert "focal point                   . S ." in lines
    assert "budgeting                     L . ." in lines
    assert "ALL THREE" in lines
    assert "PROTECT" not in lines
    assert lines[-5:] == [
        "5 of 31 functions held by somebody.",
        "",
        " 1 Council (council)",
        " 2 Police (police)",
        " 3 Helpers (-2)",
    ]


def test_the_matrix_as_csv_has_every_function_and_no_formula() -> None:
    found = rows(said("coverage", "-", "--functions", "--format", "csv"))
    assert [r["function"] for r in found] == [f.value for f in Function]
    assert list(found[0]) == ["function", "pillar", "council", "police", "'-2"]
    by_function = {r["function"]: (r["council"], r["police"], r["'-2"]) for r in found}
    assert by_function["evaluation_review"] == ("does not", "not stated", "not stated")
    assert by_function["focal_point"] == ("not stated", "supports", "not stated")
    assert by_function["budgeting"] == ("leads", "not stated", "not stated")


@pytest.mark.parametrize("name", plan_names())
def test_the_matrix_of_a_real_plan_marks_what_the_plan_says(name: str) -> None:
    viewed = ia.load(name)
    matrix = functions(viewed)
    for function, marks in matrix.rows:
        for agency, mark in zip(matrix.agencies, marks, strict=True):
            assert (mark is Mark.LEAD) is (function in agency.functions)
            assert mark is not Mark.LACKS or viewed.complete or function in agency.lacks


def test_a_report_goes_to_a_file(tmp_path: Any) -> None:
    target = tmp_path / "out.json"
    assert typed("coverage", "nepal", "--format", "json", "-o", str(target)) == Said(0, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["plan"] == "nepal"
