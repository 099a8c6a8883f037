"""G40: gates before help that ask for more than reasonable grounds."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import CASE_KINDS, HELP_KINDS, PlanGraph
from interagency.model import PARTICIPANTS, PERSON, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Condition, Group, HandoffKind, Pillar, Sector, Stage

_STRICT = {
    Condition.FORMAL_IDENTIFICATION: "after formal identification",
    Condition.CONVICTION: "after a conviction",
    Condition.COURT_ORDER: "on a court order",
}
_EARLY = {None, Stage.DETECTION, Stage.FIRST_RESPONSE, Stage.IDENTIFICATION, Stage.ASSISTANCE}
_CHILDREN = {Group.CHILDREN, Group.GIRLS, Group.BOYS}
_SUBJECT = Ref(Kind.PLAN, "gate-to-help")


@rule(
    code="G40",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-2B", "COE-13", "NRM-02"),
)
def over_demanding_gate(graph: PlanGraph) -> Iterator[Answer]:
    """Help waits for a court, for several decisions, or for more than reasonable grounds.

    Why it matters:
        Help and rest are owed from the first reasonable grounds, while identification still runs.
        A gate that asks for a final decision gives a bed to those who no longer need it.

    What it looks at:
        Two things. First, every step into help, grouped by who decides on it (the sender, or the
        receiver where the person asks): a handoff that brings a person to a provider, a health
        service or legal aid at an early stage (none stated, detection, first_response,
        identification, assistance), and every step at the stage reflection. Trouble when it is
        tied to formal_identification, conviction or court_order, and no step between the same two
        that is open to the same persons is free of that (an open case or a charge as the price is
        what help-for-testimony asks).
        Long-term help, residence, compensation and return may be tied. Second, once for the plan:
        whether every way from the person, the public and those who detect into the care of a
        provider passes a court, or two or more agencies that identify and give no help themselves;
        asked for adults and for children each where some way is not open to all (of children no
        court is told).

    When it is no trouble:
        A court decides where a child lives: on steps only for children a court's order is no
        trouble. Other help is open earlier, and this is for long: give it the stage
        social_inclusion.

    Broken:
        format: 1
        plan: {id: example, title: Proof first, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency]}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: shelter, pillars: [protect], kind: referral,
             conditions: [formal_identification]}

    Mended:
        format: 1
        plan: {id: example, title: A bed first, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency]}
          - {id: panel, name: Identification panel, roles: [identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: panel, pillars: [protect], kind: referral}
          - {from: panel, to: shelter, pillars: [protect], kind: referral,
             conditions: [reasonable_grounds]}
    """
    providing = {a.id for a in graph.providers}
    yield from _conditions(graph, providing)
    yield from _series(graph)


def _conditions(graph: PlanGraph, providing: set[str]) -> Iterator[Answer]:
    helping = providing | {a.id for a in graph.in_sector(Sector.HEALTH, Sector.LEGAL_AID)}
    steps = [h for h in graph.handoffs if _into_help(h, helping)]
    free: dict[tuple[str, str], int] = {}
    for h in steps:
        if not _asked(h):
            ends = h.sender, h.receiver
            free[ends] = free.get(ends, 0) | graph.whom_it_carries(h)
    gates: dict[str, list[Handoff]] = {}
    for h in steps:
        gate = h.receiver if h.sender in PARTICIPANTS else h.sender
        tied = _asked(h) and graph.whom_it_carries(h) & ~free.get((h.sender, h.receiver), 0)
        gates.setdefault(gate, []).extend([h] if tied else [])
    for gate, tied_steps in gates.items():
        if tied_steps:
            yield _tied(graph, gate, tied_steps)
        else:
            yield Met(agency(gate)[0])


def _asked(h: Handoff) -> list[Condition]:
    """What a step asks for beyond reasonable grounds; a court may decide where a child lives."""
    return [
        c
        for c in _STRICT
        if c in h.conditions and not (_of_children(h) and c is Condition.COURT_ORDER)
    ]


def _of_children(h: Handoff) -> bool:
    return bool(h.only_for) and _CHILDREN.issuperset(h.only_for)


def _into_help(h: Handoff, helping: set[str]) -> bool:
    if PARTICIPANTS.keys() >= {h.sender, h.receiver}:
        return False
    if h.stage is Stage.REFLECTION:
        return h.kind in CASE_KINDS
    return h.kind in HELP_KINDS and h.receiver in helping and h.stage in _EARLY


def _tied(graph: PlanGraph, gate: str, steps: list[Handoff]) -> Flag:
    name = graph.name(gate)
    to = listed(dict.fromkeys(graph.name(h.receiver) for h in steps if h.receiver != PERSON))
    asked = [c for c in _STRICT if any(c in _asked(h) for h in steps)]
    when = listed(_STRICT[c] for c in asked)
    rest = any(h.stage is Stage.REFLECTION for h in steps)
    what = "Time to recover and reflect" if rest else "Help"
    what += " for children" if all(map(_of_children, steps)) else ""
    by = f"by way of {name}" if to in ("", name) else f"from {name} to {to}"
    return Flag(
        about=(*agency(gate), *handoff(*steps)),
        message=(
            f"{what} ({by}) is open only {when}. It is owed from reasonable grounds on, while "
            "identification still runs."
        ),
        mend=(
            f"Let {name} open this step on reasonable grounds, with the person's consent. Keep "
            "the stricter condition for what is meant to last."
        ),
        lacking=tuple(f"the condition {c.value} lifted" for c in asked),
        stated=True,
        paths=tuple(h.id for h in steps),
    )


def _series(graph: PlanGraph) -> Iterator[Answer]:
    """Who stands in a row before help: for everybody, else for adults or for children."""
    looked_at = False
    for group in (None, Group.ADULTS, Group.CHILDREN):
        view = graph.for_group(group) if group else graph
        if group and (not graph.may_be(group) or len(view.handoffs) == len(graph.handoffs)):
            continue
        providing = {a.id for a in view.providers}
        found = view.gatekeepers(view.entries, {"help": sorted(providing)}, into=HELP_KINDS)
        if "help" not in found:
            continue
        looked_at = True
        identifying = {a.id for a in view.identifiers} - providing
        courts = {a.id for a in view.in_sector(Sector.JUDICIARY)} - providing
        deciding = identifying if group is Group.CHILDREN else identifying | courts
        passed = [view.agency(an_id) for an_id in reversed(found["help"]) if an_id in deciding]
        if len(passed) > 1 or any(a.id in courts & deciding for a in passed):
            yield _in_series(view, passed, courts, f" {group.label}" if group else "")
            return
    if looked_at:
        yield Met(_SUBJECT)


def _in_series(graph: PlanGraph, passed: list[Agency], courts: set[str], whom: str) -> Flag:
    names = ", then ".join(a.name for a in passed)
    if passed[0].id in courts:
        first = [a for a in graph.detectors if a.id not in courts][:1]
    else:
        first = passed[:1]
    opens = first[0].name if first else "whoever meets the person first"
    return Flag(
        about=(_SUBJECT, *agency(*(a.id for a in passed))),
        message=f"Before anybody helps{whom}, every way leads through {names}, who each decide.",
        ask=(
            f"No source states a way into help{whom and f' for{whom}'} that does not lead through "
            f"{names}. Ask who takes a person in while they decide."
        ),
        mend=(
            f"Let {opens} refer a person straight to a provider on reasonable grounds, and let "
            "the decisions follow."
        ),
        expected=tuple(
            Expected(
                sender=sender.id,
                receiver=end.id,
                kind=HandoffKind.REFERRAL,
                pillars=(Pillar.PROTECT,),
                stage=Stage.FIRST_RESPONSE,
                what="person presumed to be trafficked",
            )
            for sender in first
            for end in [a for a in graph.likely(graph.providers) if a.id != sender.id][:3]
        ),
    )
