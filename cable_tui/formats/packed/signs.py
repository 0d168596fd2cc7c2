"""What a packed file is recognised by: its first bytes, never its name."""

from __future__ import annotations

import io
from typing import BinaryIO

from cable_tui.formats.packed import decoders
from cable_tui.formats.packed.decoders import Codec
from cable_tui.formats.packed.seekable import LARGEST_ARCHIVE, Unpacked, buffered, size_of

ENDINGS = (".gz", ".bz2", ".xz")
"""Of the name of a compressed file, which a name loses with its packing."""
BLOCK = 512
"""Bytes of a block of a tar; as many are enough to know any of them by."""
_CHECKSUM = slice(148, 156)
_DOCUMENTS = (b"[Content_Types].xml", b"mimetype", b"META-INF/", b"_rels/")
"""The first names in zips that are documents or programs: an `.odt` is no archive of files."""
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
"""What is known of them, with those that are opened first: one may be packed twice."""
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
"""What follows the four bytes of a bzip2: a block, or its end."""


def container(head: bytes) -> str:
    """`zip`, `tar` or `7z` where a file that begins so is an archive of files, else nothing."""
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        return "" if head[_NAME_IN_ZIP:].startswith(_DOCUMENTS) else "zip"
    return "tar" if _is_tar(head) else ""


def kind(head: bytes) -> str:
    """The usual ending of an archive or compressed file that begins so, else nothing."""
    found = next((each for mark, each in _OTHERS if head.startswith(mark)), "")
    return container(head) or found or ("bz2" if is_compressed(head) else "")


def _is_tar(block: bytes) -> bool:
    """Whether a block is the head of a file in a tar: of its old form too, by its checksum."""
    if len(block) < BLOCK or not block[0] or block[257:262] == b"ustar":
        return len(block) >= BLOCK and block[257:262] == b"ustar"
    return checksum_is_right(block)


def checksum_is_right(block: bytes) -> bool:
    """Whether the sum of a block's bytes, signed or not, is what it says."""
    try:
        said = int(block[_CHECKSUM].strip(b" \0") or b"0", 8)
    except ValueError:
        return False
    rest = block[: _CHECKSUM.start] + b" " * 8 + block[_CHECKSUM.stop : BLOCK]
    total = sum(rest)
    return said in {total, total - 256 * sum(byte > 127 for byte in rest)}


def _codec(head: bytes) -> Codec | None:
    found = next((each for each in _CODECS if head.startswith(each.again)), None)
    if found and found.again == b"BZh" and not head[4:].startswith(_BZIP2_BLOCKS):
        return None  # a text may begin with BZh
    return found


def is_compressed(head: bytes) -> bool:
    """Whether a file that begins so is a gzip, a bzip2 or an xz."""
    return _codec(head) is not None


def unpacked(file: BinaryIO) -> BinaryIO:
    """What a compressed file at its start holds, as a file that closes it; any other as it is.

    Damage shows as an early end: see `seekable.damage`.
    """
    head = file.peek(16)[:16] if isinstance(file, io.BufferedReader) else _first(file)
    found = _codec(head)
    if found is None:
        return file
    end = size_of(file)
    made = Unpacked(file, found, (0, end), largest=LARGEST_ARCHIVE)
    return buffered(made)


def _first(file: BinaryIO) -> bytes:
    head = file.read(16)
    file.seek(0)
    return head


def block_of(file: BinaryIO) -> bytes:
    """The first block of a file at its start, where it stays."""
    head = file.read(BLOCK)
    file.seek(0)
    return head


def plain_name(name: str) -> str:
    """The name of a file after unpacking."""
    if name.lower().endswith(".tgz"):
        return f"{name[:-4]}.tar"
    for ending in ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return name
