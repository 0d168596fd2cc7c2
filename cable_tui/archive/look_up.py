"""Looks up a REF[#N] in an archive for the library and the commands, with hints if it fails.

The error names similar cables, the cables that cite a missing cable, or the existing paragraphs.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.archive.archive import Archive
    from cable_tui.base.cable import Cable, Paragraph, Source

NEAR = 3
"""The maximum number of cables suggested if a reference is not found."""


def look_up(
    archive: Archive, reference: str, source: str | None = None
) -> tuple[int, Cable, Paragraph | None]:
    """Return the cable's number, the cable, and the paragraph that a `REF[#N]` names.

    Raises `NotFoundError`, or `UsageError` if the reference is empty. `source` is the format or
    path of the record to read, or None for the shown record.
    """
    from cable_tui import telegram  # a search needs no grammar

    reference_text = clean_line(reference).strip()
    if not reference_text.partition("#")[0]:
        raise UsageError("REF: it is empty (is a shell variable unset?)")
    canonical_id, label = telegram.reference_in(reference_text) or (reference_text, None)
    cable_number = archive.find(canonical_id)
    if cable_number is None:
        near_references = [
            jump.reference for jump in archive.jump(reference_text, limit=NEAR) if jump.reference
        ]
        hint = f". Did you mean {' or '.join(near_references)}?" if near_references else ""
        hint = _citing(archive, canonical_id) or hint
        raise NotFoundError(
            f"{reference_text}: no such cable in this archive{so_far(archive)}{hint}"
        )
    source_number = (
        0 if source is None else _number(archive.sources(cable_number), reference_text, source)
    )
    cable = archive.cable(cable_number, source_number)
    return cable_number, cable, None if label is None else paragraph_of(cable, label)


def _number(sources: Sequence[Source], reference: str, record: str) -> int:
    """Return the number of the cable's record with this format or path."""
    for source in sources:
        if record in (source.format, source.path):
            return source.number
    known_sources = ", ".join(f"{source.format} ({source.path})" for source in sources)
    raise NotFoundError(f"{reference} has no source {record}; it has {known_sources}")


def so_far(archive: Archive) -> str:
    """Return a note for scripts if the cable may be in a file that is not read yet.

    Return an empty string otherwise.
    """
    read_count, file_count = archive.summary().stages["facts"]
    return (
        ""
        if file_count and read_count == file_count
        else f" so far: {read_count:,} of {file_count:,} files have been read"
    )


def _citing(archive: Archive, canonical: str) -> str:
    """Return how many cables cite a missing one, with the command that lists them.

    Return an empty string if no cable cites it.
    """
    if not (citing_count := len(archive.cited_by(canonical))):
        return ""
    count = counted(citing_count, "cable")
    cites_or_cite = "cites" if citing_count == 1 else "cite"
    command = f"cable-tui references {shlex.quote(str(archive.root))} {canonical}"
    return f"; {count} in the archive {cites_or_cite} it: run `{command}` to see where"


def paragraph_of(cable: Cable, label: str) -> Paragraph:
    """Return the paragraph of a cable with this label. Raises `NotFoundError`."""
    labels = [paragraph.label for paragraph in cable.body.paragraphs if paragraph.label]
    for paragraph in cable.body.paragraphs:
        if paragraph.label and paragraph.label.casefold() == label.casefold():
            return paragraph
    known_labels = f"its paragraphs are {labels[0]} to {labels[-1]}" if labels else "it has none"
    raise NotFoundError(f"{cable.reference_id} has no paragraph {label}: {known_labels}")
