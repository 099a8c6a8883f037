"""An audit as text for people: gaps first, then questions, then what was met."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from interagency.engine import Audit, Finding, Severity, State, listed
from interagency.graph import PlanGraph
from interagency.model import PARTICIPANTS
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
from interagency.vocabulary import Function, Group

MOST_OF_A_BRIEF = 200
"""Letters of a finding's message in a brief, in whole sentences, unless its first has more."""
MOST_KINDS_OF_A_BRIEF = 5
"""Further messages, that are not the same but for names, which a line of a brief has room for."""
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
    bare = _names_in(audit.graph) if brief else None
    for state in State:
        found = [item for item in ordered if item.state is state]
        if found:
            lines += ["", _paint(_heading(state, audit), "1", colour)]
        for number, item in enumerate(found, 1):
            if bare is not None:
                lines += _line(number, item, audit, bare, colour, width)
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


def _line(
    number: int, item: Item, audit: Audit, bare: re.Pattern[str], colour: bool, width: int
) -> list[str]:
    tag = _paint(f"{item.severity.upper():<8}", _COLOURS[item.severity], colour)
    told = f"{item.code} {_told(item, audit, bare)}"
    lines = _wrapped(told, width - 13, "    ")
    first, *rest = lines
    return [f"{number:>2}. {tag} {first}", *(f"{'':13}{line}" for line in rest)]


def _short(message: str) -> str:
    """The sentences of a message that a line of a brief has room for; at least the first."""
    first, *rest = _sentences(message)
    for sentence in rest:
        if len(first) + len(sentence) >= MOST_OF_A_BRIEF:
            break
        first += f" {sentence}"
    return first


def _sentences(message: str) -> list[str]:
    return re.split(r"(?<=[.?]) (?=[A-Z])", message)


def _told(item: Item, audit: Audit, bare: re.Pattern[str]) -> str:
    """What a line of a brief says: one message of each kind, and who else it is true of."""
    kinds: dict[str, list[Finding]] = {}
    for finding in item.findings:
        kinds.setdefault(_kind_of(finding, bare), []).append(finding)
    first, *rest = kinds.values()
    sentences = [_short(first[0].message), *_likewise(first, audit)]
    for others in rest[:MOST_KINDS_OF_A_BRIEF]:
        sentences += [_sentences(others[0].message)[0], *_likewise(others, audit)]
    if more := sum(map(len, rest[MOST_KINDS_OF_A_BRIEF:])):
        sentences.append(f"And {more} more.")
    return " ".join(sentences)


def _likewise(findings: list[Finding], audit: Audit) -> Iterator[str]:
    if others := dict.fromkeys(_subject(f, audit) for f in findings[1:]):
        yield f"Likewise {listed(others, most=4)}."


def _kind_of(finding: Finding, names: re.Pattern[str]) -> str:
    """What two findings share that say the same of other agencies, tasks and numbers.

    One that is about no agency and no handoff shares it with none: it has no name to be told by.
    """
    if not finding.about or finding.about[0].ref.kind not in (Kind.AGENCY, Kind.HANDOFF):
        return finding.id
    return _LISTS.sub("*", names.sub("*", _sentences(finding.message)[0]))


_LISTS = re.compile(r"\*(?:(?:[,;]? and|[,;]) (?:\*|\d+ more))+")


def _names_in(graph: PlanGraph) -> re.Pattern[str]:
    """Every name, task, group and number that may stand in a message; the longest first."""
    names = {a.name for a in graph.plan.agencies} | set(graph.short_names.values())
    names |= {form for name in PARTICIPANTS.values() for form in (name, name.lower())}
    names |= {h.what for h in graph.plan.handoffs if h.what}
    names |= {word.label for kind in (Function, Group) for word in kind}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join([*map(re.escape, longest_first), r'[0-9]+'])})(?!\w)")


def _subject(finding: Finding, audit: Audit) -> str:
    """What a finding is about, by name: an agency, or the two ends of a handoff."""
    ref = finding.subject
    if ref.kind is Kind.HANDOFF:
        handoff = audit.graph.handoff(ref.id)
        return f"{audit.graph.name(handoff.sender)} → {audit.graph.name(handoff.receiver)}"
    return audit.graph.name(ref.id) or "the plan"


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
