"""What waits for the disk when the room closes is written, or put where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.background.unsaved_bookmarks import PREFIX, import_unwritten, save_unwritten
from cable_tui.library import Library, Mark, NotWrittenError, bundles
from cable_tui.value import replace
from tests.background.test_library_watch import Shelf

ONE = Mark("09ZENDA1", "09ZENDA1", "3", note="why?", lists=("harbour",))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """One bookmark is new, another has a new note; the disk has taken neither."""
    with closing(Shelf(tmp_path / "data" / "library.sqlite")) as library:
        old = replace(ONE, paragraph="4", note="old", created="2026-01-01T00:00:00Z")
        stored = library.add(old)
        library.full = True
        with pytest.raises(NotWrittenError):
            library.add(ONE)
        with pytest.raises(NotWrittenError):
            library.note(stored, "new")
        yield library


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
    assert notes == [("4", "new"), ("3", "why?")]
    assert file.stat().st_mode & 0o077 == 0


def test_that_file_is_where_there_is_room(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    home = shelf.path.parents[1] / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    folder = shelf.path.parent
    aside = folder.rename(folder.with_name("gone"))
    said = save_unwritten(shelf)
    aside.rename(folder)
    file, notes = _taken(home, shelf)
    assert str(file) in said
    assert notes == [("4", "new"), ("3", "why?")]


def test_where_there_is_none_that_is_said(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere/at/all")

    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", none)
    folder = shelf.path.parent
    aside = folder.rename(folder.with_name("gone"))
    said = save_unwritten(shelf)
    aside.rename(folder)
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
        assert (
            import_unwritten(library)
            == "2 bookmarks of an earlier room, not written then: written now"
        )
        assert [(mark.paragraph, mark.note) for mark in library.marks()] == [
            ("4", "new"),
            ("3", "why?"),
        ]
        library.remove(library.marks()[0])
        assert import_unwritten(library) == ""
        assert [mark.paragraph for mark in library.marks()] == ["3"]


def test_what_is_no_file_of_ours_is_left_alone(shelf: Shelf) -> None:
    shelf.full = False
    shelf.full = True
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


def test_another_library_does_not_take_it(shelf: Shelf) -> None:
    save_unwritten(shelf)
    with closing(Library(shelf.path.with_name("other.sqlite"), patient=True)) as library:
        assert import_unwritten(library) == ""


def test_while_there_is_no_room_the_file_stays(shelf: Shelf) -> None:
    save_unwritten(shelf)
    assert import_unwritten(shelf) == ""
    assert len(list(shelf.path.parent.glob(f"{PREFIX}*.json"))) == 1
