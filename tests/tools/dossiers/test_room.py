"""Verifiable dossiers in the room: what is asked before, what is written, what is said of one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.base.cable import Cable
from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Library, mark_of
from cable_tui.program.clipboard import Clipboard
from cable_tui.reports.page_keys import row_and_page_keys
from cable_tui.reports.report import PageKey
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import (
    BookmarksView,
    ExportJob,
    ExportSelection,
    Page,
)
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.bookmarks_screen import HideBookmarks
from cable_tui.session.features.export_choices import (
    ExportFileNamed,
    ExportFinished,
    ExportProgressed,
    ExportShown,
    StopExport,
    export_menu,
)
from cable_tui.session.registry import Services
from cable_tui.session.step import perform, step
from cable_tui.session.values import LibraryWrite
from cable_tui.tools.dossiers import room
from cable_tui.tools.dossiers.checking import check, marks_of
from cable_tui.tools.dossiers.room import (
    SEALED,
    ContinueDossier,
    DossierSelection,
    OpenSealing,
    PrepareSealing,
    SealingSurveyed,
    SurveySealing,
    TakeMarks,
    marks_menu,
    said_of,
    sealed_menu,
    unanswered_menu,
)
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.digest_spans import DigestSpan
from cable_tui.tools.protection.review import reviewed
from cable_tui.tools.protection.room import KeepName, ShowRequests
from cable_tui.tools.protection.survey import AskingName, DoubtfulName
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tui.dialogs.pickers import Menu
from tests.session import does, done, kinds, menu, ready, said, the, walk
from tests.session.exported import of_cables, written
from tests.tools.dossiers.reseal import replaced, resealed
from tests.tools.dossiers.sample import MARKS, SEALING, sealed
from tests.tui.stage import ended


def answer_nobody(services: Services, cable: Cable) -> None:
    """Say of each request of a cable that it nobody."""
    asked = reviewed(cable, answers.NO_ANSWERS)

    def edit(before: answers.Answers) -> answers.Answers:
        for each in asked:
            before = before.with_request(each.key, ())
        return before

    answers.change(answers.file_beside(services.library.path), edit)


def marked_story(services: Services) -> DossierSelection:
    """A list of a paragraph whose cable asks to protect workers: a reader says it nobody."""
    cable = services.archive.cable(services.archive.find("07SANTORIEL45") or 0)
    (paragraph,) = (each for each in cable.body.paragraphs if each.label == "4")
    services.library.add(replace(mark_of(cable, paragraph, note="which?"), lists=("story",)))
    answer_nobody(services, cable)
    masks = ("Helena Farquhar",)
    return DossierSelection(
        "story", "the list story", list="story", texts="paragraphs", masks=masks
    )


def test_a_sealed_dossier_is_as_it_was_asked_for(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "story.zip"
    done = written(services, ExportFileNamed(marked_story(services), SEALED, str(file)))
    masked, finished = [each for each in done if not isinstance(each, ExportProgressed)]
    assert masked == effects.Notify(
        "1 name masked at 1 place; 1 protection request answered by a reader, 1 names nobody."
    )
    seal = hashlib.sha256(file.read_bytes()[:-64]).hexdigest()
    assert finished == ExportFinished(f"1 written to {file}; checksum: sha256 {seal}")
    found = check(file)
    assert found.faults == ()
    assert found.manifest is not None
    assert (found.manifest.texts, found.manifest.names) == ("paragraphs", "masked")
    assert list(marks_of(file).lists) == ["story"]


def test_a_dossier_with_protected_names_warns_as_other_exports_do(
    services: Services, tmp_path: Path
) -> None:
    chosen = replace(marked_story(services), protected=True, texts="whole")
    file = tmp_path / "story.zip"
    warning, *_ = written(services, ExportFileNamed(chosen, SEALED, str(file)))
    assert "1 protection request in" in the(effects.Notify, [warning]).sentence
    found = check(file).manifest
    assert found is not None
    assert (found.texts, found.names) == ("whole", "shown")


def test_a_stopped_dossier_leaves_nothing(services: Services, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert written(services, of_cables([1, 2], SEALED, tmp_path / "story"), wanted=False) == []
    assert sorted(tmp_path.rglob("*")) == before


def surveyed(services: Services, chosen: DossierSelection) -> SealingSurveyed:
    return the(SealingSurveyed, done(services, SurveySealing(chosen))[-1:])


def test_the_cables_of_a_dossier_are_looked_through_first(services: Services) -> None:
    chosen = marked_story(services)
    found = surveyed(services, chosen)
    assert (found.asking, found.unanswered, found.searches) == (("07SANTORIEL45",), 0, "")
    assert surveyed(services, replace(chosen, protected=True)).asking == ()
    answers.file_beside(services.library.path).unlink()
    assert surveyed(services, chosen).unanswered == 1


def test_the_name_of_the_file_is_proposed_without_names(services: Services) -> None:
    found = surveyed(services, replace(marked_story(services), title="What farquhar said"))
    assert found.chosen.file_title == "What [name masked] said"
    assert found.chosen.title == "What farquhar said"


def test_the_searches_of_the_log_are_counted_and_go_in_if_asked_for(
    services: Services, tmp_path: Path
) -> None:
    log = research_log.file_beside(services.library.path)
    archive = research_log.SearchedArchive(str(services.archive.root), 40, 1, "cd" * 32)
    queries = ("ref:07SANTORIEL45", "origin:amber", "", "no(such", "unheardof")
    research_log.add(log, archive, [research_log.Search(each, 1) for each in queries])
    chosen = marked_story(services)
    assert surveyed(services, chosen).searches == "5 searches, 3 outside this list"
    for wanted, part in ((True, "included"), (False, "left out"), (None, "left out")):
        file = tmp_path / f"{part}{wanted}.zip"
        written(services, ExportFileNamed(replace(chosen, log=wanted), SEALED, str(file)))
        made = check(file).manifest
        assert made is not None
        assert made.log == part


def test_a_survey_that_is_stopped_answers_nothing(services: Services) -> None:
    effect = SurveySealing(marked_story(services))
    assert list(perform(services, effect, lambda: True)) == []


CHOSEN = DossierSelection("story", "the list story", (), "story")


def test_the_cables_are_looked_through_first_which_can_be_stopped() -> None:
    session, wanted = step(ready(), PrepareSealing(CHOSEN))
    assert wanted == (SurveySealing(CHOSEN),)
    assert session.export_job == ExportJob("the list story", 0, 0, "Looking through")
    assert effects.Stop(SurveySealing.latest) in step(session, StopExport())[1]


NAME = AskingName("Islam", "09ZENDA1", "09ZENDA1", DigestSpan("ab" * 32, 0, 5))
DOUBT = DoubtfulName(NAME, "09ZENDA2", "09ZENDA2", 41, "the laws of Islam", kept=False)
SURVEYED = SealingSurveyed(CHOSEN, ("09ZENDA1", "09ZENDA2"), 1, searches="3 searches")
TAKING = replace(CHOSEN, take_proposed=True)
LOGGED = replace(CHOSEN, log=False)


@pytest.mark.parametrize(
    ("surveyed", "asked"),
    [
        (replace(SURVEYED, chosen=TAKING), "Include the searches in your log?"),
        (replace(SURVEYED, unanswered=0), "Include the searches in your log?"),
        (SealingSurveyed(CHOSEN, doubts=(DOUBT,)), "Masked, but perhaps not a name"),
        (SealingSurveyed(LOGGED, searches="3 searches"), LOGGED),
        (SealingSurveyed(CHOSEN), CHOSEN),
    ],
)
def test_what_there_is_to_ask_is_asked(
    surveyed: SealingSurveyed, asked: str | DossierSelection
) -> None:
    session, wanted = step(walk(ready(), PrepareSealing(CHOSEN)), surveyed)
    assert session.export_job is None
    if isinstance(asked, str):
        assert menu(wanted).title == asked
    else:
        file = the(effects.AskFile, wanted)
        assert file.named("x.zip") == ExportFileNamed(asked, SEALED, "x.zip")
    assert session.of_tool(OpenSealing) == OpenSealing(surveyed.chosen)


def test_without_answers_the_page_of_requests_opens_and_the_dossier_waits() -> None:
    session, wanted = step(walk(ready(), PrepareSealing(CHOSEN)), SURVEYED)
    assert wanted == (ShowRequests("09ZENDA1,09ZENDA2"),)
    assert step(session, ContinueDossier())[1] == (SurveySealing(CHOSEN),)
    assert does(menu(step(session, ExportShown())[1]), "S") == PrepareSealing(CHOSEN)
    hidden = replace(session, bookmarks_view=BookmarksView("story"))  # it gives way
    assert kinds(step(hidden, SURVEYED)[1]) == [HideBookmarks, ShowRequests]


def test_on_the_page_of_requests_a_menu_says_that_some_have_no_answer() -> None:
    session = replace(ready(), page=Page(REPORTS["protect"], None))
    asked = menu(step(session, SURVEYED)[1])
    assert asked.title == "1 protection request without an answer"
    assert does(asked, "t") == PrepareSealing(TAKING)


def test_a_word_that_may_be_something_else_is_kept_or_masked_by_its_line() -> None:
    asked = menu(step(ready(), SealingSurveyed(CHOSEN, doubts=(DOUBT,)))[1])
    first, line = asked.items
    assert first.does == PrepareSealing(replace(CHOSEN, doubts_seen=True))
    assert line.does == KeepName(DOUBT.key, kept=True, then=PrepareSealing(CHOSEN))
    assert "Islam in 09ZENDA2: 41 places" in line.detail


def test_without_a_dossier_nothing_goes_on() -> None:
    assert "No dossier has been started. Press E in the list," in said(
        step(ready(), ContinueDossier())[1]
    )


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
    failed = step(session, ExportFinished("no", failed=True))[0]
    assert failed.of_tool(OpenSealing).chosen is not None
    assert step(session, ExportFinished("1 written"))[0].of_tool(OpenSealing).chosen is None


REVEALED = replace(SEALING, reveal=True)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    return sealed(tmp_path, REVEALED)[1]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library.sqlite", author="ben")) as found:
        yield found


def test_bookmarks_that_a_reader_does_not_have_are_offered(dossier: Path, library: Library) -> None:
    offer = the(effects.AskMenu, said_of(dossier, library))
    assert offer.title == "Verifiable dossier: Lamps"
    assert does(offer, "t") == TakeMarks()
    assert isinstance(TakeMarks(), LibraryWrite), "as any others"
    fits = "Matches its own checksum; its own date is 2009-02-13 23:31:30 UTC"
    assert offer.note.startswith(f"{fits}; checksum ")
    has = "It contains 4 bookmarks that you do not have, in the list Pelham's lamps."
    assert offer.note.endswith(has)


def test_what_is_there_is_not_offered_again(
    dossier: Path, library: Library, tmp_path: Path
) -> None:
    archive = open_archive(dossier, tmp_path / "cache")
    services = Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))
    with closing(archive):
        told = [the(LibraryChanged, done(services, TakeMarks())).sentence for _ in range(2)]
    assert told == ["4 bookmarks imported", "0 bookmarks imported, 4 already present"]
    named = [[(mark.name, mark.note) for mark in marks] for marks in (library.marks(), MARKS[:-1])]
    assert named[0] == named[1]
    said = the(effects.Notify, said_of(dossier, library))
    assert said.sentence.startswith("Lamps: Matches its own checksum")


def _turn_a_bit(dossier: Path) -> None:
    data = bytearray(dossier.read_bytes())
    data[50] ^= 1
    dossier.write_bytes(data)


def _reseal(dossier: Path) -> None:
    """So that it contradicts itself."""
    resealed(dossier, replaced("marks.json", "Was it Pelham", "Was it Hale"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_turn_a_bit, "CHANGED since it was made"),
        (_reseal, "matches its own checksum, but CONTRADICTS ITSELF: "),
    ],
)
def test_a_changed_dossier_is_said_to_be_so_and_offers_nothing(
    dossier: Path, library: Library, change: Callable[[Path], None], told: str
) -> None:
    change(dossier)
    found = the(effects.Notify, said_of(dossier, library))
    assert found.severity == "error"
    assert f"dossier.zip: {told}" in found.sentence


def test_of_a_large_dossier_only_the_bytes_are_compared_before_it_is_shown(
    dossier: Path, library: Library
) -> None:
    """Opening it must not take long; what is taken from it is compared in any case."""
    offer = the(effects.AskMenu, said_of(dossier, library, most=100))
    assert "; `cable-tui verify` compares its contents. It contains " in offer.note
    _reseal(dossier)
    with pytest.raises(LibraryError, match="CONTRADICTS ITSELF"):
        marks_of(dossier)


def test_nothing_is_said_of_other_archives(library: Library, tmp_path: Path) -> None:
    assert list(said_of(tmp_path, library)) == []
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert list(said_of(tmp_path / "a.txt", library)) == []


HOSTILE = "[/x] [deleted XXXXX] \x1b]0;owned\x07"
STORY = DossierSelection("story", "the list story", list="story")
MASKING = replace(STORY, masks=(HOSTILE,))
UNANSWERED = SealingSurveyed(MASKING, ("09ZENDA1",), 3)
WAITS = effects.Notify("The dossier is waiting; press E to continue.")
OFFER = marks_menu(HOSTILE, f"Unchanged {HOSTILE}", 3, (HOSTILE,))
STAYS = effects.Notify("Its bookmarks stay in the dossier.")


@pytest.mark.parametrize(("asked", "does"), [(OFFER, STAYS), (unanswered_menu(UNANSWERED), WAITS)])
async def test_enter_picks_the_first_line(asked: effects.AskMenu, does: object) -> None:
    assert await ended(lambda: Menu(asked.title, asked.items, asked.note), "enter") == [does]


@pytest.mark.parametrize(
    ("asked", "key", "wanted"),
    [
        (export_menu(STORY, ready().with_tool(OpenSealing(STORY))), "S", PrepareSealing(STORY)),
        (sealed_menu(STORY), "w", PrepareSealing(STORY)),
        (
            sealed_menu(STORY),
            "P",
            PrepareSealing(replace(STORY, texts="paragraphs", protected=True)),
        ),
        (unanswered_menu(UNANSWERED), "t", PrepareSealing(replace(MASKING, take_proposed=True))),
        (unanswered_menu(UNANSWERED), "f", PrepareSealing(STORY, forget=True)),
        (OFFER, "t", TakeMarks()),
    ],
)
def test_a_line_does_what_it_says(asked: effects.AskMenu, key: str, wanted: object) -> None:
    assert does(asked, key) == wanted


def test_a_line_may_ask_for_words_or_for_a_file() -> None:
    masked = replace(MASKING, masks=(HOSTILE, "Tern"))
    words = does(unanswered_menu(UNANSWERED), "m")
    assert words.typed("Tern") == PrepareSealing(masked)
    plain = ExportSelection("story", "the list story", list="story")
    assert does(export_menu(plain, ready()), "s") == sealed_menu(STORY)
    searches = does(room._log_menu(STORY, "3 searches"), "l").named("x.zip")
    assert searches == ExportFileNamed(replace(STORY, log=True), SEALED, "x.zip")


@pytest.mark.parametrize(
    ("chosen", "which"),
    [
        (
            replace(STORY, list=None),
            "the bookmarks and notes on these cables, including private ones",
        ),
        (STORY, f"the bookmarks and notes of {STORY.label}"),
        (replace(STORY, list="", label="all bookmarks"), "all bookmarks and notes"),
    ],
)
def test_what_a_dossier_shows_to_others_is_said_before(
    chosen: DossierSelection, which: str
) -> None:
    wanted = f"Anyone with the file can read {which}."
    assert sealed_menu(chosen).note == wanted


def test_the_page_of_requests_has_a_key_that_goes_on() -> None:
    report = REPORTS["protect"].report
    page = Page(REPORTS["protect"], None)
    (going,) = (each for each in row_and_page_keys(report) if each.key == "E")
    assert isinstance(going, PageKey)
    assert going.does(page) == ContinueDossier()
