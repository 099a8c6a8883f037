"""A picture by any program as a Scene of ours, so that our checker can measure it.

Chromium opens the SVG and says where everything stands: words with the width that they have in
the font they were set in, curves as points. The picture is then laid on a page, whichever way
turned it fills better, made smaller where it must be and never larger.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from interagency.charts.scene import Box, Circle, Item, Polygon, Polyline, Rect, Scene, Text
from interagency.charts.strokes import text_box
from interagency.charts.theme import A4
from tests.charts.chromium import Page

SURVEY = Path(__file__).with_name("survey.js").read_text(encoding="utf-8")
PIXEL = 0.75
"""Points in a CSS pixel."""
_SQUARE = 72 / 2.54
"""A centimetre, in points."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What is what in a picture, as CSS selectors; ``owner`` is a box or arrow with its words."""

    box: str = ""
    arrow: str = ""
    owner: str = ""
    lifeline: str = ""


def surveyed(page: Page, svg: str, roles: Roles, folder: Path) -> list[dict[str, Any]]:
    """What Chromium sees in a picture, in CSS pixels.

    Args:
        page: an open page of the browser.
        svg: the picture.
        roles: what is what in it.
        folder: where the page around the picture is written to.
    """
    html = folder / "picture.html"
    head = '<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0}</style>'
    html.write_text(head + svg[svg.index("<svg") :], encoding="utf-8")
    page.open(html)
    page.tell(_AT_ITS_SIZE)
    survey = SURVEY.strip().removesuffix(";")
    shapes: list[dict[str, Any]] = page.tell(f"({survey})({json.dumps(asdict(roles))})")
    return shapes


def photograph(page: Page, target: Path) -> None:
    """Keep what the browser shows as PNG, for a person to look at."""
    shot = page.ask("Page.captureScreenshot", captureBeyondViewport=True, format="png")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(base64.b64decode(shot["data"]))


# A picture that takes the width of its page is drawn at the size that its own measures give.
_AT_ITS_SIZE = """document.fonts.ready.then(() => {
  const svg = document.querySelector("svg");
  const own = svg.getAttribute("width");
  if ((!own || own.includes("%")) && svg.viewBox.baseVal) {
    const { width, height } = svg.viewBox.baseVal;
    svg.style.cssText += `;max-width:none;width:${width}px;height:${height}px`;
  }
})"""


def as_it_is(shapes: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Shapes in pixels as items in points, each where it was and as large as it was."""
    return tuple(_item(shape, PIXEL, 0, 0) for shape in shapes)


def on_paper(shapes: Sequence[Mapping[str, Any]]) -> Scene:
    """A picture on an A4 page, with all the room between the margins for itself.

    The words of a box are to stay in it.
    """
    left, top, right, bottom = _extent(as_it_is(shapes))
    (width, height), share = max(
        ((paper, _share(right - left, bottom - top, *paper)) for paper in _PAPERS),
        key=lambda pair: pair[1],
    )
    across, down = A4.margin - left * share, A4.margin - top * share
    items = [_item(shape, PIXEL * share, across, down) for shape in shapes]
    rooms = {item.id: _box(item) for item in items if item.role == "box" and item.id}
    housed = (
        replace(item, room=rooms.get(item.id)) if isinstance(item, Text) else item for item in items
    )
    return Scene(width, height, "", "", tuple(housed), margin=A4.margin)


_PAPERS = ((A4.width, A4.height), (A4.height, A4.width))


def _share(width: float, height: float, across: float, down: float) -> float:
    room = 2 * A4.margin
    return min((across - room) / max(width, 1), (down - room) / max(height, 1), 1)


def _item(shape: Mapping[str, Any], scale: float, across: float, down: float) -> Item:
    about = {"role": shape["role"], "id": shape["id"]}
    if shape["kind"] == "text":
        return Text(
            x=shape["x"] * scale + across, y=shape["y"] * scale + down, text=shape["text"],
            size=shape["size"] * scale, width=shape["width"] * scale, fill=shape["fill"],
            bold=shape["bold"], rotation=shape["rotation"], **about,
        )  # fmt: skip
    paint = {"fill": shape.get("fill"), "stroke": shape["stroke"], **about}
    if shape["kind"] == "rect":
        return Rect(
            x=shape["x"] * scale + across, y=shape["y"] * scale + down,
            width=shape["width"] * scale, height=shape["height"] * scale,
            radius=shape["radius"] * scale, **paint,
        )  # fmt: skip
    if shape["kind"] == "circle":
        x, y = shape["x"] * scale + across, shape["y"] * scale + down
        return Circle(x=x, y=y, radius=shape["radius"] * scale, **paint)
    points = tuple((x * scale + across, y * scale + down) for x, y in shape["points"])
    if shape["kind"] == "polygon":
        return Polygon(points=points, **paint)
    return Polyline(points=points, stroke=shape["stroke"] or shape["fill"], **about)


def _extent(items: Sequence[Item]) -> Box:
    """The box around all words and lines; grounds without an outline have no say in it."""
    boxes = [_box(item) for item in items if _inked(item)]
    sides = list(zip(*boxes, strict=True))
    return min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])


def _inked(item: Item) -> bool:
    return isinstance(item, Text | Polyline) or item.stroke is not None


def _box(item: Item) -> Box:
    if isinstance(item, Text):
        return text_box(item)
    if isinstance(item, Rect):
        return item.x, item.y, item.x + item.width, item.y + item.height
    if isinstance(item, Circle):
        r = item.radius
        return item.x - r, item.y - r, item.x + r, item.y + r
    across, down = zip(*item.points, strict=True)
    return min(across), min(down), max(across), max(down)


def page_use(page: Scene) -> float:
    """The share of the square centimetres of a page, within A4's margins, on which anything is.

    Words and lines count, grounds do not: a page is not used by being tinted.
    """
    columns = int((page.width - 2 * A4.margin) / _SQUARE)
    rows = int((page.height - 2 * A4.margin) / _SQUARE)
    used = {square for item in page.items if _inked(item) for square in _squares(item)}
    kept = sum(0 <= x < columns and 0 <= y < rows for x, y in used)
    return kept / (columns * rows)


def _squares(item: Item) -> Iterator[tuple[int, int]]:
    if isinstance(item, Text):
        left, top, right, bottom = _box(item)
        for x in range(_square(left), _square(right) + 1):
            yield from ((x, y) for y in range(_square(top), _square(bottom) + 1))
        return
    outline = _outline(item)
    for (x, y), (to_x, to_y) in pairwise(outline):
        steps = max(1, math.ceil(math.hypot(to_x - x, to_y - y) / 5))
        for at in range(steps + 1):
            yield (
                _square(x + (to_x - x) * at / steps),
                _square(y + (to_y - y) * at / steps),
            )


def _outline(item: Rect | Circle | Polygon | Polyline) -> Sequence[tuple[float, float]]:
    if isinstance(item, Polyline):
        return item.points
    if isinstance(item, Polygon):
        return (*item.points, item.points[0])
    left, top, right, bottom = _box(item)
    return ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))


def _square(at: float) -> int:
    return math.floor((at - A4.margin) / _SQUARE)
