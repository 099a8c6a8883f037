"""JSON: a fast way for sound files, and a careful way that knows every position."""

from __future__ import annotations

import json
import re
from array import array
from contextlib import suppress
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any
from unicodedata import normalize

from pydantic import BaseModel, ValidationError

from interagency.errors import InvalidPlan, Problem
from interagency.formats._build import build, places
from interagency.formats._document import (
    MAX_DEPTH,
    MAX_NODES,
    MAX_PROBLEMS,
    Document,
    Format,
    Marks,
    Text,
    Tree,
    by_place,
    key_offsets,
)
from interagency.formats._fields import LISTS
from interagency.formats._plain import plain
from interagency.formats._text import check_size, decode
from interagency.formats._words import shown
from interagency.model import Plan
from interagency.places import Places

_SPACE = re.compile(r"[ \t\n\r]*")
_SPACES = (b" ", b"\t", b"\n", b"\r")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:{}\[\]\"]+")
_LONGEST_NUMBER = 18
_CONSTANTS: dict[str, Tree] = {"true": True, "false": False, "null": None}


# The fast way -------------------------------------------------------------------------------


def _read_fast(data: bytes, name: str) -> tuple[Plan, Places] | None:
    """The plan, where everything is in order; None where somebody must look more closely."""
    if len(data) > 2 * MAX_NODES and data.count(b",") > MAX_NODES:
        return None
    try:
        plan = Plan.model_validate_json(data, by_alias=True, by_name=False)
    except ValidationError:
        return None
    source = Text(name, data.decode())
    if not _counts_agree(plan, data) and _has_a_key_twice(source.text):
        return None
    return plan, places(plan, source.at, lambda: _item_starts(source.text))


def _counts_agree(plan: Plan, data: bytes) -> bool:
    """Whether the file has as many keys as arrived in the plan: then none stands twice.

    A colon after a quote ends a key, or stands in a text that quotes something; in the second
    case, and where there is a space before a colon, there seem to be too many. So this may say
    no where all is well, and never yes where a key stands twice.
    """
    ends = data.count(b'":')
    if ends != data.count(b":") and any(space + b":" in data for space in _SPACES):
        return False
    parts: list[BaseModel] = [plan, plan.facts, *plan.sources, *plan.agencies, *plan.handoffs]
    parts += plan.waivers
    parts += [handoff.within for handoff in plan.handoffs if handoff.within]
    arrived = sum(len(part.model_fields_set) for part in parts)
    arrived += sum(len(agency.names) for agency in plan.agencies)
    return arrived == ends


