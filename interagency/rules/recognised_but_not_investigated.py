"""G47: identifiers from which nothing leads to those who investigate."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import PLAN, Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Role, Sector, Stage

_OTHERS = Ref(Kind.PLAN, "identified-elsewhere")


@rule(
    code="G47",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("COE-27-1", "NRM-06"),
)
def recognised_but_not_investigated(graph: PlanGraph) -> Iterator[Answer]:
    """Victims are recognised, and those who investigate never hear of the crime.

    Why it matters:
        Help works and impunity stays: the same employer takes the next workers. A victim who wants
        to speak finds nobody who listens.

    What it looks at:
        Every agency that identifies victims (role identification_authority or function
        victim_identification) and does not investigate itself. It is in order when a case can come
        from it, in one handoff or several, to an agency that investigates: police, prosecutors, or
        another with a function of investigation. Where nobody in the plan investigates, that is
        said once, of the plan. Those who have the role are told of one by one, those who have
        only the function together.

    When it is no trouble:
        The police sit on the panel that identifies: write the joint action. An adult who does not
        consent must not be reported; a notice without personal data (data: anonymous) is a way,
        and enough.

    Broken:
        format: 1
        plan: {id: example, title: Helped in silence, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Helped and heard, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: shelter, pillars: [protect], kind: referral}
          - {from: panel, to: police, pillars: [prosecute], kind: notification,
             conditions: [consent_given]}
    """
    identifiers = graph.identifiers
    if not identifiers:
        return
    investigating = [a for a in graph.agencies if graph.investigates(a)]
    if not investigating:
        yield _nobody(graph)
        return
    inside = {a.id for a in investigating}
    leading = graph.leading_to(inside)
    special = [a for a in investigating if Function.CRIMINAL_INVESTIGATION in a.functions]
    police = [a for a in investigating if a.sector is Sector.LAW_ENFORCEMENT]
    ends = graph.likely(special or police or investigating)[:3]
    silent: list[Agency] = []
    for identifier in identifiers:
        if identifier.id in inside:
            continue
        if identifier.id in leading:
            yield Met(identifier.ref)
        elif Role.IDENTIFICATION_AUTHORITY in identifier.roles:
            yield _flag(identifier.ref, [identifier], ends)
        else:
            silent.append(identifier)
    if silent:
        yield _flag(_OTHERS, silent, ends)


def _flag(subject: Ref, silent: list[Agency], ends: tuple[Agency, ...]) -> Flag:
    names = listed(a.name for a in silent)
    alone = len(silent) == 1
    return Flag(
        about=(subject, *agency(*(a.id for a in silent))),
        message=(
            f"From {names} nothing leads to those who investigate. Victims are recognised there, "
            "and the crime against them is not looked into."
        ),
        ask=(
            "No source states how those who investigate hear of the crime when a victim is "
            f"recognised by {names}. Ask whether {ends[0].name} is told, with consent or without "
            "a name."
        ),
        mend=(
            f"Let {names if alone else 'each of them'} tell {ends[0].name} of each case, of an "
            "adult with consent or else without personal data, and say whether the person wishes "
            "to be heard."
        ),
        expected=tuple(
            Expected(
                sender=silent[0].id,
                receiver=end.id,
                kind=HandoffKind.NOTIFICATION,
                pillars=(Pillar.PROSECUTE,),
                stage=Stage.INVESTIGATION,
                what="crime against a recognised victim",
            )
            for end in ends
            if alone
        ),
        lacking=() if alone else (f"a notification from each of: {names}",),
    )


def _nobody(graph: PlanGraph) -> Flag:
    names = listed(a.name for a in graph.identifiers)
    return Flag(
        about=(PLAN, *agency(*(a.id for a in graph.identifiers))),
        message=f"Victims are identified ({names}), and no agency of the plan investigates.",
        ask=(
            f"No source states who investigates when victims are identified ({names}). Ask which "
            "police unit or prosecutor takes such cases."
        ),
        mend=(
            "Name who investigates trafficking, and let those who identify victims tell them, of "
            "an adult with consent or without personal data."
        ),
        lacking=(
            "an agency of sector law_enforcement, or with the function criminal_investigation",
        ),
    )
