"""What a reader changed becomes events: what leaves, what stays, and how much is looked at."""

from __future__ import annotations

import pytest

from cable_tui.tools.sharing import publish
from cable_tui.tools.sharing.events import dumps, loads
from tests.library import bookmark
from tests.tools.sharing.readers import Reader, meet, notes

LONG = "a" * 131_073
AT = "2026-11-26T22:04:05Z"


def test_what_was_set_and_taken_away_again_is_no_event(mara: Reader) -> None:
    mara.library.toggle(bookmark(1))
    mara.library.toggle(bookmark(1))
    mara.sharing.take()
    assert mara.told() == []
    assert not mara.sharing.has_news()


def test_the_clock_of_a_library_goes_no_further_than_others_read(mara: Reader) -> None:
    """An older program has followed the clock of somebody who set it there."""
    with mara.sharing._writing() as store:
        store.put("clock", (1 << 53) - 1)
    mara.library.add(bookmark(1))
    mara.sharing.take()
    (told,) = mara.told()
    assert loads(dumps(told)) == told
    assert told.clock == (1 << 53) - 1


def test_what_is_longer_than_others_read_stays(mara: Reader, tom: Reader) -> None:
    mara.library.searches.save("all of them", "x" * (1 << 20))
    mara.library.searches.save("some", "x")
    meet(mara, tom)
    assert tom.library.searches.names() == ["some"]


def test_a_note_that_is_too_long_stays_with_its_bookmark_and_its_lists(
    mara: Reader, tom: Reader
) -> None:
    mara.library.put([bookmark(1, note=LONG), bookmark(2)], "story")
    meet(mara, tom)
    assert [mark.canonical_id for mark in tom.library.marks()] == ["09POST2"]
    tom.library.put([bookmark(1, note="by tom")], "story")
    meet(mara, tom)
    assert notes(mara) == ["", LONG, "by tom"]
    assert len(mara.library.lists.marks("story")) == 3
    mara.library.note(next(mark for mark in mara.library.marks() if mark.note == LONG), "short")
    meet(mara, tom)
    assert notes(mara) == notes(tom) == ["", "by tom", "short"]
    assert mara.state() == tom.state()


@pytest.mark.parametrize("left", [["by tom"], []])
def test_a_note_that_became_too_long_is_not_lost_by_what_another_does(
    mara: Reader, tom: Reader, left: list[str]
) -> None:
    mara.library.put([bookmark(1, note="first")], "story")
    meet(mara, tom)
    mara.library.note(mara.library.marks()[0], LONG)
    meet(mara, tom)
    for note in left:
        tom.library.note(tom.library.marks()[0], note)
    if not left:
        tom.library.remove(tom.library.marks()[0])
    meet(mara, tom)
    assert notes(tom) == left
    assert notes(mara) == sorted([LONG, *notes(tom)])
    assert LONG in [mark.note for mark in mara.library.lists.marks("story")]
    assert mara.sharing.too_long() == ["09POST1"]


def look_for_none(patch: pytest.MonkeyPatch) -> None:
    """Fail if anybody looks for notes that are too long."""
    patch.setattr(publish, "TOO_LONG", "no SQL")


def test_notes_are_looked_through_only_where_one_is_too_long(
    mara: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara.library.add(bookmark(1, note="short"))
    mara.sharing.take()
    with monkeypatch.context() as patch:
        look_for_none(patch)
        assert mara.sharing.too_long() == []
        mara.library.add(bookmark(2, note="short"))
        mara.sharing.take()
        assert mara.sharing.too_long() == []
    mara.library.add_all([bookmark(3, note=LONG), bookmark(4, note=LONG)])
    mara.sharing.take()
    assert mara.sharing.too_long() == ["09POST3", "09POST4"]
    mara.library.remove(mara.library.marks()[-1])
    mara.library.note(mara.library.marks()[-1], "short")
    mara.sharing.take()
    look_for_none(monkeypatch)
    assert mara.sharing.too_long() == []


def test_what_goes_into_a_private_list_is_looked_at_alone(
    mara: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara.library.add_all([bookmark(number) for number in range(20)])
    mara.library.lists.set_private("secret", on=True)
    mara.sharing.take()
    looked = []

    def look(self: publish._Writer, table: str, key: int) -> None:
        looked.append((table, key))

    monkeypatch.setattr(publish._Writer, "look", look)
    mara.library.put([bookmark(99)], "secret")
    mara.sharing.take()
    assert sorted(looked) == [("entry", 1), ("list", 1), ("mark", 21)]


def test_a_list_that_is_for_others_again_leaves_with_all_that_is_in_it(
    mara: Reader, tom: Reader
) -> None:
    mara.library.lists.set_private("story", on=True)
    mara.library.put([bookmark(1, note="x"), bookmark(2)], "story")
    mara.library.lists.rename("story", "better")
    meet(mara, tom)
    assert tom.state()["marks"] == {}
    mara.library.lists.set_private("better", on=False)
    meet(mara, tom)
    assert mara.state() == tom.state()
    assert tom.library.lists.sizes() == {"better": 2}
