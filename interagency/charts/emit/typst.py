"""Scenes as documents and pictures: PDF, PNG, and words as outlines, all by Typst.

Typst is given one fixed program (``chart.typ``) and the scenes as data beside it; no word of a
plan ever becomes markup. It shapes every script with the fonts of the package. A font of the
system is asked only for characters that no font of the package has.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from interagency.charts import theme
from interagency.charts.emit.paths import steps
from interagency.charts.faces import FACES
from interagency.charts.scene import Direction, Item, Polyline, Scene, Text
from interagency.charts.text import missing, runs_rtl, scrubbed
from interagency.errors import RenderError

if TYPE_CHECKING:
    from types import ModuleType

Form = Literal["pdf", "png", "svg"]
_ABOUT: Mapping[str, Any] = {
    "title": "",
    "description": "",
    "language": "en",
    "region": None,
    "fonts": [face.family for face in FACES],
}
APART = 1000
"""How far apart strewn lines stand, in points."""
LEAST_DPI, MOST_DPI = 36, 1200


def pdf(scenes: Sequence[Scene], spoken: Mapping[str, str] | None = None) -> bytes:
    """Pages as one tagged PDF (PDF/UA-1), its fonts inside; the same scenes, the same bytes.

    Args:
        scenes: the pages.
        spoken: for the id of each thing drawn, what it says in words: told to those who listen
            to the page, after its description.

    Raises:
        RenderError: Typst is not there, or could not make it.
    """
    return _compiled(scenes, "pdf", spoken or {})


def png(scene: Scene, *, dpi: float = 300) -> bytes:
    """One page as a PNG that knows how large it is on paper.

    Raises:
        RenderError: Typst is not there, or the resolution is not between 36 and 1200.
    """
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise RenderError(
            f"A picture of {dpi:g} dots per inch cannot be made. "
            f"Choose between {LEAST_DPI} and {MOST_DPI}: 150 for a screen, 300 for print."
        )
    return _sized(_compiled([scene], "png", {}, dpi), dpi)


def strewn(lines: Sequence[Text], *, rtl_page: bool) -> str:
    """Lines of words as an SVG of outlines, each ``APART`` points below the one before.

    Raises:
        RenderError: Typst is not there, or could not make it.
    """
    level = [replace(line, x=0, y=0, rotation=0) for line in lines]
    told = {"lines": [_plain(line, rtl_page) for line in level], "apart": APART}
    foreign = any(_foreign(line.text) for line in lines)
    return _run({**_ABOUT, **told}, "svg", foreign=foreign).decode("utf-8")


def _compiled(
    scenes: Sequence[Scene], form: Form, spoken: Mapping[str, str], dpi: float = 72
) -> bytes:
    foreign = any(_foreign(line.text) for scene in scenes for line in scene.texts())
    language, region = _language(scenes[0].language)
    about = {
        "title": _said(scenes[0].title),
        "description": _said(*(scene.description for scene in scenes)),
        "language": language,
        "region": region,
        "pages": [_page(scene, spoken) for scene in scenes],
    }
    return _run({**_ABOUT, **about}, form, foreign=foreign, dpi=dpi)


def _run(chart: Mapping[str, Any], form: Form, *, foreign: bool, dpi: float = 72) -> bytes:
    """What Typst makes of it. Fonts of the system are read only for ``foreign`` characters."""
    typst = _typst()
    try:
        made = typst.compile(
            _program(),
            format=form,
            ppi=dpi,
            font_paths=_fonts(foreign),
            sys_inputs={"chart": json.dumps(chart, ensure_ascii=False)},
            # A character that no font has is drawn as a box, which PDF/UA does not allow.
            pdf_standards=["ua-1"] if form == "pdf" and not foreign else [],
        )
    except typst.TypstError as reason:
        raise RenderError(
            f"Typst could not make the {form.upper()}: {reason}. "
            "This is a fault in interagency; please report it."
        ) from reason
    return bytes(made)


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise RenderError(
            "PDF, PNG and SVG for office programs are made by Typst, which is not installed. "
            'Install it: pip install "interagency[report]"'
        ) from None
    return typst


@cache
def _program() -> bytes:
    return (files(__package__) / "chart.typ").read_bytes()


@cache
def _fonts(foreign: bool) -> Any:
    """The fonts of the package and, where it is asked for, of the system; looked for once."""
    ours = str(files("interagency.charts") / "fonts")
    return _typst().Fonts(
        include_system_fonts=foreign, include_embedded_fonts=False, font_paths=[ours]
    )


def _foreign(text: str) -> bool:
    return bool(missing(text))


def _language(tag: str) -> tuple[str, str | None]:
    """What Typst can be told of a language: two or three letters, and a country.

    >>> _language("ar-EG"), _language("zh-Hant"), _language("ethiopic")
    (('ar', 'EG'), ('zh', None), ('und', None))
    """
    language, *rest = tag.lower().split("-")
    known = len(language) in (2, 3) and language.isascii() and language.isalpha()
    regions = (part.upper() for part in rest if len(part) == 2 and part.isalpha())
    return (language if known else "und"), next(regions, None)


def _page(scene: Scene, spoken: Mapping[str, str]) -> dict[str, Any]:
    rtl = scene.direction is Direction.RTL
    title = [item for item in scene.items if item.role == "title"]
    drawn = dict.fromkeys(item.id for item in scene.items if item.role in ("arrow", "badge"))
    told = (scene.description, *(spoken[an_id] for an_id in drawn if an_id in spoken))
    return {
        "width": scene.width,
        "height": scene.height,
        "paper": theme.PAPER,
        "description": _said(*told),
        "heading": [_plain(item, rtl) for item in title],
        "items": [_plain(item, rtl) for item in scene.items if item.role != "title"],
    }


def _said(*parts: str) -> str:
    """Words for those who listen; a document that is to be accessible may not be without."""
    return scrubbed(" ".join(" ".join(parts).split())) or "Chart"


def _plain(item: Item, rtl_page: bool) -> dict[str, Any]:
    """An item as the program wants it, with numbers rounded as in every other form."""
    plain: dict[str, Any] = {"shape": type(item).__name__.lower()}
    if isinstance(item, Polyline):
        way = steps(item.points, item.corner)
        plain["steps"] = [[kind, _rounded(points)] for kind, points in way]
    elif isinstance(item, Text):
        plain["rtl"] = runs_rtl(item.text, rtl_page=rtl_page)
        plain["fallback"] = _foreign(item.text)
    for field in fields(item):
        if field.name not in ("role", "id", "room", "corner"):
            plain[field.name] = _rounded(getattr(item, field.name))
    if isinstance(item, Text):
        plain["text"] = " ".join(scrubbed(item.text).splitlines())
    return plain


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, tuple):
        return [_rounded(part) for part in value]
    return value


def _sized(picture: bytes, dpi: float) -> bytes:
    """A PNG with its resolution written into it, in dots per metre, after the header."""
    header_end = 33
    dots = round(dpi / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:header_end] + chunk + picture[header_end:]
