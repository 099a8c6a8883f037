"""What is importable from the top, and what importing costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import interagency


def test_nothing_slips_out_of_the_front_door() -> None:
    """What is importable from the top is promised; so only what is promised may be there."""
    for name in interagency.__all__:
        getattr(interagency, name)
    names = {n for n, thing in vars(interagency).items() if not isinstance(thing, ModuleType)}
    assert {n for n in names if not n.startswith("_")} == set(interagency.__all__)
    assert interagency.__all__ == sorted(
        interagency.__all__, key=lambda n: (n.islower(), n.upper() != n, n)
    )


def test_what_is_loaded_when_asked_for_is_what_type_checkers_are_told_of() -> None:
    """The imports that only they read, and the table that Python reads, say the same."""
    tree = ast.parse(Path(interagency.__file__).read_text(encoding="utf-8"))
    (told,) = (node.body for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in told if isinstance(node, ast.ImportFrom)]
    assert len(imports) == len(told)
    homes = {
        str(node.module).removeprefix("interagency."): tuple(alias.name for alias in node.names)
        for node in imports
    }
    assert homes == interagency._HOMES
    assert set(interagency._HOME_OF) == set(interagency.__all__)


def test_what_is_not_there_is_told_as_by_any_module() -> None:
    assert not hasattr(interagency, "audits")
    assert set(dir(interagency)) >= set(interagency.__all__)


def test_importing_alone_loads_no_library_at_all() -> None:
    code = "import sys; old = {*sys.modules}; import interagency; print(*{*sys.modules} - old)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} <= {
        "interagency", "importlib", "typing", "warnings", "re", "functools", "collections",
        "_typing", "_functools", "_collections", "_operator", "_sre", "_warnings", "operator",
        "keyword", "heapq", "_heapq", "itertools", "reprlib", "enum", "types", "copyreg",
        "contextlib", "_weakrefset", "abc", "__future__",
    }  # fmt: skip


def test_models_bring_in_no_heavy_library() -> None:
    code = "import sys; from interagency import *; print(*(m for m in sys.modules if '.' not in m))"
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
    assert not {"networkx", "graphviz", "yaml", "pydantic"} & set(done.stdout.split())
