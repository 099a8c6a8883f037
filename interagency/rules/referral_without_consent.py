"""G30: adults who are passed on, and of whose agreement nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from interagency.engine import Answer, Flag, Met, Severity, agency, handoff, listed, rule
from interagency.graph import PlanGraph
from interagency.guards import Unwanted
from interagency.model import PARTICIPANTS, Agency, Handoff
from interagency.places import Kind, Ref
from interagency.vocabulary import Condition, Data, Group, HandoffKind, Need, Pillar, Sector

_AGREED = {Need.CONSENT, Need.VOLUNTARINESS, Need.INFORMED_CHOICE}
_INSTEAD = {Condition.CONSENT_GIVEN, Condition.COURT_ORDER, Condition.IMMEDIATE_DANGER}
_CHILD = {Group.CHILDREN, Group.GIRLS, Group.BOYS}
_CONSENT = Ref(Kind.PLAN, "consent")


@rule(
    code="G30",
    severity=Severity.HIGH,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-12-7", "COE-11-1"),
    whom=(Group.ADULTS,),
)
def referral_without_consent(graph: PlanGraph) -> Iterator[Answer]:
    """An adult is passed on, or their story told, and nobody has asked whether they agree.

    Why it matters:
        Who was bought and sold is handed on once more without a say. Word of that goes round, and
        people avoid every agency.

    What it looks at:
        Referrals between agencies, and information on a case that is said to be personal, unless
        they are about children only (limited to them, or an end serves only them or is of sector
        child_protection). Each is in order with a need of consent, voluntariness or
        informed_choice, with the condition consent_given, or where something else allows it: a
        basis, the need legal_basis, a court's order, immediate danger. A sender of which some such
        handoff states terms (needs or conditions) and not these is told by itself; all others once,
        in a list.

    When it is no trouble:
        Consent is asked for, and nobody wrote it down: add the need. A basis is taken at its word;
        whether the law leaves the person a choice no file can tell. Custody transfers and notices
        without a person are not asked about here.

    Broken:
        format: 1
        plan: {id: example, title: Passed on unasked, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral,
             needs: [risk_assessment]}

    Mended:
        format: 1
        plan: {id: example, title: Passed on with a say, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, sector: law_enforcement}
          - {id: shelter, name: Shelter, roles: [service_provider]}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral,
             needs: [risk_assessment, consent]}
    """
    by_id = {a.id: a for a in graph.agencies}
    unasked: dict[str, list[Handoff]] = {}
    unwanted = Unwanted(graph)
    for h in graph.handoffs:
        if not _of_an_adult(h, by_id):
            continue
        if _allowed(h):
            yield Met(h.ref)
        elif h not in unwanted:
            unasked.setdefault(h.sender, []).append(h)
    silent: dict[str, list[Handoff]] = {}
    for sender, handoffs in unasked.items():
        if any(h.needs or h.conditions for h in handoffs):
            yield _one(graph, by_id[sender], handoffs)
        else:
            silent[sender] = handoffs
    if silent:
        yield _all(graph, silent)


def _of_an_adult(h: Handoff, by_id: Mapping[str, Agency]) -> bool:
    if not PARTICIPANTS.keys().isdisjoint((h.sender, h.receiver)) or h.sender == h.receiver:
        return False
    told = h.kind is HandoffKind.INFORMATION_SHARING and h.data is Data.PERSONAL
    if not (told or h.kind is HandoffKind.REFERRAL):
        return False
    ends = [by_id[h.sender], by_id[h.receiver]]
    return not (
        _children(h.only_for)
        or any(_children(a.accepts or ()) or a.sector is Sector.CHILD_PROTECTION for a in ends)
    )


def _children(groups: Sequence[Group]) -> bool:
    return bool(groups) and _CHILD.issuperset(groups)


def _allowed(h: Handoff) -> bool:
    return (
        bool(h.basis)
        or Need.LEGAL_BASIS in h.needs
        or not _AGREED.isdisjoint(h.needs)
        or not _INSTEAD.isdisjoint(h.conditions)
    )


def _one(graph: PlanGraph, sender: Agency, handoffs: Sequence[Handoff]) -> Flag:
    receivers = listed(dict.fromkeys(graph.name(h.receiver) for h in handoffs))
    return Flag(
        about=(*agency(sender.id), *handoff(*handoffs)),
        message=(
            f"Adults, or their story, are passed on by {sender.name} to {receivers}, with neither "
            "their consent nor a legal basis among the terms."
        ),
        ask=(
            f"No source states whether adults agree, or on what legal basis it is done, when they "
            f"or their story are passed on by {sender.name} to {receivers}. Ask how they are asked."
        ),
        mend=(
            f"Let {sender.name} explain the choices and ask before each referral, and pass on only "
            "what the person agrees to. Write the exceptions down (a law, danger to life)."
        ),
        lacking=(f"consent or a basis on what {sender.name} passes on to {receivers}",),
    )


def _all(graph: PlanGraph, silent: Mapping[str, Sequence[Handoff]]) -> Flag:
    names = listed(map(graph.name, silent))
    handoffs = [h for of_one in silent.values() for h in of_one]
    return Flag(
        about=(_CONSENT, *agency(*silent), *handoff(*handoffs)),
        message=(
            "Nothing says that adults agree, or on what legal basis it is done, when they are "
            f"passed on by {names}."
        ),
        ask=(
            "No source states whether adults agree, or on what legal basis it is done, when they "
            f"are passed on by {names}. Ask each how they are asked."
        ),
        mend=(
            "Put one consent form into the procedure for all referrals: what is passed on, to "
            "whom, for what, and that the person may say no."
        ),
        lacking=tuple(
            f"consent or a basis on what {graph.name(sender)} passes on" for sender in silent
        ),
    )
