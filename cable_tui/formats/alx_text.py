"""Text files made from the site's pages by a public script: five lines of facts, then the texts.

Reference ID, first line of the subject, day (as Ruby writes times), classification, origin; header
and body follow without a line end between them, with the site's paragraph signs. Many such files
have the five lines only.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import CABLEGATE, Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat, Start
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import signs, telegrams
from cable_tui.formats.pages.cutter import start_of_line
from cable_tui.formats.split_header import inside_a_line, without_signs
from cable_tui.pattern import pattern
from cable_tui.text import clean_line, clean_text

_FACTS = 5
_LONGEST_TITLE = 8000
"""Bytes; a text that lost its line ends has its first paragraph on the line of its subject."""
_DAY = (
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{1,2}) [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4} ([0-9]{4})"
)
_LINE_END = r"(?:\r\n?|\n)"
_TOP = pattern(
    rf"\s{{0,40}}[0-9A-Z]{{3,60}}[ \t]{{0,8}}{_LINE_END}[^\r\n]{{0,{_LONGEST_TITLE}}}{_LINE_END}"
    rf"{_DAY}\s".encode()
)
_BREAK = pattern(r"<br ?/?>(?:\n|$)?")
_DAY_LINE = pattern(_DAY)
_REST = pattern(rb"[^\r\n]{0,200}(?:\r\n?|\n)[^\r\n]{0,200}(?:\r\n?|\n)")
"""Classification and origin, behind the day."""
_LONGEST_ID = 80
_ID_LINE = pattern(rb"[\s\xef\xbb\xbf]{0,80}([0-9]{2}(?:[A-Z]|[0-9]{1,2}[A-Z])[0-9A-Z]{1,58})\s*$")
_GLUED_ID = pattern(rb"[0-9]{2}[A-Z]{2,40}[0-9]{1,6}$")
_NO_ID = "a day stands here as in five lines of facts, but no id two lines above: no cable was made"
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


class AlxText(PageFormat):
    """One of the `cables/ID.txt` files."""

    name = "alx-text"
    label = "text file with five lines of facts"
    repository = CABLEGATE

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By an id on the first line and a time of Ruby's on the third."""
        return bool(_TOP.match(head))

    def opening(self, data: bytes, start: int) -> int:
        """Behind the line of the day."""
        return signs.behind_sign(data, start, self.name)

    def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:
        """At the id two lines above a day, and perhaps at a second transmission header."""
        behind = _REST.match(data, at)
        quoted = telegrams.Telegrams(telegrams.SECOND)
        return quoted.between(self.starts(data, at), data, start, behind.end() if behind else at)

    def starts(self, data: bytes, at: int) -> Iterator[Start]:
        """At the ids above days; one may be glued to the last line of the text before."""
        for day in signs.marks(data, at, self.name):
            title = start_of_line(data, day.start(), at)
            first = start_of_line(data, title, at)
            line = data[first:title]
            found = _ID_LINE.match(line) if at < first else None
            glued = None if found else _GLUED_ID.search(line[-_LONGEST_ID:].rstrip())
            if found:
                yield Start(first + found.start(1), day.start())
            elif glued:
                above = len(line) - len(line[-_LONGEST_ID:])
                yield Start(first + above + glued.start(), day.start())
            else:
                yield Start(day.start(), day.start(), _NO_ID)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        # The five lines first: cleaning ends lines at signs that a title may have in it (U+2028).
        text = decode(record).replace("\r\n", "\n").replace("\r", "\n")
        lines = text.lstrip().split("\n", _FACTS)
        day = _DAY_LINE.fullmatch(lines[2].strip()) if len(lines) >= _FACTS else None
        if day is None or not lines[0].strip():
            raise BrokenRecord("no five lines of facts at the top")
        # The day alone: hours and zone are those of the machine that ran the script.
        month = (_MONTHS.find(day[1]) // 3) + 1
        texts = clean_text(lines[_FACTS].removesuffix("\n") if lines[_FACTS:] else "")
        header, body = inside_a_line(_BREAK.sub("\n", texts) if "<br" in texts else texts)
        body, anchors = without_signs(body)
        return RawCable(
            reference_id=clean_line(lines[0]).strip(),
            created=f"{day[3]}-{month:02}-{int(day[2]):02}" if month else "",
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


FORMAT = AlxText()
