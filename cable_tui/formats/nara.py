"""Telegrams from the National Archives (AAD, 1973-79) as text.

A text is a message followed by its attributes, as in the archive's PDFs, extracted by various
programs: headings may be centred or at the start of their lines, blank lines kept or lost, and
stamps on one line or several.
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
    """One message from the Access to Archival Databases, as text."""

    name = "nara-text"
    label = "National Archives telegram (AAD) as text"
    repository = NATIONAL_ARCHIVES

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its two headings, which need other evidence unless indented."""
        match = _SYMBOLS.search(head)
        return bool(match and (_INDENTED.search(match.group()) or _SIGN.search(head)))

    def opening(self, data: bytes, start: int) -> int:
        """Return the offset after the first of the two headings, or -1."""
        return next((end for _, end, _ in _symbols(data, start)), -1)

    def further(self, data: bytes, start: int, after: int) -> Iterator[Start]:  # noqa: ARG002
        """Yield starts at the stamps above the first heading of another message."""
        return telegrams_behind(data, after)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        whole_text = clean_text(joined(decode(record)))
        text_heading, attributes_heading = _TEXT.search(whole_text), _ATTRIBUTES.search(whole_text)
        if attributes_heading is None:
            raise BrokenRecord(
                "there is no line 'Message Attributes': the file is cut off before it"
            )
        if text_heading is not None and attributes_heading.start() < text_heading.start():
            raise BrokenRecord("'Message Attributes' comes before 'Message Text'")
        telegram_facts = attributes(whole_text[attributes_heading.end() :])
        if not telegram_facts.get("document number"):
            raise BrokenRecord(
                "no document number", whole_text.count("\n", 0, attributes_heading.end())
            )
        message = whole_text[text_heading.end() if text_heading else 0 : attributes_heading.start()]
        cable = facts_of(telegram_facts, message).cable(self.name, location, message)
        return replace(cable, anchors=())  # the archive's pages have none


# The attributes: `Key: value` lines, whose values go on in further lines

_KEY = pattern(
    r"[ \t]{0,60}(?P<key>TAGS|SAS ID|To|vdkvgwkey|[A-Z](?=[A-Z]{0,3}[a-z])[A-Za-z/ ]{1,50})"
    r"[ \t]{0,20}:(?:[ \t]++(?P<value>.*)|[ \t]*)"
)
"""A pattern for a key, which has lower-case letters, unlike the continuation of a value in capitals
with a colon.
"""
_AT_HAND = "TEXT ON-LINE"
_UNREAD_WORDS = "ERROR READING TEXT|EXPAND ERROR|TEXT FOR THIS MRN IS UNAVAILABLE"
_UNREAD = pattern(_UNREAD_WORDS)
_UNREAD_LINE = pattern(rf"(?m:^.{{0,200}}(?:{_UNREAD_WORDS}).{{0,200}}$)")
_NOT_READ = "the National Archives could not read it"
_SENT = pattern(r"(?:^|\n)[ \t]{0,8}FM[ \t]{1,8}[A-Z]")
_PLAIN_ACTION = pattern(r"(?:RELEASED|APPROVED|,| )*")


def attributes(lines: str) -> dict[str, str]:
    """Return values by lower-case keys, without stamps.

    The first value of a repeated key is used; `N/A` becomes empty.
    """
    markings = released_in(lines)
    lines_by_key: dict[str, list[str]] = {}
    value_lines: list[str] = []
    for line in without_stamps(lines).split("\n"):
        if key_match := _KEY.fullmatch(line):
            value_lines = [key_match["value"] or ""]
            lines_by_key.setdefault(" ".join(key_match["key"].split()).lower(), value_lines)
        elif line.strip():
            value_lines.append(line)
    known_facts = {
        key_match: known_value(clean_line("\n".join(text_lines)))
        for key_match, text_lines in lines_by_key.items()
    }
    return {**known_facts, "released": markings}


