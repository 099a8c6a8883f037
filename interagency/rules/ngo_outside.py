"""G09: NGOs that receive nothing, or can start nothing."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage

_BRINGS_IN = HELP_KINDS | {HandoffKind.FUNDING}


@rule(
    code="G09",
    severity=Severity.HIGH,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("PAL-09-3", "COE-12-5", "OHC-G2-3"),
)
def ngo_outside(graph: PlanGraph) -> Iterator[Answer]:
    """An NGO is named in the plan, and cannot receive a case or cannot start one.

    Why it matters:
        Those who fear the police go to an NGO first. If it cannot bring a case in, the case never
        begins; if nobody refers to it or pays it, its help is luck.

    What it looks at:
        Every agency of sector ngo_service_provider. Two things: whether another agency brings it
        into the work (a referral, custody transfer, request for assistance, decision, joint action
        or funding; or word of cases, where it hands persons on to others), and whether a case can
        come from it to an agency that identifies. An NGO that
        identifies itself needs no such way, nor does one to which a case manager sends persons who
        has one: they stay that manager's case. Who comes in from the person alone is not yet in.

    When it is no trouble:
        An NGO that works on awareness or research only has cases neither to receive nor to start:
        give it another sector, or none.

    Broken:
        format: 1
        plan: {id: example, title: An NGO at the door, as_of: 2024, completeness: complete}
        agencies:
          - {id: ngo, name: Women's shelter, sector: ngo_service_provider}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: panel, to: ngo, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: An NGO at the table, as_of: 2024, completeness: complete}
        agencies:
          - {id: ngo, name: Women's shelter, sector: ngo_service_provider}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: panel, to: ngo, pillars: [protect], kind: referral}
          - {from: ngo, to: panel, pillars: [protect], kind: referral}
    """
    identifying = {a.id for a in graph.identifiers}
    leading = graph.led_to_identification
    ends = graph.likely(graph.competent_authorities)[:3]
    for ngo in graph.in_sector(Sector.NGO_SERVICE_PROVIDER):
        got = graph.received_by(ngo.id, _BRINGS_IN)
        told = [h for h in graph.received_by(ngo.id, CASE_KINDS) if h.sender not in PARTICIPANTS]
        hands_on = any(h.receiver not in PARTICIPANTS for h in graph.sent_by(ngo.id, HELP_KINDS))
        receives = any(h.sender not in PARTICIPANTS and h.sender != ngo.id for h in got) or bool(
            told and hands_on
        )
        kept = any(a.id in leading for a in graph.in_hands_of(ngo.id))
        starts = ngo.id in leading or kept or not identifying
        if receives and starts:
            yield Met(ngo.ref)
        else:
            tellers = listed(dict.fromkeys(graph.name(h.sender) for h in told))
            yield _flag(ngo, ends, tellers, receives=receives, starts=starts)


def _flag(
    ngo: Agency, ends: tuple[Agency, ...], tellers: str, *, receives: bool, starts: bool
) -> Flag:
    lacks, asks, mends = [], [], []
    if not receives:
        lacks.append(f"No agency refers anyone to {ngo.name}, or pays for its work.")
        asks.append(f"No source states who refers anyone to {ngo.name}, or pays for its work.")
        if tellers:
            near = f"It is told of cases by {tellers}; that brings nobody to it."
            lacks.append(near)
            asks.append(near)
        mends.append(f"Put in writing who refers whom to {ngo.name}, and who pays.")
    if not starts:
        lacks.append(f"From {ngo.name} no case leads to an agency that identifies victims.")
        asks.append(
            f"No source states how a case comes from {ngo.name} to an agency that identifies "
            "victims."
        )
        mends.append(
            f"Let {ngo.name} refer persons, with their consent, to {ends[0].name}, and have it "
            "answer."
        )
    out = [
        Expected(
            sender=ngo.id,
            receiver=end.id,
            kind=HandoffKind.REFERRAL,
            pillars=(Pillar.PROTECT,),
            stage=Stage.IDENTIFICATION,
            what="person with signs of trafficking",
        )
        for end in ends
        if not starts
    ]
    back = [
        Expected(
            sender=end.id,
            receiver=ngo.id,
            kind=HandoffKind.REFERRAL,
            pillars=(Pillar.PROTECT,),
            stage=Stage.ASSISTANCE,
            what="person in need of help",
        )
        for end in ends
        if not receives and end.id != ngo.id
    ]
    return Flag(
        about=agency(ngo.id),
        message=" ".join(lacks),
        ask=" ".join([*asks, "How is it done?"]),
        mend=" ".join(mends),
        expected=(*out, *back),
    )
