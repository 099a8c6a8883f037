"""What a reader would trip over on a page, as numbers.

Every gate of the charts is stated in these figures: nothing outside its room, no words on words
or on lines, no lines so near that they look like one, no type too small or too pale.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from interagency.charts import theme
from interagency.charts.scene import Box, Circle, Item, Point, Polygon, Polyline, Rect, Scene, Text
from interagency.charts.strokes import text_box, words

Segment = tuple[Point, Point]
_BOXES = frozenset({"box", "pill", "decision"})
"""Roles of what arrows lead from and to."""
_SLACK = 0.6
"""Boxes of words reach a little further than their ink; this much overlap is none."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the checker found; each fault says which words or lines it is about."""

    overflow: tuple[str, ...]
    words_on_words: tuple[str, ...]
    words_on_lines: tuple[str, ...]
    crossings: tuple[str, ...]
    near_lines: tuple[str, ...]
    lines_in_boxes: tuple[str, ...]
    words_on_boxes: tuple[str, ...]
    numbers_on_lines: tuple[str, ...]
    """Badges that stand on the line of another arrow."""
    smallest: float
    """The smallest size of type, in points."""
    contrast: float
    """The lowest contrast of words with what lies under them."""

    @property
    def faults(self) -> tuple[str, ...]:
        """All faults, in words."""
        return (*(f"lines cross: {text}" for text in self.crossings), *self.faults_but_crossings)

    @property
    def faults_but_crossings(self) -> tuple[str, ...]:
        """What no chart may have; a few crossings cannot be helped where lines turn."""
        return (
            *(f"outside its room: {text}" for text in self.overflow),
            *(f"words on words: {text}" for text in self.words_on_words),
            *(f"words on a line: {text}" for text in self.words_on_lines),
            *(f"lines too near: {text}" for text in self.near_lines),
            *(f"a line through a box: {text}" for text in self.lines_in_boxes),
            *(f"words on a box: {text}" for text in self.words_on_boxes),
            *(f"a number on another's line: {text}" for text in self.numbers_on_lines),
            *([f"type of {self.smallest:.1f} pt"] if self.smallest < 6 else []),
            *([f"contrast of {self.contrast:.1f}"] if self.contrast < 4.5 else []),
        )


def measured(line: Text) -> Box:
    """Where words stand, measured afresh: a layout's own measure is not taken on trust."""
    fresh = words(
        line.x,
        line.y,
        line.text,
        line.size,
        bold=line.bold,
        anchor=line.anchor,
        rotation=line.rotation,
    )
    return text_box(fresh)


def check(scene: Scene, box_of: Callable[[Text], Box] = measured) -> Figures:
    """Measure one page.

    Args:
        scene: the page.
        box_of: where a line of words stands. A picture that another program has set in a font
            of its own brings its widths with it: ``text_box`` believes them.

    >>> line = words(10, 20, "Police", 5)
    >>> check(Scene(100, 50, "", "", (line,))).faults
    ('type of 5.0 pt',)
    """
    texts = [
        (at, item, box_of(item))
        for at, item in enumerate(scene.items)
        if isinstance(item, Text) and item.text.strip()
    ]
    arrows = [i for i in scene.items if isinstance(i, Polyline) and i.role == "arrow"]
    lines = [i for i in scene.items if isinstance(i, Polyline) and i.role in ("arrow", "inner")]
    boxes = [i for i in scene.items if isinstance(i, Rect | Polygon) and i.role in _BOXES]
    return Figures(
        overflow=tuple(_overflow(scene, ((text, box) for _, text, box in texts))),
        words_on_words=tuple(_words_on_words([(text, box) for _, text, box in texts])),
        words_on_lines=tuple(_words_on_lines(scene.items, texts)),
        crossings=tuple(_crossings(lines)),
        near_lines=tuple(_near_lines(lines)),
        lines_in_boxes=tuple(_lines_in_boxes(lines, boxes)),
        words_on_boxes=tuple(_words_on_boxes(((text, box) for _, text, box in texts), boxes)),
        numbers_on_lines=tuple(_numbers_on_lines(scene.items, arrows)),
        smallest=min((text.size for _, text, _ in texts), default=math.inf),
        contrast=min(
            (_contrast_at(scene.items[:at], text, box) for at, text, box in texts),
            default=math.inf,
        ),
    )


def _overflow(scene: Scene, texts: Iterable[tuple[Text, Box]]) -> Iterator[str]:
    edge = scene.margin - 1
    page = (edge, edge, scene.width - edge, scene.height - edge)
    for text, box in texts:
        if not _inside(box, page, 1.0) or (text.room and not _inside(box, text.room, 2.5)):
            yield _told(text)


