"""How things are timed: in processor seconds, in turns with what they are held against."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """A figure: what was measured against what, and how many times as long it took."""

    what: str
    against: str
    ratio: float
    seconds: float
    aim: float | None = None

    @property
    def kept(self) -> str:
        """Whether the aim is met, in a word; nothing where there is no aim."""
        if self.aim is None:
            return ""
        return "yes" if self.ratio <= self.aim else "**no**"


def child_seconds(*words: str, cwd: Path | None = None) -> float:
    """The processor seconds of a child: its own and the system's for it.

    Modules are left compiled, as an installer leaves them, whatever this program was told.

    Raises:
        RuntimeError: it did not end as it should.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(
        [sys.executable, *words],
        env=environment, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as child:  # fmt: skip
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{words} left with {child.returncode}")
    return usage.ru_utime + usage.ru_stime


def child_says(*words: str) -> dict[str, Any]:
    """The figures that a child prints as JSON."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, check=True
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def in_turns(rounds: int, *tasks: Callable[[], float]) -> list[list[float]]:
    """What several tasks answer, each asked in every round, so that all meet the same weather."""
    answers: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, told in zip(tasks, answers, strict=True):
            told.append(task())
    return answers


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def processor_seconds(task: Callable[[], object]) -> float:
    """What a call takes of the processor."""
    begin = time.process_time()
    kept = task()  # kept, so that taking it apart is not measured
    taken = time.process_time() - begin
    del kept
    return taken


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | against | ratio | aim | met | seconds |", "|---|---|---:|---:|---|---:|"]
    for r in rows:
        aim = "" if r.aim is None else f"{r.aim:g}"
        lines.append(
            f"| {r.what} | {r.against} | {r.ratio:.2f} | {aim} | {r.kept} | {r.seconds:.3f} |"
        )
    return "\n".join(lines) + "\n"
