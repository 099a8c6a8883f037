"""Words that more than one report uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from interagency.engine import Audit, Finding, State, listed
from interagency.graph import PlanGraph
from interagency.model import Waiver
from interagency.order import Item, troubles

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
    yield "As of", _as_of(graph)
    if view.pillars is not None:
        yield "Only", ", ".join(sorted(view.pillars))
    if view.groups:
        yield "For", "persons who are " + " and ".join(sorted(g.label for g in view.groups))
    if view.focus:
        yield "About", ", ".join(sorted(map(graph.name, view.focus)))
    if view.without:
        yield "Without", ", ".join(sorted(map(graph.name, view.without)))
    there = f"{counted(len(graph.agencies), 'agency', 'agencies')}, "
    there += counted(len(graph.handoffs), "handoff")
    if graph.absent:
        there += f"; {counted(len(graph.absent), 'handoff')} spoken of and not there"
    yield "Looked at", there
    proposals = sum(h.proposed for h in graph.handoffs)
    if proposals:
        told = counted(proposals, "handoff")
        yield "Proposals", f"{told} nobody has agreed to yet; counted as if agreed"
    if silent := not_stated(graph):
        yield "Not written" if graph.complete else "Not stated", silent
    if graph.complete:
        yield "Silence", "the plan is declared complete: what is not written is absent"
    else:
        yield "Silence", "the plan is declared partial: what is not written is not stated"


def _as_of(graph: PlanGraph) -> str:
    """The date, and what it means where it is not the plan's own."""
    date, own = graph.view.as_of, graph.plan.facts.as_of
    if date is None:
        return "any time"
    told = f"the end of {date}"
    if date == own:
        return told
    undated = sum(h.since is None for h in graph.plan.handoffs)
    later = "; it says nothing of what came after" if date.last > own.last else ""
    return (
        f"{told}; the plan describes {own}{later}, and {undated} of "
        f"{counted(len(graph.plan.handoffs), 'handoff')} have no 'since': taken as holding then"
    )


def made_by(audit: Audit) -> Iterator[tuple[str, str]]:
    """Which inputs, versions and rules made an audit: label and words."""
    places = audit.graph.places
    if places.sha256:
        yield "Input", f"{places.file}, sha256 {places.sha256[:16]}"
    if audit.settings:
        yield "Settings", audit.settings
    if endless := endless_waivers(audit):
        yield "Waivers", f"without an end (until): {'; '.join(endless)}"
    count = counted(len(audit.outcomes) + len(audit.crashes), "rule")
    yield "Made by", f"interagency {version()}, {count}, rule set {audit.rule_set}"


def endless_waivers(audit: Audit) -> tuple[str, ...]:
    """The waivers that waive something and never end, in words."""
    waivers = dict.fromkeys(w.waiver for w in audit.waived if w.waiver.until is None)
    return tuple(sorted(f"{w.rule} for {listed(w.about)}" for w in waivers))


def accepted(waiver: Waiver) -> str:
    """Why, by whom and until when a finding is accepted.

    >>> accepted(Waiver(rule="G08", about=["shelter"], because="It moves", until=2027))
    'Because: It moves. Accepted by nobody who is named, until 2027.'
    """
    because = waiver.because.rstrip(".")
    end = f", until {waiver.until}" if waiver.until else " and for ever: give it an end (until)"
    return f"Because: {because}. Accepted by {waiver.owner or 'nobody who is named'}{end}."


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
        (
            "legal or other basis",
            "handoff",
            "handoffs",
            [not graph.prescribed(h) for h in handoffs],
        ),
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
    states = Counter(item.state for item in troubles(audit))
    text = (
        f"{gaps}{_in(len(audit.gaps), states[State.GAP])}; {questions}"
        f"{_in(len(audit.questions), states[State.QUESTION])} that the sources leave open"
    )
    if audit.waived:
        text += f"; {counted(len(audit.waived), 'finding')} waived by the plan"
    if audit.crashes:
        text += f"; {counted(len(audit.crashes), 'rule')} fell over, so this audit is incomplete"
    return text + "."


def _in(findings: int, troubles: int) -> str:
    return f" in {counted(troubles, 'trouble')}" if troubles != findings else ""


def met_by(audit: Audit) -> Iterator[tuple[str, str]]:
    """Rules that found nothing wrong, then rules with nothing to look at: name and words."""
    for outcome in audit.outcomes:
        if outcome.applies and not outcome.gaps and not outcome.questions:
            yield f"{outcome.rule.code} {outcome.rule.name}", f"met {outcome.met} of {outcome.met}"
    for outcome in audit.outcomes:
        if not outcome.applies:
            yield f"{outcome.rule.code} {outcome.rule.name}", "the plan holds nothing it looks at"


def told_with(item: Item) -> Iterator[tuple[str, list[Finding]]]:
    """The findings told with a trouble, under the words that say why they are."""
    later = [c for c in item.cases if c.behind == item.rule]
    if same := [c for c in item.cases if c not in later]:
        yield "The same, as a case of its own", same
    if later:
        yield "Of the same lines, to be asked once that is mended", later


def closed_by(finding: Finding, graph: PlanGraph) -> str:
    """Which handoffs the plan speaks of would close a gap, and why they are not there."""
    told = []
    for handoff_id in finding.closed_by:
        handoff = graph.handoff(handoff_id)
        ends = f"{graph.name(handoff.sender)} → {graph.name(handoff.receiver)}"
        told.append(f"{handoff_id} ({ends}) {graph.why_absent(handoff)}")
    return "; ".join(told)
