"""`cables.csv`, the whole archive as one file: eight quoted columns a row, backslash escapes.

Number, date, reference ID, origin, classification, references, header, body. Where a row begins is
found by its look at the start of a line, not by counting quotes: a damaged row never hides the next
one, and no more than one row is held in memory.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from cable_tui.cable import Place, Problem, RawCable
from cable_tui.formats.encodings import decode_part, is_utf16
from cable_tui.formats.record import LONGEST_RECORD, BrokenRecord, Record
from cable_tui.formats.rows import Row, rows
from cable_tui.text import clean_line, clean_text

_FIRST = re.compile(rb'"[0-9]{1,9}","[0-9]{1,2}/[0-9]{1,2}/[0-9]{4} ')
_NEXT = re.compile(rb"\n" + _FIRST.pattern)  # a literal start is ten times faster to find
_FIELD = rb'"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)"'
_COLUMNS = re.compile(b",".join([_FIELD] * 8), re.DOTALL)
_SEVEN_COLUMNS = re.compile(b",".join([_FIELD] * 7) + b',"', re.DOTALL)
_ESCAPE = re.compile(r"\\([\"'\\]|\r?\n)|\"(\")")
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}) ([0-9]{1,2}):([0-9]{2})")

_Columns = tuple[bytes, ...]


class Dump:
    """The dump of all cables, also known as `wikileaks-cables-csv`."""

    name = "dump-csv"
    label = "cables.csv (one row a cable)"

    def matches(self, path: str, head: bytes) -> bool:
        """By the first row; in a file of that name also by a later one, if the first is broken."""
        named = path.lower().endswith(".csv")
        return bool(_FIRST.match(head) or (named and _NEXT.search(head)))

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`: the facts of each row, and what is wrong with damaged ones."""
        for row in rows(file, _FIRST, _NEXT, LONGEST_RECORD):
            if row.data is None:
                yield Problem(path, row.line, f"a row of more than {LONGEST_RECORD >> 20} MiB")
            elif row.line == 1 and is_utf16(row.data):
                yield Problem(path, 1, "a dump in UTF-16: convert it to UTF-8 first")
            else:
                yield from _record(row, row.data, path)

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`."""
        columns, _ = _split(record)
        return _cable(columns, place, texts=True)


def _record(row: Row, data: bytes, path: str) -> Iterator[Record | Problem]:
    """The record of a row; and a problem for what stands in it beyond its end."""
    if not row.opened:
        if data.strip():
            yield Problem(path, row.line, "text outside of any row")
        return
    try:
        columns, end = _split(data)
    except BrokenRecord as broken:
        yield Problem(path, row.line, str(broken))
        return
    place = Place(path, row.offset, end)
    cable = _cable(columns, place, texts=False)
    yield Record(place, zlib.crc32(data[:end]), row.line, cable, whole=False)
    if data[end:].strip():
        yield Problem(path, row.line + data.count(b"\n", 0, end + 1), "text outside of any row")


def _split(data: bytes) -> tuple[_Columns, int]:
    """The eight columns, still escaped, and where the last one ends."""
    found = _COLUMNS.match(data)
    if found and data[found.end() : found.end() + 1] in {b"", b"\r", b"\n"}:
        return found.groups(), found.end()
    return _with_stray_quotes(data)


def _with_stray_quotes(data: bytes) -> tuple[_Columns, int]:
    """The columns of a row whose body has quotes without a backslash, or what is wrong with it."""
    found = _SEVEN_COLUMNS.match(data)
    if not found:
        raise BrokenRecord("the row has fewer than eight columns, or one without an end")
    end = len(data.rstrip())
    body = data[found.end() : end - 1]
    if end <= found.end() or data[end - 1 : end] != b'"' or _escaped(body):
        raise BrokenRecord("the last column has no end")
    if b'","' in body:
        raise BrokenRecord("the row has more than eight columns")
    return (*found.groups(), body), end


def _escaped(body: bytes) -> bool:
    """Whether the quote that follows belongs to the text: an odd number of backslashes before."""
    return (len(body) - len(body.rstrip(b"\\"))) % 2 == 1


def _cable(columns: _Columns, place: Place, *, texts: bool) -> RawCable:
    _, date, reference_id, origin, classification, references, header, body = columns
    created = _date(_plain(date))
    return RawCable(
        reference_id=clean_line(_plain(reference_id)).strip(),
        created=created,
        released="",
        classification=_value(classification),
        origin=_value(origin),
        title="",
        header=clean_text(_plain(header)) if texts or _doubtful(created) else "",
        body=clean_text(_plain(body)) if texts else "",
        format=Dump.name,
        place=place,
        references=tuple(
            clean_line(item).strip() for item in _plain(references).split("|") if item.strip()
        ),
    )


def _plain(column: bytes) -> str:
    """A column's text without its escapes; a backslash before any other sign is text."""
    text = decode_part(column)
    if "\\" in text or '""' in text:
        return _ESCAPE.sub(lambda found: found[1] or found[2], text)
    return text


@lru_cache(maxsize=2048)
def _value(column: bytes) -> str:
    """Origin or classification: a few hundred different ones in a quarter of a million rows."""
    return clean_line(_plain(column)).strip()


def _date(text: str) -> str:
    """`12/28/1966 18:48` as the pages write it; anything else as it stands."""
    found = _DATE.fullmatch(text)
    if not found:
        return clean_line(text)
    month, day, year, hour, minute = found.groups()
    return f"{year}-{month:0>2}-{day:0>2} {hour:0>2}:{minute}"


def _doubtful(created: str) -> bool:
    """Whether the minutes look like those that the site printed wrong, the hour on a clock of 12.

    Then only the header can say what the time was (docs: the pages of 2010 show 18:06 for 18:48).
    """
    hour, _, minute = created[11:].partition(":")
    return not hour.isdigit() or not minute.isdigit() or int(minute) == (int(hour) - 1) % 12 + 1
