"""Write changes into a text file, Markdown file or web page; all other bytes stay the same."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Sequence

from cable_tui.base.pattern import pattern
from cable_tui.formats.encodings import utf16_codec
from cable_tui.formats.office.blocks import DocumentError
from cable_tui.tools.repair.places import BlockText, Letters, between_tags, plain
from cable_tui.tools.repair.quoted_words import Unsure

_LINE_BREAK = pattern(r"\s*\n[ >]*|\s+")
_MARKED_UP = pattern(r"[*_`\[\]<>|\\#]")
Replacement = tuple[int, int, str]


class TextFile:
    """The text of a draft in which single words can be changed."""

    def __init__(self, data: bytes, document_format: str) -> None:
        """Raises `DocumentError` if the bytes cannot be written back unchanged."""
        self._is_page = document_format == "HTML"
        self._mark, self._codec, self._text = _decoded(data)
        visible = between_tags(self._text) if self._is_page else plain(self._text)
        self._letters = Letters(visible)

    def replacements(self, block: BlockText, start: int, end: int, new: str) -> list[Replacement]:
        """Return the change to the file for a change to a block's text. Raises `Unsure`."""
        raw_start, raw_end = self._letters.span(block, start, end)
        old = self._text[raw_start:raw_end]
        lines = "".join(part.lstrip(" >") for part in old.split("\n"))
        if _MARKED_UP.search(lines) or (self._is_page and "&" in old):
            raise Unsure("the words contain mark-up")
        if self._is_page:
            new = html.escape(new, quote=False)
        elif _MARKED_UP.search(new):
            raise Unsure("the cable's words would be read as mark-up")
        try:
            new.encode(self._codec)
        except UnicodeEncodeError:
            raise Unsure("the file's encoding cannot represent a word") from None
        return [(raw_start, raw_end, _with_breaks(old, new) if "\n" in old else new)]

    def written(self, replacements: Sequence[Replacement]) -> bytes:
        """Return the bytes of the file with these changes."""
        text = self._text
        for start, end, new in sorted(replacements, reverse=True):
            text = f"{text[:start]}{new}{text[end:]}"
        return self._mark + text.encode(self._codec)


def _decoded(data: bytes) -> tuple[bytes, str, str]:
    """Return the byte order mark, the codec and the text. Raises `DocumentError`."""
    if codec := utf16_codec(data):
        mark = data[:2] if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else b""
    else:
        codec, mark = "utf-8", codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    for each in (codec, "cp1252"):
        try:
            return mark, each, data[len(mark) :].decode(each)
        except UnicodeDecodeError:
            continue
    raise DocumentError("it mixes encodings, so it cannot be repaired; save it as UTF-8")


def _with_breaks(old: str, new: str) -> str:
    """Return the new words with the line breaks from between the old words."""
    breaks = [match[0] for match in _LINE_BREAK.finditer(old)]
    words = re.split(r"(\s+)", new)
    for at in range(1, len(words), 2):
        words[at] = breaks.pop(0) if breaks else words[at]
    return "".join(words)
