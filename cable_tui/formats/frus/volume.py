"""Volumes of `Foreign Relations of the United States` in TEI: each document is a record.

Telegrams, airgrams, circulars and despatches by their headings; the other documents are yielded
too, with the reason why they are left alone unless the settings ask for them.

Documents are cut out of a volume, `<div type="document">` to its end, without reading the rest:
only starts and ends of divisions, comments and such are looked for, so that a volume costs a
search, damage in one document spares the next, and no more than one document is held.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from cable_tui.cable import EDITORIAL_NOTE, FRUS, Place, Problem, RawCable
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record
from cable_tui.formats.encodings import as_utf8, decode_part, is_utf16
from cable_tui.pattern import pattern

NO_TELEGRAM = "FRUS document (no telegram; frus_all reads it)"
"""The kind under which the other documents are counted."""
_TOP = 8192
"""Bytes of a volume in which its id stands."""
_ROOT = pattern(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:TEI(?:\.2)?|teiCorpus|div)\b[^>]{0,2000}>")
_TEI = b"http://www.tei-c.org/ns/1.0"
_OURS = (b"history.state.gov/frus", b'"frus"', b"'frus'")
_VOLUME = r"frus[0-9]{4}(?:-[0-9]{2,4})?[A-Za-z0-9]{0,40}"
_ROOT_ID = pattern(rf"<[^<>]{{1,2000}}\sxml:id\s*=\s*[\"']({_VOLUME})[\"']")
_ID_NUMBER = pattern(rf"<[^<>]*idno[^<>]*frus[^<>]*>\s*({_VOLUME})\s*<")
_NAMED = pattern(rf"(?<![A-Za-z0-9])({_VOLUME})", re.IGNORECASE)
_ENCODING = pattern(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})[\"']")


class Frus(Format):
    """Documents of the State Department's own edition."""

    name = "frus"
    label = "Foreign Relations of the United States (TEI)"
    repository = FRUS
    top = _TOP

    def matches(self, path: str, head: bytes) -> bool:
        """By a root of TEI and a sign of this edition in its first bytes or its name."""
        found = _ROOT.search(head, 0, _TOP)
        if found is None or _TEI not in head[:_TOP]:
            return False
        return any(sign in head[:_TOP] for sign in _OURS) or bool(_volume(head[:_TOP], path))

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """As in `Format`."""
        start = file.tell()
        top = file.read(_TOP)
        file.seek(start)
        volume = _volume(as_utf8(top), path)
        if not volume:
            yield Problem(path, 1, "a TEI volume without an id: name the file as it was published")
            return
        count = 0
        for document in DocumentCutter(file).documents():
            count += 1
            if not document.data:
                reason = f"a document of more than {LONGEST_RECORD >> 20} MiB"
                yield Problem(path, document.line, reason)
                continue
            place = Place(path, document.offset, len(document.data))
            try:
                raw, left = self._read(document.data, top, place)
            except BrokenRecord as broken:
                yield Problem(path, document.line, str(broken))
                continue
            crc = zlib.crc32(document.data)
            yield Record(place, crc, document.line, raw, whole=True, left=left)
            if raw.edition and (why := raw.edition.damage):
                said = f"is no well-formed XML ({why}): it is kept up to there"
                if not document.closed:
                    said = "is cut off: it has no end; it is kept as far as it goes"
                own = raw.reference_id.rpartition("/")[2]
                yield Problem(path, document.line, f"{own} {said}")
        if not count:
            yield Problem(
                path, 0, "a FRUS volume without documents: an index, or not published yet"
            )

    def at(self, record: bytes, place: Place) -> RawCable:
        """As in `Format`; before the record stand the first bytes of the file."""
        top, data = record[: -place.length], record[-place.length :]
        return self._read(data, top, place)[0]

    def _read(self, data: bytes, top: bytes, place: Place) -> tuple[RawCable, str]:
        """The cable, and why it is left alone unless all documents are wanted."""
        from cable_tui.formats.frus import document, markup

        top = as_utf8(top)
        marked = markup.read(_decoded(data, top))
        volume = _volume(top, place.path)
        if not document.document_id(volume, marked.attributes):
            raise BrokenRecord("a document without an id or a number: it cannot be cited")
        raw = document.cable(marked, volume, place)
        kind = raw.edition.kind if raw.edition else ""
        return raw, "" if kind and kind != EDITORIAL_NOTE else NO_TELEGRAM


def _volume(top: bytes, path: str) -> str:
    """The id of a volume: of its root, of its title page, or the name of its file; or empty."""
    text = top.decode("utf-8", "replace")
    found = _ROOT_ID.search(text) or _ID_NUMBER.search(text)
    if found is None:
        found = _NAMED.search(PurePosixPath(path.replace("\\", "/")).name)
    return found[1] if found else ""


def _decoded(data: bytes, top: bytes) -> str:
    """The text of a record: in the encoding of the file, or what its bytes say."""
    if is_utf16(data):
        little = data[:1] != b"\0"
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    declared = _ENCODING.search(top.decode("latin-1"))
    if declared and declared[1].lower() not in {"utf-8", "utf8"}:
        try:
            return data.decode(declared[1])
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_part(data)


# Documents cut out of the bytes of a file

