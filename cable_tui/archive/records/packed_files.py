"""The files that may hold cables, also those in zips and gzips.

A member of a zip has a path of its own, `pages.zip/cable/2009/02/X.html`, with the size of the
member and the time of the zip. A gzip keeps its path; offsets count in its unpacked content.
`formats.zip_members` says what reading there costs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from cable_tui.archive.records import walk
from cable_tui.archive.records.walk import Found
from cable_tui.formats import zip_members

_ZIP = b".zip"
_GZIP = b".gz"
_ZIPS = 4
"""Zips whose directories are cached."""


def found(root: Path, files: Iterable[Found] | None = None) -> Iterator[Found]:
    """The given files, or all of `walk.walk`, with the members of each zip in its place."""
    for file in walk.walk(root) if files is None else files:
        if file.unreadable or not walk.full_path(root, file.path).lower().endswith(_ZIP):
            yield file
        else:
            yield from _members(root, file)


def _members(root: Path, file: Found) -> Iterator[Found]:
    try:
        members = _directory(walk.full_path(root, file.path), file.size, file.mtime_ns)
    except OSError as error:
        yield Found(file.path, file.size, file.mtime_ns, error.strerror or "no regular file")
        return
    outside = [name for name in members if not zip_members.is_inside(name)]
    if outside:
        reason = "names in it are empty or lead outside of the zip"
        yield Found(file.path, file.size, file.mtime_ns, reason)
    for name in sorted(members.keys() - set(outside)):
        path = os.fsencode(name)
        inside = file.path + b"/" + path if file.path else path
        yield Found(inside, members[name].size, file.mtime_ns)


def opened(path: bytes) -> BinaryIO:
    """A file, at its start, unpacked. Raises `OSError`, also where it is no regular file."""
    container, name = _split(path)
    stream = walk.open_regular(container)
    try:
        if name:
            info = os.fstat(stream.fileno())
            member = _directory(container, info.st_size, info.st_mtime_ns).get(name)
            if member is None:
                raise FileNotFoundError(2, "no such member of the zip")
            return zip_members.open_member(stream, member)
        return zip_members.open_gzip(stream) if path.lower().endswith(_GZIP) else stream
    except BaseException:
        stream.close()
        raise


def inner(path: str) -> str:
    """The name of a file after unpacking."""
    return path[: -len(_GZIP)] if path.lower().endswith(os.fsdecode(_GZIP)) else path


def is_packed(path: bytes) -> bool:
    """Whether a file below an archive has to be unpacked to be read."""
    lower = path.lower()
    return lower.endswith(_GZIP) or _ZIP + b"/" in lower


def is_unchanged(path: bytes, size: int, mtime_ns: int) -> bool:
    """Whether a file is still the one that the walk found. Raises `OSError`."""
    container, name = _split(path)
    info = os.lstat(container)
    return info.st_mtime_ns == mtime_ns and (bool(name) or info.st_size == size)


def _split(path: bytes) -> tuple[bytes, str]:
    """The path of a file on the disk, and the name of its member, or no name."""
    lower = path.lower().replace(b"\\", b"/") if os.sep == "\\" else path.lower()
    at = lower.find(_ZIP + b"/")
    while at >= 0:
        cut = at + len(_ZIP)
        if os.path.isfile(path[:cut]):  # noqa: PTH113 - names are bytes
            return path[:cut], os.fsdecode(path[cut + 1 :])
        at = lower.find(_ZIP + b"/", cut)
    return path, ""


@lru_cache(maxsize=_ZIPS)
def _directory(path: bytes, _size: int, _mtime_ns: int) -> dict[str, zip_members.Member]:
    with walk.open_regular(path) as stream:
        return zip_members.members(stream)
