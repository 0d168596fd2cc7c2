"""The bookmarks of two windows, and those that a full disk did not take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, connect

import pytest

from cable_tui.background.library_watch import RETRY_EVERY, LibraryWatch
from cable_tui.library import Library, Mark, NotWrittenError
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.values import Action

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


def test_what_another_window_marks_is_told_once(mine: Shelf, tmp_path: Path) -> None:
    posted: list[Action] = []
    watch = LibraryWatch(mine, posted.append)
    mine.add(ONE)
    watch.check()  # the file was made by this window's own first mark
    posted.clear()
    watch.check()
    assert posted == []
    with closing(Library(tmp_path / "library.sqlite")) as other:
        other.add(TWO)
    watch.check()
    watch.check()
    assert posted == [LibraryChanged(Notebook(frozenset({("09ZENDA1", None), ("09ZENDA2", "3")})))]


def test_the_first_mark_of_another_window_is_told_too(mine: Shelf, tmp_path: Path) -> None:
    posted: list[Action] = []
    watch = LibraryWatch(mine, posted.append)
    watch.check()
    with closing(Library(tmp_path / "library.sqlite")) as other:
        other.add(ONE)
    watch.check()
    assert posted == [LibraryChanged(Notebook(frozenset({("09ZENDA1", None)})))]


def test_what_waits_is_written_as_soon_as_it_can_be(mine: Shelf) -> None:
    posted: list[Action] = []
    watch = LibraryWatch(mine, posted.append)
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
    (news,) = posted
    assert isinstance(news, LibraryChanged)
    assert (news.notebook.pending, mine.pending) == (0, ())
    assert news.sentence == "1 bookmark that waited: written to the disk now"


def test_a_watch_that_is_over_tells_nothing(mine: Shelf, tmp_path: Path) -> None:
    posted: list[Action] = []
    watch = LibraryWatch(mine, posted.append)
    watch.stop()
    with closing(Library(tmp_path / "library.sqlite")) as other:
        other.add(ONE)
    watch.run()
    watch.check()
    assert posted == []


def test_a_search_of_an_older_program_is_rewritten_and_that_is_said_once(
    mine: Shelf, tmp_path: Path
) -> None:
    posted: list[Action] = []
    watch = LibraryWatch(mine, posted.append)
    mine.searches.save("press", "kelp")
    watch.check()
    posted.clear()
    with closing(connect(tmp_path / "library.sqlite")) as older, older:
        older.execute("UPDATE search SET query = 'is:read is:noted'")
    for _ in range(3):
        watch.check()
    (news,) = posted
    assert isinstance(news, LibraryChanged)
    assert news.notebook.searches == (("press", "(is:read or is:noted)"),)
    assert news.sentence == "1 saved search now says the or that was meant: press · u undoes"
    assert mine.undo()
    watch.check()
    assert mine.searches.queries() == {"press": "is:read is:noted"}
