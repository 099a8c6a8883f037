"""What was planted in invented plans is found, and nothing is lost without a word."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from commandline import ROOT

import interagency as ia
from interagency.places import Kind

sys.path.insert(0, str(ROOT / "tests" / "evaluation"))  # a folder of scripts, no package

import invented

PLANS = {held.plan: held for held in invented.plans()}
FAULTS = [(name, w) for name, held in PLANS.items() for w in held.expected.get("find", ())]
WRONG = [(name, w) for name, held in PLANS.items() for w in held.expected.get("not", ())]
WEIGHT = {"critical": 27, "high": 9, "medium": 3, "low": 1}


@pytest.mark.parametrize(("plan", "wanted"), FAULTS, ids=[w["id"] for _, w in FAULTS])
def test_a_planted_fault_is_found_where_it_is_read(plan: str, wanted: dict[str, object]) -> None:
    place = PLANS[plan].found[str(wanted["id"])]
    if wanted.get("open"):
        assert place is None, "it is found now: take 'open' out"
    else:
        assert place is not None
        assert place <= int(str(wanted["place"]))


@pytest.mark.parametrize(("plan", "wrong"), WRONG)
def test_what_is_untrue_of_a_plan_is_not_reported(plan: str, wrong: dict[str, object]) -> None:
    assert bool(PLANS[plan].places(wrong)) is bool(wrong.get("open", False))


@pytest.mark.parametrize("plan", PLANS)
def test_findings_stay_readable_and_what_is_well_built_has_nothing_critical(plan: str) -> None:
    gaps, most = PLANS[plan].audit.gaps, PLANS[plan].expected["most"]
    assert len(gaps) <= most["gaps"]
    assert sum(f.severity is ia.Severity.CRITICAL for f in gaps) <= most["critical"]


# --- what is taken out of a complete plan ------------------------------------------------------

SEEN_BY_OTHERS = {
    "police", "asylum", "prisons", "abroad", "iom", "consular", "passports", "unions", "survivors",
}  # fmt: skip
"""Agencies of the well-built plan whose loss brings no new finding: another has what they have
(police: its unit; passports: the consulates; abroad: the office for requests; iom: the consulates),
or no standard of the floor asks for such an agency in every plan."""


def _without_agency(plan: ia.Plan, gone: str) -> ia.Plan:
    agencies = (
        a.model_copy(update={"part_of": None}) if a.part_of == gone else a
        for a in plan.agencies
        if a.id != gone
    )
    handoffs = (
        h.model_copy(update={"fallback": None}) if h.fallback == gone else h
        for h in plan.handoffs
        if gone not in (h.sender, h.receiver)
    )
    return plan.model_copy(update={"agencies": tuple(agencies), "handoffs": tuple(handoffs)})


def _without_handoff(plan: ia.Plan, gone: str) -> ia.Plan:
    kept = tuple(h for h in plan.handoffs if h.id != gone)
    return plan.model_copy(update={"handoffs": kept})


def _gaps(plan: ia.Plan) -> dict[str, ia.Finding]:
    return {f.id: f for f in ia.audit(plan).gaps}


def _weight(found: dict[str, ia.Finding]) -> int:
    return sum(WEIGHT[f.severity.value] for f in found.values())


def _spoken_of(finding: ia.Finding) -> set[str]:
    return {n.ref.id for n in finding.about if n.ref.kind in (Kind.AGENCY, Kind.HANDOFF)}


def _taken_out(plan: ia.Plan) -> Iterator[tuple[str, ia.Plan, set[str]]]:
    """Each agency and each handoff in turn: its id, the plan without it, all that went with it."""
    for agency in plan.agencies:
        less = _without_agency(plan, agency.id)
        ends = {e for h in plan.handoffs if agency.id in (h.sender, h.receiver)
                for e in (h.id, h.sender, h.receiver)}  # fmt: skip
        yield agency.id, less, ends | {agency.id}
    for handoff in plan.handoffs:
        yield handoff.id, _without_handoff(plan, handoff.id), {handoff.id, handoff.sender,
                                                               handoff.receiver}  # fmt: skip


def test_a_complete_plan_does_not_look_better_for_what_is_taken_out() -> None:
    """What vanishes was said of what was taken out or of its other ends; all else stays told."""
    plan = PLANS["well_built"].audit.graph.plan
    before = _gaps(plan)
    unseen, lighter = set(), {}
    for gone, less, with_it in _taken_out(plan):
        now = _gaps(less)
        for vanished in before.keys() - now.keys():
            assert _spoken_of(before[vanished]) & with_it, (gone, vanished)
        if now.keys() <= before.keys():
            unseen.add(gone)
            if _weight(now) < _weight(before):
                lighter[gone] = _weight(before) - _weight(now)
    assert unseen & {a.id for a in plan.agencies} == SEEN_BY_OTHERS
    assert set(lighter.values()) <= {WEIGHT["medium"]}, lighter
    assert len(lighter) <= 8, lighter
