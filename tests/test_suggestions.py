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
    assert proposals["G08:provincial"].because == "the two already work with one another"


def test_for_identification_who_does_not_investigate_comes_first() -> None:
    """The two already work with one another; all the same the police would decide alone."""
    proposals = {p.finding.id: p for p in ia.suggest(ia.audit(ia.load("thailand")))}
    assert proposals["G01:provincial"].handoffs[0].receiver == "mdt"


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
        asked = handoff.kind == "joint_action" or handoff.stage in ("prosecution", "investigation")
        if "person" in (handoff.sender, handoff.receiver):
            assert "consent" not in handoff.needs, handoff
            assert "language" in handoff.needs, handoff
        elif not tells_of_persons(handoff):
            assert asked or "consent" not in handoff.needs, handoff
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


def of(text: str, *codes: str) -> dict[str, Suggestion]:
    """What is proposed for a small complete plan, by finding."""
    head = "format: 1\nplan: {id: p, title: P, as_of: 2024, completeness: complete}\n"
    plan, _ = read((head + text).encode(), "p.yaml")
    return {s.finding.id: s for s in ia.suggest(ia.audit(plan, [by_name(c) for c in codes]))}


UNTOLD = """
agencies:
  - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
  - {id: court, name: Court, sector: judiciary}
handoffs: []
"""


def test_whoever_decides_gives_it_in_writing_and_no_limit_is_set_on_the_appeal() -> None:
    appeal, decision = of(UNTOLD, "G07")["G07:police"].handoffs
    assert (decision.sender, decision.receiver, decision.kind) == ("police", "person", "decision")
    assert {"written_record", "appeal", "language"} <= set(decision.needs)
    assert (appeal.sender, appeal.kind, appeal.within) == ("person", "complaint", None)
    assert "language" in appeal.needs


@pytest.mark.parametrize("name", plan_names())
def test_no_time_limit_is_set_on_what_a_person_may_do(name: str) -> None:
    for proposal in ia.suggest(ia.audit(ia.load(name))):
        for handoff in (h for h in proposal.handoffs if h.proposed):
            free = (handoff.kind, handoff.stage) == ("complaint", "compensation")
            free = free or handoff.sender in ("person", "public")
            assert (handoff.within is None) is free, handoff


UNHEARD = """
agencies:
  - {id: dpp, name: Prosecutor, sector: prosecution}
  - {id: welfare, name: Social services, roles: [case_manager]}
handoffs:
  - {from: dpp, to: welfare, pillars: [prosecute], kind: information_sharing, stage: prosecution}
"""


def test_what_a_victim_wishes_to_say_is_never_passed_on_without_the_name_or_consent() -> None:
    (line, *_) = of(UNHEARD, "P06")["P06:victim-heard"].handoffs
    assert (line.data, line.sender) == (None, "welfare")
    assert {"consent", "confidentiality"} <= set(line.needs)


FIRST = """
agencies:
  - {id: away, name: Aliens office, sector: immigration_authority, roles: [detecting_agency],
     functions: [removal]}
  - {id: police, name: Police, sector: law_enforcement, roles: [detecting_agency]}
  - {id: refuge, name: Refuge, roles: [detecting_agency, service_provider]}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs: []
"""


def test_rights_are_explained_by_each_first_contact_and_those_who_help_come_first() -> None:
    lines = of(FIRST, "G18")["G18:rights"].handoffs
    assert [h.sender for h in lines] == ["refuge", "police", "away"]
    assert all("language" in h.needs and h.receiver == "person" for h in lines)


def test_a_case_goes_to_who_does_not_investigate_where_there_is_somebody() -> None:
    both = FIRST.replace("sector: law_enforcement, roles: [detecting_agency]",
                         "sector: law_enforcement, roles: [identification_authority]")  # fmt: skip
    made = of(both, "G01")["G01:refuge"]
    assert made.handoffs[0].receiver == "panel"
    assert "to Panel." in made.finding.mend
    alone = both.replace("Panel, roles: [identification_authority]", "Panel, roles: []")
    made = of(alone, "G01")["G01:refuge"]
    assert made.handoffs[0].receiver == "police"
    assert "Better still, to a panel" in made.finding.mend


