"""What the search keeps between questions follows the cache."""

import gc
import weakref
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.build.indexer import index as indexed
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, build_index, opened, write_dump


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE))
    return opened(tmp_path / "dump", tmp_path / "cache")


def test_what_is_kept_follows_the_builder(archive: Archive, tmp_path: Path) -> None:
    assert archive.counts(parse(""))["origin"][0].count == 1
    assert archive.search(parse("=goats")).count == 0
    assert archive.jump("goats runway") == []
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    build_index(tmp_path / "dump", tmp_path / "cache")
    assert archive.counts(parse(""))["origin"][0].count == 2
    assert archive.search(parse("=goats")).count == 1
    assert archive.jump("goats runway")[0].target == GOATS.id


def test_counts_of_a_complete_archive_are_never_old_ones(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cable_tui.archive.search.caches._CHEAP", -1.0)
    monkeypatch.setattr("cable_tui.archive.search.caches._PATIENCE", 1e9)
    assert archive.counts(parse(""))["origin"][0].count == 1
    write_dump(tmp_path / "dump" / "cables.csv", (LAMPS, BRIDGE, GOATS))
    build_index(tmp_path / "dump", tmp_path / "cache")
    assert archive.counts(parse(""))["origin"][0].count == 2


def test_a_text_index_that_was_made_anew_is_opened_again(archive: Archive, tmp_path: Path) -> None:
    assert archive.search(parse("mules")).count == 1
    for _ in indexed(tmp_path / "dump", tmp_path / "cache", rebuild=True, workers=0):
        pass
    assert archive.search(parse("mules")).count == 1
    assert archive.search(parse("mules")).ids == archive.search(parse("origin:casablanca")).ids


def test_a_damaged_text_index_stops_no_filter(archive: Archive) -> None:
    for file in (archive.folder / "text").glob("meta.json"):
        file.write_bytes(b"\0")
    with pytest.raises(TextIndexError):
        archive.search(parse("mules"))
    assert archive.search(parse("origin:rabat")).count == 1
    assert archive.counts(parse("origin:rabat"))["origin"]


def test_an_archive_that_is_let_go_takes_its_caches_with_it(archive: Archive) -> None:
    other = Archive(archive.root, archive.folder)
    other.search(parse("mules"))
    kept = weakref.ref(other.caches)
    del other
    gc.collect()
    assert kept() is None
