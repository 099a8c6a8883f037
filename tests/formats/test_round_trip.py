"""What is written is read back equal, in every format, however it is spelled on the way."""

from __future__ import annotations

import json
import random
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import AWKWARD, SCRIPTS, plans, texts

import interagency.catalogue
from interagency.errors import InvalidPlan, Problem, UnreadablePlan
from interagency.formats import FORMATS, read, tree, write
from interagency.formats import json as json_format
from interagency.formats import yaml as yaml_format
from interagency.model import Agency, Plan, PlanFacts, Within
from interagency.places import Kind, Location, Ref

often = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
seldom = settings(often, max_examples=40)
PLANS = interagency.catalogue.plan_names()
NAMES = ("plan.yaml", "plan.json")


def named(name: str) -> Plan:
    """A plan with one agency of that name."""
    return Plan(
        facts=PlanFacts(id="x", title="X", as_of=2024), agencies=(Agency(id="a", name=name),)
    )


@pytest.mark.parametrize("file", NAMES)
@pytest.mark.parametrize("plan", PLANS)
def test_the_bundled_plans_are_written_so_that_they_read_back_equal(plan: str, file: str) -> None:
    original, _ = read(interagency.catalogue.plan_bytes(plan), "plan.yaml")
    assert read(write(original, file), file)[0] == original


@pytest.mark.parametrize("file", NAMES)
@pytest.mark.parametrize("text", [*AWKWARD, *SCRIPTS.values()])
def test_a_text_that_looks_like_something_else_stays_text(text: str, file: str) -> None:
    assert read(write(named(text), file), file)[0].agencies[0].name == text


@often
@given(plans())
def test_every_plan_survives_yaml(plan: Plan) -> None:
    assert read(write(plan, "plan.yaml"), "plan.yaml")[0] == plan


@often
@given(plans())
def test_every_plan_survives_json_by_the_fast_and_by_the_careful_way(plan: Plan) -> None:
    data = write(plan, "plan.json")
    assert read(data, "plan.json")[0] == plan
    careful, places = json_format.build(json_format.compose(json_format.decode(data, "plan.json")))
    assert careful == plan
    fast = json_format._read_fast(data, "plan.json")
    assert fast is not None
    for thing in (*plan.agencies, *plan.handoffs):
        assert fast[1].of(thing.ref) == places.of(thing.ref)


@often
@given(texts(lines=True))
def test_every_note_survives_yaml(note: str) -> None:
    plan = Plan(facts=PlanFacts(id="x", title="X", as_of=2024, note=note))
    assert read(write(plan, "plan.yaml"), "plan.yaml")[0].facts.note == note


