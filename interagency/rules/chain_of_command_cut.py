"""G38: levels of one service between which neither orders nor reports pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Level, Pillar, Sector, Stage

_K = HandoffKind
_DOWN = frozenset({_K.GUIDANCE, _K.ORDER, _K.TRAINING})
_UP = frozenset({_K.REPORTING, _K.INFORMATION_SHARING})
_RANK = {Level.NATIONAL: 0, Level.PROVINCIAL: 1, Level.DISTRICT: 2, Level.LOCAL: 3}
_S = Sector
_NO_STATE = {
    None,
    _S.NGO_SERVICE_PROVIDER,
    _S.INTERNATIONAL_ORGANISATION,
    _S.PRIVATE_SECTOR,
    _S.WORKERS_EMPLOYERS_ORGANISATIONS,
    _S.MEDIA,
    _S.COMMUNITY,
    _S.SURVIVORS,
    _S.ACADEMIA_RESEARCH,
    _S.FOREIGN_COUNTERPART,
    _S.HOTLINE,
}
_FREE = {_S.JUDICIARY, _S.LEGAL_AID, _S.NATIONAL_RAPPORTEUR}
"""Of the State, and not under orders."""


@rule(
    code="G38",
    severity=Severity.HIGH,
    pillars=tuple(Pillar),
    requirements=("COE-29-2", "IOM-3"),
)
def chain_of_command_cut(graph: PlanGraph) -> Iterator[Answer]:
    """A service works on several levels, and no guidance goes down or no report comes up.

    Why it matters:
        What is decided in the capital does not arrive in the district, and what the district sees
        does not arrive in the capital. What a victim meets depends on the place.

    What it looks at:
        Chains: the agencies of one State sector on two or more of the levels national, provincial,
        district and local (co-ordination bodies together with all who hold policy_coordination);
        and an agency with its branches (part_of) on a lower level, where their sectors differ.
        Courts, legal aid and rapporteurs take no orders and make no chain. A chain is in order when
        to each agency below the top level guidance, an order or training comes from a State agency
        of a higher level, and from it a report or information goes to one, in one step or several.
        Told once a chain.

    When it is no trouble:
        The agencies of one sector have nothing to do with one another. That a unit is part of
        another (part_of) does not say what passes between them.

    Broken:
        format: 1
        plan: {id: example, title: Orders without echo, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: National police, sector: law_enforcement, level: national}
          - {id: stations, name: Police stations, sector: law_enforcement, level: local}
        handoffs:
          - {from: police, to: stations, pillars: [prosecute], kind: guidance}

    Mended:
        format: 1
        plan: {id: example, title: Orders and echo, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: National police, sector: law_enforcement, level: national}
          - {id: stations, name: Police stations, sector: law_enforcement, level: local}
        handoffs:
          - {from: police, to: stations, pillars: [prosecute], kind: guidance}
          - {from: stations, to: police, pillars: [prosecute], kind: reporting}
    """
    chains = [*_by_sector(graph), *_by_branch(graph)]
    if not chains:
        return
    told, heard = _told_and_heard(graph)
    for chain in chains:
        untold = [a for a in chain.below if a.id not in told]
        unheard = [a for a in chain.below if a.id not in heard]
        if untold or unheard:
            yield _flag(chain, untold, unheard)
        else:
            yield Met(chain.ref)


@dataclass(frozen=True, slots=True)
class _Chain:
    ref: Ref
    top: tuple[Agency, ...]
    below: tuple[Agency, ...]


def _rank(an_agency: Agency) -> int | None:
    return _RANK.get(an_agency.level) if an_agency.level else None


def _sectors(an_agency: Agency) -> set[Sector]:
    sector = {an_agency.sector} if an_agency.sector not in _NO_STATE | _FREE else set()
    if Function.POLICY_COORDINATION in an_agency.functions:
        sector.add(Sector.COORDINATION_BODY)
    return {s for s in sector if s}


def _by_sector(graph: PlanGraph) -> Iterator[_Chain]:
    members: dict[Sector, list[tuple[int, Agency]]] = {}
    for a in graph.agencies:
        rank = _rank(a)
        if rank is not None:
            for sector in _sectors(a):
                members.setdefault(sector, []).append((rank, a))
    for sector in sorted(members):
        highest = min(rank for rank, _ in members[sector])
        top = tuple(a for rank, a in members[sector] if rank == highest)
        below = tuple(a for rank, a in members[sector] if rank > highest)
        if below:
            yield _Chain(Ref(Kind.PLAN, sector.value), top, below)


def _by_branch(graph: PlanGraph) -> Iterator[_Chain]:
    there = {a.id: a for a in graph.agencies}
    branches: dict[str, list[Agency]] = {}
    for a in graph.agencies:
        above = there.get(a.part_of or "")
        if above is None or _sectors(a) & _sectors(above):
            continue
        rank, higher = _rank(a), _rank(above)
        if rank is not None and higher is not None and rank > higher:
            branches.setdefault(above.id, []).append(a)
    for an_id, below in branches.items():
        yield _Chain(there[an_id].ref, (there[an_id],), tuple(below))


def _told_and_heard(graph: PlanGraph) -> tuple[set[str], set[str]]:
    """Whom guidance from a higher level comes to, and whose reports come to a higher level."""
    branched = {a.part_of for a in graph.agencies}
    ranked = [
        (rank, a.id)
        for a in graph.agencies
        if (rank := _rank(a)) is not None and (a.sector not in _NO_STATE or a.id in branched)
    ]
    of_rank: dict[int, set[str]] = {}
    for a in graph.agencies:
        if (rank := _rank(a)) is not None:
            of_rank.setdefault(rank, set()).add(a.id)
    told: set[str] = set()
    heard: set[str] = set()
    for rank, ids in of_rank.items():
        higher = [an_id for r, an_id in ranked if r < rank]
        told |= ids & graph.reached_from(higher, _DOWN).keys()
        heard |= ids & graph.leading_to(higher, _UP).keys()
    return told, heard


def _flag(chain: _Chain, untold: list[Agency], unheard: list[Agency]) -> Flag:
    top = chain.top[0]
    down, up = listed(a.name for a in untold), listed(a.name for a in unheard)
    told, asked = [], []
    if untold:
        told.append(f"No guidance, order or training comes from a higher level to {down}.")
        asked.append(f"how guidance or orders on trafficking come down to {down}")
    if unheard:
        there = "there" if unheard == untold else up
        told.append(f"No report goes up from {there}.")
        asked.append(f"what is reported upward from {there}")
    expected, lacking = _closing(top, untold, unheard)
    return Flag(
        about=(chain.ref, *agency(*(a.id for a in (*chain.top, *chain.below)))),
        message=" ".join(told),
        ask=(
            f"No source states {', or '.join(asked)}. "
            f"Ask {listed((a.name for a in chain.top), most=3)}."
        ),
        mend=(
            f"Let {top.name} issue the indicators and procedures to every level below it, train "
            "the staff there, and ask for figures and problems at fixed times."
        ),
        expected=expected,
        lacking=lacking,
    )


def _closing(
    top: Agency, untold: list[Agency], unheard: list[Agency]
) -> tuple[tuple[Expected, ...], tuple[str, ...]]:
    steps = [
        *(_expected(top.id, a.id, _K.GUIDANCE, "indicators and procedures") for a in untold),
        *(_expected(a.id, top.id, _K.REPORTING, "figures and problems") for a in unheard),
    ]
    if len(steps) == 1:
        return (steps[0],), ()
    down = f"guidance, an order or training for {listed(a.name for a in untold)}"
    up = f"a report from {listed(a.name for a in unheard)}"
    return (), tuple(text for text, agencies in ((down, untold), (up, unheard)) if agencies)


def _expected(sender: str, receiver: str, kind: HandoffKind, what: str) -> Expected:
    stage = Stage.SYSTEM if kind is _K.GUIDANCE else Stage.MONITORING
    return Expected(sender, receiver, kind, tuple(Pillar), stage, what)
