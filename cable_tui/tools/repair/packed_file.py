"""A zipped Word or LibreOffice document, some parts of which are changed as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from cable_tui.formats.office.blocks import DocumentError
from cable_tui.formats.office.packed_xml import Package

Replacement = tuple[str, int, int, str]
"""The name of a part, the start and end of the replaced span, and the new XML."""


class PackedFile:
    """The parts of a document. Raises `DocumentError` if one is not valid UTF-8."""

    def __init__(self, data: bytes, parts: Sequence[str]) -> None:
        self._data = data
        self._package = Package(io.BytesIO(data))
        self.xml = {part: self.part(part) for part in parts if part in self}
        """The XML of the parts that may be changed."""
        self.remarks: list[Replacement] = []
        """The comments to add."""

    def __contains__(self, part: str) -> bool:
        return part in self._package

    def part(self, name: str) -> str:
        """Return a part as text. Raises `DocumentError`."""
        try:
            return self._package.data(name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise DocumentError(f"its part {name} is not in UTF-8; save it again") from error

    def changed(self, replacements: Sequence[Replacement]) -> dict[str, str]:
        """Return the parts with these changes and the comments."""
        parts: dict[str, str] = {}
        for part, start, end, new in sorted({*replacements, *self.remarks}, reverse=True):
            xml = parts.get(part, self.xml[part])
            parts[part] = f"{xml[:start]}{new}{xml[end:]}"
        return parts

    def packed(self, parts: Mapping[str, str]) -> bytes:
        """Return the document with some parts replaced or added; all others are unchanged."""
        stream = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for member in old.infolist():
                known = parts.get(member.filename)
                content = old.read(member) if known is None else known.encode("utf-8")
                new.writestr(member, content, compress_type=member.compress_type)
            for name, text in parts.items():
                if name not in old.namelist():
                    new.writestr(name, text.encode("utf-8"))
        return stream.getvalue()
