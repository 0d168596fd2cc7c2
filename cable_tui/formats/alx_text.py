"""Text files made from the site's pages by a public script: five lines of facts, then the texts.

Reference ID, first line of the subject, day (as Ruby writes times), classification, origin; header
and body follow without a line end between them, with the site's paragraph signs. Many such files
have the five lines only.
"""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.formats.split_header import inside_a_line, without_signs
from cable_tui.pattern import pattern
from cable_tui.repository import CABLEGATE
from cable_tui.text import clean_line, clean_text

_FACTS = 5
_LONGEST_TITLE = 8000
"""Bytes; a text that lost its line ends has its first paragraph on the line of its subject."""
_DAY = (
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{1,2}) [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4} ([0-9]{4})"
)
_TOP = pattern(rf"[0-9A-Z]{{3,60}}[ \t]{{0,8}}\r?\n[^\n]{{0,{_LONGEST_TITLE}}}\n{_DAY}\s".encode())
_BREAK = pattern(r"<br ?/?>(?:\n|$)?")
_DAY_LINE = pattern(_DAY)
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


class AlxText(PageFormat):
    """One of the `cables/ID.txt` files."""

    name = "alx-text"
    label = "text file with five lines of facts"
    rank = 2
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By an id on the first line and a time of Ruby's on the third."""
        return bool(_TOP.match(head))

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        # The five lines first: cleaning ends lines at signs that a title may have in it (U+2028).
        lines = decode(record).replace("\r\n", "\n").split("\n", _FACTS)
        day = _DAY_LINE.fullmatch(lines[2].strip()) if len(lines) >= _FACTS else None
        if day is None or not lines[0].strip():
            raise BrokenRecord("no five lines of facts at the top")
        texts = clean_text(lines[_FACTS].removesuffix("\n") if lines[_FACTS:] else "")
        header, body = inside_a_line(_BREAK.sub("\n", texts) if "<br" in texts else texts)
        body, anchors = without_signs(body)
        return RawCable(
            reference_id=clean_line(lines[0]).strip(),
            created=_date(day),
            released="",
            classification=clean_line(lines[3]).strip(),
            origin=clean_line(lines[4]).strip(),
            title=clean_line(_BREAK.sub(" ", lines[1])).strip(),
            header=header,
            body=body,
            format=self.name,
            place=place,
            anchors=anchors if body else None,
        )


def _date(day: re.Match[str]) -> str:
    """The day alone: hours and zone are those of the machine that ran the script."""
    month = _MONTHS.find(day[1]) // 3 + 1
    return f"{day[3]}-{month:02}-{int(day[2]):02}" if month else ""


FORMAT = AlxText()
