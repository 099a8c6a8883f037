"""A plan as the texts that other programs draw, where the package has no export for them.

All are made from the cast of the exports: the same agencies by the same sectors, the same words
broken into the same lines, the same handoffs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from interagency.charts.emit.cast import Cast, Step
from interagency.charts.text import clean, leading, measure, wrap

BOX_TYPE, EDGE_TYPE, GROUP_TYPE = 10.0, 9.0, 11.0
"""Sizes of type where we choose them: those of our DOT text, in points."""
_AROUND = 8.0


def _lines(text: str) -> str:
    return "\n".join(wrap(clean(text), 10, 130)) or " "


def _words(step: Step) -> str:
    return _lines("; ".join(part for part in (step.words, step.row.limit) if part))


def d2(found: Cast) -> str:
    """A plan in D2: a container for each sector; agencies and handoffs bear their class."""
    lines = ["direction: right", "classes: {agency: {}}"]
    homes = {
        actor.key: f"{group.key}.{actor.key}" for group in found.groups for actor in group.actors
    }
    for group in found.groups:
        lines.append(f"{group.key}: {json.dumps(clean(group.name), ensure_ascii=False)} {{")
        lines += [
            f"  {actor.key}: {quoted(_lines(actor.name))} {{class: agency}}"
            for actor in group.actors
        ]
        lines.append("}")
    for step in found.steps:
        ends = f"{homes[step.sender.key]} -> {homes[step.receiver.key]}"
        lines.append(f'{ends}: {quoted(_words(step))} {{style.stroke: "{step.style.line}"}}')
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """In double quotes, where D2 reads backslashes as JSON does but takes ``${`` for a name."""
    return json.dumps(text, ensure_ascii=False).replace("$", "\\$")


def elk(found: Cast) -> str:
    """A plan as a graph for ELK: layered, from left to right, sectors as boxes around agencies."""
    graph = {
        "id": "root",
        "layoutOptions": {
            "elk.algorithm": "layered",
            "elk.direction": "RIGHT",
            "elk.hierarchyHandling": "INCLUDE_CHILDREN",
            "elk.json.shapeCoords": "ROOT",
            "elk.json.edgeCoords": "ROOT",
        },
        "children": [
            {
                "id": group.key,
                "labels": [_label(clean(group.name), GROUP_TYPE)],
                "layoutOptions": {
                    "elk.nodeLabels.placement": "INSIDE V_TOP H_CENTER",
                    "elk.padding": "[top=24,left=12,bottom=12,right=12]",
                },
                "children": [_elk_box(actor.key, _lines(actor.name)) for actor in group.actors],
            }
            for group in found.groups
        ],
        "edges": [
            {
                "id": step.key,
                "sources": [step.sender.key],
                "targets": [step.receiver.key],
                "labels": [_label(_words(step), EDGE_TYPE)],
            }
            for step in found.steps
        ],
    }
    return json.dumps(graph)


def _elk_box(key: str, name: str) -> dict[str, Any]:
    label = _label(name, BOX_TYPE)
    return {
        "id": key,
        "width": label["width"] + 2 * _AROUND,
        "height": label["height"] + _AROUND,
        "labels": [label],
        "layoutOptions": {"elk.nodeLabels.placement": "INSIDE V_CENTER H_CENTER"},
    }


def _label(text: str, size: float) -> dict[str, Any]:
    lines = text.split("\n")
    return {
        "text": text,
        "width": max(measure(line, size) for line in lines),
        "height": sum(leading(line) * size for line in lines),
    }


def bpmn(found: Cast) -> str:
    """A plan as one process: a task for each agency, a sequence flow for each handoff.

    It is the only shape in which bpmn-auto-layout places handoffs: of a collaboration, as our
    export is one, it lays out the first pool and no message flows.
    """
    return "\n".join(_bpmn(found)) + "\n"


def _bpmn(found: Cast) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="plan"'
    yield ' targetNamespace="https://example.org/plan"><process id="process">'
    for actor in found.actors:
        yield f'<task id="{actor.key}" name="{escape(clean(actor.name))}">'
        yield from (f"<incoming>{s.key}</incoming>" for s in found.steps if s.receiver == actor)
        yield from (f"<outgoing>{s.key}</outgoing>" for s in found.steps if s.sender == actor)
        yield "</task>"
    for step in found.steps:
        words = "; ".join(part for part in (step.words, step.row.limit) if part)
        ends = f'sourceRef="{step.sender.key}" targetRef="{step.receiver.key}"'
        yield f'<sequenceFlow id="{step.key}" name="{escape(clean(words))}" {ends}/>'
    yield "</process></definitions>"
