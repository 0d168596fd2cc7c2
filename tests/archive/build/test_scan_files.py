"""Archives are looked into once, and again when they change; nothing of them is lost."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build import write_grammar
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.catalogue import facet_columns
from cable_tui.archive.records import packed_files
from cable_tui.archive.records.walk import FoundFile
from tests.shapes import Files, tar, zipped


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Pages of the demo by their names."""
    folder = tmp_path_factory.mktemp("pages")
    demo.write(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("0*.html"))}


def build(folder: Path) -> None:
    list(index(folder, folder.parent / "cache", workers=0))


def some(pages: Files, first: int, last: int) -> Files:
    return {name: pages[name] for name in list(pages)[first:last]}


def opened(folder: Path) -> Archive:
    return open_archive(folder, folder.parent / "cache")


def counts(folder: Path) -> tuple[int, int, int]:
    """Cables, files seen, problems; the account adds up."""
    with closing(opened(folder)) as archive:
        account = archive.account()
        assert account.adds_up, account
        return archive.summary().cables, account.files.seen, len(archive.problems())


@pytest.fixture
def looked_into(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The archives that were looked into."""
    paths: list[bytes] = []
    listed = packed_files.listed

    def noting(root: Path, archive: FoundFile, depth: int) -> object:
        paths.append(archive.path)
        return listed(root, archive, depth)

    monkeypatch.setattr(packed_files, "listed", noting)
    return paths


def test_an_archive_that_has_not_changed_is_not_looked_into_again(
    folder: Path, pages: Files, looked_into: list[bytes]
) -> None:
    inner = zipped(some(pages, 5, 8))
    (folder / "a.tar.gz").write_bytes(tar({**some(pages, 0, 5), "b.zip": inner}, "w:gz"))
    build(folder)
    assert looked_into == [b"a.tar.gz", b"a.tar.gz/b.zip"]
    assert counts(folder) == (8, 10, 0)
    build(folder)
    assert looked_into == [b"a.tar.gz", b"a.tar.gz/b.zip"]
    assert counts(folder) == (8, 10, 0)


def test_an_archive_that_changed_is_looked_into_again(folder: Path, pages: Files) -> None:
    (folder / "a.tar").write_bytes(tar(some(pages, 0, 5)))
    build(folder)
    (folder / "a.tar").write_bytes(tar(some(pages, 3, 9)))
    os.utime(folder / "a.tar", ns=(1, 1))
    build(folder)
    assert counts(folder) == (6, 7, 0)
    (folder / "a.tar").write_bytes(next(iter(pages.values())))
    build(folder)
    assert counts(folder) == (1, 1, 0)
    (folder / "a.tar").write_bytes(zipped(some(pages, 0, 2)))
    build(folder)
    assert counts(folder) == (2, 3, 0)


def test_an_archive_that_is_gone_takes_its_cables_with_it(folder: Path, pages: Files) -> None:
    (folder / "a.zip").write_bytes(zipped(some(pages, 0, 5)))
    (folder / "b.html").write_bytes(next(iter(pages.values())))
    build(folder)
    assert counts(folder) == (5, 7, 0)
    (folder / "a.zip").unlink()
    build(folder)
    assert counts(folder) == (1, 1, 0)


def test_a_run_that_was_stopped_goes_on_inside_of_an_archive(folder: Path, pages: Files) -> None:
    pace = Pace(task_files=3, report_every=-1.0)
    (folder / "a.tar").write_bytes(tar({**some(pages, 0, 9), "b.zip": zipped(some(pages, 9, 14))}))
    for stop_after in range(12):
        asked = 0

        def stop(limit: int = stop_after) -> bool:
            nonlocal asked
            asked += 1
            return asked > limit

        list(index(folder, folder.parent / "cache", workers=0, stop=stop, pace=pace))
        with closing(opened(folder)) as archive:
            assert archive.account().adds_up
    build(folder)
    assert counts(folder) == (14, 16, 0)


def test_a_damaged_archive_is_said_and_tried_again(folder: Path, pages: Files) -> None:
    (folder / "a.html").write_bytes(next(iter(pages.values())))
    (folder / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c and no more")
    for _ in range(2):
        build(folder)
        assert counts(folder) == (1, 2, 1)
    with closing(opened(folder)) as archive:
        (problem,) = archive.problems()
        assert problem.path == "a.7z"
        assert problem.reason.startswith("cannot be read: ")
        assert archive.account().files.problems == 1


def test_a_file_that_looks_like_another_in_an_archive_is_counted(
    folder: Path, pages: Files
) -> None:
    (first, one), (_, other) = list(pages.items())[:2]
    (folder / "a.tar").write_bytes(tar({"x": zipped({"y": one}), "x/y": other, first: one}))
    build(folder)
    cables, seen, problems = counts(folder)
    assert (cables, seen, problems) == (2, 5, 1)


def test_cables_in_a_solid_archive_are_read_in_their_order(folder: Path, pages: Files) -> None:
    mixed = dict(sorted(pages.items(), key=lambda page: page[1][-900:]))
    (folder / "a.tar.xz").write_bytes(tar(mixed, "w:xz"))
    build(folder)
    assert counts(folder) == (len(pages), len(pages) + 1, 0)
    with closing(opened(folder)) as archive, archive.reading() as db:
        assert archive.read_in_order()[0] == len(pages)
        passes = write_grammar.PassProgress(db, facet_columns.Terms(db))
        db.execute("PRAGMA query_only = OFF")
        db.execute("CREATE TEMP TABLE text (cable INTEGER PRIMARY KEY)")
        groups = list(passes.pending("text", 7))
    starts = [task.start for group in groups for task in group]
    assert len(starts) == len(pages)
    assert starts == sorted(starts)
