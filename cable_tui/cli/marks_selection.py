"""Which marks a command line means: what it names, and what is marked of it."""

from __future__ import annotations

from pathlib import Path

from cable_tui import telegram
from cable_tui.cli.context import Call, say
from cable_tui.errors import ArchiveError, CableTuiError, NotFoundError, UsageError
from cable_tui.library import Library, Mark, mark_of
from cable_tui.text import clean_line


def place(call: Call) -> tuple[Path | None, str]:
    """The archive and the reference of a command line. Raises `UsageError`, `ArchiveError`."""
    words = call.options.words
    if not 1 <= len(words) <= 2:
        raise UsageError(f"marks {call.options.action} needs a REF, and may have a PATH before it")
    path = Path(words[0]) if len(words) == 2 else None
    if path is not None and not path.exists():
        raise ArchiveError(f"{path}: no such file or folder")
    return path, words[-1]


def wanted(call: Call, path: Path | None, reference: str) -> Mark:
    """The mark of what the user named: any text may be marked, in the archive or not."""
    given = clean_line(reference).strip()
    read = telegram.reference_in(given)
    canonical, label = read or (given, None)
    note = call.options.note
    known = None if path is None else _known(call, path, canonical, label, note)
    return known or Mark(canonical, canonical, label, note=note)


def _known(call: Call, path: Path, canonical: str, label: str | None, note: str) -> Mark | None:
    """The mark with what the archive knows; None where the archive cannot say."""
    from cable_tui.cli.open_archive import opened

    try:
        with opened(call, path, needs=()) as archive:
            found = archive.find(canonical)
            cable = None if found is None else archive.cable(found)
    except CableTuiError as error:
        # A mark belongs to the reader: it does not wait for an archive that is being built.
        say(f"marked without its text: {error}")
        return None
    if cable is None:
        return None
    named = [each for each in cable.body.paragraphs if label and each.label == label]
    if label and not named:
        return Mark(cable.reference_id, cable.canonical_id, label, note=note)
    return mark_of(cable, named[0] if named else None, note=note)


def marked(call: Call, library: Library) -> list[Mark]:
    """The marks of the place that was named, the oldest first. Raises `NotFoundError`."""
    mark = wanted(call, *place(call))
    found = [each for each in library.marked(mark.canonical_id) if each.paragraph == mark.paragraph]
    if not found:
        raise NotFoundError(f"{mark.name} is not marked")
    return found
