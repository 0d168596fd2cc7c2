"""Commits of the texts go on beside the reading; nothing is lost, whatever comes between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build import text_pass
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.schema import TextIndexError
from cable_tui.archive.fulltext.text_index import TextIndex
from cable_tui.archive.fulltext.writer import IndexWriter
from cable_tui.archive.records.read import Parsed
from cable_tui.base.value import replace
from cable_tui.query import parse
from cable_tui.query.plan import AnyWord
from tests.archive.fiction import (
    LAMPS,
    archive_of,
    build_index,
    many,
    opened,
    write_dump,
    write_page,
)

CABLES = 40
ONE_BY_ONE = Pace(report_every=0.0, task_cables=1, first_commit=2, commit=5, most_waiting=4)
"""Cables go into the index one by one, with a commit every few."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dump."""
    write_dump(tmp_path / "cables" / "cables.csv", many(CABLES))
    build_index(tmp_path / "cables", tmp_path / "cache", passes=("facts", "grammar"))
    return tmp_path


def found(folder: Path) -> tuple[int, int]:
    """Cables that the index finds, and cables that are marked as findable."""
    with closing(open_archive(folder / "cables", folder / "cache")) as archive:
        held = TextIndex(archive.folder / text_schema.FOLDER)
        return held.count(AnyWord(("lamps",))), archive.summary().stages["text"][0]


def slowly(monkeypatch: pytest.MonkeyPatch, wait: Callable[[], object]) -> None:
    """Let every commit wait for something before it begins."""
    commit = IndexWriter.commit

    def waiting(writer: IndexWriter, generation: int) -> None:
        wait()
        commit(writer, generation)

    monkeypatch.setattr(IndexWriter, "commit", waiting)


def test_what_is_read_while_a_commit_is_on_its_way_comes_in_behind_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_wait = threading.Event()
    take = text_pass.TextPass.take

    def taking(adding: text_pass.TextPass, batch: list[Parsed]) -> None:
        take(adding, batch)
        if adding._adding._waiting.qsize() == 3:
            some_wait.set()

    monkeypatch.setattr(text_pass.TextPass, "take", taking)
    slowly(monkeypatch, some_wait.wait)
    build_index(folder / "cables", folder / "cache", passes=("text",), pace=ONE_BY_ONE)
    assert found(folder) == (CABLES, CABLES)


def test_a_run_that_is_left_while_a_commit_is_on_its_way_marks_what_it_committed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, left = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        left.wait()

    slowly(monkeypatch, wait)
    run = index(folder / "cables", folder / "cache", passes=("text",), workers=0, pace=ONE_BY_ONE)
    next(report for report in run if report.stage == "text" and report.done == 4)
    begun.wait()
    left.set()
    run.close()  # type: ignore[attr-defined]
    assert found(folder) == (2, 2)
    build_index(folder / "cables", folder / "cache", pace=ONE_BY_ONE)
    assert found(folder) == (CABLES, CABLES)


def test_a_commit_that_fails_ends_the_run_and_the_next_one_begins_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        raise TextIndexError("no room")

    with monkeypatch.context() as patch:
        slowly(patch, failing)
        with pytest.raises(TextIndexError, match="no room"):
            build_index(folder / "cables", folder / "cache", passes=("text",), pace=ONE_BY_ONE)
    build_index(folder / "cables", folder / "cache", pace=ONE_BY_ONE)
    assert found(folder) == (CABLES, CABLES)


def test_the_index_is_given_entries_with_what_the_catalogue_says(folder: Path) -> None:
    build_index(folder / "cables", folder / "cache", pace=ONE_BY_ONE)
    with closing(open_archive(folder / "cables", folder / "cache")) as archive:
        held = TextIndex(archive.folder / text_schema.FOLDER)
        assert held.count(AnyWord(("letter",))) == CABLES, "of the subject"
        assert held.count(AnyWord(("morocco",))) == CABLES, "of the meaning of a TAG"
        assert held.count(AnyWord(("7",))) == 1, "a number"


GARBLED = replace(LAMPS, text="Marlowe,s men called him the &lord of lamps8 of the pier.")


@pytest.mark.parametrize(
    ("query", "lit"),
    [
        ("+lamps8", ["lamps8"]),
        ('"lord of lamps"', ["lord of lamps"]),
        ('"lamps of the pier"', ["lamps8 of the pier"]),
        ("Marlowe’s", ["Marlowe,s"]),
        ("Marlowe,s", ["Marlowe,s"]),
    ],
)
def test_what_the_telegraph_garbled_is_found_by_both_readings(
    tmp_path: Path, query: str, lit: list[str]
) -> None:
    with closing(archive_of(tmp_path, GARBLED)) as archive:
        hits = archive.search(parse(query))
        assert list(hits.ids) == [archive.find("09RABAT27")]
        assert [
            GARBLED.text[start:end] for start, end in hits.highlights.spans(GARBLED.text)
        ] == lit


@pytest.mark.parametrize(("query", "count"), [("pelham", 1), ('"ada pelham"', 1), ("7654321", 0)])
def test_no_page_line_of_another_record_is_found_with_what_it_says_more(
    tmp_path: Path, query: str, count: int
) -> None:
    """The page line is among the words that are new, and within a name."""
    said = "The keepers met on the pier and asked Ada\nRABAT 07654321  002 OF 003\nPelham for it."
    write_page(tmp_path / "cables" / "b", replace(LAMPS, text=f"{LAMPS.text} They left at dusk."))
    write_page(tmp_path / "cables" / "a", replace(LAMPS, text=f"{said} XXXXXXXXXXXX"))
    with closing(opened(tmp_path / "cables", tmp_path / "cache")) as archive:
        assert "Pelham" not in archive.cable(1).body.text
        assert archive.search(parse(query)).count == count
