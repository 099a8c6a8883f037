"""The library used as it is not meant to be, and in places where values must travel."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import networkx as nx
import pytest

import interagency
from interagency import PlanGraph, charts, reports
from interagency.conformance import coverage
from interagency.errors import UnknownName
from interagency.places import Ref
from interagency.reports.coverage import as_json
from interagency.rules import BUILT_IN


def sent(value: Any) -> Any:
    """A value as it comes out of another process."""
    return pickle.loads(pickle.dumps(value))


@pytest.fixture(scope="module")
def audit() -> interagency.Audit:
    return interagency.audit(interagency.load("nepal").as_of(2020))


def test_graphs_and_audits_travel_to_other_processes(audit: interagency.Audit) -> None:
    there = sent(audit)
    assert reports.json(there) == reports.json(audit)
    assert reports.text(interagency.audit(sent(audit.graph))) == reports.text(audit)
    first: Ref = audit.graph.handoffs[0].ref
    assert sent(audit.graph).where(first) == audit.graph.where(first) is not None
    found = coverage(audit.graph)
    assert as_json(sent(found)) == as_json(found)
    assert interagency.suggest(there) == interagency.suggest(audit)


def test_rules_travel_with_what_was_changed_in_them() -> None:
    assert sent(BUILT_IN) == BUILT_IN
    stricter = next(rule for rule in BUILT_IN if rule.options)
    name, value = next(iter(stricter.options.items()))
    assert sent(stricter.configured(**{name: value})).options == stricter.options


def test_an_unknown_name_can_be_told_by_another_process() -> None:
    with pytest.raises(UnknownName) as told:
        interagency.load("nepal").focus("nobody")
    assert str(sent(told.value)) == str(told.value)


@pytest.mark.parametrize("what", [None, 5, b"nepal", ["nepal"], {"plan": {}}])
def test_what_is_no_plan_is_told_so(what: Any) -> None:
    for ask in (interagency.audit, interagency.chart, PlanGraph):
        with pytest.raises(TypeError, match="A Plan is wanted"):
            ask(what)


@pytest.mark.parametrize("rules", ["G01", ["G01"], [None]])
def test_rules_by_name_are_told_how_to_be_found(rules: Any) -> None:
    with pytest.raises(TypeError, match="by_name"):
        interagency.audit("nepal", rules)


@pytest.mark.parametrize("graph", [nx.Graph([(1, 2)]), nx.DiGraph([("a", "b")]), None, {}])
def test_a_graph_that_loses_handoffs_is_refused(graph: Any) -> None:
    with pytest.raises(TypeError, match="MultiDiGraph is wanted"):
        PlanGraph.from_networkx(graph)


@pytest.mark.parametrize("name", [None, 5, ""])
def test_a_name_of_any_kind_can_be_unknown(name: Any) -> None:
    graph = interagency.load("nepal")
    for ask in (graph.focus, graph.handoff, graph.agency):
        with pytest.raises(UnknownName):
            ask(name)
    with pytest.raises(UnknownName):
        interagency.chart(graph, view=name)


def test_names_and_findings_of_another_plan_break_no_chart(audit: interagency.Audit) -> None:
    for view in charts.VIEWS:
        assert interagency.chart("thailand", audit.findings, view=view).pages


def test_threads_draw_what_one_draws(audit: interagency.Audit) -> None:
    views = [*charts.VIEWS] * 2
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda v: interagency.chart(audit, view=v).svg(), views))
    assert drawn == [interagency.chart(audit, view=view).svg() for view in views]
