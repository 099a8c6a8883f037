"""G13: asylum authorities with no door to those who identify, or none back."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.vocabulary import Group, HandoffKind, Pillar, Sector, Stage


@rule(
    code="G13",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-14-5", "EU-11A", "OHC-G2-6"),
    whom=(Group.FOREIGN_NATIONALS,),
)
def asylum_silo(graph: PlanGraph) -> Iterator[Answer]:
    """Asylum and the identification of victims are two systems with no door between them.

    Why it matters:
        An interviewer who hears of trafficking can tell nobody; a victim who fears return is never
        told that asylum can be asked for. Each system may send away whom the other would keep.

    What it looks at:
        Every agency of sector asylum_authority that is no competent authority for identification
        itself (role identification_authority; where no agency has the role, whoever has the
        function). It is in order when a case can come from it to a competent authority, and from
        one of them to it. Both doors are asked for.

    When it is no trouble:
        The asylum authority's staff sit on the panel that identifies: write the joint action.

    Broken:
        format: 1
        plan: {id: example, title: Two systems, as_of: 2024, completeness: complete}
        agencies:
          - {id: asylum, name: Asylum office, sector: asylum_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: asylum, to: panel, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Two doors, as_of: 2024, completeness: complete}
        agencies:
          - {id: asylum, name: Asylum office, sector: asylum_authority}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: asylum, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: asylum, pillars: [protect], kind: referral}
    """
    offices = graph.in_sector(Sector.ASYLUM_AUTHORITY)
    competent = graph.competent_authorities
    if not offices or not competent:
        return
    ids = {a.id for a in competent}
    leading = graph.whom_it_leads(ids, graph.brings_to_be_asked)
    reached = graph.reached_from(ids)
    ends = graph.likely(competent)[:3]
    for office in offices:
        if office.id in leading and office.id in reached:
            yield Met(office.ref)
        else:
            yield _flag(office, ends, out=office.id in leading, back=office.id in reached)


def _flag(office: Agency, ends: tuple[Agency, ...], *, out: bool, back: bool) -> Flag:
    competent = ends[0].name
    if not out and not back:
        message = (
            f"Between {office.name} and those who identify victims no case passes, in either "
            "direction."
        )
    elif not out:
        message = (
            f"From {office.name} no case leads to those who identify victims: signs of trafficking "
            "in an asylum claim go no further."
        )
    else:
        message = (
            f"From those who identify victims nothing leads to {office.name}: a victim in fear of "
            "return is not brought to ask for asylum."
        )
    from_it, to_it = (
        f"from {office.name} to those who identify victims",
        f"from those who identify victims to {office.name}",
    )
    ways = " or ".join([*([] if out else [from_it]), *([] if back else [to_it])])
    mends = []
    if not out:
        mends.append(
            f"Let {office.name} refer claimants with signs of trafficking, who agree, to "
            f"{competent}; the claim stays open."
        )
    if not back:
        mends.append(
            f"Let {competent} tell victims of the right to asylum and refer those who "
            f"want it to {office.name}. Do not ask the State of origin."
        )
    outward = [_expected(office, end, "claimant with signs of trafficking") for end in ends]
    inward = [_expected(end, office, "victim who wishes to ask for asylum") for end in ends]
    return Flag(
        about=agency(office.id),
        message=message,
        ask=f"No source states how cases pass {ways}. How do they?",
        mend=" ".join(mends),
        expected=(*(outward if not out else ()), *(inward if not back else ())),
    )


def _expected(sender: Agency, receiver: Agency, what: str) -> Expected:
    to_asylum = receiver.sector is Sector.ASYLUM_AUTHORITY
    return Expected(
        sender=sender.id,
        receiver=receiver.id,
        kind=HandoffKind.REFERRAL,
        pillars=(Pillar.PROTECT,),
        stage=Stage.LEGAL_STATUS if to_asylum else Stage.IDENTIFICATION,
        what=what,
    )
