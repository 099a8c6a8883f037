"""Plain data as YAML that a person likes to read, and that every YAML program reads alike."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

_WIDTH = 100
_PLAIN = re.compile(r"[^\W_][^\n\t\"{}\[\]&*!|>%@`]*")
# What some YAML program would take for a number, a date, a time, a truth or nothing.
_NOT_TEXT = re.compile(
    r"[-+.]?[0-9][0-9_,.:eExXa-fA-FoO+TtZz -]*|y|n|yes|no|on|off|true|false|null|\.?inf|\.?nan",
    re.I,
)


def lines(tree: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The lines of a block, without line breaks at their ends."""
    for key, value in tree.items():
        name = f"{indent}{quoted(key)}:"
        if isinstance(value, dict) and value and not _short(value):
            yield name
            yield from lines(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield name
            for item in value:
                first, *rest = lines(item, indent + "    ")
                yield f"{indent}  - {first.lstrip(' ')}"
                yield from rest
        elif isinstance(value, str):
            yield from _text(name, value, indent + "  ")
        else:
            yield f"{name} {_flow(value)}"


def quoted(text: str) -> str:
    r"""A text on one line: plain where that is safe everywhere, else in double quotes.

    >>> print(quoted("Royal Police"), quoted("NO"), quoted("Unit #5: \"x\""))
    Royal Police "NO" "Unit #5: \"x\""
    """
    plain = (
        _PLAIN.fullmatch(text)
        and not _NOT_TEXT.fullmatch(text)
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and _seen(text)
    )
    return text if plain else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return "".join(c if _seen(c) else _escape(c) for c in json.dumps(text, ensure_ascii=False))


def _seen(text: str) -> bool:
    """Whether everything in it shows; joiners do, in the scripts that need them."""
    return text.isprintable() or all(c.isprintable() or c in "\u200c\u200d" for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _short(block: Mapping[str, Any]) -> bool:
    """Whether a block fits on one line: a time limit, say, but never names in other languages."""
    return set(block) <= {"max", "wording"} and len(_flow(block)) < 80


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)}: {_in_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_in_flow(v) for v in value) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def _in_flow(value: str) -> str:
    return _in_quotes(value) if "," in value else quoted(value)


def _text(name: str, text: str, indent: str) -> Iterator[str]:
    """A text after its key: on one line, folded where it is long, as it is where it has lines."""
    if "\n" in text and _keeps_lines(text):
        yield f"{name} |-"
        yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
    elif len(name) + len(text) > _WIDTH + 10 and _folds(text):
        yield f"{name} >-"
        wrapped = textwrap.wrap(
            text, _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
        )
        yield from (f"{indent}{line}" for line in wrapped)
    else:
        yield f"{name} {quoted(text)}"


def _folds(text: str) -> bool:
    """Whether the text comes back the same when its lines are joined by single spaces."""
    return _seen(text) and " ".join(text.split()) == text


def _keeps_lines(text: str) -> bool:
    return (
        not text[0].isspace()
        and all(
            line == line.rstrip() and not line.startswith("\t") and _seen(line)
            for line in text.split("\n")
        )
        and bool(text.split("\n")[-1])
    )
