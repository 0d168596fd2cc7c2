"""What events say of an archive is erased with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.library import erase_archive
from tests.library import bookmark
from tests.tools.sharing.readers import Reader


def words(reader: Reader, table: str, column: str) -> str:
    with reader.sharing._writing() as store:
        return str(store.run(f"SELECT {column} FROM {table}").fetchall())


@pytest.mark.parametrize("marks", [False, True])
def test_earlier_events_lose_what_they_say_of_cables_of_the_archive(
    tmp_path: Path, marks: bool
) -> None:
    mara = Reader(tmp_path, "mara")
    mara.library.put([bookmark(1, note="earlier"), bookmark(2, note="of another")], "story")
    mara.sharing.take()
    mara.library.note(mara.library.marks()[0], "later")
    mara.sharing.take()
    before = mara.told()
    with mara.sharing._writing() as store:
        store.connection.create_function("in_archive", 1, lambda cable: cable == "09POST1")
        erase_archive.erase_events(store.connection, marks=marks)
    told = mara.told()
    assert [each._replace(value=None) for each in told] == [
        each._replace(value=None) for each in before
    ]
    own = words(mara, "own_event", "event")
    assert "earlier" not in own
    assert ("later" in own) != marks
    assert ("later" in words(mara, "standing", "value")) != marks
    assert "of another" in own
