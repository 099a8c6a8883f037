"""A plan held against standards, as text for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from interagency.conformance import (
    Answer,
    Answered,
    Coverage,
    Functions,
    Lacking,
    Mark,
    Part,
    Sets,
    either,
    lacking,
    words,
)
from interagency.engine import listed
from interagency.reports._words import counted, looked_at, version
from interagency.reports.table import safe
from interagency.vocabulary import Function, Instrument, Pillar, Role, Sector, Stage

_SHOWN = (Answer.MET, Answer.GAP, Answer.NOT_STATED)
_BY = ("instrument", "pillar", "stage")
_ORDER: Mapping[str, list[str]] = {
    "instrument": [*Instrument],
    "pillar": [*Pillar],
    "stage": [*Stage],
}
_MARKS = {
    Mark.LEAD: "leads",
    Mark.SUPPORT: "supports",
    Mark.LACKS: "does not",
    Mark.NOT_ASSESSED: "not stated",
}


def text(
    coverage: Coverage, *, everything: bool = False, brief: bool = False, width: int = 96
) -> str:
    """The answers as text.

    Args:
        coverage: what to tell.
        everything: whether to tell requirement by requirement what is met, too.
        brief: whether to tell each thing that is lacking, once, and no more.
        width: the longest line.
    """
    lines: list[str] = []
    for label, told in looked_at(coverage.graph):
        lines += textwrap.wrap(f"{label + ':':<11} {told}", width, subsequent_indent=" " * 12)
    lines.append(f"{'Against:':<12}{', '.join(coverage.standards)}" + _strict(coverage))
    lines.append(f"{'Made by:':<12}interagency {version()}")
    lines += ["", *textwrap.wrap(_summary(coverage), width, subsequent_indent="  ")]
    lines += _lacking(coverage, width)
    if not brief:
        lines += _in_full(coverage, width, everything=everything)
    return "\n".join(lines) + "\n"


def _in_full(coverage: Coverage, width: int, *, everything: bool) -> Iterator[str]:
    """Counts, then requirement by requirement what is not met."""
    yield from ("", *_counts(coverage), "")
    for basis in ("explicit", "derived"):
        found = coverage.parts(basis)
        told = ", ".join(f"{found[a]} {a}" for a in _SHOWN)
        yield f"Handoffs that are {basis}: {told}"
    answered = [x for x in coverage.answered if x.answer is not Answer.DOES_NOT_BIND]
    for answer in (Answer.GAP, Answer.NOT_STATED, *((Answer.MET,) if everything else ())):
        chosen = [x for x in answered if x.answer is answer]
        if chosen:
            yield from ("", f"{answer.upper()} ({len(chosen)})")
        for _, asked in groupby(chosen, lambda x: x.requirement.instrument):
            yield from _of_one(tuple(asked), answer, width, everything=everything)


def _summary(coverage: Coverage) -> str:
    """The outcome in a sentence."""
    counts = coverage.count()
    asked = sum(counts[a] for a in _SHOWN)
    breaches = sum(x.breach for x in coverage.answered)
    told = f"{counts[Answer.MET]} of {counted(asked, 'requirement')} met; "
    told += counted(counts[Answer.GAP], "gap")
    if counts[Answer.GAP]:
        told += f", {breaches or 'none'} of them {'a breach' if breaches < 2 else 'breaches'}"
        told += " where the standard binds"
    return f"{told}; {counts[Answer.NOT_STATED]} not stated."


def _lacking(coverage: Coverage, width: int) -> Iterator[str]:
    """What is lacking, each thing once: breaches first, then handoffs, agencies, functions."""
    found = lacking(coverage)
    gaps = [x for x in found if x.answer is Answer.GAP]
    breaches = [x for x in gaps if x.breaches]
    yield from _listed("BREACHES, where the standard binds", breaches, coverage, width)
    silent = [x for x in found if x.answer is Answer.NOT_STATED]
    for chosen, heads in (([x for x in gaps if not x.breaches], _MISSING), (silent, _SILENT)):
        for head, is_one in zip(heads, (_is_handoff, _is_agency, _is_function), strict=True):
            yield from _listed(head, list(filter(is_one, chosen)), coverage, width)


_MISSING = (
    "HANDOFFS MISSING between agencies that are there",
    "AGENCIES MISSING",
    "FUNCTIONS THAT NOBODY HOLDS",
)
_SILENT = (
    "HANDOFFS THAT NO SOURCE STATES between agencies that are there",
    "AGENCIES THAT NO SOURCE NAMES",
    "FUNCTIONS OF WHICH NO SOURCE NAMES A HOLDER",
)


def _is_handoff(x: Lacking) -> bool:
    return bool(x.passes)


def _is_agency(x: Lacking) -> bool:
    return bool(x.sector)


def _is_function(x: Lacking) -> bool:
    return bool(x.function)


def _listed(head: str, found: list[Lacking], coverage: Coverage, width: int) -> Iterator[str]:
    if not found:
        return
    yield from ("", f"{head} ({len(found)})")
    for number, x in enumerate(found, 1):
        start = f"{number:>2}. "
        told = f"{_what(x, coverage)}: {_touched(x)}"
        yield from textwrap.wrap(told, width, initial_indent=start, subsequent_indent=" " * 4)


def _what(x: Lacking, coverage: Coverage) -> str:
    if x.function:
        return _capital(Function(x.function).label)
    if x.sector and x.answer is Answer.NOT_STATED:
        instead = f", or {words(x.instead)}" if x.instead else ""
        return f"{_capital(words((x.sector,)))}{_meaning(x.sector)}{instead}"
    if x.sector:
        instead = f", nor {words(x.instead)}" if x.instead else ""
        return f"No {words((x.sector,))}{_meaning(x.sector)}{instead}"
    ends = f"{_names(x.senders, coverage)} → {_names(x.receivers, coverage)}"
    return f"{ends}: {'; '.join(x.passes)}"


def _capital(told: str) -> str:
    return told[0].upper() + told[1:]


def _meaning(name: str) -> str:
    role = name.removeprefix("role:")
    return f" ({(Role(role) if role != name else Sector(name)).description})"


def _names(sets: Sets, coverage: Coverage) -> str:
    """The agencies by name, in each set as many as a line has room for."""
    told = []
    for ids in sets:
        names = [coverage.graph.name(an_id) for an_id in ids]
        more = [f"one of {len(names) - 2} more"] if len(names) > 4 else []
        told.append(either(names[:2] + more if more else names))
    return listed(told, most=len(told))


def _touched(x: Lacking) -> str:
    """The requirements by id; where some are breached and some are not, these apart."""
    also = x.requirements[len(x.breaches) :]
    if x.breaches and also:
        also_told = ", ".join(r.id for r in also)
        return f"{', '.join(r.id for r in x.breaches)}; no breach of {also_told}"
    ids = ", ".join(r.id for r in x.requirements)
    return f"touches {counted(len(x.requirements), 'requirement')}: {ids}" if x.sector else ids


def _strict(coverage: Coverage) -> str:
    return "; only handoffs that a provision itself speaks of" if coverage.strict else ""


def _counts(coverage: Coverage) -> Iterator[str]:
    """A small table: what stands how, by instrument, pillar and stage."""
    yield f"{'':<22}{'met':>6}{'gap':>6}{'not stated':>12}{'does not bind':>15}"
    total = coverage.count()
    yield _row("all requirements", total)
    for key in _BY:
        found = coverage.by(key)
        yield f"by {key}"
        for name in sorted(found, key=_ORDER[key].index):
            if any(found[name][a] for a in _SHOWN):
                yield _row(f"  {name.replace('_', ' ')}", found[name])


def _row(name: str, counts: dict[Answer, int]) -> str:
    return (
        f"{name:<22}{counts[Answer.MET]:>6}{counts[Answer.GAP]:>6}"
        f"{counts[Answer.NOT_STATED]:>12}{counts[Answer.DOES_NOT_BIND]:>15}"
    )


def _of_one(
    asked: tuple[Answered, ...], answer: Answer, width: int, *, everything: bool
) -> Iterator[str]:
    """The requirements of one instrument that stand so, under its name."""
    r = asked[0].requirement
    yield ""
    yield from textwrap.wrap(f"{r.instrument}: {len(asked)} {answer} - {r.instrument_title}", width)
    for x in asked:
        yield from _requirement(x, width, everything=everything)


def _requirement(x: Answered, width: int, *, everything: bool) -> Iterator[str]:
    r = x.requirement
    met = sum(p.answer is Answer.MET for p in x.parts)
    yield ""
    head = f"{r.id}  {r.instrument} {r.provision}, {duty(x)}; {met} of {len(x.parts)} parts met"
    yield from textwrap.wrap(head, width, subsequent_indent="    ")
    yield from _wrapped(r.requirement, width)
    for told in _parts(x, everything=everything):
        yield from _wrapped(f"- {told}", width)


def duty(x: Answered) -> str:
    """How firm the provision is, and whether a gap in it is a breach, in words."""
    r = x.requirement
    told = f"{r.strength} ({r.qualifier})" if r.qualifier else r.strength
    if x.answer is Answer.GAP:
        told += f": {_breach(x)}"
    return told


_NOT_OWED = "is for another State to do, or for this one to ask"


def _breach(x: Answered) -> str:
    if x.breach:
        return "a breach where it binds"
    if not x.requirement.firm:
        return "no breach"
    own = any(p.basis == "explicit" for p in x.parts if p.answer is Answer.GAP)
    return f"no breach: what is missing {_NOT_OWED if own else 'is read out of it'}"


def _parts(x: Answered, *, everything: bool = False) -> Iterator[str]:
    """The parts in words; the same handoff of several agencies is told once."""
    groups: dict[tuple[str, Answer, str], list[Part]] = {}
    for part in x.parts:
        if everything or part.answer is not Answer.MET:
            groups.setdefault((part.what, part.answer, part.why), []).append(part)
    for (what, answer, why), parts in groups.items():
        basis = f" [{parts[0].basis}]" if parts[0].basis else ""
        senders = listed(p.sender for p in parts if p.sender)
        told = f"{answer}: {senders} → {what}{basis}" if senders else f"{answer}: {what}{basis}"
        by = [an_id for p in parts for an_id in p.by]
        told += f" - {', '.join(dict.fromkeys(by))}" if by else ""
        yield told + (f" ({why})" if why else "")


def _wrapped(told: str, width: int) -> list[str]:
    return textwrap.wrap(told, width, initial_indent="    ", subsequent_indent="      ")


def as_json(coverage: Coverage) -> str:
    """The answers as JSON, with a line break at the end."""
    graph = coverage.graph
    told = {
        "version": 1,
        "made_by": f"interagency {version()}",
        "plan": graph.plan.facts.id,
        "as_of": str(graph.view.as_of) if graph.view.as_of else None,
        "completeness": graph.plan.facts.completeness.value,
        "standards": [s.value for s in coverage.standards],
        "strict": coverage.strict,
        "counts": {a.value: n for a, n in coverage.count().items()},
        **{
            f"by_{key}": {
                name: {a.value: n for a, n in counts.items()}
                for name, counts in coverage.by(key).items()
            }
            for key in _BY
        },
        "handoffs": {
            basis: {a.value: n for a, n in coverage.parts(basis).items()}
            for basis in ("explicit", "derived")
        },
        "lacking": [
            {
                "answer": x.answer.value,
                "function": x.function or None,
                "sector": x.sector or None,
                "instead": list(x.instead),
                "senders": [list(ids) for ids in x.senders],
                "receivers": [list(ids) for ids in x.receivers],
                "passes": list(x.passes),
                "requirements": [r.id for r in x.requirements],
                "breaches": [r.id for r in x.breaches],
            }
            for x in lacking(coverage)
        ],
        "requirements": [
            {
                "id": x.requirement.id,
                "instrument": x.requirement.instrument,
                "provision": x.requirement.provision,
                "strength": x.requirement.strength,
                "qualifier": x.requirement.qualifier or None,
                "pillars": list(x.requirement.pillars),
                "stage": x.requirement.stage,
                "requirement": x.requirement.requirement,
                "verified": x.requirement.verified,
                "source": x.requirement.source_url,
                "answer": x.answer.value,
                "breach": x.breach,
                "parts": [
                    {
                        "what": p.what,
                        "answer": p.answer.value,
                        "by": list(p.by),
                        "sender": p.sender or None,
                        "why": p.why or None,
                        "basis": p.basis or None,
                        "missing_node": p.missing_node,
                        "function": p.function or None,
                        "kind": p.kind or None,
                        "senders": list(p.senders),
                        "receivers": list(p.receivers),
                        "missing": list(p.missing),
                        "owed": p.owed,
                    }
                    for p in x.parts
                ],
            }
            for x in coverage.answered
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_csv(coverage: Coverage) -> str:
    """One row a requirement that was asked."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(["id", "instrument", "provision", "strength", "pillars", "stage", "requirement",
           "answer", "breach", "parts met", "parts", "open"])  # fmt: skip
    for x in coverage.answered:
        if x.answer is Answer.DOES_NOT_BIND:
            continue
        r = x.requirement
        met = sum(p.answer is Answer.MET for p in x.parts)
        still = "; ".join(_parts(x))
        write([r.id, r.instrument, r.provision, r.strength, " ".join(r.pillars), r.stage,
               r.requirement, x.answer, "yes" if x.breach else "no", met, len(x.parts),
               safe(still)])  # fmt: skip
    return out.getvalue()


