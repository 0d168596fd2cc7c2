"""Backups of the library, and the recovery of a damaged library from them and its readable parts.

Next to the library there is one backup for each day with changes, and one from before each
migration.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from cable_tui.base.errors import LibraryError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.library import bundles, mark_rows, sqlite_file
from cable_tui.library.bundles import Bundle
from cable_tui.library.list_notes import ListNote
from cable_tui.library.mark import Mark
from cable_tui.library.sqlite_file import VERSION
from cable_tui.operating_system import files
from cable_tui.program import database
from cable_tui.program.settings import write_private
from cable_tui.text.numbers import counted

_Row = tuple[object, ...]
_PAGE = 4096
"""The usual page size in bytes; the file header states the actual size."""
_MAGIC = b"SQLite format 3\0"
_FIXED = bytes((1, 1, 0, 64, 32, 32))
"""The fixed part of the file header: a rollback journal, whole pages, and the fractions that SQLite
prescribes.
"""
_LONGER = 16
"""The maximum ratio between the size stated in a file and its actual size."""
MOST_COPIES = 5
"""The number of daily backups to keep. Backups from before a migration are always kept."""
_FREE = 5
"""The free disk space that a copy requires, as a multiple of the library's size."""
_DATED = pattern(r".*\.(\d{4}-\d\d-\d\d)(?:-schema-\d+)?")


def keep_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Make today's backup, if none exists, from the file before its first change of the day.

    Raises `sqlite3.Error` or `OSError`.
    """
    version = sqlite_file.user_version(connection)
    if version == 0:
        return
    today_iso = f"{datetime.now(UTC):%Y-%m-%d}"
    if version < VERSION:
        _copy(connection, path, f"{today_iso}-schema-{version}")
    if _copy(connection, path, today_iso):
        daily_copies = [copy for copy in copies(path) if "-schema-" not in copy.name]
        for old_copy in daily_copies[MOST_COPIES:]:
            files.remove(old_copy)


def copies(path: Path) -> list[Path]:
    """Return the backups of a library, newest first."""
    dated_copies = [
        copy for copy in path.parent.glob(f"{path.name}.*") if _DATED.fullmatch(copy.name)
    ]
    return sorted(dated_copies, reverse=True)


def day_of(copy: Path) -> str:
    """Return the day of a backup, such as `2026-11-25`, or an empty string."""
    match = _DATED.fullmatch(copy.name)
    return match[1] if match else ""


def sound_copies(path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Yield the sound and readable backups, newest first, each with an open connection."""
    for library_copy in copies(path):
        with closing(database.connect(library_copy, "rw")) as connection:
            try:
                is_sound = sqlite_file.version(
                    connection, library_copy
                ) <= VERSION and not sqlite_file.damage(connection)
            except (sqlite3.Error, LibraryError):
                is_sound = False
            if is_sound:
                yield library_copy, connection


def _copy(connection: sqlite3.Connection, path: Path, ending: str) -> bool:
    """Copy the file unless the copy exists, and return whether it was copied now."""
    target_file = path.with_name(f"{path.name}.{ending}")
    if target_file.exists():
        return False
    # A copy must not take the space that the next bookmarks need.
    if shutil.disk_usage(path.parent).free < _FREE * path.stat().st_size:
        raise OSError(errno.ENOSPC, "the disk is nearly full")
    # Under another name until it is whole: a copy that breaks off must not pass for one.
    new_copy = target_file.with_name(f"{target_file.name}.{os.getpid()}.part")
    try:
        write_private(new_copy, "")
        connection.execute("VACUUM INTO ?", (str(new_copy),))
        with new_copy.open("r+b") as stream:
            files.flush(stream)
        files.replace(new_copy, target_file)
    finally:
        files.remove(new_copy)
    return True


def lost(path: Path) -> str:
    """Return `gone` or `empty` if backups or damaged files show that a library was lost.

    Return an empty string otherwise.
    """
    # The copies first: a file that another program has just begun is empty, and has none.
    if not copies(path) and not set_aside(path):
        return ""
    if not path.exists():
        return "gone"
    return "" if path.stat().st_size else "empty"


def check(path: Path) -> str:
    """Describe the damage to a library file, or return an empty string. Nothing is changed."""
    missing_file = lost(path)
    if missing_file:
        return f"it is {missing_file}, and its backups are next to it"
    if not path.exists():
        return ""
    try:
        with closing(database.connect(path, "rw")) as connection:
            sqlite_file.version(connection, path)
            return sqlite_file.damage(connection)
    except sqlite3.Error as error:
        return sqlite_file.reason(error)
    except LibraryError as error:
        return str(error)


