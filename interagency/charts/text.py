"""Words on a chart: cleaning, measuring and breaking them into lines, in many scripts.

Measuring is a plain sum of letter widths from a table in the package, so that the same plan
gives the same chart on every machine. It is right to half a hundredth for Latin, Thai, Lao and
Burmese, and too wide rather than too narrow for Khmer, Bengali and Arabic.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from interagency.charts.faces import FACES, IDEOGRAPHS, LATIN, Face, advance, face_of, has

_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "azb", "ckb", "dv", "fa", "he", "iw", "ks", "lrc", "mzn", "ps", "sd", "ug", "ur"}
)
_RTL_SCRIPTS = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo"})
_UNDRAWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Marks that turn the reading direction about: they could make our own words read wrongly.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"
# A letter after one of these hangs under it or melts with it: no break between the two.
_STACKING = frozenset("\u0d4d\u094d\u09cd\u0bcd\u0dca\u17d2\u1039\u200d")
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
_NEVER_FIRST = frozenset("ะาำๆฯะາຳໆຯ។៕៖ៗ၊။।॥,.;:!?)]}»”’、。，．；：！？）】》％%…")
_NEVER_LAST = frozenset("([{«“‘（【《")
_SPACELESS = ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF))


def clean(text: str) -> str:
    r"""What of a text can be drawn: white space as single spaces, no control characters.

    >>> clean("  Royal\n Thai\x00 Police ")
    'Royal Thai� Police'
    """
    return scrubbed(" ".join(_TURNING.sub("", text).split()))


def scrubbed(text: str) -> str:
    r"""A text without anything that XML may not hold.

    >>> scrubbed("a\x00b\ud800")
    'a�b�'
    """
    return _UNDRAWABLE.sub("�", text)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters that are set in one face."""

    text: str
    face: Face


@lru_cache(maxsize=4096)
def runs(text: str) -> tuple[Run, ...]:
    """Cut a line where the face must change; marks and joiners stay with their letter.

    >>> [(run.text, run.face.family) for run in runs("DSI สอบสวน")]
    [('DSI ', 'Noto Sans'), ('สอบสวน', 'Noto Sans Thai')]
    """
    found: list[tuple[list[str], Face]] = []
    for char in text:
        if found and (_clings(char) or _stays(char, found[-1][1])):
            found[-1][0].append(char)
            continue
        face = face_of(char) or (IDEOGRAPHS if _wide(char) else LATIN)
        if found and found[-1][1] is face:
            found[-1][0].append(char)
        else:
            found.append(([char], face))
    return tuple(Run("".join(chars), face) for chars, face in found)


def _stays(char: str, face: Face) -> bool:
    """A space keeps the face that goes on; Latin letters and digits always get their own."""
    return has(face, char) and (face is LATIN or not char.isascii() or char == " ")


def _clings(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char).startswith("M")


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def missing(text: str) -> tuple[str, ...]:
    """The characters that no bundled face has, each once, in order.

    >>> missing("公安部 police")
    ('公', '安', '部')
    """
    lacking = (c for c in text if face_of(c) is None and unicodedata.category(c) != "Cf")
    return tuple(dict.fromkeys(lacking))


def measure(text: str, size: float, *, bold: bool = False, shaped: bool = False) -> float:
    """How wide a line is, in points.

    Args:
        text: one line.
        size: of the type, in points.
        bold: whether it is set in bold.
        shaped: let uharfbuzz (which must be there) shape the line with the bundled fonts.

    >>> round(measure("Police", 10), 2)
    27.7
    """
    if shaped:
        return sum(_shaped(run, bold) for run in runs(text)) * size
    return _ems(text, bold) * size


@lru_cache(maxsize=16384)
def _ems(text: str, bold: bool) -> float:
    return sum(advance(char, bold=bold) for char in text)


def _shaped(run: Run, bold: bool) -> float:
    if not run.face.stem:
        return _ems(run.text, bold)
    harfbuzz = _harfbuzz()
    font = _shaper(run.face, bold)
    buffer = harfbuzz.Buffer()
    buffer.add_str(run.text.replace("\u200b", ""))
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer)
    return float(sum(glyph.x_advance for glyph in buffer.glyph_positions) / font.face.upem)


@cache
def _shaper(face: Face, bold: bool) -> Any:
    harfbuzz = _harfbuzz()
    return harfbuzz.Font(harfbuzz.Face(face.file(bold=bold, kind="ttf")))


def _harfbuzz() -> Any:
    """The shaper: an extra that carries no types, so it is imported by name when asked for."""
    return import_module("uharfbuzz")


@lru_cache(maxsize=4096)
def leading(text: str) -> float:
    """The distance of two baselines in em: Burmese and Khmer stack marks, Latin does not."""
    return max((face.leading for face in faces_in(text)), default=LATIN.leading)


@lru_cache(maxsize=4096)
def ascent(text: str) -> float:
    """How far the highest script of a line reaches above its baseline, in em."""
    return max((face.ascent for face in faces_in(text)), default=LATIN.ascent)


@lru_cache(maxsize=4096)
def descent(text: str) -> float:
    """How far the deepest script of a line reaches below its baseline, in em."""
    return max((face.descent for face in faces_in(text)), default=LATIN.descent)


