"""Damage to the files of a text index is seen before it is searched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.archive.fulltext import index_files
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.index import TextIndex
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.writer import IndexWriter
from cable_tui.query import parse
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, archive_of, build_index
from tests.archive.fulltext.documents import HEAP, body, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, body(1, "Old lamps and new lamps."))
    return tmp_path


def _file(folder: Path, ending: str) -> Path:
    (file,) = folder.glob(f"*.{ending}")
    return file


def _put(file: Path, data: bytes) -> None:
    """Put another file in its place: the engine may still read the one that was there as memory."""
    other = file.with_name("other")
    other.write_bytes(data)
    other.replace(file)


def _cut(file: Path) -> None:
    _put(file, file.read_bytes()[:-5])


def _emptied(file: Path) -> None:
    _put(file, b"")


def _torn(file: Path) -> None:
    data = file.read_bytes()
    _put(file, bytes(10) + data[10:])


def test_a_whole_index_has_no_damage(folder: Path) -> None:
    assert index_files.damage(folder) == ""
    index_files.doubt(folder)
    assert index_files.damage(folder) == ""
    assert (folder / index_files.MARK).exists()


@pytest.mark.parametrize("ending", ["idx", "pos", "term", "store", "fast", "fieldnorm"])
@pytest.mark.parametrize("harm", [_cut, _emptied, Path.unlink])
def test_a_file_that_is_cut_or_gone_is_always_seen(
    folder: Path, ending: str, harm: Callable[[Path], None]
) -> None:
    harm(_file(folder, ending))
    assert ending in index_files.damage(folder)


@pytest.mark.parametrize("ending", ["idx", "pos", "term"])
def test_a_torn_file_is_seen_where_there_is_doubt(folder: Path, ending: str) -> None:
    _torn(_file(folder, ending))
    assert index_files.damage(folder) == ""
    index_files.doubt(folder)
    assert "does not have the sum" in index_files.damage(folder)
    assert not (folder / index_files.MARK).exists()


@pytest.mark.parametrize("meta", ["", "{}", "[]", '{"segments": [1]}', "\0" * 100])
def test_a_torn_list_of_files_is_damage(folder: Path, meta: str) -> None:
    (folder / "meta.json").write_text(meta)
    assert index_files.damage(folder)


def test_an_index_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    assert index_files.damage(tmp_path / "nothing")
    index_files.doubt(tmp_path / "nothing")


def test_a_builder_that_does_not_come_to_its_end_leaves_doubt(folder: Path) -> None:
    writer = IndexWriter(folder, HEAP, 1)
    assert not (folder / index_files.MARK).exists()
    writer.close()
    assert (folder / index_files.MARK).exists()


def test_a_search_that_fails_leaves_doubt(folder: Path) -> None:
    _file(folder, "term").unlink()
    with pytest.raises(TextIndexError):
        TextIndex(folder)
    assert not (folder / index_files.MARK).exists()


@pytest.mark.parametrize("harm", [_cut, _torn])
def test_a_damaged_index_is_made_anew_and_it_is_said(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    archive = archive_of(tmp_path, LAMPS, BRIDGE, GOATS)
    dump = tmp_path / "cables"
    text = archive.folder / text_schema.FOLDER
    for file in text.glob("*.idx"):
        harm(file)
    index_files.doubt(text)
    assert "idx" in build_index(dump, tmp_path / "cache").damage
    assert Archive(dump, archive.folder).search(parse("goats")).count == 1
    assert build_index(dump, tmp_path / "cache").damage == ""
