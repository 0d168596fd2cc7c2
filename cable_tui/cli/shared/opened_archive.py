"""The archive of a command: update its cache, open it, and look up a cable."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.archive.archive import Archive, open_archive
from cable_tui.archive.cache import FILE_NAME, cache_folder, is_own, readable, refuse_inside
from cable_tui.archive.catalogue.kept_cache import caches_of, is_kept
from cable_tui.archive.catalogue.passes import Pass, is_up_to_date
from cable_tui.base.errors import CacheError, NotFoundError, UsageError
from cable_tui.cli.shared.command_context import CommandContext, existing_path, say
from cable_tui.cli.shared.progress import each_with_progress, run_with_progress
from cable_tui.program.settings import private_folder
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

if TYPE_CHECKING:
    from cable_tui.base.cable import Cable, Paragraph, Source
    from cable_tui.base.index_state import Progress
    from cable_tui.library import Library

NEAR = 3
"""The maximum number of cables suggested if a reference is not found."""


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

    With `--no-index`, or if no pass is necessary, it answers from the present cache.
    """
    path = path.expanduser()
    if needs and not getattr(context.options, "no_index", False):
        _update(context, path, needs)
    if not has_cache(context, existing_path(path)) and not is_foreign(context, path):
        raise CacheError(f"{path}: there is no cache of it yet; `cable-tui index` makes one")
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
            say(f"{context.paths.cache}: a read-only cache: its owner brings it up to date")
        return
    caches = caches_of(path, context.paths)
    if is_up_to_date(path, caches, needs, **_reading(context)):
        if context.options.verbose:
            say(f"{path}: nothing has changed since it was indexed")
        return
    if is_kept(path, context.paths):
        say(f"{path}: is read as last indexed: a private session does not update the index")
        return
    try:
        last_progress = run_with_progress(indexing(context, path, passes=needs))
        if last_progress is not None and last_progress.outdated:
            say(f"{path}: its index was made by another version of cable-tui and is being rebuilt")
        if last_progress is not None and context.options.verbose:
            say(
                f"{path}: looked through in {last_progress.seconds:.1f} s: "
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


def look_up(
    archive: Archive, reference: str, source: str | None = None
) -> tuple[int, Cable, Paragraph | None]:
    """Return the number, the cable and the paragraph that a `REF[#N]` names.

    Raises `NotFoundError`. `source` is the format or path of the record to read, or None for the
    shown record.
    """
    from cable_tui import telegram  # a search needs no grammar

    reference_text = clean_line(reference).strip()
    if not reference_text.partition("#")[0]:
        raise UsageError("REF: it is empty; is a variable not set?")
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
    """Return a note for scripts if the cable may be in a file that is not read yet, or empty."""
    read_count, file_count = archive.summary().stages["facts"]
    return (
        ""
        if file_count and read_count == file_count
        else f" so far: {read_count:,} of {file_count:,} files are read"
    )


def _citing(archive: Archive, canonical: str) -> str:
    """Return how many cables cite a missing one, with the command that lists them, or empty."""
    if not (citing_count := len(archive.cited_by(canonical))):
        return ""
    count = counted(citing_count, "cable")
    cites_or_cite = "cites" if citing_count == 1 else "cite"
    command = f"cable-tui references {shlex.quote(str(archive.root))} {canonical}"
    return f"; {count} in it {cites_or_cite} it: `{command}` shows where"


def paragraph_of(cable: Cable, label: str) -> Paragraph:
    """Return the paragraph of a cable with this label. Raises `NotFoundError`."""
    labels = [paragraph.label for paragraph in cable.body.paragraphs if paragraph.label]
    for paragraph in cable.body.paragraphs:
        if paragraph.label and paragraph.label.casefold() == label.casefold():
            return paragraph
    known_labels = f"its paragraphs are {labels[0]} to {labels[-1]}" if labels else "it has none"
    raise NotFoundError(f"{cable.reference_id} has no paragraph {label}: {known_labels}")
