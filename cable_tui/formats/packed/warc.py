"""Web archives of crawlers (WARC): the pages in their responses, however they are compressed.

Each record is one record of the WARC, with its headers, and can be reread without the others. Its
payload is treated as a page file whose name is its address. Servers compress what they send;
crawlers store it as sent, or decompress it and keep the headers that describe the compression. A
payload that is not compressed as its headers state is used unchanged. A WACZ is a zip with such
files.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.base.pattern import pattern
from cable_tui.base.value import replace
from cable_tui.formats.base import (
    HEAD,
    LONGEST_PAGE,
    BrokenRecord,
    Format,
    PageFormat,
    Record,
    Skip,
)
from cable_tui.text import clean_line
from cable_tui.text.numbers import counted

_VERSION = pattern(rb"WARC/[01]\.[0-9]{1,2}\r?\n")
_FIELD = pattern(rb"(?m)^(?P<name>[A-Za-z-]{1,60}):[ \t]{0,20}(?P<value>[^\r\n]{0,8000})")
_HEADERS_END = pattern(rb"\r?\n\r?\n")
_CHUNK = pattern(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_LINE = 1 << 16
_HEADERS = 1 << 16
"""The maximum size, in bytes, of the headers of a record or a response."""
_WITH_PAGE = frozenset((b"response", b"resource", b"conversion"))
_SECOND = "this response in the web archive contains a second page, which was not read"
_DAMAGED = (
    "there is no web archive record at this point. Everything up to the next record was skipped"
)
_LIKE_CABLES = "perhaps a cable in an unknown format (save its text as a file to read it)"
_TOO_LONG = f"a response of more than {LONGEST_PAGE >> 20} MiB, which was skipped"
_NEEDS = {"br": "brotli", "zstd": "zstandard"}
"""The packages that decompress what the standard library cannot, by encoding name."""


class Warc(Format):
    """The `.warc` or `.warc.gz` file of a crawler."""

    name = "warc"
    label = "crawler's web archive (WARC)"

    def matches(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - any name will do
        """Recognize a file by its first line."""
        return _VERSION.match(head) is not None

    def records(self, file: BinaryIO, path: str) -> Iterator[Record | Problem]:
        """Yield the pages in the responses; responses left out are counted at the end."""
        skipped_by_reason: Counter[str] = Counter()
        for warc_part in _parts(file):
            if warc_part.reason:
                yield Problem(path, warc_part.line, warc_part.reason)
            elif warc_part.kind == b"revisit":
                skipped_by_reason["a page that is also in another record"] += 1
            elif warc_part.kind in _WITH_PAGE:
                try:
                    yield from self._read(warc_part, path, skipped_by_reason)
                except BrokenRecord as broken:
                    skipped_by_reason[str(broken)] += 1
        for reason, count in skipped_by_reason.items():
            yield Problem(path, 0, f"{counted(count, 'response')} skipped: {reason}")

    def _read(
        self, part: _Part, path: str, skipped_by_reason: Counter[str]
    ) -> Iterator[Record | Problem]:
        location = Location(path, part.offset, len(part.data))
        cables_and_problems = list(_items(part.data, location))
        cables = [
            cable_or_problem
            for cable_or_problem in cables_and_problems
            if isinstance(cable_or_problem, RawCable)
        ]
        if cables:
            yield Record(location, zlib.crc32(part.data), part.line, cables[0], whole=True)
        elif not cables_and_problems:
            skipped_by_reason["a picture, a style sheet or another page without a cable"] += 1
        for cable_or_problem in cables_and_problems:
            if isinstance(cable_or_problem, Problem):
                yield replace(cable_or_problem, path=path, line=part.line)
        if len(cables) > 1:
            yield Problem(path, part.line, _SECOND)

    def at(self, record: bytes, location: Location) -> RawCable:
        """Implement `Format.at`."""
        for cable_or_problem in _items(record, location):
            if isinstance(cable_or_problem, RawCable):
                return cable_or_problem
        raise BrokenRecord("the response contains no cable")


class _Part(NamedTuple):
    offset: int
    line: int
    kind: bytes = b""
    data: bytes = b""
    """The headers and block of the record."""
    reason: str = ""


def _parts(file: BinaryIO) -> Iterator[_Part]:
    """Yield the records of a file from its start."""
    record_start, line_number = 0, 1
    is_after_damage = False
    while True:
        file.seek(record_start)
        first_line = file.readline(_LINE)
        if not first_line:
            return
        if not _VERSION.fullmatch(first_line):
            if first_line.strip() and not is_after_damage:
                yield _Part(record_start, line_number, reason=_DAMAGED)
                is_after_damage = True
            record_start, line_number = (
                record_start + len(first_line),
                line_number + first_line.count(b"\n"),
            )
            continue
        is_after_damage = False
        headers = first_line + file.read(_HEADERS)
        headers_end = _HEADERS_END.search(headers)
        fields = _fields(headers[: headers_end.start()] if headers_end else b"")
        length_field = fields.get(b"content-length", b"")
        if headers_end is None or not length_field.isdigit() or len(length_field) > 15:
            yield _Part(record_start, line_number, reason=_DAMAGED)
            record_start, line_number, is_after_damage = (
                record_start + len(first_line),
                line_number + 1,
                True,
            )
            continue
        record_size = headers_end.end() + int(length_field)
        record_type = fields.get(b"warc-type", b"").lower()
        if record_size > LONGEST_PAGE + _HEADERS:
            is_page = b"html" in headers[headers_end.end() : headers_end.end() + HEAD].lower()
            if record_type in _WITH_PAGE and is_page:
                yield _Part(record_start, line_number, reason=_TOO_LONG)
        else:
            file.seek(record_start)
            record_data = file.read(record_size)
            if len(record_data) < record_size:
                yield _Part(record_start, line_number, reason="the file ends inside this record")
            yield _Part(record_start, line_number, record_type, record_data)
            line_number += record_data.count(b"\n")
        record_start += record_size


def _fields(headers: bytes) -> dict[bytes, bytes]:
    """Return the given header fields by lower-case name.

    The first of several equal names is used.
    """
    fields: dict[bytes, bytes] = {}
    for field in _FIELD.finditer(headers):
        fields.setdefault(field["name"].lower(), field["value"].strip())
    return fields


def _items(record: bytes, location: Location) -> Iterator[RawCable | Problem]:
    """Yield the contents of a record's page, as if it were a file. Raises `BrokenRecord`."""
    from cable_tui.formats import sniff  # which imports this

    headers_end = _HEADERS_END.search(record)
    http_fields = _fields(record[: headers_end.start()] if headers_end else b"")
    payload = _payload(http_fields, record[headers_end.end() :] if headers_end else b"")
    page_path = _path(http_fields.get(b"warc-target-uri", b""))
    page_format = sniff(page_path, payload[:HEAD])
    if isinstance(page_format, Skip):
        if page_format.why:
            raise BrokenRecord(_LIKE_CABLES)
        return
    if not isinstance(page_format, PageFormat):
        raise BrokenRecord(
            f"{page_format.label} inside a web archive (save it as a file to read it)"
        )
    for record_or_problem in page_format.records(BytesIO(payload), page_path):
        yield (
            record_or_problem
            if isinstance(record_or_problem, Problem)
            else replace(record_or_problem.cable, location=location)
        )


