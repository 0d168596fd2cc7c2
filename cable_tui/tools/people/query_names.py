"""The people that the reader has confirmed, as names that `person:` replaces with words."""

from __future__ import annotations

from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.operating_system.files import version_of
from cable_tui.query.reader_terms import WordNames
from cable_tui.tools.people import people_file


def state(library: Path) -> object:
    """Return a value that changes whenever the people file changes."""
    return version_of(people_file.file_beside(library))


def names(library: Path) -> WordNames:
    """Return the confirmed people as names, or the error in the file if it is unreadable."""
    try:
        people = people_file.read(people_file.file_beside(library))
    except LibraryError as error:
        return WordNames(fault=str(error))
    return WordNames(tuple(person for person in people if not person.is_nobody))
