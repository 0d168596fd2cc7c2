"""The bookmarks of two windows, and those that a full disk did not take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, connect

import pytest

from cable_tui.background.library_watch import (
    PREFIX,
    RETRY_EVERY,
    LibraryWatch,
    import_unwritten,
    save_unwritten,
)
from cable_tui.base.value import replace
from cable_tui.library import Library, Mark, NotWrittenError, bundles
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.values import Action
from tests.session import the

ONE = Mark("09ZENDA1", "09ZENDA1")
TWO = Mark("09ZENDA2", "09ZENDA2", "3")


class Shelf(Library):
    """A library whose disk is full while `full` is set."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, patient=True)
        self.full = False
        self._write: Callable[..., AbstractContextManager[Connection]] = self._file.writing
        setattr(self._file, "writing", self._writes)  # noqa: B010 - a method, for mypy

    @contextmanager
    def _writes(self, *of: object, **more: object) -> Iterator[Connection]:
        if self.full:
            raise NotWrittenError("library.sqlite: the disk is full")
        with self._write(*of, **more) as connection:
            yield connection


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path / "library.sqlite")) as library:
        yield library


def watched(library: Shelf) -> tuple[LibraryWatch, list[Action]]:
    posted: list[Action] = []
    return LibraryWatch(library, posted.append), posted


def mark_elsewhere(library: Shelf, mark: Mark) -> None:
    """In another window."""
    with closing(Library(library.path)) as other:
        other.add(mark)


def test_what_another_window_marks_is_told_once(mine: Shelf) -> None:
    watch, posted = watched(mine)
    mine.add(ONE)
    watch.check()  # the file was made by this window's own first mark
    posted.clear()
    watch.check()
    assert posted == []
    mark_elsewhere(mine, TWO)
    watch.check()
    watch.check()
    assert posted == [LibraryChanged(Notebook(frozenset({("09ZENDA1", None), ("09ZENDA2", "3")})))]


def test_the_first_mark_of_another_window_is_told_too(mine: Shelf) -> None:
    watch, posted = watched(mine)
    watch.check()
    mark_elsewhere(mine, ONE)
    watch.check()
    assert posted == [LibraryChanged(Notebook(frozenset({("09ZENDA1", None)})))]


def test_what_waits_is_written_as_soon_as_it_can_be(mine: Shelf) -> None:
    watch, posted = watched(mine)
    mine.add(ONE)
    watch.check()
    mine.full = True
    with pytest.raises(NotWrittenError):
        mine.add(TWO)
    posted.clear()
    for _ in range(2 * RETRY_EVERY):
        watch.check()
    assert posted == []
    mine.full = False
    for _ in range(RETRY_EVERY):
        watch.check()
    news = the(LibraryChanged, posted)
    assert (news.notebook.pending, mine.pending) == (0, ())
    assert news.sentence == "1 waiting bookmark now saved"


def test_a_watch_that_is_over_tells_nothing(mine: Shelf) -> None:
    watch, posted = watched(mine)
    watch.stop()
    mark_elsewhere(mine, ONE)
    watch.run()
    watch.check()
    assert posted == []


def test_a_search_of_an_older_program_is_rewritten_and_that_is_said_once(
    mine: Shelf, tmp_path: Path
) -> None:
    watch, posted = watched(mine)
    mine.searches.save("press", "kelp")
    watch.check()
    posted.clear()
    with closing(connect(tmp_path / "library.sqlite")) as older, older:
        older.execute("UPDATE search SET query = 'is:read is:noted'")
    for _ in range(3):
        watch.check()
    news = the(LibraryChanged, posted)
    assert news.notebook.searches == (("press", "(is:read or is:noted)"),)
    assert news.sentence == "1 saved search now says the implied `or`: press · u to undo"
    assert mine.undo()
    watch.check()
    assert mine.searches.queries() == {"press": "is:read is:noted"}


