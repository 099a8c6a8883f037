"""How large a ladder's parts are, and which rows and columns go on which page.

Type is never made smaller to fit. What does not fit on one page goes on several: pages end
between pillars where they can, else between stages, else between rows, and only those who take
part in a page's rows stand on it as columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from interagency.charts.ladder_rows import Column, Content, Mark, Row
from interagency.charts.strokes import badge_radius, badge_widening, block_height
from interagency.charts.text import graphemes, measure, widest_word, wrap
from interagency.charts.theme import PILLARS, Page
from interagency.charts.wording import Wording

_HEAD_LINES = 9
_ROW_LINES = 4
_TURNED_DEPTH = 104
"""How far a turned name runs before it is broken, in points."""
_BAND_DEPTH = 84
"""How far the turned name of a sector does."""
HEAD_GAPS = 5.0
"""Between bands and heads, and between heads and panels, together."""
_BETWEEN_STAGES = 100.0
MOST_STRETCH = 1.7
"""How much higher than need be rows are drawn to fill a page."""
_HOLLOW = 0.4
"""More of a page than this stays empty only where nothing else helps: a stage is cut first."""
_HOLLOW_COST = 4 * _BETWEEN_STAGES


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows and columns of one page."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    continues: bool
    """Whether its first pillar began on the page before."""
    within_stage: bool
    """Whether its first stage did."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines, and whether it had to be shortened."""

    lines: tuple[str, ...]
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class RowSize:
    """The lines of a row and the height it needs."""

    label: Lines
    detail: Lines
    beside: bool
    """Whether the detail stands behind the label, on its last line."""
    limit: Lines
    marks: Lines
    label_height: float
    height: float


@dataclass(frozen=True, slots=True)
class Measures:
    """The sizes that all pages of one ladder share."""

    page: Page
    wording: Wording
    tab: float
    numbers: float
    wider: float
    """How much further to each side the badges of long numbers reach."""
    limit: float
    marks: float
    label: float
    grid: float
    stage: float
    panel_gap: float
    panel_least: float
    rows: dict[str, RowSize]
    least: dict[str, float]
    turned: bool
    """Whether heads are read from the side: a last resort, for narrow pages."""

    @property
    def right(self) -> float:
        """Where panels end."""
        return self.page.width - self.page.margin

    @property
    def grid_left(self) -> float:
        """Where columns begin."""
        return self.page.margin + self.tab + self.numbers

    @property
    def marks_left(self) -> float:
        """Where the codes of findings begin."""
        return self.right - self.marks + 2 * self.page.scale

    @property
    def limit_left(self) -> float:
        """Where time limits begin."""
        return self.right - self.marks - self.limit + 6 * self.page.scale

    def head(self, column: Column, width: float) -> tuple[Lines, Lines, Lines]:
        """A column's name, the words in brackets behind it, and its marks, in lines."""
        room = width - 8 * self.page.scale
        if not self.turned:
            return head_lines(column, room, self.page)
        name, extra, _ = head_lines(column, _TURNED_DEPTH * self.page.scale, self.page)
        return name, extra, head_lines(column, room, self.page)[2]


def measures(content: Content, page: Page, *, turned: bool = False) -> Measures:
    """Measure every part once."""
    narrowest = _turned_width if turned else _least_width
    k = page.scale
    most_pillars = max((len(row.pillars) for row in content.rows), default=1)
    wider = max((badge_widening(page.small, row.number) for row in content.rows), default=0.0)
    numbers = (19 + 14.8 * (most_pillars - 1)) * k + 2 * wider
    ours = content.wording
    limit = _limit_width(content.rows, page, ours.say("Time limit"))
    marks = _marks_width(content.rows, page, ours.say("Findings"))
    tab = 16 * k
    grid = page.width - 2 * page.margin - tab - numbers - limit - marks
    label = min(300 * k, grid - 12 * k)
    return Measures(
        page=page,
        wording=ours,
        tab=tab,
        numbers=numbers,
        wider=wider,
        limit=limit,
        marks=marks,
        label=label,
        grid=grid,
        stage=11 * k,
        panel_gap=5 * k,
        panel_least=6 * k
        + max(measure(ours.say(s.word), page.small, bold=True) for s in PILLARS.values()),
        rows={row.id: _row_size(row, page, label, limit, marks) for row in content.rows},
        least={column.id: narrowest(column, page) for column in content.columns},
        turned=turned,
    )


