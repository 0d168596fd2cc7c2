"""Exports as a value: what is written, under which name, and that nothing is written over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.library import Mark
from cable_tui.session import Session, effects, step
from cable_tui.session.exporting import (
    AskFile,
    AskFormat,
    AskOver,
    AskStop,
    Chosen,
    Export,
    FileNamed,
    FileThere,
    Finished,
    FormatChosen,
    Job,
    StopExport,
    StopWriting,
    WriteFile,
    Written,
)
from cable_tui.session.shelf import Entry, OpenShelf, Shelf, ShelfRead
from tests.session import kinds, ready, said, walk

ENTRY = Entry(Mark("09ZENDA1", "09ZENDA1", "3", id=7))


def _shelf(name: str) -> Session:
    return walk(ready(), OpenShelf(name), ShelfRead(Shelf(name, entries=(ENTRY,))))


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
    assert isinstance(asked, AskFormat)
    assert (asked.chosen.title, asked.chosen.told) == (title, told)
    assert asked.chosen.list == listed
    assert list(asked.chosen.ids) == ([] if listed is not None else list(session.hits.ids))


def test_nothing_is_no_file() -> None:
    assert "nothing to export" in said(step(ready(ids=()), Export())[1])


def test_a_form_then_a_name_then_the_file() -> None:
    chosen = Chosen("lobster", "4 cables", (10, 20))
    session, wanted = step(ready(), FormatChosen(chosen, "csv"))
    assert wanted == (AskFile(chosen, "csv"),)
    named = FileNamed(chosen, "csv", "lobster.csv")
    session, wanted = step(session, named)
    assert wanted == (WriteFile(named),)
    assert session.job == Job("4 cables", 0, 2)
    session = walk(session, Written(Job("4 cables", 1, 2)))
    assert session.job == Job("4 cables", 1, 2)
    session, wanted = step(session, Finished("2 written"))
    assert (session.job, said(wanted)) == (None, "2 written")


def test_a_file_that_is_there_is_asked_about() -> None:
    named = FileNamed(Chosen("x", "x"), "csv", "x.csv")
    session, wanted = step(walk(ready(), named), FileThere(named))
    assert (session.job, wanted) == (None, (AskOver(named),))


def test_a_second_export_asks_whether_to_stop_the_first() -> None:
    session = replace(ready(), job=Job("4 cables", 1, 4))
    assert step(session, Export())[1] == (AskStop(Job("4 cables", 1, 4)),)
    session, wanted = step(session, StopExport())
    assert session.job is None
    assert kinds(wanted) == [StopWriting, effects.Notify]
    assert walk(session, Written(Job("4 cables", 2, 4))).job is None
