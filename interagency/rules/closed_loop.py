"""G32: places to which persons are taken, and which they cannot leave by choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency, Handoff
from interagency.vocabulary import (
    Condition,
    Function,
    Group,
    HandoffKind,
    Need,
    Pillar,
    Role,
    Sector,
    Stage,
)

_PLACED_BY = {HandoffKind.CUSTODY_TRANSFER, HandoffKind.DECISION, HandoffKind.ORDER}
_CHILD = {Group.CHILDREN, Group.GIRLS, Group.BOYS}
_OPEN = {Need.VOLUNTARINESS, Need.NON_DETENTION}
_CHOSEN = {Need.CONSENT, Need.INFORMED_CHOICE, Need.VOLUNTARINESS}
_LEAVING = {Stage.RETURN_REINTEGRATION, Stage.SOCIAL_INCLUSION}
_TIED = {
    Condition.COOPERATES,
    Condition.CASE_OPENED,
    Condition.CHARGE_LAID,
    Condition.CONVICTION,
    Condition.COURT_ORDER,
    Condition.GOVERNMENT_REQUEST,
}
_NOT_SHELTER = {Sector.DETENTION_AUTHORITY, Sector.CHILD_PROTECTION}


@rule(
    code="G32",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("ACT-14-8", "COE-12-7"),
)
def closed_loop(graph: PlanGraph) -> Iterator[Answer]:
    """Persons are taken into a shelter, and they cannot leave it when they choose.

    Why it matters:
        Protection that one may not leave is detention. People run away from it, lose all help, and
        do not testify.

    What it looks at:
        Agencies that shelter adults (role service_provider or function emergency_accommodation) and
        into which somebody is taken: by custody transfer or, where there is accommodation, by
        decision or order, at another stage than return or inclusion. Places that are said to be
        open are in order: the function non_detention, or the need non_detention or voluntariness on
        each such step. Otherwise there must be an exit that the person chooses: a referral, or
        another step with consent, at the stage of return or inclusion, a step to the person, or a
        step with consent to another shelter. The exit may lie behind further moves. An exit that
        hangs on a criminal case, a court or a government is none, and where there are only such
        exits that is said. A shelter of which a source says that it lacks non_detention is told of
        in any case.

    When it is no trouble:
        Who was taken in agreed to it, and may go at any time: write voluntariness on the step in.
        Children do not leave by themselves; places that serve children only, and custody of
        children, are left out. Prisons and detention centres are another question (G14).

    Broken:
        format: 1
        plan: {id: example, title: In and not out, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: home, name: Protection home, functions: [emergency_accommodation]}
          - {id: housing, name: Housing and work programme, sector: local_government}
        handoffs:
          - {from: police, to: home, pillars: [protect], kind: custody_transfer}

    Mended:
        format: 1
        plan: {id: example, title: In and out, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: home, name: Protection home, functions: [emergency_accommodation]}
          - {id: housing, name: Housing and work programme, sector: local_government}
        handoffs:
          - {from: police, to: home, pillars: [protect], kind: custody_transfer}
          - {from: home, to: housing, pillars: [protect], kind: referral,
             stage: social_inclusion, needs: [consent]}
    """
    shelters = {a.id: a for a in graph.agencies if _shelters(a)}
    free = _free(graph, shelters)
    leading = graph.leading_to(free, kinds=MOVING_KINDS)
    outside = _outside(graph)
    for shelter in shelters.values():
        if Function.NON_DETENTION in shelter.lacks:
            yield _locked(shelter)
            continue
        taken = [h for h in graph.received_by(shelter.id, _PLACED_BY) if _takes(h, shelter)]
        if not taken:
            continue
        kept = Function.NON_DETENTION not in shelter.functions and any(
            _OPEN.isdisjoint(h.needs) for h in taken
        )
        if not kept or shelter.id in leading:
            yield Met(shelter.ref)
        else:
            tied = [h for h in graph.sent_by(shelter.id) if _exit(h, shelters, tied=True)]
            yield _flag(graph, shelter, taken, tied, outside)


def _shelters(a: Agency) -> bool:
    if a.sector in _NOT_SHELTER or (a.accepts and _CHILD.issuperset(a.accepts)):
        return False
    return Function.EMERGENCY_ACCOMMODATION in a.functions or Role.SERVICE_PROVIDER in a.roles


def _takes(h: Handoff, shelter: Agency) -> bool:
    """Whether somebody is put there; a decision does so only where there are beds."""
    beds = Function.EMERGENCY_ACCOMMODATION in shelter.functions
    if h.kind is not HandoffKind.CUSTODY_TRANSFER and not beds:
        return False
    children = bool(h.only_for) and _CHILD.issuperset(h.only_for)
    return h.sender not in PARTICIPANTS and not children and h.stage not in _LEAVING


def _free(graph: PlanGraph, shelters: dict[str, Agency]) -> set[str]:
    """From where a person can leave by choice, or where nobody is kept."""
    free = {h.sender for h in graph.handoffs if _exit(h, shelters, tied=False)}
    return free - PARTICIPANTS.keys()


def _exit(h: Handoff, shelters: dict[str, Agency], *, tied: bool) -> bool:
    """Whether a step is an exit by choice; tied: whether it would be, but for its condition."""
    if _TIED.isdisjoint(h.conditions) == tied or h.sender == h.receiver:
        return False
    chosen = Condition.CONSENT_GIVEN in h.conditions or not _CHOSEN.isdisjoint(h.needs)
    if h.receiver == PERSON:
        return h.kind in _PLACED_BY or h.kind is HandoffKind.REFERRAL
    if h.kind not in MOVING_KINDS:
        return False
    if h.stage in _LEAVING:
        return chosen or tied or h.kind is HandoffKind.REFERRAL
    return chosen and h.sender in shelters and h.receiver in shelters


def _locked(shelter: Agency) -> Flag:
    return Flag(
        about=agency(shelter.id),
        message=(
            f"A source says that {shelter.name} lacks {Function.NON_DETENTION.label}: persons are "
            "kept there, or may not move freely."
        ),
        mend=_mend(shelter),
        lacking=(f"the function {Function.NON_DETENTION} given to {shelter.name}",),
        stated=True,
    )


def _flag(
    graph: PlanGraph,
    shelter: Agency,
    taken: Sequence[Handoff],
    tied: Sequence[Handoff],
    outside: Sequence[str],
) -> Flag:
    name = shelter.name
    senders = dict.fromkeys(h.sender for h in taken)
    whence = listed(map(graph.name, senders))
    conditions = listed(dict.fromkeys(c.label for h in tied for c in h.conditions if c in _TIED))
    into = f"Persons are taken to {name} by {whence}"
    if tied:
        message = f"{into}, and the plan lets them leave only on these conditions: {conditions}."
    else:
        message = f"{into}, and no step leads out that they choose."
    return Flag(
        about=(*agency(shelter.id), *handoff(*taken, *tied), *agency(*senders)),
        message=message,
        ask=(
            f"{into}. No source states how a person leaves when they choose to, or whether they "
            "may come and go. Ask who holds the key, the telephone and the passports."
        ),
        mend=_mend(shelter),
        expected=tuple(_expected(shelter, end) for end in outside if end != shelter.id),
        lacking=(f"a stated way out of {name} that the person chooses",),
        stated=bool(tied),
        paths=tuple(h.id for h in (*taken[:1], *tied)),
    )


def _mend(shelter: Agency) -> str:
    return (
        f"Let a person leave {shelter.name} when they choose, keep their papers and telephone, and "
        "still get help outside; no stay may hang on the trial."
    )


def _outside(graph: PlanGraph) -> list[str]:
    onward = [a for a in graph.agencies if Role.REINTEGRATION_PROVIDER in a.roles]
    onward += graph.in_sector(Sector.LOCAL_GOVERNMENT, Sector.NGO_SERVICE_PROVIDER)
    return [*list(dict.fromkeys(a.id for a in onward))[:3], PERSON]


def _expected(shelter: Agency, receiver: str) -> Expected:
    return Expected(
        sender=shelter.id,
        receiver=receiver,
        kind=HandoffKind.REFERRAL,
        pillars=(Pillar.PROTECT,),
        stage=Stage.SOCIAL_INCLUSION,
        what="person who chooses to live outside, with help",
    )
