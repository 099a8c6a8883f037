"""X04: help that an identifier gives in exchange for testimony."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unguarded, guarded, unguarded
from interagency.vocabulary import Pillar


@rule(
    code="X04",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-12-6", "OHC-P8"),
    case_of="help-for-testimony",
)
def no_help_without_testimony(graph: PlanGraph) -> Iterator[Answer]:
    """Shelter, care or legal advice opens only to persons who help the investigation.

    Why it matters:
        Who is too frightened to testify needs help most. And testimony given for a bed is worth
        little in court. Critical: a prohibition, and what it closes is the first door that a victim
        comes to.

    What it looks at:
        Referrals, custody transfers, requests and decisions by which an agency that identifies
        victims brings them to help: to an agency that gives help, to health, legal aid, welfare,
        child protection or an NGO, or as a decision on assistance to the person. Trouble is the
        condition cooperates. The plan says so itself, so it is a gap in a partial plan as well. One
        finding for each sender.

    When it is no trouble:
        A residence permit may be tied to co-operation (stage legal_status), and a witness
        protection programme is for witnesses (sector witness_protection, stage trial_protection):
        both are left out.

    Broken:
        format: 1
        plan: {id: example, title: A bed for a statement, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - from: police
            to: shelter
            pillars: [protect]
            kind: referral
            conditions: [cooperates]

    Mended:
        format: 1
        plan: {id: example, title: A bed for whoever needs it, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - from: police
            to: shelter
            pillars: [protect]
            kind: referral
            needs: [consent, non_conditionality]
    """
    for step in guarded(graph, "X04"):
        yield Met(step.ref)
    for found in unguarded(graph, "X04"):
        yield _flag(graph, found)


def _flag(graph: PlanGraph, found: Unguarded) -> Flag:
    sender, receivers = graph.name(found.agency), listed(found.others(graph))
    return Flag(
        about=found.about(),
        message=(
            f"{sender} opens the way to {receivers} only to persons who help the investigation or "
            "prosecution. Whoever cannot or will not testify gets no help there."
        ),
        mend=(
            f"Lift the condition: let {sender} send every presumed victim who agrees to "
            f"{receivers}, witness or not. A residence permit may be tied to co-operation; help "
            "may not."
        ),
        lacking=found.lacking("X04"),
        stated=True,
    )
