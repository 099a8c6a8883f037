"""The order of findings, and what is one trouble."""

from __future__ import annotations

from dataclasses import replace

import pytest

import interagency as ia
from interagency import reports
from interagency.engine import Crash, Expected, Finding, Named, Severity, State
from interagency.formats import read
from interagency.graph import PlanGraph
from interagency.order import items
from interagency.places import Kind, Ref
from interagency.rules import by_name
from interagency.vocabulary import HandoffKind, Pillar, Status

GRAPH = ia.load("australia")


def finding(
    code: str,
    agency: str,
    *,
    severity: Severity = Severity.HIGH,
    state: State = State.QUESTION,
    to: str | None = None,
) -> Finding:
    edge = Expected(agency, to, HandoffKind.REFERRAL, (Pillar.PROTECT,)) if to else None
    return Finding(
        rule=code.lower(),
        code=code,
        severity=severity,
        state=state,
        pillars=(Pillar.PROTECT,),
        message="m",
        mend="n",
        about=(Named(Ref(Kind.AGENCY, agency), agency),),
        expected=(edge,) if edge else (),
    )


def told(*findings: Finding) -> list[tuple[str, list[str], list[str]]]:
    return [
        (i.code, [f.id for f in i.findings], [f.id for f in i.symptoms])
        for i in items(GRAPH, findings)
    ]


def cased(rule: str, *findings: Finding) -> list[tuple[str, list[str], list[str]]]:
    """The same, with the cases in place of the symptoms; B rules are cases of this one."""
    every = (replace(f, case_of=rule if f.code.startswith("B") else "") for f in findings)
    return [
        (i.code, [f.id for f in i.findings], [f.id for f in i.cases]) for i in items(GRAPH, every)
    ]


def about(code: str, *handoffs: str, severity: Severity = Severity.HIGH) -> Finding:
    made = finding(code, "afp", severity=severity)
    lines = (Named(Ref(Kind.HANDOFF, an_id), an_id) for an_id in handoffs)
    return replace(made, about=(*made.about, *lines))


def test_what_a_special_case_says_of_the_same_line_is_no_trouble_of_its_own() -> None:
    first, second = (h.id for h in GRAPH.handoffs[:2])
    one = [("A1", ["A1:afp"], ["B1:afp"])]
    assert cased("a1", about("A1", first), about("B1", first, second)) == one
    assert cased("a1", about("A1"), about("B1", first)) == one
    assert len(cased("a1", about("A1", first), about("B1", second))) == 2
    assert len(cased("a2", about("A1", first), about("B1", first))) == 2
    assert len(cased("a1", finding("A1", "fwo"), about("B1", first))) == 2


def test_a_line_that_is_not_there_and_what_rests_on_it_are_one_trouble() -> None:
    lines = GRAPH.plan.handoffs
    gone = tuple(h.model_copy(update={"status": Status.MISSING}) for h in lines[:2])
    graph = PlanGraph(GRAPH.plan.model_copy(update={"handoffs": (*gone, *lines[2:])}))
    first, second, there = (h.id for h in (*lines[:2], lines[-1]))

    def line(an_id: str) -> Finding:
        made = finding("P1", "afp", severity=Severity.HIGH)
        return replace(made, about=(Named(Ref(Kind.HANDOFF, an_id), an_id),))

    def cases(*findings: Finding) -> list[tuple[str, list[str]]]:
        return [(i.code, [f.id for f in i.cases]) for i in items(graph, findings)]

    def rests(*by: str, severity: Severity = Severity.CRITICAL) -> Finding:
        return replace(finding("A1", "afp", severity=severity), closed_by=by)

    one = [("A1", [f"P1:{first}"])]
    assert cases(rests(first), line(first)) == one
    assert cases(replace(about("A1", first), severity=Severity.CRITICAL), line(first)) == one
    apart = [("A1", []), ("P1", [])]
    assert cases(rests(first), line(second)) == apart
    assert cases(rests(there), line(there)) == apart
    assert cases(rests(first, second), line(first)) == apart  # either would do
    assert cases(rests(first, severity=Severity.LOW), line(first)) == apart[::-1]
    assert len(cases(replace(rests(first), state=State.GAP), line(first))) == 2


def test_a_special_case_that_is_graver_stands_for_itself() -> None:
    (line, *_) = (h.id for h in GRAPH.handoffs)
    graver = about("B1", line, severity=Severity.CRITICAL)
    told = [("B1", ["B1:afp"], []), ("A1", ["A1:afp"], [])]
    assert cased("a1", about("A1", line), graver) == told


