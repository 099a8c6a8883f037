"""Files made to do harm end soon and harmlessly; bombs are generated, not kept."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import unicodedata
from contextlib import suppress

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import interagency.catalogue
from interagency.errors import InvalidPlan, UnreadablePlan
from interagency.formats import MAX_BYTES, MAX_NODES, format_of, read
from interagency.formats import json as json_format
from interagency.formats import yaml as yaml_format
from interagency.text import unseen
from tests.benchmarks.generate import as_json, as_yaml, generated_plan

HEAD = "plan: {id: x, title: X, as_of: 2024}\nagencies:\n  - id: a\n    name: "


def refused(text: str | bytes, file: str = "plan.yaml") -> InvalidPlan:
    """The refusal of a file."""
    with pytest.raises(InvalidPlan) as raised:
        read(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text, file)
    return raised.value


def seconds(data: bytes, file: str) -> float:
    """How much processor time a file takes, sound or not; the least of three."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        with suppress(InvalidPlan):
            read(data, file)
        taken.append(time.process_time() - begin)
    return min(taken)


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 10):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    invalid = refused("\n".join(lines))  # were it opened, this would not come back
    assert any("'&a0'" in problem.message for problem in invalid.problems)
    assert any("'*a0'" in problem.message for problem in invalid.problems)


def test_an_alias_to_itself_is_refused() -> None:
    assert "'*a' stands for" in str(refused("plan: &a [*a]\n"))


@pytest.mark.parametrize("levels", [33, 1_000, 100_000])
@pytest.mark.parametrize("sign", ["[", "{", "- ", "? ", "{a: "])
def test_depth_is_refused_before_anything_overflows(sign: str, levels: int) -> None:
    invalid = refused(sign * levels)
    assert "levels stand inside one another" in str(invalid)


@pytest.mark.parametrize("levels", [33, 1_000, 100_000])
@pytest.mark.parametrize("sign", ["[", '{"a":'])
def test_depth_is_refused_in_json(sign: str, levels: int) -> None:
    assert "levels stand inside one another" in str(refused('{"plan":' + sign * levels, "p.json"))


def test_deep_indentation_is_refused() -> None:
    text = "".join(f"{' ' * level}a:\n" for level in range(1_000))
    assert "levels stand inside one another" in str(refused(text))