_CHUNK = 1 << 19
_LONGEST_TAG = 4096
"""Bytes of the tag of a division; the longest seen has 300."""
_TOKEN = pattern(rb"<(?:(?P<close>/)?(?:[A-Za-z_][\w.-]{0,40}:)?div(?=[\s/>])|!--|!\[CDATA\[|\?)")
_TAG_END = pattern(rb"(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>")
_IS_DOCUMENT = pattern(rb"\stype\s*=\s*(?:\"document\"|'document')")
_EDGE = 64
"""Bytes in which the beginning of such a tag has room."""
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""What ends the things in which no tag is one."""
_BEYOND_LATIN = pattern("[\U00010000-\U0010ffff]")


class Document(NamedTuple):
    """The bytes of one document."""

    offset: int
    """In the file, in bytes."""
    line: int
    """From 1."""
    data: bytes
    """Empty where it is longer than `LONGEST_RECORD`."""
    closed: bool
    """It ends with its own end tag, not with the next document or the file."""


class _Source:
    """A file as bytes of which each is one unit of its encoding: two bytes of UTF-16 are one.

    `units` is what is searched, `raw` the same stretch of the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.raw = file.read(_CHUNK)
        self.width = 2 if is_utf16(self.raw) else 1
        little = not self.raw.startswith(codecs.BOM_UTF16_BE) and self.raw[:1] != b"\0"
        self._codec = "utf-16-le" if little else "utf-16-be"
        self.units = self._narrow(self.raw)
        self.base = 0
        """Units of the file before these."""
        self._line, self._lined = 1, 0
        """The line of a place in `units` up to which they were counted."""

    def read_on(self) -> bool:
        """Read more of the file; False at its end."""
        chunk = self._file.read(_CHUNK)
        self.units += self._narrow(chunk)
        self.raw = self.units if self.width == 1 else self.raw + chunk
        return bool(chunk)

    def drop(self, units: int) -> None:
        """Forget what stands before a place."""
        self.line_of(units)
        self._lined -= units
        self.base += units
        self.units = self.units[units:]
        self.raw = self.units if self.width == 1 else self.raw[units * self.width :]

    def line_of(self, at: int) -> int:
        """The line of a place in `units`, from 1; places are asked for in their order."""
        if at > self._lined:
            self._line += self.units.count(b"\n", self._lined, at)
            self._lined = at
        return self._line

    def bytes_of(self, start: int, end: int) -> bytes:
        """The file's own bytes of some units."""
        return self.raw[start * self.width : end * self.width]

    def _narrow(self, raw: bytes) -> bytes:
        if self.width == 1:
            return raw
        text = raw.decode(self._codec, "replace")
        # A sign of two units stays two, so that places stay true.
        return _BEYOND_LATIN.sub("??", text).encode("latin-1", "replace")


class _Open(NamedTuple):
    """A document that has begun."""

    start: int
    """In `_Source.units`."""
    line: int
    dropped: int
    """Units that were forgotten because it is too long."""


class DocumentCutter:
    """Reads a file from its start to its end."""

    def __init__(self, file: BinaryIO) -> None:
        self._source = _Source(file)
        self._at = 0
        self._depth = 0
        self._open: _Open | None = None
        self._missing: dict[bytes, int] = {}
        """Ends of comments and such that do not stand before these units of the file."""

    def documents(self) -> Iterator[Document]:
        """The documents, in their order."""
        source = self._source
        ended = False
        while True:
            found = _TOKEN.search(source.units, self._at)
            # A tag at the edge of what was read may go on behind it.
            if not ended and (found is None or found.start() + _LONGEST_TAG > len(source.units)):
                edge = len(source.units) - _EDGE if found is None else found.start()
                ended = not self._more(max(edge, self._at))
            elif found is None:
                break
            else:
                yield from self._token(found)
        if self._open:
            yield self._cut(self._open, len(source.units), closed=False)

    def _token(self, found: re.Match[bytes]) -> Iterator[Document]:
        units = self._source.units
        if end := _ENDS.get(found[0]):
            self._pass_over(found.end(), end)
            return
        tag = _TAG_END.match(units, found.end(), found.end() + _LONGEST_TAG)
        self._at = tag.end() if tag else found.end()
        if tag is None or units[tag.end() - 2 : tag.end()] == b"/>":
            return
        if found["close"]:
            self._depth -= 1
            if self._open and not self._depth:
                yield self._cut(self._open, tag.end(), closed=True)
        elif _IS_DOCUMENT.search(units, found.end(), tag.end()):
            if self._open:
                yield self._cut(self._open, found.start(), closed=False)
            line = self._source.line_of(found.start())
            self._open = _Open(found.start(), line, 0)
            self._depth = 1
        elif self._open:
            self._depth += 1

    def _cut(self, document: _Open, end: int, *, closed: bool) -> Document:
        self._open = None
        source = self._source
        whole = not document.dropped and end - document.start <= LONGEST_RECORD
        data = source.bytes_of(document.start, end) if whole else b""
        offset = (source.base + document.start - document.dropped) * source.width
        return Document(offset, document.line, data, closed)

    def _pass_over(self, at: int, end: bytes) -> None:
        """Go behind a comment; one without an end is no comment."""
        source = self._source
        self._at = searched = at
        begin = source.base + at
        if self._missing.get(end, -1) > begin:
            return
        while (stop := source.units.find(end, searched)) < 0:
            known = source.base + len(source.units)
            searched = max(known - len(end) + 1, begin)
            if known - begin > LONGEST_RECORD or not self._more(self._at):
                self._missing[end] = known
                return
            searched -= source.base
        self._at = stop + len(end)

    def _more(self, edge: int) -> bool:
        """Read on; forget what stands before the open document, or else before `edge`.

        False at the end of the file.
        """
        keep = edge
        if document := self._open:
            dropped = edge - document.start
            keep = edge if dropped > LONGEST_RECORD else document.start
            dropped = document.dropped + (dropped if keep == edge else 0)
            self._open = document._replace(start=0, dropped=dropped)
        self._source.drop(keep)
        self._at = edge - keep
        return self._source.read_on()


FORMAT = Frus()