def limited(text: str, size: float, width: float, most: int, *, bold: bool = False) -> Lines:
    """A text in at most so many lines. One that is longer is shortened, and says so.

    It ends after a whole word, unless not even one word of its last line has room.

    >>> limited("one two three four", 10, 30, 2)
    Lines(lines=('one', 'two …'), shortened=True)
    """
    if not text:
        return Lines(())
    lines = wrap(text, size, width, bold=bold)
    if len(lines) <= most:
        return Lines(lines)
    *kept, last = lines[:most]
    letters = graphemes(last)
    while letters and measure("".join(letters).rstrip() + " …", size, bold=bold) > width:
        letters.pop()
    left = "".join(letters)
    if len(left) < len(last) and last[len(left)] != " ":
        left = left[: left.rfind(" ")] if " " in left.strip() else left
    return Lines((*kept, left.rstrip() + " …"), shortened=True)


def head_lines(column: Column, width: float, page: Page) -> tuple[Lines, Lines, Lines]:
    """The lines of an agency's head: its name in bold, what is in brackets behind it, marks."""
    name, extra = _split_name(column.name)
    first = limited(name, page.small, width, _HEAD_LINES, bold=True)
    second = limited(extra, page.small, width, max(1, _HEAD_LINES - len(first.lines)))
    return first, second, mark_lines(column.marks, page.small, width, 4)


def mark_lines(marks: Sequence[Mark], size: float, width: float, most: int) -> Lines:
    """The codes of findings in at most so many lines, or two: no line has gaps and questions."""
    parts = [
        ", ".join(str(mark) for mark in marks if mark.question is question)
        for question in (False, True)
    ]
    first = limited(parts[0], size, width, most if not parts[1] else max(1, most - 1), bold=True)
    second = limited(parts[1], size, width, max(1, most - len(first.lines)), bold=True)
    return Lines((*first.lines, *second.lines), first.shortened or second.shortened)


def _split_name(name: str) -> tuple[str, str]:
    """``Court (first instance)`` as what is bold and what is not."""
    before, bracket, after = name.partition(" (")
    return (before, "(" + after) if bracket and after.endswith(")") else (name, "")


def _limit_width(rows: Sequence[Row], page: Page, head: str) -> float:
    widths = [measure(row.limit, page.small) for row in rows if row.limit]
    if not widths:
        return 0.0
    over = measure(head, page.small, bold=True)
    return max(over, min(max(widths), 80 * page.scale)) + 10 * page.scale


def _marks_width(rows: Sequence[Row], page: Page, head: str) -> float:
    codes = [str(mark) for row in rows for mark in row.marks]
    if not codes:
        return 0.0
    over = measure(head, page.small, bold=True)
    pair = 2 * max(measure(code + ", ", page.small, bold=True) for code in codes)
    return max(over, min(pair, 60 * page.scale)) + 6 * page.scale


def _row_size(row: Row, page: Page, label: float, limit: float, marks: float) -> RowSize:
    k = page.scale
    bold = row.missing
    text = limited(row.words, page.body, label, _ROW_LINES, bold=bold)
    behind = measure(text.lines[-1], page.body, bold=bold) + 5 * k
    beside = behind + measure(row.detail, page.small) <= min(label, 240 * k)
    detail = limited(row.detail, page.small, label, 2)
    limits = limited(row.limit, page.small, max(1.0, limit - 8 * k), _ROW_LINES)
    codes = mark_lines(row.marks, page.small, max(1.0, marks - 4 * k), _ROW_LINES)
    label_height = block_height(text.lines, page.body)
    if not beside:
        label_height += block_height(detail.lines, page.small)
    height = max(
        label_height + 10 * k + loop_height(row, page),
        block_height(limits.lines, page.small) + 4 * k,
        block_height(codes.lines, page.small) + 4 * k,
        2 * badge_radius(page.small) * 1.2 + 3 * k,
    )
    return RowSize(text, detail, beside, limits, codes, label_height, height)