def newest_copy(path: Path) -> tuple[str, Bundle]:
    """Return the day and content of the newest sound backup, both empty if there is none."""
    for backup_file, connection in sound_copies(path):
        return day_of(backup_file), replace(
            bundles.bundle_of(connection), read=_read_times(connection)
        )
    return "", Bundle()


def salvage(path: Path) -> Bundle:
    """Return the readable part of a damaged file, read from both ends up to the damage.

    For a lost file, this is the readable part of the damaged file that was set aside last, unless a
    backup is newer.
    """
    source_path = path
    if lost(path):
        newest_copy_days = [day_of(copy) for copy in copies(path)[:1]]
        newer_files = [
            file
            for file in set_aside(path)
            if not newest_copy_days or _day(file) >= newest_copy_days[0]
        ]
        if not newer_files:
            return Bundle()
        source_path = newer_files[0]
    with closing(_repaired_copy(source_path.read_bytes())) as connection:
        old_rows = {row[7]: row for row in _both_ways(connection, "mark", sqlite_file.SCHEMA_1)[0]}
        row_by_id = old_rows | {row[7]: row for row in _rows(connection, "mark", mark_rows.COLUMNS)}
        mark_by_id = {
            mark_id: mark_rows.mark(row)
            for mark_id, row in row_by_id.items()
            if isinstance(mark_id, int)
        }
        search_rows = _rows(connection, "search", "name, query, rank, id")
        # A list must not be shared because its file was damaged.
        private_rows = _rows(connection, "private", "kind, name, id")
        return Bundle(
            tuple(mark_by_id[mark_id] for mark_id in sorted(mark_by_id)),
            _lists(connection, mark_by_id),
            {
                str(name): str(query)
                for name, query, *_ in sorted(search_rows, key=_rank)
                if str(name).strip()
            },
            _read_times(connection),
            tuple((str(kind), str(name)) for kind, name, _ in private_rows),
            _list_notes(connection),
        )


