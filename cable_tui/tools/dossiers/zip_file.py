"""The file of a verifiable dossier: a zip whose last 64 bytes are the SHA-256 of all bytes before.

This number is the *seal*. It ends the comment of the zip, which all programs display, and it is
published. So a single changed byte is detected, whether in a member, its name, the directory, the
comment, or after the end, even without this program: `head -c -64 FILE | sha256sum`. Earlier
dossiers were published under the SHA-256 of the whole file.

Programs that decompress zips do not agree on which of two numbers to trust, or what to skip.
Therefore members follow each other without gaps: the header of each member must agree with the
directory, and every byte must belong to a known part.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, NamedTuple

from cable_tui.base.errors import UsageError
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.text import clean_line

if TYPE_CHECKING:
    from cable_tui.base.kinds import Fingerprint, Raw

COMMENT = b"cable-tui verifiable dossier; SHA-256 of all bytes before this number: "
"""The beginning of the zip comment of a dossier."""
OLDER_COMMENT = b"cable-tui sealed dossier; SHA-256 of all bytes before this number: "
OTHER_NAME = "The name does not end in .zip; many programs will not open it."
DIGITS = 64
_TAIL = pattern(rb"PK\x05\x06.{18}(?:%s|%s)[0-9a-f]{64}\Z" % (COMMENT, OLDER_COMMENT), re.DOTALL)
_IN_MEMORY = 16 << 20
"""The maximum size, in bytes, of a zip kept in memory while it is made; a longer zip is written to
a temporary file.
"""
PIECE = 1 << 18
END = 22
"""The size of the record at the end of a zip, before its comment."""
SYSTEM, ATTRIBUTES = 3, 0o644 << 16
"""The attributes of each member that normally depend on the operating system. They are fixed, so
that they are the same on all systems.
"""
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
"""The format of the time of sealing in the manifest."""
FIRST_YEAR = 1980
"""The earliest year that a zip can store."""
LAST_SECOND = 4_354_819_199
"""The last second of 2107, the last year that a zip can store, counted from 1970."""


class Packed(Value):
    """A member that was written."""

    name: Raw
    size: Annotated[int, "named bytes"]
    sha256: Fingerprint


class SealedZip:
    """A writer of the file, member by member. Equal members and times result in equal bytes."""

    def __init__(self, moment: time.struct_time) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed below
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self._time = max(moment[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
        self.members: list[Packed] = []
        self.seal = ""
        """The digits of the seal, once `pieces` has yielded the whole file."""

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        """Write a member; text is encoded in UTF-8."""
        zip_info = zipfile.ZipInfo(name, self._time)
        zip_info.compress_type = zipfile.ZIP_DEFLATED
        zip_info.create_system, zip_info.external_attr = SYSTEM, ATTRIBUTES
        digest, byte_count = hashlib.sha256(), 0
        with self._zip.open(zip_info, "w") as member:
            for content_piece in pieces:
                piece_bytes = (
                    content_piece.encode("utf-8", "replace")
                    if isinstance(content_piece, str)
                    else content_piece
                )
                digest.update(piece_bytes)
                byte_count += len(piece_bytes)
                member.write(piece_bytes)
        self.members.append(Packed(name, byte_count, digest.hexdigest()))

    def add_made(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a member made from other members, which are read at the same time."""
        with tempfile.TemporaryFile() as temporary_file:
            temporary_file.writelines(pieces)
            temporary_file.seek(0)
            self.add(name, iter(lambda: temporary_file.read(PIECE), b""))

    def value(self, name: str) -> Any:
        """Return the value of a JSON member that was written."""
        return json.loads(self._zip.read(name))

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole file; it is then complete, and `close` is not needed."""
        try:
            yield from self._sealed()
        finally:
            self.close()

    def _sealed(self) -> Iterator[bytes]:
        self._zip.comment = COMMENT + b"0" * DIGITS
        self._zip.close()
        bytes_left = self._file.tell() - DIGITS
        self._file.seek(0)
        hash_before_seal = hashlib.sha256()
        while bytes_left > 0 and (file_block := self._file.read(min(bytes_left, PIECE))):
            bytes_left -= len(file_block)
            hash_before_seal.update(file_block)
            yield file_block
        self.seal = hash_before_seal.hexdigest()
        yield self.seal.encode()

    def close(self) -> None:
        """Discard the file."""
        self._zip.close()
        self._file.close()


class Seal(NamedTuple):
    """The digests of a file, calculated from its bytes."""

    sha256: str
    """The digest of all bytes before the last 64: the seal."""
    file_sha256: str
    """The digest of the whole file, under which older dossiers were published."""
    holds: bool
    """Whether the number at the end of the file is the seal."""

    def matched(self, published: str) -> Literal["seal", "file"] | None:
        """Return which of the two digests a published number matches, or None."""
        if published == self.sha256:
            return "seal"
        return "file" if published == self.file_sha256 else None


def is_sealed(file: Path) -> bool:
    """Return whether a file ends like a verifiable dossier; the rest of the file is not checked."""
    try:
        with file.open("rb") as stream:
            return _ends_sealed(stream)
    except OSError:
        return False


def _ends_sealed(stream: BinaryIO) -> bool:
    stream.seek(max(stream.seek(0, 2) - END - len(COMMENT) - DIGITS, 0))
    return _TAIL.search(stream.read()) is not None


def seal_of(file: Path) -> Seal:
    """Return the seal of a file, and whether it is valid.

    Raises `OSError`.
    """
    hash_before_seal, hash_of_file = hashlib.sha256(), hashlib.sha256()
    with file.open("rb") as stream:
        ends_with_seal = _ends_sealed(stream)
        bytes_left = stream.seek(0, 2) - DIGITS
        stream.seek(0)
        while bytes_left > 0 and (file_block := stream.read(min(bytes_left, PIECE))):
            bytes_left -= len(file_block)
            hash_before_seal.update(file_block)
            hash_of_file.update(file_block)
        last_bytes = stream.read()
        hash_of_file.update(last_bytes)
    seal = hash_before_seal.hexdigest()
    return Seal(seal, hash_of_file.hexdigest(), ends_with_seal and last_bytes == seal.encode())


def moment(now: float, epoch: str) -> time.struct_time:
    """Return the time of sealing in UTC: now, or the value of `SOURCE_DATE_EPOCH`.

    Raises `UsageError` for a time before 1970 or after the last time that a zip can store.
    """
    try:
        seconds = int(epoch) if epoch else int(now)
    except ValueError:
        seconds = -1
    if 0 <= seconds <= LAST_SECOND:
        return time.gmtime(seconds)
    if not epoch:
        raise UsageError(
            f"the clock is at {now:.0f}, but a zip needs a time before 2108; set the clock"
        )
    raise UsageError(
        f"SOURCE_DATE_EPOCH needs a number of seconds from 0 to {LAST_SECOND}, not {epoch}"
    )


_ENTRY = 46
"""The size of a member's directory entry, without its name."""


