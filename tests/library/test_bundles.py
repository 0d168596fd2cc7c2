"""Marks as one JSON file: whole through it and back, once, and only if it is one."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Bundle, Library, Mark, bundles
from cable_tui.library.bundles import BundleFile, Imported
from tests.drawn_shapes import objects_of, spoilt

MARK = {"ref": "09A1", "created": "2026-01-02T03:04:05Z"}


def file_of(**changes: Any) -> bytes:
    value = {"format": "cable-tui marks", "version": 1, "marks": [MARK], **changes}
    return json.dumps(value).encode()


def open_library(folder: Path, author: str = "mara") -> Library:
    return Library(folder / "library.sqlite", author=author)


@pytest.fixture
def full(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "one")
    for number, note in enumerate(["“why?”", "line\nline", ""], 1):
        library.add(Mark(f"09A{number}", f"09A{number}", "3", "0" * 16, note, lists=("b", "a")))
    library.lists.move(library.marks()[2], "a", 0)
    library.lists.place("a", 0)
    library.searches.save("spain", 'tag:SP "sea"')
    return library


def sent(library: Library, only: str | None = None) -> bytes:
    return bundles.dumps(library.bundle(only)).encode()


def taken(library: Library, content: bytes) -> Imported:
    return library.import_bundle(bundles.loads(content, "marks.json"))


def test_everything_survives_on_another_machine(full: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path / "two", "juno")
    assert taken(other, sent(full)) == Imported(3, 0, 0)
    assert other.bundle() == full.bundle()
    assert other.lists.names() == ["a", "b"]
    assert [mark.reference_id for mark in other.lists.marks("a")] == ["09A3", "09A1", "09A2"]
    assert {mark.author for mark in other.marks()} == {"mara"}


def test_taking_it_in_twice_changes_nothing(full: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path / "two", "juno")
    taken(other, sent(full))
    before = other.bundle()
    assert taken(other, sent(full)) == Imported(0, 0, 3)
    assert other.bundle() == before
    assert taken(full, sent(full)) == Imported(0, 0, 3)
    assert other.undo() == "import"
    assert other.undo() == ""


def test_a_note_that_was_edited_later_is_taken_and_an_older_one_not(
    full: Library, tmp_path: Path
) -> None:
    other = open_library(tmp_path / "two")
    old = sent(full)
    taken(other, old)
    changed = old.replace("“why?”".encode(), b"because")
    changed = changed.replace(b'"changed": "20', b'"changed": "21')
    assert taken(other, changed) == Imported(0, 1, 2)
    assert [mark.note for mark in other.marks()] == ["because", "line\nline", ""]
    assert taken(other, old) == Imported(0, 0, 3)
    assert other.marks()[0].note == "because"


def test_a_place_in_ones_own_order_is_kept(full: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path / "two")
    taken(other, sent(full))
    other.lists.move(other.marks()[1], "a", 0)
    full.add(Mark("09A4", "09A4", lists=("a", "c")))
    taken(other, sent(full))
    assert [mark.reference_id[-1] for mark in other.lists.marks("a")] == [*"2314"]
    assert other.lists.names() == ["a", "b", "c"]


def test_of_two_notes_of_one_second_both_stay_and_a_second_time_changes_nothing(
    tmp_path: Path,
) -> None:
    """What could not be written is taken in later, perhaps over an older note of that second."""
    made = "2026-11-25T10:00:00Z"
    one, other = open_library(tmp_path / "one"), open_library(tmp_path / "two")
    mark = one.add(Mark("09A1", "09A1", note="first", created=made, changed=made))
    taken(other, sent(one))
    later = Bundle((replace(mark, note="second"),))
    for _ in range(2):
        other.import_bundle(later)
        assert [each.note for each in other.marks()] == ["first", "second"]


def test_one_list_goes_alone(full: Library, tmp_path: Path) -> None:
    full.lists.take([full.marks()[0]], "a")
    other = open_library(tmp_path / "two")
    taken(other, sent(full, "a"))
    assert other.lists.names() == ["a"]
    assert [mark.reference_id for mark in other.lists.marks("a")] == ["09A3", "09A2"]
    assert len(other.marks()) == 2
    assert other.searches.names() == []


def test_a_file_cannot_write_over_the_mark_of_somebody_else(full: Library) -> None:
    mine = full.marks()[0]
    forged = {**MARK, "uid": mine.uid, "author": "eve", "note": "!", "changed": MARK["created"]}
    before = full.marks()
    taken(full, file_of(marks=[forged]))
    assert [mark for mark in full.marks() if mark.author != "eve"] == before
    assert len(full.marks()) == len(before) + 1


def test_texts_are_cleaned(tmp_path: Path) -> None:
    hostile = {**MARK, "note": "\x1b]0;owned\x07\ud800 [b]", "author": "a\nb", "paragraph": "1\t"}
    library = open_library(tmp_path)
    taken(library, file_of(marks=[hostile], lists=[{"name": "\x1b[2J x\ny", "marks": []}]))
    (mark,) = library.marks()
    assert "\x1b" not in mark.note + mark.author
    assert "[b]" in mark.note
    assert "\n" not in mark.author


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a file made by"),
        (b"\n\n{nonsense", "not a file made by `cable-tui bookmarks export`. N"),
        (b'{"format":\n\n"cable-tui marks"', "not a file made by.*not JSON, starting at line 3"),
        (b"\xff\xff", "not a file made by"),
        (b"\xff\xfe", "not a file made by"),
        (b"[]", "not a file made by"),
        (b'{"format": "recipes"}', "not a file made by"),
        (file_of(version=2), "version 2 is unknown"),
        (file_of(marks=[MARK, {**MARK, "note": 7}]), r"marks\[1\]: note: a text"),
        (file_of(marks=[{"ref": "09A1"}]), "ref and created"),
        (file_of(marks=[{"created": MARK["created"]}]), "ref and created"),
        (file_of(marks=[{**MARK, "created": "yesterday"}]), "created: 'yesterday'"),
        (file_of(marks=[{**MARK, "uid": "../../etc"}]), "uid: "),
        (file_of(marks=[{**MARK, "fingerprint": "1); DROP"}]), "fingerprint: "),
        (file_of(lists=[{"name": "  "}]), r"lists\[0\]: name: a text is required"),
    ],
)
def test_what_is_no_such_file_is_refused_with_the_place(content: bytes, reason: str) -> None:
    with pytest.raises(LibraryError, match=reason) as refused:
        bundles.loads(content, "marks.json")
    assert str(refused.value).startswith("marks.json: ")
    assert str(refused.value).endswith("Nothing was imported")
    assert "\n" not in str(refused.value)


@given(spoilt(objects_of(BundleFile)))
def test_a_spoilt_file_is_taken_in_or_refused(value: Any) -> None:
    with suppress(LibraryError):
        bundles.loads(json.dumps(value).encode(), "marks.json")


def test_a_short_file_of_another_hand_is_enough(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    assert taken(library, b"\xef\xbb\xbf" + file_of()) == Imported(1, 0, 0)
    assert taken(library, file_of()) == Imported(0, 0, 1)


def test_unreadable_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no such file"):
        bundles.read(tmp_path / "none")
    with pytest.raises(LibraryError, match="no file"):
        bundles.read(tmp_path)
    (tmp_path / "large").write_bytes(b"1234")
    with pytest.raises(LibraryError, match="larger than"):
        bundles.read(tmp_path / "large", largest=3)


def test_an_empty_list_is_taken_over(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    library.import_bundle(Bundle(lists={"for later": []}))
    assert library.lists.names() == ["for later"]


def test_notes_searches_and_names_of_any_length_go_through_the_file(tmp_path: Path) -> None:
    query, name = "salt " * 400, "n" * 1_200
    library, other = open_library(tmp_path / "one"), open_library(tmp_path / "other")
    library.searches.save("salt", query.strip())
    library.add(Mark("09A1", "09A1", note="long " * 300_000, lists=(name,)))
    taken(other, sent(library))
    assert other.searches.queries() == {"salt": query.strip()}
    assert [len(mark.note) for mark in other.lists.marks(name)] == [1_500_000]


def test_a_list_that_stands_twice_in_a_file_keeps_both_halves() -> None:
    lists = [{"name": "sea", "marks": ["0" * 16]}, {"name": " sea ", "marks": ["1" * 16]}]
    assert bundles.loads(file_of(lists=lists), "file").lists == {"sea": ["0" * 16, "1" * 16]}
