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
    GAP = "gap"
    QUESTION = "question"


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
        prefix = {Kind.GAP: "MISSING: ", Kind.QUESTION: "NOT STATED: "}
        return prefix.get(self.kind, "") + self.what


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a ladder says."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def count(self, kind: Kind) -> int:
        """How many rows of a kind there are."""
        return sum(row.kind is kind for row in self.rows)

    def name(self, an_id: str) -> str:
        """What a column is called."""
        return next(column.name for column in self.columns if column.id == an_id)


def content(graph: PlanGraph, findings: Sequence[Finding], language: str | None) -> Content:
    """What there is to draw, in the order of the chart."""
    rows = _numbered(
        [
            *(_handoff_row(h, _marks_on(h.id, findings)) for h in graph.handoffs),
            *_absences(graph, findings),
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


def _handoff_row(handoff: Handoff, marks: tuple[Mark, ...]) -> Row:
    kind = Kind.GAP if handoff.status is Status.MISSING else Kind.HANDOFF
    feedback = handoff.kind is HandoffKind.FEEDBACK
    notes = ["informal"] * (handoff.status is Status.INFORMAL) + ["feedback"] * feedback
    notes += ["a proposal, not agreed"] * handoff.proposed
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
        marks=marks,
        feedback=feedback,
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


def _absences(graph: PlanGraph, findings: Iterable[Finding]) -> list[Row]:
    """Handoffs that a source or a finding says are missing, or that no source states."""
    found = [
        _handoff_row(h, _marks_on(h.id, findings))
        for h in graph.absent
        if h.status is Status.MISSING
    ]
    place = {(row.sender, row.receiver): i for i, row in reversed(list(enumerate(found)))}
    for finding in findings:
        row = _expected_row(finding)
        if row is None:
            continue
        at = place.setdefault((row.sender, row.receiver), len(found))
        if at == len(found):
            found.append(row)
        else:
            found[at] = _merged(found[at], row)
    return found


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
            kinds.index(row.kind),
        ),
    )
    signs = {Kind.GAP: "!", Kind.QUESTION: "?"}
    found, count = [], 0
    for row in ordered:
        count += row.kind is Kind.HANDOFF
        found.append(replace(row, number=signs.get(row.kind, str(count))))
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
    return _marks(f for f in findings if handoff in f.handoffs)


def _marks_of(agency: str, findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """The findings about an agency as such, not about one of its handoffs."""
    return _marks(f for f in findings if agency in f.agencies and not f.handoffs and not f.expected)


def _marks(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(Mark(f.code, f.state == "question") for f in findings))


def _codes(marks: Sequence[Mark]) -> str:
    return f" ({', '.join(map(str, marks))})" if marks else ""


def _notes(unnamed: Sequence[str], findings: Iterable[Finding]) -> Iterable[str]:
    if unnamed:
        yield f"Not on this chart because no handoff names them: {'; '.join(unnamed)}."
    whole = _marks(f for f in findings if not (f.agencies or f.handoffs or f.expected))
    if whole:
        yield f"Findings about the plan as a whole: {', '.join(map(str, whole))}."
