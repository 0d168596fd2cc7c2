"""The archive of a command: update its cache and open it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.cache import (
    FILE_NAME,
    cache_folder,
    is_own,
    readable,
    refuse_inside,
    refuse_output,
)
from cable_tui.archive.catalogue.kept_cache import caches_of, is_kept
from cable_tui.archive.catalogue.passes import Pass, is_up_to_date
from cable_tui.base.errors import CacheError
from cable_tui.cli.shared.command_context import CommandContext, existing_path, say
from cable_tui.cli.shared.progress import each_with_progress, run_with_progress
from cable_tui.program.settings import private_folder

if TYPE_CHECKING:
    from cable_tui.base.index_state import Progress
    from cable_tui.library import Library


def cache_root(context: CommandContext) -> Path:
    """Return the folder of all caches, created for this user only. Raises `CacheError`."""
    try:
        return private_folder(context.paths.cache)
    except OSError as error:
        raise CacheError(
            f"{context.paths.cache}: the cache cannot be written: {error.strerror}"
        ) from error


def has_cache(context: CommandContext, path: Path) -> bool:
    """Return whether anything is indexed for the archive at `path`."""
    cache_path = readable(cache_folder(path, caches_of(path, context.paths)))
    # `exists` fails where the folder of another user may not be entered.
    return os.access(cache_path / FILE_NAME, os.F_OK)


def is_foreign(context: CommandContext, path: Path) -> bool:
    """Return whether the cache belongs to another user, so that it can only be read."""
    return not is_own(cache_folder(path, caches_of(path, context.paths)))


@contextmanager
def opened_archive(
    context: CommandContext, path: Path, *, needs: Sequence[Pass]
) -> Iterator[Archive]:
    """Yield the archive at `path`, after the necessary passes have updated its cache.

    With `--no-index`, or if no pass is necessary, the archive answers from the current cache.
    Raises `UsageError` if `--output` names a file in the archive.
    """
    path = path.expanduser()
    if (output_path := getattr(context.options, "output", None)) is not None:
        refuse_output(output_path, path)
    if needs and not getattr(context.options, "no_index", False):
        _update(context, path, needs)
    if not has_cache(context, existing_path(path)) and not is_foreign(context, path):
        raise CacheError(f"{path}: there is no cache yet; `cable-tui index` builds one")
    with ExitStack() as stack:

        @cache
        def library() -> Library:
            # Opened by the first query that asks for the reader's marks.
            from cable_tui.library import Library

            return stack.enter_context(closing(Library(context.paths.library)))

        archive = open_archive(path, caches_of(path, context.paths), readonly=True)
        stack.callback(archive.close)
        archive.watch = lambda texts, total: each_with_progress(texts, "texts read", total)
        archive.own = lambda: library().reader_data()
        yield archive


def _update(context: CommandContext, path: Path, needs: Sequence[Pass]) -> None:
    refuse_inside(path, context.paths)
    if is_foreign(context, path):
        if context.options.verbose:
            say(f"{context.paths.cache}: the cache is read-only; only its owner can update it")
        return
    caches = caches_of(path, context.paths)
    if is_up_to_date(path, caches, needs, **_reading(context)):
        if context.options.verbose:
            say(f"{path}: unchanged since it was indexed")
        return
    if is_kept(path, context.paths):
        say(f"{path}: shown as last indexed; a private session does not update the index")
        return
    try:
        last_progress = run_with_progress(indexing(context, path, passes=needs))
        if last_progress is not None and last_progress.outdated:
            say(f"{path}: its index was made by another version of cable-tui and is being rebuilt")
        if last_progress is not None and context.options.verbose:
            say(
                f"{path}: checked in {last_progress.seconds:.1f} s: "
                f"{last_progress.added:,} new, {last_progress.changed:,} changed, "
                f"{last_progress.removed:,} removed"
            )
    except CacheError as error:
        # Another process may be at it, or the cache may be on a read-only disk: what is there
        # can still be read, and opening says so where it cannot.
        say(str(error))


def indexing(context: CommandContext, path: Path, **index_options: Any) -> Iterator[Progress]:
    """Yield the steps of updating the cache; see `indexer.index`.

    Raises `UsageError` if the cache would be inside the archive.
    """
    refuse_inside(path, context.paths)
    # Imported late: most questions find nothing changed, and need no indexer.
    from cable_tui.archive.build.indexer import index

    return index(path, cache_root(context), **_reading(context), **index_options)


def _reading(context: CommandContext) -> dict[str, Any]:
    """Return the settings that determine which parts of an archive are read."""
    return {"frus_all": context.settings.frus_all, "tables": context.settings.tables}