NOTES = [("4", "new"), ("3", "why?")]
KEPT = Mark("09ZENDA1", "09ZENDA1", "3", note="why?", lists=("harbour",))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """One bookmark is new, another has a new note; the disk has taken neither."""
    with closing(Shelf(tmp_path / "data" / "library.sqlite")) as library:
        old = replace(KEPT, paragraph="4", note="old", created="2026-01-01T00:00:00Z")
        stored = library.add(old)
        library.full = True
        with pytest.raises(NotWrittenError):
            library.add(KEPT)
        with pytest.raises(NotWrittenError):
            library.note(stored, "new")
        yield library


def save_without_folder(shelf: Shelf) -> str:
    """What is said where the folder of the library is gone for a moment."""
    folder = shelf.path.parent
    aside = folder.rename(folder.with_name("gone"))
    said = save_unwritten(shelf)
    aside.rename(folder)
    return said


def test_it_is_tried_once_more(shelf: Shelf) -> None:
    shelf.full = False
    assert save_unwritten(shelf) == ""
    assert [mark.note for mark in shelf.marks()] == ["new", "why?"]


def _taken(folder: Path, shelf: Shelf) -> tuple[Path, list[tuple[str | None, str]]]:
    """The file that was written, and the notes once the library has taken it in."""
    (file,) = folder.glob("cable-tui-bookmarks-*.json")
    with closing(Library(shelf.path)) as library:
        library.import_bundle(bundles.loads(bundles.read(file), file.name))
        assert [mark.paragraph for mark in library.lists.marks("harbour")] == ["4", "3"]
        return file, [(mark.paragraph, mark.note) for mark in library.marks()]


def test_it_goes_into_a_file_that_is_taken_in_later(shelf: Shelf) -> None:
    said = save_unwritten(shelf)
    file, notes = _taken(shelf.path.parent, shelf)
    assert said.startswith(f"2 bookmarks could not be written to {shelf.path}.")
    assert str(file) in said
    assert notes == NOTES
    assert file.stat().st_mode & 0o077 == 0


def test_that_file_is_where_there_is_room(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    home = shelf.path.parents[1] / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    said = save_without_folder(shelf)
    file, notes = _taken(home, shelf)
    assert str(file) in said
    assert notes == NOTES


def test_where_there_is_none_that_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere/at/all")

    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", none)
    said = save_without_folder(shelf)
    assert said == f"2 bookmarks could not be written to {shelf.path} or anywhere else"


def test_of_a_private_session_nothing_is_written_elsewhere(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    said = save_unwritten(shelf, elsewhere=False)
    assert said == f"2 bookmarks could not be written to {shelf.path}"
    assert list(tmp_path.rglob("cable-tui-bookmarks-*")) == []


def test_the_next_room_takes_it_in_once(shelf: Shelf) -> None:
    save_unwritten(shelf)
    shelf.close()
    with closing(Library(shelf.path, patient=True)) as library:
        said = import_unwritten(library)
        assert said == "2 bookmarks from an earlier session, now saved"
        assert [(mark.paragraph, mark.note) for mark in library.marks()] == NOTES
        library.remove(library.marks()[0])
        assert import_unwritten(library) == ""
        assert [mark.paragraph for mark in library.marks()] == ["3"]


def test_what_is_no_file_of_ours_is_left_alone(shelf: Shelf) -> None:
    save_unwritten(shelf)
    shelf.full = False
    (file,) = shelf.path.parent.glob("*.json")
    others = [file.with_stem(f"{file.stem}{number}") for number in range(3)]
    file.rename(others[0])
    others[0].write_text("{}")
    others[1].symlink_to(others[0])
    others[2].mkdir()
    with closing(Library(shelf.path, patient=True)) as library:
        assert import_unwritten(library) == ""
        assert sorted(shelf.path.parent.glob(f"{PREFIX}*.json")) == others


def test_another_library_does_not_take_it_and_while_there_is_no_room_the_file_stays(
    shelf: Shelf,
) -> None:
    save_unwritten(shelf)
    with closing(Library(shelf.path.with_name("other.sqlite"), patient=True)) as library:
        assert import_unwritten(library) == ""
    assert import_unwritten(shelf) == ""
    assert len(list(shelf.path.parent.glob(f"{PREFIX}*.json"))) == 1
