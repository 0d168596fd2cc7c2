"""Libraries that tell each other: in whatever order it comes, all have the same in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cable_tui.errors import LibraryError
from cable_tui.library import Library, Mark
from cable_tui.library.sharing.events import Event


class Reader:
    """A library, and what its events are."""

    def __init__(self, folder: Path, author: str) -> None:
        self.library = Library(
            folder / f"{author}-{len(list(folder.iterdir()))}.sqlite", author=author
        )
        self.sharing = self.library.sharing

    def told(self) -> list[Event]:
        me = self.sharing.library()
        return [event for some in self.sharing.own_after(me, 0) for event in some]

    def state(self) -> dict[str, Any]:
        """All that all should have, their own ids of rows left out."""
        bundle = self.library.bundle()
        marks = {
            mark.uid: (mark.canonical_id, mark.paragraph, mark.note, mark.author, mark.fingerprint)
            for mark in bundle.marks
        }
        return {
            "marks": marks,
            "lists": {name: list(uids) for name, uids in bundle.lists.items()},
            "order": list(bundle.lists),
            "searches": list(bundle.searches.items()),
        }


def meet(*readers: Reader) -> None:
    """Tell everybody everything, until nobody has anything new."""
    for _ in range(2):
        for reader in readers:
            reader.sharing.take(
                [each for other in readers if other is not reader for each in other.told()]
            )


@pytest.fixture
def mara(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "mara")


@pytest.fixture
def tom(tmp_path: Path) -> Reader:
    return Reader(tmp_path, "tom")


def bookmark(number: int, **more: Any) -> Mark:
    return Mark(f"09POST{number}", f"09POST{number}", **more)


def notes(reader: Reader) -> list[str]:
    return sorted(mark.note for mark in reader.library.marks())


def test_what_one_has_the_other_gets_signed_with_its_author(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, paragraph="3", fingerprint="0" * 16, note="ask", lists=("story",)))
    mara.library.add(bookmark(2, lists=("story", "later")))
    mara.library.searches.save("minors", "tag:KTIP")
    meet(mara, tom)
    assert tom.state() == mara.state()
    (first, _) = tom.library.marks()
    assert (first.author, first.note, first.lists) == ("mara", "ask", ("story",))


def test_two_notes_on_one_bookmark_are_both_kept(mara: Reader, tom: Reader) -> None:
    mara.library.add(bookmark(1, note="first"))
    meet(mara, tom)
    mara.library.note(mara.library.marks()[0], "by mara")
    tom.library.note(tom.library.marks()[0], "by tom")
    meet(mara, tom)
    assert notes(mara) == notes(tom) == ["by mara", "by tom"]
    assert mara.state() == tom.state()
    # Each is a bookmark of its own from now on.
    for mark in tom.library.marks():
        if mark.note == "by mara":
            tom.library.remove(mark)
    meet(mara, tom)
    assert notes(mara) == notes(tom) == ["by tom"]


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


def test_what_was_set_and_taken_away_again_is_no_event(mara: Reader) -> None:
    mara.library.toggle(bookmark(1))
    mara.library.toggle(bookmark(1))
    mara.sharing.take()
    assert mara.told() == []
    assert not mara.sharing.has_news()


def test_the_same_once_more_changes_nothing(mara: Reader, tom: Reader) -> None:
    mara.library.put([bookmark(1, note="x")], "story")
    meet(mara, tom)
    before = tom.told(), mara.told()
    meet(mara, tom)
    tom.sharing.take(mara.told())
    assert (tom.told(), mara.told()) == before


Act = Callable[[Library, int, int], object]
TEXTS = ("", "one", "two", "three")
NAMES = ("story", "later", "new")


def _mark(library: Library, pick: int) -> Iterator[Mark]:
    marks = library.marks()
    return iter(marks[pick % len(marks) :][:1] if marks else ())


def _with(act: Callable[[Library, Mark, int], object]) -> Act:
    def run(library: Library, pick: int, more: int) -> None:
        for mark in _mark(library, pick):
            act(library, mark, more)

    return run


def _rename(library: Library, pick: int, more: int) -> None:
    library.lists.rename(NAMES[pick % 3], NAMES[more % 3])


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
    "rename": _rename,
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


@settings(max_examples=60, deadline=None)
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
