"""What is done with a chain on its page: marked, bookmarked, copied, written, read again."""

from __future__ import annotations

from cable_tui.exports.chain.story import Chain
from cable_tui.reports.chain import Ask
from cable_tui.reports.table import REPORTS
from cable_tui.session.feature_state import Target
from cable_tui.session.features import index_status
from cable_tui.session.features.bookmarks import SetMark, SetMarks
from cable_tui.session.features.pages import ClosePage, OpenPage, ReadPage, RowsCame
from cable_tui.session.features.source_criticism.chain import (
    AskChainFormat,
    BookmarkEntries,
    ChainFileNamed,
    CopyChain,
    CopyEntries,
    ExportChain,
    MarkEntry,
    WriteChain,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.tally import Tally
from cable_tui.value import replace
from tests.exports.chain.sample import FIRST, HOLE, LAST
from tests.session import reading_session, said, walk

OF = REPORTS["chain"]
FOUND = Chain("09ZENDA7", 1, (HOLE, replace(FIRST, id=10), replace(LAST, id=20)), beyond=3)
"""With the ids of the session's list."""
MARK = MarkEntry("09ZENDA9", 20)


def _open() -> Session:
    came = RowsCame(FOUND.entries, Tally(), whole=True, done=True, answer=FOUND)
    return walk(reading_session(), OpenPage(OF), came)


def test_a_mark_is_one_of_the_room() -> None:
    session = walk(_open(), MARK)
    assert session.selection.ids == {20}
    assert walk(session, MARK).selection.ids == frozenset()
    assert "not in this archive" in said(step(session, MarkEntry("08STATE120", None))[1])


def test_marked_cables_are_copied_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, ("08STATE120",)),)
    session = walk(session, MARK, MarkEntry("09ZENDA7", 10))
    chosen = ("09ZENDA7", "09ZENDA9")
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, chosen),)


def test_marked_cables_are_bookmarked_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, BookmarkEntries("09ZENDA9"))[1] == (SetMark(Target(20)),)
    assert "not in this archive" in said(step(session, BookmarkEntries("08STATE120"))[1])
    session = walk(session, MARK, MarkEntry("09ZENDA7", 10))
    wanted = step(session, BookmarkEntries("09ZENDA9"))[1]
    assert wanted == (SetMarks((Target(10), Target(20))),)


def test_all_of_it_or_the_marked_cables_are_written() -> None:
    session = _open()
    assert step(session, ExportChain())[1] == (AskChainFormat("the chain of 09ZENDA7"),)
    named = ChainFileNamed("gexf", "chain.gexf")
    assert step(session, named)[1] == (WriteChain(FOUND, named),)
    session = walk(session, MarkEntry("09ZENDA7", 10))
    assert step(session, ExportChain())[1] == (AskChainFormat("1 marked cable of the chain"),)
    (write,) = step(session, named)[1]
    assert isinstance(write, WriteChain)
    assert [each.canonical_id for each in write.chain.entries] == ["08STATE120", "09ZENDA7"]


def test_nothing_is_done_with_a_chain_that_is_not_there_yet() -> None:
    session = walk(reading_session(), OpenPage(OF))
    assert "still being read" in said(step(session, ExportChain())[1])
    for action in (CopyEntries("X"), BookmarkEntries("X"), ChainFileNamed("gexf", "x")):
        assert step(session, action) == (session, ())


def test_a_step_more_is_read_while_what_is_there_stays() -> None:
    session, wanted = step(_open(), OpenPage(OF, Ask(10, 2)))
    assert wanted == (ReadPage(OF, Ask(10, 2), FOUND),)
    assert session.page is not None
    assert (session.page.rows, session.page.answer) == (FOUND.entries, FOUND)


def test_an_open_chain_is_read_again_when_indexing_ends() -> None:
    session, wanted = step(_open(), index_status.IndexProgressed(None))
    assert wanted == (ReadPage(OF, Ask(10), FOUND),)
    assert session.page is not None
    assert session.page.answer == FOUND  # until then
    left = walk(_open(), ClosePage(at_once=True))
    for other in (left, reading_session()):
        assert not any(
            isinstance(each, ReadPage)
            for each in step(other, index_status.IndexProgressed(None))[1]
        )
