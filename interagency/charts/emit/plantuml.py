"""A plan as a PlantUML sequence diagram."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from interagency.charts.emit.cast import Step, cast, complete
from interagency.charts.ladder_rows import Kind
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean, wrap
from interagency.charts.theme import HEAD, INK, LIFELINE

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_PLAIN = frozenset(" .,")
_MOST_PIXELS = 4096
"""What PlantUML draws at most, as it comes: it cuts off a larger one unless told to scale it."""
_MESSAGE = re.compile(r"^a\d+ -\[[^\]]*\]>{1,2}[xo]? a\d+ : ", re.MULTILINE)


def escaped(text: str) -> str:
    """A text as PlantUML shows it, whatever it holds.

    Every sign that PlantUML could take for its own is written as its number: it reads functions
    (``%getenv()``), links, pictures and bold type even inside names.

    >>> escaped('50% of "R&D"')
    '50<U+0025> of <U+0022>R<U+0026>D<U+0022>'
    """
    return "".join(
        sign if sign in _PLAIN or sign.isalnum() or ord(sign) > 0x7E else f"<U+{ord(sign):04X}>"
        for sign in text
    )


def _lines(text: str, width: float) -> str:
    return r"\n".join(map(escaped, wrap(clean(text), 10, width))) or "<U+0020>"


def plantuml(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as PlantUML: a box for each sector, a part for each P and stage.

    >>> import interagency
    >>> print(plantuml(interagency.load("nepal")).splitlines()[0])
    @startuml

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    lines = [
        "@startuml",
        f"scale max {_MOST_PIXELS}*{_MOST_PIXELS}",
        "skinparam shadowing false",
        "skinparam participantBackgroundColor white",
        f"skinparam participantBorderColor {INK}",
        f"skinparam sequenceLifeLineBorderColor {LIFELINE}",
        f"skinparam sequenceBoxBorderColor {LIFELINE}",
        "skinparam noteBackgroundColor white",
        f"skinparam noteBorderColor {LIFELINE}",
        f"title {escaped(found.title)}",
        f"caption {escaped(found.summary)}",
    ]
    for group in found.groups:
        lines.append(f'box "{escaped(group.name)}" {HEAD}')
        lines += [f'participant "{_lines(a.name, 110)}" as {a.key}' for a in group.actors]
        lines.append("end box")
    lines += _messages(found.steps)
    lines.append("@enduml")
    text = "\n".join(lines) + "\n"
    complete(len(_MESSAGE.findall(text)), found.steps, "PlantUML text")
    return text


def _messages(steps: Sequence[Step]) -> Iterator[str]:
    part = ""
    for step in steps:
        if step.part != part:
            part = step.part
            yield f"== {escaped(part)} =="
        line, head = {
            Kind.HANDOFF: (step.style.line, ">"),
            Kind.INFORMAL: (f"{step.style.line},dashed", ">"),
            Kind.PLANNED: (f"{step.style.line},dashed", ">o"),
            Kind.PROPOSED: (f"{step.style.line},dotted", ">o"),
            Kind.GAP: (f"{step.style.line},dashed", ">x"),
            Kind.QUESTION: (f"{step.style.line},dotted", ">>"),
        }[step.row.kind]
        ends = f"{step.sender.key} -[{line}]{head} {step.receiver.key}"
        yield f"{ends} : {_lines(step.words, 210)}"
        if step.row.limit:
            yield f"note right : {_lines(step.row.limit, 110)}"
