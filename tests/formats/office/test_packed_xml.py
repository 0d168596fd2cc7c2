"""The XML of office files: whatever a file holds, it is read or refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office.blocks import DocumentError
from cable_tui.formats.office.packed_xml import Package, XmlReader


class Heard(XmlReader):
    """Keeps what it is called with."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def start(self, name: str, given: Mapping[str, str]) -> None:
        self.calls.append(("start", name, *given))

    def end(self, name: str) -> None:
        self.calls.append(("end", name))

    def words(self, text: str) -> None:
        self.calls.append(("words", text))


def packed(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        file.writestr("content.xml", data)
    return made.getvalue()


def test_names_come_without_their_namespaces() -> None:
    heard = Heard()
    heard.read(b'<a:p xmlns:a="urn:a" a:id="1" n="2">x</a:p>', "content.xml")
    assert heard.calls == [("start", "p", "id", "n"), ("words", "x"), ("end", "p")]


@pytest.mark.parametrize("encoding", ["foo", "rot13", "hex", "shift_jis", "utf-7"])
def test_an_encoding_that_cannot_be_read_is_refused(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><p>a</p>'.encode()
    with pytest.raises(DocumentError, match=r"content\.xml is damaged or encrypted"):
        Heard().read(data, "content.xml")


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED]
)
def test_a_damaged_part_is_refused_however_it_is_packed(method: int) -> None:
    data = bytearray(packed(b"<d><p>a</p></d>" * 50, method))
    data[45:55] = bytes(each ^ 255 for each in data[45:55])
    with pytest.raises(DocumentError, match=r"content\.xml is damaged or encrypted"):
        Package(io.BytesIO(data)).data("content.xml")


def test_a_part_that_is_not_there_is_empty() -> None:
    package = Package(io.BytesIO(packed(b"<p/>")))
    assert "styles.xml" not in package
    assert package.data("styles.xml") == b""


@given(st.binary(max_size=200))
def test_any_bytes_are_xml_or_refused(data: bytes) -> None:
    with suppress(DocumentError):
        Heard().read(data, "content.xml")


@given(st.data())
def test_any_changed_byte_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(packed(b"<p>a</p>"))
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DocumentError):
        Package(io.BytesIO(whole)).data("content.xml")
