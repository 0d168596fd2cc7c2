"""The files in a tar, found by their heads: ustar, pax, GNU, and the old form without a mark.

A tar has no directory: each head says how far it is to the next. A head that is not right costs
only what it says: the next right one is looked for. What follows the end of the archive is read
too, so that nothing is lost of two tars in one file.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import BinaryIO

from cable_tui.formats.packed import tar_heads
from cable_tui.formats.packed.member import (
    LONGEST_AT_ONCE,
    MOST_MEMBERS,
    Member,
    Trouble,
    not_followed,
    unreadable,
)
from cable_tui.formats.packed.seekable import (
    RATIO,
    RATIO_FROM,
    Held,
    Part,
    Unpacked,
    buffered,
    damage,
    raw_of,
    size_of,
)
from cable_tui.formats.packed.signs import BLOCK, checksum_is_right
from cable_tui.formats.packed.tar_heads import BrokenHead, Facts, said, whole_blocks
from cable_tui.operating_system.files import name_of

_LONGEST_SEARCH = 64 << 20
"""Bytes that are looked through for the next head after one that is not right."""
_FARTHEST = 1 << 42
"""An offset that no tar reaches, though a number in it may say so."""
_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, _SUN = b"L", b"K", b"x", b"g", b"X"
_ABOUT_THE_NEXT = (_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL, _SUN)
_SPARSE = b"S"
_SILENT = (b"5", b"D", b"V", b"N")
"""Folders, lists of what they hold, the label of the tar."""
_LINKS = (b"1", b"2", b"3", b"4", b"6")
"""Hard and soft links, devices, pipes: nothing follows their heads."""
_CONTINUED = b"M"


def listed(file: BinaryIO) -> Iterator[Member | Trouble]:
    """The files in a tar in their order, and what is wrong with it.

    Raises `OSError` where it has too many.
    """
    return _Walk(file).items()


class _Walk:
    """One way through a tar."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._name = ""
        self._facts: Facts = []
        self._left: list[str] = []
        self._ended = False

    def items(self) -> Iterator[Member | Trouble]:
        """The files, and what is wrong."""
        count = 0
        while len(block := self._read(self._at, BLOCK)) == BLOCK:
            self._at += BLOCK
            self._ended = not block.strip(b"\0")
            if self._ended:
                continue
            try:
                member = self._member(block)
            except BrokenHead as error:
                self._name, self._facts = "", []
                passed = self._to_next_head()
                yield Trouble(f"the tar is damaged: {error} ({passed:,} bytes were passed over)")
                continue
            if member is None:
                continue
            count += 1
            if count > MOST_MEMBERS:
                raise unreadable(f"the tar has more than {MOST_MEMBERS:,} members")
            there = self._there(member)
            yield there
            if there != member:
                self._ended = True
                yield Trouble(f"{member.name}: the tar is cut off inside of it")
                break
        yield from self._at_the_end(block)

    def _at_the_end(self, block: bytes) -> Iterator[Trouble]:
        """What is to say behind the last block, which may be a part of one."""
        if len(block) < BLOCK and block.strip(b"\0"):
            yield Trouble("the tar is cut off inside of a head")
        elif not self._ended:
            yield Trouble("the tar has no end: it may be cut off between two files")
        if wrong := damage(self._file):
            yield Trouble(wrong)
        if self._left:
            yield not_followed(self._left)

    def _read(self, at: int, length: int) -> bytes:
        """Bytes of the tar; none beyond the end of a packed one, which goes no further."""
        if at > _FARTHEST or self._file.seek(at) != at:
            return b""
        return self._file.read(length)

    def _member(self, block: bytes) -> Member | None:
        """The file of a head; None where it is none. Raises `BrokenHead`."""
        if not checksum_is_right(block):
            raise BrokenHead("a head in it is not right")
        kind, size = block[156:157], tar_heads.number(block[124:136])
        if kind in _ABOUT_THE_NEXT:
            self._about_the_next(kind, size)
            return None
        name, facts = self._name or tar_heads.name(block), self._facts
        self._name, self._facts = "", []
        name = said(facts, "GNU.sparse.name") or said(facts, "path") or name
        if kind in _LINKS:
            self._left.append(name)
            return None
        if stored := said(facts, "size"):
            size = tar_heads.decimal(stored)
        start = self._at
        self._at += whole_blocks(size)
        if kind == _SPARSE or any(key.startswith("GNU.sparse.") for key, _ in facts):
            found = tar_heads.holes(block, start, facts, self._read)
            if kind == _SPARSE:  # the map is no part of the size
                self._at = found.start + whole_blocks(size)
            return _with_holes(name, found)
        if kind in _SILENT or name.endswith("/"):
            return None
        if kind == _CONTINUED:
            return Member(name, start, size, refused="its beginning is in another file")
        return Member(name, start, size)

    def _about_the_next(self, kind: bytes, size: int) -> None:
        if size > tar_heads.LONGEST_HEAD:
            raise BrokenHead("a head in it is too long")
        data = self._read(self._at, size)
        self._at += whole_blocks(size)
        if kind == _LONG_NAME:
            self._name = name_of(data.partition(b"\0")[0])
        elif kind in (_PAX, _SUN):
            self._facts.extend(tar_heads.pax(data))

    def _there(self, member: Member) -> Member:
        """A member, no longer than what is there of it."""
        stored = member.size
        if member.regions is not None:
            stored = sum(length for _, length in member.regions)
        end = min(member.start + stored, _FARTHEST)
        if not stored or self._read(end - 1, 1):
            return member
        if member.regions is not None:
            return member._replace(refused="cut off")
        packed = isinstance(raw_of(self._file), Unpacked)
        last = self._file.seek(end) if packed else min(size_of(self._file), end)
        return member._replace(size=max(last - member.start, 0))

    def _to_next_head(self) -> int:
        """Go to the next block that is a right head, or to the end; how many bytes that was."""
        begun = self._at
        while len(block := self._read(self._at, BLOCK)) == BLOCK:
            if block[257:262] == b"ustar" and checksum_is_right(block):
                break
            self._at += BLOCK
            if self._at - begun > _LONGEST_SEARCH:
                self._at = _FARTHEST + 1
                return _LONGEST_SEARCH
        return self._at - begun + BLOCK