def loop_height(row: Row, page: Page) -> float:
    """How much room the loop of a handoff to oneself needs above its arrow."""
    return 9 * page.scale if row.sender == row.receiver else 0.0


def _least_width(column: Column, page: Page) -> float:
    """The narrowest a column may be: its words whole, its name in six lines or so."""
    k = page.scale
    most = 88 * k
    name, extra = _split_name(column.name)
    widest = max(
        widest_word(name, page.small, bold=True),
        widest_word(extra, page.small),
        widest_word(column.band, page.small, bold=True),
        30 * k,
    )
    width = min(widest, most)
    while width < most and _head_count(column, width, page) > 6:
        width = min(most, width + 6 * k)
    return width + 8 * k + 0.5


def _turned_width(column: Column, page: Page) -> float:
    """The narrowest a column may be whose name is turned: its lines, and its codes upright."""
    k = page.scale
    name, extra, _ = head_lines(column, _TURNED_DEPTH * k, page)
    lines = block_height((*name.lines, *extra.lines), page.small)
    codes = max((measure(f"{mark},", page.small, bold=True) for mark in column.marks), default=0.0)
    return max(lines, codes, 14 * k) + 9 * k


def _head_count(column: Column, width: float, page: Page) -> int:
    return sum(len(part.lines) for part in head_lines(column, width, page))


def head_height(column: Column, width: float, m: Measures) -> float:
    """How high a column's head is."""
    k = m.page.scale
    name, extra, marks = (part.lines for part in m.head(column, width))
    height = block_height((*name, *extra), m.page.small)
    if m.turned:
        height = max(
            max((measure(line, m.page.small, bold=True) for line in (*name, *extra)), default=0.0),
            20 * k,
        )
    return height + block_height(marks, m.page.small) + (3 * k if marks else 0) + 6 * k


def band_turned(words: str, width: float, m: Measures) -> bool:
    """Whether a sector's words must be turned to stand above a narrow column."""
    return m.turned and widest_word(words, m.page.small, bold=True) > width - 5 * m.page.scale


def band_lines(words: str, width: float, m: Measures) -> Lines:
    """The words of a sector's band."""
    small, k = m.page.small, m.page.scale
    if not band_turned(words, width, m):
        return limited(words, small, width - 5 * k, 3, bold=True)
    most, deep = max(1, int((width - 4) / block_height((words,), small))), _BAND_DEPTH * k
    low = widest_word(words, small, bold=True) + 0.5
    lower = (low + step * 6 * k for step in range(int((deep - low) / (6 * k)) + 1))
    room = next((room for room in lower if len(wrap(words, small, room, bold=True)) <= most), deep)
    return limited(words, small, room, most, bold=True)


def band_height(words: str, width: float, m: Measures) -> float:
    """How high a sector's band is."""
    lines = band_lines(words, width, m).lines
    if band_turned(words, width, m):
        widths = (measure(line, m.page.small, bold=True) for line in lines)
        return max(widths, default=0.0) + 6 * m.page.scale
    return block_height(lines, m.page.small) + 3 * m.page.scale


def sheets(content: Content, m: Measures, height: float, foot: float = 0) -> tuple[Sheet, ...]:
    """Share the rows out over as few pages as can be, ending pages at good places.

    Args:
        content: what there is to draw.
        m: the sizes of its parts.
        height: how much room a page has for heads and rows.
        foot: how much of it the notes on the last page need.
    """
    rows = content.rows
    if not rows:
        return (Sheet((), (), continues=False, within_stage=False),)
    starts = _page_starts(content, m, height, foot if foot < height / 3 else 0)
    cuts = [len(rows)]
    while cuts[-1] > 0:
        cuts.append(starts[cuts[-1]])
    return tuple(_sheet(content, start, end) for start, end in pairwise(reversed(cuts)))


