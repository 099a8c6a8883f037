"""What a run of the mutation tests once found that no test noticed, and what is meant there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
from small_plans import HEAD, told

import interagency as ia
from interagency.catalogue import archetypes, requirements
from interagency.engine import (
    Answer,
    Expected,
    Finding,
    Flag,
    Named,
    State,
    agency,
    listed,
    rule,
    run,
)
from interagency.formats import read
from interagency.graph import PlanGraph
from interagency.order import Item, items
from interagency.places import Kind, Ref
from interagency.rules import by_name
from interagency.vocabulary import HandoffKind, Pillar


def graph(body: str, completeness: str = "complete") -> PlanGraph:
    """The plan that has these agencies and handoffs, with the places where they are written."""
    return PlanGraph(*read((HEAD.format(completeness) + dedent(body)).encode(), "plan.yaml"))


# --- the order of findings ------------------------------------------------------------------

THREE = graph("""
    agencies:
      - {id: a, name: A}
      - {id: b, name: B}
      - {id: c, name: C}
    handoffs:
      - {id: in, from: public, to: a, pillars: [protect], kind: notification}
      - {id: on, from: a, to: b, pillars: [protect], kind: referral}
      - {id: more, from: c, to: c, pillars: [protect], kind: referral}
    """)


def finding(code: str, *about: str, to: str = "", **more: Any) -> Finding:
    """A finding about some agencies; without any, about a topic."""
    refs = [Ref(Kind.AGENCY, an_id) for an_id in about] or [Ref(Kind.PLAN, "topic")]
    edge = Expected(about[0], to, HandoffKind.REFERRAL, (Pillar.PROTECT,)) if to else None
    usual = {
        "rule": code.lower(),
        "code": code,
        "severity": ia.Severity.HIGH,
        "state": State.GAP,
        "pillars": (Pillar.PROTECT,),
        "message": "m",
        "mend": "n",
        "about": tuple(Named(ref, ref.id) for ref in refs),
        "expected": (edge,) if edge else (),
    }
    return Finding(**{**usual, **more})


def ordered(*findings: Finding) -> list[Item]:
    """As troubles, the same in whatever order they come."""
    found = items(THREE, findings)
    assert items(THREE, reversed(findings)) == found
    return list(found)


def codes(*findings: Finding) -> list[str]:
    return [item.code for item in ordered(*findings)]


def test_of_two_alike_the_stronger_standard_goes_first() -> None:
    strength = {s: next(r.id for r in requirements().values() if r.strength == s)
                for s in ("shall", "should", "may")}  # fmt: skip
    weak = finding("A1", "c", requirements=(strength["may"],))
    middle = finding("A2", "c", requirements=(strength["should"], strength["may"]))
    strong = finding("A3", "c", requirements=(strength["may"], strength["shall"], "UNKNOWN-1"))
    assert codes(weak, middle, strong, finding("A0", "c")) == ["A3", "A2", "A1", "A0"]
    assert [item.because for item in ordered(weak, middle, strong)] == [
        "high severity; rests on a duty (shall)",
        "high severity; rests on a commitment or benchmark (should)",
        "high severity; rests on an option (may)",
    ]


def test_then_what_more_reports_show_then_more_agencies_then_more_handoffs() -> None:
    seen = {len(a.evidence): a.id for a in archetypes().values()}
    most, one = max(seen), seen[1]
    assert codes(finding(one, "c"), finding(seen[most], "c"), finding(seen[0], "c")) == [
        seen[most], one, seen[0],
    ]  # fmt: skip
    because = {
        item.code: item.because for item in ordered(finding(one, "c"), finding(seen[2], "c"))
    }
    assert because[one] == "high severity; shown by 1 report of evaluators"
    assert because[seen[2]] == "high severity; shown by 2 reports of evaluators"
    assert codes(finding("A1", "c"), finding("A2", "c", "b")) == ["A2", "A1"]
    apart = graph("agencies: [{id: a, name: A}, {id: b, name: B}]\nhandoffs:\n"
                  "  - {from: b, to: b, pillars: [protect], kind: referral}\n")  # fmt: skip
    found = items(apart, [finding("A1", "a"), finding("A2", "b")])
    assert [item.code for item in found] == ["A2", "A1"]


def test_a_finding_stands_by_its_subject_and_not_by_whom_else_it_names() -> None:
    """One way in leads to a and b and none to c."""
    assert THREE.ways_in == {"public": 1, "a": 1, "b": 1}
    about_c = finding("A1", "c", "a", "b")
    about_b = finding("A2", "b")
    assert [item.because for item in ordered(about_c, about_b)] == [
        "high severity; a case comes there from 1 of 1 first contacts",
        "high severity",
    ]
    handoff = Named(Ref(Kind.HANDOFF, "on"), "on")
    by_handoff = finding("A3", "c", about=(handoff, Named(Ref(Kind.AGENCY, "b"), "b")))
    assert codes(about_c, by_handoff) == ["A3", "A1"]


def test_a_topic_counts_one_step_less_grave_unless_a_handoff_would_close_it() -> None:
    topic = finding("A1", state=State.QUESTION)
    nothing = finding("A2", about=(), state=State.QUESTION)
    closable = finding(
        "A3",
        about=(Named(Ref(Kind.PLAN), "p"),),
        expected=(Expected("a", "b", HandoffKind.REFERRAL, (Pillar.PROTECT,)),),
        state=State.QUESTION,
    )
    medium = finding("A4", "c", state=State.QUESTION, severity=ia.Severity.MEDIUM)
    low = finding("A5", "c", state=State.QUESTION, severity=ia.Severity.LOW)
    assert codes(topic, nothing, closable, medium, low) == ["A3", "A4", "A1", "A2", "A5"]


def test_a_group_is_a_symptom_only_where_one_other_trouble_would_close_all_of_it() -> None:
    root = finding("A1", "a", to="b", severity=ia.Severity.CRITICAL)
    other = finding("A2", "b", to="c", severity=ia.Severity.CRITICAL)
    same = finding("B1", "a", to="b")
    assert [(i.code, [f.code for f in i.symptoms]) for i in ordered(root, same)] == [("A1", ["B1"])]
    partly = (finding("B1", "a", to="b"), finding("B1", "c"))
    assert codes(root, *partly) == ["A1", "B1"]
    twice = (finding("B1", "a", to="b"), finding("B1", "b", to="c"))
    assert codes(root, other, *twice) == ["A1", "A2", "B1"]


def test_two_places_are_counted_and_one_is_not() -> None:
    (two,) = ordered(finding("A1", "c"), finding("A1", "b"))
    assert two.because == "high severity; a case comes there from 1 of 1 first contacts; 2 places"


# --- the engine -----------------------------------------------------------------------------


def test_a_record_has_an_empty_place_where_nothing_was_written_down() -> None:
    plan = THREE.plan
    from_python = ia.audit(PlanGraph(plan), [by_name("G01")]).to_records()
    from_file = ia.audit(THREE, [by_name("G01")]).to_records()
    assert [r["at"] for r in from_python] == [""]
    assert [r["at"] for r in from_file] == ["plan.yaml:2:1"]


def test_a_waiver_of_a_rule_that_exists_and_was_not_asked_is_no_finding() -> None:
    waived = graph("""
        agencies: [{id: a, name: A}]
        handoffs: [{from: a, to: a, pillars: [protect], kind: referral}]
        waivers:
          - {rule: G01, about: [a], because: x}
          - {rule: mine, about: [a], because: x}
        """)

    @rule(code="M01", severity=ia.Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def mine(graph: PlanGraph) -> Iterator[Answer]:
        """One of our own, that finds nothing."""
        yield from ()

    def idle(*rules: ia.Rule) -> list[str]:
        return [f.message for f in run(waived, rules, known=["G01"]).findings]

    assert idle(mine) == ["The waiver of mine for a waives nothing: no finding is about this."]
    assert idle(by_name("G02")) == [
        "The waiver of mine for a waives nothing: there is no rule of that name; a waiver names "
        "one rule."
    ]


def test_in_a_partial_plan_a_rule_is_asked_a_second_time_only_where_silence_may_tell() -> None:
    asked = []

    @rule(code="M02", severity=ia.Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def mine(graph: PlanGraph) -> Iterator[Answer]:
        """One of our own, that rests on what is stated."""
        asked.append(graph.view.spoken_of)
        yield Flag(about=agency("a"), message="m", mend="n", stated=True)

    partial = graph("agencies: [{id: a, name: A}]\n", "partial")
    assert [f.state for f in run(partial, [mine]).findings] == [State.GAP]
    assert asked == [False]


def test_a_waiver_holds_through_its_last_day() -> None:
    body = """
        agencies: [{{id: a, name: A, roles: [detecting_agency]}}, {{id: b, name: B}}]
        handoffs: [{{from: a, to: b, pillars: [protect], kind: funding}}]
        waivers: [{{rule: G01, about: [plan], because: x, until: {}}}]
        """
    for until, waives in (("2024-06-30", False), ("2024-07-01", True), ("2024", True)):
        result = run(graph(body.format(until)), [by_name("G01")], today=datetime.date(2024, 7, 1))
        assert [f.code for f in result.findings] == ([] if waives else ["G01", "W01"])


# --- the graph ------------------------------------------------------------------------------


def test_a_long_name_is_shortened_where_the_short_form_is_one_agency_s_alone() -> None:
    names = graph("""
        agencies:
          - {id: a, name: "Police (national)", short: Police}
          - {id: b, name: "Court (of appeal)"}
          - {id: c, name: "Office (east)"}
          - {id: d, name: "Office (west)"}
          - {id: e, name: Navy}
          - {id: f, name: Army, short: Army}
          - {id: g, name: "Clinic (day)"}
          - {id: h, name: Clinic}
          - {id: i, name: Ministry of Justice, short: MoJ}
        """).short_names
    assert names == {
        "Police (national)": "Police",
        "Court (of appeal)": "Court",
        "Ministry of Justice": "MoJ",
    }


def test_a_view_of_kinds_holds_those_kinds_in_absence_as_well() -> None:
    whole = graph("""
        agencies: [{id: a, name: A}, {id: b, name: B}]
        handoffs:
          - {id: r, from: a, to: b, pillars: [protect], kind: referral, status: planned}
          - {id: f, from: a, to: b, pillars: [prevent], kind: funding, status: planned}
        """)
    assert [h.id for h in whole.absent] == ["r", "f"]
    assert [h.id for h in whole.of_kinds(["funding"]).absent] == ["f"]
    assert [h.id for h in whole.only("protect").absent] == ["r"]
    assert whole.of_kinds(["funding"]).only("protect").absent == ()


# --- rules ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["referral", "custody_transfer", "request_for_assistance",
                                  "decision", "joint_action"])  # fmt: skip
def test_whoever_is_brought_to_a_shelter_in_any_way_needs_a_way_out_of_it(kind: str) -> None:
    body = f"""
