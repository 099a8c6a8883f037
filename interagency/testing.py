"""For those who write rules: check that a rule does what its own page says."""

from __future__ import annotations

import inspect
from pathlib import Path

from interagency import formats
from interagency.engine import Audit, Flag, Rule, State, run
from interagency.graph import PlanGraph
from interagency.model import Plan
from interagency.vocabulary import Completeness

SECTIONS = ("Why it matters", "What it looks at", "When it is no trouble", "Broken", "Mended")
"""What the page of a rule has, in this order, under a first line that names the trouble."""


def check_examples(rule: Rule) -> None:
    """Check a rule against its page: every section is there, and both examples are as told.

    The rule finds trouble in its broken example and none in its mended one, where it looks at
    something all the same. In a plan that is only partial the broken example is a question, unless
    the rule rests on what the plan states.

    Raises:
        AssertionError: the page and the rule do not agree; it says how.
    """
    _check_page(rule)
    broken, mended = _plan(rule, "Broken"), _plan(rule, "Mended")
    found = _audit(rule, broken)
    _hold(bool(found.findings), rule, "finds nothing wrong with its broken example")
    for finding in found.findings:
        _hold(bool(finding.mend.strip()), rule, "does not say how to mend what it found")
        _hold(finding.about != (), rule, "does not say what its finding is about")
    quiet = _audit(rule, mended)
    wrong = "; ".join(f.message for f in quiet.findings)
    _hold(not quiet.findings, rule, f"still finds trouble in its mended example: {wrong}")
    _check_partial(rule, broken, found)


def _check_page(rule: Rule) -> None:
    stem = Path(inspect.getfile(rule.check)).stem
    _hold(stem == rule.name.replace("-", "_"), rule, f"is in a file called {stem}.py")
    _hold(bool(rule.title.strip()), rule, "has no first line that names the trouble")
    page = [heading for heading in rule.page if heading]
    _hold(page == list(SECTIONS), rule, f"has the sections {page}, not {list(SECTIONS)}")
    for heading in SECTIONS:
        _hold(bool(rule.page[heading].strip()), rule, f"says nothing under '{heading}'")


def _check_partial(rule: Rule, broken: Plan, found: Audit) -> None:
    partial = _audit(rule, _declared(broken, Completeness.PARTIAL))
    flags = {a.subject: a.stated for a in rule(PlanGraph(broken)) if isinstance(a, Flag)}
    for finding in partial.findings:
        stated = flags.get(finding.subject, False)
        expected = State.GAP if stated else State.QUESTION
        _hold(
            finding.state is expected,
            rule,
            f"gives a {finding.state} where a partial plan has a {expected}: {finding.message}",
        )
    ids = [f.id for f in found.findings]
    _hold(len(set(ids)) == len(ids), rule, f"gives two findings one id: {ids}")
    _hold(
        sorted(f.id for f in partial.findings) == sorted(ids),
        rule,
        "finds other things when the same plan is declared partial",
    )


def _plan(rule: Rule, heading: str) -> Plan:
    plan, _ = formats.read(rule.page[heading].encode(), f"{rule.name}, {heading}.yaml")
    return _declared(plan, Completeness.COMPLETE)


def _declared(plan: Plan, completeness: Completeness) -> Plan:
    facts = plan.facts.model_copy(update={"completeness": completeness})
    return plan.model_copy(update={"facts": facts})


def _audit(rule: Rule, plan: Plan) -> Audit:
    audit = run(PlanGraph(plan), [rule])
    for crash in audit.crashes:
        raise AssertionError(f"{rule.name} fell over on its example: {crash.reason}\n{crash.trace}")
    return audit


def _hold(holds: bool, rule: Rule, otherwise: str) -> None:
    if not holds:
        raise AssertionError(f"The rule {rule.name} {otherwise}.")
