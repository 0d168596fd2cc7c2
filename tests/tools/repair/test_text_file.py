"""Changes to text files keep all other bytes."""

from __future__ import annotations

import codecs

import pytest

from cable_tui.formats.office.blocks import DocumentError, TextBlock
from cable_tui.tools.repair.places import block_texts
from cable_tui.tools.repair.quoted_words import Unsure
from cable_tui.tools.repair.text_file import TextFile


@pytest.mark.parametrize(
    ("data", "form", "block", "change", "wanted"),
    [
        (b"a red rock", "text", "a red rock", ("red", "blue"), b"a blue rock"),
        (b"a red\r\nrock\r\n", "text", "a red\nrock", ("red", "blue"), b"a blue\r\nrock\r\n"),
        (b"> a red\n> rock", "Markdown", "a red\nrock", ("red\nrock", "b c"), b"> a b\n> c"),
        (b"caf\xe9 red", "text", "café red", ("red", "blue"), b"caf\xe9 blue"),
        (
            codecs.BOM_UTF8 + b"a red rock",
            *("text", "a red rock", ("red", "blue"), codecs.BOM_UTF8 + b"a blue rock"),
        ),
        (b"<p>a red rock</p>", "HTML", "a red rock", ("red", "R&D"), b"<p>a R&amp;D rock</p>"),
    ],
)
def test_only_the_words_are_changed(
    data: bytes, form: str, block: str, change: tuple[str, str], wanted: bytes
) -> None:
    old, new = change
    file = TextFile(data, form)
    (text,) = block_texts([TextBlock(block, 1)])
    start = block.index(old)
    assert file.written(file.replacements(text, start, start + len(old), new)) == wanted


@pytest.mark.parametrize(
    ("data", "form", "block", "old", "new"),
    [
        (b"a r*e*d rock", "Markdown", "a red rock", "red", "blue"),
        (b"a red rock", "Markdown", "a red rock", "red", "b*l*ue"),
        (b"caf\xe9 red", "text", "café red", "red", "жук"),
        (b"<p>a r&eacute;d rock</p>", "HTML", "a réd rock", "réd", "blue"),
    ],
)
def test_what_cannot_be_written_is_refused(
    data: bytes, form: str, block: str, old: str, new: str
) -> None:
    (text,) = block_texts([TextBlock(block, 1)])
    start = block.index(old)
    with pytest.raises(Unsure):
        TextFile(data, form).replacements(text, start, start + len(old), new)


def test_a_mixture_of_encodings_is_refused() -> None:
    with pytest.raises(DocumentError, match="mixes encodings"):
        TextFile(b"caf\xe9 \x81", "text")
