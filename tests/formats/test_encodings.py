"""Bytes become text without a failure and without a loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.encodings import as_utf8, decode, decode_part, utf16_codec

CASES = [
    pytest.param("¶ café ’".encode(), "¶ café ’", id="UTF-8"),
    pytest.param("¶ café ’".encode("utf-8-sig"), "¶ café ’", id="UTF-8 with a mark"),
    pytest.param("¶ café ’ x".encode("cp1252"), "¶ café ’ x", id="cp1252"),
    pytest.param("¶ café x".encode("latin-1"), "¶ café x", id="Latin-1"),
    pytest.param("¶ ’ ok ".encode() + b"\x92 \xb6", "¶ ’ ok ’ ¶", id="UTF-8 with strange bytes"),
    pytest.param(b"a\x81b", "a\x81b", id="a byte that cp1252 lacks"),
    pytest.param("¶ café".encode("utf-16"), "¶ café", id="UTF-16 with a mark"),
    pytest.param(("line of text\n" * 9).encode("utf-16-le"), "line of text\n" * 9, id="UTF-16-LE"),
    pytest.param(("line of text\n" * 9).encode("utf-16-be"), "line of text\n" * 9, id="UTF-16-BE"),
    pytest.param(b"\xe2\x82" * 9, "â‚" * 9, id="mostly beyond ASCII"),
    pytest.param(b"", "", id="nothing"),
]


@pytest.mark.parametrize(("data", "text"), CASES)
def test_bytes_are_decoded(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.binary())
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert isinstance(decode(data), str)
    assert decode(as_utf8(data)) is not None


@given(st.text(st.characters(codec="utf-8")))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode_part(text.encode()) == text


@given(st.binary())
def test_no_byte_is_dropped(data: bytes) -> None:
    assert len(decode_part(data).encode()) >= len(data)


@pytest.mark.parametrize(
    ("data", "codec"),
    [
        ("a,b".encode("utf-16"), "utf-16-le"),
        ("\ufeffa,b".encode("utf-16-be"), "utf-16-be"),
        ("reference_id,body\n".encode("utf-16-le"), "utf-16-le"),
        ("reference_id,body\n".encode("utf-16-be"), "utf-16-be"),
        (b"reference_id,body\n", ""),
        (b"", ""),
    ],
)
def test_a_codec_is_known_by_the_first_bytes(data: bytes, codec: str) -> None:
    assert utf16_codec(data) == codec
