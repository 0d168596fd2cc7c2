"""A look: texts counted, unread ones named, answers told, and when a room is due to see more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.errors import UsageError
from cable_tui.reports import look as module
from cable_tui.reports.look import Look
from cable_tui.tally import Tally
from tests.archive.fiction import Fiction, build_index, opened, write_dump


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    cables = [Fiction(id=f"09RABAT{at}", text=f"Lamp {at} burned.") for at in range(1, 5)]
    write_dump(tmp_path / "cables.csv", cables)
    return opened(tmp_path / "cables.csv", tmp_path / "cache")


def look(archive: Archive, *, in_room: bool = True) -> Look:
    return Look(archive, None, Path("library.db"), in_room=in_room)


def test_texts_are_counted_and_what_cannot_be_read_is_named(archive: Archive) -> None:
    archive.root.write_bytes(archive.root.read_bytes().replace(b"Lamp 3", b"Moth 3"))
    it, seen = look(archive), []
    it.watched = lambda read, _: seen.append(read)
    assert [text.task.cable for text in it.texts([1, 2, 3, 4])] == [1, 2, 4]
    assert (it.tally.read, it.tally.unread) == (4, 1)
    assert it.tally.problem
    assert seen == [1, 2, 3, 4]
    assert it.tally.sentences[-1].startswith("1 text could not be read: ")


def test_another_word_than_the_typed_one_is_told(archive: Archive) -> None:
    it = look(archive)
    told: list[Any] = []
    it.answered = told.append
    assert it.search("lampp").count == 4
    assert it.tally.notes == ('no "lampp"; searched for lamp, lamps',)
    assert [str(hits.query) for hits in told] == ["lampp"]
    it.search("lampp")
    assert len(it.tally.notes) == 1, "said once"
    it = look(archive, in_room=False)
    it.search("lampp")
    assert it.tally == Tally(), "a command says that itself"


def test_a_query_that_names_what_is_not_there_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="none"):
        look(archive).search("lamp list:none")


def test_texts_that_are_not_yet_indexed_are_told(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [Fiction()])
    build_index(tmp_path / "cables.csv", tmp_path / "cache", passes=("facts", "grammar"))
    it = look(open_archive(tmp_path / "cables.csv", tmp_path / "cache", readonly=True))
    it.search("lamps")
    assert it.tally.notes[-1:] == ("not every text is indexed yet: more may come",)


def test_a_room_is_due_less_and_less_often_and_a_command_never(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    it, command = look(archive), look(archive, in_room=False)
    due = []
    for tenth in range(60):
        now[0] = tenth / 10
        if it.is_due():
            due.append(tenth)
        assert not command.is_due()
    assert due == [3, 9, 21, 45]
