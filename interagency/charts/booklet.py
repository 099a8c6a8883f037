"""What views share that make pages of their own kind: leaves are framed, noted and bound.

A view draws the body of each page as a leaf. Here the title, the legend, the notes and the page
numbers are put around the leaves, and the pages are mirrored for those who read from the right.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.frame import (
    Edition,
    Frame,
    NoteLine,
    frame_of,
    framed,
    note_lines,
    notes,
    notes_height,
    warnings,
)
from interagency.charts.ladder_pages import limited
from interagency.charts.ladder_rows import Kind, Note, Row
from interagency.charts.lanes_key import numbered
from interagency.charts.scene import Anchor, Box, Item, Scene
from interagency.charts.signs import meanings
from interagency.charts.strokes import arrow, badge, badge_half, words
from interagency.charts.text import measure, rtl_language
from interagency.charts.theme import Badge, Page, Style
from interagency.charts.wording import Wording

if TYPE_CHECKING:
    from interagency.graph import PlanGraph

_TRIES = 3
"""How often pages are drawn lower so that notes find room."""
_GAP = 6.0
"""Between a body and the notes under it, in points."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a legend: what is drawn, how wide that is, and the words behind it."""

    words: str
    width: float
    draw: Callable[[float, float], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Leaf:
    """The body of a page, before anything stands around it."""

    items: Sequence[Item]
    end: float
    """How far down it reaches."""
    told: str
    """The page in sentences, for those who cannot see it."""
    part: str = ""
    """What of the whole it shows."""
    legend: bool = True


@dataclass(frozen=True, slots=True)
class Booklet:
    """What all pages of a chart have in common."""

    page: Page
    frame: Frame
    signs: tuple[Sign, ...]

    @property
    def wording(self) -> Wording:
        """The chart's own words."""
        return self.frame.wording

    def room(self, *, legend: bool = True) -> Box:
        """The box that a leaf may fill."""
        _, (left, top, right, bottom) = framed(self._framed(99, 99, "x"), self.page)
        return left, top, right, self._legend(bottom)[1] if legend else bottom

    def settled(
        self, draw: Callable[[Box], tuple[Sequence[Leaf], Sequence[Note]]]
    ) -> tuple[Scene, ...]:
        """Every page, drawn a little lower where notes would else stand alone on a page.

        Args:
            draw: gives the leaves that fill such a box, and the notes that belong to them.
        """
        room = self.room()
        first = leaves, said = draw(room)
        for _ in range(_TRIES):  # what is drawn lower may have more notes
            lines = note_lines(said, self.page)
            if len(leaves) != len(first[0]) or self._holder(leaves, lines) is not None:
                break
            leaves, said = draw((*room[:3], room[3] - self._notes_height(lines) - 0.1))
        held = self._holder(leaves, note_lines(said, self.page)) is not None
        if not held or len(leaves) != len(first[0]):
            leaves, said = first
        return self.bound(leaves, said)

    def bound(self, leaves: Sequence[Leaf], said: Iterable[Note] = ()) -> tuple[Scene, ...]:
        """Every page, with the notes under the last leaf with room or on pages of their own."""
        lines = note_lines(said, self.page)
        at = self._holder(leaves, lines)
        if at is None:
            leaves = [*leaves, *self._noted(lines)]
        elif lines:
            leaf = leaves[at]
            bottom = self.room(legend=leaf.legend)[3]
            top = bottom - self._notes_height(lines) + _GAP * self.page.scale
            under = notes(lines, self.page, top)
            noted = replace(leaf, items=(*leaf.items, *under), end=bottom)
            leaves = [*leaves[:at], noted, *leaves[at + 1 :]]
        scenes = tuple(self._scene(leaf, at, len(leaves)) for at, leaf in enumerate(leaves, 1))
        if rtl_language(self.wording.asked):
            return tuple(scene.mirrored() for scene in scenes)
        return scenes

    def _notes_height(self, lines: Sequence[NoteLine]) -> float:
        return notes_height(lines) + _GAP * self.page.scale

    def _holder(self, leaves: Sequence[Leaf], lines: Sequence[NoteLine]) -> int | None:
        """The last leaf with room for notes under it; none has where there is None."""
        if not lines:
            return 0
        height = self._notes_height(lines)
        return next(
            (
                at
                for at in reversed(range(len(leaves)))
                if leaves[at].end + height <= self.room(legend=leaves[at].legend)[3]
            ),
            None,
        )

    def _noted(self, lines: Sequence[NoteLine]) -> Iterable[Leaf]:
        """Notes, shared out over pages of their own."""
        _, top, _, bottom = self.room(legend=False)
        pages: list[list[NoteLine]] = [[]]
        for line in lines:
            if pages[-1] and notes_height([*pages[-1], line]) > bottom - top:
                pages.append([])
            pages[-1].append(line)
        for some in pages:
            items = notes(some, self.page, top)
            say = self.wording.say
            yield Leaf(items, bottom, say("Notes to the chart."), say("Notes"), legend=False)

    def _framed(self, at: int, count: int, part: str) -> Frame:
        told = self.frame.subtitle
        if part:
            told = f"{self.wording.sentences([told])} {part}"
        width = self.page.width - 2 * self.page.margin
        shown = limited(told, self.page.subtitle, width, 1).lines
        return replace(self.frame, subtitle="".join(shown), sheet=at, sheets=count)

    def _scene(self, leaf: Leaf, at: int, count: int) -> Scene:
        frame = self._framed(at, count, leaf.part)
        around, box = framed(frame, self.page)
        signs = self._legend(box[3])[0] if leaf.legend else []
        items = (*around, *leaf.items, *signs)
        return Scene(
            width=self.page.width,
            height=self.page.height,
            title=frame.title,
            description=frame.told(leaf.told),
            items=items,
            warnings=warnings(items, self.wording),
            language=self.wording.asked,
            margin=self.page.margin,
        )

    def _legend(self, bottom: float) -> tuple[list[Item], float]:
        """The legend above ``bottom``, in as many lines as it needs, and where it begins."""
        page, k = self.page, self.page.scale
        lines: list[list[Sign]] = [[]]
        x = page.margin
        for sign in self.signs:
            width = _sign_width(sign, page)
            if lines[-1] and x + width > page.width - page.margin:
                lines.append([])
                x = page.margin
            lines[-1].append(sign)
            x += width + 12 * k
        top = bottom - 14 * k * len(lines) - 2 * k
        items: list[Item] = []
        for number, line in enumerate(lines):
            x, y = page.margin, top + 14 * k * (number + 0.5)
            for sign in line:
                items += sign.draw(x, y)
                at = x + sign.width + (4 * k if sign.width else 0)
                items.append(
                    words(at, y + 0.36 * page.small, sign.words, page.small,
                          fill=theme.MUTED, role="legend")
                )  # fmt: skip
                x += _sign_width(sign, page) + 12 * k
        return items, top - 3 * k


def _sign_width(sign: Sign, page: Page) -> float:
    apart = 4 * page.scale if sign.width else 0.0
    return sign.width + apart + measure(sign.words, page.small)


def booklet(
    graph: PlanGraph,
    edition: Edition,
    signs: Iterable[Sign],
    wording: Wording,
    *,
    about: str,
    counted: str,
) -> Booklet:
    """A booklet with the words around it that the plan calls for; see ``frame_of``."""
    frame = frame_of(graph, wording, edition, about=about, counted=counted)
    return Booklet(edition.page, frame, tuple(signs))


def badge_signs(
    rows: Sequence[Row],
    page: Page,
    ours: Wording,
    sign: Callable[[Kind], str] = numbered,
    also: Collection[Kind] = (),
) -> Iterable[Sign]:
    """The badges that stand on a chart: of the Ps, of what is planned, proposed or missing."""
    for meaning in meanings(rows, also):
        if not meaning.line:
            told = ours.say(meaning.words)
            yield badge_sign(told, sign(meaning.kind), meaning.style, page)


def badge_sign(told: str, text: str, style: Style, page: Page) -> Sign:
    """A badge and its meaning."""
    half = number_half(text, page)
    return Sign(told, 2 * half, lambda x, y: number_badge(x + half, y, text, style, page))


def line_sign(told: str, style: Style, page: Page) -> Sign:
    """A line and its meaning."""
    k = page.scale
    return Sign(
        told,
        26 * k,
        lambda x, y: arrow(((x + 3 * k, y), (x + 24 * k, y)), style, role="legend-arrow", scale=k),
    )


def word_sign(told: str) -> Sign:
    """Words alone."""
    return Sign(told, 0.0, lambda x, y: ())


def nothing_drawn(book: Booklet, told: str) -> Leaf:
    """The page of a plan that has nothing to draw."""
    left, top, _, _ = book.room()
    line = words(left, top + 20, told, book.page.body, role="note")
    return Leaf([line], top + 30, told)


_ROOMY = 1.8
"""How much larger a triangle is that holds two letters."""


def number_half(text: str, page: Page) -> float:
    """Half the width of a number in its badge, at most."""
    larger = _ROOMY if text.isalpha() and len(text) > 1 else 1.0
    return badge_half(page.small, text) * larger


def number_badge(
    x: float, y: float, text: str, style: Style, page: Page, id: str = ""
) -> list[Item]:
    """A number in its badge; a triangle grows where it must hold two letters."""
    size = page.small
    if style.badge is not Badge.TRIANGLE or len(text) < 2:
        return badge(x, y, text, style, size, id=id)
    label = words(
        x, y + 0.8 * size, text, size, fill=style.text, bold=True, anchor=Anchor.MIDDLE,
        role="badge-text", id=id,
    )  # fmt: skip
    return [*badge(x, y, "", style, size * _ROOMY, id=id), label]
