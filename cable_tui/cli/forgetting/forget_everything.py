"""`cable-tui forget --everything`: removes every file that the program has made for its user.

Only files are removed that have the program's own names: a folder for caches may hold more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

from cable_tui import research_log, shared_file
from cable_tui.archive.cache import location, lock, read_only
from cable_tui.background.unsaved_bookmarks import files_beside
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.cli.forgetting.confirmation import confirmed
from cable_tui.errors import CacheError, NotFoundError
from cable_tui.operating_system import files
from cable_tui.pattern import pattern

_CACHE = pattern(r"[0-9a-f]{16}")
"""The name of a cache's folder: see `cache_folder`."""


def run(context: Context) -> int:
    """Remove it all; 1 where the answer was no. Raises `NotFoundError` where there is nothing."""
    found = {what: places for what, places in _places(context) if places}
    if not found:
        raise NotFoundError("nothing is kept; `cable-tui paths` says where it would be")
    lines = [f"  {what}: {places[0].parent}" for what, places in found.items()]
    question = "\n".join(["all that the program keeps will go:", *lines])
    if not confirmed(context, question):
        return 1
    with ExitStack() as stack:
        held = {
            cache: stack.enter_context(lock.building(cache))
            for cache in found.get("caches", ())
            if _CACHE.fullmatch(cache.name)
        }
        for place in (place for places in found.values() for place in places):
            _remove(place, held.get(place))
    _remove_empty(context)
    if context.options.json:
        emit_json({what: [str(each) for each in places] for what, places in found.items()})
    else:
        say(f"removed: {', '.join(found)}. The files of your archives are untouched")
    return 0


def _places(context: Context) -> Iterator[tuple[str, list[Path]]]:
    """What there is, in words, with its files and folders."""
    paths = context.paths
    library = paths.library
    yield (
        "bookmarks and notes, with their copies",
        _there(*library.parent.glob(f"{library.name}*"), *files_beside(library)),
    )
    log = research_log.file_beside(library)
    yield "the research log", _there(log, shared_file.lock_of(log))
    yield "bookmarks and notes of visitors, who read in a browser", _there(paths.visitors)
    yield (
        "where you were, and choices",
        _there(
            paths.state / "trails",
            paths.last_archive,
            paths.choices,
            paths.theme,
            paths.clipboard,
            paths.crash_log,
        ),
    )
    caches = paths.cache.glob("*/") if paths.cache.is_dir() else ()
    yield "caches", [each for each in sorted(caches) if _is_own_cache(each)]
    # A file that was named on the command line is not the program's own.
    yield "settings", _there(*(() if context.options.config else (paths.config,)))


def _there(*places: Path) -> list[Path]:
    return [each for each in places if each.exists()]


def _is_own_cache(folder: Path) -> bool:
    if not read_only.is_own(folder):
        return False
    if folder.name == "demo":
        return (folder / "cable").is_dir()
    known = (location.FILE_NAME, lock.FILE_NAME)
    return bool(_CACHE.fullmatch(folder.name)) and any((folder / one).exists() for one in known)


def _remove(place: Path, held: lock.Held | None) -> None:
    try:
        if held is not None:
            held.remove_cache()
        elif place.is_dir() and not place.is_symlink():
            files.remove_tree(place)
        else:
            files.remove(place)
    except OSError as error:
        reason = f"{error.strerror}{files.still_open(error)}"
        raise CacheError(f"{place}: cannot be removed: {reason}") from error


def _remove_empty(context: Context) -> None:
    """The program's folders, where nothing else is in them."""
    paths = context.paths
    for folder in (paths.data, paths.state, paths.cache, paths.config.parent):
        with suppress(OSError):
            folder.rmdir()
