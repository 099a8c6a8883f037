"""What is asked for and does not go together: refused in a sentence, with nothing written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commandline import typed

from interagency import catalogue

SETTINGS = 'preset = "all"\n'
RULES = "from interagency.rules.stated_missing import stated_missing\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_bytes(catalogue.plan_bytes("nepal"))
    Path("set.toml").write_text(SETTINGS)
    Path("rules.py").write_text(RULES)
    Path("again.yaml").symlink_to("plan.yaml")
    Path("around").symlink_to("around")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("audit plan.yaml -o again.yaml --format json", "is the plan itself"),
        ("audit plan.yaml --config set.toml -o set.toml --format text", "is read as well"),
        ("audit plan.yaml --rules rules.py --suggest rules.py", "is read as well"),
        ("chart plan.yaml --config set.toml -o set.toml --format dot", "is read as well"),
        ("coverage plan.yaml -o plan.yaml --format csv", "is the plan itself"),
        ("audit plan.yaml -o a.txt --suggest ./a.txt", "cannot hold two things"),
        ("audit plan.yaml --suggest a.json --write-baseline a.json", "cannot hold two things"),
        ("audit plan.yaml --write-baseline -", "kept in a file"),
        ("audit plan.yaml -o around --format json", "around could not be written"),
        ("audit plan.yaml --format json -o a.csv", "ends as csv does, and --format says json"),
        ("audit plan.yaml --format csv -o a.json", "Name it .csv"),
        ("audit plan.yaml --format json --brief", "--brief is for text"),
        ("coverage plan.yaml --format json -o a.csv", "Name it .json"),
        ("coverage plan.yaml --functions --strict", "leave the other options out"),
        ("coverage plan.yaml --functions --standard palermo", "leave the other options out"),
        ("chart plan.yaml --format mermaid -o a.pdf", "Name it .mmd or .mermaid"),
        ("chart plan.yaml --format text -o a.svg", "or .txt"),
        ("chart plan.yaml --format dot -o a.json", "Name it .dot or .gv"),
        ("chart plan.yaml -o a.svg --language ../../etc", "is no language tag"),
        ("chart plan.yaml -o a.mmd --language <b>", "is no language tag"),
        (f"chart plan.yaml -o a.svg --number {'9' * 61}", "at most 60 characters"),
        (f"chart plan.yaml -o a.svg --title {'w' * 2001}", "at most 2,000 characters"),
        (f"chart plan.yaml -o a.svg --source {'w' * 2001}", "at most 2,000 characters"),
        ("audit plan.yaml --rules none.py", "There is no file none.py"),
        ("rules --rules none.py", "There is no file none.py"),
        ("explain G01 --rules .", ". is a folder"),
        ("audit plan.yaml --as-of 2021-13", "'2021-13' is no date"),
        ("demo plan.yaml --into set.toml", "a file of that name"),
    ],
)
def test_it_is_refused_and_nothing_is_written(folder: Path, words: str, why: str) -> None:
    before = contents(folder)
    said = typed(*words.split())
    assert said.status == 2
    assert why in " ".join(said.err.split())
    assert contents(folder) == before


def test_an_empty_name_is_told(folder: Path) -> None:
    assert "The name of the file is empty" in typed("audit", "").err


@pytest.mark.parametrize(
    "words",
    [
        "audit plan.yaml --format sarif -o a.json",
        "audit plan.yaml --format markdown -o a.txt",
        "audit plan.yaml --format json -o a",
        "chart plan.yaml --format mermaid-flowchart -o a.mmd",
        "chart plan.yaml --format drawio -o a.xml",
        "chart plan.yaml -o a.svg --language pt_BR",
        "audit plan.yaml -o a.txt --suggest b.yaml --write-baseline c.json",
    ],
)
def test_what_goes_together_is_done(words: str) -> None:
    said = typed(*words.split())
    assert said.status in (0, 1)


def test_a_baseline_may_be_held_against_and_kept_anew(folder: Path) -> None:
    assert typed("audit", "plan.yaml", "--write-baseline", "b.json").status == 1
    said = typed("audit", "plan.yaml", "--baseline", "b.json", "--write-baseline", "b.json")
    assert said.status == 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"baseline": 2}, "of version 2, and 1 is read"),
        ({"baseline": "1"}, "no baseline"),
        ({"plan": "nepal"}, ""),
        ({"plan": "thailand"}, "of the plan 'thailand', not 'nepal'. Name its own"),
        ({"findings": [1]}, "no baseline"),
        ({"findings": None}, "no baseline"),
    ],
)
def test_a_baseline_that_cannot_be_used_says_why(changed: dict[str, object], why: str) -> None:
    Path("b.json").write_text(
        json.dumps({"baseline": 1, "plan": "nepal", "findings": [], **changed})
    )
    said = typed("audit", "plan.yaml", "--baseline", "b.json", "-o", "a.txt")
    assert why in said.err
    assert said.status == (2 if why else 1)


def test_settings_that_name_what_is_not_there_are_named(folder: Path) -> None:
    Path("interagency.toml").write_text('ignore = ["G99"]\n')
    said = typed("audit", "plan.yaml")
    assert said.status == 2
    assert "no rule called 'G99'" in said.err
    assert "Asked for by interagency.toml: without G99." in said.err


@pytest.mark.parametrize(
    ("text", "why"),
    [("x = " + "[" * 5000, "nested too deep"), ("standards = 1", '["palermo", "cets197"]')],
)
def test_settings_say_what_is_wrong_with_them(text: str, why: str) -> None:
    Path("interagency.toml").write_text(text)
    said = typed("audit", "plan.yaml")
    assert said.status == 2
    assert why in said.err
    assert "interagency.toml" in said.err
