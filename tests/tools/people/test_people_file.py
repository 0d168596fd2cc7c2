"""The file of confirmed people: read, changed by two windows, given to others."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.base.errors import LibraryError
from cable_tui.tools.people import people_file
from cable_tui.tools.people.confirmed import People, Person, confirmed, dropped
from tests.drawn_shapes import objects_of, spoilt
from tests.tool_cases import KeptFiles

TWICE = (
    '{"format": "cable-tui people", "version": 1, "people": '
    '[{"name": "A", "forms": ["x"]}, {"name": "B", "forms": ["X"]}]}'
)
ADA = Person("Ada Pelham", ("Pelham", "Pellam"), True)


def adding(name: str, people: People) -> People:
    return confirmed(people, name, [name], protected=False)


def test_a_change_is_in_the_file_and_nowhere_else(tmp_path: Path) -> None:
    file = tmp_path / "data" / "people.json"
    assert people_file.read(file) == ()
    people_file.change(file, lambda _: (ADA,))
    assert people_file.read(file) == (ADA,)
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "format": "cable-tui people",
        "version": 1,
        "people": [{"name": "Ada Pelham", "forms": ["Pelham", "Pellam"], "protected": True}],
    }
    assert sorted(each.name for each in file.parent.iterdir()) == [
        "people.json",
        "people.json.lock",
    ]


def test_cables_and_who_is_nobody_are_kept_in_a_file_of_the_second_version(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    people = (
        Person("Ada Pelham", (), cables=("08RABAT1",)),
        Person("Reasons", ("Reasons",), is_nobody=True),
        Person("Reasons", ("Minister Reasons",)),
    )
    people_file.change(file, lambda _: people)
    assert people_file.read(file) == people
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 2


def test_two_windows_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    names = [f"name{letter}" for letter in "abcdefgh"]
    windows = [
        threading.Thread(target=people_file.change, args=(file, partial(adding, name)))
        for name in names
    ]
    for each in windows:
        each.start()
    for each in windows:
        each.join()
    assert [each.name for each in people_file.read(file)] == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not readable JSON"),
        ("[]", "was not made by `cable-tui people --export`:"),
        ('{"format": "cable-tui people", "version": 3, "people": []}', "another version"),
        ('{"format": "cable-tui people", "version": 1}', "people is required"),
        (
            '{"format": "cable-tui people", "version": 1, "people": [{}]}',
            r"people\[0\]: name is required",
        ),
        (TWICE, "person 2 shares a name or form"),
    ],
)
def test_a_file_of_another_shape_is_refused_and_stays(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=said):
        people_file.change(file, lambda _: (ADA,))
    assert file.read_text(encoding="utf-8") == text


def test_a_change_that_cannot_be_made_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    with pytest.raises(LibraryError, match="no person is confirmed"):
        people_file.change(file, lambda people: dropped(people, "Marlo"))
    assert not file.exists()


@given(spoilt(st.lists(objects_of(Person), max_size=3)))
def test_spoilt_people_are_read_or_refused(people: object) -> None:
    file = {"format": "cable-tui people", "version": 2, "people": people}
    with suppress(LibraryError):
        people_file.loads(json.dumps(file).encode(), "x")


def test_control_characters_of_a_name_do_not_come_in() -> None:
    value = {"format": "cable-tui people", "version": 1}
    value["people"] = [{"name": "A\x1b[2Jda", "forms": ["A\x07da"]}]
    (person,) = people_file.loads(json.dumps(value).encode(), "x")
    assert "\x1b" not in person.name
    assert "\x07" not in person.forms[0]


def _people(file: Path) -> None:
    people_file.change(file, lambda _: (ADA,))


CASE = KeptFiles({"people": _people}, read=(people_file.read,), beside=people_file.file_beside)