def _sheet(content: Content, start: int, end: int) -> Sheet:
    rows = content.rows[start:end]
    named = {name for row in rows for name in (row.sender, row.receiver)}
    columns = tuple(column for column in content.columns if column.id in named)
    cost = _break_cost(content.rows, start)
    return Sheet(rows, columns, continues=cost > 0, within_stage=cost > _BETWEEN_STAGES)


def _break_cost(rows: Sequence[Row], at: int) -> float:
    """How bad it is to begin a page with this row."""
    if at == 0 or rows[at - 1].pillar is not rows[at].pillar:
        return 0
    return _BETWEEN_STAGES if rows[at - 1].stage is not rows[at].stage else 3 * _BETWEEN_STAGES


def _page_starts(content: Content, m: Measures, height: float, foot: float) -> list[int]:
    """For each end of a page, the start that makes all pages up to it the best."""
    rows = content.rows
    heads = {c.id: head_height(c, m.least[c.id], m) for c in content.columns}
    bands = {c.id: band_height(c.band, m.least[c.id], m) for c in content.columns}
    cost = [0.0] + [float("inf")] * len(rows)
    starts = [max(0, end - 1) for end in range(len(rows) + 1)]
    for end in range(1, len(rows) + 1):
        on_page: set[str] = set()
        head = band = wide = 0.0
        room = height - foot if end == len(rows) else height
        for start, high in zip(
            range(end - 1, -1, -1), heights_upwards(rows[:end], m), strict=False
        ):
            for name in (rows[start].sender, rows[start].receiver):
                if name not in on_page:
                    head, band = max(head, heads[name]), max(band, bands[name])
                    wide += m.least[name]
                    on_page.add(name)
            used = high + head + band + HEAD_GAPS * m.page.scale
            fits = used <= room and wide <= m.grid
            if not fits and start < end - 1:
                break
            empty = max(0.0, 1 - used / room)
            here = cost[start] + 10_000 + _break_cost(rows, start) + 60 * empty * empty
            if empty - (MOST_STRETCH - 1) * high / room > _HOLLOW:
                here += _HOLLOW_COST
            if here < cost[end]:
                cost[end], starts[end] = here, start
    return starts


def heights_upwards(rows: Sequence[Row], m: Measures) -> Iterator[float]:
    """How high the last row is, the last two, and so on up to all."""
    below, panel = 0.0, 0.0
    after: Row | None = None
    for row in reversed(rows):
        if after is None or after.pillar is not row.pillar:
            below += max(panel, m.panel_least) + m.panel_gap if after else 0.0
            panel = m.stage
        elif after.stage is not row.stage:
            panel += m.stage
        panel += m.rows[row.id].height
        after = row
        yield below + max(panel, m.panel_least)


def rows_height(rows: Sequence[Row], m: Measures) -> float:
    """How high rows are together, with the names of their stages and the gaps of panels."""
    return max(heights_upwards(rows, m), default=m.panel_least)


def column_widths(columns: Sequence[Column], m: Measures) -> list[float]:
    """Share the grid out: everyone's least width, the rest to those with long names.

    The wish of a column grows with the length of its name; all wishes are scaled by one factor
    so that the widths add up to the grid.
    """
    least = [m.least[column.id] for column in columns]
    wishes = [
        measure(column.name, m.page.small, bold=True) + 90 * m.page.scale for column in columns
    ]
    low, high = 0.0, m.grid / min(wishes)
    for _ in range(40):
        factor = (low + high) / 2
        if sum(map(max, least, (wish * factor for wish in wishes))) > m.grid:
            high = factor
        else:
            low = factor
    return [max(narrow, wish * low) for narrow, wish in zip(least, wishes, strict=True)]
