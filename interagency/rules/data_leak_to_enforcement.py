"""G31: ways on which what helpers know comes to immigration enforcement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import MOVING_KINDS, PlanGraph
from interagency.guards import Enforcement, leaks
from interagency.model import PARTICIPANTS, Handoff
from interagency.vocabulary import Data, Group, Pillar, Sector

_HELPING = (
    Sector.HEALTH,
    Sector.LABOUR_INSPECTION,
    Sector.EDUCATION,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.HOTLINE,
    Sector.SOCIAL_WELFARE,
    Sector.CHILD_PROTECTION,
    Sector.LEGAL_AID,
)
_ENFORCING = {
    Sector.LAW_ENFORCEMENT,
    Sector.BORDER_CONTROL,
    Sector.IMMIGRATION_AUTHORITY,
    Sector.DETENTION_AUTHORITY,
}


@rule(
    code="G31",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-11-1", "OHC-P7"),
    whom=(Group.FOREIGN_NATIONALS,),
)
def data_leak_to_enforcement(graph: PlanGraph) -> Iterator[Answer]:
    """What a person tells a helper can come to those who would send that person away.

    Why it matters:
        When seeing a doctor or claiming wages means being reported, nobody sees a doctor and nobody
        claims wages. Only the trafficker gains.

    What it looks at:
        Ways from agencies that a person trusts (health, labour inspection, schools, NGOs, hotlines,
        welfare, child protection, legal aid, whoever gives help, identifies victims or grants a
        stay) to immigration enforcement: an immigration authority, or whoever holds the function
        removal. Granting a stay and removing are two tasks even within one sector: from an
        authority with the function residence_status, reflection_period or asylum_access to one with
        removal is a way as well. Whom an identifier hands over has been asked first,
        and is left out; whom it names is not. A way is made of handoffs that tell who
        the person is (data personal; or nothing said of data, and a person, notice, file or case
        that passes) and that nothing guards: no need of data_protection, use_limitation,
        confidentiality, no_removal or consent, nor the condition consent_given. Handoffs for
        nationals only are left out, and so are last steps for the person's sake (stages from
        reflection to inclusion) and, where enforcement identifies victims, steps to be identified.
        The agency that takes the last step is told, with one way to it.

    When it is no trouble:
        Enforcement must be told by law of one closed list of facts: state data and the guard on
        that handoff. A way over several agencies is a way for data only if each passes on what it
        was told; no file says whether it does.

    Broken:
        format: 1
        plan: {id: example, title: Treated and reported, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: immigration, name: Immigration police, sector: immigration_authority}
        handoffs:
          - {from: clinic, to: immigration, pillars: [prosecute], kind: notification,
             data: personal}

    Mended:
        format: 1
        plan: {id: example, title: Treated and counted, as_of: 2024, completeness: complete}
        agencies:
          - {id: clinic, name: Clinic, sector: health}
          - {id: immigration, name: Immigration police, sector: immigration_authority}
        handoffs:
          - {from: clinic, to: immigration, pillars: [prosecute], kind: notification,
             data: anonymous}
    """
    enforcement = Enforcement(graph)
    last: dict[str, list[Handoff]] = {}
    for h in graph.handoffs:
        if enforcement.hears(h):
            last.setdefault(h.sender, []).append(h)
    if not last:
        return
    known = _known(graph, enforcement)
    identifying = {a.id for a in graph.identifiers}
    for sender, steps in last.items():
        if sender in PARTICIPANTS:
            continue
        open_steps = [h for h in steps if leaks(h)]
        told = [h for h in open_steps if sender in identifying and h.kind not in MOVING_KINDS]
        if told or (open_steps and sender in known):
            yield _flag(graph, open_steps, [] if told else _way(known, sender))
        else:
            yield Met(agency(sender)[0])


_Before = dict[str, Handoff | None]


def _known(graph: PlanGraph, enforcement: Enforcement) -> _Before:
    """Who comes to know what is told in trust, each with the handoff that told it."""
    helping = {a.id for a in (*graph.providers, *graph.in_sector(*_HELPING))}
    by_id = {a.id: a for a in graph.agencies}
    before: _Before = {
        i: None
        for i in by_id
        if i in enforcement.granting or (i in helping and by_id[i].sector not in _ENFORCING)
    }
    queue = list(before)
    for node in queue:
        for h in graph.sent_by(node):
            far = h.receiver
            if far in by_id and far not in before and far not in enforcement.removing and leaks(h):
                before[far] = h
                queue.append(far)
    return before


def _way(known: _Before, sender: str) -> list[Handoff]:
    way: list[Handoff] = []
    node = sender
    while (h := known[node]) is not None:
        way.append(h)
        node = h.sender
    return way[::-1]


def _flag(graph: PlanGraph, steps: Sequence[Handoff], way: Sequence[Handoff]) -> Flag:
    sender = graph.name(steps[0].sender)
    receivers = dict.fromkeys(h.receiver for h in steps)
    names = listed(map(graph.name, receivers))
    start = graph.name(way[0].sender) if way else sender
    over = [graph.name(h.receiver) for h in way]
    route = f"through {listed(over)}, to {names}" if way else f"straight to {names}"
    guards = "data protection, limits on use, confidentiality or consent"
    shown = (*way, *steps)
    return Flag(
        about=(
            *agency(steps[0].sender, *receivers, *(h.sender for h in way)),
            *handoff(*shown),
        ),
        message=(
            f"What a person tells {start} can come {route}, where it can be used to remove them; "
            f"nothing on the way asks for {guards}."
        ),
        ask=(
            f"A way leads from {start} {route}, and no source states what keeps personal data from "
            f"being used to remove the person. Ask {sender} what it passes on, and on what terms."
        ),
        mend=(
            f"Let {sender} stop telling {names} of persons who sought help; what must be counted "
            "is passed on as numbers. Where a law prescribes a closed list of facts, write down "
            "that list, and that none of it may be used to remove anybody."
        ),
        lacking=tuple(
            f"{h.id} ended, or no name in it (data: anonymous), or, where a law prescribes it, a "
            "guard on it (use_limitation or data_protection)"
            for h in steps
        ),
        stated=all(h.data is Data.PERSONAL for h in shown),
        paths=tuple(h.id for h in (*way, steps[0])),
    )
