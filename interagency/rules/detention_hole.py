"""G14: places of detention from which no case leads out."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, rule
from interagency.graph import PlanGraph
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage


@rule(
    code="G14",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("ACT-14-8", "COE-13", "OHC-G2-6"),
)
def detention_hole(graph: PlanGraph) -> Iterator[Answer]:
    """A prison or detention centre holds people, and no one there can call for help for a victim.

    Why it matters:
        Victims who were not found earlier are often found here: held for papers they never had, or
        for what they were made to do. If nothing leads out, nobody finds them.

    What it looks at:
        Every agency of sector detention_authority that does not identify victims itself. It holds
        people whether or not the plan says who brings them. It is in order when a case can come
        from it to an agency that identifies, or to one outside detention that gives help.

    When it is no trouble:
        Another agency screens inside on its own: write its screening as a handoff from the place of
        detention (the request, or the joint action) to that agency.

    Broken:
        format: 1
        plan: {id: example, title: A closed door, as_of: 2024, completeness: complete}
        agencies:
          - {id: centre, name: Removal centre, sector: detention_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: notification}

    Mended:
        format: 1
        plan: {id: example, title: A door that opens, as_of: 2024, completeness: complete}
        agencies:
          - {id: centre, name: Removal centre, sector: detention_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: notification}
          - {from: centre, to: panel, pillars: [protect], kind: referral}
    """
    identifying = {a.id for a in graph.identifiers}
    holders = [a for a in graph.in_sector(Sector.DETENTION_AUTHORITY) if a.id not in identifying]
    outside = [a for a in graph.providers if a.sector is not Sector.DETENTION_AUTHORITY]
    goals = {a.id: a for a in graph.likely(graph.competent_authorities or outside)}
    if not holders or not goals:
        return
    asked = identifying | {a.id for a in outside}
    leading = graph.whom_it_leads(asked, graph.brings_to_be_asked)
    for holder in holders:
        if holder.id in leading:
            yield Met(holder.ref)
            continue
        ends = graph.likely_from(holder.id, goals)
        yield Flag(
            about=agency(holder.id),
            message=(
                f"From {holder.name} no case leads to anyone who identifies or helps victims. "
                "Whoever is held there without having been asked stays unknown."
            ),
            ask=(
                f"No source states how a victim among those held by {holder.name} comes to anyone "
                "who identifies or helps. Who screens there, and whom do they tell?"
            ),
            mend=(
                f"Screen everyone on arrival at {holder.name}, refer those who show signs of "
                f"trafficking to {ends[0].name}, and let them go to an open place of help."
            ),
            expected=tuple(
                Expected(
                    sender=holder.id,
                    receiver=end.id,
                    kind=HandoffKind.REFERRAL,
                    pillars=(Pillar.PROTECT,),
                    stage=Stage.IDENTIFICATION,
                    what="person held, with signs of trafficking",
                )
                for end in ends
            ),
        )
