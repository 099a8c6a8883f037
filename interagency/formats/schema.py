"""The plan file as a JSON Schema, for editors that complete words and underline mistakes."""

from __future__ import annotations

from typing import Any

from interagency.model import Plan


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a plan file."""
    return Plan.model_json_schema(by_alias=True)
