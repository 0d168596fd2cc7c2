"""The file of the people that a reader has confirmed: `people.json` next to the bookmarks.

    {"format": "cable-tui people", "version": 2,
     "people": [{"name", "forms": [...], "protected": false, "cables": [...], "nobody": false}]}

Version 1 has neither `cables` nor `nobody`. It is written if there are no such values, for older
programs to read; their surnames are forms that keep their meaning.

The file can be shared. It is data and is never executed. A file of a different structure is refused
as a whole and left unchanged. A change is applied to the current content of the file, under a lock,
and the new file replaces the old one in a single step, so no change made by another window is lost.
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
"""The maximum number of bytes to read."""


class _PeopleFile(Value):
    format: str
    version: int
    people: Annotated[tuple[Person, ...], ("maxItems", choice.MOST_PEOPLE)]


def file_beside(library: Path) -> Path:
    """Return the path of the people file next to a library."""
    return library.with_name("people.json")


def read(file: Path) -> People:
    """Return the people in a file, or no people if there is no file.

    Raises `LibraryError`.
    """
    try:
        file_bytes = read_small(file, LARGEST)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LibraryError(f"{file}: cannot be read: {error.strerror}") from error
    return loads(file_bytes, str(file))


def loads(data: bytes, name: str) -> People:
    """Return the people in the bytes of a file.

    Raises `LibraryError`, whose message contains `name`.
    """
    try:
        parsed_value = json_value(data)
    except ValueError as error:
        raise LibraryError(f"{name} is not readable JSON; nothing was changed") from error
    if not isinstance(parsed_value, dict) or parsed_value.get("format") != FORMAT:
        raise LibraryError(
            f'{name} was not made by `cable-tui people --export`: its "format" is not "{FORMAT}"'
        )
    if parsed_value.get("version") not in (1, VERSION):
        raise LibraryError(
            f"{name} was written by another version of cable-tui; export it again with this version"
        )
    try:
        listed_people = read_json(_PeopleFile, parsed_value).people
    except ValueError as error:
        raise LibraryError(f"{name}: {error}; nothing was changed") from None
    taken_forms: set[tuple[bool, str]] = set()
    taken_names: set[tuple[bool, str]] = set()
    for person_number, person in enumerate(listed_people, 1):
        person_keys = list(map(choice.key_of, (person.name, *person.forms, *person.cables)))
        if not all(person_keys) or len(person_keys) == 1:
            raise LibraryError(f"{name}: person {person_number} needs a name, and forms or cables")
        person_forms = {
            (person.is_nobody, form_key) for form_key in person_keys[1 : len(person.forms) + 1]
        }
        name_key = person.is_nobody, person_keys[0]
        if person_forms & taken_forms or name_key in taken_names:
            raise LibraryError(
                f"{name}: person {person_number} shares a name or form with another person"
            )
        taken_forms |= person_forms
        taken_names.add(name_key)
    return listed_people


def dumps(people: People) -> str:
    """Return the text of a file with these people."""
    is_first_version = not any(person.cables or person.is_nobody for person in people)
    file_value = _PeopleFile(FORMAT, 1 if is_first_version else VERSION, people)
    return json_text(as_json(file_value), indent=1) + "\n"


def change(file: Path, edit: Callable[[People], People]) -> People:
    """Make a change, and return the new content of the file once it is saved to disk.

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
    """Return the people of a file that another file lacks, for a private session to add."""
    known_people = set(read(before))
    people = tuple(person for person in read(now) if person not in known_people)

    def keep(file: Path) -> None:
        change(file, lambda own: choice.joined(own, people)[0])

    return Additions(len(people), "name", keep)
