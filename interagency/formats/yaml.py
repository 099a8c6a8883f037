"""YAML, read as plainly as a person reads it.

Every plain word is text: ``NO`` is Norway and ``12:30`` is a time of day, never ``False`` and
45045. What YAML can do beyond lists and ``key: value`` (anchors, tags, merged and doubled keys)
is refused, each with its place, because it makes a file say something else than it shows.

The tree is built straight from the events of libyaml; positions are kept beside it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from unicodedata import normalize

import yaml
from yaml import events

from interagency.errors import InvalidPlan, Problem
from interagency.formats._build import build
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
from interagency.formats._fields import LISTS, every_key
from interagency.formats._plain import plain
from interagency.formats._syntax import explain
from interagency.formats._text import decode
from interagency.formats._words import shown
from interagency.formats._write_yaml import lines
from interagency.model import Plan
from interagency.places import Places

# Any: the types of PyYAML's events say too little to be of use here.
_Event = Any
_Scalar: Any = events.ScalarEvent
_Alias: Any = events.AliasEvent
_BlockStart: Any = events.MappingStartEvent
_BlockEnd: Any = events.MappingEndEvent
_ListEnd: Any = events.SequenceEndEvent
_DocumentStart: Any = events.DocumentStartEvent
_StreamEnd: Any = events.StreamEndEvent

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML without libyaml gives the same events, ten times slower
    from yaml import Loader as _Parser  # type: ignore[assignment]

_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_IN_QUOTES = "If it belongs to a text, put the whole text in quotes."
# Spaces that look like one and are none to YAML: a key before them is no key.
_OTHER_SPACE = "[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]"
_KEY_AND_OTHER_SPACE = re.compile(rf"(?:^|(?<=[\s{{,-]))([a-z_]+):({_OTHER_SPACE})", re.MULTILINE)


class _Stop(Exception):
    """Reading cannot go on; the problem says why."""


class _Composer:
    """Builds the tree of one document from the parser's events, and notes every position."""

    def __init__(self, source: Text, next_event: Callable[[], _Event]) -> None:
        self.source = source
        self.next_event = next_event
        self.offsets: list[int] = []
        self.problems: list[Problem] = []
        self.whole = True
        self.cut: dict[int, int] = {}
        self.told: set[int] = set()
        # Most files have neither, and need not be asked at every value.
        self._watched = " #" in source.text or bool(re.search(_OTHER_SPACE, source.text))

    def tell(self, message: str, mend: str, offset: int) -> None:
        self.problems.append(Problem(message, mend, self.source.at(offset)))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Stop

    def value(self, event: _Event, depth: int) -> Tree:
        """The value that begins with this event."""
        self.offsets.append(event.start_mark.index)
        kind = event.__class__
        if kind is _Alias:
            self._refuse_alias(event)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if kind is _Scalar:
            if event.style:
                return str(event.value)
            if self._watched and not self._as_it_looks(event):
                return None
            return None if event.value in _NOTHING else str(event.value)
        if depth >= MAX_DEPTH:
            self.tell(
                f"Here {MAX_DEPTH + 1} levels stand inside one another; a plan needs five.",
                "If the brackets belong to a text, put the text in quotes.",
                event.start_mark.index,
            )
            raise _Stop
        return self.block(depth + 1) if kind is _BlockStart else self.list_of(depth + 1)

    # Nine of ten events are the plain scalars that `block` and `list_of` take without a call:
    # that is a third of the time of the whole.

    def block(self, depth: int) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        offsets, next_event, value = self.offsets, self.next_event, self.value
        append, quick, known = self.offsets.append, not self._watched, every_key()
        begin = len(offsets) - 1
        firsts: dict[str, int] | None = None  # where each key stands; asked for when one is doubled
        while (event := next_event()).__class__ is not _BlockEnd:
            if (number := len(offsets)) > MAX_NODES:
                self._stop_at(event)
            key: str | None
            if (
                event.__class__ is _Scalar
                and event.anchor is None
                and event.tag is None
                and event.value in known
            ):
                append(event.start_mark.index)
                key = event.value
            else:
                key = self._key(event, depth, begin)
            again = event
            event = next_event()
            child: Tree
            if quick and event.__class__ is _Scalar and event.anchor is None and event.tag is None:
                append(event.start_mark.index)
                child = event.value
                if child in _NOTHING and not event.style:
                    child = None
            else:
                child = value(event, depth)
            if key is not None and key not in tree:
                tree[key] = child
                if firsts is not None:
                    firsts[key] = again.start_mark.index
                continue
            if key is not None:
                firsts = firsts or key_offsets(tree, offsets[begin:])
                self._refuse_twice(key, firsts[key], again.start_mark.index)
            # Left out of the tree, so left out of the row of positions too.
            del offsets[number:]
            self.whole = False
        return tree

    def list_of(self, depth: int) -> list[Tree]:
        tree: list[Tree] = []
        next_event, value, quick = self.next_event, self.value, not self._watched
        while (event := next_event()).__class__ is not _ListEnd:
            if len(self.offsets) > MAX_NODES:
                self._stop_at(event)
            if quick and event.__class__ is _Scalar and event.tag is event.anchor is None:
                self.offsets.append(event.start_mark.index)
                child = event.value
                tree.append(None if child in _NOTHING and not event.style else child)
            else:
                tree.append(value(event, depth))
        return tree

    def _stop_at(self, event: _Event) -> None:
        self.tell(
            f"The file holds more than {MAX_NODES:,} keys and values.",
            "Divide it into several plans.",
            event.start_mark.index,
        )
        raise _Stop

    def _key(self, event: _Event, depth: int, begin: int) -> str | None:
        """The key that this event is, or None where it is none; `begin`: of its block."""
        at = event.start_mark.index
        if event.__class__ is not _Scalar:
            self.value(event, depth)
            if event.__class__ is not _Alias:
                self.tell("A list or block stands here in place of a name.", _IN_QUOTES, at)
                self.told.add(self.offsets[begin])
            return None
        self.offsets.append(at)
        key: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        elif not event.style:
            if key in _NOTHING:
                self.tell("A field without a name stands here.", "Write its name.", at)
                return None
            if key == "<<":
                self.tell(
                    "'<<' copies fields from elsewhere; in a plan, every item is written out.",
                    "Write the fields themselves here.",
                    at,
                )
                return None
        return key if key.isascii() else normalize("NFC", key)

    def _refuse_alias(self, event: _Event) -> None:
        at = event.start_mark.index
        self.told.add(at)
        self.whole = False
        self.tell(
            f"{shown('*' + event.anchor)} stands for something written elsewhere; "
            "in a plan, every value is written out.",
            "Write the value itself here; if the star belongs to a text, put the text in quotes.",
            at,
        )

    def _refuse_extras(self, event: _Event) -> None:
        at = event.start_mark.index
        if event.anchor is not None:
            self.tell(
                f"{shown('&' + event.anchor)} gives a name to what follows, to be used elsewhere; "
                "in a plan, every value is written out.",
                f"Take it out. {_IN_QUOTES}",
                at,
            )
        if event.tag is not None:
            # As it is written: the parser has already made something else of it.
            self.told.add(at)
            found = re.compile(r"!\S*").search(self.source.text, at)
            self.tell(
                f"{shown(found[0] if found else '!')} tells programs what to make of the value; "
                "in a plan, everything is text.",
                f"Take it out. {_IN_QUOTES}",
                at,
            )

    def _refuse_twice(self, key: str, first: int, again: int) -> None:
        block = key in LISTS or key == "plan"
        self.tell(
            f"{shown(key)} is written twice: in line {self.source.line(first)} and here.",
            f"Put both under one '{key}:'." if block else "Keep one of the two.",
            again,
        )

    def _as_it_looks(self, event: _Event) -> bool:
        """Whether a plain value is what a person takes it for; a comment after it is noted."""
        begin, end = event.start_mark.index, event.end_mark.index
        text = self.source.text
        if text.startswith(" #", end):
            self.cut[begin] = end + 1
        if spaces := other_spaces(self.source, begin, end):
            self.problems += spaces
            self.told.add(begin)
            self.whole = False
        return not spaces


