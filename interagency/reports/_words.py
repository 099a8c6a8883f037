"""Words that more than one report uses."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Audit, Finding, State
from interagency.graph import PlanGraph

STATE_WORDS = {State.GAP: "Gap", State.QUESTION: "Not stated"}


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "gap"), counted(2, "agency", "agencies")
    ('1 gap', '2 agencies')
    """
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def looked_at(graph: PlanGraph) -> Iterator[tuple[str, str]]:
    """What was assessed: label and words."""
    facts, view = graph.plan.facts, graph.view
    yield "Plan", f"{facts.title} ({facts.id})"
    yield "As of", f"the end of {view.as_of}" if view.as_of else "any time"
    if view.pillars is not None:
        yield "Only", ", ".join(sorted(view.pillars))
    if view.groups:
        yield "For", "persons who are " + " and ".join(sorted(g.label for g in view.groups))
    if view.without:
        yield "Without", ", ".join(sorted(map(graph.name, view.without)))
    there = f"{counted(len(graph.agencies), 'agency', 'agencies')}, "
    there += counted(len(graph.handoffs), "handoff")
    if graph.absent:
        there += f"; {counted(len(graph.absent), 'handoff')} spoken of and not there"
    yield "Looked at", there
    if silent := not_stated(graph):
        yield "Not stated", silent
    if graph.complete:
        yield "Silence", "the plan is declared complete: what is not written is absent"
    else:
        yield "Silence", "the plan is declared partial: what is not written is not stated"


def made_by(audit: Audit) -> Iterator[tuple[str, str]]:
    """Which inputs, versions and rules made an audit: label and words."""
    places = audit.graph.places
    if places.sha256:
        yield "Input", f"{places.file}, sha256 {places.sha256[:16]}"
    count = counted(len(audit.outcomes) + len(audit.crashes), "rule")
    yield "Made by", f"interagency {version()}, {count}, rule set {audit.rule_set}"


def version() -> str:
    """The version of this library."""
    from interagency import __version__

    return __version__


def not_stated(graph: PlanGraph) -> str:
    """How much the plan leaves open of what rules look at, in words; '' where nothing."""
    agencies, handoffs = graph.agencies, graph.handoffs
    asked = (
        ("sector", "agency", "agencies", [a.sector is None for a in agencies]),
        ("groups served", "agency", "agencies", [a.accepts is None for a in graph.providers]),
        ("funding", "agency", "agencies", [a.means is None for a in graph.providers]),
        ("time limit", "handoff", "handoffs", [h.within is None for h in handoffs]),
        ("legal or other basis", "handoff", "handoffs", [h.basis is None for h in handoffs]),
    )
    open_ones = [
        f"{what} of {sum(silent)} of {counted(len(silent), one, many)}"
        for what, one, many, silent in asked
        if any(silent)
    ]
    return "; ".join(open_ones)


def summary(audit: Audit) -> str:
    """The outcome in a sentence."""
    if not audit.assessed:
        return "Nothing was assessed: the plan names no agency or no handoff that is there."
    gaps, questions = counted(len(audit.gaps), "gap"), counted(len(audit.questions), "question")
    text = f"{gaps}; {questions} that the sources leave open"
    if audit.waived:
        text += f"; {counted(len(audit.waived), 'finding')} waived by the plan"
    if audit.crashes:
        text += f"; {counted(len(audit.crashes), 'rule')} fell over, so this audit is incomplete"
    return text + "."


def met_by(audit: Audit) -> Iterator[tuple[str, str]]:
    """Rules that found nothing wrong, then rules with nothing to look at: name and words."""
    for outcome in audit.outcomes:
        if outcome.applies and not outcome.gaps and not outcome.questions:
            yield f"{outcome.rule.code} {outcome.rule.name}", f"met {outcome.met} of {outcome.met}"
    for outcome in audit.outcomes:
        if not outcome.applies:
            yield f"{outcome.rule.code} {outcome.rule.name}", "the plan holds nothing it looks at"


def closed_by(finding: Finding, graph: PlanGraph) -> str:
    """Which handoffs the plan speaks of would close a gap, and why they are not there."""
    told = []
    for handoff_id in finding.closed_by:
        handoff = graph.handoff(handoff_id)
        ends = f"{graph.name(handoff.sender)} → {graph.name(handoff.receiver)}"
        told.append(f"{handoff_id} ({ends}) {graph.why_absent(handoff)}")
    return "; ".join(told)
