"""Telegrams of the National Archives (AAD, 1973-79) as text.

A text is a message, then its attributes, as the archive's PDFs have it, taken out by whatever
program: headings in the middle of their lines or at their start, blank lines kept or lost, stamps
on one line or on several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cable_tui.base.cable import NATIONAL_ARCHIVES, Location, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.archive_fields import (
    ArchiveFacts,
    known_value,
    released_in,
    tags_in,
    without_stamps,
)
from cable_tui.formats.base import (
    BrokenRecord,
    PageFormat,
    Start,
)
from cable_tui.formats.encodings import decode
from cable_tui.formats.pages.cutter import start_of_line
from cable_tui.formats.split_header import is_header_alone
from cable_tui.text import clean_line, clean_text

_TEXT = pattern(r"(?:^|\n)[ \t\xa0]{0,200}Message Text[ \t\xa0]{0,200}(?=\n|$)")
_ATTRIBUTES = pattern(r"(?:^|\n)[ \t\xa0]{0,200}Message Attributes[ \t\xa0]{0,200}(?=\n|$)")
_SYMBOLS = pattern(
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
        """Recognise it by its two headings; at the start of a line only with another sign."""
        match = _SYMBOLS.search(head)
        return bool(match and (_INDENTED.search(match.group()) or _SIGN.search(head)))

    def opening(self, data: bytes, start: int) -> int:
        """Return the position after the first of the two headings."""
        return next((end for _, end, _ in _symbols(data, start)), -1)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts at the stamps above the first heading of another message."""
        return telegrams_behind(data, after)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        text = clean_text(joined(decode(record)))
        start, end = _TEXT.search(text), _ATTRIBUTES.search(text)
        if end is None:
            raise BrokenRecord("no line 'Message Attributes': the file is cut off before them")
        if start is not None and end.start() < start.start():
            raise BrokenRecord("'Message Attributes' comes before 'Message Text'")
        facts = attributes(text[end.end() :])
        if not facts.get("document number"):
            raise BrokenRecord("no document number", text.count("\n", 0, end.end()))
        message = text[start.end() if start else 0 : end.start()]
        cable = facts_of(facts, message).cable(self.name, location, message)
        return replace(cable, anchors=())  # the archive's pages have none


# The attributes: `Key: value` lines, whose values go on in further lines

_KEY = pattern(
    r"[ \t]{0,60}(?P<key>TAGS|SAS ID|To|vdkvgwkey|[A-Z](?=[A-Z]{0,3}[a-z])[A-Za-z/ ]{1,50})"
    r"[ \t]{0,20}:(?:[ \t]++(?P<value>.*)|[ \t]*)"
)
"""A key has small letters: a value that continues in capitals with a colon does not have a key."""
_AT_HAND = "TEXT ON-LINE"
_UNREAD_WORDS = "ERROR READING TEXT|EXPAND ERROR|TEXT FOR THIS MRN IS UNAVAILABLE"
_UNREAD = pattern(_UNREAD_WORDS)
_UNREAD_LINE = pattern(rf"(?m:^.{{0,200}}(?:{_UNREAD_WORDS}).{{0,200}}$)")
_NOT_READ = "the archive could not read it"
_SENT = pattern(r"(?:^|\n)[ \t]{0,8}FM[ \t]{1,8}[A-Z]")
_PLAIN_ACTION = pattern(r"(?:RELEASED|APPROVED|,| )*")


def attributes(lines: str) -> dict[str, str]:
    """Return values by their keys in small letters, without stamps.

    Of a repeated key the first counts; `N/A` is empty.
    """
    markings = released_in(lines)
    values: dict[str, list[str]] = {}
    value_lines: list[str] = []
    for line in without_stamps(lines).split("\n"):
        if key := _KEY.fullmatch(line):
            value_lines = [key["value"] or ""]
            values.setdefault(" ".join(key["key"].split()).lower(), value_lines)
        elif line.strip():
            value_lines.append(line)
    known_facts = {key: known_value(clean_line("\n".join(parts))) for key, parts in values.items()}
    return {**known_facts, "released": markings}


def facts_of(facts: Mapping[str, str], message: str) -> ArchiveFacts:
    """Return the facts in the attributes of a telegram with this text, which may be empty."""
    locator = facts.get("locator", "")
    is_unread = _UNREAD.search(message) is not None
    plain_message = (
        _UNREAD_LINE.sub("", without_stamps(message)) if is_unread else without_stamps(message)
    )
    is_sent = _SENT.search(message) is not None
    at_hand = not locator or _AT_HAND in locator.upper()
    if is_sent:
        has_body = not is_header_alone(plain_message)
        is_unread = is_unread and not has_body
    else:
        has_body = at_hand and not is_unread and bool(plain_message.strip())
    return ArchiveFacts(
        facts["document number"],
        created=facts.get("draft date") or facts.get("sent date") or "",
        released=facts.get("released", ""),
        classification=facts.get("original classification", ""),
        sender=facts.get("from", ""),
        title=facts.get("subject", "").replace("\\'", "'"),
        references=facts.get("reference", ""),
        tags=tags_in(facts.get("tags", "")),
        remarks=() if has_body else (("Text", _missing(facts, unread=is_unread)),),
        has_body=has_body,
    )


