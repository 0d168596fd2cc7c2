"""A concordance over the room: read in pieces, ordered, stopped, left and come back to."""

from __future__ import annotations

import pytest

from cable_tui.archive.catalogue.rows import Row
from cable_tui.archive.source_criticism.concordance_lines import Line
from cable_tui.session import effects
from cable_tui.session.features.reading import opened_cable
from cable_tui.session.features.source_criticism.concordance import (
    AskWords,
    CloseConcordance,
    ConcordanceFailed,
    ConcordanceRead,
    CopyLine,
    CopySentence,
    FollowLine,
    NextOrder,
    OpenConcordance,
    OtherWords,
    ReadConcordance,
    ShowConcordancePage,
    SortConcordance,
    WordsTyped,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.session.values import Landing
from tests.session import cable, kinds, ready, said, walk


def line(number: int, paragraph: str | None = "2", *, in_subject: bool = False) -> Line:
    name = f"09ZENDA{number}"
    row = Row(number, name, name, "2009-02-13T14:57Z", "SECRET", "Embassy Zenda", "", ())
    return Line(row, paragraph, in_subject, "the old ", "lobster", " pot", 0 if in_subject else 70)


def read(session: Session, *lines: Line, done: bool = False) -> Session:
    view = session.concordance
    action = ConcordanceRead(view.ticket, lines, len(lines), 9, done=done)
    return walk(session, action)


def test_the_words_of_the_query_are_read_and_the_page_is_there_at_once() -> None:
    session, wanted = step(ready("lobster origin:zenda "), OpenConcordance())
    ticket = session.concordance.ticket
    read_it = ReadConcordance(ticket, "lobster origin:zenda", "date")
    assert wanted == (ShowConcordancePage(), read_it)
    assert (session.concordance.shown, session.concordance.reading) == (True, True)


def test_without_words_some_are_asked_for_and_looked_for_in_the_cables_of_the_list() -> None:
    session, wanted = step(ready("origin:zenda "), OpenConcordance())
    assert kinds(wanted) == [AskWords]
    wanted = step(session, WordsTyped("lobster"))[1]
    assert isinstance(wanted[-1], ReadConcordance)
    assert wanted[-1].text == "lobster origin:zenda"


def test_an_or_of_typed_words_does_not_reach_into_the_query() -> None:
    wanted = step(ready("origin:zenda "), WordsTyped("lobster or crab"))[1]
    assert isinstance(wanted[-1], ReadConcordance)
    assert wanted[-1].text == "(lobster or crab) origin:zenda"


def test_other_words_take_the_place_of_those_on_the_page() -> None:
    session = read(walk(ready("lobster origin:zenda"), OpenConcordance()), line(10), done=True)
    (asked,) = step(session, OtherWords())[1]
    assert isinstance(asked, AskWords)
    session, wanted = step(session, WordsTyped("crab pot", asked.alone))
    assert kinds(wanted) == [ReadConcordance]
    assert (session.concordance.text, session.concordance.lines) == ("crab pot", ())


@pytest.mark.parametrize("typed", ["origin:zenda", "(lobster", '""'])
def test_what_has_no_word_is_said(typed: str) -> None:
    session, wanted = step(ready(), WordsTyped(typed))
    assert said(wanted)
    assert not session.concordance.shown


def test_lines_come_in_pieces_and_late_ones_of_another_question_are_dropped() -> None:
    session = read(walk(ready("lobster"), OpenConcordance()), line(10))
    session = read(session, line(20), done=True)
    assert [each.row.id for each in session.concordance.lines] == [10, 20]
    assert not session.concordance.reading
    late = ConcordanceRead(session.concordance.ticket - 1, (line(30),), 1, 1)
    assert walk(session, late) == session


def test_escape_first_stops_the_reading_and_then_leaves() -> None:
    session = read(walk(ready("lobster"), OpenConcordance()), line(10))
    session, wanted = step(session, CloseConcordance())
    assert wanted == (effects.Stop("concordance"),)
    assert session.concordance.shown
    assert session.concordance.note == "stopped after 1 of 9 cables"
    session, _ = step(session, CloseConcordance())
    assert not session.concordance.shown


def test_q_leaves_at_once() -> None:
    session = walk(ready("lobster"), OpenConcordance(), CloseConcordance(at_once=True))
    assert not session.concordance.shown


def test_all_lines_are_sorted_where_they_are_and_read_again_in_another_order_of_time() -> None:
    session = read(walk(ready("lobster"), OpenConcordance()), line(10), done=True)
    orders = []
    for _ in range(5):
        session, wanted = step(session, NextOrder())
        orders.append((session.concordance.order, kinds(wanted)))
        session = read(session, line(10), done=True)
    assert orders == [
        ("newest", [ReadConcordance]),
        ("post", [ReadConcordance]),
        ("left", [SortConcordance]),
        ("right", [SortConcordance]),
        ("date", [ReadConcordance]),
    ]


def test_stopped_lines_are_sorted_as_far_as_they_go() -> None:
    session = walk(ready("lobster"), OpenConcordance(), NextOrder(-1))
    session = read(session, line(10))
    assert session.concordance.order == "right"
    assert kinds(step(session, CloseConcordance())[1]) == [SortConcordance]


def test_enter_opens_the_cable_at_the_place_and_back_comes_to_the_line() -> None:
    session = walk(ready("lobster"), OpenConcordance())
    session = read(session, line(10), line(20, "3"), done=True)
    session, wanted = step(session, FollowLine(1))
    assert wanted == (effects.Stop("concordance"), effects.ReadCable(20))
    assert (session.landing, session.at) == (Landing(offset=70), 1)
    assert not session.concordance.shown
    session, wanted = step(session, opened_cable.CableShown(20, cable(20, "1", "2", "3")))
    assert effects.ScrollTo(Landing(offset=70)) in wanted
    session, wanted = step(session, opened_cable.GoBack())
    assert ShowConcordancePage() in wanted
    assert (session.concordance.at, len(session.concordance.lines)) == (1, 2)


def test_enter_while_it_is_read_stops_and_says_so_when_one_comes_back() -> None:
    session = read(walk(ready("lobster"), OpenConcordance()), line(10))
    session = walk(session, FollowLine(0), opened_cable.GoBack())
    assert session.concordance.note == "stopped after 1 of 9 cables"
    assert not session.concordance.reading


@pytest.mark.parametrize(
    ("chosen", "landing"),
    [
        (line(10, None), Landing(offset=70)),
        (line(10, None, in_subject=True), Landing()),
    ],
)
def test_a_place_outside_of_paragraphs_is_opened_at_and_a_subject_at_the_top(
    chosen: Line, landing: Landing
) -> None:
    session = read(walk(ready("lobster"), OpenConcordance()), chosen, done=True)
    assert walk(session, FollowLine(0)).landing == landing


def test_typed_words_become_the_query_of_the_cable_that_is_opened_and_back_undoes_that() -> None:
    session = walk(ready("origin:zenda"), WordsTyped("lobster"))
    session, wanted = step(read(session, line(10), done=True), FollowLine(0))
    assert session.text == "lobster origin:zenda"
    assert effects.Search in kinds(wanted)
    assert walk(session, opened_cable.GoBack()).text == "origin:zenda"


def test_what_fails_is_said_on_the_page() -> None:
    session = walk(ready("lobster"), OpenConcordance())
    session = walk(session, ConcordanceFailed(session.concordance.ticket, "The disk is gone."))
    assert session.concordance.note == "The disk is gone."
    assert not session.concordance.reading


def test_a_line_that_is_not_there_opens_nothing() -> None:
    session = walk(ready("lobster"), OpenConcordance())
    assert step(session, FollowLine(0)) == (session, ())


def test_y_copies_the_sentence_of_a_line() -> None:
    session = walk(ready("lobster"), OpenConcordance())
    session = read(session, line(10), line(20, None, in_subject=True), done=True)
    assert step(session, CopyLine(0))[1] == (CopySentence(10, 70, ""),)
    assert step(session, CopyLine(1))[1] == (CopySentence(20, None, ""),)
    assert step(session, CopyLine(2))[1] == ()
