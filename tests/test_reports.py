"""Audits told as text, as JSON and in a notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest

import interagency as ia
from interagency import Flag, Met, PlanGraph, Severity, reports, rule
from interagency.catalogue import plan_names
from interagency.engine import Answer, agency
from interagency.formats import read
from interagency.reports.notebook import MOST
from interagency.rules import by_name
from interagency.vocabulary import HandoffKind, Pillar

PLAN = """\
format: 1
plan: {id: isles, title: The plan of the isles, as_of: 2024}
sources:
  - {id: law, title: The law}
agencies:
  - {id: port, name: Port inspectors}
  - {id: navy, name: Navy}
  - {id: court, name: Court}
  - {id: police, name: Police & Co}
handoffs:
  - {id: navy-port, from: navy, to: police, pillars: [protect], kind: referral, status: planned}
  - {id: port-police, from: port, to: police, pillars: [protect], kind: referral}
waivers:
  - {rule: sends-nothing, about: [police], because: The police is the last stop., until: 2025}
  - {rule: sends-nothing, about: [port], because: It was so once.}
"""


@rule(code="T01", severity=Severity.HIGH, pillars=[Pillar.PROTECT], requirements=["COE-10-1"])
def sends_nothing(graph: PlanGraph) -> Iterator[Answer]:
    """An agency sends nothing."""
    for a in graph.agencies:
        if graph.sent_by(a.id):
            yield Met(a.ref)
            continue
        yield Flag(
            about=agency(a.id),
            message=f"{a.name} sends nothing to anybody, though what it sees there matters.",
            mend=f"Let {a.name} send what it sees to Police & Co, and agree on a time limit.",
        )


@rule(code="T02", severity=Severity.LOW, pillars=[Pillar.PREVENT], requirements=[])
def gets_money(graph: PlanGraph) -> Iterator[Answer]:
    """An agency gets money and sends none on."""
    for h in graph.handoffs:
        if h.kind is HandoffKind.FUNDING:
            yield Met(h.ref)


@rule(code="T03", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
def has_agencies(graph: PlanGraph) -> Iterator[Answer]:
    """There is an agency."""
    for a in graph.agencies:
        yield Met(a.ref)


@rule(code="T04", severity=Severity.CRITICAL, pillars=[Pillar.PROTECT], requirements=[])
def falls_over(graph: PlanGraph) -> Iterator[Answer]:
    """A rule with a fault."""
    yield Met(graph.agencies[0].ref)
    raise ValueError("a fault of ours")


RULES = (sends_nothing, gets_money, has_agencies)

TEXT = """\
Plan:       The plan of the isles (isles)
As of:      the end of 2024
Looked at:  4 agencies, 1 handoff; 1 handoff spoken of and not there
Not stated: sector of 4 of 4 agencies; time limit of 1 of 1 handoff; legal or other
            basis of 1 of 1 handoff
Silence:    the plan is declared partial: what is not written is not stated
Made by:    interagency VERSION, 3 rules, rule set DIGEST

2 gaps; 1 question that the sources leave open; 1 finding waived by the plan.

GAPS: the plan says so

1. HIGH  T01 sends-nothing  [protect]
   - Navy sends nothing to anybody, though what it sees there matters.
     The plan speaks of it: navy-port (Navy → Police & Co) is planned.
     (navy; at isles.yaml:7:5)
   To do: Let Navy send what it sees to Police & Co, and agree on a time limit.
   Stands here because: high severity; rests on a commitment or benchmark (should).
   Rests on: COE-10-1 (interagency explain T01)

2. MEDIUM  W01 waiver-waives-nothing  [prevent, protect, prosecute]
   - The waiver of sends-nothing for port waives nothing: no finding is about this.
     (at isles.yaml:15:5)
   To do: Take it out, or renew it with a reason and a date.
   Stands here because: medium severity.

QUESTIONS: no source in the plan states it

1. HIGH  T01 sends-nothing  [protect]
   - As far as the sources go (none states otherwise): Court sends nothing to anybody,
     though what it sees there matters.
     (court; at isles.yaml:8:5)
   If nobody does: Let Court send what it sees to Police & Co, and agree on a time
      limit.
   Stands here because: high severity; rests on a commitment or benchmark (should).
   Rests on: COE-10-1 (interagency explain T01)

In order, or nothing to look at
  T03 has-agencies  met 4 of 4
  T02 gets-money    the plan holds nothing it looks at

Waived by the plan (1 finding)
  T01:police: As far as the sources go (none states otherwise): Police & Co sends
    nothing to anybody, though what it sees there matters. Because: The police is the
    last stop. Accepted by nobody who is named, until 2025.
