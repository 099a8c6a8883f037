"""The door to the disk: bounded reading, and writing whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from interagency import files
from interagency.errors import SaveError, UnreadablePlan

WRITING = ["fdopen", "fsync", "mkstemp", "chmod", "replace"]


def test_what_is_written_is_there_whole(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    assert files.write_whole(target, b"one") == target
    files.write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.yaml"]


@pytest.mark.parametrize("step", WRITING)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whichever_call_fails_the_old_file_stays_and_nothing_is_left_behind(
    step: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    owner = {"mkstemp": files.tempfile, "chmod": Path, "replace": Path}.get(step, os)
    monkeypatch.setattr(owner, step, fail)
    with pytest.raises(SaveError, match=r"plan\.yaml could not be written: .*Nothing was changed"):
        files.write_whole(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.yaml"]


def test_the_permissions_and_the_link_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)
    files.write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        files.write_whole(tmp_path / "new", b"")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o644


@pytest.mark.parametrize("door", [files.read_bytes, lambda p: files.write_whole(p, b"x")])
def test_what_is_no_regular_file_is_refused(door: object, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, told in (("pipe", "no regular file"), ("", "a folder")):
        with pytest.raises((UnreadablePlan, SaveError), match=told):
            door(tmp_path / name)  # type: ignore[operator]


def test_a_missing_file_or_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePlan, match="There is no file"):
        files.read_bytes(tmp_path / "none.yaml")
    with pytest.raises(SaveError, match="no such folder"):
        files.write_whole(tmp_path / "no" / "folder.yaml", b"")
    with pytest.raises(UnreadablePlan, match="cannot be used"):
        files.read_bytes("a\0b")
    with pytest.raises(SaveError, match="cannot be used"):
        files.write_whole("a\0b", b"")


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 3)
    (tmp_path / "big").write_bytes(b"1234")
    with pytest.raises(UnreadablePlan, match="more than 3 bytes"):
        files.read_bytes(tmp_path / "big")


def test_what_a_terminal_would_obey_is_shown_as_an_escape() -> None:
    assert files.shown("a\x1b]0;x\x07b") == "a\\x1b]0;x\\x07b"
    assert files.shown("ตำรวจ.yaml") == "ตำรวจ.yaml"
