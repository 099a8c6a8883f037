"""A plan as plain data, in the order in which a person writes it, without what says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from interagency.formats._fields import LISTS, Model, fields
from interagency.model import Handoff, Plan, PlanFacts, handoff_ids

_ALWAYS: Mapping[Model, tuple[str, ...]] = {PlanFacts: ("completeness",)}
"""Defaults that are written all the same: they decide what the plan's silence means."""
_LONGEST_ID = 200


def plain(plan: Plan) -> dict[str, Any]:
    """The plan as a file says it: ``format``, ``plan``, and the lists that are not empty."""
    written = plan.model_dump(mode="json", by_alias=True)
    tree: dict[str, Any] = {"format": 1, "plan": _item(PlanFacts, written["plan"])}
    for key, model in LISTS.items():
        if written[key]:
            tree[key] = [_item(model, item) for item in written[key]]
    if plan.handoffs:
        for item in _with_made_ids(plan.handoffs, tree["handoffs"]):
            del item["id"]
    return tree


def plain_handoff(handoff: Handoff) -> dict[str, Any]:
    """A handoff alone as a file says it, its id included."""
    return _item(Handoff, handoff.model_dump(mode="json", by_alias=True))


def _item(model: Model, written: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for key, field in fields(model).items():
        value = written[key]
        info = model.model_fields[field.name]
        if not field.required and key not in _ALWAYS.get(model, ()):
            default = info.get_default()
            if value == default or (value in ([], {}) and default is not None and not len(default)):
                continue
        item[key] = _item(field.inner, value) if field.inner else value
    return item


def _with_made_ids(
    handoffs: tuple[Handoff, ...], items: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The items whose id will be made again from their ends, so that it need not be written.

    A numbered one (``a-b-2``) is written, so that it stays when a line is put in above it.
    """
    rows = []
    for handoff in handoffs:
        base = f"{handoff.sender}-{handoff.receiver}"
        numbered = re.fullmatch(re.escape(base) + r"-[0-9]+", handoff.id)
        made = handoff.id == base or (numbered and len(handoff.id) > _LONGEST_ID)
        rows.append(("" if made else handoff.id, handoff.sender, handoff.receiver))
    if handoff_ids(rows) != [h.id for h in handoffs]:
        return []
    return [item for item, row in zip(items, rows, strict=True) if not row[0]]
