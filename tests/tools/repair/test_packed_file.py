"""A packed document in which only the named parts change."""

from __future__ import annotations

import io
import zipfile

import pytest

from cable_tui.formats.office.blocks import DocumentError
from cable_tui.tools.repair.packed_file import PackedFile


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


def test_only_the_changed_part_and_the_new_one_differ() -> None:
    file = PackedFile(packed(a=b"<a>red rock</a>", b=b"\x00\xff"), ["a", "missing"])
    file.remarks.append(("a", 11, 11, "!"))
    parts = file.changed([("a", 3, 6, "blue"), ("a", 3, 6, "blue")])
    assert parts == {"a": "<a>blue rock!</a>"}
    with zipfile.ZipFile(io.BytesIO(file.packed({**parts, "c": "new"}))) as copy:
        assert {name: copy.read(name) for name in copy.namelist()} == {
            "a": b"<a>blue rock!</a>",
            "b": b"\x00\xff",
            "c": b"new",
        }


def test_a_part_in_another_encoding_is_refused() -> None:
    with pytest.raises(DocumentError, match="not in UTF-8"):
        PackedFile(packed(a=b"\xff\xfe"), ["a"])
