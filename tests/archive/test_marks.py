"""In which order a pass is handed its cables."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from cable_tui.archive import filing, open_archive, store
from cable_tui.archive.marks import Marks
from tests.archive.fiction import build, many, write_dump


@pytest.mark.parametrize(
    ("days", "handfuls"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [[6, 7], [5], [3, 4], [1, 2]]),
        ([7, 6, 5, 4, 3, 2, 1], [[1, 2], [3, 4], [5, 6], [7]]),
        ([1, 9, 2, 8, 3, 7, 6], [[2, 4], [5, 6], [7], [1, 3]]),
        ([5], [[1]]),
    ],
    ids=["oldest first", "newest first", "mixed", "one"],
)
def test_the_newest_come_first_and_then_neighbours_by_their_newest(
    tmp_path: Path, days: list[int], handfuls: list[list[int]]
) -> None:
    dump = tmp_path / "cables.csv"
    cables = zip(many(len(days)), days, strict=True)
    write_dump(dump, [replace(each, created=f"2009-02-{day:02} 09:00") for each, day in cables])
    build(dump, tmp_path / "cache", passes=("facts",))
    with closing(open_archive(dump, tmp_path / "cache")) as archive:
        db = store.open_writer(archive.folder)
        with closing(db):
            marks = Marks(db, filing.Terms(db))
            given = [[task.cable for task in some] for some in marks.pending("grammar", 2)]
    assert given == handfuls