def _missing(facts: Mapping[str, str], *, unread: bool) -> str:
    """Return the archive's words on the place of a text that its record lacks."""
    reasons = [_NOT_READ] if unread else []
    if locator := facts.get("locator", "").lower().replace("on-line", "online"):
        reasons.append(f"locator: {locator}")
    if film := facts.get("film number", ""):
        reasons.append(f"film number {film}")
    if not _PLAIN_ACTION.fullmatch(action := facts.get("review action", "")):
        reasons.append(f"review: {action.lower()}")
    if withheld := facts.get("review exemptions", ""):
        reasons.append(f"exemptions: {withheld}")
    return "; ".join(filter(None, ("not in this record", *reasons)))


# Where the next telegram begins in a file of several: each has `Message Text`, then `Message
# Attributes`, or the latter alone. The stamps above the first of the two belong to it.

_SYMBOL = pattern(
    rb"(?:(?<=[\r\n\f])|^)(?:[ \t\f]|\xc2\xa0){0,200}"
    rb"Message (?:Text|(Attributes))(?:[ \t]|\xc2\xa0){0,200}(?=[\r\n\f]|$)"
)
_LITERAL: Final = b"Message "
_BEFORE = 420
_STAMP = b"Declassified/Released"
_LONGEST_STAMP = 300
_STAMPS = 12
"""Lines above a symbol in which its stamps are looked for."""
_AGAIN = (
    "'Message Text' is here a second time, without attributes before it and without a stamp"
    " above it: not read as a separate telegram"
)


def telegrams_behind(data: bytes, after: int, *, outside: bool = False) -> Iterator[Start]:
    """Yield the telegrams behind `after`, the end of such a heading; or `outside` of any."""
    is_complete = outside or data.endswith(
        b"Attributes", 0, len(data[:after].rstrip(b" \t\xc2\xa0"))
    )
    for symbol, _, attributes in _symbols(data, after):
        start = _with_stamps(data, symbol, after)
        if attributes and not is_complete:
            is_complete = True
            continue
        stamped = _STAMP in data[start:symbol]
        is_sure = is_complete or stamped
        yield Start(start, symbol, "" if is_sure else _AGAIN)
        is_complete = attributes if is_sure else is_complete


def _symbols(data: bytes, after: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the headings: where each begins and ends, and whether it is that of the attributes."""
    literal = data.find(_LITERAL, after)
    while literal >= 0:
        matches = _SYMBOL.finditer(data, max(after, literal - _BEFORE), literal + 2 * _BEFORE)
        sign = next((match for match in matches if match.start() <= literal < match.end()), None)
        if sign:
            yield sign.start(), sign.end(), bool(sign[1])
        literal = data.find(_LITERAL, literal + len(_LITERAL))


def _with_stamps(data: bytes, symbol: int, least: int) -> int:
    """Return where the stamps above a heading begin, on the page of the heading."""
    text_start = symbol
    for _ in range(_STAMPS):
        line_above = start_of_line(data, text_start, least)
        line = data[line_above:text_start]
        if line_above >= text_start or len(line) > _LONGEST_STAMP:
            break
        if b"\f" in line:
            rest = line[line.rindex(b"\f") :]
            return text_start - len(rest) + 1 if _STAMP in rest or not rest.strip() else text_start
        if line.strip() and (_STAMP not in line or b"arkings:" in line):
            break
        text_start = line_above
    return text_start


# Pages of a text that was removed from a PDF

_NUMBER = pattern(
    r"[ \t]*(?:-{1,2}[ \t]*)?(?P<word>[Pp]age[ \t]+)?(?P<n>[0-9]{1,4})"
    r"(?P<of>[ \t]*(?:of|/|von|sur)[ \t]*[0-9]{1,4})?(?:[ \t]*-{1,2})?[ \t]*"
)


def joined(text: str) -> str:
    """Return the text with line ends for form feeds, and without the numbers of its pages.

    A line is a page number if it is the first or last one of a page and is labelled, or has the
    number of the page.
    """
    if "\f" not in text:
        return text
    page_texts = text.split("\f")
    return "\n".join(_without_number(page, number) for number, page in enumerate(page_texts, 1))


def _without_number(page: str, page_number: int) -> str:
    page_lines = page.split("\n")
    written_lines = [number for number, line in enumerate(page_lines) if line.strip()]
    for line_number in {*written_lines[:1], *written_lines[-1:]}:
        match = _NUMBER.fullmatch(page_lines[line_number].rstrip("\r"))
        if match and (match["word"] or match["of"] or int(match["n"]) == page_number):
            page_lines[line_number] = ""
    return "\n".join(page_lines)


FORMAT = NaraText()
