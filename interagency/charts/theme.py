"""How charts look: the only place that knows a colour, a page or a size of type.

Each kind of handoff is told by its line, its badge and a word as well as by its colour, so that
nothing is lost in grey or to a colour-blind reader. Contrasts are written beside the colours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from interagency.charts.wording import marked
from interagency.vocabulary import Pillar

INK = "#1A1A1A"
MUTED = "#555555"
PAPER = "#FFFFFF"
BAND = "#3A3A3A"
"""Behind the white words of a sector."""
HEAD = "#F2F2F2"
"""Behind the name of an agency."""
LIFELINE = "#8A8A8A"
HAIRLINE = "#BDBDBD"


class Badge(StrEnum):
    """The shape around a handoff's number."""

    CIRCLE = "circle"
    SQUARE = "square"
    HEXAGON = "hexagon"
    TRIANGLE = "triangle"
    PILL = "pill"
    TAG = "tag"
    CROSS = "cross"


class Tip(StrEnum):
    """The form of an arrow's head."""

    FILLED = "filled"
    HOLLOW = "hollow"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Style:
    """How one kind of handoff looks."""

    word: str
    """What it is called, in English; charts say it by their wording."""
    line: str
    text: str
    tint: str
    weight: float
    badge: Badge
    tip: Tip = Tip.FILLED
    dash: tuple[float, ...] = ()
    double: bool = False


PILLARS: Mapping[Pillar, Style] = MappingProxyType(
    {
        # Contrast of the line on white, and of the text on white.
        Pillar.PREVENT: Style(  # 3.4, 6.5
            marked("Prevent"), "#009E73", "#006B4E", "#E4F3EE", 1.2, Badge.CIRCLE
        ),
        Pillar.PROTECT: Style(  # 7.7, 10.1
            marked("Protect"), "#12568C", "#0E4470", "#E3EEF6", 2.4, Badge.SQUARE
        ),
        Pillar.PROSECUTE: Style(  # 5.0, 7.6
            marked("Prosecute"), "#BD4B00", "#8F3900", "#F8EADD", 3.0, Badge.HEXAGON, double=True
        ),
    }
)
MISSING = Style(  # 7.3, 9.7
    marked("Missing"), "#B00020", "#8E001A", "#FCE4E9", 1.8, Badge.TRIANGLE, Tip.HOLLOW, (5, 3)
)
# A question is weaker than a gap: a thin dotted line, an open head, no red.
NOT_STATED = Style(  # 5.4, 9.0
    marked("Not stated"), "#6E6389", "#4B4263", "#F3F1F7", 1.2, Badge.PILL, Tip.OPEN, (1.4, 2.4)
)
# What is to come, and what is only proposed, have no colour of their own: line and badge tell.
PLANNED = Style(  # 8.5, 11.4
    "Planned", "#4D4D4D", "#3A3A3A", "#EDEDED", 1.6, Badge.TAG, Tip.HOLLOW, (10, 3.5)
)
PROPOSED = Style(  # 17.4, 17.4
    "Proposed", "#1A1A1A", "#1A1A1A", "#FFF4CC", 2.2, Badge.CROSS, Tip.OPEN, (2.2, 2.6)
)
INFORMAL: Mapping[Pillar, Style] = MappingProxyType(
    {
        pillar: replace(style, word=f"{style.word}, informal", dash=(8, 2.4, 1.8, 2.4))
        for pillar, style in PILLARS.items()
    }
)
"""What is done by habit: the P's own colour and weight in dashes and dots."""


@dataclass(frozen=True, slots=True)
class Page:
    """A size of paper or screen, in points, and how large its type is.

    ``scale`` multiplies every size: 1 for what is read on paper, more for a slide.
    """

    name: str
    width: float
    height: float
    margin: float = 28.35
    scale: float = 1.0

    @property
    def upright(self) -> Page:
        """The same paper, standing."""
        return replace(self, name=f"{self.name}-portrait", width=self.height, height=self.width)

    @property
    def projected(self) -> bool:
        """Whether it is seen from far away, in large type."""
        return self.scale > 1.5

    @property
    def title(self) -> float:
        """The size of the title."""
        return 15 * self.scale

    @property
    def subtitle(self) -> float:
        """The size of the line under the title."""
        return 8.5 * self.scale

    @property
    def body(self) -> float:
        """The size of the words on the arrows."""
        return 7.5 * self.scale

    @property
    def small(self) -> float:
        """The smallest type there is on this page."""
        return 7 * self.scale


A4 = Page("a4", 841.89, 595.28)
A3 = Page("a3", 1190.55, 841.89)
LETTER = Page("letter", 792, 612)
SLIDE = Page("slide", 960, 540, scale=12 / 7)
A4_PORTRAIT, A3_PORTRAIT, LETTER_PORTRAIT = (page.upright for page in (A4, A3, LETTER))
SLIDE_PORTRAIT = replace(SLIDE.upright, scale=9 / 7)
"""Looked at on a screen of one's own, not on a wall: smaller type than on a slide."""

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        page.name: page
        for page in (
            *(A4, A4_PORTRAIT, A3, A3_PORTRAIT),
            *(LETTER, LETTER_PORTRAIT, SLIDE, SLIDE_PORTRAIT),
        )
    }
)
"""Every paper by name; one lies on its side where the name does not say ``portrait``."""
