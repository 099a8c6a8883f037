"""A plan as Mermaid: who speaks to whom in order, or a flow chart with a box for each sector.

Mermaid shows at most 50,000 signs and 500 arrows unless the page around it allows more; a text
cannot allow it to itself. A larger one begins with a comment that says what to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from interagency.charts.emit.cast import Cast, Step, cast, complete
from interagency.charts.ladder_rows import Kind
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.strokes import block_height
from interagency.charts.text import clean, wrap
from interagency.charts.theme import HEAD, PILLARS, Style

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

# Whatever is not a letter, a digit or one of these is written as its number. Words that Mermaid
# looks for before it reads a line (`end`, `style` ...) lose their first letter to its number.
_PLAIN = frozenset(" .,'/()")
_LOOKED_FOR = re.compile(r"\b(end|style|class|classdef|graph|subgraph|default)", re.IGNORECASE)
_LOOK = '%%{init: {"theme": "neutral"}}%%'
_TALL = '%%{{init: {{"theme": "neutral", "sequence": {{"height": {height:.0f}}}}}}}%%'
_HEIGHT, _AROUND, _TYPE = 65, 16, 16  # of a head as it comes, round its words, and of their type
_NAME = 140.0  # where a name is broken, at ten points
_MOST_SIGNS, _MOST_ARROWS = 50_000, 500
_HYPHEN = re.compile(r"(?<=[^\W_])-(?=[^\W_])")
_SEQUENCE_ARROWS = {
    Kind.PLANNED: "--)",
    Kind.PROPOSED: "--)",
    Kind.GAP: "--x",
    Kind.QUESTION: "-->>",
}
_FLOW_ARROWS = {
    Kind.PLANNED: "-.-o",
    Kind.PROPOSED: "-.-o",
    Kind.GAP: "-.-x",
    Kind.QUESTION: "-.->",
}
_MESSAGE = re.compile(r"^ *a\d+(?:->>|--x|-->>|--\))a\d+: ", re.MULTILINE)
_ARROW = re.compile(r"^ *a\d+ (?:-->|==>|-\.-x|-\.-o|-\.->)\|", re.MULTILINE)


def escaped(text: str) -> str:
    """A text as Mermaid shows it, whatever it holds.

    >>> escaped('R&D; the anti-fraud "end" -->')
    'R#38;D#59; the anti-fraud #34;#101;nd#34; #45;#45;#62;'
    """
    cut = {match.start() for match in _LOOKED_FOR.finditer(text)}
    kept = {match.start() for match in _HYPHEN.finditer(text)}
    return "".join(
        sign
        if at not in cut and (sign in _PLAIN or _is_word(sign) or at in kept)
        else f"#{ord(sign)};"
        for at, sign in enumerate(text)
    )


def _is_word(sign: str) -> bool:
    """A letter or digit, or a mark or joiner of another script."""
    return sign.isalnum() or (ord(sign) > 0x2FF and sign.isprintable()) or sign in "\u200c\u200d"


def _noted(text: str, arrows: int) -> str:
    """The text, with what must be set for it where it is larger than Mermaid shows by itself."""
    if len(text) <= _MOST_SIGNS and arrows <= _MOST_ARROWS:
        return text
    note = f"%% Needs mermaid.initialize with maxTextSize {2 * len(text)}, maxEdges {arrows}"
    return text.replace("\n", f"\n{note}\n", 1)


def _head_height(found: Cast) -> float:
    """How high the boxes of the agencies must be for the longest name, in pixels."""
    names = (wrap(clean(actor.name), 10, _NAME) for actor in found.actors)
    highest = max((block_height(lines, _TYPE) for lines in names), default=0.0)
    return max(_HEIGHT, highest + _AROUND)


def _lines(text: str, width: float) -> str:
    return "<br/>".join(map(escaped, wrap(clean(text), 10, width))) or "#32;"


def sequence(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as a Mermaid sequence diagram: a box for each sector, a panel for each P.

    >>> import interagency
    >>> print(sequence(interagency.load("nepal")).splitlines()[1])
    sequenceDiagram

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    lines = [
        _TALL.format(height=_head_height(found)),
        "sequenceDiagram",
        f"    title {escaped(found.title)}",
        f"    accTitle: {escaped(found.title)}",
        f"    accDescr: {escaped(found.summary)}",
    ]
    for group in found.groups:
        lines.append(f"    box {_rgb(HEAD)} {escaped(group.name)}")
        lines += [f"        participant {a.key} as {_lines(a.name, _NAME)}" for a in group.actors]
        lines.append("    end")
    for pillar, steps in found.panels():
        lines += [f"    rect {_rgb(PILLARS[pillar].tint)}"]
        lines += _panel(found, steps)
        lines.append("    end")
    text = "\n".join(lines) + "\n"
    complete(len(_MESSAGE.findall(text)), found.steps, "Mermaid text")
    return _noted(text, 0)


def _panel(found: Cast, steps: Iterable[Step]) -> Iterator[str]:
    first, last = found.actors[0].key, found.actors[-1].key
    across = first if first == last else f"{first},{last}"
    part = ""
    for step in steps:
        if step.part != part:
            part = step.part
            yield f"        Note over {across}: {escaped(part)}"
        arrow = _SEQUENCE_ARROWS.get(step.row.kind, "->>")
        ends = f"{step.sender.key}{arrow}{step.receiver.key}"
        on_band = step.row.kind in (Kind.PLANNED, Kind.PROPOSED)
        if on_band:
            yield f"        rect {_rgb(step.style.tint)}"
        yield f"        {ends}: {_lines(step.words, 210)}"
        if on_band:
            yield "        end"
        if step.row.limit:
            yield f"        Note right of {step.receiver.key}: {_lines(step.row.limit, 110)}"


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def flowchart(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as a Mermaid flow chart: a box for each sector, an arrow for each handoff.

    >>> import interagency
    >>> print(flowchart(interagency.load("nepal")).splitlines()[1])
    flowchart LR

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    lines = [
        _LOOK,
        "flowchart LR",
        f"    accTitle: {escaped(found.title)}",
        f"    accDescr: {escaped(found.summary)}",
    ]
    for group in found.groups:
        lines.append(f'    subgraph {group.key}["{escaped(group.name)}"]')
        lines += [f'        {a.key}["{_lines(a.name, 130)}"]' for a in group.actors]
        lines.append("    end")
    for step in found.steps:
        words = found.wording.clauses((step.words, step.row.limit))
        ends = f"{step.sender.key} {_line(step)}|", f"| {step.receiver.key}"
        lines.append(f'    {ends[0]}"{_lines(words, 120)}"{ends[1]}')
    lines += _colours(found.steps)
    text = "\n".join(lines) + "\n"
    complete(len(_ARROW.findall(text)), found.steps, "Mermaid text")
    return _noted(text, len(found.steps))


def _line(step: Step) -> str:
    return _FLOW_ARROWS.get(step.row.kind) or ("==>" if step.style.weight > 2 else "-->")


def _colours(steps: Sequence[Step]) -> Iterator[str]:
    """Which arrows look how, by their place in the text."""
    places: dict[Style, list[str]] = {}
    for at, step in enumerate(steps):
        places.setdefault(step.style, []).append(str(at))
    for style, which in places.items():
        dash = f",stroke-dasharray:{' '.join(map(str, style.dash))}" if style.dash else ""
        width = f",stroke-width:{max(style.weight, 2):g}px"
        yield f"    linkStyle {','.join(which)} stroke:{style.line}{width}{dash}"
