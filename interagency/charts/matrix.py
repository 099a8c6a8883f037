"""The matrix: rows give, columns receive, and what passes stands where they meet.

Each handoff is a number in the shape of its P; a gap is a triangle, a question a pill. The key
names every number. An agency's whole load is one row and one column, and what is empty shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.booklet import (
    Booklet,
    Leaf,
    Sign,
    badge_signs,
    booklet,
    nothing_drawn,
    number_badge,
    number_half,
    word_sign,
)
from interagency.charts.frame import PLAIN, Edition
from interagency.charts.key import key_list, with_key
from interagency.charts.ladder_panels import style_of, tint_of
from interagency.charts.ladder_rows import Column, Content, Note, Row, content, counts
from interagency.charts.lanes_key import numbers
from interagency.charts.matrix_grid import Axis, Grid, fewest_pages
from interagency.charts.scene import Box, Item, Rect, Scene
from interagency.charts.strokes import badge, words
from interagency.charts.text import measure
from interagency.charts.theme import PILLARS, Page, Style
from interagency.charts.wording import Wording, marked
from interagency.errors import RenderError

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph

_MOST_BADGES = 24
"""In one cell; where there are more they are counted, and the key alone has their numbers."""


def matrix(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
) -> tuple[Scene, ...]:
    """Draw a plan as a from-to matrix, on as many pages as it needs, with a key.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found: gaps and questions stand in the cells where they are.
        edition: how it comes out.

    Raises:
        RenderError: a handoff would be lost, or drawn twice.

    >>> import interagency
    >>> (page,) = matrix(interagency.load("nepal"))
    >>> [text.text for text in page.texts() if text.role == "badge-text" and text.id == "npwc-cso"]
    ['3', '3']
    """
    said, page = content(graph, findings, edition.language, edition.numbering), edition.page
    ours = said.wording
    book = booklet(
        graph, edition, _signs(said.rows, page, ours), ours,
        about=ours.say("From whom to whom: rows give, columns receive"),
        counted=said.counts,
    )  # fmt: skip
    key = key_list(graph, said, numbers(said.rows), page)
    cells = _Cells(said, numbers(said.rows), page)
    if not said.rows:
        empty = nothing_drawn(book, ours.say("There is no handoff to draw."))
        return book.bound([empty], said.notes)

    def draw(room: Box) -> tuple[list[Leaf], tuple[Note, ...]]:
        grid = fewest_pages(_grid(cells, book, room))
        leaves = with_key(book, list(grid.leaves()), key)
        return leaves, (*said.notes, *_silent(said), *grid.in_full(), *key.in_full())

    scenes = book.settled(draw)
    _all_there(said, cells, scenes)
    return scenes


def _signs(rows: Sequence[Row], page: Page, ours: Wording) -> Iterable[Sign]:
    yield from badge_signs(rows, page, ours)
    if any(len(row.pillars) > 1 for row in rows):
        yield word_sign(ours.say("Further small shapes: it serves these Ps as well"))


def _grid(cells: _Cells, book: Booklet, room: Box) -> Grid:
    said = cells.said
    givers = {row.sender for row in said.rows}
    takers = {row.receiver for row in said.rows}
    return Grid(
        page=book.page,
        room=room,
        rows=tuple(_axis(c, cells) for c in said.columns if c.id in givers),
        columns=tuple(_axis(c, cells) for c in said.columns if c.id in takers),
        cell_least=cells.least,
        cell_height=cells.height,
        cell=cells.drawn,
        filled=lambda row, column: bool(cells.at(row, column)),
        told=cells.told,
        corner=(said.wording.say("gives: read across"), said.wording.say("receives: read down")),
        sums=said.wording.say("Gives"),
        wording=said.wording,
    )


def _axis(column: Column, cells: _Cells) -> Axis:
    codes = f" [{cells.said.wording.codes(column.marks)}]" if column.marks else ""
    given = sum(
        row.there for row in cells.said.rows if row.sender == column.id
    )  # fmt: skip
    return Axis(column.id, column.name + codes, column.band, sum=str(given))


def _silent(said: Content) -> Iterable[str]:
    """Who stands only on one side."""
    givers = {row.sender for row in said.rows}
    takers = {row.receiver for row in said.rows}
    for message, some in (
        (marked("Gives nothing here: {names}."), givers),
        (marked("Receives nothing here: {names}."), takers),
    ):
        names = [column.name for column in said.columns if column.id not in some]
        if names:
            yield said.wording.say(message, names=said.wording.clauses(names))


@dataclass(frozen=True)
class _Cells:
    """What stands where a row and a column meet."""

    said: Content
    numbers: Mapping[str, str]
    page: Page

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.said.rows:
            found.setdefault((row.sender, row.receiver), []).append(row)
        return found

    def at(self, sender: str, receiver: str) -> list[Row]:
        """What the one gives the other."""
        return self._by_place.get((sender, receiver), [])

    def told(self, rows: Sequence[Axis], columns: Sequence[Axis]) -> str:
        """A page in sentences."""
        there = [row for a in rows for b in columns for row in self.at(a.id, b.id)]
        ours = self.said.wording
        return ours.say(
            "{givers} by {receivers}: {counts}.",
            givers=ours.many("{n} giver", "{n} givers", len(rows)),
            receivers=ours.many("{n} receiver", "{n} receivers", len(columns)),
            counts=counts(there, ours),
        )

    def least(self, receiver: str) -> float:
        """The narrowest a column may be: three badges side by side where a cell has so many."""
        k = self.page.scale
        widest = max(
            sum(sorted(map(self._wide, rows))[-3:])
            for (_, to), rows in self._by_place.items()
            if to == receiver
        )
        return max(26 * k, widest + 4 * k)

    def _wide(self, row: Row) -> float:
        """How wide one badge is, with the small ones behind it."""
        k = self.page.scale
        half = number_half(self.numbers[row.id], self.page)
        return 2 * half + 9 * k * (len(row.pillars) - 1) + 2 * k

    @cached_property
    def _step(self) -> float:
        roomy = any(text.isalpha() and len(text) > 1 for text in self.numbers.values())
        return (26 if roomy else 17) * self.page.scale

    def height(self, sender: str, receiver: str, width: float) -> float:
        """How high a cell must be."""
        rows = self.at(sender, receiver)
        if len(rows) > _MOST_BADGES:
            return self._step * len(self.counts(rows)) + 3 * self.page.scale
        return self._step * len(self._lines(rows, width)) + 2 * self.page.scale if rows else 0.0

    def _lines(self, rows: Sequence[Row], width: float) -> list[list[Row]]:
        lines: list[list[Row]] = []
        used = 0.0
        for row in rows:
            wide = self._wide(row)
            if not lines or used + wide > width - 2 * self.page.scale:
                lines.append([])
                used = 0.0
            lines[-1].append(row)
            used += wide
        return lines

    @staticmethod
    def counts(rows: Sequence[Row]) -> dict[Style, int]:
        """How many there are of each look."""
        found: dict[Style, int] = {}
        for row in rows:
            found[style_of(row)] = found.get(style_of(row), 0) + 1
        return found

    def drawn(self, sender: str, receiver: str, box: Box) -> Iterable[Item]:
        """The badges of a cell, in its middle."""
        left, top, right, bottom = box
        if sender == receiver:
            yield Rect(
                x=left + 0.5, y=top + 0.5, width=right - left - 1, height=bottom - top - 1,
                fill=theme.HEAD, role="self",
            )  # fmt: skip
        rows = self.at(sender, receiver)
        if rows and all(not row.there for row in rows):
            yield Rect(
                x=left + 0.5, y=top + 0.5, width=right - left - 1, height=bottom - top - 1,
                fill=tint_of(min(rows, key=lambda row: row.kind)), role="gap-cell",
            )  # fmt: skip
        if len(rows) > _MOST_BADGES:
            yield from self._counted(rows, box)
            return
        lines = self._lines(rows, right - left)
        y = (top + bottom - self._step * (len(lines) - 1)) / 2
        for line in lines:
            x = (left + right - sum(map(self._wide, line))) / 2
            for row in line:
                yield from self._badge(row, x, y)
                x += self._wide(row)
            y += self._step

    def _badge(self, row: Row, x: float, y: float) -> Iterable[Item]:
        page, text = self.page, self.numbers[row.id]
        half = number_half(text, page)
        x += half + page.scale
        yield from number_badge(x, y, text, style_of(row), page, row.id)
        for place, further in enumerate(row.pillars[1:]):
            aside = x + half + (4 + 9 * place) * page.scale
            yield from badge(aside, y, "", PILLARS[further], page.small * 0.6, id=row.id)

    def _counted(self, rows: Sequence[Row], box: Box) -> Iterable[Item]:
        """A badge of each look, and how many of them there are."""
        left, top, right, bottom = box
        small, k = self.page.small, self.page.scale
        counts = self.counts(rows)
        y = (top + bottom - self._step * (len(counts) - 1)) / 2
        for style, count in counts.items():
            text = f"{count} ×"
            wide = measure(text, small, bold=True) + 14 * k
            x = (left + right - wide) / 2
            yield words(x, y + 0.36 * small, text, small, bold=True, fill=style.text, role="count")
            yield from badge(x + wide - 5 * k, y, "", style, small * 0.75)
            y += self._step


def _all_there(said: Content, cells: _Cells, scenes: Sequence[Scene]) -> None:
    """Fail rather than hand out a chart that lacks a handoff or has one twice."""
    texts = [t for s in scenes for t in s.texts() if t.role == "badge-text" and t.id]
    drawn = sorted(text.id for text in texts)
    crowded = {
        row.id
        for row in said.rows
        if len(cells.at(row.sender, row.receiver)) > _MOST_BADGES
    }  # fmt: skip
    once = [row.id for row in said.rows]
    if drawn != sorted([*once, *(row for row in once if row not in crowded)]):
        raise RenderError("The matrix lost a handoff. This is a fault of the chart: report it.")
