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

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cable_tui.base.errors import LibraryError
from cable_tui.base.value import Value, as_json
from cable_tui.library.kept_files import Additions
from cable_tui.operating_system.files import read_small
from cable_tui.program import shared_file
from cable_tui.text.cleaning import json_text
from cable_tui.text.untrusted import json_value
from cable_tui.text.untrusted import read as read_json
from cable_tui.tools.people import confirmed as choice
from cable_tui.tools.people.confirmed import People, PeopleError, Person

FORMAT = "cable-tui people"
VERSION = 2
LARGEST = 16 << 20
"""The most bytes that are read."""


class _PeopleFile(Value):
    format: str
    version: int
    people: Annotated[tuple[Person, ...], ("maxItems", choice.MOST_PEOPLE)]


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
        value = json_value(data)
    except ValueError as error:
        raise LibraryError(f"{name} is not readable JSON; nothing was changed") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise LibraryError(
            f'{name} was not made by `cable-tui people --export`: its "format" is not "{FORMAT}"'
        )
    if value.get("version") not in (1, VERSION):
        raise LibraryError(
            f"{name} was written by another version of cable-tui; export it again with this version"
        )
    try:
        listed = read_json(_PeopleFile, value).people
    except ValueError as error:
        raise LibraryError(f"{name}: {error}; nothing was changed") from None
    taken: set[tuple[bool, str]] = set()
    names_read: set[tuple[bool, str]] = set()
    for number, person in enumerate(listed, 1):
        keys = list(map(choice.key_of, (person.name, *person.forms, *person.cables)))
        if not all(keys) or len(keys) == 1:
            raise LibraryError(f"{name}: person {number} needs a name, and forms or cables")
        forms = {(person.is_nobody, key) for key in keys[1 : len(person.forms) + 1]}
        called = person.is_nobody, keys[0]
        if forms & taken or called in names_read:
            raise LibraryError(f"{name}: person {number} shares a name or form with another person")
        taken |= forms
        names_read.add(called)
    return listed


def dumps(people: People) -> str:
    """Return the text of a file."""
    is_old = not any(person.cables or person.is_nobody for person in people)
    value = _PeopleFile(FORMAT, 1 if is_old else VERSION, people)
    return json_text(as_json(value), indent=1) + "\n"


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
