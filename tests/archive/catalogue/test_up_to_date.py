"""Whether a cache holds its archive as it is now, asked without the indexer."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import passes
from cable_tui.archive.catalogue.passes import PASSES, Pass
from cable_tui.archive.catalogue.up_to_date import is_up_to_date


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some cables, as pages."""
    demo.write(tmp_path / "cables")
    return tmp_path / "cables"


def build(folder: Path, needs: tuple[Pass, ...] = PASSES) -> Path:
    """Index a folder; the root of its cache."""
    root = folder.parent / "cache"
    for _ in index(folder, root, passes=needs, workers=0):
        pass
    return root


def a_page(folder: Path) -> Path:
    return min((folder / "cable").rglob("*.html"))


def touch(folder: Path) -> None:
    os.utime(a_page(folder), ns=(1, 1))


def grow(folder: Path) -> None:
    page = a_page(folder)
    times = page.stat()
    page.write_bytes(page.read_bytes() + b"\n")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))


def rename(folder: Path) -> None:
    a_page(folder).rename(folder / "other.html")


def remove(folder: Path) -> None:
    a_page(folder).unlink()


def add(folder: Path) -> None:
    (folder / "notes.doc").write_bytes(b"no cable")


def test_a_folder_that_was_indexed_is_up_to_date(folder: Path) -> None:
    root = build(folder)
    assert is_up_to_date(folder, root, PASSES)
    assert is_up_to_date(folder, root, ())


DATES = {
    "the last second of 1969": -1_000_000_000,
    "the last nanosecond of 1969": -1,
    "1950, as scanned files are dated": -631_152_000_000_000_000,
    "2400, more nanoseconds than SQLite counts": 13_569_465_600_000_000_000,
}


@pytest.mark.skipif(os.name == "nt", reason="Windows counts from 1601 to 30828 in other steps")
@pytest.mark.parametrize("date", DATES.values(), ids=DATES)
def test_a_file_of_any_date_is_indexed_once(date: int, folder: Path) -> None:
    page = a_page(folder)
    os.utime(page, ns=(date, date))
    if page.stat().st_mtime_ns != date:
        pytest.skip("this file system keeps no such date")
    root = build(folder)
    assert is_up_to_date(folder, root, PASSES)
    with closing(open_archive(folder, root, readonly=True)) as archive:
        assert archive.summary().complete
        assert archive.summary().cables == 40
    (*_, last) = index(folder, root, workers=0)
    assert (last.added, last.changed, last.removed) == (0, 0, 0)
    os.utime(page, ns=(date + 1_000_000_000, date + 1_000_000_000))
    assert not is_up_to_date(folder, root, PASSES)


def test_a_folder_without_a_cache_is_not(folder: Path) -> None:
    assert not is_up_to_date(folder, folder.parent / "cache", PASSES)
    assert not is_up_to_date(folder / "none", folder.parent / "cache", PASSES)


@pytest.mark.parametrize("change", [touch, grow, rename, remove, add])
def test_every_change_of_a_file_is_seen(folder: Path, change: Callable[[Path], None]) -> None:
    root = build(folder)
    change(folder)
    assert not is_up_to_date(folder, root, ("facts",))
    build(folder)
    assert is_up_to_date(folder, root, PASSES)


def test_a_pass_that_was_left_out_is_missed_only_where_it_is_needed(folder: Path) -> None:
    root = build(folder, ("facts",))
    assert is_up_to_date(folder, root, ("facts",))
    assert not is_up_to_date(folder, root, ("facts", "grammar"))
    assert not is_up_to_date(folder, root, PASSES)


def test_a_cache_of_another_version_is_not_up_to_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = build(folder)
    monkeypatch.setattr(passes, "stamp", lambda name: f"new {name}")
    assert not is_up_to_date(folder, root, PASSES)


def test_a_file_that_could_not_be_read_is_tried_again(folder: Path) -> None:
    page = a_page(folder)
    page.chmod(0)
    if os.access(page, os.R_OK):
        pytest.skip("this user may read every file")
    assert not is_up_to_date(folder, build(folder), ("facts",))


def test_a_run_that_was_stopped_leaves_no_fingerprint(folder: Path) -> None:
    root = folder.parent / "cache"
    for _ in index(folder, root, stop=lambda: True, workers=0):
        pass
    assert not is_up_to_date(folder, root, ("facts",))


def test_a_damaged_catalogue_is_left_to_the_indexer(folder: Path) -> None:
    root = build(folder)
    for file in cache_folder(folder, root).glob("catalogue-*"):
        file.write_bytes(b"no database")
    assert not is_up_to_date(folder, root, PASSES)


def test_one_dump_is_looked_at_by_its_own_size_and_time(folder: Path) -> None:
    page = a_page(folder)
    one = page.rename(folder.parent / "one.html")
    root = build(one)
    assert is_up_to_date(one, root, PASSES)
    os.utime(one, ns=(1, 1))
    assert not is_up_to_date(one, root, PASSES)


def test_documents_that_are_no_cables_may_be_asked_for_later(folder: Path) -> None:
    root = build(folder)
    assert not is_up_to_date(folder, root, PASSES, frus_all=True)
    for _ in index(folder, root, frus_all=True, workers=0):
        pass
    assert is_up_to_date(folder, root, PASSES, frus_all=True)
    assert not is_up_to_date(folder, root, PASSES)
