"""`person:`: what a query knows of the people that a reader has confirmed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.library import Library
from cable_tui.query import parse
from cable_tui.query.reader_terms import ReaderData, WordNames, WordNameSource
from cable_tui.tools.people import people_file, query_names
from cable_tui.tools.people.confirmed import Person
from tests.archive.fiction import LAMPS

CABLES = (LAMPS,)
SOURCE: WordNameSource = query_names
"""The module is what the core asks: types are checked here."""
ADA = Person("Ada Pelham", ("Pelham", "Pellam"))


def test_what_a_query_knows_follows_the_file(tmp_path: Path) -> None:
    with closing(Library(tmp_path / "library.sqlite")) as library:
        file = people_file.file_beside(library.path)
        assert library.reader_data().word_names("person") == WordNames()
        people_file.change(file, lambda _: (ADA,))
        assert library.reader_data().word_names("person") == WordNames((ADA,))
        file.write_text("{", encoding="utf-8")
        own = library.reader_data().word_names("person")
        assert (own.names, "is not readable JSON" in own.fault) == ((), True)


def test_who_is_nobody_is_no_name(tmp_path: Path) -> None:
    people = (
        Person("Ada Pelham", (), cables=("08RABAT1",)),
        Person("Reasons", ("Reasons",), is_nobody=True),
        Person("Reasons", ("Minister Reasons",)),
    )
    people_file.change(tmp_path / "people.json", lambda _: people)
    found = query_names.names(tmp_path / "library.sqlite").names
    assert [each.forms for each in found] == [(), ("Minister Reasons",)]


def test_a_person_completes_the_word_at_the_cursor(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ReaderData(of_tools={"person": WordNames((ADA,))})
    monkeypatch.setattr(archive, "own", lambda: own)
    assert archive.completions("person:p", 8)[0].label == "Ada Pelham  Pelham, Pellam"


def test_who_wrote_it_may_be_a_person() -> None:
    (complaint,) = parse("author:rabat").complaints
    assert "Did you mean signed:, from: or person:?" in complaint.reason
