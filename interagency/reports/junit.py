"""An audit as JUnit XML, which build servers show: a test case for each rule."""

from __future__ import annotations

import re
from html import escape  # xml.sax brings in a client for the network

from interagency.engine import Audit, Finding, State
from interagency.reports._words import summary

# What XML cannot hold at all; plans have none of it, rules and errors of others may.
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(audit: Audit) -> str:
    """The audit as JUnit XML: a rule is a case; gaps fail it, questions stand in its output."""
    by_code: dict[str, list[Finding]] = {}
    for finding in audit.findings:
        by_code.setdefault(finding.code, []).append(finding)
    cases, failures, skipped = [], 0, 0
    for outcome in audit.outcomes:
        found = by_code.pop(outcome.rule.code, [])
        gaps = [f for f in found if f.state is State.GAP]
        questions = [f for f in found if f.state is State.QUESTION]
        inside = ""
        if gaps:
            failures += 1
            told = "\n".join(_told(f) for f in gaps)
            message = _quoted(f"{len(gaps)} found: {outcome.rule.title}")
            inside += f"<failure type={_quoted(outcome.rule.severity)} message={message}>"
            inside += f"{_shown(told)}</failure>"
        elif not outcome.applies:
            skipped += 1
            inside += '<skipped message="the plan holds nothing it looks at"/>'
        if questions:
            told = "\n".join(_told(f) for f in questions)
            inside += f"<system-out>{_shown('Not stated:' + chr(10) + told)}</system-out>"
        cases.append(_case(outcome.rule.code, outcome.rule.name, inside))
    for found in by_code.values():  # of no rule: waivers that waive nothing
        failures += 1
        told = "\n".join(_told(f) for f in found)
        message = _quoted(f"{len(found)} found")
        inside = f"<failure type={_quoted(found[0].severity)} message={message}>"
        cases.append(_case(found[0].code, found[0].rule, f"{inside}{_shown(told)}</failure>"))
    for crash in audit.crashes:
        inside = f"<error message={_quoted(crash.reason)}/>"
        cases.append(_case(crash.code, crash.rule, inside))
    name = _quoted(f"interagency audit of {audit.graph.plan.facts.id}")
    head = (
        f'<testsuite name={name} tests="{len(cases)}" failures="{failures}" '
        f'errors="{len(audit.crashes)}" skipped="{skipped}">'
    )
    properties = (
        f'<properties><property name="summary" value={_quoted(summary(audit))}/>'
        f'<property name="rule set" value={_quoted(audit.rule_set)}/></properties>'
    )
    body = "\n".join(cases)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{head}\n{properties}\n'
        f"{body}\n</testsuite>\n</testsuites>\n"
    )


def _case(code: str, name: str, inside: str) -> str:
    return f"<testcase classname={_quoted(code)} name={_quoted(name)}>{inside}</testcase>"


def _told(finding: Finding) -> str:
    place = f"{finding.at}: " if finding.at else ""
    return f"{place}{finding.message} {finding.mend} [{finding.id}]"


def _shown(text: str) -> str:
    """Text between tags."""
    return escape(_ILLEGAL.sub("\ufffd", text), quote=False)


def _quoted(text: str) -> str:
    """Text as an attribute's value; a reader of XML makes plain breaks and tabs into spaces."""
    text = _ILLEGAL.sub("\ufffd", text)
    for ch in "\n\r\t":
        text = text.replace(ch, f"\0{ord(ch)};")
    return f'"{escape(text)}"'.replace("\0", "&#")
