"""What the rules ask of a graph beyond its plain questions."""

from __future__ import annotations

import yaml

from interagency.graph import HELP_KINDS, PlanGraph
from interagency.model import Plan


def graph_of(text: str) -> PlanGraph:
    return PlanGraph(Plan.model_validate(yaml.safe_load(text)))


TOLD_ONLY = """
format: 1
plan: {id: p, title: A shelter that is only told, as_of: 2024}
agencies:
  - {id: hotline, name: Hotline}
  - {id: police, name: Police}
  - {id: shelter, name: Shelter}
  - {id: clinic, name: Clinic}
handoffs:
  - {from: person, to: hotline, pillars: [protect], kind: complaint}
  - {from: person, to: police, pillars: [protect], kind: complaint}
  - {from: hotline, to: shelter, pillars: [protect], kind: notification}
  - {from: police, to: shelter, pillars: [protect], kind: referral}
  - {from: shelter, to: clinic, pillars: [protect], kind: referral}
"""


def test_who_is_only_told_of_a_case_is_no_end_of_a_way() -> None:
    graph = graph_of(TOLD_ONLY)
    assert graph.gatekeepers(["person"], {"bed": ["shelter"]}) == {"bed": ("shelter", "person")}
    told = graph.gatekeepers(["person"], {"bed": ["shelter"]}, into=HELP_KINDS)
    assert told == {"bed": ("shelter", "police", "person")}


def test_a_way_leads_through_who_is_told_to_the_next_door() -> None:
    graph = graph_of(TOLD_ONLY)
    ends = {"either": ["clinic", "shelter"], "clinic": ["clinic"]}
    found = graph.gatekeepers(["hotline"], ends, into=HELP_KINDS)
    assert found["clinic"] == ("clinic", "shelter", "hotline")


def test_what_the_person_sends_ends_a_way_whatever_its_kind() -> None:
    graph = graph_of(TOLD_ONLY)
    found = graph.gatekeepers(["person"], {"line": ["hotline"]}, into=HELP_KINDS)
    assert found == {"line": ("hotline", "person")}


def test_who_is_start_and_end_needs_no_way() -> None:
    graph = graph_of(TOLD_ONLY)
    found = graph.gatekeepers(["shelter", "police"], {"bed": ["shelter"]}, into=HELP_KINDS)
    assert found == {"bed": ("shelter",)}