def _with_holes(name: str, holes: tar_heads.Holes) -> Member:
    stored = sum(length for _, length in holes.regions)
    large = holes.size > RATIO_FROM and holes.size > stored * RATIO
    refused = f"unpacks to more than {RATIO} times its size" if large else ""
    return Member(name, holes.start, holes.size, regions=holes.regions, refused=refused)


class _WithHoles(Part):
    """A file with holes, which are zeros."""

    def __init__(self, file: BinaryIO, member: Member) -> None:
        super().__init__(file, member.start, member.size)
        self._length = member.size
        self._regions = member.regions or ()
        self._firsts = [offset for offset, _ in self._regions]
        lengths = (length for _, length in self._regions)
        self._places = [member.start, *(member.start + each for each in accumulate(lengths))]

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """As every raw file."""
        most = min(len(buffer), self._length - self._position)
        if most <= 0:
            return 0
        region = bisect_right(self._firsts, self._position) - 1
        offset, length = self._regions[region] if region >= 0 else (0, 0)
        inside = self._position - offset
        if inside < length:
            self._file.seek(self._places[region] + inside)
            data = self._file.read(min(most, length - inside))
        else:
            following = self._firsts[region + 1 : region + 2] or [self._length]
            data = bytes(min(most, following[0] - self._position))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """A member as a file of its own, which closes `file`. Raises `OSError`."""
    if member.regions is not None:
        return io.BufferedReader(_WithHoles(file, member))
    return part(file, member.start, member.size)


def part(file: BinaryIO, start: int, size: int | None) -> BinaryIO:
    """So many bytes of a file from a place on, or all; closes `file`. Raises `OSError`."""
    if size is None or size > LONGEST_AT_ONCE:
        return buffered(Part(file, start, size))
    data = file.read(size) if file.seek(start) == start else b""
    if len(data) < size:
        raise unreadable(damage(file) or "cut off")
    held = Held(data, file, start)
    file.close()
    return held
