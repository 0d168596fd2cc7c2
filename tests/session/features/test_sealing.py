"""Sealing asks what there is to ask, in order: pleas, searches, the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.clipboard import Clipboard
from cable_tui.errors import LibraryError
from cable_tui.exports.lists import SEALED as FORM
from cable_tui.exports.sealed.checking import marks_of
from cable_tui.library import Library
from cable_tui.session import effects
from cable_tui.session.feature_state import (
    BookmarksView,
    ExportJob,
    ExportSelection,
    OpenSealing,
    PleaToAnswer,
)
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export import (
    ExportFileNamed,
    ExportFinished,
    StopExport,
)
from cable_tui.session.features.export_menu import Export
from cable_tui.session.features.sealing import (
    SEALED,
    PrepareSealing,
    ReadPlea,
    SealingSurveyed,
    SurveySealing,
    TakeMarks,
    said_of,
)
from cable_tui.session.registry import Services
from cable_tui.session.step import perform, step
from cable_tui.session.values import LibraryWrite
from cable_tui.value import replace
from tests.exports.sealed.reseal import replaced, resealed
from tests.exports.sealed.sample import MARKS, SEALING, sealed
from tests.session import does, kinds, menu, ready, said, walk

CHOSEN = ExportSelection("story", "the list story", (), "story")
PLEA = PleaToAnswer("09ZENDA1 ¶3", "09ZENDA1", "3", "He (strictly protect")
SAID = "No name masked; 1 place needs you"


def test_its_form_is_that_of_the_exports() -> None:
    assert SEALED == FORM


def test_the_cables_are_looked_through_first() -> None:
    session, wanted = step(ready(), PrepareSealing(CHOSEN))
    assert wanted == (SurveySealing(CHOSEN),)
    assert session.export_job == ExportJob("the list story", 0, 0, "Looking through")


SURVEYED = SealingSurveyed(CHOSEN, (PLEA,), SAID, "3 searches")
ANSWERED = replace(CHOSEN, unresolved=True)
LOGGED = replace(CHOSEN, log=False)


@pytest.mark.parametrize(
    ("surveyed", "asked"),
    [
        (SURVEYED, "1 plea could not be resolved"),
        (replace(SURVEYED, chosen=ANSWERED), "Seal the searches of your log too?"),
        (replace(SURVEYED, unresolved=()), "Seal the searches of your log too?"),
        (SealingSurveyed(LOGGED, (), "", "3 searches"), LOGGED),
        (SealingSurveyed(CHOSEN), CHOSEN),
    ],
)
def test_what_there_is_to_ask_is_asked(
    surveyed: SealingSurveyed, asked: str | ExportSelection
) -> None:
    session, wanted = step(walk(ready(), PrepareSealing(CHOSEN)), surveyed)
    assert session.export_job is None
    if isinstance(asked, str):
        assert menu(wanted).title == asked
    else:
        (file,) = wanted
        assert isinstance(file, effects.AskFile)
        assert file.named("x.zip") == ExportFileNamed(asked, SEALED, "x.zip")
    assert session.sealing == OpenSealing(surveyed.chosen, len(surveyed.unresolved))


def test_stopping_it_ends_what_looks_through_the_cables() -> None:
    _, wanted = step(walk(ready(), PrepareSealing(CHOSEN)), StopExport())
    assert effects.Stop(SurveySealing.latest) in wanted


def test_a_plea_is_read_in_its_cable_and_the_dossier_waits() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    session, wanted = step(session, ReadPlea(CHOSEN, PLEA))
    assert wanted[0] == effects.GoToCable("09ZENDA1", "3")
    assert "E, then S" in said(wanted)
    assert does(menu(step(session, Export())[1]), "S") == PrepareSealing(CHOSEN)


def test_the_screen_of_bookmarks_gives_way_to_the_cable() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    session = replace(session, bookmarks_view=BookmarksView("story"))
    assert kinds(step(session, ReadPlea(CHOSEN, PLEA))[1])[0] is HideBookmarks


def test_words_to_mask_stay_for_the_same_places() -> None:
    masking = replace(CHOSEN, masks=("Tern",))
    session = walk(ready(), PrepareSealing(masking), replace(SURVEYED, chosen=masking))
    more = replace(CHOSEN, texts="paragraphs", masks=("Rask", "Tern"))
    (wanted,) = step(session, PrepareSealing(more))[1]
    assert wanted == SurveySealing(replace(more, masks=("Tern", "Rask")))
    (wanted,) = step(session, PrepareSealing(CHOSEN, forget=True))[1]
    assert wanted == SurveySealing(CHOSEN)
    other = replace(CHOSEN, list="else")
    assert step(session, PrepareSealing(other))[1] == (SurveySealing(other),)


def test_nothing_waits_once_the_file_is_written() -> None:
    session = walk(ready(), PrepareSealing(CHOSEN), SURVEYED)
    assert step(session, ExportFinished("no", failed=True))[0].sealing is not None
    assert step(session, ExportFinished("1 written"))[0].sealing is None


def test_bookmarks_are_taken_in_like_any_others() -> None:
    assert isinstance(TakeMarks(), LibraryWrite)


REVEALED = replace(SEALING, reveal=True)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return sealed(tmp_path, REVEALED)[1]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite", author="ben")) as found:
        yield found


def test_bookmarks_that_a_reader_does_not_have_are_offered(dossier: Path, library: Library) -> None:
    (offer,) = said_of(dossier, library)
    assert isinstance(offer, effects.AskMenu)
    assert offer.title == "Sealed dossier: Lamps"
    assert does(offer, "t") == TakeMarks()
    assert offer.note.startswith("Unchanged since it was sealed on 2009-02-13 23:31:30 UTC, ")
    has = "It has 4 bookmarks that you do not have, in the list Pelham's lamps."
    assert offer.note.endswith(has)


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
    monkeypatch.setattr("cable_tui.session.features.sealing._COMPARED", 100)
    (offer,) = said_of(dossier, library)
    assert isinstance(offer, effects.AskMenu)
    assert offer.note.startswith("Its bytes are unchanged since it was sealed on ")
    assert "; `cable-tui verify` compares what it says. It has " in offer.note
    resealed(dossier, replaced("marks.json", "Was it Pelham", "Was it Hale"))
    with pytest.raises(LibraryError, match="CHANGED and sealed again"):
        marks_of(dossier)


def test_nothing_is_said_of_other_archives(library: Library, tmp_path: Path) -> None:
    assert list(said_of(tmp_path, library)) == []
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert list(said_of(tmp_path / "a.txt", library)) == []
