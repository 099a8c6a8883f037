"""What each part of a plan file is called and may hold, asked from the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from interagency.model import Agency, Handoff, PlanFacts, Source, Waiver, Within
from interagency.text import clean, clean_id
from interagency.vocabulary import (
    Completeness,
    Condition,
    Coverage,
    Data,
    Function,
    Group,
    HandoffKind,
    Hours,
    Instrument,
    Level,
    Means,
    Need,
    Pillar,
    Role,
    Sector,
    SourceKind,
    Stage,
    Status,
    Term,
)
from interagency.vocabulary.synonyms import SYNONYMS

Model = type[BaseModel]

LISTS: Mapping[str, Model] = {
    "sources": Source,
    "agencies": Agency,
    "handoffs": Handoff,
    "waivers": Waiver,
}
"""The lists of a plan file, and what stands in each."""

THING: Mapping[Model, str] = {
    PlanFacts: "plan block",
    Source: "source",
    Agency: "agency",
    Handoff: "handoff",
    Waiver: "waiver",
    Within: "time limit",
}
VOCABULARY: Mapping[type[Term], str] = {
    Completeness: "degree of completeness",
    Condition: "condition",
    Coverage: "coverage",
    Data: "kind of data",
    Function: "function",
    Group: "group of people",
    HandoffKind: "kind of handoff",
    Hours: "answer to when it can be reached",
    Instrument: "standard",
    Level: "level",
    Means: "degree of means",
    Need: "need",
    Pillar: "pillar",
    Role: "role",
    Sector: "sector",
    SourceKind: "kind of source",
    Stage: "stage",
    Status: "status",
}
EXAMPLE: Mapping[str, str] = {
    "id": "police",
    "name": "Royal Police",
    "title": "National Action Plan",
    "as_of": "2024",
    "country": "TH",
    "language": "en",
    "from": "police",
    "to": "shelter",
    "pillars": "[protect]",
    "kind": "referral",
    "rule": "dead-end",
    "about": "[police]",
    "because": "to be built in 2026",
    "sector": "law_enforcement",
    "within": "{max: PT24H}",
    "names": "{th: ตำรวจ}",
    "capacity": "40",
    "network": "yes",
    "interviews": "yes",
    "charges_fee": "no",
}
_LATE = ("since", "until", "note", "sources")


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is written in a file.

    Attributes:
        key: what it is called there.
        name: what it is called in Python.
        required: whether it must be there.
        many: whether it holds a list of words.
        free: whether it holds text in a person's own words.
        an_id: whether it holds an id, or several.
        vocabulary: the words it may hold.
        inner: the model of the block it holds.
    """

    key: str
    name: str
    required: bool
    many: bool
    free: bool
    an_id: bool
    vocabulary: type[Term] | None
    inner: Model | None


@cache
def fields(model: Model) -> Mapping[str, Field]:
    """The fields of a model by key, in the order in which a person writes them.

    >>> list(fields(Handoff))[:5]
    ['id', 'from', 'to', 'pillars', 'kind']
    """
    found = [_field(name, info) for name, info in model.model_fields.items()]
    if model in (Agency, Handoff):
        found.sort(key=lambda field: _LATE.index(field.key) + 1 if field.key in _LATE else 0)
    return {field.key: field for field in found}


@cache
def words(vocabulary: type[Term]) -> tuple[str, ...]:
    """The words of a vocabulary; always the same tuple."""
    return tuple(str(term) for term in vocabulary)


@cache
def meanings(vocabulary: type[Term]) -> Mapping[str, str]:
    """What the words of a vocabulary mean."""
    return {str(term): term.description for term in vocabulary}


def synonyms(vocabulary: type[Term]) -> Mapping[str, list[str]]:
    """What people write for words of a vocabulary, and the words."""
    return SYNONYMS.get(vocabulary, {})


@cache
def keys(model: Model) -> tuple[str, ...]:
    """The keys of a model; always the same tuple."""
    return tuple(fields(model))


def _field(name: str, info: FieldInfo) -> Field:
    parts = [*_parts(info.annotation), *info.metadata]
    types = [part for part in parts if isinstance(part, type)]
    checks = [part.func for part in parts if isinstance(part, AfterValidator)]
    return Field(
        key=info.alias or name,
        name=name,
        required=info.is_required(),
        many=tuple in types,
        free=clean in checks,
        an_id=clean_id in checks,
        vocabulary=next((t for t in types if issubclass(t, Term)), None),
        inner=next((t for t in types if issubclass(t, BaseModel)), None),
    )


def _parts(annotation: Any) -> Iterator[Any]:
    """Every type and every check in an annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        of, *extras = get_args(annotation)
        yield from extras
        yield from _parts(of)
    elif origin is not None:
        yield origin
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation


def called(model: Model) -> str:
    """What a thing is called in a sentence.

    >>> called(Agency), called(PlanFacts)
    ('an agency', 'the plan block')
    """
    if model is PlanFacts:
        return "the plan block"
    if model is Within:
        return "a time limit ('within')"
    noun = THING[model]
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


@cache
def every_key() -> frozenset[str]:
    """Every key that stands anywhere in a plan file."""
    return frozenset(["format", "plan", *LISTS, *(key for model in THING for key in keys(model))])


def vocabularies() -> dict[str, type[Term]]:
    """The closed vocabularies by the field that uses them, in the order of a plan file.

    >>> vocabularies()["stage"]
    <enum 'Stage'>
    """
    found: dict[str, type[Term]] = {}
    for model in (PlanFacts, Agency, Handoff, Source):
        for field in fields(model).values():
            terms = field.vocabulary
            if terms is not None and terms not in found.values():
                found[f"source_{field.key}" if model is Source else field.key] = terms
    return found
