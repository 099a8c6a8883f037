"""An audit as text for people: gaps first, then questions, then what was met."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from interagency.engine import Audit, Finding, Severity
from interagency.reports._words import closed_by, counted, looked_at, met_by, summary

_COLOURS = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
}


def report(audit: Audit, *, colour: bool = False, width: int = 88) -> str:
    """The whole audit as text.

    Args:
        audit: what to tell.
        colour: whether to use terminal colours.
        width: the longest line.
    """
    lines: list[str] = []
    for label, words in looked_at(audit.graph):
        lines += _wrapped(f"{label + ':':<11}{words}", width, " " * 11)
    lines += ["", _paint(summary(audit), "1", colour)]
    for crash in audit.crashes:
        lines += ["", _paint(f"RULE FELL OVER  {crash.code} {crash.rule}", "1;31", colour)]
        lines += _wrapped(f"  {crash.reason}", width, "  ")
    if audit.gaps:
        lines += ["", _heading("Gaps: the plan says so", audit, colour)]
        for finding in audit.gaps:
            lines += _finding(finding, audit, colour, width)
    if audit.questions:
        lines += ["", _paint("Questions: no source in the plan states it", "1", colour)]
        for finding in audit.questions:
            lines += _finding(finding, audit, colour, width)
    lines += _rest(audit, width, colour)
    return "\n".join(lines) + "\n"


def _heading(text: str, audit: Audit, colour: bool) -> str:
    if audit.graph.complete:
        text = "Gaps: the plan says so, or is declared complete and is silent"
    return _paint(text, "1", colour)


def _finding(finding: Finding, audit: Audit, colour: bool, width: int) -> Iterator[str]:
    yield ""
    tag = _paint(f"{finding.severity.upper():<9}", _COLOURS[finding.severity], colour)
    yield f"{tag}{finding.code} {finding.rule}  [{', '.join(finding.pillars)}]"
    yield from _wrapped(f"  {finding.message}", width, "  ")
    if closers := closed_by(finding, audit.graph):
        yield from _wrapped(f"  The plan speaks of it: {closers}.", width, "  ")
    yield from _wrapped(f"  To do: {finding.mend}", width, "         ")
    ids = [n.ref.id for n in finding.about if n.ref.id]
    if ids:
        yield from _wrapped(f"  About: {', '.join(ids)}", width, "         ")
    if finding.at:
        yield f"  Where: {finding.at}"
    if finding.requirements:
        yield from _wrapped(f"  Rests on: {', '.join(finding.requirements)}", width, "    ")


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
            told = f"  {waived.finding.id}: {waived.finding.message} Because: "
            yield from _wrapped(told + waived.waiver.because, width, "    ")
    for waiver, why in audit.idle_waivers:
        told = f"  A waiver of {waiver.rule} for {', '.join(waiver.about)} waives nothing: {why}."
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
