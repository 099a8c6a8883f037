"""A plan for other programs: every text that it can be written as.

Each holds every handoff of the view, or the call fails.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from interagency.charts.emit.bpmn import bpmn
from interagency.charts.emit.cast import cast, complete
from interagency.charts.emit.dot import dot
from interagency.charts.emit.drawio import drawio
from interagency.charts.emit.graphml import graphml
from interagency.charts.emit.mermaid import flowchart, sequence
from interagency.charts.emit.plantuml import plantuml
from interagency.charts.frame import Edition
from interagency.charts.ladder import ladder
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.scene import Scene

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


class Write(Protocol):
    """Writes a plan, with what an audit found, as the text of another program."""

    def __call__(
        self,
        graph: PlanGraph,
        findings: Sequence[Finding] = (),
        language: str | None = None,
        numbering: Numbering = FROM_ONE,
    ) -> str:
        """The whole text.

        Raises:
            RenderError: a handoff did not come through.
        """
        ...


@dataclass(frozen=True, slots=True)
class Export:
    """A text for another program: what writes it, and how its files end."""

    write: Write
    suffixes: tuple[str, ...]


def scenes_json(pages: Sequence[Scene]) -> str:
    """The pages of a chart as JSON: every shape and line of words with its place in points."""
    return json.dumps(
        {"pages": [json.loads(page.to_json()) for page in pages]}, ensure_ascii=False, indent=1
    )


def scene(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write the ladder of a plan as JSON.

    Raises:
        RenderError: a handoff did not come through.
    """
    pages = ladder(graph, findings, Edition(language=language, numbering=numbering))
    arrows = {item.id for page in pages for item in page.items if item.role == "arrow"}
    steps = cast(graph, findings, language, numbering).steps
    complete(sum(step.row.id in arrows for step in steps), steps, "scene")
    return scenes_json(pages)


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "mermaid": Export(sequence, (".mmd", ".mermaid")),
        "mermaid-flowchart": Export(flowchart, (".mmd", ".mermaid")),
        "plantuml": Export(plantuml, (".puml", ".plantuml")),
        "drawio": Export(drawio, (".drawio",)),
        "bpmn": Export(bpmn, (".bpmn",)),
        "graphml": Export(graphml, (".graphml",)),
        "dot": Export(dot, (".dot", ".gv")),
        "json": Export(scene, (".json",)),
    }
)
"""Every text that a plan can be written as. Where two end alike, the first is the usual one."""