def facts_of(facts: Mapping[str, str], message: str) -> ArchiveFacts:
    """Return the facts in the attributes of a telegram whose text may be empty."""
    locator_text = facts.get("locator", "")
    is_unread = _UNREAD.search(message) is not None
    plain_message = (
        _UNREAD_LINE.sub("", without_stamps(message)) if is_unread else without_stamps(message)
    )
    is_sent = _SENT.search(message) is not None
    is_online = not locator_text or _AT_HAND in locator_text.upper()
    if is_sent:
        has_body = not is_header_alone(plain_message)
        is_unread = is_unread and not has_body
    else:
        has_body = is_online and not is_unread and bool(plain_message.strip())
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
    """Return the archive's explanation of where a missing text is."""
    reasons = [_NOT_READ] if unread else []
    if locator := facts.get("locator", "").lower().replace("on-line", "online"):
        reasons.append(f"locator: {locator}")
    if film_number := facts.get("film number", ""):
        reasons.append(f"film number {film_number}")
    if not _PLAIN_ACTION.fullmatch(review_action := facts.get("review action", "")):
        reasons.append(f"review: {review_action.lower()}")
    if exemptions := facts.get("review exemptions", ""):
        reasons.append(f"exemptions: {exemptions}")
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
"""The number of lines above a heading to search for its stamps."""
_AGAIN = (
    "'Message Text' occurs a second time, without attributes before it or a stamp above it, so no "
    "separate telegram was read"
)


def telegrams_behind(data: bytes, after: int, *, outside: bool = False) -> Iterator[Start]:
    """Yield starts of telegrams after `after`, the end of a heading.

    With `outside`, `after` is an offset outside any telegram instead.
    """
    is_complete = outside or data.endswith(
        b"Attributes", 0, len(data[:after].rstrip(b" \t\xc2\xa0"))
    )
    for heading_start, _, attributes in _symbols(data, after):
        telegram_start = _with_stamps(data, heading_start, after)
        if attributes and not is_complete:
            is_complete = True
            continue
        is_stamped = _STAMP in data[telegram_start:heading_start]
        is_sure = is_complete or is_stamped
        yield Start(telegram_start, heading_start, "" if is_sure else _AGAIN)
        is_complete = attributes if is_sure else is_complete


def _symbols(data: bytes, after: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the start and end of each heading, and whether it is `Message Attributes`."""
    literal_offset = data.find(_LITERAL, after)
    while literal_offset >= 0:
        matches = _SYMBOL.finditer(
            data, max(after, literal_offset - _BEFORE), literal_offset + 2 * _BEFORE
        )
        heading_match = next(
            (match for match in matches if match.start() <= literal_offset < match.end()), None
        )
        if heading_match:
            yield heading_match.start(), heading_match.end(), bool(heading_match[1])
        literal_offset = data.find(_LITERAL, literal_offset + len(_LITERAL))


def _with_stamps(data: bytes, heading_start: int, least: int) -> int:
    """Return the start of the stamps above a heading, on the same page."""
    text_start = heading_start
    for _ in range(_STAMPS):
        line_above = start_of_line(data, text_start, least)
        line_bytes = data[line_above:text_start]
        if line_above >= text_start or len(line_bytes) > _LONGEST_STAMP:
            break
        if b"\f" in line_bytes:
            after_form_feed = line_bytes[line_bytes.rindex(b"\f") :]
            return (
                text_start - len(after_form_feed) + 1
                if _STAMP in after_form_feed or not after_form_feed.strip()
                else text_start
            )
        if line_bytes.strip() and (_STAMP not in line_bytes or b"arkings:" in line_bytes):
            break
        text_start = line_above
    return text_start


# Pages of a text that was removed from a PDF

_NUMBER = pattern(
    r"[ \t]*(?:-{1,2}[ \t]*)?(?P<word>[Pp]age[ \t]+)?(?P<n>[0-9]{1,4})"
    r"(?P<of>[ \t]*(?:of|/|von|sur)[ \t]*[0-9]{1,4})?(?:[ \t]*-{1,2})?[ \t]*"
)


def joined(text: str) -> str:
    """Return the text with line breaks in place of form feeds, and without page numbers.

    A line is a page number if it is the first or last on its page, and is labelled or equals the
    number of the page.
    """
    if "\f" not in text:
        return text
    page_texts = text.split("\f")
    return "\n".join(
        _without_number(page_text, page_number)
        for page_number, page_text in enumerate(page_texts, 1)
    )


def _without_number(page: str, page_number: int) -> str:
    page_lines = page.split("\n")
    filled_lines = [line_index for line_index, line in enumerate(page_lines) if line.strip()]
    for line_number in {*filled_lines[:1], *filled_lines[-1:]}:
        number_match = _NUMBER.fullmatch(page_lines[line_number].rstrip("\r"))
        if number_match and (
            number_match["word"] or number_match["of"] or int(number_match["n"]) == page_number
        ):
            page_lines[line_number] = ""
    return "\n".join(page_lines)


FORMAT = NaraText()
