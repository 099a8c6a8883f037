"""What is proposed closes its finding, opens none as grave, and is no guarded handoff."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from strategies import plans

import interagency as ia
from interagency.catalogue import plan_names
from interagency.engine import Severity
from interagency.formats import read
from interagency.graph import PlanGraph
from interagency.guards import may_hear_back, tells_of_persons, violates
from interagency.rules import by_name
from interagency.suggestions import Suggestion, fragment, pasted


def held(audit: ia.Audit, proposals: tuple[Suggestion, ...]) -> None:
    """The property: each proposal, added alone, closes its finding and opens none as grave.

    What it opens that is less grave, it says.
    """
    before = {f.id for f in audit.findings}
    for proposal in proposals:
        if not proposal.handoffs:
            assert proposal.needed, proposal.finding.id
            continue
        for handoff in proposal.handoffs:
            assert violates(audit.graph, handoff) == ()
        grown = audit.graph.with_handoffs(proposal.handoffs)
        found = ia.audit(grown, waivers=False).findings
        assert proposal.finding.id not in {f.id for f in found}
        for opened in (f for f in found if f.id not in before):
            assert opened.severity < proposal.finding.severity
            assert f"{opened.code} {opened.rule}" in proposal.because


@pytest.mark.parametrize("name", plan_names())
def test_proposals_for_real_plans_hold(name: str) -> None:
    audit = ia.audit(ia.load(name))
    proposals = ia.suggest(audit)
    held(audit, proposals)
    assert [p.finding.id for p in proposals] == [f.id for f in audit.findings]
    assert any(p.handoffs for p in proposals)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(max_agencies=4, max_handoffs=5))
def test_word_on_a_person_goes_back_to_nobody_who_may_not_hear_it(plan: ia.Plan) -> None:
    audit = ia.audit(plan, waivers=False)
    for handoff in (h for s in ia.suggest(audit) for h in s.handoffs):
        if handoff.kind == "feedback" and handoff.proposed:
            assert may_hear_back(audit.graph, handoff.receiver, handoff.sender)
            assert "consent" in handoff.needs


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(max_agencies=4, max_handoffs=5))
def test_proposals_for_any_plan_hold(plan: ia.Plan) -> None:
    audit = ia.audit(plan, waivers=False)
    held(audit, ia.suggest(audit))


def test_a_fragment_can_be_pasted_into_the_plan() -> None:
    graph = ia.load("thailand")
    audit = ia.audit(graph)
    text = fragment(graph, ia.suggest(audit))
    tree = yaml.safe_load(text)
    own = {h.id for h in graph.plan.handoffs}
    new = [h["id"] for h in tree["handoffs"]]
    assert len(set(new)) == len(new)
    assert not own & set(new)
    body = text.split("handoffs:\n", 1)[1].split("\n# No single")[0]
    pasted, _ = read(_file(graph) + body.encode(), "plan.yaml")
    assert len(pasted.handoffs) == len(graph.plan.handoffs) + len(new)
    closed = {p.finding.id for p in ia.suggest(audit) if p.handoffs}
    after = {f.id for f in ia.audit(ia.PlanGraph(pasted)).findings}
    assert not closed & after


def _file(graph: ia.PlanGraph) -> bytes:
    from interagency.formats import write

    data = write(graph.plan, "plan.yaml")
    assert data.index(b"\nhandoffs:\n") > data.index(b"\nagencies:\n")
    return data


def test_what_no_handoff_can_close_says_what_is_needed() -> None:
    audit = ia.audit(ia.load("thailand"))
    by_id = {p.finding.id: p for p in ia.suggest(audit)}
    clock = by_id["G26:police"]
    assert clock.handoffs == ()
    assert clock.needed == ("a time limit with a number",)


def test_the_ends_that_already_work_together_come_first() -> None:
    proposals = {p.finding.id: p for p in ia.suggest(ia.audit(ia.load("thailand")))}
    assert proposals["G01:provincial"].because == "the two already work with one another"
    assert proposals["G01:provincial"].handoffs[0].receiver == "police"


def test_what_must_travel_comes_from_the_requirements() -> None:
    proposals = {p.finding.id: p for p in ia.suggest(ia.audit(ia.load("thailand")))}
    needs = proposals["G01:navy"].handoffs[0].needs
    assert {"consent", "language", "indicators"} <= set(needs)


def test_an_audit_without_findings_has_an_empty_fragment() -> None:
    graph = ia.load("thailand")
    assert yaml.safe_load(fragment(graph, ())) == {"handoffs": []}


DECIDED = """
format: 1
plan: {id: p, title: Decided, as_of: 2024, completeness: complete}
agencies:
  - {id: panel, name: Panel, roles: [identification_authority]}
  - {id: court, name: Court, sector: judiciary}
