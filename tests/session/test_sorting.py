"""The order of the list, as a part of the query."""

from __future__ import annotations

import pytest

from cable_tui.session import step
from cable_tui.session.sorting import AskSort, OpenSort, SortBy
from tests.session import ready, walk


@pytest.mark.parametrize(("text", "now"), [("", "-created"), ("lobster sort:length", "length")])
def test_the_menu_knows_what_holds_now(text: str, now: str) -> None:
    assert step(ready(text), OpenSort())[1] == (AskSort(now),)


def test_an_order_stands_in_the_bar_unless_the_query_has_it_without() -> None:
    session = walk(ready("lobster "), SortBy("-length"))
    assert session.text.strip() == "lobster sort:-length"
    assert walk(session, SortBy("relevance")).text.strip() == "lobster"
    assert walk(session, SortBy("-created")).text.strip() == "lobster sort:-created"
    assert walk(ready("tag:KTIP"), SortBy("-created")).text.strip() == "tag:KTIP"
