"""The matrix of functions: who leads, who supports, who does not, and what nobody looked at.

Functions are rows under the three Ps and what holds them all up; agencies are columns by sector.
A row that nobody leads is tinted: a gap where that is known, a question where it is not. Functions
of which nothing is written share a row for each P, so that what is written can be taken in at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from interagency.charts import theme
from interagency.charts.booklet import Leaf, Sign, badge_sign, booklet, nothing_drawn
from interagency.charts.frame import PLAIN, Edition
from interagency.charts.ladder_rows import SECTOR_ORDER, Column, wording_of
from interagency.charts.matrix_grid import Axis, Grid, fewest_pages
from interagency.charts.scene import Anchor, Box, Circle, Item, Polyline, Scene
from interagency.charts.strokes import words
from interagency.charts.text import clean
from interagency.charts.theme import MISSING, NOT_STATED, PILLARS, Page
from interagency.charts.wording import Wording, beginning, marked
from interagency.conformance import Mark
from interagency.conformance import functions as matrix_of
from interagency.vocabulary import Function, Pillar

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph
    from interagency.model import Agency

_HOLDS = frozenset({Mark.LEAD, Mark.SUPPORT})
_WORDS = {
    Mark.LEAD: marked("leads"),
    Mark.SUPPORT: marked("takes part"),
    Mark.LACKS: marked("does not hold it"),
    Mark.NOT_ASSESSED: marked("not stated"),
}


def functions(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    edition: Edition = PLAIN,
) -> tuple[Scene, ...]:
    """Draw who holds which function, on as many pages as it needs.

    Args:
        graph: the plan, in the view to be drawn; of a view of some pillars, their functions.
        findings: not drawn; here so that all views are called alike.
        edition: how it comes out.

    >>> import interagency
    >>> pages = functions(interagency.load("nepal").only("prevent"))
    >>> "Recruitment regulation" in [text.text for page in pages for text in page.texts()]
    True
    """
    page, language = edition.page, edition.language
    ours = wording_of(graph, language)
    cells = _Cells(graph, page, language, ours)
    held = sum(bool(_HOLDS.intersection(marks.values())) for marks in cells.marks.values())
    book = booklet(
        graph, edition, _signs(cells, page), ours, about=ours.say("Who holds which function"),
        counted=ours.many(
            "{n} function, of which {held} have a holder",
            "{n} functions, of which {held} have a holder", len(cells.marks), held=held,
        ),
    )  # fmt: skip
    grid = Grid(
        page=page,
        room=book.room(),
        rows=tuple(cells.rows()),
        columns=tuple(Axis(c.id, c.name, c.band) for c in cells.shown),
        cell_least=lambda agency: 13 * page.scale,
        cell_height=lambda function, agency, width: 12.5 * page.scale,
        cell=cells.drawn,
        filled=cells.written,
        told=cells.told,
        corner=(ours.say("Function"), ours.say("Agency")),
        sums=ours.say("Lead"),
        wording=ours,
        turned_bands=True,
    )
    if not grid.columns:
        return book.bound([nothing_drawn(book, ours.say("There is no agency to draw."))])

    def draw(room: Box) -> tuple[list[Leaf], tuple[str, ...]]:
        best = fewest_pages(replace(grid, room=room))
        return list(best.leaves()), (*cells.notes(), *best.in_full())

    return book.settled(draw)


def _signs(cells: _Cells, page: Page) -> Iterable[Sign]:
    """What stands on the chart."""
    say = cells.ours.say
    marks = {mark for row in cells.marks.values() for mark in row.values()}
    for mark, told in _WORDS.items():
        if mark in marks:
            half = 5.2 * page.scale
            yield Sign(say(told), 2 * half, _Draw(mark, half, page, mark is cells.silent))
    tints = {row.tint for row in cells.rows()}
    if MISSING.tint in tints:
        yield badge_sign(say("Nobody leads it: a gap"), "!", MISSING, page)
    if NOT_STATED.tint in tints:
        yield badge_sign(say("Nobody is stated to lead it"), "?", NOT_STATED, page)


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws a mark for the legend, by the same strokes as in a cell."""

    mark: Mark
    half: float
    page: Page
    faint: bool

    def __call__(self, x: float, y: float) -> Iterable[Item]:
        return _sign(self.mark, x + self.half, y, self.page, faint=self.faint)


def _sign(
    mark: Mark, x: float, y: float, page: Page, id: str = "", *, faint: bool = False
) -> Iterable[Item]:
    """A full disc with L, a ring with S, a bar, or a dot, about a point.

    A bar is faint where it stands for all that a complete plan does not write: what is held is to
    be seen first.
    """
    k = page.scale
    if mark is Mark.LACKS:
        half, stroke, width = (1.8, theme.LIFELINE, 0.8) if faint else (3.2, theme.INK, 1.4)
        ends = ((x - half * k, y), (x + half * k, y))
        yield Polyline(points=ends, stroke=stroke, stroke_width=width, role="lacks", id=id)
        return
    if mark is Mark.NOT_ASSESSED:
        yield Circle(x=x, y=y, radius=0.9 * k, fill=theme.LIFELINE, role="not-assessed", id=id)
        return
    lead = mark is Mark.LEAD
    yield Circle(
        x=x, y=y, radius=5.2 * k, fill=theme.INK if lead else theme.PAPER, stroke=theme.INK,
        stroke_width=0.9, role=mark.name.lower(), id=id,
    )  # fmt: skip
    yield words(
        x, y + 2.4 * k, mark.value, page.small, bold=True, anchor=Anchor.MIDDLE,
        fill=theme.PAPER if lead else theme.INK, role="mark", id=id,
    )  # fmt: skip


