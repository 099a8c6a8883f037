"""How ``.ci/run`` gets the programs: all at once, and what cannot be had keeps no other away."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from commandline import ROOT
from programs import PACKAGES

BASH = shutil.which("bash")
SCRIPT = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


def programs_got(folder: Path, apt: str, here: tuple[str, ...] = ()) -> tuple[list[str], str]:
    """What is asked of ``apt-get``, and what the script says, where only some commands are."""
    part = re.search(r"^# What opens our exports.*?(?=^command_under)", SCRIPT, re.M | re.S)
    assert part is not None
    asked = folder / "asked"
    stubs = {"apt-get": f'echo "$*" >> "{asked}"\n{apt}', "npm": "exit 1"}
    for name in (*stubs, *here):
        stub = folder / name
        stub.write_text(f"#!{BASH}\n{stubs.get(name, '')}\n", encoding="utf-8")
        stub.chmod(0o755)
    done = subprocess.run(
        [str(BASH), "-c", f"set -euo pipefail\n{part[0]}"],
        cwd=ROOT, env={"PATH": str(folder)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (asked.read_text().splitlines() if asked.exists() else []), done.stdout


def installs(asked: list[str]) -> list[list[str]]:
    lines = [line.split() for line in asked if line.startswith("install")]
    return [[word for word in line[1:] if not word.startswith("-")] for line in lines]


def test_everything_that_is_absent_is_installed_in_one_call(tmp_path: Path) -> None:
    asked, said = programs_got(tmp_path, apt="exit 0", here=("dot",))
    assert asked[0].startswith("update")
    assert installs(asked) == [[name for command, name in PACKAGES.items() if command != "dot"]]
    assert "Not installed: the npm packages" in said


def test_a_package_that_cannot_be_had_keeps_no_other_away(tmp_path: Path) -> None:
    asked, said = programs_got(tmp_path, apt='case "$*" in *chromium*) exit 100 ;; esac')
    names = list(PACKAGES.values())
    assert installs(asked) == [names, *([name] for name in names)]
    told = [line for line in said.splitlines() if "npm" not in line]
    assert told == ["Not installed: chromium. Tests that need it are skipped."]


def test_where_everything_is_nothing_is_asked(tmp_path: Path) -> None:
    assert programs_got(tmp_path, apt="exit 100", here=tuple(PACKAGES))[0] == []
