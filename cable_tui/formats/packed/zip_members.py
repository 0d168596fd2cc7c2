"""The files in a zip archive: stored, or compressed with deflate, bzip2 or LZMA.

A file of up to 16 MiB is decompressed in memory and checked against its CRC. A longer file is a
stream: `packed.seekable` describes the cost of reading it, and when its CRC is checked.

A zip without its directory, which is at its end, is read by the headers of its files. The bytes
before, between and after the files in a directory are read in the same way, because two zips in one
file have only one directory, and the comment of a zip may contain a directory that lists few or no
files.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import BinaryIO

from cable_tui.formats.packed import decoders, limits, seekable
from cable_tui.formats.packed.decoders import Codec, Damaged, Decoder
from cable_tui.formats.packed.member import (
    Member,
    Trouble,
    unreadable,
)

_HEAD = struct.Struct("<4s5H3L2H")
"""Signature, version, flags, method, time, day, CRC, sizes, and lengths of name and extra field."""
_SIGNATURE = b"PK\x03\x04"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06")
_AFTER = struct.Struct("<LLL")
_AFTER_MARK = b"PK\x07\x08"
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 1, 8, 0x800
_STORED, _DEFLATED, _BZIP2, _LZMA = 0, 8, 12, 14
_UNKNOWN = 0xFFFFFFFF
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, struct.error, EOFError, IndexError, OverflowError),
    *(RuntimeError, ValueError),  # also NotImplementedError and UnicodeError
)


def listed(file: BinaryIO, most: int = limits.MOST_MEMBERS) -> Iterator[Member | Trouble]:
    """Yield the files in a zip in the order of their names, and the problems with it.

    Raises `OSError` if the zip is too large or misstates its size.
    """
    zip_size = seekable.size_of(file)
    try:
        with zipfile.ZipFile(file) as archive:
            # `is_dir` fails at an empty name, which is what NUL as its first byte leaves of one.
            file_entries = [
                entry for entry in archive.infolist() if not entry.filename.endswith("/")
            ]
            zip_infos, directory_start = archive.infolist(), archive.start_dir
    except _ZIP_ERRORS as error:
        yield Trouble(f"the zip is damaged: {error}; its files were searched for one by one")
        yield from _by_heads(file, 0, zip_size)
        return
    if len(file_entries) > most:
        raise unreadable(f"the zip has more than {most:,} members")
    if sum(entry.compress_size for entry in zip_infos) > zip_size:
        raise unreadable(
            "the zip is damaged: its directory lists more bytes than the file contains"
        )
    first_head = min((entry.header_offset for entry in zip_infos), default=directory_start)
    if first_head >= _HEAD.size and _at(file, 0, len(_SIGNATURE)) == _SIGNATURE:
        yield Trouble(
            "there are more files before those in the zip's directory: are two zips in one file?"
        )
        yield from _by_heads(file, 0, first_head)
    for unlisted_start, unlisted_end in _unnamed(file, zip_infos, directory_start):
        yield Trouble("the zip's directory does not list all of its files")
        yield from _by_heads(file, unlisted_start, unlisted_end)
    for entry in sorted(file_entries, key=lambda entry: entry.filename):
        yield _checked(
            Member(
                entry.filename,
                entry.header_offset,
                entry.file_size,
                entry.compress_size,
                entry.CRC,
                entry.compress_type,
            ),
            entry.flag_bits,
        )


def _checked(member: Member, flags: int) -> Member:
    member_size, reason_refused = member.size, ""
    if flags & _ENCRYPTED:
        reason_refused = "encrypted: unpack it with its password"
    elif member.method not in {_STORED, _DEFLATED, _BZIP2, _LZMA}:
        reason_refused = "compressed with an unsupported method: unpack it, for example with 7z x"
    elif member_size > limits.LARGEST:
        reason_refused = f"contains more than {limits.LARGEST >> 30} GiB"
    elif limits.unpacks_to_too_much(member_size, member.packed):
        reason_refused = limits.TOO_MUCH
    return member._replace(refused=reason_refused)


def _unnamed(
    file: BinaryIO, entries: Sequence[zipfile.ZipInfo], directory: int
) -> Iterator[tuple[int, int]]:
    """Yield the spans of unlisted files: after each listed file, and before the next one."""
    ordered_entries = sorted(entries, key=lambda entry: entry.header_offset)
    entry_starts = [*(entry.header_offset for entry in ordered_entries), directory]
    for entry, next_start in zip(ordered_entries, entry_starts[1:], strict=True):
        entry_end = (
            entry.header_offset + _HEAD.size + len(entry.orig_filename) + entry.compress_size
        )
        if next_start - entry_end < _HEAD.size:  # most files: their heads need not be read
            continue
        local_head = _at(file, entry.header_offset, _HEAD.size)
        if local_head.startswith(_SIGNATURE) and len(local_head) == _HEAD.size:
            entry_end = entry.header_offset + _HEAD.size + sum(_HEAD.unpack(local_head)[-2:])
            unlisted_start = _next_head(file, entry_end + entry.compress_size, next_start)
            if unlisted_start + _HEAD.size <= next_start:
                yield unlisted_start, next_start


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    """Return bytes at an offset, or empty bytes if the directory states an impossible offset."""
    try:
        file.seek(offset)
    except (OSError, OverflowError, ValueError):
        return b""
    return file.read(length)


# Without a directory


def _by_heads(file: BinaryIO, head_offset: int, end: int) -> Iterator[Member | Trouble]:
    """Yield the files in a zip by their own headers, one after another."""
    member_count = 0
    end = min(end, seekable.size_of(file))  # the directory may name places after it
    while head_offset + _HEAD.size <= end:
        local_head = _at(file, head_offset, _HEAD.size)
        if not local_head.startswith(_SIGNATURE):
            next_head = _next_head(file, head_offset, end)
            if next_head < end and not local_head.startswith(_DIRECTORY):
                yield Trouble(
                    f"the zip is damaged: {next_head - head_offset:,} bytes in it were skipped"
                )
            head_offset = next_head
            continue
        _, _, flags, method, _, _, stated_crc, packed_size, member_size, *field_lengths = (
            _HEAD.unpack(local_head)
        )
        member_name = _at(file, head_offset + _HEAD.size, field_lengths[0])
        data_start = head_offset + _HEAD.size + sum(field_lengths)
        file_name = member_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        member = Member(file_name, head_offset, member_size, packed_size, stated_crc, method)
        head_offset = data_start + packed_size
        if _UNKNOWN in (packed_size, member_size):
            yield Trouble(f"{file_name}: its size is unknown without the zip's directory", 1)
            head_offset = data_start
            continue
        if flags & _SIZES_BEHIND and not packed_size:
            measured_member = _measured(file, member, data_start, end)
            if measured_member is None:
                yield Trouble(
                    f"{file_name}: cut off, or compressed by a method that marks no end", 1
                )
                head_offset = data_start
                continue
            member, head_offset = measured_member
        member_count += 1
        if member_count > limits.MOST_MEMBERS:
            raise unreadable(f"the zip has more than {limits.MOST_MEMBERS:,} members")
        if head_offset > end:
            yield Trouble(f"{file_name}: the zip ends in the middle of this file")
        if not file_name.endswith("/"):
            yield _checked(member, flags)


def _next_head(file: BinaryIO, start: int, end: int) -> int:
    """Return the offset where the next file may begin, or the end if there is none."""
    while start < end:
        searched_bytes = _at(file, start, min(seekable.PIECE, end - start))
        signature_offset = searched_bytes.find(_SIGNATURE)
        if signature_offset >= 0:
            return start + signature_offset
        if not searched_bytes:  # an offset of the directory may be after the end of the file
            break
        start += max(len(searched_bytes) - len(_SIGNATURE) + 1, 1)
    return end


def _measured(file: BinaryIO, member: Member, start: int, end: int) -> tuple[Member, int] | None:
    """Return a member whose sizes follow its data, and the offset after it; None if endless."""
    if member.method != _DEFLATED:
        return None
    decoder, raw_offset, unpacked_size, unpacked_crc = decoders.deflate(), start, 0, 0
    try:
        while not decoder.eof:
            packed_data = (
                _at(file, raw_offset, min(seekable.PIECE, end - raw_offset))
                if decoder.hungry
                else b""
            )
            raw_offset += len(packed_data)
            if not packed_data and decoder.hungry:
                return None
            unpacked_data = decoder.decode(packed_data, seekable.PIECE)
            unpacked_size, unpacked_crc = (
                unpacked_size + len(unpacked_data),
                zlib.crc32(unpacked_data, unpacked_crc),
            )
            if unpacked_size > limits.LARGEST or limits.unpacks_to_too_much(
                unpacked_size, raw_offset - start
            ):
                return None
    except Damaged:
        return None
    raw_offset -= len(decoder.unused())
    data_after = _at(file, raw_offset, len(_AFTER_MARK) + _AFTER.size)
    mark_length = len(_AFTER_MARK) if data_after.startswith(_AFTER_MARK) else 0
    stated_sums = data_after[mark_length : mark_length + _AFTER.size]
    if len(stated_sums) == _AFTER.size and _AFTER.unpack(stated_sums)[1:] == (
        raw_offset - start,
        unpacked_size,
    ):
        unpacked_crc = _AFTER.unpack(stated_sums)[0]
    measured_member = member._replace(
        size=unpacked_size, packed=raw_offset - start, crc=unpacked_crc
    )
    return measured_member, raw_offset + mark_length + _AFTER.size


# One file


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """Return a member as a separate file, which closes `file`. Raises `OSError`."""
    local_head = _at(file, member.start, _HEAD.size)
    if len(local_head) < _HEAD.size or not local_head.startswith(_SIGNATURE):
        raise unreadable("the zip is damaged: its directory points to a position without a file")
    data_start = member.start + _HEAD.size + sum(_HEAD.unpack(local_head)[-2:])
    data_end = data_start + member.packed
    try:
        new_decoder = _decoder(file, member, data_start)
        if member.method == _LZMA:
            data_start += 4 + int.from_bytes(_at(file, data_start + 2, 2), "little")
        if member.size > seekable.Held.longest:
            return seekable.buffered(
                seekable.Unpacked(
                    file,
                    Codec(new_decoder),
                    (data_start, data_end),
                    size=member.size,
                    crc=member.crc,
                )
            )
        file.seek(data_start)
        packed_data = file.read(
            min(max(data_end - data_start, 0), seekable.Held.longest + seekable.PIECE)
        )
        member_bytes = _at_once(new_decoder(), packed_data, member.size + 1)
    except Damaged as error:
        raise unreadable(f"the zip is damaged: {error}") from error
    if len(member_bytes) != member.size or zlib.crc32(member_bytes) != member.crc:
        raise unreadable("the zip is damaged: a file differs from its directory entry")
    return seekable.held(member_bytes, file, data_start)


def _decoder(file: BinaryIO, member: Member, start: int) -> Callable[[], Decoder]:
    if member.method == _LZMA:
        # Two bytes of a version, two of a length, and the properties.
        lzma_head = _at(file, start, 9)
        new_decoder = partial(decoders.lzma1, lzma_head[4:])
        new_decoder()
        return new_decoder
    decoders_by_method: dict[int, Callable[[], Decoder]] = {
        _STORED: decoders.Plain,
        _DEFLATED: decoders.deflate,
        _BZIP2: decoders.bzip2,
    }
    return decoders_by_method[member.method]


def _at_once(decoder: Decoder, packed: bytes, most: int) -> bytes:
    unpacked_bytes = bytearray()
    while len(unpacked_bytes) < most and not decoder.eof:
        unpacked_data = decoder.decode(packed, most - len(unpacked_bytes))
        if not unpacked_data and (decoder.hungry or not packed):
            break
        unpacked_bytes += unpacked_data
        packed = b""
    return bytes(unpacked_bytes)
