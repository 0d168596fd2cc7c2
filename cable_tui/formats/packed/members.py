"""Recognizes compressed files and archives, and lists and opens the files in an archive.

They are recognized by their first bytes instead of their names.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from cable_tui.formats.packed import decoders, limits
from cable_tui.formats.packed.decoders import Codec
from cable_tui.formats.packed.member import Member, Trouble, is_inside, tidy, unreadable
from cable_tui.formats.packed.seekable import Unpacked, buffered, size_of
from cable_tui.formats.packed.tar_members import BLOCK, is_tar

ENDINGS = (".gz", ".bz2", ".xz")
"""The extensions of compressed files, which are removed from the name of the content."""
_DOCUMENTS = (
    *(b"[Content_Types].xml", b"mimetype", b"META-INF/", b"_rels/"),
    *(b"docProps/", b"xl/w", b"word/document.xml"),
)
"""The first names in zips that are documents or programs; an `.odt` is not treated as an archive.
"""
_NAME_IN_ZIP = 30


_CODECS = (
    Codec(decoders.gzip, b"\x1f\x8b\x08"),
    Codec(decoders.bzip2, b"BZh"),
    Codec(decoders.xz, b"\xfd7zXZ\0"),
)
_OTHERS = (
    (b"\x1f\x8b", "gz"),
    (b"\xfd7zXZ\0", "xz"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"LZIP\x01", "lz"),
    (b"\x1f\x9d", "z"),
    (b"MSCF\0\0\0\0", "cab"),
)
"""The first bytes and extensions of compressed files that are not opened; a gzip or xz at this
point was compressed twice.
"""
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
"""The bytes that follow the first four bytes of a bzip2 file: a block, or its end."""


def container(head: bytes) -> str:
    """Return `zip`, `tar` or `7z` if these first bytes belong to an archive.

    Return an empty string otherwise.
    """
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return "" if head[_NAME_IN_ZIP:].startswith(_DOCUMENTS) else "zip"
    return "tar" if is_tar(head) else ""


def kind(head: bytes) -> str:
    """Return the usual extension of a compressed file with these first bytes.

    Return an empty string if it is not compressed.
    """
    extension = next(
        (extension for signature, extension in _OTHERS if head.startswith(signature)), ""
    )
    return container(head) or extension or ("bz2" if _codec(head) else "")


def _reader(kind: str) -> Any:
    """Return the module for a kind of archive, which most folders of cables do not have."""
    from cable_tui.formats.packed import seven_zip, tar_members, zip_members

    return {"zip": zip_members, "tar": tar_members, "7z": seven_zip}[kind]


def _codec(head: bytes) -> Codec | None:
    codec = next((codec for codec in _CODECS if head.startswith(codec.again)), None)
    if codec and codec.again == b"BZh" and not head[4:].startswith(_BZIP2_BLOCKS):
        return None  # a text may begin with BZh
    return codec


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return the content of a compressed file at its start, as a file that closes the original.

    Any other file is returned unchanged. Damage appears as an early end; see `seekable.damage`.
    """
    first_bytes = file.peek(16)[:16] if isinstance(file, io.BufferedReader) else block_of(file)[:16]
    codec = _codec(first_bytes)
    if codec is None:
        return file
    return buffered(Unpacked(file, codec, (0, size_of(file)), largest=limits.LARGEST_ARCHIVE))


def block_of(file: BinaryIO) -> bytes:
    """Return the first block of a file at its start, without moving its position."""
    first_block = file.read(BLOCK)
    file.seek(0)
    return first_block


def plain_name(name: str) -> str:
    """Return the name of a file after decompression."""
    if name.lower().endswith(".tgz"):
        return f"{name[:-4]}.tar"
    for extension in ENDINGS:
        if name.lower().endswith(extension):
            return name[: -len(extension)]
    return name


def listed(file: BinaryIO, kind: str) -> Iterator[Member | Trouble]:
    """Yield the files in an archive, each with a unique name, and the problems with it.

    A name that leads outside the archive is left out. If several files have the same name, the
    later ones get a number appended. Raises `OSError` if the archive cannot be read at all.
    """
    names_outside: list[str] = []
    count_by_name: dict[str, int] = {}
    for member_or_trouble in _reader(kind).listed(file):
        if isinstance(member_or_trouble, Trouble):
            yield member_or_trouble
        elif not is_inside(plain_path := tidy(member_or_trouble.name)):
            names_outside.append(member_or_trouble.name)
        else:
            unique_name, copy_number = plain_path, count_by_name.get(plain_path, 0)
            while unique_name in count_by_name:
                copy_number += 1
                unique_name = f"{plain_path}~{copy_number}"
            count_by_name[plain_path] = max(copy_number, 1)
            count_by_name.setdefault(unique_name, 1)
            yield member_or_trouble._replace(name=unique_name)
    if names_outside:
        reason = f"it has names that are empty or point outside the {kind}"
        yield Trouble(f"{reason}: the first is {names_outside[0]!r}", len(names_outside))


def open_member(file: BinaryIO, kind: str, member: Member) -> BinaryIO:
    """Return a member as a separate file, which closes `file`. Raises `OSError`."""
    if member.refused:
        raise unreadable(member.refused)
    opened_file: BinaryIO = _reader(kind).open_member(file, member)
    return opened_file
