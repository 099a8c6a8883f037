"""The strokes of a page of lanes: lanes, arrows, boxes, numbers, and the key below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from interagency.charts import theme
from interagency.charts.ladder_heads import mark_block
from interagency.charts.ladder_panels import style_of
from interagency.charts.ladder_rows import Kind, Row
from interagency.charts.lanes_badges import Label, Spot, spots
from interagency.charts.lanes_flow import Link, Stand, Stop
from interagency.charts.lanes_key import key_items
from interagency.charts.lanes_pages import BAND, KEY_GAP, Panel, Sheet
from interagency.charts.lanes_sizes import Placed, StopText, aside_of, lane_name
from interagency.charts.scene import Anchor, Box, Item, Point, Polygon, Polyline, Rect, Text
from interagency.charts.strokes import (
    arrow,
    badge,
    badge_half,
    block,
    block_height,
    plate,
    text_box,
    words,
)
from interagency.charts.text import measure
from interagency.charts.theme import PILLARS, Badge, Page, Style
from interagency.charts.wording import marked

PILL = "#EDEDED"
LANE = "#F5F5F5"
_CORNER = 3.5
_OPEN_TAIL = 3.5
"""How much further the number stands from the tail where that is an open circle."""
_OFF_SENDER = 9.0
"""And where it stands in a triangle, which beside a box looks like the head of an arrow."""
_MISSING = marked("MISSING")
INNER = Style("Inner step", theme.INK, theme.INK, theme.PAPER, 1.0, Badge.CIRCLE)


def drawn(sheet: Sheet, numbers: Mapping[str, str], page: Page) -> list[Item]:
    """All that stands between the title and the legend."""
    return [item for part in sheet.parts for item in _panel(*part, sheet.tab, numbers, page)]


def _panel(
    panel: Panel, laid: Placed, tab: float, numbers: Mapping[str, str], page: Page
) -> list[Item]:
    items = _head(panel, laid, page)
    items += _lanes(laid, tab, page)
    items += _arrows(laid, page)
    style = PILLARS[panel.rows[0].pillar]
    for stop, text, box in zip(laid.flow.stops, laid.texts, laid.boxes, strict=True):
        items += _stop(stop, text, box, style, page)
    items += _labels(laid, numbers, page)
    items += key_items(panel.key, page, laid.lanes[-1][3] + KEY_GAP * page.scale)
    return items


def _head(panel: Panel, laid: Placed, page: Page) -> list[Item]:
    """The band above the lanes: the P, and the stages that are below it."""
    k, pillar = page.scale, panel.rows[0].pillar
    left, bottom = page.margin, laid.lanes[0][1]
    right, top = page.width - page.margin, bottom - BAND * k
    room = (left, top, right, bottom)
    return [
        Rect(x=left, y=top, width=right - left, height=bottom - top,
             fill=PILLARS[pillar].text, role="pillar", id=pillar.value),
        words(left + 5 * k, bottom - 4.4 * k, panel.head, page.body, bold=True, fill=theme.PAPER,
              room=room, role="pillar-name"),
    ]  # fmt: skip


def _lanes(laid: Placed, tab: float, page: Page) -> list[Item]:
    """The lanes, in turn grey and white, with their names in dark tabs."""
    items: list[Item] = []
    for number, (name, box) in enumerate(zip(laid.flow.lanes, laid.lanes, strict=True)):
        left, top, right, bottom = box
        start = left - tab
        fill = theme.PAPER if number % 2 else LANE
        items += [
            Rect(x=left, y=top, width=right - left, height=bottom - top, fill=fill,
                 stroke=theme.HAIRLINE, stroke_width=0.6, role="lane", id=name),
            Rect(x=start, y=top, width=tab, height=bottom - top, fill=theme.BAND,
                 stroke=theme.PAPER, stroke_width=0.6, role="lane-tab", id=name),
        ]  # fmt: skip
        lines = lane_name(name, tab, page)
        y = (top + bottom - block_height(lines, page.small)) / 2
        items += block((start + left) / 2, y, lines, page.small, bold=True, fill=theme.PAPER,
                       room=(start, top, left, bottom), role="lane-name", id=name)  # fmt: skip
    return items


def _arrows(laid: Placed, page: Page) -> Iterable[Item]:
    """What is not there first, so that what is there passes over it."""
    order = list(reversed(Kind))
    pairs = sorted(
        zip(laid.flow.links, laid.points, strict=True),
        key=lambda pair: order.index(pair[0].row.kind) if pair[0].row else -1,
    )
    return [item for link, points in pairs for item in _arrow(link, points, page)]


def _arrow(link: Link, points: Sequence[Point], page: Page) -> list[Item]:
    row = link.row
    feedback = row is not None and row.feedback
    if feedback:
        points = (_onward(points[0], points[1], 3.4 * page.scale), *points[1:])
    points = (*points[:-1], _onward(points[-1], points[-2], 0.6))
    items = arrow(
        points,
        style_of(row) if row else INNER,
        open_tail=feedback,
        role="arrow" if row else "inner",
        id=row.id if row else "",
        scale=page.scale,
    )
    return [
        replace(item, corner=_CORNER) if isinstance(item, Polyline) and item.role != "tip" else item
        for item in items
        if item.role != "tail"
    ]


def _onward(point: Point, to: Point, distance: float) -> Point:
    """A point a little way on towards another, on a level or upright line."""

    def step(a: float, b: float) -> float:
        return distance if b > a else -distance if b < a else 0.0

    return point[0] + step(point[0], to[0]), point[1] + step(point[1], to[1])


def _stop(stop: Stop, text: StopText, box: Box, style: Style, page: Page) -> list[Item]:
    """A box, a pill or a diamond, with its words."""
    left, top, right, bottom = box
    middle = (left + right) / 2
    items: list[Item] = []
    if stop.stand is Stand.DECISION:
        items.append(_diamond(box, "decision", stop.id))
    else:
        agency = stop.stand is Stand.AGENCY
        items.append(
            Rect(
                x=left,
                y=top,
                width=right - left,
                height=bottom - top,
                radius=2.5 if agency else (bottom - top) / 2,
                fill=style.tint if agency else PILL,
                stroke=style.line if agency else theme.INK,
                stroke_width=1.1,
                role="box" if agency else "pill",
                id=stop.id,
            )
        )
    y = (top + bottom - text.height) / 2
    parts = (
        (text.name.lines, theme.INK, stop.stand is not Stand.DECISION, "box-name"),
        (text.extra.lines, theme.INK, False, "box-name"),
        (text.marks.lines, "", True, "mark"),
        ((text.also,) if text.also and not text.aside else (), theme.MUTED, False, "also"),
    )
    for lines, fill, bold, role in parts:
        if role == "mark" and text.aside:
            items += _codes_and_pages(middle, y, text, stop, box, page)
        elif role == "mark":
            items += mark_block(
                middle, y, lines, stop.column.marks, page.small, room=box, id=stop.id
            )
        else:
            items += block(middle, y, lines, page.small, fill=fill, bold=bold, room=box, role=role,
                           id=stop.id)  # fmt: skip
        y += block_height(lines, page.small)
    return items


def _codes_and_pages(
    middle: float, top: float, text: StopText, stop: Stop, box: Box, page: Page
) -> list[Item]:
    """The codes of findings and the other pages, in one line."""
    beside = aside_of(text.marks.lines, page)
    left = middle - (beside + measure(text.also, page.small)) / 2
    codes = mark_block(left, top, text.marks.lines, stop.column.marks, page.small,
                       anchor=Anchor.LEFT, room=box, id=stop.id)  # fmt: skip
    pages = block(left + beside, top, (text.also,), page.small, fill=theme.MUTED,
                  anchor=Anchor.LEFT, room=box, role="also", id=stop.id)  # fmt: skip
    return [*codes, *pages]


def _diamond(box: Box, role: str, an_id: str = "") -> Polygon:
    left, top, right, bottom = box
    middle, level = (left + right) / 2, (top + bottom) / 2
    return Polygon(
        points=((left, level), (middle, top), (right, level), (middle, bottom)),
        fill=theme.PAPER, stroke=theme.INK, stroke_width=1.1, role=role, id=an_id,
    )  # fmt: skip


def diamond(x: float, y: float, page: Page) -> Item:
    """A decision as a legend shows it, from a point to the right."""
    k = page.scale
    return _diamond((x, y - 5 * k, x + 14 * k, y + 5 * k), "legend-figure")


def pill(x: float, y: float, page: Page) -> Item:
    """The start or end of a way as a legend shows it, from a point to the right."""
    k = page.scale
    return Rect(
        x=x, y=y - 4 * k, width=14 * k, height=8 * k, radius=4 * k, fill=PILL, stroke=theme.INK,
        stroke_width=1.1, role="legend-figure",
    )  # fmt: skip


def _labels(laid: Placed, numbers: Mapping[str, str], page: Page) -> list[Item]:
    """The numbers on the arrows, and yes beside the way out of a decision."""
    items: list[Item] = []
    taken: list[Box] = []
    for link, points in zip(laid.flow.links, laid.points, strict=True):
        if link.yes and link.row:
            word = _yes(points, laid.boxes[link.tail], link.row.wording.say("yes"), page)
            taken.append(text_box(word))
            items += [plate(word, theme.PAPER), word]
    size = page.small * 0.93
    labels = [
        Label(
            at,
            badge_half(size, numbers[link.row.id]),
            word=_aside(link.row, page),
            tail=_past_tail(link.row) * page.scale,
        )
        for at, link in enumerate(laid.flow.links)
        if link.row
    ]
    obstacles = [*laid.boxes, *taken]
    found = spots(laid.points, labels, obstacles, laid.within, page.scale)
    if any(label.word and not found[label.way].free for label in labels):
        labels = [label if found[label.way].free else replace(label, word=0.0) for label in labels]
        found = spots(laid.points, labels, obstacles, laid.within, page.scale)
    for label in labels:
        row = laid.flow.links[label.way].row
        if row:
            items += _badge(row, found[label.way], label, numbers[row.id], page)
    return items


def _badge(row: Row, spot: Spot, label: Label, number: str, page: Page) -> list[Item]:
    """The number of an arrow; beside that of a missing one the word, where there is room."""
    items: list[Item] = []
    if label.word:
        told = words(
            spot.x + label.half + 2 * page.scale, spot.y + 0.36 * page.small,
            row.wording.say(_MISSING), page.small, bold=True, fill=theme.MISSING.text,
            role="missing", id=row.id,
        )  # fmt: skip
        items += [plate(told, theme.PAPER), told]
    return [*items, *badge(spot.x, spot.y, number, style_of(row), page.small * 0.93, id=row.id)]


def _past_tail(row: Row) -> float:
    """How much further from the tail than others its number stands."""
    if style_of(row).badge is Badge.TRIANGLE:
        return _OFF_SENDER
    return _OPEN_TAIL if row.feedback else 0.0


def _aside(row: Row, page: Page) -> float:
    """The room for the word beside the number of a missing one."""
    if not row.missing:
        return 0.0
    return measure(row.wording.say(_MISSING), page.small, bold=True) + 2 * page.scale


def _yes(points: Sequence[Point], box: Box, yes: str, page: Page) -> Text:
    """The word on the way out of a decision: beyond its tip, and off the way."""
    k = page.scale
    (x, y), (to_x, to_y) = points[:2]
    if y == to_y:
        right, below = to_x > x, y > (box[1] + box[3]) / 2 + 0.5
        at = max(x, box[2]) + 4 * k if right else min(x, box[0]) - 4 * k
        return words(at, y + (9 if below else -3.5) * k, yes, page.small, role="yes",
                     anchor=Anchor.LEFT if right else Anchor.RIGHT)  # fmt: skip
    left = x < (box[0] + box[2]) / 2 - 0.5
    at = max(y, box[3]) + 9 * k if to_y > y else min(y, box[1]) - 4 * k
    return words(x + (-4 if left else 4) * k, at, yes, page.small, role="yes",
                 anchor=Anchor.RIGHT if left else Anchor.LEFT)  # fmt: skip
