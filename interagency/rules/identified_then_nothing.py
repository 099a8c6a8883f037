"""G06: identifiers from which no person comes into anybody's care."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import PLAN, Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import Agency
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage


@rule(
    code="G06",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2B", "PAL-06-3", "NRM-03"),
)
def identified_then_nothing(graph: PlanGraph) -> Iterator[Answer]:
    """An agency identifies victims and brings them to nobody who helps.

    Why it matters:
        To be told "you are a victim" and then to be let go is the end of trust. Help begins with
        reasonable grounds, not when a file is closed.

    What it looks at:
        Every agency that identifies (role identification_authority or function
        victim_identification) and gives no help itself. It is in order when a person can come from
        it, in one handoff or several, to a provider (role service_provider or
        reintegration_provider, or a function of care), a health service, legal aid, or an
        immigration authority that grants residence. The last step has to bring the person there:
        a referral, custody transfer, request for assistance, decision or joint action. To be told
        of a case brings nobody to the door, though whoever is told may hand the person on. Where
        nobody in the plan helps, that is said once.

    When it is no trouble:
        The identifier is one voice of a panel, and the panel is an agency of its own in the plan:
        write the joint action between them.

    Broken:
        format: 1
        plan: {id: example, title: A letter and no more, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: information_sharing}

    Mended:
        format: 1
        plan: {id: example, title: A letter and a bed, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: panel, to: shelter, pillars: [protect], kind: referral}
    """
    giving = {a.id for a in graph.providers}
    helpers = [a for a in graph.agencies if a.id in giving or _helps(a)]
    if not helpers:
        if graph.identifiers:
            yield _nobody(graph)
        return
    leading = graph.led_to_help(a.id for a in helpers)
    goals = {a.id: a for a in graph.likely(graph.providers or helpers)}
    for identifier in filter(graph.may_meet, graph.identifiers):
        if identifier.id in leading:
            yield Met(identifier.ref)
            continue
        ends = graph.likely_from(identifier.id, goals)
        told = [
            h.receiver for h in graph.sent_by(identifier.id, CASE_KINDS) if h.receiver in giving
        ]
        near = _near(graph, told)
        yield Flag(
            about=agency(identifier.id),
            message=(
                f"From {identifier.name} no handoff brings the persons identified there to "
                f"shelter, care, legal aid or a right to stay.{near}"
            ),
            ask=(
                f"No source states how persons identified by {identifier.name} come to shelter, "
                f"care, legal aid or a right to stay.{near} How do they?"
            ),
            mend=(
                f"Let {identifier.name} refer each person, from reasonable grounds on and with "
                f"consent, to {ends[0].name}, whether or not the person helps the investigation."
            ),
            expected=tuple(
                Expected(
                    sender=identifier.id,
                    receiver=end.id,
                    kind=HandoffKind.REFERRAL,
                    pillars=(Pillar.PROTECT,),
                    stage=Stage.ASSISTANCE,
                    what="person presumed or found to be trafficked",
                )
                for end in ends
            ),
        )


def _near(graph: PlanGraph, told: list[str]) -> str:
    """A sentence on those who are told of a case, and to whom nobody is brought."""
    names = listed(map(graph.name, dict.fromkeys(told)))
    return (
        f" {names} {'is' if len(set(told)) == 1 else 'are'} told of them, no more." if told else ""
    )


def _helps(candidate: Agency) -> bool:
    return candidate.sector in (Sector.HEALTH, Sector.LEGAL_AID) or (
        candidate.sector is Sector.IMMIGRATION_AUTHORITY
        and Function.RESIDENCE_STATUS in candidate.functions
    )


def _nobody(graph: PlanGraph) -> Flag:
    names = listed(a.name for a in graph.identifiers)
    return Flag(
        about=(PLAN,),
        message=f"Victims are identified ({names}), and no agency of the plan gives help.",
        ask=f"No source states who helps the victims that are identified ({names}).",
        lacking=("an agency that gives help",),
        mend="Name who gives shelter and care (role service_provider), and refer victims there.",
    )
