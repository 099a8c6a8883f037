"""The engine: what becomes of a flag."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from interagency import (
    Agency,
    Expected,
    Flag,
    Handoff,
    Met,
    Plan,
    PlanFacts,
    PlanGraph,
    Rule,
    Severity,
    State,
    UnknownName,
    Waiver,
    rule,
)
from interagency.engine import Answer, Audit, agency, run
from interagency.places import Kind, Ref
from interagency.vocabulary import Pillar


@rule(code="T01", severity=Severity.HIGH, pillars=[Pillar.PROTECT], requirements=["COE-10-1"])
def sends_nothing(graph: PlanGraph, *, at_least: int = 1) -> Iterator[Answer]:
    """An agency sends nothing.

    Why it matters:
        A test needs a rule.

    Broken:
        format: 1

    Mended:
        format: 1
    """
    for a in graph.agencies:
        if len(graph.sent_by(a.id)) < at_least:
            yield Flag(about=agency(a.id), message=f"{a.name} sends nothing.", mend="Send.")
        else:
            yield Met(a.ref)


@rule(code="T02", severity=Severity.LOW, pillars=[Pillar.PREVENT], requirements=[])
def falls_over(graph: PlanGraph) -> Iterator[Answer]:
    """A rule with a fault."""
    yield Met(graph.agencies[0].ref)
    raise KeyError("x")


def plan(
    completeness: str = "partial", waivers: tuple[Waiver, ...] = (), **handoff: Any
) -> PlanGraph:
    return PlanGraph(
        Plan(
            facts=PlanFacts(id="t", title="T", as_of=2024, completeness=completeness),
            agencies=(Agency(id="a", name="A"), Agency(id="b", name="B")),
            handoffs=(
                Handoff(sender="a", receiver="b", pillars=["protect"], kind="referral"),
                *(
                    [Handoff(**{"sender": "b", "receiver": "a", "pillars": ["protect"],
                                "kind": "feedback", **handoff})]
                    if handoff
                    else []
                ),
            ),
            waivers=waivers,
        )
    )  # fmt: skip


def told(audit: Audit) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.id, f.state.value, f.closed_by) for f in audit.findings]


def test_silence_is_a_gap_in_a_complete_plan_and_a_question_in_a_partial_one() -> None:
    assert told(run(plan("complete"), [sends_nothing])) == [("T01:b", "gap", ())]
    assert told(run(plan("partial"), [sends_nothing])) == [("T01:b", "question", ())]


@pytest.mark.parametrize(
    "handoff",
    [{"status": "missing"}, {"status": "planned"}, {"status": "unused"}, {"since": 2025},
     {"until": 2020}, {"status": "ended"}],
)  # fmt: skip
def test_what_the_plan_says_is_not_there_is_a_gap_even_in_a_partial_plan(
    handoff: dict[str, Any],
) -> None:
    audit = run(plan("partial", id="back", **handoff), [sends_nothing])
    assert told(audit) == [("T01:b", "gap", ("back",))]


def test_a_stated_flag_is_a_gap_whatever_the_plan_declares() -> None:
    @rule(code="T03", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def says_so(graph: PlanGraph) -> Iterator[Answer]:
        """A way that should not be."""
        yield Flag(about=agency("a"), message="m", mend="n", stated=True)

    assert told(run(plan("partial"), [says_so])) == [("T03:a", "gap", ())]


def test_a_rule_that_falls_over_is_reported_and_the_others_go_on() -> None:
    audit = run(plan(), [falls_over, sends_nothing])
    assert [(c.rule, c.reason) for c in audit.crashes] == [("falls-over", "KeyError: 'x'")]
    assert [f.code for f in audit.findings] == ["T01"]
    assert audit.fails(None)
    assert [o.rule.code for o in audit.outcomes] == ["T01"]


def test_outcomes_count_what_was_met() -> None:
    (outcome,) = run(plan(), [sends_nothing]).outcomes
    assert (outcome.gaps, outcome.questions, outcome.met, outcome.applies) == (0, 1, 1, True)


def test_a_finding_knows_names_requirements_and_severity() -> None:
    (finding,) = run(plan(), [sends_nothing]).findings
    assert [(n.ref.id, n.name) for n in finding.about] == [("b", "B")]
    assert finding.requirements == ("COE-10-1",)
    assert finding.severity is Severity.HIGH
    assert finding.at is None


def test_findings_stand_by_answer_then_by_severity() -> None:
    def made(code: str, severity: Severity, *, stated: bool) -> Rule:
        @rule(code=code, severity=severity, pillars=[Pillar.PROTECT], requirements=[])
        def check(graph: PlanGraph) -> Iterator[Answer]:
            """X."""
            yield Flag(about=agency("a"), message="m", mend="n", stated=stated)

        return check

    rules = [
        made("Q1", Severity.CRITICAL, stated=False),
        made("S1", Severity.LOW, stated=True),
        made("S2", Severity.CRITICAL, stated=True),
    ]
    assert [f.code for f in run(plan(), rules).findings] == ["S2", "S1", "Q1"]


def test_a_waiver_takes_its_finding_out_and_says_why() -> None:
    waiver = Waiver(rule="sends-nothing", about=["b"], because="It is the last stop.")
    audit = run(plan(waivers=(waiver,)), [sends_nothing])
    assert audit.findings == ()
    assert [(w.finding.id, w.waiver.because) for w in audit.waived] == [
        ("T01:b", "It is the last stop.")
    ]
    assert run(plan(waivers=(waiver,)), [sends_nothing], waivers=False).findings


@pytest.mark.parametrize(
    ("waiver", "why"),
    [
        (Waiver(rule="T01", about=["a"], because="x"), "no finding is about this"),
        (Waiver(rule="T01", about=["b"], because="x", until=2020), "it ended in 2020"),
        (Waiver(rule="T09", about=["b"], because="x"), "there is no rule of that name"),
        (Waiver(rule="*", about=["b"], because="x"), "there is no rule of that name"),
    ],
)
def test_a_waiver_that_waives_nothing_is_a_finding(waiver: Waiver, why: str) -> None:
    """An expired, unused, unknown or wildcard waiver would let a trouble in unseen one day."""
    found = run(plan(waivers=(waiver,)), [sends_nothing]).findings
    assert [f.id for f in found] == [f"W01:{waiver.ref.id}", "T01:b"]
    assert why in found[0].message
    assert run(plan(waivers=(waiver,)), [sends_nothing], waivers=False).findings == found[1:]


def test_the_id_of_an_idle_waiver_rests_on_what_it_says_and_not_on_where_it_stands() -> None:
    """A baseline would else take a waiver for another when one before it goes."""
    idle = [Waiver(rule="T01", about=about, because="x") for about in (["a"], ["b", "a"], ["a-b"])]
    ends = Waiver(rule="T01", about=["a"], because="x", until=2020)
    told = []
    for waivers in ((*idle, ends), (ends, *reversed(idle), idle[0])):
        result = run(plan(waivers=waivers), [sends_nothing.configured(at_least=0)])
        told.append(sorted(f.id for f in result.findings))
    assert told[0] == ["W01:T01:a", "W01:T01:a+b", "W01:T01:a-b", "W01:T01:a:2020"]
    assert told[1] == told[0]


def test_a_waiver_of_a_rule_that_was_not_asked_is_left_in_peace() -> None:
    waiver = Waiver(rule="G01", about=["b"], because="x")
    audit = run(plan(waivers=(waiver,)), [sends_nothing], known=["G01"])
    assert [f.id for f in audit.findings] == ["T01:b"]
    assert [why for _, why in audit.idle_waivers] == ["its rule was not asked"]


def test_a_waiver_ends_by_the_calendar_where_a_day_is_given() -> None:
    waiver = Waiver(rule="T01", about=["b"], because="x", until="2026-06-30")
    waived = plan(waivers=(waiver,))
    assert run(waived, [sends_nothing], today=datetime.date(2026, 6, 30)).findings == ()
    late = run(waived, [sends_nothing], today=datetime.date(2026, 7, 1)).findings
    assert [f.id for f in late] == ["W01:T01:b:2026-06-30", "T01:b"]


def test_a_finding_about_the_plan_is_waived_by_its_name() -> None:
    @rule(code="T05", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def about_the_plan(graph: PlanGraph) -> Iterator[Answer]:
        """X."""
        yield Flag(about=(Ref(Kind.PLAN, "key"),), message="m", mend="n")

    waiver = Waiver(rule="T05", about=["plan"], because="x")
    assert run(plan(waivers=(waiver,)), [about_the_plan]).findings == ()


def test_options_make_a_new_rule() -> None:
    strict = sends_nothing.configured(at_least=2)
    assert [f.id for f in run(plan(), [strict]).findings] == ["T01:a", "T01:b"]
    assert sends_nothing.options == {"at_least": 1}
    with pytest.raises(UnknownName, match="at_least"):
        sends_nothing.configured(atleast=2)


def test_a_rule_reads_its_page_from_its_docstring() -> None:
    assert sends_nothing.name == "sends-nothing"
    assert sends_nothing.title == "An agency sends nothing."
    assert sends_nothing.page["Why it matters"] == "A test needs a rule.\n"
    assert sends_nothing.broken == sends_nothing.mended == "format: 1\n"


def test_fails_compares_by_gravity() -> None:
    audit = run(plan(), [sends_nothing])
    assert audit.worst is Severity.HIGH
    assert audit.fails(Severity.LOW)
    assert audit.fails(Severity.HIGH)
    assert not audit.fails(Severity.CRITICAL)
    assert not audit.fails(None)


def test_an_empty_plan_is_not_assessed() -> None:
    empty = PlanGraph(Plan(facts=PlanFacts(id="t", title="T", as_of=2024)))
    assert not run(empty, [sends_nothing]).assessed
    assert run(plan(), [sends_nothing]).assessed


def test_records_are_flat() -> None:
    (record,) = run(plan(), [sends_nothing]).to_records()
    assert record["id"] == "T01:b"
    assert record["state"] == State.QUESTION
    assert all(isinstance(value, str) for value in record.values())


def test_severities_sort_by_gravity() -> None:
    assert sorted(Severity, reverse=True)[0] is Severity.CRITICAL
    assert Severity.LOW < Severity.MEDIUM <= Severity.MEDIUM < Severity.HIGH
    assert Severity.CRITICAL > Severity.HIGH >= Severity.HIGH


def test_expected_handoffs_travel_with_the_finding() -> None:
    wanted = Expected("b", "a", "feedback", (Pillar.PROTECT,))  # type: ignore[arg-type]

    @rule(code="T04", severity=Severity.LOW, pillars=[Pillar.PROTECT], requirements=[])
    def wants(graph: PlanGraph) -> Iterator[Answer]:
        """X."""
        yield Flag(about=(), message="m", mend="n", expected=(wanted,))

    (finding,) = run(plan(), [wants]).findings
    assert finding.expected == (wanted,)
    assert finding.id == "T04:plan"


@pytest.mark.parametrize(
    ("of_flag", "of_rule", "told"),
    [("medium", "high", "medium"), ("high", "medium", "medium"), (None, "low", "low")],
)
def test_a_flag_can_be_less_grave_than_its_rule_and_never_graver(
    of_flag: str | None, of_rule: str, told: str
) -> None:
    """So that whoever lowers a rule in the settings lowers all that it tells."""

    def check(graph: PlanGraph) -> Iterator[Answer]:
        """Something.

        Why it matters:
            A test needs a rule.
        """
        yield Flag((), "Wrong.", "Mend.", severity=Severity(of_flag) if of_flag else None)

    made = rule(code="T9", severity=Severity(of_rule), pillars=[Pillar.PROTECT], requirements=[])
    (finding,) = run(plan(), [made(check)]).findings
    assert finding.severity is Severity(told)
