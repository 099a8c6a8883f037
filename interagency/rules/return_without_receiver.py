"""G25: returns that end with an official or a carrier, and nobody who receives the person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency import kernels
from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import CASE_KINDS, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_MOVES = MOVING_KINDS | {HandoffKind.DECISION, HandoffKind.ORDER}
_ENDS = {
    Sector.BORDER_CONTROL,
    Sector.IMMIGRATION_AUTHORITY,
    Sector.DETENTION_AUTHORITY,
    Sector.FOREIGN_AFFAIRS_CONSULAR,
    Sector.FOREIGN_COUNTERPART,
    Sector.DOCUMENT_ISSUING,
    Sector.LAW_ENFORCEMENT,
    Sector.DEFENCE_DEPLOYED,
    Sector.PRIVATE_SECTOR,
}
_RECEIVING = {
    Sector.SOCIAL_WELFARE,
    Sector.CHILD_PROTECTION,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.INTERNATIONAL_ORGANISATION,
}
_SUPPORT = {Function.REINTEGRATION_SUPPORT, Function.POST_RETURN_MONITORING}
_ONWARD = {
    None,
    Stage.FIRST_RESPONSE,
    Stage.ASSISTANCE,
    Stage.RETURN_REINTEGRATION,
    Stage.SOCIAL_INCLUSION,
}
_SETTLING = {Stage.RETURN_REINTEGRATION, Stage.SOCIAL_INCLUSION}


@rule(
    code="G25",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-16-5", "COE-16-6", "ICM-09-2"),
    behind="removal-before-identification",
)
def return_without_receiver(graph: PlanGraph) -> Iterator[Answer]:
    """A return ends at a desk or a gate, and nobody is there to receive the person.

    Why it matters:
        Who comes home to the same debts and the same recruiter is trafficked again. And who sent
        them never learns whether they arrived.

    What it looks at:
        Steps at the stage return_reintegration by which a person is passed or ordered to a border,
        immigration, detention, consular, passport, police or military authority, an authority of
        another State, or a carrier, that gives no help itself. The receiver is in order when a case
        goes on from it, at a stage of first response, assistance, return or inclusion (or none
        stated), to someone who receives: a provider, welfare, child protection, an NGO or an
        international organisation. A step is in order as well when word comes back to the sender
        (feedback), or when the sender itself leads to someone who receives at the stage of
        return or inclusion. Each receiver is told of once.

    When it is no trouble:
        The person was heard, is no victim and leaves by themselves. A return beyond the plan's own
        territory may be received there: write the feedback; nobody at home is named to receive.
        Whether a return is free and safe is not asked here.

    Broken:
        format: 1
        plan: {id: example, title: Sent to the gate, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, sector: social_welfare}
          - {id: border, name: Border police, sector: border_control}
          - {id: home, name: Return and training programme, roles: [reintegration_provider]}
        handoffs:
          - {from: shelter, to: border, pillars: [protect], kind: custody_transfer,
             stage: return_reintegration}

    Mended:
        format: 1
        plan: {id: example, title: Met at the gate, as_of: 2024, completeness: complete}
        agencies:
          - {id: shelter, name: Shelter, sector: social_welfare}
          - {id: border, name: Border police, sector: border_control}
          - {id: home, name: Return and training programme, roles: [reintegration_provider]}
        handoffs:
          - {from: shelter, to: border, pillars: [protect], kind: custody_transfer,
             stage: return_reintegration}
          - {from: border, to: home, pillars: [protect], kind: referral,
             stage: return_reintegration}
    """
    receiving = _receiving(graph)
    steps: dict[str, list[Handoff]] = {}
    for h in graph.handoffs:
        if _sends_home(graph, h, receiving):
            steps.setdefault(h.receiver, []).append(h)
    if not steps:
        return
    on = _leading_on(graph, receiving)
    settling = {
        h.sender for h in graph.handoffs if h.receiver in receiving and h.stage in _SETTLING
    }
    told = {(h.sender, h.receiver) for h in graph.handoffs if h.kind is HandoffKind.FEEDBACK}
    nearest = _nearest(graph, list(receiving.values()))
    for end, into in steps.items():
        open_ended = [
            h
            for h in into
            if end not in on and h.sender not in settling and (end, h.sender) not in told
        ]
        if open_ended:
            senders = {h.sender for h in open_ended}
            there = _at_the_other_end(graph, graph.agency(end), nearest)
            onward = [a for a in there if a.id not in senders][:3]
            yield _flag(graph, graph.agency(end), open_ended, onward)
        else:
            yield Met(graph.agency(end).ref)


def _receiving(graph: PlanGraph) -> dict[str, Agency]:
    helping = {a.id for a in graph.providers}
    return {
        a.id: a
        for a in graph.agencies
        if a.id in helping or a.sector in _RECEIVING or not _SUPPORT.isdisjoint(a.functions)
    }


def _sends_home(graph: PlanGraph, h: Handoff, receiving: dict[str, Agency]) -> bool:
    if h.stage is not Stage.RETURN_REINTEGRATION or h.kind not in _MOVES:
        return False
    if not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)) or h.sender == h.receiver:
        return False
    return h.receiver not in receiving and graph.agency(h.receiver).sector in _ENDS


def _leading_on(graph: PlanGraph, receiving: dict[str, Agency]) -> dict[str, str | None]:
    """Everyone from whom a returning person can come to someone who receives."""
    back: dict[str, list[str]] = {}
    for h in graph.handoffs:
        if h.kind in CASE_KINDS and h.stage in _ONWARD and h.sender not in PARTICIPANTS:
            back.setdefault(h.receiver, []).append(h.sender)
    return kernels.reached(back, receiving)


def _nearest(graph: PlanGraph, receiving: Sequence[Agency]) -> list[Agency]:
    """Who would receive: whoever supports those who return, then whoever cases come to.

    Never who sent the person away: a way back to them is no return.
    """
    supporting = [a for a in receiving if not _SUPPORT.isdisjoint(a.functions)]
    return list({a.id: a for a in (*supporting, *graph.likely(receiving))}.values())


def _at_the_other_end(graph: PlanGraph, end: Agency, nearest: Sequence[Agency]) -> list[Agency]:
    """Who could receive there: for those sent abroad nobody who works at home."""
    own = graph.plan.facts.country
    abroad = end.sector is Sector.FOREIGN_COUNTERPART or end.country not in (None, own)
    if not abroad:
        return list(nearest)
    beyond = (Sector.FOREIGN_COUNTERPART, Sector.INTERNATIONAL_ORGANISATION)
    return [a for a in nearest if a.sector in beyond or a.country not in (None, own)]


def _flag(
    graph: PlanGraph, end: Agency, steps: Sequence[Handoff], nearest: Sequence[Agency]
) -> Flag:
    senders = dict.fromkeys(h.sender for h in steps)
    names = listed(map(graph.name, senders))
    whom = nearest[0].name if nearest else "a body that supports return"
    onward = [_expected(end.id, a.id, HandoffKind.REFERRAL) for a in nearest if a.id != end.id]
    back = [_expected(end.id, s, HandoffKind.FEEDBACK) for s in senders if len(senders) == 1]
    to_one = [*onward[:1], *back] if onward else []
    return Flag(
        about=(*agency(end.id), *handoff(*steps), *agency(*senders)),
        message=(
            f"Persons returned by {names} by way of {end.name} come to nobody who receives and "
            "supports them, and no word of their arrival comes back."
        ),
        ask=(
            f"No source states who receives and supports a person returned by {names} by way of "
            f"{end.name}, nor whether word of the arrival comes back. Ask both."
        ),
        mend=(
            f"Agree before departure who receives the person (for instance {whom}), pass on the "
            "needs with the person's consent, and have the arrival and the weeks after confirmed."
        ),
        expected=tuple(to_one),
        together=bool(to_one),
        lacking=() if nearest else ("someone who supports returned persons",),
        paths=tuple(h.id for h in steps),
    )


def _expected(sender: str, receiver: str, kind: HandoffKind) -> Expected:
    word = kind is HandoffKind.FEEDBACK
    return Expected(
        sender=sender,
        receiver=receiver,
        kind=kind,
        pillars=(Pillar.PROTECT,),
        stage=Stage.RETURN_REINTEGRATION,
        what="word that the person arrived, and how" if word else "returning person, with needs",
    )
