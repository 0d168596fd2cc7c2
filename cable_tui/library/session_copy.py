"""A copy of the reader's bookmarks for a private session, and the additions made in it.

The tools' files that the session needs are also copied. The library itself is read once, and
written only if the reader wants to keep additions.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.base.tools import load
from cable_tui.base.value import Value
from cable_tui.library import recovery, sqlite_file
from cable_tui.library.bundles import Bundle
from cable_tui.library.kept_files import Additions, FindAdditions, kept_files
from cable_tui.library.library import Library
from cable_tui.program import database
from cable_tui.program.settings import private_folder, write_private
from cable_tui.text.numbers import counted


class Made(Value):
    """The differences between a changed library and its earlier copy."""

    bundle: Bundle
    new: int
    """The number of bookmarks that the earlier copy lacks."""
    notes: int
    """The number of notes that are missing from the earlier copy or have another text there."""
    lists: int
    """The number of lists that are missing from the earlier copy or have gained entries."""
    of_tools: tuple[tuple[str, Additions], ...]
    """The names of the tools' files, with the additions to each."""
    removed: int
    """The number of bookmarks that are only in the earlier copy."""

    def __bool__(self) -> bool:
        return bool(self.in_words)

    @property
    def in_words(self) -> str:
        """The additions in words, such as `2 bookmarks, 1 note and 1 person`; may be empty."""
        counted_nouns = [
            (self.new, "bookmark", ""),
            (self.notes, "note", ""),
            (self.lists, "list", ""),
            (len(self.bundle.searches), "saved search", "saved searches"),
            *((additions.count, additions.noun, "") for _, additions in self.of_tools),
        ]
        words = [counted(*counted_noun) for counted_noun in counted_nouns if counted_noun[0]]
        return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def copy_library(library: Path, copy_file: Path) -> str:
    """Copy a library and tools' files; return a sentence about unreadable files.

    The sentence is empty if all were readable. `copy_file` is the path of the copy. Raises
    `OSError` if it cannot be written.
    """
    private_folder(copy_file.parent)
    unread_files = []
    try:
        _copy(library, copy_file)
    except (sqlite3.Error, LibraryError, OSError) as error:
        unread_files.append(f"{library}: your bookmarks cannot be read here: {_reason(error)}")
    for kept_file, file in kept_files(library):
        if not kept_file.is_copied:
            continue
        try:
            file_text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            if kept_file.missed:
                unread_files.append(
                    f"{file}: {kept_file.missed} cannot be read here: {_reason(error)}"
                )
            continue
        if file_text:
            write_private(copy_file.with_name(kept_file.name), file_text)
    return "\n".join(unread_files)


def _reason(error: Exception) -> str:
    if isinstance(error, sqlite3.Error | OSError):
        return sqlite_file.reason(error).removesuffix(sqlite_file.UNCHANGED)
    return str(error)


def _copy(library: Path, copy_file: Path) -> None:
    if recovery.check(library):
        # What is left of it is looked for in the files beside it, in the copy too.
        for file in library.parent.glob(f"{library.name}*"):
            shutil.copyfile(file, copy_file.with_name(file.name))
    elif library.exists():
        write_private(copy_file, "")
        with (
            # It may have to undo what a killed program has begun.
            closing(database.connect(library, "rw")) as source_connection,
            closing(database.connect(copy_file, "rw")) as target_connection,
        ):
            source_connection.backup(target_connection)


def made_since(before: Path, now: Path) -> Made:
    """Return the additions to a library since its copy was made. Raises `LibraryError`."""
    with closing(Library(before)) as library:
        earlier_bundle = library.bundle()
    with closing(Library(now)) as library:
        present_bundle = library.bundle()
    note_by_uid = {mark.uid: mark.note for mark in earlier_bundle.marks}
    new_uids = {mark.uid for mark in present_bundle.marks if mark.uid not in note_by_uid}
    noted_uids = {
        mark.uid
        for mark in present_bundle.marks
        if mark.note and note_by_uid.get(mark.uid) != mark.note
    }
    uids_in_lists = dict(_new_entries(earlier_bundle, present_bundle, set()))
    # A note that the merge puts beside the one that is there goes into the lists of its mark, too.
    entries_by_list = dict(_new_entries(earlier_bundle, present_bundle, noted_uids))
    new_list_notes = {
        name: note
        for name, note in present_bundle.list_notes.items()
        if earlier_bundle.list_notes.get(name) != note
    }
    uids_kept = {
        *new_uids,
        *noted_uids,
        *(uid for uids in entries_by_list.values() for uid in uids),
    }
    return Made(
        Bundle(
            tuple(mark for mark in present_bundle.marks if mark.uid in uids_kept),
            {**{name: list[str]() for name in new_list_notes}, **entries_by_list},
            {
                name: query
                for name, query in present_bundle.searches.items()
                if earlier_bundle.searches.get(name) != query
            },
            private=tuple(
                private_row
                for private_row in present_bundle.private
                if private_row not in earlier_bundle.private
            ),
            list_notes=new_list_notes,
        ),
        len(new_uids),
        len(noted_uids) + len(new_list_notes),
        len(uids_in_lists),
        tuple(_additions(before, now)),
        len(note_by_uid.keys() - {mark.uid for mark in present_bundle.marks}),
    )


def _additions(before: Path, now: Path) -> Iterator[tuple[str, Additions]]:
    """Yield the tools' files with additions."""
    for kept_file, file in kept_files(now):
        if kept_file.additions:
            find_additions: FindAdditions = load(kept_file.additions)
            additions = find_additions(before.with_name(kept_file.name), file)
            if additions.count:
                yield kept_file.name, additions


def _new_entries(
    earlier_bundle: Bundle, present_bundle: Bundle, noted_uids: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield lists that are new or longer, with those entries that are new or have another note."""
    for name, uids in present_bundle.lists.items():
        known_list = earlier_bundle.lists.get(name)
        known_uids = set(known_list or ()) - noted_uids
        new_uids = [uid for uid in uids if uid not in known_uids]
        if new_uids or known_list is None:
            yield name, new_uids


def keep(additions_made: Made, library: Path, author: str) -> None:
    """Merge the additions into the reader's library. Raises `LibraryError`."""
    with closing(Library(library, author=author)) as own_library:
        own_library.import_bundle(additions_made.bundle)
    for name, additions in additions_made.of_tools:
        additions.keep(library.with_name(name))