def test_a_case_of_what_is_a_symptom_goes_with_it() -> None:
    root = finding("A1", "afp", severity=Severity.CRITICAL, to="redcross")
    symptom, case = finding("A2", "afp", to="redcross"), replace(about("B1"), case_of="a2")
    (item,) = items(GRAPH, (case, symptom, root))
    assert [f.code for f in item.symptoms] == ["A2", "B1"]
    assert [f.code for f in item.whole] == ["A1", "A2", "B1"]


def test_gaps_stand_before_questions_and_graver_before_less_grave() -> None:
    assert [code for code, _, _ in told(
        finding("Q9", "afp", severity=Severity.CRITICAL),
        finding("A1", "afp", severity=Severity.LOW, state=State.GAP),
        finding("A2", "afp", severity=Severity.HIGH, state=State.GAP),
    )] == ["A2", "A1", "Q9"]  # fmt: skip


def test_of_two_as_grave_the_one_more_ways_in_lead_to_stands_first() -> None:
    """Every way in leads to the Red Cross, none to the visa payments' neighbour, the ombudsman."""
    assert GRAPH.ways_in["redcross"] > GRAPH.ways_in.get("fwo", 0)
    assert [code for code, _, _ in told(finding("A1", "fwo"), finding("B1", "redcross"))] == [
        "B1",
        "A1",
    ]


def test_findings_of_one_rule_are_one_trouble() -> None:
    assert told(finding("A1", "fwo"), finding("A1", "redcross")) == [
        ("A1", ["A1:redcross", "A1:fwo"], [])
    ]


def test_what_the_same_missing_handoff_would_close_stands_under_the_graver_one() -> None:
    root = finding("A1", "fwo", severity=Severity.CRITICAL, to="afp")
    symptom = finding("B1", "fwo", to="afp")
    other = finding("C1", "fwo", to="redcross")
    assert told(symptom, other, root) == [("A1", ["A1:fwo"], ["B1:fwo"]), ("C1", ["C1:fwo"], [])]


def test_a_gap_is_no_symptom_of_a_question() -> None:
    question = finding("A1", "fwo", severity=Severity.CRITICAL, to="afp")
    gap = finding("B1", "fwo", state=State.GAP, to="afp")
    assert told(question, gap) == [("B1", ["B1:fwo"], []), ("A1", ["A1:fwo"], [])]


def test_the_order_of_the_input_changes_nothing() -> None:
    found = ia.audit(GRAPH).findings
    assert items(GRAPH, found) == items(GRAPH, tuple(reversed(found)))


def test_nothing_is_lost_in_the_order() -> None:
    for name in ("australia", "bulgaria", "thailand"):
        audit = ia.audit(ia.load(name))
        assert [f.id for i in audit.items for f in i.whole] == [f.id for f in audit.findings]
        assert len({(f.id, f.state) for f in audit.findings}) == len(audit.findings)


def test_every_trouble_says_why_it_stands_there() -> None:
    audit = ia.audit(ia.load("indonesia"))
    assert all(item.because.startswith(f"{item.severity} severity") for item in audit.items)
    assert "a case comes there from 3 of 5 first contacts" in audit.items[0].because


def test_a_replaced_severity_moves_a_finding() -> None:
    low = replace(finding("A1", "redcross"), severity=Severity.LOW)
    assert [c for c, _, _ in told(low, finding("B1", "fwo"))] == ["B1", "A1"]


@pytest.mark.parametrize(
    ("topic", "named", "first"),
    [
        (Severity.CRITICAL, Severity.CRITICAL, "N1"),
        (Severity.CRITICAL, Severity.HIGH, "N1"),
        (Severity.CRITICAL, Severity.MEDIUM, "T1"),
        (Severity.HIGH, Severity.MEDIUM, "N1"),
        (Severity.HIGH, Severity.LOW, "T1"),
    ],
)
def test_a_question_on_a_topic_nobody_touches_stands_one_step_lower(
    topic: Severity, named: Severity, first: str
) -> None:
    """Of a topic no source touches, silence may be no more than that; a gap is none of that."""
    on_topic = replace(
        finding("T1", "afp", severity=topic), about=(Named(Ref(Kind.PLAN, "topic"), "topic"),)
    )
    on_line = finding("N1", "fwo", severity=named)
    assert told(on_topic, on_line)[0][0] == first
    gaps = [replace(f, state=State.GAP, severity=topic) for f in (on_topic, on_line)]
    assert told(*gaps)[0][0] == "T1"