ASKED = """
agencies:
  - {id: border, name: Border police, sector: border_control, roles: [detecting_agency],
     interviews: true}
  - {id: refuge, name: Refuge, sector: ngo_service_provider, interviews: true}
  - {id: police, name: Police, sector: law_enforcement, functions: [evidence_collection]}
handoffs:
  - {from: border, to: refuge, pillars: [protect], kind: referral}
  - {from: refuge, to: police, pillars: [protect], kind: referral}
"""


def test_no_interview_is_shared_with_those_who_help() -> None:
    """The refuge asks what somebody needs: that is no statement to the police."""
    proposal = of(ASKED, "G20")["G20:police"]
    ends = {(e.sender, e.receiver) for e in proposal.finding.expected}
    assert ends == {("border", "police")}
    assert "Refuge asks in order to help is no statement" in proposal.finding.mend
    for handoff in proposal.handoffs:
        assert {"consent", "language"} <= set(handoff.needs)


def test_where_only_one_takes_statements_nobody_is_asked_to_share_an_interview() -> None:
    helping = ASKED.replace("sector: border_control", "sector: health")
    proposal = of(helping, "G20")["G20:police"]
    assert (proposal.finding.expected, proposal.handoffs) == ((), ())
    assert proposal.needed[0].startswith("who asks what, agreed on between: Border police, Refuge")


def test_a_court_shares_no_interview_with_a_party() -> None:
    court = ASKED.replace(
        "sector: law_enforcement, functions: [evidence", "sector: judiciary, functions: [evidence"
    )
    kinds = {e.kind.value for e in of(court, "G20")["G20:police"].finding.expected}
    assert kinds == {"evidence_transfer"}


SILO = """
agencies:
  - {id: asylum, name: Asylum office, sector: asylum_authority, roles: [detecting_agency]}
  - {id: panel, name: Panel, roles: [identification_authority]}
handoffs: []
"""


def test_what_is_closed_as_well_is_closed_once_all_that_is_written_is_pasted() -> None:
    """The way to the panel closes the first finding, and only the half of the second."""
    audit = ia.audit(read(_head(SILO), "p.yaml")[0], [by_name("G01"), by_name("G13")])
    assert [f.id for f in audit.findings] == ["G01:asylum", "G13:asylum"]
    text = fragment(audit.graph, ia.suggest(audit))
    assert "G13:asylum (asylum-silo, high): closed by" not in text
    pasted_plan, _ = read(_head(SILO).replace(b"handoffs: []\n", text.encode()), "p.yaml")
    assert not ia.audit(pasted_plan, [by_name("G01"), by_name("G13")]).findings


def _head(text: str) -> bytes:
    return (
        b"format: 1\nplan: {id: p, title: P, as_of: 2024, completeness: complete}" + text.encode()
    )


@pytest.mark.parametrize("name", plan_names())
def test_all_proposals_pasted_together_close_all_that_they_are_said_to_close(name: str) -> None:
    audit = ia.audit(ia.load(name))
    proposals = ia.suggest(audit)
    graph, _ = pasted(audit.graph, proposals)
    closed = {(p.finding.id, p.finding.message) for p in proposals if p.handoffs}
    assert not closed & {(f.id, f.message) for f in ia.audit(graph).findings}


RIVALS = """
agencies:
  - {id: federal, name: Federal police,
     functions: [victim_identification, criminal_investigation]}
  - {id: state, name: State police, functions: [victim_identification, criminal_investigation]}
handoffs: []
"""


def test_a_rule_on_one_task_does_not_pass_for_a_rule_on_another() -> None:
    made = of(RIVALS, "G28")
    told = {key: [h.what for h in proposal.handoffs] for key, proposal in made.items()}
    assert told == {
        "G28:victim_identification": ["who does what in victim identification"],
        "G28:criminal_investigation": ["who does what in criminal investigation"],
    }
