"""A view of a group asks about this group: limits of another kind close nothing in it."""

from __future__ import annotations

import pytest
from small_plans import graph_of

import interagency
from interagency.engine import run
from interagency.graph import PlanGraph
from interagency.persons import let_through
from interagency.rules import BUILT_IN
from interagency.vocabulary import Group

NAMES = ("australia", "bulgaria", "indonesia", "nepal", "sri_lanka", "thailand")

WELL_BUILT = """
agencies:
  - {id: police, name: Police, sector: law_enforcement, roles: [detecting_agency]}
  - {id: border, name: Border guard, sector: border_control, roles: [detecting_agency]}
  - {id: consulates, name: Consulates, sector: foreign_affairs_consular, roles: [detecting_agency]}
  - {id: panel, name: Panel, roles: [identification_authority],
     accepts: [adults, children, nationals, foreign_nationals]}
  - {id: shelter, name: Shelter, functions: [emergency_accommodation], accepts: [women, men]}
  - {id: young, name: Youth office, sector: child_protection, accepts: [children],
     functions: [guardianship, child_placement, best_interests_determination]}
  - {id: permits, name: Migration service, sector: immigration_authority,
     functions: [residence_status, removal]}
  - {id: asylum, name: Asylum office, sector: asylum_authority}
handoffs:
  - {from: police, to: panel, pillars: [protect], kind: referral}
  - {from: border, to: panel, pillars: [protect], kind: referral}
  - {from: police, to: young, pillars: [protect], kind: referral, only_for: [children]}
  - {from: consulates, to: panel, pillars: [protect], kind: referral, only_for: [nationals_abroad]}
  - {from: panel, to: shelter, pillars: [protect], kind: referral}
  - {from: panel, to: young, pillars: [protect], kind: referral, only_for: [children]}
  - {from: panel, to: permits, pillars: [protect], kind: decision, stage: reflection,
     only_for: [foreign_nationals], needs: [no_removal]}
  - {from: permits, to: person, pillars: [protect], kind: decision, stage: legal_status,
     only_for: [foreign_nationals]}
"""


def found(graph: PlanGraph) -> set[str]:
    return {f.id for f in run(graph, BUILT_IN).findings}


@pytest.mark.parametrize(
    ("group", "not_asked"),
    [
        (
            "men",
            {"G10:children", "G10:guardian", "G12:girls", "G12:children", "P05:child-protection"},
        ),
        ("children", {"G12:men", "G12:women", "G30:consent"}),
        ("nationals", {"P04:removal-held-up", "P06:stay-told", "P05:stay", "G13:asylum"}),
        ("foreign_nationals", {"G01:consulates", "G27:consulates", "P04:removal-held-up"}),
        ("forced_labour", {"G01:plan", "G10:children", "G12:men", "G14:plan"}),
    ],
)
def test_nothing_is_asked_of_persons_outside_the_group(group: str, not_asked: set[str]) -> None:
    whole = graph_of(WELL_BUILT, "complete")
    view = whole.for_group(group)
    assert not not_asked & found(view)
    assert found(view) <= found(whole)


def test_what_shuts_the_group_itself_out_is_asked_of_its_view_alone() -> None:
    limited = WELL_BUILT.replace("accepts: [women, men]", "accepts: [women]")
    whole = graph_of(limited, "complete")
    assert "G12:men" in found(whole.for_group("men"))
    assert "G12:men" not in found(whole.for_group("women"))
    assert "G12:men" in found(whole.for_group("foreign_nationals"))
    shut = WELL_BUILT.replace(
        "[adults, children, nationals, foreign_nationals]", "[women, children]"
    )
    assert "G01:plan" in found(graph_of(shut, "complete").for_group("men"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("group", ["men", "children", "nationals", "sexual_exploitation"])
def test_no_rule_about_others_is_asked_of_a_plan_that_comes_with_the_library(
    name: str, group: str
) -> None:
    audit = run(interagency.load(name).for_group(group), BUILT_IN)
    about = {rule.name: rule.whom for rule in BUILT_IN}
    for finding in audit.findings:
        assert let_through([Group(group)], about.get(finding.rule, ())), finding.id
        if finding.subject.id in set(Group):
            assert let_through([Group(group)], [Group(finding.subject.id)]), finding.id
