"""Check everything: format, lint, types, import contracts, tests, examples and notebooks.

    python tests/check.py          what continuous integration runs
    python tests/check.py --fix    the same, after formatting and mending what can be mended

Run it with the interpreter of an environment that has the project installed with its ``dev`` extra.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ["interagency", "tests", "diagrams", "notebooks"]


def tool(name: str, *arguments: str) -> list[str]:
    """A tool of this interpreter's own environment, never one that happens to be on the path."""
    return [str(Path(sys.executable).with_name(name)), *arguments]


def steps(fix: bool) -> list[tuple[str, list[str]]]:
    """What is run, in order: the quick ones first."""
    mend = [
        ("mend", tool("ruff", "check", "--fix", "--quiet", *PLACES)),
        ("format", tool("ruff", "format", "--quiet", *PLACES)),
    ]
    checks = [
        ("format", tool("ruff", "format", "--check", "--quiet", *PLACES)),
        ("lint", tool("ruff", "check", "--quiet", *PLACES)),
        ("types", tool("mypy")),
        ("import contracts", tool("lint-imports", "--no-cache")),
        (
            "tests, examples, notebooks",
            # A worker for each core; tests of one file stay together, for what they share.
            [
                *(sys.executable, "-m", "pytest", "-rs", "-n", "auto", "--dist", "loadfile"),
                *("--cov", "--cov-report=term:skip-covered"),
            ],
        ),
    ]
    return (mend if fix else []) + checks


def main() -> int:
    failed = []
    environment = {**os.environ, "PYTHONUTF8": "1"}
    for name, command in steps(fix="--fix" in sys.argv[1:]):
        print(f"== {name}", flush=True)
        begun = time.monotonic()
        if subprocess.run(command, cwd=ROOT, env=environment).returncode:
            failed.append(name)
        print(f"   {name}: {time.monotonic() - begun:.0f} s", flush=True)
    print(f"FAILED: {', '.join(failed)}" if failed else "All checks passed.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
