"""Exports as a value: what is written, under which name, and that nothing is written over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.base.cable import Cable
from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation
from cable_tui.exports.lists import FORMATS, ListFormat
from cable_tui.exports.lists import SEALED as FORM
from cable_tui.library import Library, Mark, bundles, mark_of
from cable_tui.program.clipboard import Clipboard
from cable_tui.query import parse
from cable_tui.reports.table import REPORTS
from cable_tui.session import effects
from cable_tui.session.feature_state import (
    BookmarkEntry,
    BookmarksView,
    ExportJob,
    ExportSelection,
    OpenSealing,
    Page,
)
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.bookmarks_screen import BookmarksRead, HideBookmarks, OpenBookmarks
from cable_tui.session.features.export import (
    MARKS_FORM,
    SEALED,
    ContinueDossier,
    ExportFileNamed,
    ExportFinished,
    ExportProgressed,
    ExportShown,
    PrepareSealing,
    SealingSurveyed,
    StopExport,
    SurveySealing,
    TakeMarks,
    WriteExport,
    said_of,
)
from cable_tui.session.features.files import DeliverFile
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import perform, step
from cable_tui.session.values import Action, FoundHits, LibraryWrite
from cable_tui.tools.dossiers.checking import check, marks_of
from cable_tui.tools.protection import answers
from cable_tui.tools.protection.places import Place
from cable_tui.tools.protection.review import reviewed
from cable_tui.tools.protection.room import KeepName, ShowRequests
from cable_tui.tools.protection.survey import AskingName, DoubtfulName
from cable_tui.tools.research_log import log_file as research_log
from tests.session import does, done, kinds, menu, ready, said, the, walk
from tests.tools.dossiers.reseal import replaced, resealed
from tests.tools.dossiers.sample import MARKS, SEALING, sealed

ENTRY = BookmarkEntry(Mark("09ZENDA1", "09ZENDA1", "3", id=7))


def _shelf(name: str) -> Session:
    return walk(ready(), OpenBookmarks(name), BookmarksRead(BookmarksView(name, entries=(ENTRY,))))


@pytest.mark.parametrize(
    ("session", "title", "told", "listed"),
    [
        (ready("lobster "), "lobster", "4 cables of this query", None),
        (ready(ids=(10,)), "cables", "all 1 cable", None),
        (_shelf("harbour"), "harbour", "the list harbour", "harbour"),
        (_shelf(""), "bookmarks", "all bookmarks", ""),
    ],
    ids=["query", "everything", "list", "bookmarks"],
)
def test_what_is_shown_is_what_is_written(
    session: Session, title: str, told: str, listed: str | None
) -> None:
    chosen = does(menu(step(session, ExportShown())[1]), "c").named("x.csv").chosen
    assert (chosen.title, chosen.label) == (title, told)
    assert chosen.list == listed
    assert list(chosen.ids) == ([] if listed is not None else list(session.hits.ids))


def test_a_name_then_the_file() -> None:
    chosen = ExportSelection("lobster", "4 cables", (10, 20))
    named = ExportFileNamed(chosen, "csv", "lobster.csv")
    session, (write,) = step(ready(), named)
    assert isinstance(write, WriteExport)
    assert (write.file, write.over) == ("lobster.csv", False)
    session = walk(session, ExportProgressed(ExportJob("4 cables", 1, 2)))
    assert session.export_job == ExportJob("4 cables", 1, 2)
    session, wanted = step(session, ExportFinished("2 written"))
    assert (session.export_job, said(wanted)) == (None, "2 written")


def test_a_second_export_asks_whether_to_stop_the_first() -> None:
    session = replace(ready(), export_job=ExportJob("4 cables", 1, 4))
    assert does(menu(step(session, ExportShown())[1]), "s") == StopExport()
    session, wanted = step(session, StopExport())
    assert session.export_job is None
    assert effects.Stop(WriteExport.latest) in wanted


def test_a_list_that_is_not_known_to_its_end_is_not_written_as_if_it_were_all() -> None:
    begun = replace(ready(), hits=FoundHits((10, 20), 160))
    session, wanted = step(begun, ExportShown())
    assert session == begun
    assert said(wanted) == "The list is still being read: E again in a moment."
    assert "nothing to export" in said(step(ready(ids=()), ExportShown())[1])


def of_cables(ids: Sequence[int], form: str, file: Path) -> ExportFileNamed:
    return ExportFileNamed(ExportSelection("amber", "amber", ids), form, str(file))


def written(services: Services, named: ExportFileNamed, *, wanted: bool = True) -> list[Action]:
    """What is reported of an export, its first progress apart."""
    (write, *_) = step(ready(), named)[1]
    first = ExportProgressed(ExportJob(named.chosen.label, 0, len(named.chosen.ids)))
    return [each for each in perform(services, write, lambda: not wanted) if each != first]


def test_cables_of_a_query_are_written_in_their_order(services: Services, tmp_path: Path) -> None:
    ids = services.archive.search(parse("origin:amber")).ids
    file = tmp_path / "amber.jsonl"
    *_, finished = written(services, of_cables(ids, "jsonl", file))
    assert finished == ExportFinished(f"{len(ids)} written to {file}")
    rows = {row.id: row.reference_id for row in services.archive.rows(ids)}
    lines = file.read_text("utf-8").splitlines()
    assert [json.loads(line)["reference_id"] for line in lines] == [rows[each] for each in ids]


def test_a_format_of_bytes_is_written_as_it_is(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(citations: Iterable[Citation], title: str) -> Iterator[bytes]:
        yield b"\xff\x00" + title.encode()
        for _ in citations:
            yield b"\r\n"

    monkeypatch.setitem(
        FORMATS, "packed", ListFormat("packed", "a zip", "z", "zip", write, binary=True)
    )
    services.library.add(Mark("04PORTAMBER305", "04PORTAMBER305", lists=("harbour",)))
    chosen = ExportSelection("harbour", "the list harbour", list="harbour")
    file = tmp_path / "harbour.zip"
    *_, finished = written(services, ExportFileNamed(chosen, "packed", str(file)))
    assert finished == ExportFinished(f"1 written to {file}")
    assert file.read_bytes() == b"\xff\x00harbour\r\n"


def test_a_list_is_written_with_its_notes_and_says_what_is_missing(
    services: Services, tmp_path: Path
) -> None:
    for name in ("04PORTAMBER305", "09NOWHERE1"):
        services.library.add(Mark(name, name, note="why here?", lists=("harbour",)))
    chosen = ExportSelection("harbour", "the list harbour", list="harbour")
    file = tmp_path / "harbour.md"
    *_, finished = written(services, ExportFileNamed(chosen, "markdown", str(file)))
    assert finished == ExportFinished(
        f"1 written to {file}; 1 missing: 09NOWHERE1 is not in this archive", failed=True
    )
    assert "why here?" in file.read_text("utf-8")


@pytest.mark.parametrize(("name", "notes"), [("harbour", ["one", "two"]), ("", ["", "one", "two"])])
def test_bookmarks_are_written_so_that_another_library_takes_them_in(
    services: Services, tmp_path: Path, name: str, notes: list[str]
) -> None:
    services.library.add(Mark("09NOWHERE1", "09NOWHERE1"))
    for note in ("one", "two"):
        mark = Mark("04PORTAMBER305", "04PORTAMBER305", note, note=note, lists=("harbour",))
        services.library.add(mark)
    file = tmp_path / "harbour.json"
    chosen = ExportSelection("harbour", "the list", list=name)
    named = ExportFileNamed(chosen, MARKS_FORM, str(file))
    assert written(services, named) == [ExportFinished(f"{len(notes)} written to {file}")]
    with closing(Library(tmp_path / "elsewhere" / "library.sqlite")) as library:
        library.import_bundle(bundles.loads(bundles.read(file), file.name))
        assert [mark.note for mark in library.marks()] == notes
        assert [mark.note for mark in library.lists.marks("harbour")] == ["one", "two"]
    assert "is there already" in menu(written(services, named)).note


def test_a_query_is_written_with_the_notes_of_its_cables(
    services: Services, tmp_path: Path
) -> None:
    for place in (None, "1"):
        mark = Mark("04PORTAMBER305", "04PORTAMBER305", place, note=f"why {place}?")
        services.library.add(mark)
    ids = services.archive.search(parse("origin:amber")).ids
    file = tmp_path / "amber.md"
    *_, finished = written(services, of_cables(ids, "markdown", file))
    assert finished == ExportFinished(f"{len(ids)} written to {file}")
    text = file.read_text("utf-8")
    assert "why None?" in text.partition(". 04PORTAMBER305 · ")[2]
    assert "why 1?" in text.partition(". 04PORTAMBER305 ¶1 · ")[2]


def test_a_file_is_replaced_only_when_that_was_agreed(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "story.csv"
    file.write_text("mine", "utf-8")
    named = of_cables([1], "csv", file)
    asked = menu(written(services, named))
    assert file.read_text("utf-8") == "mine"
    assert does(asked, "n").named("y.csv") == replace(named, file="y.csv")
    done(services, does(asked, "r"))
    assert file.read_text("utf-8").startswith("reference_id,")


@pytest.mark.parametrize("form", ["csv", SEALED])
@pytest.mark.parametrize("in_browser", [False, True])
def test_a_stopped_export_leaves_nothing_and_gives_nothing_to_the_browser(
    services: Services, tmp_path: Path, form: str, in_browser: bool
) -> None:
    services.in_browser = in_browser
    before = sorted(tmp_path.rglob("*"))
    assert written(services, of_cables([1, 2], form, tmp_path / "story"), wanted=False) == []
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_is_not_there_is_said(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "no" / "story.csv"
    finished = the(ExportFinished, written(services, of_cables([1], "csv", file)))
    assert finished.failed
    assert str(file) in finished.sentence


def test_the_requests_of_the_cables_are_counted_once(services: Services, tmp_path: Path) -> None:
    ids = services.archive.search(parse("")).ids
    told = written(services, of_cables(ids, "text", tmp_path / "all.txt"))
    (warned,) = [each for each in told if isinstance(each, effects.Notify)]
    assert warned.severity == "warning"
    assert "protect" in warned.sentence


@pytest.mark.parametrize("form", ["csv", MARKS_FORM])
def test_a_reader_in_a_browser_gets_a_stream_and_writes_no_file(
    services: Services, tmp_path: Path, form: str
) -> None:
    services.library.add(Mark("04PORTAMBER305", "04PORTAMBER305", note="why here?"))
    services.in_browser = True
    before = sorted(tmp_path.rglob("*"))
    chosen = ExportSelection("bookmarks", "all bookmarks", list="")
    file = tmp_path / "mine.out"
    finished, delivered = written(services, ExportFileNamed(chosen, form, str(file)))
    assert finished == ExportFinished("1 sent to the browser as mine.out")
    assert isinstance(delivered, DeliverFile)
    with delivered.stream as stream:
        stream.seek(0)
        content = stream.read().decode("utf-8")
    assert delivered.name == "mine.out"
    assert "why here?" in content
    assert str(services.archive.root) not in content
    assert sorted(tmp_path.rglob("*")) == before


def answer_nobody(services: Services, cable: Cable) -> None:
    """Say of each request of a cable that it names nobody."""
    asked = reviewed(cable, answers.NO_ANSWERS)

    def edit(before: answers.Answers) -> answers.Answers:
        for each in asked:
            before = before.with_request(each.key, ())
        return before

    answers.change(answers.file_beside(services.library.path), edit)


def marked_story(services: Services) -> ExportSelection:
    """A list of a paragraph whose cable asks to protect workers: a reader says it names nobody."""
    cable = services.archive.cable(services.archive.find("07SANTORIEL45") or 0)
    (paragraph,) = (each for each in cable.body.paragraphs if each.label == "4")
    services.library.add(replace(mark_of(cable, paragraph, note="which?"), lists=("story",)))
    answer_nobody(services, cable)
    masks = ("Helena Farquhar",)
    return ExportSelection("story", "the list story", list="story", texts="paragraphs", masks=masks)


def test_a_sealed_dossier_is_as_it_was_asked_for(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "story.zip"
    done = written(services, ExportFileNamed(marked_story(services), SEALED, str(file)))
    masked, finished = [each for each in done if not isinstance(each, ExportProgressed)]
    assert masked == effects.Notify(
        "1 name masked at 1 place; 1 protection request answered by a reader, 1 names nobody."
    )
    seal = hashlib.sha256(file.read_bytes()[:-64]).hexdigest()
    assert finished == ExportFinished(f"1 written to {file}; its seal is sha256 {seal}")
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


def test_cables_are_sealed_with_their_bookmarks_and_no_list(
    services: Services, tmp_path: Path
) -> None:
    marked_story(services)
    ids = (services.archive.find("07SANTORIEL45") or 0,)
    file = tmp_path / "cables.zip"
    written(services, of_cables(ids, SEALED, file))
    bundle = marks_of(file)
    assert (len(bundle.marks), bundle.lists) == (1, {})


def surveyed(services: Services, chosen: ExportSelection) -> SealingSurveyed:
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
    assert surveyed(services, chosen).searches == "5 searches, 3 not of this list"
    for wanted, part in ((True, "included"), (False, "left out"), (None, "left out")):
        file = tmp_path / f"{part}{wanted}.zip"
        written(services, ExportFileNamed(replace(chosen, log=wanted), SEALED, str(file)))
        made = check(file).manifest
        assert made is not None
        assert made.log == part


def test_a_survey_that_is_stopped_answers_nothing(services: Services) -> None:
    effect = SurveySealing(marked_story(services))
    assert list(perform(services, effect, lambda: True)) == []


def test_without_an_answer_nothing_is_written_unless_proposals_are_taken(
    services: Services, tmp_path: Path
) -> None:
    file = tmp_path / "story.zip"
    chosen = marked_story(services)
    answers.file_beside(services.library.path).unlink()
    finished = the(ExportFinished, written(services, ExportFileNamed(chosen, SEALED, str(file))))
    assert (finished.failed, file.exists()) == (True, False)
    asked = "1 protection request, 1 without an answer: 07SANTORIEL45"
    assert finished.sentence.startswith(asked)
    taken = replace(chosen, take_proposed=True)
    told = written(services, ExportFileNamed(taken, SEALED, str(file)))
    assert "1 protection request answered by nobody" in said(told)


def test_a_file_whose_name_has_a_masked_name_is_told(services: Services, tmp_path: Path) -> None:
    file = tmp_path / "farquhar2.zip"
    said = written(services, ExportFileNamed(marked_story(services), SEALED, str(file)))
    warned = "The name of the file contains a masked name: choose another."
    assert effects.Notify(warned, "warning") in said


CHOSEN = ExportSelection("story", "the list story", (), "story")


def test_the_cables_are_looked_through_first_which_can_be_stopped() -> None:
    assert SEALED == FORM, "as the exports name it"
    session, wanted = step(ready(), PrepareSealing(CHOSEN))
    assert wanted == (SurveySealing(CHOSEN),)
    assert session.export_job == ExportJob("the list story", 0, 0, "Looking through")
    assert effects.Stop(SurveySealing.latest) in step(session, StopExport())[1]


NAME = AskingName("Islam", "09ZENDA1", "09ZENDA1", Place("ab" * 32, 0, 5))
DOUBT = DoubtfulName(NAME, "09ZENDA2", "09ZENDA2", 41, "the laws of Islam", kept=False)
SURVEYED = SealingSurveyed(CHOSEN, ("09ZENDA1", "09ZENDA2"), 1, searches="3 searches")
TAKING = replace(CHOSEN, take_proposed=True)
LOGGED = replace(CHOSEN, log=False)


@pytest.mark.parametrize(
    ("surveyed", "asked"),
    [
        (replace(SURVEYED, chosen=TAKING), "Include the searches of your log?"),
        (replace(SURVEYED, unanswered=0), "Include the searches of your log?"),
        (SealingSurveyed(CHOSEN, doubts=(DOUBT,)), "Masked, though it may be something else"),
        (SealingSurveyed(LOGGED, searches="3 searches"), LOGGED),
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
        file = the(effects.AskFile, wanted)
        assert file.named("x.zip") == ExportFileNamed(asked, SEALED, "x.zip")
    assert session.sealing == OpenSealing(surveyed.chosen)


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
    assert "No dossier waits" in said(step(ready(), ContinueDossier())[1])


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
    fits = (
        "Fits its own seal; when it was sealed is what it says of itself: 2009-02-13 23:31:30 UTC"
    )
    assert offer.note.startswith(f"{fits}; seal ")
    has = "It has 4 bookmarks that you do not have, in the list Pelham's lamps."
    assert offer.note.endswith(has)


def test_what_is_there_is_not_offered_again(
    dossier: Path, library: Library, tmp_path: Path
) -> None:
    archive = open_archive(dossier, tmp_path / "cache")
    services = Services(archive, library, Clipboard(tmp_path / "clipboard.txt", environ={}))
    with closing(archive):
        told = [the(LibraryChanged, done(services, TakeMarks())).sentence for _ in range(2)]
    assert told == ["4 bookmarks taken in", "0 bookmarks taken in, 4 were here"]
    named = [[(mark.name, mark.note) for mark in marks] for marks in (library.marks(), MARKS[:-1])]
    assert named[0] == named[1]
    said = the(effects.Notify, said_of(dossier, library))
    assert said.sentence.startswith("Lamps: Fits its own seal")


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
        (_turn_a_bit, "CHANGED since it was sealed"),
        (_reseal, "fits its own seal, but CONTRADICTS ITSELF: "),
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
    assert "; `cable-tui verify` compares its contents. It has " in offer.note
    _reseal(dossier)
    with pytest.raises(LibraryError, match="CONTRADICTS ITSELF"):
        marks_of(dossier)


def test_nothing_is_said_of_other_archives(library: Library, tmp_path: Path) -> None:
    assert list(said_of(tmp_path, library)) == []
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert list(said_of(tmp_path / "a.txt", library)) == []
