"""Cache files with a JSON header and byte strings; they exist completely or not at all.

A file consists of a magic number, the length of the header, the header, the parts one after the
other, and a CRC of everything. A damaged file counts as missing, because everything in it can be
rebuilt. The indexer saves such files next to the catalogue, one of each kind, named by the
generation. Numbers have the byte order of the machine: a file from another machine is not read.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from cable_tui.operating_system.files import flush, replace

Parts = tuple[dict[str, Any], list[memoryview]]
"""A header and the parts."""
Name = tuple[object, ...]
"""The kind of a file, the generation, and the format of the parts."""

_MARK = b"CBLPART1"
_NUMBER = 8
"""The number of bytes for the header's length, and for the CRC."""


def machine() -> list[object]:
    """Return the format of the numbers in the parts, which is part of the header."""
    return [sys.byteorder, array("I").itemsize]


def files(folder: Path) -> list[Path]:
    """Return the container files in a folder of the cache."""
    return sorted(folder.glob("*.parts"))


def load(folder: Path, name: Name) -> Parts | None:
    """Return the header and the parts of one kind, or None if there is no such file."""
    file_kind, generation, *expected_stamp = name
    file_parts = read(folder / f"{file_kind}-{generation}.parts")
    return file_parts if file_parts and file_parts[0].get("stamp") == expected_stamp else None


def save(
    folder: Path, name: Name, make: Callable[[], tuple[Mapping[str, object], Sequence[bytes]]]
) -> None:
    """Save header and parts of one kind in a folder, unless they exist; older files are removed.

    A file whose header has another stamp is useless to readers and is rewritten. A disk that is
    full or cannot be written to is not a failure: readers build missing files themselves.
    """
    file_kind, generation, *file_stamp = name
    file = folder / f"{file_kind}-{generation}.parts"
    with suppress(OSError):
        if load(folder, name) is None:
            json_head, byte_parts = make()
            write(file, {"stamp": file_stamp, **json_head}, byte_parts)
    for existing_file in folder.glob(f"{file_kind}-*.parts"):
        if existing_file != file:
            # One that a reader has open on Windows goes another time.
            with suppress(OSError):
                existing_file.unlink()


def write(file: Path, head: Mapping[str, object], parts: Sequence[bytes | memoryview]) -> None:
    """Write a file atomically: readers see the old file or the new one. Raises `OSError`."""
    header_bytes = json.dumps(
        {"head": head, "parts": [len(part_bytes) for part_bytes in parts]}
    ).encode()
    file_bytes = b"".join((_MARK, len(header_bytes).to_bytes(_NUMBER, "big"), header_bytes, *parts))
    new_file = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(new_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(file_bytes)
        stream.write(zlib.crc32(file_bytes).to_bytes(_NUMBER, "big"))
        flush(stream)
    replace(new_file, file)


def read(file: Path, *, checked: bool = True) -> Parts | None:
    """Return the header and the parts, or None if the file is missing or damaged.

    Without the check of the CRC, only the header is read, and numbers in a part may be wrong.
    """
    try:
        with file.open("rb") as stream:
            # The pages of a mapped file are the system's: unused ones take no memory of ours.
            mapped_file = memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    checked_bytes, crc_bytes = mapped_file[:-_NUMBER], mapped_file[-_NUMBER:]
    if checked_bytes[: len(_MARK)] != _MARK:
        return None
    if checked and zlib.crc32(checked_bytes) != int.from_bytes(crc_bytes, "big"):
        return None
    header_start = len(_MARK) + _NUMBER
    part_end = header_start + int.from_bytes(checked_bytes[len(_MARK) : header_start], "big")
    header_fields = json.loads(bytes(checked_bytes[header_start:part_end]))
    byte_parts = []
    for part_length in header_fields["parts"]:
        byte_parts.append(checked_bytes[part_end : part_end + part_length])
        part_end += part_length
    return header_fields["head"], byte_parts
