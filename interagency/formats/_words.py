"""Words in messages: values shown safely and shortly, and the nearest known words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

_LONGEST = 60
_MOST_LISTED = 40
_JOINERS = "\u200c\u200d"  # needed to write Sinhala, Bengali and Persian; they show as they should


def shown(value: object) -> str:
    r"""A value in quotes, short, with everything that cannot be seen written as an escape.

    >>> print(shown("line\none\u202e"))
    'line\none\u202e'
    """
    text = str(value)
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in _JOINERS else _escaped(c) for c in text)
    return f"'{text}'"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words as one reads them out.

    >>> listed(["prevent", "protect", "prosecute"])
    'prevent, protect or prosecute'
    """
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end


class Advice:
    """The nearest known words, looked for once per word, and not for ever.

    Looking for a near word is a thousand times slower than reading one. A file of thousands of
    wrong words gets its nearest words for the first few hundred; after that, the known ones.
    """

    def __init__(self, most: int = 500) -> None:
        self._left = most
        self._given: dict[tuple[str, int], str] = {}
        self._near: dict[tuple[str, int], str | None] = {}
        self._lists: dict[int, str] = {}

    def on(
        self,
        word: str,
        known: Sequence[str],
        meanings: Mapping[str, str],
        synonyms: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> str:
        """What to say to somebody who wrote that word; `known` is a lasting tuple.

        >>> known = ("law_enforcement", "hotline")
        >>> Advice().on("police", known, {"law_enforcement": "police and special units"})
        "Perhaps 'law_enforcement' (police and special units)."
        """
        key = (word, id(known))
        if (advice := self._given.get(key)) is None:
            self._given[key] = advice = self._on(word, known, meanings, synonyms)
        return advice

    def _on(
        self,
        word: str,
        known: Sequence[str],
        meanings: Mapping[str, str],
        synonyms: Mapping[str, Sequence[str]],
    ) -> str:
        folded = _folded(word)
        if folded not in known and (said := synonyms.get(folded)):
            terms = [f"'{term}' ({meanings[term]})" for term in said]
            return f"Perhaps {listed(terms)}."
        if near := self.near(word, known):
            return f"Did you mean '{near}'?"
        if self._left and (meant := _meant(word, meanings)):
            return f"Perhaps {listed(meant)}."
        if id(known) not in self._lists:
            told = f"Known: {', '.join(known)}."
            if len(known) > _MOST_LISTED:
                told = f"There are {len(known)} words; 'interagency schema' lists them all."
            self._lists[id(known)] = told
        return self._lists[id(known)]

    def near(self, word: str, known: Sequence[str]) -> str | None:
        """The known word that is likely meant, if there is one.

        >>> Advice().near("Pillar", ("pillars", "kind"))
        'pillars'
        """
        key = (word, id(known))
        if key not in self._near:
            self._near[key] = self._look_near(word, known)
        return self._near[key]

    def _look_near(self, word: str, known: Sequence[str]) -> str | None:
        folded = _folded(word)
        if folded in known:
            return folded
        if not self._left:
            return None
        self._left -= 1
        return next(iter(get_close_matches(folded, known, n=1, cutoff=0.72)), None)


def _folded(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")[:100]


def _meant(word: str, meanings: Mapping[str, str]) -> list[str]:
    """The words in whose meaning that word stands, with their meaning; three at most."""
    folded = word.strip().casefold().replace("_", " ")
    if len(folded) < 4:
        return []
    whole = re.compile(rf"\b{re.escape(folded)}\b")
    found = [f"'{w}' ({meaning})" for w, meaning in meanings.items() if whole.search(meaning)]
    return found[:3]


ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
"""Characters that look like a space, or like nothing, and divide no words of a plan file."""


def odd_space(sign: str) -> str:
    r"""What such a character is, for the person who cannot see it.

    >>> odd_space("\u00a0")
    'U+00A0 (no-break space), which looks like a space and is none'
    """
    name = unicodedata.name(sign, "no name").lower()
    return f"U+{ord(sign):04X} ({name}), which looks like a space and is none"
