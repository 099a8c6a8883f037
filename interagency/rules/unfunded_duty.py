"""G23: duties to help behind which no money stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Means, Pillar, Role, Sector, Stage

_F = Function
_SERVICES = {
    _F.HOTLINE_OPERATION,
    _F.INTERPRETATION,
    _F.CASE_MANAGEMENT,
    _F.GUARDIANSHIP,
    _F.REINTEGRATION_SUPPORT,
    _F.WITNESS_PROTECTION,
}
_SERVING = {Role.CASE_MANAGER, Role.GUARDIAN, Role.LEGAL_REPRESENTATIVE}
_OWN_MONEY = {
    Sector.INTERNATIONAL_ORGANISATION,
    Sector.FOREIGN_COUNTERPART,
    Sector.PRIVATE_SECTOR,
}
_MONEY = Ref(Kind.PLAN, "money-for-help")
_PAYING = Function.STATE_COMPENSATION
_MONEY_KINDS = {HandoffKind.FUNDING, HandoffKind.ASSET_TRANSFER}


@rule(
    code="G23",
    severity=Severity.HIGH,
    pillars=tuple(Pillar),
    requirements=("NRM-07", "COE-12-5", "UTK-2-7"),
)
def unfunded_duty(graph: PlanGraph) -> Iterator[Answer]:
    """An agency has a duty to help, and no money stands behind it.

    Why it matters:
        The referral is accepted on paper and refused at the door. Or the person, or whoever brings
        them, is asked to pay.

    What it looks at:
        Any agency of which the plan states that it has no means, or only part of them, or that it
        asks to be paid at the door: each is told by itself. Then every agency that gives help (a
        role of service, a function of care, case management, guardianship, hotline,
        interpretation, reintegration, witness protection) or pays compensation (sector
        compensation_fund, function state_compensation). It is paid for when it, or an agency that
        it is part of, has its means secured or receives funding, or assets that were taken. Where
        the plan speaks of funding that is not there, that is told of its receiver. All others are
        told of once, in one list.

    When it is no trouble:
        A State body lives on its ministry's budget and nobody wrote that down: state means. Whether
        the money is enough, only means can say; the means of a network (network: yes) are those of
        all its places, and partial where some have none. International organisations, foreign
        authorities and firms are not asked: their money comes from elsewhere.

    Broken:
        format: 1
        plan: {id: example, title: A duty on paper, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Ministry of finance, sector: legislature_budget}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: person, to: shelter, pillars: [protect], kind: request_for_assistance}

    Mended:
        format: 1
        plan: {id: example, title: A duty with a budget, as_of: 2024, completeness: complete}
        agencies:
          - {id: ministry, name: Ministry of finance, sector: legislature_budget}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: person, to: shelter, pillars: [protect], kind: request_for_assistance}
          - {from: ministry, to: shelter, pillars: [protect], kind: funding}
    """
    helping = _helping(graph)
    paid = _paid(graph)
    promised = _promised(graph)
    silent: list[Agency] = []
    for a in graph.agencies:
        if a.charges_fee or a.means in (Means.NONE, Means.PARTIAL):
            yield _stated(a)
        elif a.id not in helping:
            continue
        elif a.id in paid:
            yield Met(a.ref)
        elif a.id in promised:
            yield _not_there(graph, a, promised[a.id])
        else:
            silent.append(a)
    if silent:
        yield _silent(graph, silent)


def _helping(graph: PlanGraph) -> set[str]:
    serving = {
        a.id
        for a in graph.agencies
        if not _SERVICES.isdisjoint(a.functions) or not _SERVING.isdisjoint(a.roles)
    }
    elsewhere = {a.id for a in graph.in_sector(*_OWN_MONEY)}
    paying = {*graph.in_sector(Sector.COMPENSATION_FUND), *graph.with_function(_PAYING)}
    return (serving | {a.id for a in (*graph.providers, *paying)}) - elsewhere


def _paid(graph: PlanGraph) -> set[str]:
    """Who is paid for: by itself, or under the roof of an agency that is."""
    paid = {h.receiver for h in _funding(graph.handoffs)}
    paid |= {a.id for a in graph.agencies if a.means is Means.SECURED}
    under: dict[str, list[str]] = {}
    for a in graph.agencies:
        if a.part_of:
            under.setdefault(a.part_of, []).append(a.id)
    queue = list(paid)
    for one in queue:
        for part in under.get(one, ()):
            if part not in paid:
                paid.add(part)
                queue.append(part)
    return paid


def _funding(handoffs: Sequence[Handoff]) -> list[Handoff]:
    return [h for h in handoffs if h.kind in _MONEY_KINDS and h.sender != h.receiver]


def _promised(graph: PlanGraph) -> Mapping[str, list[Handoff]]:
    promised: dict[str, list[Handoff]] = {}
    for h in _funding(graph.absent):
        promised.setdefault(h.receiver, []).append(h)
    return promised


def _stated(a: Agency) -> Flag:
    told, lacking = [], []
    if a.means in (Means.NONE, Means.PARTIAL):
        much = "no" if a.means is Means.NONE else "too little, or no lasting,"
        told.append(f"{a.name} has {much} money and staff for its duties.")
        lacking.append(f"lasting money and staff for {a.name} (means: secured)")
    if a.charges_fee:
        told.append(f"Payment is asked at the door of {a.name}.")
        lacking.append(f"free access to {a.name} (charges_fee: false)")
    return Flag(
        about=agency(a.id),
        message=" ".join(told),
        mend=(
            f"Put a budget line, or a grant over several years, behind the duties of {a.name}"
            + (", and charge neither victims nor those who bring them." if a.charges_fee else ".")
        ),
        lacking=tuple(lacking),
        stated=True,
    )


def _not_there(graph: PlanGraph, a: Agency, promised: list[Handoff]) -> Flag:
    whence = listed(f"from {graph.name(h.sender)} ({graph.why_absent(h)})" for h in promised)
    return Flag(
        about=(*agency(a.id), *handoff(*promised)),
        message=f"The money that the plan speaks of for {a.name} is not there: {whence}.",
        ask=f"No source states who pays for {a.name} while this money is not there: {whence}.",
        mend=f"Secure what {a.name} needs until that money comes, and write down for how long.",
        expected=tuple(_money(h.sender, a) for h in promised if h.sender != a.id),
    )


def _silent(graph: PlanGraph, silent: Sequence[Agency]) -> Flag:
    names = listed(a.name for a in silent)
    budgets = [
        *graph.in_sector(Sector.LEGISLATURE_BUDGET),
        *graph.with_function(Function.BUDGETING),
        *graph.in_sector(Sector.COORDINATION_BODY),
    ]
    payers = dict.fromkeys(
        [*(h.sender for h in _funding(graph.handoffs)), *(b.id for b in budgets)]
    )
    ends = [payer for payer in payers if payer != silent[0].id][:3]
    one = len(silent) == 1
    several = listed(a.name for a in silent if a.network)
    everywhere = f" Of {several}: say whether every place has it." if several else ""
    return Flag(
        about=(_MONEY, *agency(*(a.id for a in silent))),
        message=f"No money is written down for the help that these are to give: {names}.",
        ask=(
            f"No source states who pays for the help of {names}. Ask what budget or grant stands "
            "behind it, and until when."
        ),
        mend=(
            "Write for each who pays, how much and until when: a budget line, a standing grant."
            f"{everywhere}"
        ),
        expected=tuple(_money(end, silent[0]) for end in ends) if one else (),
        lacking=(f"funding, or means: secured, for {names}",),
    )


def _money(sender: str, receiver: Agency) -> Expected:
    return Expected(
        sender=sender,
        receiver=receiver.id,
        kind=HandoffKind.FUNDING,
        pillars=(Pillar.PROTECT,),
        stage=Stage.SYSTEM,
        what="money for several years",
    )
