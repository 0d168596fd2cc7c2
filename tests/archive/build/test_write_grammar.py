"""In which order a pass is handed its cables."""

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.write_grammar import PassProgress
from cable_tui.archive.cache import cache_folder
from cable_tui.archive.catalogue import catalogue_file, facet_columns
from cable_tui.archive.catalogue.passes import Pass
from cable_tui.base.value import replace
from tests.archive.fiction import BRIDGE, LAMPS, build_index, many, write_dump


@pytest.mark.parametrize(
    ("days", "handfuls"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [[6, 7], [5], [1, 2], [3, 4]]),
        ([7, 6, 5, 4, 3, 2, 1], [[1, 2], [3, 4], [5, 6], [7]]),
        ([1, 9, 2, 8, 3, 7, 6], [[2, 4], [5, 6], [1, 3], [7]]),
        ([5], [[1]]),
    ],
    ids=["oldest first", "newest first", "mixed", "one"],
)
def test_the_newest_come_first_and_then_neighbours_from_the_newest_end(
    tmp_path: Path, days: list[int], handfuls: list[list[int]]
) -> None:
    dump = tmp_path / "cables.csv"
    cables = zip(many(len(days)), days, strict=True)
    write_dump(dump, [replace(each, created=f"2009-02-{day:02} 09:00") for each, day in cables])
    build_index(dump, tmp_path / "cache", passes=("facts",))
    with closing(open_archive(dump, tmp_path / "cache")) as archive:
        db = catalogue_file.open_writer(archive.folder)
        with closing(db):
            progress = PassProgress(db, facet_columns.Terms(db))
            given = [[task.cable for task in some] for some in progress.pending("grammar", 2)]
    assert given == handfuls


def test_a_cable_is_handed_to_the_texts_when_the_grammar_has_found_the_end_of_its_head(
    tmp_path: Path,
) -> None:
    dump = tmp_path / "cables.csv"
    write_dump(dump, [LAMPS, BRIDGE])
    earlier: tuple[Pass, ...] = ("facts", "text", "grammar")
    for name in earlier:
        assert handed_to_the_texts(dump, tmp_path / "cache") == []
        build_index(dump, tmp_path / "cache", passes=(name,))
    ends = handed_to_the_texts(dump, tmp_path / "cache")
    assert [
        each.body[:end].rsplit("\n", 1)[-1] for each, end in zip((LAMPS, BRIDGE), ends, strict=True)
    ] == ["SUBJECT: THE LIGHTHOUSE KEEPERS ASK FOR LAMPS", "REF: RABAT 0027"]


def handed_to_the_texts(dump: Path, cache: Path) -> list[int]:
    """The ends of the heads, of the cables that wait for the texts."""
    folder = cache_folder(dump, cache)
    folder.mkdir(parents=True, exist_ok=True)
    with closing(catalogue_file.open_writer(folder)) as db:
        progress = PassProgress(db, facet_columns.Terms(db))
        return [task.head_end for some in progress.pending("text", 2) for task in some]
