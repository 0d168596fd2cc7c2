"""A copy of the reader's bookmarks for a private session, and what was made in it.

Files of tools that the session needs are copied too. The library itself is read once, and written
only if the reader wants to keep additions.
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
    """The differences of one library from another."""

    bundle: Bundle
    new: int
    """Bookmarks that the other one lacks."""
    notes: int
    """Notes that the other one lacks, or has in other words."""
    lists: int
    """Lists that the other one lacks, or has with fewer entries."""
    of_tools: tuple[tuple[str, Additions], ...]
    """The names of files of tools, and what was added to them."""
    removed: int
    """Bookmarks that only the other one has."""

    def __bool__(self) -> bool:
        return bool(self.in_words)

    @property
    def in_words(self) -> str:
        """Text: `2 bookmarks, 1 note and 1 person`; empty if there is nothing to keep."""
        parts = [
            (self.new, "bookmark", ""),
            (self.notes, "note", ""),
            (self.lists, "list", ""),
            (len(self.bundle.searches), "saved search", "saved searches"),
            *((additions.count, additions.noun, "") for _, additions in self.of_tools),
        ]
        words = [counted(*count) for count in parts if count[0]]
        return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def copy_library(library: Path, place: Path) -> str:
    """Copy a library and the files of tools; return a sentence on what cannot be read, or empty.

    `place` is the file of the copy. Raises `OSError` if it cannot be written.
    """
    private_folder(place.parent)
    unread_files = []
    try:
        _copy(library, place)
    except (sqlite3.Error, LibraryError, OSError) as error:
        unread_files.append(f"{library}: your bookmarks cannot be read here: {_reason(error)}")
    for kept_file, file in kept_files(library):
        if not kept_file.is_copied:
            continue
        try:
            content = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as error:
            if kept_file.missed:
                unread_files.append(
                    f"{file}: {kept_file.missed} cannot be read here: {_reason(error)}"
                )
            continue
        if content:
            write_private(place.with_name(kept_file.name), content)
    return "\n".join(unread_files)


def _reason(error: Exception) -> str:
    if isinstance(error, sqlite3.Error | OSError):
        return sqlite_file.reason(error).removesuffix(sqlite_file.UNCHANGED)
    return str(error)


def _copy(library: Path, place: Path) -> None:
    if recovery.check(library):
        # What is left of it is looked for in the files beside it, in the copy too.
        for file in library.parent.glob(f"{library.name}*"):
            shutil.copyfile(file, place.with_name(file.name))
    elif library.exists():
        write_private(place, "")
        with (
            # It may have to undo what a killed program has begun.
            closing(database.connect(library, "rw")) as source,
            closing(database.connect(place, "rw")) as target,
        ):
            source.backup(target)


def made_since(before: Path, now: Path) -> Made:
    """Return the additions of a library since its copy was made. Raises `LibraryError`."""
    with closing(Library(before)) as library:
        earlier = library.bundle()
    with closing(Library(now)) as library:
        bundle = library.bundle()
    notes = {mark.uid: mark.note for mark in earlier.marks}
    new_uids = {mark.uid for mark in bundle.marks if mark.uid not in notes}
    noted_uids = {
        mark.uid for mark in bundle.marks if mark.note and notes.get(mark.uid) != mark.note
    }
    uids_in_lists = dict(_new_entries(earlier, bundle, set()))
    # A note that the merge puts beside the one that is there goes into the lists of its mark, too.
    lists = dict(_new_entries(earlier, bundle, noted_uids))
    uids_kept = {*new_uids, *noted_uids, *(uid for uids in lists.values() for uid in uids)}
    return Made(
        Bundle(
            tuple(mark for mark in bundle.marks if mark.uid in uids_kept),
            lists,
            {name: q for name, q in bundle.searches.items() if earlier.searches.get(name) != q},
            private=tuple(row for row in bundle.private if row not in earlier.private),
        ),
        len(new_uids),
        len(noted_uids),
        len(uids_in_lists),
        tuple(_additions(before, now)),
        len(notes.keys() - {mark.uid for mark in bundle.marks}),
    )


def _additions(before: Path, now: Path) -> Iterator[tuple[str, Additions]]:
    """Yield the files of tools to which something was added."""
    for kept_file, file in kept_files(now):
        if kept_file.additions:
            find_additions: FindAdditions = load(kept_file.additions)
            additions = find_additions(before.with_name(kept_file.name), file)
            if additions.count:
                yield kept_file.name, additions


def _new_entries(was: Bundle, now: Bundle, noted: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield lists that are new or longer, with the entries that are new, or have another note."""
    for name, uids in now.lists.items():
        known_list = was.lists.get(name)
        known_uids = set(known_list or ()) - noted
        new_uids = [uid for uid in uids if uid not in known_uids]
        if new_uids or known_list is None:
            yield name, new_uids


def keep(additions_made: Made, library: Path, author: str) -> None:
    """Merge the additions into the reader's library. Raises `LibraryError`."""
    with closing(Library(library, author=author)) as own_library:
        own_library.import_bundle(additions_made.bundle)
    for name, additions in additions_made.of_tools:
        additions.keep(library.with_name(name))
