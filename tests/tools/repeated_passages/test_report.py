"""Echoes as a report: lines of a cable and of an archive, what Enter opens, what is listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.errors import CableTuiError, CacheError, UsageError
from cable_tui.reports.report import Look
from cable_tui.reports.table import REPORTS
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import LeaveFor, OpenPage, Say, SearchFromPage
from cable_tui.session.state import Session
from cable_tui.session.values import TOP, Landing
from cable_tui.tools.repeated_passages.answer import ArchivePassages, CableEchoes
from cable_tui.tools.repeated_passages.passages import PassageCopy, RepeatedPassage
from cable_tui.tools.repeated_passages.report import REPORT, Ask, EchoesRow, EchoLine
from cable_tui.tools.repeated_passages.wording import who_has_it
from cable_tui.tui.pages.report_page import progress
from tests.archive.fiction import archive_of, build_index
from tests.archive.source_criticism.fiction import (
    CELLAR,
    FERRY,
    KETTLES,
    STORY,
    numbered,
    own,
    story,
    with_records,
)
from tests.command_cases import Answer, ListedKeys, ReportCase
from tests.parts import ASKING, CRITICISM, GRAMMAR, READING, SEARCHING
from tests.session import ready

PAGE = Page(REPORTS["echoes"], Ask(7))
LINE = EchoLine("#3  The ferry", "place", "09RABAT1", 7, 120, ("09RABAT1", "09CAIRO3"))
CASE = ReportCase(
    shapes={"echoes": CableEchoes | ArchivePassages, "echoes-line": EchoesRow},
    name="echoes",
    asked=Ask(7),
    rows=(LINE, LINE),
    answers=(
        Answer("echoes PATH --json"),
        Answer("echoes PATH 05STATE130422 --json", 1),
        Answer("echoes PATH 05STATE130422 --jsonl", 1),
    ),
    imports={
        "echoes PATH 10QUAYHAVEN2": SEARCHING
        | READING
        | GRAMMAR
        | CRITICISM
        | {"tally"}
        | {"tools.repeated_passages"},
        "echoes PATH": ASKING
        | READING
        | GRAMMAR
        | CRITICISM
        | {"archive.columns", "tally"}
        | {"tools.repeated_passages"},
    },
    listed_keys=(
        ListedKeys(Ask(), frozenset({"t"}), frozenset({"Enter", "L"})),
        ListedKeys(Ask(7), frozenset(), frozenset({"t"})),
    ),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(archive_of(tmp_path, *STORY)) as made:
        yield made


def compare(archive: Archive) -> None:
    """Compare the sentences of the archive."""
    build_index(archive.root, archive.folder.parent, echoes=True)


def read(archive: Archive, reference: str | None, *, in_room: bool = True) -> list[EchoLine]:
    id_ = archive.find(reference) if reference else None
    look = Look(archive, Ask(id_), Path("library.db"), in_room=in_room)
    (rows,) = REPORT.read(look)
    return [*rows.rows, *(EchoLine(note, "note") for note in look.notes)]


@pytest.mark.parametrize("reference", ["09RABAT1", None])
def test_sentences_that_were_not_compared_are_an_error_with_the_way_out(
    archive: Archive, reference: str | None
) -> None:
    with pytest.raises(CacheError, match="its sentences have not been compared yet; run"):
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


def test_a_passage_of_another_record_says_which_and_opens_there(tmp_path: Path) -> None:
    with closing(with_records(tmp_path)) as made:
        whole = read(made, None)
        at = next(at for at, each in enumerate(whole) if CELLAR in each.text)
        passage, facts = whole[at : at + 2]
        first = "first in 09RABAT1  2009-01-01  Embassy Rabat · version 2"
        assert facts.text == f"        2 cables · 1 post · {first}"
        opened = REPORT.keys[0].does(PAGE, passage)
        assert opened == LeaveFor(passage.id, Landing(offset=passage.offset), record=2)
        # Its own sentence is in both of its records, and it echoes nobody.
        assert all(each.kind != "passage" for each in read(made, "09RABAT1"))


def test_a_page_that_carries_another_cables_text_says_so(tmp_path: Path) -> None:
    same = [own(3), FERRY, KETTLES]
    pages = [numbered(1, *same), numbered(2, *same, post="Embassy Tunis", says=1)]
    with closing(story(tmp_path, pages)) as made:
        near = "near-duplicate: 100% of the words are the same"
        for reference, other, whose in (
            (
                "09RABAT1",
                "09TUNIS2  2009-01-02  Embassy Tunis",
                "the other page contains this cable's",
            ),
            (
                "09TUNIS2",
                "09RABAT1  2009-01-01  Embassy Rabat",
                "this page contains the other cable's",
            ),
        ):
            lines = [each.text for each in read(made, reference)]
            assert f"    {other} · {near} · {whose} text, as its number shows" in lines
        whole = [each.text for each in read(made, None)]
        carried = "100% the same · contains the text of 09RABAT1, as its number shows"
        assert f"        09TUNIS2  2009-01-02  Embassy Tunis · {carried}" in whole


@pytest.mark.parametrize(
    ("whole", "of", "is_counted", "said"),
    [
        (2, 2, False, "in 2 other cables · 2 posts"),
        (1, 3, False, "in 1 other cable, part of it in 2 more · 2 posts"),
        (0, 1, False, "part of it in 1 other cable · 2 posts"),
        (3, 3, True, "in 80 other cables · at least 2 posts"),
        (2, 3, True, "all or part of it in 80 other cables · at least 2 posts"),
    ],
)
def test_who_has_all_of_a_passage_and_who_a_part(
    whole: int, of: int, is_counted: bool, said: str
) -> None:
    places = tuple(PassageCopy(each, 0, 9, 0) for each in range(of))
    cables = 80 if is_counted else of
    found = RepeatedPassage(
        (0, 9), (False, False), 9, "recycled", cables, whole, 2, is_counted, places, False
    )
    assert who_has_it(found) == f"recycled · {said}"


def test_copies_are_named_and_an_archive_is_told_as_a_whole(archive: Archive) -> None:
    compare(archive)
    with pytest.raises(CableTuiError):  # it is gone
        list(REPORT.read(Look(archive, Ask(999), Path("library.db"))))
    found = read(archive, "09CAIRO3")
    title, copy = (each for each in found if "ear-duplicate" in each.text)
    assert (title.text, found.index(title)) == ("Near-duplicates under another ID", 2)
    assert found.index(copy) < min(found.index(each) for each in found if each.kind == "passage")
    assert copy.reference_id == "09DOHA9"
    assert copy.group == ("09CAIRO3", "09DOHA9")
    found = read(archive, None)
    assert [each.text for each in found[:2]] == [
        "8 different sentences",
        "4 in more than one cable, 0 used by more than 5 posts",
    ]
    page = Page(REPORTS["echoes"], Ask(), tuple(found), reading=False)
    cables = [each for each in found if each.reference_id]
    assert progress(page) == f"{len(cables)} lines"  # heads, facts and blanks are none
    copies = [each for each in found if each.group == ("09CAIRO3", "09DOHA9")]
    assert [each.reference_id for each in copies[:2]] == ["09CAIRO3", "09DOHA9"]
    ferry = next(each for each in found if FERRY in each.text)
    assert set(ferry.group) == {"09RABAT1", "09CAIRO3", "09DOHA9"}


def test_the_cable_under_the_cursor_is_asked_or_the_archive() -> None:
    assert REPORT.begin(ready(at=1), "") == Ask(20)
    assert REPORT.begin(ready(), "archive") == Ask()
    with pytest.raises(UsageError, match="Open or select a cable"):
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
