"""Everything that a chart says, as tables: for those who read, listen or search instead of look.

The ids are those of the scenes, so that a line of a table and what is drawn can light each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interagency.charts.ladder_rows import KIND_WORDS, Column, Content, Kind, closers, content
from interagency.charts.scene import Scene, Text
from interagency.charts.theme import PILLARS
from interagency.vocabulary import Group, Pillar

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Agency, Handoff, Source


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said, under its name. ``given`` says whether it is in the plan's words."""

    name: str
    words: str
    given: bool = True


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

    @property
    def there(self) -> bool:
        """Whether the handoff is there, by rule or by habit."""
        return self.kind in (Kind.HANDOFF, Kind.INFORMAL)

    @property
    def said(self) -> str:
        """The whole in a sentence.

        Its number is not in it: that belongs to the picture.
        """
        start = f"{word}: " if (word := KIND_WORDS.get(self.kind)) else ""
        parts = (f"{start}{self.from_name} to {self.to_name}: {self.what}", self.limit)
        return "; ".join(part for part in parts if part)


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

    @property
    def said(self) -> str:
        """The whole in a sentence."""
        return f"{self.name}: hands on {self.sends}, receives {self.receives}."


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


def register(
    graph: PlanGraph,
    findings: Sequence[Finding],
    scenes: Sequence[Scene],
    language: str | None = None,
) -> Register:
    """What a chart says: the plan, what was found, and the pages that were drawn of them."""
    said = content(graph, findings, language)
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
            facts=_facts(handoffs.get(row.id), graph, titles),
            findings=about.get(row.id, ()),
            open_to=tuple(g for g in groups if row.id in open_to[g] or row.id not in handoffs),
        )
        for row in said.rows
    )
    return Register(
        entries=entries,
        participants=tuple(_participants(graph, said, entries, remarks, language)),
        remarks=remarks,
        sources=graph.plan.sources,
        groups=groups,
        notes=said.notes,
    )


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
    handoff: Handoff | None, graph: PlanGraph, titles: Mapping[str, str]
) -> tuple[Fact, ...]:
    """What the plan says of a handoff beside its ends, its words and its limit."""
    if handoff is None:
        return (Fact("Status", "drawn by the audit, not in the plan", given=False),)
    sources = "; ".join(titles.get(source, source) for source in handoff.sources)
    dates = [f"since {handoff.since}"] * (handoff.since is not None)
    dates += [f"until {handoff.until}"] * (handoff.until is not None)
    status = "proposed, not agreed" if handoff.proposed else handoff.status.label
    facts = (
        Fact("Kind", handoff.kind.label, given=False),
        Fact("Trigger", handoff.trigger or ""),
        Fact("Conditions", _listed(handoff.conditions), given=False),
        Fact("Only for", _listed(handoff.only_for), given=False),
        Fact("Needs", _listed(handoff.needs), given=False),
        Fact("Form", handoff.form or ""),
        Fact("Tells of the person", handoff.data.label if handoff.data else "", given=False),
        Fact("Stay", handoff.stay.words if handoff.stay else "", given=False),
        Fact("Else to", graph.name(handoff.fallback) if handoff.fallback else ""),
        Fact("Basis", handoff.basis or ""),
        Fact("Status", ", ".join((status, *dates)), given=False),
        Fact("Sources", sources),
        Fact("Inferred", handoff.inferred or ""),
        Fact("Note", handoff.note or ""),
    )
    return tuple(fact for fact in facts if fact.words)


def _listed(terms: Iterable[object]) -> str:
    return ", ".join(str(getattr(term, "label", term)) for term in terms)


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
        Column(a.id, a.names.get(language or "", a.name), a.sector, participant=False)
        for a in graph.agencies
        if a.id not in drawn
    ]
    there = [entry for entry in entries if entry.there]
    sent = Counter(entry.sender for entry in there)
    received = Counter(entry.receiver for entry in there)
    about = _by(remarks, lambda remark: remark.agencies)
    for column in (*said.columns, *others):
        yield Participant(
            id=column.id,
            name=column.name,
            sector=column.band,
            sends=sent[column.id],
            receives=received[column.id],
            drawn=column.id in drawn,
            facts=_about(agencies.get(column.id)),
            findings=about.get(column.id, ()),
        )


def _about(agency: Agency | None) -> tuple[Fact, ...]:
    if agency is None:
        return ()
    facts = (
        Fact("Short", agency.short or ""),
        *(Fact(f"Name ({tag})", name) for tag, name in agency.names.items()),
        Fact("Roles", _listed(agency.roles), given=False),
        Fact("Functions", _listed(agency.functions), given=False),
        Fact("Takes part in", _listed(agency.supports), given=False),
        Fact("Lacks", _listed(agency.lacks), given=False),
        Fact("Serves", _listed(agency.accepts or ()), given=False),
        Fact("Hours", agency.hours.label if agency.hours else "", given=False),
        Fact("Note", agency.note or ""),
    )
    return tuple(fact for fact in facts if fact.words)


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
    return {entry.id: f"{entry.number}. {entry.said}." for entry in entries}


def pillar_words(pillars: Iterable[Pillar]) -> str:
    """``Protect, Prosecute``."""
    return ", ".join(PILLARS[pillar].word for pillar in pillars)
