"""Texts without distinctive content, in files whose names are reference IDs.

The names show that a program saved cables one by one, whatever it kept of their first lines. The
cable gets a warning that only its file name identifies it.
"""

from __future__ import annotations

import re

from cable_tui.base.cable import UNKNOWN
from cable_tui.base.pattern import pattern
from cable_tui.formats.tables import file_names
from cable_tui.formats.text_copies import PdfText
from cable_tui.glossary import posts
from cable_tui.telegram import ids

_OF_TEXT = pattern(
    r"(?:^|[/\\])(?:[^/\\]{3,260}\.(?:te?xt|q?md|markdown)"
    r"|[^./\\]{3,260}(?:\.(?:pdf|html?|ocr|utf-?8))?)$",
    re.IGNORECASE,
)
"""Matches names of text files, or names without a text extension."""
_PLAIN = pattern(r"[0-9]{2,4}[A-Z]{3,40}[0-9]{1,7}")
_NO_TEXT = pattern(
    rb"\s{0,400}(?:<[!?A-Za-z]|\{|\[\s{0,80}[\[{\"]|%PDF)|[^\0]{0,4000}\0",
)
"""A pattern for the beginning of markup, data and binary files."""
_LABELS = pattern(
    rb"^[ \t>*]{0,8}(?:(?P<order>E\. ?O\. ?[0-9]{5})|(?P<tags>TAGS\b)|(?P<subject>SUBJ(?:ECT)? ?:)"
    rb"|(?P<refs>REFS? ?:)|(?P<sender>FM [A-Z])"
    rb"|(?P<class>(?:UNCLAS|SECRET|CONFIDENTIAL|S E C R E T|C O N F I D E N T I A L)\b)"
    rb"|(?P<marking>[0-9]{1,2}\. {0,4}\((?:U|C|S|SBU|LOU|C/NF|S/NF)\)))",
    re.MULTILINE,
)
ENOUGH = 2
"""The number of different telegram labels that hardly any other text contains."""
_TOP = 4000
"""The number of bytes at the start of a file in which labels are counted."""


def labels_in(head: bytes) -> int:
    """Return how many different labels of a telegram a text has near its start."""
    return len({match.lastgroup for match in _LABELS.finditer(head, 0, _TOP)})


class NamedText(PdfText):
    """Any text in a file whose name is a reference ID."""

    name = "named-text"
    label = "text file named by a reference ID"
    repository = UNKNOWN

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by an ID with a known post as its name, or by labels."""
        id_parts = ids.split(self.named(path)) if _OF_TEXT.search(path) else None
        if id_parts is None or not head.strip() or _NO_TEXT.match(head):
            return False
        has_plain_name = _PLAIN.fullmatch(file_names.stem(path)) and posts.station(id_parts.station)
        return bool(has_plain_name) or labels_in(head) >= ENOUGH

    def named(self, path: str) -> str:
        """Implement `PdfText.named` for IDs in any spelling that people use."""
        return file_names.id_in(path)


FORMAT = NamedText()
