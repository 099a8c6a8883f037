"""The cards of a pathway: what each says, in lines, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from interagency.charts import theme
from interagency.charts.booklet import number_badge
from interagency.charts.ladder_pages import limited
from interagency.charts.ladder_rows import Kind, state_words
from interagency.charts.pathway_ways import ABSENT, Card, Look, Ways
from interagency.charts.scene import Anchor, Item, Polyline, Rect
from interagency.charts.strokes import badge, badge_widening, block, block_height, words
from interagency.charts.text import measure
from interagency.charts.theme import (
    INFORMAL,
    MISSING,
    NOT_STATED,
    PILLARS,
    PLANNED,
    PROPOSED,
    Page,
    Style,
)
from interagency.charts.wording import Wording, beginning, marked

_ABSENT = {Look.GAP: MISSING, Look.PLANNED: PLANNED, Look.QUESTION: NOT_STATED}
_PILL = "#EDEDED"
STRAIGHT = Style("", theme.INK, theme.INK, theme.PAPER, 1.0, theme.Badge.CIRCLE)
"""The line to an agency that no handoff leads to."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a card that look alike."""

    lines: tuple[str, ...]
    size: float
    fill: str
    bold: bool
    role: str
    shortened: bool = False


@dataclass(frozen=True)
class Sized:
    """A card of a certain width, broken into lines."""

    card: Card
    width: float
    page: Page
    again: bool = False
    """Whether it only repeats who was named on a page before."""

    @property
    def _ours(self) -> Wording:
        return self.card.wording

    @property
    def id(self) -> str:
        """The id of what it draws; a repeated card has its own."""
        return f"again:{self.card.id}" if self.again else self.card.id

    @property
    def style(self) -> Style:
        """The look of its line and its badge."""
        card = self.card
        if card.look in ABSENT:
            return _ABSENT[card.look]
        if card.kind is Kind.PROPOSED:
            return PROPOSED
        looks = INFORMAL if card.kind is Kind.INFORMAL else PILLARS
        return looks[card.pillars[0]] if card.pillars else STRAIGHT

    @property
    def absent(self) -> bool:
        """Whether it shows what is not there."""
        return self.card.look in ABSENT

    @property
    def _broken(self) -> bool:
        """Whether its outline is broken."""
        return self.absent or self.card.kind is Kind.PROPOSED

    @property
    def _badged(self) -> bool:
        return bool(self.card.number) and not self.again

    @property
    def _indent(self) -> float:
        """Where its words begin."""
        return (21 if self._badged else 6) * self.page.scale + 2 * self._wider

    @property
    def _wider(self) -> float:
        """How much further to each side the badge of a long number reaches."""
        return badge_widening(self.page.small, self.card.number) if self._badged else 0.0

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its words from above downwards."""
        return tuple(part for part in self._parts() if part.lines)

    def _part(
        self,
        text: str,
        role: str,
        most: int,
        *,
        fill: str = theme.INK,
        bold: bool = False,
        size: float = 0,
        less: float = 0,
    ) -> Part:
        size = size or self.page.small
        room = self.width - self._indent - 5 * self.page.scale - less
        found = limited(text, size, max(room, 3 * size), most, bold=bold)
        return Part(found.lines, size, fill, bold, role, found.shortened)

    def _parts(self) -> Iterator[Part]:
        card, page = self.card, self.page
        sign = self._sign_width if card.sign else 0.0
        if card.look is Look.START:
            yield self._part(card.name, "start", 8, bold=True, less=sign)
            return
        if card.look is Look.END:
            yield self._part(card.name, "stop", 3, bold=True)
            yield self._part(card.what, "what", 5)
            return
        stage = self._ours.term(card.stage) if card.stage else ""
        state = _state(card, self._ours)
        stage = beginning(self._ours.headed(state, stage))
        fill = self.style.text if self._broken else theme.MUTED
        shown = "" if self.again else stage
        yield self._part(shown, "stage", 3, bold=self._broken, fill=fill, less=sign)
        yield self._part(card.name, "agency-name", 8, bold=True, size=page.body, less=sign)
        if self.again:
            yield self._part(self._ours.say("continued"), "again", 2, fill=theme.MUTED)
            return
        yield from self._said()

    def _said(self) -> Iterator[Part]:
        card = self.card
        yield self._part(card.what, "what", 6)
        for detail in card.details:
            yield self._part(detail, "detail", 4, fill=theme.MUTED)
        if card.decides:
            decides = self._ours.say("decides on identification")
            yield self._part(decides, "decides", 2, bold=True)
        if card.limit:
            fill = theme.INK if card.limited else NOT_STATED.text
            told = card.limit
            if card.limited:
                told = self._ours.say("time limit: {limit}", limit=card.limit)
            yield self._part(told, "limit", 3, fill=fill, bold=card.limited)
        if card.so_far:
            told = self._ours.say("from the start: {limit}", limit=card.so_far)
            yield self._part(told, "so-far", 3, bold=True)
        about = marked("findings: {codes}")
        whose = marked("findings on the agency: {codes}") if card.look is Look.STEP else about
        for marks, message in ((card.marks, about), (card.own, whose)):
            for question, style in ((False, MISSING), (True, NOT_STATED)):
                some = [mark for mark in marks if mark.question is question]
                if some:
                    told = self._ours.say(message, codes=self._ours.codes(some))
                    yield self._part(told, "mark", 5, fill=style.text, bold=True)
        if card.goes_on:
            told = self._ours.say("the way goes on there")
            tag = sign_width(card.goes_on, self.page) + 4 * self.page.scale
            yield self._part(told, "goes-on", 3, bold=True, less=tag)

    @property
    def _sign_width(self) -> float:
        return sign_width(self.card.sign, self.page) + 3 * self.page.scale

    @cached_property
    def height(self) -> float:
        """How high it is."""
        lines = sum(block_height(part.lines, part.size) for part in self.parts)
        further = 13 * max(0, len(self.card.pillars) - 1) * self.page.scale if self._badged else 0
        tag = 3 * self.page.scale if self.card.goes_on else 0
        return max(lines + tag + 7 * self.page.scale, 19 * self.page.scale + further)

    @property
    def shortened(self) -> bool:
        """Whether something of it had to be left out."""
        return any(part.shortened for part in self.parts)

    @property
    def whole(self) -> str:
        """Everything it says, in a sentence."""
        return told(self.card, self._ours)

    # --- drawing ----------------------------------------------------------------------------------

    def items(self, x: float, y: float) -> Iterator[Item]:
        """The card, with its upper left corner at a point."""
        yield from self._box(x, y)
        k = self.page.scale
        room = (x, y, x + self.width, y + self.height)
        top = y + 3.5 * k
        for part in self.parts:
            left = x + self._indent
            if part.role == "goes-on":
                top += 2 * k
                down = (block_height(part.lines[:1], part.size) - 11 * k) / 2 - 3 * k
                yield from sign_tag(left, top + down, self.card.goes_on, self.page, self.id)
                left += sign_width(self.card.goes_on, self.page) + 4 * k
            yield from block(
                left, top, part.lines, part.size, fill=part.fill, bold=part.bold,
                anchor=Anchor.LEFT, room=room, role=part.role, id=self.id,
            )  # fmt: skip
            top += block_height(part.lines, part.size)
        if self._badged:
            yield from self._badges(x + 11 * k + self._wider, y + 11 * k)
        if self.card.sign:
            yield from self._sign(x + self.width, y)

    def _box(self, x: float, y: float) -> Iterator[Item]:
        card, k = self.card, self.page.scale
        round_ends = card.look in (Look.START, Look.END)
        fill = _PILL if round_ends else self.style.tint if self._broken else theme.PAPER
        stroke = None if self._broken else self.style.line if card.pillars else theme.INK
        yield Rect(
            x=x, y=y, width=self.width, height=self.height, radius=8 * k if round_ends else 2.5,
            fill=fill, stroke=stroke, stroke_width=0.9 if self.again else 1.1,
            role="box", id=self.id,
        )  # fmt: skip
        if self._broken:
            right, low = x + self.width, y + self.height
            yield Polyline(
                points=((x, y), (right, y), (right, low), (x, low), (x, y)),
                stroke=self.style.line, stroke_width=1.2, dash=self.style.dash, role="outline",
            )  # fmt: skip

    def _badges(self, x: float, y: float) -> Iterator[Item]:
        yield from number_badge(x, y, self.card.number, self.style, self.page, self.id)
        if self.absent:
            return
        for place, further in enumerate(self.card.pillars[1:], 1):
            down = y + 13 * place * self.page.scale
            yield from badge(x, down, "", PILLARS[further], self.page.small * 0.6, id=self.id)

    def _sign(self, right: float, y: float) -> Iterator[Item]:
        yield from sign_tag(right - self._sign_width, y, self.card.sign, self.page, self.id)


def sign_width(sign: str, page: Page) -> float:
    """How wide the letter of a card is with the dark about it."""
    return measure(sign, page.small, bold=True) + 8 * page.scale


def sign_tag(left: float, top: float, sign: str, page: Page, id: str = "") -> Iterator[Item]:
    """The letter of a card, white on dark, in its corner."""
    k = page.scale
    width = sign_width(sign, page)
    yield Rect(x=left, y=top + 3 * k, width=width, height=11 * k, radius=2, fill=theme.BAND,
               role="sign", id=id)  # fmt: skip
    yield words(
        left + width / 2, top + 11 * k, sign, page.small, bold=True, anchor=Anchor.MIDDLE,
        fill=theme.PAPER, role="sign-text", id=id,
    )  # fmt: skip


def _state(card: Card, ours: Wording) -> str:
    """That a step is not there, or only proposed, in words."""
    if card.look is Look.PLANNED:
        gap = any(not mark.question for mark in card.marks)
        return state_words(Kind.PLANNED, card.when, missing=gap, ours=ours)
    kind = {Look.GAP: Kind.GAP, Look.QUESTION: Kind.QUESTION}.get(card.look, card.kind)
    return state_words(kind, "", missing=False, ours=ours)


def told(card: Card, ours: Wording) -> str:
    """Everything that a card says, in a sentence."""
    said = (
        _state(card, ours).lower(),
        card.stage and ours.term(card.stage),
        card.what,
        *card.details,
        card.limit,
        card.so_far and ours.say("from the start: {limit}", limit=card.so_far),
        card.decides and ours.say("decides on identification"),
        ours.codes((*card.marks, *card.own)),
        card.goes_on and f"{ours.say('goes on at card')} {card.goes_on}",
    )
    number = f"{card.number} " if card.number.strip("+").isalnum() else ""
    words = ours.clauses(part for part in said if part)
    return ours.headed(f"{number}{card.name}", words)


def told_unplaced(found: Ways) -> str:
    """The findings that stand at no card."""
    ours = found.wording
    told = (
        f"{mark} ({ours.listed(names)})" if names else str(mark) for mark, names in found.unplaced
    )
    return ours.say(
        "Findings that concern persons too, at none of these cards: {codes}.",
        codes=ours.clauses(told),
    )


def sized(card: Card, width: float, page: Page, *, again: bool = False) -> Sized:
    """A card in lines; one that repeats another says only who it is."""
    return Sized(replace(card, goes_on="") if again else card, width, page, again)


def in_full(cards: Iterable[Sized], ours: Wording) -> Iterable[str]:
    """What had to be shortened."""
    return dict.fromkeys(
        ours.say("In full: {words}", words=card.whole) for card in cards if card.shortened
    )
