"""The searches of one archive, out of the reader's log."""

from __future__ import annotations

from pathlib import Path

from cable_tui.tools.dossiers.search_log import LogSize, masked, of_archive, size
from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Entry, Log, Search, SearchedArchive


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


def test_without_a_log_or_if_it_cannot_be_read_there_is_nothing(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    assert of_archive(library, tmp_path) == Log(())
    research_log.file_beside(library).mkdir()
    assert of_archive(library, tmp_path) == Log(())


def logged(query: str) -> Entry:
    searched = SearchedArchive("cables", 3, 1, "cd" * 32)
    return Entry("2026-01-02T03:04:05Z", Search(query, 2), searched)


def test_names_are_masked_in_queries_and_in_the_name_of_an_archive() -> None:
    (entry,) = masked(
        Log((logged("old cables"),)), lambda text: text.replace("cables", "#")
    ).entries
    assert (entry.search.query, entry.searched.archive) == ("old #", "#")


def test_the_searches_that_find_none_of_the_cables_are_counted() -> None:
    asked: list[str] = []

    def finds(query: str) -> bool:
        asked.append(query)
        return "lamp" in query

    found = size(Log((logged("lamps"), logged("ropes"), logged("ropes"))), finds)
    assert found == LogSize(3, 2)
    assert found.words == "3 searches, 2 outside this list"
    assert LogSize(1, 0).words == "1 search"
    assert asked == ["lamps", "ropes"]
