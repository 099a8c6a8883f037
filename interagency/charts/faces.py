"""The typefaces that travel with the package: what they hold and how wide their letters are.

Nothing is read before the first question, and then only the tables that the question needs.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface in two weights, and how far apart its lines must stand.

    ``ascent`` and ``descent`` are how far its letters and marks reach above and below the
    baseline, and ``leading`` is the distance of two baselines, in em. ``exact`` says whether the
    sum of its letters' widths is the width of a line; where letters melt together it is more.
    """

    stem: str
    family: str
    leading: float
    ascent: float
    descent: float
    exact: bool = True
    allowance: float = 1.0
    """What the sum is multiplied by where joined letters are wider than the letters alone."""

    def file(self, *, bold: bool, kind: str) -> bytes:
        """The face as a ``ttf`` or ``woff2`` file."""
        name = f"{self.stem}-{'Bold' if bold else 'Regular'}.{kind}"
        return (files(__package__) / "fonts" / name).read_bytes()


LATIN = Face("NotoSans", "Noto Sans", 1.18, 0.80, 0.24)
FACES = (
    LATIN,
    Face("NotoSansThai", "Noto Sans Thai", 1.4, 1.08, 0.30),
    Face("NotoSansLao", "Noto Sans Lao", 1.4, 1.08, 0.34),
    Face("NotoSansKhmer", "Noto Sans Khmer", 1.65, 1.05, 0.60, exact=False),
    Face("NotoSansMyanmar", "Noto Sans Myanmar", 1.65, 1.05, 0.60),
    Face("NotoSansBengali", "Noto Sans Bengali", 1.4, 0.98, 0.40, exact=False),
    Face("NotoSansSinhala", "Noto Sans Sinhala", 1.4, 0.98, 0.40, exact=False, allowance=1.06),
    Face("NotoSansTamil", "Noto Sans Tamil", 1.4, 0.98, 0.40, exact=False),
    Face("NotoSansDevanagari", "Noto Sans Devanagari", 1.45, 1.02, 0.42, exact=False),
    Face("NotoSansArabic", "Noto Sans Arabic", 1.5, 1.05, 0.45, exact=False),
)
# Not in the package: a system face, as broad as it is high, which the reader may or may not have.
IDEOGRAPHS = Face("", "Noto Sans CJK SC", 1.3, 0.90, 0.20)


@cache
def face_of(char: str) -> Face | None:
    """The first face that has a character; None where no bundled face has it.

    >>> face_of("a").family, face_of("ส").family, face_of("→")
    ('Noto Sans', 'Noto Sans Thai', None)
    """
    code = ord(char)
    return next((face for face in FACES if code in _advances(face.stem, "Regular")), None)


def has(face: Face, char: str) -> bool:
    """Whether a face has a character."""
    return bool(face.stem) and ord(char) in _advances(face.stem, "Regular")


@cache
def advance(char: str, *, bold: bool) -> float:
    """How far a character moves the line on, in em.

    A character that no face has counts one em: too wide rather than too narrow.
    """
    face = face_of(char)
    if face is not None:
        table = _advances(face.stem, "Bold" if bold else "Regular")
        return table[ord(char)] * face.allowance / 1000
    return 0.0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1.0


@cache
def _table() -> dict[str, dict[str, str]]:
    source = files(__package__) / "fonts" / "advances.json"
    table: dict[str, dict[str, str]] = json.loads(source.read_text(encoding="utf-8"))
    return table


@cache
def _advances(stem: str, weight: str) -> dict[int, int]:
    """Unpack ``first:advance,advance,... first:...``."""
    found: dict[int, int] = {}
    for piece in _table()[stem][weight].split():
        first, _, widths = piece.partition(":")
        found.update(enumerate(map(int, widths.split(",")), int(first, 16)))
    return found
