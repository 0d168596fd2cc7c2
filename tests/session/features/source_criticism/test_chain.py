"""The chain in the room: opened, followed and come back to, marked, copied, written."""

from __future__ import annotations

import pytest

from cable_tui.exports.chain.story import Chain
from cable_tui.session import effects
from cable_tui.session.feature_state import Target
from cable_tui.session.features import index_status, panes
from cable_tui.session.features.bookmarks import SetMark, SetMarks
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.features.source_criticism.chain import (
    AskChainFormat,
    AskHole,
    BookmarkEntries,
    ChainFailed,
    ChainFileNamed,
    ChainRead,
    ChangeDepth,
    CloseChain,
    CopyChain,
    CopyEntries,
    ExportChain,
    FollowEntry,
    ListChain,
    ListCiting,
    MarkEntry,
    OpenChain,
    ReadChain,
    ReadChainAnew,
    ReadSentences,
    ShowChainPage,
    WriteChain,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.exports.chain.sample import FIRST, HOLE, LAST
from tests.session import kinds, reading_session, ready, said, walk

FOUND = Chain(
    "09ZENDA7", 1, (HOLE, replace(FIRST, id=10), replace(LAST, id=20)), beyond=3
)  # the ids of the session's list


def _open(chain: Chain = FOUND) -> Session:
    session = walk(reading_session(), OpenChain())
    return walk(session, ChainRead(session.chain.ticket, chain))


def test_the_page_opens_at_once_and_the_chain_follows() -> None:
    session, wanted = step(reading_session(), OpenChain())
    assert wanted == (ShowChainPage(), ReadChain(1, 10, None))
    assert (session.chain.shown, session.chain.chain) == (True, None)
    session = walk(session, ChainRead(1, FOUND))
    assert (session.chain.chain, session.chain.reading) == (FOUND, False)


def test_it_begins_at_the_row_under_the_cursor_where_no_cable_is_read() -> None:
    session = walk(reading_session(), panes.Focus("list"))
    assert step(replace(session, at=1), OpenChain())[1][1] == ReadChain(
        1, session.hits.ids[1], None
    )


def test_without_a_cable_nothing_opens() -> None:
    empty = replace(ready(), hits=replace(ready().hits, ids=()))
    session, wanted = step(empty, OpenChain())
    assert (session, kinds(wanted)) == (empty, [effects.Notify])


def test_an_answer_to_an_older_question_is_dropped() -> None:
    session = _open()
    assert walk(session, ChainRead(0, replace(FOUND, depth=9))) == session
    assert walk(session, ChainFailed(0, "gone")) == session


def test_a_failure_closes_the_page_only_where_it_shows_nothing() -> None:
    session, wanted = step(walk(reading_session(), OpenChain()), ChainFailed(1, "It is gone."))
    assert not session.chain.shown
    assert said(wanted) == "It is gone."
    assert walk(_open(), ChainFailed(1, "It is gone.")).chain.shown


def test_a_step_more_is_read_while_what_is_there_stays() -> None:
    session, wanted = step(_open(), ChangeDepth(1))
    assert wanted == (ReadChain(2, 10, 2, FOUND),)
    assert session.chain.chain == FOUND


@pytest.mark.parametrize(
    ("chain", "by", "words"),
    [
        (replace(FOUND, beyond=0), 1, "No more is joined."),
        (replace(FOUND, beyond=0, cut=True), 1, "than a chain may have"),
        (FOUND, -1, "One step is the least."),
    ],
)
def test_where_there_is_no_step_that_is_said(chain: Chain, by: int, words: str) -> None:
    session, wanted = step(_open(chain), ChangeDepth(by))
    assert words in said(wanted)
    assert session == _open(chain)


def test_enter_opens_a_cable_at_its_paragraph_and_back_comes_to_the_chain() -> None:
    session, wanted = step(_open(), FollowEntry("09ZENDA9", "4", 7))
    assert wanted == (effects.Stop("chain"), effects.ReadCable(20))
    assert (session.landing.paragraph, session.chain.shown) == ("4", False)
    session, wanted = step(session, opened_cable.GoBack())
    assert ShowChainPage() in wanted
    assert (session.chain.shown, session.chain.at, session.chain.chain) == (True, 7, FOUND)
    assert session.pane == "body"


def test_sentences_that_were_not_yet_read_are_read_on_coming_back() -> None:
    half = replace(FOUND, entries=(HOLE, FOUND.entries[1], replace(FOUND.entries[2], read=False)))
    session = walk(_open(half), FollowEntry("09ZENDA9", None, 7))
    session, wanted = step(session, opened_cable.GoBack())
    assert wanted[-1] == ReadSentences(session.chain.ticket, half)


def test_a_hole_offers_what_can_be_done() -> None:
    session, wanted = step(_open(), FollowEntry("08STATE120", None, 3))
    assert wanted == (AskHole("08STATE120"),)
    session, wanted = step(session, ListCiting("08STATE120"))
    assert session.text.strip() == "cites:08STATE120 sort:created"
    assert (session.pane, session.chain.shown) == ("list", False)
    assert walk(session, opened_cable.GoBack()).chain.at == 3


def test_the_chain_is_a_query_that_one_comes_back_from() -> None:
    session = walk(_open(), ListChain(5))
    assert session.text.strip() == "chain:09ZENDA7 sort:created"
    assert session.pane == "list"
    session = walk(session, opened_cable.GoBack())
    assert (session.pane, session.chain.shown, session.chain.at) == ("body", True, 5)


def test_closing_stops_the_reading() -> None:
    session, wanted = step(_open(), CloseChain())
    assert (session.chain.shown, wanted) == (False, (effects.Stop("chain"),))


def test_a_mark_is_one_of_the_room() -> None:
    session = walk(_open(), MarkEntry("09ZENDA9"))
    assert session.selection.ids == {20}
    assert walk(session, MarkEntry("09ZENDA9")).selection.ids == frozenset()
    _, wanted = step(session, MarkEntry("08STATE120"))
    assert "not in this archive" in said(wanted)


def test_marked_cables_are_copied_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, ("08STATE120",)),)
    session = walk(session, MarkEntry("09ZENDA9"), MarkEntry("09ZENDA7"))
    chosen = ("09ZENDA7", "09ZENDA9")
    assert step(session, CopyEntries("08STATE120"))[1] == (CopyChain(FOUND, chosen),)