def functions_text(matrix: Functions, *, width: int = 96) -> str:
    """The functions by agencies matrix as text: numbered columns, and a key to them."""
    numbers = [str(i) for i in range(1, len(matrix.agencies) + 1)]
    column = max((len(n) for n in numbers), default=1) + 1
    wide = max((len(f.label) for f, _ in matrix.rows), default=0) + 1
    lines = ["L leads   S supports   - does not   . not stated", ""]
    lines.append(" " * wide + "".join(f"{n:>{column}}" for n in numbers))
    for pillar, rows in _by_pillar(matrix):
        lines.append(pillar)
        for function, marks in rows:
            lines.append(f"{function:<{wide}}" + "".join(f"{m:>{column}}" for m in marks))
    held = sum(any(m in (Mark.LEAD, Mark.SUPPORT) for m in marks) for _, marks in matrix.rows)
    lines += ["", f"{held} of {counted(len(matrix.rows), 'function')} held by somebody.", ""]
    for number, agency in zip(numbers, matrix.agencies, strict=True):
        told = f"{number:>{column}} {agency.name} ({agency.id})"
        lines += textwrap.wrap(told, width, subsequent_indent=" " * (column + 1))
    return "\n".join(lines) + "\n"


def _by_pillar(matrix: Functions) -> Iterator[tuple[str, Iterable[tuple[str, tuple[Mark, ...]]]]]:
    groups: dict[str, list[tuple[str, tuple[Mark, ...]]]] = {}
    for function, marks in matrix.rows:
        pillar = function.pillar.label.upper() if function.pillar else "ALL THREE"
        groups.setdefault(pillar, []).append((function.label, marks))
    yield from groups.items()


def functions_csv(matrix: Functions) -> str:
    """The functions by agencies matrix, a row a function."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(["function", "pillar", *(safe(a.id) for a in matrix.agencies)])
    for function, marks in matrix.rows:
        pillar = function.pillar.value if function.pillar else "all"
        write([function.value, pillar, *(_MARKS[m] for m in marks)])
    return out.getvalue()
