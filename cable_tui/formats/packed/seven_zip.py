"""The files in a 7z archive; its directory is read by py7zr, an optional dependency.

A 7z compresses many files as one stream, so reading a file decompresses all files before it: see
`packed.seekable`. The streams are decompressed here, piece by piece, because py7zr decompresses
whole files, each time from the beginning of the stream.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, BinaryIO

from cable_tui.formats.packed import decoders, limits, seekable
from cable_tui.formats.packed.decoders import Codec, Damaged, Decoder
from cable_tui.formats.packed.member import (
    Member,
    Stream,
    Trouble,
    not_followed,
    unreadable,
)

MISSING = (
    "a 7z is read with py7zr, which is not installed: pip install 'cable-tui[7z]', "
    "or unpack it, for example with 7z x, and open the resulting folder"
)
_HEAD = 32
_ENCRYPTED = b"\x06\xf1\x07\x01"
_LZMA, _LZMA2, _COPY, _DEFLATE, _BZIP2 = (
    b"\x03\x01\x01", b"\x21", b"\x00", b"\x04\x01\x08", b"\x04\x02\x02"
)  # fmt: skip
_BRANCHES = {
    b"\x03\x03\x01\x03": "FILTER_X86", b"\x04": "FILTER_X86",
    b"\x03\x03\x02\x05": "FILTER_POWERPC", b"\x05": "FILTER_POWERPC",
    b"\x03\x03\x04\x01": "FILTER_IA64", b"\x06": "FILTER_IA64",
    b"\x03\x03\x05\x01": "FILTER_ARM", b"\x07": "FILTER_ARM",
    b"\x03\x03\x07\x01": "FILTER_ARMTHUMB", b"\x08": "FILTER_ARMTHUMB",
    b"\x03\x03\x08\x05": "FILTER_SPARC", b"\x09": "FILTER_SPARC",
}  # fmt: skip
"""Filters for executables, which some archivers apply before all other filters."""


def listed(file: BinaryIO) -> Iterator[Member | Trouble]:
    """Yield the files in a 7z in order, and the problems with it. Raises `OSError`."""
    try:
        from py7zr import SevenZipFile  # an optional extra
        from py7zr.exceptions import PasswordRequired
    except ImportError:
        raise unreadable(MISSING) from None
    archive_size = seekable.size_of(file)
    try:
        members, links = _directory(SevenZipFile(file))
    except PasswordRequired as error:
        raise unreadable("the 7z is encrypted: unpack it with its password") from error
    except Exception as error:  # a library reads what strangers wrote
        raise unreadable(f"the 7z is damaged or cut off: {error}") from error
    if len(members) > limits.MOST_MEMBERS:
        raise unreadable(f"the 7z has more than {limits.MOST_MEMBERS:,} members")
    if any(
        member.stream and member.stream.start + member.stream.packed > archive_size
        for member in members
    ):
        raise unreadable("the 7z is cut off: its directory lists more bytes than the file contains")
    yield from members
    if links:
        yield not_followed(links)


def _directory(archive: Any) -> tuple[list[Member], list[str]]:
    """Return the files, and the names of entries that are neither a file nor a folder."""
    stream_by_folder: dict[int, Stream] = {}
    end_by_folder_id: dict[int, int] = {}
    if archive.header.main_streams is not None:
        pack_info = archive.header.main_streams.packinfo
        stream_offset, pack_index = _HEAD + pack_info.packpos, 0
        for folder in archive.header.main_streams.unpackinfo.folders:
            pack_count = len(folder.packed_indices)
            packed_size = sum(pack_info.packsizes[pack_index : pack_index + pack_count])
            coders = tuple((coder["method"], coder["properties"] or b"") for coder in folder.coders)
            # What needs several packed streams, as programs do, is unpacked by no decoder here.
            known_coders = coders if pack_count == 1 else ()
            stream_by_folder[id(folder)] = Stream(
                stream_offset, packed_size, max(folder.unpacksizes), known_coders
            )
            stream_offset, pack_index = stream_offset + packed_size, pack_index + pack_count
    file_members: list[Member] = []
    link_names: list[str] = []
    for entry in archive.files:
        if entry.is_directory:
            continue
        member = Member(entry.filename, 0, 0)
        if not entry.emptystream:
            folder_key = id(entry.folder)
            file_start, file_size = end_by_folder_id.get(folder_key, 0), int(entry.uncompressed)
            end_by_folder_id[folder_key] = file_start + file_size
            member = Member(
                entry.filename,
                file_start,
                file_size,
                crc=entry.crc32,
                stream=stream_by_folder[folder_key],
            )
        if entry.is_file:
            file_members.append(member)
        else:
            link_names.append(entry.filename)
    return file_members, link_names


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """Return a member as a separate file, which closes `file`. Raises `OSError`."""
    stream = member.stream
    if stream is None:
        return seekable.held(b"", file, -1)
    span = (stream.start, stream.start + stream.packed)
    try:
        new_decoder = _decoder(stream)
        new_decoder()
        unpacked_stream = seekable.Unpacked(
            file, Codec(new_decoder), span, size=stream.size, largest=limits.LARGEST_ARCHIVE
        )
    except Damaged as error:
        raise unreadable(str(error)) from error
    unpacked_file = seekable.buffered(unpacked_stream)
    if member.size > seekable.Held.longest:
        member_part = seekable.FilePart(unpacked_file, member.start, member.size, member.crc)
        return seekable.buffered(member_part)
    member_bytes = (
        unpacked_file.read(member.size) if unpacked_file.seek(member.start) == member.start else b""
    )
    held_file = seekable.held(member_bytes, unpacked_file, member.start)
    if len(member_bytes) != member.size or (
        member.crc is not None and zlib.crc32(member_bytes) != member.crc
    ):
        raise unreadable(
            unpacked_stream.damage or "the 7z is damaged: a file differs from its directory entry"
        )
    return held_file


def _decoder(stream: Stream) -> Callable[[], Decoder]:
    """Return a function that creates a decoder for a stream. Raises `Damaged` if there is none."""
    methods = [method for method, _ in stream.coders]
    if _ENCRYPTED in methods:
        raise Damaged("encrypted: unpack it with its password")
    if methods in ([_COPY], [_DEFLATE], [_BZIP2]):
        decoder_by_method: dict[bytes, Callable[[], Decoder]] = {
            _COPY: decoders.Plain, _DEFLATE: decoders.deflate, _BZIP2: decoders.bzip2
        }  # fmt: skip
        return decoder_by_method[methods[0]]
    if not methods or methods[0] not in (_LZMA, _LZMA2) or not set(methods[1:]) <= set(_BRANCHES):
        raise Damaged("compressed with an unsupported method: unpack it, for example with 7z x")
    import lzma  # few archives are a 7z

    filters_before = [{"id": getattr(lzma, _BRANCHES[method])} for method in reversed(methods[1:])]
    new_lzma = decoders.lzma1 if methods[0] == _LZMA else decoders.lzma2
    return partial(new_lzma, stream.coders[0][1], filters_before)
