"""Files in zips, read in place, and what is refused of them."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.packed import seekable, zip_members
from cable_tui.formats.packed.member import Member, Trouble
from cable_tui.formats.packed.seekable import Held

TEXTS = {"cable/a.txt": b"UNCLAS " * 900, "b.txt": b"SECRET", "empty": b""}
NOISE = bytes(random.Random(3).choices(range(256), k=9000))
METHODS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def zipped(texts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("folder/", b"")
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


def streamed(texts: dict[str, bytes]) -> bytes:
    """A zip as it is written to a pipe: the size of each file comes after it."""

    class Pipe(io.RawIOBase):
        data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: bytes, /) -> int:  # type: ignore[override]
            self.data += data
            return len(data)

    pipe = Pipe()
    pipe.data = bytearray()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return bytes(pipe.data)


def listed(data: bytes) -> tuple[dict[str, Member], list[str]]:
    found = list(zip_members.listed(io.BytesIO(data)))
    return (
        {each.name: each for each in found if isinstance(each, Member)},
        [each.reason for each in found if isinstance(each, Trouble)],
    )


def text(data: bytes, member: Member) -> bytes:
    with zip_members.open_member(io.BytesIO(data), member) as file:
        return file.read()


@pytest.mark.parametrize("method", METHODS)
def test_files_are_read_by_their_names(method: int) -> None:
    data = zipped(TEXTS, method)
    members, troubles = listed(data)
    assert {name: text(data, member) for name, member in members.items()} == TEXTS
    assert troubles == []


@pytest.mark.parametrize("method", METHODS)
def test_a_long_file_is_a_stream(
    method: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Held, "longest", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(TEXTS, method))
    member = listed(path.read_bytes())[0]["cable/a.txt"]
    for _ in range(2):
        with zip_members.open_member(path.open("rb"), member) as stream:
            stream.seek(6000)
            assert stream.read(200) == TEXTS["cable/a.txt"][6000:6200]
            assert stream.read() == TEXTS["cable/a.txt"][6200:]
            stream.seek(0)
            assert stream.read() == TEXTS["cable/a.txt"]
            assert seekable.damage(stream) == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"flag_bits": 1}, "encrypted"),
        ({"compress_type": 9}, "compressed with an unsupported method"),
        ({"file_size": 5 << 20}, "unpacks to more than 200 times its size"),
        ({"file_size": 3 << 30, "compress_size": 5}, "contains more than 2 GiB"),
    ],
)
def test_a_file_is_refused_with_a_reason(
    change: dict[str, int], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = zipfile.ZipInfo("a")
    entry.compress_size = 9
    for name, value in {"header_offset": 0, "CRC": 0, "file_size": 9, **change}.items():
        setattr(entry, name, value)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: [entry])
    assert reason in listed(zipped({}))[0]["a"].refused


def test_a_zip_with_too_many_files_is_refused() -> None:
    with pytest.raises(OSError, match="more than 2 members"):
        list(zip_members.listed(io.BytesIO(zipped(TEXTS)), most=2))


def test_a_directory_that_names_the_same_bytes_again_and_again_is_a_lie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = zipfile.ZipInfo("a")
    entry.compress_size, entry.file_size = 60, 600
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: [entry] * 10)
    with pytest.raises(OSError, match="lists more bytes than the file contains"):
        listed(zipped({"a": NOISE[:60]}))


@pytest.mark.parametrize("make", [zipped, streamed])
def test_a_zip_that_is_cut_off_gives_its_whole_files(
    make: Callable[[dict[str, bytes]], bytes],
) -> None:
    texts = {f"{number}.txt": NOISE[number * 700 :][:700] for number in range(9)}
    data = make(texts)
    ends = [data.find(name.encode()) - 30 for name in list(texts)[1:]]
    for cut in range(800, 6000, 300):
        members, troubles = listed(data[:cut])
        whole = [name for name, end in zip(texts, ends, strict=False) if end <= cut]
        read = {}
        for name, member in members.items():
            with suppress(OSError):
                read[name] = text(data[:cut], member)
        assert set(whole) <= read.keys()
        assert read.items() <= texts.items()
        assert troubles[0].startswith("the zip is damaged: ")


def test_a_zip_that_is_broken_in_the_middle_gives_what_stands_behind() -> None:
    texts = {f"{number}.txt": NOISE[number * 700 :][:700] for number in range(9)}
    data = bytearray(zipped(texts)[:6000])
    at = data.find(b"3.txt")
    data[at - 30 : at + 5] = bytes(35)
    members, troubles = listed(bytes(data))
    assert {"2.txt", "4.txt", "5.txt"} <= members.keys()
    assert text(bytes(data), members["5.txt"]) == texts["5.txt"]
    assert "bytes in it were skipped" in troubles[1]


def test_two_zips_in_one_file_lose_no_file() -> None:
    data = zipped({"a.txt": b"A" * 99}) + zipped({"b.txt": b"B" * 99})
    members, troubles = listed(data)
    assert {name: text(data, member) for name, member in members.items()} == {
        "a.txt": b"A" * 99,
        "b.txt": b"B" * 99,
    }
    assert "two zips in one file" in troubles[0]


def end_record(directory: bytes, at: int, entries: int) -> bytes:
    """The end of a zip, as section 4.3.16 of PKWARE's APPNOTE has it."""
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, len(directory), at, 0)


