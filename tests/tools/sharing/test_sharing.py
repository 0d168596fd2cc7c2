"""Libraries that tell each other: in whatever order it comes, all have the same in the end."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.base.errors import LibraryError
from cable_tui.library import Library, Mark
from cable_tui.tools.sharing.events import Event, EventId
from cable_tui.tools.sharing.sharing import sharing_of
from tests.library import bookmark
from tests.tools.sharing.readers import Reader, meet, notes

AT = "2026-11-26T22:04:05Z"


def test_a_library_keeps_its_name_wherever_its_file_is_moved(mara: Reader, tmp_path: Path) -> None:
    name = mara.sharing.library()
    mara.library.add(bookmark(1))
    assert mara.sharing.library() == name
    mara.library.close()
    moved = mara.library.path.rename(tmp_path / "elsewhere.sqlite")
    assert sharing_of(Library(moved)).library() == name


def test_a_copy_at_the_same_path_keeps_the_name_as_its_disk_may_have_been_replaced(
    mara: Reader, tmp_path: Path
) -> None:
    mara.library.add(bookmark(1))
    name = mara.sharing.library()
    mara.library.close()
    shutil.copy(mara.library.path, tmp_path / "copy")
    (tmp_path / "copy").replace(mara.library.path)
    assert mara.sharing.library() == name


@pytest.mark.parametrize("first", ["library", "take"])
def test_a_copy_is_another_library_before_it_tells_anything(
    mara: Reader, tmp_path: Path, first: str
) -> None:
    mara.library.add(bookmark(1))
    mara.sharing.take()
    name = mara.sharing.library()
    mara.library.add(bookmark(2))
    mara.library.close()
    file = tmp_path / "copy.sqlite"
    shutil.copy(mara.library.path, file)
    copy = sharing_of(Library(file))
    getattr(copy, first)()
    assert copy.library() != name
    copy.take()
    assert [event.id for event in copy.own_after(name, 0)] == [EventId(name, 1)]
    own = [event.id for event in copy.own_after(copy.library(), 0)]
    assert own == [EventId(copy.library(), 1)]
    assert sorted(copy.own_libraries()) == sorted([name, copy.library()])


def test_who_is_answered_to_what_it_has_not_told_is_another_library(
    mara: Reader, tom: Reader
) -> None:
    """A copy of it must have told that; or somebody makes it up."""
    name = mara.sharing.library()
    ahead = (EventId(name, 1), EventId(name, 2))
    told = Event(EventId("e" * 16, 1), 1, AT, "list", ("story",), {"rank": 1}, ahead)
    for each in (mara, tom):
        each.sharing.take([told])
    mara.library.add_all([bookmark(1), bookmark(2)])
    meet(mara, tom)
    assert mara.sharing.library() != name
    assert mara.state() == tom.state()
    assert len(tom.library.marks()) == 2


@pytest.mark.parametrize("clock", [(1 << 40) + 1, (1 << 53) - 1])
def test_a_clock_that_somebody_has_set_to_the_end_stops_nobodys(
    mara: Reader, tom: Reader, clock: int
) -> None:
    told = Event(EventId("e" * 16, 1), clock, AT, "list", ("story",), {"rank": 1})
    for each in (mara, tom):
        each.sharing.take([told])
    mara.library.add(bookmark(1, note="one"))
    meet(mara, tom)
    tom.library.note(tom.library.marks()[0], "two")
    meet(mara, tom)
    assert [mara.told()[-1].clock, tom.told()[-1].clock] == [1, 2]
    assert notes(mara) == notes(tom) == ["two"]
    assert "story" in mara.state()["order"]


def test_who_begins_anew_tells_what_it_had_not_told_as_the_first_of_another(mara: Reader) -> None:
    old = mara.sharing.library()
    for note in ("one", "two", "three"):
        mark = next(iter(mara.library.marks()), bookmark(1))
        mara.library.note(mark, note)
        mara.sharing.take()
    new = mara.sharing.begin_anew(1)
    first, second = mara.told()
    assert (first.id, first.replaces) == (EventId(new, 1), (EventId(old, 1),))
    assert (second.id, second.replaces) == (EventId(new, 2), (EventId(new, 1),))
    assert second.value is not None
    assert second.value["note"] == "three"
    assert mara.sharing.taken() == {old: 1, new: 2}
    mara.library.note(mara.library.marks()[0], "four")
    mara.sharing.take()
    assert mara.told()[-1].replaces == (EventId(new, 2),)


def test_a_removal_is_a_removal_for_all_and_is_undone_for_all(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, note="x", lists=("story",)))
    meet(mara, tom)
    before = mara.state()
    mara.library.remove(mara.library.marks()[0])
    meet(mara, tom)
    assert tom.state()["marks"] == {}
    assert mara.library.undo()
    meet(mara, tom)
    assert tom.state() == mara.state() == before


def test_what_others_did_is_not_undone_and_what_they_changed_is_left(
    mara: Reader, tom: Reader
) -> None:
    tom.library.add(bookmark(1, note="mine"))
    meet(mara, tom)
    mara.library.add(bookmark(2))
    meet(mara, tom)
    assert tom.library.undo_last() == "bookmark 09POST1"
    assert tom.library.undo_last() == ""
    assert [mark.canonical_id for mark in tom.library.marks()] == ["09POST2"]
    meet(mara, tom)
    assert mara.state() == tom.state()
    tom.library.add(bookmark(3, note="mine"))
    meet(mara, tom)
    mara.library.note(mara.library.marks()[-1], "hers")
    meet(mara, tom)
    with pytest.raises(LibraryError, match="another window or reader"):
        tom.library.undo()


Act = Callable[[Library, int, int], object]
TEXTS = ("", "one", "two", "three")
NAMES = ("story", "later", "new")


def _with(act: Callable[[Library, Mark, int], object]) -> Act:
    def run(library: Library, pick: int, more: int) -> None:
        if marks := library.marks():
            act(library, marks[pick % len(marks)], more)

    return run


ACTS: dict[str, Act] = {
    "add": lambda library, pick, more: library.add(bookmark(pick % 3, note=TEXTS[more % 4])),
    "toggle": lambda library, pick, _: library.toggle(bookmark(pick % 3)),
    "put": _with(lambda library, mark, more: library.put([mark], NAMES[more % 3])),
    "put new": lambda library, pick, more: library.put([bookmark(pick % 3)], NAMES[more % 3]),
    "note": _with(lambda library, mark, more: library.note(mark, TEXTS[more % 4])),
    "remove": _with(lambda library, mark, _: library.remove(mark)),
    "take": _with(lambda library, mark, more: library.lists.take([mark], NAMES[more % 3])),
    "move": _with(lambda library, mark, more: library.lists.move(mark, NAMES[more % 3], more)),
    "place": lambda library, pick, more: library.lists.place(NAMES[pick % 3], more % 3),
    "rename": lambda library, pick, more: library.lists.rename(NAMES[pick % 3], NAMES[more % 3]),
    "drop": lambda library, pick, _: library.lists.drop(NAMES[pick % 3]),
    "save": lambda library, pick, more: library.searches.save(NAMES[pick % 3], f"q{more % 4}"),
    "rename search": lambda library, pick, more: library.searches.rename(
        NAMES[pick % 3], NAMES[more % 3]
    ),
    "drop search": lambda library, pick, _: library.searches.drop(NAMES[pick % 3]),
    "private": lambda library, pick, more: library.lists.set_private(NAMES[pick % 3], on=more < 6),
    "undo": lambda library, _, __: library.undo(),
}
NUMBERS = st.integers(0, 11)
STEPS = st.one_of(
    st.tuples(st.sampled_from(sorted(ACTS)), NUMBERS, NUMBERS, NUMBERS),
    # Some of what one has told comes to another: from where it likes, as far as it gets.
    st.tuples(st.just("tell"), NUMBERS, NUMBERS, NUMBERS),
)


@settings(max_examples=settings().max_examples // 2)  # each makes three libraries
@given(st.lists(STEPS, max_size=25))
def test_any_order_of_three_libraries_with_losses_and_repeats_ends_equal(
    steps: list[tuple[str, int, int, int]],
) -> None:
    with TemporaryDirectory() as folder:
        # Two machines of one author, and another reader.
        readers = [Reader(Path(folder), author) for author in ("mara", "mara", "tom")]
        for what, who, pick, more in steps:
            reader = readers[who % 3]
            if what == "tell":
                told = readers[pick % 3].told()
                start = more % (len(told) + 1)
                lost = told[start : start + pick]
                reader.sharing.take([each for each in lost if each not in reader.told()])
                continue
            with suppress(LibraryError):  # a name that is taken, an undo that cannot be
                ACTS[what](reader.library, pick, more)
        for reader in readers:
            for name in reader.library.lists.private():
                reader.library.lists.set_private(name, on=False)
            reader.library.put([mark for mark in reader.library.marks() if not mark.lists], "end")
        meet(*readers)
        first = readers[0].state()
        assert [reader.state() for reader in readers] == [first] * 3
        said = {mark[2] for mark in first["marks"].values()}
        told = [event for reader in readers for event in reader.told()]
        gone = {each for event in told for each in event.replaces}
        for event in told:
            if event.id not in gone and event.value is not None and event.subject == "mark":
                assert event.value["note"] in said | {""}
        before = [reader.told() for reader in readers]
        meet(*readers)
        assert [reader.told() for reader in readers] == before


def test_the_search_of_an_older_program_arrives_as_it_was_meant(mara: Reader, tom: Reader) -> None:
    old = {"rank": 1, "query": "is:read is:noted"}
    told = Event(EventId("e" * 16, 1), 1, AT, "search", ("old",), old)
    for each in (mara, tom):
        each.sharing.take([told])
        assert each.library.searches.queries() == {"old": "(is:read or is:noted)"}
        assert each.library.searches.rewrite_older() == []
    mara.library.searches.save("own", "is:read is:noted")
    meet(mara, tom)
    assert tom.library.searches.queries()["own"] == "is:read and is:noted"
    assert mara.state() == tom.state()


@pytest.mark.parametrize("rewritten", [False, True])
def test_a_search_that_was_saved_before_is_told_as_it_was_meant(
    mara: Reader, tom: Reader, rewritten: bool
) -> None:
    mara.library.searches.save("old", "kelp")
    with closing(sqlite3.connect(mara.library.path)) as file, file:
        file.execute("UPDATE search SET query = 'has:tag has:subject'")
    if rewritten:
        assert mara.library.searches.rewrite_older() == ["old"]
    meet(mara, tom)
    assert tom.library.searches.queries() == {"old": "(has:tag or has:subject)"}
    assert mara.state() == tom.state()
    assert [event.value["query"] for event in mara.told() if event.value] == [
        "(has:tag or has:subject)"
    ]