def _inside(box: Box, room: Box, slack: float) -> bool:
    """Sideways to a hair; upwards and downwards the box is larger than most ink."""
    return (
        box[0] >= room[0] - _SLACK
        and box[2] <= room[2] + _SLACK
        and box[1] >= room[1] - slack
        and box[3] <= room[3] + slack
    )


def _words_on_words(texts: Sequence[tuple[Text, Box]]) -> Iterator[str]:
    ordered = sorted(texts, key=lambda pair: pair[1][1])
    for at, (text, box) in enumerate(ordered):
        for other, other_box in ordered[at + 1 :]:
            if other_box[1] > box[3]:
                break
            if _meet(_inked(box), _inked(other_box)):
                yield f"{_told(text)} / {_told(other)}"


def _inked(box: Box) -> Box:
    """The part of a box that has ink for certain: between cap height and baseline."""
    height = box[3] - box[1]
    return box[0] + _SLACK, box[1] + height * 0.12, box[2] - _SLACK, box[3] - height * 0.2


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _words_on_lines(items: Sequence[Item], texts: Sequence[tuple[int, Text, Box]]) -> Iterator[str]:
    lines = [(at, item, list(_segments(item))) for at, item in enumerate(items) if _stroked(item)]
    plates = [(at, item) for at, item in enumerate(items) if _covers(item)]
    for text_at, text, box in texts:
        inked = _inked(box)
        for line_at, line, segments in lines:
            if not any(_length_inside(segment, inked) > 1 for segment in segments):
                continue
            hidden = any(line_at < at < text_at and _hides(item, inked) for at, item in plates)
            if not hidden:
                yield f"{_told(text)} / {line.role or 'line'} {line.id}".rstrip()
                break


def _stroked(item: Item) -> bool:
    if isinstance(item, Polyline):
        return item.role not in ("casing", "core")
    return not isinstance(item, Text) and item.stroke is not None


def _covers(item: Item) -> bool:
    return not isinstance(item, Polyline | Text) and item.fill is not None


def _hides(item: Item, box: Box) -> bool:
    """Whether a filled shape covers a box: all of its corners lie in it."""
    left, top, right, bottom = around = _box_of(item)
    if isinstance(item, Rect):
        return _inside(box, around, 0)
    if isinstance(item, Polygon) and len(item.points) == 3:  # nothing stands in its tip
        x, across = (left + right) / 2, (right - left) * 0.2
        return _inside(box, (x - across, top + (bottom - top) * 0.4, x + across, bottom), 0)
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    if isinstance(item, Circle):
        return all(math.dist(corner, (item.x, item.y)) <= item.radius for corner in corners)
    sides = list(_segments(item))
    return all(_within(corner, sides) for corner in corners)


def _within(point: Point, sides: Sequence[Segment]) -> bool:
    """Whether a point lies within an outline: an odd number of its sides are to the right."""
    x, y = point
    right_of = [
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) > x
        for a, b in sides
        if (a[1] > y) is not (b[1] > y)
    ]
    return sum(right_of) % 2 == 1


def _segments(item: Item) -> Iterator[Segment]:
    if isinstance(item, Polyline):
        yield from pairwise(item.points)
    elif isinstance(item, Polygon):
        yield from pairwise((*item.points, item.points[0]))
    elif not isinstance(item, Text):
        left, top, right, bottom = _box_of(item)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        if isinstance(item, Circle):  # an octagon is near enough
            turns = (math.tau * (eighth + 0.5) / 8 for eighth in range(9))
            corners = tuple(  # type: ignore[assignment]
                (item.x + item.radius * math.cos(t), item.y + item.radius * math.sin(t))
                for t in turns
            )
        yield from pairwise(corners)


def _box_of(item: Item) -> Box:
    if isinstance(item, Rect):
        return item.x, item.y, item.x + item.width, item.y + item.height
    if isinstance(item, Circle):
        r = item.radius
        return item.x - r, item.y - r, item.x + r, item.y + r
    if isinstance(item, Text):
        return text_box(item)
    across, down = zip(*item.points, strict=True)
    return min(across), min(down), max(across), max(down)


def _length_inside(segment: Segment, box: Box) -> float:
    """How much of a segment lies in a box (Liang and Barsky)."""
    (x, y), (to_x, to_y) = segment
    dx, dy = to_x - x, to_y - y
    enter, leave = 0.0, 1.0
    for step, room in (
        (-dx, x - box[0]),
        (dx, box[2] - x),
        (-dy, y - box[1]),
        (dy, box[3] - y),
    ):
        if step == 0:
            if room < 0:
                return 0.0
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return max(0.0, leave - enter) * math.hypot(dx, dy)


def _crossings(arrows: Sequence[Polyline]) -> Iterator[str]:
    for one, other, near in _neighbours(arrows):
        if any(_cross(a, b) for a, b in near):
            yield f"{one.id} / {other.id}"


