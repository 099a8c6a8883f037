"""X09: what is known of workers, patients or pupils and reaches immigration."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Group, Pillar


@rule(
    code="X09",
    severity=Severity.HIGH,
    pillars=(
        Pillar.PREVENT,
        Pillar.PROTECT,
    ),
    requirements=("COE-11-1", "ILO-2C"),
    case_of="data-leak-to-enforcement",
    whom=(Group.FOREIGN_NATIONALS,),
)
def no_firewall_to_immigration(graph: PlanGraph) -> Iterator[Answer]:
    """What workers, patients or pupils tell can be used to remove them.

    Why it matters:
        A worker who fears removal does not complain, a mother does not send the child to school.
        Then nobody detects anything. High: it closes the places where victims are met first, for
        everybody without papers.

    What it looks at:
        Handoffs from labour inspection, health or education to an immigration authority, or to an
        agency with the function removal, that tell of a person or hand one over. In order behind a
        firewall (need use_limitation or no_removal), with the person's agreement (a request for a
        permit, say), or without a name (data: anonymous). The plan itself says that there is no
        firewall where it hands over custody, or passes personal data and names no guard.
        One finding for each sender.

    When it is no trouble:
        The firewall stands in a law and not in the line: write the need use_limitation. Ways over a
        third agency are not looked at here.

    Broken:
        format: 1
        plan: {id: example, title: The inspector checks visas, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectors, name: Labour inspectors, sector: labour_inspection}
          - {id: status, name: Immigration police, sector: immigration_authority}
        handoffs:
          - {from: inspectors, to: status, pillars: [prevent], kind: custody_transfer}

    Mended:
        format: 1
        plan: {id: example, title: A permit by request, as_of: 2024, completeness: complete}
        agencies:
          - {id: inspectors, name: Labour inspectors, sector: labour_inspection}
          - {id: status, name: Immigration police, sector: immigration_authority}
        handoffs:
          - from: inspectors
            to: status
            pillars: [protect, prevent]
            kind: request_for_assistance
            needs: [consent, use_limitation, no_removal]
    """
    for step in guarded(graph, "X09"):
        yield Met(step.ref)
    for found in unguarded(graph, "X09"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    trouble = (
        f"From {sender}, persons or data on their status go to {receivers}: no firewall stands "
        "between the two."
        if found.broken
        else f"What {sender} knows of persons goes to {receivers}, and nothing says that it may "
        "not be used to remove them."
    )
    return Flag(
        about=found.about(),
        message=f"{trouble} Whoever lacks papers learns to stay away.{found.also(graph)}",
        mend=(
            f"Let {sender} stop telling {receivers} of persons, or handing them over; what must be "
            "counted is passed on as numbers. What a person agrees to, or a law prescribes, goes "
            "only where it may not be used for removal (needs use_limitation and no_removal). "
            "Refer persons with signs of trafficking to whoever identifies victims."
        ),
        ask=(
            f"No source states whether {receivers} may use what {sender} passes on to remove "
            f"persons. Ask {sender} what it tells, and whether the person agrees."
        ),
        lacking=(
            f"{listed(h.id for h in found.handoffs)} ended, or with no names (data: anonymous), "
            "or, where a law prescribes it, with the needs use_limitation and no_removal",
        ),
        stated=bool(found.broken),
    )