def other_spaces(source: Text, begin: int, end: int) -> list[Problem]:
    """Every field name that is followed by a space which is none to YAML."""
    return [
        Problem(
            f"After '{found[1]}:' stands U+{ord(found[2]):04X}, a space of another kind, "
            "so that the field is not seen.",
            "Put an ordinary space.",
            source.at(found.start(2)),
        )
        for found in _KEY_AND_OTHER_SPACE.finditer(source.text, begin, end)
        if found[1] in every_key()
    ]


def compose(source: Text) -> Document:
    """The document that a text is.

    Raises:
        InvalidPlan: it is none.
    """
    composer = _Composer(source, _Parser(source.text).get_event)
    tree: Tree = None
    with suppress(_Stop):
        try:
            tree = _root(composer)
        except yaml.YAMLError as error:
            composer.problems += _explained(error, source)
    if not isinstance(tree, dict):
        raise InvalidPlan(sorted(composer.problems, key=by_place))
    return Document(
        source,
        tree,
        Marks(tree, array("L", composer.offsets)),
        tuple(composer.problems),
        composer.whole,
        composer.cut,
        frozenset(composer.told),
    )


def _explained(error: yaml.YAMLError, source: Text) -> list[Problem]:
    """What made the parser stop; where there are spaces of another kind, it is likely they."""
    if spaces := other_spaces(source, 0, len(source.text)):
        return spaces
    if not isinstance(error, yaml.MarkedYAMLError):
        return [Problem("This is no YAML.", "Save the file as plain text.", source.at(0))]
    end = len(source.text)
    here = getattr(error.problem_mark or error.context_mark, "index", end)
    opened = getattr(error.context_mark or error.problem_mark, "index", end)
    said = f"{error.context or ''}: {error.problem or ''}"
    return [explain(said, min(here, end), min(opened, end), source)]


