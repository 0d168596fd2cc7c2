"""`marks save`, `marks searches`, and what is done with a saved search or the last change."""

from __future__ import annotations

from contextlib import suppress

from cable_tui.cli.context import Context, emit_json, emit_lines, say
from cable_tui.errors import LibraryError, NotFoundError, UsageError
from cable_tui.library import Library
from cable_tui.text import clean_line


def save(context: Context, library: Library) -> int:
    """Keep a query under a name, in place of the one that has it."""
    from cable_tui.cli.query_args import query_of  # listing needs no query

    name = search_name(context)
    query = str(query_of(context.options.words))
    if not name or not query:
        raise UsageError("marks save needs --search NAME and the QUERY")
    library.searches.save(name, query)
    say(f"saved {name}: {query}")
    return 0


def searches(context: Context, library: Library) -> int:
    """The saved searches in the reader's order; those of older programs get the `or` they meant."""
    with suppress(LibraryError):  # a file that cannot be written is read as it was meant
        if names := library.searches.rewrite_older():
            say(f"the or that was meant is written into {', '.join(names)}; marks undo undoes it")
    kept = library.searches.queries()
    if context.options.json:
        emit_json([{"name": name, "query": query} for name, query in kept.items()])
    else:
        emit_lines(f"{clean_line(name)}  {clean_line(query)}" for name, query in kept.items())
    if not kept:
        say("no saved searches")
    return 0 if kept else 1


def search_name(context: Context) -> str | None:
    """The saved search that `--search` names, as names are stored; None without it."""
    name = context.options.search
    return None if name is None else " ".join(clean_line(name).split())


def known_search(context: Context, library: Library) -> str:
    """The same, where it is there. Raises `NotFoundError`."""
    name = search_name(context) or ""
    names = library.searches.names()
    if name not in names:
        known = f"; there are {', '.join(names)}" if names else ""
        raise NotFoundError(f"there is no saved search {name}{known}")
    return name


def undo(context: Context, library: Library) -> int:
    """Take back the reader's last change, of this program or of a room; 1 where there is none."""
    if context.options.words:
        raise UsageError("marks undo takes no words: it takes back the last change")
    what = library.undo_last()
    say(f"taken back: {what}" if what else "there is nothing to take back")
    return 0 if what else 1
