"""What a set of events means, by hand, and its tables: what is put there is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from cable_tui.library import Library, sqlite_file
from cable_tui.tools.sharing.events import MARK, Event, EventId
from cable_tui.tools.sharing.sharing import sharing_of
from cable_tui.tools.sharing.standing_events import (
    Standing,
    Store,
    marks_at,
    place_of,
    uid_beside,
)
from tests.library.test_sqlite_file import second  # noqa: F401 - a fixture

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


def test_values_are_kept_under_names_and_how_far_libraries_are_known(store: Store) -> None:
    assert store.get("clock", 7) == 7
    for number in (3, 5):
        store.put("clock", number)
        store.known_up_to(ONE, number)
    assert store.get("clock", 7) == 5
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


ONE, TWO = "1" * 16, "2" * 16
LOW, HIGH = "a" * 16, "b" * 16


def fields(note: str, author: str = "ada") -> dict[str, str]:
    return {"canonical_id": "09RABAT27", "paragraph": "3", "author": author, "note": note}


def test_a_place_is_a_cable_a_paragraph_and_an_author() -> None:
    assert place_of(fields("x")) == place_of(fields("y")) == '["09RABAT27", "3", "ada"]'
    assert place_of(fields("x", "bob")) != place_of(fields("x"))


def seen(library: str, uid: str, note: str, clock: int = 1) -> Standing:
    return Standing(EventId(library, 1), clock, "mark", "", uid, fields(note), None)


def found(*given: Standing) -> list[tuple[str, str, int]]:
    return [(each.uid, each.fields["note"], len(each.ids)) for each in marks_at(given)]


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ([seen(ONE, LOW, "x")], [(LOW, "x", 1)]),
        # The same note twice is one mark, under the lower uid.
        ([seen(ONE, HIGH, "x"), seen(TWO, LOW, "x")], [(LOW, "x", 2)]),
        # Two notes on one mark are two marks; the second gets a uid of its own.
        (
            [seen(ONE, LOW, "x"), seen(TWO, LOW, "y")],
            [(LOW, "x", 1), (uid_beside(LOW, "y"), "y", 1)],
        ),
        # Who writes a note wins over who takes it away, whoever was later.
        ([seen(ONE, LOW, "x"), seen(TWO, LOW, "", clock=9)], [(LOW, "x", 2)]),
        ([seen(ONE, LOW, "", clock=9), seen(TWO, LOW, "x")], [(LOW, "x", 2)]),
        ([seen(ONE, LOW, ""), seen(TWO, LOW, "")], [(LOW, "", 2)]),
        # Two marks of one place, one without a note, are two.
        ([seen(ONE, LOW, ""), seen(TWO, HIGH, "x")], [(LOW, "", 1), (HIGH, "x", 1)]),
    ],
)
def test_the_marks_of_a_place_are_the_same_in_any_order(
    given: list[Standing], marks: list[tuple[str, str, int]]
) -> None:
    for some in permutations(given):
        assert sorted(found(*some)) == sorted(marks)


def test_the_fields_are_those_of_the_last_event() -> None:
    early = seen(ONE, LOW, "x")._replace(value={**fields("x"), "reference_id": "early"})
    late = seen(TWO, LOW, "x", clock=2)._replace(value={**fields("x"), "reference_id": "late"})
    for some in ((early, late), (late, early)):
        (mark,) = marks_at(some)
        assert mark.fields["reference_id"] == "late"


def test_the_uid_beside_another_is_of_both_the_uid_and_the_note() -> None:
    assert len({uid_beside(LOW, "x"), uid_beside(LOW, "y"), uid_beside(HIGH, "x"), LOW, HIGH}) == 5
    assert uid_beside(LOW, "x") == uid_beside(LOW, "x")
    assert set(uid_beside(LOW, "x")) <= set("0123456789abcdef")


def test_what_was_made_with_an_older_program_is_shared(second: Path) -> None:  # noqa: F811
    library = Library(second, author="mara")
    library.undo_last()
    sharing_of(library).take()
    me = sharing_of(library).library()
    told = [event.subject for event in sharing_of(library).own_after(me, 0)]
    assert sorted(told) == ["entry"] * 3 + ["list"] * 2 + ["mark"] * 3 + ["search"]