@lru_cache(maxsize=4096)
def faces_in(text: str) -> tuple[Face, ...]:
    """The faces a text needs, in a fixed order."""
    used = {run.face for run in runs(text)}
    return tuple(face for face in (*FACES, IDEOGRAPHS) if face in used)


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left.

    >>> is_rtl("شرطة"), is_rtl("24 police")
    (True, False)
    """
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)


def runs_rtl(text: str, *, rtl_page: bool) -> bool:
    """Whether a line is set from right to left; on a page read so, any such letter decides.

    >>> runs_rtl("24 ساعة", rtl_page=True), runs_rtl("DSI ساعة", rtl_page=False)
    (True, False)
    """
    return any(map(is_rtl, text)) if rtl_page else is_rtl(text)


def rtl_language(tag: str) -> bool:
    """Whether a language, by its BCP 47 tag, is written from right to left.

    >>> rtl_language("fa-IR"), rtl_language("ar-Latn"), rtl_language("en")
    (True, False, False)
    """
    language, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return script in _RTL_SCRIPTS if script else language in _RTL_LANGUAGES


def graphemes(text: str) -> list[str]:
    """What a reader takes for single letters: a base with its marks and what hangs under it.

    >>> graphemes("ก็ดี é")
    ['ก็', 'ดี', ' ', 'é']
    """
    found: list[str] = []
    for char in text:
        if found and (_clings(char) or found[-1][-1] in _STACKING):
            found[-1] += char
        else:
            found.append(char)
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays together on a line, and whether a space follows it."""

    text: str
    width: float
    space: bool


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines of at most ``width``, as evenly as can be.

    Lines end at spaces, zero-width spaces, after ``-`` and ``/`` and between ideographs. Thai,
    Lao, Khmer and Burmese words have no space between them: authors may write U+200B where a
    line may end; else it ends between whole clusters. A word that is wider than a line is broken
    between letters. Nothing is left out.

    >>> wrap("Ministry of Social Development", 7, 60)
    ('Ministry of Social', 'Development')
    """
    return _wrapped(text, size, round(width, 2), bold)


@lru_cache(maxsize=8192)
def _wrapped(text: str, size: float, width: float, bold: bool) -> tuple[str, ...]:
    pieces = _pieces(text, size, width, bold)
    starts = _best_starts(pieces, measure(" ", size, bold=bold), width, size)
    cuts = [len(pieces)]
    while cuts[-1] > 0:
        cuts.append(starts[cuts[-1]])
    return tuple(_joined(pieces[start:end]) for start, end in pairwise(reversed(cuts)))


def _best_starts(pieces: list[_Piece], space: float, width: float, size: float) -> list[int]:
    """For each end of a line, the start that makes all lines up to it the least ragged."""
    cost = [0.0] + [float("inf")] * len(pieces)
    starts = [0] * (len(pieces) + 1)
    per_line = (4 * size) ** 2
    for end in range(1, len(pieces) + 1):
        used = 0.0
        last = pieces[end - 1]
        inside_word = 0.0 if last.space or end == len(pieces) else width * width / 4
        for start in range(end - 1, -1, -1):
            piece = pieces[start]
            used += piece.width + (space if piece.space and start < end - 1 else 0.0)
            if used > width and start < end - 1:
                break
            here = cost[start] + max(0.0, width - used) ** 2 + per_line + inside_word
            if here < cost[end]:
                cost[end], starts[end] = here, start
    return starts


def _joined(pieces: list[_Piece]) -> str:
    return "".join(piece.text + (" " if piece.space else "") for piece in pieces).rstrip(" ")


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the widest piece that a line break cannot divide.

    >>> widest_word("a bb", 10) == measure("bb", 10)
    True
    """
    return max((piece.width for piece in _pieces(text, size, None, bold)), default=0.0)


def _pieces(text: str, size: float, width: float | None, bold: bool) -> list[_Piece]:
    found: list[_Piece] = []
    for word in text.split(" "):
        parts = [part for whole in _parts(word) for part in _held(whole, size, width, bold)]
        sized = [_Piece(part, measure(part, size, bold=bold), False) for part in parts]
        if sized:
            sized[-1] = _Piece(sized[-1].text, sized[-1].width, True)
        found += sized
    return found


def _held(part: str, size: float, width: float | None, bold: bool) -> list[str]:
    """The part as it is, or its letters where it is wider than a line."""
    if width is None or measure(part, size, bold=bold) <= width:
        return [part]
    return graphemes(part)


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    """What of a word stays together; most words do as a whole, and are quickly done with."""
    if word.isascii() and "-" not in word and "/" not in word:
        return (word,) if word else ()
    found: list[str] = []
    for marked in word.split("\u200b"):
        letters = graphemes(marked)
        if letters:
            found.append(letters[0])
        for before, letter in pairwise(letters):
            if _may_part(before, letter, spaceless="\u200b" not in word):
                found.append(letter)
            else:
                found[-1] += letter
    return tuple(found)


def _may_part(before: str, letter: str, *, spaceless: bool) -> bool:
    if letter[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return False
    if _wide(letter[0]) or _wide(before[0]):
        return True
    if spaceless and _in_spaceless(letter[0]):
        silent = "\u103a" in letter or "์" in letter  # ends the syllable before it
        return not silent and before[-1] not in _LEADING_VOWELS
    return before[-1] in "-/–" and letter[0].isalnum()


def _in_spaceless(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _SPACELESS)
