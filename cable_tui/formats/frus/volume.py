"""Volumes of `Foreign Relations of the United States` in TEI: each document is a record.

Telegrams, airgrams, circulars and despatches by their headings; the other documents are yielded
too, with the reason why they are left alone unless the settings ask for them.

Documents are cut out of a volume, `<div type="document">` to its end, without reading the rest:
only starts and ends of divisions, comments and such are looked for, so that a volume costs a
search, damage in one document spares the next, and no more than one document is held.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from cable_tui.base.cable import EDITORIAL_NOTE, FRUS, Location, Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record
from cable_tui.formats.encodings import decode_part, is_utf16
from cable_tui.formats.file_text import FileWindow, Utf8File

if TYPE_CHECKING:
    from cable_tui.formats.frus.volume_lists import VolumeLists

NO_TELEGRAM = "FRUS document (not a telegram; the setting frus_all reads it)"
"""The kind under which the other documents are counted."""
NAMELESS = (
    "documents of FRUS without a volume: "
    "name the file after it (frus1955-57v17-d89.xml), or a folder below the one that you open"
)
_TOP = 8192
"""The first bytes of a volume, which contain its id."""
_LONGEST_FRONT = 16 << 20
"""The most bytes before the first document of a volume; the longest seen has 700 kB."""
_PART = 1 << 18
_ROOT = pattern(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:TEI(?:\.2)?|teiCorpus)\b[^>]{0,2000}>")
_TEI = b"http://www.tei-c.org/ns/1.0"
_TAGS_OF_TEI = pattern(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:dateline|placeName|persName|gloss)\b")
_DOCUMENT = pattern(
    rb"<(?:[A-Za-z_][\w.-]{0,40}:)?div(?=\s)[^<>]{0,400}\stype\s*=\s*[\"']document[\"']"
)
_HTML = pattern(rb"<(?:!doctype )?html\b", re.IGNORECASE)
_VOLUME = r"frus[0-9]{4}(?:-[0-9]{2,4})?[A-Za-z0-9]{0,40}"
_ROOT_ID = pattern(rf"<[^<>]{{1,2000}}\s(?:xml:)?id\s*=\s*[\"']({_VOLUME})[\"']")
_ID_NUMBER = pattern(
    rf"<[^<>]*(?:idno[^<>]*frus|bibl[^<>]*frus-volume-id)[^<>]*>\s*({_VOLUME})\s*<"
)
"""The id of a volume on its title page, or in the head of a document alone in its file."""
_NAMED = pattern(
    rf"(?<![A-Za-z0-9])({_VOLUME}?)(?:(?<!E)d[0-9]{{1,4}})?(?![A-Za-z0-9])", re.IGNORECASE
)
"""The id of a volume in a path, without the number of a document after it."""
_DOCUMENT = pattern(
    rb"<(?:[A-Za-z_][\w.-]{0,40}:)?div(?:\s[^<>]{0,400})?\stype\s*=\s*[\"']document[\"']"
)
_ENCODING = pattern(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})[\"']")


class Frus(Format):
    """Documents of the State Department's own edition."""

    name = "frus"
    label = "Foreign Relations of the United States (TEI)"
    repository = FRUS

    def matches(self, path: str, head: bytes) -> bool:
        """Recognise it by a volume's id in its first bytes, or a document as in this edition.

        Other TEI of the same office, such as the minutes of its committee, has neither.
        """
        top = head[:_TOP]
        is_tei = _ROOT.search(top) is not None
        if is_tei and (_own_volume(top) or (_TEI in top and _named(path.rpartition("/")[2]))):
            return True
        if _HTML.search(top) or not (document := _DOCUMENT.search(head)):
            return False
        return bool(_volume(top, path)) or _TAGS_OF_TEI.search(head, document.end()) is not None

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Implement `Format.records`."""
        front_matter = self.context(file)
        if not _volume(front_matter[:_TOP], path):
            yield Problem(path, 1, NAMELESS)
            return
        record_count = 0
        for document in DocumentCutter(file).documents():
            record_count += 1
            if not document.data:
                reason = f"a document of more than {LONGEST_RECORD >> 20} MiB"
                yield Problem(path, document.line, reason)
                continue
            location = Location(path, document.offset, len(document.data))
            try:
                raw, text_left = self._read(document.data, front_matter, location)
            except BrokenRecord as broken:
                yield Problem(path, document.line, str(broken))
                continue
            crc = zlib.crc32(document.data)
            yield Record(location, crc, document.line, raw, whole=True, left=text_left)
            if raw.edition and (damage := raw.edition.damage):
                fault = f"is not well-formed XML ({damage}): the part before that is kept"
                if not document.closed:
                    fault = "is cut off: it has no end; the part before that is kept"
                own_number = raw.reference_id.rpartition("/")[2]
                yield Problem(path, document.line, f"{own_number} {fault}")
        if not record_count:
            yield Problem(
                path, 0, "a FRUS volume without documents: an index, or not published yet"
            )

    def context(self, file: BinaryIO) -> bytes:
        """Return what is before the first document, in UTF-8 if it is in UTF-16: id and lists."""
        source = Utf8File(file)
        front_matter = b""
        while len(front_matter) < _LONGEST_FRONT and (part := source.read(_PART)):
            searched_to = max(len(front_matter) - _LONGEST_TAG, 0)
            front_matter += part
            if match := _DOCUMENT.search(front_matter, searched_to):
                return _without_pages(front_matter[: match.start()])
        return front_matter[:_TOP]

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        front_matter, data = record[: -location.length], record[-location.length :]
        return self._read(data, front_matter, location)[0]

    def _read(self, data: bytes, front: bytes, location: Location) -> tuple[RawCable, str]:
        """Return the cable, and why it is left out unless all documents are wanted."""
        from cable_tui.formats.frus import document, markup

        top_of_front = front[:_TOP]
        marked_up = markup.read(_decoded(data, top_of_front))
        volume = _volume(top_of_front, location.path)
        if not document.document_id(volume, marked_up):
            raise BrokenRecord("a document without an id or a number: it cannot be cited")
        raw = document.cable(marked_up, volume, location, _lists(front))
        return raw, left_alone(raw)


def left_alone(raw: RawCable) -> str:
    """Return why a document is left out unless all are wanted; empty for one that is not."""
    kind = raw.edition.kind if raw.edition else ""
    return "" if kind and kind != EDITORIAL_NOTE else NO_TELEGRAM


def _without_pages(front: bytes) -> bytes:
    """Remove the list of scanned pages, half or more of it, from the start of a volume."""
    start = front.find(b"<facsimile")
    end = front.find(b"</facsimile>", start) if start > 0 else -1
    return front if end < 0 else front[:start] + front[end + len(b"</facsimile>") :]


@lru_cache(maxsize=4)  # of volumes whose documents are being read
def _lists(front: bytes) -> VolumeLists:
    from cable_tui.formats.frus import volume_lists

    return volume_lists.read(_decoded(front, front[:_TOP]))


def _volume(top: bytes, path: str) -> str:
    """Return the id of a volume, from its root, title page, file or a folder around; or empty."""
    path_names = reversed(path.replace("\\", "/").split("/"))
    return _own_volume(top) or next(filter(None, map(_named, path_names)), "")


def _own_volume(top: bytes) -> str:
    """Return the id in a volume itself."""
    text = top.decode("utf-8", "replace")
    match = _ROOT_ID.search(text) or _ID_NUMBER.search(text)
    return match[1] if match else ""


def _named(name: str) -> str:
    """Return the id of a volume in the name of a file or a folder."""
    match = _NAMED.search(name)
    return match[1] if match else ""


def _decoded(data: bytes, top: bytes) -> str:
    """Decode a record's text by the encoding of the file, or the one that its bytes show."""
    if is_utf16(data):
        is_little_endian = data[:1] != b"\0"
        return data.decode("utf-16-le" if is_little_endian else "utf-16-be", "replace")
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

