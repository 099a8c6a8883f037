"""What a ladder says, in words: its columns, its rows and what stands below it.

Nothing here knows a size or a place on a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean
from interagency.charts.wording import ENGLISH, Wording, beginning, marked, marked_many, wording
from interagency.model import PARTICIPANTS
from interagency.vocabulary import HandoffKind, Pillar, Sector, Stage, Status

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Handoff

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
    Kind.INFORMAL: marked("Informal"),
    Kind.PLANNED: marked("Planned"),
    Kind.PROPOSED: marked("Proposed"),
    Kind.GAP: marked("Missing"),
    Kind.QUESTION: marked("Not stated"),
}
"""What a kind is called; what is in force needs no word."""
COUNTED: Mapping[Kind, tuple[str, str]] = {
    Kind.HANDOFF: marked_many("{n} handoff", "{n} handoffs"),
    Kind.INFORMAL: marked_many("{n} informal", "{n} informal"),
    Kind.PLANNED: marked_many("{n} planned", "{n} planned"),
    Kind.PROPOSED: marked_many("{n} proposed", "{n} proposed"),
    Kind.GAP: marked_many("{n} missing", "{n} missing"),
    Kind.QUESTION: marked_many("{n} not stated", "{n} not stated"),
}
"""How a kind is counted."""


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
    wording: Wording = ENGLISH

    @property
    def band(self) -> str:
        """The words of the band above it."""
        if self.participant:
            return self.wording.say("People")
        if self.sector is None:
            return self.wording.say("Sector not stated")
        return self.wording.head(self.sector)


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
    since: str = ""
    """Of what is planned: from when on."""
    wording: Wording = ENGLISH

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
        return beginning(self.stage_term)

    @property
    def stage_term(self) -> str:
        """The same, as it stands within a sentence."""
        if self.stage is None:
            return self.wording.say("stage not stated")
        return self.wording.term(self.stage)

    @property
    def words(self) -> str:
        """What is written over its arrow."""
        state = state_words(self.kind, self.since, missing=self.missing, ours=self.wording)
        told = self.wording.headed(state, self.what)
        return with_closes(told, self.closes, self.wording) if self._proposed else told

    @property
    def _proposed(self) -> bool:
        return self.kind is Kind.PROPOSED

    @property
    def missing(self) -> bool:
        """Whether it is missing today, even where it is planned or proposed."""
        return self.kind is Kind.GAP or any(not mark.question for mark in self.closes)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of findings on a chart mean: each with the trouble that it stands for."""

    head: str
    meanings: tuple[tuple[str, str], ...]

    def told(self, ours: Wording) -> Iterable[str]:
        """The same in lines."""
        yield self.head
        yield from (ours.headed(code, words) for code, words in self.meanings)


Note = str | Codes
"""What stands below a chart."""


def told_notes(notes: Iterable[Note], ours: Wording) -> Iterable[str]:
    """Notes as lines of text."""
    for note in notes:
        yield from [note] if isinstance(note, str) else note.told(ours)


def codes_of(
    findings: Iterable[Finding], drawn: Iterable[Mark], ours: Wording
) -> tuple[Codes, ...]:
    """What these marks mean, in the order of their codes; nothing where none is drawn."""
    shown = {mark.code for mark in drawn}
    titles = {f.code: clean(f.title) for f in findings if f.code in shown and f.title}
    if not titles:
        return ()
    return (Codes(ours.say("Codes of findings:"), tuple(sorted(titles.items()))),)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a ladder says."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    wording: Wording

    def count(self, kind: Kind) -> int:
        """How many rows of a kind there are."""
        return sum(row.kind is kind for row in self.rows)

    @property
    def counts(self) -> str:
        """How much is drawn, in words."""
        return counts(self.rows, self.wording)

    def name(self, an_id: str) -> str:
        """What a column is called."""
        return next(column.name for column in self.columns if column.id == an_id)


def counts(rows: Sequence[Row], ours: Wording) -> str:
    """How many rows there are of each kind, in words; of the rarer kinds only where there are.

    What is missing today is counted as missing, and as planned or proposed where it is that too.

    >>> counts([], ENGLISH)
    '0 handoffs, 0 missing handoffs, 0 not stated'
    """
    number = Counter(row.kind for row in rows)
    missing = sum(row.missing for row in rows)
    told = ours.many("{n} handoff", "{n} handoffs", sum(row.there for row in rows))
    if informal := number[Kind.INFORMAL]:
        told = ours.say("{handoffs} ({n} informal)", handoffs=told, n=informal)
    return ours.listed(
        (
            told,
            ours.many("{n} missing handoff", "{n} missing handoffs", missing),
            ours.many("{n} not stated", "{n} not stated", number[Kind.QUESTION]),
            *(
                ours.many(*COUNTED[kind], number[kind])
                for kind in (Kind.PLANNED, Kind.PROPOSED)
                if number[kind]
            ),
        )
    )


