"""How the library is looked at: orders, saved searches, cables read last."""

from __future__ import annotations

import pytest

from cable_tui.session import effects
from cable_tui.session.feature_state import Notebook
from cable_tui.session.features.bookmarks import LibraryChanged
from cable_tui.session.features.sidebar import (
    CountSaved,
    PickFacetValue,
    ReadRecent,
    RecentRead,
    ReverseSection,
    SavedCounted,
)
from cable_tui.session.state import Session
from cable_tui.session.step import step
from cable_tui.value import replace
from tests.session import ready, walk


def test_a_section_turns_round_and_back() -> None:
    session = walk(ready(), ReverseSection("tag"))
    assert session.sidebar.turned == {"tag"}
    assert walk(session, ReverseSection("tag")).sidebar.turned == frozenset()


def _with(**kept: object) -> Session:
    return replace(ready("lobster "), notebook=Notebook(**kept))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("section", "value", "text"),
    [
        ("origin", "Embassy Zenda", 'lobster origin:"Embassy Zenda"'),
        ("list", "TIP story", 'lobster list:"TIP story"'),
        ("list", "", "lobster is:bookmarked"),
        ("saved", "catch", "herring origin:zenda"),
    ],
)
def test_a_value_narrows_and_a_saved_search_takes_the_place(
    section: str, value: str, text: str
) -> None:
    session = _with(searches=(("catch", "herring origin:zenda"),))
    assert walk(session, PickFacetValue(section, value)).text.strip() == text


def test_what_is_picked_twice_is_taken_out_again() -> None:
    session = _with(lists=(("TIP story", 2),))
    twice = walk(session, PickFacetValue("list", "TIP story"), PickFacetValue("list", "TIP story"))
    assert str(twice.query) == "lobster"
    excluded = walk(session, PickFacetValue("list", "TIP story", "excluding"))
    assert str(excluded.query) == 'lobster -list:"TIP story"'


def test_a_saved_search_that_is_gone_changes_nothing() -> None:
    assert walk(_with(), PickFacetValue("saved", "catch")).text.strip() == "lobster"


def test_a_cable_that_was_read_is_opened() -> None:
    assert step(_with(), PickFacetValue("recent", "09ZENDA1"))[1] == (
        effects.GoToCable("09ZENDA1"),
    )


def test_searches_are_counted_and_cables_named_only_when_they_changed() -> None:
    notebook = Notebook(searches=(("catch", "herring"),), recent=("09ZENDA1",))
    session, wanted = step(ready(), LibraryChanged(notebook))
    assert wanted == (CountSaved((("catch", "herring"),)), ReadRecent(("09ZENDA1",)))
    assert step(session, LibraryChanged(notebook))[1] == ()
    session = walk(session, SavedCounted((("catch", 7),)), RecentRead((("09ZENDA1",) * 3,)))
    assert session.sidebar.saved == (("catch", 7),)
    assert session.sidebar.recent == (("09ZENDA1", "09ZENDA1", "09ZENDA1"),)
