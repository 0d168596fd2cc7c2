"""The files in a tar archive, read by their headers: ustar, pax, GNU and the old form.

A tar has no directory: each header leads to the next. A damaged header loses only its own file,
because the next valid header is searched for. Bytes after the end of the archive are also read, so
that two tars in one file are both read.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import BinaryIO

from cable_tui.base.named_tuple import NamedTuple
from cable_tui.formats.packed import limits, seekable
from cable_tui.formats.packed.member import (
    Member,
    Trouble,
    not_followed,
    unreadable,
)
from cable_tui.operating_system.files import name_of

_LONGEST_SEARCH = 64 << 20
"""The maximum number of bytes to search for the next header after a damaged one."""
_FARTHEST = 1 << 42
"""An offset that no real tar reaches, although a number in a header may be larger."""
_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, _SUN = b"L", b"K", b"x", b"g", b"X"
_ABOUT_THE_NEXT = (_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, _SUN)
_SPARSE = b"S"
_SILENT = (b"5", b"D", b"V", b"N")
"""Entries that are not reported: folders, their lists, and the label of the tar."""
_LINKS = (b"1", b"2", b"3", b"4", b"6")
"""Hard and soft links, devices and pipes, whose headers are not followed by data."""
_CONTINUED = b"M"


def listed(file: BinaryIO, most: int = limits.MOST_MEMBERS) -> Iterator[Member | Trouble]:
    """Yield the files in a tar in order, and the problems with it.

    Raises `OSError` if it has too many files.
    """
    return _Walk(file, most).items()


class _Walk:
    """One pass through a tar."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self._at = 0
        self._name = ""
        self._facts: Facts = []
        self._left: list[str] = []
        self._ended = False

    def items(self) -> Iterator[Member | Trouble]:
        """Yield the files, and the problems."""
        member_count = 0
        while len(block := self._read(self._at, BLOCK)) == BLOCK:
            self._at += BLOCK
            self._ended = not block.strip(b"\0")
            if self._ended:
                continue
            try:
                member = self._member(block)
            except BrokenHead as error:
                self._name, self._facts = "", []
                skipped_count = self._to_next_head()
                yield Trouble(f"the tar is damaged: {error} ({skipped_count:,} bytes were skipped)")
                continue
            if member is None:
                continue
            member_count += 1
            if member_count > self._most:
                raise unreadable(f"the tar has more than {self._most:,} members")
            readable_member = self._there(member)
            yield readable_member
            if readable_member != member:
                self._ended = True
                yield Trouble(f"{member.name}: the tar ends in the middle of this file")
                break
        yield from self._at_the_end(block)

    def _at_the_end(self, block: bytes) -> Iterator[Trouble]:
        """Yield problems with the end of the tar.

        `block` is the last block and may be incomplete.
        """
        if len(block) < BLOCK and block.strip(b"\0"):
            yield Trouble("the tar is cut off inside a header")
        elif not self._ended:
            yield Trouble("the tar has no end marker: it may be cut off between two files")
        if file_damage := seekable.damage(self._file):
            yield Trouble(file_damage, alters=seekable.is_altered(self._file))
        if self._left:
            yield not_followed(self._left)

    def _read(self, offset: int, length: int) -> bytes:
        """Return bytes of the tar, or empty bytes beyond the end of a compressed one."""
        if offset > _FARTHEST or self._file.seek(offset) != offset:
            return b""
        return self._file.read(length)

    def _member(self, block: bytes) -> Member | None:
        """Return the file that a header describes, or None if it describes no file.

        Raises `BrokenHead`.
        """
        if not checksum_is_right(block):
            raise BrokenHead("a header in it is invalid")
        member_kind, size = block[156:157], number_in(block[124:136])
        if member_kind in _ABOUT_THE_NEXT:
            self._about_the_next(member_kind, size)
            return None
        member_name, pax_values = self._name or name_in(block), self._facts
        self._name, self._facts = "", []
        member_name = said(pax_values, "GNU.sparse.name") or said(pax_values, "path") or member_name
        if member_kind in _LINKS:
            self._left.append(member_name)
            return None
        if stored_size_text := said(pax_values, "size"):
            size = number_of_pax(stored_size_text)
        data_start = self._at
        self._at += whole_blocks(size)
        if member_kind == _SPARSE or any(
            fact_key.startswith("GNU.sparse.") for fact_key, _ in pax_values
        ):
            sparse_layout = holes_of(block, data_start, pax_values, self._read)
            if member_kind == _SPARSE:  # the map is no part of the size
                self._at = sparse_layout.start + whole_blocks(size)
            stored_size = sum(length for _, length in sparse_layout.regions)
            is_too_large = limits.unpacks_to_too_much(sparse_layout.size, stored_size)
            reason_refused = limits.TOO_MUCH if is_too_large else ""
            return Member(
                member_name,
                sparse_layout.start,
                sparse_layout.size,
                regions=sparse_layout.regions,
                refused=reason_refused,
            )
        if member_kind in _SILENT or member_name.endswith("/"):
            return None
        if member_kind == _CONTINUED:
            return Member(
                member_name, data_start, size, refused="it continues a member of another file"
            )
        return Member(member_name, data_start, size)

    def _about_the_next(self, kind: bytes, size: int) -> None:
        if size > LONGEST_HEAD:
            raise BrokenHead("a header in it is too long")
        header_data = self._read(self._at, size)
        self._at += whole_blocks(size)
        if kind == _LONG_NAME:
            self._name = name_of(header_data.partition(b"\0")[0])
        elif kind in (_PAX, _SUN):
            self._facts.extend(pax_facts(header_data))

    def _there(self, member: Member) -> Member:
        """Return a member, truncated to the bytes that are present."""
        stored_size = member.size
        if member.regions is not None:
            stored_size = sum(length for _, length in member.regions)
        stored_end = min(member.start + stored_size, _FARTHEST)
        if not stored_size or self._read(stored_end - 1, 1):
            return member
        if member.regions is not None:
            return member._replace(refused="cut off")
        is_packed = isinstance(seekable.raw_of(self._file), seekable.Unpacked)
        readable_end = (
            self._file.seek(stored_end)
            if is_packed
            else min(seekable.size_of(self._file), stored_end)
        )
        return member._replace(size=max(readable_end - member.start, 0))

    def _to_next_head(self) -> int:
        """Move to the next valid header or to the end, and return the number of skipped bytes."""
        begin_offset = self._at
        while len(block := self._read(self._at, BLOCK)) == BLOCK:
            if block[257:262] == b"ustar" and checksum_is_right(block):
                break
            self._at += BLOCK
            if self._at - begin_offset > _LONGEST_SEARCH:
                self._at = _FARTHEST + 1
                return _LONGEST_SEARCH
        return self._at - begin_offset + BLOCK


