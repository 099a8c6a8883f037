"""The pictures that are kept are the pictures that would be drawn today."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from commandline import ROOT

from interagency.catalogue import plan_names
from interagency.charts import VIEWS


def script() -> ModuleType:
    """diagrams/draw.py, which is in no package."""
    spec = importlib.util.spec_from_file_location("draw_diagrams", ROOT / "diagrams" / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DRAW = script()


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """What would be drawn today."""
    files: dict[str, str] = DRAW.drawn()
    return files


def test_every_bundled_plan_is_drawn(drawn: dict[str, str]) -> None:
    pictures = {tuple(name.partition(".")[0].split("-")[:2]) for name in drawn if ".svg" in name}
    assert pictures == {(plan, view) for plan in plan_names() for view in VIEWS}


def test_the_index_points_to_every_picture_once(drawn: dict[str, str]) -> None:
    links = re.findall(r"\]\(([^)]+)\)", drawn[DRAW.INDEX])
    assert sorted(links) == sorted(drawn.keys() - {DRAW.INDEX})


def test_the_charts_that_are_kept_are_up_to_date(drawn: dict[str, str]) -> None:
    """Run python diagrams/draw.py when this fails."""
    kept = {
        path.name: path.read_bytes().decode("utf-8")
        for path in (ROOT / "diagrams").iterdir()
        if path.suffix in (".svg", ".md")
    }
    assert sorted(kept) == sorted(drawn)
    assert [name for name in drawn if kept[name] != drawn[name]] == []


def test_a_chart_that_differs_is_told_and_drawn_anew(
    tmp_path: Path,
    drawn: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Were the comparison broken, a stale chart would stay for good."""
    monkeypatch.setattr(DRAW, "HERE", tmp_path)
    monkeypatch.setattr(DRAW, "drawn", lambda: drawn)
    first, *others = sorted(drawn)
    (tmp_path / first).write_text("old", encoding="utf-8")
    (tmp_path / "stale.svg").write_text("old", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["draw.py", "--check"])
    assert DRAW.main() == 1
    told = capsys.readouterr().out.split("; run python diagrams/draw.py\n")
    assert sorted(told) == sorted(["", *(f"{n} differs" for n in (first, *others, "stale.svg"))])
    monkeypatch.setattr(sys, "argv", ["draw.py"])
    assert DRAW.main() == 0
    assert {p.name: p.read_bytes().decode() for p in tmp_path.iterdir()} == drawn
    monkeypatch.setattr(sys, "argv", ["draw.py", "--check"])
    assert DRAW.main() == 0
