"""The command line as tests type it: in this process, or in a child where the process matters."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import interagency
from interagency.cli import main

ROOT = Path(interagency.__file__).parents[1]
COMMAND = (sys.executable, "-m", "interagency")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


def typed(*words: str, stdin: bytes = b"") -> Said:
    """Run a command line in this process: quick, and it can be looked into."""
    streams = [io.TextIOWrapper(io.BytesIO(given), "utf-8") for given in (stdin, b"", b"")]
    with (
        mock.patch.object(sys, "argv", ["interagency", *words]),
        mock.patch.object(sys, "stdin", streams[0]),
        mock.patch.object(sys, "stdout", streams[1]),
        mock.patch.object(sys, "stderr", streams[2]),
    ):
        try:
            main()
        except SystemExit as leave:
            status = leave.code
    out, err = (_all_of(stream) for stream in streams[1:])
    assert isinstance(status, int)
    return Said(status, out, err)


def _all_of(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: this checkout's package, and nothing that changes colours."""
    gone = ("NO_COLOR", "TERM", "FORCE_COLOR", "INTERAGENCY_DEBUG")
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **more}


def child(
    *words: str,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    **more: Any,
) -> Said:
    """Run a command line in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *words],
        env=environment(**(env or {})),
        cwd=cwd,
        timeout=60,
        **{"input": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
    )
    return Said(done.returncode, *((text or b"").decode() for text in (done.stdout, done.stderr)))
