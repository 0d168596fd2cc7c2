"""`cable-tui bookmarks`: the reader's bookmarks, lists, read cables and saved searches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from os import sep
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cable_tui import telegram
from cable_tui.base.errors import CableTuiError, CacheError, LibraryError, NotFoundError, UsageError
from cable_tui.base.tools import load, tools
from cable_tui.base.value import Value, picked, replace
from cable_tui.cli.bookmark_actions import ACTIONS, ONLY_READ, configure, configure_action, verb_of
from cable_tui.cli.shared.command_context import (
    CommandContext,
    existing_path,
    file_or_stdout,
    refuse_private,
    say,
    write_out,
)
from cable_tui.cli.shared.options import one_line
from cable_tui.cli.shared.row_pages import emit_rows
from cable_tui.library import Library, Mark, bundles, mark_of
from cable_tui.library.bundles import Bundle
from cable_tui.library.lists_and_searches import Lists, Searches
from cable_tui.text import clean_line, clean_text
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.kinds import Count, Filled, Instant, OrNull

Perform = Callable[[CommandContext, Library], int]
"""A function that carries out an action and returns the exit status."""
ReadBundle = Callable[[Path], Bundle | None]
"""A function that returns the bookmarks in a file in a tool's format, or None for other files."""
_RECENT = 20
"""The maximum number of cables printed by `bookmarks recent`, as in the room's library."""


class ListedMark(Value):
    """One of your bookmarks in the output of `bookmarks list --json`."""

    reference_id: Annotated[Filled, "named ref"]
    paragraph: str | None
    """The label of the bookmarked paragraph, or null for the whole cable."""
    note: str
    """The note on the bookmark; empty if there is none."""
    lists: tuple[Filled, ...]
    author: str
    created: Instant


class ListedList(Value):
    """One of your lists in the output of `bookmarks lists --json`."""

    name: Filled
    marks: Count
    """The number of bookmarks in the list."""
    private: bool
    """Whether the list is never shared with others."""
    note: str
    """The note on the list; empty if there is none."""


class ReadCable(Value):
    """A cable in the output of `bookmarks recent --json`: the cables read last, newest first."""

    ref: Filled
    """The canonical reference ID of the cable."""
    subject: OrNull[Filled]
    """The cable's subject in the named archive, or null if no archive is named."""


class SavedSearch(Value):
    """One of your saved searches in the output of `bookmarks searches --json`."""

    name: Filled
    query: Filled


def run(context: CommandContext) -> int:
    """Perform the action. The exit status is 0 only if the change is on disk."""
    action_name = context.options.action
    if not (action_name in ONLY_READ or ACTIONS[action_name].only_reads):
        refuse_private(context, f"bookmarks {action_name}")
    with opened_library(context) as library:
        tool_function = ACTIONS[action_name].perform
        perform: Perform = load(tool_function) if tool_function else _ACTIONS[action_name]
        return perform(context, library)


@contextmanager
def opened_library(context: CommandContext) -> Iterator[Library]:
    """Yield the reader's library. Messages about its file are printed on stderr."""
    with closing(Library(context.paths.library, author=context.settings.author)) as library:
        notice = library.notice
        if notice:
            say(notice)
        yield library
        if library.notice != notice:
            say(library.notice)


def _add(context: CommandContext, library: Library) -> int:
    mark = _named_mark(context, is_new=True)
    list_name, list_position = context.options.list, context.options.to
    if list_position and not list_name:
        raise UsageError("bookmarks add: --to N, a position in a list, needs --list NAME")
    list_names = () if list_name is None else (list_name,)
    stored_mark = library.add(replace(mark, note=clean_text(mark.note), lists=list_names))
    if list_position and list_name:
        library.lists.move(stored_mark, list_name, list_position - 1)
    is_unchecked = mark.paragraph and len(context.options.words) == 1
    hint = ", but not checked for this paragraph (to check it, put the PATH of an archive first)"
    say(f"bookmarked {stored_mark.name}{hint if is_unchecked else ''}")
    return 0


