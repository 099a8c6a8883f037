"""The numbered key of a page of lanes: what each arrow hands on, when and within which time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interagency.charts import theme
from interagency.charts.ladder_pages import Lines, limited
from interagency.charts.ladder_panels import style_of
from interagency.charts.ladder_rows import SIGNS, Kind, Row
from interagency.charts.scene import Anchor, Item
from interagency.charts.strokes import badge, badge_half, badge_radius, block, block_height
from interagency.charts.theme import PILLARS, Page

_COLUMN = 180.0
"""About how wide a column of the key is, in points."""
_LINES = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one row of the key, in lines."""

    row: Row
    number: str
    what: Lines
    detail: Lines
    height: float

    @property
    def shortened(self) -> bool:
        """Whether something of it had to be left out."""
        return self.what.shortened or self.detail.shortened


@dataclass(frozen=True, slots=True)
class NumberedKey:
    """The entries of a page in columns of about the same height."""

    columns: tuple[tuple[Entry, ...], ...]
    width: float
    height: float

    @property
    def entries(self) -> Iterable[Entry]:
        """All entries in order."""
        return (entry for column in self.columns for entry in column)


def numbers(rows: Iterable[Row]) -> Mapping[str, str]:
    """What is written on each arrow: 1, 2; missing ones A, B; others ?1, »1, +1 by their sign."""
    count: Counter[str] = Counter()
    found: dict[str, str] = {}
    for row in rows:
        sign = SIGNS.get(row.kind, "")
        count[sign] += 1
        found[row.id] = row.number
        if sign:
            number = count[sign]
            found[row.id] = letters(number) if row.kind is Kind.GAP else f"{sign}{number}"
    return found


def numbered(kind: Kind) -> str:
    """What stands on the first arrow of a kind, for a legend."""
    return "A" if kind is Kind.GAP else f"{SIGNS.get(kind, '')}1"


def letters(number: int) -> str:
    """A number in letters.

    >>> letters(1), letters(26), letters(27)
    ('A', 'Z', 'AA')
    """
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def key_width(page: Page) -> float:
    """How wide a column of the key is: as many of about the same width as the page holds."""
    return _room(page) / _columns(page)


def numbered_key(entries: Sequence[Entry], page: Page) -> NumberedKey:
    """Share out the words of some rows over the columns of a page."""
    columns = _shared_out(entries, _columns(page))
    height = max((sum(entry.height for entry in column) for column in columns), default=0.0)
    return NumberedKey(columns, key_width(page), height)


def _room(page: Page) -> float:
    return page.width - 2 * page.margin


def _columns(page: Page) -> int:
    return max(1, int(_room(page) / (_COLUMN * page.scale)))


def _indent(row: Row, number: str, page: Page) -> float:
    """Where the words begin, to the right of the badges."""
    half = badge_half(page.small, number)
    return 2 * half + (4 + 9 * (len(row.pillars) - 1)) * page.scale


def entry_of(row: Row, number: str, page: Page) -> Entry:
    """The words of a row, in the lines of a column of the key."""
    room = key_width(page) - _indent(row, number, page) - 8 * page.scale
    bracketed = "(" in row.limit
    limit = (f"; {row.limit}" if bracketed else f" ({row.limit})") if row.limit else ""
    codes = f" [{row.wording.codes(row.marks)}]" if row.marks else ""
    what = limited(row.words + limit + codes, page.small, room, _LINES, bold=row.missing)
    detail = limited(row.detail, page.small, room, _LINES - 1)
    words = block_height((*what.lines, *detail.lines), page.small)
    least = 2 * badge_radius(page.small, number) * 1.1
    return Entry(row, number, what, detail, max(words, least) + 3 * page.scale)


def _shared_out(entries: Sequence[Entry], count: int) -> tuple[tuple[Entry, ...], ...]:
    """Fill column after column, so that the highest is as low as can be."""
    highest = max((entry.height for entry in entries), default=0.0)
    low, high = highest, sum(entry.height for entry in entries)
    while high - low > 0.25:
        middle = (low + high) / 2
        if len(_filled(entries, middle)) <= count:
            high = middle
        else:
            low = middle
    return _filled(entries, high + 1e-6)


def _filled(entries: Sequence[Entry], height: float) -> tuple[tuple[Entry, ...], ...]:
    columns: list[list[Entry]] = []
    used = 0.0
    for entry in entries:
        if not columns or used + entry.height > height:
            columns.append([])
            used = 0.0
        columns[-1].append(entry)
        used += entry.height
    return tuple(tuple(column) for column in columns)


def key_items(key: NumberedKey, page: Page, top: float) -> list[Item]:
    """The key, drawn from ``top`` downwards."""
    items: list[Item] = []
    for number, column in enumerate(key.columns):
        left, y = page.margin + number * key.width, top
        for entry in column:
            items += _drawn(entry, left, y, key.width, page)
            y += entry.height
    return items


def _drawn(entry: Entry, left: float, top: float, width: float, page: Page) -> list[Item]:
    k, row, style = page.scale, entry.row, style_of(entry.row)
    middle = top + 5.6 * k
    half = badge_half(page.small, entry.number)
    items = badge(left + half, middle, entry.number, style, page.small * 0.93, id=row.id)
    x = left + _indent(row, entry.number, page)
    for place, further in enumerate(reversed(row.pillars[1:])):
        items += badge(x - (7 + 9 * place) * k, middle, "", PILLARS[further],
                       page.small * 0.62, id=row.id)  # fmt: skip
    room = (x - 1, top - 2, left + width, top + entry.height + 1)
    start = top + 1.2 * k
    bold = row.missing
    items += block(x, start, entry.what.lines, page.small, fill=style.text, bold=bold,
                   anchor=Anchor.LEFT, room=room, role="key", id=row.id)  # fmt: skip
    start += block_height(entry.what.lines, page.small)
    items += block(x, start, entry.detail.lines, page.small, fill=theme.MUTED,
                   anchor=Anchor.LEFT, room=room, role="key-detail", id=row.id)  # fmt: skip
    return items
