"""What the fixture ``ask`` is, for annotations."""

from __future__ import annotations

from typing import Protocol


class Ask(Protocol):
    """What the fixture is: code, plan, and how to look at it; gives '<state> <id>' in order."""

    def __call__(
        self, code: str, text: str, *, as_of: int | None = None, complete: bool = True
    ) -> list[str]: ...
