"""Find and permanently remove the program's files for one archive, or all of its files.

The archive's own files are never touched. In folders that may contain other files, only files with
the program's own names are removed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from cable_tui.archive import cache
from cable_tui.archive.catalogue import catalogue_file, passes
from cable_tui.background.library_watch import files_beside, forget_unwritten
from cable_tui.base.errors import CableTuiError, CacheError
from cable_tui.base.pattern import pattern
from cable_tui.base.tools import KeptFile, load
from cable_tui.base.value import Value
from cable_tui.library import Forgotten, Library, Mark
from cable_tui.library.kept_files import Forget, kept_files
from cable_tui.operating_system import files
from cable_tui.program import last_position, running, shared_file, temporary_folder
from cable_tui.program.settings import Paths, below, last_archive

_CACHE = pattern(r"[0-9a-f]{16}")
"""The name of a cache folder; see `cache_folder`."""
_CACHES = "caches"
_TEMPORARY = "temporary folders of programs that were killed"


class KnownCables(Value):
    """The canonical IDs of an archive's cables, as far as its cache knows them."""

    ids: frozenset[str] | None
    """The IDs of the archive's cables, or None if no cache is readable."""
    all: bool
    """Whether the archive was read to its end."""

    @classmethod
    def of(cls, folder: Path) -> KnownCables:
        """Return the cables known to the cache in a folder."""
        try:
            with closing(catalogue_file.open_reader(cache.readable(folder))) as db:
                rows = db.execute("SELECT canonical FROM cable")
                ids = frozenset(str(canonical_id) for (canonical_id,) in rows)
                return cls(ids, passes.was_walked(db))
        except (CacheError, sqlite3.Error):
            return cls(None, all=False)

    def marked(self, library: Library) -> list[Mark]:
        """Return the library's bookmarks that belong to the archive, as far as known."""
        return [mark for mark in library.marks() if self.has(mark.canonical_id)]

    def has(self, canonical_id: str) -> bool:
        """Return whether a cable belongs to the archive, as far as known."""
        return self.ids is not None and canonical_id in self.ids


class Traces(Value):
    """What was removed from the data of one reader: the user or a visitor in a browser."""

    library: Forgotten
    history: bool
    last_archive: bool
    of_tools: tuple[tuple[KeptFile, int], ...]
    """The tools' files from which entries about the archive were removed, each with the number of
    removed entries.
    """

    def __bool__(self) -> bool:
        erased_library = self.library
        removed_counts = (count for _, count in self.of_tools)
        library_counts = (
            erased_library.read,
            erased_library.changes,
            erased_library.marks,
            erased_library.copies,
        )
        return any((*library_counts, self.history, self.last_archive, *removed_counts))


class Visitor(Value):
    """The home of one visitor, and the result of removing an archive's traces from it."""

    home: Path
    traces: Traces | None
    """The removed traces, or None if they could not be removed."""
    kept: tuple[Mark, ...] = ()
    """The archive's bookmarks that are not removed."""
    gone: bool = False
    """Whether the home contained nothing else and was removed."""
    failure: str = ""


class Erased(Value):
    """The removed traces of an archive, and the data that stays."""

    path: Path
    cache: int
    """The number of bytes removed."""
    traces: Traces
    visitors: list[Visitor]
    """The visitors who had traces of the archive."""
    cables: KnownCables
    marks: list[Mark]
    """All remaining bookmarks, for any archive."""
    searches: list[str]
    copied: Path | None
    """The file with the last copied text, from any archive, or None if there is none."""
    of_tools: tuple[tuple[str, Path], ...]
    """The tools' files that belong to no single archive, as a description of their content and
    their paths.
    """

    def __bool__(self) -> bool:
        return bool(self.cache or self.traces or self.visitors)

    @property
    def of_it(self) -> list[Mark]:
        """The remaining bookmarks that belong to the archive."""
        return [mark for mark in self.marks if self.cables.has(mark.canonical_id)]


