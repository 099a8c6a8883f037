"""X07: what tells the media or the public who a child victim is."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X07",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-11-2",),
    whom=(Group.CHILDREN,),
)
def child_identity_published(graph: PlanGraph) -> Iterator[Answer]:
    """The media or the public can learn who a child victim is.

    Why it matters:
        What is printed stays. The child is pointed at in school, and found by those it escaped
        from. High: a prohibition, and lasting harm to a child, though a search for the child can
        justify it.

    What it looks at:
        What agencies tell the media or the public when it is about children, identifies anyone
        (data: personal), or is told of a case at the stage investigation, prosecution,
        trial_protection or compensation, and is not limited to adults. In order when it identifies
        nobody (data: anonymous, need confidentiality or data_protection), or is the narrow
        exception (need child_best_interests, condition immediate_danger or court_order). The plan
        itself says it where the handoff is about children, identifies them and is no search (stage
        detection or first_response). One finding for each sender.

    When it is no trouble:
        Campaigns, warnings, help-line numbers and figures tell of nobody: leave them at their stage
        (system, prevention, monitoring), or state data: anonymous.

    Broken:
        format: 1
        plan: {id: example, title: A face in the paper, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: papers, name: Newspapers, sector: media}
        handoffs:
          - from: police
            to: papers
            pillars: [prosecute]
            kind: information_sharing
            stage: investigation
            only_for: [children]
            data: personal

    Mended:
        format: 1
        plan: {id: example, title: News without a face, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: papers, name: Newspapers, sector: media}
        handoffs:
          - from: police
            to: papers
            pillars: [prosecute]
            kind: information_sharing
            stage: investigation
            only_for: [children]
            data: anonymous
    """
    for step in guarded(graph, "X07"):
        yield Met(step.ref)
    for found in unguarded(graph, "X07"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    trouble = (
        f"{sender} gives {receivers} what tells who a child is."
        if found.broken
        else f"{sender} tells {receivers} of cases, and nothing says that the identity of a child "
        "is kept back."
    )
    return Flag(
        about=found.about(),
        message=f"{trouble} What is out cannot be called back.{found.also(graph)}",
        mend=(
            f"Let {sender} give {receivers} nothing from which a child can be recognised (data: "
            "anonymous). If a child is searched for or must be protected, let the best interests "
            "of that child decide (need child_best_interests)."
        ),
        ask=(
            f"No source states whether what {sender} tells {receivers} can reveal who a child is. "
            f"Ask {sender} what is left out of it."
        ),
        lacking=found.lacking("X07"),
        stated=bool(found.broken),
    )
