"""An audit as SARIF 2.1.0, which editors and code hosts show beside the line."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from interagency.engine import Audit, Finding, Rule, Severity, State
from interagency.order import troubles
from interagency.reports._words import accepted, version

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVEL = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}


def report(audit: Audit) -> str:
    """The audit as SARIF, with a line break at the end."""
    rules = [o.rule for o in audit.outcomes]
    index = {r.code: i for i, r in enumerate(rules)}
    results = [
        _result(f, index, rank) for rank, item in enumerate(troubles(audit), 1) for f in item.whole
    ]
    if audit.waived:  # of all results or of none, says the standard
        for result in results:
            result["suppressions"] = []
    for waived in audit.waived:
        results.append(
            {
                **_result(waived.finding, index, 0),
                "suppressions": [{"kind": "inSource", "justification": accepted(waived.waiver)}],
            }
        )
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "interagency",
                "version": version(),
                "semanticVersion": version(),
                "rules": [_rule(r) for r in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not audit.crashes,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": _literal(f"{c.code} {c.rule} fell over: {c.reason}")},
                    }
                    for c in audit.crashes
                ],
            }
        ],
        "results": results,
        "properties": {
            "plan": audit.graph.plan.facts.id,
            "asOf": str(audit.graph.view.as_of or ""),
            "completeness": audit.graph.plan.facts.completeness.value,
            "ruleSet": audit.rule_set,
            "inputSha256": audit.graph.places.sha256,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": [p.value for p in rule.pillars],
            "severity": rule.severity.value,
            "requirements": list(rule.requirements),
        },
    }
    why = rule.page.get("Why it matters", "").strip()
    if why:
        told["fullDescription"] = {"text": " ".join(why.split())}
    return told


def _result(finding: Finding, index: dict[str, int], rank: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "ruleId": finding.code,
        # A question is open, not failed: SARIF's word for "too little is known to decide whether
        # there is a problem"; level none goes with it.
        "kind": "fail" if finding.state is State.GAP else "open",
        "level": _LEVEL[finding.severity] if finding.state is State.GAP else "none",
        "message": {"text": _literal(f"{finding.message} {finding.mend}")},
        "partialFingerprints": {"interagency/v1": f"{finding.id} {finding.state}"},
        "locations": [_location(finding)],
        "properties": {
            "state": finding.state.value,
            "severity": finding.severity.value,
            "rankAmongTroubles": rank,
            "requirements": list(finding.requirements),
        },
    }
    if finding.code in index:
        told["ruleIndex"] = index[finding.code]
    return told


def _literal(text: str) -> str:
    r"""Text that stands for itself: in a SARIF message {0} is a place and [x](y) is a link.

    >>> _literal("{0} [here](https://example.org)")
    '{{0}} \\[here\\](https://example.org)'
    """
    text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _location(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "logicalLocations": [
            {"name": n.ref.id or n.ref.kind.value, "kind": n.ref.kind.value,
             "fullyQualifiedName": str(n.ref)}
            for n in finding.about
        ]
    }  # fmt: skip
    if finding.at:
        told["physicalLocation"] = {
            "artifactLocation": {"uri": quote(str(PurePosixPath(finding.at.file)))},
            "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
        }
    return told
