"""G28: one task, several owners, and nothing between them."""

from __future__ import annotations

from collections.abc import Iterator

from interagency.engine import Answer, Expected, Flag, Met, Severity, agency, listed, rule
from interagency.graph import PlanGraph
from interagency.model import Agency
from interagency.places import Kind, Ref
from interagency.vocabulary import Function, HandoffKind, Level, Pillar, Sector, Stage

_F = Function
COLLIDING = (
    # Two that decide on one person, and may decide differently.
    _F.VICTIM_IDENTIFICATION,
    _F.AGE_ASSESSMENT,
    _F.BEST_INTERESTS_DETERMINATION,
    _F.REFLECTION_PERIOD,
    _F.RESIDENCE_STATUS,
    _F.NATIONALITY_VERIFICATION,
    _F.GUARDIANSHIP,
    _F.CHILD_PLACEMENT,
    # Two that ask one person the same questions, or run one case.
    _F.NEEDS_ASSESSMENT,
    _F.RISK_ASSESSMENT,
    _F.CASE_MANAGEMENT,
    _F.SAFE_RETURN,
    _F.WITNESS_PROTECTION,
    _F.EVIDENCE_COLLECTION,
    _F.EX_OFFICIO_INVESTIGATION,
    _F.PROACTIVE_INVESTIGATION,
    _F.FINANCIAL_INVESTIGATION,
    _F.CORRUPTION_INVESTIGATION,
    _F.CRIMINAL_INVESTIGATION,
    _F.ASSET_CONFISCATION,
    _F.COMPENSATION_ORDER,
    _F.MUTUAL_LEGAL_ASSISTANCE,
    _F.EXTRADITION,
    # Two that lead, plan, write the rules or count.
    _F.POLICY_COORDINATION,
    _F.NATIONAL_PLAN,
    _F.PROCEDURES,
    _F.DATA_COLLECTION,
    _F.INDEPENDENT_MONITORING,
    _F.EVALUATION_REVIEW,
    _F.INFORMATION_PROTOCOL,
    _F.RECRUITMENT_REGULATION,
)
"""Tasks that two owners can do twice, leave to each other, or do differently. Not among them are
services of which a plan should have several (shelter, care, counsel, hotlines, awareness, training,
focal points), and duties that each agency has for itself (privacy, rights information)."""

_PARTS = {Level.PROVINCIAL, Level.DISTRICT, Level.LOCAL}
"""Two of one sector and one of these levels have each their own part of the territory."""
_NO_TIE = {HandoffKind.FUNDING, HandoffKind.TRAINING}


@rule(
    code="G28",
    severity=Severity.MEDIUM,
    pillars=(Pillar.PREVENT, Pillar.PROTECT, Pillar.PROSECUTE),
    requirements=("BAL-05-4", "COE-29-2"),
)
def two_owners_no_rule(graph: PlanGraph) -> Iterator[Answer]:
    """Several agencies hold one task, and nothing says who does it when, or passes between them.

    Why it matters:
        Each waits for the other, or both act: the person is asked twice, counted twice, or decided
        on twice with two outcomes.

    What it looks at:
        Tasks that two owners can do twice or leave to each other: to decide on a person, to assess,
        to run a case, to investigate, to lead, to plan, to count. Not services of which a plan
        should have several, nor screening, which each does of those it meets. The holders of such
        a task are in order when they hang together: by handoffs between them of any kind but money
        and training, as parent and branch (part_of), or by exchanging with the same co-ordination
        body or the same agency that identifies. Two of one sector and one level below the national
        one have each their own part of the territory, and hang together. When the holders fall into
        parts that do not, that is the trouble, told once a task.

    When it is no trouble:
        Each holder has a field of its own (one for children, one for a province, one abroad): say
        so where one begins and the other ends. Format 1 cannot say who goes first.

    Broken:
        format: 1
        plan: {id: example, title: Two lists, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, functions: [data_collection]}
          - {id: ministry, name: Welfare ministry, functions: [data_collection]}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}

    Mended:
        format: 1
        plan: {id: example, title: Two lists made one, as_of: 2024, completeness: complete}
        agencies:
          - {id: police, name: Police, functions: [data_collection]}
          - {id: ministry, name: Welfare ministry, functions: [data_collection]}
          - {id: shelter, name: Shelter}
        handoffs:
          - {from: police, to: shelter, pillars: [protect], kind: referral}
          - {from: police, to: ministry, pillars: [prosecute, protect], kind: reporting}
    """
    shared = [f for f in COLLIDING if len(graph.with_function(f)) > 1 and graph.concerns([f])]
    ties = {f: _Ties() for f in shared}
    holds = {a.id: ties.keys() & set(a.functions) for a in graph.agencies}
    between = {a.id for a in (*graph.in_sector(Sector.COORDINATION_BODY), *graph.identifiers)}
    pairs = [(h.sender, h.receiver) for h in graph.handoffs if h.kind not in _NO_TIE]
    pairs += [(a.id, a.part_of) for a in graph.agencies if a.part_of]
    for first, second in pairs:
        if first not in holds or second not in holds:
            continue
        for function in holds[first] | holds[second]:
            if (function in holds[first] or first in between) and (
                function in holds[second] or second in between
            ):
                ties[function].tie(first, second)
    for function in shared:
        fields: dict[tuple[Sector, Level], str] = {}
        for holder in graph.with_function(function):
            if holder.sector and holder.level in _PARTS:
                first = fields.setdefault((holder.sector, holder.level), holder.id)
                ties[function].tie(first, holder.id)
        parts: dict[str, list[Agency]] = {}
        for holder in graph.with_function(function):
            parts.setdefault(ties[function].part_of(holder.id), []).append(holder)
        if len(parts) == 1:
            yield Met(Ref(Kind.PLAN, function.value))
        else:
            yield _flag(function, list(parts.values()))


class _Ties:
    """Which agencies hang together, by ties added one at a time."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def part_of(self, an_id: str) -> str:
        while (up := self._next.get(an_id, an_id)) != an_id:
            self._next[an_id] = self._next.get(up, up)
            an_id = up
        return an_id

    def tie(self, a: str, b: str) -> None:
        self._next[self.part_of(a)] = self.part_of(b)


def _flag(function: Function, parts: list[list[Agency]]) -> Flag:
    told = " ".join(
        f"({number}) {listed((a.name for a in part), most=4)}."
        for number, part in enumerate(parts, 1)
    )
    holders = [a for part in parts for a in part]
    first, second = parts[0][0], parts[1][0]
    return Flag(
        about=(Ref(Kind.PLAN, function.value), *agency(*(a.id for a in holders))),
        message=(
            f"{len(holders)} agencies have one task, {function.label}, and nothing passes between "
            f"them, or between these groups of them: {told}"
        ),
        ask=(
            f"{len(holders)} agencies have one task, {function.label}, and no source states what "
            f"passes between them, or between these groups of them: {told} Who does what?"
        ),
        mend=(
            f"Say who does what of {function.label}, for whom and from when on, and what passes "
            f"between them. Begin with {first.name} and {second.name}."
        ),
        expected=(
            Expected(
                sender=first.id,
                receiver=second.id,
                kind=HandoffKind.CONSULTATION,
                pillars=(function.pillar,) if function.pillar else tuple(Pillar),
                stage=Stage.SYSTEM,
                what=f"who does what in {function.label}",
            ),
        ),
    )
