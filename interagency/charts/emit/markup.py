"""HTML that is safe by the way it is made: whatever is not ``Markup`` is escaped.

>>> print(tag("p", "a < b ", tag("b", '"c"'), class_="x", hidden=True, lang=None))
<p class="x" hidden>a &lt; b <b>&quot;c&quot;</b></p>
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from interagency.charts.text import scrubbed

_VOID = frozenset({"br", "input", "link", "meta"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(element: str, /, *children: str, **attributes: str | int | bool | None) -> Markup:
    """An element. ``class_`` is written for ``class`` and ``data_id`` for ``data-id``.

    Args:
        element: its name; ours, never from a plan.
        children: text, which is escaped, and elements, which are not.
        attributes: their values are escaped; None and False leave one out.
    """
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{_safe(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if element in _VOID:
        return Markup(f"<{element}{told}>")
    return Markup(f"<{element}{told}>{joined(children)}</{element}>")


def joined(children: Iterable[str]) -> Markup:
    """Text and elements after one another."""
    return Markup("".join(c if isinstance(c, Markup) else _safe(c) for c in children))


def _safe(value: object) -> str:
    return escape(scrubbed(str(value)), quote=True)
