r"""A plan as DOT, for Graphviz and the many programs that read it.

Nothing that a plan says reaches DOT as an id: nodes are called ``n1``, handoffs ``h1``, and the
words stand in labels that are escaped here and nowhere else. That matters because DOT takes a
label like ``<a & b>`` for HTML, ``\N`` for a placeholder and ``a:b`` for a port.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from interagency.charts.ladder_rows import Column, Content, Kind, Row, content
from interagency.charts.text import clean, wrap
from interagency.charts.theme import BAND, HEAD, INK, MISSING, NOT_STATED, PAPER, PILLARS
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


def label(text: str, width: float = 130) -> str:
    r"""A text as a DOT label: Graphviz shows exactly the text, in lines, whatever it holds.

    The package puts the quotes around it. No sign is left that it or Graphviz would read as
    anything but itself: Graphviz turns the entities back into their signs.

    >>> print(label("<R&D> \\N"))
    &lt;R&amp;D&gt; \\N
    """
    lines = wrap(clean(text), 10, width) or ("",)
    return r"\n".join(map(_escaped, lines))


def _escaped(line: str) -> str:
    for sign, token in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\\", "\\\\"),
    ):
        line = line.replace(sign, token)
    return line


def dot(graph: PlanGraph, findings: Sequence[Finding] = (), language: str | None = None) -> str:
    """Write a plan as DOT: agencies in clusters by sector, every handoff, gaps dashed.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found; what would close a gap is drawn as well.
        language: the language of the agencies' names, where the plan has them.
    """
    import graphviz  # type: ignore[import-untyped]  # the package carries no types

    said = content(graph, findings, language)
    picture = graphviz.Digraph(engine="dot")
    picture.attr(
        rankdir="LR", newrank="true", compound="true", fontname="Noto Sans",
        label=label(graph.plan.facts.title, 600), labelloc="t", fontsize="16",
    )  # fmt: skip
    picture.attr(
        "node", shape="box", style="filled,rounded", fillcolor=HEAD, color=INK,
        fontname="Noto Sans", fontsize="10",
    )  # fmt: skip
    picture.attr("edge", fontname="Noto Sans", fontsize="9")
    names = _nodes(picture, _everyone(graph, said, language))
    for number, row in enumerate(said.rows, 1):
        _edge(picture, row, names, number)
    source: str = picture.source
    if source.count(" -> ") < len(said.rows):
        raise RenderError("Not every handoff reached the DOT text. Please report this.")
    return source


def _everyone(graph: PlanGraph, said: Content, language: str | None) -> list[Column]:
    """All agencies, those without a handoff as well, grouped by sector."""
    drawn = {column.id for column in said.columns}
    alone = [
        Column(agency.id, agency.names.get(language or "", agency.name), agency.sector, False)
        for agency in graph.agencies
        if agency.id not in drawn
    ]
    columns = [*said.columns, *alone]
    bands = list(dict.fromkeys(column.band for column in columns))
    return sorted(columns, key=lambda column: bands.index(column.band))


def _nodes(picture: Any, columns: Sequence[Column]) -> dict[str, str]:
    names = {column.id: f"n{number}" for number, column in enumerate(columns, 1)}
    for at, (band, group) in enumerate(groupby(columns, key=lambda column: column.band), 1):
        with picture.subgraph(name=f"cluster_{at}") as cluster:
            cluster.attr(label=label(band), color=BAND, style="rounded", fontsize="11")
            for column in group:
                look = {"style": "filled,rounded", "fillcolor": PAPER} if column.participant else {}
                cluster.node(names[column.id], label=label(column.name), **look)
    return names


def _edge(picture: Any, row: Row, names: dict[str, str], number: int) -> None:
    style = {Kind.GAP: MISSING, Kind.QUESTION: NOT_STATED}.get(row.kind) or PILLARS[row.pillar]
    lines = {Kind.GAP: "dashed", Kind.QUESTION: "dotted"}
    heads = {Kind.GAP: "empty", Kind.QUESTION: "vee"}
    words = "; ".join(part for part in (row.words, row.limit) if part)
    picture.edge(
        names[row.sender],
        names[row.receiver],
        id=f"h{number}",
        label=label(words),
        color=f"{style.line}:{PAPER}:{style.line}" if style.double else style.line,
        fontcolor=style.text,
        style=lines.get(row.kind, "solid"),
        arrowhead=heads.get(row.kind, "normal"),
        penwidth=f"{min(style.weight, 2):g}",
    )
