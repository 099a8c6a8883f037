"""X06: material from another State passed on without its limits."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X06",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PROSECUTE,),
    requirements=("UNT-18-1", "PAL-10-3"),
)
def foreign_material_reused(graph: PlanGraph) -> Iterator[Answer]:
    """Material from another State can be used for more than that State agreed to.

    Why it matters:
        A State that finds its material in other hands sends no more. Medium: the handoff is needed,
        only its limits are missing, and the harm is to the next case.

    What it looks at:
        Evidence transfers, and information on cases, from a central authority to anyone at home. In
        order when the limits of the sending State travel with it (need use_limitation), or use
        waits for its consent (need cooperation_of_other_state). One finding for each sender.

    When it is no trouble:
        The agency is named a central authority and the material is its own. Other agencies that ask
        abroad are left out: format 1 cannot tell their own material from that of another State.

    Broken:
        format: 1
        plan: {id: example, title: A file for other ends, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Office for requests from abroad, sector: central_authority}
          - {id: tax, name: Tax inspectors, sector: financial_intelligence}
          - {id: abroad, name: Prosecutor abroad, sector: foreign_counterpart}
        handoffs:
          - {from: abroad, to: ministry, pillars: [prosecute], kind: evidence_transfer}
          - {from: ministry, to: tax, pillars: [prosecute], kind: evidence_transfer}

    Mended:
        format: 1
        plan: {id: example, title: A file with its limits, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Office for requests from abroad, sector: central_authority}
          - {id: tax, name: Tax inspectors, sector: financial_intelligence}
          - {id: abroad, name: Prosecutor abroad, sector: foreign_counterpart}
        handoffs:
          - {from: abroad, to: ministry, pillars: [prosecute], kind: evidence_transfer}
          - from: ministry
            to: tax
            pillars: [prosecute]
            kind: evidence_transfer
            needs: [use_limitation, cooperation_of_other_state]
    """
    for step in guarded(graph, "X06"):
        yield Met(step.ref)
    for found in unguarded(graph, "X06"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    return Flag(
        about=found.about(),
        message=(
            f"{sender} passes material from other States to {receivers}, and nothing limits its "
            "use to what the sending State agreed to."
        ),
        mend=(
            f"Let {sender} pass each file on with the limits it came with, and ask the sending "
            "State before it is used for anything else (needs use_limitation and "
            "cooperation_of_other_state)."
        ),
        ask=(
            "No source states whether the limits that a sending State sets travel with what "
            f"{sender} passes to {receivers}. Ask {sender}."
        ),
        lacking=found.lacking("X06"),
        stated=bool(found.broken),
    )
