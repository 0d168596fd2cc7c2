"""The citations of an archive for an export: whole cables, or the reader's bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cable_tui.archive.archive import Archive
from cable_tui.base.cable import Cable
from cable_tui.base.errors import ArchiveError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, ListEntry, Note, Ways, day_of_reading
from cable_tui.exports.lists import once
from cable_tui.library import Mark, paragraph_of, text_changed


class LostCitations:
    """Cables whose file has changed or was removed, and bookmarks on cables that are missing."""

    def __init__(self) -> None:
        self.reasons: list[str] = []


def of_cable(archive: Archive, cable: Cable, ways: Ways, marks: Sequence[Mark]) -> list[Citation]:
    """Return a cable, or if it is bookmarked, each bookmarked location with its notes."""
    own_citations = [_citation(archive, cable, ways, mark) for mark in marks]
    return list(_in_order(own_citations)) if marks else [_citation(archive, cable, ways)]


def _in_order(citations: list[Citation]) -> Iterator[Citation]:
    """Yield the bookmarked parts of one cable, each once: the whole cable, then its paragraphs."""
    citations_by_start: dict[int, list[Citation]] = {}
    for citation in citations:
        first_start = citation.paragraphs[0].span[0] if citation.paragraphs else -1
        citations_by_start.setdefault(first_start, []).append(citation)
    for first_start in sorted(citations_by_start):
        yield from once(citations_by_start[first_start])


def of_marks(
    archive: Archive,
    marks: Iterable[Mark],
    ways: Ways,
    lost: LostCitations,
    only: frozenset[int] | None = None,
) -> Iterator[Citation]:
    """Yield bookmarks in order, with their notes; with `only`, limited to these cables."""
    for mark in marks:
        cable_id = archive.find(mark.canonical_id)
        if cable_id is None:
            lost.reasons.append(f"{mark.reference_id} is not in this archive")
            continue
        if only is not None and cable_id not in only:
            continue
        try:
            cable = archive.cable(cable_id)
        except ArchiveError as error:
            lost.reasons.append(str(error))
        else:
            yield _citation(archive, cable, ways, mark)


def _citation(archive: Archive, cable: Cable, ways: Ways, mark: Mark | None = None) -> Citation:
    paragraph = None if mark is None else paragraph_of(mark, cable)
    notes = () if mark is None else (Note(mark.note, mark.author, mark.changed),)
    citation = Citation(
        cable,
        () if paragraph is None else (paragraph,),
        ways.link,
        folder=archive.root,
        templates=ways.templates,
        notes=tuple(note for note in notes if note.text),
        lists=() if mark is None else tuple(map(ListEntry, mark.lists)),
        caution="" if mark is None else text_changed(mark, cable),
    )
    return replace(citation, read_on=day_of_reading(citation, ways))
