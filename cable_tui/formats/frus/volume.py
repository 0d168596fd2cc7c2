"""Volumes of `Foreign Relations of the United States` in TEI: each document is a record.

Headings identify telegrams, airgrams, circulars and despatches. The other documents are also
yielded, with the reason why they are skipped unless the settings request them.

Documents, `<div type="document">` up to its end, are cut out of a volume without parsing the rest:
only the tags of divisions, comments and similar constructs are searched for. Reading a volume
therefore takes a single search, damage in one document does not affect the next, and at most one
document is in memory.
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

NO_TELEGRAM = "non-telegram FRUS document (read if frus_all = true in the settings)"
"""The kind under which other documents are counted."""
NAMELESS = (
    "FRUS documents without a volume: name the file, or a folder inside the one you open, after "
    "the volume (frus1955-57v17-d89.xml)"
)
_TOP = 8192
"""The first bytes of a volume, which contain its ID."""
_LONGEST_FRONT = 16 << 20
"""The maximum number of bytes before the first document in a volume; the longest known has 700 kB.
"""
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
"""The ID of a volume on its title page, or in the header of a file with a single document."""
_NAMED = pattern(
    rf"(?<![A-Za-z0-9])({_VOLUME}?)(?:(?<!E)d[0-9]{{1,4}})?(?![A-Za-z0-9])", re.IGNORECASE
)
"""The ID of a volume in a path, not followed by a document number."""
_DOCUMENT = pattern(
    rb"<(?:[A-Za-z_][\w.-]{0,40}:)?div(?:\s[^<>]{0,400})?\stype\s*=\s*[\"']document[\"']"
)
_ENCODING = pattern(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.-]{0,40})[\"']")


class Frus(Format):
    """Documents in the State Department's own edition."""

    name = "frus"
    label = "Foreign Relations of the United States (TEI)"
    repository = FRUS

    def matches(self, path: str, head: bytes) -> bool:
        """Recognize a file by a volume ID in its first bytes, or a document as in this edition.

        Other TEI files from the same office, such as the minutes of its committee, have neither.
        """
        first_bytes = head[:_TOP]
        is_tei = _ROOT.search(first_bytes) is not None
        if is_tei and (
            _own_volume(first_bytes) or (_TEI in first_bytes and _named(path.rpartition("/")[2]))
        ):
            return True
        if _HTML.search(first_bytes) or not (document_match := _DOCUMENT.search(head)):
            return False
        return (
            bool(_volume(first_bytes, path))
            or _TAGS_OF_TEI.search(head, document_match.end()) is not None
        )

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
                raw, skipped_kind = self._read(document.data, front_matter, location)
            except BrokenRecord as broken:
                yield Problem(path, document.line, str(broken))
                continue
            checksum = zlib.crc32(document.data)
            yield Record(location, checksum, document.line, raw, whole=True, left=skipped_kind)
            if raw.edition and (damage := raw.edition.damage):
                damage_message = f"is not well-formed XML ({damage}): the part before that was kept"
                if not document.closed:
                    damage_message = "is cut off; the part before that was kept"
                own_number = raw.reference_id.rpartition("/")[2]
                yield Problem(path, document.line, f"{own_number} {damage_message}")
        if not record_count:
            yield Problem(
                path, 0, "a FRUS volume without documents: an index, or not published yet"
            )

    def context(self, file: BinaryIO) -> bytes:
        """Return the volume's ID and lists: the bytes before the first document, as UTF-8."""
        utf8_file = Utf8File(file)
        front_matter = b""
        while len(front_matter) < _LONGEST_FRONT and (next_bytes := utf8_file.read(_PART)):
            search_start = max(len(front_matter) - _LONGEST_TAG, 0)
            front_matter += next_bytes
            if document_match := _DOCUMENT.search(front_matter, search_start):
                return _without_pages(front_matter[: document_match.start()])
        return front_matter[:_TOP]

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        front_matter, data = record[: -location.length], record[-location.length :]
        return self._read(data, front_matter, location)[0]

    def _read(self, data: bytes, front: bytes, location: Location) -> tuple[RawCable, str]:
        """Return the cable, and why it is skipped unless all documents are requested."""
        from cable_tui.formats.frus import document, markup

        first_bytes = front[:_TOP]
        marked_up = markup.read(_decoded(data, first_bytes))
        volume_id = _volume(first_bytes, location.path)
        if not document.document_id(volume_id, marked_up):
            raise BrokenRecord("a document without an id or number cannot be cited")
        raw = document.cable(marked_up, volume_id, location, _lists(front))
        return raw, left_alone(raw)


def left_alone(raw: RawCable) -> str:
    """Return why a document is skipped unless all documents are requested.

    Return an empty string for a document that is not skipped.
    """
    document_kind = raw.edition.kind if raw.edition else ""
    return "" if document_kind and document_kind != EDITORIAL_NOTE else NO_TELEGRAM


def _without_pages(front: bytes) -> bytes:
    """Remove the list of scanned pages, at least half of the bytes, from the start of a volume."""
    pages_start = front.find(b"<facsimile")
    pages_end = front.find(b"</facsimile>", pages_start) if pages_start > 0 else -1
    return (
        front if pages_end < 0 else front[:pages_start] + front[pages_end + len(b"</facsimile>") :]
    )


@lru_cache(maxsize=4)  # of volumes whose documents are being read
def _lists(front: bytes) -> VolumeLists:
    from cable_tui.formats.frus import volume_lists

    return volume_lists.read(_decoded(front, front[:_TOP]))


