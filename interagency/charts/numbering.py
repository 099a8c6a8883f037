"""How the handoffs of a chart are numbered: from which number on, with what before each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interagency.charts.text import clean
from interagency.errors import RenderError

_LAST_DIGITS = re.compile(r"[0-9]+$")
_LONGEST = 6
"""How long the number of the first handoff may be: it stands in a badge on its arrow."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where counting begins, and what stands before each number.

    >>> [numbering("2.9").number(place) for place in (1, 2)], Numbering().number(3)
    (['2.9', '2.10'], '3')
    """

    first: int = 1
    before: str = ""
    digits: int = 1
    """How many digits a number has at the least: 2 for 01, 02."""
    shown: bool = True
    """Whether numbers stand on the chart at all."""

    def number(self, place: int) -> str:
        """The number of a handoff, by its place in the chart from 1 on."""
        if not self.shown:
            return ""
        return f"{self.before}{self.first + place - 1:0{self.digits}}"


FROM_ONE = Numbering()
NONE = Numbering(shown=False)


def numbering(start: str | int | None) -> Numbering:
    """Numbers that begin with this one; none at all where it is ``None``.

    >>> numbering(15).number(2), numbering("A-01").number(9), numbering(None).number(1)
    ('16', 'A-09', '')

    Raises:
        RenderError: it does not end in digits, or is too long for a badge.
    """
    if start is None:
        return NONE
    first = clean(str(start))
    digits = _LAST_DIGITS.search(first)
    if digits is None:
        raise RenderError(
            f"{first!r} does not end in digits. Write the number of the first handoff, "
            "as in 15, 2.1 or A-01."
        )
    if len(first) > _LONGEST:
        raise RenderError(
            f"{first!r} is too long for the badge of an arrow. Write at most {_LONGEST} characters."
        )
    return Numbering(int(digits[0]), first[: digits.start()], len(digits[0]))
