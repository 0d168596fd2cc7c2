"""`marks read`, `marks unread`, `marks recent`: the signs of what was read."""

from __future__ import annotations

from pathlib import Path

from cable_tui import telegram
from cable_tui.cli.context import Context, emit_json, emit_lines, say
from cable_tui.errors import UsageError
from cable_tui.library import Library
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

RECENT = 20
"""Cables that `marks recent` prints at most, as the room's library does."""


def read(context: Context, library: Library) -> int:
    """Give cables the sign that they were read."""
    ids = _ids(context)
    library.read_cables.add(ids)
    say(f"{counted(len(ids), 'cable')} read")
    return 0


def unread(context: Context, library: Library) -> int:
    """Take the sign away; a cable that has none stays as it is."""
    ids = _ids(context)
    library.read_cables.remove(ids)
    say(f"{counted(len(ids), 'cable')} not read")
    return 0


def _ids(context: Context) -> tuple[str, ...]:
    """Canonical ids of the references that were named. Raises `UsageError`."""
    if not context.options.words:
        raise UsageError(f"marks {context.options.action} needs a REF, or several")
    given = (clean_line(word).strip() for word in context.options.words)
    return tuple(dict.fromkeys((telegram.reference_in(each) or (each, None))[0] for each in given))


def recent(context: Context, library: Library) -> int:
    """The cables read last, the newest first; of one archive with their subjects."""
    words = context.options.words
    if len(words) > 1:
        raise UsageError("marks recent takes no more than a PATH")
    ids = library.read_cables.recent(RECENT)
    subjects = _subjects(context, Path(words[0]), ids) if words else dict.fromkeys(ids, "")
    if context.options.json:
        emit_json([{"ref": ref, "subject": subject or None} for ref, subject in subjects.items()])
    else:
        emit_lines(f"{ref}  {clean_line(text)}".rstrip() for ref, text in subjects.items())
    if not subjects:
        say("no cable of this archive was read" if words else "no cable was read")
    return 0 if subjects else 1


def _subjects(context: Context, path: Path, ids: tuple[str, ...]) -> dict[str, str]:
    """Those that the archive has, with their subjects."""
    from cable_tui.cli.open_archive import opened_archive  # a library alone needs no archive

    with opened_archive(context, path, needs=()) as archive:
        found = ((each, archive.find(each)) for each in ids)
        keys = {each: key for each, key in found if key is not None}
        rows = {row.id: row.subject for row in archive.rows(list(keys.values()))}
        return {each: rows.get(key, "") for each, key in keys.items()}