def content(
    graph: PlanGraph,
    findings: Sequence[Finding],
    language: str | None,
    numbering: Numbering = FROM_ONE,
) -> Content:
    """What there is to draw, in the order of the chart, in the words of a language."""
    ours = wording_of(graph, language)
    closing = closers(graph, findings)
    rows = _numbered(
        [
            *(
                _handoff_row(h, _marks_on(h.id, findings), ours, marks_of(closing.get(h.id, ())))
                for h in graph.handoffs
            ),
            *_absences(graph, findings, closing, ours),
        ],
        numbering,
    )
    names = {a.id: clean(a.names.get(language or "", a.name)) or a.id for a in graph.agencies}
    columns = _columns(graph, rows, names, findings, ours)
    drawn = {column.id for column in columns}
    unnamed = {
        names[agency.id]: _marks_of(agency.id, findings)
        for agency in graph.agencies
        if agency.id not in drawn
    }
    whole = marks_of(f for f in findings if not (f.agencies or f.handoffs or f.expected))
    marks = [mark for row in rows for mark in (*row.marks, *row.closes)]
    marks += [mark for column in columns for mark in column.marks]
    marks += [mark for some in (*unnamed.values(), whole) for mark in some]
    notes: list[Note] = [*_notes(unnamed, whole, ours), *codes_of(findings, marks, ours)]
    return Content(columns, rows, tuple(notes), ours)


def wording_of(graph: PlanGraph, language: str | None) -> Wording:
    """The words of a chart: in the language asked for, else in that of the plan."""
    return wording(language or graph.plan.facts.language or "en")


def state_words(kind: Kind, since: str, *, missing: bool, ours: Wording) -> str:
    """That something is not there, or not agreed; nothing where it is there.

    >>> state_words(Kind.PLANNED, "2026", missing=True, ours=ENGLISH)
    'MISSING, planned from 2026'
    """
    if kind is Kind.GAP:
        return ours.say("MISSING")
    if kind is Kind.QUESTION:
        return ours.say("NOT STATED")
    if kind not in (Kind.PLANNED, Kind.PROPOSED):
        return ""
    state = ours.say("planned") if kind is Kind.PLANNED else ours.say("proposed")
    if since:
        state = ours.say("planned from {date}", date=since)
    return ours.say("MISSING, {state}", state=state) if missing else beginning(state)


def with_closes(what: str, closes: Iterable[Mark], ours: Wording) -> str:
    """What passes, and the codes of the findings that it would close."""
    codes = ours.codes(closes)
    return ours.say("{what} (closes {codes})", what=what, codes=codes) if codes else what


def between(row: Row, name: Callable[[str], str], what: str) -> str:
    """From whom to whom, and what."""
    ends = row.wording.say(
        "{sender} to {receiver}", sender=name(row.sender), receiver=name(row.receiver)
    )
    return row.wording.headed(ends, what)


def told_absent(said: Content, rows: Sequence[Row]) -> Iterable[str]:
    """What is not there, a sentence without its end for each kind, for those who cannot see it."""
    ours = said.wording
    for kind, word in KIND_WORDS.items():
        absent = [between(row, said.name, row.what) for row in rows if row.kind is kind]
        if absent and kind is not Kind.INFORMAL:
            yield ours.headed(ours.say(word), ours.clauses(absent))


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
    if handoff.status is Status.MISSING:
        return Kind.GAP
    if handoff.proposed:
        return Kind.PROPOSED
    return Kind.INFORMAL if handoff.status is Status.INFORMAL else Kind.HANDOFF


def _handoff_row(
    handoff: Handoff,
    marks: tuple[Mark, ...],
    ours: Wording,
    closes: tuple[Mark, ...] = (),
    kind: Kind | None = None,
) -> Row:
    kind = kind or kind_of(handoff)
    feedback = handoff.kind is HandoffKind.FEEDBACK
    return Row(
        kind=kind,
        id=handoff.id,
        sender=handoff.sender,
        receiver=handoff.receiver,
        pillars=handoff.pillars,
        stage=handoff.stage,
        what=what_words(handoff, ours),
        detail=_detail(handoff, ours),
        limit=ours.limit(handoff.within),
        marks=tuple(dict.fromkeys((*marks, *closes))) if kind is Kind.PLANNED else marks,
        feedback=feedback,
        closes=closes,
        since=str(handoff.since) if kind is Kind.PLANNED and handoff.since else "",
        wording=ours,
    )