def _neighbours(
    lines: Sequence[Polyline],
) -> Iterator[tuple[Polyline, Polyline, Iterator[tuple[Segment, Segment]]]]:
    """Lines that come near one another, each pair with those of their segments that do."""
    spans = [(line, _grown(_box_of(line)), _spans(line)) for line in lines]
    for (one, box, pieces), (other, other_box, other_pieces) in combinations(spans, 2):
        if _meet(box, other_box):
            here = [(a, span) for a, span in pieces if _meet(span, other_box)]
            there = [(b, span) for b, span in other_pieces if _meet(span, box)]
            yield one, other, ((a, b) for a, s in here for b, t in there if _meet(s, t))


def _spans(line: Polyline) -> list[tuple[Segment, Box]]:
    """The segments of a line, each with the box around it."""
    return [
        ((a, b), _grown((min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))))
        for a, b in pairwise(line.points)
    ]


def _grown(box: Box) -> Box:
    return box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2


def _cross(one: Segment, other: Segment) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (p, q), (r, s) = one, other
    return side(r, s, p) * side(r, s, q) < -1e-9 and side(p, q, r) * side(p, q, s) < -1e-9


def _near_lines(arrows: Sequence[Polyline]) -> Iterator[str]:
    """Level or upright lines that run along one another less than two points apart."""
    for one, other, near in _neighbours(arrows):
        if any(_near(a, b) for a, b in near):
            yield f"{one.id} / {other.id}"


def _near(one: Segment, other: Segment) -> bool:
    return any(
        abs(one[0][across] - one[1][across]) < 0.1
        and abs(other[0][across] - other[1][across]) < 0.1
        and abs(one[0][across] - other[0][across]) < 2
        and _shared(one, other, 1 - across) > 6
        for across in (0, 1)
    )


def _shared(one: Segment, other: Segment, axis: int) -> float:
    low = max(min(one[0][axis], one[1][axis]), min(other[0][axis], other[1][axis]))
    high = min(max(one[0][axis], one[1][axis]), max(other[0][axis], other[1][axis]))
    return high - low


def _lines_in_boxes(arrows: Sequence[Polyline], boxes: Sequence[Rect | Polygon]) -> Iterator[str]:
    """Lines that run through a box rather than end at its outline."""
    hearts = [(box, _heart(box)) for box in boxes]
    for arrow in arrows:
        for box, heart in hearts:
            if any(_length_inside(segment, heart) > 1 for segment in _segments(arrow)):
                yield f"{arrow.id} / {box.id}"


def _heart(shape: Rect | Polygon) -> Box:
    """A shape without its rim: of a pill without its round ends, of a diamond its middle."""
    left, top, right, bottom = _box_of(shape)
    across = down = 1.5
    if isinstance(shape, Polygon):
        across, down = (right - left) / 4, (bottom - top) / 4
    elif shape.radius > 5:
        across = shape.radius * 0.7
    return left + across, top + down, right - across, bottom - down


def _words_on_boxes(
    texts: Iterable[tuple[Text, Box]], boxes: Sequence[Rect | Polygon]
) -> Iterator[str]:
    """Words that stand on a box which is not their own."""
    outlines = [(box, _box_of(box)) for box in boxes]
    for text, place in texts:
        for box, outline in outlines:
            if box.id != text.id and _meet(_inked(place), outline):
                yield f"{_told(text)} / {box.id}"


def _numbers_on_lines(items: Iterable[Item], arrows: Sequence[Polyline]) -> Iterator[str]:
    """Badges through which the arrow of another handoff runs: whose number would it be?"""
    badges = [item for item in items if item.role == "badge" and not isinstance(item, Text)]
    drawn = {arrow.id for arrow in arrows}
    for badge in badges:
        if badge.id not in drawn:
            continue
        place = _box_of(badge)
        for arrow in arrows:
            if arrow.id != badge.id and any(
                _length_inside(segment, place) > 1 for segment in _segments(arrow)
            ):
                yield f"{badge.id} / {arrow.id}"


def _contrast_at(below: Sequence[Item], text: Text, box: Box) -> float:
    """The lowest contrast of a line of words with what lies under its start, middle and end."""
    y = (box[1] + box[3]) / 2
    points = [(box[0] + (box[2] - box[0]) * share, y) for share in (0.05, 0.5, 0.95)]
    if text.rotation:
        points = [((box[0] + box[2]) / 2, y)]
    return min(contrast(text.fill, _colour_at(below, point)) for point in points)


def _colour_at(below: Sequence[Item], point: Point) -> str:
    for item in reversed(below):
        if isinstance(item, Polyline | Text) or item.fill is None:
            continue
        left, top, right, bottom = _box_of(item)
        if left <= point[0] <= right and top <= point[1] <= bottom:
            return item.fill
    return theme.PAPER


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it, from 1 to 21.

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _told(text: Text) -> str:
    return f"{text.text[:40]!r}"
