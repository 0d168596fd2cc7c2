"""The places that commands write down: cables of a query, or marks of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime

from cable_tui.archive import Archive
from cable_tui.cable import Cable
from cable_tui.cli.call import Call, say
from cable_tui.errors import ArchiveError, NotFoundError
from cable_tui.exports import Citation, Note, plea
from cable_tui.library import Library, Mark, paragraph_of, text_changed


def today() -> date:
    """The day of reading."""
    return datetime.now(UTC).astimezone().date()


class Lost:
    """Cables whose file changed or went away, and marks whose cable is not in the archive."""

    def __init__(self) -> None:
        self.reasons: list[str] = []


def of_cables(call: Call, archive: Archive, ids: Iterable[int], lost: Lost) -> Iterator[Citation]:
    """Whole cables, as they come."""
    for key in ids:
        try:
            cable = archive.cable(key)
        except ArchiveError as error:
            lost.reasons.append(str(error))
        else:
            yield _citation(call, archive, cable)


def of_list(
    call: Call, archive: Archive, name: str, only: frozenset[int] | None, lost: Lost
) -> list[Citation]:
    """The marked places of a list in its order, with their notes.

    `only` are the cables that may be in it. Raises `NotFoundError` where there is no such list.
    """
    with closing(Library(call.paths.library, author=call.settings.author)) as library:
        if library.notice:
            say(library.notice)
        if name not in library.lists.names():
            raise NotFoundError(f"there is no list {name}")
        marks = library.lists.marks(name)
    found = (_of_mark(call, archive, mark, only, lost) for mark in marks)
    return [each for each in found if each is not None]


def _of_mark(
    call: Call, archive: Archive, mark: Mark, only: frozenset[int] | None, lost: Lost
) -> Citation | None:
    key = archive.find(mark.canonical_id)
    if key is None:
        lost.reasons.append(f"{mark.reference_id} is not in this archive")
        return None
    if only is not None and key not in only:
        return None
    try:
        cable = archive.cable(key)
    except ArchiveError as error:
        lost.reasons.append(str(error))
        return None
    return _citation(call, archive, cable, mark)


def _citation(call: Call, archive: Archive, cable: Cable, mark: Mark | None = None) -> Citation:
    paragraph = None if mark is None else paragraph_of(mark, cable)
    notes = () if mark is None else (Note(mark.note, mark.author, mark.changed),)
    return Citation(
        cable,
        () if paragraph is None else (paragraph,),
        call.settings.link,
        today(),
        folder=archive.root,
        templates=call.settings.templates,
        notes=tuple(each for each in notes if each.text),
        said="" if mark is None else text_changed(mark, cable),
    )


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
