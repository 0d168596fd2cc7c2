"""What is valid becomes rows: the same in every library, whatever the events say."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.tools.sharing.events import MARK, Event, EventId, dumps, loads
from tests.library import bookmark
from tests.tools.sharing.readers import Reader, meet, notes

AT = "2026-11-26T22:04:05Z"
EVE = "e" * 16


def test_what_one_has_the_other_gets_signed_with_its_author(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, paragraph="3", fingerprint="0" * 16, note="ask", lists=("story",)))
    mara.library.add(bookmark(2, lists=("story", "later")))
    mara.library.searches.save("minors", "tag:KTIP")
    meet(mara, tom)
    assert tom.state() == mara.state()
    (first, _) = tom.library.marks()
    assert (first.author, first.note, first.lists) == ("mara", "ask", ("story",))


@pytest.mark.parametrize("note", ["by mara", "by tom"])
def test_two_notes_on_one_bookmark_are_both_kept_and_either_goes_into_a_list(
    mara: Reader, tom: Reader, note: str
) -> None:
    """Each is a bookmark of its own from then on."""
    mara.library.add(bookmark(1, note="first"))
    meet(mara, tom)
    mara.library.note(mara.library.marks()[0], "by mara")
    tom.library.note(tom.library.marks()[0], "by tom")
    meet(mara, tom)
    assert notes(mara) == notes(tom) == ["by mara", "by tom"]
    tom.library.put([mark for mark in tom.library.marks() if mark.note == note], "story")
    meet(mara, tom)
    assert [mark.note for mark in mara.library.lists.marks("story")] == [note]
    assert mara.state() == tom.state()
    other = next(mark for mark in mara.library.marks() if mark.note != note)
    mara.library.remove(other)
    meet(mara, tom)
    assert notes(tom) == [note]
    assert mara.state() == tom.state()


def test_a_note_on_what_another_takes_away_stays(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1))
    meet(mara, tom)
    mara.library.remove(mara.library.marks()[0])
    tom.library.note(tom.library.marks()[0], "look here")
    meet(mara, tom)
    assert notes(mara) == notes(tom) == ["look here"]


def test_what_is_put_into_a_list_stays_there_though_its_author_takes_it_away(
    mara: Reader, tom: Reader
) -> None:
    mara.library.add(bookmark(1))
    meet(mara, tom)
    mara.library.remove(mara.library.marks()[0])
    tom.library.put(tom.library.marks(), "story")
    meet(mara, tom)
    assert mara.state() == tom.state()
    assert [mark.canonical_id for mark in mara.library.lists.marks("story")] == ["09POST1"]
    tom.library.lists.drop("story")
    meet(mara, tom)
    assert mara.state() == tom.state()


def test_one_author_on_two_machines_has_one_bookmark(tmp_path: Path) -> None:
    desk, laptop = Reader(tmp_path, "mara"), Reader(tmp_path, "mara")
    desk.library.add(bookmark(1, created="2026-01-01T00:00:00Z", lists=("desk",)))
    laptop.library.add(bookmark(1, created="2026-01-02T00:00:00Z", lists=("laptop",)))
    meet(desk, laptop)
    assert desk.state() == laptop.state()
    (mark,) = desk.library.marks()
    assert mark.lists == ("desk", "laptop")
    laptop.library.note(laptop.library.marks()[0], "one note")
    meet(desk, laptop)
    assert desk.state() == laptop.state()
    assert [mark.note for mark in desk.library.marks()] == ["one note"]
    assert desk.library.marks()[0].lists == ("desk", "laptop")
    desk.library.remove(desk.library.marks()[0])
    meet(desk, laptop)
    assert laptop.library.marks() == []


def test_the_order_of_a_list_is_that_of_who_moved_last(mara: Reader, tom: Reader) -> None:
    mara.library.put([bookmark(number) for number in range(5)], "story")
    meet(mara, tom)
    tom.library.lists.move(tom.library.lists.marks("story")[4], "story", 1)
    mara.library.put([bookmark(9)], "story")
    meet(mara, tom)
    found = [mark.canonical_id[-1] for mark in mara.library.lists.marks("story")]
    assert found == ["0", "4", "1", "2", "3", "9"]
    assert len(tom.told()) == 1
    assert mara.state() == tom.state()


def test_who_renames_a_list_leaves_what_another_put_into_it_meanwhile(
    mara: Reader, tom: Reader
) -> None:
    mara.library.put([bookmark(1)], "story")
    meet(mara, tom)
    mara.library.lists.rename("story", "better")
    tom.library.put([bookmark(2)], "story")
    meet(mara, tom)
    assert mara.state() == tom.state()
    assert tom.library.lists.sizes() == {"better": 1, "story": 1}


def test_one_uid_of_two_places_stops_nobody(mara: Reader) -> None:
    one, two = (_mark(f"09POST{number}") for number in (1, 2))
    told = [
        Event(EventId(EVE, 1), 1, AT, "entry", ("story", "a" * 16), {"rank": 1, "mark": one}),
        Event(EventId(EVE, 2), 2, AT, "entry", ("later", "a" * 16), {"rank": 1, "mark": two}),
        Event(EventId(EVE, 3), 3, AT, "list", ("story",), None, (EventId(EVE, 1),)),
        Event(EventId(EVE, 4), 4, AT, "mark", ("a" * 16,), one),
    ]
    for event in told:
        assert mara.sharing.take([event]) == 1
    assert sorted(mark.canonical_id for mark in mara.library.marks()) == ["09POST1", "09POST2"]


def _mark(cable: str, note: str = "", author: str = "eve") -> dict[str, Any]:
    known = {"reference_id": cable, "canonical_id": cable, "note": note, "author": author}
    return dict.fromkeys(MARK, "") | known | {"created": AT, "changed": AT}


FEW = st.integers(0, 1)
VALUES = st.builds(_mark, st.sampled_from("AB"), st.sampled_from(["", "n"]), st.sampled_from("ab"))
RANKS = st.fixed_dictionaries({"rank": FEW})
UIDS = st.sampled_from(["a" * 16, "b" * 16])
NAMES = st.sampled_from(["story", "later"])
SAYINGS = st.one_of(
    st.tuples(st.just("mark"), st.tuples(UIDS), VALUES),
    st.tuples(st.just("list"), st.tuples(NAMES), RANKS),
    st.tuples(st.just("search"), st.tuples(NAMES), st.just({"rank": 1, "query": "q"})),
    st.tuples(
        st.just("entry"),
        st.tuples(NAMES, UIDS),
        st.fixed_dictionaries({"rank": FEW, "mark": VALUES}),
    ),
)
SAID = st.tuples(
    FEW, SAYINGS, st.booleans(), st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)))
)


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(SAID, max_size=25), st.integers(1, 5))
def test_whatever_events_say_they_are_taken(said: list[Any], at_once: int) -> None:
    with TemporaryDirectory() as folder:
        reader = Reader(Path(folder), "a")
        reader.library.put([bookmark(1, note="n"), bookmark(2)], "story")
        libraries = ["1" * 16, "2" * 16, reader.sharing.library()]
        events: list[Event] = []
        for who, (subject, key, value), removed, replaced in said:
            counter = 1 + sum(event.library == libraries[who] for event in events)
            gone = tuple(EventId(libraries[other], number) for other, number in replaced)
            id_ = EventId(libraries[who], counter)
            event = Event(id_, 1, AT, subject, key, None if removed else value, gone)
            events.append(loads(dumps(event)))
        for start in range(0, len(events), at_once):
            part = events[start : start + at_once]
            assert reader.sharing.take(part) == len(part)
        reader.library.close()


def test_a_note_on_a_list_arrives_and_two_at_once_are_both_kept(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, lists=("story",)))
    mara.library.lists.note("story", "", "first")
    meet(mara, tom)
    assert tom.library.lists.notes() == {"story": "first"}
    mara.library.lists.note("story", "first", "by mara")
    tom.library.lists.note("story", "first", "by tom")
    meet(mara, tom)
    both = mara.library.lists.notes()
    assert both == tom.library.lists.notes()
    assert sorted(both["story"].split("\n\n")) == ["by mara", "by tom"]
    told = len(mara.told())
    meet(mara, tom)
    assert len(mara.told()) == told
    tom.library.lists.note("story", both["story"], "")
    meet(mara, tom)
    assert mara.library.lists.notes() == tom.library.lists.notes() == {}


def test_a_note_on_a_private_list_is_not_sent(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, lists=("story",)))
    meet(mara, tom)
    mara.library.lists.set_private("story", on=True)
    mara.library.lists.note("story", "", "mine")
    meet(mara, tom)
    assert tom.library.lists.notes() == {}
    assert mara.library.lists.notes() == {"story": "mine"}