def what_words(handoff: Handoff, ours: Wording) -> str:
    """What passes, and what a reader must know of it; nothing is said twice."""
    what = _said(handoff, handoff.what, ours) or ours.term(handoff.kind)
    notes = (
        (handoff.status is Status.INFORMAL, ours.say("informal")),
        (handoff.kind is HandoffKind.FEEDBACK, ours.say("feedback")),
    )
    told = (note for holds, note in notes if holds and note not in what.lower())
    return what + "".join(f" ({note})" for note in told)


def _said(handoff: Handoff, text: str | None, ours: Wording) -> str:
    """A plan's own words as they are; what we propose in the words of the chart."""
    return ours.proposed(text) if handoff.proposed else clean(text or "")


def _detail(handoff: Handoff, ours: Wording) -> str:
    """When it happens, and for whom: the trigger in words, else the conditions."""
    when = _said(handoff, handoff.trigger, ours) or ours.terms(handoff.conditions)
    whom = ours.terms(handoff.only_for)
    return ours.clauses(
        (
            when and ours.say("when: {when}", when=when),
            whom and ours.say("only: {whom}", whom=whom),
        )
    )


def _absences(
    graph: PlanGraph,
    findings: Sequence[Finding],
    closing: Mapping[str, tuple[Finding, ...]],
    ours: Wording,
) -> list[Row]:
    """Handoffs that a source or a finding says are missing, that are to come, or not stated.

    What is found and what would close it are one row: a planned handoff stands in the place of
    the missing one, and says that it is missing.
    """
    coming = [
        _handoff_row(
            h, _marks_on(h.id, findings), ours, marks_of(closing.get(h.id, ())), Kind.PLANNED
        )
        for h in graph.absent
        if is_drawn_as_planned(graph, h, closing)
    ]
    found = [
        _handoff_row(h, _marks_on(h.id, findings), ours)
        for h in graph.absent
        if h.status is Status.MISSING
    ]
    place = {(row.sender, row.receiver): i for i, row in reversed(list(enumerate(found)))}
    closed = {id(finding) for some in closing.values() for finding in some}
    for finding in findings:
        row = _expected_row(finding, ours)
        if row is None or id(finding) in closed:
            continue
        at = place.setdefault((row.sender, row.receiver), len(found))
        if at == len(found):
            found.append(row)
        else:
            found[at] = _merged(found[at], row)
    return [*coming, *found]


def _expected_row(finding: Finding, ours: Wording) -> Row | None:
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
        what=ours.passes(expected),
        marks=(Mark(finding.code, question),),
        wording=ours,
    )


def _merged(row: Row, other: Row) -> Row:
    """One row for two absences between the same two: a gap outweighs a question."""
    first, second = (other, row) if (row.kind, other.kind) == (Kind.QUESTION, Kind.GAP) else (
        row,
        other,
    )  # fmt: skip
    return replace(first, marks=tuple(dict.fromkeys((*first.marks, *second.marks))))


def _numbered(rows: Iterable[Row], numbering: Numbering) -> tuple[Row, ...]:
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
        found.append(replace(row, number=SIGNS.get(row.kind) or numbering.number(count)))
    return tuple(found)


def _columns(
    graph: PlanGraph,
    rows: Iterable[Row],
    names: Mapping[str, str],
    findings: Iterable[Finding],
    ours: Wording,
) -> tuple[Column, ...]:
    """Those whom a row names: the person and the public, then by sector, then as in the file."""
    named = dict.fromkeys(end for row in rows for end in (row.sender, row.receiver))
    people = [
        Column(i, ours.say(PARTICIPANTS[i]), None, True, wording=ours)
        for i in PARTICIPANTS
        if i in named
    ]
    agencies = [
        Column(a.id, names[a.id], a.sector, False, _marks_of(a.id, findings), ours)
        for a in graph.agencies
        if a.id in named
    ]
    known = {*PARTICIPANTS, *names}
    others = [
        Column(i, clean(graph.name(i)) or i, None, False, wording=ours)
        for i in named
        if i not in known
    ]
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


def _codes(marks: Sequence[Mark], ours: Wording) -> str:
    return f" ({ours.codes(marks)})" if marks else ""


def _notes(
    unnamed: Mapping[str, Sequence[Mark]], whole: Sequence[Mark], ours: Wording
) -> Iterable[str]:
    if unnamed:
        yield ours.say(
            "Not on this chart because no handoff names them: {names}.",
            names=ours.clauses(name + _codes(marks, ours) for name, marks in unnamed.items()),
        )
    if whole:
        codes = ours.codes(whole)
        yield ours.say("Findings about the plan as a whole: {codes}.", codes=codes)
