"""A library copied for a private session: itself is not touched, and what was made is known."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.library import Library, Mark
from cable_tui.library.session_copy import Made, copy_library, keep, made_since

KEPT = Mark("09ZENDA1", "09ZENDA1", note="known")
NEW = Mark("09ZENDA2", "09ZENDA2", note="a secret")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The reader's library, with a mark in a list and a search."""
    file = tmp_path / "data" / "library.sqlite"
    with closing(Library(file, author="ada")) as library:
        library.put([KEPT], "harbours")
        library.searches.save("tolls", "toll")
    return file


@pytest.fixture
def session(own: Path, tmp_path: Path) -> Path:
    """The library of a private session; its first state is in `before`."""
    assert copy_library(own, tmp_path / "before" / own.name) == ""
    copytree(tmp_path / "before", tmp_path / "session")
    return tmp_path / "session" / own.name


def made(session: Path) -> Made:
    return made_since(session.parents[1] / "before" / session.name, session)


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its bytes and its time."""
    found = (each for each in folder.rglob("*") if each.is_file())
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in found}


def test_the_session_has_what_the_reader_has(own: Path, session: Path) -> None:
    with closing(Library(own)) as one, closing(Library(session)) as other:
        assert one.bundle() == other.bundle()
    assert not made(session)
    assert made(session).in_words == ""


def test_nothing_that_is_done_in_it_touches_the_library(own: Path, session: Path) -> None:
    before = content(own.parent)
    with closing(Library(session, author="ada")) as library:
        library.add(NEW)
        library.remove_all(library.lists.marks("harbours"))
    assert content(own.parent) == before


def test_what_was_made_is_named_and_can_be_kept(own: Path, session: Path) -> None:
    with closing(Library(session, author="ada")) as library:
        library.add(NEW)
        (known,) = library.lists.marks("harbours")
        library.put([known], "islands")
        library.lists.set_private("mine", on=True)
        library.put([Mark("09ZENDA3", "09ZENDA3")], "mine")
        library.searches.save("ferries", "ferry")
    found = made(session)
    assert found.in_words == "2 bookmarks, 1 note, 2 lists and 1 saved search"
    keep(found, own, "ada")
    with closing(Library(own)) as library:
        assert [mark.reference_id[-1] for mark in library.marks()] == [*"123"]
        assert [mark.note for mark in library.lists.marks("islands")] == ["known"]
        assert library.lists.private() == {"mine"}
        assert library.searches.queries() == {"tolls": "toll", "ferries": "ferry"}
    keep(found, own, "ada")
    with closing(Library(own)) as library:
        assert len(library.marks()) == 3


def test_another_note_on_a_known_mark_is_one_note(own: Path, session: Path) -> None:
    with closing(Library(session, author="ada")) as library:
        library.note(library.lists.marks("harbours")[0], "known better")
    found = made(session)
    assert found.in_words == "1 note"
    keep(found, own, "ada")
    with closing(Library(own)) as library:
        assert "known better" in {mark.note for mark in library.lists.marks("harbours")}


def test_what_was_removed_in_it_stays_in_the_library(own: Path, session: Path) -> None:
    with closing(Library(session, author="ada")) as library:
        library.remove_all(library.lists.marks("harbours"))
    found = made(session)
    assert not found
    assert found.removed == 1
    keep(found, own, "ada")
    with closing(Library(own)) as library:
        assert [mark.note for mark in library.marks()] == ["known"]


def test_a_mark_that_another_window_removed_meanwhile_does_not_come_back(
    own: Path, session: Path
) -> None:
    with closing(Library(session, author="ada")) as library:
        library.add(NEW)
    with closing(Library(own, author="ada")) as library:
        library.remove_all(library.marks())
    keep(made(session), own, "ada")
    with closing(Library(own)) as library:
        assert [mark.reference_id for mark in library.marks()] == ["09ZENDA2"]


def test_without_a_library_there_is_nothing_to_copy(tmp_path: Path) -> None:
    own = tmp_path / "none" / "library.sqlite"
    place = tmp_path / "before" / own.name
    assert copy_library(own, place) == ""
    assert list(place.parent.iterdir()) == []
    assert not own.parent.exists()


def test_a_damaged_library_is_rescued_in_the_session_and_stays_as_it_is(
    own: Path, tmp_path: Path
) -> None:
    with closing(Library(own, author="ada")) as library:
        library.add(NEW)  # another day's copy would be made by it
    (own.parent / f"{own.name}.2026-01-01").write_bytes(own.read_bytes())
    own.write_bytes(own.read_bytes()[:100] + b"\xff" * 8000)
    before = content(own.parent)
    place = tmp_path / "session" / own.name
    assert copy_library(own, place) == ""
    with closing(Library(place)) as library:
        assert "known" in {mark.note for mark in library.marks()}
        assert library.rescued
    assert content(own.parent) == before


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    own = tmp_path / "data" / "library.sqlite"
    own.mkdir(parents=True)
    said = copy_library(own, tmp_path / "before" / own.name)
    assert f"{own}: your bookmarks cannot be read here: " in said


def test_what_cannot_be_kept_is_an_error_and_stays_in_the_session(
    session: Path, tmp_path: Path
) -> None:
    with closing(Library(session, author="ada")) as library:
        library.add(NEW)
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError):
        keep(made(session), tmp_path / "file" / "library.sqlite", "ada")
    assert made(session).in_words == "1 bookmark and 1 note"
