"""Where things were written: a name for a thing, and a place in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The kinds of thing that a finding or a problem can be about."""

    PLAN = "plan"
    SOURCE = "source"
    AGENCY = "agency"
    HANDOFF = "handoff"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A name for a thing in a plan: its kind and its id.

    >>> str(Ref(Kind.HANDOFF, "police-shelter"))
    'handoff police-shelter'
    """

    kind: Kind
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.id}".rstrip()


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: lines and columns count from 1, in characters.

    >>> str(Location("plan.yaml", 6, 24))
    'plan.yaml:6:24'
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Places:
    """Where each thing of a plan was written; nowhere, for a plan built in Python.

    The table is made when the first place is asked for: most lines of most plans are never
    asked about.

    >>> places = Places(lambda: {Ref(Kind.AGENCY, "police"): Location("plan.yaml", 7, 5)})
    >>> str(places.of(Ref(Kind.AGENCY, "police")))
    'plan.yaml:7:5'
    >>> Places().of(Ref(Kind.AGENCY, "police")) is None
    True
    """

    def __init__(
        self,
        look_up: Callable[[], Mapping[Ref, Location]] = dict,
        *,
        file: str = "",
        sha256: str = "",
    ) -> None:
        self._look_up = look_up
        self.file = file
        self.sha256 = sha256

    def __reduce__(self) -> tuple[object, ...]:
        """Places travel to another process as what they know, without the file behind them."""
        return _known, (dict(self._table), self.file, self.sha256)

    def made_of(self, file: str, sha256: str) -> Places:
        """The same places, with the name and the fingerprint of the file they are in."""
        return Places(self._look_up, file=file, sha256=sha256)

    @cached_property
    def _table(self) -> Mapping[Ref, Location]:
        return self._look_up()

    def of(self, ref: Ref) -> Location | None:
        """The place of a thing, or None where it has none."""
        return self._table.get(ref)


def _known(table: dict[Ref, Location], file: str, sha256: str) -> Places:
    return Places(table.copy, file=file, sha256=sha256)
