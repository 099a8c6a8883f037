"""The programs that open what we write: whether they are here, and else what installs them.

``packages.txt`` names those of the system and ``package.json`` those that run in Node; ``.ci/run``
installs both.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import chromium
import pytest

HERE = Path(__file__).parent
PACKAGES = dict(
    line.split()
    for line in (HERE / "packages.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
"""For each command the Debian package that it comes with."""
MODULES = tuple(json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"])
INSTALLED = HERE / "node_modules"


@cache
def why_not(command: str) -> str:
    """Why a command cannot be run, with what installs it; empty if it can."""
    found = chromium.program() if command == "chromium" else shutil.which(command)
    return "" if found else f"there is no {command}: apt-get install {PACKAGES[command]}"


@cache
def why_no_modules(*names: str) -> str:
    """Why packages of Node cannot be had, with what installs them; empty if they can."""
    lacking = [name for name in names if not (INSTALLED / name).is_dir()]
    command = "npm install --prefix tests/consumers --no-package-lock"
    return f"{', '.join(lacking)} not installed: {command}" if lacking else ""


def needs(*commands: str, modules: Sequence[str] = ()) -> pytest.MarkDecorator:
    """A mark that skips a test, and says why, where a command or a package of Node is absent."""
    reasons = [*map(why_not, commands), why_no_modules(*modules)]
    told = "; ".join(filter(None, reasons))
    return pytest.mark.skipif(bool(told), reason=told)


def node(*names: str) -> pytest.MarkDecorator:
    """A mark that skips a test, and says why, where Node or a package that runs in it is absent."""
    if shutil.which("node") is None:
        return pytest.mark.skip(reason="there is no node: https://nodejs.org, 20 or newer")
    return needs(modules=names)


def run(*command: str | Path, given: bytes = b"") -> bytes:
    """What a program puts out. It must end well."""
    done = subprocess.run(
        list(map(str, command)), input=given, capture_output=True, check=False, timeout=300
    )
    assert done.returncode == 0, (command[0], done.stderr.decode(errors="replace")[-2000:])
    return done.stdout
