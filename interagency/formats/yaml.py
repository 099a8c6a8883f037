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
from unicodedata import normalize

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from interagency.errors import InvalidPlan, Problem
from interagency.formats._build import build
from interagency.formats._document import MAX_DEPTH, MAX_NODES, Document, Format, Marks, Text, Tree
from interagency.formats._fields import LISTS
from interagency.formats._plain import plain
from interagency.formats._syntax import explain
from interagency.formats._text import decode
from interagency.formats._words import shown
from interagency.formats._write_yaml import lines
from interagency.model import Plan
from interagency.places import Places

try:
    from yaml.cyaml import CParser as _Parser
except ImportError:  # PyYAML without libyaml: the same events, ten times slower
    from yaml import Loader as _Parser  # type: ignore[assignment]

_IN_QUOTES = "If it belongs to a text, put the whole text in quotes."
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_UNSEEN_SPACE = re.compile(
    r"(?:^|[\s{,-])([a-z_]+):([\u00a0\u2000-\u200b\u202f\u205f\u3000]+)", re.M
)


class _Stop(Exception):
    """Reading cannot go on; the problem says why."""


class _Composer:
    """Builds the tree of one document from the parser's events, and notes every position."""

    def __init__(self, source: Text, next_event: Callable[[], Event]) -> None:
        self.source = source
        self.next_event = next_event
        self.offsets: array[int] = array("L")
        self.problems: list[Problem] = []
        self.whole = True
        self.cut: dict[int, int] = {}
        self.told: set[int] = set()
        self._comments = " #" in source.text

    def tell(self, message: str, mend: str, offset: int) -> None:
        self.problems.append(Problem(message, mend, self.source.at(offset)))

    def value(self, event: Event, depth: int) -> Tree:
        """The value that begins with this event."""
        self.offsets.append(event.start_mark.index)
        kind = event.__class__
        if kind is AliasEvent:
            self._refuse_alias(event)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if kind is ScalarEvent:
            text: str = event.value
            if event.style:
                return text
            if self._comments:
                self._note_comment(event)
            return None if text in _NOTHING else text
        if depth >= MAX_DEPTH:
            self.tell(
                f"Here {MAX_DEPTH + 1} levels stand inside one another; a plan needs five.",
                "If the brackets belong to a text, put the text in quotes.",
                event.start_mark.index,
            )
            raise _Stop
        if len(self.offsets) > MAX_NODES:
            self.tell(
                f"The file holds more than {MAX_NODES:,} keys and values.",
                "Divide it into several plans.",
                event.start_mark.index,
            )
            raise _Stop
        return self.mapping(depth + 1) if kind is MappingStartEvent else self.sequence(depth + 1)

    def mapping(self, depth: int) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        begin = len(self.offsets) - 1
        next_event, value = self.next_event, self.value
        while (event := next_event()).__class__ is not MappingEndEvent:
            number = len(self.offsets)
            key = self._key(event, depth)
            child = value(next_event(), depth)
            if key is None or key in tree:
                if key is not None:
                    first = Marks(tree, self.offsets[begin:]).key((key,))
                    self._refuse_twice(key, first, event.start_mark.index)
                # Left out of the tree, so left out of the row of positions too.
                del self.offsets[number:]
                self.whole = False
            else:
                tree[key] = child
        return tree

    def sequence(self, depth: int) -> list[Tree]:
        tree: list[Tree] = []
        next_event, value, append = self.next_event, self.value, tree.append
        while (event := next_event()).__class__ is not SequenceEndEvent:
            append(value(event, depth))
        return tree

    def _key(self, event: Event, depth: int) -> str | None:
        """The key that this event is, or None where it is none."""
        at = event.start_mark.index
        if event.__class__ is not ScalarEvent:
            self.value(event, depth)
            if event.__class__ is not AliasEvent:
                self.tell("A field is named by a list or block here.", _IN_QUOTES, at)
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

    def _refuse_alias(self, event: Event) -> None:
        at = event.start_mark.index
        self.told.add(at)
        self.whole = False
        self.tell(
            f"{shown('*' + event.anchor)} stands for something written elsewhere; "
            "in a plan, every value is written out.",
            "Write the value itself here; if the star belongs to a text, put the text in quotes.",
            at,
        )

    def _refuse_extras(self, event: Event) -> None:
        at = event.start_mark.index
        if event.anchor is not None:
            self.tell(
                f"{shown('&' + event.anchor)} gives a name to what follows, to be used elsewhere; "
                "in a plan, every value is written out.",
                "Take it out; if it belongs to a text, put the whole text in quotes.",
                at,
            )
        if event.tag is not None:
            self.tell(
                f"{shown(self._word(at, '!'))} tells programs what to make of the value; "
                "a plan has text only.",
                "Take it out; if it belongs to a text, put the whole text in quotes.",
                at,
            )

    def _word(self, at: int, sign: str) -> str:
        """The word as it is written: the parser has already made something else of it."""
        found = re.compile(re.escape(sign) + r"\S*").search(self.source.text, at)
        return found[0] if found else sign

    def _refuse_twice(self, key: str, first: int, again: int) -> None:
        block = key in LISTS or key == "plan"
        self.tell(
            f"{shown(key)} is written twice: in line {self.source.line(first)} and here.",
            f"Put both under one '{key}:'." if block else "Keep one of the two.",
            again,
        )

    def _note_comment(self, event: Event) -> None:
        end = event.end_mark.index
        if self.source.text.startswith(" #", end):
            self.cut[event.start_mark.index] = end + 1


def compose(source: Text) -> Document:
    """The document that a text is.

    Raises:
        InvalidPlan: it is none.
    """
    composer = _Composer(source, _Parser(source.text).get_event)
    tree: Tree = None
    try:
        tree = _root(composer)
    except yaml.YAMLError as error:
        composer.problems.append(explain(error, source))
    except _Stop:
        pass
    if not isinstance(tree, dict):
        raise InvalidPlan(composer.problems)
    return Document(
        source,
        tree,
        Marks(tree, composer.offsets),
        tuple(composer.problems),
        composer.whole,
        composer.cut,
        frozenset(composer.told),
    )


def _root(composer: _Composer) -> Tree:
    next_event = composer.next_event
    next_event()  # the stream begins
    if next_event().__class__ is StreamEndEvent:
        composer.tell("The file is empty.", "Begin with 'format: 1' and 'plan:'.", 0)
        raise _Stop
    event = next_event()
    tree = composer.value(event, 0)
    if not isinstance(tree, dict):
        what = "a list" if isinstance(tree, list) else "one piece of text"
        composer.tell(
            f"The whole file is {what}, where 'format:', 'plan:', 'agencies:' and so on are wanted.",
            "Begin with 'format: 1' and 'plan:', each followed by a colon and a space.",
            event.start_mark.index,
        )
        raise _Stop
    next_event()  # the document ends
    if (event := next_event()).__class__ is DocumentStartEvent:
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


FORMAT = Format("yaml", (".yaml", ".yml"), read, write)
