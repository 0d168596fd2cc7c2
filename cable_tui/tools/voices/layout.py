"""The part of a body in which voices are searched for: its paragraphs, without page breaks.

It excludes the header, the signature and all text after the signature.
"""

from __future__ import annotations

from cable_tui.base.cable import Paragraph
from cable_tui.base.pattern import pattern
from cable_tui.base.value import Value
from cable_tui.telegram.paragraph_starts import MARKING
from cable_tui.telegram.paragraphs import paragraphs
from cable_tui.telegram.people.signature import signature, text_end
from cable_tui.telegram.reading import Reading

_MARKED = pattern(rf"1(?<![^\s(¶=*_-]1)[ ]?[.),]?[ \t]{{0,6}}{MARKING}")
"""Matches the first paragraph by its number and marking, which may begin within a line."""
_FIRST = pattern(r"^[ \t>]{0,12}¶?\(?1[ ]?[.)][ \t]{0,6}[(\[A-Z“\"‘']", 8)
"""Matches the first paragraph by its number at the start of a line; 8 is `re.MULTILINE`."""
_LABEL = pattern(
    r"^[ \t]{0,8}(?:E\.?O\.?[ ]\d{5}|TAGS?\b|SUBJ(?:ECT)?\b|REFS?\b|REFTEL|CLASSIFIED[ ]BY"
    r"|Classified[ ][Bb]y|DERIVED[ ]FROM)",
    8,
)
_BLANK = pattern(r"\n[ \t\\]*\n")
_ENDS = pattern(r"[^\W\d_]{3}[.?!][\"”]?\s{1,20}(?=[^\w\n]{0,9}[A-Z])")
"""Matches the end of a sentence, which a header does not have."""
_SUMMARY = 2
"""The minimum number of sentences in the text above the first numbered paragraph for it to belong
to the body.
"""
_TOP = 6000
"""The number of characters at the start of a body that may contain the header's labels."""


class Layout(Value):
    """A body's text and its paragraphs. Offsets refer to the body."""

    text: str
    """The body, with spaces in place of page breaks."""
    begin: int
    end: int
    paragraphs: tuple[Paragraph, ...]
    """The numbered paragraphs, without their texts."""


def layout(reading: Reading) -> Layout:
    """Return the layout of a body. Never raises an error, and takes linear time."""
    text = reading.without_breaks
    labels_end, begin = _top(text)
    end = max(text_end(text, signature(text), begin), begin)
    heading_begin = _heading_begin(text, labels_end, begin)
    if labels_end and len(_ENDS.findall(text, heading_begin, begin)) >= _SUMMARY:
        begin = heading_begin
    # Nobody asks for the site's anchors.
    parts = paragraphs(text, heading_begin, end, (), outline=True)
    return Layout(
        text, begin, end, tuple(paragraph for paragraph in parts if paragraph.span[0] >= begin)
    )


def _heading_begin(text: str, labels: int, begin: int) -> int:
    """Return where the first paragraph's heading may begin: after the labels or at the start."""
    if text[text.rfind("\n", 0, begin) + 1 : begin].strip(" \t>*¶("):
        return begin  # within a line
    blank_line = _BLANK.search(text, labels, begin)
    return (blank_line.end() if blank_line else begin) if labels else 0


def _top(body: str) -> tuple[int, int]:
    """Return where the labels of the header end, and where the text begins.

    The text begins with its first paragraph or, if that is not found, after the labels.
    """
    marked_label = _MARKED.search(body, 0, _TOP)
    last_label_end = 0
    for label in _LABEL.finditer(body, 0, marked_label.start() if marked_label else _TOP):
        last_label_end = label.end()
    first_paragraph = (
        _FIRST.search(body, last_label_end, marked_label.start() if marked_label else len(body))
        or marked_label
    )
    if first_paragraph:
        return last_label_end, first_paragraph.start()
    blank_line = _BLANK.search(body, last_label_end) if last_label_end else None
    return last_label_end, blank_line.end() if blank_line else last_label_end
