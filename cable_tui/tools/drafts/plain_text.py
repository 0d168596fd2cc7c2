"""Read drafts in plain text: paragraphs between empty lines; text after `>` is a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cable_tui.base.pattern import pattern
from cable_tui.formats.office.blocks import BlockBuilder, TextBlock, TextDocument

_QUOTED = pattern(r"[ ]{0,3}>[ ]?")
_ID = r"(?:19|20)?\d\d[-– ]?[A-Z][A-Za-z]{1,23}(?:[ ][A-Za-z]{2,24}){0,3}[-– ]?\d{1,7}\b"
PLACE = (
    r"\S{0,400}(?:\s{1,9}(?:[^\sa-z]\S{0,80}"
    r"|(?:paras?|pars?|paragraphs?|and|of|to|in|dated|accessed)\b\S{0,3})){0,30}\s{0,9}\Z"
)
"""A pattern for text that may follow the cable in a source line: a place or a date, but no
sentence.
"""
ATTRIBUTION = pattern(
    rf"""
    \s{{0,20}} (?: [—–―]
              | -- (?= [^\n]* (?: \d\d[A-Z]{{3}} | ¶ | :// ) )   # a cable, a paragraph, a link
              | -- (?: \s+ \S+ ){{0,4}} \s* \Z
              | [*_]{{0,3}} [(\[] [^()\n]{{0,120}}? {_ID} [^()\n]{{0,200}}
                    (?: \([^()\n]{{0,400}}\) )? [)\]*_.\s]{{0,6}} \Z   # (09TUNIS399)
              | [*_]{{0,3}} [(\[]? (?i:sources?|from|see|quelle) [*_]{{0,3}} :
                    [^\n]{{0,120}}? {_ID} {PLACE}                    # Source: 09TUNIS399
              | {_ID} {PLACE} )
    """,
    re.VERBOSE,
)
"""A pattern for a line below a quotation that gives its source.

Cables begin items with `--`. A line that begins with `--` is a source line only if it contains a
place or has at most four words.
"""


def read(text: str) -> TextDocument:
    """Read plain text as a draft."""
    return TextDocument("text", "line", tuple(_blocks(text)))


def _blocks(text: str) -> Iterator[TextBlock]:
    block_lines: list[str] = []
    first_line = 0
    was_quoted = False
    for line_number, line in enumerate([*text.split("\n"), ""], 1):
        quote_mark = _QUOTED.match(line)
        quoted_text = line[quote_mark.end() :] if quote_mark else line
        # A line that says where a quotation is from is no part of it.
        is_quoted = quote_mark is not None and not ATTRIBUTION.match(quoted_text)
        if block_lines and (is_quoted != was_quoted or not quoted_text.strip()):
            block_builder = BlockBuilder()
            block_builder.add("\n".join(block_lines))
            if block := block_builder.block(first_line, is_quotation=was_quoted):
                yield block
            block_lines = []
        if quoted_text.strip():
            first_line = first_line if block_lines else line_number
            was_quoted = is_quoted
            block_lines.append(quoted_text)
