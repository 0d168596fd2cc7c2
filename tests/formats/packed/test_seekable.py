"""Packed bytes at any offset: alike whatever was read before, and a clean early end of damage."""

import bz2
import gzip
import io
import lzma
import random
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cable_tui.formats.packed import decoders, members, seekable
from cable_tui.formats.packed.seekable import FilePart, Unpacked, raw_of

TEXT = bytes(random.Random(12).choices(b"ABCDEFGHIJ \n", k=300_000))


@contextmanager
def gzipped(folder: Path, data: bytes) -> Iterator[io.BufferedIOBase]:
    path = folder / "a.gz"
    path.write_bytes(data)
    with members.unpacked(path.open("rb")) as stream:
        assert isinstance(stream, io.BufferedIOBase)
        yield stream


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Unpacked, "step", 20_000)
    monkeypatch.setattr(Unpacked, "piece", 1000)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


@cache
def two_streams(pack: Callable[[bytes], bytes]) -> bytes:
    """One behind the other, and zeros between them as some packers leave."""
    return pack(TEXT[:130_000]) + bytes(512) + pack(TEXT[130_000:])


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(st.lists(st.tuples(st.integers(0, len(TEXT) + 9), st.integers(0, 9000)), max_size=8))
def test_any_part_is_read_in_any_order(
    tmp_path: Path, pack: Callable[[bytes], bytes], parts: list[tuple[int, int]]
) -> None:
    with gzipped(tmp_path, two_streams(pack)) as file:
        for offset, length in parts:
            file.seek(offset)
            assert file.read(length) == TEXT[offset : offset + length]
        assert seekable.damage(file) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_reading_goes_on_where_the_last_reader_closed(
    tmp_path: Path, pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Unpacked, "piece", 1000)
    data = pack(TEXT)
    with gzipped(tmp_path, data) as file:
        file.seek(200_000)
        assert file.read(100) == TEXT[200_000:200_100]
    unpacked: list[int] = []
    decode = Unpacked._unpack

    def counting(self: Unpacked) -> bool:
        unpacked.append(1)
        return decode(self)

    monkeypatch.setattr(Unpacked, "_unpack", counting)
    with (tmp_path / "a.gz").open("rb") as again, members.unpacked(again) as file:  # type: ignore[assignment]
        file.seek(202_000)
        assert file.read(100) == TEXT[202_000:202_100]
    assert len(unpacked) < 9