def test_marked_cables_are_bookmarked_or_else_the_one_under_the_cursor() -> None:
    session = _open()
    assert step(session, BookmarkEntries("09ZENDA9"))[1] == (SetMark(Target(20)),)
    assert "not in this archive" in said(step(session, BookmarkEntries("08STATE120"))[1])
    session = walk(session, MarkEntry("09ZENDA9"), MarkEntry("09ZENDA7"))
    wanted = step(session, BookmarkEntries("09ZENDA9"))[1]
    assert wanted == (SetMarks((Target(10), Target(20))),)


def test_all_of_it_or_the_marked_cables_are_written() -> None:
    session = _open()
    assert step(session, ExportChain())[1] == (AskChainFormat("the chain of 09ZENDA7"),)
    named = ChainFileNamed("gexf", "chain.gexf")
    assert step(session, named)[1] == (WriteChain(FOUND, named),)
    session = walk(session, MarkEntry("09ZENDA7"))
    assert step(session, ExportChain())[1] == (AskChainFormat("1 marked cable of the chain"),)
    (write,) = step(session, named)[1]
    assert isinstance(write, WriteChain)
    assert [each.canonical_id for each in write.chain.entries] == ["08STATE120", "09ZENDA7"]


def test_nothing_is_done_with_a_chain_that_is_not_there_yet() -> None:
    session = walk(reading_session(), OpenChain())
    for action in (ExportChain(), ListChain(), ChangeDepth(1), CopyEntries("X")):
        assert step(session, action)[0] == session


def test_an_open_chain_is_read_again_when_indexing_ends() -> None:
    session = _open()
    session, wanted = step(session, index_status.IndexProgressed(None))
    assert wanted == (ReadChain(2, 10, 1, FOUND),)
    assert session.chain.chain == FOUND  # until then
    left = walk(_open(), CloseChain())
    assert step(left, index_status.IndexProgressed(None))[1] == ()
    assert step(reading_session(), index_status.IndexProgressed(None))[1] == ()


def test_a_key_reads_it_again() -> None:
    assert step(_open(), ReadChainAnew())[1] == (ReadChain(2, 10, 1, FOUND),)
    assert step(walk(reading_session(), OpenChain()), ReadChainAnew())[1] == ()
