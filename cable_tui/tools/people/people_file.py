"""The file of the people that a reader has confirmed: `people.json` beside the bookmarks.

    {"format": "cable-tui people", "version": 2,
     "people": [{"name", "forms": [...], "protected": false, "cables": [...], "nobody": false}]}

Version 1 has neither cables nor those that are nobody, and is written if there are none, so that
older programs read it; their surnames are forms that mean what they meant.

It can be given to others. It is data and nothing in it is run: what is not of this shape is refused
as a whole, and left as it is. A change is made on what the file holds at that moment, under a lock,
and the new file takes the place of the old one in one step: two windows lose nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cable_tui.base.errors import LibraryError
from cable_tui.library.kept_files import Additions
from cable_tui.operating_system.files import read_small
from cable_tui.program import shared_file
from cable_tui.text import clean_line
from cable_tui.text.cleaning import json_text
from cable_tui.tools.people import confirmed as choice
from cable_tui.tools.people.confirmed import People, PeopleError, Person

FORMAT = "cable-tui people"
VERSION = 2
LARGEST = 16 << 20
"""The most bytes that are read."""


def file_beside(library: Path) -> Path:
    """Return the file of people next to a library."""
    return library.with_name("people.json")


def read(file: Path) -> People:
    """Return the people of a file; empty if there is no file. Raises `LibraryError`."""
    try:
        data = read_small(file, LARGEST)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    return loads(data, str(file))


def loads(data: bytes, name: str) -> People:
    """Return the people of a file's bytes. Raises `LibraryError`, with its name."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{name}: is not readable JSON; nothing was changed") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise LibraryError(f'{name}: is not a file of people: its "format" is not "{FORMAT}"')
    if value.get("version") not in (1, VERSION):
        raise LibraryError(f"{name}: was written by another version of cable-tui")
    listed_people = value.get("people")
    if not isinstance(listed_people, list):
        raise LibraryError(f"{name}: has no list of people")
    taken_forms: set[tuple[bool, str]] = set()
    names: set[tuple[bool, str]] = set()
    people: list[Person] = []
    for number, entry in enumerate(listed_people, 1):
        person = _person(entry)
        if person is None or number > choice.MOST_PEOPLE:
            raise LibraryError(f"{name}: person {number} is not as expected")
        forms = {(person.is_nobody, choice.key_of(form)) for form in person.forms}
        name_key = person.is_nobody, choice.key_of(person.name)
        if forms & taken_forms or name_key in names:
            raise LibraryError(f"{name}: person {number} has a name or a form of another person")
        taken_forms |= forms
        names.add(name_key)
        people.append(person)
    return tuple(people)


def _person(value: Any) -> Person | None:
    if not isinstance(value, dict):
        return None
    name, protected = value.get("name"), value.get("protected", False)
    nobody = value.get("nobody", False)
    if not (isinstance(name, str) and isinstance(protected, bool) and isinstance(nobody, bool)):
        return None
    name = choice.one_line(clean_line(name))
    forms, cables = _lines(value.get("forms")), _lines(value.get("cables", []))
    if not choice.key_of(name) or forms is None or cables is None or not (forms or cables):
        return None
    return Person(name, forms, protected, cables, nobody)


def _lines(value: Any) -> tuple[str, ...] | None:
    """Return forms, or cables; None for any other value."""
    if not isinstance(value, list) or len(value) > choice.MOST_FORMS:
        return None
    if not all(isinstance(line, str) for line in value):
        return None
    lines = tuple(choice.one_line(clean_line(line)) for line in value)
    return lines if all(map(choice.key_of, lines)) else None


def dumps(people: People) -> str:
    """Return the text of a file."""
    listed_people: list[dict[str, Any]] = []
    for person in people:
        entry = {"name": person.name, "forms": list(person.forms), "protected": person.protected}
        further_values = {"cables": list(person.cables), "nobody": person.is_nobody}
        listed_people.append(
            {**entry, **{name: value for name, value in further_values.items() if value}}
        )
    is_old = not any(person.cables or person.is_nobody for person in people)
    value = {"format": FORMAT, "version": 1 if is_old else VERSION, "people": listed_people}
    return json_text(value, indent=1) + "\n"


def change(file: Path, edit: Callable[[People], People]) -> People:
    """Make a change, and return the new content of the file, which is on the disk then.

    Raises `LibraryError`, also if the change cannot be made.
    """
    with shared_file.changing(file):
        people_before = read(file)
        try:
            people_after = edit(people_before)
        except PeopleError as error:
            raise LibraryError(str(error)) from error
        if people_after != people_before:
            shared_file.replace(file, dumps(people_after))
        return people_after


def additions(before: Path, now: Path) -> Additions:
    """Return the people of a file that another one lacks, as a private session may add them."""
    known_people = set(read(before))
    people = tuple(person for person in read(now) if person not in known_people)

    def keep(file: Path) -> None:
        change(file, lambda own: choice.joined(own, people)[0])

    return Additions(len(people), "name", keep)