def odd(stream: BinaryIO, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield parts that no dossier has, as member and reason; the member is empty for the zip."""
    zip_infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    expected_offset = 0
    for zip_info in zip_infos:
        clean_name = clean_line(zip_info.filename)
        expected_header = zip_info.FileHeader()
        if zip_info.header_offset != expected_offset:
            yield clean_name, "does not follow the previous member"
        stream.seek(max(zip_info.header_offset, 0))  # a file that lost its beginning has less
        if stream.read(len(expected_header)) != expected_header:
            yield clean_name, "its header differs from the directory"
        attributes = (zip_info.create_system, zip_info.create_version, zip_info.external_attr)
        has_known_attributes = attributes == (SYSTEM, zipfile.DEFAULT_VERSION, ATTRIBUTES)
        if (
            zip_info.extra
            or zip_info.comment
            or not has_known_attributes
            or zip_info.internal_attr
            or zip_info.volume
        ):
            yield clean_name, "has unexpected remarks or attributes"
        expected_offset = zip_info.header_offset + len(expected_header) + zip_info.compress_size
    directory_length = sum(_ENTRY + len(zip_info.filename.encode()) for zip_info in zip_infos)
    comment_length = stream.seek(0, 2) - expected_offset - directory_length - END
    stream.seek(max(expected_offset + directory_length, 0))
    end_record = stream.read(END).ljust(END)
    expected_numbers = (
        0,
        0,
        len(zip_infos),
        len(zip_infos),
        directory_length,
        expected_offset,
        comment_length,
    )
    if struct.unpack("<4x4H2LH", end_record) != expected_numbers:
        yield "", "it contains bytes that belong to no member, or wrong numbers at its end"


def wrong_time(infos: list[zipfile.ZipInfo], sealed: str) -> Iterator[tuple[str, str]]:
    """Yield members whose time differs from the time of sealing, to the two seconds of a zip."""
    try:
        sealing_time = time.strptime(sealed, TIME_FORMAT)
    except ValueError:
        yield "", f"its time is invalid: {sealed}"
        return
    year, month, day, hour, minute, second = max(sealing_time[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
    expected_time = (year, month, day, hour, minute, second // 2 * 2)
    for zip_info in infos:
        if zip_info.date_time != expected_time:
            yield clean_line(zip_info.filename), "its time differs from the dossier's"
