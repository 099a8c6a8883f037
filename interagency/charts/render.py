"""A finished chart: its pages, and the ways out into files and notebooks."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from interagency.charts.emit import html, typst
from interagency.charts.emit.svg import SVG_KINDS, SvgKind, style_sheet, svg
from interagency.charts.frame import PLAIN, Edition
from interagency.charts.ladder import ladder
from interagency.charts.lanes import lanes
from interagency.charts.lanes_flow import LaneBy
from interagency.charts.matrix import matrix
from interagency.charts.matrix_functions import functions
from interagency.charts.network import network
from interagency.charts.numbering import numbering as numbers_from
from interagency.charts.pathway import pathway
from interagency.charts.register import Register, register, spoken
from interagency.charts.scene import Scene
from interagency.charts.tellings import telling
from interagency.charts.theme import PAGES, Page
from interagency.errors import RenderError, UnknownName
from interagency.files import shown, write_together, write_whole
from interagency.text import MAX_TEXT, unseen

if TYPE_CHECKING:
    from interagency.engine import Finding
    from interagency.graph import PlanGraph


MOST_OF_A_NUMBER = 60
"""Characters that the number of a chart may have: it stands before the title, on one line."""


class View(Protocol):
    """A kind of chart: a plan and findings in, pages out. It reads nothing and writes nothing."""

    def __call__(
        self,
        graph: PlanGraph,
        findings: Sequence[Finding] = (),
        edition: Edition = PLAIN,
    ) -> tuple[Scene, ...]:
        """The pages of the chart."""
        ...


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "ladder": ladder,
        "lanes": lanes,
        "matrix": matrix,
        "functions": functions,
        "pathway": pathway,
        "map": network,
    }
)
"""Every kind of chart, by name."""


@dataclass(frozen=True)
class Chart:
    """A chart: one scene for each page, and the same in words."""

    pages: tuple[Scene, ...]
    title: str
    _registered: Callable[[], Register] = field(repr=False, compare=False)
    _told: Callable[[Register], tuple[str, ...]] = field(repr=False, compare=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What it says, one line for each row."""
        return self._told(self.register)

    @cached_property
    def register(self) -> Register:
        """Everything that it says, as tables."""
        return self._registered()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader may miss: characters that no bundled font has."""
        return tuple(dict.fromkeys(text for page in self.pages for text in page.warnings))

    def svg(self, page: int = 1, *, kind: SvgKind = "web") -> str:
        """One page as SVG; see :meth:`save` for the kinds.

        Raises:
            UnknownName: there is no such page, or no such kind.
            RenderError: ``office`` needs the ``report`` extra, which is not installed.
        """
        return svg(self._page(page), kind=_svg_kind(kind))

    def png(self, page: int = 1, *, dpi: float = 300) -> bytes:
        """One page as PNG, which knows how large it is on paper.

        Raises:
            UnknownName: there is no such page.
            RenderError: the ``report`` extra is not installed, or the resolution is out of reason.
        """
        return typst.png(self._page(page), dpi=dpi)

    def pdf(self) -> bytes:
        """All pages as one tagged PDF (PDF/UA-1): fonts inside, words that can be selected.

        Raises:
            RenderError: the ``report`` extra is not installed.
        """
        return typst.pdf(self.pages, spoken(self.register.entries))

    def html(self) -> str:
        """One page of HTML that needs nothing else: pictures, findings, the same as tables.

        What is pointed at is lit, and what is shown can be narrowed; it works offline, and all
        that it says can be read without a picture and without JavaScript.
        """
        return html.page(self.pages, self.register)

    def _page(self, number: int) -> Scene:
        if not 1 <= number <= len(self.pages):
            known = [str(n) for n in range(1, len(self.pages) + 1)]
            raise UnknownName("page", str(number), known)
        return self.pages[number - 1]

    def save(
        self, path: str | os.PathLike[str], *, kind: SvgKind = "web", dpi: float = 300
    ) -> tuple[Path, ...]:
        """Write the chart, each file whole or not at all, and say where.

        The ending of the name says what is written: ``.pdf`` and ``.html`` are one file; of
        ``.svg`` and ``.png`` one page goes to the name given, and several go to ``name-1.svg``,
        ``name-2.svg`` and so on. PDF, PNG and SVG for office programs need the ``report`` extra.

        Args:
            path: the file.
            kind: of SVG: ``web`` carries its fonts, for browsers; ``plain`` names them only;
                ``office`` has letters as outlines, for Word, LibreOffice and drawing programs.
            dpi: of PNG: dots per inch.

        Raises:
            RenderError: nothing ends so, or the ``report`` extra is not installed.
            SaveError: a file cannot be written.
        """
        target, kind = Path(path), _svg_kind(kind)
        ending = target.suffix.lower()
        if ending == ".pdf":
            return (write_whole(target, self.pdf()),)
        if ending in (".html", ".htm"):
            return (write_whole(target, self.html().encode("utf-8")),)
        if ending == ".svg":
            pictures = [svg(page, kind=kind).encode("utf-8") for page in self.pages]
        elif ending == ".png":
            pictures = [typst.png(page, dpi=dpi) for page in self.pages]
        else:
            raise RenderError(
                f"{shown(path)} cannot be made: a chart is written as SVG, PDF, PNG or "
                "HTML. Give a name that ends in .svg, .pdf, .png or .html."
            )
        if len(pictures) == 1:
            return (write_whole(target, pictures[0]),)
        return write_together(
            (target.with_name(f"{target.stem}-{number}{target.suffix}"), picture)
            for number, picture in enumerate(pictures, 1)
        )

    def describe(self) -> str:
        """The chart in plain text, as its view tells it: line by line, some set in."""
        return "\n".join((self.title, *self.lines))

    def __str__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        """Every page, one under the other and as wide as the notebook, with its fonts once."""
        fonts = style_sheet(item for page in self.pages for item in page.items)
        pages = "".join(_html_page(page) for page in self.pages)
        return f"<div><style>{fonts}</style>{pages}</div>"

    def _repr_svg_(self) -> str | None:
        """The page, where there is only one."""
        return svg(self.pages[0]) if len(self.pages) == 1 else None


def _svg_kind(kind: SvgKind) -> SvgKind:
    if kind not in SVG_KINDS:
        raise UnknownName("kind of SVG", kind, SVG_KINDS)
    return kind


def _html_page(page: Scene) -> str:
    """A page that grows and shrinks with what holds it."""
    picture = svg(page, kind="plain")
    fluid = picture.replace("<svg ", '<svg style="width:100%;height:auto;display:block" ', 1)
    return (
        f'<div style="max-width:{page.width * 1.4:.0f}px;margin:0 0 1em" '
        f'dir="{escape(page.direction)}">{fluid}</div>'
    )


def draw(
    graph: PlanGraph,
    findings: Sequence[Finding] = (),
    *,
    view: str = "ladder",
    page: str | Page = "a4",
    lanes: str = "sector",
    title: str | None = None,
    source: str | None = None,
    number: str = "",
    language: str | None = None,
    numbering: str | int | None = 1,
    told: Sequence[Finding] | None = None,
) -> Chart:
    """Draw a plan.

    Args:
        graph: the plan, as of the date and in the view to be drawn.
        findings: what an audit found.
        view: which kind of chart; see ``VIEWS``.
        page: the paper, by name or as a ``Page``; see ``theme.PAGES``.
        lanes: of the view lanes: what makes a lane, a sector or an agency.
        title: the plan's own title when left out.
        source: the note at the foot; made from the plan when left out.
        number: of the chart, as in "Chart 2b".
        language: the language of the agencies' names, where the plan has them.
        numbering: the number of the first handoff, as in 15, "2.1" or "A-01"; None for a ladder
            without numbers.
        told: what is told in words beside the picture; what is drawn, when left out.

    Raises:
        UnknownName: there is no such view, page or kind of lane.
        RenderError: numbers cannot begin so, or the view cannot do without them.
    """
    drawing = _view(view, lanes)
    _check_words(
        title=(title, MAX_TEXT), source=(source, MAX_TEXT), number=(number, MOST_OF_A_NUMBER)
    )
    count = numbers_from(numbering)
    if not count.shown and view not in ("ladder", "functions"):
        raise RenderError(
            f"Only the ladder can do without numbers: by them the view {view} says what is handed "
            "on, in its key or to those who look from one chart to the other."
        )
    if isinstance(page, str):
        if page.lower() not in PAGES:
            raise UnknownName("page", page, PAGES)
        page = PAGES[page.lower()]
    pages = drawing(graph, findings, Edition(page, title, source, number, language, count))
    said = findings if told is None else told

    def lines(tables: Register) -> tuple[str, ...]:
        shown = {entry.id: entry.number for entry in tables.entries if entry.page}
        return tuple(telling(view, LaneBy(lanes))(graph, said, language, shown))

    return Chart(
        pages, pages[0].title, partial(register, graph, said, pages, language, count), lines
    )


def _check_words(**given: tuple[str | None, int]) -> None:
    """Refuse words that no page has room for, or that cannot be seen."""
    for name, (text, most) in given.items():
        if text and len(text) > most:
            raise RenderError(
                f"The {name} of a chart has at most {most:,} characters; this one has "
                f"{len(text):,}. Shorten it."
            )
        if text and (bad := unseen(text)):
            raise RenderError(f"The {name} holds {bad[1]}, a character that cannot be seen.")


def _view(name: str, lanes_by: str) -> View:
    """The view of a name; lanes have an option of their own."""
    if name not in VIEWS:
        raise UnknownName("view", name, VIEWS)
    if lanes_by not in tuple(LaneBy):
        raise UnknownName("kind of lane", lanes_by, tuple(LaneBy))
    return partial(lanes, by=LaneBy(lanes_by)) if name == "lanes" else VIEWS[name]