agencies:
  - {{id: police, name: Police, sector: law_enforcement}}
  - {{id: shelter, name: Shelter, functions: [emergency_accommodation]}}
handoffs:
  - {{from: police, to: shelter, pillars: [protect], kind: {kind}}}
"""
    ((state, _),) = told(by_name("cliff-at-the-exit"), body, "complete")
    assert state == "gap"


@pytest.mark.parametrize(
    ("kind", "state"), [("referral", []), ("funding", ["gap"]), ("reporting", ["gap"])]
)
def test_only_a_case_that_is_handed_on_is_a_door_further_on(kind: str, state: list[str]) -> None:
    body = f"""
agencies:
  - {{id: police, name: Police, sector: law_enforcement}}
  - {{id: shelter, name: Shelter, functions: [emergency_accommodation]}}
  - {{id: town, name: Town}}
handoffs:
  - {{from: police, to: shelter, pillars: [protect], kind: referral}}
  - {{from: shelter, to: town, pillars: [protect], kind: {kind}, stage: social_inclusion}}
"""
    assert [s for s, _ in told(by_name("cliff-at-the-exit"), body, "complete")] == state


SECOND_LOOK = """
agencies:
  - {{id: panel, name: Panel, roles: [identification_authority]}}
  - {{id: court, name: Court, sector: judiciary}}
  - {{id: helper, name: Helper{helper}}}
