"""Small plans as rule tests write them: the agencies and handoffs, without the head of the file."""

from __future__ import annotations

import yaml

from interagency.engine import Expected, Rule, run
from interagency.graph import PlanGraph
from interagency.model import Handoff, Plan
from interagency.vocabulary import HandoffKind

HEAD = "format: 1\nplan: {{id: p, title: A plan, as_of: 2024, completeness: {}}}\n"


def graph_of(body: str, completeness: str = "partial") -> PlanGraph:
    """The plan that has these agencies and handoffs."""
    return PlanGraph(Plan.model_validate(yaml.safe_load(HEAD.format(completeness) + body)))


def told(rule: Rule, body: str, completeness: str = "partial") -> list[tuple[str, str]]:
    """What a rule finds: the answer and the subject, sorted; a rule that falls over fails."""
    audit = run(graph_of(body, completeness), [rule])
    assert not audit.crashes, audit.crashes[0].trace
    return sorted((f.state.value, f.about[0].ref.id) for f in audit.findings)


def met(rule: Rule, body: str, completeness: str = "partial") -> int:
    """How many things a rule looks at and finds in order."""
    (outcome,) = run(graph_of(body, completeness), [rule]).outcomes
    return outcome.met


def closes(rule: Rule, body: str) -> bool:
    """Whether each handoff that a rule expects, put in alone, closes the finding that names it."""
    graph = graph_of(body, "complete")
    findings = run(graph, [rule]).findings
    assert any(finding.expected for finding in findings)
    for finding in findings:
        for wanted in finding.expected:
            mended = PlanGraph(
                graph.plan.model_copy(update={"handoffs": (*graph.plan.handoffs, made(wanted))})
            )
            if finding.id in {f.id for f in run(mended, [rule]).findings}:
                return False
    return True


def made(wanted: Expected) -> Handoff:
    """The handoff as a drafter would write it: a decision tells how it can be challenged."""
    return Handoff(
        id="made",
        sender=wanted.sender,
        receiver=wanted.receiver,
        pillars=wanted.pillars,
        kind=wanted.kind,
        stage=wanted.stage,
        needs=("appeal",) if wanted.kind is HandoffKind.DECISION else (),
    )
