r"""A plan as DOT, for Graphviz and the many programs that read it.

Nothing that a plan says reaches DOT as an id: nodes are called ``n1``, handoffs ``h1``, and the
words stand in labels that are escaped here and nowhere else. That matters because DOT takes a
label like ``<a & b>`` for HTML, ``\N`` for a placeholder and ``a:b`` for a port.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from interagency.charts.emit.cast import Actor, Group, Step, cast, complete
from interagency.charts.ladder_rows import Kind
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean, wrap
from interagency.charts.theme import BAND, HEAD, INK, PAPER

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


_LINES = {
    Kind.INFORMAL: "dashed",
    Kind.PLANNED: "dashed",
    Kind.PROPOSED: "dotted",
    Kind.GAP: "dashed",
    Kind.QUESTION: "dotted",
}
_HEADS = {
    Kind.PLANNED: "onormal",
    Kind.PROPOSED: "onormal",
    Kind.GAP: "empty",
    Kind.QUESTION: "vee",
}


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


def dot(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> str:
    """Write a plan as DOT: agencies in clusters by sector, every handoff, gaps dashed.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found; what would close a gap is drawn as well.
        language: the language of the agencies' names, where the plan has them.
        numbering: how handoffs are numbered.

    Raises:
        RenderError: a handoff did not come through.
    """
    import graphviz  # type: ignore[import-untyped]  # the package carries no types

    found = cast(graph, findings, language, numbering)
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
    for group in found.groups:
        _sector(picture, group)
    for step in found.steps:
        _edge(picture, step)
    source: str = picture.source
    complete(len(re.findall(r"^\tn\d+ -> ", source, re.MULTILINE)), found.steps, "DOT text")
    return source


def _sector(picture: Any, group: Group) -> None:
    """A cluster for a sector, with its agencies."""
    with picture.subgraph(name=f"cluster_{group.key}") as cluster:
        cluster.attr(label=label(group.name), color=BAND, style="rounded", fontsize="11")
        for actor in group.actors:
            look = {"fillcolor": PAPER} if actor.participant else {}
            cluster.node(_node(actor), label=label(actor.name), **look)


def _node(actor: Actor) -> str:
    return actor.key.replace("a", "n", 1)


def _edge(picture: Any, step: Step) -> None:
    """An arrow with its number, what passes, its limit and the codes of findings about it."""
    style, row = step.style, step.row
    picture.edge(
        _node(step.sender),
        _node(step.receiver),
        id=step.key,
        label=label(row.wording.clauses((step.words, row.limit))),
        tooltip=label(step.told, 10_000),
        color=f"{style.line}:{PAPER}:{style.line}" if style.double else style.line,
        fontcolor=style.text,
        style=_LINES.get(row.kind, "solid"),
        arrowhead=_HEADS.get(row.kind, "normal"),
        penwidth=f"{min(style.weight, 2):g}",
        **({"dir": "both", "arrowtail": "odot"} if row.feedback else {}),
    )
