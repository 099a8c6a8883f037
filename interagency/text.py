"""What counts as text and as an id in a plan: clean, visible, and safe to print anywhere."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

MAX_TEXT = 2_000
MAX_NOTE = 10_000

# C0 and C1 controls but tab and newline, line and paragraph separators, bidi embeddings,
# overrides and isolates, interlinear and object marks, byte-order mark, surrogates and
# non-characters: none can be seen, all can make a line read as something else.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    "\ufff9-\ufffc\ufeff\ud800-\udfff\ufffe\uffff]|[\U000e0000-\U000e0fff]|"
    "[" + "".join(f"{chr(p * 65536 + 0xFFFE)}{chr(p * 65536 + 0xFFFF)}" for p in range(1, 17)) + "]"
)
_ASCII_ID = re.compile(r"[A-Za-z0-9_.-]+")


def unseen(text: str) -> tuple[int, str] | None:
    r"""The first character that a plan may not hold: its index and its name, or None.

    >>> unseen("police\u202e")
    (6, 'U+202E')
    """
    found = _UNSEEN.search(text)
    return (found.start(), f"U+{ord(found[0]):04X}") if found else None


def clean(text: str) -> str:
    """Text in one Unicode form (NFC), or an error that names the character it may not hold."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text)
    if bad := unseen(text):
        raise PydanticCustomError(
            "unseen_character",
            "This text holds {code}, a character that cannot be seen",
            {"code": bad[1]},
        )
    if not any(unicodedata.category(ch)[0] not in "CZ" for ch in text):
        raise PydanticCustomError("nothing_visible", "There is nothing to read in this text")
    return text


def clean_id(text: str) -> str:
    """An id in one Unicode form (NFC), or an error: letters, marks, digits, ``-``, ``_``, ``.``.

    >>> clean_id("one-stop_centre.2")
    'one-stop_centre.2'
    """
    if _ASCII_ID.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    for ch in text:
        if ch not in "-_." and unicodedata.category(ch)[0] not in "LMN":
            raise PydanticCustomError(
                "bad_id",
                "An id has letters, digits, - and _ only; this one has {code}",
                {"code": f"U+{ord(ch):04X}"},
            )
    return text


def skeleton(text: str) -> str:
    """What an id is compared by, so that two that look alike are one.

    >>> skeleton("Police") == skeleton("police")
    True
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(clean),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_NOTE),
    AfterValidator(clean),
]
Id = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(clean_id),
    Field(description="Letters, digits, - and _."),
]
