"""The heads in a tar: numbers, names, the facts of pax, and the maps of files with holes.

There are three ways to say where the holes of a file are: in the head (GNU), in the facts of pax
(0.0 and 0.1), and in front of its bytes (1.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cable_tui.formats.packed.signs import BLOCK
from cable_tui.operating_system.files import name_of

LONGEST_HEAD = 1 << 20
"""Bytes of a long name, of the facts that pax has about a file, of a map."""
_MOST_REGIONS = 100_000
_IN_HEAD, _IN_BLOCK = 4, 21
"""Parts of a file that a head, and each further block, has room for."""
_ENTRY = 24
_DIGITS = 20

Facts = list[tuple[str, str]]
"""What pax says of a file: keys and values, in order; some keys come often."""
Read = Callable[[int, int], bytes]
"""The bytes of the tar from an offset, so many of them."""


class BrokenHead(Exception):  # noqa: N818 - a head that is not right
    """A head that cannot be believed; the text says why."""


class Holes(NamedTuple):
    """A file with holes."""

    start: int
    """Where its first stored byte is."""
    size: int
    """Bytes, with the holes."""
    regions: tuple[tuple[int, int], ...]
    """Offset and length of each part that is stored, in order."""


def whole_blocks(size: int) -> int:
    """Bytes of the blocks that so many bytes take."""
    return -(-size // BLOCK) * BLOCK


def number(digits: bytes) -> int:
    """A number of a head: octal, or binary as GNU writes large ones. Raises `BrokenHead`."""
    if digits[:1] == b"\x80":
        return int.from_bytes(digits[1:], "big")
    plain = digits.strip(b" \0") or b"0"
    if not plain.isdigit() or b"8" in plain or b"9" in plain:
        raise BrokenHead("a number in it is not right")
    return int(plain, 8)


def decimal(digits: str) -> int:
    """A number of pax. Raises `BrokenHead`."""
    if digits.isascii() and digits.isdigit() and len(digits) < _DIGITS:
        return int(digits)
    raise BrokenHead("a number in it is not right")


def name(block: bytes) -> str:
    """The name in a head."""
    last = block[:100].partition(b"\0")[0]
    prefix = block[345:500].partition(b"\0")[0] if block[257:263] == b"ustar\0" else b""
    return name_of(prefix + b"/" + last if prefix else last)


def pax(data: bytes) -> Iterator[tuple[str, str]]:
    """The facts in a pax head, each as its length, a blank, its key, `=`, its value, a line end."""
    at = 0
    while at < len(data):
        digits, blank, _ = data[at : at + 9].partition(b" ")
        length = int(digits) if digits.isdigit() and blank else 0
        key, equals, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if not equals or length <= len(digits) + 1:
            return
        yield key.decode("utf-8", "surrogateescape"), value.decode("utf-8", "surrogateescape")
        at += length


def said(facts: Facts, key: str) -> str:
    """The last value of a key; empty where it has none."""
    return next((value for name_, value in reversed(facts) if name_ == key), "")


def holes(block: bytes, start: int, facts: Facts, read: Read) -> Holes:
    """The holes of a file; its head is followed by `start`. Raises `BrokenHead`."""
    if said(facts, "GNU.sparse.major") == "1":
        start, regions = _in_front(start, read)
        size = decimal(said(facts, "GNU.sparse.realsize"))
    elif any(key.startswith("GNU.sparse.") for key, _ in facts):
        regions = _in_pax(facts)
        size = decimal(said(facts, "GNU.sparse.size"))
    else:
        start, regions = _in_heads(block, start, read)
        size = number(block[483:495])
    at = 0
    for offset, length in regions:
        if offset < at or offset + length > size:
            raise _not_right()
        at = offset + length
    return Holes(start, size, tuple(regions))


def _not_right() -> BrokenHead:
    return BrokenHead("the map of a file with holes is not right")


def _in_heads(block: bytes, start: int, read: Read) -> tuple[int, list[tuple[int, int]]]:
    regions = list(_entries(block[386:482], _IN_HEAD))
    more = block[482]
    while more:
        further = read(start, BLOCK)
        if len(further) < BLOCK or len(regions) > _MOST_REGIONS:
            raise _not_right()
        regions += _entries(further, _IN_BLOCK)
        more = further[504]
        start += BLOCK
    return start, regions


def _entries(data: bytes, most: int) -> Iterator[tuple[int, int]]:
    for at in range(0, most * _ENTRY, _ENTRY):
        if not data[at : at + _ENTRY].strip(b"\0"):
            return
        yield number(data[at : at + 12]), number(data[at + 12 : at + _ENTRY])


def _in_pax(facts: Facts) -> list[tuple[int, int]]:
    if listed := said(facts, "GNU.sparse.map"):
        numbers = [decimal(each) for each in listed.split(",")]
    else:
        keys = ("GNU.sparse.offset", "GNU.sparse.numbytes")
        numbers = [decimal(value) for key, value in facts if key in keys]
    return _pairs(numbers)


def _in_front(start: int, read: Read) -> tuple[int, list[tuple[int, int]]]:
    """A decimal number a line, the first says how many pairs follow; filled up to a block."""
    lines: list[bytes] = [b""]
    at, wanted = start, 1
    while len(lines) <= wanted:
        block = read(at, BLOCK)
        if len(block) < BLOCK or at - start > LONGEST_HEAD:
            raise _not_right()
        at += BLOCK
        first, *more = (lines.pop() + block).split(b"\n")
        lines += [first, *more]
        if len(lines) > 1:
            wanted = 1 + 2 * decimal(lines[0].decode("ascii", "replace"))
    return at, _pairs([decimal(each.decode("ascii", "replace")) for each in lines[1:wanted]])


def _pairs(numbers: list[int]) -> list[tuple[int, int]]:
    if len(numbers) % 2 or len(numbers) > 2 * _MOST_REGIONS:
        raise _not_right()
    return list(zip(numbers[::2], numbers[1::2], strict=True))
