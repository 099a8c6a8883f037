"""The order of findings: what to mend first, why, and what is one trouble and not three.

**One trouble.** Findings of one rule and one answer stand together: whoever mends one will mend
the others with the same sentence in the plan. Findings of another rule stand under them as
symptoms when each of them would be closed by the same missing handoff; and as cases when that
rule is a special case of this one and tells the same lines, or the same agency, once more; when all
its lines are told by gaps of a rule that is mended first, as a removal that nobody has asked before
is mended before it is asked whether it waits; or when it tells a line that is not there and on
which this finding rests.

**First.** Gaps stand before questions. Within each, in this order: how grave it is, where a
question about the plan as such, and not about agencies and handoffs that it names, counts as one
step less grave, for of that the sources may just say nothing; in a gap, whether its lines do harm
each time they are used, as names given to those who remove (:class:`~interagency.guards.Unwanted`),
before what is lacking; in a question, whether evaluators have found such a trouble anywhere, for
what none ever found is likelier to be unwritten than undone; from how many of the ways in (the
person, the public, every agency that detects) a case comes to the place; how strong the standard is
(shall, should, may); how many evaluators' reports show the trouble; how many agencies it concerns;
how many handoffs meet at the place; then the code and the id, so that the order is the same in
every run. ``because`` says what counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from interagency import catalogue
from interagency.catalogue import Requirement
from interagency.engine import Audit, Finding, Severity, State
from interagency.graph import CASE_KINDS, PlanGraph
from interagency.guards import Unwanted
from interagency.places import Kind
from interagency.vocabulary import Pillar

_STRENGTH = {"shall": 3, "should": 2, "may": 1}


@dataclass(frozen=True)
class Item:
    """One trouble: the findings that are mended together, and what follows from them."""

    findings: tuple[Finding, ...]
    """Findings of one rule and one answer, the weightiest first; never empty."""
    symptoms: tuple[Finding, ...] = ()
    """Findings of other rules that the same missing handoffs would close."""
    cases: tuple[Finding, ...] = ()
    """Findings told with them: of special cases, of what is mended later, of an absent line."""
    because: str = ""
    """Why it stands where it stands."""

    @property
    def lead(self) -> Finding:
        """The weightiest finding."""
        return self.findings[0]

    @property
    def rule(self) -> str:
        """The name of the rule."""
        return self.lead.rule

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.lead.code

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.lead.severity

    @property
    def state(self) -> State:
        """Which answer it is."""
        return self.lead.state

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """The Ps it is about."""
        return self.lead.pillars

    @property
    def whole(self) -> tuple[Finding, ...]:
        """The findings, the cases and the symptoms."""
        return self.findings + self.cases + self.symptoms


@dataclass(frozen=True, slots=True)
class _Weight:
    severity: int
    harm: bool
    ways_in: int
    strength: int
    seen: int
    agencies: int
    handoffs: int


def troubles(audit: Audit) -> tuple[Item, ...]:
    """The findings of an audit as troubles, in the order in which to mend them; made once."""
    kept = vars(audit)
    if "items" not in kept:
        kept["items"] = items(audit.graph, audit.findings)
    found: tuple[Item, ...] = kept["items"]
    return found


def items(graph: PlanGraph, findings: Iterable[Finding]) -> tuple[Item, ...]:
    """The findings as troubles, in the order in which to mend them."""
    graph = graph.of_all_pillars.in_order
    unwanted = _unwanted(graph, findings := tuple(findings))
    weights = {}
    ranked = []
    for finding in findings:
        weight = _weight(graph, finding, unwanted)
        weights[id(finding)] = weight
        ranked.append((_key(finding, weight), finding))
    ranked.sort(key=lambda pair: pair[0])
    every = [finding for _, finding in ranked]
    wider = _wider(every, frozenset(h.id for h in graph.absent))
    groups: dict[tuple[State, str], list[Finding]] = {}
    for finding in every:
        if id(finding) not in wider:
            groups.setdefault((finding.state, finding.code), []).append(finding)
    cases: dict[int, list[Finding]] = {}
    for finding in every:
        if (general := wider.get(id(finding))) is not None:
            cases.setdefault(id(general), []).append(finding)
    heads, under = _symptoms(list(groups.values()))
    return tuple(
        Item(
            findings=tuple(group),
            cases=tuple(case for f in group for case in cases.get(id(f), ())),
            symptoms=tuple(each for f in under.get(i, ()) for each in (f, *cases.get(id(f), ()))),
            because=_because(graph, group, weights[id(group[0])]),
        )
        for i, group in heads
    )


def _wider(findings: list[Finding], absent: frozenset[str]) -> dict[int, Finding]:
    """For each finding that says once more what another says: that one, of a wider rule.

    One that is graver than the wider finding stands for itself.
    """
    by_rule: dict[tuple[State, str], list[Finding]] = {}
    for finding in findings:
        if not finding.case_of:
            by_rule.setdefault((finding.state, finding.rule), []).append(finding)
    wider = {
        id(finding): general
        for finding in findings
        if finding.case_of
        for general in reversed(by_rule.get((finding.state, finding.case_of), ()))
        if finding.severity <= general.severity and _about_the_same(finding, general)
    }
    wider |= _mended_first([f for f in findings if id(f) not in wider])
    return wider | _lines_behind([f for f in findings if id(f) not in wider], absent)


def _mended_first(findings: list[Finding]) -> dict[int, Finding]:
    """For each finding all whose lines are gaps of a rule that is mended first: the weightiest."""
    fronts: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.state is State.GAP and not finding.behind:
            fronts.setdefault(finding.rule, []).append(finding)
    found = {}
    for finding in findings:
        lines = set(finding.handoffs)
        before = [f for f in fronts.get(finding.behind, ()) if not lines.isdisjoint(f.handoffs)]
        told = {line for f in before for line in f.handoffs}
        if before and lines <= told and finding.severity <= before[0].severity:
            found[id(finding)] = before[0]
    return found


def _lines_behind(findings: list[Finding], absent: frozenset[str]) -> dict[int, Finding]:
    """For each finding about a line that is not there: the weightiest other that rests on it.

    That is one that the line alone would close, or that names it among what it is about.
    """
    lines = {id(f): f.about[0].ref.id for f in findings if f.about}
    resting: dict[tuple[State, str], Finding] = {}
    for finding in reversed(findings):
        if lines.get(id(finding)) not in absent:
            alone = finding.closed_by if len(finding.closed_by) == 1 else ()
            resting |= {(finding.state, line): finding for line in (*alone, *finding.handoffs)}
    return {
        id(finding): general
        for finding in findings
        if (line := lines.get(id(finding))) in absent
        for general in (resting.get((finding.state, str(line))),)
        if general is not None and finding.severity <= general.severity
    }


def _about_the_same(one: Finding, other: Finding) -> bool:
    """Whether two findings are about a same handoff; where one names none, about one agency."""
    if one.handoffs and other.handoffs:
        return not set(one.handoffs).isdisjoint(other.handoffs)
    return bool(one.agencies) and one.agencies[:1] == other.agencies[:1]


def _symptoms(
    groups: list[list[Finding]],
) -> tuple[list[tuple[int, list[Finding]]], dict[int, list[Finding]]]:
    """Which groups stand alone, and which findings stand under which of them."""
    closes: dict[tuple[State, str, str], int] = {}
    heads: list[tuple[int, list[Finding]]] = []
    under: dict[int, list[Finding]] = {}
    for i, group in enumerate(groups):
        above = {closes.get(edge) for finding in group for edge in _edges(finding)[:1]}
        single = next(iter(above)) if len(above) == 1 else None
        if single is not None and all(finding.expected for finding in group):
            under.setdefault(single, []).extend(group)
            continue
        heads.append((i, group))
        for finding in group:
            for edge in _edges(finding):
                closes.setdefault(edge, i)
    return heads, under


def _edges(finding: Finding) -> list[tuple[State, str, str]]:
    return [(finding.state, e.sender, e.receiver) for e in finding.expected]


def _unwanted(graph: PlanGraph, findings: Iterable[Finding]) -> frozenset[str]:
    """Of the lines that gaps are about, those that should not be as they are."""
    told = {line for f in findings if f.state is State.GAP for line in f.handoffs}
    should_not_be = Unwanted(graph)
    return frozenset(h.id for h in graph.handoffs if h.id in told and h in should_not_be)


def _harms(finding: Finding, unwanted: Collection[str]) -> bool:
    """Whether it is a gap about nothing but lines that should not be as they are."""
    lines = finding.handoffs
    return finding.state is State.GAP and bool(lines) and all(line in unwanted for line in lines)


def _strength(graph: PlanGraph, requirement: Requirement) -> int:
    """How strong a requirement is for this plan: what does not bind it is a benchmark at most."""
    binding = {*catalogue.FLOOR, *graph.plan.facts.standards}
    bound = requirement.firm and requirement.instrument in binding
    return min(_STRENGTH.get(requirement.strength, 0), 3 if bound else 2)


def _weight(graph: PlanGraph, finding: Finding, unwanted: Collection[str]) -> _Weight:
    at_agency = bool(finding.about) and finding.about[0].ref.kind is Kind.AGENCY
    places = finding.agencies[:1] if at_agency else finding.agencies
    known = catalogue.requirements()
    archetype = catalogue.archetypes().get(finding.code)
    ways = graph.ways_in
    lost = finding.state is State.GAP and _of_the_plan(finding)
    everywhere = len(graph.entries) if lost else 0
    return _Weight(
        severity=finding.severity.rank,
        harm=_harms(finding, unwanted),
        ways_in=max((ways.get(a, 0) for a in places), default=everywhere),
        strength=max(
            (_strength(graph, known[r]) for r in finding.requirements if r in known), default=0
        ),
        seen=len(archetype.evidence) if archetype else 0,
        agencies=len(finding.agencies),
        handoffs=sum(
            len(graph.sent_by(a, CASE_KINDS)) + len(graph.received_by(a, CASE_KINDS))
            for a in finding.agencies[:1]
        ),
    )


def _key(finding: Finding, weight: _Weight) -> tuple[object, ...]:
    return (
        finding.state is State.QUESTION,
        _untouched(finding) - weight.severity,
        _untouched(finding),
        -weight.harm,
        finding.state is State.QUESTION and not weight.seen,
        -weight.ways_in,
        -weight.strength,
        -weight.seen,
        -weight.agencies,
        -weight.handoffs,
        finding.code,
        finding.id,
    )


def _untouched(finding: Finding) -> bool:
    """Whether it is a question on a topic, about nothing that the plan names."""
    return finding.state is State.QUESTION and _of_the_plan(finding) and not finding.expected


def _of_the_plan(finding: Finding) -> bool:
    """Whether it is about the plan as such: what is absent there is absent for every case."""
    return not finding.about or finding.about[0].ref.kind is Kind.PLAN


def _because(graph: PlanGraph, group: list[Finding], weight: _Weight) -> str:
    return "; ".join(_reasons(graph, group, weight))


def _reasons(graph: PlanGraph, group: list[Finding], weight: _Weight) -> Iterator[str]:
    yield f"{group[0].severity} severity"
    if _untouched(group[0]):
        yield "about the plan as such, on which its sources may just be silent: a step lower"
    entries = len(graph.entries)
    if weight.ways_in and entries and _of_the_plan(group[0]) and not group[0].agencies:
        yield "it concerns every case"
    elif weight.ways_in and entries:
        yield f"a case comes there from {weight.ways_in} of {entries} first contacts"
    if weight.harm:
        yield "it does harm each time it is used"
    if len(group) > 1:
        yield f"{len(group)} places"
    strongest = {3: "a duty (shall)", 2: "a commitment or benchmark (should)", 1: "an option (may)"}
    if weight.strength:
        yield f"rests on {strongest[weight.strength]}"
    if weight.seen:
        reports = "report" if weight.seen == 1 else "reports"
        yield f"shown by {weight.seen} {reports} of evaluators"
