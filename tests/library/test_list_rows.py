"""What is private stays so, whatever the reader does to the list that it is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.library import Library, Mark


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "library.sqlite", author="ada")
    made.put([Mark("09RABAT27", "09RABAT27")], "story")
    return made


def secrets(library: Library) -> list[str]:
    """Names of private lists, and cables whose bookmarks are private."""
    of_uid = {mark.uid: mark.canonical_id for mark in library.marks()}
    return sorted(of_uid.get(name, name) for _, name in library.lists.private_rows())


def test_a_list_is_private_with_its_bookmarks_and_those_stay_so(library: Library) -> None:
    library.lists.set_private("story", on=True)
    assert secrets(library) == ["09RABAT27", "story"]
    library.lists.drop("story")
    assert secrets(library) == ["09RABAT27"]


def test_a_private_list_is_private_under_its_new_name(library: Library) -> None:
    library.lists.set_private("story", on=True)
    library.lists.rename("story", "better")
    assert secrets(library) == ["09RABAT27", "better"]
    library.undo()
    assert secrets(library) == ["09RABAT27", "story"]


@pytest.mark.parametrize("was_private", [False, True])
def test_a_list_that_gets_a_private_name_is_private_with_its_bookmarks(
    library: Library, was_private: bool
) -> None:
    library.lists.set_private("secret", on=True)
    library.lists.set_private("story", on=was_private)
    library.lists.rename("story", "secret")
    assert secrets(library) == ["09RABAT27", "secret"]
    library.undo()
    assert secrets(library) == (["09RABAT27", "secret", "story"] if was_private else ["secret"])


def test_a_list_that_keeps_its_name_is_as_private_as_before(library: Library) -> None:
    library.lists.rename("story", "story")
    assert secrets(library) == []
    library.lists.set_private("story", on=True)
    library.lists.rename("story", " story ")
    assert secrets(library) == ["09RABAT27", "story"]