handoffs:
  - {{from: panel, to: person, pillars: [protect], kind: decision, stage: identification}}
  - {{from: helper, to: court, pillars: [protect], kind: complaint, stage: identification}}
"""


@pytest.mark.parametrize(
    ("helper", "state"),
    [
        (", sector: legal_aid", []),
        (", roles: [service_provider]", []),
        (", roles: [guardian]", []),
        (", sector: labour_inspection", ["gap"]),
        ("", ["gap"]),
    ],
)
def test_who_speaks_for_the_person_can_ask_for_a_second_look_at_everybody_s_decisions(
    helper: str, state: list[str]
) -> None:
    body = SECOND_LOOK.format(helper=helper)
    assert [s for s, _ in told(by_name("no-second-look"), body, "complete")] == state


@pytest.mark.parametrize("kind", ["custody_transfer", "charge", "order"])
def test_what_carries_a_suspect_is_no_complaint(kind: str) -> None:
    body = f"""
agencies:
  - {{id: police, name: Police, sector: law_enforcement}}
  - {{id: clerk, name: Clerk}}
  - {{id: bureau, name: Bureau, sector: anti_corruption}}
handoffs:
  - {{from: person, to: police, pillars: [prosecute], kind: complaint}}
  - {{from: clerk, to: bureau, pillars: [prosecute], kind: {kind}}}
