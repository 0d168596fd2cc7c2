"""Notes on lists: kept with their list, undone, merged, and rescued."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import replace
from cable_tui.library import Library, bundles
from cable_tui.library.list_notes import LONGEST, ListNote
from tests.library import bookmark


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "library.sqlite", author="mara")
    made.add(bookmark(1, lists=("story", "later")))
    return made


def test_a_note_stays_with_its_list(library: Library) -> None:
    assert library.lists.notes() == {}
    library.lists.note("story", "", "trafficking, not smuggling")
    library.lists.rename("story", "TIP")
    assert library.lists.notes() == {"TIP": "trafficking, not smuggling"}
    library.lists.drop("TIP")
    assert library.lists.notes() == {}
    library.undo()
    assert library.lists.notes() == {"TIP": "trafficking, not smuggling"}
    library.undo()
    assert library.undo() == "note on the list story"
    assert library.lists.notes() == {}


def test_an_empty_text_removes_a_note(library: Library) -> None:
    library.lists.note("story", "", "one")
    library.lists.note("story", "one", "")
    assert library.lists.notes() == {}


def test_what_two_windows_write_is_both_kept(library: Library) -> None:
    other = Library(library.path, author="mara")
    assert not other.lists.note("story", "", "of the other")
    assert library.lists.note("story", "", "of this one")
    assert library.lists.notes() == {"story": "of the other\n\nof this one"}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [("none", "a", "no list called none"), ("story", "a" * (LONGEST + 1), "shorten it")],
)
def test_what_cannot_be_kept_is_refused(
    library: Library, name: str, text: str, reason: str
) -> None:
    with pytest.raises(LibraryError, match=reason):
        library.lists.note(name, "", text)


def test_a_file_carries_notes_to_another_library(library: Library, tmp_path: Path) -> None:
    library.lists.note("story", "", "what it\nmeans")
    file = bundles.dumps(library.bundle("story"))
    other = Library(tmp_path / "other.sqlite", author="tom")
    for _ in range(2):
        other.import_bundle(bundles.loads(file.encode(), "story.json"))
        assert other.lists.notes() == {"story": "what it\nmeans"}


@pytest.mark.parametrize(
    ("changed", "expected"), [("2001", "here"), ("2999", "there"), ("same", "here\n\nthere")]
)
def test_the_note_that_was_changed_last_is_kept(
    library: Library, changed: str, expected: str
) -> None:
    library.lists.note("story", "", "here")
    bundle = library.bundle()
    time = bundle.list_notes["story"].changed
    given = {"story": ListNote("there", time if changed == "same" else changed)}
    for _ in range(2):
        library.import_bundle(replace(bundle, list_notes=given))
        assert library.lists.notes() == {"story": expected}


def test_a_damaged_file_gives_its_notes_back(library: Library) -> None:
    library.lists.note("story", "", "what it means")
    library.close()
    content = bytearray(library.path.read_bytes())
    content[:16] = bytes(16)
    library.path.write_bytes(content)
    rescued = Library(library.path)
    assert rescued.rescued
    assert rescued.lists.notes() == {"story": "what it means"}
