"""Everything that a chart says, as tables: for those who read, listen or search instead of look.

The ids are those of the scenes, so that a line of a table and what is drawn can light each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import (
    KIND_WORDS,
    Column,
    Content,
    Kind,
    Row,
    between,
    closers,
    content,
)
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.scene import Scene, Text
from interagency.charts.theme import PILLARS
from interagency.charts.wording import ENGLISH, Wording
from interagency.vocabulary import Group, Pillar

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Agency, Handoff, Source


class Place(StrEnum):
    """Which part of a table a fact belongs to."""

    KIND = "kind"
    WHEN = "when"
    WITH = "with"
    BASIS = "basis"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said, under its name. ``given`` says whether it is in the plan's words."""

    name: str
    words: str
    given: bool = True
    place: Place = Place.BASIS


@dataclass(frozen=True, slots=True)
class Entry:
    """One handoff of the chart, or one that is not there."""

    id: str
    kind: Kind
    number: str
    page: int
    """The page it is drawn on; 0 where it is on none."""
    sender: str
    receiver: str
    from_name: str
    to_name: str
    what: str
    pillars: tuple[Pillar, ...]
    stage: str
    limit: str
    facts: tuple[Fact, ...]
    findings: tuple[str, ...]
    """Ids of the findings about it."""
    open_to: tuple[Group, ...]
    """The groups whom it is open to, among those that the plan tells apart."""
    missing: bool
    """Whether it is missing today, even where it is planned or proposed."""
    said: str
    """The whole in a sentence. Its number is not in it: that belongs to the picture."""

    @property
    def there(self) -> bool:
        """Whether the handoff is there, by rule or by habit."""
        return self.kind in (Kind.HANDOFF, Kind.INFORMAL)