def _path(address: bytes) -> str:
    """Return the path in the address of a page, or `/` if it has none."""
    try:
        target_path = urlsplit(unquote(address.strip(b"<>").decode("latin-1"))).path
    except ValueError:  # a host with brackets, or with letters that none has
        target_path = ""
    return clean_line(target_path or "/")


def _payload(fields: dict[bytes, bytes], block: bytes) -> bytes:
    """Return the content of a block, decompressed as its headers state, or else unchanged.

    Raises `BrokenRecord`.
    """
    if b"application/http" not in fields.get(b"content-type", b"").lower():
        return block
    headers_end = _HEADERS_END.search(block, 0, _HEADERS)
    http_fields = _fields(block[: headers_end.start()] if headers_end else b"")
    payload = block[headers_end.end() :] if headers_end else b""
    if b"chunked" in http_fields.get(b"transfer-encoding", b"").lower():
        payload = _joined(payload)
    encoding_names = http_fields.get(b"content-encoding", b"").lower().decode("latin-1").split(",")
    for encoding_name in reversed([encoding_name.strip() for encoding_name in encoding_names]):
        if payload[:HEAD].lstrip().startswith(b"<"):
            break  # the crawler has unpacked it, and kept the header
        payload = _unpacked(payload, encoding_name)
    return payload


def _joined(payload: bytes) -> bytes:
    """Return the chunks of a payload joined; a payload without chunks is unchanged."""
    pieces: list[bytes] = []
    chunk_start = 0
    while chunk := _CHUNK.match(payload, chunk_start):
        chunk_size = int(chunk[1], 16)
        pieces.append(payload[chunk.end() : chunk.end() + chunk_size])
        chunk_start = chunk.end() + chunk_size
        chunk_start += (
            2
            if payload.startswith(b"\r\n", chunk_start)
            else payload.startswith(b"\n", chunk_start)
        )
        if not chunk_size:
            break
    return b"".join(pieces) if pieces else payload


def _unpacked(payload: bytes, name: str) -> bytes:
    """Return a decompressed payload. Raises `BrokenRecord` if it is damaged or too long."""
    if name in {"", "identity"}:
        return payload
    if name in {"gzip", "x-gzip", "deflate"}:
        # Some servers send deflate with the head and foot of zlib, some without.
        window_bits = 47 if payload[:1] in {b"\x1f", b"\x78"} else -15
        unpack: Callable[[bytes, int], bytes] = zlib.decompressobj(window_bits).decompress
    elif name in _NEEDS:
        unpack = _by_library(name)
    else:
        raise BrokenRecord(f"compressed as {clean_line(name)[:40]}, which cable-tui cannot unpack")
    try:
        unpacked_data = unpack(payload, LONGEST_PAGE + 1)
    except Exception as error:
        raise BrokenRecord(f"damaged (not compressed as {name})") from error
    if len(unpacked_data) > LONGEST_PAGE:
        raise BrokenRecord(f"larger than {LONGEST_PAGE >> 20} MiB when unpacked")
    return unpacked_data


def _by_library(name: str) -> Callable[[bytes, int], bytes]:
    """Return the function that decodes an encoding with a library.

    Raises `BrokenRecord` if the library is missing.
    """
    from importlib import import_module  # wanted for few files

    needed_package = _NEEDS[name]
    try:
        library: Any = import_module(needed_package)
    except ImportError:
        reason = (
            f"compressed as {name} (install the Python package {needed_package}, and index "
            "again, to read it)"
        )
        raise BrokenRecord(reason) from None
    if name == "zstd":
        return lambda data, most: bytes(
            library.ZstdDecompressor().stream_reader(data, read_across_frames=True).read(most)
        )
    return lambda data, most: bytes(library.Decompressor().process(data, output_buffer_limit=most))


FORMAT = Warc()