handoffs:
  - {id: told, from: panel, to: person, pillars: [protect], kind: decision, stage: identification,
     within: {max: P5D}, needs: [language]}
"""


def test_a_line_that_lacks_something_is_mended_and_drawn_beside_what_it_is() -> None:
    plan, _ = read(DECIDED.encode(), "plan.yaml")
    audit = ia.audit(plan, [by_name("G07")])
    (proposal,) = ia.suggest(audit)
    (mended,) = proposal.handoffs
    own = plan.handoffs[0]
    assert (mended.id, mended.within, mended.proposed) == ("told", own.within, False)
    assert mended.needs == ("language", "written_record", "appeal")
    text = fragment(audit.graph, (proposal,))
    assert yaml.safe_load(text) == {"handoffs": []}
    assert "#     write on the line told (the plan has the line told, which lacks this):" in text
    assert "#     needs: written_record, appeal" in text
    drawn, closing = pasted(audit.graph, (proposal,))
    assert closing == {"G07:panel": ("told-mended",)}
    assert [h.id for h in drawn.handoffs] == ["told", "told-mended"]
    assert not drawn.handoff("told").proposed
    assert drawn.handoff("told-mended").proposed


@pytest.mark.parametrize("name", plan_names())
def test_consent_is_asked_for_where_others_are_told_of_a_person(name: str) -> None:
    audit = ia.audit(ia.load(name))
    for handoff in (h for s in ia.suggest(audit) for h in s.handoffs if h.proposed):
        if not tells_of_persons(handoff) or "person" in (handoff.sender, handoff.receiver):
            assert "consent" not in handoff.needs, handoff
        elif handoff.kind in ("referral", "notification", "feedback"):
            assert "consent" in handoff.needs, handoff
        if handoff.stage == "system" and handoff.kind in ("information_sharing", "reporting"):
            assert handoff.data == "anonymous", handoff


LESS_GRAVE = """
format: 1
plan: {id: p, title: P, as_of: 2024, completeness: complete}
agencies:
  - {id: social, name: Social office, roles: [detecting_agency], interviews: true}
  - {id: panel, name: Panel, roles: [identification_authority], interviews: false}
  - {id: house, name: House, functions: [emergency_accommodation], interviews: true}
handoffs:
  - {from: person, to: panel, pillars: [protect], kind: complaint}
  - {id: in, from: panel, to: house, pillars: [protect], kind: referral}
  - {from: house, to: panel, pillars: [protect], kind: feedback}
"""


def test_what_opens_only_something_less_grave_is_proposed_and_says_so() -> None:
    """A person who comes to nobody is not left there because the house would ask once more."""
    graph = PlanGraph(*read(LESS_GRAVE.encode(), "p.yaml"))
    rules = [by_name("G01"), by_name("G20").configured(at_most=1)]
    audit = ia.audit(graph, rules)
    assert [f.id for f in audit.findings] == ["G01:social"]
    (proposal,) = ia.suggest(audit)
    assert proposal.handoffs[0].id == "social-panel"
    assert proposal.because.endswith("see to what it opens: G20 asked-again-and-again (medium)")
    (grave,) = ia.suggest(
        ia.audit(graph, [rules[0], replace(rules[1], severity=Severity.CRITICAL)])
    )
    assert not grave.handoffs
    assert any("would open G20 asked-again-and-again" in text for text in grave.needed)


def test_word_back_goes_with_the_line_that_the_plan_has() -> None:
    """The line is only to hold from now on, so its own id is the one that is there."""
    text = LESS_GRAVE + (
        "  - {id: own, from: social, to: panel, pillars: [protect], kind: referral,"
        " status: planned}\n"
    )
    audit = ia.audit(PlanGraph(*read(text.encode(), "p.yaml")), [by_name("G01")])
    (proposal,) = ia.suggest(audit)
    line, back = proposal.handoffs
    assert (line.id, back.inferred) == ("own", "the whole line: goes with own")
    told = fragment(audit.graph, [proposal])
    assert "# with the line own, see below: closes G01:social" in told
    assert told.count("closes G01:social") == 1
