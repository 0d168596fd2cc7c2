"""Forgetting an archive: its bytes leave the library, its log and its copies; others' stay."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.library import Library, Mark, recovery

ARCHIVE = {"09ZENDA1", "09ZENDA2", "09ZENDA3"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def in_archive(canonical_id: str) -> bool:
    return canonical_id in ARCHIVE


def mark(reference: str, note: str = "", *lists: str) -> Mark:
    return Mark(reference, reference, "2", note=note, lists=lists)


def holds(folder: Path, words: str) -> list[str]:
    """Names of the files that have these bytes."""
    return sorted(each.name for each in folder.iterdir() if words.encode() in each.read_bytes())


@pytest.fixture
def library(file: Path) -> Library:
    """Marks of two archives, with a past: notes changed, removed and undone, cables read."""
    library = Library(file)
    library.read_cables.add(["09ZENDA3", "10STRELSAU7"])
    kept = library.add(mark("09ZENDA1", "first thoughts on castles", "castles"))
    library.note(kept, "second thoughts")
    gone = library.add(mark("09ZENDA2", "a note taken away"))
    library.remove(gone)
    library.add(mark("09ZENDA3", "a note undone"))
    assert library.undo()
    other = library.add(mark("10STRELSAU7", "about the king", "kings"))
    library.note(other, "about the queen")
    library.searches.save("moats", "moat origin:zenda")
    shutil.copy(file, file.with_name(f"{file.name}.2026-01-02"))
    return library


PAST = ("first thoughts on castles", "a note taken away", "a note undone", "09ZENDA3", "09ZENDA2")


def test_what_was_read_and_taken_back_leaves_every_file(library: Library, tmp_path: Path) -> None:
    assert all("library.sqlite.2026-01-02" in holds(tmp_path, words) for words in PAST)
    library.forget(in_archive)
    assert [holds(tmp_path, words) for words in PAST] == [[]] * len(PAST)


def test_bookmarks_and_their_lists_stay_and_it_is_counted(library: Library, file: Path) -> None:
    found = library.forget(in_archive)
    # Changed, removed, undone: three states before.
    assert (found.read, found.changes, found.marks, found.lists) == (1, 3, 0, ())
    assert found.copies == len(recovery.copies(file))
    assert found.left == ()
    # A copy keeps what the library has: it is there to bring it back.
    for each in (library, Library(file.with_name(f"{file.name}.2026-01-02"))):
        assert {mark.note for mark in each.marks()} == {"second thoughts", "about the queen"}
    assert library.lists.names() == ["castles", "kings"]
    again = library.forget(in_archive)
    assert (again.read, again.changes, again.copies) == (0, 0, 0)


def test_with_its_marks_no_byte_of_it_is_left(library: Library, tmp_path: Path) -> None:
    library.forget(in_archive, marks=True)
    for words in (*PAST, "09ZENDA1", "second thoughts", "castles"):
        assert holds(tmp_path, words) == [], words


def test_what_is_of_other_archives_stays_with_its_past(
    library: Library, file: Path, tmp_path: Path
) -> None:
    found = library.forget(in_archive, marks=True)
    assert (found.marks, found.lists) == (1, ("castles",))
    (kept,) = library.marks()
    assert (kept.note, kept.lists) == ("about the queen", ("kings",))
    assert library.read_cables.ids() == {"10STRELSAU7"}
    assert library.searches.queries() == {"moats": "moat origin:zenda"}
    for words in ("10STRELSAU7", "about the king", "about the queen", "kings", "moats"):
        assert {"library.sqlite", "library.sqlite.2026-01-02"} <= set(holds(tmp_path, words))
    # The copies are whole: each is a library.
    for copy in recovery.copies(file):
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_list_with_marks_of_others_stays_with_them(file: Path) -> None:
    library = Library(file)
    library.add_all([mark("09ZENDA1", "", "story"), mark("10STRELSAU7", "", "story")])
    assert library.forget(in_archive, marks=True).lists == ()
    assert [each.name for each in library.lists.marks("story")] == ["10STRELSAU7 ¶2"]


def test_a_copy_that_has_nothing_of_it_stays_to_the_byte(file: Path) -> None:
    Library(file).add(mark("10STRELSAU7"))
    copy = file.with_name(f"{file.name}.2026-01-02")
    shutil.copy(file, copy)
    before = copy.read_bytes()
    assert Library(file).forget(in_archive, marks=True).copies == 0
    assert copy.read_bytes() == before


def test_a_copy_of_the_first_schema_is_cleaned_too(file: Path, tmp_path: Path) -> None:
    Library(file).add(mark("10STRELSAU7"))
    copy = file.with_name(f"{file.name}.2025-01-02-schema-1")
    columns = "reference_id, canonical_id, paragraph, fingerprint, note, author, created"
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(f"CREATE TABLE mark (id INTEGER PRIMARY KEY, {columns})")
        for name in ("09ZENDA1", "10STRELSAU7"):
            connection.execute(
                f"INSERT INTO mark ({columns}) VALUES (?, ?, '', '', 'old', 'me', '2024')",
                (name, name),
            )
        connection.execute("PRAGMA application_id = 0x43424C45")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    assert Library(file).forget(in_archive, marks=True).copies == 1
    assert holds(tmp_path, "09ZENDA1") == []
    assert copy.name in holds(tmp_path, "10STRELSAU7")


def test_files_that_cannot_be_cleaned_are_named(library: Library, file: Path) -> None:
    copy = file.with_name(f"{file.name}.2026-01-03")
    copy.write_bytes(b"no database " * 999)
    aside = file.with_name(f"{file.name}.damaged-20260101-101010-1")
    aside.write_bytes(b"09ZENDA1")
    assert set(library.forget(in_archive).left) == {copy, aside}


def test_a_window_that_is_open_sees_it_and_cannot_bring_it_back(file: Path) -> None:
    window = Library(file)
    noted = window.add(mark("09ZENDA1", "mine"))
    window.note(noted, "mine again")
    Library(file).forget(in_archive, marks=True)
    assert window.marks() == []
    window.undo()
    assert window.marks() == []


def test_what_stands_is_still_rescued_by_the_log(file: Path) -> None:
    library = Library(file)
    kept = library.add(mark("09ZENDA1", "before"))
    library.note(kept, "after")
    library.forget(in_archive)
    with closing(sqlite3.connect(file)) as connection:
        logged = recovery._logged_rows(connection, "mark")
    assert [row["note"] for row in logged.values()] == ["after"]
