"""G46: handoffs that nothing prescribes."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.guards import Unwanted
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import Need, Pillar, Status

_WRITTEN = {Need.LEGAL_BASIS, Need.WRITTEN_RECORD, Need.TIME_LIMIT}


@rule(
    code="G46",
    severity=Severity.MEDIUM,
    pillars=tuple(Pillar),
    requirements=("OHC-G2-3", "EU-11-4", "COE-10-1"),
)
def handoff_by_habit(graph: PlanGraph) -> Iterator[Answer]:
    """An agency hands on by habit: nothing says when, on what ground, on which form or how fast.

    Why it matters:
        It works as long as the right officer is on duty. When that officer leaves, the handoff
        leaves too, and nobody can be held to it.

    What it looks at:
        Every agency that sends something by habit (status informal), or that refers persons or
        gives them into custody. Informal is trouble, unless the plan has the same handoff in force
        as well (same sender, receiver and kind). So is a referral or custody transfer that has
        neither basis, trigger, form, time limit nor condition, nor a need that puts it in writing,
        and that cites no law or procedure as its source.
        Told once for each agency that sends; where it has a prescribed handoff that is not used,
        that is said too. What should not pass at all (a removal without consent, word of a person
        in need to enforcement) is better stopped than written down: other rules tell of it.

    When it is no trouble:
        Two desks of one house. A procedure that covers a whole chain can be named as the basis of
        each step; whether that is kept is not in format 1.

    Broken:
        format: 1
        plan: {id: example, title: Whoever is on duty, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral, status: informal}

    Mended:
        format: 1
        plan: {id: example, title: By the book, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral,
             basis: Referral agreement, trigger: signs of trafficking, within: {max: PT24H}}
    """
    sent = [h for h in graph.handoffs if h.sender not in PARTICIPANTS and h.sender != h.receiver]
    prescribed = {(h.sender, h.receiver, h.kind) for h in sent if h.status is Status.IN_FORCE}
    unused: dict[str, list[Handoff]] = {}
    for h in graph.absent:
        if h.status is Status.UNUSED and h.holds(graph.view.as_of):
            unused.setdefault(h.sender, []).append(h)
    looked: dict[str, tuple[list[Handoff], list[Handoff]]] = {}
    unwanted = Unwanted(graph)
    for h in sent:
        informal, bare = h.status is Status.INFORMAL, _passes_a_person(h)
        if not (informal or bare) or h in unwanted:
            continue
        habits, unsaid = looked.setdefault(h.sender, ([], []))
        if informal:
            if (h.sender, h.receiver, h.kind) not in prescribed:
                habits.append(h)
        elif not _prescribed(graph, h):
            unsaid.append(h)
    for sender, (habits, unsaid) in looked.items():
        if habits:
            yield _by_habit(graph, sender, habits, unsaid, unused.get(sender, []))
        elif unsaid:
            yield _unsaid(graph, sender, unsaid)
        else:
            yield Met(agency(sender)[0])


def _passes_a_person(h: Handoff) -> bool:
    return h.kind in MOVING_KINDS and h.receiver not in PARTICIPANTS


def _prescribed(graph: PlanGraph, h: Handoff) -> bool:
    return bool(graph.prescribed(h) or h.trigger or h.form or h.within or h.conditions) or (
        not _WRITTEN.isdisjoint(h.needs)
    )


def _receivers(graph: PlanGraph, handoffs: list[Handoff]) -> str:
    return listed(dict.fromkeys(graph.name(h.receiver) for h in handoffs))


def _by_habit(
    graph: PlanGraph,
    sender: str,
    habits: list[Handoff],
    unsaid: list[Handoff],
    unused: list[Handoff],
) -> Flag:
    name, to = graph.name(sender), _receivers(graph, habits)
    told = [f"What passes from {name} to {to} passes by habit: nothing prescribes it."]
    if unused:
        told.append(f"What is prescribed, a way to {_receivers(graph, unused)}, is not used.")
    if unsaid:
        told.append(
            f"The plan gives no ground, sign or time limit for what goes to "
            f"{_receivers(graph, unsaid)} either."
        )
    return Flag(
        about=(*agency(sender), *handoff(*habits, *unsaid, *unused)),
        message=" ".join(told),
        mend=_mend(name, to),
        lacking=tuple(f"a basis for the handoff to {graph.name(h.receiver)}" for h in habits),
        stated=True,
        paths=tuple(h.id for h in habits),
    )


def _unsaid(graph: PlanGraph, sender: str, unsaid: list[Handoff]) -> Flag:
    name, to = graph.name(sender), _receivers(graph, unsaid)
    return Flag(
        about=(*agency(sender), *handoff(*unsaid)),
        message=(
            "Nothing says when, on what ground, on which form or how fast persons are handed on "
            f"from {name} to {to}."
        ),
        ask=(
            "No source states when, on what ground, on which form or how fast persons are handed "
            f"on from {name} to {to}. Ask {name} what the staff go by."
        ),
        mend=_mend(name, to),
        lacking=tuple(
            f"a basis, a trigger, a form or a time limit for the handoff to "
            f"{graph.name(h.receiver)}"
            for h in unsaid
        ),
    )


def _mend(name: str, to: str) -> str:
    return (
        f"Put what passes from {name} to {to} into a written agreement or procedure: at which "
        "signs, on which form, within what time, with whose consent and to whom by name."
    )
