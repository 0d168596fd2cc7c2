"""The members of a verifiable dossier, read with care.

The file may be a stranger's and made to do harm: nothing of it is written anywhere, its names are
compared and never used as paths, and what unpacks to too much is not unpacked.
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
"""The most bytes of all members, unpacked."""
_LONGEST_DIRECTORY = 200 * MOST_MEMBERS
"""The most bytes of the directory of the members."""
_RATIO, _RATIO_FROM = 200, 1 << 20
READINGS = (100, 64 << 20)
"""The most bytes that are read as values: so many times all members, and some more."""
_ENCRYPTED = 1
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, IndexError, KeyError, OSError),
    *(NotImplementedError, OverflowError, RuntimeError, UnicodeError, ValueError),
)
_LOCATOR = 20
"""Bytes before the end of a zip of more than 4 GiB: where its true numbers are."""
_LONGEST_END = _LOCATOR + 22 + (1 << 16)
"""The most bytes at the end of a zip, with its comment."""


class Fault(Value):
    """A change since the sealing."""

    member: str
    """Of the zip; empty for the file as a whole."""
    reason: Filled


class Members:
    """The members of a dossier that is open. Raises `UsageError` if it is no zip that we read.

    A zip that is damaged, too large, or made to grow when it is unpacked is not read.
    """

    def __init__(self, file: Path, readings: tuple[int, int] = READINGS) -> None:
        self._stream: BinaryIO = file.open("rb")
        try:
            self._zip = _opened(self._stream)
            self._infos = {zip_info.filename: zip_info for zip_info in self._zip.infolist()}
            times, extra_bytes = readings
            self._left = times * self.size + extra_bytes
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
        """The most bytes of all members, unpacked."""
        return sum(zip_info.file_size for zip_info in self._infos.values())

    def manifest(self) -> Manifest:
        """Return the dossier's statements about itself. Raises `UsageError`."""
        return manifest.loads(self.content(manifest.NAME, manifest.LARGEST))

    def content(self, name: str, most: int) -> bytes:
        """Return a member as a whole. Raises `UsageError`."""
        content = bytearray()
        for piece in self.pieces(name):
            content += piece
            if len(content) > most:
                raise UsageError(f"{clean_line(name)}: larger than {most >> 20} MiB")
        return bytes(content)

    def value(self, name: str) -> Any:
        """Return the value of a member of JSON. Raises `UsageError`."""
        content = self.content(name, LARGEST)
        self._left -= len(content)
        if self._left < 0:
            raise UsageError("its members refer to each other too often")
        try:
            return json_value(content)
        except ValueError as error:
            raise UsageError(f"{clean_line(name)}: {_said(error)}") from None

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member piece by piece. Raises `UsageError`."""
        zip_info = self._infos.get(name)
        if zip_info is None:
            raise UsageError(f"{clean_line(name)} is missing")
        bytes_left = zip_info.file_size
        try:
            with self._zip.open(zip_info) as member:
                while piece := member.read(PIECE):
                    bytes_left -= len(piece)
                    if bytes_left < 0:
                        raise UsageError(f"{clean_line(name)}: larger than the zip says")
                    yield piece
        except _DAMAGE as error:
            raise UsageError(f"{clean_line(name)}: damaged: {_said(error)}") from None

    def faults(self, made: Manifest) -> Iterator[Fault]:
        """Yield the members that differ from the manifest, are missing, or were added."""
        known_members = {member.name: member for member in made.members}
        for name in self._infos:
            if name not in known_members and name != manifest.NAME:
                yield Fault(clean_line(name), "was added: it is not in the manifest")
        for member in known_members.values():
            if member.name not in self._infos:
                yield Fault(clean_line(member.name), "is missing")
            elif reason := self._changed(member):
                yield Fault(clean_line(member.name), reason)
        yield from _unknown(made)
        odd_members = zip_file.odd(self._stream, self._zip)
        for name, reason in (*odd_members, *zip_file.wrong_time(self._zip.infolist(), made.sealed)):
            yield Fault(name, reason)

    def _changed(self, packed: Packed) -> str:
        digest, size = hashlib.sha256(), 0
        try:
            for piece in self.pieces(packed.name):
                digest.update(piece)
                size += len(piece)
        except UsageError as error:
            return str(error).removeprefix(f"{clean_line(packed.name)}: ")
        return "" if (size, digest.hexdigest()) == (packed.size, packed.sha256) else "was changed"

    def cable(self, entry: SealedEntry) -> SealedCable:
        """Return a cable of the dossier. Raises `UsageError`."""
        content = self.content(entry.member, LONGEST_RECORD)
        try:
            return loads(content, Location(entry.member, 0, len(content)))
        except BrokenRecord as error:
            raise UsageError(str(error)) from None


def _unknown(made: Manifest) -> Iterator[Fault]:
    """Yield names in a manifest that no dossier has, and names that it lacks."""
    member_names = {member.name for member in made.members}
    cables = {entry.member for entry in made.cables}
    needed_members = {manifest.PAGE, manifest.MARKS, *_of_renderer(made.renderer)}
    if made.renderer in (0, *RENDERERS):
        for name in sorted(member_names - cables - needed_members):
            yield Fault(clean_line(name), "was added: it does not belong to a dossier")
    for name in sorted(needed_members - member_names):
        yield Fault(name, "is missing, and not in the manifest")
    for entry in made.cables:
        if entry.member not in member_names:
            yield Fault(entry.reference_id, "its text is not in the manifest")


def _of_renderer(number: int) -> Iterable[str]:
    """Return further members of each dossier that was made by a renderer."""
    if not number:
        return manifest.OLDER
    return (manifest.PLACES, manifest.LOG_JSON, *RENDERERS.get(number, ()))


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    """Return the zip, its directory looked at. Raises `UsageError`."""
    size = stream.seek(0, 2)
    try:
        _look_at_end(stream, size)
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise UsageError(f"the zip is damaged: {_said(error)}") from None
    for reason in _refused(archive.infolist(), size):
        archive.close()
        raise UsageError(reason)
    return archive


def _look_at_end(stream: BinaryIO, size: int) -> None:
    """Raise `UsageError` if a zip's directory is long, or says nothing of its length.

    `ZipFile` reads all of it at once, whatever number of members the end names.
    """
    stream.seek(max(size - _LONGEST_END, 0))
    end = stream.read()
    start = end.rfind(b"PK\x05\x06")
    if start < 0:
        raise UsageError("it is not a zip, or its end is missing")
    members, length = struct.unpack_from("<HL", end, start + 10)
    is_large = end[max(start - _LOCATOR, 0) :].startswith(b"PK\x06\x07")
    if is_large or members > MOST_MEMBERS or length > _LONGEST_DIRECTORY:
        raise UsageError(f"it has more than {MOST_MEMBERS:,} members")


def _refused(infos: list[zipfile.ZipInfo], size: int) -> Iterator[str]:
    """Yield why a zip is not unpacked."""
    names: set[str] = set()
    if len(infos) > MOST_MEMBERS:  # the end of a zip may name fewer
        yield f"it has more than {MOST_MEMBERS:,} members"
    for zip_info in infos:
        name = clean_line(zip_info.filename)
        if zip_info.filename in names:
            yield f"two of its members are called {name}"
        names.add(zip_info.filename)
        if zip_info.flag_bits & _ENCRYPTED:
            yield f"{name}: encrypted, unlike a dossier"
        if zip_info.compress_type != zipfile.ZIP_DEFLATED:
            yield f"{name}: packed by an unknown method"
        if zip_info.file_size > max(_RATIO_FROM, _RATIO * zip_info.compress_size):
            yield f"{name}: unpacks to more than {_RATIO} times its size"
    if sum(zip_info.file_size for zip_info in infos) > LARGEST:
        yield f"its members unpack to more than {LARGEST >> 30} GiB"
    if sum(zip_info.compress_size for zip_info in infos) > size:
        yield "the zip is damaged: its directory lists more bytes than it has"


def _said(error: BaseException) -> str:
    return clean_line(str(error)) or type(error).__name__
