"""Read the members of a verifiable dossier with care.

The file may be from a stranger and made to do harm. None of its content is written anywhere, its
names are compared but never used as paths, and members that would expand to an excessive size are
not decompressed.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from cable_tui.base.cable import Location
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord
from cable_tui.formats.sealed_cable import SealedCable, loads
from cable_tui.text import clean_line
from cable_tui.text.untrusted import json_value
from cable_tui.tools.dossiers import manifest, zip_file
from cable_tui.tools.dossiers.manifest import MOST_MEMBERS, Manifest, SealedEntry
from cable_tui.tools.dossiers.rendering import RENDERERS
from cable_tui.tools.dossiers.zip_file import PIECE, Packed

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled

LARGEST = 2 << 30
"""The maximum uncompressed size of all members, in bytes."""
_LONGEST_DIRECTORY = 200 * MOST_MEMBERS
"""The maximum size of the member directory, in bytes."""
_RATIO, _RATIO_FROM = 200, 1 << 20
READINGS = (100, 64 << 20)
"""The maximum number of bytes to read as values: a multiple of the size of all members, plus a
constant.
"""
_ENCRYPTED = 1
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, IndexError, KeyError, OSError),
    *(NotImplementedError, OverflowError, RuntimeError, UnicodeError, ValueError),
)
_LOCATOR = 20
"""The size of the record, before the end of a zip larger than 4 GiB, that locates its actual
numbers.
"""
_LONGEST_END = _LOCATOR + 22 + (1 << 16)
"""The maximum number of bytes at the end of a zip, including its comment."""


class Fault(Value):
    """A change since the sealing, or a contradiction."""

    member: str
    """The name of the zip member, or an empty string for the file as a whole."""
    reason: Filled


class Members:
    """The members of an open dossier.

    Raises `UsageError` if the file is not a readable zip. A zip that is damaged, too large, or made
    to expand excessively is not read.
    """

    def __init__(self, file: Path, readings: tuple[int, int] = READINGS) -> None:
        self._stream: BinaryIO = file.open("rb")
        try:
            self._zip = _opened(self._stream)
            self._infos = {zip_info.filename: zip_info for zip_info in self._zip.infolist()}
            size_factor, extra_bytes = readings
            self._left = size_factor * self.size + extra_bytes
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Members:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._stream.close()

    @property
    def size(self) -> int:
        """The uncompressed size of all members, in bytes."""
        return sum(zip_info.file_size for zip_info in self._infos.values())

    def manifest(self) -> Manifest:
        """Return the dossier's statements about itself.

        Raises `UsageError`.
        """
        return manifest.loads(self.content(manifest.NAME, manifest.LARGEST))

    def content(self, name: str, most: int) -> bytes:
        """Return a member as a whole.

        Raises `UsageError`.
        """
        member_content = bytearray()
        for member_piece in self.pieces(name):
            member_content += member_piece
            if len(member_content) > most:
                raise UsageError(f"{clean_line(name)}: larger than {most >> 20} MiB")
        return bytes(member_content)

    def value(self, name: str) -> Any:
        """Return the value of a JSON member.

        Raises `UsageError`.
        """
        member_content = self.content(name, LARGEST)
        self._left -= len(member_content)
        if self._left < 0:
            raise UsageError("its members refer to each other too many times")
        try:
            return json_value(member_content)
        except ValueError as error:
            raise UsageError(f"{clean_line(name)}: {_said(error)}") from None

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member in blocks.

        Raises `UsageError`.
        """
        zip_info = self._infos.get(name)
        if zip_info is None:
            raise UsageError(f"{clean_line(name)} is missing")
        bytes_left = zip_info.file_size
        try:
            with self._zip.open(zip_info) as member:
                while member_piece := member.read(PIECE):
                    bytes_left -= len(member_piece)
                    if bytes_left < 0:
                        raise UsageError(f"{clean_line(name)}: larger than the zip states")
                    yield member_piece
        except _DAMAGE as error:
            raise UsageError(f"{clean_line(name)}: damaged: {_said(error)}") from None

    def faults(self, made: Manifest) -> Iterator[Fault]:
        """Yield the members that differ from the manifest, are missing, or were added."""
        member_by_name = {member.name: member for member in made.members}
        for member_name in self._infos:
            if member_name not in member_by_name and member_name != manifest.NAME:
                yield Fault(clean_line(member_name), "was added: it is not in the manifest")
        for member in member_by_name.values():
            if member.name not in self._infos:
                yield Fault(clean_line(member.name), "is missing")
            elif reason := self._changed(member):
                yield Fault(clean_line(member.name), reason)
        yield from _unknown(made)
        odd_members = zip_file.odd(self._stream, self._zip)
        for member_name, reason in (
            *odd_members,
            *zip_file.wrong_time(self._zip.infolist(), made.sealed),
        ):
            yield Fault(member_name, reason)

    def _changed(self, packed_member: Packed) -> str:
        digest, byte_count = hashlib.sha256(), 0
        try:
            for member_piece in self.pieces(packed_member.name):
                digest.update(member_piece)
                byte_count += len(member_piece)
        except UsageError as error:
            return str(error).removeprefix(f"{clean_line(packed_member.name)}: ")
        return (
            ""
            if (byte_count, digest.hexdigest()) == (packed_member.size, packed_member.sha256)
            else "was changed"
        )

    def cable(self, entry: SealedEntry) -> SealedCable:
        """Return a cable in the dossier.

        Raises `UsageError`.
        """
        member_content = self.content(entry.member, LONGEST_RECORD)
        try:
            return loads(member_content, Location(entry.member, 0, len(member_content)))
        except BrokenRecord as error:
            raise UsageError(str(error)) from None