class _WithHoles(seekable.FilePart):
    """A sparse file, whose holes are read as zeros."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        super().__init__(file, member.start, member.size)
        self._length = member.size
        self._regions = member.regions or ()
        self._firsts = [region_start for region_start, _ in self._regions]
        region_lengths = (length for _, length in self._regions)
        self._places = [
            member.start,
            *(member.start + length for length in accumulate(region_lengths)),
        ]

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read bytes into a buffer, as any raw file does."""
        most_bytes = min(len(buffer), self._length - self._position)
        if most_bytes <= 0:
            return 0
        region_index = bisect_right(self._firsts, self._position) - 1
        region_start, region_length = self._regions[region_index] if region_index >= 0 else (0, 0)
        offset_in_region = self._position - region_start
        if offset_in_region < region_length:
            self._file.seek(self._places[region_index] + offset_in_region)
            read_bytes = self._file.read(min(most_bytes, region_length - offset_in_region))
        else:
            next_starts = self._firsts[region_index + 1 : region_index + 2] or [self._length]
            read_bytes = bytes(min(most_bytes, next_starts[0] - self._position))
        buffer[: len(read_bytes)] = read_bytes
        self._position += len(read_bytes)
        return len(read_bytes)


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """Return a member as a separate file, which closes `file`. Raises `OSError`."""
    if member.regions is not None:
        return io.BufferedReader(_WithHoles(file, member))
    return part(file, member.start, member.size)


