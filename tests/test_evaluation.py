"""The table of what evaluators found and what the audit finds."""

from __future__ import annotations

import sys

import pytest
from commandline import ROOT

sys.path.insert(0, str(ROOT / "tests" / "evaluation"))  # a folder of scripts, no package

import evaluate


@pytest.fixture(scope="module")
def rows() -> list[evaluate.Row]:
    """What evaluating the bundled plans says today."""
    argv, sys.argv = sys.argv, ["evaluate.py"]
    try:
        return [evaluate.evaluate(*case) for case in evaluate.cases()]
    finally:
        sys.argv = argv


def test_the_table_that_is_kept_is_up_to_date(rows: list[evaluate.Row]) -> None:
    """Run python tests/evaluation/evaluate.py --write when this fails."""
    assert evaluate.TABLE.read_bytes().decode("utf-8") == evaluate.report(rows)


def test_every_bundled_plan_is_evaluated(rows: list[evaluate.Row]) -> None:
    assert len(rows) == 6
    assert sum(len(row.asked) for row in rows) > 5


def test_nothing_is_counted_as_found_that_was_not_asked(rows: list[evaluate.Row]) -> None:
    for row in rows:
        assert set(row.found) <= {wanted["id"] for wanted in row.asked}


def test_a_finding_counts_only_with_its_archetype_at_its_agency() -> None:
    """Else any audit that finds much would find everything."""
    graph = evaluate.ia.load("thailand").as_of(2021)
    (labour,) = (f for f in evaluate.ia.audit(graph).findings if f.id == "G01:labour")
    wanted = {"archetypes": ["G01"], "about": {"agencies": ["labour"], "handoffs": []}}
    assert evaluate.matches(wanted, labour, graph)
    assert not evaluate.matches({**wanted, "archetypes": ["G02"]}, labour, graph)
    elsewhere = {"agencies": ["police"], "handoffs": []}
    assert not evaluate.matches({**wanted, "about": elsewhere}, labour, graph)
