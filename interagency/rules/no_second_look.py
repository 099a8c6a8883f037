"""G07: decisions on who is a victim that nobody looks at again."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency
from interagency.vocabulary import Function, HandoffKind, Need, Pillar, Role, Sector, Stage

_ASKING = {
    HandoffKind.COMPLAINT,
    HandoffKind.REQUEST_FOR_ASSISTANCE,
    HandoffKind.REFERRAL,
    HandoffKind.DECISION,
}
_SENDING_AWAY = {Sector.IMMIGRATION_AUTHORITY, Sector.DETENTION_AUTHORITY}
_SPEAKING_FOR = {Role.LEGAL_REPRESENTATIVE, Role.GUARDIAN, Role.CASE_MANAGER}


@rule(
    code="G07",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-1", "PAL-07"),
)
def no_second_look(graph: PlanGraph) -> Iterator[Answer]:
    """Whoever is found not to be a victim can ask nobody to look again.

    Why it matters:
        Many speak only at the second or third hearing, and every officer errs. A mistake that
        nobody may correct ends with the person sent back to those who sold them.

    What it looks at:
        Every agency that decides who is a victim (role identification_authority). It is in order
        when one of these is in the plan: a handoff with the need appeal that the agency sends or
        receives, or that the person sends at stage identification; or a complaint, request,
        referral or decision of stage identification to a court, an independent monitor or a body
        that handles complaints, from the agency, from the person, or from a provider, lawyer,
        guardian or case manager.

    When it is no trouble:
        The law of the land opens every decision of an authority to the courts: write that way as a
        complaint of the person to the court. That a second agency identifies later on helps only
        those whom the first sent there, and is no second look.

    Broken:
        format: 1
        plan: {id: example, title: The last word, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: border, name: Immigration office, sector: immigration_authority}
          - {id: court, name: Administrative court, sector: judiciary}
        handoffs:
          - from: panel
            to: border
            pillars: [prosecute]
            kind: custody_transfer
            stage: return_reintegration

    Mended:
        format: 1
        plan: {id: example, title: A second look, as_of: 2024, completeness: complete}
        agencies:
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: border, name: Immigration office, sector: immigration_authority}
          - {id: court, name: Administrative court, sector: judiciary}
        handoffs:
          - from: panel
            to: border
            pillars: [prosecute]
            kind: custody_transfer
            stage: return_reintegration
          - from: person
            to: court
            pillars: [protect]
            kind: complaint
            stage: identification
    """
    deciding = graph.with_role(Role.IDENTIFICATION_AUTHORITY)
    if not deciding:
        return
    reviewers = _reviewers(graph)
    reviewed = _reviewed(graph, {a.id for a in reviewers})
    for authority in deciding:
        if PERSON in reviewed or authority.id in reviewed:
            yield Met(authority.ref)
        else:
            yield _flag(graph, authority, graph.likely(reviewers))


def _reviewers(graph: PlanGraph) -> list[Agency]:
    return [
        a
        for a in graph.agencies
        if a.sector in (Sector.JUDICIARY, Sector.NATIONAL_RAPPORTEUR)
        or Function.COMPLAINT_HANDLING in a.functions
    ]


def _reviewed(graph: PlanGraph, reviewers: set[str]) -> set[str]:
    """Whose decisions are looked at again; with the person among them: everybody's."""
    speaking = {a.id for a in graph.providers}
    speaking |= {a.id for a in graph.in_sector(Sector.LEGAL_AID)}
    speaking |= {a.id for a in graph.agencies if not _SPEAKING_FOR.isdisjoint(a.roles)}
    found: set[str] = set()
    for h in graph.handoffs:
        at_decision = h.stage is Stage.IDENTIFICATION
        if Need.APPEAL in h.needs:
            found.update({h.sender, h.receiver} - PARTICIPANTS.keys())
            if at_decision and h.sender == PERSON:
                found.add(PERSON)
        if at_decision and h.kind in _ASKING and h.receiver in reviewers:
            found.add(PERSON if h.sender in speaking else h.sender)
    return found


def _flag(graph: PlanGraph, authority: Agency, reviewers: tuple[Agency, ...]) -> Flag:
    name = authority.name
    away = [
        h
        for h in graph.sent_by(authority.id, MOVING_KINDS)
        if h.receiver not in PARTICIPANTS
        and graph.agency(h.receiver).sector in _SENDING_AWAY
        and h.stage in (Stage.RETURN_REINTEGRATION, None)
    ]
    places = listed(dict.fromkeys(graph.name(h.receiver) for h in away))
    told = any(
        h.sender == authority.id and h.stage in (Stage.IDENTIFICATION, None)
        for h in graph.received_by(PERSON)
    )
    onward = f" From there persons are handed to {places}." if away else ""
    by = f" for example by {reviewers[0].name}," if reviewers else ""
    return Flag(
        about=agency(authority.id, *(a.id for a in reviewers[:2])),
        message=(f"Whoever {name} finds not to be a victim can ask nobody to look again.{onward}"),
        ask=(
            f"No source states who looks again at a decision of {name} that somebody is not a "
            f"victim.{onward} Ask where it can be challenged, and within what time."
        ),
        mend=(
            f"Let {name} give each decision in writing, with reasons and the way to have it looked "
            f"at again,{by} and let removal wait until then."
        ),
        expected=(
            *(
                Expected(
                    sender=PERSON,
                    receiver=reviewer.id,
                    kind=HandoffKind.COMPLAINT,
                    pillars=(Pillar.PROTECT,),
                    stage=Stage.IDENTIFICATION,
                    what="request to look again at the decision that the person is not a victim",
                )
                for reviewer in reviewers[: 2 if told else 1]
            ),
            _decision(authority),
        ),
        together=not told,
        lacking=() if reviewers else ("a body outside that agency which looks again",),
    )


def _decision(authority: Agency) -> Expected:
    """What tells the person of a decision, and where to go with it."""
    return Expected(
        sender=authority.id,
        receiver=PERSON,
        kind=HandoffKind.DECISION,
        pillars=(Pillar.PROTECT,),
        stage=Stage.IDENTIFICATION,
        what="decision with reasons, and where to ask for a second look",
    )
