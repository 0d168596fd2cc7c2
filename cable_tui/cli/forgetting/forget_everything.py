"""`cable-tui forget --everything`: removes every file that the program has made for its user.

Only files are removed that have the program's own names: a folder for caches may hold more. What
stays is listed, always.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from cable_tui import research_log, running, shared_file, temporary_folder
from cable_tui.archive import cache
from cable_tui.background.unsaved_bookmarks import files_beside
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.cli.forgetting import open_programs
from cable_tui.cli.forgetting.confirmation import confirmed
from cable_tui.errors import CacheError, NotFoundError
from cable_tui.library import people_file
from cable_tui.operating_system import files
from cable_tui.pattern import pattern
from cable_tui.running import Running
from cable_tui.settings import find_paths
from cable_tui.text.numbers import counted

_CACHE = pattern(r"[0-9a-f]{16}")
"""The name of a cache's folder: see `cache_folder`."""
_ALWAYS = (
    "your archives, files that you wrote with the program or named with --cache, and what you "
    "shared: others keep it, and a sync brings it back"
)
_CACHES = "caches"
_TEMPORARY = "temporary folders of programs that were killed"
_MOST_NAMED = 20
"""Places that are named, of those that stay."""


def run(context: Context) -> int:
    """Remove it all; 1 where the answer was no. Raises `NotFoundError` where there is nothing.

    What cannot be removed keeps nothing else: it is named at the end, in a `CacheError`.
    """
    found = {what: places for what, places in _places(context) if places}
    programs = open_programs.found(context.paths, _every)
    if not found and not programs:
        _say_stays(_stays(context, []))
        raise NotFoundError("nothing is kept; `cable-tui paths` says where it would be")
    lines = [f"  {what}: {places[0].parent}" for what, places in found.items()]
    lines += [f"  open: {open_programs.named(each)}" for each in programs]
    question = "\n".join(["all that the program keeps will go:", *lines])
    if not confirmed(context, question) or not open_programs.ended(context, programs, _every):
        return 1
    done = _Done({}, [], {})
    with open_programs.nobody_enters(context.paths, _every):
        _remove_all(context, done)
    _remove_empty(context)
    stays = [*done.linked, *_stays(context, list(done.failed))]
    if context.options.json:
        removed = {what: [str(each) for each in places] for what, places in done.removed.items()}
        emit_json({**removed, "stays": [str(place) for place, _ in stays]})
    elif done.removed:
        say(f"removed: {', '.join(done.removed)}. The files of your archives are untouched")
    _say_stays(stays)
    if done.failed:
        raise CacheError("\n".join(done.failed.values()))
    return 0


class _Done(NamedTuple):
    removed: dict[str, list[Path]]
    linked: list[tuple[Path, str]]
    """What links led to, and why it stays."""
    failed: dict[Path, str]
    """A sentence for each place that could not be removed."""


def _every(_: Running) -> bool:
    return True


def _remove_all(context: Context, done: _Done) -> None:
    """Remove what there is now: a program that was open may have made more when it ended."""
    with ExitStack() as stack:
        found = dict(_places(context))
        held = {
            place: stack.enter_context(cache.building(place))
            for place in found[_CACHES]
            if _CACHE.fullmatch(place.name)
        }
        for what, places in found.items():
            for place in places:
                if place.is_symlink():
                    done.linked.append((place.resolve(), f"{place} was a link to it"))
                try:
                    if what == _TEMPORARY:
                        _remove_temporary(place)
                    else:
                        _remove(place, held.get(place))
                except CacheError as error:
                    done.failed[place] = str(error)
                else:
                    done.removed.setdefault(what, []).append(place)


def _places(context: Context) -> Iterator[tuple[str, list[Path]]]:
    """What there is, in words, with its files and folders."""
    paths = context.paths
    library = paths.library
    yield (
        "bookmarks and notes, with their copies",
        _there(*library.parent.glob(f"{library.name}*"), *files_beside(library)),
    )
    yield "people whom you confirmed", _shared(people_file.file_beside(library))
    yield "the research log", _shared(research_log.file_beside(library))
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
    yield _TEMPORARY, temporary_folder.abandoned()
    # A file that was named on the command line is not the program's own.
    yield "settings", _there(*(() if context.options.config else (paths.config,)))
    caches = paths.cache.glob("*/") if paths.cache.is_dir() else ()
    yield _CACHES, [each for each in sorted(caches) if _is_own_cache(each)]


def _shared(file: Path) -> list[Path]:
    """A file that windows change, with its lock and what a killed one has left."""
    parts = file.parent.glob(f".{file.name}.*.part")
    return _there(file, shared_file.lock_of(file), *parts)


def _there(*places: Path) -> list[Path]:
    return [each for each in places if os.path.lexists(each)]


def _is_own_cache(folder: Path) -> bool:
    if not cache.is_own(folder):
        return False
    if folder.name == "demo":
        return (folder / "cable").is_dir()
    known = (cache.FILE_NAME, cache.LOCK_NAME)
    return bool(_CACHE.fullmatch(folder.name)) and any((folder / one).exists() for one in known)


def _remove(place: Path, held: cache.HeldLock | None) -> None:
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


def _remove_temporary(folder: Path) -> None:
    if not temporary_folder.remove(folder):
        raise CacheError(f"{folder}: cannot be removed whole; the next start tries it again")


def _remove_empty(context: Context) -> None:
    """The program's folders, where nothing else is in them."""
    paths = context.paths
    running.remove(running.folder_of(paths.state))
    for folder in (paths.data, paths.state, paths.cache, paths.config.parent):
        with suppress(OSError):
            folder.rmdir()


def _stays(context: Context, failed: list[Path]) -> list[tuple[Path, str]]:
    """What is left in the program's places, each with why it stays."""
    paths, named = context.paths, context.options.config
    found = [(paths.config, "settings that you named")] if named else []
    folders = [paths.data, paths.state, paths.cache, *(() if named else (paths.config.parent,))]
    for folder in dict.fromkeys(folders):
        with suppress(OSError):
            found += [(each, _why(each, failed)) for each in sorted(folder.iterdir())]
    usual = find_paths(context.environ).cache
    if usual != paths.cache and usual.is_dir():
        found.append((usual, "caches in another folder than the one that you named"))
    older = temporary_folder.of_older_versions()
    return found + [(each, "of an older version, which may be using it") for each in older]


def _why(place: Path, failed: list[Path]) -> str:
    """Why a file or folder in the program's places is left."""
    if any(place == each or place in each.parents for each in failed):
        return "could not be removed"
    return "is not the program's" if cache.is_own(place) else "you may not write there"


def _say_stays(stays: list[tuple[Path, str]]) -> None:
    for place, why in stays[:_MOST_NAMED]:
        say(f"stays: {place}: {why}")
    if (more := len(stays) - _MOST_NAMED) > 0:
        say(f"stays: {counted(more, 'other file')} in the same folders")
    say(f"stays: {_ALWAYS}")
