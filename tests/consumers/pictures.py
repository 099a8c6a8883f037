"""One page as pictures by different programs, and how far two of them lie apart."""

from __future__ import annotations

import io
from pathlib import Path

import chromium
from PIL import Image, ImageChops, ImageFilter
from programs import run

from interagency.charts.scene import Scene

DPI = 192
CELL = 16
"""Pixels of a cell in which two pictures are compared: 6 points, the least size of letters."""


def grey(picture: bytes) -> Image.Image:
    """A picture in shades of grey, what is transparent in it as paper."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("L")


def apart(one: bytes, other: bytes) -> int:
    """How far two pictures of the same page lie apart where they differ most, of 255.

    Each program smooths edges and letters in its own way, so both are blurred a little and
    compared by the mean of small cells.
    """
    pictures = [grey(picture) for picture in (one, other)]
    assert all(abs(a - b) <= 4 for a, b in zip(*(p.size for p in pictures), strict=True))
    size = min(p.width for p in pictures), min(p.height for p in pictures)
    soft = [p.crop((0, 0, *size)).filter(ImageFilter.GaussianBlur(3)) for p in pictures]
    return int(ImageChops.difference(*soft).reduce(CELL).getextrema()[1])


def by_chromium(page: chromium.Page, svg: Path, scene: Scene) -> bytes:
    """A page of a chart as Chromium shows its SVG."""
    across, down = (round(points * 96 / 72) for points in (scene.width, scene.height))
    page.open(svg, width=across, height=down, scale=DPI / 96)
    page.tell("document.fonts.ready.then(() => 0)")
    return page.picture()


def of_pdf(document: Path, number: int = 1) -> bytes:
    """A page of a PDF as Poppler shows it."""
    return run(
        "pdftoppm", "-png", "-r", str(DPI), "-f", str(number), "-singlefile", document
    )  # fmt: skip


def by_librsvg(svg: Path) -> bytes:
    """An SVG as librsvg shows it, which GNOME, Wikimedia and many converters use."""
    return run("rsvg-convert", "--dpi-x", str(DPI), "--dpi-y", str(DPI), svg)


def by_resvg(text: str) -> bytes:
    """An SVG as resvg shows it, with outlines for letters: no font is looked for."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=text, dpi=DPI, skip_system_fonts=True))
