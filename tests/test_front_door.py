"""What is importable from the top, and what importing costs."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import interagency


def test_nothing_slips_out_of_the_front_door() -> None:
    """What is importable from the top is promised; so only what is promised may be there."""
    names = {n for n, thing in vars(interagency).items() if not isinstance(thing, ModuleType)}
    assert {n for n in names if not n.startswith("_")} == set(interagency.__all__)
    assert interagency.__all__ == sorted(
        interagency.__all__, key=lambda n: (n.islower(), n.upper() != n, n)
    )


def test_importing_brings_in_no_heavy_library() -> None:
    code = "import sys, interagency; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"networkx", "graphviz", "yaml", "click"} & set(done.stdout.split())


def test_help_brings_in_click_alone() -> None:
    code = (
        "import sys; sys.argv = ['interagency', '--help']\n"
        "from interagency.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sorted(m for m in sys.modules if '.' not in m))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"networkx", "graphviz", "yaml"} & set(done.stdout.split())
