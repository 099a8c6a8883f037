"""Plan files: read with the place of everything, written so that they read back the same.

>>> data = b'''
... format: 1
... plan: {id: example, title: An example, as_of: 2024}
... agencies:
...   - id: police
...     name: Police
... '''
>>> plan, places = read(data, "plan.yaml")
>>> str(places.of(plan.agencies[0].ref))
'plan.yaml:5:5'
>>> print(write(plan, "plan.yaml").decode(), end="")
format: 1
plan:
  id: example
  title: An example
  as_of: 2024
  completeness: partial
agencies:
  - id: police
    name: Police
"""

from __future__ import annotations

from typing import Any

from interagency.collector import resting
from interagency.formats import json as _json
from interagency.formats import yaml as _yaml
from interagency.formats._document import MAX_BYTES, MAX_DEPTH, MAX_NODES, Format
from interagency.formats._fields import vocabularies
from interagency.formats._plain import plain_handoff
from interagency.formats._write_yaml import lines as yaml_lines
from interagency.formats.schema import json_schema
from interagency.model import Plan
from interagency.places import Places

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Format",
    "format_of",
    "json_schema",
    "plain_handoff",
    "read",
    "tree",
    "vocabularies",
    "write",
    "yaml_lines",
]

FORMATS: tuple[Format, ...] = (_yaml.FORMAT, _json.FORMAT)
"""Every format, by hand, the usual one first."""


def format_of(name: str, first_bytes: bytes = b"") -> Format:
    """The format of a file: by the ending of its name, else by its first character.

    >>> format_of("plan.yml").name, format_of("-", b' {"format": 1').name
    ('yaml', 'json')
    """
    lower = name.lower()
    for known in FORMATS:
        if lower.endswith(known.suffixes):
            return known
    begin = first_bytes.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b" \t\r\n\xff\xfe")
    return _json.FORMAT if begin.startswith(b"{") else _yaml.FORMAT


def read(data: bytes, name: str) -> tuple[Plan, Places]:
    """Read a plan file; `name` tells its format and is what places call it.

    Raises:
        UnreadablePlan: it is too large, or no text at all.
        InvalidPlan: it was read and is no plan; with every problem that was found.
    """
    with resting():
        return format_of(name, data[:4096]).read(data, name)


def write(plan: Plan, name: str) -> bytes:
    """The bytes of a plan file; the ending of `name` tells the format. It reads back equal."""
    return format_of(name).write(plan)


def tree(data: bytes, name: str) -> dict[str, Any]:
    """What a file says, whether it is a plan or not: blocks, lists and text, nothing else.

    >>> tree(b"country: NO", "standards.yaml")
    {'country': 'NO'}

    Raises:
        UnreadablePlan: it is too large, or no text at all.
        InvalidPlan: it is no YAML, or uses what plan files may not use.
    """
    with resting():
        return format_of(name, data[:4096]).tree(data, name)
