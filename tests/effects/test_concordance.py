"""What the pages of words get from an archive, in pieces that can be stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.effects import concordance
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.source_criticism.concordance import (
    ConcordanceFailed,
    ConcordanceRead,
    ReadConcordance,
    SortConcordance,
)
from cable_tui.session.features.source_criticism.curves import CountCurves, CurvesCounted
from cable_tui.session.word_views import ConcordanceView
from tests.archive.fiction import Fiction, build_index, opened, write_dump

POTS = ("red", "old", "new", "big")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("words")
    cables = [
        Fiction(
            id=f"09RABAT{at}", subject="x", tags="PGOV, KSEA", text=f"A {pot} lamp stood there."
        )
        for at, pot in enumerate(POTS, 1)
    ]
    write_dump(folder / "cables.csv", cables)
    return opened(folder / "cables.csv", folder / "cache")


def _done(archive: Archive, effect: Effect) -> list[Action]:
    services: Any = Services.__new__(Services)
    services.archive = archive
    return list(perform(services, effect, lambda: False))


def _words(actions: list[Action]) -> list[str]:
    read = [each for each in actions if isinstance(each, ConcordanceRead)]
    lines = read[-1].lines if read[-1].whole else [line for each in read for line in each.lines]
    return [line.left.split()[-1] for line in lines]


def test_lines_are_read_and_the_last_report_says_that_it_is_the_last(archive: Archive) -> None:
    actions = _done(archive, ReadConcordance(1, "lamp", "date"))
    assert sorted(_words(actions)) == sorted(POTS)
    last = actions[-1]
    assert isinstance(last, ConcordanceRead)
    assert (last.done, last.cables, last.total) == (True, 4, 4)


def test_sorted_ones_take_the_place_of_those_before(archive: Archive) -> None:
    assert _words(_done(archive, ReadConcordance(1, "lamp", "left"))) == sorted(POTS)


def test_lines_that_are_there_are_sorted_without_reading(archive: Archive) -> None:
    read = _done(archive, ReadConcordance(1, "lamp", "date"))
    lines = tuple(line for each in read if isinstance(each, ConcordanceRead) for line in each.lines)
    view = ConcordanceView(1, "lamp", "left", lines, 4, 4, "a note")
    (made,) = _done(archive, SortConcordance(2, view))
    assert isinstance(made, ConcordanceRead)
    assert (_words([made]), made.note, made.done) == (sorted(POTS), "a note", True)


def test_no_more_lines_than_a_page_has(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concordance, "MOST_LINES", 2)
    actions = _done(archive, ReadConcordance(1, "lamp", "date"))
    assert len(_words(actions)) == 2
    assert isinstance(actions[-1], ConcordanceRead)
    assert "the first 2 lines" in actions[-1].note


def test_cables_with_the_words_elsewhere_are_counted(archive: Archive) -> None:
    (read,) = _done(archive, ReadConcordance(1, "ksea", "date"))
    assert isinstance(read, ConcordanceRead)
    assert read.note == "4 cables more: in header, TAGS or references only"


def test_a_file_that_changed_is_named(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [Fiction()])
    archive = opened(tmp_path / "cables.csv", tmp_path / "cache")
    file = tmp_path / "cables.csv"
    file.write_bytes(file.read_bytes().replace(b"pier", b"moon"))
    (read,) = _done(archive, ReadConcordance(1, "lamps", "date"))
    assert isinstance(read, ConcordanceRead)
    assert "1 text could not be read" in read.note


def test_an_unknown_list_is_said(archive: Archive) -> None:
    archive.own = lambda: __import__("cable_tui.query.reader_data", fromlist=["x"]).NOTHING
    (failed,) = _done(archive, ReadConcordance(1, "lamp list:none", "date"))
    assert isinstance(failed, ConcordanceFailed)


def test_a_reading_that_was_stopped_says_no_more(archive: Archive) -> None:
    services: Any = Services.__new__(Services)
    services.archive = archive
    assert list(perform(services, ReadConcordance(1, "lamp", "date"), lambda: True)) == []


def test_curves_are_counted_with_what_is_to_be_said(archive: Archive) -> None:
    (counted,) = _done(archive, CountCurves(7, ("red lamp", "lampp"), "post"))
    assert isinstance(counted, CurvesCounted)
    assert counted.ticket == 7
    assert [each.count for each in counted.found.curves] == [1, 4]
    assert counted.note == 'no "lampp"; searched for lamp'


def test_another_word_than_the_typed_one_is_named(archive: Archive) -> None:
    last = _done(archive, ReadConcordance(1, "lampp", "date"))[-1]
    assert isinstance(last, ConcordanceRead)
    assert last.note == 'no "lampp"; searched for lamp'
    last = _done(archive, ReadConcordance(1, "zzzzqq", "date"))[-1]
    assert isinstance(last, ConcordanceRead)
    assert (last.lines, last.note) == ((), 'no "zzzzqq"')


def test_texts_that_are_not_yet_indexed_are_said(tmp_path: Path) -> None:
    write_dump(tmp_path / "cables.csv", [Fiction()])
    build_index(tmp_path / "cables.csv", tmp_path / "cache", passes=("facts", "grammar"))
    archive = open_archive(tmp_path / "cables.csv", tmp_path / "cache", readonly=True)
    last = _done(archive, ReadConcordance(1, "lamps", "date"))[-1]
    assert isinstance(last, ConcordanceRead)
    assert "not every text is indexed yet" in last.note
