"""What a ladder says, in words: its columns, its rows and what stands below it.

Nothing here knows a size or a place on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from interagency.charts.text import clean
from interagency.model import PARTICIPANTS
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Handoff, Within

# Sectors in the order in which a case meets them: those who notice, those who secure and
# identify, those who care, those abroad, the courts, those who steer. A test holds it full.
SECTOR_ORDER = (
    Sector.COMMUNITY,
    Sector.MEDIA,
    Sector.EDUCATION,
    Sector.WORKERS_EMPLOYERS_ORGANISATIONS,
    Sector.PRIVATE_SECTOR,
    Sector.EMPLOYMENT_SERVICES,
    Sector.HOTLINE,
    Sector.LABOUR_INSPECTION,
    Sector.DOCUMENT_ISSUING,
    Sector.DEFENCE_DEPLOYED,
    Sector.BORDER_CONTROL,
    Sector.LAW_ENFORCEMENT,
    Sector.FINANCIAL_INTELLIGENCE,
    Sector.ANTI_CORRUPTION,
    Sector.COORDINATION_BODY,
    Sector.HEALTH,
    Sector.SOCIAL_WELFARE,
    Sector.CHILD_PROTECTION,
    Sector.NGO_SERVICE_PROVIDER,
    Sector.SURVIVORS,
    Sector.INTERNATIONAL_ORGANISATION,
    Sector.LOCAL_GOVERNMENT,
    Sector.IMMIGRATION_AUTHORITY,
    Sector.ASYLUM_AUTHORITY,
    Sector.DETENTION_AUTHORITY,
    Sector.FOREIGN_AFFAIRS_CONSULAR,
    Sector.FOREIGN_COUNTERPART,
    Sector.LEGAL_AID,
    Sector.PROSECUTION,
    Sector.CENTRAL_AUTHORITY,
    Sector.JUSTICE_MINISTRY,
    Sector.JUDICIARY,
    Sector.WITNESS_PROTECTION,
    Sector.ASSET_RECOVERY,
    Sector.COMPENSATION_FUND,
    Sector.NATIONAL_RAPPORTEUR,
    Sector.LEGISLATURE_BUDGET,
    Sector.ACADEMIA_RESEARCH,
)
_SECTOR_WORDS: Mapping[Sector | None, str] = {
    None: "Sector not stated",
    Sector.NGO_SERVICE_PROVIDER: "NGO service provider",
    Sector.FOREIGN_AFFAIRS_CONSULAR: "Foreign affairs, consular",
    Sector.LEGISLATURE_BUDGET: "Legislature, budget",
    Sector.WORKERS_EMPLOYERS_ORGANISATIONS: "Workers' and employers' organisations",
    Sector.ACADEMIA_RESEARCH: "Academia, research",
    Sector.DEFENCE_DEPLOYED: "Defence",
}
_STAGE_WORDS: Mapping[Stage | None, str] = {
    None: "Stage not stated",
    Stage.SYSTEM: "Law, plan, structures",
    Stage.REFLECTION: "Recovery and reflection",
    Stage.RETURN_REINTEGRATION: "Return and reintegration",
    Stage.TRIAL_PROTECTION: "Protection at trial",
}
_STAGES = tuple(Stage)
_PILLARS = tuple(Pillar)


class Kind(StrEnum):
    """What a row shows."""

    HANDOFF = "handoff"
    INFORMAL = "informal"
    """There, by habit."""
    PLANNED = "planned"
    """Not there yet: planned, or its time has not come."""
    PROPOSED = "proposed"
    """What nobody has agreed to yet."""
    GAP = "gap"
    QUESTION = "question"


SIGNS: Mapping[Kind, str] = {
    Kind.PLANNED: "»",
    Kind.PROPOSED: "+",
    Kind.GAP: "!",
    Kind.QUESTION: "?",
}
"""What stands in the badge of a row that has no number."""
KIND_WORDS: Mapping[Kind, str] = {
    Kind.INFORMAL: "Informal",
    Kind.PLANNED: "Planned",
    Kind.PROPOSED: "Proposed",
    Kind.GAP: "Missing",
    Kind.QUESTION: "Not stated",
}
"""What a kind is called; what is in force needs no word."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The code of a finding, set beside what it is about."""

    code: str
    question: bool

    def __str__(self) -> str:
        return f"{self.code}?" if self.question else self.code


