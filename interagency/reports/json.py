"""An audit as JSON, and the JSON Schema of it."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from interagency.engine import Audit, Finding, Severity, State
from interagency.graph import PlanGraph
from interagency.order import troubles
from interagency.places import Location
from interagency.reports._words import version
from interagency.vocabulary import Completeness, HandoffKind, Need, Pillar, Stage


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Place(_Part):
    """Where something was written; lines and columns count from 1."""

    file: str
    line: int
    column: int


class AboutPart(_Part):
    """A thing of the plan."""

    kind: Literal["plan", "source", "agency", "handoff", "waiver"]
    id: str
    name: str


class ExpectedPart(_Part):
    """A handoff that would close a gap."""

    sender: str = Field(serialization_alias="from")
    receiver: str = Field(serialization_alias="to")
    kind: HandoffKind
    pillars: tuple[Pillar, ...]
    stage: Stage | None
    what: str
    needs: tuple[Need, ...]


class FindingPart(_Part):
    """One finding."""

    id: str
    """Stable: the code and the subject."""
    rank: int
    """Which trouble it belongs to; 1 is to be mended first. Several findings share one."""
    symptom: bool
    """Whether it would go with the same handoff that mends another rule's finding."""
    case_of: str | None
    """Name of the rule of which its own is a special case; null where it stands for itself."""
    because: str
    """Why the trouble stands where it stands."""
    state: State
    """gap: the plan says so, or is complete and silent; question: partial and silent."""
    severity: Severity
    rule: str
    code: str
    pillars: tuple[Pillar, ...]
    message: str
    mend: str
    about: tuple[AboutPart, ...]
    at: Place | None
    expected: tuple[ExpectedPart, ...]
    """Handoffs any one of which would close it, the likeliest first."""
    lacking: tuple[str, ...]
    """What else is needed where no handoff can close it."""
    path: tuple[str, ...]
    """Ids of the handoffs of a way that proves it."""
    closed_by: tuple[str, ...]
    """Handoffs the plan speaks of that would close it, were they there."""
    requirements: tuple[str, ...]
    """Ids in the reference standards."""


class WaivedPart(_Part):
    """A finding that the plan accepts."""

    finding: FindingPart
    because: str
    owner: str | None
    until: str | None
    """null: it never ends."""


class OutcomePart(_Part):
    """What a rule answered in all."""

    rule: str
    code: str
    gaps: int
    questions: int
    met: int
    applies: bool


class CrashPart(_Part):
    """A rule that fell over."""

    rule: str
    code: str
    reason: str


class LookedAt(_Part):
    """What was assessed."""

    plan: str
    title: str
    as_of: str | None
    completeness: Completeness
    pillars: tuple[Pillar, ...]
    """Empty: all of them."""
    groups: tuple[str, ...]
    """Empty: everyone."""
    agencies: int
    handoffs: int
    absent: tuple[str, ...]
    """Handoffs the plan speaks of that are not there."""


class AuditReport(_Part):
    """An audit of a plan."""

    version: Literal[1]
    """The version of this form."""
    made_by: str
    """Program and version."""
    rule_set: str
    """A fingerprint of the rules that were asked."""
    settings: str
    """What chose and changed the rules, in words; empty where nothing did."""
    input_sha256: str | None
    """The fingerprint of the plan file; null for a plan built in Python."""
    looked_at: LookedAt
    assessed: bool
    """False where there was nothing to look at: then no finding is no good news."""
    findings: tuple[FindingPart, ...]
    waived: tuple[WaivedPart, ...]
    outcomes: tuple[OutcomePart, ...]
    crashes: tuple[CrashPart, ...]


def report(audit: Audit) -> str:
    """The audit as JSON, with a line break at the end."""
    made = AuditReport(
        version=1,
        made_by=f"interagency {version()}",
        rule_set=audit.rule_set,
        settings=audit.settings,
        input_sha256=audit.graph.places.sha256 or None,
        looked_at=_looked_at(audit.graph),
        assessed=audit.assessed,
        findings=tuple(
            _finding(finding, rank, item.because, symptom=finding in item.symptoms)
            for rank, item in enumerate(troubles(audit), 1)
            for finding in item.whole
        ),
        waived=tuple(
            WaivedPart(
                finding=_finding(w.finding, 0, "waived"),
                because=w.waiver.because,
                owner=w.waiver.owner,
                until=str(w.waiver.until) if w.waiver.until else None,
            )
            for w in audit.waived
        ),
        outcomes=tuple(
            OutcomePart(
                rule=o.rule.name,
                code=o.rule.code,
                gaps=o.gaps,
                questions=o.questions,
                met=o.met,
                applies=o.applies,
            )
            for o in audit.outcomes
        ),
        crashes=tuple(CrashPart(rule=c.rule, code=c.code, reason=c.reason) for c in audit.crashes),
    )
    tree = made.model_dump(mode="json", by_alias=True)
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def audit_schema() -> dict[str, Any]:
    """The JSON Schema of :func:`report`."""
    schema = AuditReport.model_json_schema(mode="serialization", by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:interagency:audit:1",
        **schema,
    }


def _looked_at(graph: PlanGraph) -> LookedAt:
    facts, view = graph.plan.facts, graph.view
    return LookedAt(
        plan=facts.id,
        title=facts.title,
        as_of=str(view.as_of) if view.as_of else None,
        completeness=facts.completeness,
        pillars=tuple(p for p in Pillar if view.pillars is not None and p in view.pillars),
        groups=tuple(sorted(view.groups)),
        agencies=len(graph.agencies),
        handoffs=len(graph.handoffs),
        absent=tuple(h.id for h in graph.absent),
    )


def _finding(finding: Finding, rank: int, because: str, *, symptom: bool = False) -> FindingPart:
    return FindingPart(
        id=finding.id,
        rank=rank,
        symptom=symptom,
        because=because,
        state=finding.state,
        severity=finding.severity,
        rule=finding.rule,
        code=finding.code,
        pillars=finding.pillars,
        message=finding.message,
        mend=finding.mend,
        about=tuple(
            AboutPart(kind=n.ref.kind.value, id=n.ref.id, name=n.name) for n in finding.about
        ),
        at=_place(finding.at),
        expected=tuple(
            ExpectedPart(
                sender=e.sender,
                receiver=e.receiver,
                kind=e.kind,
                pillars=e.pillars,
                stage=e.stage,
                what=e.what,
                needs=e.needs,
            )
            for e in finding.expected
        ),
        lacking=finding.lacking,
        path=finding.paths,
        closed_by=finding.closed_by,
        requirements=finding.requirements,
        case_of=finding.case_of or None,
    )


def _place(at: Location | None) -> Place | None:
    return Place(file=at.file, line=at.line, column=at.column) if at else None
