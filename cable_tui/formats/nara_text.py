"""Telegrams of the National Archives (AAD, 1973-79) as text: the message, then its attributes.

A line `Message Text`, the telegram as it was printed, a line `Message Attributes`, and 63 to 69
lines `Key: value` whose values may wrap.
"""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats import nara
from cable_tui.formats.boxes import after_addressees, classification_in
from cable_tui.formats.dates import day_first, released_in
from cable_tui.formats.encodings import decode
from cable_tui.formats.origins import origin_of
from cable_tui.formats.record import BrokenRecord, PageFormat
from cable_tui.text import clean_line, clean_text

_TEXT = re.compile(r"^[ \t]{1,100}Message Text[ \t]{0,100}$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t]{1,100}Message Attributes[ \t]{0,100}$", re.MULTILINE)
_MARKS = re.compile(rb"(?:^|\n)[ \t]{1,100}Message (?:Text|Attributes)[ \t]{0,100}\r?(?:\n|$)")
_KEY = re.compile(r"([A-Z][A-Za-z/ ]{1,50}):(?: (.*))?")
_AT_HAND = "TEXT ON-LINE"


class NaraText(PageFormat):
    """One message of the Access to Archival Databases, saved as text."""

    name = "nara-text"
    label = "telegram of the National Archives (AAD) as text"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """By the headings of its two parts."""
        return bool(_MARKS.search(head))

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        text = clean_text(decode(record))
        start, end = _TEXT.search(text), _ATTRIBUTES.search(text)
        if start is None or end is None or end.start() < start.end():
            missing = "Message Attributes" if start else "Message Text"
            raise BrokenRecord(f"no line '{missing}'")
        facts = _attributes(text[end.end() :])
        number = facts.get("document number", "")
        if not number:
            raise BrokenRecord("no document number", text.count("\n", 0, end.start()))
        message = text[start.end() : end.start()]
        header, body = _parts(message, facts.get("locator", _AT_HAND))
        return RawCable(
            reference_id=number,
            created=day_first(facts.get("draft date", "")),
            released=released_in(message) or released_in(facts.get("markings", "")),
            classification=facts.get("original classification", "") or classification_in(body),
            origin=origin_of(number, facts.get("from", "")),
            title=facts.get("subject", ""),
            header=header,
            body=body,
            format=self.name,
            place=place,
            references=nara.references(facts.get("reference", "")),
        )


def _parts(message: str, locator: str) -> tuple[str, str]:
    """Header and body; where the archive has no text, what it says of that stands as the header."""
    text = nara.without_stamps(message).strip("\n")
    if _AT_HAND not in locator.upper():
        return text, ""
    return after_addressees(text)


def _attributes(lines: str) -> dict[str, str]:
    """Values by their keys in small letters; a key that comes twice keeps its first value."""
    found: dict[str, list[str]] = {}
    value: list[str] = []
    for line in lines.split("\n"):
        if key := _KEY.fullmatch(line):
            value = [key[2] or ""]
            found.setdefault(key[1].lower(), value)
        elif line.strip():
            value.append(line)
    return {key: nara.value(clean_line("\n".join(parts))) for key, parts in found.items()}
