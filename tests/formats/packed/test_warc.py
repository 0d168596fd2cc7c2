"""Web archives of crawlers: pages in responses, packed as servers pack them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from cable_tui.base.cable import Location, Problem, RawCable
from cable_tui.formats import sniff
from cable_tui.formats.base import BrokenRecord
from cable_tui.formats.packed import warc
from tests.formats.samples import DATA, apart, cable, read, wherever

PAGE = (DATA / "page-2010.html").read_bytes()
OTHER = (DATA / "page-2011.html").read_bytes()
ALONE = cable(PAGE, "page.html")


def record(kind: str, block: bytes, content: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://wl.example/cable/a.html\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(payload: bytes, *fields: str) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *fields))
    return record("response", head.encode() + b"\r\n\r\n" + payload)


def chunked(data: bytes) -> bytes:
    pieces = [data[at : at + 1000] for at in range(0, len(data), 1000)]
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


INFO = record("warcinfo", b"software: a crawler\r\n", "application/warc-fields")
CHUNKS = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(response(PAGE), id="as it is"),
        pytest.param(response(gzip.compress(PAGE), "Content-Encoding: gzip"), id="gzip"),
        pytest.param(response(zlib.compress(PAGE), "content-encoding: Deflate"), id="deflate"),
        pytest.param(response(raw_deflate(PAGE), "Content-Encoding: deflate"), id="raw deflate"),
        pytest.param(response(chunked(PAGE), CHUNKS), id="chunks"),
        pytest.param(
            response(chunked(gzip.compress(PAGE)), CHUNKS, "Content-Encoding: x-gzip"),
            id="packed, in chunks",
        ),
        pytest.param(response(PAGE, CHUNKS), id="said to be in chunks"),
        pytest.param(response(PAGE, "Content-Encoding: gzip"), id="said to be packed"),
        pytest.param(
            response(gzip.compress(zlib.compress(PAGE)), "Content-Encoding: deflate, gzip"),
            id="packed twice",
        ),
        pytest.param(record("resource", PAGE, "text/html"), id="a resource"),
    ],
)
def test_a_page_is_read_however_it_is_packed(made: bytes) -> None:
    assert wherever([cable(INFO + made, "a.warc")]) == wherever([ALONE])


@pytest.mark.parametrize(
    ("name", "library"), [("br", "brotli"), ("zstd", "zstandard")], ids=["br", "zstd"]
)
def test_an_encoding_that_needs_a_library_is_read_with_it(name: str, library: str) -> None:
    compress: Callable[[bytes], bytes] = pytest.importorskip(library).compress
    made = response(compress(PAGE), f"Content-Encoding: {name}")
    assert wherever([cable(made, "a.warc")]) == wherever([ALONE])


def test_without_the_library_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(warc._NEEDS, "br", "a_package_that_nobody_has")
    (lost,) = read(response(b"\x8b", "Content-Encoding: br"), "a.warc")
    assert isinstance(lost, Problem)
    assert lost.reason == (
        "1 response skipped: compressed as br (install the Python package "
        "a_package_that_nobody_has, and index again, to read it)"
    )


def test_what_is_left_out_is_counted() -> None:
    long = gzip.compress(b" " * (9 << 20))
    made = (
        *(response(PAGE), response(b"\x89PNG"), record("revisit", b"HTTP/1.1 200 OK\r\n\r\n")),
        *(response(b"no", "Content-Encoding: gzip"), response(b"no", "Content-Encoding: lzw")),
        response(long, "Content-Encoding: gzip"),
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
    )
    found, problems = apart(b"".join(made), "a.warc")
    assert len(found) == 1
    assert [each.reason for each in problems] == [
        "1 response skipped: a picture, a style sheet or another page without a cable",
        "1 response skipped: a page that is also in another record",
        "1 response skipped: damaged (not compressed as gzip)",
        "1 response skipped: compressed as lzw, which cable-tui cannot unpack",
        "1 response skipped: larger than 8 MiB when unpacked",
    ]


def test_what_may_be_a_cable_is_told_apart_from_what_is_none() -> None:
    made = (
        *(response(PAGE), response((DATA / "nara.pdf").read_bytes()), response(b"<p>tea</p>")),
        *(response((DATA / "table.csv").read_bytes()), response(b"%PDF-1.4 obj")),
        response(b"<p>09RABAT27</p><p>2009-02-13</p>"),
    )
    found, problems = apart(b"".join(made), "a.warc")
    assert len(found) == 1
    unread = "inside a web archive (save it as a file to read it)"
    assert [each.reason.removeprefix("1 response skipped: ") for each in problems] == [
        f"PDF of the National Archives (AAD) {unread}",
        "a picture, a style sheet or another page without a cable",
        f"CSV with one row per cable {unread}",
        f"PDF {unread}",
        warc._LIKE_CABLES,
    ]


def test_damage_between_records_spares_the_next() -> None:
    last = response(OTHER)
    cut = last[: last.rindex(b"</pre>") - 9]
    found, problems = apart(response(PAGE) + b"junk\njunk\n" + cut, "a.warc")
    assert len(found) == 2
    assert [each.reason.split(":")[0] for each in problems] == [
        (
            "there is no web archive record at this point. Everything up to the next record was "
            "skipped"
        ),
        "the file ends inside this record",
        "the page is cut off inside its text",
    ]


def test_a_second_page_of_a_response_and_a_headless_record_are_named() -> None:
    _, problems = apart(response(PAGE + OTHER) + b"WARC/1.0\r\n\r\n", "a.warc")
    assert [each.reason for each in problems] == [warc._SECOND, warc._DAMAGED]


@pytest.mark.parametrize("address", ["http://[cable/a.html", "http://a%E2%84%80b/a.html", ""])
def test_a_page_is_read_whatever_its_address_is(address: str) -> None:
    made = response(PAGE).replace(b"https://wl.example/cable/a.html", address.encode())
    assert wherever([cable(made, "a.warc")]) == wherever([ALONE])


def test_a_long_page_is_named_and_what_follows_is_read() -> None:
    found, problems = apart(response(b"<html>" + b" " * (9 << 20)) + response(PAGE), "a.warc")
    assert [each.reason for each in problems] == [
        "a response of more than 8 MiB, which was skipped"
    ]
    assert wherever(found) == wherever([ALONE])


def test_a_record_without_a_cable_cannot_be_read_again() -> None:
    form = sniff("a", INFO)
    assert isinstance(form, warc.Warc)
    with pytest.raises(BrokenRecord, match="no cable"):
        form.at(response(b"nothing"), Location("a.warc", 0, 9))
    (item,) = form.records(BytesIO(response(PAGE)), "a.warc")
    assert not isinstance(item, (Problem, RawCable))
    assert item.cable.format == "html-page"
