"""Asking one rule about a plan written out in the test."""

from __future__ import annotations

from textwrap import dedent

import pytest
from asking import Ask

from interagency import formats
from interagency.engine import run
from interagency.graph import PlanGraph
from interagency.rules import by_name


@pytest.fixture
def ask() -> Ask:
    """Ask one rule about the agencies and handoffs of a plan as of 2024."""

    def asked(
        code: str, text: str, *, as_of: int | None = None, complete: bool = True
    ) -> list[str]:
        declared = "complete" if complete else "partial"
        facts = f"{{id: test, title: Test, as_of: 2024, completeness: {declared}}}"
        whole = f"format: 1\nplan: {facts}\n{dedent(text)}"
        graph = PlanGraph(formats.read(whole.encode(), "plan.yaml")[0])
        audit = run(graph.as_of(as_of) if as_of else graph, [by_name(code)])
        assert not audit.crashes, audit.crashes[0].trace
        told = [f"{f.state} {f.id}" for f in audit.findings]
        return told or (["met"] if audit.outcomes[0].met else ["does not apply"])

    return asked