LEAK = """
agencies:
  - {id: clinic, name: Clinic, sector: health, roles: [service_provider]}
  - {id: status, name: Immigration police, sector: immigration_authority, functions: [removal]}
  - {id: desk, name: Desk, roles: [detecting_agency]}
handoffs:
  - {id: names, from: clinic, to: status, pillars: [protect], kind: information_sharing,
     stage: detection, data: personal}
  - {id: good, from: desk, to: clinic, pillars: [protect], kind: referral, needs: [consent]}
"""


def test_a_line_that_does_harm_stands_before_what_is_lacking() -> None:
    head = "format: 1\nplan: {id: p, title: P, as_of: 2024, completeness: complete}"
    graph = PlanGraph(*read((head + LEAK).encode(), "p.yaml"))

    def at(code: str, *lines: str, state: State = State.GAP) -> Finding:
        made = finding(code, "clinic", state=state)
        return replace(made, about=(*made.about, *(Named(Ref(Kind.HANDOFF, i), i) for i in lines)))

    def order(*findings: Finding) -> list[str]:
        return [item.code for item in items(graph, findings)]

    assert order(at("A1", "good"), at("B1", "names")) == ["B1", "A1"]
    assert order(at("A1"), at("B1", "names")) == ["B1", "A1"]
    assert order(at("A1", "good"), at("B1", "good")) == ["A1", "B1"]
    question = State.QUESTION
    assert order(at("A1", "good", state=question), at("B1", "names", state=question)) == [
        "A1",
        "B1",
    ]
    graver = replace(at("A1", "good"), severity=Severity.CRITICAL)
    assert order(graver, at("B1", "names")) == ["A1", "B1"]
    (first, _) = items(graph, (at("A1", "good"), at("B1", "names")))
    assert "it does harm each time it is used" in first.because


def test_an_audit_is_put_in_order_once_for_all_its_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    audit = ia.audit(GRAPH).set_by("nothing").with_crashes([Crash("a-rule", "A1", "fell over")])

    def again(*_: object) -> None:
        raise AssertionError("put in order once more")

    monkeypatch.setattr("interagency.order.items", again)
    for report in reports.REPORTS.values():
        assert report(audit)


def behind(*findings: Finding) -> list[tuple[str, list[str]]]:
    """Each trouble with its cases; B rules stand behind the rule a1."""
    every = [replace(f, behind="a1" if f.code.startswith("B") else "") for f in findings]
    return [(i.code, [f.id for f in i.cases]) for i in items(GRAPH, every)]


def test_what_is_asked_of_a_line_once_another_trouble_is_mended_is_told_with_it() -> None:
    first, second = (h.id for h in GRAPH.handoffs[:2])
    gap = replace(about("A1", first), state=State.GAP)
    both = replace(about("A1", first, second), state=State.GAP)
    later = about("B1", first)
    assert behind(gap, later) == [("A1", ["B1:afp"])]  # a question behind a gap
    assert behind(gap, replace(later, state=State.GAP)) == [("A1", ["B1:afp"])]
    assert behind(both, about("B1", first, second)) == [("A1", ["B1:afp"])]
    apart = [("A1", []), ("B1", [])]
    assert behind(gap, about("B1", first, second)) == apart  # it tells another line as well
    assert behind(gap, about("B1", second)) == apart
    assert behind(gap, about("B1")) == apart
    assert behind(about("A1", first), later) == apart  # that is a question itself
    graver = replace(later, severity=Severity.CRITICAL)
    assert behind(gap, graver) == apart
    other = replace(gap, code="A2", rule="a2")
    assert behind(other, later) == [("A2", []), ("B1", [])]


REMOVAL = """
agencies:
  - {id: border, name: Border police, sector: border_control, roles: [detecting_agency],
     functions: [removal]}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: abroad, name: Police abroad, sector: foreign_counterpart}
handoffs:
  - {id: flight, from: border, to: abroad, pillars: [prosecute], kind: custody_transfer,
     stage: return_reintegration}
  - {from: person, to: panel, pillars: [protect], kind: complaint}
"""


@pytest.mark.parametrize("completeness", ["complete", "partial"])
def test_a_removal_that_is_wrong_in_four_ways_is_one_trouble(completeness: str) -> None:
    head = f"format: 1\nplan: {{id: p, title: P, as_of: 2024, completeness: {completeness}}}"
    plan, places = read((head + REMOVAL).encode(), "p.yaml")
    rules = [by_name(code) for code in ("G02", "G25", "X02", "X03")]
    audit = ia.audit(PlanGraph(plan, places), rules)
    (item,) = audit.items
    assert item.code == "G02"
    assert {f.code for f in item.cases} == {"G25", "X02", "X03"}
    assert "Of the same lines, to be asked once that is mended: X02" in str(audit)
    assert "once that is mended: X02" in reports.markdown(audit)