"""
    rule_asked = by_name("complaint-returns-to-the-accused")
    assert [s for s, _ in told(rule_asked, body, "complete")] == ["gap"]


@pytest.mark.parametrize(
    "function",
    ["first_response_safety", "hotline_operation", "interpretation", "witness_protection"],
)
def test_help_that_is_needed_at_once_says_when_it_can_be_reached(function: str) -> None:
    body = f"""
agencies:
  - {{id: desk, name: Desk, functions: [{function}], hours: office_hours}}
handoffs:
  - {{from: person, to: desk, pillars: [protect], kind: referral}}
"""
    assert told(by_name("help-out-of-reach"), body, "complete") == [("gap", "desk")]


def test_one_who_only_passes_on_what_was_told_too_often_already_is_not_named_again() -> None:
    body = """
agencies:
  - {id: desk, name: Desk, roles: [detecting_agency], interviews: true}
  - {id: panel, name: Panel, interviews: true}
  - {id: police, name: Police, interviews: true}
  - {id: court, name: Court, interviews: true}
handoffs:
  - {from: desk, to: panel, pillars: [protect], kind: referral}
  - {from: panel, to: police, pillars: [protect], kind: referral}
  - {from: police, to: court, pillars: [protect], kind: referral, needs: [written_record]}
  - {from: police, to: person, pillars: [protect], kind: decision}
"""
    asked = by_name("asked-again-and-again")
    assert told(asked, body, "complete") == [("gap", "police")]
    again = body.replace(", needs: [written_record]", "")
    assert told(asked, again, "complete") == [("gap", "police")]


ASYLUM = """
agencies:
  - {id: office, name: Asylum office, sector: asylum_authority}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
"""


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        ((), "Between Asylum office and those who identify victims no case passes"),
        ((("panel", "office"),), "From Asylum office no case leads to those who identify victims"),
        ((("office", "panel"),), "From those who identify victims nothing leads to Asylum office"),
    ],
)
def test_the_way_to_and_from_asylum_that_is_missing_is_the_one_that_is_named(
    ways: tuple[tuple[str, str], ...], says: str
) -> None:
    steps = [*ways, ("public", "panel")]
    lines = "".join(
        f"  - {{from: {a}, to: {b}, pillars: [protect], kind: referral}}\n" for a, b in steps
    )
    (found,) = run(graph(ASYLUM + lines), [by_name("asylum-silo")]).findings
    assert found.message.startswith(says)
    missing = {("office", "panel"), ("panel", "office")} - set(ways)
    assert {(e.sender, e.receiver) for e in found.expected} <= missing
    mends = {"office": "Let Asylum office refer", "panel": "Let Panel tell"}
    assert all(mends[sender] in found.mend for sender, _ in missing)


def test_who_gives_help_is_proposed_before_who_only_holds_some_of_it() -> None:
    body = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: permits, name: Permits, functions: [residence_status]}
  - {id: shelter, name: Shelter, roles: [service_provider]}
handoffs:
  - {from: public, to: panel, pillars: [protect], kind: referral}
"""
    (found,) = run(graph(body), [by_name("identified-then-nothing")]).findings
    assert [e.receiver for e in found.expected] == ["shelter"]


def test_a_case_that_was_recognised_is_proposed_to_the_police_before_the_prosecution() -> None:
    body = """
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: pp, name: Prosecutor, sector: prosecution}
  - {id: police, name: Police, sector: law_enforcement}
handoffs:
  - {from: public, to: panel, pillars: [protect], kind: referral}
"""
    (found,) = run(graph(body), [by_name("recognised-but-not-investigated")]).findings
    assert [e.receiver for e in found.expected] == ["police"]


def test_a_name_is_whole_where_it_is_told_first_and_short_from_then_on() -> None:
    body = """
agencies:
  - {id: desk, name: "Desk (of the port)", roles: [detecting_agency]}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
  - {from: public, to: panel, pillars: [protect], kind: referral}
"""
    (found,) = run(graph(body), [by_name("detector-without-a-way")]).findings
    assert found.message.startswith("From Desk (of the port) no case leads")
    assert found.mend.startswith("Let Desk refer persons")
    assert found.about[0].name == "Desk (of the port)"


def test_a_severity_is_neither_graver_nor_less_grave_than_itself() -> None:
    for severity in ia.Severity:
        assert not severity > ia.Severity(severity.value)
        assert not severity < ia.Severity(severity.value)
        assert severity >= ia.Severity(severity.value)
        assert severity <= ia.Severity(severity.value)


def test_names_are_listed_in_full_up_to_six() -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    assert listed(names) == "a, b, c, d, e and f"
    assert listed([*names, "g"]) == "a, b, c, d, e, f and 1 more"
    assert listed(["a, b", "c", "d"]) == "a, b; c; and d"
    assert listed(["a, b"]) == "a, b"
