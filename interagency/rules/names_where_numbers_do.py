"""X12: personal data given to those who only watch and co-ordinate."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X12",
    severity=Severity.MEDIUM,
    pillars=(
        Pillar.PREVENT,
        Pillar.PROTECT,
        Pillar.PROSECUTE,
    ),
    requirements=("COE-11-1", "COE-29-4"),
)
def names_where_numbers_do(graph: PlanGraph) -> Iterator[Answer]:
    """Who co-ordinates or monitors is told who the victims are, where numbers would do.

    Why it matters:
        Each list of names is one more list that can leak, and no report needs it. Medium: the
        handoff itself is wanted, and mended by leaving the names out.

    What it looks at:
        What agencies report to a co-ordination body or a national rapporteur, and the information
        on cases they share with one that has no part in cases itself (it neither identifies nor
        manages cases, and has no role in one). In order when nobody can be recognised (data:
        anonymous), data-protection rules hold (need data_protection), it is public anyway (need
        publication), or the person agrees. The plan states the trouble where it says data:
        personal. Where it says nothing of data, reports for prevention by agencies that meet no
        victims, and what such bodies tell one another, are left out. One finding for each receiver.

    When it is no trouble:
        The body decides on single cases: give it its role or the function case_management. Persons
        referred to such a body are no report.

    Broken:
        format: 1
        plan: {id: example, title: A list of names, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: rapporteur, name: National rapporteur, sector: national_rapporteur}
        handoffs:
          - {from: police, to: rapporteur, pillars: [prosecute], kind: reporting, data: personal}

    Mended:
        format: 1
        plan: {id: example, title: A table of numbers, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: rapporteur, name: National rapporteur, sector: national_rapporteur}
        handoffs:
          - {from: police, to: rapporteur, pillars: [prosecute], kind: reporting, data: anonymous}
    """
    for step in guarded(graph, "X12"):
        yield Met(step.ref)
    for found in unguarded(graph, "X12", by_receiver=True):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    receiver, senders = graph.name(found.agency), listed(found.others(graph))
    trouble = (
        f"{receiver} receives from {senders} data by which persons can be recognised"
        if found.broken
        else f"{receiver} receives data on cases from {senders}, and nothing says that the names "
        "are left out"
    )
    return Flag(
        about=found.about(),
        message=f"{trouble}. To co-ordinate and to monitor, numbers would do.{found.also(graph)}",
        mend=(
            f"Agree on what {receiver} needs to count, and let it be told without names or "
            "anything else that shows who a person is (data: anonymous, need data_protection)."
        ),
        ask=(
            f"No source states whether persons can be recognised in what {receiver} is told by "
            f"{senders}. Ask {receiver} for the form on which it is told."
        ),
        lacking=found.lacking("X12"),
        stated=bool(found.broken),
    )
