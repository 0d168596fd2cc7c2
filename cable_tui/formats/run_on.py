"""A text that runs on into another cable: where the other cable begins, and how to separate it.

This occurs on a page from 2011, `07BERN881`: its signature is followed by the next row of the
database, with number, time, ID, origin and classification, then header and body. A telegram with
its own transmission header may also follow. Quoted or retransmitted cables are part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal

from cable_tui.base.cable import Location, RawCable, RunOn
from cable_tui.base.named_tuple import NamedTuple
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats import split_header
from cable_tui.formats.archive_fields import origin_of

_GAP = r'[\s,"]{1,6}'
_TIME = (
    r"(?P<time>\d{1,2}/\d{1,2}/\d{4}[ ]\d{1,2}:\d\d"
    r"|\d{4}-\d\d-\d\d[ ]\d\d:\d\d(?::\d\d)?)"
)
_ID = r"(?P<id>\d{2}[A-Z]{2,20}\d{1,6})"
_CLASS = (
    r"(?P<class>UNCLASSIFIED(?://FOR OFFICIAL USE ONLY)?|(?:CONFIDENTIAL|SECRET)(?://NOFORN)?)"
    r"(?=[\s,\"])"
)
_ORIGIN = r"(?P<origin>[A-Za-z][A-Za-z .'()-]{2,50}?)"
_ROW = pattern(
    rf'\n[ \t>"]{{0,4}}(?:<<)?\d{{3,7}}(?:>>)?{_GAP}{_TIME}{_GAP}{_ID}{_GAP}{_ORIGIN}{_GAP}'
    rf"{_CLASS}"
)
"""A row of the database: number, time, ID, origin and classification."""
_CLOCK = pattern(r":(?<=\d:)\d\d")
"""A part of every time, beginning with a colon after a digit; few texts contain one, so searching
is fast.
"""
_REFERENCES = pattern(r'[\s,"]{0,4}(?:\d{2}[A-Z]{2,20}\d{1,6}[|;,]?){0,200}(?=[\s,"]|$)')
_BETWEEN = pattern(r'\t|",[ ]?"?|\n,')
"""Separators between header and body of a row."""
_LINE_ENDS = pattern(r"\n")
_SENT = pattern(
    r"\n(?:VZCZC[A-Z]{2,4}\d{1,5}\b|(?:[ZOPR]{1,2} ){1,2}\d{6}Z [A-Z]{3} \d\d\b"
    r"|FM (?:AM(?:EMB|CON)|SECSTATE|US(?:MISSION|INT))[A-Z]* ?)"
)
"""The first line of a transmission header."""
_LABEL = pattern(r"^[ \t]{0,8}(?:SUBJ(?:ECT)?|TAGS)[ \t]?:", re.MULTILINE | re.IGNORECASE)
_QUOTED = pattern(r"\b(?:QTE|QUOTE|BEGIN (?:TEXT|CABLE|MESSAGE|TELEGRAM))\b", re.IGNORECASE)
_UNQUOTED = pattern(
    r"\b(?:UNQTE|UNQUOTE|END (?:OF )?(?:QUOTE|TEXT|CABLE|MESSAGE|TELEGRAM))\b", re.IGNORECASE
)
_SENT_AGAIN = pattern(
    r"\b(?:REPEAT(?:S|ED|ING)?|RE-?TRANSMIT\w{0,5}|RE-?TRANSMISSION|RELAY(?:S|ED|ING)?"
    r"|FORWARD(?:S|ED|ING)?|FOLLOWING (?:IS|CABLE|TELEGRAM|MESSAGE|TEXT)|TEXT (?:OF|FOLLOWS)"
    r"|READDRESS\w{0,4}|FOR YOUR INFORMATION|FYI)\b",
    re.IGNORECASE,
)
"""Words in a cable that passes on another cable."""
_HEAD = 8_000
"""The maximum number of characters in a second telegram's head."""
_LABELS = 3_000
"""The number of characters of a second body to search for its labels."""
_SENDER = "\nFM "
_MOST_SENT = 20
"""The maximum number of lines to try as the first line of a transmission header."""
_FIRST_BYTES = 2_000
"""The number of bytes needed to see whether a record begins with a row or transmission header."""
_SIGN = 60
"""The number of characters of a line used to find it in the bytes."""


class _Other(NamedTuple):
    """Another cable within a text."""

    start: int
    reference_id: str
    is_whole: bool
    is_row: bool


Splits = Literal["nothing", "rows", "all"]
"""The following cables that a format can read from their own bytes. In a format for telegrams, a
following header begins a separate record, so only database rows still have to be found.
"""


def first_alone(raw: RawCable, splits: Splits = "nothing") -> RawCable:
    """Return a record without the other cable into which its text runs on.

    `runs_on` names that cable.
    """
    other_cable = _other(raw.body, raw.reference_id) if raw.edition is None else None
    if other_cable is None:
        return raw
    first_line = _sign(raw.body, other_cable.start)
    can_be_read = splits == "all" or (splits == "rows" and other_cable.is_row)
    is_apart = can_be_read and other_cable.is_whole and bool(first_line)
    body = raw.body[: other_cable.start].rstrip() + "\n"
    return replace(raw, body=body, runs_on=RunOn(other_cable.reference_id, is_apart, first_line))


def begins(record: bytes, splits: Splits) -> bool:
    """Return whether a record's bytes begin a cable that follows another cable."""
    if splits == "nothing" or record[:1] not in (b"\r", b"\n", b"&"):
        return False
    first_text = _plain(record[:_FIRST_BYTES].decode("latin-1"))
    if first_text[:1] != "\n":
        return False
    return bool(_ROW.match(first_text) or (splits == "all" and _SENT.match(first_text)))