def with_comment(data: bytes, comment: bytes) -> bytes:
    """A zip with a comment, its length given as it must be."""
    return data[:-2] + struct.pack("<H", len(comment)) + comment


def entries_of(data: bytes) -> dict[str, bytes]:
    """The entries of a zip's directory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start, names = archive.start_dir, [each.orig_filename for each in archive.infolist()]
    found = re.findall(rb"PK\x01\x02.*?(?=PK\x01\x02|PK\x05\x06)", data[start:], re.DOTALL)
    return dict(zip(names, found, strict=True))


@pytest.mark.parametrize("make", [zipped, streamed])
@pytest.mark.parametrize("named", [[], ["b.txt"], ["cable/a.txt"], ["empty", "cable/a.txt"]])
def test_a_directory_in_the_comment_hides_no_file(
    make: Callable[[dict[str, bytes]], bytes], named: list[str]
) -> None:
    data = make(TEXTS)
    directory = b"".join(entries_of(data)[name] for name in named)
    fake = directory + end_record(directory, len(data), len(named))
    members, troubles = listed(with_comment(data, fake))
    texts = {name: member for name, member in members.items() if not name.endswith("/")}
    assert texts.keys() == TEXTS.keys()
    assert {name: text(data, member) for name, member in texts.items()} == TEXTS
    assert any("directory" in trouble for trouble in troubles)


def test_a_directory_that_names_all_files_is_no_trouble_whatever_the_comment_says() -> None:
    data = zipped(TEXTS)
    members, troubles = listed(with_comment(data, b"made for PK\3\4 and no other"))
    assert members.keys() == TEXTS.keys()
    assert not troubles


def test_three_zips_in_one_file_lose_no_file() -> None:
    three = b"".join(zipped({f"{name}.txt": name.encode() * 9}) for name in "abc")
    members, troubles = listed(three)
    assert members.keys() == {"a.txt", "b.txt", "c.txt"}
    assert {name: text(three, each) for name, each in members.items()} == {
        f"{name}.txt": name.encode() * 9 for name in "abc"
    }
    assert any("two zips" in trouble for trouble in troubles)


def test_an_empty_zip_is_an_empty_zip() -> None:
    assert listed(end_record(b"", 0, 0)) == ({}, [])


def test_a_program_in_front_of_a_zip_is_no_file_of_it() -> None:
    data = b"MZ" + bytes(500) + zipped({"a.txt": b"A"})
    members, troubles = listed(data)
    assert (text(data, members["a.txt"]), troubles) == (b"A", [])


@given(st.integers(0, 400), st.binary(min_size=1, max_size=40))
def test_a_damaged_zip_gives_its_texts_or_an_error(at: int, junk: bytes) -> None:
    data = zipped(TEXTS)
    damaged = data[:at] + junk + data[at + len(junk) :]
    try:
        members, _ = listed(damaged)
    except OSError:
        return
    for member in members.values():
        if not member.refused:
            try:
                found = text(damaged, member)
            except OSError:
                continue
            assert found in TEXTS.values()


def test_a_directory_may_name_places_behind_the_end_of_the_zip() -> None:
    whole = zipped({"a.txt": b"UNCLAS", "b.txt": b"SECRET"}, zipfile.ZIP_STORED)
    at = whole.rindex(b"PK\x01\x02") + 42  # where the head of the last file is
    # A comment that begins like a head, and ends before one does.
    end = whole.rindex(b"PK\x05\x06") + 20
    data = whole[:at] + struct.pack("<L", 1 << 20) + whole[at + 4 : end]
    members, troubles = listed(data + struct.pack("<H", 4) + b"PK\x03\x04")
    assert {"a.txt", "b.txt"} <= members.keys()
    assert any("does not list all of its files" in each for each in troubles)


@pytest.mark.parametrize("long", [True, False])
def test_a_letter_that_was_altered_is_seen_when_all_was_read(
    monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    data = zipped({"a.txt": NOISE}, zipfile.ZIP_STORED).replace(NOISE[500:900], NOISE[501:901])
    member = listed(data)[0]["a.txt"]
    if not long:
        with pytest.raises(OSError, match="differs from its directory entry"):
            text(data, member)
        return
    monkeypatch.setattr(Held, "longest", 1000)
    with zip_members.open_member(io.BytesIO(data), member) as file:
        assert len(file.read()) == len(NOISE)
        assert seekable.is_altered(file)


def test_without_a_directory_the_checksum_after_a_file_is_compared() -> None:
    """A stored block of deflate, so that an altered letter is a letter."""
    pipe = zlib.compressobj(0, wbits=-15)
    packed = pipe.compress(NOISE) + pipe.flush()
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 8, 8, 0, 0, 0, 0, 0, 1, 0) + b"a"
    after = b"PK\7\x08" + struct.pack("<LLL", zlib.crc32(NOISE), len(packed), len(NOISE))
    assert text(head + packed + after, listed(head + packed + after)[0]["a"]) == NOISE
    data = head + packed.replace(NOISE[500:900], NOISE[501:901]) + after
    with pytest.raises(OSError, match="differs from its directory entry"):
        text(data, listed(data)[0]["a"])