@seldom
@given(plans(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\ufeff"]))
def test_line_breaks_and_byte_order_marks_make_no_difference(
    plan: Plan, line_break: str, mark: str
) -> None:
    written = write(plan, "plan.yaml").decode()
    same, places = read((mark + written.replace("\n", line_break)).encode(), "plan.yaml")
    assert same == plan
    _, as_written = read(written.encode(), "plan.yaml")
    for thing in (*plan.agencies, *plan.handoffs):
        assert places.of(thing.ref) == as_written.of(thing.ref)


@seldom
@given(plans(), st.sampled_from(["utf-16", "utf-32", "utf-8-sig"]), st.sampled_from(NAMES))
def test_an_encoding_that_the_file_itself_names_is_read(
    plan: Plan, encoding: str, file: str
) -> None:
    assert read(write(plan, file).decode().encode(encoding), file)[0] == plan


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same, with the keys of every block in another order."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(value[key], chance) for key in keys}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


@seldom
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_keys_makes_no_difference(plan: Plan, chance: random.Random) -> None:
    written = json.loads(write(plan, "plan.json"))
    again = json.dumps(shuffled(written, chance), ensure_ascii=False).encode()
    assert read(again, "plan.json")[0] == plan
    # JSON in flow style is YAML, too; but for tabs and slashes it means the same.
    if b"\\" not in again:
        assert read(again, "plan.yaml")[0] == plan


@often
@given(plans(min_agencies=1), st.data())
def test_no_doubled_key_slips_through_the_fast_way(plan: Plan, data: st.DataObject) -> None:
    """The fast way counts keys; pydantic alone would take the last of two."""
    written = json.dumps(json.loads(write(plan, "plan.json")), ensure_ascii=False)
    keys = list(re.finditer(r'(?<=[{ ])"([A-Za-z_-]+)": ', written))
    key = data.draw(st.sampled_from(keys))
    colon = data.draw(st.sampled_from([":", " :", ": ", "\t:\n"]))
    doubled = f'{written[: key.start()]}"{key[1]}"{colon}null, {written[key.start() :]}'
    with suppress(json.JSONDecodeError):
        if json.loads(doubled) == json.loads(written):  # else it fell into a text
            told = problems_of(doubled.encode(), "plan.json")
            assert any("is written twice" in problem.message for problem in told)


@seldom
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_agencies_changes_no_agency(plan: Plan, chance: random.Random) -> None:
    written = json.loads(write(plan, "plan.json"))
    chance.shuffle(written.get("agencies", []))
    again = read(json.dumps(written).encode(), "plan.json")[0]
    assert {a.id: a for a in again.agencies} == {a.id: a for a in plan.agencies}
    assert again.handoffs == plan.handoffs


@seldom
@given(plans())
def test_every_thing_has_a_place_in_both_formats(plan: Plan) -> None:
    things = [Ref(Kind.PLAN), Ref(Kind.PLAN, plan.facts.id)]
    things += [Ref(Kind.SOURCE, source.id) for source in plan.sources]
    things += [thing.ref for thing in (*plan.agencies, *plan.handoffs, *plan.waivers)]
    for file in NAMES:
        data = write(plan, file)
        _, places = read(data, file)
        lines = data.decode().count("\n")
        found = [places.of(thing) for thing in things]
        assert all(place is not None and 1 <= place.line <= lines for place in found)
    assert places.of(Ref(Kind.AGENCY, "nobody at all")) is None


@settings(often, max_examples=250)
@given(st.binary(max_size=300), st.sampled_from(["plan.yaml", "plan.json", "-"]))
def test_any_bytes_end_in_a_plan_or_in_a_problem(data: bytes, file: str) -> None:
    fed(data, file)


YAML_SIGNS = st.sampled_from(
    [
        *"{}[],:-?#&*!|>'\"%@` \n\t\\",
        *("plan:", "agencies:", "handoffs", "- id: a", "\n  ", "\n- ", "<<: ", "---\n", "x", "é"),
        *("null", "true", "1", "\u00a0", "\u2028", "\u202e", "\r"),
    ]
)


@settings(often, max_examples=250)
@given(st.lists(YAML_SIGNS, max_size=40).map("".join), st.sampled_from(["plan.yaml", "plan.json"]))
def test_any_signs_end_in_a_plan_or_in_a_problem(text: str, file: str) -> None:
    fed(text.encode(), file)


@settings(often, max_examples=60)
@given(plans(max_agencies=2, max_handoffs=2), st.data(), st.sampled_from(NAMES))
def test_a_file_with_a_slip_of_the_pen_ends_in_a_plan_or_in_a_problem(
    plan: Plan, data: st.DataObject, file: str
) -> None:
    written = write(plan, file).decode()
    at = data.draw(st.integers(0, len(written)))
    cut = data.draw(st.integers(0, 3))
    fed((written[:at] + data.draw(YAML_SIGNS) + written[at + cut :]).encode(), file)


def problems_of(data: bytes, file: str) -> tuple[Problem, ...]:
    """What is wrong with a file; nothing but our own errors may come out."""
    try:
        read(data, file)
    except InvalidPlan as invalid:
        return invalid.problems
    except UnreadablePlan as unreadable:
        return (Problem(str(unreadable), "", Location(file, 1, 1)),)
    return ()


def fed(data: bytes, file: str) -> None:
    """Read it; whatever is wrong is told in our words, with places within the file, in order."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    problems = problems_of(data, file)
    places = [problem.at for problem in problems]
    assert all(place and 1 <= place.line <= lines and place.column >= 1 for place in places)
    assert places == sorted(places, key=lambda place: (place.line, place.column) if place else ())
    for said in map(str, problems):
        assert "pydantic" not in said
        assert "does not hold together" not in said
        assert said.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_what_is_empty_and_what_is_not_stated_stay_apart() -> None:
    plan = Plan(
        facts=PlanFacts(id="x", title="X", as_of=2024),
        agencies=(
            Agency(id="a", name="A", accepts=()),
            Agency(id="b", name="B", interviews=False),
        ),
    )
    for file in NAMES:
        again = read(write(plan, file), file)[0]
        assert (again.agencies[0].accepts, again.agencies[1].accepts) == ((), None)
        assert again.agencies[1].interviews is False


def test_made_ids_are_not_written_and_given_ones_are() -> None:
    data = b"""
plan: {id: x, title: X, as_of: 2024}
agencies: [{id: a, name: A}, {id: b, name: B}]
handoffs:
  - {from: a, to: b, pillars: [protect], kind: referral}
  - {from: a, to: b, pillars: [protect], kind: reporting}
  - {id: mine, from: a, to: b, pillars: [protect], kind: notification}
"""
    plan, _ = read(data, "plan.yaml")
    assert [handoff.id for handoff in plan.handoffs] == ["a-b", "a-b-2", "mine"]
    written = tree(write(plan, "plan.yaml"), "plan.yaml")
    assert [handoff.get("id") for handoff in written["handoffs"]] == [None, "a-b-2", "mine"]


def test_handoffs_with_long_made_ids_are_read_back() -> None:
    long = "x" * 190
    plan = Plan(
        facts=PlanFacts(id="x", title="X", as_of=2024),
        agencies=(Agency(id=long, name="A"),),
        handoffs=tuple(
            {"from": long, "to": long, "pillars": ["protect"], "kind": "referral"} for _ in range(3)
        ),
    )
    for file in NAMES:
        assert read(write(plan, file), file)[0] == plan


def test_yaml_is_written_as_a_person_writes_it() -> None:
    note = "Built from public copies, each readable only at its opening. " * 3
    plan = Plan(
        facts=PlanFacts(id="x", title="Act: B.E. 2551", country="NO", as_of=2024, note=note),
        agencies=(
            Agency(
                id="police",
                name="Police",
                names={"th": "ตำรวจ"},
                sector="law_enforcement",
                note="first line\nsecond line",
                since="2020-05-01",
            ),
        ),
        handoffs=(
            {
                "from": "police",
                "to": "person",
                "pillars": ["protect"],
                "kind": "information_sharing",
                "within": Within(max="PT24H", wording="within one day, or two"),
            },
        ),
    )
    written = yaml_format.write(plan, schema="plan.schema.json").decode()
    assert written == Path(__file__).with_name("written.yaml").read_text(encoding="utf-8")
    assert read(written.encode(), "plan.yaml")[0] == plan


def test_other_programs_read_the_same_from_what_is_written() -> None:
    """A file of ours means the same to a program that reads YAML by its own rules."""
    import yaml

    for text in (*AWKWARD, *SCRIPTS.values()):
        read_elsewhere = yaml.safe_load(write(named(text), "plan.yaml"))
        assert read_elsewhere["agencies"][0]["name"] == text


def test_every_format_is_listed_with_its_endings() -> None:
    assert [(known.name, known.suffixes) for known in FORMATS] == [
        ("yaml", (".yaml", ".yml")),
        ("json", (".json",)),
    ]
