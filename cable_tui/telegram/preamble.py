"""Text between the classification line and the first label that belongs to no field.

An editor's remark or a stamp of the archive: prose among lines in capitals that name readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Paragraph
from cable_tui.telegram import captions
from cable_tui.telegram.paragraphs import blocks
from cable_tui.telegram.top import Top


def preamble(top: Top, class_line_end: int) -> Iterator[Paragraph]:
    """The blocks of such text, each a paragraph without label."""
    if not top.marks:
        return
    begin = top.body.find("\n", class_line_end)
    end = top.marks[0].start
    if begin < 0 or begin >= end or not _has_small_letters(top.body[begin:end]):
        return
    for block in blocks(top.body, begin, end):
        lines = block.text.split("\n")
        if captions.is_prose(lines[0]) and not any(map(captions.is_addressed, lines)):
            yield block


def _has_small_letters(text: str) -> bool:
    return text.upper() != text
