"""A grid of rows and columns with heads, bands and cells, cut into as many pages as it needs.

Heads stand on every page. Columns are as wide as what stands in them; where their names fit
upright they stand upright, else they are turned. Pages end between bands where they can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

from interagency.charts import theme
from interagency.charts.booklet import Leaf
from interagency.charts.ladder_pages import Lines, limited
from interagency.charts.scene import Anchor, Box, Item, Polyline, Rect, Text
from interagency.charts.strokes import block, block_height, turned_block, words
from interagency.charts.text import measure, widest_word, wrap
from interagency.charts.theme import Page
from interagency.charts.wording import ENGLISH, Wording, beginning, marked

_DEPTH = 104.0
"""How far a turned name runs before it is broken, at most, in points."""
_WIDER = (0.0, 30.0, 60.0, 90.0)
"""How much more room than usual names of rows may have, in points; what is first is tried first."""
_UPRIGHT_LINES = 6
_NAME_LINES = 5
_MOST_WIDE = 78.0
_ACROSS = 400.0
_MOST_STRETCH = 1.5
_BAND = attrgetter("band", "fill")
_COLUMNS = (
    marked("column {first} of {count}"),
    marked("columns {first} to {last} of {count}"),
)
_ROWS = (marked("row {first} of {count}"), marked("rows {first} to {last} of {count}"))


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column: its name, and the band it stands in."""

    id: str
    name: str
    band: str
    fill: str = theme.BAND
    """The colour behind the band's white words."""
    tint: str | None = None
    """What lies behind a whole row."""
    sum: str = ""
    """What stands at its far end."""
    across: str = ""
    """Of a row: words that stand in place of all its cells, beside the first columns."""


@dataclass(frozen=True, slots=True)
class _Column:
    axis: Axis
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class _Line:
    axis: Axis
    top: float
    height: float


