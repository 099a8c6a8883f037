"""Audits as SARIF, JUnit, Markdown and CSV: valid, whole, and with only names in names."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

import interagency as ia
from interagency import Flag, Met, PlanGraph, Severity, reports, rule
from interagency.catalogue import plan_names
from interagency.engine import Answer, State, agency
from interagency.formats import read
from interagency.reports.markdown import escaped
from interagency.reports.table import safe
from interagency.vocabulary import Pillar

PLAN = """\
format: 1
plan: {id: isles, title: The plan of the isles, as_of: 2024}
agencies:
  - {id: port, name: Port}
  - {id: navy, name: Navy}
  - {id: court, name: Court}
  - {id: police, name: Police}
handoffs:
  - {id: navy-port, from: navy, to: police, pillars: [protect], kind: referral, status: planned}
  - {id: port-police, from: port, to: police, pillars: [protect], kind: referral}
waivers:
  - {rule: sends-nothing, about: [police], because: The police is the last stop., until: 2025}
  - {rule: sends-nothing, about: [port], because: It was so once.}
"""


@rule(code="T01", severity=Severity.HIGH, pillars=[Pillar.PROTECT], requirements=["COE-10-1"])
def sends_nothing(graph: PlanGraph) -> Iterator[Answer]:
    """An agency sends nothing.

    Why it matters:
        What it sees
        stays there.
    """
    for a in graph.agencies:
        if graph.sent_by(a.id):
            yield Met(a.ref)
        else:
            yield Flag(about=agency(a.id), message=f"{a.name} sends nothing.", mend="Let it send.")


@rule(code="T02", severity=Severity.LOW, pillars=[Pillar.PREVENT], requirements=[])
def looks_at_nothing(graph: PlanGraph) -> Iterator[Answer]:
    """A rule without anything to look at."""
    yield from ()


@rule(code="T04", severity=Severity.CRITICAL, pillars=[Pillar.PROTECT], requirements=[])
def falls_over(graph: PlanGraph) -> Iterator[Answer]:
    """A rule with a fault."""
    yield Met(graph.agencies[0].ref)
    raise ValueError("a <fault>\x00\x1b[2J of {0} [ours](https://example.org)")


RULES = (sends_nothing, looks_at_nothing)


def audit(text: str = PLAN, rules: tuple[ia.Rule, ...] = RULES) -> ia.Audit:
    return ia.audit(PlanGraph(*read(text.encode(), "my plans/isles.yaml")), rules)


def named(name: str) -> str:
    """The plan with that name for the navy and for itself."""
    return PLAN.replace("Navy", json.dumps(name, ensure_ascii=False)).replace(
        "The plan of the isles", json.dumps(name, ensure_ascii=False)
    )


def sarif(result: ia.Audit) -> dict[str, Any]:
    (run,) = json.loads(reports.sarif(result))["runs"]
    assert isinstance(run, dict)
    return run


# --- SARIF ----------------------------------------------------------------------------------

SCHEMA = json.loads(
    Path(__file__).with_name("schemas").joinpath("sarif-2.1.0-rtm.5.json").read_text("utf-8")
)


def valid(text: str) -> None:
    kind = jsonschema.validators.validator_for(SCHEMA)
    assert list(kind(SCHEMA).iter_errors(json.loads(text))) == []


@pytest.mark.parametrize("name", plan_names())
def test_sarif_of_a_real_plan_is_valid(name: str) -> None:
    valid(reports.sarif(ia.audit(ia.load(name))))


def test_sarif_of_crashes_waivers_and_hostile_names_is_valid() -> None:
    valid(reports.sarif(audit(named(HOSTILE), (falls_over, *RULES))))
    nothing = "format: 1\nplan: {id: nil, title: Nil, as_of: 2024}\n"
    valid(reports.sarif(audit(nothing)))
    valid(reports.sarif(ia.audit(PlanGraph(audit().graph.plan), RULES)))  # no file, no places


def test_the_schema_of_sarif_refuses_what_is_none() -> None:
    """A schema that lets everything pass would pass the tests above."""
    log = json.loads(reports.sarif(audit()))
    log["runs"][0]["results"][0]["kind"] = "perhaps"
    with pytest.raises(AssertionError):
        valid(json.dumps(log))


def test_sarif_tells_gaps_as_failed_questions_as_open_and_waived_ones_as_suppressed() -> None:
    told = [
        (r["ruleId"], r["kind"], r["level"], r["suppressions"], r["partialFingerprints"])
        for r in sarif(audit())["results"]
    ]
    why = "Because: The police is the last stop. Accepted by nobody who is named, until 2025."
    waived = [{"kind": "inSource", "justification": why}]
    assert told == [
        ("T01", "fail", "error", [], {"interagency/v1": "T01:navy gap"}),
        ("W01", "fail", "warning", [], {"interagency/v1": told[1][4]["interagency/v1"]}),
        ("T01", "open", "none", [], {"interagency/v1": "T01:court question"}),
        ("T01", "open", "none", waived, {"interagency/v1": "T01:police question"}),
    ]


def test_sarif_without_waivers_says_nothing_of_suppressions() -> None:
    (bare, _) = PLAN.split("waivers:")
    assert not [r for r in sarif(audit(bare))["results"] if "suppressions" in r]


def test_sarif_points_to_the_line_and_to_the_thing() -> None:
    (location,) = sarif(audit())["results"][0]["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "my%20plans/isles.yaml"},
            "region": {"startLine": 5, "startColumn": 5},
        },
        "logicalLocations": [
            {"name": "navy", "kind": "agency", "fullyQualifiedName": "agency navy"}
        ],
    }


def test_sarif_describes_each_rule_once_and_results_point_to_theirs() -> None:
    run = sarif(audit())
    rules = run["tool"]["driver"]["rules"]
    assert rules[0] == {
        "id": "T01",
        "name": "SendsNothing",
        "shortDescription": {"text": "An agency sends nothing."},
        "fullDescription": {"text": "What it sees stays there."},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["protect"], "severity": "high", "requirements": ["COE-10-1"]},
    }
    assert [r["id"] for r in rules] == ["T01", "T02"]
    for result in run["results"]:
        index = result.get("ruleIndex")
        assert result["ruleId"] == ("W01" if index is None else rules[index]["id"])


def test_sarif_tells_a_rule_that_fell_over_as_a_notification_of_a_run_that_failed() -> None:
    (sound,) = sarif(audit())["invocations"]
    assert sound == {"executionSuccessful": True, "toolExecutionNotifications": []}
    (run,) = sarif(audit(rules=(falls_over, *RULES)))["invocations"]
    assert run["executionSuccessful"] is False
    assert run["toolExecutionNotifications"] == [
        {
            "level": "error",
            "message": {
                "text": "T04 falls-over fell over: ValueError: a <fault>\\x00\\x1b\\[2J\\] of "
                "{{0}} \\[ours\\](https://example.org)".replace("2J\\]", "2J")
            },
        }
    ]


def test_fingerprints_in_sarif_survive_other_names_and_another_order() -> None:
    head, rest = PLAN.split("agencies:\n")
    agencies, handoffs = rest.split("handoffs:\n")
    turned = "".join(reversed(agencies.splitlines(keepends=True))).replace("Navy", "Marine")

    def prints(text: str) -> list[str]:
        return sorted(
            r["partialFingerprints"]["interagency/v1"] for r in sarif(audit(text))["results"]
        )

    assert prints(f"{head}agencies:\n{turned}handoffs:\n{handoffs}") == prints(PLAN)


# --- JUnit ----------------------------------------------------------------------------------

HOSTILE = "]]> <b>&amp;\"'{0} [x](https://example.org) | `a` *b* _c_ </testsuite> é \U0001f600"


def junit(result: ia.Audit) -> ET.Element:
    (suite,) = ET.fromstring(reports.junit(result))
    return suite


def test_junit_counts_what_it_holds() -> None:
    suite = junit(audit(rules=(falls_over, *RULES)))
    cases = suite.findall("testcase")
    assert [(c.get("classname"), c.get("name"), [inner.tag for inner in c]) for c in cases] == [
        ("T01", "sends-nothing", ["failure", "system-out"]),
        ("T02", "looks-at-nothing", ["skipped"]),
        ("W01", "waiver-waives-nothing", ["failure"]),
        ("T04", "falls-over", ["error"]),
    ]
    counts = {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "2", "errors": "1", "skipped": "1"}
    (failure, out) = cases[0]
    assert failure.get("message") == "1 found: An agency sends nothing."
    assert failure.text == "my plans/isles.yaml:5:5: Navy sends nothing. Let it send. [T01:navy]"
    assert out.text is not None
    assert out.text.splitlines()[0] == "Not stated:"


@pytest.mark.parametrize("name", plan_names())
def test_junit_of_a_real_plan_has_a_case_for_each_rule(name: str) -> None:
    result = ia.audit(ia.load(name))
    suite = junit(result)
    failed = {f.code for f in result.gaps}
    assert {c.get("classname") for c in suite if c.find("failure") is not None} == failed
    assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert suite.get("failures") == str(len(failed))


def test_junit_holds_any_text_and_replaces_what_xml_cannot() -> None:
    text = ET.tostring(junit(audit(named(HOSTILE))), encoding="unicode", method="text")
    assert f"{HOSTILE} sends nothing." in text

    found = audit(PLAN.split("waivers:", maxsplit=1)[0])
    (first, *rest) = found.findings
    odd = replace(first, message="a\x00b\ud800c\n\"d'", state=State.GAP)
    told = ET.tostring(junit(replace(found, findings=(odd, *rest))), "unicode", method="text")
    assert "a\ufffdb\ufffdc\n\"d'" in told


# --- Markdown -------------------------------------------------------------------------------

NAMES = [
    HOSTILE,
    "[click](https://evil.example)",
    "https://evil.example/x",
    "www.evil.example",
    "someone@evil.example",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "1. First",
    "12) Twelfth",
    "# Heading",
    "- item",
    "> quote",
    "| a | b |",
    "```code",
    "~~gone~~ **bold** __bold__ ![i](x)",
    "a\\",
    "&lt;b&gt; &#35;",
    "---",
    "===",
    "[ref]: https://evil.example",
    "$x$ $$y$$",
]
PLAIN_TAGS = {"h1", "h2", "h3", "p", "ul", "li", "strong", "table", "thead", "tbody", "tr",
              "th", "td"}  # fmt: skip


def rendered(text: str) -> tuple[set[str], list[str]]:
    """The tags that Markdown as code hosts read it makes of a text, and the words, by block."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    tags = {t.tag for t in tokens if t.tag}
    words = []
    for block in (t for t in tokens if t.type == "inline"):
        tags |= {t.tag for t in block.children or () if t.tag and t.type != "softbreak"}
        words.append(
            "".join(t.content or " " * (t.type == "softbreak") for t in block.children or ())
        )
    return tags, words


