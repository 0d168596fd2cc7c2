"""No file holds up the others: PDFs that hang, beside pages and PDFs that do not."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.archive.build.pace import Pace
from cable_tui.base.index_state import Progress
from cable_tui.base.value import replace
from cable_tui.formats import pdf
from cable_tui.formats.pdf import PdfReader
from tests.archive.fiction import BRIDGE, GOATS, LAMPS, Fiction, build_index, write_page
from tests.formats.tables.test_sqlite_process import with_pages_exchanged
from tests.formats.written_pdf import pdf_of

HANGS = """
import time
from cable_tui.formats.child_answers import answer_requests
from cable_tui.formats.pdf_process import _answer, load
load()
answer_requests(lambda data: time.sleep(600) if b"HANG" in data else _answer(data))
"""
"""Reads PDFs, but for ever if one says so."""
STORY = [LAMPS, BRIDGE, GOATS]
HASTE = Pace(briefly=0.2, more_briefly=0.1)


@pytest.fixture(autouse=True)
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    made = PdfReader((sys.executable, "-c", HANGS), longest=0.4)
    monkeypatch.setattr(pdf, "reader", lambda: made)
    yield
    made.close()


@pytest.fixture
def folder(folder: Path) -> Path:
    """Pages after PDFs that hang, as names go."""
    (folder / "a").mkdir()
    for number in range(4):
        (folder / "a" / f"{number}.pdf").write_bytes(pdf_of([f"HANG {number}"]))
    for cable in STORY:
        write_page(folder / "b", cable)
    return folder


def telegram(place: Path, cable: Fiction) -> None:
    text = f"{cable.header}\n{cable.body}".replace("0027", "0028").replace("000027", "000028")
    (place / "telegram.pdf").write_bytes(pdf_of([text]))


def reasons(folder: Path, cache: Path) -> list[str]:
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        assert archive.account().adds_up
        return [problem.reason.partition(":")[0] for problem in archive.problems()]


def searchable(reports: list[Progress]) -> list[tuple[str, int]]:
    """What was reported before the first problem."""
    return [(report.stage, report.done) for report in reports if not report.problems]


LATE = "a PDF that takes more than 0.4 seconds"
LEFT = "skipped"


def test_pages_have_their_words_before_a_slow_file_is_given_up(
    folder: Path, tmp_path: Path
) -> None:
    reports = list(index(folder, tmp_path / "cache", workers=0, pace=HASTE))
    assert ("text", len(STORY)) in searchable(reports)
    assert all(report.cables == len(STORY) for report in reports if report.problems)
    assert reports[-1].stage == "done"
    assert reasons(folder, tmp_path / "cache") == [LATE] * 4


def test_a_quick_pdf_among_slow_ones_waits_for_none_of_them_to_be_given_up(
    folder: Path, tmp_path: Path
) -> None:
    for number in range(1, 4):
        (folder / "a" / f"{number}.pdf").unlink()
    telegram(folder / "a", LAMPS)
    pace = replace(HASTE, briefly=2.0)
    reports = list(index(folder, tmp_path / "cache", workers=0, pace=pace))
    assert [report.cables for report in reports if not report.problems][-1] == len(STORY) + 1


def test_slow_files_share_a_budget_and_those_left_out_say_what_to_do(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    pace = replace(HASTE, most_lost=0.3)
    build_index(folder, cache, pace=pace)
    assert reasons(folder, cache) == [LATE, LEFT, LEFT, LEFT]
    with closing(open_archive(folder, cache, readonly=True)) as archive:
        assert "cable-tui index PATH --retry" in archive.problems()[-1].reason
    # What is left out holds up no later run either ...
    asked: list[bytes] = []
    monkeypatch.setattr(PdfReader, "text", lambda _self, data: asked.append(data))
    assert list(index(folder, cache, workers=0, pace=pace))[-1].problems == 4
    assert asked == []
    monkeypatch.undo()


def test_whoever_asks_for_it_has_all_of_them_read(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build_index(folder, cache, pace=replace(HASTE, most_lost=0.0))
    assert reasons(folder, cache) == [LEFT] * 4
    last = list(index(folder, cache, retry=True, workers=0, pace=HASTE))[-1]
    assert reasons(folder, cache) == [LATE] * 4
    assert (last.added, last.changed, last.removed) == (0, 0, 0)


def test_a_pdf_under_another_name_waits_for_its_turn(folder: Path, tmp_path: Path) -> None:
    for number, path in enumerate((folder / "a").glob("*.pdf")):
        path.rename(folder / "a" / f"{number}.html")
    reports = list(index(folder, tmp_path / "cache", workers=0, pace=HASTE))
    assert ("text", len(STORY)) in searchable(reports)
    assert reasons(folder, tmp_path / "cache") == [LATE] * 4


def test_a_database_with_a_slow_view_is_read_in_the_last_turn_and_every_row_once(
    tmp_path: Path,
) -> None:
    """Its first rows were sent in the turn before, and are not taken for other records."""
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write_page(folder, LAMPS)
    slow = "instr(printf('%.*c', 15000000, 'a'), printf('%.*c', 7000000, 'a') || 'b')"
    with closing(sqlite3.connect(folder / "a.db")) as db, db:
        db.execute("CREATE TABLE fact (refid, date, w)")
        rows = ((f"09LIMA{at}", "2009-02-13", at) for at in range(1, 40))
        db.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)
        view = f"SELECT refid, date, CASE WHEN w < 30 THEN 'one' ELSE {slow} END AS body FROM fact"
        db.execute("CREATE VIEW good AS SELECT refid, date, w AS body FROM fact WHERE w > 20")
        db.execute(f"CREATE VIEW slow AS {view}")
    for again in (False, True):
        reports = list(index(folder, cache, retry=again, workers=0, pace=HASTE))
        assert reports[-1].cables == 20
        with closing(open_archive(folder, cache, readonly=True)) as archive:
            account = archive.account()
            assert account.adds_up
            assert account.records.further == 0
            (problem,) = archive.problems()
            assert problem.reason.startswith("not read: slow: it takes more than")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A folder with a page, and a database of which two pages are exchanged."""
    folder = tmp_path / "cables"
    write_page(folder, LAMPS)
    path = folder / "a.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE cable (refid, date, body)")
        rows = ((f"09LIMA{at}", "2009-02-13", f"UNCLAS LIMA {at} " * 40) for at in range(1, 61))
        db.executemany("INSERT INTO cable VALUES (?, ?, ?)", rows)
    with_pages_exchanged(path, 3, 5)
    return folder


DAMAGED = "the database is damaged (Tree 2 page 2 cell"


def test_a_database_is_checked_when_all_cables_can_be_searched(
    database: Path, tmp_path: Path
) -> None:
    reports = list(index(database, tmp_path / "cache", workers=0, pace=HASTE))
    stages = {report.stage for report in reports if report.cables == 61 and not report.problems}
    assert "text" in stages
    (reason,) = reasons(database, tmp_path / "cache")
    assert reason.startswith(DAMAGED)
    # A file that has not changed is neither read nor checked again.
    assert list(index(database, tmp_path / "cache", workers=0, pace=HASTE))[-1].problems == 1
    with closing(open_archive(database, tmp_path / "cache", readonly=True)) as archive:
        assert archive.account().adds_up


def test_a_run_that_ends_before_the_check_leaves_it_to_the_next(
    database: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    for report in index(database, cache, workers=0, pace=HASTE):
        if report.stage == "text" and report.cables == 61:
            break
    assert reasons(database, cache) == []
    last = list(index(database, cache, workers=0, pace=HASTE))[-1]
    assert [reason.startswith(DAMAGED) for reason in reasons(database, cache)] == [True]
    assert (last.added, last.removed) == (0, 0)
