"""What is said of a dossier when it is opened, and the bookmarks that are taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.clipboard import Clipboard
from cable_tui.effects import opened_dossier
from cable_tui.effects.opened_dossier import said_of
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.errors import LibraryError
from cable_tui.exports.sealed.checking import marks_of
from cable_tui.library import Library
from cable_tui.session import effects
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.sealed.opened_dossier import AskTakeMarks, TakeMarks
from cable_tui.value import replace
from tests.exports.sealed.reseal import replaced, resealed
from tests.exports.sealed.sample import MARKS, SEALING, sealed

SEALED = replace(SEALING, reveal=True)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return sealed(tmp_path, SEALED)[1]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite", author="ben")) as found:
        yield found


def test_bookmarks_that_a_reader_does_not_have_are_offered(dossier: Path, library: Library) -> None:
    (offer,) = said_of(dossier, library)
    assert isinstance(offer, AskTakeMarks)
    assert (offer.title, offer.count, offer.lists) == ("Lamps", 4, ("Pelham's lamps",))
    assert offer.sentence.startswith("Unchanged since it was sealed on 2009-02-13 23:31:30 UTC, ")


def test_what_is_there_is_not_offered_again(
    dossier: Path, library: Library, tmp_path: Path
) -> None:
    archive = open_archive(dossier, tmp_path / "cache")
    services = Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))
    with closing(archive):
        (changed,) = perform(services, TakeMarks(), lambda: False)
        (again,) = perform(services, TakeMarks(), lambda: False)
    assert isinstance(changed, LibraryChanged)
    assert changed.sentence == "4 bookmarks taken in"
    assert isinstance(again, LibraryChanged)
    assert again.sentence == "0 bookmarks taken in, 4 were here"
    assert [(mark.name, mark.note) for mark in library.marks()] == [
        (mark.name, mark.note) for mark in MARKS[:-1]
    ]
    (said,) = said_of(dossier, library)
    assert isinstance(said, effects.Notify)
    assert said.sentence.startswith("Lamps: Unchanged since")


def test_a_changed_dossier_is_said_to_be_so_and_offers_nothing(
    dossier: Path, library: Library
) -> None:
    data = bytearray(dossier.read_bytes())
    data[50] ^= 1
    dossier.write_bytes(data)
    (said,) = said_of(dossier, library)
    assert isinstance(said, effects.Notify)
    assert said.severity == "error"
    assert "dossier.zip: CHANGED since it was sealed" in said.sentence


def test_a_dossier_that_contradicts_itself_offers_nothing(dossier: Path, library: Library) -> None:
    resealed(dossier, replaced("marks.json", "Was it Pelham", "Was it Hale"))
    (said,) = said_of(dossier, library)
    assert isinstance(said, effects.Notify)
    assert said.severity == "error"
    assert "dossier.zip: CHANGED and sealed again: " in said.sentence


def test_of_a_large_dossier_only_the_bytes_are_compared_before_it_is_shown(
    dossier: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it must not take long; what is taken from it is compared in any case."""
    monkeypatch.setattr(opened_dossier, "_COMPARED", 100)
    (offer,) = said_of(dossier, library)
    assert isinstance(offer, AskTakeMarks)
    assert offer.sentence.startswith("Its bytes are unchanged since it was sealed on ")
    assert offer.sentence.endswith("; `cable-tui verify` compares what it says")
    resealed(dossier, replaced("marks.json", "Was it Pelham", "Was it Hale"))
    with pytest.raises(LibraryError, match="CHANGED and sealed again"):
        marks_of(dossier)


def test_nothing_is_said_of_other_archives(library: Library, tmp_path: Path) -> None:
    assert list(said_of(tmp_path, library)) == []
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert list(said_of(tmp_path / "a.txt", library)) == []
