"""The text of a document: its paragraphs as lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.office.blocks import DocumentError
from cable_tui.formats.office.document_text import load, read_document, text_of_document
from tests.formats.office.written import docx_of, odt_of

WRITTEN = pytest.mark.parametrize("written", [docx_of, odt_of])
Written = Callable[[str], bytes]


@WRITTEN
def test_paragraphs_are_lines_and_empty_ones_are_kept_as_one(written: Written) -> None:
    load()
    assert text_of_document(written("TAGS: PREL\n\n\n1. (U) Tea.\nMONTAGUE")) == (
        "TAGS: PREL\n\n1. (U) Tea.\nMONTAGUE"
    )


@WRITTEN
@given(lines=st.lists(st.from_regex(r"[A-Za-z0-9&<>.]{1,9}", fullmatch=True), min_size=1))
def test_no_word_is_lost(written: Written, lines: list[str]) -> None:
    assert text_of_document(written("\n".join(lines))).split("\n") == lines


def test_a_zip_of_something_else_is_no_document() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("cat.png", b"")
    assert read_document(packed.getvalue()) is None
    with pytest.raises(DocumentError, match="without a Word or LibreOffice text"):
        text_of_document(packed.getvalue())
