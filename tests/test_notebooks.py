"""The notebooks run from top to bottom, and are kept without what a run leaves in them."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import chromium
import nbformat
import pytest
from commandline import ROOT, environment
from nbclient import NotebookClient
from programs import needs

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FIRST = ROOT / "notebooks" / "01-first-audit.ipynb"


def named(path: Path) -> str:
    return path.name


def kept(path: Path) -> nbformat.NotebookNode:
    """A notebook as it is kept."""
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def this_interpreter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a kernel that is this very interpreter, whatever kernels are installed."""
    home = tmp_path_factory.mktemp("jupyter")
    folder = home / "kernels" / "interagency-tests"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Tests", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JUPYTER_PATH", str(home))
        patched.setenv("JUPYTER_PLATFORM_DIRS", "1")
        patched.setenv("IPYTHONDIR", str(home / "ipython"))
        yield folder.name


@dataclass(frozen=True)
class Ran:
    """A notebook after a run, and the folder it ran in, which was empty."""

    notebook: nbformat.NotebookNode
    place: Path

    @property
    def outputs(self) -> list[nbformat.NotebookNode]:
        """All that its cells gave."""
        return [output for cell in self.notebook.cells for output in cell.get("outputs", ())]


@pytest.fixture(scope="module")
def ran(this_interpreter: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Ran]:
    """Runs a notebook, once for all who ask."""

    @cache
    def run(path: Path) -> Ran:
        notebook, place = kept(path), tmp_path_factory.mktemp("place")
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name=this_interpreter,
            resources={"metadata": {"path": str(place)}},
        )
        client.execute(env=environment())
        return Ran(notebook, place)

    return run


def test_there_is_a_first_notebook() -> None:
    assert FIRST in NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_runs_from_top_to_bottom(path: Path, ran: Callable[[Path], Ran]) -> None:
    done = ran(path)
    assert not [o for o in done.outputs if o.output_type == "error" or o.get("name") == "stderr"]
    assert list(done.place.iterdir()) == []


def test_the_first_notebook_shows_what_its_words_say(ran: Callable[[Path], Ran]) -> None:
    outputs = ran(FIRST).outputs
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    in_2021, in_2022 = (
        next(line for line in printed.splitlines() if f"at the end of {year}" in line)
        for year in (2021, 2022)
    )
    assert "'G01:labour'" in in_2021
    assert "'G01:labour'" not in in_2022
    assert "Labour" in printed
    assert "Closed by: labour-mdt" in printed
    assert "Closed: ['G01:inspectors'" in printed
    shown = [o.get("data", {}).get("text/html", "") for o in outputs]
    assert [("<svg " in html, "<table" in html) for html in shown if html] == [
        (False, True),
        (True, False),
        (True, False),
    ]


@pytest.mark.browser
@needs("chromium")
def test_what_the_first_notebook_shows_stands_in_a_browser(
    browser: chromium.Page, ran: Callable[[Path], Ran], tmp_path: Path
) -> None:
    outputs = ran(FIRST).outputs
    shown = [o["data"]["text/html"] for o in outputs if "text/html" in o.get("data", {})]
    page = tmp_path / "shown.html"
    page.write_text("<!doctype html><meta charset=utf-8>" + "<hr>".join(shown), encoding="utf-8")
    browser.open(page, width=900)
    browser.tell("document.fonts.ready.then(() => 0)")
    assert [url for url in browser.requests if not url.startswith("data:font/")] == [page.as_uri()]
    assert browser.console == []
    boxes = "[...document.querySelectorAll('svg')].map(s => s.getBoundingClientRect())"
    widths = browser.tell(f"{boxes}.map(box => box.width)")
    assert len(widths) == sum(html.count("<svg ") for html in shown) > 1
    assert min(widths) > 600
    assert browser.tell(f"Math.max(...{boxes}.map(box => box.right))") <= 900
    ids = browser.tell("[...document.querySelectorAll('svg [id]')].map(e => e.id)")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_is_kept_without_what_a_run_leaves_in_it(path: Path) -> None:
    """Else every run would change it, and hide the changes that matter."""
    notebook = kept(path)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        assert cell.id == f"cell-{number:02}"
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_needs_nothing_but_the_library(path: Path) -> None:
    code = "\n".join(cell.source for cell in kept(path).cells if cell.cell_type == "code")
    modules = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(code))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert modules == {"interagency"}
