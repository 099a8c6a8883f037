"""An audit as text for people: gaps first, then questions, then what was met."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from interagency.engine import Audit, Finding, Severity, State, listed
from interagency.order import Item, troubles
from interagency.places import Kind
from interagency.reports._words import (
    accepted,
    closed_by,
    counted,
    looked_at,
    made_by,
    met_by,
    summary,
    told_with,
)

MOST_OF_A_BRIEF = 200
"""Letters of a finding's message in a brief, in whole sentences, unless its first has more."""
_COLOURS = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
}


def report(audit: Audit, *, colour: bool = False, brief: bool = False, width: int = 88) -> str:
    """The whole audit as text.

    Args:
        audit: what to tell.
        colour: whether to use terminal colours.
        brief: whether to tell of each trouble who and what, and no more.
        width: the longest line.
    """
    lines: list[str] = []
    for label, words in (*looked_at(audit.graph), *made_by(audit)):
        lines += _wrapped(f"{label + ':':<12}{words}", width, " " * 12)
    lines += ["", *(_paint(line, "1", colour) for line in _wrapped(summary(audit), width, "  "))]
    for crash in audit.crashes:
        lines += ["", _paint(f"RULE FELL OVER  {crash.code} {crash.rule}", "1;31", colour)]
        lines += _wrapped(f"  {crash.reason}", width, "  ")
    ordered = troubles(audit)
    for state in State:
        found = [item for item in ordered if item.state is state]
        if found:
            lines += ["", _paint(_heading(state, audit), "1", colour)]
        for number, item in enumerate(found, 1):
            if brief:
                lines += _line(number, item, audit, colour, width)
            else:
                lines += ["", *_item(number, item, audit, colour, width)]
    if not brief:
        lines += _rest(audit, width, colour)
    return "\n".join(lines) + "\n"


def _heading(state: State, audit: Audit) -> str:
    if state is State.QUESTION:
        return "QUESTIONS: no source in the plan states it"
    if audit.graph.complete:
        return "GAPS: the plan says so, or is declared complete and is silent"
    return "GAPS: the plan says so"


def _line(number: int, item: Item, audit: Audit, colour: bool, width: int) -> list[str]:
    tag = _paint(f"{item.severity.upper():<8}", _COLOURS[item.severity], colour)
    told = f"{item.code} {_short(item.lead.message)}"
    if others := [_subject(f, audit) for f in item.findings if f is not item.lead]:
        told += f" Likewise {listed(dict.fromkeys(others), most=4)}."
    lines = _wrapped(told, width - 13, "    ")
    first, *rest = lines
    return [f"{number:>2}. {tag} {first}", *(f"{'':13}{line}" for line in rest)]


def _short(message: str) -> str:
    """The sentences of a message that a line of a brief has room for; at least the first."""
    first, *rest = re.split(r"(?<=[.?]) (?=[A-Z])", message)
    for sentence in rest:
        if len(first) + len(sentence) >= MOST_OF_A_BRIEF:
            break
        first += f" {sentence}"
    return first


def _subject(finding: Finding, audit: Audit) -> str:
    """What a finding is about, by name where it is an agency."""
    ref = finding.about[0].ref
    if ref.kind is Kind.AGENCY:
        return audit.graph.name(ref.id)
    return ref.id if ref.kind is Kind.HANDOFF else re.sub("[-_]", " ", ref.id)


def _item(number: int, item: Item, audit: Audit, colour: bool, width: int) -> Iterator[str]:
    tag = _paint(item.severity.upper(), _COLOURS[item.severity], colour)
    yield f"{number}. {tag}  {item.code} {item.rule}  [{', '.join(item.pillars)}]"
    for finding in item.findings:
        yield from _finding(finding, audit, width)
    first = "To do" if item.state is State.GAP else "If nobody does"
    yield from _wrapped(f"   {first}: {item.lead.mend}", width, " " * 6)
    if len(item.findings) > 1:
        yield "      Likewise for the others."
    if item.lead.lacking:
        yield from _wrapped(f"   Needed: {'; '.join(item.lead.lacking)}.", width, " " * 6)
    for words, cases in told_with(item):
        told = ", ".join(f"{c.code} {c.rule} ({c.id.partition(':')[2]})" for c in cases)
        yield from _wrapped(f"   {words}: {told}.", width, " " * 6)
    if item.symptoms:
        told = ", ".join(f"{s.code} {s.rule} ({s.id.partition(':')[2]})" for s in item.symptoms)
        yield from _wrapped(f"   The same handoff would close: {told}.", width, " " * 6)
    yield from _wrapped(f"   Stands here because: {item.because}.", width, " " * 6)
    if item.lead.requirements:
        told = ", ".join(item.lead.requirements)
        yield from _wrapped(
            f"   Rests on: {told} (interagency explain {item.code})", width, " " * 6
        )


def _finding(finding: Finding, audit: Audit, width: int) -> Iterator[str]:
    yield from _wrapped(f"   - {finding.message}", width, " " * 5)
    if closers := closed_by(finding, audit.graph):
        yield from _wrapped(f"     The plan speaks of it: {closers}.", width, " " * 5)
    ids = ", ".join(n.ref.id for n in finding.about if n.ref.kind in (Kind.AGENCY, Kind.HANDOFF))
    place = f"at {finding.at}" if finding.at else ""
    told = "; ".join(filter(None, (ids, place)))
    if told:
        yield from _wrapped(f"     ({told})", width, " " * 6)


def _rest(audit: Audit, width: int, colour: bool) -> Iterator[str]:
    met = list(met_by(audit))
    if met:
        yield ""
        yield _paint("In order, or nothing to look at", "1", colour)
        wide = max(len(name) for name, _ in met)
        for name, words in met:
            yield f"  {name:<{wide}}  {words}"
    if audit.waived:
        yield ""
        yield _paint(f"Waived by the plan ({counted(len(audit.waived), 'finding')})", "1", colour)
        for waived in audit.waived:
            told = f"  {waived.finding.id}: {waived.finding.message} {accepted(waived.waiver)}"
            yield from _wrapped(told, width, "    ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        width=width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    ) or [""]


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
