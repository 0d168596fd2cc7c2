"""Packed bytes at any offset: alike whatever was read before, and a clean early end of damage."""

import gzip
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cable_tui.formats import seekable, zip_members

TEXT = bytes(random.Random(12).choices(b"ABCDEFGHIJ \n", k=300_000))


@contextmanager
def gzipped(folder: Path, data: bytes) -> Iterator[io.BufferedIOBase]:
    path = folder / "a.gz"
    path.write_bytes(data)
    with zip_members.open_gzip(path.open("rb")) as stream:
        assert isinstance(stream, io.BufferedIOBase)
        yield stream


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seekable, "_STEP", 20_000)
    monkeypatch.setattr(seekable, "PIECE", 1000)


@pytest.mark.usefixtures("small_steps")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.integers(0, len(TEXT) + 9), st.integers(0, 9000)), max_size=8))
def test_any_part_is_read_in_any_order(tmp_path: Path, parts: list[tuple[int, int]]) -> None:
    with gzipped(tmp_path, gzip.compress(TEXT[:130_000]) + gzip.compress(TEXT[130_000:])) as file:
        for offset, length in parts:
            file.seek(offset)
            assert file.read(length) == TEXT[offset : offset + length]
        assert zip_members.damage(file) == ""  # type: ignore[arg-type]


def test_the_end_of_a_cut_file_is_early_and_told(tmp_path: Path) -> None:
    data = gzip.compress(TEXT)
    with gzipped(tmp_path, data[: len(data) // 2]) as file:
        found = file.read()
        assert TEXT.startswith(found)
        assert len(found) > 100_000
        assert zip_members.damage(file) == "the packed file is cut off"  # type: ignore[arg-type]


def test_damage_inside_is_told(tmp_path: Path) -> None:
    data = gzip.compress(TEXT)
    with gzipped(tmp_path, data[:-8] + b"\0" * 8) as file:
        assert file.read(len(TEXT) // 2) == TEXT[: len(TEXT) // 2]
        file.read()
        told = zip_members.damage(file)  # type: ignore[arg-type]
        assert told.startswith("the packed file is damaged: ")


def test_a_file_that_unpacks_without_measure_is_cut(tmp_path: Path) -> None:
    with gzipped(tmp_path, gzip.compress(bytes(40 << 20))) as file:
        assert len(file.read()) < 20 << 20
        assert zip_members.damage(file) == (  # type: ignore[arg-type]
            "the packed file unpacks to more than 200 times its size"
        )


def test_the_end_cannot_be_asked_for(tmp_path: Path) -> None:
    with gzipped(tmp_path, gzip.compress(b"text")) as file:
        assert (file.seekable(), file.readable()) == (True, True)
        with pytest.raises(io.UnsupportedOperation):
            file.seek(0, io.SEEK_END)