def test_many_short_streams_are_read_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Unpacked, "piece", 1000)
    monkeypatch.setattr(Unpacked, "first_piece", 100)
    # 21 bytes each: the mark of some lies on both sides of what is read at once.
    with gzipped(tmp_path, gzip.compress(b"x", mtime=0) * 3000) as file:
        assert file.read() == b"x" * 3000
        assert seekable.damage(file) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_what_stands_behind_the_end_is_told(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    with gzipped(tmp_path, pack(TEXT) + b"and more") as file:
        assert file.read() == TEXT
        assert seekable.damage(file) == (  # type: ignore[arg-type]
            "bytes after the end of the compressed file were not read"
        )


@pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)
def test_only_what_cannot_be_copied_is_read_in_order(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    with gzipped(tmp_path, pack(TEXT)) as file:
        assert seekable.is_packed(file)  # type: ignore[arg-type]
        assert seekable.in_order(file) is (pack is not gzip.compress)  # type: ignore[arg-type]


def test_a_dictionary_of_any_size_is_not_made(tmp_path: Path) -> None:
    # The head of the block says how large the dictionary is: 1 GiB is number 36.
    small = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
    data = bytearray(lzma.compress(TEXT, lzma.FORMAT_XZ, filters=small))
    at = data.index(b"\x21\x01", 12)
    data[at + 2] = 36
    length = (data[12] + 1) * 4
    data[12 + length - 4 : 12 + length] = zlib.crc32(data[12 : 12 + length - 4]).to_bytes(
        4, "little"
    )
    with gzipped(tmp_path, bytes(data)) as file:
        assert file.read() == b""
        assert seekable.damage(file).startswith("the compressed file is damaged: ")  # type: ignore[arg-type]


def test_a_part_is_a_file_of_its_own() -> None:
    with seekable.buffered(seekable.FilePart(io.BytesIO(TEXT), 100, 50)) as file:
        assert file.read() == TEXT[100:150]
        assert file.seek(-10, io.SEEK_END) == 40
        assert file.read(5) == TEXT[140:145]
        assert isinstance(raw_of(file), seekable.FilePart)


def test_the_end_of_a_cut_file_is_early_and_told(tmp_path: Path) -> None:
    data = gzip.compress(TEXT)
    with gzipped(tmp_path, data[: len(data) // 2]) as file:
        found = file.read()
        assert TEXT.startswith(found)
        assert len(found) > 100_000
        assert seekable.damage(file) == "the compressed file is cut off"  # type: ignore[arg-type]


def test_damage_inside_is_told(tmp_path: Path) -> None:
    data = gzip.compress(TEXT)
    with gzipped(tmp_path, data[:-8] + b"\0" * 8) as file:
        assert file.read(len(TEXT) // 2) == TEXT[: len(TEXT) // 2]
        file.read()
        told = seekable.damage(file)  # type: ignore[arg-type]
        assert told.startswith("the compressed file is damaged: ")


def test_a_file_that_unpacks_without_measure_is_cut(tmp_path: Path) -> None:
    with gzipped(tmp_path, gzip.compress(bytes(40 << 20))) as file:
        assert len(file.read()) < 20 << 20
        assert seekable.damage(file) == (  # type: ignore[arg-type]
            "the packed file unpacks to more than 200 times its size"
        )


def test_the_end_cannot_be_asked_for(tmp_path: Path) -> None:
    with gzipped(tmp_path, gzip.compress(b"text")) as file:
        assert (file.seekable(), file.readable()) == (True, True)
        with pytest.raises(io.UnsupportedOperation):
            file.seek(0, io.SEEK_END)


def _deflated(data: bytes, crc: int) -> io.BufferedReader:
    """A file as a zip has it, with what its directory says."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(data) + packer.flush()
    codec = decoders.Codec(decoders.deflate)
    raw = Unpacked(io.BytesIO(packed), codec, (0, len(packed)), size=len(data), crc=crc)
    return io.BufferedReader(raw)


def _part(data: bytes, crc: int) -> io.BufferedReader:
    """A file as a 7z has it."""
    raw = FilePart(io.BytesIO(b"before" + data + b"after"), 6, len(data), crc)
    return io.BufferedReader(raw, 1000)


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("opened", [_deflated, _part])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, len(TEXT) + 9), st.integers(0, 90_000)), max_size=6),
    st.booleans(),
)
def test_the_crc_is_compared_whatever_was_read_before(
    opened: Callable[[bytes, int], io.BufferedReader],
    parts: list[tuple[int, int]],
    altered: bool,
) -> None:
    with opened(TEXT, zlib.crc32(TEXT) ^ altered) as file:
        for offset, length in parts:
            file.seek(offset)
            assert file.read(length) == TEXT[offset : offset + length]
        seekable.read_to_end(file)
        assert seekable.damage(file) == (seekable.ALTERED if altered else "")
        assert seekable.is_altered(file) is altered
        file.seek(7)
        assert file.read(9) == TEXT[7:16]


def test_a_file_that_is_read_to_its_end_need_not_be_read_again() -> None:
    with _deflated(TEXT, zlib.crc32(TEXT) ^ 1) as file:
        assert seekable.damage(file) == ""
        assert file.read() == TEXT
        assert seekable.damage(file) == seekable.ALTERED


def test_a_checksum_of_the_packer_itself_tells_altered_from_cut_off(tmp_path: Path) -> None:
    data = gzip.compress(TEXT, 0)  # stored: every letter is there as it is
    at = data.index(TEXT[:40]) + 9
    altered = data[:at] + bytes([data[at] ^ 3]) + data[at + 1 :]
    for content, damaged, wrong in (
        (data, False, False),
        (altered, True, True),
        (data[:-9], True, False),
    ):
        with gzipped(tmp_path, content) as file:
            file.read()
            assert bool(seekable.damage(file)) is damaged  # type: ignore[arg-type]
            assert seekable.is_altered(file) is wrong  # type: ignore[arg-type]
