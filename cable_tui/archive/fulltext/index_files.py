"""The files of an index: how their integrity is checked, where they are read, how they are copied.

Every file of the engine ends in a footer with the CRC of its content. Reading all files takes about
a second per gigabyte, and is done only if there is a reason for doubt: an indexer that was
interrupted, or a search that failed. A missing or truncated file is noticed every time.

The engine needs a lock in the folder even for reading. If it may not write there, it gets a
temporary folder with links to the files; once the index is open, the folder can be deleted.

An indexer that is killed leaves files that the index's list, `meta.json`, does not name. One type
of them blocks the engine: the file with the deleted cables of a segment is named by the number of
changes so far, is written before the list, and is never overwritten. An indexer therefore removes
such files before it writes.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cable_tui.base.pattern import pattern
from cable_tui.operating_system import files

GENERATION = "generation"
"""The file that contains the number of the last commit."""
SOUND = "sound"
"""The file that marks an indexer run as finished, with no failed searches since."""
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_META = "meta.json"
_END = struct.Struct("<II")
_MAGIC = 1337
_LONGEST_FOOTER = 1000
"""The maximum number of bytes in a footer; usual footers have about a hundred."""
_PIECE = 1 << 20
_WRITTEN = pattern(r"[0-9a-f]{32}\..+|\.tmp.*")
"""Names of files that the engine writes: parts of a segment, and new versions of a list."""
_DELETED = ".del"
_PATIENCE = 10.0
"""The number of seconds to wait for a reader that is opening an index."""
_NUMBER = pattern(r"(?:code: |os error )(\d+)")
"""The system's error number in an error text from the engine."""
_OTHER_WRITER = "LockBusy"
"""The engine's name for the error if another process writes to the index."""


def doubt(folder: Path) -> None:
    """Make the next check read every byte; do nothing in another user's folder."""
    with suppress(OSError):
        (folder / SOUND).unlink(missing_ok=True)


def trust(folder: Path) -> None:
    """Record that the files are intact. Raises `OSError`."""
    (folder / SOUND).touch(mode=0o600)


def damage(folder: Path) -> str:
    """Return a description of the damage to an index, or an empty string.

    If there is doubt, every byte is read. Only the indexer calls this, since undamaged files are
    recorded as intact. Raises `OSError` if the system refuses: files that cannot be read now may be
    intact.
    """
    is_thorough = not (folder / SOUND).exists()
    file_damage = _first_wrong(folder, thorough=is_thorough)
    try:
        if is_thorough and not file_damage:
            trust(folder)
    except OSError as error:
        if is_refusal(error):
            raise
        return f"its files cannot be read: {error}"
    return file_damage


def is_begun(folder: Path) -> bool:
    """Return whether there is an index.

    An indexer killed before its first write leaves only a folder.
    """
    return (folder / _META).exists() or any(folder.glob(f"*.{_PARTS[0]}"))


def check_all(folder: Path) -> str:
    """Check an index by reading every byte, without changing it; return the damage, if any.

    Raises `OSError` if the system refuses.
    """
    return _first_wrong(folder, thorough=True)


def _first_wrong(folder: Path, *, thorough: bool) -> str:
    try:
        for index_file in _files(folder):
            if reason := _wrong(index_file, thorough=thorough):
                return f"{index_file.name} {reason}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, OSError) and is_refusal(error):
            raise
        return f"its files cannot be read: {error}"
    return ""


def is_refusal(error: BaseException) -> bool:
    """Return whether an error from a file or the engine is unrelated to the files' content.

    For example, the disk is full, permission is denied, too many files are open, or another process
    is writing.
    """
    error_number = getattr(error, "winerror", None) or getattr(error, "errno", None)
    error_numbers = [error_number] if error_number else map(int, _NUMBER.findall(str(error)))
    return _OTHER_WRITER in str(error) or any(map(files.is_refusal, error_numbers))


def left_files(folder: Path) -> list[Path]:
    """Return the files of the engine that the list of the index does not name.

    They belong to an indexer that is running or was killed. The result is empty if the list cannot
    be read.
    """
    try:
        named_files = {file.name for file in _files(folder)}
        written_files = [file for file in folder.iterdir() if _WRITTEN.fullmatch(file.name)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
    segment_names = {file_name.partition(".")[0] for file_name in named_files}
    return [
        file
        for file in written_files
        if file.name not in named_files
        and (file.suffix == _DELETED or file.name.partition(".")[0] not in segment_names)
    ]


def remove_left_files(folder: Path, patience: float = _PATIENCE) -> None:
    """Remove the files of a killed indexer. No one else may be writing to the index.

    Files that cannot be removed are kept.
    """
    if not left_files(folder):
        return
    # A reader that has read the list but not yet opened its files holds this lock.
    with suppress(OSError), files.lock_alone(folder / LOCKS[0], patience):
        for file in left_files(folder):
            with suppress(OSError):
                files.remove(file)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files that make up the index."""
    index_meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    for segment in index_meta["segments"]:
        file_stem = segment["segment_id"].replace("-", "")
        yield from (folder / f"{file_stem}.{suffix}" for suffix in _PARTS)
        if deleted_documents := segment["deletes"]:
            yield folder / f"{file_stem}.{deleted_documents['opstamp']}.del"


def _wrong(file: Path, *, thorough: bool) -> str:
    with file.open("rb") as stream:
        file_size = stream.seek(0, 2)
        stream.seek(max(0, file_size - _END.size))
        footer_end = stream.read()
        if len(footer_end) < _END.size:
            return "is cut"
        footer_length, magic_number = _END.unpack(footer_end)
        if magic_number != _MAGIC or not 0 < footer_length <= min(
            _LONGEST_FOOTER, file_size - _END.size
        ):
            return "is cut"
        footer_start = file_size - _END.size - footer_length
        stream.seek(footer_start)
        crc = json.loads(stream.read(footer_length))["crc"]
        if not thorough:
            return ""
        stream.seek(0)
        sum_so_far = 0
        while footer_start > 0 and (file_chunk := stream.read(min(_PIECE, footer_start))):
            sum_so_far = zlib.crc32(file_chunk, sum_so_far)
            footer_start -= len(file_chunk)
        return "" if sum_so_far == crc else "does not match its checksum"


LOCKS = (".tantivy-meta.lock", ".tantivy-writer.lock")
"""Files that the engine creates and locks, but never reads."""


def is_ours(path: Path) -> bool:
    """Return whether the engine can take its lock for reading."""
    lock_file = path / LOCKS[0]
    return os.access(lock_file if lock_file.exists() else path, os.W_OK)


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Yield the folder from which the index is opened. Raises `OSError`."""
    if is_ours(path):
        yield path
        return
    from cable_tui.program.temporary_folder import temporary_folder  # most readers own their cache

    with temporary_folder("links", "reader of an index") as links_folder:
        for file in path.iterdir():
            if file.name not in LOCKS:
                (links_folder / file.name).symlink_to(file.absolute())
        yield links_folder


def copy_index(path: Path, place: Path) -> None:
    """Copy an index while no one writes to it. Raises `OSError`.

    Files that the engine never changes become hard links, if the disk supports them.
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
