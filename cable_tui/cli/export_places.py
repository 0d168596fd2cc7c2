"""The places that commands write down, and what must be said before they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from cable_tui.cli.context import Call, say
from cable_tui.errors import LibraryError, NotFoundError
from cable_tui.exports import Citation, Ways, plea
from cable_tui.library import Library, Mark


def ways(call: Call) -> Ways:
    """How this user cites."""
    return Ways(call.settings.link, call.settings.templates)


def marks_of(call: Call, name: str) -> list[Mark]:
    """The marks of a list in its order. Raises `NotFoundError` where there is no such list."""
    name = " ".join(name.split())
    with closing(Library(call.paths.library, author=call.settings.author)) as library:
        if library.notice:
            say(library.notice)
        if name not in library.lists.names():
            raise NotFoundError(f"there is no list {name}")
        return library.lists.marks(name)


def all_marks(call: Call) -> list[Mark]:
    """Every mark of the reader; where they cannot be read that is said, and there are none."""
    try:
        with closing(Library(call.paths.library)) as library:
            if library.notice:
                say(library.notice)
            return library.marks()
    except LibraryError as error:
        say(f"{error}; the export is without your notes")
        return []


def protection(citation: Citation) -> str:
    """A warning where the place asks that somebody be protected, or empty."""
    if not (words := plea(citation)):
        return ""
    name = citation.cable.reference_id
    return f"“{words}” stands in {name}: think of who is named before you pass it on"


def warned(citations: Iterable[Citation]) -> Iterator[Citation]:
    """The same places; before the first that asks for protection it is said, once."""
    said = False
    for cited in citations:
        if not said and (warning := protection(cited)):
            say(warning)
            said = True
        yield cited
