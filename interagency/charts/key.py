"""A key in columns: for each number on a chart, from whom to whom, what, when and how fast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.booklet import Booklet, Leaf, number_badge, number_half
from interagency.charts.ladder_pages import Lines, limited
from interagency.charts.ladder_panels import style_of
from interagency.charts.ladder_rows import Content, Kind, Row
from interagency.charts.scene import Anchor, Box, Item
from interagency.charts.strokes import badge, block, block_height
from interagency.charts.theme import PILLARS, Page
from interagency.charts.wording import Wording

if TYPE_CHECKING:
    from interagency.graph import PlanGraph

_COLUMN = 186.0
"""About how wide a column of the key is, in points."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the key says of one handoff, in lines."""

    row: Row
    number: str
    ends: Lines
    what: Lines
    detail: Lines
    height: float
    whole: str

    @property
    def shortened(self) -> bool:
        """Whether something of it had to be left out."""
        return self.ends.shortened or self.what.shortened or self.detail.shortened


@dataclass(frozen=True, slots=True)
class KeyList:
    """All entries of a chart."""

    entries: tuple[Entry, ...]
    page: Page
    width: float
    wording: Wording

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return max(1, round((self.page.width - 2 * self.page.margin) / self.width))

    def height(self) -> float:
        """How high the whole key is, when its columns are about equally long."""
        return _level(self.entries, self.columns)

    def under(self, top: float) -> list[Item]:
        """The whole key from ``top`` downwards."""
        return self._drawn(_filled(self.entries, self.height() + 1e-6), top)

    def leaves(self, room: Box) -> Iterable[Leaf]:
        """The key on pages of its own."""
        _, top, _, bottom = room
        columns = _filled(self.entries, bottom - top)
        for start in range(0, len(columns), self.columns):
            some = columns[start : start + self.columns]
            if start + self.columns >= len(columns):
                left = [entry for column in some for entry in column]
                some = _filled(left, _level(left, self.columns) + 1e-6)
            head = self.wording.say("Key to the numbers")
            told = " ".join(
                (
                    self.wording.sentences([head]),
                    told_entries((entry for column in some for entry in column), self.wording),
                )
            )
            end = top + max(sum(entry.height for entry in column) for column in some)
            yield Leaf(self._drawn(some, top), end, told, head)

    def in_full(self) -> Iterable[str]:
        """What had to be shortened."""
        return (
            self.wording.say("{number} in full: {words}", number=e.number, words=e.whole)
            for e in self.entries
            if e.shortened
        )

    def _drawn(self, columns: Sequence[Sequence[Entry]], top: float) -> list[Item]:
        items: list[Item] = []
        for number, column in enumerate(columns):
            y = top
            for entry in column:
                items += _entry_items(entry, self.page.margin + number * self.width, y, self)
                y += entry.height
        return items


def key_list(graph: PlanGraph, said: Content, numbers: Mapping[str, str], page: Page) -> KeyList:
    """The key to all rows of a chart: handoffs by number, then gaps, then questions.

    Agencies go by their short names where they have one.
    """
    room = page.width - 2 * page.margin
    width = room / max(1, int(room / (_COLUMN * page.scale)))
    names = {column.id: graph.short_names.get(column.name, column.name) for column in said.columns}
    kinds = tuple(Kind)
    rows = sorted(said.rows, key=lambda row: kinds.index(row.kind))
    entries = (_entry(row, numbers[row.id], names, width, page) for row in rows)
    return KeyList(tuple(entries), page, width, said.wording)


def told_entries(entries: Iterable[Entry], ours: Wording) -> str:
    """What a key says, for those who cannot see it."""
    return ours.sentences(ours.headed(entry.number, entry.whole) for entry in entries)


def with_key(book: Booklet, leaves: list[Leaf], key: KeyList) -> list[Leaf]:
    """The key under the last page where there is room, else on pages of its own."""
    room = book.room()
    last, gap = leaves[-1], 9 * book.page.scale
    if last.end + gap + key.height() <= room[3]:
        items = (*last.items, *key.under(last.end + gap))
        head = key.wording.say("Key:")
        told = f"{last.told} {head} {told_entries(key.entries, key.wording)}"
        end = last.end + gap + key.height()
        return [*leaves[:-1], replace(last, items=items, end=end, told=told)]
    return [*leaves, *key.leaves(room)]


def _indent(row: Row, number: str, page: Page) -> float:
    """Where the words begin, behind the badges."""
    further = 9 * (len(row.pillars) - 1)
    return 2 * number_half(number, page) + (5 + further) * page.scale


def _entry(row: Row, number: str, names: Mapping[str, str], width: float, page: Page) -> Entry:
    k = page.scale
    room = width - _indent(row, number, page) - 8 * k
    ours = row.wording
    ends = ours.say(
        "{sender} to {receiver}", sender=names[row.sender], receiver=names[row.receiver]
    )
    limit = f" ({row.limit})" if row.limit else ""
    codes = f" [{ours.codes(row.marks)}]" if row.marks else ""
    what = row.words + limit + codes
    first = limited(ends, page.small, room, 4, bold=True)
    second = limited(what, page.small, room, 5, bold=row.missing)
    third = limited(row.detail, page.small, room, 3)
    height = block_height((*first.lines, *second.lines, *third.lines), page.small)
    whole = ours.clauses((ours.headed(ends, what), row.detail))
    least = 2 * number_half(number, page)
    return Entry(row, number, first, second, third, max(height, least) + 4 * k, whole)


def _level(entries: Sequence[Entry], count: int) -> float:
    """The least height at which the entries fill no more than so many columns."""
    low = max((entry.height for entry in entries), default=0.0)
    high = sum(entry.height for entry in entries)
    while high - low > 0.25:
        middle = (low + high) / 2
        if len(_filled(entries, middle)) <= count:
            high = middle
        else:
            low = middle
    return high


def _filled(entries: Iterable[Entry], height: float) -> list[list[Entry]]:
    """Columns of at most this height, one filled after the other."""
    columns: list[list[Entry]] = []
    used = 0.0
    for entry in entries:
        if not columns or used + entry.height > height:
            columns.append([])
            used = 0.0
        columns[-1].append(entry)
        used += entry.height
    return columns


def _entry_items(entry: Entry, left: float, top: float, key: KeyList) -> list[Item]:
    page, row, style = key.page, entry.row, style_of(entry.row)
    k = page.scale
    half = number_half(entry.number, page)
    middle = top + 2 * k + half * 0.8
    items = number_badge(left + half, middle, entry.number, style, page, row.id)
    for place, further in enumerate(row.pillars[1:]):
        x = left + 2 * half + (5 + 9 * place) * k
        items += badge(x, middle, "", PILLARS[further], page.small * 0.6, id=row.id)
    x = left + _indent(row, entry.number, page)
    room = (x - 1, top - 2, left + key.width, top + entry.height + 1)
    y = top + 1.2 * k
    for lines, fill, bold, role in (
        (entry.ends.lines, style.text, True, "key"),
        (entry.what.lines, theme.INK, row.missing, "key-what"),
        (entry.detail.lines, theme.MUTED, False, "key-detail"),
    ):
        items += block(
            x, y, lines, page.small, fill=fill, bold=bold, anchor=Anchor.LEFT,
            room=room, role=role, id=row.id,
        )  # fmt: skip
        y += block_height(lines, page.small)
    return items
