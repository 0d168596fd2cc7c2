"""Decoders give the same bytes whatever pieces they are fed in, and say what is wrong."""

import bz2
import gzip
import lzma
import random
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.packed import decoders
from cable_tui.formats.packed.decoders import Damaged, Decoder

TEXT = bytes(random.Random(5).choices(b"ABCDEFGHIJ \n", k=30_000))
LZMA1 = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
LZMA2 = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
WAYS: dict[str, tuple[Callable[[], Decoder], bytes]] = {
    "plain": (decoders.Plain, TEXT),
    "gzip": (decoders.gzip, gzip.compress(TEXT)),
    "deflate": (decoders.deflate, zlib.compress(TEXT)[2:-4]),
    "bzip2": (decoders.bzip2, bz2.compress(TEXT)),
    "xz": (decoders.xz, lzma.compress(TEXT)),
    "LZMA": (
        lambda: decoders.lzma1(b"\x5d\0\0\1\0"),
        lzma.compress(TEXT, lzma.FORMAT_RAW, filters=LZMA1),
    ),
    "LZMA2": (
        lambda: decoders.lzma2(b"\x08"),
        lzma.compress(TEXT, lzma.FORMAT_RAW, filters=LZMA2),
    ),
}


def decoded(decoder: Decoder, data: bytes, feed: int, most: int) -> bytes:
    """All that a decoder gives."""
    found, at = bytearray(), 0
    while not decoder.eof:
        hungry = decoder.hungry
        part = data[at : at + feed] if hungry else b""
        at += len(part)
        piece = decoder.decode(part, most)
        assert len(piece) <= most
        found += piece
        if hungry and not part and not piece:
            break
    return bytes(found)


@pytest.mark.parametrize("way", WAYS)
@given(st.integers(50, 5000), st.integers(50, 5000))
def test_pieces_of_any_size_give_the_same(way: str, feed: int, most: int) -> None:
    fresh, data = WAYS[way]
    assert decoded(fresh(), data, feed, most) == TEXT


@pytest.mark.parametrize("way", ["gzip", "deflate", "plain"])
def test_a_copy_goes_on_by_itself(way: str) -> None:
    fresh, data = WAYS[way]
    decoder = fresh()
    first = decoder.decode(data, 7000)
    copy = decoder.copy()
    assert copy is not None
    rest = data[len(data) - decoder.held :]
    assert first + decoded(copy, rest, 900, 900) == TEXT
    assert first + decoded(decoder, b"", 900, 900) == TEXT


@pytest.mark.parametrize("way", ["bzip2", "xz", "LZMA", "LZMA2"])
def test_what_cannot_be_copied_says_so(way: str) -> None:
    assert WAYS[way][0]().copy() is None


@pytest.mark.parametrize("way", ["gzip", "bzip2", "xz"])
def test_what_stands_behind_the_end_is_given_back(way: str) -> None:
    fresh, data = WAYS[way]
    decoder = fresh()
    assert decoder.decode(data + b"more", 1 << 20) == TEXT
    assert (decoder.eof, decoder.unused()) == (True, b"more")


@pytest.mark.parametrize(
    "make",
    [
        lambda: decoders.lzma1(b"\x5d\0\0\0\x40"),
        lambda: decoders.lzma1(b"\xff\0\0\1\0"),
        lambda: decoders.lzma1(b"\x5d"),
        lambda: decoders.lzma2(b"\x28"),
        lambda: decoders.lzma2(b"\x29"),
    ],
)
def test_a_dictionary_that_is_too_large_or_wrong_is_refused(make: Callable[[], Decoder]) -> None:
    with pytest.raises(Damaged):
        make()


@pytest.mark.parametrize("way", [way for way in WAYS if way != "plain"])
@given(st.binary(max_size=300))
def test_any_bytes_give_something_or_are_damaged(way: str, data: bytes) -> None:
    with suppress(Damaged):
        decoded(WAYS[way][0](), data, 64, 1000)
