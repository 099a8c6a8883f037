"""What surrounds every chart: the title, the legend, the notes, the source and the page number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.ladder_rows import Codes, Note
from interagency.charts.numbering import FROM_ONE, Numbering
from interagency.charts.scene import Anchor, Box, Item, Polyline, Text
from interagency.charts.strokes import arrow, badge, block, block_height, words
from interagency.charts.text import clean, measure, missing, wrap
from interagency.charts.theme import A4, Page, Style
from interagency.charts.wording import Wording

if TYPE_CHECKING:
    from interagency.graph import PlanGraph


@dataclass(frozen=True, slots=True)
class Edition:
    """How a chart comes out: on which paper, with which words around it, in which language."""

    page: Page = A4
    """The paper; see ``theme.PAGES``."""
    title: str | None = None
    """The plan's own title when left out."""
    source: str | None = None
    """The note at the foot; made from the plan when left out."""
    number: str = ""
    """Of the chart in a report, as in "Chart 2b"."""
    language: str | None = None
    """BCP 47 tag; of what the chart says, and of names where the plan has them."""
    numbering: Numbering = FROM_ONE
    """How the handoffs are numbered."""


PLAIN = Edition()
"""On A4, with what the plan says of itself."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around a chart; ``subtitle`` and ``number`` may be empty."""

    title: str
    subtitle: str
    number: str
    source: str
    wording: Wording
    sheet: int = 1
    sheets: int = 1

    @property
    def page_words(self) -> str:
        """``Page 1 of 3``."""
        return self.wording.say("Page {at} of {count}", at=self.sheet, count=self.sheets)

    def told(self, words: str) -> str:
        """What a page says, for those who cannot see it."""
        return f"{self.wording.sentences([self.page_words])} {words}".strip()


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend; words alone where nothing is drawn."""

    words: str
    style: Style | None
    sign: str | None = None
    """What stands in its badge; without a badge where there is none."""
    open_tail: bool = False
    figure: Callable[[float, float, Page], Item] | None = None
    """A shape in place of a badge and an arrow, from a point to the right."""


def frame_of(
    graph: PlanGraph, wording: Wording, edition: Edition, *, about: str, counted: str
) -> Frame:
    """The words around a chart that the plan calls for, where no others are given.

    Args:
        graph: the plan, in the view that is drawn.
        wording: the chart's own words.
        edition: the words that are given.
        about: what the chart shows, as the subtitle says it.
        counted: what was drawn, as the source note says it.
    """
    facts, as_of = graph.plan.facts, graph.view.as_of
    title, source = edition.title, edition.source
    when = wording.say("state of {date}", date=as_of) if as_of else wording.say("all dates")
    made = wording.say(
        "Source: plan '{plan}', {completeness}; drawn: {counts}.",
        plan=facts.id,
        completeness=wording.term(facts.completeness),
        counts=counted,
    )
    return Frame(
        title=clean(title if title is not None else facts.title) or facts.id,
        subtitle=f"{about} ({wording.listed((facts.country or '', when))})",
        number=clean(edition.number),
        source=clean(source if source is not None else made),
        wording=wording,
    )


def audit_source(
    graph: PlanGraph, wording: Wording, *, gaps: int, shown: int, open_: int, settings: str
) -> str:
    """The note at the foot of a chart that does not draw all of an audit.

    Args:
        graph: the plan, in the view that is drawn.
        wording: the chart's own words.
        gaps: how many there are, all of them drawn.
        shown: how many of the troubles that the sources leave open are drawn.
        open_: how many of those there are.
        settings: by what the audit was set, in its own words; empty where by nothing.
    """
    facts = graph.plan.facts
    parts = (
        wording.many(
            "Source: plan '{plan}', {completeness}; {n} handoff.",
            "Source: plan '{plan}', {completeness}; {n} handoffs.",
            len(graph.handoffs),
            plan=facts.id,
            completeness=wording.term(facts.completeness),
        ),
        wording.say(
            "Drawn of the audit: every gap ({gaps}), and the first {shown} of {open} troubles "
            "that the sources leave open.",
            gaps=gaps,
            shown=shown,
            open=open_,
        ),
        wording.say("Settings: {settings}.", settings=settings) if settings else "",
    )
    return " ".join(part for part in parts if part)


def warnings(items: Iterable[Item], wording: Wording) -> tuple[str, ...]:
    """What a reader of a page may miss: words in the language, characters in the fonts."""
    lacking = missing("".join(item.text for item in items if isinstance(item, Text)))
    if not lacking:
        return wording.warnings
    return (
        *wording.warnings,
        f"No bundled font has {' '.join(lacking)}: "
        "whoever looks at the chart needs a font of their own for them.",
    )


def framed(frame: Frame, page: Page) -> tuple[list[Item], Box]:
    """The items around a chart, and the box that is left for it."""
    left, right = page.margin, page.width - page.margin
    title, rule = _title(frame, page)
    items: list[Item] = [
        *title,
        Polyline(
            points=((left, rule), (right, rule)), stroke=theme.INK, stroke_width=0.8, role="rule"
        ),
    ]
    source, top = _source(frame, page)
    return [*items, *source], (left, rule + 7 * page.scale, right, top)


def _title(frame: Frame, page: Page) -> tuple[list[Text], float]:
    """The title block and the height of the rule under it."""
    left, right = page.margin, page.width - page.margin
    aside = measure(frame.number, 9 * page.scale, bold=True) + 12 * page.scale
    size, lines = page.title, wrap(frame.title, page.title, right - left - aside, bold=True)
    shorter = ((0.75, 1), (0.62, 1), (0.55, 3)) if page.projected else ((0.75, 1), (0.55, 3))
    for smaller, most in shorter:
        if len(lines) > most:
            size = page.title * smaller
            lines = wrap(frame.title, size, right - left - aside, bold=True)
    room = (left, 0, right, page.height)
    items = block(
        left, page.margin, lines, size, bold=True, anchor=Anchor.LEFT, room=room, role="title"
    )
    y = page.margin + block_height(lines, size)
    if frame.number:
        number = words(
            right,
            items[0].y,
            frame.number,
            9 * page.scale,
            bold=True,
            anchor=Anchor.RIGHT,
            fill=theme.MUTED,
            role="number",
        )
        items.append(number)
    if frame.subtitle:
        under = wrap(frame.subtitle, page.subtitle, right - left)
        items += block(
            left,
            y,
            under,
            page.subtitle,
            anchor=Anchor.LEFT,
            fill=theme.MUTED,
            room=room,
            role="subtitle",
        )
        y += block_height(under, page.subtitle)
    return items, y + 4 * page.scale


def _source(frame: Frame, page: Page) -> tuple[list[Text], float]:
    """The source note and page number, and where they begin."""
    left, right, bottom = page.margin, page.width - page.margin, page.height - page.margin
    number = frame.page_words
    width = right - left - measure(number, page.small) - 16 * page.scale
    lines = wrap(frame.source, page.small, width)
    top = bottom - max(block_height(lines, page.small), page.small * 1.2)
    items = block(
        left,
        top,
        lines,
        page.small,
        anchor=Anchor.LEFT,
        fill=theme.MUTED,
        room=(left, top - 1, left + width + 1, bottom + 1),
        role="source",
    )
    y = items[-1].y if items else bottom - 2 * page.scale
    return [
        *items,
        words(
            right,
            y,
            number,
            page.small,
            anchor=Anchor.RIGHT,
            fill=theme.MUTED,
            role="page",
        ),
    ], top


def legend(keys: Iterable[Key], page: Page, bottom: float) -> tuple[list[Item], float]:
    """The legend above ``bottom``, in as many lines as it needs, and where it begins."""
    k = page.scale
    step = 13 * k
    lines: list[list[Key]] = [[]]
    x = page.margin
    for key in keys:
        width = _key_width(key, page)
        if lines[-1] and x + width > page.width - page.margin:
            lines.append([])
            x = page.margin
        lines[-1].append(key)
        x += width + 12 * k
    top = bottom - step * len(lines) - 2 * k
    items: list[Item] = []
    for number, line in enumerate(lines):
        x = page.margin
        for key in line:
            items += _key(key, x, top + step * (number + 0.5), page)
            x += _key_width(key, page) + 12 * k
    return items, top - 3 * k


def _key_width(key: Key, page: Page) -> float:
    sign = 17 * page.scale if key.sign is not None or key.figure else 0
    line = 28 * page.scale if key.style else 0
    return sign + line + measure(key.words, page.small, bold=True)


def _key(key: Key, x: float, y: float, page: Page) -> list[Item]:
    """The badge, the arrow and the word of one kind, side by side."""
    k = page.scale
    items: list[Item] = []
    if key.figure:
        items.append(key.figure(x, y, page))
        x += 17 * k
    if key.style and key.sign is not None:
        items += badge(x + 7 * k, y, key.sign, key.style, page.small)
        x += 17 * k
    if key.style:
        ends = [(x + 3 * k, y), (x + 23 * k, y)]
        items += arrow(ends, key.style, open_tail=key.open_tail, role="legend-arrow", scale=k)
        x += 28 * k
    label = words(
        x,
        y + 0.36 * page.small,
        key.words,
        page.small,
        bold=key.style is not None,
        fill=key.style.text if key.style else theme.MUTED,
        role="legend",
    )
    return [*items, label]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of a note, by how far right and down of its beginning they stand."""

    right: float
    down: float
    words: str
    room: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What of the notes must stay together on a page: a line, or a block in columns."""

    height: float
    pieces: tuple[_Piece, ...]


def notes(lines: Iterable[NoteLine], page: Page, top: float) -> list[Item]:
    """Lines of notes from ``top`` downwards."""
    items: list[Item] = []
    for line in lines:
        for piece in line.pieces:
            x = page.margin + piece.right
            items += block(
                x, top + piece.down, (piece.words,), page.small, bold=piece.bold,
                anchor=Anchor.LEFT, fill=theme.INK, role="note",
                room=(x, 0, x + piece.room, page.height),
            )  # fmt: skip
        top += line.height
    return items


def notes_height(lines: Iterable[NoteLine]) -> float:
    """How high notes stand on one another."""
    return sum(line.height for line in lines)


def note_lines(texts: Iterable[Note], page: Page) -> tuple[NoteLine, ...]:
    """Notes, broken into lines of the page's width; what codes mean stands in columns."""
    width = page.width - 2 * page.margin
    found: list[NoteLine] = []
    for text in texts:
        if isinstance(text, Codes):
            found += _in_columns(text, width, page)
        else:
            found += (_line(words, width, page) for words in wrap(text, page.small, width))
    return tuple(found)


