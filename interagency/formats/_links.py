"""The ids that a file gives and uses, gathered even where the items around them are faulty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from unicodedata import normalize

from interagency.formats._fields import Model
from interagency.model import PARTICIPANTS, Agency, Handoff, Path, Source, handoff_ids, link_faults
from interagency.places import Kind
from interagency.text import skeleton

_KINDS: Mapping[Model, Kind] = {
    Source: Kind.SOURCE,
    Agency: Kind.AGENCY,
    Handoff: Kind.HANDOFF,
}


class Links:
    """Gathers ids item by item; says at the end which do not fit together."""

    def __init__(self) -> None:
        self._given: list[tuple[Path, Kind, str]] = []
        self._used: list[tuple[Path, str, str]] = []
        self._rows: list[tuple[str, str, str]] = []
        self._nameless: set[str] = set()

    def note(
        self, model: Model, path: Path, item: Mapping[str, object], names: Mapping[str, str]
    ) -> None:
        """Keep the ids of an item; `names` tells which key was written for which."""

        def at(*steps: str | int) -> Path:
            return (*path, *(names.get(str(step), step) for step in steps))

        own = _id(item.get("id"))
        if model is Handoff:
            ends = [_id(item.get(end)) for end in ("from", "to")]
            self._rows.append((own or "", *(end or "" for end in ends)))  # type: ignore[arg-type]
            if not own and not all(ends):
                self._nameless.add("thing")
            for end in ("from", "to", "fallback"):
                if an_id := _id(item.get(end)):
                    self._used.append((at(end), "agency", an_id))
        if (parent := _id(item.get("part_of"))) and model is Agency:
            self._used.append((at("part_of"), "whole", parent))
        if own and model in _KINDS:
            self._given.append((at("id"), _KINDS[model], own))
        elif model in (Source, Agency):
            self._nameless |= {_KINDS[model].value, "thing", "whole"}
        for key, use in (("sources", "source"), ("about", "thing")):
            written = item.get(key)
            for i, word in enumerate(written if isinstance(written, list) else ()):
                if an_id := _id(word):
                    self._used.append((at(key, i), use, an_id))

    def faults(self, whole: bool, line: Callable[[Path], int]) -> Iterator[tuple[Path, str, str]]:
        """What does not fit: where, what is the matter, how to mend it.

        Args:
            whole: whether everything in the file could be gathered; otherwise an id may be
                given where nobody could read it, and none is said to be unknown.
            line: the line of a path.
        """
        first: dict[tuple[Kind, str], Path] = {}
        given = {path: (kind, skeleton(an_id)) for path, kind, an_id in self._given}
        for path, form in given.items():
            first.setdefault(form, path)
        uses = {path: (use, an_id) for path, use, an_id in self._used}
        made = handoff_ids(self._rows)
        more = [
            (("handoffs", i), Kind.HANDOFF, new)
            for i, (new, (own, sender, receiver)) in enumerate(zip(made, self._rows, strict=True))
            if not own and sender and receiver
        ]
        for path, message, mend in link_faults([*self._given, *more], self._used):
            if path in given:
                other = line(first[given[path]])
                yield path, f"{message.rstrip('.')} (line {other}).", mend
            elif whole and self._is_sure(*uses[path], mend):
                yield path, message, mend

    def _is_sure(self, use: str, an_id: str, mend: str) -> bool:
        """Whether an id is wrong even though a thing that has no readable id may be called so.

        While an agency has none, an id that resembles no other is likely its own.
        """
        return use not in self._nameless or an_id in PARTICIPANTS or _likely(an_id, mend)


def _likely(an_id: str, mend: str) -> bool:
    """Whether an id is a slip of the pen for the one that is suggested."""
    suggested = mend.split("'")[1:2]
    return any(SequenceMatcher(None, an_id, word).ratio() >= 0.75 for word in suggested)


def _id(written: object) -> str | None:
    return normalize("NFC", written.strip()) or None if isinstance(written, str) else None