"""


def test_a_waiver_that_never_ends_is_told_in_the_head_of_an_audit() -> None:
    """It would accept for ever what was accepted for a time."""
    for_ever = PLAN.replace("last stop., until: 2025", "last stop., owner: Police Board")
    text, markdown = (report(audit(for_ever)) for report in (reports.text, reports.markdown))
    assert "\nWaivers:    without an end (until): sends-nothing for police\n" in text
    assert "**Waivers:** without an end" in markdown
    end = "Accepted by Police Board and for ever: give it an end (until)."
    assert end in " ".join(text.split())
    assert "Waivers" not in reports.text(audit())


def audit(text: str = PLAN, rules: tuple[ia.Rule, ...] = RULES, **facts: Any) -> ia.Audit:
    return ia.audit(PlanGraph(*read(text.encode(), "isles.yaml")), rules, **facts)


def told(result: ia.Audit) -> str:
    """The text report without what a release changes."""
    version = rf"interagency {re.escape(ia.__version__)}"
    text = re.sub(version, "interagency VERSION", reports.text(result))
    return re.sub("rule set [0-9a-f]+", "rule set DIGEST", text)


def test_an_audit_as_text_has_gaps_then_questions_then_the_rest() -> None:
    assert told(audit()) == TEXT


def test_a_rule_that_fell_over_stands_above_all_findings() -> None:
    text = told(audit(rules=(falls_over, *RULES)))
    assert "1 rule fell over, so this audit is incomplete." in " ".join(text.split())
    shouted = "RULE FELL OVER  T04 falls-over\n  ValueError: a fault of ours\n"
    assert text.index(shouted) < text.index("GAPS")


def test_a_complete_plan_is_told_to_be_one() -> None:
    text = told(audit(PLAN.replace("as_of: 2024", "as_of: 2024, completeness: complete")))
    assert "the plan is declared complete: what is not written is absent" in text
    assert "GAPS: the plan says so, or is declared complete and is silent" in text
    assert "QUESTIONS" not in text


def test_a_view_is_told() -> None:
    graph = PlanGraph(*read(PLAN.encode(), "isles.yaml"))
    viewed = graph.as_of(None).only("protect", "prevent").for_group("girls").without("navy")
    text = told(ia.audit(viewed, RULES))
    assert "As of:      any time\n" in text
    assert "Only:       prevent, protect\n" in text
    assert "For:        persons who are girls\n" in text
    assert "Without:    Navy\n" in text


def test_an_empty_plan_is_no_good_news_in_any_form() -> None:
    nothing = audit("format: 1\nplan: {id: nil, title: Nil, as_of: 2024}\n")
    for text in (reports.text(nothing), reports.html(nothing)):
        assert "Nothing was assessed" in text
        assert "0 gaps" not in text
    assert json.loads(reports.json(nothing))["assessed"] is False


def test_text_has_colours_only_when_asked_and_nothing_else_a_terminal_obeys() -> None:
    plain = reports.text(audit())
    assert not [ch for ch in plain if ord(ch) < 32 and ch != "\n"]
    coloured = reports.text(audit(), colour=True)
    assert "\x1b[31mHIGH\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_lines_are_wrapped_and_long_words_stay_whole() -> None:
    long = "https://example.org/" + "x" * 200
    text = reports.text(audit(PLAN.replace("Navy}", f"Navy {long}}}")), width=70)
    assert long in text
    assert all(len(line) <= 70 for line in text.splitlines() if "x" * 200 not in line)


@pytest.mark.parametrize("name", plan_names())
def test_an_audit_as_json_is_what_its_schema_says(name: str) -> None:
    result = ia.audit(ia.load(name))
    jsonschema.Draft202012Validator.check_schema(reports.audit_schema())
    data = json.loads(reports.json(result))
    jsonschema.Draft202012Validator(reports.audit_schema()).validate(data)
    assert [f["id"] for f in data["findings"]] == [f.id for f in result.findings]


def test_the_schema_refuses_what_is_no_audit() -> None:
    """A schema that lets everything pass would pass the test above."""
    data = json.loads(reports.json(audit()))
    validator = jsonschema.Draft202012Validator(reports.audit_schema())
    validator.validate(data)
    data["findings"][0]["severity"] = "grave"
    data["extra"] = 1
    assert len(list(validator.iter_errors(data))) == 2


def test_json_tells_waivers_crashes_outcomes_and_places() -> None:
    data = json.loads(reports.json(audit(rules=(falls_over, *RULES))))
    assert data["crashes"] == [
        {"rule": "falls-over", "code": "T04", "reason": "ValueError: a fault of ours"}
    ]
    (waived,) = data["waived"]
    assert (waived["finding"]["id"], waived["because"], waived["until"]) == (
        "T01:police", "The police is the last stop.", "2025",
    )  # fmt: skip
    assert [(o["code"], o["gaps"], o["questions"], o["met"]) for o in data["outcomes"]] == [
        ("T01", 1, 2, 1), ("T02", 0, 0, 0), ("T03", 0, 0, 4),
    ]  # fmt: skip
    gap = data["findings"][0]
    assert (gap["at"], gap["closed_by"]) == (
        {"file": "isles.yaml", "line": 7, "column": 5},
        ["navy-port"],
    )


class Tags(HTMLParser):
    """What a browser makes of a piece of HTML: tags that are open and closed, and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'> \" ' & </td></table>"


