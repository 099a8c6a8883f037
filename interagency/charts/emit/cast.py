"""Who and what stands in an export: everyone by sector, every handoff in the order of the chart.

Ids are made here: ``a1`` for who takes part, ``s1`` for a sector, ``h1`` for a handoff. Nothing
that a plan says becomes an id in a file of another program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts.ladder_panels import style_of
from interagency.charts.ladder_rows import COUNTED, Column, Content, Kind, Row, content
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.text import clean
from interagency.charts.theme import PILLARS, Style
from interagency.charts.wording import Wording
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.vocabulary import Pillar


@dataclass(frozen=True, slots=True)
class Actor:
    """One who takes part."""

    key: str
    id: str
    name: str
    participant: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Those of one sector."""

    key: str
    name: str
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One handoff, or one that is not there."""

    key: str
    row: Row
    sender: Actor
    receiver: Actor

    @property
    def there(self) -> bool:
        """Whether the handoff is there, and no gap or question."""
        return self.row.there

    @property
    def words(self) -> str:
        """What is written on it: its number, what passes, the findings about it."""
        number = f"({self.row.number}) " if self.there and self.row.number else ""
        codes = ", ".join(map(str, self.row.marks))
        return number + self.row.words + (f" [{codes}]" if codes else "")

    @property
    def style(self) -> Style:
        """How it looks."""
        return style_of(self.row)

    @property
    def part(self) -> str:
        """Its pillar and stage: ``Protect: Identification``."""
        ours = self.row.wording
        return f"{ours.say(PILLARS[self.row.pillar].word)}: {self.row.stage_words}"

    @property
    def told(self) -> str:
        """Everything else that is known of it, in one line."""
        row, ours = self.row, self.row.wording
        parts = (
            ours.say("Handoff {id}", id=row.id) if self.there else "",
            ours.listed(ours.say(PILLARS[pillar].word) for pillar in row.pillars),
            row.stage_words,
            ours.say("limit: {limit}", limit=row.limit) if row.limit else "",
            row.detail,
        )
        return ours.clauses(parts)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone and everything that an export must hold."""

    title: str
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    wording: Wording

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Everyone, in the order of the groups."""
        return tuple(actor for group in self.groups for actor in group.actors)

    def panels(self) -> Iterator[tuple[Pillar, tuple[Step, ...]]]:
        """The handoffs of each pillar."""
        for pillar, steps in groupby(self.steps, key=lambda step: step.row.pillar):
            yield pillar, tuple(steps)

    @property
    def summary(self) -> str:
        """How much there is, in a sentence."""
        many = self.wording.many
        count = Counter(step.row.kind for step in self.steps)
        told = self.wording.listed(
            many(*COUNTED[kind], count[kind]) for kind in Kind if count[kind]
        )
        actors = many("{n} takes part", "{n} take part", len(self.actors))
        return self.wording.clauses((actors, told or self.wording.say("no handoffs"))) + "."


def cast(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    language: str | None = None,
    numbering: Numbering = FROM_ONE,
) -> Cast:
    """Gather what an export must hold.

    >>> import interagency
    >>> found = cast(interagency.load("thailand"))
    >>> found.summary
    '19 take part; 19 handoffs.'
    >>> found.steps[0].key, found.steps[0].sender.key[0]
    ('h1', 'a')

    Raises:
        RenderError: a handoff of the view did not come through.
    """
    said = content(graph, findings, language, numbering)
    drawn = {row.id for row in said.rows}
    lost = [handoff.id for handoff in graph.handoffs if handoff.id not in drawn]
    if lost:
        raise RenderError(f"The handoff {lost[0]} is not among what is drawn. Please report this.")
    actors = _actors(_everyone(graph, said, language))
    by_id = {actor.id: actor for _, members in actors for actor in members}
    return Cast(
        title=clean(graph.plan.facts.title),
        groups=tuple(
            Group(f"s{at}", band, tuple(members)) for at, (band, members) in enumerate(actors, 1)
        ),
        steps=tuple(
            Step(f"h{at}", row, by_id[row.sender], by_id[row.receiver])
            for at, row in enumerate(said.rows, 1)
        ),
        wording=said.wording,
    )


def complete(found: int, steps: Sequence[Step], where: str) -> None:
    """Refuse an export that does not hold each handoff exactly once.

    Raises:
        RenderError: it holds another number of them.
    """
    if found != len(steps):
        raise RenderError(
            f"{found} of {len(steps)} handoffs stand in the {where}. Please report this."
        )


def _everyone(
    graph: PlanGraph, said: Content, language: str | None
) -> list[tuple[str, list[Column]]]:
    """Those whom a handoff names and those whom none does, by sector."""
    drawn = {column.id for column in said.columns}
    alone = [
        Column(a.id, a.names.get(language or "", a.name), a.sector, False, wording=said.wording)
        for a in graph.agencies
        if a.id not in drawn
    ]
    bands: dict[str, list[Column]] = {}
    for column in (*said.columns, *alone):
        bands.setdefault(column.band, []).append(column)
    return list(bands.items())


def _actors(bands: Sequence[tuple[str, list[Column]]]) -> list[tuple[str, list[Actor]]]:
    numbers = iter(range(1, 1 + sum(len(columns) for _, columns in bands)))
    return [
        (
            band,
            [
                Actor(f"a{next(numbers)}", column.id, _named(column), column.participant)
                for column in columns
            ],
        )
        for band, columns in bands
    ]


def _named(column: Column) -> str:
    """A name as it is shown: with the findings about who bears it."""
    codes = ", ".join(map(str, column.marks))
    return (clean(column.name) or column.id) + (f" [{codes}]" if codes else "")
