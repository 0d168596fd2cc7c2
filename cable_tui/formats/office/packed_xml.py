"""The XML inside office files, unpacked within limits and read without a DTD.

Nothing is fetched, no entity is expanded, and a file's statements about its own size are not
trusted.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO

from cable_tui.formats.office.blocks import LARGEST, MOST_BLOCKS, MOST_TEXT, DocumentError, too_much

_PARAGRAPHS = frozenset(("p", "h"))
"""The elements for a paragraph in Word and LibreOffice."""


class Package:
    """An office file. Raises `DocumentError` for any other file."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise DocumentError("it is damaged: not a readable zip") from error
        self._names = set(self._zip.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def data(self, name: str) -> bytes:
        """Return a part of the file, or empty bytes if the file has no part with this name."""
        if name not in self._names:
            return b""
        try:
            with self._zip.open(name) as xml_file:
                part_bytes = xml_file.read(LARGEST + 1)
        except (
            *(zipfile.BadZipFile, OSError, ValueError, NotImplementedError),
            *(RuntimeError, EOFError, zlib.error, lzma.LZMAError),
        ) as error:
            raise DocumentError(f"its part {name} is damaged or encrypted") from error
        if len(part_bytes) > LARGEST:
            raise DocumentError(f"its part {name} is larger than {LARGEST >> 20} MB")
        return part_bytes


class XmlReader:
    """Calls `start`, `end` and `words` for the elements and text of an XML file."""

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """Handle the start of an element; names are without namespaces."""

    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def words(self, text: str) -> None:
        """Handle a text."""

    def read(self, data: bytes, part: str) -> None:
        """Read a part. Raises `DocumentError` if it is not XML or declares a document type."""
        from xml.parsers import expat  # wanted for few files

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def refused(*_: object) -> None:
            raise DocumentError(
                f"its part {part} declares a document type, which such files never do"
            )

        paragraph_count = character_count = 0

        def end(element_name: str) -> None:
            nonlocal paragraph_count
            paragraph_count += (element_name := _local(element_name)) in _PARAGRAPHS
            if paragraph_count > MOST_BLOCKS:
                raise too_much(f"{MOST_BLOCKS:,} paragraphs")
            self.end(element_name)

        def words(text: str) -> None:
            nonlocal character_count
            character_count += len(text)
            if character_count > MOST_TEXT:
                raise too_much(f"{MOST_TEXT >> 20} million characters of text")
            self.words(text)

        def start(name: str, given: dict[str, str]) -> None:
            self.start(
                _local(name),
                {
                    _local(attribute_name): attribute_value
                    for attribute_name, attribute_value in given.items()
                },
            )

        parser.StartDoctypeDeclHandler = refused
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = words
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            # The last two: an encoding that nobody knows, or one that XML may not have.
            raise DocumentError(f"its part {part} is damaged or encrypted") from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