def other_start(data: bytes, sign: str, after: int) -> int:
    """Return the offset of the line break before a line in a page's bytes, or -1."""
    line_end_offsets = (
        data.find(line_end + sign.encode(), after) for line_end in (b"\r\n", b"\n", b"&#x000A;")
    )
    return (
        min(
            (line_end_offset for line_end_offset in line_end_offsets if line_end_offset >= 0),
            default=-1,
        )
        if sign
        else -1
    )


def cable(
    text: str, anchors: Sequence[str] | None, form: str, location: Location
) -> RawCable | None:
    """Return the cable in a text accepted by `begins`, or None if its head is incomplete."""
    cable_text = "\n" + text.lstrip("\n")
    row_match = _ROW.match(cable_text)
    if row_match is None:
        header, body = split_header.after_addressees(cable_text[1:])
        reference_id = split_header.id_in(header, body)
        row_facts = ("", split_header.classification_in(body), origin_of(reference_id, ""))
    else:
        header, body = _parts(cable_text[row_match.end() :])
        reference_id = row_match["id"]
        row_facts = (
            _iso(row_match["time"]),
            row_match["class"],
            " ".join(row_match["origin"].split()),
        )
    if not reference_id or not body.strip():
        return None
    created_at, classification, origin = row_facts
    return RawCable(
        reference_id=reference_id,
        created=created_at,
        released="",
        classification=classification,
        origin=origin,
        title="",
        header=header.strip("\n"),
        body=body,
        format=form,
        location=location,
        anchors=tuple(anchors) if anchors is not None else None,
    )


def _plain(text: str) -> str:
    return text.replace("&#x000A;", "\n").replace("\r\n", "\n")


def _sign(body: str, start: int) -> str:
    first_line = body[start : start + _SIGN].split("\n", 1)[0].lstrip()
    return first_line.split('"', 1)[0] if first_line.isascii() else ""


def _other(body: str, reference_id: str) -> _Other | None:
    """Return the first other cable in a body, or None."""
    has_row = _CLOCK.search(body) and _ROW.search(body)
    if _SENDER not in body and not has_row:  # nearly all texts
        return None
    own_id = _canonical(reference_id)
    other_cables = [
        other_cable
        for other_cable in (_row(body, own_id), _telegram(body, own_id))
        if other_cable is not None
    ]
    return min(other_cables, default=None)


def _canonical(reference_id: str) -> str:
    from cable_tui.telegram.ids import canonical_id  # few texts need the grammar

    return canonical_id(reference_id)


def _row(body: str, own: str) -> _Other | None:
    for row_match in _ROW.finditer(body):
        if _canonical(row_match["id"]) != own and _LABEL.search(body, 0, row_match.start()):
            _, row_body = _parts(body[row_match.end() : row_match.end() + _HEAD + _LABELS])
            is_whole = _LABEL.search(row_body, 0, _LABELS) is not None
            return _Other(row_match.start() + 1, row_match["id"], is_whole, is_row=True)
    return None


def _telegram(body: str, own: str) -> _Other | None:
    """Return a telegram with its own header that follows the end of this one, or None."""
    refused_ids = {own}
    for sent_line in islice(_SENT.finditer(body), _MOST_SENT):
        header_start = sent_line.start() + 1
        telegram_header, telegram_body = split_header.after_addressees(
            body[header_start : header_start + _HEAD]
        )
        reference_id = split_header.id_in(telegram_header, telegram_body)
        canonical_id = _canonical(reference_id) if reference_id else own
        if canonical_id in refused_ids:  # a further line of a header that was refused
            continue
        if _is_over(body, header_start) and _LABEL.search(telegram_body, 0, _LABELS):
            return _Other(header_start, reference_id, is_whole=True, is_row=False)
        refused_ids.add(canonical_id)
    return None


def _is_over(body: str, start: int) -> bool:
    """Return whether a cable ends before an offset: it is signed, and quotes or relays nothing.

    If in doubt, the cable does not end there, so that a relayed cable stays complete.
    """
    text_before, text_after = body[:start], body[start:]
    if not _LABEL.search(text_before):
        return False
    if (
        _SENT_AGAIN.search(text_before)
        or _QUOTED.search(text_before)
        or _UNQUOTED.search(text_after)
    ):
        return False
    from cable_tui.telegram.people.signature import signature  # few texts need the grammar

    return bool(signature(text_before).names)


def _parts(row_rest: str) -> tuple[str, str]:
    """Return header and body of a row, after its classification."""
    part_match = _REFERENCES.match(row_rest)
    row_rest = (row_rest[part_match.end() :] if part_match else row_rest).lstrip('\t,"\n ')
    for separator in _BETWEEN.finditer(row_rest):
        if split_header.begins_as_telegram(row_rest[separator.end() : separator.end() + _SIGN]):
            header, body = row_rest[: separator.start()], row_rest[separator.end() :]
            if separator[0][0] != '"':
                return header, body
            return header, body.rstrip().removesuffix('"').replace('""', '"') + "\n"
    header, body = split_header.after_addressees(row_rest)
    if not header and row_rest.startswith("VZCZC"):  # its lines were joined
        for line_end in _LINE_ENDS.finditer(row_rest):
            if split_header.begins_as_telegram(row_rest[line_end.end() : line_end.end() + _SIGN]):
                return row_rest[: line_end.start()], row_rest[line_end.end() :]
    return header, body


def _iso(time: str) -> str:
    """Return `2006-01-20 15:43` for `1/20/2006 15:43` or `2006-01-20 15:43:00`."""
    if "/" not in time:
        return time[:16]
    date_text, clock_time = time.split(" ")
    month_number, day_number, year = date_text.split("/")
    return f"{year}-{int(month_number):02}-{int(day_number):02} {clock_time:>05}"
