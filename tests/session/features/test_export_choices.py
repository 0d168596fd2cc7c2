"""Exports as a value: what is written, under which name, and that nothing is written over."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.base.value import replace
from cable_tui.library import Library, Mark, bundles
from cable_tui.query import parse
from cable_tui.query.answers import Hits
from cable_tui.session import effects
from cable_tui.session.feature_state import (
    BookmarkEntry,
    BookmarksView,
    ExportJob,
    ExportSelection,
)
from cable_tui.session.features.bookmarks_screen import BookmarksRead, OpenBookmarks
from cable_tui.session.features.export_choices import (
    MARKS_FORM,
    ExportFileNamed,
    ExportFinished,
    ExportProgressed,
    ExportShown,
    StopExport,
    WriteExport,
)
from cable_tui.session.features.file_to_write import DeliverFile
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.step import step
from tests.session import does, done, menu, ready, said, the, walk
from tests.session.exported import of_cables, written

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
    begun = replace(ready(), hits=Hits((10, 20), 160))
    session, wanted = step(begun, ExportShown())
    assert session == begun
    assert said(wanted) == "The list is still being read: press E again in a moment."
    assert "nothing to export" in said(step(ready(ids=()), ExportShown())[1])


def test_cables_of_a_query_are_written_in_their_order(services: Services, tmp_path: Path) -> None:
    ids = services.archive.search(parse("origin:amber")).ids
    file = tmp_path / "amber.jsonl"
    *_, finished = written(services, of_cables(ids, "jsonl", file))
    assert finished == ExportFinished(f"{len(ids)} written to {file}")
    rows = {row.id: row.reference_id for row in services.archive.rows(ids)}
    lines = file.read_text("utf-8").splitlines()
    assert [json.loads(line)["reference_id"] for line in lines] == [rows[each] for each in ids]


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
    assert "already exists" in menu(written(services, named)).note


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


@pytest.mark.parametrize("in_browser", [False, True])
def test_a_stopped_export_leaves_nothing_and_gives_nothing_to_the_browser(
    services: Services, tmp_path: Path, in_browser: bool
) -> None:
    services.in_browser = in_browser
    before = sorted(tmp_path.rglob("*"))
    assert written(services, of_cables([1, 2], "csv", tmp_path / "story"), wanted=False) == []
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
