"""The JSON Schema: what the reader takes validates, and typical mistakes do not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from strategies import plans

import interagency.catalogue
from interagency.formats import json_schema, read, tree, write
from interagency.formats._fields import LISTS, fields
from interagency.model import Plan, PlanFacts
from interagency.vocabulary import Sector

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
FACTS = {"id": "x", "title": "X", "as_of": 2024}


def as_editors_see_it(value: Any) -> Any:
    """A tree of texts as an editor's YAML reader has it: numbers and truths are no texts."""
    if isinstance(value, dict):
        return {key: as_editors_see_it(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_see_it(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def faults(written: Any) -> list[str]:
    """What the schema has against it."""
    return [error.message for error in VALIDATOR.iter_errors(written)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("name", interagency.catalogue.plan_names())
def test_the_bundled_plans_validate(name: str) -> None:
    written = tree(interagency.catalogue.plan_bytes(name), "plan.yaml")
    assert faults(as_editors_see_it(written)) == []


def test_the_example_validates_and_is_read() -> None:
    for example in SCHEMA["examples"]:
        assert faults(example) == []
        assert read(json.dumps(example).encode(), "plan.json")


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_what_is_written_validates(plan: Plan) -> None:
    assert faults(json.loads(write(plan, "plan.json"))) == []


@pytest.mark.parametrize(
    "written",
    [
        {"plan": FACTS},
        {"format": "1", "plan": {**FACTS, "as_of": "2024-06-30"}},
        {"plan": {**FACTS, "note": None}, "handoffs": None},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "roles": "detecting_agency"}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "interviews": "yes"}]},
        {"$schema": "plan.schema.json", "plan": FACTS},
    ],
)
def test_what_the_reader_takes_validates(written: Any) -> None:
    assert faults(written) == []
    assert read(json.dumps(written).encode(), "plan.json")


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"plan": {}},
        {"plan": FACTS, "agency": []},
        {"format": 2, "plan": FACTS},
        {"plan": {**FACTS, "id": "my plan"}},
        {"plan": {**FACTS, "as_of": "30.6.2024"}},
        {"plan": {**FACTS, "country": "th"}},
        {"plan": FACTS, "agencies": [{"id": "a"}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "sector": "police"}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "sektor": "hotline"}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "names": {"thai language": "x"}}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": "A", "accepts": ["women", "women"]}]},
        {"plan": FACTS, "agencies": [{"id": "a", "name": ["A"]}]},
        {"plan": FACTS, "sources": [{"id": "s", "title": "S", "url": "www.x.org"}]},
        {
            "plan": FACTS,
            "handoffs": [{"from": "person", "to": "public", "pillars": [], "kind": "referral"}],
        },
        {
            "plan": FACTS,
            "handoffs": [
                {"sender": "person", "to": "public", "pillars": ["protect"], "kind": "referral"}
            ],
        },
        {
            "plan": FACTS,
            "handoffs": [
                {
                    "from": "person",
                    "to": "public",
                    "pillars": "protect",
                    "kind": "referral",
                    "within": {"max": "24 hours"},
                }
            ],
        },
    ],
)
def test_typical_mistakes_do_not_validate(written: Any) -> None:
    assert faults(written)


def test_every_word_is_described() -> None:
    sector = SCHEMA["$defs"]["Sector"]
    assert sector["enum"] == list(Sector)
    for spelling in ("enumDescriptions", "markdownEnumDescriptions"):
        assert sector[spelling] == [word.description for word in Sector]


def test_every_field_is_there_in_the_order_of_writing() -> None:
    for model in (PlanFacts, *LISTS.values()):
        block = SCHEMA["$defs"][model.__name__]
        assert list(block["properties"]) == list(fields(model))
        assert block["additionalProperties"] is False
