"""Which signs a legend explains: those that stand on its chart, and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from interagency.charts.ladder_rows import Kind, Row
from interagency.charts.theme import (
    INFORMAL,
    MISSING,
    NOT_STATED,
    PILLARS,
    PLANNED,
    PROPOSED,
    Style,
)
from interagency.charts.wording import marked
from interagency.vocabulary import Pillar

_ABSENT = (
    (Kind.PLANNED, marked("Planned, not there yet"), PLANNED),
    (Kind.PROPOSED, marked("Proposed, not agreed"), PROPOSED),
    (Kind.GAP, marked("Missing (gap)"), MISSING),
    (Kind.QUESTION, marked("Not stated in the sources"), NOT_STATED),
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One sign and what it means; ``line`` says that only its line tells it, and no badge."""

    kind: Kind
    words: str
    style: Style
    line: bool = False
    feedback: bool = False


def meanings(rows: Sequence[Row], also: Collection[Kind] = ()) -> Iterator[Meaning]:
    """The meanings of all signs by which these rows are drawn, in the order of a legend.

    Kinds in ``also`` stand on the chart in another way than as rows.
    """
    shown = {pillar for row in rows for pillar in row.pillars[0 if row.there else 1 :]}
    for pillar in Pillar:
        if pillar in shown:
            yield Meaning(Kind.HANDOFF, PILLARS[pillar].word, PILLARS[pillar])
    informal = next((row for row in rows if row.kind is Kind.INFORMAL), None)
    if informal:
        style = INFORMAL[informal.pillar]
        yield Meaning(Kind.INFORMAL, marked("Informal: done by habit"), style, line=True)
    kinds = {*also, *(row.kind for row in rows)}
    for kind, words, style in _ABSENT:
        if kind in kinds:
            yield Meaning(kind, words, style)
    if feedback := next((row for row in rows if row.feedback), None):
        style = PILLARS[feedback.pillar]
        yield Meaning(Kind.HANDOFF, marked("Feedback"), style, line=True, feedback=True)
