"""The baseline as a ratchet: what is new fails, what is known passes, what has gone is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import Said, typed

import interagency as ia
from interagency.baseline import Compared, baseline, compare
from interagency.catalogue import plan_bytes, plan_names
from interagency.engine import Finding
from interagency.errors import InvalidBaseline
from interagency.formats import read, write
from interagency.rules import by_name

PLAN = """\
format: 1
plan: {id: small, title: A small plan, as_of: 2024, completeness: complete}
agencies:
  - {id: port, name: Port, roles: [detecting_agency]}
  - {id: clinic, name: Clinic, roles: [detecting_agency]}
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
handoffs:
  - {id: one, from: police, to: person, pillars: [protect], kind: referral}
"""
MENDED = PLAN + "  - {id: way, from: port, to: police, pillars: [protect], kind: referral}\n"
NEW = PLAN.replace("handoffs:", "  - {id: farm, name: Farm, roles: [detecting_agency]}\nhandoffs:")
BASE = '{\n  "baseline": 1,\n  "plan": "small",\n  "findings": [\n    "G01:clinic gap",\n    '
BASE += '"G01:port gap"\n  ]\n}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the plan and its baseline."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN)
    Path("base.json").write_text(BASE)
    return tmp_path


def findings(text: str) -> tuple[Finding, ...]:
    plan, _ = read(text.encode(), "plan.yaml")
    return ia.audit(plan, [by_name("G01")]).findings


def audited(plan: str, *words: str) -> Said:
    """An audit of a plan against the baseline, without its report."""
    Path("plan.yaml").write_text(plan)
    said = typed("audit", "plan.yaml", "--no-plugins", "--select", "G01", "--baseline", "base.json",
                 "-o", "report.txt", *words)  # fmt: skip
    assert said.out == ""
    return said


def test_a_baseline_is_a_file_that_people_can_read_and_version() -> None:
    assert baseline(findings(PLAN), "small") == BASE
    said = typed("audit", "plan.yaml", "--select", "G01", "--write-baseline", "made.json")
    assert said.status == 1
    assert Path("made.json").read_text() == BASE


def test_what_is_known_passes() -> None:
    assert audited(PLAN) == Said(0, "", "Since the baseline: 0 new, 2 known, 0 vanished.\n")


def test_what_is_new_fails_and_is_told() -> None:
    said = audited(NEW)
    assert said.status == 1
    assert said.err.startswith("New: G01:farm (gap): From Farm no case leads to")
    assert len(said.err.splitlines()) == 2
    assert said.err.endswith("\nSince the baseline: 1 new, 2 known, 0 vanished.\n")
    assert audited(NEW, "--fail-on", "never").status == 0


def test_what_has_vanished_fails_until_it_is_taken_out() -> None:
    told = (
        "Vanished: G01:port gap. Take it out of the baseline.\n"
        "Since the baseline: 0 new, 1 known, 1 vanished.\n"
    )
    known = "Since the baseline: 0 new, 1 known, 0 vanished.\n"
    assert audited(MENDED) == Said(1, "", told)
    assert audited(MENDED, "--fail-on", "never") == Said(1, "", told)
    assert audited(MENDED, "--write-baseline", "base.json") == Said(
        0, "", f"Kept in base.json: 1 findings.\n{known}"
    )
    assert audited(MENDED) == Said(0, "", known)
    assert audited(PLAN).err.startswith("New: G01:port (gap)")


def test_a_question_that_becomes_a_gap_is_new_and_so_is_the_reverse() -> None:
    partial = PLAN.replace("complete}", "partial}")
    assert [f.state for f in findings(partial)] == ["question", "question"]
    for before, after in ((partial, PLAN), (PLAN, partial)):
        compared = compare(findings(after), baseline(findings(before), "small"), "small")
        assert (len(compared.new), compared.known, len(compared.vanished)) == (2, (), 2)
        assert not compared.in_step


def test_everything_is_compared() -> None:
    found = findings(NEW)
    base = json.dumps({"baseline": 1, "plan": "small", "findings": ["G01:port gap", "G09:x gap"]})
    assert compare(found, base, "small") == Compared(
        new=tuple(f for f in found if f.id != "G01:port"),
        known=tuple(f for f in found if f.id == "G01:port"),
        vanished=("G09:x gap",),
    )
    assert compare((), baseline((), "small"), "small").in_step
    assert not compare((), base, "small").in_step


@pytest.mark.parametrize("name", plan_names())
def test_a_plan_is_in_step_with_its_own_baseline(name: str) -> None:
    found = ia.audit(ia.load(name)).findings
    compared = compare(found, baseline(reversed(found), name), name)
    assert compared == Compared(new=(), known=found, vanished=())
    assert compared.in_step


@pytest.mark.parametrize("name", ["nepal", "thailand"])
def test_other_names_other_words_and_another_order_keep_a_baseline(name: str) -> None:
    tree = json.loads(json.dumps(_plain(name)))
    for agency in tree["agencies"]:
        agency["name"] = f"Renamed {agency['name']}"
    for handoff in tree["handoffs"]:
        handoff["what"] = "something"
    turned = {
        key: list(reversed(value)) if key in ("agencies", "handoffs", "sources") else value
        for key, value in reversed(tree.items())
    }
    turned["agencies"] = [dict(reversed(a.items())) for a in turned["agencies"]]
    turned["handoffs"] = [dict(reversed(h.items())) for h in turned["handoffs"]]
    base = baseline(ia.audit(ia.load(name)).findings, name)
    plan, _ = read(json.dumps(turned).encode(), "plan.json")
    compared = compare(ia.audit(plan).findings, base, name)
    assert (compared.new, compared.vanished) == ((), ())


def _plain(name: str) -> object:
    return json.loads(write(read(plan_bytes(name), f"{name}.yaml")[0], "plan.json"))


def test_a_baseline_of_another_plan_is_refused() -> None:
    said = audited(PLAN.replace("id: small", "id: other"))
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("This baseline is of the plan 'small', not 'other'. Name its own")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "1",
        '"x"',
        "{}",
        '{"baseline": 1}',
        '{"baseline": 1, "plan": "small", "findings": null}',
        '{"baseline": 1, "plan": "small", "findings": [1]}',
        '{"baseline": 1, "plan": "small", "findings": "G01:port gap"}',
        '{"baseline": 1, "plan": "small", "findings": {"G01:port gap": 1}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_refused(text: str) -> None:
    Path("base.json").write_text(text)
    told = "This is no baseline. Make one with --write-baseline.\n"
    assert audited(PLAN) == Said(2, "", told)
    with pytest.raises(InvalidBaseline):
        compare((), text, "small")


def test_a_baseline_that_is_not_there_is_told() -> None:
    Path("base.json").unlink()
    assert audited(PLAN) == Said(
        2, "", "There is no file base.json. Check the name and the folder.\n"
    )


def test_a_rule_that_fell_over_fails_whatever_the_baseline_says() -> None:
    Path("mine.py").write_text("nonsense(")
    assert audited(PLAN, "--rules", "mine.py").status == 1


def test_a_baseline_is_never_written_over_the_plan() -> None:
    said = typed("audit", "plan.yaml", "--write-baseline", "plan.yaml")
    assert said.status == 2
    assert Path("plan.yaml").read_text() == PLAN