_LONGEST_TAG = 4096
"""The most bytes of a division's tag; the longest seen has 300."""
_TOKEN = pattern(rb"<(?:(?P<close>/)?(?:[A-Za-z_][\w.-]{0,40}:)?div(?=[\s/>])|!--|!\[CDATA\[|\?)")
_TAG_END = pattern(rb"(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>")
_IS_DOCUMENT = pattern(rb"\stype\s*=\s*(?:\"document\"|'document')")
_EDGE = 64
"""Bytes that may hold the beginning of such a tag."""
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""The ends of parts in which there are no tags."""


class Document(NamedTuple):
    """The bytes of one document."""

    offset: int
    """Offset in the file, in bytes."""
    line: int
    """Line number, from 1."""
    data: bytes
    """Bytes of the document; empty if it is longer than `LONGEST_RECORD`."""
    closed: bool
    """Whether it ends with its own end tag, not at the next document or the end of the file."""


class DocumentCutter(FileWindow):
    """Reads a file from its start to its end; what was taken ends where a document may begin."""

    kept = 0
    longest = LONGEST_RECORD

    def __init__(self, file: BinaryIO) -> None:
        self._source = Utf8File(file)
        self._place = 0
        """The offset in the file itself at which the taken data end."""
        super().__init__(self._source)
        self._searched = self.at
        self._depth = 0
        self._open: Document | None = None
        """The open document."""
        self._start = 0
        """Start of the document in the data."""
        self._missing: dict[bytes, int] = {}
        """Ends of comments and similar that do not occur before these offsets."""

    def take(self, end: int) -> None:
        """Implement `FileWindow.take`."""
        super().take(end)
        self._place = self._source.original(end)

    def documents(self) -> Iterator[Document]:
        """Yield the documents, in their order."""
        while True:
            token = _TOKEN.search(self.data, self._searched - self.base)
            # A tag at the edge of what was read may go on after it.
            if not self.ended and (token is None or token.start() + _LONGEST_TAG > len(self.data)):
                safe_end = self.end - _EDGE if token is None else self.base + token.start()
                self._more(max(safe_end, self._searched))
            elif token is None:
                break
            else:
                yield from self._token(token)
        if self._open:
            yield self._cut(self._open, self.end, closed=False)

    def _token(self, token: re.Match[bytes]) -> Iterator[Document]:
        begin, token_end = self.base + token.start(), self.base + token.end()
        if end_tag := _ENDS.get(token[0]):
            self._pass_over(token_end, end_tag)
            return
        tag = _TAG_END.match(self.data, token.end(), token.end() + _LONGEST_TAG)
        self._searched = self.base + tag.end() if tag else token_end
        if tag is None or self.data[tag.end() - 2 : tag.end()] == b"/>":
            return
        if token["close"]:
            self._depth -= 1
            if self._open and not self._depth:
                yield self._cut(self._open, self._searched, closed=True)
        elif _IS_DOCUMENT.search(self.data, token.end(), tag.end()):
            if self._open:
                yield self._cut(self._open, begin, closed=False)
            self.take(begin)
            self._open = Document(self._place, self.line, b"", False)
            self._start = begin
            self._depth = 1
        elif self._open:
            self._depth += 1

    def _cut(self, document: Document, end: int, *, closed: bool) -> Document:
        self._open = None
        is_whole = self.at == self._start and end - self._start <= self.longest
        data = self.bytes(self._start, end) if is_whole else b""
        self.take(end)
        if data and self._source.codec:
            data = self._source.own_bytes(document.offset, self._place)
        return document._replace(data=data, closed=closed)

    def _pass_over(self, start: int, end: bytes) -> None:
        """Skip a comment; one without an end is not a comment."""
        self._searched = searched_to = start
        if self._missing.get(end, -1) > start:
            return
        while (stop_at := self.data.find(end, searched_to - self.base)) < 0:
            searched_to = max(self.end - len(end) + 1, start)
            if self.end - start > self.longest or not self._more(start):
                self._missing[end] = self.end
                return
        self._searched = self.base + stop_at + len(end)

    def _more(self, edge: int) -> bool:
        """Read on from a place up to which all is known; whether there was more.

        The data before it, or before the document that is open, is dropped.
        """
        self._searched = edge
        if not self._open or edge - self._start > self.longest:
            self.take(edge)
        return self.more()


FORMAT = Frus()
