"""`bookmarks notes` writes notes as Markdown files; `bookmarks links` lists links in notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cable_tui import telegram
from cable_tui.archive.cache import indexed_around, refuse_output
from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.base.value import Value
from cable_tui.cli.shared.command_context import CommandContext, say
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.library import Library
from cable_tui.query.answers import CableRow
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted
from cable_tui.tools.notes import markdown_folder
from cable_tui.tools.notes.links import NoteLink, links

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled, Id, Text


class LinkOfNote(Value):
    """The output of `bookmarks links --json`: notes that mention other cables."""

    on: Id
    """The reference ID of the cable with the note."""
    on_paragraph: str | None
    """The label of the paragraph with the note, or null for the whole cable."""
    to: Id
    """The reference ID of the cable that the note mentions."""
    to_paragraph: str | None
    """The label of the paragraph that the note mentions, or null for the whole cable."""
    note: Text
    author: Filled


def write_folder(context: CommandContext, library: Library) -> int:
    """Write the notes into a folder; return 1 if there is nothing to write."""
    words, list_name = context.options.words, context.options.list
    if len(words) not in (1, 2):
        raise UsageError("bookmarks notes needs a FOLDER, and before it the PATH of an archive")
    if list_name is not None and list_name not in library.lists.names():
        raise NotFoundError(f"there is no list called {list_name}")
    marks = library.marks() if list_name is None else library.lists.marks(list_name)
    if not marks:
        say("no bookmarks")
        return 1
    folder = Path(words[-1])
    for archive in (*map(Path, words[:-1]), indexed_around(folder, context.paths.cache)):
        if archive is not None:
            refuse_output(folder, archive)
    rows = (
        _rows(context, Path(words[0]), [mark.canonical_id for mark in marks]) if words[1:] else {}
    )
    result = markdown_folder.write(folder, marks, rows)
    say(f"{counted(result.written, 'file')} written to {folder}, {result.unchanged:,} unchanged")
    for name in result.kept:
        say(f"{folder / name} was changed outside cable-tui, so it was left as it is")
    return 0


def _rows(context: CommandContext, path: Path, canonical_ids: Sequence[str]) -> dict[str, CableRow]:
    with opened_archive(context, path, needs=("facts", "grammar")) as archive:
        number_by_id = archive.ids(canonical_ids)
        return {row.canonical_id: row for row in archive.rows(list(number_by_id.values()))}


def list_links(context: CommandContext, library: Library) -> int:
    """Print the links in all notes, or those from and to one cable; return 1 if there are none."""
    words = context.options.words
    if len(words) > 1:
        raise UsageError("bookmarks links takes one REF")
    all_links = links(library.marks())
    if words:
        reference = telegram.reference_in(words[0])
        canonical_id = reference[0] if reference else words[0]
        all_links = [
            link
            for link in all_links
            if canonical_id in (link.mark.canonical_id, link.named.canonical_id)
        ]
        if not (all_links or reference):  # a bookmarked cable may have a malformed ID
            raise UsageError(f"{words[0]}: not a reference ID, such as 09RABAT27")
    emit_rows(
        context,
        all_links,
        lambda shown: map(_line, shown),
        _as_json,
    )
    if not all_links:
        say("no note mentions another cable" if not words else f"no note links {words[0]}")
    return 0 if all_links else 1


def _as_json(link: NoteLink) -> LinkOfNote:
    mark, named = link
    return LinkOfNote(
        mark.canonical_id,
        mark.paragraph,
        named.canonical_id,
        named.paragraph,
        mark.note,
        mark.author,
    )


def _line(link: NoteLink) -> str:
    named = link.named
    place = f" ¶{named.paragraph}" if named.paragraph else ""
    return clean_line(
        f"{link.mark.name} -> {named.canonical_id}{place}  {' '.join(link.mark.note.split())}"
    )
