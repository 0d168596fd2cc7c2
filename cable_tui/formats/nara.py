"""Telegrams of the National Archives (AAD, 1973-79) as text: the message, then its attributes.

The text of the archive's PDFs, by whatever program: headings in the middle of their lines or at
their start, blank lines kept or lost, stamps on one line or on several.
"""

from __future__ import annotations

from collections.abc import Iterator

from cable_tui.cable import Place, RawCable
from cable_tui.formats.aad import printed_pages
from cable_tui.formats.aad.attributes import attributes, facts_of
from cable_tui.formats.base import BrokenRecord, PageFormat, Start
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages import messages
from cable_tui.pattern import pattern
from cable_tui.repository import NATIONAL_ARCHIVES
from cable_tui.text import clean_text
from cable_tui.value import replace

_TEXT = pattern(r"(?:^|\n)[ \t\xa0]{0,200}Message Text[ \t\xa0]{0,200}(?=\n|$)")
_ATTRIBUTES = pattern(r"(?:^|\n)[ \t\xa0]{0,200}Message Attributes[ \t\xa0]{0,200}(?=\n|$)")
_MARKS = pattern(
    rb"(?:^|[\n\f\r])(?:[ \t]|\xc2\xa0){0,200}Message (?:Text|Attributes)"
    rb"(?:[ \t]|\xc2\xa0){0,200}(?:[\r\n\f]|$)"
)
_INDENTED = pattern(rb"(?:^|[\n\r])[ \t]{1,200}Message")
_SIGN = pattern(rb"Declassified/Released|Document Number:|\bPAGE +01\b")


class NaraText(PageFormat):
    """One message of the Access to Archival Databases, as text."""

    name = "nara-text"
    label = "telegram of the National Archives (AAD) as text"
    repository = NATIONAL_ARCHIVES

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings of its two parts; at the start of a line only beside another sign."""
        found = _MARKS.search(head)
        return bool(found and (_INDENTED.search(found.group()) or _SIGN.search(head)))

    def opening(self, data: bytes, start: int) -> int:
        """Behind the first of the two headings."""
        return messages.opening(data, start)

    def further(self, data: bytes, start: int, at: int) -> Iterator[Start]:  # noqa: ARG002
        """At the stamps above the first heading of another message."""
        return messages.further(data, at)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        text = clean_text(printed_pages.joined(decode(record)))
        start, end = _TEXT.search(text), _ATTRIBUTES.search(text)
        if end is None:
            raise BrokenRecord("no line 'Message Attributes': the file is cut off before them")
        if start is not None and end.start() < start.start():
            raise BrokenRecord("'Message Attributes' stands before 'Message Text'")
        facts = attributes(text[end.end() :])
        if not facts.get("document number"):
            raise BrokenRecord("no document number", text.count("\n", 0, end.end()))
        message = text[start.end() if start else 0 : end.start()]
        cable = facts_of(facts, message).cable(self.name, place, message)
        return replace(cable, anchors=())  # the archive's pages have none


FORMAT = NaraText()
