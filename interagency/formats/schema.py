"""The plan file as a JSON Schema, for editors that complete words and underline mistakes.

It is made from the models, and then told what the reader accepts beyond them: a single word for
a list of one, ``yes`` and ``no``, a field with nothing after the colon. In one thing it asks for
more than the reader of YAML: a text that looks like a number wants quotes, because programs
that read YAML by its own rules would take it for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from interagency.formats._fields import LISTS, THING, VOCABULARY, Field, Model, fields
from interagency.model import Handoff, Plan

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TITLES: Mapping[str, str] = {
    "sources": "The documents that the plan rests on.",
    "agencies": "Who takes part: ministries, units, teams, organisations.",
    "handoffs": "Who hands what to whom.",
    "waivers": "Findings that are accepted for a time, and why.",
}
# What the models say of every id, said of these.
_ENDS: Mapping[str, str] = {
    "from": "Who hands over: an agency's id, or person (the trafficked person), or public.",
    "to": "Who receives: an agency's id, or person (the trafficked person), or public.",
    "fallback": "Id of the agency that receives when the receiver cannot.",
}
_ID = r"^[^\s!-,/:-@\[-^`{-~]+$"  # no space, and no sign of ASCII but - . _
_NULL: Schema = {"type": "null"}
_EXAMPLE: Schema = {
    "format": 1,
    "plan": {"id": "example", "title": "An example", "country": "TH", "as_of": 2024},
    "agencies": [
        {"id": "hotline", "name": "National hotline", "sector": "hotline"},
        {"id": "police", "name": "Royal Police", "sector": "law_enforcement"},
    ],
    "handoffs": [
        {
            "from": "hotline",
            "to": "police",
            "pillars": ["protect"],
            "kind": "referral",
            "within": {"max": "PT24H", "wording": "within one day"},
        }
    ],
}


def json_schema() -> Schema:
    """The JSON Schema (2020-12) of a plan file.

    >>> schema = json_schema()
    >>> schema["$id"], list(schema["properties"])[:4]
    ('urn:interagency:plan:1', ['$schema', 'format', 'plan', 'sources'])
    """
    made = Plan.model_json_schema(by_alias=True)
    definitions: dict[str, Schema] = made["$defs"]
    for vocabulary, noun in VOCABULARY.items():
        if vocabulary.__name__ in definitions:
            definitions[vocabulary.__name__] = {
                "title": noun,
                "type": "string",
                "enum": [str(term) for term in vocabulary],
                # Two spellings of one thing: editors know the one or the other.
                "enumDescriptions": [term.description for term in vocabulary],
                "markdownEnumDescriptions": [term.description for term in vocabulary],
            }
    for model in THING:
        definitions[model.__name__] = _block(model, definitions[model.__name__])
    properties: dict[str, Schema] = {
        "$schema": {"type": "string", "description": "Where editors find this schema."},
        "format": {"enum": [1, "1"], "description": "The format of this file: 1."},
        "plan": {"$ref": "#/$defs/PlanFacts", "description": "What the plan is."},
    }
    for key, model in LISTS.items():
        items = {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
        properties[key] = {"anyOf": [items, _NULL], "description": _TITLES[key]}
    return {
        "$schema": _DIALECT,
        "$id": "urn:interagency:plan:1",
        "title": "A plan against trafficking in persons",
        "description": (
            "How the agencies of a state work together against trafficking in persons: "
            "who takes part, and who hands what to whom."
        ),
        "type": "object",
        "properties": properties,
        "required": ["plan"],
        "additionalProperties": False,
        "examples": [_EXAMPLE],
        "$defs": dict(sorted(definitions.items())),
    }


def _block(model: Model, made: Schema) -> Schema:
    described = _descriptions(model)
    properties = {}
    for key, field in fields(model).items():
        written = _property(field, made["properties"][key])
        if key in described:
            written["description"] = described[key]
        properties[key] = written
    return {
        "title": THING[model],
        "description": made["description"],
        "type": "object",
        "properties": properties,
        "required": [key for key, field in fields(model).items() if field.required],
        "additionalProperties": False,
    }


@cache
def _descriptions(model: type[BaseModel]) -> Mapping[str, str]:
    return _ENDS if model is Handoff else {}


def _property(field: Field, made: Schema) -> Schema:
    """One field, as the reader takes it."""
    forms = [form for form in made.get("anyOf", [made]) if form != _NULL]
    written: list[Schema] = []
    for form in forms:
        written += _forms(field, _bare(form))
    if not field.required:
        written.append(_NULL)
    schema = written[0] if len(written) == 1 else {"anyOf": written}
    if description := made.get("description"):
        schema = {**schema, "description": description}
    return schema


def _bare(form: Schema) -> Schema:
    return {key: form[key] for key in form if key not in ("title", "default", "description")}


def _forms(field: Field, form: Schema) -> list[Schema]:
    """The ways of writing one form of a value."""
    if form.get("type") == "array":
        items = _bare(form["items"])
        if field.an_id:
            items["pattern"] = _ID
        least = {"minItems": form["minLength"]} if "minLength" in form else {}
        return [{"type": "array", "items": items, "uniqueItems": True, **least}, items]
    if field.an_id:
        return [{**form, "pattern": _ID}]
    if form.get("type") == "boolean":
        return [form, {"enum": ["yes", "no"]}]
    if "patternProperties" in form:
        ((pattern, name),) = form["patternProperties"].items()
        return [
            {
                "type": "object",
                "patternProperties": {pattern: name},
                "additionalProperties": False,
            }
        ]
    return [form]