@dataclass(frozen=True)
class _Cells:
    """Which mark stands where."""

    graph: PlanGraph
    page: Page
    language: str | None
    ours: Wording

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The agencies by sector, then as in the file."""
        last = len(SECTOR_ORDER)

        def place(agency: Agency) -> int:
            return SECTOR_ORDER.index(agency.sector) if agency.sector else last

        return tuple(
            Column(
                a.id,
                clean(a.names.get(self.language or "", a.name)) or a.id,
                a.sector,
                False,
                wording=self.ours,
            )
            for a in sorted(self.graph.agencies, key=place)
        )

    @cached_property
    def marks(self) -> Mapping[Function, Mapping[str, Mark]]:
        """For each function, by pillar: the mark of each agency."""
        found = matrix_of(self.graph, self.graph.view.pillars or ())
        pillars = (*Pillar, None)
        rows = sorted(found.rows, key=lambda row: pillars.index(row[0].pillar))
        ids = [agency.id for agency in found.agencies]
        return {function: dict(zip(ids, marks, strict=True)) for function, marks in rows}

    @cached_property
    def silent(self) -> Mark:
        """The mark of those of whom nothing is written."""
        return Mark.LACKS if self.graph.complete else Mark.NOT_ASSESSED

    def written(self, function: str, agency: str) -> bool:
        """Whether the plan says anything of that agency and that function."""
        return self.marks[Function(function)][agency] is not self.silent

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """The agencies of whose functions anything is written; all, where nothing is of any."""
        some = tuple(
            column
            for column in self.columns
            if any(self.written(function, column.id) for function in self.marks)
        )
        return some or self.columns

    def notes(self) -> Iterable[str]:
        """Who is left out."""
        silent = [column.name for column in self.columns if column not in self.shown]
        if silent:
            who = marked("No function is stated of: {names}.")
            if self.graph.complete:
                who = marked("No function is theirs: {names}.")
            yield self.ours.say(who, names=self.ours.clauses(silent))

    def rows(self) -> Iterable[Axis]:
        """The functions of each P, then in one row those of which nothing is written."""
        for pillar, some in groupby(self.marks, key=lambda function: function.pillar):
            every = tuple(some)
            known = [f for f in every if any(self.written(f, c.id) for c in self.columns)]
            yield from (self._row(function) for function in known)
            if silent := [function for function in every if function not in known]:
                yield self._silent_row(pillar, silent)

    def _row(self, function: Function) -> Axis:
        """One function, tinted where nobody leads it."""
        marks = self.marks[function].values()
        leads = sum(mark is Mark.LEAD for mark in marks)
        tint, sum_words = None, str(leads)
        if not leads:
            known = self.graph.complete or Mark.LACKS in marks
            tint = (MISSING if known else NOT_STATED).tint
            sum_words = "0 !" if known else "0 ?"
        band, fill = self._band(function.pillar)
        return Axis(function.value, self.ours.head(function), band, fill, tint, sum_words)

    def _silent_row(self, pillar: Pillar | None, silent: Sequence[Function]) -> Axis:
        """The functions of a P that the plan gives nobody, in a row of words."""
        complete, (band, fill) = self.graph.complete, self._band(pillar)
        name = marked("Nobody has: {n}") if complete else marked("Nobody stated: {n}")
        tint = (MISSING if complete else NOT_STATED).tint
        sum_words = "0 !" if complete else "0 ?"
        return Axis(
            f"silent:{band}", self.ours.say(name, n=len(silent)), band, fill, tint, sum_words,
            beginning(self.ours.terms(silent)),
        )  # fmt: skip

    def _band(self, pillar: Pillar | None) -> tuple[str, str]:
        """The words and the colour of what stands beside the functions of a P."""
        if pillar is None:
            return self.ours.say("All three Ps"), theme.BAND
        return self.ours.say(PILLARS[pillar].word), PILLARS[pillar].text

    def drawn(self, function: str, agency: str, box: Box) -> Iterable[Item]:
        """The sign of a cell, in its middle."""
        left, top, right, bottom = box
        mark = self.marks[Function(function)][agency]
        at = f"{function}:{agency}"
        middle = ((left + right) / 2, (top + bottom) / 2)
        return _sign(mark, *middle, self.page, at, faint=mark is self.silent)

    def told(self, rows: Sequence[Axis], columns: Sequence[Axis]) -> str:
        """A page in sentences."""
        said = []
        for row in rows:
            if row.across:
                said.append(f"{row.band}. {row.name}: {row.across}.")
                continue
            marks = self.marks[Function(row.id)]
            holders = [
                f"{column.name} {self.ours.say(_WORDS[marks[column.id]])}"
                for column in columns
                if marks[column.id] is not Mark.NOT_ASSESSED
            ]
            told = self.ours.names(holders) or self.ours.say("nothing stated")
            said.append(f"{row.name}: {told}.")
        return " ".join(said)
