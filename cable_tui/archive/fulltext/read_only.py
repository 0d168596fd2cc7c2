"""Reading an index in a folder that cannot be written to.

The engine needs a lock in the folder even to read. Where it may not write, it gets a temporary
folder with links to the files; once the index is open the folder can go.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cable_tui.archive.fulltext.schema import GENERATION

LOCKS = (".tantivy-meta.lock", ".tantivy-writer.lock")
"""Files that the engine makes and locks, but never reads."""


def is_ours(path: Path) -> bool:
    """Whether the engine can take its lock to read."""
    lock = path / LOCKS[0]
    return os.access(lock if lock.exists() else path, os.W_OK)


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """The folder to open the index from, while it is opened. Raises `OSError`."""
    if is_ours(path):
        yield path
        return
    from cable_tui.temporary_folder import temporary_folder  # most readers own their cache

    with temporary_folder("links", "reader of an index") as place:
        for file in path.iterdir():
            if file.name not in LOCKS:
                (place / file.name).symlink_to(file.absolute())
        yield place


def copy_index(path: Path, place: Path) -> None:
    """Make a copy of an index that nobody writes to now. Raises `OSError`.

    Files that the engine never changes are hard links, where the disk has such.
    """
    import shutil  # searching copies nothing

    place.mkdir(mode=0o700)
    for file in path.iterdir():
        if file.name in LOCKS:
            continue
        if file.suffix == ".json" or file.name == GENERATION:
            shutil.copyfile(file, place / file.name)
            continue
        try:
            (place / file.name).hardlink_to(file)
        except OSError:
            shutil.copyfile(file, place / file.name)