def _list(context: CommandContext, library: Library) -> int:
    if len(context.options.words) > 1:
        raise UsageError("bookmarks list takes only a PATH")
    list_name = context.options.list
    marks = library.marks() if list_name is None else library.lists.marks(list_name)
    emit_rows(
        context,
        marks,
        lambda shown: _lines(context, library, shown),
        partial(picked, ListedMark),
    )
    if not marks:
        say(
            "no bookmarks"
            if list_name is None
            else f"there is no list called {list_name}{_there_are(library.lists)}"
        )
    return 0 if marks else 1


def _export(context: CommandContext, library: Library) -> int:
    library_path = _file(context)
    list_name = context.options.list
    bundle = library.bundle(list_name)
    if list_name is not None and list_name not in bundle.lists:
        raise NotFoundError(f"there is no list called {list_name}{_there_are(library.lists)}")
    write_out(library_path, [bundles.dumps(bundle)])
    if library_path is not None:
        say(f"{counted(len(bundle.marks), 'bookmark')} written to {library_path}")
    return 0


def _import(context: CommandContext, library: Library) -> int:
    merged_bundle = library.import_bundle(_given(_file(context)))
    say(
        f"{counted(merged_bundle.added, 'bookmark')} added, "
        f"{counted(merged_bundle.updated, 'newer note')} imported, {merged_bundle.same} unchanged"
    )
    return 0


def _given(bundle_file: Path | None) -> Bundle:
    """Return the bookmarks in a file, which may be a tool's file. None means stdin."""
    if bundle_file is None:
        return bundles.loads(sys.stdin.buffer.read(bundles.LARGEST), "stdin")
    for tool in tools():
        for reader_name in tool.bundles:
            read_bundle: ReadBundle = load(reader_name)
            if (bundle := read_bundle(bundle_file)) is not None:
                return bundle
    return bundles.loads(bundles.read(bundle_file), str(bundle_file))


def _file(context: CommandContext) -> Path | None:
    """Return the FILE argument as a path, or None for `-`."""
    if len(context.options.words) != 1:
        raise UsageError(f"bookmarks {context.options.action} needs a FILE (- is stdin or stdout)")
    (only_word,) = context.options.words
    return file_or_stdout(only_word)


def _line(mark: Mark, ids_here: set[str] | None, own: Container[str]) -> str:
    """Return a line such as `09ZENDA1 by Mara: her note [list]`.

    The reader's own lines have no author.
    """
    by_author = "" if mark.author in own else f"by {clean_line(mark.author)}"
    absent_note = (
        "" if ids_here is None or mark.canonical_id in ids_here else "(not in this archive)"
    )
    list_names = f"[{', '.join(mark.lists)}]" if mark.lists else ""
    note = ": ".join(filter(None, (by_author, clean_line(mark.note))))
    line_parts = (mark.name, note, clean_line(list_names), absent_note)
    return "  ".join(filter(None, line_parts))


