"""The research log: added to by several windows, read whatever became of it, forgotten."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.tools.research_log import log_file as research_log
from cable_tui.tools.research_log.log_file import Search, SearchedArchive
from tests.program.test_settings import UNREADABLE
from tests.tool_cases import KeptFiles

CABLES = SearchedArchive("/home/ada/cables", 40, 7, "ab" * 32)
OTHERS = CABLES._replace(archive="/home/ada/others", fingerprint="cd" * 32)
LOBSTER = Search("lobster class:secret", 3)
NOTHING = Search("kraken", 0, partial=True, way="search")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return research_log.file_beside(tmp_path / "data" / "library.sqlite")


def test_a_search_is_a_line_that_any_program_reads(file: Path) -> None:
    research_log.add(file, CABLES, [LOBSTER])
    research_log.add(file, OTHERS, [NOTHING])
    first, second = map(json.loads, file.read_text("utf-8").splitlines())
    assert first.pop("at").endswith("Z")
    assert first == {
        "query": "lobster class:secret",
        "count": 3,
        "partial": False,
        "way": "room",
        "archive": "/home/ada/cables",
        "cables": 40,
        "generation": 7,
        "fingerprint": "ab" * 32,
    }
    assert (second["query"], second["count"], second["partial"]) == ("kraken", 0, True)
    # Only its reader may read it.
    assert (file.stat().st_mode | file.parent.stat().st_mode) & 0o077 == 0


def test_a_search_of_an_older_program_says_the_or_that_it_meant(file: Path) -> None:
    both = [LOBSTER._replace(query="has:tag and has:subject")]
    research_log.add(file, CABLES, both)
    line = file.read_text("utf-8")
    file.write_text(line.replace(" and ", " ") + line, "utf-8")
    texts = [entry.search.query for entry in research_log.read(file).entries]
    assert texts == ["(has:tag or has:subject)", "has:tag and has:subject"]


def test_what_was_added_is_read_the_oldest_first(file: Path) -> None:
    assert research_log.read(file).entries == ()
    research_log.add(file, CABLES, [LOBSTER, NOTHING])
    research_log.add(file, OTHERS, [LOBSTER])
    log = research_log.read(file)
    told = [(each.search, each.searched) for each in log.entries]
    assert told == [(LOBSTER, CABLES), (NOTHING, CABLES), (LOBSTER, OTHERS)]
    assert [each.search for each in log.of(Path("/home/ada/cables")).entries] == [LOBSTER, NOTHING]


def test_a_line_that_was_cut_is_counted_and_costs_no_other(file: Path) -> None:
    research_log.add(file, CABLES, [LOBSTER])
    with file.open("ab") as stream:
        stream.write(b'{"at": "2026-11-2')
    research_log.add(file, CABLES, [NOTHING])
    log = research_log.read(file)
    assert [each.search for each in log.entries] == [LOBSTER, NOTHING]
    assert log.damaged == 1


@given(st.binary(max_size=300))
def test_whatever_stands_in_the_file_can_be_read(tmp_path_factory: object, data: bytes) -> None:
    assert isinstance(tmp_path_factory, pytest.TempPathFactory)
    file = tmp_path_factory.mktemp("log") / "research-log.jsonl"
    file.write_bytes(data)
    assert len(research_log.read(file).entries) <= data.count(b"{")


@given(st.text())
def test_every_query_comes_back_as_it_was_as_far_as_unicode_has_it(query: str) -> None:
    line = research_log._line(research_log.Entry("2026-11-26T10:00:00Z", Search(query, 1), CABLES))
    assert line.count("\n") == 1
    entry = research_log._entry(line.encode())
    assert entry is not None
    known = query.encode("utf-8", "replace").decode()
    assert entry.search.query == known[: research_log.LONGEST]


def test_several_windows_lose_nothing(file: Path) -> None:
    def write(number: int) -> None:
        for each in range(20):
            research_log.add(file, CABLES, [Search(f"{number} {each}", each)])

    windows = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    log = research_log.read(file)
    assert (len(log.entries), log.damaged) == (80, 0)


def test_an_archive_is_known_again_until_it_changes_and_forgotten_alone(file: Path) -> None:
    folder = Path(CABLES.archive)
    assert research_log.forget(file, folder) == 0
    assert research_log.known_archive(file, folder, 7) is None
    research_log.add(file, CABLES, [LOBSTER])
    research_log.add(file, OTHERS, [LOBSTER])
    assert research_log.known_archive(file, folder, 7) == CABLES
    assert research_log.known_archive(file, folder, 8) is None
    research_log.add(file, CABLES, [NOTHING])
    assert research_log.forget(file, Path(CABLES.archive)) == 2
    assert CABLES.archive not in file.read_text("utf-8")
    assert [each.searched for each in research_log.read(file).entries] == [OTHERS]


def test_the_same_search_in_a_row_is_one_run(file: Path) -> None:
    research_log.add(file, CABLES, [LOBSTER, LOBSTER, NOTHING, LOBSTER])
    found = research_log.runs(research_log.read(file).entries)
    told = [(each.search, times) for each, times in found]
    assert told == [(LOBSTER, 2), (NOTHING, 1), (LOBSTER, 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("make", [each.values[0] for each in UNREADABLE])
def test_what_is_no_small_file_tells_of_no_archive(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "log")
    assert research_log.known_archive(tmp_path / "log", tmp_path, 1) is None


def _log(file: Path) -> None:
    research_log.add(file, CABLES, [LOBSTER])
    research_log.add(file, OTHERS, [NOTHING])
    research_log.forget(file, Path(OTHERS.archive))


CASE = KeptFiles(
    {"the research log": _log}, read=(research_log.read,), beside=research_log.file_beside
)