def _root(composer: _Composer) -> Tree:
    next_event = composer.next_event
    next_event()  # the stream begins
    tree: Tree = None
    if (event := next_event()).__class__ is not _StreamEnd:
        event = next_event()
        tree = composer.value(event, 0)
    if not isinstance(tree, dict):
        if tree is None and not composer.problems:
            composer.tell("The file is empty.", "Begin with 'format: 1' and 'plan:'.", 0)
        elif not composer.problems:
            what = "a list" if isinstance(tree, list) else "one piece of text"
            composer.tell(
                f"The whole file is {what}, where 'plan:', 'agencies:' and so on are wanted.",
                "Begin with 'format: 1' and 'plan:', each followed by a colon and a space.",
                event.start_mark.index,
            )
        raise _Stop
    next_event()  # the document ends
    again: bool = (event := next_event()).__class__ is _DocumentStart
    if again:
        composer.tell(
            "A second plan begins here, after '---'.",
            "Write one plan in one file: take out the line '---', or what follows it.",
            event.start_mark.index,
        )
    return tree


def read(data: bytes, name: str) -> tuple[Plan, Places]:
    """Read a plan that is written in YAML.

    Raises:
        UnreadablePlan: it is no text.
        InvalidPlan: it is no plan; with every problem that was found.
    """
    return build(compose(decode(data, name)))


def write(plan: Plan, schema: str | None = None) -> bytes:
    """Write a plan in YAML; `schema` is where editors find the JSON Schema."""
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return (head + "\n".join(lines(plain(plan))) + "\n").encode()


def tree(data: bytes, name: str) -> dict[str, Tree]:
    """What a YAML file says, whether it is a plan or not."""
    return compose(decode(data, name)).sound_tree()


FORMAT = Format("yaml", (".yaml", ".yml"), read, write, tree)
