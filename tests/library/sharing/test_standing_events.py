"""The tables of sharing: what is put there is found, and what it touches is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from cable_tui.library import sqlite_file
from cable_tui.library.sharing.events import MARK, Event, EventId
from cable_tui.library.sharing.standing_events import Store

ONE = "1" * 16
UID = "a" * 16
FIELDS = dict.fromkeys(MARK, "") | {"canonical_id": "09RABAT27", "author": "ada", "note": "x"}
PLACE = '["09RABAT27", "", "ada"]'


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(sqlite3.connect(":memory:")) as connection:
        sqlite_file.create(connection)
        yield Store(connection)


def event(counter: int, subject: str, *key: str, **value: object) -> Event:
    at = "2026-11-26T22:04:05Z"
    return Event(EventId(ONE, counter), counter, at, subject, key, value)


MARKED = event(1, "mark", UID, **FIELDS)
ENTERED = event(2, "entry", "story", UID, rank=1, mark=FIELDS)
LISTED = event(3, "list", "story", rank=1)
SAVED = event(4, "search", "all", rank=1, query="q")


def test_values_are_kept_under_names(store: Store) -> None:
    assert store.get("clock", 7) == 7
    store.put("clock", 9)
    store.put("clock", 11)
    assert store.get("clock", 7) == 11


def test_how_far_libraries_are_known_is_kept(store: Store) -> None:
    store.known_up_to(ONE, 3)
    store.known_up_to(ONE, 5)
    assert store.taken() == {ONE: 5}


@pytest.mark.parametrize(
    ("stands", "touched"),
    [
        (MARKED, ([], [], [PLACE], [])),
        (ENTERED, (["story"], [], [PLACE], [("story", UID)])),
        (LISTED, (["story"], [], [], [])),
        (SAVED, ([], ["all"], [], [])),
    ],
    ids=["mark", "entry", "list", "search"],
)
def test_what_comes_to_stand_touches_all_that_it_is_of(
    store: Store, stands: Event, touched: object
) -> None:
    store.stand(stands)
    found = store.touched
    lists, searches = list(found.lists), list(found.searches)
    assert (lists, searches, list(found.places), list(found.entries)) == touched


def test_what_stands_with_a_row_touches_others_only_where_there_are_some(store: Store) -> None:
    store.stand(MARKED, 7)
    assert not store.touched.places
    store.stand(MARKED._replace(id=EventId(ONE, 9)), 8)
    assert list(store.touched.places) == [PLACE]


def test_what_stands_is_found_in_its_order_and_linked(store: Store) -> None:
    for each in (SAVED, ENTERED, MARKED):
        store.stand(each)
    store.link([MARKED.id, ENTERED.id], 7)
    mark, entry = store.standing("row_id = ?", 7)
    assert (mark.id, mark.name, mark.member, mark.mark) == (MARKED.id, "", UID, FIELDS)
    assert (entry.id, entry.name, entry.member, entry.mark) == (ENTERED.id, "story", UID, FIELDS)
    assert store.is_standing("name = ?", "all")
    assert not store.is_standing("name = ?", "none")


def test_what_falls_leaves_its_row(store: Store) -> None:
    store.stand(MARKED, 7)
    assert store.fall(MARKED.id)
    assert not store.fall(MARKED.id)
    assert store.standing("1") == []
    assert store.touched.left == {"mark": {7: None}}
    assert store.touched.marks_left == {PLACE: {7: None}}