def _line(told: str, width: float, page: Page, *, bold: bool = False) -> NoteLine:
    height = block_height((told,), page.small)
    return NoteLine(height, (_Piece(0.0, 0.0, told, width, bold),))


_COLUMN = 225.0
"""About how wide a column of what codes mean is, in points."""
_TOGETHER = 8
"""How many codes of a column stay together on a page."""


def _in_columns(codes: Codes, width: float, page: Page) -> Iterable[NoteLine]:
    """What codes mean: a few blocks, in each of which one reads down a column and then the next."""
    small, k = page.small, page.scale
    yield _line(codes.head, width, page, bold=True)
    count = max(1, int(width / (_COLUMN * k)))
    wide = width / count
    right = max(measure(code, small, bold=True) for code, _ in codes.meanings) + 5 * k
    entries = [(code, wrap(told, small, wide - right - 8 * k)) for code, told in codes.meanings]
    for start in range(0, len(entries), count * _TOGETHER):
        some = entries[start : start + count * _TOGETHER]
        most = -(-len(some) // count)
        pieces: list[_Piece] = []
        heights = []
        for at in range(count):
            down = 0.0
            for code, lines in some[at * most : (at + 1) * most]:
                pieces.append(_Piece(at * wide, down, code, right, bold=True))
                for line in lines:
                    pieces.append(_Piece(at * wide + right, down, line, wide - right))
                    down += block_height((line,), small)
            heights.append(down)
        yield NoteLine(max(heights), tuple(pieces))
