"""G19: prosecutors from whom nothing leads to protection of witnesses."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_NOBODY = Ref(Kind.PLAN, "witness-protection")
_F = Function
_SHIELD = {_F.WITNESS_PROTECTION, _F.COURT_PROTECTION_MEASURES}


@rule(
    code="G19",
    severity=Severity.HIGH,
    pillars=(Pillar.PROSECUTE,),
    requirements=("UNT-24-1", "COE-28", "COE-28-4"),
)
def witness_without_a_shield(graph: PlanGraph) -> Iterator[Answer]:
    """A victim is to testify, and nobody is asked to protect them.

    Why it matters:
        Traffickers know where the family lives. Witnesses who are not protected vanish before the
        trial, or say that nothing happened.

    What it looks at:
        Every agency that prosecutes (sector prosecution or function prosecution_service). It is in
        order when a case can come from it, in one handoff or several, to an agency that protects
        (sector witness_protection, functions witness_protection or court_protection_measures, held
        or supported), or when it protects itself. Where nobody in the plan protects, that is said
        once.

    When it is no trouble:
        The police protect witnesses under another name: give them the function. Whether protection
        lasts beyond the judgment, and covers the family and those who help, is not seen: ask.

    Broken:
        format: 1
        plan: {id: example, title: Alone in court, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
          - {id: shield, name: Witness protection unit, sector: witness_protection}
        handoffs:
          - {from: prosecutor, to: court, pillars: [prosecute], kind: charge}

    Mended:
        format: 1
        plan: {id: example, title: Behind a shield, as_of: 2024, completeness: complete}
        agencies:
          - {id: prosecutor, name: Prosecutor, sector: prosecution}
          - {id: court, name: Court, sector: judiciary}
          - {id: shield, name: Witness protection unit, sector: witness_protection}
        handoffs:
          - {from: prosecutor, to: court, pillars: [prosecute], kind: charge}
          - {from: prosecutor, to: shield, pillars: [prosecute], kind: request_for_assistance}
    """
    prosecuting = [a for a in graph.agencies if _prosecutes(a)]
    if not prosecuting:
        return
    protecting = [a for a in graph.agencies if _protects(a)]
    if not protecting:
        yield _nobody(graph, prosecuting)
        return
    leading = graph.leading_to([a.id for a in protecting])
    ends = graph.likely(sorted(protecting, key=lambda a: a.sector is not Sector.WITNESS_PROTECTION))
    for prosecutor in prosecuting:
        if prosecutor.id in leading:
            yield Met(prosecutor.ref)
        else:
            yield _flag(prosecutor, ends[:2])


def _prosecutes(a: Agency) -> bool:
    return a.sector is Sector.PROSECUTION or _F.PROSECUTION_SERVICE in a.functions


def _protects(a: Agency) -> bool:
    return a.sector is Sector.WITNESS_PROTECTION or not _SHIELD.isdisjoint(
        (*a.functions, *a.supports)
    )


def _flag(prosecutor: Agency, ends: tuple[Agency, ...]) -> Flag:
    names = listed(a.name for a in ends)
    return Flag(
        about=agency(prosecutor.id, *(a.id for a in ends)),
        message=f"From {prosecutor.name} nothing leads to protection of witnesses ({names}).",
        ask=(
            f"No source states how {prosecutor.name} has witnesses protected ({names}). Ask who "
            "asks for protection, from when on, and whether it lasts beyond the judgment."
        ),
        mend=(
            f"Let {prosecutor.name} ask {ends[0].name}, before the first statement and with the "
            "person's consent, to assess the danger and protect victims, their families and those "
            "who help them, for as long as it lasts."
        ),
        expected=tuple(
            Expected(
                sender=prosecutor.id,
                receiver=end.id,
                kind=HandoffKind.REQUEST_FOR_ASSISTANCE,
                pillars=(Pillar.PROSECUTE,),
                stage=Stage.TRIAL_PROTECTION,
                what="request to assess the danger to a witness and to protect",
            )
            for end in ends
        ),
    )


def _nobody(graph: PlanGraph, prosecuting: list[Agency]) -> Flag:
    names = listed((a.name for a in prosecuting), most=4)
    return Flag(
        about=(_NOBODY, *agency(*(a.id for a in prosecuting))),
        message=f"Nobody in the plan protects victims who testify for {names}.",
        ask=(
            f"No source states who protects victims who testify for {names}. Ask who does, from "
            "when on, and whether it lasts beyond the judgment."
        ),
        mend=(
            "Name who protects victims, their families and those who help them before, during and "
            "after trial (function witness_protection), and who asks for it."
        ),
        lacking=("the function witness_protection given to an agency",),
        stated=any(not _SHIELD.isdisjoint(a.lacks) for a in graph.agencies),
    )
