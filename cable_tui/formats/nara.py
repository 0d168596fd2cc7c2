"""Telegrams of the National Archives (AAD, 1973-79) as text: the message, then its attributes."""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.archive_fields import ArchiveFacts, known_value
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.encodings import decode
from cable_tui.pattern import pattern
from cable_tui.repository import Repository
from cable_tui.text import clean_line, clean_text

_TEXT = pattern(r"^[ \t]{1,100}Message Text[ \t]{0,100}$", re.MULTILINE)
_ATTRIBUTES = pattern(r"^[ \t]{1,100}Message Attributes[ \t]{0,100}$", re.MULTILINE)
_MARKS = pattern(rb"(?:^|\n)[ \t]{1,100}Message (?:Text|Attributes)[ \t]{0,100}\r?(?:\n|$)")
_KEY = pattern(r"([A-Z][A-Za-z/ ]{1,50}):(?: (.*))?")
_AT_HAND = "TEXT ON-LINE"


class NaraText(PageFormat):
    """One message of the Access to Archival Databases, saved as text."""

    name = "nara-text"
    label = "telegram of the National Archives (AAD) as text"
    rank = 3
    repository = Repository(
        "National Archives, Access to Archival Databases (AAD)",
        "RG 59, Central Foreign Policy Files, 1973–79",
        "document number",
    )

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
        known = ArchiveFacts(
            number,
            created=facts.get("draft date", ""),
            markings=facts.get("markings", ""),
            classification=facts.get("original classification", ""),
            sender=facts.get("from", ""),
            title=facts.get("subject", ""),
            references=facts.get("reference", ""),
            has_body=_AT_HAND in facts.get("locator", _AT_HAND).upper(),
        )
        return known.cable(self.name, place, text[start.end() : end.start()])


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
    return {key: known_value(clean_line("\n".join(parts))) for key, parts in found.items()}


FORMAT = NaraText()
