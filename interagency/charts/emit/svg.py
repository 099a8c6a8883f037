"""A scene as SVG: plain shapes, live text, nothing fetched from anywhere.

There are no markers, patterns, styles by class or references: some reader of SVG loses each of
them. The only style sheet is the one that carries fonts, in the ``web`` kind.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from typing import Literal

from interagency.charts import theme
from interagency.charts.emit.paths import steps
from interagency.charts.faces import FACES, LATIN, Face
from interagency.charts.scene import (
    Anchor,
    Circle,
    Direction,
    Item,
    Point,
    Polygon,
    Polyline,
    Rect,
    Scene,
    Text,
)
from interagency.charts.text import runs, runs_rtl, scrubbed

SvgKind = Literal["web", "plain", "office"]
SVG_KINDS: tuple[SvgKind, ...] = ("web", "plain", "office")
_FAMILY = "'Noto Sans', sans-serif"
_ANCHORS = {Anchor.LEFT: "start", Anchor.MIDDLE: "middle", Anchor.RIGHT: "end"}
_OTHER_END = {"start": "end", "end": "start", "middle": "middle"}


def svg(scene: Scene, *, kind: SvgKind = "web", trim: float = 0.0) -> str:
    """Write one page as SVG.

    Args:
        scene: the page.
        kind: ``web`` carries the fonts it needs, for browsers; ``plain`` names them only, and is
            small; ``office`` has every letter as an outline, for programs that shape no text.
        trim: how much of the paper's empty border is cut off at each side, in points.

    Raises:
        RenderError: ``office`` needs Typst, which is not there.
    """
    words = _outlined(scene) if kind == "office" else _live(scene)
    body = [next(words) if isinstance(i, Text) else _drawn(i) for i in scene.items]
    title, description = _quoted(scene.title), _quoted(scene.description)
    mark = sha256("".join((title, description, *body)).encode()).hexdigest()[:8]
    fonts = style_sheet(scene.items) if kind == "web" else ""
    width, height = scene.width - 2 * trim, scene.height - 2 * trim
    shown = " ".join(map(_number, (trim, trim, width, height)))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_millimetres(width)}" '
        f'height="{_millimetres(height)}" viewBox="{shown}" role="img" '
        f'aria-labelledby="title-{mark} description-{mark}" '
        # A page around the picture may run from right to left; lines of words say so themselves.
        f'xml:lang="{_quoted(scene.language)}" direction="ltr" font-family="{_FAMILY}">',
        f'<title id="title-{mark}">{title}</title>',
        f'<desc id="description-{mark}">{description}</desc>',
        *([f"<style>{fonts}</style>"] if fonts else []),
        f'<rect width="{_number(scene.width)}" height="{_number(scene.height)}" '
        f'fill="{theme.PAPER}"/>',
        *body,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def style_sheet(items: Iterable[Item]) -> str:
    """The fonts that the words of some items need, as a style sheet that carries them."""
    return fonts_for(
        (run.face, item.bold) for item in items if isinstance(item, Text) for run in runs(item.text)
    )


def fonts_for(faces: Iterable[tuple[Face, bool]]) -> str:
    """Faces, each bold or not, as a style sheet that carries each of them once."""
    used = set(faces)
    return "".join(
        _font_face(face, bold) for face in FACES for bold in (False, True) if (face, bold) in used
    )


@cache
def _font_face(face: Face, bold: bool) -> str:
    content = b64encode(face.file(bold=bold, kind="woff2")).decode("ascii")
    return (
        f"@font-face{{font-family:'{face.family}';font-weight:{700 if bold else 400};"
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}\n"
    )


def _drawn(item: Rect | Circle | Polygon | Polyline) -> str:
    if isinstance(item, Polyline):
        return _polyline(item)
    if isinstance(item, Rect):
        radius = f' rx="{_number(item.radius)}"' if item.radius else ""
        shape = (
            f'<rect x="{_number(item.x)}" y="{_number(item.y)}" width="{_number(item.width)}" '
            f'height="{_number(item.height)}"{radius}'
        )
    elif isinstance(item, Circle):
        shape = f'<circle cx="{_number(item.x)}" cy="{_number(item.y)}" r="{_number(item.radius)}"'
    else:
        shape = f'<polygon points="{_points(item)}" stroke-linejoin="round"'
    return f"{shape}{_paint(item)}{_meaning(item)}/>"


def _points(item: Polygon) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in item.points)


def _paint(item: Rect | Circle | Polygon) -> str:
    stroke = (
        f' stroke="{item.stroke}" stroke-width="{_number(item.stroke_width)}"'
        if item.stroke
        else ""
    )
    return f' fill="{item.fill or "none"}"{stroke}'


def _meaning(item: Item) -> str:
    """What an item is and stands for, for programs that read the picture."""
    role = f' data-role="{_quoted(item.role)}"' if item.role else ""
    return role + (f' data-id="{_quoted(item.id)}"' if item.id else "")


def _polyline(item: Polyline) -> str:
    dash = " ".join(map(_number, item.dash))
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{_path(item.points, item.corner)}" fill="none" stroke="{item.stroke}" '
        f'stroke-width="{_number(item.stroke_width)}" stroke-linejoin="round"{dashes}'
        f"{_meaning(item)}/>"
    )


def _path(points: Sequence[Point], corner: float) -> str:
    way = steps(points, corner)
    return "".join(kind + " ".join(map(_pair, places)) for kind, places in way)


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _live(scene: Scene) -> Iterator[str]:
    """The lines of words, to be set by the reader's program."""
    rtl = scene.direction is Direction.RTL
    return (_text(line, rtl) for line in scene.texts())


