"""Help for whoever types: completions of the last word, and earlier queries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import Jump, Session, actions, effects, step
from cable_tui.session.completing import Complete, Completed, FindCompletions, wanted
from tests.session import kinds, ready, walk

KTIP = Jump("KTIP  trafficking  204", text="lobster tag:KTIP ", completes=True)
PHUM = Jump("PHUM  human rights  190", text="lobster tag:PHUM ", completes=True)
POST = Jump("Embassy Zenda", text='origin:"Embassy Zenda"')


def _typing(text: str = "lobster tag:") -> Session:
    return walk(ready("lobster "), actions.Edit(), actions.Typed(text))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("tag:", True),
        ("lobster tag:kt", True),
        ('(origin:"Embassy Z', True),
        ("-class:s", True),
        ("ori", True),
        ("or", False),
        ("tag:KTIP ", False),
        ('origin:"Embassy Zenda"', False),
        ("09ZENDA1", False),
        ("", False),
    ],
)
def test_what_is_unfinished_is_looked_up(text: str, asks: bool) -> None:
    assert wanted(text) == ((FindCompletions(text),) if asks else ())


def test_a_prefix_without_a_value_is_looked_up_though_the_query_is_the_same() -> None:
    session = walk(ready("lobster "), actions.Edit())
    assert step(session, actions.Typed("lobster tag:"))[1] == (FindCompletions("lobster tag:"),)


def test_completions_stand_before_what_the_text_may_name() -> None:
    session = replace(_typing(), jumps=(POST,))
    session = walk(session, Completed("lobster tag:", (KTIP, PHUM)))
    assert session.jumps == (KTIP, PHUM, POST)
    session = walk(session, actions.Jumped(session.ticket, (POST,)))
    assert session.jumps == (KTIP, PHUM, POST)


def test_completions_of_another_text_are_dropped_and_leave_with_their_word() -> None:
    assert walk(_typing(), Completed("lobster", (KTIP,))).jumps == ()
    session = walk(_typing(), Completed("lobster tag:", (KTIP,)))
    assert walk(session, actions.Typed("lobster tag:KTIP ")).jumps == ()


def test_tab_takes_the_first_completion_and_the_bar_keeps_the_keys() -> None:
    session = walk(_typing(), Completed("lobster tag:", (KTIP, PHUM)))
    session, asked = step(session, Complete())
    assert (session.pane, session.text) == ("bar", "lobster tag:KTIP ")
    assert effects.Search in kinds(asked)


def test_enter_takes_the_completion_that_is_chosen() -> None:
    session = walk(_typing(), Completed("lobster tag:", (KTIP, PHUM)))
    session = walk(session, actions.Choose(1), actions.Choose(1), actions.Accept())
    assert (session.pane, session.text) == ("bar", "lobster tag:PHUM ")


def test_tab_without_a_completion_goes_to_the_next_pane() -> None:
    assert walk(_typing("lobster"), Complete()).pane == "library"


def test_up_brings_earlier_queries_and_down_comes_back() -> None:
    session = ready("")
    for text in ("herring ", "eel ", "herring "):
        session = walk(session, actions.Edit(), actions.Typed(text), actions.Accept())
    session = walk(session, actions.Edit(), actions.Choose(-1))
    assert session.text == "eel "
    assert walk(session, actions.Choose(-1)).text == "eel "
    assert walk(session, actions.Choose(1)).text == "herring "


def test_esc_after_an_earlier_query_gives_the_old_one_back() -> None:
    session = ready("")
    for text in ("herring ", "eel "):
        session = walk(session, actions.Edit(), actions.Typed(text), actions.Accept())
    session = walk(session, actions.Edit(), actions.Choose(-1), actions.GiveUp())
    assert session.text == "eel "
