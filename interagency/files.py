"""The door to the disk: bounded reading, and writing whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from interagency.errors import SaveError, UnreadablePlan

MAX_BYTES = 20_000_000
"""The largest plan that is read. A plan of 50,000 handoffs has about 15 MB."""


def shown(name: str | os.PathLike[str]) -> str:
    r"""A file name as it can be printed: what a terminal would obey is written as an escape.

    >>> shown("plan\x1b[2J.yaml")
    'plan\\x1b[2J.yaml'
    """
    text = os.fsdecode(name)
    return "".join(ch if ch.isprintable() else ascii(ch)[1:-1] for ch in text) or "''"


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """What stands in a regular file.

    Raises:
        UnreadablePlan: it is not there, no regular file, too large, or may not be read.
    """
    name = shown(path)
    if not os.fspath(path):
        raise UnreadablePlan("The name of the file is empty. Name a file.")
    try:
        kind = Path(path).stat().st_mode
        if stat.S_ISDIR(kind):
            raise UnreadablePlan(f"{name} is a folder. Name the file in it.")
        if not stat.S_ISREG(kind):
            raise UnreadablePlan(
                f"{name} is no regular file. Name a file, or - for standard input."
            )
        with Path(path).open("rb") as file:
            return _bounded(file, name)
    except FileNotFoundError:
        raise UnreadablePlan(f"There is no file {name}. Check the name and the folder.") from None
    except (OSError, ValueError) as reason:
        told = reason.strerror if isinstance(reason, OSError) else "the name cannot be used"
        raise UnreadablePlan(f"{name} could not be read: {told}.") from reason


def read_standard_input() -> bytes:
    """All of standard input.

    Raises:
        UnreadablePlan: there is none, or too much of it.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise UnreadablePlan("Nothing comes from standard input. Pipe a plan into it.")
    try:
        return _bounded(sys.stdin.buffer, "standard input")
    except OSError as reason:
        raise UnreadablePlan(f"Standard input could not be read: {reason.strerror}.") from reason


def _bounded(file: IO[bytes], name: str) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadablePlan(
            f"{name} has more than {MAX_BYTES:,} bytes. Split the plan, one file for each country."
        )
    return data


def write_whole(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file whole, or leave what was there as it was.

    The bytes go to a temporary file beside the target, which then takes its place.

    Raises:
        SaveError: it cannot be written, or the target is a folder or no regular file.
    """
    (written,) = write_together([(path, data)])
    return written


def write_together(
    wanted: Iterable[tuple[str | os.PathLike[str], bytes]],
) -> tuple[Path, ...]:
    """Write files that belong together: each is on the disk before the first takes its place.

    Raises:
        SaveError: one cannot be written; what was there of all of them stays as it was.
    """
    ready: list[tuple[Path, Path]] = []
    written: list[Path] = []
    name = ""
    try:
        for path, data in wanted:
            name = shown(path)
            ready.append(_made_ready(path, name, data))
            written.append(Path(path))
        for path, (temporary, target) in zip(written, ready.copy(), strict=True):
            name = shown(path)
            temporary.replace(target)
            ready.remove((temporary, target))
    except FileNotFoundError:
        raise SaveError(f"{name} cannot be written: there is no such folder.") from None
    except (OSError, ValueError, RuntimeError) as reason:  # RuntimeError: links in a circle
        told = reason.strerror if isinstance(reason, OSError) else "the name cannot be used"
        kept = "Nothing was changed" if len(ready) == len(written) else "Some files are new"
        raise SaveError(f"{name} could not be written: {told}. {kept}.") from reason
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return tuple(written)


def _made_ready(path: str | os.PathLike[str], name: str, data: bytes) -> tuple[Path, Path]:
    """The bytes in a temporary file, and the file whose place it is to take."""
    target = Path(path)
    if target.is_symlink():
        target = target.resolve()
    mode = _mode_of(target, name)
    handle, made = tempfile.mkstemp(prefix=".interagency-", dir=target.parent)
    temporary = Path(made)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:  # an interruption too leaves nothing behind
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary, target


def _mode_of(target: Path, name: str) -> int:
    """The permissions to give: those of the file that is there, else the usual ones."""
    try:
        kind = target.stat().st_mode
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(kind):
        what = "a folder" if stat.S_ISDIR(kind) else "no regular file"
        raise SaveError(f"{name} is {what}. Name a file.")
    return stat.S_IMODE(kind)
