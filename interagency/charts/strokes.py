"""The strokes that charts are drawn with: arrows, badges, words on plates, blocks of words.

Every view uses these, and the legend is drawn by the same functions as the chart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from interagency.charts import theme
from interagency.charts.scene import (
    Anchor,
    Box,
    Circle,
    Item,
    Point,
    Polygon,
    Polyline,
    Rect,
    Text,
)
from interagency.charts.text import ascent, descent, leading, measure
from interagency.charts.theme import Badge, Style, Tip

_HEAD = 6.5
"""How long an arrow's head is."""


def words(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    fill: str = theme.INK,
    bold: bool = False,
    anchor: Anchor = Anchor.LEFT,
    rotation: int = 0,
    room: Box | None = None,
    role: str = "",
    id: str = "",
) -> Text:
    """One line of words, measured."""
    return Text(
        x=x,
        y=y,
        text=text,
        size=size,
        width=measure(text, size, bold=bold),
        fill=fill,
        bold=bold,
        anchor=anchor,
        rotation=rotation,
        room=room,
        role=role,
        id=id,
    )


def text_box(line: Text) -> Box:
    """The box that a line of words fills, marks of its script included."""
    before = {Anchor.LEFT: 0.0, Anchor.MIDDLE: line.width / 2, Anchor.RIGHT: line.width}
    left = -before[line.anchor]
    right = left + line.width
    top, bottom = -ascent(line.text) * line.size, descent(line.text) * line.size
    if line.rotation == 0:
        return line.x + left, line.y + top, line.x + right, line.y + bottom
    if line.rotation < 0:
        return line.x + top, line.y - right, line.x + bottom, line.y - left
    return line.x - bottom, line.y + left, line.x - top, line.y + right


def plate(line: Text, fill: str) -> Rect:
    """A small rectangle that keeps lines of the drawing away from words."""
    left, top, right, bottom = text_box(line)
    return Rect(
        x=left - 1.5, y=top, width=right - left + 3, height=bottom - top, fill=fill, role="plate"
    )


def block_height(lines: Iterable[str], size: float) -> float:
    """How high lines stand on one another."""
    return sum(leading(line) * size for line in lines)


def block(
    x: float,
    top: float,
    lines: Sequence[str],
    size: float,
    *,
    fill: str = theme.INK,
    bold: bool = False,
    anchor: Anchor = Anchor.MIDDLE,
    room: Box | None = None,
    role: str = "",
    id: str = "",
) -> list[Text]:
    """Lines under one another, the first one's room beginning at ``top``."""
    found = []
    for line in lines:
        step = leading(line) * size
        above, below = ascent(line) * size, descent(line) * size
        y = top + (step - above - below) / 2 + above
        found.append(
            words(
                x, y, line, size, fill=fill, bold=bold, anchor=anchor, room=room, role=role, id=id
            )
        )
        top += step
    return found


def turned_block(
    left: float,
    middle: float,
    lines: Sequence[str],
    size: float,
    *,
    fill: str = theme.INK,
    bold: bool = False,
    room: Box | None = None,
    role: str = "",
    id: str = "",
) -> list[Text]:
    """Lines that are read from below upwards, side by side from ``left``."""
    found = []
    for line in lines:
        step = leading(line) * size
        above, below = ascent(line) * size, descent(line) * size
        x = left + (step - above - below) / 2 + above
        found.append(
            words(
                x,
                middle,
                line,
                size,
                fill=fill,
                bold=bold,
                anchor=Anchor.MIDDLE,
                rotation=-90,
                room=room,
                role=role,
                id=id,
            )
        )
        left += step
    return found


def arrow(
    points: Sequence[Point],
    style: Style,
    *,
    under: str = theme.PAPER,
    open_tail: bool = False,
    role: str = "arrow",
    id: str = "",
    scale: float = 1.0,
) -> list[Item]:
    """A line with a tail and a head, and a casing in the colour that lies under it.

    ``scale`` is that of the page: on a slide lines are as strong as its type is large.
    """
    (before_x, before_y), tip = points[-2], points[-1]
    along = math.atan2(tip[1] - before_y, tip[0] - before_x)
    into = _HEAD * scale * (0.35 if style.tip is Tip.OPEN else 0.8)
    shaft = (*points[:-1], _along(tip, along, -into))
    weight = style.weight * scale
    items: list[Item] = [
        Polyline(
            points=shaft, stroke=under, stroke_width=weight + 2.2 * scale, role="casing", id=id
        ),
        Polyline(
            points=shaft,
            stroke=style.line,
            stroke_width=weight,
            dash=tuple(part * scale for part in style.dash),
            role=role,
            id=id,
        ),
    ]
    if style.double:
        core = Polyline(points=shaft, stroke=under, stroke_width=1.1 * scale, role="core", id=id)
        items.append(core)
    items.append(_tail(points[0], style, id, scale, open_tail=open_tail))
    items.append(_tip(tip, along, style, id, scale))
    return items


