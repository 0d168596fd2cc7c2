"""Writes small PDFs of text lines, as the archives' programs do: one page object a page."""

from __future__ import annotations

from collections.abc import Sequence

LEADING = 12
"""Points from one line to the next."""


def pdf_of(pages: Sequence[str], author: str = "", *, encrypted: bool = False) -> bytes:
    """A PDF with these pages; the lines of each stand below each other in one typeface."""
    count = len(pages)
    numbers = [4 + 2 * at for at in range(count)]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    }
    for number, page in zip(numbers, pages, strict=True):
        drawn = _drawn(page)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 2000] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (number + 1)
        )
        objects[number + 1] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn)
    info = 4 + 2 * count
    objects[info] = f"<< /Author ({author}) >>".encode()
    if encrypted:
        objects[info + 1] = (
            b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <"
            + b"41" * 32
            + b"> /U <"
            + b"42" * 32
            + b"> >>"
        )
    return _file(objects, info, encrypted=encrypted)


def _drawn(page: str) -> bytes:
    """The operators that draw the lines of a page; blank lines only take their room."""
    parts = [b"BT /F1 10 Tf %d TL 40 1980 Td" % LEADING]
    for line in page.split("\n"):
        text = line.encode("cp1252").replace(b"\\", b"\\\\")
        parts.append(b"(" + text.replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*")
    return b"\n".join([*parts, b"ET"])


def _file(objects: dict[int, bytes], info: int, *, encrypted: bool) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in sorted(objects.items()):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for location in places:
        data += b"%010d 00000 n \n" % location
    more = b" /Encrypt %d 0 R /ID [<41> <41>]" % (info + 1) if encrypted else b""
    data += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R%s >>\n" % (len(objects) + 1, info, more)
    data += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(data)
