"""Damage to the files of a text index is seen before it is searched."""

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from cable_tui.archive.archive import Archive
from cable_tui.archive.fulltext import index_files
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.schema import LeftFileError, RefusedIndexError, TextIndexError
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.fulltext.writer import IndexWriter
from cable_tui.operating_system.files import lock_alone
from cable_tui.query import parse
from cable_tui.query.plan import AnyWord
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
    assert (folder / index_files.SOUND).exists()


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
    assert "does not match its checksum" in index_files.damage(folder)
    assert not (folder / index_files.SOUND).exists()


@pytest.mark.parametrize("meta", ["", "{}", "[]", '{"segments": [1]}', "\0" * 100])
def test_a_torn_list_of_files_is_damage(folder: Path, meta: str) -> None:
    (folder / "meta.json").write_text(meta)
    assert index_files.damage(folder)


def test_an_index_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    assert index_files.damage(tmp_path / "nothing")
    index_files.doubt(tmp_path / "nothing")


def test_a_builder_that_does_not_come_to_its_end_leaves_doubt(folder: Path) -> None:
    writer = IndexWriter(folder, HEAP, 1)
    assert not (folder / index_files.SOUND).exists()
    writer.close()
    assert (folder / index_files.SOUND).exists()


def test_a_search_that_fails_leaves_doubt(folder: Path) -> None:
    _file(folder, "term").unlink()
    with pytest.raises(TextIndexError):
        TextIndex(folder)
    assert not (folder / index_files.SOUND).exists()


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


def _with_a_deletion(folder: Path) -> set[str]:
    """Delete a cable of the index; the files that this writes, but for its lists."""
    before = {file.name for file in folder.iterdir()}
    written(folder, gone=1, generation=2)
    return {file.name for file in folder.iterdir()} - before


def _killed_before_the_list(folder: Path) -> list[str]:
    """Leave an index as a kill does between the deletions and the list; what was left."""
    changed = folder.with_name(f"{folder.name}-changed")
    shutil.copytree(folder, changed)
    left = sorted(_with_a_deletion(changed))
    for name in left:
        shutil.copyfile(changed / name, folder / name)
    return left


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """An index of two cables, so that its segment stays if one of them goes."""
    written(tmp_path / "two", body(1, "Old lamps."), body(2, "New lamps."))
    return tmp_path / "two"


def test_the_engine_never_writes_over_the_deletions_that_a_kill_left(two: Path) -> None:
    """The fault of the engine for which left files are removed: without it, none of that."""
    (left,) = _killed_before_the_list(two)
    with pytest.raises(LeftFileError, match=left):
        _with_a_deletion(two)


def test_what_a_kill_left_is_removed_and_nothing_else(two: Path) -> None:
    whole = {file.name: file.read_bytes() for file in two.iterdir()}
    segment = next(two.glob("*.idx")).name.removesuffix(".idx")
    left = [
        *_killed_before_the_list(two),
        *(f"{'0' * 31}a.{part}" for part in ("idx", "store.temp", "7.del")),
        ".tmpA1b2C3",
    ]
    others = [
        f"{segment}.new-part",
        f"{'0' * 31}g.idx",
        f"{'0' * 31}.idx",
        f"{'0' * 32}",
        "notes.del",
        "tmp",
    ]
    for name in (*left, *others):
        (two / name).write_bytes(b"x")
    assert sorted(file.name for file in index_files.left_files(two)) == sorted(left)
    index_files.remove_left_files(two)
    assert {file.name for file in two.iterdir()} == {*whole, *others}
    assert {name: (two / name).read_bytes() for name in whole} == whole
    _with_a_deletion(two)
    assert TextIndex(two).ids(AnyWord(("lamps",))).tolist() == [2]


def test_the_deletions_that_the_list_names_stay(two: Path) -> None:
    (deleted,) = _with_a_deletion(two)
    index_files.remove_left_files(two)
    assert (two / deleted).exists()
    assert TextIndex(two).ids(AnyWord(("lamps",))).tolist() == [2]


@pytest.mark.parametrize("meta", [None, "", "{}", "[]", '{"segments": [1]}', "\0" * 100])
def test_without_a_list_that_can_be_read_nothing_is_removed(two: Path, meta: str | None) -> None:
    (two / "meta.json").unlink()
    if meta is not None:
        (two / "meta.json").write_text(meta)
    names = {file.name for file in two.iterdir()}
    index_files.remove_left_files(two)
    index_files.remove_left_files(two / "nothing")
    assert {file.name for file in two.iterdir()} == names


def test_while_a_reader_opens_the_index_nothing_is_removed(two: Path) -> None:
    (left,) = _killed_before_the_list(two)
    with lock_alone(two / index_files.LOCKS[0], 0.0):
        index_files.remove_left_files(two, patience=0.0)
        assert (two / left).exists()
    index_files.remove_left_files(two)
    assert not (two / left).exists()


@pytest.mark.parametrize(
    "refused", [errno.EACCES, errno.ENOSPC, errno.EMFILE, errno.EROFS, errno.EDQUOT]
)
def test_what_the_system_refuses_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(refused, os.strerror(refused))

    index_files.doubt(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", refuse)  # the mark of a sound index
        with pytest.raises(OSError, match=re.escape(os.strerror(refused))):
            index_files.damage(folder)
        patch.setattr(Path, "open", refuse)
        for check in (index_files.damage, index_files.check_all):
            with pytest.raises(OSError, match=re.escape(os.strerror(refused))):
                check(folder)
    assert index_files.damage(folder) == ""


def test_a_disk_that_fails_is_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert "Input/output error" in index_files.damage(folder)


REFUSALS = {
    # As tantivy 0.27 writes them, from a full disk, a folder without the right, two writers.
    "full": (
        "Failed to open file for write: 'IoError { io_error: Custom { kind: StorageFull, error: "
        'PathError { path: "/i/.tmpPsG9Jz", err: Os { code: 28, kind: StorageFull, message: "No '
        'space left on device" } } }, filepath: "9b.4.del" }\''
    ),
    "full when it is made": (
        "An IO error occurred: 'No space left on device (os error 28) at path \"/i/.tmp6cUauy\"'"
    ),
    "without the right": (
        "Failed to open file for read: 'IoError { io_error: Os { code: 13, kind: PermissionDenied,"
        ' message: "Permission denied" }, filepath: ".managed.json" }\''
    ),
}


@pytest.mark.parametrize("error", REFUSALS.values(), ids=REFUSALS)
def test_an_index_that_the_system_refuses_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise ValueError(error)

    monkeypatch.setattr(tantivy.Index, "open", refuse)
    with pytest.raises(RefusedIndexError):
        TextIndex(folder)


def test_an_index_to_which_another_process_writes_is_kept(folder: Path) -> None:
    writer = IndexWriter(folder, HEAP, 1)
    with pytest.raises(RefusedIndexError):
        IndexWriter(folder, HEAP, 1)
    writer.close()


def test_a_number_that_cannot_be_read_is_not_zero(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(RefusedIndexError, match="Permission denied"):
        text_schema.generation_of(folder)
