"""Ways to somewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import Action, actions, effects, step
from cable_tui.session.going import (
    Ask,
    AskFor,
    AskTheme,
    AskWhere,
    BringPage,
    ChooseTheme,
    GoBack,
    ListPlaces,
    ListSaved,
    SetTheme,
    ShowPage,
    ShowPlaces,
    ShowSaved,
    TakeTheme,
    Typed,
)
from cable_tui.session.notebook import Notebook
from tests.session import reading, ready, said, walk


def test_a_paragraph_is_asked_for_where_a_cable_is_open() -> None:
    assert "No cable is open" in said(step(ready(), AskFor("paragraph"))[1])
    assert step(reading(20), AskFor("paragraph"))[1] == (AskWhere("paragraph"),)


@pytest.mark.parametrize("given", ["3", " ¶3 "])
def test_a_paragraph_of_the_open_cable_is_gone_to(given: str) -> None:
    wanted = step(reading(20), Typed("paragraph", given))[1]
    assert wanted == (effects.Resolve("09ZENDA20", "3"),)


@pytest.mark.parametrize(
    ("text", "given", "query"),
    [
        ("lobster ", "2009", "lobster date:2009"),
        ("lobster date:2008 ", "2008-03..2009", "lobster date:2008-03..2009"),
    ],
)
def test_a_date_takes_the_place_of_the_dates_before(text: str, given: str, query: str) -> None:
    assert walk(ready(text), Typed("date", given)).text.strip() == query


def test_what_is_no_date_is_said_and_changes_nothing() -> None:
    session, wanted = step(ready("lobster "), Typed("date", "yesterday"))
    assert session.text == "lobster "
    assert "no date" in said(wanted)


def test_a_query_of_a_menu_can_be_come_back_from() -> None:
    session = walk(reading(20), Ask("is:noted"))
    assert (session.text.strip(), session.pane) == ("is:noted", "list")
    assert walk(session, actions.Back()).text == ""


def test_earlier_places_are_listed_and_gone_to_at_once() -> None:
    session = ready("")
    for text in ("herring", "eel", "kelp"):
        session = walk(session, Ask(text))
    (listed,) = step(session, ShowPlaces())[1]
    assert isinstance(listed, ListPlaces)
    assert [place.text.strip() for place in listed.places] == ["eel", "herring", ""]
    assert walk(session, GoBack(2)).text.strip() == "herring"


@pytest.mark.parametrize(
    ("action", "words"),
    [(ShowPlaces(), "no earlier place"), (ShowSaved(), "No search is saved")],
)
def test_nothing_to_list_is_said(action: Action, words: str) -> None:
    assert words in said(step(ready(), action)[1])


@pytest.mark.parametrize(
    ("action", "effect"),
    [
        (ShowPage("notices"), BringPage("notices")),
        (ChooseTheme(), AskTheme()),
        (TakeTheme("nord"), SetTheme("nord")),
        (ShowSaved(), ListSaved((("catch", "herring"),))),
    ],
)
def test_what_the_outside_knows_is_asked_of_it(action: Action, effect: object) -> None:
    session = replace(ready(), notebook=Notebook(searches=(("catch", "herring"),)))
    assert step(session, action)[1] == (effect,)