def part(file: BinaryIO, start: int, size: int | None) -> BinaryIO:
    """Return `size` bytes of a file from an offset, or all bytes to its end; closes `file`.

    Raises `OSError`.
    """
    if size is None or size > seekable.Held.longest:
        return seekable.buffered(seekable.FilePart(file, start, size))
    part_bytes = file.read(size) if file.seek(start) == start else b""
    if len(part_bytes) < size:
        raise unreadable(seekable.damage(file) or "cut off")
    return seekable.held(part_bytes, file, start)


# Heads: numbers, names, the facts of pax, and the maps of files with holes. Where the holes of a
# file are is in the head (GNU), in the facts of pax (0.0, 0.1), or before its bytes (1.0).

BLOCK = 512
"""The size of a tar block, in bytes."""
_CHECKSUM = slice(148, 156)
LONGEST_HEAD = 1 << 20
"""The maximum size, in bytes, of a long name, of pax facts about a file, or of a map."""
_MOST_REGIONS = 100_000
_IN_HEAD, _IN_BLOCK = 4, 21
"""The number of a sparse file's regions that fit into a header, and into each further block."""
_ENTRY = 24
_DIGITS = 20

Facts = list[tuple[str, str]]
"""The facts about a file from pax, as ordered keys and values; some keys are repeated."""
Read = Callable[[int, int], bytes]
"""A function that reads bytes of the tar at an offset, up to a length."""


class BrokenHead(Exception):  # noqa: N818 - a head that is not right
    """Raised for an invalid header; the text gives the reason."""


class Holes(NamedTuple):
    """The layout of a sparse file."""

    start: int
    """The offset of the first stored byte."""
    size: int
    """The size in bytes, including the holes."""
    regions: tuple[tuple[int, int], ...]
    """The offset and length of each stored region, in order."""


def is_tar(block: bytes) -> bool:
    """Return whether a block is the header of a file in a tar.

    The old form of tar is recognized by its checksum.
    """
    if len(block) < BLOCK or not block[0] or block[257:262] == b"ustar":
        return len(block) >= BLOCK and block[257:262] == b"ustar"
    return checksum_is_right(block)


def checksum_is_right(block: bytes) -> bool:
    """Return whether the sum of a block's bytes, signed or unsigned, equals the stated checksum."""
    try:
        stated_sum = int(block[_CHECKSUM].strip(b" \0") or b"0", 8)
    except ValueError:
        return False
    block_without_sum = block[: _CHECKSUM.start] + b" " * 8 + block[_CHECKSUM.stop : BLOCK]
    byte_sum = sum(block_without_sum)
    return stated_sum in {byte_sum, byte_sum - 256 * sum(byte > 127 for byte in block_without_sum)}


