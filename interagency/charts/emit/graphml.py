"""A plan as GraphML: for yEd with boxes, colours and words; for Gephi and networkx as data.

Nodes and edges have ids made here; the plan's own ids are the attribute ``plan_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from interagency.charts.emit.cast import Actor, Group, Step, cast, complete
from interagency.charts.emit.graphml_places import (
    NAME_SIZE,
    WORD_SIZE,
    Spot,
    Way,
    spots,
    ways,
)
from interagency.charts.ladder_rows import Kind
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean, scrubbed
from interagency.charts.theme import HEAD, INK, MUTED, PAPER

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Agency, Handoff

_HEADER = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:y="http://www.yworks.com/xml/graphml" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">'
)
_NODE_FIELDS = ("label", "plan_id", "group", "participant", "sector", "roles", "functions", "level")
_EDGE_FIELDS = (
    "label", "plan_id", "state", "number", "pillars", "stage", "what", "limit", "detail",
    "kind", "status", "findings",
)  # fmt: skip

_LOOKS = {
    Kind.HANDOFF: ("line", "standard"),
    Kind.INFORMAL: ("dashed_dotted", "standard"),
    Kind.PLANNED: ("dashed", "white_diamond"),
    Kind.PROPOSED: ("dotted", "white_diamond"),
    Kind.GAP: ("dashed", "white_delta"),
    Kind.QUESTION: ("dotted", "plain"),
}
"""The line and the head of an arrow, as yEd names them."""


def escaped(text: str) -> str:
    """A text as it stands in XML, whatever it holds; ends of lines stay.

    >>> escaped('<R&D>')
    '&lt;R&amp;D&gt;'
    """
    return "\n".join(escape(scrubbed(line), quote=True) for line in text.split("\n"))


def graphml(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as GraphML: a node for each agency, an edge for each handoff.

    >>> import interagency
    >>> graphml(interagency.load("nepal")).count("<edge ")
    4

    Raises:
        RenderError: a handoff did not come through.
    """
    found = cast(graph, findings, language, numbering)
    agencies = {agency.id: agency for agency in graph.agencies}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _HEADER,
        *(_key(f"n_{name}", "node", name) for name in _NODE_FIELDS),
        '  <key id="n_box" for="node" yfiles.type="nodegraphics"/>',
        *(_key(f"e_{name}", "edge", name) for name in _EDGE_FIELDS),
        '  <key id="e_line" for="edge" yfiles.type="edgegraphics"/>',
        _key("g_title", "graph", "title"),
        '  <graph id="plan" edgedefault="directed">',
        f'    <data key="g_title">{escaped(found.title)}</data>',
    ]
    places = spots(found)
    for group in found.groups:
        for actor in group.actors:
            lines += _node(actor, group, agencies.get(actor.id), places[actor.key])
    handoffs = {handoff.id: handoff for handoff in (*graph.handoffs, *graph.absent)}
    led = ways(found.steps, places)
    for step in found.steps:
        lines += _edge(step, handoffs.get(step.row.id), led[step.key], places)
    lines += ["  </graph>", "</graphml>", ""]
    text = "\n".join(lines)
    complete(text.count('    <edge id="h'), found.steps, "GraphML text")
    return text


def _key(key: str, of: str, name: str) -> str:
    kind = "boolean" if name == "participant" else "string"
    return f'  <key id="{key}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'


