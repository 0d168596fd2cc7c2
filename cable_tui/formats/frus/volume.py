"""Volumes of `Foreign Relations of the United States` in TEI: each document is a record.

Telegrams, airgrams, circulars and despatches by their headings; the other documents are yielded
too, with the reason why they are left alone unless the settings ask for them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from cable_tui.cable import EDITORIAL_NOTE, Place, Problem, RawCable
from cable_tui.formats.base import LONGEST_RECORD, BrokenRecord, Format, Record
from cable_tui.formats.encodings import as_utf8, decode_part, is_utf16
from cable_tui.pattern import pattern
from cable_tui.repository import FRUS

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
        from cable_tui.formats.frus.cutter import Cutter

        start = file.tell()
        top = file.read(_TOP)
        file.seek(start)
        volume = _volume(as_utf8(top), path)
        if not volume:
            yield Problem(path, 1, "a TEI volume without an id: name the file as it was published")
            return
        count = 0
        for document in Cutter(file).documents():
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
            if raw.edition and raw.edition.damage:
                yield Problem(path, document.line, _damage(raw, closed=document.closed))
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


def _damage(raw: RawCable, *, closed: bool) -> str:
    why = raw.edition.damage if raw.edition else ""
    own = raw.reference_id.rpartition("/")[2]
    if not closed:
        return f"{own} is cut off: it has no end; it is kept as far as it goes"
    return f"{own} is no well-formed XML ({why}): it is kept up to there"


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


FORMAT = Frus()
