"""The user's files as they are read: decompressed, with files in archives as separate files.

A file in an archive has its own path, `pages.zip/cable/2009/02/X.html`; an archive in an archive is
opened too, one level deep. A compressed file keeps its path; offsets refer to its decompressed
content. A compressed file is recognized by its bytes, never by its name. `formats.packed` describes
the cost of reading.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cable_tui.archive.records import walk
from cable_tui.archive.records.walk import FoundFile
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.packed import members, seekable, tar_members
from cable_tui.formats.packed.member import Member, Trouble, unreadable
from cable_tui.formats.packed.seekable import Held
from cable_tui.operating_system.files import on_disk

DEEPEST = 2
"""The maximum number of archives around a file: one on the disk, and one in it."""
NO_START = -1
"""The value for an unknown start, or for a file that is not in an archive."""
_DIRECTORIES = 4
"""The maximum number of archives whose directories are cached."""
_NO_FILE = {errno.ENOTDIR, errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL}
"""The errors for a missing file; the last one is for names with characters that Windows forbids."""


class Inside(FoundFile):
    """A file in an archive: its path begins with the archive's path, and its time is the same."""

    start: int = NO_START
    """The offset of its bytes in the decompressed tar, which saves a search for them."""
    depth: int = 1
    """The number of archives around the file."""


def listed(root: Path, archive: FoundFile, depth: int) -> Iterator[Inside | Trouble]:
    """Yield the files in an archive below `root`, each `depth` archives deep.

    Raises `OSError` if the archive cannot be read at all.
    """
    path, archive_path = walk.full_path(root, archive.path), archive.path
    with opened(path) as stream:
        archive_kind = members.container(members.block_of(stream))
        if not archive_kind:
            raise unreadable("it is no longer an archive")
        for member in members.listed(stream, archive_kind):
            if isinstance(member, Trouble):
                yield member
                continue
            member_name = os.fsencode(member.name)
            member_start = NO_START
            if (
                archive_kind == "tar"
                and depth == 1
                and member.regions is None
                and not member.refused
            ):
                member_start = member.start
            path_inside = archive_path + b"/" + member_name if archive_path else member_name
            yield Inside(
                path_inside, member.size, archive.mtime_ns, start=member_start, depth=depth
            )


def never_opened(path: bytes) -> str:
    """Return the type of a file in an archive that is not read; empty for all others."""
    parent_folders = path.split(b"/")[:-1]
    return walk.IN_HIDDEN if any(folder.startswith(b".") for folder in parent_folders) else ""


def opened(path: bytes, start: int = NO_START, size: int | None = None) -> BinaryIO:
    """Return a file at its start, decompressed.

    With the `start` of an `Inside`, no search is needed; `size` is its size, if known. Raises
    `OSError`, including if it is not a regular file.
    """
    disk_path, inner_name = _split(path)
    stream = walk.open_regular(disk_path)
    try:
        stream = members.unpacked(stream)
        if inner_name and start >= 0:
            return tar_members.part(stream, start, size)
        return (
            _member(stream, inner_name, _Archive(disk_path, "", *_version(disk_path)))
            if inner_name
            else stream
        )
    except BaseException:
        stream.close()
        raise


class _Archive(NamedTuple):
    """The identity of an archive, and its state."""

    path: bytes
    inside: str
    size: int
    mtime_ns: int


def _version(path: bytes) -> tuple[int, int]:
    file_status = os.stat(on_disk(path))  # noqa: PTH116 - names are bytes
    return file_status.st_size, walk.time_of(file_status)


def _member(stream: BinaryIO, name: str, archive: _Archive, depth: int = 1) -> BinaryIO:
    """Return the file with a name in an archive, or in an archive inside it."""
    archive_kind = members.container(members.block_of(stream))
    if not archive_kind:
        raise FileNotFoundError(errno.ENOENT, "no such file in the archive")
    directory = _directory(archive)
    name_end = len(name)
    while name[:name_end] not in directory:
        name_end = name.rfind("/", 0, name_end)
        if name_end < 0 or depth == DEEPEST:
            raise FileNotFoundError(errno.ENOENT, "no such file in the archive")
    inner_archive = archive._replace(inside=name[:name_end])
    if name_end == len(name):
        return members.unpacked(members.open_member(stream, archive_kind, directory[name]))
    if held_file := _held(inner_archive):
        stream.close()
        inner_file: BinaryIO = held_file.again()
    else:
        inner_file = members.open_member(stream, archive_kind, directory[name[:name_end]])
    return _member(members.unpacked(inner_file), name[name_end + 1 :], inner_archive, depth + 1)


@lru_cache(maxsize=1)
def _held(archive: _Archive) -> Held | None:
    """Return a short archive inside another archive, or None if it is not kept in memory.

    Otherwise each of its files would require decompressing all of it again.
    """
    directory = _directory(archive._replace(inside=""))
    with members.unpacked(walk.open_regular(archive.path)) as stream:
        archive_kind = members.container(members.block_of(stream))
        member = members.open_member(stream, archive_kind, directory[archive.inside])
        return member if isinstance(member, Held) else None


@lru_cache(maxsize=_DIRECTORIES)
def _directory(archive: _Archive) -> dict[str, Member]:
    """Return the files in an archive by their names."""
    archive_path = (
        archive.path + b"/" + os.fsencode(archive.inside) if archive.inside else archive.path
    )
    with opened(archive_path) as stream:
        archive_kind = members.container(members.block_of(stream))
        listed_entries = members.listed(stream, archive_kind) if archive_kind else ()
        return {
            listed_entry.name: listed_entry
            for listed_entry in listed_entries
            if isinstance(listed_entry, Member)
        }


def is_packed(path: bytes, start: int) -> bool:
    """Return whether a file has to be decompressed before it can be read."""
    try:
        with opened(path, start) as stream:
            return seekable.is_packed(stream)
    except OSError:
        return False


def inner(path: str) -> str:
    """Return the name of a file after decompression."""
    return members.plain_name(path)


def on_disk_path(path: bytes) -> bytes:
    """Return the file on disk that is, or contains, a file. Raises `OSError`."""
    return _split(path)[0]


def is_unchanged(path: bytes, size: int, mtime_ns: int) -> bool:
    """Return whether a file is unchanged since the walk found it. Raises `OSError`."""
    disk_path, inner_name = _split(path)
    file_status = os.lstat(on_disk(disk_path))
    return walk.time_of(file_status) == mtime_ns and (
        bool(inner_name) or file_status.st_size == size
    )


def _split(path: bytes) -> tuple[bytes, str]:
    """Return the path of a file on disk, and the name of a file in it, or no name."""
    path_end = len(path)
    try:
        os.lstat(on_disk(path))
    except OSError as error:
        if error.errno not in _NO_FILE:
            raise
        separators = (b"/", os.fsencode(os.sep))
        while (path_end := max(path.rfind(separator, 0, path_end) for separator in separators)) > 0:
            if os.path.isfile(on_disk(path[:path_end])):  # noqa: PTH113 - names are bytes
                return path[:path_end], os.fsdecode(path[path_end + 1 :])
            if os.path.isdir(on_disk(path[:path_end])):  # noqa: PTH112 - names are bytes
                break
    return path, ""
