"""The columns in their file are those of the catalogue, or they are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.columns import container, saved, sizes_and_flags
from cable_tui.archive.columns.bitset import IdSet
from cable_tui.archive.columns.columns import FacetColumns
from cable_tui.query import parse
from cable_tui.query.answers import Count
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, archive_of, build_index, write_dump

MANY = tuple(
    Fiction(f"07RABAT{number}", f"2007-{1 + number % 12:02}-03 10:00", tags="PGOV, MO")
    for number in range(30)
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(tmp_path, LAMPS, BRIDGE, GOATS, *MANY)


def _again(archive: Archive) -> None:
    build_index(archive.root, archive.folder.parent)


def _files(archive: Archive) -> list[Path]:
    return sorted(archive.folder.glob("columns-*.parts"))


def _counts(columns: FacetColumns) -> dict[str, list[Count]]:
    everything = IdSet(columns.everything, columns.size)
    return {name: column.counts(everything) for name, column in columns.facets.items()}


def _loaded(archive: Archive) -> FacetColumns:
    with archive.reading() as db:
        return saved.load_columns(db, archive.folder)


def _gathered(archive: Archive) -> FacetColumns:
    with archive.reading() as db:
        return saved.build(db)


def test_the_builder_leaves_the_columns_and_a_reader_takes_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _gathered(archive)
    monkeypatch.delattr(saved, "build")
    loaded = _loaded(archive)
    assert loaded.generation == archive.generation()
    assert loaded.ids == expected.ids
    assert list(loaded.facets) == list(expected.facets)
    assert _counts(loaded) == _counts(expected)
    assert archive.search(parse("date:2007-02..2007-03 tag:mo")).count == 6


def test_the_next_run_leaves_only_its_own(archive: Archive) -> None:
    (before,) = _files(archive)
    write_dump(archive.root / "cables.csv", (LAMPS, BRIDGE))
    _again(archive)
    (after,) = _files(archive)
    assert after != before
    assert len(_loaded(archive).ids) == 2


def test_a_run_that_changes_nothing_leaves_the_file_alone(archive: Archive) -> None:
    (before,) = _files(archive)
    written = before.stat().st_mtime_ns
    _again(archive)
    assert _files(archive) == [before]
    assert before.stat().st_mtime_ns == written


def test_what_is_damaged_is_gathered(archive: Archive) -> None:
    (file,) = _files(archive)
    file.write_bytes(file.read_bytes()[:-1])
    assert _counts(_loaded(archive)) == _counts(_gathered(archive))


def test_columns_of_another_kind_are_not_read_and_written_anew(archive: Archive) -> None:
    (file,) = _files(archive)
    found = container.read(file)
    assert found is not None
    container.write(file, found[0] | {"stamp": [0]}, [bytes(part) for part in found[1][:1]])
    assert _counts(_loaded(archive)) == _counts(_gathered(archive))
    _again(archive)
    assert container.read(file) == found


def test_a_folder_that_takes_no_file_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    with archive.reading() as db:
        saved.save_columns(db, tmp_path / "missing")
    assert not (tmp_path / "missing").exists()


@pytest.fixture
def measured_archive(tmp_path: Path) -> Archive:
    asking = Fiction("09RABAT30", ref="09 PARIS 77", text="Two.\n\n2. (C) More.")
    return archive_of(tmp_path, LAMPS, BRIDGE, GOATS, asking)


def test_the_builder_leaves_them_and_a_reader_takes_them(
    measured_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with measured_archive.reading() as db:
        expected = sizes_and_flags.build_measures(db)
        monkeypatch.delattr(sizes_and_flags, "build_measures")
        assert saved.load_measures(db, measured_archive.folder) == expected


@pytest.mark.parametrize("harm", ["damaged", "another stamp", "older"])
def test_what_is_not_of_this_catalogue_is_gathered(
    measured_archive: Archive, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    (file,) = measured_archive.folder.glob("measures-*.parts")
    if harm == "damaged":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "another stamp":
        monkeypatch.setattr(saved, "_MEASURES_VERSION", 0)
    else:
        kept = file.read_bytes()
        write_dump(measured_archive.root / "cables.csv", (LAMPS, BRIDGE))
        _again(measured_archive)
        assert not file.exists()
        file.write_bytes(kept)
    with measured_archive.reading() as db:
        assert saved.load_measures(db, measured_archive.folder) == sizes_and_flags.build_measures(
            db
        )
