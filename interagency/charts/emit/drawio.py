"""A plan as draw.io XML: the ladder, with every box and arrow free to be moved by hand.

A swimlane holds the agencies of a sector, each with its life line; arrows are joined to them, so
that they follow when an agency is moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from interagency.charts.emit.cast import Actor, Cast, Step, cast, complete
from interagency.charts.ladder_rows import Kind
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean, scrubbed, wrap
from interagency.charts.theme import BAND, HEAD, INK, LIFELINE, PAPER, PILLARS

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.vocabulary import Pillar

_LEFT, _TOP, _TAB = 60, 80, 30
_COLUMN, _HEAD_WIDTH, _LANE_TAB, _LIMITS = 150, 130, 26, 150
_LINE, _ROW, _STAGE = 15, 26, 22
_HIGHEST_HEAD = 400
_PLAIN = (
    f"text;html=0;fillColor=none;strokeColor=none;align=left;verticalAlign=middle;fontColor={INK};"
)


def escaped(text: str) -> str:
    """A text as it stands in XML, whatever it holds; ends of lines stay.

    >>> escaped('<R&D>')
    '&lt;R&amp;D&gt;'
    """
    return "&#10;".join(escape(scrubbed(line), quote=True) for line in text.split("\n"))


def _lines(text: str, width: float) -> str:
    return "\n".join(wrap(clean(text), 11, width))


@dataclass(frozen=True, slots=True)
class _Stage:
    """The words over the first row of a stage, and where they begin."""

    top: float
    words: str
    pillar: Pillar


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where each handoff stands, and where the panels of the Ps are."""

    places: Mapping[str, float]
    stages: tuple[_Stage, ...]
    panels: tuple[tuple[str, float, float], ...]
    bottom: float