def erase_archive(
    paths: Paths, path: Path, folder: Path, library: Library, *, marks: bool
) -> Erased:
    """Remove the cache in `folder` and every reader's traces of the archive at `path`.

    If `marks` is true, bookmarks on its cables are also removed. Raises `CacheError` and
    `LibraryError`.
    """
    cache_size = _size(folder)
    with ExitStack() as stack:
        # A builder would only make it again.
        building_lock = stack.enter_context(cache.building(folder)) if cache_size else None
        cables = KnownCables.of(folder)
        traces = _erase_traces(paths, library, path, folder.name, cables, marks=marks)
        visitors = [
            _erase_visitor(home, path, folder.name, cables, marks=marks) for home in homes(paths)
        ]
        if building_lock is not None:
            _remove(folder, building_lock)
        general_files = (
            (kept_file.content, file)
            for kept_file, file in kept_files(paths.library)
            if not kept_file.forget
        )
        return Erased(
            path,
            cache_size,
            traces,
            [visitor for visitor in visitors if visitor.traces or visitor.kept or visitor.failure],
            cables,
            library.marks(),
            library.searches.names(),
            paths.clipboard if paths.clipboard.exists() else None,
            tuple((description, file) for description, file in general_files if file.exists()),
        )


def _size(folder: Path) -> int:
    """Return the size of the reader's own cache in bytes, counting linked files once, or 0."""
    # `exists` fails below what may not be entered.
    if not os.access(folder, os.F_OK) or not cache.is_own(folder):
        return 0
    file_statuses = [entry.lstat() for entry in folder.rglob("*") if entry.is_file()]
    return sum({files.identity(status): status.st_size for status in file_statuses}.values()) or 1


def _erase_traces(  # noqa: PLR0913 - a reader, and an archive
    paths: Paths, library: Library, path: Path, name: str, cables: KnownCables, *, marks: bool
) -> Traces:
    """Remove an archive's traces from one reader's data. `name` is the name of its cache folder."""
    erased_library = Forgotten()
    if cables.ids is not None and library.path.exists():
        forget_unwritten(library, cables.has, marks=marks)
        erased_library = library.forget(cables.has, marks=marks)
    try:
        had_history = last_position.forget(last_position.file_of(paths.state, name))
    except OSError as error:
        raise CacheError(f"{error.filename}: cannot be removed: {error.strerror}") from error
    true_path, last_opened = files.true_path(path), last_archive(paths.last_archive)
    was_last = last_opened is not None and files.true_path(last_opened) == true_path
    if was_last:
        paths.last_archive.unlink(missing_ok=True)
    tool_entries = tuple(_erase_of_tools(paths, true_path, cables))
    return Traces(erased_library, had_history, was_last, tool_entries)


def _erase_of_tools(
    paths: Paths, archive: Path, cables: KnownCables
) -> Iterator[tuple[KeptFile, int]]:
    """Remove an archive from the tools' files, the last file first; yield the counts."""
    has_cable = None if cables.ids is None else cables.has
    for kept_file, file in reversed(list(kept_files(paths.library))):
        if kept_file.forget:
            forget_entries: Forget = load(kept_file.forget)
            yield kept_file, forget_entries(file, archive, has_cable)


def homes(paths: Paths) -> list[Path]:
    """Return the homes of all browser visitors, next to the user's library.

    Links are not followed.
    """
    folders = paths.visitors.iterdir() if paths.visitors.is_dir() else ()
    return sorted(folder for folder in folders if folder.is_dir() and not folder.is_symlink())


def _erase_visitor(
    home: Path, path: Path, name: str, cables: KnownCables, *, marks: bool
) -> Visitor:
    """Remove a visitor's traces of an archive, and return the result, which includes any failure.

    A home that is then empty is removed.
    """
    paths = below(home)
    try:
        with closing(Library(paths.library)) as library:
            traces = _erase_traces(paths, library, path, name, cables, marks=marks)
            marks_of_archive = tuple(cables.marked(library))
            is_empty = not (library.marks() or library.lists.names() or library.searches.names())
        other_files = (
            paths.last_archive,
            *(file for _, file in kept_files(paths.library)),
            *(paths.state / "trails").glob("*"),
            *running.folder_of(paths.state).glob("*.open"),
        )
        has_more = any(file.exists() and file.stat().st_size > 0 for file in other_files)
        removes_home = bool(traces) and is_empty and not has_more
        if removes_home:
            files.remove_tree(home)
    except (CableTuiError, OSError) as error:
        return Visitor(home, None, failure=str(error))
    return Visitor(home, traces, marks_of_archive, removes_home)


