"""G34: prevention that learns nothing from cases, or does not reach where people are recruited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from interagency.engine import Answer, Expected, Flag, Met, Severity, listed, rule
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Pillar, Sector, Stage

_F = Function
_S = Sector
_TEACHES = CASE_KINDS | {HandoffKind.REPORTING, HandoffKind.FEEDBACK, HandoffKind.CONSULTATION}
_CASES = {Pillar.PROTECT, Pillar.PROSECUTE}
_FIELD_SECTORS = {
    _S.EMPLOYMENT_SERVICES,
    _S.LABOUR_INSPECTION,
    _S.PRIVATE_SECTOR,
    _S.WORKERS_EMPLOYERS_ORGANISATIONS,
    _S.EDUCATION,
    _S.LOCAL_GOVERNMENT,
    _S.COMMUNITY,
    _S.FINANCIAL_INTELLIGENCE,
    _S.LEGISLATURE_BUDGET,
}
_FIELD_FUNCTIONS = {
    _F.RECRUITMENT_REGULATION,
    _F.LABOUR_STANDARDS_ENFORCEMENT,
    _F.SUPPLY_CHAIN_DUE_DILIGENCE,
    _F.DEMAND_REDUCTION,
    _F.CHILD_PROTECTIVE_ENVIRONMENT,
    _F.VULNERABILITY_REDUCTION,
}
_FIELDS = "recruiters, employers, schools, communities or finance"
_PREVENTION = Ref(Kind.PLAN, "prevention")


@rule(
    code="G34",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PREVENT,),
    requirements=("PAL-09-1", "ILO-2D", "UNT-28"),
)
def prevention_stump(graph: PlanGraph) -> Iterator[Answer]:
    """Prevention stands by itself: it learns nothing from cases, or never comes to a workplace.

    Why it matters:
        A poster warns of a stranger in a van, while every case of the year began with a licensed
        recruiter. Prevention that hears of no case warns of the wrong thing.

    What it looks at:
        The agencies that prevent: those that hold a function of the pillar, receive a handoff that
        serves it, or send one (money, training and guidance apart). Two things are asked. Something
        comes to one of them from the work on cases (a case, a report, information, feedback from
        an agency that protects or prosecutes, by function or handoff), or one of them works on
        cases itself. And one of them touches the fields in which people are recruited and
        exploited: recruiters and employers, schools and communities, or finance (by sector, or by a
        function such as recruitment_regulation). Where no agency prevents at all, that is said
        instead. It is one finding of the plan.

    When it is no trouble:
        The plan is about referral only, and prevention has a plan of its own: waive it and say
        which. How good a campaign is no file can tell.

    Broken:
        format: 1
        plan: {id: example, title: Posters, as_of: 2024, completeness: complete}
        agencies:
          - {id: office, name: Information office, functions: [awareness_raising]}
          - {id: police, name: Police, functions: [criminal_investigation]}
          - {id: licences, name: Licensing of recruiters, functions: [recruitment_regulation]}
        handoffs:
          - {from: office, to: public, pillars: [prevent], kind: information_sharing}

    Mended:
        format: 1
        plan: {id: example, title: Posters that know, as_of: 2024, completeness: complete}
        agencies:
          - {id: office, name: Information office, functions: [awareness_raising]}
          - {id: police, name: Police, functions: [criminal_investigation]}
          - {id: licences, name: Licensing of recruiters, functions: [recruitment_regulation]}
        handoffs:
          - {from: office, to: public, pillars: [prevent], kind: information_sharing}
          - {from: police, to: office, pillars: [prevent], kind: information_sharing}
    """
    seen = graph.view.pillars
    if not graph.agencies or (seen is not None and Pillar.PREVENT not in seen):
        return
    preventing = _at_work(graph, {Pillar.PREVENT}, by=_TEACHES, to=set(HandoffKind))
    working = _at_work(graph, _CASES, by=CASE_KINDS, to=CASE_KINDS)
    learns = seen is not None or _learns(graph, preventing, working)
    fields = any(_in_the_field(a) for a in preventing)
    if preventing and learns and fields:
        yield Met(_PREVENTION)
    else:
        yield _flag(graph, preventing, working, learns=learns, fields=fields)


def _at_work(
    graph: PlanGraph,
    pillars: Collection[Pillar],
    *,
    by: Collection[HandoffKind],
    to: Collection[HandoffKind],
) -> list[Agency]:
    """Who holds a function of these pillars, or sends or receives such handoffs that serve them."""
    serving = [h for h in graph.handoffs if any(p in pillars for p in h.pillars)]
    ends = {h.sender for h in serving if h.kind in by}
    ends |= {h.receiver for h in serving if h.kind in to}
    return [
        a for a in graph.agencies if a.id in ends or any(f.pillar in pillars for f in a.functions)
    ]


def _learns(graph: PlanGraph, preventing: Sequence[Agency], working: Sequence[Agency]) -> bool:
    ours, theirs = {a.id for a in preventing}, {a.id for a in working}
    return not ours.isdisjoint(theirs) or any(
        h.sender in theirs and h.receiver in ours and h.kind in _TEACHES for h in graph.handoffs
    )


def _in_the_field(a: Agency) -> bool:
    return a.sector in _FIELD_SECTORS or not _FIELD_FUNCTIONS.isdisjoint(a.functions)


def _flag(
    graph: PlanGraph,
    preventing: Sequence[Agency],
    working: Sequence[Agency],
    *,
    learns: bool,
    fields: bool,
) -> Flag:
    names = listed(a.name for a in preventing)
    told, asked, mends, lacking = [], [], [], []
    if not preventing:
        told.append("No agency of the plan prevents trafficking.")
        asked.append("No source states who prevents trafficking.")
        lacking.append("an agency with a function of the pillar prevent")
    if preventing and not learns:
        told.append(f"Those who prevent ({names}) learn nothing from cases.")
        asked.append(f"No source states how those who prevent ({names}) learn from cases.")
        mends.append(
            "Let those who help and investigate tell those who prevent, without names, how victims "
            "were recruited."
        )
    if not fields:
        told.append(f"Nobody who prevents works with {_FIELDS}.")
        asked.append(f"No source states who works to prevent with {_FIELDS}.")
        mends.append(f"Give prevention an owner where it begins: with {_FIELDS}.")
        lacking.append(f"an agency that prevents and works with {_FIELDS}")
    sources = graph.likely(working)[:3] if fields and preventing else ()
    return Flag(
        about=(_PREVENTION, *(a.ref for a in preventing)),
        message=" ".join(told),
        ask=" ".join([*asked, "Ask the owner of the plan."]),
        mend=" ".join(mends),
        expected=tuple(
            Expected(
                sender=source.id,
                receiver=preventing[0].id,
                kind=HandoffKind.INFORMATION_SHARING,
                pillars=(Pillar.PREVENT,),
                stage=Stage.PREVENTION,
                what="how victims were recruited, without names",
            )
            for source in sources
        ),
        lacking=tuple(lacking),
    )
