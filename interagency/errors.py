"""What can go wrong, as one shallow tree.

    InteragencyError
    ├── PlanError            something is the matter with a plan
    │   ├── UnreadablePlan   it could not be opened, or is no text at all
    │   └── InvalidPlan      it was read, and has problems (all of them, each with its place)
    ├── UnknownName          no rule, plan, format or view is called that
    ├── InvalidSettings      settings that cannot be used (all that is wrong)
    ├── InvalidBaseline      a file that is no baseline, or one of another plan
    ├── RenderError          a chart could not be made
    └── SaveError            a file could not be written

Every message says what is the matter and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from interagency.places import Location


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a plan file.

    >>> print(Problem("No agency is called 'sheltr'.", "Did you mean 'shelter'?",
    ...               Location("plan.yaml", 6, 24)))
    plan.yaml:6:24: No agency is called 'sheltr'. Did you mean 'shelter'?
    """

    message: str
    mend: str
    at: Location | None = None

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at else ""
        return f"{place}{self.message} {self.mend}".rstrip()


class InteragencyError(Exception):
    """The base of every error that this library raises on purpose."""


class PlanError(InteragencyError):
    """Something is the matter with a plan."""


class UnreadablePlan(PlanError):
    """A plan could not be opened or is no text."""


class InvalidPlan(PlanError):
    """A plan was read and has problems: ``problems`` holds every one of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class UnknownName(InteragencyError):
    """Nothing of that kind is called that."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, str(name), tuple(known)
        super().__init__(
            f"There is no {what} called {name!r}. {did_you_mean(self.name, self.known)}"
        )

    def __reduce__(self) -> tuple[object, ...]:
        """What makes it again in the process that waits for it."""
        return type(self), (self.what, self.name, self.known)


class InvalidSettings(InteragencyError):
    """Settings that cannot be used; says all that is wrong."""


class InvalidBaseline(InteragencyError):
    """A file that is no baseline, or the baseline of another plan."""


class RenderError(InteragencyError):
    """A chart could not be made."""


class SaveError(InteragencyError):
    """A file could not be written."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Point to the nearest known words, or list them where they are few.

    >>> did_you_mean("sheltr", ["shelter", "police"])
    "Did you mean 'shelter'?"
    >>> did_you_mean("x", ["shelter", "police"])
    'Known: police, shelter.'
    """
    words = sorted(w if len(w) <= 80 else f"{w[:80]}…" for w in set(known))
    folded: dict[str, str] = {}
    for known_word in words:
        folded.setdefault(known_word.casefold().replace("-", "_"), known_word)
    near = get_close_matches(word.casefold().replace("-", "_")[:200], folded, n=2, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(repr(folded[n]) for n in near)}?"
    if not words:
        return "There are none."
    if len(words) <= 40:
        return f"Known: {', '.join(words)}."
    return f"There are {len(words)}; {', '.join(words[:5])} are the first."
