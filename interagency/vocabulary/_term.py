"""One word of a vocabulary: an id that is written in plan files, and what it means."""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word of a closed vocabulary. Its value is the id that plan files use."""

    _description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Keep the meaning beside the id."""
        term = str.__new__(cls, value)
        term._value_ = value
        term._description = description
        return term

    @property
    def description(self) -> str:
        """What the word means, in a line."""
        return self._description

    @property
    def label(self) -> str:
        """The id as words, for sentences and charts."""
        return self.value.replace("_", " ")
