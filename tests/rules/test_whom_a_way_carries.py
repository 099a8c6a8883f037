"""Ways over agencies that take some persons only: G01, and what the graph says of a handoff."""

from __future__ import annotations

from small_plans import graph_of, told

from interagency.engine import run
from interagency.rules import by_name

RULE = by_name("G01")
PLAN = """
agencies:
  - {id: border, name: Border guard, sector: border_control, roles: [detecting_agency]}
  - {id: child, name: Child agency, sector: child_protection, accepts: [children]}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs:
  - {from: border, to: child, pillars: [protect], kind: custody_transfer}
  - {from: child, to: panel, pillars: [protect], kind: referral}
"""
BOTH = PLAN + "  - {from: border, to: panel, pillars: [protect], kind: referral}\n"


def test_a_way_over_an_agency_that_takes_children_only_leads_no_adult() -> None:
    (found,) = run(graph_of(PLAN, "complete"), [RULE]).findings
    assert found.id == "G01:border"
    assert "no case of adults" in found.message
    assert told(RULE, PLAN, "partial") == [("question", "border")]
    assert told(RULE, BOTH, "complete") == []


def test_a_school_meets_children_and_so_needs_a_way_for_them_only() -> None:
    school = PLAN.replace("Border guard, sector: border_control", "School, sector: education")
    assert told(RULE, school, "complete") == []


def test_an_agency_is_asked_for_whom_it_takes_itself() -> None:
    own = PLAN.replace("roles: [detecting_agency]", "roles: [detecting_agency], accepts: [boys]")
    assert told(RULE, own, "complete") == []


def test_a_way_for_foreigners_or_for_one_kind_of_work_is_no_way_too_few() -> None:
    """Whom an agency meets is not in a plan: a consulate meets nationals abroad."""
    for limit in ("foreign_nationals", "fishing"):
        lines = PLAN.replace("kind: custody_transfer", f"kind: referral, only_for: [{limit}]")
        assert told(RULE, lines.replace(", accepts: [children]", ""), "complete") == []


def test_what_a_handoff_carries_is_what_it_and_both_of_its_ends_are_open_to() -> None:
    graph = graph_of(BOTH)
    into, on, straight = graph.handoffs
    children = graph.persons.passing(["children"])
    assert graph.whom_it_carries(into) == graph.whom_it_carries(on) == children
    assert graph.whom_it_carries(straight) == graph.persons.everyone != children
