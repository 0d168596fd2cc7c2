"""Echoes as a report: lines of a cable and of an archive, what Enter opens, what is listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.build.indexer import index
from cable_tui.errors import CableTuiError, CacheError, UsageError
from cable_tui.reports.echoes import REPORT, Ask, EchoLine
from cable_tui.reports.look import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.features.pages import LeaveFor, OpenPage, Say, SearchFromPage
from cable_tui.session.pages import Page
from cable_tui.session.state import Session
from cable_tui.session.values import TOP, Landing
from tests.archive.fiction import write_dump
from tests.archive.source_criticism.fiction import FERRY, STORY, build
from tests.session import ready

PAGE = Page(REPORTS["echoes"], Ask(7))
LINE = EchoLine("#3  The ferry", "place", "09RABAT1", 7, 120, ("09RABAT1", "09CAIRO3"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    write_dump(folder / "cables.csv", STORY)
    for _ in index(folder, cache, workers=0):
        pass
    with closing(open_archive(folder, cache)) as made:
        yield made


def compare(archive: Archive) -> None:
    """Compare the sentences of the archive."""
    build(archive.root, archive.folder.parent)


def read(archive: Archive, reference: str | None, *, in_room: bool = True) -> list[EchoLine]:
    id_ = archive.find(reference) if reference else None
    look = Look(archive, Ask(id_), Path("library.db"), in_room=in_room)
    (rows,) = REPORT.read(look)
    return [*rows.rows, *(EchoLine(note, "note") for note in look.notes)]


@pytest.mark.parametrize("reference", ["09RABAT1", None])
def test_sentences_that_were_not_compared_are_an_error_with_the_way_out(
    archive: Archive, reference: str | None
) -> None:
    with pytest.raises(CacheError, match="were not compared; `cable-tui index` does"):
        read(archive, reference)


def test_a_passage_has_its_cables_below_it_and_all_can_be_listed(archive: Archive) -> None:
    compare(archive)
    found = read(archive, "09RABAT1")
    at = next(at for at, each in enumerate(found) if FERRY in each.text)
    head, facts, *places = found[at : at + 4]
    assert (head.kind, head.reference_id) == ("passage", "09RABAT1")
    assert facts.text == "    recycled · in 2 other cables · 3 posts · first here"
    assert [each.reference_id for each in places] == ["09CAIRO3", "09DOHA9"]
    assert {each.group for each in (head, *places)} == {("09RABAT1", "09CAIRO3", "09DOHA9")}
    assert {REPORT.group(each) for each in (head, facts, *places)} == {head.passage}
    assert [REPORT.can_stop(each) for each in (head, facts, *places)] == [True, False, True, True]
    for each in (head, *places):
        assert FERRY in archive.cable(each.id).body.text[each.offset :][: len(FERRY) + 9]


def test_copies_are_named_and_an_archive_is_told_as_a_whole(archive: Archive) -> None:
    compare(archive)
    with pytest.raises(CableTuiError):  # it is gone
        list(REPORT.read(Look(archive, Ask(999), Path("library.db"))))
    copy = next(each for each in read(archive, "09CAIRO3") if "nearly the same text" in each.text)
    assert (copy.reference_id, copy.group) == ("09DOHA9", ("09CAIRO3", "09DOHA9"))
    found = read(archive, None)
    assert found[0].text.startswith("8 different sentences; 4 are in more than one cable")
    copies = [each for each in found if each.group == ("09CAIRO3", "09DOHA9")]
    assert [each.reference_id for each in copies[:2]] == ["09CAIRO3", "09DOHA9"]
    ferry = next(each for each in found if FERRY in each.text)
    assert set(ferry.group) == {"09RABAT1", "09CAIRO3", "09DOHA9"}


def test_the_cable_under_the_cursor_is_asked_or_the_archive() -> None:
    assert REPORT.begin(ready(at=1), "") == Ask(20)
    assert REPORT.begin(ready(), "archive") == Ask()
    with pytest.raises(UsageError, match="no cable here"):
        REPORT.begin(Session(), "")


def test_enter_opens_the_cable_at_its_passage_and_a_cable_without_one_at_the_top() -> None:
    opens, lists = REPORT.keys
    assert opens.does(PAGE, LINE) == LeaveFor(7, Landing(offset=120))
    assert opens.does(PAGE, LINE._replace(offset=0)) == LeaveFor(7, TOP)
    assert lists.does(PAGE, LINE) == SearchFromPage("(ref:09RABAT1 or ref:09CAIRO3) sort:created")
    assert isinstance(lists.does(PAGE, LINE._replace(group=())), Say)
    assert REPORT.page_keys[0].does(PAGE) == OpenPage(PAGE.of, Ask())


def test_a_line_is_no_markup_and_is_cut_at_its_cells() -> None:
    hostile = EchoLine("[red]XX[/red] \x1b]0;owned\x07" + "x" * 99, "passage")
    (text, _), *more = REPORT.pieces(hostile, 40)
    assert (len(text), more, "[red]XX" in text, "\x1b" in text) == (40, [], True, False)