@dataclass(frozen=True, slots=True)
class Column:
    """One who takes part."""

    id: str
    name: str
    sector: Sector | None
    participant: bool
    marks: tuple[Mark, ...] = ()

    @property
    def band(self) -> str:
        """The words of the band above it."""
        if self.participant:
            return "People"
        return _SECTOR_WORDS.get(self.sector) or str(self.sector and self.sector.label).capitalize()


@dataclass(frozen=True, slots=True)
class Row:
    """One handoff, or one that is not there."""

    kind: Kind
    id: str
    sender: str
    receiver: str
    pillars: tuple[Pillar, ...]
    stage: Stage | None
    what: str
    detail: str = ""
    limit: str = ""
    number: str = ""
    marks: tuple[Mark, ...] = ()
    feedback: bool = False
    closes: tuple[Mark, ...] = ()
    """Of what is planned or proposed: the findings that it would close."""
    when: str = ""
    """Of what is planned: from when on."""

    @property
    def there(self) -> bool:
        """Whether the handoff is there, by rule or by habit."""
        return self.kind in (Kind.HANDOFF, Kind.INFORMAL)

    @property
    def pillar(self) -> Pillar:
        """The panel it stands in."""
        return self.pillars[0]

    @property
    def stage_words(self) -> str:
        """The stage of a case, in words."""
        return _STAGE_WORDS.get(self.stage) or str(self.stage and self.stage.label).capitalize()

    @property
    def words(self) -> str:
        """What is written over its arrow."""
        state = {Kind.GAP: "MISSING", Kind.QUESTION: "NOT STATED"}.get(self.kind, "")
        if self.kind in (Kind.PLANNED, Kind.PROPOSED):
            state = " ".join(part for part in (self.kind.value, self.when) if part)
            state = f"MISSING, {state}" if self.missing else state.capitalize()
        closes = ", ".join(map(str, self.closes)) if self.kind is Kind.PROPOSED else ""
        return (
            (f"{state}: " if state else "") + self.what + (f" (closes {closes})" if closes else "")
        )

    @property
    def missing(self) -> bool:
        """Whether it is missing today, even where it is planned or proposed."""
        return self.kind is Kind.GAP or any(not mark.question for mark in self.closes)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a ladder says."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def count(self, kind: Kind) -> int:
        """How many rows of a kind there are."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def counts(self) -> str:
        """How much is drawn, in words."""
        return counts(self.rows)

    def name(self, an_id: str) -> str:
        """What a column is called."""
        return next(column.name for column in self.columns if column.id == an_id)


def counts(rows: Sequence[Row]) -> str:
    """How many rows there are of each kind, in words; of the rarer kinds only where there are.

    >>> counts([])
    '0 handoffs, 0 missing handoffs, 0 not stated'
    """
    there, informal = sum(row.there for row in rows), sum(r.kind is Kind.INFORMAL for r in rows)
    number = {kind: sum(row.kind is kind for row in rows) for kind in Kind}
    gaps = number[Kind.GAP]
    told = [
        f"{there} handoff{'' if there == 1 else 's'}" + f" ({informal} informal)" * bool(informal),
        f"{gaps} missing handoff{'' if gaps == 1 else 's'}",
        f"{number[Kind.QUESTION]} not stated",
    ]
    rarer = (Kind.PLANNED, Kind.PROPOSED)
    told += [f"{number[kind]} {kind.value}" for kind in rarer if number[kind]]
    return ", ".join(told)


def content(graph: PlanGraph, findings: Sequence[Finding], language: str | None) -> Content:
    """What there is to draw, in the order of the chart."""
    closing = closers(graph, findings)
    rows = _numbered(
        [
            *(
                _handoff_row(h, _marks_on(h.id, findings), marks_of(closing.get(h.id, ())))
                for h in graph.handoffs
            ),
            *_absences(graph, findings, closing),
        ]
    )
    names = {a.id: clean(a.names.get(language or "", a.name)) or a.id for a in graph.agencies}
    columns = _columns(graph, rows, names, findings)
    drawn = {column.id for column in columns}
    unnamed = [
        names[agency.id] + _codes(_marks_of(agency.id, findings))
        for agency in graph.agencies
        if agency.id not in drawn
    ]
    return Content(columns, rows, tuple(_notes(unnamed, findings)))


def to_come(graph: PlanGraph, handoff: Handoff) -> bool:
    """Whether a handoff that is not there is planned, or its time has not come."""
    if not graph.agency_is_there(handoff):
        return False
    date, since = graph.view.as_of, handoff.since
    later = since is not None and date is not None and since.first > date.last
    return handoff.status is Status.PLANNED or (handoff.there and later)


def is_drawn_as_planned(
    graph: PlanGraph, handoff: Handoff, closing: Mapping[str, Sequence[Finding]]
) -> bool:
    """Whether a handoff that is not there is drawn as one to come.

    One that is planned always is; one that only begins later, where it would close a finding.
    """
    planned = handoff.status is Status.PLANNED or handoff.id in closing
    return planned and to_come(graph, handoff)


def closers(graph: PlanGraph, findings: Iterable[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """For each handoff that is to come or proposed, and would close findings: those findings."""
    coming = [h for h in graph.absent if to_come(graph, h)]
    proposed = {h.id for h in graph.handoffs if h.proposed}
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        expected = {(e.sender, e.receiver): e.kind for e in reversed(finding.expected)}
        those = [an_id for an_id in finding.closed_by if an_id in proposed]
        those += [
            h.id
            for h in coming
            if (h.sender, h.receiver) in expected
            and (h.id in finding.closed_by or expected[h.sender, h.receiver] is h.kind)
        ]
        for an_id in those:
            found.setdefault(an_id, []).append(finding)
    return {an_id: tuple(some) for an_id, some in found.items()}


def kind_of(handoff: Handoff) -> Kind:
    """What a handoff that the plan has is drawn as."""
    if handoff.proposed:
        return Kind.PROPOSED
    special = {Status.MISSING: Kind.GAP, Status.INFORMAL: Kind.INFORMAL}
    return special.get(handoff.status, Kind.HANDOFF)


def _handoff_row(
    handoff: Handoff,
    marks: tuple[Mark, ...],
    closes: tuple[Mark, ...] = (),
    kind: Kind | None = None,
) -> Row:
    kind = kind or kind_of(handoff)
    feedback = handoff.kind is HandoffKind.FEEDBACK
    notes = ["informal"] * (handoff.status is Status.INFORMAL) + ["feedback"] * feedback
    what = clean(handoff.what or "") or handoff.kind.label
    notes = [note for note in notes if note not in what.lower()]
    return Row(
        kind=kind,
        id=handoff.id,
        sender=handoff.sender,
        receiver=handoff.receiver,
        pillars=handoff.pillars,
        stage=handoff.stage,
        what=what + "".join(f" ({note})" for note in notes),
        detail=_detail(handoff),
        limit=_limit(handoff.within),
        marks=tuple(dict.fromkeys((*marks, *closes))) if kind is Kind.PLANNED else marks,
        feedback=feedback,
        closes=closes,
        when=f"from {handoff.since}" if kind is Kind.PLANNED and handoff.since else "",
    )


def _detail(handoff: Handoff) -> str:
    """When it happens, and for whom: the trigger in words, else the conditions."""
    when = clean(handoff.trigger or "") or ", ".join(c.label for c in handoff.conditions)
    whom = ", ".join(group.label for group in handoff.only_for)
    parts = ([f"when: {when}"] if when else []) + ([f"only: {whom}"] if whom else [])
    return "; ".join(parts)


def _limit(within: Within | None) -> str:
    """A time limit in the source's words where they hold the number, else with the number.

    >>> from interagency.model import Within
    >>> _limit(Within(max="P15D", wording="stay up to 15 days"))
    'stay up to 15 days'
    >>> _limit(Within(max="P6W", wording="every six weeks"))
    '6 weeks (every six weeks)'
    """
    if within is None:
        return ""
    words = within.words
    wording = clean(within.wording or "")
    if within.max is None or not wording or wording == words:
        return words
    return wording if words.split()[0] in wording else f"{words} ({wording})"


def _absences(
    graph: PlanGraph, findings: Sequence[Finding], closing: Mapping[str, tuple[Finding, ...]]
) -> list[Row]:
    """Handoffs that a source or a finding says are missing, that are to come, or not stated.

    What is found and what would close it are one row: a planned handoff stands in the place of
    the missing one, and says that it is missing.
    """
    coming = [
        _handoff_row(h, _marks_on(h.id, findings), marks_of(closing.get(h.id, ())), Kind.PLANNED)
        for h in graph.absent
        if is_drawn_as_planned(graph, h, closing)
    ]
    found = [
        _handoff_row(h, _marks_on(h.id, findings))
        for h in graph.absent
        if h.status is Status.MISSING
    ]
    place = {(row.sender, row.receiver): i for i, row in reversed(list(enumerate(found)))}
    closed = {id(finding) for some in closing.values() for finding in some}
    for finding in findings:
        row = _expected_row(finding)
        if row is None or id(finding) in closed:
            continue
        at = place.setdefault((row.sender, row.receiver), len(found))
        if at == len(found):
            found.append(row)
        else:
            found[at] = _merged(found[at], row)
    return [*coming, *found]


def _expected_row(finding: Finding) -> Row | None:
    """The first handoff that would close the gap, as a row."""
    if not finding.expected:
        return None
    expected = finding.expected[0]
    question = finding.state == "question"
    kind = Kind.QUESTION if question else Kind.GAP
    return Row(
        kind=kind,
        id=f"{kind.value}:{expected.sender}:{expected.receiver}",
        sender=expected.sender,
        receiver=expected.receiver,
        pillars=tuple(expected.pillars or finding.pillars or (Pillar.PROTECT,)),
        stage=expected.stage,
        what=clean(expected.what or "") or expected.kind.label,
        marks=(Mark(finding.code, question),),
    )


def _merged(row: Row, other: Row) -> Row:
    """One row for two absences between the same two: a gap outweighs a question."""
    first, second = (other, row) if (row.kind, other.kind) == (Kind.QUESTION, Kind.GAP) else (
        row,
        other,
    )  # fmt: skip
    return replace(first, marks=tuple(dict.fromkeys((*first.marks, *second.marks))))


def _numbered(rows: Iterable[Row]) -> tuple[Row, ...]:
    """In the order of the chart: by pillar, stage, kind and file; handoffs are counted."""
    kinds = tuple(Kind)
    ordered = sorted(
        rows,
        key=lambda row: (
            _PILLARS.index(row.pillar),
            _STAGES.index(row.stage) if row.stage else len(_STAGES),
            0 if row.there else kinds.index(row.kind),
        ),
    )
    found, count = [], 0
    for row in ordered:
        count += row.there
        found.append(replace(row, number=SIGNS.get(row.kind, str(count))))
    return tuple(found)


def _columns(
    graph: PlanGraph, rows: Iterable[Row], names: Mapping[str, str], findings: Iterable[Finding]
) -> tuple[Column, ...]:
    """Those whom a row names: the person and the public, then by sector, then as in the file."""
    named = dict.fromkeys(end for row in rows for end in (row.sender, row.receiver))
    people = [Column(i, PARTICIPANTS[i], None, True) for i in PARTICIPANTS if i in named]
    agencies = [
        Column(a.id, names[a.id], a.sector, False, _marks_of(a.id, findings))
        for a in graph.agencies
        if a.id in named
    ]
    known = {*PARTICIPANTS, *names}
    others = [Column(i, clean(graph.name(i)) or i, None, False) for i in named if i not in known]
    order = {sector: place for place, sector in enumerate(SECTOR_ORDER)}
    last = len(order)
    agencies.sort(key=lambda column: order.get(column.sector, last) if column.sector else last)
    return (*people, *agencies, *others)


def _marks_on(handoff: str, findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The findings about a handoff."""
    return marks_of(f for f in findings if handoff in f.handoffs)


def _marks_of(agency: str, findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The findings about an agency as such, not about one of its handoffs."""
    return marks_of(
        f for f in findings if agency in f.agencies and not f.handoffs and not f.expected
    )


def marks_of(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The codes of findings, each once."""
    return tuple(dict.fromkeys(Mark(f.code, f.state == "question") for f in findings))


def _codes(marks: Sequence[Mark]) -> str:
    return f" ({', '.join(map(str, marks))})" if marks else ""


def _notes(unnamed: Sequence[str], findings: Iterable[Finding]) -> Iterable[str]:
    if unnamed:
        yield f"Not on this chart because no handoff names them: {'; '.join(unnamed)}."
    whole = marks_of(f for f in findings if not (f.agencies or f.handoffs or f.expected))
    if whole:
        yield f"Findings about the plan as a whole: {', '.join(map(str, whole))}."