def _node(actor: Actor, group: Group, agency: Agency | None, spot: Spot) -> Iterator[str]:
    fields = {
        "label": actor.name,
        "plan_id": actor.id,
        "group": group.name,
        "participant": str(actor.participant).lower(),
        "sector": agency.sector.value if agency and agency.sector else "",
        "roles": _joined(agency.roles if agency else ()),
        "functions": _joined(agency.functions if agency else ()),
        "level": agency.level.value if agency and agency.level else "",
    }
    yield f'    <node id="{actor.key}">'
    # The box comes first: networkx takes its broken lines for the label, and then the label.
    yield '      <data key="n_box"><y:ShapeNode>'
    yield (
        f'        <y:Geometry x="{spot.x:g}" y="{spot.y:g}" width="{spot.width:g}" '
        f'height="{spot.height:g}"/>'
    )
    yield f'        <y:Fill color="{PAPER if actor.participant else HEAD}" transparent="false"/>'
    yield f'        <y:BorderStyle color="{INK}" type="line" width="1.0"/>'
    yield (
        f'        <y:NodeLabel fontSize="{NAME_SIZE}" fontStyle="bold" alignment="center" '
        f'modelName="internal" modelPosition="c" textColor="{INK}">'
        f"{escaped(chr(10).join(spot.lines))}</y:NodeLabel>"
    )
    if spot.sector:
        yield (
            f'        <y:NodeLabel fontSize="{WORD_SIZE}" modelName="sandwich" modelPosition="n" '
            f'textColor="{MUTED}">{escaped(clean(spot.sector))}</y:NodeLabel>'
        )
    yield '        <y:Shape type="roundrectangle"/>'
    yield "      </y:ShapeNode></data>"
    yield from _data("n", fields)
    yield "    </node>"


def _edge(
    step: Step, handoff: Handoff | None, way: Way, places: Mapping[str, Spot]
) -> Iterator[str]:
    row = step.row
    fields = {
        "label": step.words,
        "plan_id": row.id if handoff else "",
        "state": row.kind.value,
        "number": row.number,
        "pillars": _joined(row.pillars),
        "stage": row.stage.value if row.stage else "",
        "what": row.what,
        "limit": row.limit,
        "detail": row.detail,
        "kind": handoff.kind.value if handoff else "",
        "status": handoff.status.value if handoff else "",
        "findings": ", ".join(map(str, row.marks)),
    }
    line, head = _LOOKS[row.kind]
    ends = f'source="{step.sender.key}" target="{step.receiver.key}"'
    yield f'    <edge id="{step.key}" {ends}>'
    yield from _data("e", fields)
    yield '      <data key="e_line"><y:PolyLineEdge>'
    yield from _path(way, places[step.sender.key], places[step.receiver.key])
    yield (
        f'        <y:LineStyle color="{step.style.line}" type="{line}" '
        f'width="{step.style.weight:g}"/>'
    )
    tail = "transparent_circle" if row.feedback else "none"
    yield f'        <y:Arrows source="{tail}" target="{head}"/>'
    yield (
        f'        <y:EdgeLabel fontSize="{WORD_SIZE}" textColor="{step.style.text}" '
        f'backgroundColor="{PAPER}" alignment="center" configuration="AutoFlippingLabel" '
        f'modelName="custom" preferredPlacement="anywhere">'
        f"{escaped(chr(10).join(way.lines))}"
        '<y:LabelModel><y:SmartEdgeLabelModel autoRotationEnabled="false" defaultAngle="0.0" '
        'defaultDistance="0.0"/></y:LabelModel><y:ModelParameter><y:SmartEdgeLabelModelParameter '
        'angle="0.0" distance="0.0" distanceToCenter="true" position="center" '
        f'ratio="{way.share:g}" segment="1"/></y:ModelParameter></y:EdgeLabel>'
    )
    yield '        <y:BendStyle smoothed="true"/>'
    yield "      </y:PolyLineEdge></data>"
    yield "    </edge>"


def _path(way: Way, sender: Spot, receiver: Spot) -> Iterator[str]:
    """Where a line leads: its ends as yEd counts them, from the middles of the boxes."""
    (start_x, start_y), *bends, (end_x, end_y) = way.points
    (from_x, from_y), (to_x, to_y) = sender.middle, receiver.middle
    yield (
        f'        <y:Path sx="{start_x - from_x:.1f}" sy="{start_y - from_y:.1f}" '
        f'tx="{end_x - to_x:.1f}" ty="{end_y - to_y:.1f}">'
    )
    for x, y in bends:
        yield f'          <y:Point x="{x:.1f}" y="{y:.1f}"/>'
    yield "        </y:Path>"


def _joined(words: Iterable[str]) -> str:
    return ", ".join(map(str, words))


def _data(of: str, fields: Mapping[str, str]) -> Iterator[str]:
    """What is known, as plain attributes; what is not has none."""
    for name, value in fields.items():
        if value:
            yield f'      <data key="{of}_{name}">{escaped(clean(value))}</data>'