def _repaired_copy(content: bytes) -> sqlite3.Connection:
    """Return a copy in memory, with a header and length that let SQLite read its pages."""
    damaged_bytes = bytearray(content.ljust(_PAGE, b"\0"))
    page_size = int.from_bytes(damaged_bytes[16:18])
    if page_size < 512 or page_size & (page_size - 1):
        page_size = _PAGE
    pages_there = -(-len(damaged_bytes) // page_size)
    pages_stated = int.from_bytes(damaged_bytes[28:32])
    page_count = (
        pages_stated if pages_there < pages_stated <= pages_there * _LONGER else pages_there
    )
    damaged_bytes[:24] = _MAGIC + page_size.to_bytes(2) + _FIXED
    damaged_bytes[28:32] = page_count.to_bytes(4)
    # The number of pages counts only where these two agree.
    damaged_bytes[92:96] = damaged_bytes[24:28]
    connection = sqlite3.connect(":memory:")
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.deserialize(bytes(damaged_bytes.ljust(page_count * page_size, b"\0")))
    return connection


def _lists(connection: sqlite3.Connection, marks: Mapping[int, Mark]) -> dict[str, list[str]]:
    """Return the lists with their entries for salvaged marks; the tables are read separately."""
    list_rows_read = _rows(connection, "list", "name, id, rank")
    entry_rows = sorted(_rows(connection, "entry", "list_id, mark_id, rank, id"), key=_rank)
    return {
        str(name): [
            marks[mark_id].uid
            for entry_list_id, mark_id, *_ in entry_rows
            if entry_list_id == list_id and isinstance(mark_id, int) and mark_id in marks
        ]
        for name, list_id, *_ in sorted(list_rows_read, key=_rank)
        if str(name).strip()
    }


def _list_notes(connection: sqlite3.Connection) -> dict[str, ListNote]:
    list_names = {list_id: str(name) for name, list_id in _rows(connection, "list", "name, id")}
    note_rows = _rows(connection, "list_note", "list_id, note, changed, id")
    return {
        list_names[list_id]: ListNote(str(text), str(changed))
        for list_id, text, changed, _ in note_rows
        if list_id in list_names
    }


def _read_times(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the time when each cable was read, by canonical ID."""
    read_rows, _ = _both_ways(connection, "seen", "canonical_id, at", "canonical_id")
    return {str(name): str(read_at) for name, read_at in read_rows}


def _rows(connection: sqlite3.Connection, table: str, columns: str) -> list[_Row]:
    """Return the rows of a table. If it is damaged, add the rows that only the change log has."""
    rows, is_whole = _both_ways(connection, table, columns)
    if is_whole:
        return rows
    column_names = columns.split(", ")
    ids_read = {row[column_names.index("id")] for row in rows}
    logged_rows = _logged_rows(connection, table)
    return rows + [
        tuple((row_values | {"id": row_id}).get(name, "") for name in column_names)
        for row_id, row_values in logged_rows.items()
        if row_id not in ids_read
    ]


def _logged_rows(connection: sqlite3.Connection, table: str) -> dict[object, dict[str, object]]:
    """Return the rows of a table after the readable changes in the log, by id."""
    events, _ = _both_ways(connection, "event", "id, subject, row_id, after")
    row_by_id: dict[object, dict[str, object]] = {}
    for _, subject, row_id, row_after in sorted(events, key=lambda event: int(str(event[0]))):
        if subject != table:
            continue
        row_by_id.pop(row_id, None)
        # A flipped bit may have made anything of it.
        with suppress(ValueError):
            row_values = json.loads(str(row_after or "null"))
            if isinstance(row_values, dict):
                row_by_id[row_id] = row_values
    return row_by_id


def _both_ways(
    connection: sqlite3.Connection, table: str, columns: str, order_column: str = "id"
) -> tuple[list[_Row], bool]:
    """Read rows from both ends; return the readable rows, and whether they are complete."""
    statement = f"SELECT {columns} FROM {table} ORDER BY {order_column}"  # noqa: S608 - the schema's
    rows_forward, is_whole = _read_until_damage(connection, statement)
    rows_backward, _ = (
        ([], True) if is_whole else _read_until_damage(connection, f"{statement} DESC")
    )
    return list(dict.fromkeys([*rows_forward, *rows_backward])), is_whole


def _rank(row: _Row) -> int:
    return row[2] if isinstance(row[2], int) else 0


def _read_until_damage(connection: sqlite3.Connection, statement: str) -> tuple[list[_Row], bool]:
    rows_read: list[_Row] = []
    try:
        for row in connection.execute(statement):
            rows_read.append(row)  # noqa: PERF402 - what was read so far is kept
    except sqlite3.DatabaseError:
        return rows_read, False
    return rows_read, True


def put_in_place(new: Path, path: Path) -> Path | None:
    """Replace a damaged file with a new one, and keep the damaged file with its journal.

    Returns the path of the damaged file, or None if there was no file. Nothing is overwritten.
    Raises `OSError` without changing anything; this happens on Windows if another window has the
    file open.
    """
    time_stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    possible_paths = (
        path.with_name(f"{path.name}.damaged-{time_stamp}-{file_number}")
        for file_number in count(1)
    )
    path_aside = next(
        possible_path for possible_path in possible_paths if not possible_path.exists()
    )
    # SQLite would play the journal of the damaged file into the new one.
    journal = path.with_name(path.name + "-journal")
    journal_aside = path_aside.with_name(path_aside.name + "-journal")
    is_there = path.exists()
    with ExitStack() as undo:
        if is_there:
            undo.callback(_set_aside(path, path_aside))
        if journal.exists():
            journal.rename(journal_aside)
            undo.callback(journal_aside.rename, journal)
        files.replace(new, path)
        undo.pop_all()
    return path_aside if is_there else None


def _set_aside(path: Path, aside: Path) -> Callable[[], object]:
    """Give a file a second name, or rename it, and return a function that undoes this."""
    try:
        # So that at no moment there is no file.
        aside.hardlink_to(path)
    except OSError:
        path.rename(aside)
        return lambda: aside.rename(path)
    return lambda: files.remove(aside)


def set_aside(path: Path) -> list[Path]:
    """Return the non-empty damaged files that were set aside, newest first."""
    files_aside = path.parent.glob(f"{path.name}.damaged-*")
    filled_files = (file for file in files_aside if file.stat().st_size)
    return sorted(
        (file for file in filled_files if not file.name.endswith("-journal")), reverse=True
    )


def refill(
    connection: sqlite3.Connection, copy_day: str, copied_bundle: Bundle, salvaged_bundle: Bundle
) -> str:
    """Merge a backup and the salvaged content inside the caller's transaction; return a summary."""
    if copy_day:
        from_copy = bundles.merge(connection, copied_bundle)
        from_salvage = bundles.merge(connection, salvaged_bundle)
        return (
            f"Restored from its backup of {copy_day}: {counted(from_copy.added, 'bookmark')}; "
            "from the readable part of the damaged file: "
            f"{counted(from_salvage.added, 'more bookmark')} and "
            f"{counted(from_salvage.updated, 'newer note')}"
        )
    from_salvage = bundles.merge(connection, salvaged_bundle)
    return f"There is no backup. Bookmarks that could still be read: {from_salvage.added}"


def _day(damaged_file: Path) -> str:
    """Return the day of a damaged file, in the same format as in backup names."""
    date_digits = damaged_file.name.rpartition(".damaged-")[2]
    return f"{date_digits[:4]}-{date_digits[4:6]}-{date_digits[6:8]}"
