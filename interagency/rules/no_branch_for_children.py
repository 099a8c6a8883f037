"""G10: plans in which a child meets nobody who is there for children."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import PUBLIC, Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, Group, HandoffKind, Pillar, Role, Sector, Stage

_BRANCH, _GUARDIAN = Ref(Kind.PLAN, "children"), Ref(Kind.PLAN, "guardian")
_GUARD = "a guardian: the role guardian, or the function guardianship given to an agency"
_YOUNG = {Group.CHILDREN, Group.GIRLS, Group.BOYS}
_FOR_CHILDREN = {
    Function.BEST_INTERESTS_DETERMINATION,
    Function.GUARDIANSHIP,
    Function.CHILD_PLACEMENT,
}


@rule(
    code="G10",
    severity=Severity.CRITICAL,
    pillars=(Pillar.PROTECT,),
    requirements=("COE-10-3", "COE-10-4A", "OHC-P10"),
    whom=(Group.CHILDREN,),
)
def no_branch_for_children(graph: PlanGraph) -> Iterator[Answer]:
    """A child who is found goes the way of adults, and nobody acts for it.

    Why it matters:
        A child cannot consent, choose a shelter or wait for an age test. Somebody has to be there
        for it before it is questioned: who protects it, and who speaks for it.

    What it looks at:
        Two things, in the plan as it stands open to children. Whether a case comes from the person,
        the public or an agency that detects to an agency that is there for children: sector
        child_protection, role guardian, a function best_interests_determination, guardianship or
        child_placement, or one that serves children only (accepts). And whether it comes to a
        guardian: role guardian or function guardianship. An agency that detects and is there for
        children itself needs no way. Both are asked for, and told together.

    When it is no trouble:
        The child protection authority is guardian by law: give it the function guardianship. That
        the child comes there before the first interview is not seen; put the step at stage
        detection or first_response.

    Broken:
        format: 1
        plan: {id: example, title: Small adults, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - {id: children, name: Child protection office, sector: child_protection}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Children first, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, roles: [detecting_agency, identification_authority]}
          - {id: shelter, name: Shelter, roles: [service_provider]}
          - id: children
            name: Child protection office
            sector: child_protection
            functions: [guardianship]
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: police, to: children, pillars: [protect], kind: referral, only_for: [children]}
    """
    if not (graph.detectors or graph.identifiers):
        return
    there_for = [a for a in graph.agencies if _for_children(a)]
    if not there_for:
        yield _nobody(graph)
        return
    young = graph.for_group(Group.CHILDREN)
    reached = young.reached_from(young.entries)
    come_to = [a for a in there_for if a.id in reached]
    acting = [a for a in there_for if _acts_for_child(a)]
    yield Met(_BRANCH) if come_to else _no_way(young, there_for)
    if any(a.id in reached for a in acting):
        yield Met(_GUARDIAN)
    else:
        yield _no_guardian(young, acting, come_to, there_for)


def _for_children(a: Agency) -> bool:
    return (
        a.sector is Sector.CHILD_PROTECTION
        or _acts_for_child(a)
        or not _FOR_CHILDREN.isdisjoint(a.functions)
        or bool(a.accepts and _YOUNG.issuperset(a.accepts))
    )


def _acts_for_child(a: Agency) -> bool:
    return Role.GUARDIAN in a.roles or Function.GUARDIANSHIP in a.functions


def _nobody(graph: PlanGraph) -> Flag:
    first = graph.likely(graph.detectors or graph.identifiers)[:3]
    return Flag(
        about=(_BRANCH, *agency(*(a.id for a in first))),
        message=(
            "No agency of the plan is there for children, and nobody is guardian: a child who is "
            "found goes the way of adults."
        ),
        ask=(
            "No source names an agency that protects children who are found, or who acts as their "
            "guardian. Ask who does, and how a child comes there."
        ),
        mend=(
            "Name the agency that protects children and who appoints a guardian, and let everyone "
            "who may meet a child bring it there at once, before it is questioned."
        ),
        lacking=("an agency of sector child_protection", _GUARD),
    )


def _no_way(young: PlanGraph, there_for: list[Agency]) -> Flag:
    ends = young.likely(there_for)
    names = listed((a.name for a in ends), most=4)
    return Flag(
        about=(_BRANCH, *agency(*(a.id for a in ends))),
        message=(
            f"No case leads to those who are there for children ({names}): a child who is found "
            "goes the way of adults."
        ),
        ask=(
            f"No source states how a child who is found comes to {names}. Ask who brings it there, "
            "and how soon."
        ),
        mend=(
            f"Let everyone who may meet a child bring it to {ends[0].name} at once, before it is "
            "questioned, and treat whoever may be a child as one."
        ),
        expected=tuple(_expected(young, [], ends, "person who is or may be a child")),
    )


def _no_guardian(
    young: PlanGraph, acting: list[Agency], come_to: list[Agency], there_for: list[Agency]
) -> Flag:
    ends = young.likely(acting)
    named = ends or young.likely(there_for)
    names = listed((a.name for a in named), most=4)
    if ends:
        message = f"Nothing leads to a guardian ({names}) for a child who is found."
        ask = f"No source states how a guardian ({names}) is called for a child who is found."
    else:
        there = f"There for children: {names}.{_alone(come_to, named)}"
        message = f"Nobody is guardian of a child who is found. {there}"
        ask = f"No source states who is guardian of a child who is found. {there}"
    return Flag(
        about=(_GUARDIAN, *agency(*(a.id for a in named))),
        message=message,
        ask=f"{ask} Ask who is appointed, by whom and how soon.",
        mend=(
            "Have a guardian appointed for each child without parents who can be trusted, before "
            "the child is questioned, and write who calls the guardian."
        ),
        expected=tuple(_expected(young, come_to, ends, "child in need of a guardian")),
        lacking=() if ends else (_GUARD,),
        stated=not ends and any(Function.GUARDIANSHIP in a.lacks for a in young.agencies),
    )


def _alone(come_to: list[Agency], there_for: tuple[Agency, ...]) -> str:
    """Which of those who are there for children a child comes to, where it is not all."""
    if not come_to or len(come_to) == len(there_for):
        return ""
    return f" Of these, a case comes to {listed((a.name for a in come_to), most=4)} alone."


def _expected(
    young: PlanGraph, come_to: list[Agency], ends: tuple[Agency, ...], what: str
) -> Iterator[Expected]:
    """From those to whom a child comes, else from those who meet it, else from the public."""
    open_to = {a.id for a in young.agencies}
    meeting = [*come_to, *young.likely(young.detectors)]
    for end in [end for end in ends if end.id in open_to][:2]:
        senders = [a.id for a in meeting if a.id != end.id][:2]
        for sender in senders or [PUBLIC]:
            yield Expected(
                sender=sender,
                receiver=end.id,
                kind=HandoffKind.REFERRAL if senders else HandoffKind.NOTIFICATION,
                pillars=(Pillar.PROTECT,),
                stage=Stage.FIRST_RESPONSE,
                what=what,
            )
