"""The page of echoes as a value: opened, filled, followed, listed, left and come back to."""

from __future__ import annotations

from cable_tui.session import effects
from cable_tui.session.feature_state import EchoesView, EchoLine
from cable_tui.session.features.reading.opened_cable import GoBack
from cable_tui.session.features.source_criticism.echoes import (
    CloseEchoes,
    EchoesFailed,
    EchoesRead,
    EchoFound,
    FindEcho,
    FollowEcho,
    ListGroup,
    OpenArchiveEchoes,
    OpenEchoes,
    ReadEchoes,
    ReopenEchoes,
    ShowEchoesPage,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import kinds, ready, said, walk

LINE = EchoLine("#3  The ferry", "place", 7, 120, ("09RABAT1", "09CAIRO3"))
LINES = (EchoLine("Passages", "head"), LINE)


def opened() -> Session:
    """The page of the cable under the cursor, filled."""
    session = walk(ready(), OpenEchoes())
    return walk(session, EchoesRead(session.echoes.ticket, "Where it was", LINES))


def test_the_page_opens_at_once_and_is_then_filled() -> None:
    session, wanted = step(ready(), OpenEchoes())
    here = session.cable_here
    assert wanted == (ShowEchoesPage(), ReadEchoes(session.echoes.ticket, here))
    assert session.echoes.shown
    assert session.echoes.reading
    filled = opened().echoes
    assert (filled.title, filled.lines, filled.reading) == ("Where it was", LINES, False)


def test_without_a_cable_there_is_nothing_to_compare() -> None:
    session, wanted = step(Session(), OpenEchoes())
    assert not session.echoes.shown
    assert kinds(wanted) == [effects.Notify]


def test_the_archive_is_shown_on_the_same_page() -> None:
    session, wanted = step(opened(), OpenArchiveEchoes())
    assert wanted == (ReadEchoes(session.echoes.ticket, None),)
    assert session.echoes.lines == ()
    assert ShowEchoesPage() in step(ready(), OpenArchiveEchoes())[1]


def test_an_answer_to_an_older_question_changes_nothing() -> None:
    session = opened()
    late = EchoesRead(session.echoes.ticket - 1, "late", ())
    assert walk(session, late).echoes == session.echoes
    assert walk(session, EchoesFailed(session.echoes.ticket - 1, "late")).echoes == session.echoes


def test_a_page_that_cannot_be_filled_is_closed_with_a_sentence() -> None:
    session = walk(ready(), OpenEchoes())
    session, wanted = step(session, EchoesFailed(session.echoes.ticket, "no file"))
    assert not session.echoes.shown
    assert said(wanted) == "no file"
    session, wanted = step(opened(), EchoesFailed(opened().echoes.ticket, "no file"))
    assert session.echoes.shown


def test_a_line_opens_its_cable_at_its_paragraph_and_back_comes_to_the_page() -> None:
    session, wanted = step(opened(), FollowEcho(LINE, 1))
    assert wanted == (FindEcho(session.echoes.ticket, 7, 120),)
    session, wanted = step(session, EchoFound(session.echoes.ticket, 7, 4))
    assert effects.ReadCable(7) in wanted
    assert (session.opening, session.landing.index) == (7, 4)
    assert not session.echoes.shown
    session, wanted = step(session, GoBack())
    assert ShowEchoesPage() in wanted
    assert session.echoes.shown
    assert (session.echoes.lines, session.echoes.at) == (LINES, 1)


def test_a_heading_opens_nothing() -> None:
    assert step(opened(), FollowEcho(LINES[0], 0))[1] == ()


def test_a_place_that_is_found_after_the_page_was_left_opens_nothing() -> None:
    session = walk(opened(), FollowEcho(LINE, 1), CloseEchoes())
    assert step(session, EchoFound(session.echoes.ticket, 7, 4)) == (session, ())


def test_the_cables_of_a_line_are_listed_by_a_query() -> None:
    session, wanted = step(opened(), ListGroup(LINE, 1))
    assert session.text == "(ref:09RABAT1 or ref:09CAIRO3) sort:created"
    assert effects.Stop("echoes") in wanted
    assert (session.pane, session.echoes.shown) == ("list", False)
    assert walk(session, GoBack()).echoes.shown


def test_a_line_without_cables_lists_nothing() -> None:
    session, wanted = step(opened(), ListGroup(replace(LINE, group=()), 1))
    assert kinds(wanted) == [effects.Notify]
    assert session.echoes.shown


def test_left_while_it_is_read_it_is_read_again_where_one_comes_back() -> None:
    unread = EchoesView(1, 7)
    session, wanted = step(ready(), ReopenEchoes(unread))
    assert wanted == (ShowEchoesPage(), ReadEchoes(session.echoes.ticket, 7))


def test_leaving_stops_the_reading() -> None:
    session, wanted = step(opened(), CloseEchoes())
    assert (session.echoes.shown, wanted) == (False, (effects.Stop("echoes"),))