class _Twice(ValueError):
    """A key stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> None:
    if len({key for key, _ in pairs}) != len(pairs):
        raise _Twice


def _has_a_key_twice(text: str) -> bool:
    try:
        json.loads(text, object_pairs_hook=_once)
    except _Twice:
        return True
    return False


_SCANNER = json.JSONDecoder()


def _item_starts(text: str) -> tuple[int, dict[str, list[int]]]:
    """Where the plan block and each item begin, in a text that is known to be a plan."""
    at = _skip(text, _skip(text, 0) + 1)
    plan_start = 0
    items: dict[str, list[int]] = {}
    while text[at] != "}":
        if text[at] == ",":
            at = _skip(text, at + 1)
        start = at
        key, at = scanstring(text, at + 1, True)
        at = _skip(text, _skip(text, at) + 1)
        if key in LISTS:
            items[key], at = _list_starts(text, at)
        else:
            if key == "plan":
                plan_start = start
            _, at = _SCANNER.raw_decode(text, at)
        at = _skip(text, at)
    return plan_start, items


def _list_starts(text: str, at: int) -> tuple[list[int], int]:
    starts = []
    at = _skip(text, at + 1)
    while text[at] != "]":
        if text[at] == ",":
            at = _skip(text, at + 1)
        starts.append(at)
        _, at = _SCANNER.raw_decode(text, at)
        at = _skip(text, at)
    return starts, at + 1


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


# The careful way ----------------------------------------------------------------------------


class _Stop(Exception):
    """Reading cannot go on; the problem says why."""


class _Composer:
    """A small recursive-descent reader that notes the position of everything."""

    def __init__(self, source: Text) -> None:
        self.source = source
        self.text = source.text
        self.offsets: array[int] = array("L")
        self.problems: list[Problem] = []
        self.whole = True
        self.told: set[int] = set()

    def tell(self, message: str, mend: str, offset: int) -> None:
        self.problems.append(Problem(message, mend, self.source.at(offset)))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def stop(self, message: str, mend: str, offset: int) -> _Stop:
        self.tell(message, mend, min(offset, len(self.text)))
        return _Stop()

    def value(self, at: int, depth: int) -> tuple[Tree, int]:
        """The value that begins there, and where it ends."""
        self.offsets.append(at)
        if len(self.offsets) > MAX_NODES:
            raise self.stop(
                f"The file holds more than {MAX_NODES:,} keys and values.",
                "Divide it into several plans.",
                at,
            )
        sign = self.text[at : at + 1]
        if sign == '"':
            return self.string(at)
        if sign in ("{", "["):
            if depth >= MAX_DEPTH:
                raise self.stop(
                    f"Here {MAX_DEPTH + 1} levels stand inside one another; a plan needs five.",
                    "Take out the brackets that are too many.",
                    at,
                )
            return self.block(at, depth + 1) if sign == "{" else self.list_of(at, depth + 1)
        return self.bare(at)

    def string(self, at: int) -> tuple[str, int]:
        try:
            text, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            raise self._bad_string(error, at) from None
        return text, end

    def _bad_string(self, error: JSONDecodeError, at: int) -> _Stop:
        if error.msg.startswith("Unterminated"):
            return self.stop("The quote that opens here is never closed.", "Close it.", at)
        if error.msg.startswith("Invalid control"):
            return self.stop(
                "A text goes on over the end of its line here, or holds a tab.",
                "Close the quote on the same line; write \\n for a new line and \\t for a tab.",
                error.pos,
            )
        return self.stop(
            "A backslash changes the letter after it, and this one is not known.",
            "Write the backslash twice.",
            error.pos,
        )

    def bare(self, at: int) -> tuple[Tree, int]:
        """A number, true, false or null; anything else is refused."""
        found = _WORD.match(self.text, at)
        if not found:
            sign = self.text[at : at + 1]
            what = f"'{sign}' stands" if sign else "The file ends"
            raise self.stop(
                f"{what} here, where a value is wanted.",
                "Write a value, or take out the comma or colon before it.",
                at,
            )
        word = found[0]
        if word in _CONSTANTS:
            return _CONSTANTS[word], found.end()
        number = _NUMBER.fullmatch(word)
        if number and len(word) <= _LONGEST_NUMBER:
            return (float(word) if number[1] or number[2] else int(word)), found.end()
        self.told.add(at)
        if number or word.lstrip("-") in ("NaN", "Infinity"):
            self.tell(
                f"{shown(word)} is no number that a plan can hold.",
                "Put text in double quotes; a number has a few digits.",
                at,
            )
        else:
            self.tell(f"{shown(word)} stands without quotes.", "Put text in double quotes.", at)
        return None, found.end()

    def block(self, at: int, depth: int) -> tuple[dict[str, Tree], int]:
        tree: dict[str, Tree] = {}
        begin = len(self.offsets) - 1
        firsts: dict[str, int] | None = None
        at = _skip(self.text, at + 1)
        if self.text[at : at + 1] == "}":
            return tree, at + 1
        while True:
            number, start = len(self.offsets), at
            self.offsets.append(at)
            key, at = self._key(at)
            child, at = self.value(_skip(self.text, at), depth)
            if key in tree:
                firsts = firsts or key_offsets(tree, self.offsets[begin:])
                self._refuse_twice(key, firsts[key], start)
                del self.offsets[number:]
            else:
                tree[key] = child
                if firsts is not None:
                    firsts[key] = start
            at, more = self._next(at, "}")
            if not more:
                return tree, at

    def _key(self, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            raise self.stop(
                "The name of a field in double quotes is wanted here.",
                "Put the name in double quotes; take out a comma before a closing bracket.",
                at,
            )
        key, end = self.string(at)
        colon = _skip(self.text, end)
        if self.text[colon : colon + 1] != ":":
            raise self.stop("A colon is missing here.", "Write it after the name.", colon)
        return key if key.isascii() else normalize("NFC", key), colon + 1

    def list_of(self, at: int, depth: int) -> tuple[list[Tree], int]:
        tree: list[Tree] = []
        at = _skip(self.text, at + 1)
        if self.text[at : at + 1] == "]":
            return tree, at + 1
        while True:
            child, at = self.value(at, depth)
            tree.append(child)
            at, more = self._next(at, "]")
            if not more:
                return tree, at

    def _next(self, at: int, closing: str) -> tuple[int, bool]:
        """Where it goes on after an entry, and whether there is another."""
        at = _skip(self.text, at)
        sign = self.text[at : at + 1]
        if sign == closing:
            return at + 1, False
        if sign != ",":
            raise self.stop(
                f"A comma or '{closing}' is missing here.",
                f"Put a comma between two entries, and '{closing}' after the last.",
                at,
            )
        return _skip(self.text, at + 1), True

    def _refuse_twice(self, key: str, first: int, again: int) -> None:
        self.whole = False
        self.tell(
            f"{shown(key)} is written twice: in line {self.source.line(first)} and here.",
            "Keep one of the two, or put the contents of both into one.",
            again,
        )


def compose(source: Text) -> Document:
    """The document that a text is.

    Raises:
        InvalidPlan: it is none.
    """
    composer = _Composer(source)
    tree: Tree = None
    with suppress(_Stop):
        tree = _root(composer)
    if not isinstance(tree, dict):
        raise InvalidPlan(sorted(composer.problems, key=by_place))
    return Document(
        source,
        tree,
        Marks(tree, composer.offsets),
        tuple(composer.problems),
        composer.whole,
        told=frozenset(composer.told),
    )


def _root(composer: _Composer) -> Tree:
    text = composer.text
    at = _skip(text, 0)
    if at == len(text):
        raise composer.stop("The file is empty.", 'Begin with {"format": 1, "plan": …}.', 0)
    if text[at] != "{":
        raise composer.stop(
            "A plan in JSON begins with '{'.",
            "Begin with '{'; a plan in YAML has a name that ends in .yaml.",
            at,
        )
    tree, end = composer.value(at, 0)
    if (end := _skip(text, end)) != len(text):
        raise composer.stop("Something follows after the end of the plan.", "Take it out.", end)
    return tree


def read(data: bytes, name: str) -> tuple[Plan, Places]:
    """Read a plan that is written in JSON.

    Raises:
        UnreadablePlan: it is no text.
        InvalidPlan: it is no plan; with every problem that was found.
    """
    check_size(data, name)
    return _read_fast(data, name) or build(compose(decode(data, name)))


def write(plan: Plan) -> bytes:
    """Write a plan in JSON."""
    return (json.dumps(plain(plan), indent=2, ensure_ascii=False) + "\n").encode()


def tree(data: bytes, name: str) -> dict[str, Tree]:
    """What a JSON file says, whether it is a plan or not."""
    return compose(decode(data, name)).sound_tree()


FORMAT = Format("json", (".json",), read, write, tree)
