"""People in a private session: copied, and kept if the reader wants it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from cable_tui.library import Library
from cable_tui.library.session_copy import copy_library, keep, made_since
from cable_tui.tools.people import people_file
from cable_tui.tools.people.confirmed import Person

MARA = Person("Mara", ("Mara",))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The reader's library, with a person beside it."""
    file = tmp_path / "data" / "library.sqlite"
    with closing(Library(file, author="ada")):
        people_file.change(people_file.file_beside(file), lambda _: (MARA,))
    return file


def test_a_person_of_the_session_is_named_and_can_be_kept(own: Path, tmp_path: Path) -> None:
    before = tmp_path / "before" / own.name
    assert copy_library(own, before) == ""
    copytree(before.parent, tmp_path / "session")
    session = tmp_path / "session" / own.name
    assert people_file.read(people_file.file_beside(session)) == (MARA,)
    assert not made_since(before, session)
    people_file.change(
        people_file.file_beside(session), lambda people: (*people, Person("Ruy", ("Ruy",)))
    )
    found = made_since(before, session)
    assert found.in_words == "1 name"
    keep(found, own, "ada")
    assert [each.name for each in people_file.read(people_file.file_beside(own))] == ["Mara", "Ruy"]


def test_people_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    own = tmp_path / "data" / "library.sqlite"
    own.parent.mkdir()
    people = people_file.file_beside(own)
    people.write_bytes(b"\xff\xfe")
    said = copy_library(own, tmp_path / "before" / own.name)
    assert f"{people}: your people cannot be read here: " in said
