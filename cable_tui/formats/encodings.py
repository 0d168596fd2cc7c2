"""Decodes bytes of unknown encoding without errors and without losing a byte.

Text is decoded as UTF-8, with single bytes as cp1252 (or Latin-1) wherever UTF-8 is invalid. It is
decoded as UTF-16 if a byte order mark or the zero bytes indicate it. The encoding that a file
declares is ignored.
"""

from __future__ import annotations

import codecs

_SAMPLE = 4096
_BROKEN = "cable-tui-cp1252"
_MOSTLY_WHOLE = 5
"""If at least one in this many bytes is invalid UTF-8, the whole text is read as single bytes."""
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # cp1252 has no sign there: C1, as in Latin-1
}


def _single_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _as_cp1252(error.object[error.start : error.end]), error.end


codecs.register_error(_BROKEN, _single_bytes)


def decode(data: bytes) -> str:
    """Return the text of a file or record without a byte order mark, in linear time."""
    return decode_part(as_utf8(data))


def decode_part(data: bytes) -> str:
    """Return the text of bytes from inside a file that is not in UTF-16."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        broken_bytes = len(data) - len(data.decode("utf-8", "ignore").encode())
        if broken_bytes * _MOSTLY_WHOLE > len(data):
            return _as_cp1252(data)
        return data.decode("utf-8", _BROKEN)


def is_utf16(data: bytes) -> bool:
    """Return whether a file with these first bytes is in UTF-16."""
    return utf16_codec(data) != ""


def as_utf8(data: bytes) -> bytes:
    """Return the text as UTF-8 without a byte order mark, for searching.

    Only UTF-16 is converted; bytes that are invalid UTF-8 are unchanged.
    """
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    codec = utf16_codec(data)
    return (
        data.decode(codec, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
        if codec
        else data
    )


def utf16_codec(data: bytes) -> str:
    """Return the UTF-16 codec for a file's first bytes, or an empty string if it is not UTF-16.

    The codec is `utf-16-le` or `utf-16-be`.
    """
    sample = data[:_SAMPLE]
    if 0 not in sample and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    for codec, byte_order_mark, high_byte in (
        ("utf-16-le", codecs.BOM_UTF16_LE, 1),
        ("utf-16-be", codecs.BOM_UTF16_BE, 0),
    ):
        least_zeros = len(sample) // 2 - len(sample) // 20
        zero_count = sample[high_byte::2].count(0)
        if data.startswith(byte_order_mark) or (
            len(sample) >= 20 and zero_count >= least_zeros and 0 not in sample[1 - high_byte :: 2]
        ):
            return codec
    return ""


def _as_cp1252(data: bytes) -> str:
    return data.decode("latin-1").translate(_CP1252)
