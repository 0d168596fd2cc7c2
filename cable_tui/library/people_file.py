"""The file of the people whom a reader has confirmed: `people.json` beside the bookmarks.

    {"format": "cable-tui people", "version": 1,
     "people": [{"name", "forms": [...], "protected": false}]}

It can be given to others. It is data and nothing in it is run: what is not of this shape is refused
as a whole, and left as it is. A change is made on what the file holds at that moment, under a lock,
and the new file takes the place of the old one in one step: two windows lose nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cable_tui import shared_file
from cable_tui.errors import LibraryError
from cable_tui.operating_system.files import read_small
from cable_tui.query import people as choice
from cable_tui.query.people import People, PeopleError, Person
from cable_tui.query.reader_data import ReaderData
from cable_tui.text import clean_line
from cable_tui.text.json_text import json_text
from cable_tui.value import replace

FORMAT = "cable-tui people"
VERSION = 1
LARGEST = 16 << 20
"""Bytes at most that are read."""


def file_beside(library: Path) -> Path:
    """The file of people that belongs to a library."""
    return library.with_name("people.json")


def state(file: Path) -> object:
    """Changes whenever the file does."""
    try:
        info = file.stat()
    except OSError:
        return None
    return info.st_ino, info.st_mtime_ns, info.st_size


def read(file: Path) -> People:
    """The people of a file; none where there is no file. Raises `LibraryError`."""
    try:
        data = read_small(file, LARGEST)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    return loads(data, str(file))


def with_people(own: ReaderData, file: Path) -> ReaderData:
    """The reader's data with the people of a file, or with what is wrong with that file."""
    try:
        return replace(own, people=read(file), people_fault="")
    except LibraryError as error:
        return replace(own, people=(), people_fault=str(error))


def loads(data: bytes, name: str) -> People:
    """The people of a file's bytes. Raises `LibraryError`, with its name."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{name}: is no JSON that can be read; nothing was changed") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise LibraryError(f'{name}: is no file of people: its "format" is not "{FORMAT}"')
    if value.get("version") != VERSION:
        raise LibraryError(f"{name}: was written by another version of cable-tui")
    listed = value.get("people")
    if not isinstance(listed, list):
        raise LibraryError(f"{name}: has no list of people")
    taken: set[str] = set()
    names: set[str] = set()
    people: list[Person] = []
    for number, item in enumerate(listed, 1):
        person = _person(item)
        if person is None or number > choice.MOST_PEOPLE:
            raise LibraryError(f"{name}: person {number} is not as expected")
        forms = set(map(choice.key_of, person.forms))
        if forms & taken or choice.key_of(person.name) in names:
            raise LibraryError(f"{name}: person {number} has a name or a form of another person")
        taken |= forms
        names.add(choice.key_of(person.name))
        people.append(person)
    return tuple(people)


def _person(item: Any) -> Person | None:
    if not isinstance(item, dict):
        return None
    name, forms, protected = item.get("name"), item.get("forms"), item.get("protected", False)
    if not (isinstance(name, str) and isinstance(forms, list) and isinstance(protected, bool)):
        return None
    if not all(isinstance(form, str) for form in forms) or len(forms) > choice.MOST_FORMS:
        return None
    kept = tuple(choice.one_line(clean_line(form)) for form in forms)
    name = choice.one_line(clean_line(name))
    if not choice.key_of(name) or not kept or not all(map(choice.key_of, kept)):
        return None
    return Person(name, kept, protected)


def dumps(people: People) -> str:
    """The text of a file."""
    value = {
        "format": FORMAT,
        "version": VERSION,
        "people": [
            {"name": each.name, "forms": list(each.forms), "protected": each.protected}
            for each in people
        ],
    }
    return json_text(value, indent=1) + "\n"


def change(file: Path, edit: Callable[[People], People]) -> People:
    """Make a change, and return what the file holds now; it is on the disk then.

    Raises `LibraryError`, also where the change cannot be made.
    """
    with shared_file.changing(file):
        before = read(file)
        try:
            after = edit(before)
        except PeopleError as error:
            raise LibraryError(str(error)) from error
        if after != before:
            shared_file.replace(file, dumps(after))
        return after
