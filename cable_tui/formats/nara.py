"""Telegrams of the National Archives (AAD, 1973-79) as text: the message, then its attributes."""

from __future__ import annotations

import re

from cable_tui.cable import Place, RawCable
from cable_tui.formats.base import BrokenRecord, PageFormat
from cable_tui.formats.dates import STAMP, day_first, released_in
from cable_tui.formats.encodings import decode
from cable_tui.formats.origins import origin_of
from cable_tui.formats.split_header import after_addressees, classification_in
from cable_tui.repository import Repository
from cable_tui.telegram import ids
from cable_tui.text import clean_line, clean_text

_FORM = re.compile(r"\s{0,80}(?:<< END OF DOCUMENT >>|\*\*\* Current [A-Z][A-Za-z ]{1,40} \*\*\*)")
_NOTHING = re.compile(r"(?:n/?a|none|--[a-z/ ]{1,40}--|null)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;|\n]")


def without_stamps(text: str) -> str:
    """The text without the lines that the archive printed into it."""
    if STAMP not in text and "<<" not in text and "***" not in text:
        return text
    lines = text.split("\n")
    return "\n".join(line for line in lines if STAMP not in line and not _FORM.match(line))


def known_value(text: str) -> str:
    """An attribute's value on one line; `N/A` is none."""
    words = " ".join(text.split()).strip('"')
    return "" if _NOTHING.fullmatch(words) else words


def references_in(text: str) -> tuple[str, ...]:
    """Canonical ids of the items of a list that are cables."""
    found = (ids.reference_in(item) for item in _BETWEEN.split(text))
    return tuple(dict.fromkeys(item[0] for item in found if item))


_TEXT = re.compile(r"^[ \t]{1,100}Message Text[ \t]{0,100}$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"^[ \t]{1,100}Message Attributes[ \t]{0,100}$", re.MULTILINE)
_MARKS = re.compile(rb"(?:^|\n)[ \t]{1,100}Message (?:Text|Attributes)[ \t]{0,100}\r?(?:\n|$)")
_KEY = re.compile(r"([A-Z][A-Za-z/ ]{1,50}):(?: (.*))?")
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
            references=references_in(facts.get("reference", "")),
        )


def _parts(message: str, locator: str) -> tuple[str, str]:
    """Header and body; where the archive has no text, what it says of that stands as the header."""
    text = without_stamps(message).strip("\n")
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
    return {key: known_value(clean_line("\n".join(parts))) for key, parts in found.items()}