@dataclass(frozen=True, slots=True)
class Participant:
    """One who takes part, with what it hands on and what it receives."""

    id: str
    name: str
    sector: str
    sends: int
    receives: int
    drawn: bool
    facts: tuple[Fact, ...]
    findings: tuple[str, ...]
    said: str
    """The whole in a sentence."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding, with what of the chart it is about."""

    id: str
    code: str
    question: bool
    severity: str
    pillars: tuple[Pillar, ...]
    message: str
    mend: str
    requirements: tuple[str, ...]
    entries: tuple[str, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that a chart says."""

    entries: tuple[Entry, ...] = ()
    participants: tuple[Participant, ...] = ()
    remarks: tuple[Remark, ...] = ()
    sources: tuple[Source, ...] = ()
    groups: tuple[Group, ...] = ()
    """The groups that the plan tells apart."""
    notes: tuple[str, ...] = ()
    wording: Wording = ENGLISH


def register(
    graph: PlanGraph,
    findings: Sequence[Finding],
    scenes: Sequence[Scene],
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> Register:
    """What a chart says: the plan, what was found, and the pages that were drawn of them."""
    said = content(graph, findings, language, numbering)
    groups = _groups(graph)
    open_to = _open_to(graph, groups)
    numbers, pages = _drawn(scenes)
    remarks = tuple(_remarks(said, findings, closers(graph, findings)))
    handoffs = {h.id: h for h in (*graph.handoffs, *graph.absent)}
    titles = {source.id: source.title for source in graph.plan.sources}
    names = {column.id: column.name for column in said.columns}
    about = _by(remarks, lambda remark: remark.entries)
    entries = tuple(
        Entry(
            id=row.id,
            kind=row.kind,
            number=numbers.get(row.id, row.number),
            page=pages.get(row.id, 0),
            sender=row.sender,
            receiver=row.receiver,
            from_name=names[row.sender],
            to_name=names[row.receiver],
            what=row.what,
            pillars=row.pillars,
            stage=row.stage_words,
            limit=row.limit,
            facts=tuple(_facts(handoffs.get(row.id), graph, titles, said.wording)),
            findings=about.get(row.id, ()),
            missing=row.missing,
            open_to=tuple(g for g in groups if row.id in open_to[g] or row.id not in handoffs),
            said=_said(said, row),
        )
        for row in said.rows
    )
    return Register(
        entries=entries,
        participants=tuple(_participants(graph, said, entries, remarks, language)),
        remarks=remarks,
        sources=graph.plan.sources,
        groups=groups,
        notes=tuple(note for note in said.notes if isinstance(note, str)),
        wording=said.wording,
    )


def _said(said: Content, row: Row) -> str:
    """A handoff in a sentence."""
    ours = said.wording
    told = between(row, said.name, row.what)
    word = KIND_WORDS.get(row.kind)
    return ours.clauses((ours.headed(ours.say(word) if word else "", told), row.limit))


def _by(
    remarks: Iterable[Remark], things: Callable[[Remark], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """For each thing the ids of the findings about it, in order."""
    found: dict[str, dict[str, None]] = {}
    for remark in remarks:
        for thing in things(remark):
            found.setdefault(thing, {})[remark.id] = None
    return {thing: tuple(ids) for thing, ids in found.items()}


def _drawn(scenes: Iterable[Scene]) -> tuple[dict[str, str], dict[str, int]]:
    """The number of each row as the picture has it, and the first page it is on."""
    numbers: dict[str, str] = {}
    pages: dict[str, int] = {}
    for page, scene in enumerate(scenes, 1):
        for item in scene.items:
            if item.role in ("arrow", "badge"):
                pages.setdefault(item.id, page)
            elif item.role == "badge-text" and isinstance(item, Text) and item.id:
                numbers.setdefault(item.id, item.text)
    return numbers, pages


def _groups(graph: PlanGraph) -> tuple[Group, ...]:
    """The groups that the plan names, in the order of the vocabulary."""
    named = {group for handoff in graph.plan.handoffs for group in handoff.only_for}
    named |= {group for agency in graph.plan.agencies for group in agency.accepts or ()}
    return tuple(group for group in Group if group in named)


def _open_to(graph: PlanGraph, groups: Iterable[Group]) -> Mapping[Group, frozenset[str]]:
    """For each group the ids of the handoffs that a person of that group can go by."""
    found = {}
    for group in groups:
        view = graph.for_group(group)
        found[group] = frozenset(h.id for h in (*view.handoffs, *view.absent))
    return found


def _facts(
    handoff: Handoff | None, graph: PlanGraph, titles: Mapping[str, str], ours: Wording
) -> Iterable[Fact]:
    """What the plan says of a handoff beside its ends, its words and its limit."""
    say = ours.say
    if handoff is None:
        words = say("drawn by the audit, not in the plan")
        return [Fact(say("Status"), words, given=False)]
    sources = "; ".join(titles.get(source, source) for source in handoff.sources)
    since = say("since {date}", date=handoff.since) if handoff.since else ""
    until = say("until {date}", date=handoff.until) if handoff.until else ""
    agreed = say("proposed, not agreed") if handoff.proposed else ours.term(handoff.status)
    status = ours.listed((agreed, since, until))
    data = ours.term(handoff.data) if handoff.data else ""
    stay = ours.length(handoff.stay.counts) if handoff.stay else ""
    fallback = graph.name(handoff.fallback) if handoff.fallback else ""
    facts = (
        Fact(say("Kind"), ours.term(handoff.kind), False, Place.KIND),
        Fact(say("Trigger"), handoff.trigger or "", True, Place.WHEN),
        Fact(say("Conditions"), ours.terms(handoff.conditions), False, Place.WHEN),
        Fact(say("Only for"), ours.terms(handoff.only_for), False, Place.WHEN),
        Fact(say("Needs"), ours.terms(handoff.needs), False, Place.WITH),
        Fact(say("Form"), handoff.form or "", True, Place.WITH),
        Fact(say("Tells of the person"), data, False, Place.WITH),
        Fact(say("Stay"), stay, False, Place.WITH),
        Fact(say("Else to"), fallback, True, Place.WITH),
        Fact(say("Basis"), handoff.basis or ""),
        Fact(say("Status"), status, False),
        Fact(say("Sources"), sources),
        Fact(say("Inferred"), handoff.inferred or ""),
        Fact(say("Note"), handoff.note or ""),
    )
    return (fact for fact in facts if fact.words)


def _participants(
    graph: PlanGraph,
    said: Content,
    entries: Sequence[Entry],
    remarks: Sequence[Remark],
    language: str | None,
) -> Iterable[Participant]:
    """Those in the columns of the chart, then the agencies that no handoff names."""
    agencies = {agency.id: agency for agency in graph.agencies}
    drawn = {column.id for column in said.columns}
    others = [
        Column(a.id, a.names.get(language or "", a.name), a.sector, False, wording=said.wording)
        for a in graph.agencies
        if a.id not in drawn
    ]
    sent: dict[str, list[str]] = {}
    received: dict[str, list[str]] = {}
    for entry in entries:
        if entry.there:
            sent.setdefault(entry.sender, []).append(entry.number)
            received.setdefault(entry.receiver, []).append(entry.number)
    about = _by(remarks, lambda remark: remark.agencies)
    for column in (*said.columns, *others):
        yield Participant(
            id=column.id,
            name=column.name,
            sector=column.band,
            sends=len(sent.get(column.id, ())),
            receives=len(received.get(column.id, ())),
            drawn=column.id in drawn,
            facts=tuple(_about(agencies.get(column.id), said.wording)),
            findings=about.get(column.id, ()),
            said=said.wording.say(
                "{name}: hands on {sends}, receives {receives}.",
                name=column.name,
                sends=_counted(sent.get(column.id, ()), said.wording),
                receives=_counted(received.get(column.id, ()), said.wording),
            ),
        )


def _counted(numbers: Sequence[str], ours: Wording) -> str:
    """How many there are, and which: ``2 (6, 19)``."""
    return f"{len(numbers)} ({ours.listed(numbers)})" if numbers else "0"


def _about(agency: Agency | None, ours: Wording) -> Iterable[Fact]:
    if agency is None:
        return ()
    say = ours.say
    hours = ours.term(agency.hours) if agency.hours else ""
    facts = (
        Fact(say("Short"), agency.short or ""),
        *(Fact(say("Name ({language})", language=tag), n) for tag, n in agency.names.items()),
        Fact(say("Roles"), ours.terms(agency.roles), given=False),
        Fact(say("Functions"), ours.terms(agency.functions), given=False),
        Fact(say("Takes part in"), ours.terms(agency.supports), given=False),
        Fact(say("Lacks"), ours.terms(agency.lacks), given=False),
        Fact(say("Serves"), ours.terms(agency.accepts or ()), given=False),
        Fact(say("Hours"), hours, given=False),
        Fact(say("Note"), agency.note or ""),
    )
    return (fact for fact in facts if fact.words)


def _remarks(
    said: Content, findings: Iterable[Finding], closing: Mapping[str, Sequence[Finding]]
) -> Iterable[Remark]:
    """The findings, in the order given; each id once."""
    rows = {row.id for row in said.rows}
    absent = {(row.sender, row.receiver): row.id for row in reversed(said.rows) if not row.there}
    closed_by: dict[int, list[str]] = {}
    for an_id, some in closing.items():
        for finding in some:
            closed_by.setdefault(id(finding), []).append(an_id)
    seen: dict[str, int] = {}
    for finding in findings:
        seen[finding.id] = again = seen.get(finding.id, 0) + 1
        expected = (absent.get((e.sender, e.receiver)) for e in finding.expected[:1])
        about = (
            *finding.handoffs,
            *(an_id for an_id in expected if an_id),
            *closed_by.get(id(finding), ()),
        )
        yield Remark(
            id=finding.id if again == 1 else f"{finding.id}:{again}",
            code=f"{finding.code}{'?' if finding.state == 'question' else ''}",
            question=finding.state == "question",
            severity=finding.severity.value,
            pillars=finding.pillars,
            message=finding.message,
            mend=finding.mend,
            requirements=finding.requirements,
            entries=tuple(dict.fromkeys(an_id for an_id in about if an_id in rows)),
            agencies=finding.agencies,
        )


def spoken(entries: Iterable[Entry]) -> dict[str, str]:
    """For each entry what it says in a sentence, with the number it has in the picture."""
    return {
        entry.id: f"{entry.number}. {entry.said}." if entry.number else f"{entry.said}."
        for entry in entries
    }


def pillar_words(pillars: Iterable[Pillar], ours: Wording) -> str:
    """``Protect, Prosecute``."""
    return ours.listed(ours.say(PILLARS[pillar].word) for pillar in pillars)