def test_a_name_in_a_notebook_is_only_a_name() -> None:
    plan = PLAN.replace("name: Navy", "name: " + json.dumps(HOSTILE))
    plan = plan.replace("The plan of the isles", HOSTILE.replace("'", "''").join("''"))
    seen = Tags(reports.html(audit(plan)))
    assert seen.open == []
    assert not {"script", "img"} & set(seen.tags)
    assert seen.attributes <= {"style", "scope"}
    assert seen.words.count(HOSTILE) >= 2


def test_a_notebook_shows_so_many_rows_and_tells_of_the_rest() -> None:
    names = range(MOST + 7)
    agencies = "".join(f"  - {{id: a{n}, name: A{n}}}\n" for n in names)
    handoff = "handoffs:\n  - {from: person, to: a0, pillars: [protect], kind: referral}\n"
    plan = "format: 1\nplan: {id: many, title: Many, as_of: 2024}\nagencies:\n"
    seen = Tags(reports.html(audit(plan + agencies + handoff)))
    assert seen.tags.count("tr") == MOST + 1
    assert "7 more; see audit.findings." in seen.words
    assert "more; see" not in reports.html(audit())


def test_an_audit_shows_itself() -> None:
    result = audit()
    assert str(result) == reports.text(result)
    assert result._repr_html_() == reports.html(result)


def test_a_brief_tells_who_and_what_and_names_the_others_of_a_trouble() -> None:
    plan, _ = read(
        b"""
format: 1
plan: {id: p, title: A plan, as_of: 2024, completeness: complete}
agencies:
  - {id: labour, name: Labour Office, roles: [detecting_agency]}
  - {id: clinic, name: Clinics, roles: [detecting_agency]}
  - {id: panel, name: Panel, roles: [identification_authority]}
""",
        "plan.yaml",
    )
    told = reports.text(ia.audit(plan, [by_name("G01")]), brief=True)
    assert told.split("is silent\n")[1] == (
        " 1. CRITICAL G01 From Clinics no case leads to an agency that identifies victims, though\n"
        "                 trafficked persons may be met there first. Nobody follows up what is\n"
        "                 noticed. Likewise Labour Office.\n"
    )


MONEY = b"""
format: 1
plan: {id: p, title: A plan, as_of: 2024, completeness: complete}
agencies:
  - {id: home, name: House of Hope, functions: [emergency_accommodation], charges_fee: true,
     means: secured}
  - {id: clinic, name: Clinic, functions: [medical_care], means: none}
  - {id: ward, name: Ward, functions: [medical_care], means: none}
  - {id: lawyers, name: Lawyers, functions: [legal_assistance], means: partial}
  - {id: police, name: Police, roles: [identification_authority]}
handoffs:
  - {id: a, from: police, to: home, pillars: [protect], kind: referral, status: missing}
  - {id: b, from: police, to: clinic, pillars: [protect], kind: referral, status: missing}
  - {id: c, from: police, to: person, pillars: [protect], kind: decision, status: missing}
"""


def brief(code: str) -> str:
    plan, _ = read(MONEY, "plan.yaml")
    told = reports.text(ia.audit(plan, [by_name(code)]), brief=True).split("is silent\n")[1]
    return " ".join(told.split())


def test_a_brief_says_likewise_only_of_those_of_whom_the_same_is_true() -> None:
    """That a house asks for a fee is not told by saying that another has no money."""
    told = brief("G23")
    assert "Clinic has no money and staff for its duties. Likewise Ward." in told
    assert "Payment is asked at the door of House of Hope." in told
    assert "Lawyers has too little, or no lasting, money and staff for its duties." in told
    assert told.count("Likewise") == 1


def test_a_brief_names_handoffs_by_their_ends_and_topics_by_what_is_said_of_them() -> None:
    told = brief("P01")
    assert "Likewise Police → Clinic." in told or "Likewise Police → House of Hope." in told
    assert "this decision does not exist: Police → The person." in told
    topics = brief("P02")
    assert "Likewise" not in topics
    assert topics.count("In this plan nobody") >= 3
    assert " more." in topics  # a line has room for so many
