"""Files in a 7z: read where py7zr is installed, and said where it is not."""

import builtins
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.packed import members, seekable
from cable_tui.formats.packed.member import Member
from cable_tui.formats.packed.seekable import Held

py7zr = pytest.importorskip("py7zr")
NOISE = bytes(random.Random(7).choices(range(256), k=400_000))
TEXTS = {"cable/a.txt": b"UNCLAS " * 900, "b.txt": b"SECRET", "empty": b"", "n": NOISE}
LZMA2, LZMA, BZIP2, DEFLATE, COPY, X86 = (
    {"id": number}
    for number in (
        py7zr.FILTER_LZMA2, py7zr.FILTER_LZMA, py7zr.FILTER_BZIP2,
        py7zr.FILTER_DEFLATE, py7zr.FILTER_COPY, py7zr.FILTER_X86,
    )
)  # fmt: skip
CHAINS = {
    "LZMA2": [LZMA2],
    "LZMA": [LZMA],
    "bzip2": [BZIP2],
    "deflate": [DEFLATE],
    "copy": [COPY],
    "x86, LZMA2": [X86, LZMA2],
}


def packed(texts: dict[str, bytes], filters: list[dict[str, int]] | None = None) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", filters=filters) as archive:
        for name, text in texts.items():
            archive.writestr(text, name)
    return made.getvalue()


def text(data: bytes, member: Member) -> bytes:
    with members.open_member(io.BytesIO(data), "7z", member) as file:
        return file.read()


def listed(data: bytes) -> dict[str, Member]:
    found = members.listed(io.BytesIO(data), "7z")
    return {each.name: each for each in found if isinstance(each, Member)}


@pytest.mark.parametrize("filters", CHAINS.values(), ids=CHAINS)
def test_files_are_read_by_their_names(filters: list[dict[str, int]]) -> None:
    data = packed(TEXTS, filters)
    assert {name: text(data, member) for name, member in listed(data).items()} == TEXTS


def test_a_long_file_is_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Held, "longest", 1000)
    data = packed(TEXTS)
    with members.open_member(io.BytesIO(data), "7z", listed(data)["n"]) as file:
        assert file.read() == NOISE
        file.seek(200_000)
        assert file.read(99) == NOISE[200_000:200_099]


@pytest.mark.parametrize("altered", [False, True])
def test_the_checksum_of_a_long_file_is_compared_when_all_was_read(
    monkeypatch: pytest.MonkeyPatch, altered: bool
) -> None:
    monkeypatch.setattr(Held, "longest", 1000)
    data = packed(TEXTS)
    member = listed(data)["n"]
    assert member.crc is not None
    member = member._replace(crc=member.crc ^ altered)
    with members.open_member(io.BytesIO(data), "7z", member) as file:
        assert file.read(500) == NOISE[:500]
        seekable.read_to_end(file)
        assert seekable.is_altered(file) is altered


def test_without_py7zr_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    imported: Callable[..., Any] = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "py7zr":
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(OSError, match=r"pip install 'cable-tui\[7z\]'"):
        listed(packed_before)


packed_before = packed({"a": b"A"})


@pytest.mark.parametrize("header", [False, True])
def test_an_encrypted_file_is_refused(header: bool) -> None:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", password="s", header_encryption=header) as archive:
        archive.writestr(b"SECRET" * 99, "a.txt")
    with pytest.raises(OSError, match="encrypted"):
        text(made.getvalue(), listed(made.getvalue())["a.txt"])


def test_a_way_of_packing_that_is_not_known_is_refused() -> None:
    data = packed(TEXTS, [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}])
    with pytest.raises(OSError, match="compressed with an unsupported method: unpack it"):
        text(data, listed(data)["b.txt"])


@given(st.integers(0, 9000), st.binary(max_size=40), st.booleans())
def test_a_damaged_7z_gives_its_texts_or_an_error(at: int, junk: bytes, cut: bool) -> None:
    data = DAMAGEABLE[:at] + junk + (b"" if cut else DAMAGEABLE[at + len(junk) :])
    try:
        found = listed(data)
        texts = [text(data, member) for member in found.values()]
    except OSError:
        return
    assert all(each in TEXTS.values() or not each for each in texts)


DAMAGEABLE = packed({name: text for name, text in TEXTS.items() if name != "n"})