@pytest.mark.parametrize("name", NAMES)
def test_markdown_shows_a_name_and_nothing_else(name: str) -> None:
    tags, words = rendered(reports.markdown(audit(named(name))))
    assert tags <= PLAIN_TAGS
    assert f"Audit: {name}" in words
    assert any(told.startswith(f"{name} sends nothing. (navy; ") for told in words)


@pytest.mark.parametrize(
    "name", ["https://x.example", "HTTP://x", "www.x.example", "WWW.x", "a@b.c"]
)
def test_what_code_hosts_make_links_of_is_broken_up(name: str) -> None:
    """They look at letters, not at markup; a backslash between them is seen by nobody else."""
    told = escaped(name)
    assert "://" not in told.replace("\\://", "")
    assert "www." not in told.lower()
    assert "\\@" in told or "@" not in told


@pytest.mark.parametrize("name", plan_names())
def test_markdown_of_a_real_plan_has_its_tables_and_no_links(name: str) -> None:
    result = ia.audit(ia.load(name))
    tags, words = rendered(reports.markdown(result))
    assert tags <= PLAIN_TAGS
    for finding in (f for item in result.items for f in item.findings):
        assert any(finding.message in " ".join(told.split()) for told in words), finding.id


def test_markdown_tells_crashes_and_waivers() -> None:
    tags, words = rendered(reports.markdown(audit(rules=(falls_over, *RULES))))
    assert tags <= PLAIN_TAGS
    assert any("T04 falls-over: ValueError: a <fault>\\x00\\x1b[2J of {0}" in w for w in words)
    assert any(w.endswith("stop. Accepted by nobody who is named, until 2025.") for w in words)