def _lines(context: CommandContext, library: Library, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield a line for each bookmark. If an archive is named, cables missing from it are marked.

    Bookmarks need no cache: a sync may have added them before the archive was indexed.
    """
    ids_here = None
    if context.options.words:
        from cable_tui.cli.shared.opened_archive import opened_archive

        try:
            with opened_archive(context, Path(context.options.words[0]), needs=()) as archive:
                bookmarked_ids = {mark.canonical_id for mark in marks}
                ids_here = {id_ for id_ in bookmarked_ids if archive.find(id_) is not None}
        except CacheError as error:
            say(f"could not check which of these cables are in the archive: {error}")
    own_names = library.names.all()
    yield from (_line(mark, ids_here, own_names) for mark in marks)


def _own(context: CommandContext, library: Library, otherwise: str) -> list[Mark]:
    """Return the reader's own bookmarks on the given cable or paragraph.

    Raises `NotFoundError` with the message `otherwise` if all of them are by other people.
    """
    marks = [mark for mark in _stored_marks(context, library) if library.is_own(mark)]
    if not marks:
        raise NotFoundError(otherwise)
    return marks


def _remove(context: CommandContext, library: Library) -> int:
    marks = _own(context, library, "its bookmarks are by other people and were kept")
    kept_marks = [] if context.options.force else [mark for mark in marks if not mark.is_bare]
    own_names = library.names.all()
    if kept_marks == marks:
        raise UsageError(
            f"{_line(kept_marks[0], None, own_names)}: --force removes its note and list entries "
            "as well"
        )
    library.remove_all([mark for mark in marks if mark not in kept_marks])
    say(f"no longer bookmarked: {marks[0].name}")
    for mark in kept_marks:
        say(f"kept: {_line(mark, None, own_names)}")
    return 0


def _note(context: CommandContext, library: Library) -> int:
    """Change the note on the reader's own bookmark, or on the first one if there are several."""
    if context.options.list is not None:
        return _list_note(context, library)
    no_own_mark = "its notes are by other people; `bookmarks add` adds your own"
    mark, *_ = _own(context, library, no_own_mark)
    library.note(mark, clean_text(context.options.note))
    say(f"{'note kept with' if context.options.note else 'no note any more with'} {mark.name}")
    return 0


def _list_note(context: CommandContext, library: Library) -> int:
    """Change the note on a list."""
    if context.options.words:
        raise UsageError("bookmarks note takes a REF or --list NAME, not both")
    _, name = _named(context, library)
    note = clean_text(context.options.note).strip()
    library.lists.note(name, library.lists.notes().get(name, ""), note)
    say(f"{'note saved with' if note else 'note removed from'} the list {name}")
    return 0


def _move(context: CommandContext, library: Library) -> int:
    list_name, list_position = context.options.list, context.options.to
    if not list_name or not list_position:
        raise UsageError("bookmarks move needs --list NAME and --to N, the position from 1")
    if not context.options.words:
        _named(context, library)[0].place(list_name, list_position - 1)
        say(f"{list_name} is now number {list_position:,} of your lists")
        return 0
    ids_in_list = {mark.id for mark in library.lists.marks(list_name)}
    marks = [mark for mark in _stored_marks(context, library) if mark.id in ids_in_list]
    if not marks:
        raise NotFoundError(f"it is not in the list {list_name}{_there_are(library.lists)}")
    library.lists.move(marks[0], list_name, list_position - 1)
    say(f"{marks[0].name} is now number {list_position:,} of {list_name}")
    return 0


def _rename(context: CommandContext, library: Library) -> int:
    collection, name = _named(context, library)
    new_name = one_line(" ".join(context.options.words))
    if not new_name:
        raise UsageError("bookmarks rename needs --list NAME or --search NAME, and the new NAME")
    collection.rename(name, new_name)
    say(f"{name} is now called {new_name}")
    return 0


def _drop(context: CommandContext, library: Library) -> int:
    """Remove a saved search, or remove a list but not its bookmarks."""
    if context.options.words:
        raise UsageError(
            "bookmarks drop takes only --list NAME or --search NAME (see also bookmarks remove)"
        )
    collection, name = _named(context, library)
    collection.drop(name)
    if collection is library.lists:
        say(f"list removed: {name}; its bookmarks were kept")
    else:
        say(f"saved search removed: {name}")
    return 0


def _named(context: CommandContext, library: Library) -> tuple[Lists | Searches, str]:
    """Return the lists or the saved searches, and the name in them given by the options.

    Raises `UsageError`, and `NotFoundError` if the name does not exist.
    """
    options = context.options
    is_search = options.search is not None
    collection: Lists | Searches = library.searches if is_search else library.lists
    chosen_name: str = options.search if is_search else options.list or ""
    if not (chosen_name or is_search):
        raise UsageError(f"bookmarks {options.action} needs --list NAME")
    if chosen_name not in collection.names():
        what_is_missing = "saved search" if is_search else "list"
        raise NotFoundError(
            f"there is no {what_is_missing} called {chosen_name}{_there_are(collection)}"
        )
    return collection, chosen_name


def _there_are(collection: Lists | Searches) -> str:
    list_names = collection.names()
    return f"; your names are {', '.join(list_names)}" if list_names else ""


def _lists(context: CommandContext, library: Library) -> int:
    sizes, private_lists = library.lists.sizes(), library.lists.private()
    notes = library.lists.notes()
    lists = [
        ListedList(name, count, name in private_lists, notes.get(name, ""))
        for name, count in sizes.items()
    ]
    emit_rows(
        context,
        lists,
        lambda shown: (
            f"{clean_line(each.name)}  {each.marks:,}{'  private' if each.private else ''}"
            f"  {clean_line(each.note)}".rstrip()
            for each in shown
        ),
    )
    if not sizes:
        say("no lists")
    return 0 if sizes else 1


def _named_mark(context: CommandContext, *, is_new: bool = False) -> Mark:
    """Return a bookmark for the user's text. Any text may be bookmarked, in the archive or not.

    Raises `UsageError` and `ArchiveError`. Also raises `NotFoundError` if the bookmark `is_new` and
    names a paragraph that its cable does not have.
    """
    option_words = context.options.words
    if not 1 <= len(option_words) <= 2:
        raise UsageError(
            f"a REF is missing: cable-tui bookmarks {context.options.action} [PATH] REF[#N]"
        )
    if not all(option_words):
        raise UsageError(
            f"bookmarks {context.options.action}: a word is empty (is a shell variable unset?)"
        )
    if len(option_words) == 1 and is_new and Path(option_words[0]).is_dir():
        raise UsageError(f"{option_words[0]} is a folder; add the REF of a cable after it")
    path = existing_path(Path(option_words[0])) if len(option_words) == 2 else None
    canonical_id, label = _place(option_words[-1])
    mark_named = None
    if path is not None:
        mark_named = _mark_from_archive(context, path, canonical_id, label, is_new=is_new)
    return mark_named or Mark(canonical_id, canonical_id, label, note=context.options.note)


def _mark_from_archive(
    context: CommandContext, path: Path, canonical: str, label: str | None, *, is_new: bool
) -> Mark | None:
    """Return a bookmark with the archive's data, or None if the archive cannot be read.

    A message reports a cable or paragraph that is missing from the archive, because the reference
    may be mistyped.
    """
    from cable_tui.archive.look_up import paragraph_of, so_far
    from cable_tui.cli.shared.opened_archive import opened_archive

    try:
        with opened_archive(context, path, needs=()) as archive:
            cable_number = archive.find(canonical)
            if cable_number is None:
                say(f"{canonical}: no such cable in this archive{so_far(archive)}")
                return None
            if label is None:  # its text need not be read
                (row,) = archive.rows([cable_number])
                return Mark(row.reference_id, row.canonical_id, note=context.options.note)
            cable = archive.cable(cable_number)
    except CableTuiError as error:
        # A mark belongs to the reader: it does not wait for an archive that is being built.
        say(f"bookmarked, but its text could not be read: {error}")
        return None
    try:
        return mark_of(cable, paragraph_of(cable, label), note=context.options.note)
    except NotFoundError as error:
        if is_new:
            raise
        # An older bookmark, such as one of another record, can still be removed.
        say(str(error))
        return Mark(cable.reference_id, cable.canonical_id, label, note=context.options.note)


def _stored_marks(context: CommandContext, library: Library) -> list[Mark]:
    """Return the stored bookmarks on the given cable or paragraph, oldest first.

    Raises `NotFoundError` if there are none.
    """
    mark = _named_mark(context)
    marks = [
        stored_mark
        for stored_mark in library.marked(mark.canonical_id)
        if stored_mark.paragraph == mark.paragraph
    ]
    if not marks:
        raise NotFoundError(f"{mark.name} is not bookmarked")
    return marks


def _read(context: CommandContext, library: Library) -> int:
    """Mark cables as read or as unread, as the action says."""
    action_name, words = context.options.action, context.options.words
    if not words:
        raise UsageError(f"bookmarks {action_name} needs a REF, or several")
    ids = tuple(dict.fromkeys(_place(word)[0] for word in words))
    if action_name == "read":
        library.read_cables.add(ids)
    else:
        library.read_cables.remove(ids)
    say(f"{counted(len(ids), 'cable')} {'read' if action_name == 'read' else 'not read'}")
    return 0


def _place(word: str) -> tuple[str, str | None]:
    """Return the canonical ID and the paragraph label in a REF."""
    reference_text = clean_line(word).strip()
    return telegram.reference_in(reference_text) or (reference_text, None)


def _recent(context: CommandContext, library: Library) -> int:
    """Print the cables read last, newest first; with an archive, also print their subjects."""
    words = context.options.words
    if len(words) > 1:
        raise UsageError("bookmarks recent takes only a PATH")
    ids = library.read_cables.recent(_RECENT)
    subjects = _subjects(context, Path(words[0]), ids) if words else dict.fromkeys(ids, "")
    emit_rows(
        context,
        [ReadCable(ref, subject) for ref, subject in subjects.items()],
        lambda shown: (f"{read.ref}  {clean_line(read.subject)}".rstrip() for read in shown),
    )
    if not subjects:
        say("you have not read any cable in this archive" if words else "no cable has been read")
    return 0 if subjects else 1


def _subjects(context: CommandContext, path: Path, ids: tuple[str, ...]) -> dict[str, str]:
    """Return the subjects of those cables that the archive contains, by canonical ID."""
    from cable_tui.cli.shared.opened_archive import (
        opened_archive,  # a library alone needs no archive
    )

    with opened_archive(context, path, needs=()) as archive:
        ids_with_numbers = ((id_, archive.find(id_)) for id_ in ids)
        number_by_id = {
            id_: cable_number for id_, cable_number in ids_with_numbers if cable_number is not None
        }
        rows = {row.id: row.subject for row in archive.rows(list(number_by_id.values()))}
        return {id_: rows.get(cable_number, "") for id_, cable_number in number_by_id.items()}


def _save(context: CommandContext, library: Library) -> int:
    """Save a query under a name, and replace an earlier query of that name."""
    from cable_tui.cli.shared.query_args import query_of  # listing needs no query

    name, words = context.options.search, context.options.words
    if words and sep in words[0] and Path(words[0]).exists():
        raise UsageError(
            f"{words[0]}: bookmarks save takes no PATH, because a saved search is for all archives"
        )
    saved_query = str(query_of(words))
    if not name or not saved_query:
        raise UsageError("bookmarks save needs --search NAME and the QUERY")
    library.searches.save(name, saved_query)
    say(f"saved {name}: {saved_query}")
    return 0


def list_searches(context: CommandContext, library: Library) -> int:
    """Print the saved searches in the reader's order.

    Searches saved by older versions are rewritten with the `or` that was implied.
    """
    with suppress(LibraryError):  # a file that cannot be written is read as it was meant
        if names := library.searches.rewrite_older():
            say(
                f"the implied `or` is now written out in {', '.join(names)}; bookmarks undo "
                "undoes it"
            )
    queries = library.searches.queries()
    emit_rows(
        context,
        [SavedSearch(name, query) for name, query in queries.items()],
        lambda shown: (f"{clean_line(saved.name)}  {clean_line(saved.query)}" for saved in shown),
    )
    if not queries:
        say("no saved searches")
    return 0 if queries else 1


def _undo(context: CommandContext, library: Library) -> int:
    """Undo the reader's last change, in this program or a room; return 1 if there was none."""
    if context.options.words:
        raise UsageError("bookmarks undo takes no arguments: it undoes the last change")
    what_was_undone = library.undo_last()
    say(f"undone: {what_was_undone}" if what_was_undone else "there is nothing to undo")
    return 0 if what_was_undone else 1


_ACTIONS: dict[str, Perform] = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "note": _note,
    "move": _move,
    "lists": _lists,
    "rename": _rename,
    "drop": _drop,
    "read": _read,
    "unread": _read,
    "recent": _recent,
    "save": _save,
    "searches": list_searches,
    "undo": _undo,
    "export": _export,
    "import": _import,
}

__all__ = [
    "configure",
    "configure_action",
    "list_searches",
    "opened_library",
    "run",
    "verb_of",
]
