"""What is said of a file that is no plan: where, what is the matter, and how to mend it."""

from __future__ import annotations

import json

import pytest
from refusals import BYTES, FIELDS, JSON, NAMES, PLANS

from interagency.errors import InvalidPlan, UnreadablePlan
from interagency.formats import read, tree
from interagency.formats._fields import LISTS, VOCABULARY, every_key, fields
from interagency.model import Agency, Handoff, Plan, PlanFacts, Source, Waiver, Within
from interagency.vocabulary import Term

HEAD = "format: 1\nplan: {id: x, title: X, as_of: 2024}\nagencies:\n  - id: a\n    name: "


def said(text: str | bytes, file: str = "plan.yaml") -> str:
    """What is wrong with a file, one problem on a line, without the name of the file."""
    with pytest.raises((InvalidPlan, UnreadablePlan)) as refused:
        read(text.encode() if isinstance(text, str) else text, file)
    if isinstance(refused.value, UnreadablePlan):
        return str(refused.value)
    return "\n".join(str(problem).removeprefix(f"{file}:") for problem in refused.value.problems)


@pytest.mark.parametrize(("written", "expected"), NAMES.values(), ids=NAMES)
def test_a_name_that_cannot_be_read_is_told_in_plain_words(written: str, expected: str) -> None:
    assert said(f"{HEAD}{written}\n") == expected