# --- CSV ------------------------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_finding_in_the_order_of_the_audit() -> None:
    result = audit()
    told = rows(reports.csv(result))
    assert [(r["id"], r["state"]) for r in told] == [(f.id, f.state.value) for f in result.findings]
    assert told[0] == {
        "rank": "1",
        "state": "gap",
        "severity": "high",
        "code": "T01",
        "rule": "sends-nothing",
        "pillars": "protect",
        "agencies": "navy",
        "handoffs": "",
        "message": "Navy sends nothing.",
        "mend": "Let it send.",
        "at": "my plans/isles.yaml:5:5",
        "requirements": "COE-10-1",
        "because": "high severity; rests on a commitment or benchmark (should)",
        "id": "T01:navy",
    }


@pytest.mark.parametrize("name", plan_names())
def test_csv_of_a_real_plan_reads_back_as_its_records(name: str) -> None:
    result = ia.audit(ia.load(name))
    records = result.to_records()
    told = rows(reports.csv(result))
    assert [{key: r[key] for key in records[0]} for r in told] == records


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "－1", "＠x", "\n=1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "Police", "'=1", "a=1", "1", "é", "<b>"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize("name", ['=HYPERLINK("https://evil.example";"x")', 'a"b,c;d', "x\ty", "'"])
def test_a_name_in_csv_is_one_cell_and_no_formula(name: str) -> None:
    told = rows(reports.csv(audit(named(name))))
    assert {len(r) for r in told} == {14}
    assert told[0]["message"] == safe(f"{name} sends nothing.")


def test_two_findings_of_one_id_are_two_rows() -> None:
    @rule(code="T06", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def twice(graph: PlanGraph) -> Iterator[Answer]:
        """One id for two things, as a rule of others may have it."""
        yield Flag(about=agency("navy"), message="One.", mend="m", stated=True)
        yield Flag(about=agency("navy"), message="Two.", mend="m", stated=True)

    told = rows(reports.csv(audit(PLAN.split("waivers:", maxsplit=1)[0], (twice,))))
    assert sorted(r["message"] for r in told) == ["One.", "Two."]
