"""The searches of one archive, out of the reader's log."""

from __future__ import annotations

from pathlib import Path

from cable_tui import research_log
from cable_tui.exports.sealed.search_log import masked, of_archive
from cable_tui.research_log import Log, Search, SearchedArchive


def test_only_the_searches_of_the_archive_are_taken_and_not_where_it_stands(
    tmp_path: Path,
) -> None:
    library = tmp_path / "library.sqlite"
    file = research_log.file_beside(library)
    for folder, query in (("/home/ada/cables", "lamps"), ("/home/ada/other", "ropes")):
        searched = SearchedArchive(folder, 3, 1, "cd" * 32)
        research_log.add(file, searched, [Search(query, 2)])
    (only,) = of_archive(library, Path("/home/ada/cables")).entries
    assert (only.search.query, only.searched.archive) == ("lamps", "cables")


def test_without_a_log_there_is_nothing(tmp_path: Path) -> None:
    assert of_archive(tmp_path / "library.sqlite", tmp_path) == Log(())


def test_a_log_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    research_log.file_beside(library).mkdir()
    assert of_archive(library, tmp_path) == Log(())


def test_names_are_masked_in_queries(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    searched = SearchedArchive(str(tmp_path), 3, 1, "cd" * 32)
    research_log.add(research_log.file_beside(library), searched, [Search("Pelham lamps", 2)])
    log = masked(of_archive(library, tmp_path), lambda text: text.replace("Pelham", "#"))
    assert log.entries[0].search.query == "# lamps"