def kept_places(paths: Paths, *, settings: bool) -> Iterator[tuple[str, list[Path]]]:
    """Yield a description of each type of the program's own files, with the existing paths.

    The settings file is included only if `settings` is true.
    """
    library = paths.library
    yield (
        "bookmarks and notes, with their copies",
        _there(*library.parent.glob(f"{library.name}*"), *files_beside(library)),
    )
    for kept_file, file in kept_files(library):
        yield kept_file.content, _shared(file)
    yield "bookmarks and notes of visitors reading in a browser", _there(paths.visitors)
    yield (
        "your last positions and choices",
        _there(
            paths.state / "trails",
            paths.last_archive,
            paths.choices,
            paths.theme,
            paths.clipboard,
            paths.crash_log,
        ),
    )
    yield _TEMPORARY, temporary_folder.abandoned()
    yield "settings", _there(*((paths.config,) if settings else ()))
    caches = paths.cache.glob("*/") if paths.cache.is_dir() else ()
    yield _CACHES, [folder for folder in sorted(caches) if _is_own_cache(folder)]


def _shared(file: Path) -> list[Path]:
    """Return a file shared by several windows, with its lock and any remains of killed programs."""
    unfinished_files = file.parent.glob(f".{file.name}.*.part")
    return _there(file, shared_file.lock_of(file), *unfinished_files)


def _there(*paths: Path) -> list[Path]:
    return [path for path in paths if os.path.lexists(path)]


def _is_own_cache(folder: Path) -> bool:
    if not cache.is_own(folder):
        return False
    if folder.name == "demo":
        return (folder / "cable").is_dir()
    known_names = (cache.FILE_NAME, cache.LOCK_NAME)
    return bool(_CACHE.fullmatch(folder.name)) and any(
        (folder / name).exists() for name in known_names
    )


class ErasedFiles(Value):
    """The result of removing everything."""

    removed: dict[str, list[Path]]
    linked: list[tuple[Path, str]]
    """The targets of removed links, each with the reason why the target is not removed."""
    failed: dict[Path, str]
    """An error message for each file or folder that could not be removed."""


def erase_everything(paths: Paths, *, settings: bool) -> ErasedFiles:
    """Remove all files that exist now, because an open program may have written more on closing."""
    erased_files = ErasedFiles({}, [], {})
    with ExitStack() as stack:
        paths_by_description = dict(kept_places(paths, settings=settings))
        building_locks = {
            own_path: stack.enter_context(cache.building(own_path))
            for own_path in paths_by_description[_CACHES]
            if _CACHE.fullmatch(own_path.name)
        }
        for description, own_paths in paths_by_description.items():
            for own_path in own_paths:
                if own_path.is_symlink():
                    erased_files.linked.append((own_path.resolve(), f"{own_path} linked to it"))
                try:
                    _remove(
                        own_path, building_locks.get(own_path), temporary=description == _TEMPORARY
                    )
                except CacheError as error:
                    erased_files.failed[own_path] = str(error)
                else:
                    erased_files.removed.setdefault(description, []).append(own_path)
    return erased_files


def _remove(own_path: Path, held_lock: cache.HeldLock | None, *, temporary: bool = False) -> None:
    try:
        if temporary:
            if not temporary_folder.remove(own_path):
                raise CacheError(
                    f"{own_path}: cannot be removed completely; the next start tries again"
                )
        elif held_lock is not None:
            held_lock.remove_cache()
        elif own_path.is_dir() and not own_path.is_symlink():
            files.remove_tree(own_path)
        else:
            files.remove(own_path)
    except OSError as error:
        reason = f"{error.strerror}{files.still_open(error)}"
        raise CacheError(f"{own_path}: cannot be removed: {reason}") from error


def remove_empty(paths: Paths) -> None:
    """Remove the program's empty folders."""
    running.remove(running.folder_of(paths.state))
    for folder in (paths.data, paths.state, paths.cache, paths.config.parent):
        with suppress(OSError):
            folder.rmdir()