@pytest.mark.parametrize(("written", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_field_that_is_wrong_is_told_with_how_to_mend_it(written: str, expected: str) -> None:
    assert said(f"{HEAD}A\n    {written}\n") == expected


@pytest.mark.parametrize(("written", "expected"), PLANS.values(), ids=PLANS)
def test_a_file_that_is_no_plan_is_told_with_all_that_is_wrong(written: str, expected: str) -> None:
    assert said(written) == expected


@pytest.mark.parametrize(("written", "expected"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_text_is_told_for_what_it_is(written: bytes, expected: str) -> None:
    assert said(written) == expected


@pytest.mark.parametrize(("written", "expected"), JSON.values(), ids=JSON)
def test_json_is_refused_as_carefully_as_yaml(written: str, expected: str) -> None:
    assert said(written, "plan.json") == expected


def test_syntax_stops_at_the_first_problem_but_tells_what_was_met_before() -> None:
    text = f"{HEAD}A\n    name: B\n    note: x: y\n"
    assert [line.split(":")[0] for line in said(text).splitlines()] == ["6", "7"]


def test_ids_that_could_not_be_gathered_are_not_said_to_be_unknown() -> None:
    """A block that stands twice is told once; what refers to its agencies is not wrong."""
    assert "There is no agency" not in said(PLANS["a doubled list"][0])


def test_an_agency_without_an_id_is_not_told_again_where_it_is_used() -> None:
    text = (
        "plan: {id: x, title: X, as_of: 2024}\n"
        "agencies: [{name: Police}, {id: shelter, name: S}]\n"
        "handoffs: [{from: police, to: sheltr, pillars: [protect], kind: referral}]\n"
    )
    assert said(text) == (
        "2:12: This agency has no 'id'. Add a line such as 'id: police'.\n"
        "3:31: There is no agency with the id 'sheltr'. Did you mean 'shelter'?"
    )


def test_a_comment_after_a_word_needs_one_space_after_a_text_two() -> None:
    """A word of a vocabulary cannot go on with '#'; a name can, and would lose its end."""
    text = f"{HEAD}A  # formerly B\n    sector: hotline # a comment\n    since: 2020 # or so\n"
    plan, _ = read(text.encode(), "plan.yaml")
    assert (plan.agencies[0].name, plan.agencies[0].sector) == ("A", "hotline")
    for text in ("Unit #5", "Unit # 5", "a b #c"):
        assert "counts as a comment" in said(f"{HEAD}{text}\n")
        assert "counts as a comment" in said(f"{HEAD}A\n    names: {{th: {text}\n    }}\n")
        assert read(f'{HEAD}"{text}"\n'.encode(), "plan.yaml")[0].agencies[0].name == text


@pytest.mark.parametrize("file", ["plan.yaml", "plan.json"])
def test_a_single_word_is_a_list_of_one(file: str) -> None:
    written = {
        "plan": {"id": "x", "title": "X", "as_of": 2024},
        "agencies": [{"id": "a", "name": "A", "roles": "detecting_agency"}],
        "handoffs": [{"from": "a", "to": "a", "pillars": "protect", "kind": "referral"}],
    }
    plan, places = read(json.dumps(written, indent=1).encode(), file)
    assert plan.handoffs[0].pillars == ("protect",)
    assert plan.agencies[0].roles == ("detecting_agency",)
    assert places.of(plan.handoffs[0].ref)


@pytest.mark.parametrize("file", ["plan.yaml", "plan.json"])
def test_a_field_with_nothing_in_it_is_a_field_left_out(file: str) -> None:
    written = {
        "plan": {"id": "x", "title": "X", "as_of": 2024, "note": None, "completeness": None},
        "agencies": [{"id": "a", "name": "A", "roles": None, "accepts": None, "names": None}],
        "handoffs": None,
        "waivers": None,
    }
    plan, _ = read(json.dumps(written).encode(), file)
    bare = {
        "plan": {"id": "x", "title": "X", "as_of": 2024},
        "agencies": [{"id": "a", "name": "A"}],
    }
    assert plan == read(json.dumps(bare).encode(), file)[0]


def test_a_json_file_may_name_its_schema() -> None:
    data = b'{"$schema": "plan.schema.json", "plan": {"id": "x", "title": "X", "as_of": 2024}}'
    assert read(data, "plan.json")[0].facts.id == "x"


SCALARS = [
    *("NO", "no", "yes", "on", "off", "Y", "n", "true", "False", "TRUE", "0", "0123", "010"),
    *("0o17", "0x1F", "0b11", "1_000", "12:30", "190:20:30", "1.10", "1e3", ".5", "5.", "+1"),
    *(".inf", "-.inf", ".nan", "2024-01-01", "2024-01-01T12:00:00Z", "1/2", "=1+1", "TH", "1.2.3"),
    *("-1", "1,000", "0.0", "00", "a=b", "<b>", "(x)"),
]


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_plain_word_is_text_and_the_same_in_both_formats(scalar: str) -> None:
    from_yaml = read(f"{HEAD}{scalar}\n".encode(), "plan.yaml")[0]
    written = {
        "plan": {"id": "x", "title": "X", "as_of": 2024},
        "agencies": [{"id": "a", "name": scalar}],
    }
    assert from_yaml == read(json.dumps(written).encode(), "plan.json")[0]
    assert from_yaml.agencies[0].name == scalar


def test_any_file_can_be_read_as_a_tree() -> None:
    assert tree(b"a: [b, {c: NO}]", "x.yaml") == {"a": ["b", {"c": "NO"}]}
    assert tree(b'{"a": [1, true, null, 1.5]}', "x.json") == {"a": [1, True, None, 1.5]}
    with pytest.raises(InvalidPlan, match="is written twice"):
        tree(b"a: 1\na: 2", "x.yaml")


def test_every_vocabulary_has_a_name_in_messages() -> None:
    assert set(VOCABULARY) == set(Term.__subclasses__())


def test_every_field_is_known_to_the_reader() -> None:
    free = {
        (model.__name__, field.key)
        for model in (PlanFacts, Source, Agency, Handoff, Waiver, Within)
        for field in fields(model).values()
        if field.free
    }
    assert {("Agency", "name"), ("Handoff", "basis"), ("Within", "wording")} <= free
    assert ("Agency", "id") not in free
    assert set(LISTS) | {"format", "plan"} == {
        info.alias or name for name, info in Plan.model_fields.items()
    }
    assert {"max", "wording", "from", "to", "handoffs", "as_of"} <= every_key()
