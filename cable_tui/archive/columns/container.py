"""Files of the cache with a head in JSON and byte strings, complete or not there at all.

A file is a mark, the length of the head, the head, the parts one after the other, and a CRC of all
of it. A damaged file counts as missing: everything in it can be made again.

The indexer saves such files beside the catalogue, one of each kind, named by the generation.
Numbers have the byte order of the machine: a file of another machine is not read.
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
"""A head and its parts."""
Name = tuple[object, ...]
"""The kind of a file, the generation, and the form of the parts."""

_MARK = b"CBLPART1"
_NUMBER = 8
"""Bytes of the head's length and of the CRC."""


def machine() -> list[object]:
    """Return the form of the numbers in the parts: part of the head."""
    return [sys.byteorder, array("I").itemsize]


def files(folder: Path) -> list[Path]:
    """Return the files of this kind in a folder of the cache."""
    return sorted(folder.glob("*.parts"))


def load(folder: Path, name: Name) -> Parts | None:
    """Return the head and the parts of one kind; None if there is no such file."""
    kind, generation, *stamp = name
    content = read(folder / f"{kind}-{generation}.parts")
    return content if content and content[0].get("stamp") == stamp else None


def save(
    folder: Path, name: Name, make: Callable[[], tuple[Mapping[str, object], Sequence[bytes]]]
) -> None:
    """Save head and parts of one kind in a folder, unless they are there; older files go.

    A file whose head has another stamp is of no use to readers and written again. A disk that is
    full or cannot be written to is not a failure: readers make missing files.
    """
    kind, generation, *stamp = name
    file = folder / f"{kind}-{generation}.parts"
    with suppress(OSError):
        if load(folder, name) is None:
            json_head, byte_parts = make()
            write(file, {"stamp": stamp, **json_head}, byte_parts)
    for file_there in folder.glob(f"{kind}-*.parts"):
        if file_there != file:
            # One that a reader has open on Windows goes another time.
            with suppress(OSError):
                file_there.unlink()


def write(file: Path, head: Mapping[str, object], parts: Sequence[bytes | memoryview]) -> None:
    """Write a file in one go: readers see the old one or the new one. Raises `OSError`."""
    lengths = json.dumps({"head": head, "parts": [len(part) for part in parts]}).encode()
    content = b"".join((_MARK, len(lengths).to_bytes(_NUMBER, "big"), lengths, *parts))
    new_file = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(new_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        stream.write(zlib.crc32(content).to_bytes(_NUMBER, "big"))
        flush(stream)
    replace(new_file, file)


def read(file: Path, *, checked: bool = True) -> Parts | None:
    """Return the head and the parts; None if the file is missing or damaged.

    Without the check of the CRC nothing but the head is read, and numbers of a part may be wrong.
    """
    try:
        with file.open("rb") as stream:
            # The pages of a mapped file are the system's: unused ones take no memory of ours.
            content = memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    body, crc = content[:-_NUMBER], content[-_NUMBER:]
    if body[: len(_MARK)] != _MARK:
        return None
    if checked and zlib.crc32(body) != int.from_bytes(crc, "big"):
        return None
    begin = len(_MARK) + _NUMBER
    part_end = begin + int.from_bytes(body[len(_MARK) : begin], "big")
    description = json.loads(bytes(body[begin:part_end]))
    byte_parts = []
    for length in description["parts"]:
        byte_parts.append(body[part_end : part_end + length])
        part_end += length
    return description["head"], byte_parts