@pytest.mark.parametrize(("module", "file"), [(yaml_format, "p.yaml"), (json_format, "p.json")])
def test_too_many_values_are_refused(
    module: object, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_NODES", 1_000)
    sound = as_json(generated_plan(10))
    assert read(sound, file)
    many = [f'"k{number}": 0' for number in range(2_000)]
    for text in ('{"a": [' + "0, " * 2_000 + "0]}", "{" + ", ".join(many) + "}"):
        assert "more than 1,000 keys and values" in str(refused(text, file))


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    for file in ("p.yaml", "p.json"):
        with pytest.raises(UnreadablePlan, match="20,000,001 bytes; a plan may have 20,000,000"):
            read(b"#" * (MAX_BYTES + 1), file)


def test_a_plan_of_fifty_thousand_handoffs_is_within_the_limits() -> None:
    plan = generated_plan(500)
    for data in (as_yaml(plan), as_json(plan)):
        assert len(data) * 100 < MAX_BYTES
    document = yaml_format.compose(yaml_format.decode(as_yaml(plan), "p.yaml"))
    assert len(document.marks._offsets) * 100 < MAX_NODES


def test_five_thousand_handoffs_are_read_alike_from_both_formats() -> None:
    plan = generated_plan(5_000)
    from_yaml, yaml_places = read(as_yaml(plan), "p.yaml")
    from_json, json_places = read(as_json(plan), "p.json")
    assert from_yaml == from_json
    assert len(from_yaml.handoffs) == 5_000
    last = from_yaml.handoffs[-1].ref
    assert yaml_places.of(last)
    assert json_places.of(last)


@pytest.mark.parametrize("file", ["p.yaml", "p.json"])
def test_twice_the_size_takes_about_twice_the_time(file: str) -> None:
    written = as_yaml if file == "p.yaml" else as_json
    small, large = (seconds(written(generated_plan(n)), file) for n in (1_000, 4_000))
    assert large < small * 4 * 2.5


@pytest.mark.parametrize(
    ("opening", "entry", "file"),
    [
        ("plan: {id: x, title: X, as_of: 2024}\nagencies:\n", "- {{nam: {0}, id: '{0}!'}}\n", "y"),
        ("plan:\n", "  key{0}: x\n", "y"),
        ("plan: {id: x, title: X, as_of: 2024}\nagencies:\n", "- {{id: a, name: A}}\n", "y"),
        ("plan: {id: x, title: X, as_of: 2024}\nhandoffs:\n", "- {{from: a{0}, to: b{0}}}\n", "y"),
        ("a: x\n", "a: y\n", "y"),
        ("", "k{0}: x\nz: y\n", "y"),
        ('{{"a": 1', ', "k{0}": 1, "a": 2', "json"),
        ("plan: {id: x, title: X, as_of: 2024}\nagencies:\n", "- *a\n", "y"),
        ("", "# comment {0}\n", "y"),
        ('{"plan": {}', ', "a{0}": "b #c: d"', "json"),
    ],
)
def test_many_mistakes_take_time_in_proportion(opening: str, entry: str, file: str) -> None:
    small, large = (
        seconds((opening + "".join(entry.format(i) for i in range(n))).encode(), f"p.{file}")
        for n in (1_000, 4_000)
    )
    assert large < max(small, 0.02) * 4 * 2.5


def test_of_five_thousand_handoffs_with_every_line_wrong_all_are_told() -> None:
    lines = [
        f"  - frm: agancy-{i}\n    to: agency-{i}x\n    pillars: [protct{i}]\n"
        f"    kind: referal{i}\n    stage: asistance{i}\n    since: 20x{i}\n"
        f"    within: {{max: {i} moons}}\n    sources: [s{i}]\n    conditions: [rain{i}]\n"
        for i in range(5_000)
    ]
    agencies = "".join(f"  - {{id: agency-{i}, name: A}}\n" for i in range(800))
    text = "plan: {id: x, title: X, as_of: 2024}\nagencies:\n" + agencies + "handoffs:\n"
    invalid = refused(text + "".join(lines))
    assert len(invalid.problems) == 10 * 5_000


@pytest.mark.parametrize(
    ("text", "file"), [("- *a\n" * 50, "p.yaml"), ('{"a": [' + "x, " * 50 + "1]}", "p.json")]
)
def test_a_reader_stops_at_a_number_of_problems(
    text: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = yaml_format if file == "p.yaml" else json_format
    monkeypatch.setattr(module, "MAX_PROBLEMS", 10)
    assert len(refused(text, file).problems) == 10


def test_no_more_problems_are_told_than_anybody_could_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("interagency.formats._build.MAX_PROBLEMS", 10)
    invalid = refused("plan: {id: x, title: X, as_of: 2024}\nagencies: [" + "0, " * 50 + "0]")
    assert len(invalid.problems) == 11
    assert "there may be more" in invalid.problems[-1].message


UNSEEN = [
    character
    for character in map(chr, [*range(0x3000), *range(0xD800, 0x10000), *range(0xE0000, 0xE0100)])
    if character not in "\t\n\r" and unseen(character)
]


def test_no_character_that_cannot_be_seen_gets_in_raw() -> None:
    refusals = 0
    for character in UNSEEN:
        if unicodedata.category(character) == "Cs":
            continue
        invalid = refused(f"{HEAD}a{character}b\n")
        assert f"U+{ord(character):04X}" in invalid.problems[0].message
        assert str(invalid.problems[0].at) == "plan.yaml:4:12"
        refusals += 1
    assert refusals > 300


@pytest.mark.parametrize("file", ["plan.yaml", "plan.json"])
def test_no_character_that_cannot_be_seen_gets_in_as_an_escape(file: str) -> None:
    for character in UNSEEN:
        code = ord(character)
        if code > 0xFFFF:
            continue
        escape = f'"a\\u{code:04x}b"'
        text = f"{HEAD}{escape}\n"
        if file == "plan.json":
            text = '{"plan": {"id": "x", "as_of": 2024, "title": ' + escape + "}}"
        assert refused(text, file).problems


def test_surrogates_and_overlong_forms_are_no_text() -> None:
    for hostile in (b"\xed\xa0\x80", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80", b"\xff", b"\xe2\x80"):
        invalid = refused(b"plan: " + hostile)
        assert str(invalid.problems[0]).startswith("plan.yaml:1:7: Byte 7 of the file")
        assert refused(b'{"plan": "' + hostile + b'"}', "plan.json").problems[0].at


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", min_codepoint=0xC0), min_size=1, max_size=6))
def test_keys_that_are_equal_in_one_unicode_form_are_one_key(key: str) -> None:
    composed, apart = (unicodedata.normalize(form, key) for form in ("NFC", "NFD"))
    if unseen(key) or not key.strip() or not key.isprintable():
        return
    for text, file in (
        (f'"{composed}": 1\n"{apart}": 2\n', "p.yaml"),
        (f'{{"{composed}": 1, "{apart}": 2}}', "p.json"),
    ):
        assert "is written twice" in str(refused(text, file))


@pytest.mark.parametrize("turned_on", [True, False])
def test_the_collector_is_left_as_it_was(turned_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        (gc.enable if turned_on else gc.disable)()
        read(b"plan: {id: x, title: X, as_of: 2024}", "p.yaml")
        assert gc.isenabled() is turned_on
        refused("plan: x")
        assert gc.isenabled() is turned_on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_the_pure_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = interagency.catalogue.plan_bytes("nepal")
    plan, places = read(data, "nepal.yaml")
    monkeypatch.setattr(yaml_format, "_Parser", yaml.Loader)
    again, same_places = read(data, "nepal.yaml")
    assert again == plan
    for thing in (*plan.agencies, *plan.handoffs):
        assert same_places.of(thing.ref) == places.of(thing.ref)
    for hostile in ("a: @b", "a: x: y", "a: [b", "a:\n\t- b", "a: 'b", "a: &a [*a]", "[" * 1_000):
        assert all(problem.at and problem.mend for problem in refused(hostile).problems)


def test_reading_imports_no_graph_rule_or_chart() -> None:
    code = (
        "import sys; from interagency.formats import read;"
        "read(b'plan: {id: x, title: X, as_of: 2024}', 'p.yaml');"
        "print([m for m in sys.modules if m.startswith(('interagency.graph', 'interagency.engine',"
        "'interagency.rules', 'interagency.charts', 'networkx', 'click', 'graphviz'))])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "begin", "expected"),
    [
        ("plan.yaml", b"{", "yaml"),
        ("PLAN.YML", b"{", "yaml"),
        ("plan.json", b"a: b", "json"),
        ("-", b'\n  {"plan": 1}', "json"),
        ("-", b"\xef\xbb\xbf{", "json"),
        ("-", '{"plan": 1}'.encode("utf-16"), "json"),
        ("plan.txt", b"plan: x", "yaml"),
        ("-", b"", "yaml"),
    ],
)
def test_the_format_is_told_by_the_name_then_by_the_first_character(
    name: str, begin: bytes, expected: str
) -> None:
    assert format_of(name, begin).name == expected