def _along(point: Point, angle: float, distance: float, aside: float = 0) -> Point:
    return (
        point[0] + distance * math.cos(angle) - aside * math.sin(angle),
        point[1] + distance * math.sin(angle) + aside * math.cos(angle),
    )


def _tail(point: Point, style: Style, id: str, scale: float, *, open_tail: bool) -> Circle:
    return Circle(
        x=point[0],
        y=point[1],
        radius=2.8 * scale,
        fill=theme.PAPER if open_tail else style.line,
        stroke=style.line,
        stroke_width=1.2 * scale,
        role="open-tail" if open_tail else "tail",
        id=id,
    )


def _tip(point: Point, along: float, style: Style, id: str, scale: float) -> Polygon | Polyline:
    head, half = _HEAD * scale, _HEAD * scale * 0.48
    left, right = (_along(point, along, -head, side) for side in (half, -half))
    if style.tip is Tip.OPEN:
        return Polyline(
            points=(left, point, right),
            stroke=style.line,
            stroke_width=1.2 * scale,
            role="tip",
            id=id,
        )
    return Polygon(
        points=(point, left, right),
        fill=style.line if style.tip is Tip.FILLED else theme.PAPER,
        stroke=style.line,
        stroke_width=1,
        role="tip",
        id=id,
    )


def badge(
    x: float,
    y: float,
    text: str,
    style: Style,
    size: float,
    *,
    id: str = "",
) -> list[Item]:
    """A number or sign in the shape of its kind, about a point."""
    wider = badge_widening(size, text)
    items: list[Item] = [_badge_shape(x, y, style, badge_radius(size, text), wider, id)]
    if text:
        down = 0.36 * size + (0.08 * size if style.badge is Badge.TRIANGLE else 0)
        label = words(
            x,
            y + down,
            text,
            size,
            fill=style.text,
            bold=True,
            anchor=Anchor.MIDDLE,
            role="badge-text",
            id=id,
        )
        items.append(label)
    return items


def badge_radius(size: float, text: str = "") -> float:
    """Half the height of a badge whose text has this size."""
    return size * (0.85 if len(text) < 3 else 1.05)


def badge_half(size: float, text: str = "") -> float:
    """Half the width of a badge, at most, whatever its shape."""
    return badge_radius(size, text) * 1.25 + badge_widening(size, text)


def badge_widening(size: float, text: str) -> float:
    """How much further to each side a badge reaches that holds a long number, as 2.14."""
    inner = 0.86 * badge_radius(size, text)
    return max(0.0, measure(text, size, bold=True) / 2 + 0.05 * size - inner)


def _badge_shape(x: float, y: float, style: Style, radius: float, wider: float, an_id: str) -> Item:
    if style.badge is Badge.CIRCLE and not wider:
        return Circle(
            x=x,
            y=y,
            radius=radius,
            fill=theme.PAPER,
            stroke=style.line,
            stroke_width=1.1,
            role="badge",
            id=an_id,
        )
    if style.badge in (Badge.SQUARE, Badge.PILL, Badge.CIRCLE):
        half = wider + radius * (1.25 if style.badge is Badge.PILL else 0.93)
        high = radius * (0.85 if style.badge is Badge.PILL else 0.93)
        return Rect(
            x=x - half,
            y=y - high,
            width=2 * half,
            height=2 * high,
            radius=1.2 if style.badge is Badge.SQUARE else high,
            fill=theme.PAPER,
            stroke=style.line,
            stroke_width=1.1,
            role="badge",
            id=an_id,
        )
    outline = {
        Badge.HEXAGON: ((-1.18, 0), (-0.62, -0.95), (0.62, -0.95), (1.18, 0), (0.62, 0.95),
                        (-0.62, 0.95)),
        Badge.TRIANGLE: ((0, -1.15), (1.25, 0.95), (-1.25, 0.95)),
        Badge.TAG: ((-1.15, -0.85), (0.75, -0.85), (1.45, 0), (0.75, 0.85), (-1.15, 0.85)),
        Badge.CROSS: ((-0.55, -1.1), (0.55, -1.1), (0.55, -0.7), (1.22, -0.7), (1.22, 0.7),
                      (0.55, 0.7), (0.55, 1.1), (-0.55, 1.1), (-0.55, 0.7), (-1.22, 0.7),
                      (-1.22, -0.7), (-0.55, -0.7)),
    }[style.badge]  # fmt: skip
    return Polygon(
        points=tuple(
            (x + dx * radius + math.copysign(wider, dx) * bool(dx), y + dy * radius)
            for dx, dy in outline
        ),
        fill=theme.PAPER,
        stroke=style.line,
        stroke_width=1.1,
        role="badge",
        id=an_id,
    )