def whole_blocks(size: int) -> int:
    """Return the size in bytes of the blocks that `size` bytes occupy."""
    return -(-size // BLOCK) * BLOCK


def number_in(digits: bytes) -> int:
    """Return a number in a header. Raises `BrokenHead`."""
    if digits[:1] == b"\x80":
        return int.from_bytes(digits[1:], "big")
    plain_digits = digits.strip(b" \0") or b"0"
    if not plain_digits.isdigit() or b"8" in plain_digits or b"9" in plain_digits:
        raise BrokenHead("a number in it is invalid")
    return int(plain_digits, 8)


def number_of_pax(digits: str) -> int:
    """Return a number in pax facts. Raises `BrokenHead`."""
    if digits.isascii() and digits.isdigit() and len(digits) < _DIGITS:
        return int(digits)
    raise BrokenHead("a number in it is invalid")


def name_in(block: bytes) -> str:
    """Return the file name in a header."""
    last_name = block[:100].partition(b"\0")[0]
    prefix = block[345:500].partition(b"\0")[0] if block[257:263] == b"ustar\0" else b""
    return name_of(prefix + b"/" + last_name if prefix else last_name)


def pax_facts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the facts in a pax header, each with length, space, key, `=`, value and line ending."""
    fact_start = 0
    while fact_start < len(data):
        length_digits, space, _ = data[fact_start : fact_start + 9].partition(b" ")
        fact_length = int(length_digits) if length_digits.isdigit() and space else 0
        fact_key, equals_sign, fact_value = data[
            fact_start + len(length_digits) + 1 : fact_start + fact_length - 1
        ].partition(b"=")
        if not equals_sign or fact_length <= len(length_digits) + 1:
            return
        yield (
            fact_key.decode("utf-8", "surrogateescape"),
            fact_value.decode("utf-8", "surrogateescape"),
        )
        fact_start += fact_length


def said(facts: Facts, key: str) -> str:
    """Return the last value of a key, or an empty string if it is missing."""
    return next((fact_value for fact_key, fact_value in reversed(facts) if fact_key == key), "")


def holes_of(block: bytes, data_start: int, facts: Facts, read: Read) -> Holes:
    """Return the layout of a sparse file whose header ends at `data_start`. Raises `BrokenHead`."""
    if said(facts, "GNU.sparse.major") == "1":
        data_start, regions = _in_front(data_start, read)
        file_size = number_of_pax(said(facts, "GNU.sparse.realsize"))
    elif any(fact_key.startswith("GNU.sparse.") for fact_key, _ in facts):
        regions = _in_pax(facts)
        file_size = number_of_pax(said(facts, "GNU.sparse.size"))
    else:
        data_start, regions = _in_heads(block, data_start, read)
        file_size = number_in(block[483:495])
    last_end = 0
    for region_start, region_length in regions:
        if region_start < last_end or region_start + region_length > file_size:
            raise _not_right()
        last_end = region_start + region_length
    return Holes(data_start, file_size, tuple(regions))


def _not_right() -> BrokenHead:
    return BrokenHead("the map of a sparse file is invalid")


def _in_heads(block: bytes, data_start: int, read: Read) -> tuple[int, list[tuple[int, int]]]:
    regions = list(_entries(block[386:482], _IN_HEAD))
    has_more = block[482]
    while has_more:
        further_block = read(data_start, BLOCK)
        if len(further_block) < BLOCK or len(regions) > _MOST_REGIONS:
            raise _not_right()
        regions += _entries(further_block, _IN_BLOCK)
        has_more = further_block[504]
        data_start += BLOCK
    return data_start, regions


def _entries(data: bytes, most: int) -> Iterator[tuple[int, int]]:
    for entry_start in range(0, most * _ENTRY, _ENTRY):
        if not data[entry_start : entry_start + _ENTRY].strip(b"\0"):
            return
        yield (
            number_in(data[entry_start : entry_start + 12]),
            number_in(data[entry_start + 12 : entry_start + _ENTRY]),
        )


def _in_pax(facts: Facts) -> list[tuple[int, int]]:
    if listed_map := said(facts, "GNU.sparse.map"):
        map_numbers = [number_of_pax(number_text) for number_text in listed_map.split(",")]
    else:
        map_keys = ("GNU.sparse.offset", "GNU.sparse.numbytes")
        map_numbers = [
            number_of_pax(fact_value) for fact_key, fact_value in facts if fact_key in map_keys
        ]
    return _pairs(map_numbers)


def _in_front(start: int, read: Read) -> tuple[int, list[tuple[int, int]]]:
    """Return the end of a map stored before a file's bytes, and its pairs.

    The map contains decimal numbers, one per line, beginning with the number of pairs, and is
    padded to a full block.
    """
    map_lines: list[bytes] = [b""]
    map_end, line_count = start, 1
    while len(map_lines) <= line_count:
        map_block = read(map_end, BLOCK)
        if len(map_block) < BLOCK or map_end - start > LONGEST_HEAD:
            raise _not_right()
        map_end += BLOCK
        first_line, *more_lines = (map_lines.pop() + map_block).split(b"\n")
        map_lines += [first_line, *more_lines]
        if len(map_lines) > 1:
            line_count = 1 + 2 * number_of_pax(map_lines[0].decode("ascii", "replace"))
    return map_end, _pairs(
        [
            number_of_pax(number_line.decode("ascii", "replace"))
            for number_line in map_lines[1:line_count]
        ]
    )


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    if len(numbers) % 2 or len(numbers) > 2 * _MOST_REGIONS:
        raise _not_right()
    return list(zip(numbers[::2], numbers[1::2], strict=True))
