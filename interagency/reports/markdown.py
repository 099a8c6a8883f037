"""An audit as Markdown, for a memo, a wiki or an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interagency.engine import Audit, Finding, State
from interagency.order import Item, troubles
from interagency.places import Kind
from interagency.reports._words import (
    accepted,
    closed_by,
    looked_at,
    made_by,
    met_by,
    summary,
    told_with,
)

# Everything that Markdown, or HTML within it, would take for more than a letter.
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@-])")
# What only starts a list or a link: "1." at the beginning, "www." and "://".
_BEGINS = re.compile(r"^(\d+)(\.)|(www)(\.)|()(:)(?=//)", re.IGNORECASE)


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> print(escaped("R&D <b> [x] | a_b"))
    R\&D \<b\> \[x\] \| a\_b
    """
    plain = _ACTIVE.sub(r"\\\1", " ".join(text.split()))
    return _BEGINS.sub(
        lambda m: "\\".join(filter(None, m.groups())) if m[1] or m[3] else "\\:", plain
    )


def report(audit: Audit) -> str:
    """The audit as Markdown."""
    lines = [f"# Audit: {escaped(audit.graph.plan.facts.title)}", ""]
    for label, words in (*looked_at(audit.graph), *made_by(audit)):
        lines.append(f"- **{label}:** {escaped(words)}")
    lines += ["", f"**{escaped(summary(audit))}**", ""]
    for crash in audit.crashes:
        lines += [
            f"- **Rule fell over:** {escaped(f'{crash.code} {crash.rule}: {crash.reason}')}",
            "",
        ]
    headings = {State.GAP: "Gaps", State.QUESTION: "Questions that the sources leave open"}
    for state in State:
        found = [i for i in troubles(audit) if i.state is state]
        if found:
            lines += [f"## {headings[state]}", ""]
        for number, item in enumerate(found, 1):
            lines += [*_item(number, item, audit), ""]
    met = list(met_by(audit))
    if met:
        lines += ["## In order, or nothing to look at", "", "| rule | |", "|---|---|"]
        lines += [f"| {escaped(name)} | {escaped(words)} |" for name, words in met]
        lines.append("")
    if audit.waived:
        lines += ["## Waived by the plan", ""]
        for w in audit.waived:
            told = f"{w.finding.id}: {w.finding.message} {accepted(w.waiver)}"
            lines.append(f"- {escaped(told)}")
        lines.append("")
    return "\n".join(lines)


def _item(number: int, item: Item, audit: Audit) -> Iterator[str]:
    yield f"### {number}. {escaped(f'{item.code} {item.rule}')} ({item.severity})"
    yield ""
    for finding in item.findings:
        yield f"- {escaped(finding.message)}{_place(finding)}"
        if closers := closed_by(finding, audit.graph):
            yield f"  The plan speaks of it: {escaped(closers)}."
    yield ""
    first = "To do" if item.state is State.GAP else "If nobody does"
    yield f"**{first}:** {escaped(item.lead.mend)}"
    for words, cases in told_with(item):
        told = ", ".join(f"{c.code} {c.rule}" for c in cases)
        yield f"{words}: {escaped(told)}."
    if item.symptoms:
        told = ", ".join(f"{s.code} {s.rule}" for s in item.symptoms)
        yield f"The same handoff would close: {escaped(told)}."
    yield ""
    rests = f" Rests on {', '.join(item.lead.requirements)}." if item.lead.requirements else ""
    yield escaped(f"Stands here because: {item.because}.{rests}")


def _place(finding: Finding) -> str:
    ids = [n.ref.id for n in finding.about if n.ref.kind is not Kind.PLAN]
    told = "; ".join(filter(None, (", ".join(ids), str(finding.at or ""))))
    return f" ({escaped(told)})" if told else ""
