"""The file of a verifiable dossier: a zip whose last 64 bytes are the SHA-256 of all before them.

That number is the *seal*. It ends the comment of the zip, which any program shows, and it is
published. So one changed byte anywhere shows, in a member, in its name, in the directory, in the
comment, or after the end; without this program too: `head -c -64 FILE | sha256sum`. Dossiers of
before were published under the SHA-256 of the whole file.

Programs that unpack zips do not agree on which of two numbers they believe, or what they skip. So
members come one after the other with nothing between: the header of each must be what the
directory says, and every byte must belong to something.
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
"""The beginning of the comment."""
OLDER_COMMENT = b"cable-tui sealed dossier; SHA-256 of all bytes before this number: "
OTHER_NAME = "The name does not end in .zip; many programs will not open it."
DIGITS = 64
_TAIL = pattern(rb"PK\x05\x06.{18}(?:%s|%s)[0-9a-f]{64}\Z" % (COMMENT, OLDER_COMMENT), re.DOTALL)
_IN_MEMORY = 16 << 20
"""The most bytes of the zip in memory while it is made; a longer one goes to a temporary file."""
PIECE = 1 << 18
END = 22
"""Bytes of the record at the end of a zip, before its comment."""
SYSTEM, ATTRIBUTES = 3, 0o644 << 16
"""Attributes of each member that depend on the system: fixed, so that they are the same on all."""
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
"""The format of the moment of sealing in the manifest."""
FIRST_YEAR = 1980
"""The earliest year of a zip."""
LAST_SECOND = 4_354_819_199
"""The last second of 2107, the last year of a zip, counted from 1970."""


class Packed(Value):
    """A member that was written."""

    name: Raw
    size: Annotated[int, "named bytes"]
    sha256: Fingerprint


class SealedZip:
    """Writes the file, member by member. The same members and time give the same bytes."""

    def __init__(self, moment: time.struct_time) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed below
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
        self._time = max(moment[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
        self.members: list[Packed] = []
        self.seal = ""
        """The number of the seal, once `pieces` has yielded the whole file."""

    def add(self, name: str, pieces: Iterable[str | bytes]) -> None:
        """Write a member; text in UTF-8."""
        zip_info = zipfile.ZipInfo(name, self._time)
        zip_info.compress_type = zipfile.ZIP_DEFLATED
        zip_info.create_system, zip_info.external_attr = SYSTEM, ATTRIBUTES
        digest, size = hashlib.sha256(), 0
        with self._zip.open(zip_info, "w") as member:
            for piece in pieces:
                data = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
                digest.update(data)
                size += len(data)
                member.write(data)
        self.members.append(Packed(name, size, digest.hexdigest()))

    def add_made(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a member that is made from others, which are read meanwhile."""
        with tempfile.TemporaryFile() as file:
            file.writelines(pieces)
            file.seek(0)
            self.add(name, iter(lambda: file.read(PIECE), b""))

    def value(self, name: str) -> Any:
        """Return the value of a member of JSON that was written."""
        return json.loads(self._zip.read(name))

    def pieces(self) -> Iterator[bytes]:
        """Yield the whole file; it is complete then, and `close` is not needed."""
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
        while bytes_left > 0 and (piece := self._file.read(min(bytes_left, PIECE))):
            bytes_left -= len(piece)
            hash_before_seal.update(piece)
            yield piece
        self.seal = hash_before_seal.hexdigest()
        yield self.seal.encode()

    def close(self) -> None:
        """Discard the file."""
        self._zip.close()
        self._file.close()


class Seal(NamedTuple):
    """Digests of a file, from its bytes."""

    sha256: str
    """The digest of all bytes before the last 64: the seal."""
    file_sha256: str
    """The digest of the whole file, under which older dossiers were published."""
    holds: bool
    """Whether the number at the end is the seal."""

    def matched(self, published: str) -> Literal["seal", "file"] | None:
        """Return which of the two digests a published number is."""
        if published == self.sha256:
            return "seal"
        return "file" if published == self.file_sha256 else None


def is_sealed(file: Path) -> bool:
    """Return whether a file ends as a verifiable dossier does; the rest of it is not checked."""
    try:
        with file.open("rb") as stream:
            return _ends_sealed(stream)
    except OSError:
        return False


def _ends_sealed(stream: BinaryIO) -> bool:
    stream.seek(max(stream.seek(0, 2) - END - len(COMMENT) - DIGITS, 0))
    return _TAIL.search(stream.read()) is not None


def seal_of(file: Path) -> Seal:
    """Return the seal of a file, and whether it holds. Raises `OSError`."""
    hash_before_seal, hash_of_file = hashlib.sha256(), hashlib.sha256()
    with file.open("rb") as stream:
        ends_with_seal = _ends_sealed(stream)
        bytes_left = stream.seek(0, 2) - DIGITS
        stream.seek(0)
        while bytes_left > 0 and (piece := stream.read(min(bytes_left, PIECE))):
            bytes_left -= len(piece)
            hash_before_seal.update(piece)
            hash_of_file.update(piece)
        last_bytes = stream.read()
        hash_of_file.update(last_bytes)
    seal = hash_before_seal.hexdigest()
    return Seal(seal, hash_of_file.hexdigest(), ends_with_seal and last_bytes == seal.encode())


def moment(now: float, epoch: str) -> time.struct_time:
    """Return the time of sealing, UTC: now, or what `SOURCE_DATE_EPOCH` says.

    Raises `UsageError` for a time that is before 1970 or after the last one of zips.
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
"""Bytes of a member in the directory, not counting its name."""


def odd(stream: BinaryIO, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield parts that no dossier has, as member and reason; an empty member is the zip itself."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    offset = 0
    for zip_info in infos:
        name = clean_line(zip_info.filename)
        header = zip_info.FileHeader()
        if zip_info.header_offset != offset:
            yield name, "does not follow the previous member"
        stream.seek(max(zip_info.header_offset, 0))  # a file that lost its beginning has less
        if stream.read(len(header)) != header:
            yield name, "its header differs from the directory"
        attributes = (zip_info.create_system, zip_info.create_version, zip_info.external_attr)
        has_known_attributes = attributes == (SYSTEM, zipfile.DEFAULT_VERSION, ATTRIBUTES)
        if (
            zip_info.extra
            or zip_info.comment
            or not has_known_attributes
            or zip_info.internal_attr
            or zip_info.volume
        ):
            yield name, "has unexpected remarks or attributes"
        offset = zip_info.header_offset + len(header) + zip_info.compress_size
    directory = sum(_ENTRY + len(zip_info.filename.encode()) for zip_info in infos)
    comment = stream.seek(0, 2) - offset - directory - END
    stream.seek(max(offset + directory, 0))
    end = stream.read(END).ljust(END)
    numbers = (0, 0, len(infos), len(infos), directory, offset, comment)
    if struct.unpack("<4x4H2LH", end) != numbers:
        yield "", "it contains bytes of no member, or its end gives wrong numbers"


def wrong_time(infos: list[zipfile.ZipInfo], sealed: str) -> Iterator[tuple[str, str]]:
    """Yield members with another time than that of sealing, to two seconds, as in a zip."""
    try:
        then = time.strptime(sealed, TIME_FORMAT)
    except ValueError:
        yield "", f"its time is not a time: {sealed}"
        return
    year, month, day, hour, minute, second = max(then[:6], (FIRST_YEAR, 1, 1, 0, 0, 0))
    expected_time = (year, month, day, hour, minute, second // 2 * 2)
    for zip_info in infos:
        if zip_info.date_time != expected_time:
            yield clean_line(zip_info.filename), "its time differs from the dossier's"
