"""`cable-tui forget`: removes what the program keeps of an archive, not the archive itself."""

from __future__ import annotations

import argparse
import os
import shutil
from contextlib import closing
from pathlib import Path

from cable_tui import last_position
from cable_tui.archive.cache import lock, read_only
from cable_tui.archive.cache.location import cache_folder
from cable_tui.cli.context import Context, emit_json, say
from cable_tui.errors import CacheError, LibraryError, NotFoundError
from cable_tui.library import Library


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "path", metavar="PATH", type=Path, help="an archive; it need not be there any more"
    )
    parser.add_argument("--json", action="store_true", help="what was removed, as one JSON object")


def run(context: Context) -> int:
    """Remove cache and history, and say what stays. Raises `NotFoundError` if there is neither."""
    path = context.options.path.expanduser()
    folder = cache_folder(path, context.paths.cache)
    removed = {
        "cache": _size(folder) if _has_own_cache(folder) else 0,
        "history": _forget_position(context, folder.name),
        "last_archive": _forget_last_archive(context, path),
    }
    if not any(removed.values()):
        raise NotFoundError(f"{path}: nothing is kept of it; `cable-tui paths` says where it would")
    if removed["cache"]:
        _remove(folder)
    if context.options.json:
        emit_json({**removed, "marks_kept": _count_marks(context)})
    else:
        for sentence in _sentences(context, path, removed):
            say(sentence)
    return 0


def _has_own_cache(folder: Path) -> bool:
    if not os.access(folder, os.F_OK):  # `exists` fails below what may not be entered
        return False
    if not read_only.is_own(folder):
        raise CacheError(f"{folder}: this cache is another user's and stays")
    return True


def _size(folder: Path) -> int:
    """Bytes on the disk; a file with two names counts once."""
    infos = [each.lstat() for each in folder.rglob("*") if each.is_file()]
    return sum({(info.st_dev, info.st_ino): info.st_size for info in infos}.values()) or 1


def _remove(folder: Path) -> None:
    with lock.building(folder):  # a builder would only make it again
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise CacheError(f"{folder}: cannot be removed: {error.strerror}") from error


def _forget_position(context: Context, name: str) -> bool:
    try:
        return last_position.forget(last_position.file_of(context.paths.state, name))
    except OSError as error:
        raise CacheError(f"{error.filename}: cannot be removed: {error.strerror}") from error


def _forget_last_archive(context: Context, path: Path) -> bool:
    """Forget that the archive was the one opened last; whether it was."""
    try:
        last = os.fsdecode(context.paths.last_archive.read_bytes())
    except OSError:
        return False
    if Path(last).resolve() != path.resolve():
        return False
    context.paths.last_archive.unlink(missing_ok=True)
    return True


def _count_marks(context: Context) -> int:
    if not context.paths.library.exists():
        return 0
    with closing(Library(context.paths.library)) as library:
        return len(library.marks())


def _sentences(context: Context, path: Path, removed: dict[str, int]) -> list[str]:
    names = [f"its cache ({removed['cache'] / 1e6:,.1f} MB)"] if removed["cache"] else []
    names += ["where you were in it"] if removed["history"] else []
    names += ["that it was opened last"] if removed["last_archive"] else []
    lines = [f"{path}: forgotten: {', '.join(names)}. The files of the archive are untouched"]
    try:
        count = _count_marks(context)
    except LibraryError as error:
        return [*lines, str(error)]
    if count:
        marks = "1 bookmark is" if count == 1 else f"{count:,} bookmarks are"
        lines.append(
            f"your {marks} kept: they belong to you, not to an archive "
            "(cable-tui marks list, marks remove)"
        )
    return lines
