"""What the README tells a reader to type is typed here. (Its Python runs as a doctest.)"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from commandline import COMMAND, ROOT, environment, typed

from interagency import load
from interagency.rules import BUILT_IN

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^<!-- (?P<mark>[^\n]+) -->\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


def blocks(mark: str) -> list[str]:
    """The text of every code block that stands under that mark."""
    return [found["text"] for found in BLOCK.finditer(README) if found["mark"] == mark]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's files were written."""
    place = tmp_path_factory.mktemp("readme")
    for found in BLOCK.finditer(README):
        if found["mark"].startswith("file: "):
            (place / found["mark"].removeprefix("file: ")).write_text(
                found["text"], encoding="utf-8"
            )
    return place


COMMANDS = [line for block in blocks("run") for line in block.splitlines()]


def test_the_readme_shows_every_kind_of_command() -> None:
    """Were the marks misread, nothing would be run and nothing would fail."""
    assert len(blocks("run")) >= 4
    assert len(COMMANDS) >= 12
    assert blocks("file: plan.yaml")


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_the_readme_does_what_it_says(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    words = shlex.split(line)
    assert words[0] == "interagency"
    output = None
    if ">" in words:
        output = words[words.index(">") + 1]
        del words[words.index(">") :]
    said = typed(*words[1:])
    assert said.status in (0, 1), said.err
    if output is not None:
        (folder / output).write_text(said.out, encoding="utf-8")
        assert said.out
    if "-o" in words:
        name = Path(words[words.index("-o") + 1])
        assert [*folder.glob(name.name), *folder.glob(f"{name.stem}-*{name.suffix}")]


def test_the_plan_in_the_readme_has_a_gap_that_its_words_speak_of(folder: Path) -> None:
    graph = load(folder / "plan.yaml")
    assert [h.id for h in graph.absent] == ["labour-police"]


def test_the_mistakes_in_the_readme_are_told_as_it_says(folder: Path) -> None:
    """The plan with two slips of the pen gives the README's two lines, word for word."""
    (told,) = (
        found["text"]
        for found in re.finditer(r"^```text\n(?P<text>.*?)^```$", README, re.M | re.S)
        if "sheltr" in found["text"]
    )
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    slips = plan.replace("sector: law_enforcement", "sector: law_enforcment").replace(
        "to: shelter,", "to: sheltr,"
    )
    place = folder / "slips"
    place.mkdir()
    (place / "plan.yaml").write_text(slips, encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "audit", "plan.yaml"], cwd=place, env=environment(), capture_output=True
    )
    assert done.stderr.decode() == told


@pytest.mark.parametrize("mark", ["the main job", "the tests"])
def test_each_opening_command_is_one_line_that_sets_itself_up(mark: str) -> None:
    (block,) = blocks(mark)
    (line,) = block.splitlines()
    assert line.startswith("python3 -m venv .venv && .venv/bin/python -m pip install ")
    assert README.index(mark) < README.index("## On the command line")


@pytest.mark.skipif(not shutil.which("awk") or os.name != "posix", reason="needs awk")
@pytest.mark.parametrize(("name", "mark"), [("tests", "the tests"), ("main", "the main job")])
def test_continuous_integration_runs_exactly_the_opening_commands(name: str, mark: str) -> None:
    """The script's own way of reading the README, without what it then runs."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    reading = re.search(r"^command_under\(\).*?^}$", script, re.M | re.S)
    call = re.search(rf"^{name}=\$\((command_under .+)\)$", script, re.M)
    assert reading is not None
    assert call is not None
    done = subprocess.run(
        ["bash", "-c", f"{reading[0]}\n{call[1]}"], cwd=ROOT, capture_output=True, text=True
    )
    assert [done.stdout] == blocks(mark)
    assert f'bash -c "${name}"' in script


def test_the_readme_counts_the_rules_there_are() -> None:
    assert f"{len(BUILT_IN)} rules" in " ".join(README.split())


def test_what_the_readme_points_to_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
