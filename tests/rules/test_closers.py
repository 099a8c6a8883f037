"""Which handoffs a gap in a partial plan says would close it."""

from __future__ import annotations

import yaml

from interagency.engine import run
from interagency.graph import PlanGraph
from interagency.model import Plan
from interagency.rules import by_name

PLAN = """
format: 1
plan: {id: p, title: What is planned, as_of: 2024}
agencies:
  - {id: navy, name: Navy, roles: [detecting_agency]}
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: port, name: Port}
handoffs:
  - {id: way, from: navy, to: panel, pillars: [protect], kind: referral, status: planned}
  - {id: other, from: port, to: navy, pillars: [prevent], kind: training, status: ended}
"""


def test_a_gap_names_the_planned_handoff_that_it_expects_and_no_other() -> None:
    graph = PlanGraph(Plan.model_validate(yaml.safe_load(PLAN)))
    (finding,) = run(graph, [by_name("G01")]).findings
    assert (finding.id, finding.state, finding.closed_by) == ("G01:navy", "gap", ("way",))


def test_a_gap_names_what_touches_it_where_nothing_is_just_as_expected() -> None:
    text = PLAN.replace("from: navy, to: panel", "from: navy, to: port").replace(
        "from: port, to: navy, pillars: [prevent], kind: training",
        "from: port, to: panel, pillars: [prevent], kind: referral",
    )
    graph = PlanGraph(Plan.model_validate(yaml.safe_load(text)))
    (finding,) = run(graph, [by_name("G01")]).findings
    assert (finding.id, finding.state, finding.closed_by) == ("G01:navy", "gap", ("way",))
