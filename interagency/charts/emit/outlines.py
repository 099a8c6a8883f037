"""The words of a scene as the outlines of their letters, for readers that have no fonts of ours.

Typst shapes the lines and gives each letter as a path; here the paths of a line are gathered into
one, in the coordinates of the page, so that nothing is left to be looked up or referred to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from interagency.charts.emit import typst
from interagency.charts.scene import Direction, Point, Scene, Text

_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
_COMMAND = re.compile(r"([MLHVQCZ])([^MLHVQCZ]*)", re.IGNORECASE)
_LENGTHS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}


@dataclass(frozen=True, slots=True)
class Affine:
    """Where a point goes: ``(a x + c y + e, b x + d y + f)``."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def __call__(self, point: Point) -> Point:
        """Where the point goes."""
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Affine) -> Affine:
        """What comes of ``first`` and then this one.

        >>> Affine(e=5).after(Affine(d=-1))((1, 2))
        (6, -2)
        """
        (e, f), (a, b), (c, d) = (
            self((first.e, first.f)),
            (self.a * first.a + self.c * first.b, self.b * first.a + self.d * first.b),
            (self.a * first.c + self.c * first.d, self.b * first.c + self.d * first.d),
        )
        return Affine(a, b, c, d, e, f)


def outlines(scene: Scene) -> tuple[str, ...]:
    """For each line of words of a scene, in order, the path that draws it; '' where it has no ink.

    Raises:
        RenderError: Typst is not there, or could not make it.
    """
    lines = tuple(scene.texts())
    if not lines:
        return ()
    made = typst.strewn(lines, rtl_page=scene.direction is Direction.RTL)
    root = ElementTree.fromstring(made)  # noqa: S314 - it comes from Typst, in this process
    letters = {
        symbol.get("id", ""): [path.get("d", "") for path in symbol.iter(f"{_SVG}path")]
        for symbol in root.iter(f"{_SVG}symbol")
    }
    found: list[list[str]] = [[] for _ in lines]
    for letter, at in _uses(root, Affine()):
        number = round(at.f / typst.APART)
        place = _place(lines[number]).after(Affine(f=-number * typst.APART)).after(at)
        found[number] += [_moved(path, place) for path in letters[letter]]
    return tuple("".join(paths) for paths in found)


def _place(line: Text) -> Affine:
    """From a line's own point to where it stands on the page."""
    turn = math.radians(line.rotation)
    sine, cosine = math.sin(turn), math.cos(turn)
    return Affine(cosine, sine, -sine, cosine, line.x, line.y)


def _uses(element: ElementTree.Element, at: Affine) -> Iterator[tuple[str, Affine]]:
    """The letters under an element, each with its place."""
    at = at.after(_transform(element.get("transform", "")))
    if element.tag == f"{_SVG}use":
        x, y = (float(element.get(name, "0")) for name in "xy")
        yield element.get(_REFERENCE, "")[1:], at.after(Affine(e=x, f=y))
    elif element.tag != f"{_SVG}defs":
        for child in element:
            yield from _uses(child, at)


def _transform(text: str) -> Affine:
    """An SVG transform of the kinds that Typst writes.

    >>> _transform("translate(3)")((1, 1)), _transform("scale(1 -1)")((1, 1))
    ((4.0, 1.0), (1.0, -1.0))
    """
    found = Affine()
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", text):
        values = [float(number) for number in _NUMBER.findall(arguments)]
        if name == "translate":
            step = Affine(e=values[0], f=values[1] if len(values) > 1 else 0)
        elif name == "scale":
            step = Affine(a=values[0], d=values[-1])
        else:
            step = Affine(*values)
        found = found.after(step)
    return found


def _moved(path: str, place: Affine) -> str:
    """A path in other coordinates, every point of it absolute.

    >>> _moved("M 0 0m 1 1h 2v 2Z", Affine(d=-1))
    'M1 -1L3 -1L3 -3Z'
    """
    here = start = (0.0, 0.0)
    found: list[str] = []
    for command, arguments in _COMMAND.findall(path):
        if command in "Zz":
            found.append("Z")
            here = start
            continue
        values = [float(number) for number in _NUMBER.findall(arguments)]
        length = _LENGTHS[command.upper()]
        for first in range(0, len(values), length):
            points = _points(command, values[first : first + length], here)
            here = points[-1]
            if command in "Mm":
                start = here
                if found and found[-1][0] == "M":  # a move that drew nothing
                    found.pop()
            name = command.upper().translate(_AS_LINES)
            found.append(name + " ".join(_pair(place(point)) for point in points))
    return "".join(found)


_AS_LINES = str.maketrans("HV", "LL")


def _points(command: str, values: list[float], here: Point) -> list[Point]:
    """The points of one command, absolute."""
    x, y = here if command.islower() else (0.0, 0.0)
    if command in "Hh":
        return [(x + values[0], here[1])]
    if command in "Vv":
        return [(here[0], y + values[0])]
    return [(x + dx, y + dy) for dx, dy in zip(values[::2], values[1::2], strict=True)]


def _pair(point: Point) -> str:
    return " ".join(f"{round(value, 2) + 0:g}" for value in point)