def _unknown(manifest_read: Manifest) -> Iterator[Fault]:
    """Yield member names in a manifest that no dossier contains, and names that it lacks."""
    member_names = {member.name for member in manifest_read.members}
    cable_members = {sealed_entry.member for sealed_entry in manifest_read.cables}
    needed_members = {manifest.PAGE, manifest.MARKS, *_of_renderer(manifest_read.renderer)}
    if manifest_read.renderer in (0, *RENDERERS):
        for member_name in sorted(member_names - cable_members - needed_members):
            yield Fault(clean_line(member_name), "was added: it does not belong to a dossier")
    for member_name in sorted(needed_members - member_names):
        yield Fault(member_name, "is missing, and not in the manifest")
    for sealed_entry in manifest_read.cables:
        if sealed_entry.member not in member_names:
            yield Fault(sealed_entry.reference_id, "its text is not in the manifest")


def _of_renderer(renderer_number: int) -> Iterable[str]:
    """Return the additional members of each dossier made by the renderer."""
    if not renderer_number:
        return manifest.OLDER
    return (manifest.PLACES, manifest.LOG_JSON, *RENDERERS.get(renderer_number, ()))


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    """Return the zip after checking its directory.

    Raises `UsageError`.
    """
    file_size = stream.seek(0, 2)
    try:
        _look_at_end(stream, file_size)
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise UsageError(f"the zip is damaged: {_said(error)}") from None
    for reason in _refused(archive.infolist(), file_size):
        archive.close()
        raise UsageError(reason)
    return archive


def _look_at_end(stream: BinaryIO, file_size: int) -> None:
    """Raise `UsageError` if a zip's directory is too long or its length is not stated.

    `ZipFile` reads the whole directory at once, regardless of the number of members stated at the
    end.
    """
    stream.seek(max(file_size - _LONGEST_END, 0))
    end_bytes = stream.read()
    record_start = end_bytes.rfind(b"PK\x05\x06")
    if record_start < 0:
        raise UsageError("it is not a zip, or its end is missing")
    member_count, directory_length = struct.unpack_from("<HL", end_bytes, record_start + 10)
    is_zip64 = end_bytes[max(record_start - _LOCATOR, 0) :].startswith(b"PK\x06\x07")
    if is_zip64 or member_count > MOST_MEMBERS or directory_length > _LONGEST_DIRECTORY:
        raise UsageError(f"it has more than {MOST_MEMBERS:,} members")


def _refused(zip_infos: list[zipfile.ZipInfo], file_size: int) -> Iterator[str]:
    """Yield the reasons why a zip is not decompressed."""
    seen_names: set[str] = set()
    if len(zip_infos) > MOST_MEMBERS:  # the end of a zip may name fewer
        yield f"it has more than {MOST_MEMBERS:,} members"
    for zip_info in zip_infos:
        clean_name = clean_line(zip_info.filename)
        if zip_info.filename in seen_names:
            yield f"two of its members are called {clean_name}"
        seen_names.add(zip_info.filename)
        if zip_info.flag_bits & _ENCRYPTED:
            yield f"{clean_name}: encrypted, unlike a dossier"
        if zip_info.compress_type != zipfile.ZIP_DEFLATED:
            yield f"{clean_name}: compressed with an unknown method"
        if zip_info.file_size > max(_RATIO_FROM, _RATIO * zip_info.compress_size):
            yield f"{clean_name}: unpacks to more than {_RATIO} times its size"
    if sum(zip_info.file_size for zip_info in zip_infos) > LARGEST:
        yield f"its members unpack to more than {LARGEST >> 30} GiB"
    if sum(zip_info.compress_size for zip_info in zip_infos) > file_size:
        yield "the zip is damaged: its directory lists more bytes than the file contains"


def _said(error: BaseException) -> str:
    return clean_line(str(error)) or type(error).__name__
