"""Exports as a value: what is written, under which name, and that nothing is written over."""

from __future__ import annotations

import pytest

from cable_tui.library import Mark
from cable_tui.session import effects
from cable_tui.session.export_selection import ExportSelection
from cable_tui.session.feature_state import BookmarkEntry, BookmarksView, ExportJob
from cable_tui.session.features.bookmarks_screen import BookmarksRead, OpenBookmarks
from cable_tui.session.features.export import (
    AskExportFile,
    AskExportFormat,
    AskStopExport,
    Export,
    ExportFileNamed,
    ExportFinished,
    ExportProgressed,
    FileExists,
    StopExport,
    WriteExport,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Hits
from cable_tui.value import replace
from tests.session import kinds, ready, said, walk

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
    ((asked,),) = (step(session, Export())[1],)
    assert isinstance(asked, AskExportFormat)
    assert (asked.chosen.title, asked.chosen.label) == (title, told)
    assert asked.chosen.list == listed
    assert list(asked.chosen.ids) == ([] if listed is not None else list(session.hits.ids))


def test_nothing_is_no_file() -> None:
    assert "nothing to export" in said(step(ready(ids=()), Export())[1])


def test_a_name_then_the_file() -> None:
    chosen = ExportSelection("lobster", "4 cables", (10, 20))
    named = ExportFileNamed(chosen, "csv", "lobster.csv")
    session, wanted = step(ready(), named)
    assert wanted == (WriteExport(named),)
    assert session.export_job == ExportJob("4 cables", 0, 2)
    session = walk(session, ExportProgressed(ExportJob("4 cables", 1, 2)))
    assert session.export_job == ExportJob("4 cables", 1, 2)
    session, wanted = step(session, ExportFinished("2 written"))
    assert (session.export_job, said(wanted)) == (None, "2 written")


def test_a_file_that_is_there_is_asked_about() -> None:
    named = ExportFileNamed(ExportSelection("x", "x"), "csv", "x.csv")
    over = effects.AskOver("x.csv", AskExportFile(named.chosen, "csv"), replace(named, over=True))
    session, wanted = step(walk(ready(), named), FileExists(named))
    assert (session.export_job, wanted) == (None, (over,))


def test_a_second_export_asks_whether_to_stop_the_first() -> None:
    session = replace(ready(), export_job=ExportJob("4 cables", 1, 4))
    assert step(session, Export())[1] == (AskStopExport(ExportJob("4 cables", 1, 4)),)
    session, wanted = step(session, StopExport())
    assert session.export_job is None
    assert kinds(wanted) == [effects.Stop, effects.Notify]
    assert walk(session, ExportProgressed(ExportJob("4 cables", 2, 4))).export_job is None


def test_a_list_that_is_not_known_to_its_end_is_not_written_as_if_it_were_all() -> None:
    begun = replace(ready(), hits=Hits((10, 20), 160))
    session, wanted = step(begun, Export())
    assert session == begun
    assert said(wanted) == "The list is still being read: E again in a moment."
