"""The library: marks that stay, whoever else writes and whatever happens to the file."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark, NotWrittenError, check, sqlite_file
from tests.background.test_library_watch import Shelf

ONE = Mark("09TESTPOST1", "09TESTPOST1", "3", "00ff00ff00ff00ff", "ask Mara")
BARE = replace(ONE, note="")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite"


def open_library(file: Path) -> Library:
    return Library(file, author="mara")


def test_reading_creates_nothing(file: Path) -> None:
    assert open_library(file).marks() == []
    assert not file.parent.exists()


def test_a_mark_comes_back_as_it_was_given(file: Path) -> None:
    stored = open_library(file).add(ONE)
    (mark,) = open_library(file).marks()
    assert mark == stored
    assert (mark.reference_id, mark.canonical_id, mark.paragraph) == ("09TESTPOST1",) * 2 + ("3",)
    assert (mark.fingerprint, mark.note, mark.author) == ("00ff00ff00ff00ff", "ask Mara", "mara")
    assert len(mark.created) == len("2026-11-25T00:00:00Z")
    assert mark.id > 0

    other = open_library(file).add(Mark("06TEST", "06TESTPOST9"))
    assert (other.reference_id, other.paragraph, other.fingerprint) == ("06TEST", None, None)


def test_the_file_is_for_the_user_alone_says_what_it_is_and_keeps_no_wal(file: Path) -> None:
    open_library(file).add(ONE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x43424C45,)
        assert connection.execute("PRAGMA user_version").fetchone() == (4,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_the_same_mark_twice_is_one_and_that_of_another_reader_another(file: Path) -> None:
    library = open_library(file)
    assert library.add(ONE) == library.add(ONE)
    Library(file, author="juno").add(ONE)
    assert [mark.author for mark in library.marks()] == ["mara", "juno"]


def test_a_removed_mark_can_be_added_again(file: Path) -> None:
    library = open_library(file)
    stored = library.add(ONE)
    removed = library.remove(stored)
    assert removed == stored
    assert library.marks() == []
    assert library.remove(stored) is None
    again = library.add(stored)
    assert again.created == stored.created


def test_toggling_marks_and_unmarks_one_place(file: Path) -> None:
    library = open_library(file)
    other = Mark("09TESTPOST1", "09TESTPOST1", "4")
    library.add(other)
    assert library.toggle(BARE) == []
    assert len(library.marks()) == 2
    (gone,) = library.toggle(BARE)
    assert gone.paragraph == "3"
    assert [mark.paragraph for mark in library.marks()] == ["4"]


def test_toggling_leaves_a_note_beside_the_bookmark_that_it_takes(file: Path) -> None:
    library = open_library(file)
    bare, noted = library.add(BARE), library.add(ONE)
    assert library.toggle(BARE) == [bare]
    assert library.marks() == [noted]


@pytest.mark.parametrize("note", ["\0 nul", "half \udc80 pair", "¶ “quoted” 水", "'; DROP TABLE"])
def test_any_note_can_be_stored(file: Path, note: str) -> None:
    open_library(file).add(Mark("any text \udcff", "any text \udcff", None, None, note))
    (mark,) = open_library(file).marks()
    assert mark.note == note.replace("\udc80", "?")
    assert mark.canonical_id == "any text ?"


def test_what_another_program_writes_is_noticed_once_and_what_one_writes_oneself_is_no_news(
    file: Path,
) -> None:
    here, there = open_library(file), open_library(file)
    assert not here.changed()
    for number in (1, 2):
        there.add(Mark(f"09TESTPOST{number}", f"09TESTPOST{number}"))
        assert here.changed()
        assert not here.changed()
    here.add(Mark("09TESTPOST3", "09TESTPOST3"))
    assert not here.changed()
    assert len(here.marks()) == 3


def test_threads_may_share_a_library(file: Path) -> None:
    library = open_library(file)

    def work(name: int) -> None:
        for number in range(10):
            library.add(Mark(f"09T{name}X{number}", f"09T{name}X{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.marks()) == 40


def test_an_empty_file_is_a_library_that_another_program_has_just_begun(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    library = open_library(file)
    assert library.marks() == []
    library.add(ONE)
    assert len(open_library(file).marks()) == 1


def test_a_newer_library_is_read_and_not_written(file: Path) -> None:
    open_library(file).add(BARE)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("ALTER TABLE mark ADD COLUMN mood TEXT")
        connection.execute("PRAGMA user_version = 99")
    library = open_library(file)
    assert "newer cable-tui" in library.notice
    assert len(library.marks()) == 1
    (mark,) = library.marks()
    for change in (
        lambda: library.add(ONE),
        lambda: library.toggle(BARE),
        lambda: library.remove(mark),
    ):
        with pytest.raises(LibraryError, match="newer cable-tui"):
            change()
    assert len(library.marks()) == 1


def test_the_database_of_another_program_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(LibraryError, match="not a library of cable-tui"):
        open_library(file)
    assert file.read_bytes() == before
    assert "not a library" in check(file)


def test_files_that_are_no_database_are_all_kept_aside_and_said(file: Path) -> None:
    file.parent.mkdir()
    kept: set[Path] = set()
    for number in range(2):
        file.write_bytes(b"not a database, but somebody's work %d" % number * 100)
        library = open_library(file)
        (aside,) = {*file.parent.glob("library.sqlite.damaged-*")} - kept
        kept.add(aside)
        assert aside.read_bytes().endswith(b"work %d" % number)
        assert aside.name in library.notice
        library.add(ONE)
        assert len(open_library(file).marks()) == 1
        library.close()


def test_marks_are_saved_from_a_damaged_file(file: Path) -> None:
    library = open_library(file)
    names = [f"09TESTPOST{number}" for number in range(300)]
    library.add(Mark(names[0], names[0], note="n" * 100))
    library.add_all([Mark(name, name, note="n" * 100) for name in names[1:]])
    library.close()
    content = bytearray(file.read_bytes())
    # The last page, of 4,096 bytes.
    content[-4096:] = bytes(4096)
    file.write_bytes(content)
    assert check(file)
    again = open_library(file)
    assert "was damaged" in again.notice
    saved = again.marks()
    assert len(saved) > 50
    assert "Restored from its backup of" in again.notice
    assert (
        f": 1 bookmark; from the readable part of the damaged file: {len(saved) - 1} more bookmarks"
        in again.notice
    )
    (aside,) = file.parent.glob("library.sqlite.damaged-*")
    assert aside.read_bytes() == bytes(content)
    assert again.undo() == "rescue"
    assert again.marks() == []
    assert check(file) == ""
    assert open_library(file).notice == ""


def test_a_note_given_again_within_the_second_of_its_change_is_a_mark_of_its_own(
    file: Path,
) -> None:
    library = open_library(file)
    given = Mark("09TESTPOST1", "09TESTPOST1", note="one", created="2026-01-02T03:04:05Z")
    first = library.add(given)
    library.note(first, "two")
    second = library.add(given)
    assert second.note == "one"
    assert [mark.note for mark in library.marks()] == ["two", "one"]
    assert first.uid != second.uid


def test_marks_stand_by_time_in_whatever_order_they_came(file: Path) -> None:
    # Two readers who share have the same order, and one who comes later has it too.
    library = open_library(file)
    for ref, created in [("09B2", "2026-01-02"), ("09B3", "2026-01-03"), ("09B1", "2026-01-01")]:
        library.add(Mark(ref, ref, created=f"{created}T00:00:00Z"))
    assert [mark.reference_id for mark in library.marks()] == ["09B1", "09B2", "09B3"]


def test_a_mark_made_without_its_text_gets_its_fingerprint_when_it_is_made_again(
    file: Path,
) -> None:
    library = open_library(file)
    library.add(Mark("09TESTPOST1", "09TESTPOST1", "3"))
    library.add(Mark("09TESTPOST1", "09TESTPOST1", "3", "00ff00ff00ff00ff"))
    library.add(Mark("09TESTPOST1", "09TESTPOST1", "3", "11ff00ff00ff00ff"))
    assert [mark.fingerprint for mark in library.marks()] == ["00ff00ff00ff00ff"]


def test_checking_changes_nothing(file: Path) -> None:
    assert check(file) == ""
    file.parent.mkdir()
    file.write_bytes(b"x" * 5000)
    assert "not a database" in check(file)
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_writer_that_stays_too_long_is_said(file: Path) -> None:
    open_library(file).add(ONE)
    library = Library(file, author="mara", wait=0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="another program is using it"):
            library.add(Mark("09TESTPOST2", "09TESTPOST2"))
        other.execute("ROLLBACK")
    library.add(Mark("09TESTPOST2", "09TESTPOST2"))
    assert len(library.marks()) == 2


def test_a_full_disk_is_said_and_the_mark_is_not_claimed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sqlite_file.transaction

    @contextmanager
    def full(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
        with whole(connection, path):
            yield
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    monkeypatch.setattr(sqlite_file, "transaction", full)
    library = open_library(file)
    with pytest.raises(NotWrittenError, match=r"the disk is full\. Nothing was changed"):
        library.add(ONE)
    assert library.pending == ()
    assert library.marks() == []


def test_a_patient_library_keeps_marks_until_they_can_be_written(file: Path) -> None:
    library = Shelf(file)
    first = library.add(Mark("09TESTPOST9", "09TESTPOST9"))
    library.full = True
    with pytest.raises(NotWrittenError, match="1 bookmark is only in memory"):
        library.add(ONE)
    with pytest.raises(NotWrittenError, match="2 bookmarks are only in memory"):
        library.toggle(Mark("09TESTPOST2", "09TESTPOST2", lists=("story",)))
    assert [mark.canonical_id for mark in library.pending] == ["09TESTPOST1", "09TESTPOST2"]
    assert [mark.id for mark in library.marks()] == [first.id, -1, -2]
    assert library.marked("09TESTPOST1") == [library.pending[0]]
    assert [mark.note for mark in library.bundle().marks] == ["", "ask Mara", ""]
    assert library.bundle("story").lists == {"story": [library.pending[1].uid]}
    with pytest.raises(NotWrittenError):
        library.write_pending()
    assert [mark.id for mark in library.pending] == [-1, -2]
    library.full = False
    assert library.write_pending() == 2
    assert library.pending == ()
    assert library.write_pending() == 0
    assert [mark.reference_id for mark in open_library(file).marks()] == [
        "09TESTPOST9",
        "09TESTPOST1",
        "09TESTPOST2",
    ]


def test_a_waiting_mark_can_be_taken_away_again(file: Path) -> None:
    library = Shelf(file)
    library.add(Mark("09TESTPOST9", "09TESTPOST9"))
    library.full = True
    for take in (lambda: library.toggle(BARE), lambda: library.remove(library.pending[0])):
        with pytest.raises(NotWrittenError):
            library.add(BARE)
        assert take()
        assert library.pending == ()
    assert library.remove(BARE) is None


def test_a_folder_that_is_read_only_can_be_read(file: Path) -> None:
    open_library(file).add(ONE)
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        assert len(open_library(file).marks()) == 1
    finally:
        file.parent.chmod(0o700)


def test_a_mark_waits_in_memory_while_another_program_holds_the_file(file: Path) -> None:
    open_library(file).add(Mark("09TESTPOST2", "09TESTPOST2"))
    with closing(Library(file, author="mara", patient=True)) as library:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(NotWrittenError, match="1 bookmark is only in memory"):
                library.add(ONE)
            assert [mark.canonical_id for mark in library.pending] == ["09TESTPOST1"]
            other.execute("ROLLBACK")
        assert library.write_pending() == 1
    assert len(open_library(file).marks()) == 2
