"""Words in messages: values shown safely and shortly, and the nearest known words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from interagency.errors import did_you_mean

_LONGEST = 60
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

    def __init__(self, most: int = 400) -> None:
        self._left = most
        self._given: dict[tuple[str, int], str] = {}

    def on(self, word: str, known: Sequence[str]) -> str:
        """What to say to somebody who wrote that word; `known` is a lasting tuple."""
        key = (word, id(known))
        if (advice := self._given.get(key)) is not None:
            return advice
        if self._left:
            self._left -= 1
            advice = did_you_mean(word, known)
        else:
            advice = f"Known: {', '.join(known)}."
        self._given[key] = advice
        return advice

    def near(self, word: str, known: Sequence[str]) -> str | None:
        """The known word that is surely meant, if there is one.

        >>> Advice().near("Pillar", ("pillars", "kind"))
        'pillars'
        """
        folded = word.strip().casefold().replace("-", "_").replace(" ", "_")[:100]
        if folded in known:
            return folded
        if not self._left:
            return None
        self._left -= 1
        return next(iter(get_close_matches(folded, known, n=1, cutoff=0.75)), None)
