"""Files inside of files: members of a zip, and what a gzip holds, read in place.

Nothing is ever written to the disk. A member of up to 16 MiB is unpacked at once, in memory, and
checked against its CRC. A longer one is a stream: `formats.seekable` says what reading costs there.

Limits: 2 GiB unpacked, 200 times the packed size, 100,000 members, and no
container within another.
"""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
import zlib
from typing import BinaryIO, NamedTuple

from cable_tui.formats.seekable import LARGEST, PIECE, RATIO, RATIO_FROM, Plain, Unpacked, fresh

MOST_MEMBERS = 100_000
_AT_ONCE = 16 << 20
_LOCAL_HEADER = 30
_LOCAL_MARK = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_GZIP_BITS, _RAW_BITS = 31, -15
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Member(NamedTuple):
    """One file inside of a zip."""

    name: str
    offset: int
    """Of its local header."""
    packed: int
    size: int
    crc: int
    method: int
    refused: str = ""
    """Why it is not read; empty where it is."""


def members(file: BinaryIO) -> dict[str, Member]:
    """The files in a zip by their names. Raises `OSError` where it is damaged or too large."""
    try:
        with zipfile.ZipFile(file) as archive:
            # `is_dir` fails at an empty name, which is what NUL as its first byte leaves of one.
            entries = [each for each in archive.infolist() if not each.filename.endswith("/")]
    except _ZIP_ERRORS as error:
        raise _unreadable(f"the zip is damaged: {error}") from error
    if len(entries) > MOST_MEMBERS:
        raise _unreadable(f"the zip has more than {MOST_MEMBERS:,} members")
    if sum(each.file_size for each in entries) > LARGEST:
        raise _unreadable(f"the zip holds more than {LARGEST >> 30} GiB")
    return {each.filename: _member(each) for each in entries}


def _member(entry: zipfile.ZipInfo) -> Member:
    size, packed = entry.file_size, entry.compress_size
    refused = ""
    if entry.flag_bits & 1:
        refused = "encrypted"
    elif entry.compress_type not in {_STORED, _DEFLATED}:
        refused = "packed in a way that is not known here"
    elif size > RATIO_FROM and size > packed * RATIO:
        refused = f"unpacks to more than {RATIO} times its size"
    return Member(
        entry.filename, entry.header_offset, packed, size, entry.CRC, entry.compress_type, refused
    )


def is_inside(name: str) -> bool:
    """Whether a member's name stays inside of its zip, as a path."""
    parts = name.replace("\\", "/").split("/")
    return bool(parts[0]) and ".." not in parts and "\0" not in name and name[1:2] != ":"


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """A member as a file of its own, which closes `file`. Raises `OSError`."""
    if member.refused:
        raise _unreadable(member.refused)
    header = _header(file, member)
    if len(header) < _LOCAL_HEADER or not header.startswith(_LOCAL_MARK):
        raise _unreadable("the zip is damaged: no member where its directory says")
    name, extra = struct.unpack("<HH", header[-4:])
    start = member.offset + _LOCAL_HEADER + name + extra
    if member.size > _AT_ONCE:
        inflater = fresh(_RAW_BITS) if member.method == _DEFLATED else Plain()
        span = (start, start + member.packed)
        return io.BufferedReader(Unpacked(file, inflater, span, size=member.size), PIECE)
    file.seek(start)
    data = _at_once(file.read(min(member.packed, _AT_ONCE + PIECE)), member)
    file.close()
    return io.BytesIO(data)


def _header(file: BinaryIO, member: Member) -> bytes:
    """The local header; empty where the directory names no place that a file can have."""
    try:
        file.seek(member.offset)
    except (OSError, OverflowError, ValueError):
        return b""
    return file.read(_LOCAL_HEADER)


def _at_once(packed: bytes, member: Member) -> bytes:
    data = packed
    if member.method == _DEFLATED:
        try:
            data = fresh(_RAW_BITS).decompress(packed, member.size + 1)
        except zlib.error as error:
            raise _unreadable(f"the zip is damaged: {error}") from error
    if len(data) != member.size or zlib.crc32(data) != member.crc:
        raise _unreadable("the zip is damaged: a member is not what its directory says")
    return data


def open_gzip(file: BinaryIO) -> BinaryIO:
    """What a gzip holds, as a file; closes `file`. Damage shows as an early end: see `damage`."""
    inflater = fresh(_GZIP_BITS)
    size = os.fstat(file.fileno()).st_size
    return io.BufferedReader(Unpacked(file, inflater, (0, size), gzip=True), PIECE)


def damage(file: BinaryIO) -> str:
    """What was wrong with the packed file that is read, as far as it was read; mostly nothing."""
    raw = getattr(file, "raw", None)
    return raw.damage if isinstance(raw, Unpacked) else ""


def _unreadable(reason: str) -> OSError:
    return OSError(errno.EIO, reason)
