"""The strip over a pathway: who receives the person at each stage of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from interagency.charts import theme
from interagency.charts.ladder_pages import Lines, limited
from interagency.charts.ladder_rows import Kind
from interagency.charts.pathway_ways import ABSENT, Card, Look, Ways
from interagency.charts.scene import Anchor, Circle, Item, Polygon
from interagency.charts.strokes import block, block_height, words
from interagency.charts.text import widest_word
from interagency.charts.theme import MISSING, NOT_STATED, PLANNED, Page
from interagency.charts.wording import Wording, marked
from interagency.model import PERSON
from interagency.vocabulary import Stage

_ALWAYS = (
    Stage.DETECTION,
    Stage.FIRST_RESPONSE,
    Stage.IDENTIFICATION,
    Stage.REFLECTION,
    Stage.ASSISTANCE,
    Stage.LEGAL_STATUS,
    Stage.TRIAL_PROTECTION,
    Stage.COMPENSATION,
    Stage.RETURN_REINTEGRATION,
    Stage.SOCIAL_INCLUSION,
)
"""Stages that every journey is asked about; others stand where something happens at them."""
_SHORTER = ((5, 4), (4, 3), (3, 2), (2, 2))
"""How many names stand at a stage, and in how many lines each; fewer where a page is low."""
_HANG = 5.0
"""How far names stand behind the dot that tells where one begins, in points."""
_APART = 1.5
"""Between one name and the next, in points."""


@dataclass(frozen=True, slots=True)
class _Box:
    """One stage: its name, who receives the person, and what is missing."""

    head: Lines
    names: tuple[tuple[tuple[str, ...], str, bool], ...]
    height: float
    """How high the names are."""


@dataclass(frozen=True)
class Strip:
    """All stages, in the order of a case."""

    stages: Sequence[Stage]
    lines: Sequence[Sequence[_Box]]
    width: float
    page: Page
    left: float
    wording: Wording

    @property
    def height(self) -> float:
        """How high it is, in all its lines."""
        apart = 4 * self.page.scale
        return self._caption + sum(self._height(line) + apart for line in self.lines)

    @property
    def _caption(self) -> float:
        return 11 * self.page.scale

    def _height(self, line: Sequence[_Box]) -> float:
        return self._head(line) + max(box.height for box in line)

    def _head(self, line: Sequence[_Box]) -> float:
        """How high the heads of a line are: all the same, so that names begin on one level."""
        small = self.page.small
        return max(block_height(box.head.lines, small) for box in line) + 5 * self.page.scale

    def parts(self, room: float) -> Iterator[Strip]:
        """The same in strips that are no higher than the room, as far as can be."""
        some: list[Sequence[_Box]] = []
        for line in self.lines:
            if some and replace(self, lines=[*some, line]).height > room:
                yield replace(self, lines=some)
                some = []
            some.append(line)
        yield replace(self, lines=some)

    def items(self, top: float) -> Iterator[Item]:
        """The strip from ``top`` downwards."""
        told = self.wording.say("Who finds or receives the person at each stage of a case")
        yield words(
            self.left, top + 7.5 * self.page.scale, told, self.page.small, bold=True,
            fill=theme.MUTED, role="caption",
        )  # fmt: skip
        top += self._caption
        for line in self.lines:
            height, head = self._height(line), self._head(line)
            for number, box in enumerate(line):
                x = self.left + number * self.width
                yield from self._head_drawn(box, x, top, head)
                yield from self._names_drawn(box, x, top + head, top + height)
            top += height + 4 * self.page.scale

    def _head_drawn(self, box: _Box, x: float, top: float, height: float) -> Iterator[Item]:
        """The name of a stage, in an arrow that points to the next."""
        k, small = self.page.scale, self.page.small
        deep = _point(self.page)
        right, middle, bottom = x + self.width - deep - 1.5, top + height / 2, top + height
        yield Polygon(
            points=((x, top), (right, top), (right + deep, middle), (right, bottom),
                    (x, bottom), (x + deep, middle)),
            fill=theme.BAND, role="stage-head",
        )  # fmt: skip
        yield from block(
            x + deep + 3 * k, middle - block_height(box.head.lines, small) / 2, box.head.lines,
            small, bold=True, fill=theme.PAPER, anchor=Anchor.LEFT, role="stage-name",
            room=(x, top, right + deep, bottom),
        )  # fmt: skip

    def _names_drawn(self, box: _Box, x: float, top: float, bottom: float) -> Iterator[Item]:
        """Who is there at a stage, each behind a dot."""
        k, small = self.page.scale, self.page.small
        left, y = x + _point(self.page), top + 2 * k
        room = (x, y - 1, x + self.width, bottom + 1)
        for lines, fill, bold in box.names:
            level = y + block_height(lines[:1], small) / 2
            yield Circle(x=left + 2 * k, y=level, radius=1.1 * k, fill=fill, role="bullet")
            yield from block(
                left + _HANG * k, y, lines, small, fill=fill, bold=bold, anchor=Anchor.LEFT,
                room=room, role="stage-agency",
            )  # fmt: skip
            y += block_height(lines, small) + _APART * k


def _point(page: Page) -> float:
    """How far the point of a stage reaches."""
    return 5 * page.scale


def strip(ways: Ways, short: Mapping[str, str], page: Page, room: float) -> Strip:
    """Who receives the person at each stage.

    Args:
        ways: what the pathway says.
        short: short names, by name.
        page: the paper.
        room: how high a line of stages may be; where it would be higher, fewer are named.
    """
    for most, lines in _SHORTER:
        found = _strip(ways, short, page, most, lines)
        if all(replace(found, lines=[line]).height <= room for line in found.lines):
            break
    return found


def _strip(ways: Ways, short: Mapping[str, str], page: Page, most: int, lines: int) -> Strip:
    by_stage: dict[Stage, list[Card]] = {stage: [] for stage in _ALWAYS}
    for card in ways.cards:
        if card.stage is not None and (card.look is Look.STEP or card.look in ABSENT):
            by_stage.setdefault(card.stage, []).append(card)
        elif card.id.startswith("detected:"):
            by_stage[Stage.DETECTION].append(card)
    stages = [stage for stage in Stage if stage in by_stage]
    room = page.width - 2 * page.margin
    ours = ways.wording
    widest = max(widest_word(ours.head(stage), page.small, bold=True) for stage in stages)
    least = widest + 2 * _point(page) + 7 * page.scale
    rows = ceil(len(stages) / max(1, int(room / least)))
    across = ceil(len(stages) / rows)
    width = room / across
    others: dict[Stage, list[str]] = {}
    for stage, name in ways.others:
        others.setdefault(stage, []).append(short.get(name, name))
    told = {stage: list(_names(cards, short, ours)) for stage, cards in by_stage.items()}
    boxes = [
        _box(
            ours.head(stage),
            list(_fewer(told[stage], most, ours)) or [_empty(others.get(stage, ()), ways)],
            width,
            page,
            lines,
        )
        for stage in stages
    ]
    rows_of = [boxes[at : at + across] for at in range(0, len(boxes), across)]
    return Strip(stages, rows_of, width, page, page.margin, ours)


def _box(
    name: str,
    entries: Sequence[tuple[str, str, bool]],
    width: float,
    page: Page,
    most: int,
) -> _Box:
    room = width - 2 * _point(page) - 6 * page.scale
    beside = width - _point(page) - (_HANG + 4) * page.scale
    head = limited(name, page.small, room, 3, bold=True)
    names = tuple(
        (limited(text, page.small, beside, most, bold=bold).lines, fill, bold)
        for text, fill, bold in entries
    )
    height = sum(block_height(lines, page.small) + _APART * page.scale for lines, _, _ in names)
    height += 4 * page.scale
    return _Box(head, names, height)


def _names(
    cards: Sequence[Card], short: Mapping[str, str], ours: Wording
) -> Iterable[tuple[str, str, bool]]:
    """Who receives the person, then what is missing or not stated."""
    told: dict[tuple[str, str, bool], None] = {}
    for looks, word, fill, bold in (
        ((Look.STEP, Look.FOUND), marked("{name}"), theme.INK, False),
        ((Look.GAP,), marked("missing: {name}"), MISSING.text, True),
        ((Look.PLANNED,), marked("planned: {name}"), PLANNED.text, False),
        ((Look.QUESTION,), marked("not stated: {name}"), NOT_STATED.text, False),
    ):
        for card in cards:
            if card.look in looks:
                message = marked("decision to: {name}") if card.decision else word
                if card.stays and card.agency != PERSON:
                    message = marked("asked or told: {name}")
                name = ours.say(message, name=short.get(card.name, card.name))
                if card.kind is Kind.PROPOSED:
                    name = ours.say("proposed: {name}", name=name)
                told[name, fill, bold] = None
    return told


def _empty(others: Sequence[str], ways: Ways) -> tuple[str, str, bool]:
    """What is said of a stage at which nobody receives the person."""
    ours = ways.wording
    if others:
        names = ours.listed(dict.fromkeys(others))
        return ours.say("not drawn: {names}", names=names), theme.MUTED, False
    if ways.complete:
        return ours.say("nobody"), theme.MUTED, False
    return ours.say("nobody stated"), NOT_STATED.text, False


def _fewer(
    entries: Sequence[tuple[str, str, bool]], most: int, ours: Wording
) -> Iterable[tuple[str, str, bool]]:
    """A few of them by name."""
    if len(entries) > most:
        rest = len(entries) - most + 1
        more = ours.many("and {n} more", "and {n} more", rest)
        return [*entries[: most - 1], (more, theme.MUTED, False)]
    return entries
