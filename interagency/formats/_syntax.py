"""What libyaml says when it cannot go on, in plain words."""

from __future__ import annotations

import re

from interagency.errors import Problem
from interagency.formats._document import Text
from interagency.formats._words import ODD_SPACES, odd_space

_QUOTES = "If it belongs to a text, put the whole text in quotes."
_INDENT = "Begin the fields of one item in the same column; use spaces."
_EXPECTED: tuple[tuple[str, str, str], ...] = (
    # a part of libyaml's problem, what is the matter, how to mend it
    (
        "mapping values are not allowed",
        "A second ': ' stands here, where a text goes on.",
        "If the colon belongs to the text, put the whole text in quotes; if a new field begins "
        "here, begin it in the same column as the field above.",
    ),
    (
        "did not find expected key",
        "This line does not stand in the column of the fields above it.",
        _INDENT,
    ),
    (
        "did not find expected '-' indicator",
        "This line stands neither in the column of the fields above it nor in that of the list.",
        "Begin the fields of one item in the same column, and each new item with '- '.",
    ),
    (
        "invalid Unicode character",
        "This number, after a backslash, is no character's.",
        "Write the character itself; or put the text in single quotes.",
    ),
    (
        "escape c",
        "A backslash in a text in double quotes changes the letter after it.",
        "Put the text in single quotes, or write the backslash twice.",
    ),
    (
        "expected hexdecimal number",
        "A backslash in a text in double quotes changes the letter after it.",
        "Put the text in single quotes, or write the backslash twice.",
    ),
    (
        "alphabetic or numeric character",
        "A value cannot begin with '&' or '*'.",
        "Put the text in quotes.",
    ),
    (
        "expected comment or line break",
        "After '|' or '>' nothing may follow on the same line.",
        "Begin the text on the next line, indented; or put it in quotes.",
    ),
    (
        "block sequence entries are not allowed",
        "A list entry ('- ') cannot begin here.",
        "Begin it on a line of its own; if the dash belongs to a text, put the text in quotes.",
    ),
    ("while scanning a directive", "A line cannot begin with '%'.", _QUOTES),
    ("tag", "A value cannot begin with '!'.", _QUOTES),
    (
        "tab character",
        "A tab stands here, where spaces are wanted.",
        "Indent with spaces; most editors can turn tabs into spaces.",
    ),
    (
        "expected node content",
        "Something is missing before this sign.",
        "Take out the doubled or lonely sign; if it belongs to a text, put the text in quotes.",
    ),
)
_OPENED: tuple[tuple[str, str, str], ...] = (
    # these are told where something began, not where the parser gave up
    (
        "could not find expected ':'",
        "This line has no ': ' (a colon and a space) after its first word.",
        "Write 'field: value'; if the line goes on with the text above, indent it further.",
    ),
    (
        "found unexpected end of stream",
        "The quote that opens here is never closed.",
        "Close it; an apostrophe inside single quotes is written twice ('').",
    ),
    (
        "found unexpected document indicator",
        "The quote that opens here is not closed before a line that begins with '---'.",
        "Close it.",
    ),
    (
        "did not find expected ',' or ']'",
        "The '[' that opens here is not closed, or a comma is missing.",
        "Close it with ']', or put the text in quotes.",
    ),
    (
        "did not find expected ',' or '}'",
        "The '{' that opens here is not closed, or a comma is missing.",
        "Close it with '}', or put the text in quotes.",
    ),
)


def explain(problem: str, here: int, opened: int, source: Text) -> Problem:
    """The problem behind an error of the parser, with its place.

    Args:
        problem: what the parser says: what it was doing, and what it met.
        here: where it stopped.
        opened: where that began which it could not finish.
        source: the text.
    """
    above = source.text.rfind("\n", 0, max(here, 1) - 1)
    line = source.text.rfind("\n", 0, here)
    for at in (opened, here, line, above):
        if told := _odd_beginning(source, at) or _odd_colon(source, at):
            return told
    for part, message, mend in _OPENED:
        if part in problem:
            return Problem(message, mend, source.at(opened))
    if "cannot start any token" in problem:
        return _cannot_start(source, here)
    for part, message, mend in _EXPECTED:
        if part in problem:
            return Problem(message, mend, source.at(here))
    return Problem(
        "The file cannot be read from here on.",
        "Look at this line and the one above: quotes, brackets, colons, and the column in which "
        "the lines begin.",
        source.at(here),
    )


_BEGINNING = re.compile(
    rf"[ \t]*(?:(?P<space>[{ODD_SPACES}])|(?P<dash>[–—−•·‣])[ \t]|(?P<fence>```))"
)


def _odd_beginning(source: Text, at: int) -> Problem | None:
    """What other programs put before a line, and no YAML can have there."""
    start = source.text.rfind("\n", 0, max(at, 0)) + 1
    found = _BEGINNING.match(source.text, start)
    if found is None:
        return None
    place = source.at(found.start(found.lastgroup or 0))
    if found["fence"]:
        return Problem(
            "``` marks a piece of code elsewhere, and is no part of a plan.",
            "Take this line out, and the one like it at the end.",
            place,
        )
    if found["dash"]:
        return Problem(
            f"This line begins with '{found['dash']}', where a list entry begins with '-'.",
            "Type the hyphen of the keyboard, and a space.",
            place,
        )
    return Problem(
        f"This line begins with {odd_space(found['space'])}.",
        "Take out what stands before the first word, and indent with the space bar.",
        place,
    )


_COLON = re.compile(r"[ \t]*(?:-[ \t]+)?\w+(?P<sign>：)")


def _odd_colon(source: Text, at: int) -> Problem | None:
    """A field of which the name does not end, because of a colon of another script."""
    found = _COLON.match(source.text, source.text.rfind("\n", 0, max(at, 0)) + 1)
    if found is None:
        return None
    message = "Here stands a wide colon (U+FF1A)."
    return Problem(message, "Type ':' and a space instead.", source.at(found.start("sign")))


def _cannot_start(source: Text, at: int) -> Problem:
    sign = source.text[at : at + 1]
    if sign == "\t":
        return Problem(
            "A tab stands here, where spaces are wanted.",
            "Indent with spaces; most editors can turn tabs into spaces.",
            source.at(at),
        )
    return Problem(f"A value cannot begin with '{sign}'.", "Put the text in quotes.", source.at(at))
