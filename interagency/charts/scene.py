"""A scene: plain shapes and lines of words on one page, in points, y downwards.

Layouts make scenes; emitters and the checker read them. There is nothing in a scene that some
reader of pictures would lose: no markers, no patterns, no styles by class.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom


class Anchor(StrEnum):
    """Which end of a line of words stands at its point, as the page is seen."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Direction(StrEnum):
    """Which way a chart is read."""

    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What every item of a scene has: a role, and the id of what it stands for."""

    role: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect(Shape):
    """A rectangle, with rounded corners where ``radius`` is given."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1

    def mirrored(self, page_width: float) -> Rect:
        """As seen in a mirror that stands upright in the middle of the page."""
        return replace(self, x=page_width - self.x - self.width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon(Shape):
    """A closed shape with straight sides."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1

    def mirrored(self, page_width: float) -> Polygon:
        """As seen in a mirror that stands upright in the middle of the page."""
        return replace(self, points=_mirrored(self.points, page_width))


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle(Shape):
    """A circle about a point."""

    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1

    def mirrored(self, page_width: float) -> Circle:
        """As seen in a mirror that stands upright in the middle of the page."""
        return replace(self, x=page_width - self.x)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polyline(Shape):
    """A line through points, with its corners rounded by ``corner``."""

    points: tuple[Point, ...]
    stroke: str
    stroke_width: float = 1
    dash: tuple[float, ...] = ()
    corner: float = 0

    def mirrored(self, page_width: float) -> Polyline:
        """As seen in a mirror that stands upright in the middle of the page."""
        return replace(self, points=_mirrored(self.points, page_width))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Shape):
    """One line of words, already broken and measured.

    ``room`` is the box the layout meant it to stay in; the checker holds it to that.
    """

    x: float
    y: float
    text: str
    size: float
    width: float
    fill: str
    bold: bool = False
    anchor: Anchor = Anchor.LEFT
    rotation: int = 0
    room: Box | None = None

    def mirrored(self, page_width: float) -> Text:
        """Moved to the other side; the words themselves are never turned about."""
        other = {Anchor.LEFT: Anchor.RIGHT, Anchor.RIGHT: Anchor.LEFT}
        room = self.room and (
            page_width - self.room[2], self.room[1], page_width - self.room[0], self.room[3]
        )  # fmt: skip
        return replace(
            self,
            x=page_width - self.x,
            anchor=other.get(self.anchor, self.anchor),
            rotation=-self.rotation,
            room=room,
        )


Item: TypeAlias = Rect | Polygon | Circle | Polyline | Text


@dataclass(frozen=True, slots=True)
class Scene:
    """One page of a chart.

    >>> page = Scene(100, 50, "A page", "Nothing on it.", ())
    >>> page.mirrored().direction
    <Direction.RTL: 'rtl'>
    """

    width: float
    height: float
    title: str
    description: str
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()
    language: str = "en"
    direction: Direction = Direction.LTR
    margin: float = 0

    def mirrored(self) -> Scene:
        """The same page for readers who start at the right."""
        items = tuple(item.mirrored(self.width) for item in self.items)
        return replace(self, items=items, direction=Direction.RTL)

    def texts(self) -> Iterator[Text]:
        """Every line of words, in the order of drawing."""
        return (item for item in self.items if isinstance(item, Text))

    def to_json(self) -> str:
        """The scene as JSON; what has its default value is left out."""
        document: dict[str, Any] = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "items"
        }
        document["items"] = [_plain(item) for item in self.items]
        return json.dumps(document, ensure_ascii=False, indent=1)


def _mirrored(points: tuple[Point, ...], page_width: float) -> tuple[Point, ...]:
    return tuple((page_width - x, y) for x, y in points)


def _plain(item: Item) -> dict[str, Any]:
    """An item as a mapping, with its numbers rounded as the emitters write them."""
    plain: dict[str, Any] = {"shape": type(item).__name__.lower()}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.default is MISSING or value != field.default:
            plain[field.name] = _rounded(value)
    return plain


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, tuple):
        return [_rounded(part) for part in value]
    return value