@dataclass(frozen=True)
class Grid:
    """What a matrix is made of; ``leaves`` draws it.

    Attributes:
        page: the paper.
        room: the box it may fill on each page.
        rows: from above downwards.
        columns: from left to right.
        cell_least: how wide a column must be for what stands in it.
        cell_height: how high a cell of that width must be.
        cell: draws a cell into a box.
        filled: whether anything stands in a cell; where columns are shared out over pages, each
            page has the rows only that have something on it.
        told: a page in sentences.
        corner: words about rows, and about columns, in the corner.
        sums: what stands over the rows' sums; there are none where it is empty.
        turned_bands: whether the bands of rows are read from the side.
        wording: the chart's own words.
    """

    page: Page
    room: Box
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cell_least: Callable[[str], float]
    cell_height: Callable[[str, str, float], float]
    cell: Callable[[str, str, Box], Iterable[Item]]
    filled: Callable[[str, str], bool]
    told: Callable[[Sequence[Axis], Sequence[Axis]], str]
    corner: tuple[str, str] = ("", "")
    sums: str = ""
    turned_bands: bool = False
    wording: Wording = ENGLISH
    wider: float = 0.0
    """How much more room than usual the names of rows have, in points."""
    banded: bool = True
    """Whether there are bands over columns."""

    # --- sizes ----------------------------------------------------------------------------------

    @property
    def _k(self) -> float:
        return self.page.scale

    @property
    def _small(self) -> float:
        return self.page.small

    @cached_property
    def _band_width(self) -> float:
        """Of the bands of rows: wide enough for their longest word, as far as there is room."""
        k = self._k
        if self.turned_bands:
            return 16 * k
        longest = max(
            (widest_word(row.band, self._small, bold=True) for row in self.rows), default=0.0
        )
        return max(66 * k, min(longest + 6 * k, 100 * k))

    @property
    def _name_width(self) -> float:
        usual = 118 if self.page.width < 700 * self._k else 136
        return (usual + self.wider) * self._k

    @cached_property
    def _sum_width(self) -> float:
        if not self.sums:
            return 0.0
        widest = max((measure(row.sum, self._small) for row in self.rows), default=0.0)
        return max(widest, measure(self.sums, self._small, bold=True)) + 8 * self._k

    @cached_property
    def _depth(self) -> float:
        """How far a turned name runs before it is broken: less on a low page."""
        widest = max(widest_word(axis.name, self._small, bold=True) for axis in self.columns)
        low = max(0.23 * (self.room[3] - self.room[1]), widest + 0.5)
        return min(_DEPTH * self._k, low)

    @property
    def _left(self) -> float:
        """Where cells begin."""
        return self.room[0] + self._band_width + self._name_width

    @property
    def _across(self) -> float:
        """How wide all cells together may be."""
        return self.room[2] - self._left - self._sum_width

    @cached_property
    def _upright(self) -> bool:
        """Whether all names of columns fit beside one another as they are."""
        return sum(self._upright_width(column) for column in self.columns) <= self._across

    def _upright_width(self, column: Axis) -> float:
        k, small = self._k, self._small
        words_wide = max(
            widest_word(column.name, small, bold=True), widest_word(column.band, small, bold=True)
        )
        width = max(self.cell_least(column.id), words_wide + 7 * k, 30 * k)
        while len(limited(column.name, small, width - 6 * k, 99, bold=True).lines) > _UPRIGHT_LINES:
            width += 8 * k
        return width

    def _turned_width(self, column: Axis) -> float:
        lines = self._name_lines(column, 0).lines
        return max(self.cell_least(column.id), block_height(lines, self._small) + 6 * self._k)

    def _least(self, column: Axis) -> float:
        return self._upright_width(column) if self._upright else self._turned_width(column)

    def _name_lines(self, column: Axis, width: float) -> Lines:
        """The name of a column in lines; turned where there is no width for it."""
        upright = width > 0 and self._upright
        room = width - 6 * self._k if upright else self._depth
        most = 9 if upright else 6
        return limited(column.name, self._small, room, most, bold=True)

    def _row_name(self, row: Axis) -> Lines:
        room = self._name_width - 9 * self._k
        return limited(row.name, self._small, room, _NAME_LINES, bold=True)

    # --- sharing out over pages -----------------------------------------------------------------

    @cached_property
    def _column_blocks(self) -> list[list[_Column]]:
        """The columns of each page, with their places."""
        least = {column.id: self._least(column) for column in self.columns}

        def used(some: Sequence[Axis]) -> float:
            return sum(least[column.id] for column in some)

        most = max([_MOST_WIDE * self._k, *least.values()])
        if any(row.across for row in self.rows):  # words need a width that few cells do not have
            most = max(most, _ACROSS * self._k / max(1, len(self.columns)))
        return [
            self._placed(some, [least[column.id] for column in some], most)
            for some in _shared_out(self.columns, used, self._across)
        ]

    def _placed(
        self, columns: Sequence[Axis], least: Sequence[float], most: float
    ) -> list[_Column]:  # fmt: skip
        """Columns side by side; free width is shared, up to a most for each."""
        free = (self._across - sum(least)) / max(1, len(columns))
        left, found = self._left, []
        for column, narrow in zip(columns, least, strict=True):
            width = max(narrow, min(most, narrow + max(0.0, free)))
            found.append(_Column(column, left, width))
            left += width
        return found

    def _across_lines(self, row: Axis) -> tuple[str, ...]:
        """The words in place of a row's cells, in lines."""
        last = self._column_blocks[0][-1]
        width = last.left + last.width - self._left - 8 * self._k
        return wrap(row.across, self._small, width)

    def _row_height(self, row: Axis) -> float:
        if row.across:
            told = (self._across_lines(row), self._row_name(row).lines)
            return max(block_height(lines, self._small) for lines in told) + 6 * self._k
        cells = (
            self.cell_height(row.id, column.axis.id, column.width)
            for columns in self._column_blocks
            for column in columns
        )
        name = block_height(self._row_name(row).lines, self._small) + 4 * self._k
        return max(name, *cells, 11 * self._k) if self._column_blocks else name

    @cached_property
    def _row_heights(self) -> dict[str, float]:
        return {row.id: self._row_height(row) for row in self.rows}

    def _heights(self, rows: Sequence[Axis]) -> list[float]:
        """The heights of rows that stand together: their bands must find room as well."""
        found: list[float] = []
        for _, group in groupby(rows, key=_BAND):
            some = list(group)
            least = [self._row_heights[row.id] for row in some]
            lacking = max(0.0, self._band_height(some[0]) - sum(least)) / len(some)
            found += [height + lacking for height in least]
        return found

    def _band_height(self, row: Axis) -> float:
        k = self._k
        if self.turned_bands:
            return measure(row.band, self._small, bold=True) + 8 * k
        lines = self._band_lines(row, self._band_width)
        return block_height(lines, self._small) + 4 * k

    def _band_lines(self, axis: Axis, width: float) -> tuple[str, ...]:
        return limited(axis.band, self._small, width - 5 * self._k, 5, bold=True).lines

    @cached_property
    def _head_height(self) -> float:
        placed = [column for columns in self._column_blocks for column in columns]
        if not self._upright:
            widths = (
                measure(line, self._small, bold=True)
                for column in placed
                for line in self._name_lines(column.axis, column.width).lines
            )
            return max(self._corner_height, max(widths, default=0.0) + 8 * self._k)
        names = max(
            block_height(self._name_lines(column.axis, column.width).lines, self._small)
            for column in placed
        )
        return max(self._corner_height, names + 6 * self._k)

    @property
    def _corner_height(self) -> float:
        """How high the words in the corner are, one over the other."""
        lines = [line for some in self._corner_lines for line in some]
        return block_height(lines, self._small) + 6 * self._k if lines else 0.0

    @property
    def _corner_lines(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is said of rows, and of columns."""
        width = self._name_width - 9 * self._k
        rows, columns = (
            limited(words, self._small, width, 4, bold=True).lines for words in self.corner
        )
        return rows, columns

    @cached_property
    def _top_band_height(self) -> float:
        if not self.banded:
            return 0.0
        depths = [
            self._top_band(axis, width)[1]
            for columns in self._column_blocks
            for axis, _, width in _bands(columns)
        ]
        return max(depths, default=0.0) + 5 * self._k

    def _top_band(self, axis: Axis, width: float) -> tuple[tuple[str, ...], float, bool]:
        """The lines of a band over columns, how deep they are, and whether they are turned."""
        small, k = self._small, self._k
        turned = widest_word(axis.band, small, bold=True) > width - 5 * k
        if not turned:
            lines = limited(axis.band, small, width - 5 * k, 4, bold=True).lines
            return lines, block_height(lines, small), False
        most = max(1, int((width - 4 * k) / block_height((axis.band,), small)))
        depth = max(self._depth / 2, widest_word(axis.band, small, bold=True) + 0.5)
        while True:
            found = limited(axis.band, small, depth, most, bold=True)
            if not found.shortened or depth > 150 * k:
                deepest = max(measure(line, small, bold=True) for line in found.lines)
                return found.lines, deepest, True
            depth += 10 * k

    @cached_property
    def count(self) -> int:
        """How many pages it takes."""
        return sum(len(blocks) for _, _, blocks in self._pages())

    # --- drawing ----------------------------------------------------------------------------------

    @property
    def _cells_top(self) -> float:
        return self.room[1] + self._top_band_height + self._head_height + 2 * self._k

    def _pages(self) -> Iterator[tuple[list[_Column], list[Axis], list[list[Axis]]]]:
        """Each block of columns, the rows that have part in it, and these by pages."""
        height = self.room[3] - self._cells_top
        for columns in self._column_blocks:
            axes = [column.axis for column in columns]
            there = [row for row in self.rows if self._stands(row, axes)]
            blocks = _shared_out(there, lambda some: sum(self._heights(some)), height)
            yield columns, there, blocks

    def leaves(self) -> Iterator[Leaf]:
        """The pages, column block by column block, each with the rows that have part in it."""
        for columns, there, blocks in self._pages():
            axes = [column.axis for column in columns]
            for rows in blocks:
                items, end = self._leaf(rows, columns)
                part = self.wording.clauses(
                    (
                        self._part(_COLUMNS, axes, self.columns),
                        self._part(_ROWS, rows, there),
                    )
                )
                yield Leaf(items, end, self.told(rows, axes), beginning(part))

    def _stands(self, row: Axis, columns: Sequence[Axis]) -> bool:
        """Whether a row has part in the columns of a page."""
        if row.across:
            return columns[0] == self.columns[0]
        return any(self.filled(row.id, column.id) for column in columns)

    def _part(self, words: tuple[str, str], some: Sequence[Axis], every: Sequence[Axis]) -> str:
        """Which of the rows or columns stand on a page; nothing where all do."""
        if len(some) == len(every):
            return ""
        first = every.index(some[0]) + 1
        last = first + len(some) - 1
        one, several = words
        if last == first:
            return self.wording.say(one, first=first, count=len(every))
        return self.wording.say(several, first=first, last=last, count=len(every))

    def _leaf(
        self, rows: Sequence[Axis], columns: Sequence[_Column]
    ) -> tuple[list[Item], float]:  # fmt: skip
        top, bottom = self._cells_top, self.room[3]
        heights = self._heights(rows)
        stretch = min(_MOST_STRETCH, max(1.0, (bottom - top) / max(1.0, sum(heights))))
        lines, y = [], top
        for row, height in zip(rows, heights, strict=True):
            lines.append(_Line(row, y, height * stretch))
            y += height * stretch
        right = columns[-1].left + columns[-1].width if columns else self._left
        items: list[Item] = [*self._tints(lines, right)]
        items += self._rules(lines, columns, right)
        items += self._top_heads(columns)
        items += self._side_heads(lines)
        if self.sums:
            items += self._sums(lines, right)
        for line in lines:
            if line.axis.across:
                items += self._across_words(line, right)
                continue
            for column in columns:
                box = (column.left, line.top, column.left + column.width, line.top + line.height)
                items += self.cell(line.axis.id, column.axis.id, box)
        return items, y

    def _across_words(self, line: _Line, right: float) -> Iterator[Item]:
        """Words in place of the cells of a row, over the lines between columns."""
        box = (self._left + 0.5, line.top + 0.5, right - 0.5, line.top + line.height - 0.5)
        yield _filled_box(box, line.axis.tint or theme.PAPER, "plate")
        lines = self._across_lines(line.axis)
        top = line.top + (line.height - block_height(lines, self._small)) / 2
        yield from block(
            self._left + 4 * self._k, top, lines, self._small, anchor=Anchor.LEFT, room=box,
            role="across", id=line.axis.id,
        )  # fmt: skip

    def _tints(self, lines: Sequence[_Line], right: float) -> Iterator[Item]:
        left = self.room[0] + self._band_width
        for line in lines:
            if line.axis.tint:
                yield Rect(
                    x=left, y=line.top, width=right + self._sum_width - left, height=line.height,
                    fill=line.axis.tint, role="row-tint", id=line.axis.id,
                )  # fmt: skip

    def _rules(
        self, lines: Sequence[_Line], columns: Sequence[_Column], right: float
    ) -> Iterator[Item]:
        """Hairlines between cells, darker ones between bands."""
        left, top = self.room[0] + self._band_width, self._cells_top
        bottom = lines[-1].top + lines[-1].height if lines else top
        edge = right + self._sum_width
        for before, line in zip([None, *lines], lines, strict=False):
            new = before is None or _BAND(before.axis) != _BAND(line.axis)
            yield _rule(((left, line.top), (edge, line.top)), new)
        yield _rule(((left, bottom), (edge, bottom)), True)
        head = top - self._head_height
        for one, column in zip([None, *columns], columns, strict=False):
            new = one is None or _BAND(one.axis) != _BAND(column.axis)
            yield _rule(((column.left, head), (column.left, bottom)), new)
        yield _rule(((right, head), (right, bottom)), True)

    def _top_heads(self, columns: Sequence[_Column]) -> Iterator[Item]:
        """Bands, and under them the names of the columns."""
        top, gap = self.room[1], 1.0
        bottom = top + self._top_band_height
        for axis, left, width in _bands(columns) if self.banded else ():
            box = (left + gap, top, left + width - gap, bottom)
            lines, _, turned = self._top_band(axis, width)
            yield _filled_box(box, axis.fill, "band")
            yield from self._words(lines, box, turned=turned, fill=theme.PAPER, role="band-text")
        for column in columns:
            box = (column.left + 1, bottom + 1, column.left + column.width - 1, self._cells_top - 1)
            yield _filled_box(box, theme.HEAD, "head", column.axis.id)
            lines = self._name_lines(column.axis, column.width).lines
            yield from self._words(
                lines, box, turned=not self._upright, low=True,
                fill=theme.INK, role="column-name", id=column.axis.id,
            )  # fmt: skip
        yield from self._corner()

    def _words(
        self,
        lines: Sequence[str],
        box: Box,
        *,
        turned: bool,
        fill: str,
        role: str,
        id: str = "",
        low: bool = False,
    ) -> list[Text]:
        """Bold words in the middle of a box; turned ones may begin at its lower edge."""
        left, top, right, bottom = box
        height = block_height(lines, self._small)
        across = (left + right) / 2
        if not turned:
            return block(
                across, (top + bottom - height) / 2, lines, self._small, bold=True,
                fill=fill, room=box, role=role, id=id,
            )  # fmt: skip
        if not low:
            return turned_block(
                across - height / 2, (top + bottom) / 2, lines, self._small, bold=True,
                fill=fill, room=box, role=role, id=id,
            )  # fmt: skip
        found: list[Text] = []
        for line in lines:
            middle = bottom - 3 * self._k - measure(line, self._small, bold=True) / 2
            before = block_height(lines[: len(found)], self._small)
            found += turned_block(
                across - height / 2 + before, middle, [line], self._small, bold=True,
                fill=fill, room=box, role=role, id=id,
            )  # fmt: skip
        return found

    def _corner(self) -> Iterator[Item]:
        """What rows and what columns are, where their heads meet."""
        left, k = self.room[0] + self._band_width, self._k
        low = self._cells_top - 4 * k
        down, across = self._corner_lines
        for lines, top, x, anchor in (
            (across, self._cells_top - self._head_height, self._left - 5 * k, Anchor.RIGHT),
            (down, low - block_height(down, self._small), left + 4 * k, Anchor.LEFT),
        ):
            yield from block(
                x, top, lines, self._small, bold=True, fill=theme.MUTED, anchor=anchor,
                role="corner",
            )  # fmt: skip

    def _side_heads(self, lines: Sequence[_Line]) -> Iterator[Item]:
        """Bands, and beside them the names of the rows."""
        left, k = self.room[0], self._k
        for _, group in groupby(lines, key=lambda line: _BAND(line.axis)):
            some = list(group)
            end = some[-1].top + some[-1].height
            box = (left, some[0].top + 0.5, left + self._band_width - 1.5, end - 0.5)
            axis = some[0].axis
            yield _filled_box(box, axis.fill, "band")
            lines_shown = (
                (axis.band,) if self.turned_bands else self._band_lines(axis, self._band_width)
            )
            yield from self._words(
                lines_shown, box, turned=self.turned_bands, fill=theme.PAPER, role="band-text"
            )
        for line in lines:
            names = self._row_name(line.axis).lines
            top = line.top + (line.height - block_height(names, self._small)) / 2
            x = left + self._band_width + 4 * k
            room = (x - 1, line.top, self._left - 1, line.top + line.height)
            yield from block(
                x, top, names, self._small, bold=True, anchor=Anchor.LEFT, room=room,
                role="row-name", id=line.axis.id,
            )  # fmt: skip

    def _sums(self, lines: Sequence[_Line], right: float) -> Iterator[Item]:
        middle = right + self._sum_width / 2
        yield words(
            middle, self._cells_top - 4 * self._k, self.sums, self._small, bold=True,
            anchor=Anchor.MIDDLE, fill=theme.MUTED, role="sum-head",
        )  # fmt: skip
        for line in lines:
            yield words(
                middle, line.top + line.height / 2 + 0.36 * self._small, line.axis.sum,
                self._small, anchor=Anchor.MIDDLE, role="sum", id=line.axis.id,
            )  # fmt: skip

    def in_full(self) -> Iterator[str]:
        """The names that had to be shortened."""
        shortened = [row.name for row in self.rows if self._row_name(row).shortened]
        shortened += [
            column.axis.name
            for columns in self._column_blocks
            for column in columns
            if self._name_lines(column.axis, column.width).shortened
        ]
        return (
            self.wording.say("Name in full: {name}", name=name) for name in dict.fromkeys(shortened)
        )


def fewest_pages(grid: Grid) -> Grid:
    """The same grid with as much room for the names of rows as spares pages.

    Bands over columns are left out where that spares a quarter: on low pages heads take what rows
    need.
    """
    if grid.count == 1:
        return grid
    roomy = [replace(grid, wider=wider) for wider in _WIDER]
    best = min(roomy, key=lambda one: one.count)
    bare = min((replace(one, banded=False) for one in roomy), key=lambda one: one.count)
    return bare if 4 * bare.count <= 3 * best.count else best


def _bands(columns: Sequence[_Column]) -> Iterator[tuple[Axis, float, float]]:
    """Each band over columns: one of its columns, where it begins, and how wide it is."""
    for _, group in groupby(columns, key=lambda column: _BAND(column.axis)):
        some = list(group)
        yield some[0].axis, some[0].left, sum(column.width for column in some)


def _rule(points: tuple[tuple[float, float], tuple[float, float]], strong: bool) -> Polyline:
    colour, width = (theme.LIFELINE, 0.8) if strong else (theme.HAIRLINE, 0.5)
    return Polyline(points=points, stroke=colour, stroke_width=width, role="grid")


def _filled_box(box: Box, fill: str, role: str, id: str = "") -> Rect:
    left, top, right, bottom = box
    return Rect(x=left, y=top, width=right - left, height=bottom - top, fill=fill, role=role, id=id)


def _shared_out(
    axes: Sequence[Axis], used: Callable[[Sequence[Axis]], float], room: float
) -> list[list[Axis]]:
    """As few runs as can be, none longer than the room, about equal, cut between bands if may be.

    >>> one, two = Axis("a", "A", "x"), Axis("b", "B", "y")
    >>> [[axis.id for axis in some] for some in _shared_out((one, two), len, 1)]
    [['a'], ['b']]
    """
    cost = [0.0] + [float("inf")] * len(axes)
    starts = [0] * (len(axes) + 1)
    for end in range(1, len(axes) + 1):
        for start in range(end - 1, -1, -1):
            length = used(axes[start:end])
            if length > room and start < end - 1:
                break
            cut = start > 0 and _BAND(axes[start - 1]) == _BAND(axes[start])
            empty = max(0.0, 1 - length / room)
            here = cost[start] + 10_000 + 30 * cut + 60 * empty * empty
            if here < cost[end]:
                cost[end], starts[end] = here, start
    cuts = [len(axes)]
    while cuts[-1] > 0:
        cuts.append(starts[cuts[-1]])
    return [list(axes[start:end]) for start, end in pairwise(reversed(cuts))]
