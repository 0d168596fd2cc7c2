"""One folder has one cache, and one builder at a time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.archive.cache import (
    LOCK_NAME,
    building,
    cache_folder,
    refuse_inside,
    refuse_output,
)
from cable_tui.base.errors import CacheError, UsageError
from cable_tui.program.settings import find_paths
from tests.operating_system.systems import become, fold_names, module


def test_a_cache_is_named_by_the_real_path(tmp_path: Path) -> None:
    (tmp_path / "cables").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "cables")
    real = os.fsencode((tmp_path / "cables").resolve())
    expected = tmp_path / "caches" / hashlib.sha256(real).hexdigest()[:16]
    for path in (tmp_path / "cables", tmp_path / "link", tmp_path / "link" / ".." / "cables"):
        assert cache_folder(path, tmp_path / "caches") == expected


def test_a_folder_of_macos_has_one_cache_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "Cables").mkdir()
    paths = (tmp_path / "Cables", tmp_path / "cables")
    assert len({cache_folder(path, tmp_path) for path in paths}) == 2
    fold_names(monkeypatch)
    assert len({cache_folder(path, tmp_path) for path in paths}) == 1


def test_a_cache_that_the_reader_names_is_not_inside_of_the_archive(tmp_path: Path) -> None:
    cables = tmp_path / "cables"
    cables.mkdir()
    (tmp_path / "link").symlink_to(cables)
    environ = {"CABLE_TUI_HOME": str(tmp_path / "home")}
    for named in (cables, cables / "a", cables / ".hidden" / "b", tmp_path / "link" / "c"):
        for paths in (
            find_paths(environ, cache=named),
            find_paths({**environ, "CABLE_TUI_CACHE": str(named)}),
        ):
            with pytest.raises(UsageError, match="inside the archive"):
                refuse_inside(cables, paths)
    for named in (tmp_path, tmp_path / "cables-cache", cables / ".." / "caches"):
        refuse_inside(cables, find_paths(environ, cache=named))


def test_no_output_is_written_into_an_archive(tmp_path: Path) -> None:
    cables = tmp_path / "cables"
    cables.mkdir()
    (tmp_path / "link").symlink_to(cables)
    for output in (cables, cables / "a.csv", cables / "new" / "a.csv", tmp_path / "link" / "a.csv"):
        with pytest.raises(UsageError, match="the archive"):
            refuse_output(output, cables)
    for output in (tmp_path / "a.csv", tmp_path / "cables-2" / "a.csv", cables / ".." / "a.csv"):
        refuse_output(output, cables)


def test_the_cache_of_a_home_may_be_inside_of_an_archive_that_is_the_whole_home(
    tmp_path: Path,
) -> None:
    environ = {"CABLE_TUI_HOME": str(tmp_path / "home")}
    refuse_inside(tmp_path, find_paths(environ))
    # The indexer of a room is told where that is.
    refuse_inside(tmp_path, find_paths(environ, cache=tmp_path / "home" / "cache"))


_HOLD = """
import sys
from pathlib import Path
from cable_tui.archive.cache import building
with building(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def is_building(folder: Path) -> bool:
    """Whether some process holds the lock: then nobody else gets it."""
    try:
        with building(folder):
            return False
    except CacheError:
        return True


def test_a_second_builder_is_refused_at_once(tmp_path: Path) -> None:
    with building(tmp_path):
        assert is_building(tmp_path)
        with pytest.raises(CacheError, match="another process"), building(tmp_path):
            pass
    assert not is_building(tmp_path)


def test_a_killed_builder_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"held"
        assert is_building(tmp_path)
        process.kill()
    assert not is_building(tmp_path)


def test_a_cache_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(CacheError, match="cannot be written"),
        building(tmp_path / "file"),
    ):
        pass


def test_a_cache_goes_with_its_lock_where_no_open_file_can_be_removed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    become(monkeypatch, "win32", msvcrt=module(locking=lambda *_: None, LK_NBLCK=2))
    cache = tmp_path / "cache"
    closed: list[bool] = []
    unlink, close = os.unlink, os.close

    def unless_open(path: str, **options: int) -> None:
        if os.path.basename(path) == LOCK_NAME and not closed:  # noqa: PTH119
            raise PermissionError(13, "being used by another process")
        unlink(path, **options)

    def closing(descriptor: int) -> None:
        if held._descriptor is None:  # it has been released
            closed.append(True)
        close(descriptor)

    with building(cache) as held:
        (cache / "text").mkdir()
        (cache / "text" / "meta.json").touch()
        (cache / "catalogue.sqlite").touch()
        monkeypatch.setattr(os, "unlink", unless_open)
        monkeypatch.setattr(os, "close", closing)
        held.remove_cache()
        monkeypatch.setattr(os, "close", close)
    assert not cache.exists()
