"""The files in the user's archives: listed where an archive is new, remembered where it is not.

An archive is recognised when it is read like any other file; then its own files are read. One that
has not changed is not looked into again: its files are in the catalogue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from cable_tui.archive.build.scan_files import PACKED, UNREADABLE, FileTask
from cable_tui.archive.records import packed_files
from cable_tui.archive.records.packed_files import Inside
from cable_tui.archive.records.walk import FoundFile
from cable_tui.formats.packed.member import Trouble

Known = Mapping[bytes, tuple[int, int, int]]
"""Every known path with its id, size and time."""


class Archives:
    """The archives of one run: those of before, and those that the run came upon."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        rows = db.execute("SELECT path FROM file WHERE state = ?", (PACKED,))
        self._paths = {path for (path,) in rows}
        self.waiting: list[FileTask] = []
        """Archives that were read as files and are to be looked into."""
        self.files = 0
        """Files in archives that this run came upon, left out or not."""
        self._taken: set[bytes] = set()

    def inside(self, archive: FoundFile) -> list[Inside]:
        """The known files in an archive that has not changed; none where it is none."""
        if archive.path not in self._paths:
            return []
        below = archive.path + b"/" if archive.path else b""
        rows = self._db.execute(
            "SELECT path, size, start FROM file WHERE path > ? AND path < ?",
            (below, below[:-1] + b"0" if below else b"\xff"),
        )
        found = [
            Inside(path, size, archive.mtime_ns, start=start, depth=self._depth(path))
            for path, size, start in rows
        ]
        (left_out,) = self._db.execute(
            "SELECT total(records) FROM file WHERE state = ? AND path >= ? AND path < ?",
            (PACKED, archive.path, below[:-1] + b"0" if below else b"\xff"),
        ).fetchone()
        self.files += len(found) + int(left_out)
        return found

    def _depth(self, path: bytes) -> int:
        """Archives around a file."""
        parts = path.split(b"/")
        above = {b"/".join(parts[:count]) for count in range(len(parts))}
        return len(above & self._paths)

    def listed(self, root: Path, task: FileTask) -> Iterator[Inside | Trouble]:
        """The files in an archive that waits, and what is wrong with it. Raises `OSError`."""
        self._paths.add(task.path)
        found = FoundFile(task.path, task.size, task.mtime_ns)
        for item in packed_files.listed(root, found, task.depth + 1):
            self.files += item.files if isinstance(item, Trouble) else 1
            if isinstance(item, Inside) and item.path in self._taken:
                yield Trouble("file of an archive in it has the path of another file", 1)
                continue
            if isinstance(item, Inside):
                self._taken.add(item.path)
            yield item

    def settle(self, task: FileTask, troubles: list[Trouble]) -> None:
        """Note that all files of an archive are in the catalogue, inside a transaction."""
        self._db.execute(
            "UPDATE file SET mtime_ns = ?, records = ? WHERE id = ?",
            (task.mtime_ns, sum(trouble.files for trouble in troubles), task.file),
        )
        self._problems(task, [_sentence(trouble) for trouble in troubles])

    def refuse(self, task: FileTask, reason: str) -> None:
        """Note that an archive cannot be read, inside a transaction; the next run tries again."""
        self._paths.discard(task.path)
        self._db.execute("UPDATE file SET state = ? WHERE id = ?", (UNREADABLE, task.file))
        self._problems(task, [f"cannot be read: {reason}"])

    def _problems(self, task: FileTask, reasons: list[str]) -> None:
        rows = [(task.file, reason) for reason in reasons]
        self._db.executemany("INSERT INTO problem VALUES (?, 0, ?, NULL)", rows)


def _sentence(trouble: Trouble) -> str:
    return f"{trouble.files:,} {trouble.reason}" if trouble.files else trouble.reason