def _volume(top: bytes, path: str) -> str:
    """Return the ID of a volume from its root, title page, file name or folder name.

    Return an empty string if none of them shows it.
    """
    path_names = reversed(path.replace("\\", "/").split("/"))
    return _own_volume(top) or next(filter(None, map(_named, path_names)), "")


def _own_volume(top: bytes) -> str:
    """Return the volume ID stated in the volume itself, or an empty string."""
    front_text = top.decode("utf-8", "replace")
    id_match = _ROOT_ID.search(front_text) or _ID_NUMBER.search(front_text)
    return id_match[1] if id_match else ""


def _named(name: str) -> str:
    """Return the volume ID in the name of a file or folder, or an empty string."""
    id_match = _NAMED.search(name)
    return id_match[1] if id_match else ""


def _decoded(data: bytes, top: bytes) -> str:
    """Decode a record with the encoding that its bytes show or that the file declares."""
    if is_utf16(data):
        is_little_endian = data[:1] != b"\0"
        return data.decode("utf-16-le" if is_little_endian else "utf-16-be", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    encoding_match = _ENCODING.search(top.decode("latin-1"))
    if encoding_match and encoding_match[1].lower() not in {"utf-8", "utf8"}:
        try:
            return data.decode(encoding_match[1])
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_part(data)


# Documents cut out of the bytes of a file

_LONGEST_TAG = 4096
"""The maximum size of a division's tag in bytes; the longest known has 300."""
_TOKEN = pattern(rb"<(?:(?P<close>/)?(?:[A-Za-z_][\w.-]{0,40}:)?div(?=[\s/>])|!--|!\[CDATA\[|\?)")
_TAG_END = pattern(rb"(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*>")
_IS_DOCUMENT = pattern(rb"\stype\s*=\s*(?:\"document\"|'document')")
_EDGE = 64
"""The number of bytes that may contain the beginning of such a tag."""
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
"""The ends of constructs that contain no tags."""


class Document(NamedTuple):
    """The bytes of one document."""

    offset: int
    """The offset in the file, in bytes."""
    line: int
    """The line number, from 1."""
    data: bytes
    """The bytes of the document, or empty if the document is longer than `LONGEST_RECORD`."""
    closed: bool
    """Whether the document has its own end tag; if not, it ends at the next document or the file's
    end.
    """


class DocumentCutter(FileWindow):
    """Cuts a file into its documents, reading it from start to end."""

    kept = 0
    longest = LONGEST_RECORD

    def __init__(self, file: BinaryIO) -> None:
        self._source = Utf8File(file)
        self._place = 0
        """The file offset at which the data taken so far ends."""
        super().__init__(self._source)
        self._searched = self.at
        self._depth = 0
        self._open: Document | None = None
        """The open document, if any."""
        self._start = 0
        """The start of the document in the data."""
        self._missing: dict[bytes, int] = {}
        """Ends of comments and similar constructs, each with an offset before which it does not
        occur.
        """

    def take(self, end: int) -> None:
        """Implement `FileWindow.take`."""
        super().take(end)
        self._place = self._source.original(end)

    def documents(self) -> Iterator[Document]:
        """Yield the documents in order."""
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
        tag_start, token_end = self.base + token.start(), self.base + token.end()
        if closing_bytes := _ENDS.get(token[0]):
            self._pass_over(token_end, closing_bytes)
            return
        tag_match = _TAG_END.match(self.data, token.end(), token.end() + _LONGEST_TAG)
        self._searched = self.base + tag_match.end() if tag_match else token_end
        if tag_match is None or self.data[tag_match.end() - 2 : tag_match.end()] == b"/>":
            return
        if token["close"]:
            self._depth -= 1
            if self._open and not self._depth:
                yield self._cut(self._open, self._searched, closed=True)
        elif _IS_DOCUMENT.search(self.data, token.end(), tag_match.end()):
            if self._open:
                yield self._cut(self._open, tag_start, closed=False)
            self.take(tag_start)
            self._open = Document(self._place, self.line, b"", False)
            self._start = tag_start
            self._depth = 1
        elif self._open:
            self._depth += 1

    def _cut(self, document: Document, end: int, *, closed: bool) -> Document:
        self._open = None
        is_whole = self.at == self._start and end - self._start <= self.longest
        document_bytes = self.bytes(self._start, end) if is_whole else b""
        self.take(end)
        if document_bytes and self._source.codec:
            document_bytes = self._source.own_bytes(document.offset, self._place)
        return document._replace(data=document_bytes, closed=closed)

    def _pass_over(self, start: int, closing_bytes: bytes) -> None:
        """Skip a comment. Text without the end of a comment is not a comment."""
        self._searched = search_start = start
        if self._missing.get(closing_bytes, -1) > start:
            return
        while (end_offset := self.data.find(closing_bytes, search_start - self.base)) < 0:
            search_start = max(self.end - len(closing_bytes) + 1, start)
            if self.end - start > self.longest or not self._more(start):
                self._missing[closing_bytes] = self.end
                return
        self._searched = self.base + end_offset + len(closing_bytes)

    def _more(self, edge: int) -> bool:
        """Read more data, to be searched from `edge` onward; return whether there was more.

        Data before `edge`, or before the open document, is dropped.
        """
        self._searched = edge
        if not self._open or edge - self._start > self.longest:
            self.take(edge)
        return self.more()


FORMAT = Frus()
