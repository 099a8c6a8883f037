"""What must hold for every rule and any plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interagency import formats
from interagency.engine import Rule, run
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff, Plan, PlanFacts, Within
from interagency.places import Kind
from interagency.rules import BUILT_IN, by_name
from interagency.vocabulary import (
    Completeness,
    Function,
    HandoffKind,
    Pillar,
    Role,
    Sector,
    Stage,
    Status,
)

NO_PATH = tuple(by_name(code) for code in ("G01", "G06", "G09", "G13", "G14", "G16"))
"""Rules that one more handoff can only satisfy."""

SECTORS = (
    Sector.LAW_ENFORCEMENT,
    Sector.IMMIGRATION_AUTHORITY,
    Sector.ASYLUM_AUTHORITY,
    Sector.DETENTION_AUTHORITY,
    Sector.LABOUR_INSPECTION,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.COORDINATION_BODY,
)
FUNCTIONS = (
    Function.PROACTIVE_SCREENING,
    Function.VICTIM_IDENTIFICATION,
    Function.EMERGENCY_ACCOMMODATION,
    Function.MEDICAL_CARE,
    Function.RESIDENCE_STATUS,
    Function.CASE_MANAGEMENT,
    Function.BORDER_MEASURES,
)
ROLES = (Role.DETECTING_AGENCY, Role.IDENTIFICATION_AUTHORITY, Role.SERVICE_PROVIDER)
KINDS = (
    HandoffKind.REFERRAL,
    HandoffKind.CUSTODY_TRANSFER,
    HandoffKind.NOTIFICATION,
    HandoffKind.FEEDBACK,
    HandoffKind.FUNDING,
)


def several(*words: object) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(words), unique=True, max_size=2).map(tuple)


@st.composite
def plans(draw: st.DrawFn, completeness: Completeness | None = None) -> Plan:
    """Small plans, thick with what the rules look at."""
    ids = [f"a{i}" for i in range(draw(st.integers(1, 6)))]
    agencies = [
        Agency(
            id=an_id,
            name=an_id.upper(),
            sector=draw(st.none() | st.sampled_from(SECTORS)),
            roles=draw(several(*ROLES)),
            functions=draw(several(*FUNCTIONS)),
            since=draw(st.sampled_from([None, None, 2020, 2030])),
        )
        for an_id in ids
    ]
    ends = st.sampled_from([*ids, *PARTICIPANTS])
    handoffs = [
        Handoff(
            id=f"h{i}",
            sender=draw(ends),
            receiver=draw(ends),
            pillars=draw(st.lists(st.sampled_from(list(Pillar)), min_size=1, unique=True)),
            kind=draw(st.sampled_from(KINDS)),
            stage=draw(st.none() | st.sampled_from(list(Stage))),
            status=draw(st.sampled_from([*[Status.IN_FORCE] * 4, *Status])),
            within=draw(st.sampled_from([None, Within(wording="soon"), Within(max="P1D")])),
            fallback=draw(st.none() | st.sampled_from(ids)),
        )
        for i in range(draw(st.integers(0, 10)))
    ]
    declared = completeness or draw(st.sampled_from(Completeness))
    facts = PlanFacts(id="any", title="Any", as_of=2024, completeness=declared)
    return Plan(facts=facts, agencies=tuple(agencies), handoffs=tuple(handoffs))


def found(plan: Plan, rules: tuple[Rule, ...] = BUILT_IN) -> list[tuple[str, str]]:
    audit = run(PlanGraph(plan), rules)
    assert not audit.crashes, audit.crashes[0].trace
    ids = [f.id for f in audit.findings]
    assert len(ids) == len(set(ids)), "two findings of one id"
    return sorted((f.id, f.state.value) for f in audit.findings)


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_agencies_and_handoffs_changes_no_finding(
    plan: Plan, random: st.DataObject
) -> None:
    agencies, handoffs = list(plan.agencies), list(plan.handoffs)
    random.shuffle(agencies)  # type: ignore[attr-defined]
    random.shuffle(handoffs)  # type: ignore[attr-defined]
    mixed = plan.model_copy(update={"agencies": tuple(agencies), "handoffs": tuple(handoffs)})
    assert found(mixed) == found(plan)


@given(plans())
def test_other_ids_and_names_change_nothing_but_ids_and_names(plan: Plan) -> None:
    new: Callable[[str], str] = lambda an_id: an_id if an_id in PARTICIPANTS else f"z9-{an_id}"  # noqa: E731
    renamed = plan.model_copy(
        update={
            "agencies": tuple(
                a.model_copy(update={"id": new(a.id), "name": f"Office of {a.name}"})
                for a in plan.agencies
            ),
            "handoffs": tuple(
                h.model_copy(
                    update={
                        "id": new(h.id),
                        "sender": new(h.sender),
                        "receiver": new(h.receiver),
                        "fallback": new(h.fallback) if h.fallback else None,
                    }
                )
                for h in plan.handoffs
            ),
        }
    )
    audit = run(PlanGraph(plan), BUILT_IN)
    mapped = sorted(
        (
            f.id if f.about[0].ref.kind is Kind.PLAN else f"{f.code}:{new(f.about[0].ref.id)}",
            f.state.value,
        )
        for f in audit.findings
    )
    assert found(renamed) == mapped


@given(plans(Completeness.COMPLETE), st.data())
def test_one_more_handoff_never_makes_a_case_lose_its_way(plan: Plan, data: st.DataObject) -> None:
    """And so taking one away never mends it."""
    if not plan.handoffs:
        return
    kept = data.draw(st.integers(0, len(plan.handoffs) - 1))
    fewer = plan.model_copy(update={"handoffs": plan.handoffs[:kept]})
    assert set(found(plan, NO_PATH)) <= set(found(fewer, NO_PATH))


@given(plans(Completeness.PARTIAL))
def test_a_partial_plan_has_the_findings_of_a_complete_one(plan: Plan) -> None:
    """What is declared decides between gap and question, never whether something is seen.

    But for one question: a complete plan that limits no place says that each takes everyone.
    """
    facts = plan.facts.model_copy(update={"completeness": Completeness.COMPLETE})
    whole = plan.model_copy(update={"facts": facts})
    asked = [an_id for an_id, _ in found(plan) if an_id != "G12:groups"]
    assert asked == [an_id for an_id, _ in found(whole)]


@given(plans())
@settings(max_examples=50)
def test_what_a_flag_expects_closes_or_moves_it(plan: Plan) -> None:
    """For rules about ways out: put the first expected handoff in, and the finding is gone."""
    rules = tuple(by_name(code) for code in ("G01", "G06", "G14", "G16"))
    for finding in run(PlanGraph(plan), rules).findings:
        if not finding.expected:
            continue
        hope = finding.expected[0]
        added = Handoff(
            id="added",
            sender=hope.sender,
            receiver=hope.receiver,
            pillars=hope.pillars,
            kind=hope.kind,
            stage=hope.stage,
        )
        mended = plan.model_copy(update={"handoffs": (*plan.handoffs, added)})
        assert finding.id not in [an_id for an_id, _ in found(mended, rules)]


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_mended_example_stays_mended_in_views_that_still_hold_it(rule: Rule) -> None:
    plan, _ = formats.read(rule.mended.encode(), "mended.yaml")
    graph = PlanGraph(plan)
    for view in (graph.as_of(2030), graph.as_of(None), graph.only(*Pillar), graph.spoken_of()):
        assert run(view, [rule]).findings == ()
