"""R01: agencies that pass cases round among themselves, and on to nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_

from interagency import kernels
from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import CARE, MOVING_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Stage

_PASSING_ON = MOVING_KINDS | {HandoffKind.NOTIFICATION, HandoffKind.COMPLAINT}
_SUBJECT = Ref(Kind.PLAN, "rounds")


@rule(
    code="R01",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-1", "NRM-02"),
)
def cases_go_round(graph: PlanGraph) -> Iterator[Answer]:
    """Cases are passed round between agencies, and come to nobody who identifies or helps.

    Why it matters:
        Each agency did what the plan asks and handed the case on. The person is asked the same
        things at every desk, and at the end stands again before the first.

    What it looks at:
        Referrals, custody transfers, notices and complaints between agencies, up to the charge. A
        round is a group of agencies in which a case comes from each to each of the others. It has
        no exit when, for the persons who can go round it, no way leads from any of them to an
        agency that identifies victims, nor by a referral, a custody transfer, a request, a
        decision or joint action to one outside the round that gives help. A desk of the round that
        helps and passes the case on is an exit where the person can stay with it: it houses
        (emergency_accommodation), manages the case, or is a provider whose help is not told in
        functions. An exit that is only for others is none; one for some of them is one. Asked where
        the plan has anyone who identifies or helps, and a case can come to the round.

    When it is no trouble:
        The agencies are desks of one house that decide together: write them as one agency. Or one
        of them decides whether the person is trafficked: give it the function
        victim_identification.

    Broken:
        format: 1
        plan: {id: example, title: From desk to desk, as_of: 2024, completeness: complete}
        agencies:
          - {id: labour, name: Labour office, roles: [detecting_agency]}
          - {id: police, name: District police}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: complaint}
          - {from: labour, to: police, pillars: [protect], kind: referral,
             only_for: [forced_labour]}
          - {from: police, to: labour, pillars: [protect], kind: referral,
             only_for: [forced_labour]}
          - {from: police, to: panel, pillars: [protect], kind: referral,
             only_for: [sexual_exploitation]}

    Mended:
        format: 1
        plan: {id: example, title: From desk to panel, as_of: 2024, completeness: complete}
        agencies:
          - {id: labour, name: Labour office, roles: [detecting_agency]}
          - {id: police, name: District police}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
        handoffs:
          - {from: public, to: panel, pillars: [protect], kind: complaint}
          - {from: labour, to: police, pillars: [protect], kind: referral,
             only_for: [forced_labour]}
          - {from: police, to: labour, pillars: [protect], kind: referral,
             only_for: [forced_labour]}
          - {from: police, to: panel, pillars: [protect], kind: referral}
    """
    if not (graph.identifiers or graph.providers):
        return
    turning = _rounds(graph)
    for agencies, whom in turning.items():
        yield _flag(graph, agencies, whom)
    if not turning:
        yield Met(_SUBJECT)


def _passes_on(graph: PlanGraph, h: Handoff) -> bool:
    between = PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)) and h.sender != h.receiver
    return between and h.kind in _PASSING_ON and graph.brings_to_be_asked(h)


def _takes_in(graph: PlanGraph, a: Agency) -> bool:
    """Whether a person can stay with an agency that helps, even where it passes cases on.

    Where nobody identifies, help is all that there is to come to.
    """
    helps = CARE.intersection(a.functions)
    return (
        not (helps and graph.identifiers)
        or Function.EMERGENCY_ACCOMMODATION in helps
        or a in graph.case_managers
    )


def _rounds(graph: PlanGraph) -> dict[tuple[str, ...], int]:
    """The groups of agencies that have no exit, each with the kinds of person who go round."""
    steps = [(h, graph.whom_it_carries(h)) for h in graph.handoffs if _passes_on(graph, h)]
    passing_on = {h.sender for h, _ in steps}
    asked = graph.led_to_identification
    helped = graph.led_to_help(
        a.id for a in graph.providers if a.id not in passing_on or _takes_in(graph, a)
    )
    out = {h.receiver: asked.get(h.receiver, 0) | helped.get(h.receiver, 0) for h, _ in steps}
    reached = graph.reached_from(graph.entries)
    found: list[tuple[set[str], int]] = []
    for whom, stuck in _alike([(h, bits & ~out[h.receiver]) for h, bits in steps]):
        after: dict[str, list[str]] = {}
        for h in stuck:
            after.setdefault(h.sender, []).append(h.receiver)
        for group in map(set, kernels.rounds(after)):
            going = _going(group, steps)
            leaving = going & reduce(or_, (out[node] for node in group))
            if leaving or reached.keys().isdisjoint(group) or _helped_outside(graph, group) & going:
                continue
            touching = [other for other in found if not other[0].isdisjoint(group)]
            found = [other for other in found if other not in touching]
            everyone = reduce(or_, (bits for _, bits in touching), whom)
            found.append((group.union(*(g for g, _ in touching)), everyone))
    place = {a.id: number for number, a in enumerate(graph.agencies)}
    return {tuple(sorted(group, key=place.__getitem__)): whom for group, whom in found}


def _helped_outside(graph: PlanGraph, group: set[str]) -> int:
    """For whom a way leads from one of these agencies to the help of another."""
    led = graph.led_to_help(a.id for a in graph.providers if a.id not in group)
    return reduce(or_, (led.get(node, 0) for node in group))


def _going(group: set[str], steps: Sequence[tuple[Handoff, int]]) -> int:
    """For whom every step between these agencies is open."""
    between: dict[tuple[str, str], int] = {}
    for h, bits in steps:
        if h.sender in group and h.receiver in group:
            ends = (h.sender, h.receiver)
            between[ends] = between.get(ends, 0) | bits
    return reduce(and_, between.values())


def _alike(stuck: Sequence[tuple[Handoff, int]]) -> Iterator[tuple[int, list[Handoff]]]:
    """The steps that lead a kind of person nowhere; kinds with the same steps are told as one."""
    left = reduce(or_, (bits for _, bits in stuck), 0)
    while left:
        one = left & -left
        alike = left
        for _, bits in stuck:
            alike &= bits if bits & one else ~bits
        yield alike, [h for h, bits in stuck if bits & one]
        left &= ~alike


def _flag(graph: PlanGraph, agencies: tuple[str, ...], whom: int) -> Flag:
    steps = [
        h
        for h in graph.handoffs
        if h.sender in agencies and h.receiver in agencies and _passes_on(graph, h)
        if graph.whom_it_carries(h) & whom
    ]
    names = listed(map(graph.name, agencies))
    groups = listed(group.label for group in graph.persons.told(whom))
    cases = f"Cases ({groups})" if groups else "Cases"
    helping = listed(a.name for a in graph.providers if a.id in agencies)
    end = (
        f". {helping} may help meanwhile, but no way leads from there to an agency that identifies "
        "victims, or to other help"
        if helping
        else ", and none of them to an agency that identifies victims or gives help"
    )
    goals = graph.likely(graph.competent_authorities or graph.providers)[:2]
    return Flag(
        about=(*agency(*agencies), *handoff(*steps)),
        message=(f"{cases} go round between {names}: each passes them to another{end}."),
        ask=(
            f"{cases} can go round between {names}, and no source states how they come from there "
            "to an agency that identifies victims or gives help. Ask who decides when a case has "
            "been there before."
        ),
        mend=(
            f"Agree which of them sends a case on, at the latest when it comes back, and let it "
            f"refer the person, with consent, to {goals[0].name}."
        ),
        expected=tuple(
            Expected(
                sender=sender,
                receiver=goal.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.IDENTIFICATION if graph.identifiers else Stage.ASSISTANCE,
                what="person whose case came back",
            )
            for goal in goals
            for sender in agencies[:2]
        ),
        paths=tuple(h.id for h in steps),
    )