def _outlined(scene: Scene) -> Iterator[str]:
    """The lines of words as drawings of their letters, each with what it says."""
    from interagency.charts.emit.outlines import outlines

    for line, path in zip(scene.texts(), outlines(scene), strict=True):
        label = f'role="img" aria-label="{_quoted(line.text)}"{_meaning(line)}'
        yield f'<path d="{path or "M0 0"}" fill="{line.fill}" {label}/>'


def _text(item: Text, rtl_page: bool) -> str:
    """A line of words. On a page for right-to-left readers, any such letter makes it theirs."""
    rtl = runs_rtl(item.text, rtl_page=rtl_page)
    anchor = _ANCHORS[item.anchor]
    anchor = _OTHER_END[anchor] if rtl else anchor
    attributes = [
        f'x="{_number(item.x)}" y="{_number(item.y)}" font-size="{_number(item.size)}" '
        f'fill="{item.fill}"'
    ]
    if item.bold:
        attributes.append('font-weight="700"')
    if anchor != "start":
        attributes.append(f'text-anchor="{anchor}"')
    if rtl:
        attributes.append('direction="rtl"')
    if item.rotation:
        turn = f"rotate({item.rotation} {_number(item.x)} {_number(item.y)})"
        attributes.append(f'transform="{turn}"')
    if _keeps_length(item.text):
        length = f'textLength="{_number(item.width)}" lengthAdjust="spacingAndGlyphs"'
        attributes.append(length)
    return f"<text {' '.join(attributes)}{_meaning(item)}>{_spans(item.text)}</text>"


def _keeps_length(text: str) -> bool:
    """Whether a viewer without our font should squeeze the line into its measured length.

    Only lines of one face: a length on several is spread wrongly by some viewers. And not
    scripts whose letters melt together: their sum is too long, and they would be stretched.
    """
    pieces = runs(text)
    return len(text) > 3 and len(pieces) == 1 and bool(pieces[0].face.stem) and pieces[0].face.exact


def _spans(text: str) -> str:
    """Each run in its own face: the viewer must not be left to choose one."""
    return "".join(
        _quoted(run.text)
        if run.face is LATIN
        else f"<tspan font-family=\"'{run.face.family}', {_FAMILY}\">{_quoted(run.text)}</tspan>"
        for run in runs(text)
    )


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return escape(scrubbed(text), quote=True)


def _millimetres(points: float) -> str:
    return f"{_number(points / 72 * 25.4)}mm"


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """At most two decimals, and never ``-0``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
