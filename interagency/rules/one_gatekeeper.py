"""G03: an identifier that stands on every way to help."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import PLAN, Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import HELP_KINDS, PlanGraph
from interagency.model import PERSON
from interagency.vocabulary import HandoffKind, Pillar, Stage


@rule(
    code="G03",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("COE-10-1", "NRM-02", "BAL-PG-1"),
)
def one_gatekeeper(graph: PlanGraph) -> Iterator[Answer]:
    """Every way to help leads through one agency that decides who is a victim.

    Why it matters:
        When that agency is overloaded, far away, sceptical or feared, there is no help. Where it
        also investigates, help hangs on what the case is worth to it.

    What it looks at:
        All ways from where cases begin (the person, the public, every agency that detects) to
        anyone who helps (role service_provider or reintegration_provider, or a function of care).
        A way is made of handoffs that carry a case, and ends with one that brings the person to the
        helper's door: referral, custody transfer, request for assistance, decision or joint action,
        or anything the person or the public sends there. An agency that identifies and stands on
        every one of these ways, as its beginning or further on, is the gate, unless it helps
        itself. Where no way leads to help at all, identified-then-nothing tells of it.

    When it is no trouble:
        Help that asks for no decision is open, but the plan does not say so: write the handoff
        from the person, or from those who detect, to the helper. A gate for one group only (open
        for children, not for adults) is seen when the plan is asked for that group.

    Broken:
        format: 1
        plan: {id: example, title: One gate, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: hotline, name: Hotline, roles: [detecting_agency]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: person, to: police, pillars: [protect], kind: complaint}
          - {from: hotline, to: police, pillars: [protect], kind: referral}
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Two gates, as_of: 2024, completeness: complete}
        agencies:
          - id: police
            name: Police
            sector: law_enforcement
            roles: [detecting_agency, identification_authority]
          - {id: hotline, name: Hotline, roles: [detecting_agency]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: person, to: police, pillars: [protect], kind: complaint}
          - {from: hotline, to: police, pillars: [protect], kind: referral}
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: hotline, to: shelter, pillars: [protect], kind: referral}
    """
    helping = {a.id for a in graph.providers}
    deciding = {a.id for a in graph.identifiers} - helping
    passed = graph.gatekeepers(graph.entries, {"help": helping}, into=HELP_KINDS).get("help")
    if passed is None:
        return
    gates = [an_id for an_id in passed if an_id in deciding]
    if gates:
        yield _flag(graph, gates)
    else:
        yield Met(PLAN)


def _flag(graph: PlanGraph, gates: list[str]) -> Flag:
    names = listed(graph.name(gate) for gate in gates)
    police = [graph.name(gate) for gate in gates if graph.investigates(graph.agency(gate))]
    also = f" {listed(police)} also investigates." if police else ""
    worse = " Whoever is in fear of that gets no help." if police else ""
    helper = graph.likely(graph.providers)[0]
    others = [a for a in graph.likely(graph.detectors) if a.id not in gates][:2]
    opener = listed((*(a.name for a in others), "the person"))
    return Flag(
        about=agency(*gates),
        message=(
            f"Every way to help leads through {names}, and whoever is not believed there is "
            f"helped by nobody.{also}{worse}"
        ),
        ask=(
            f"No source states a way to help that does not lead through {names}. Is there one for "
            f"those who are not believed there, or do not dare to go?{also}"
        ),
        mend=(
            f"Open a second door that needs no decision there: let {opener} turn to {helper.name} "
            "directly, on signs alone, and give a second body the power to identify."
        ),
        expected=(
            *(
                Expected(
                    sender=other.id,
                    receiver=helper.id,
                    kind=HandoffKind.REFERRAL,
                    pillars=(Pillar.PROTECT,),
                    stage=Stage.ASSISTANCE,
                    what="person with signs of trafficking",
                )
                for other in others
            ),
            Expected(
                sender=PERSON,
                receiver=helper.id,
                kind=HandoffKind.REQUEST_FOR_ASSISTANCE,
                pillars=(Pillar.PROTECT,),
                stage=Stage.ASSISTANCE,
                what="request for help",
            ),
        ),
    )
