"""Ways to somewhere."""

from __future__ import annotations

import pytest

from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.ask import SearchFor
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features import goto
from cable_tui.session.features.sidebar import SAVED, PickFacetValue
from cable_tui.session.step import step
from cable_tui.session.values import Action
from tests.session import menu, reading_session, ready, said, the, walk


def test_a_paragraph_is_asked_for_where_a_cable_is_open() -> None:
    assert "No cable is open" in said(step(ready(), goto.AskWhereTo("paragraph"))[1])
    asked = the(effects.AskLine, step(reading_session(20), goto.AskWhereTo("paragraph"))[1])
    assert asked.typed("3") == goto.GotoTyped("paragraph", "3")


@pytest.mark.parametrize("given", ["3", " ¶3 "])
def test_a_paragraph_of_the_open_cable_is_gone_to(given: str) -> None:
    wanted = step(reading_session(20), goto.GotoTyped("paragraph", given))[1]
    assert wanted == (effects.GoToCable("09ZENDA20", "3"),)


@pytest.mark.parametrize(
    ("text", "given", "query"),
    [
        ("lobster ", "2009", "lobster date:2009"),
        ("lobster date:2008 ", "2008-03..2009", "lobster date:2008-03..2009"),
    ],
)
def test_a_date_takes_the_place_of_the_dates_before(text: str, given: str, query: str) -> None:
    assert walk(ready(text), goto.GotoTyped("date", given)).text.strip() == query


def test_what_is_no_date_is_said_and_changes_nothing() -> None:
    session, wanted = step(ready("lobster "), goto.GotoTyped("date", "yesterday"))
    assert session.text == "lobster "
    assert "not a date" in said(wanted)


def test_earlier_places_are_listed_and_gone_to_at_once() -> None:
    session = ready("")
    for text in ("herring", "eel", "kelp"):
        session = walk(session, SearchFor(text))
    listed = menu(step(session, goto.ShowHistory())[1])
    assert [each.label for each in listed.items] == ["eel", "herring", "all cables"]
    assert walk(session, goto.GoBackSteps(2)).text.strip() == "herring"


@pytest.mark.parametrize(
    ("action", "words"),
    [(goto.ShowHistory(), "no earlier position"), (goto.ShowSearches(), "No searches are saved")],
)
def test_nothing_to_list_is_said(action: Action, words: str) -> None:
    assert words in said(step(ready(), action)[1])


def test_saved_searches_are_listed() -> None:
    session = replace(ready(), notebook=Notebook(searches=(("catch", "herring"),)))
    choice = effects.MenuItem("1", "catch", PickFacetValue(SAVED, "catch"), "herring")
    assert step(session, goto.ShowSearches())[1] == (effects.AskMenu("Saved searches", (choice,)),)


def test_who_reads_comes_to_the_list_of_what_was_asked() -> None:
    session = walk(reading_session(20, session=ready("lamp")), goto.GotoTyped("date", "2009"))
    assert (session.text.strip(), session.pane, session.reading) == (
        "lamp date:2009",
        "list",
        False,
    )
