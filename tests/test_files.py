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


@pytest.mark.parametrize("step", [*WRITING, "write"])
def test_files_that_belong_together_are_all_new_or_all_old(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [tmp_path / f"chart-{n}.svg" for n in (1, 2, 3)]
    for page in pages:
        page.write_bytes(b"old")
    calls = iter((False, True))  # the second call fails: one page is ready by then
    if step == "write":
        pages[1] = tmp_path / "none" / "chart-2.svg"
    else:
        owner = {"mkstemp": files.tempfile, "chmod": Path, "replace": Path}.get(step, os)
        usual = getattr(owner, step)

        def fail(*given: object, **named: object) -> object:
            if next(calls, False):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return usual(*given, **named)

        monkeypatch.setattr(owner, step, fail)
    with pytest.raises(SaveError, match=r"chart-2\.svg (could not|cannot) be written") as told:
        files.write_together((page, b"new") for page in pages)
    monkeypatch.undo()
    new = [page.name for page in tmp_path.iterdir() if page.read_bytes() == b"new"]
    assert new == (["chart-1.svg"] if step == "replace" else [])
    assert ("Some files are new" in str(told.value)) == bool(new)
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"chart-{n}.svg" for n in (1, 2, 3)]


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(SaveError, match="a could not be written"):
        files.write_whole(tmp_path / "a", b"x")


def test_an_interrupted_writing_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_whole(tmp_path / "plan.yaml", b"x")
    assert list(tmp_path.iterdir()) == []


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
    with pytest.raises(UnreadablePlan, match="is empty"):
        files.read_bytes("")
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
