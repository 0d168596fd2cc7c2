"""How the library is looked at: orders, saved searches, cables read last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cable_tui.session import Session, effects, step
from cable_tui.session.notebook import Marked, Notebook
from cable_tui.session.shelving import (
    CountSaved,
    FilterSection,
    Pick,
    ReadRecent,
    RecentRead,
    SavedCounted,
    ShowValues,
    TurnSection,
)
from tests.session import ready, walk


def test_a_section_turns_round_and_back() -> None:
    session = walk(ready(), TurnSection("tag"))
    assert session.shelving.turned == {"tag"}
    assert walk(session, TurnSection("tag")).shelving.turned == frozenset()


def test_all_values_of_a_section_are_asked_for() -> None:
    assert step(ready(), FilterSection("origin"))[1] == (ShowValues("origin"),)


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
    assert walk(session, Pick(section, value)).text.strip() == text


def test_what_is_picked_twice_is_taken_out_again() -> None:
    session = _with(lists=(("TIP story", 2),))
    twice = walk(session, Pick("list", "TIP story"), Pick("list", "TIP story"))
    assert str(twice.query) == "lobster"
    excluded = walk(session, Pick("list", "TIP story", "excluding"))
    assert str(excluded.query) == 'lobster -list:"TIP story"'


def test_a_saved_search_that_is_gone_changes_nothing() -> None:
    assert walk(_with(), Pick("saved", "catch")).text.strip() == "lobster"


def test_a_cable_that_was_read_is_opened() -> None:
    assert step(_with(), Pick("recent", "09ZENDA1"))[1] == (effects.Resolve("09ZENDA1"),)


def test_searches_are_counted_and_cables_named_only_when_they_changed() -> None:
    notebook = Notebook(searches=(("catch", "herring"),), recent=("09ZENDA1",))
    session, wanted = step(ready(), Marked(notebook))
    assert wanted == (CountSaved((("catch", "herring"),)), ReadRecent(("09ZENDA1",)))
    assert step(session, Marked(notebook))[1] == ()
    session = walk(session, SavedCounted((("catch", 7),)), RecentRead((("09ZENDA1",) * 3,)))
    assert session.shelving.saved == (("catch", 7),)
    assert session.shelving.recent == (("09ZENDA1", "09ZENDA1", "09ZENDA1"),)
