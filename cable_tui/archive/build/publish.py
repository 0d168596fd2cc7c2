"""Copies of a cache for other users: the owner publishes them, and they never change.

SQLite cannot read a catalogue that is being written in a folder where the reader may not create
files. Therefore each run of the indexer that changed something ends with a copy, written completely
and then moved into place, and readers open the newest copy. A run that was stopped or that skipped
passes does not replace the copy of a complete archive. The files of the text index never change:
the copy has hard links to them, which cost nothing.

The mode of the folder of the caches determines whether others may read: the copies get the same
permissions. The folder that the program creates is for its user only.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from cable_tui.archive.build.write_grammar import COUNTED
from cable_tui.archive.cache import COPIES, FILE_NAME, generations, newest
from cable_tui.archive.catalogue import catalogue_file, passes
from cable_tui.archive.columns import container
from cable_tui.archive.fulltext import schema as text_schema
from cable_tui.archive.fulltext.index_files import copy_index
from cable_tui.base.errors import CacheError
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.operating_system.files import give_to_group, has_modes
from cable_tui.program import database

_UNFINISHED = ".unfinished"
_KEPT = 2
"""The number of copies to keep, because a reader may still open files of the previous copy."""
_OTHERS_SEARCH = stat.S_IXGRP | stat.S_IXOTH
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH


def is_shared(cache_root: Path) -> bool:
    """Return whether other users may read the folder of the caches."""
    return has_modes() and bool(cache_root.stat().st_mode & _OTHERS_READ)


def publish(folder: Path, cache_root: Path, *, first: bool = False) -> None:
    """Make a copy for others if they may read it and this generation has no copy yet.

    As the `first` step of a run, do so only if the archive is complete and has no copy yet: it is
    the last copy that others can read for a while. An incomplete archive does not replace a copy
    that contains more. The caller must hold the lock. Raises `CacheError`; the cache itself is
    sound in that case.
    """
    if not is_shared(cache_root):
        return
    completeness = _worth(folder)
    if first and (generations(folder / COPIES) or not completeness.whole):
        return
    if not completeness.whole and completeness < _last_worth(folder):
        return
    caches_status = cache_root.stat()
    copies_dir = folder / COPIES
    try:
        with closing(catalogue_file.open_reader(folder)) as db:
            new_copy = copies_dir / str(catalogue_file.generation(db))
            if not new_copy.exists():
                _copy(db, folder, copies_dir / _UNFINISHED)
                for shared_folder in (copies_dir / _UNFINISHED, folder, copies_dir):
                    _open_up(shared_folder, caches_status)
                (copies_dir / _UNFINISHED).rename(new_copy)
        for generation in generations(copies_dir)[:-_KEPT]:
            shutil.rmtree(copies_dir / str(generation))
    except (OSError, sqlite3.Error) as error:
        raise CacheError(
            f"{copies_dir}: the cache is complete, but the copy for other users could not be "
            f"written: {error}"
        ) from error


class _Worth(NamedTuple):
    """The completeness of a catalogue, for comparison with another catalogue."""

    whole: bool
    """Whether the catalogue contains exactly the cables of the folder, and all passes are done."""
    texts: int
    cables: int


_NOTHING = _Worth(whole=False, texts=0, cables=1)
"""The minimum completeness of a catalogue that is worth a copy."""


def _worth(folder: Path) -> _Worth:
    with closing(catalogue_file.open_reader(folder)) as db:
        cables, grammar, texts = (
            catalogue_file.get_number(db, f"count:{table}") for table in COUNTED
        )
        gone_row = db.execute("SELECT 1 FROM gone LIMIT 1").fetchone()
        is_fresh = catalogue_file.get_state(db, "refresh") != "1"
        is_whole = (
            passes.complete(db) and is_fresh and cables == grammar == texts > 0 and not gone_row
        )
    return _Worth(is_whole, texts, cables)


def _last_worth(folder: Path) -> _Worth:
    """Return the completeness of the newest copy."""
    newest_copy = newest(folder)
    try:
        return _worth(newest_copy) if newest_copy else _NOTHING
    except CacheError:  # of a version with other facets
        return _NOTHING


def _copy(db: sqlite3.Connection, folder: Path, copy_folder: Path) -> None:
    shutil.rmtree(copy_folder, ignore_errors=True)
    copy_folder.mkdir(mode=0o700, parents=True)
    (copy_folder / FILE_NAME).touch(0o600)
    with closing(database.connect(copy_folder / FILE_NAME, "rw")) as copy:
        db.backup(copy)
        # A file of its own: nothing of it may have to be made when it is opened.
        copy.execute("PRAGMA journal_mode = DELETE")
    for folder_name in (text_schema.FOLDER, text_schema.SENTENCES_FOLDER):
        if (folder / folder_name).is_dir():
            copy_index(folder / folder_name, copy_folder / folder_name)
    for file in container.files(folder):
        shutil.copyfile(file, copy_folder / file.name)


def _open_up(opened_folder: Path, caches_status: os.stat_result) -> None:
    """Give a folder and all files in a copy the permissions of the folder of the caches."""
    paths_below = opened_folder.rglob("*") if opened_folder.name == _UNFINISHED else ()
    for path in (*paths_below, opened_folder):
        path_status = path.stat()
        give_to_group(path, path_status, caches_status.st_gid)
        search_mode = _OTHERS_SEARCH if path.is_dir() else 0
        path.chmod(
            path_status.st_mode & stat.S_IRWXU
            | caches_status.st_mode & (_OTHERS_READ | search_mode)
        )