def drawio(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as a draw.io file: a swimlane for each sector, an arrow for each handoff.

    >>> import interagency
    >>> drawio(interagency.load("nepal")).count('edge="1"')
    4

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    columns = {actor.key: at for at, actor in enumerate(found.actors)}
    most = max((_lines(a.name, _HEAD_WIDTH - 10).count("\n") for a in found.actors), default=0)
    head = min(_HIGHEST_HEAD, 16 + (most + 1) * _LINE)
    rows = _rows(found, columns, _TOP + _LANE_TAB + 12 + head + 10)
    cells = [
        *_frame(found, rows, len(columns)),
        *_lanes(found, rows.bottom, head),
        *_stages(rows),
        *(line for step in found.steps for line in _arrow(step, rows, columns)),
    ]
    text = "\n".join(
        [
            '<mxfile host="interagency">',
            f'  <diagram id="plan" name="{escaped(clean(found.title))}">',
            '    <mxGraphModel grid="0" page="0" math="0" shadow="0">',
            "      <root>",
            '        <mxCell id="0"/>',
            '        <mxCell id="1" parent="0"/>',
            *(f"        {cell}" for cell in cells),
            "      </root>",
            "    </mxGraphModel>",
            "  </diagram>",
            "</mxfile>",
            "",
        ]
    )
    complete(text.count('edge="1"'), found.steps, "draw.io text")
    return text


def _span(step: Step, columns: Mapping[str, int]) -> float:
    """The room for the words of an arrow."""
    apart = abs(columns[step.sender.key] - columns[step.receiver.key])
    return max(1, apart) * _COLUMN - 24


def _rows(found: Cast, columns: Mapping[str, int], top: float) -> _Rows:
    places: dict[str, float] = {}
    stages: list[_Stage] = []
    panels: list[tuple[str, float, float]] = []
    for pillar, steps in found.panels():
        begun, part = top, ""
        for step in steps:
            if step.part != part:
                part = step.part
                stages.append(_Stage(top, step.row.stage_words, pillar))
                top += _STAGE
            beside = _lines(step.row.limit, _LIMITS).count("\n")
            over = _lines(step.words, _span(step, columns)).count("\n")
            loop = 20 * (step.sender == step.receiver)
            top += max(over, beside) * _LINE + _ROW + loop
            places[step.key] = top - 6
        top += 6
        panels.append((pillar.value, begun, top))
        top += 8
    return _Rows(places, tuple(stages), tuple(panels), top)


def _cell(key: str, words: str, style: str, box: tuple[float, ...], parent: str = "1") -> str:
    x, y, width, height = box
    return (
        f'<mxCell id="{key}" value="{escaped(words)}" style="{style}" vertex="1" '
        f'parent="{parent}"><mxGeometry x="{x:g}" y="{y:g}" width="{width:g}" '
        f'height="{height:g}" as="geometry"/></mxCell>'
    )


def _frame(found: Cast, rows: _Rows, columns: int) -> Iterator[str]:
    """The title, the panel of each P behind everything, the time limits."""
    right = _LEFT + _TAB + columns * _COLUMN
    yield _cell(
        "title", found.title, _PLAIN + "fontSize=18;fontStyle=1;",
        (_LEFT, _TOP - 60, right - _LEFT, 26),
    )  # fmt: skip
    yield _cell("summary", found.summary, _PLAIN, (_LEFT, _TOP - 32, right - _LEFT, 18))
    for name, top, bottom in rows.panels:
        style = next(PILLARS[pillar] for pillar in PILLARS if pillar.value == name)
        box = (_LEFT, top, right + _LIMITS + 10 - _LEFT, bottom - top)
        yield _cell(f"panel_{name}", "", f"fillColor={style.tint};strokeColor=none;", box)
        tab = f"fillColor={style.text};strokeColor=none;fontColor={PAPER};fontStyle=1;horizontal=0;"
        yield _cell(
            f"tab_{name}", found.wording.say(style.word), tab, (_LEFT, top, _TAB - 8, bottom - top)
        )
    for step in found.steps:
        if step.row.limit:
            words = _lines(step.row.limit, _LIMITS)
            height = (words.count("\n") + 1) * _LINE
            box = (right + 5, rows.places[step.key] + 6 - height, _LIMITS, height)
            yield _cell(f"limit_{step.key}", words, _PLAIN + "fontSize=11;", box)


def _stages(rows: _Rows) -> Iterator[str]:
    """The names of stages, over the life lines and on a ground of their own."""
    for at, stage in enumerate(rows.stages, 1):
        style = f"{_PLAIN}fontStyle=1;labelBackgroundColor={PILLARS[stage.pillar].tint};"
        box = (_LEFT + _TAB, stage.top + 2, 300, _STAGE - 4)
        yield _cell(f"stage_{at}", stage.words, style, box)


def _lanes(found: Cast, bottom: float, head: float) -> Iterator[str]:
    left: float = _LEFT + _TAB
    lane = (
        f"swimlane;shape=swimlane;html=0;startSize={_LANE_TAB};fillColor={BAND};swimlaneFillColor=none;"
        f"strokeColor={BAND};fontColor={PAPER};fontStyle=1;fontSize=11;collapsible=0;"
    )
    for group in found.groups:
        width = len(group.actors) * _COLUMN
        words = _lines(group.name, width - 10)
        yield _cell(group.key, words, lane, (left, _TOP, width, bottom - _TOP))
        for at, actor in enumerate(group.actors):
            yield _life_line(actor, group.key, at, bottom, head)
        left += width


def _life_line(actor: Actor, group: str, at: int, bottom: float, head: float) -> str:
    style = (
        "shape=umlLifeline;perimeter=lifelinePerimeter;html=0;container=0;collapsible=0;"
        f"size={head:g};fillColor={PAPER if actor.participant else HEAD};strokeColor={LIFELINE};"
        f"fontColor={INK};fontSize=11;"
    )
    box = (
        at * _COLUMN + (_COLUMN - _HEAD_WIDTH) / 2,
        _LANE_TAB + 12,
        _HEAD_WIDTH,
        bottom - _TOP - _LANE_TAB - 12,
    )
    return _cell(actor.key, _lines(actor.name, _HEAD_WIDTH - 10), style, box, group)


def _arrow(step: Step, rows: _Rows, columns: Mapping[str, int]) -> Iterator[str]:
    """An arrow joined to both life lines, at the height of its row."""
    top = _TOP + _LANE_TAB + 12
    y = rows.places[step.key]
    high = rows.bottom - top
    within = step.sender == step.receiver
    out, into = ((y - 20 - top) / high if within else (y - top) / high), (y - top) / high
    look = {
        Kind.HANDOFF: "endArrow=block;",
        Kind.INFORMAL: "endArrow=block;dashed=1;dashPattern=8 2 2 2;",
        Kind.PLANNED: "endArrow=block;endFill=0;dashed=1;dashPattern=10 4;",
        Kind.PROPOSED: "endArrow=open;dashed=1;dashPattern=2 2;",
        Kind.GAP: "endArrow=block;endFill=0;dashed=1;dashPattern=5 3;",
        Kind.QUESTION: "endArrow=open;dashed=1;dashPattern=1 3;",
    }[step.row.kind]
    style = (
        f"{look}html=0;rounded=0;strokeColor={step.style.line};fontColor={step.style.text};"
        f"strokeWidth={step.style.weight:g};fontSize=11;verticalAlign=bottom;"
        f"labelBackgroundColor={PILLARS[step.row.pillar].tint};"
        f"spacingBottom=2;startArrow={'oval' if step.row.feedback else 'none'};"
        f"exitX=0.5;exitY={out:.5f};exitDx=0;exitDy=0;exitPerimeter=0;"
        f"entryX=0.5;entryY={into:.5f};entryDx=0;entryDy=0;entryPerimeter=0;"
    )
    words = _lines(step.words, _span(step, columns))
    ends = f'source="{step.sender.key}" target="{step.receiver.key}"'
    yield (
        f'<object id="{step.key}" label="{escaped(words)}" about="{escaped(clean(step.told))}">'
        f'<mxCell style="{style}" edge="1" parent="1" {ends}>'
    )
    if within:
        x = _LEFT + _TAB + (columns[step.sender.key] + 0.5) * _COLUMN + 40
        yield '<mxGeometry relative="1" as="geometry"><Array as="points">'
        yield f'<mxPoint x="{x:g}" y="{y - 20:g}"/><mxPoint x="{x:g}" y="{y:g}"/>'
        yield "</Array></mxGeometry>"
    else:
        yield '<mxGeometry relative="1" as="geometry"/>'
    yield "</mxCell></object>"
