"""Files in tars, in every form that is about, and what is wrong with some."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats.packed import members, tar_members
from cable_tui.formats.packed.member import Member, Trouble

TEXTS = {"cable/a.txt": b"UNCLAS " * 900, "b.txt": b"SECRET", "empty": b"", "c.txt": b"C" * 512}
LONG = "cable/" + "long-" * 60 + "é.txt"


def tar(texts: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:", format=form) as archive:
        for name, text in texts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    return made.getvalue()


def head(name: bytes, size: int, kind: bytes = b"0", **more: bytes) -> bytes:
    """A head of a tar, field by field."""
    block = bytearray(512)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[124:136] = more.get("digits", b"%011o\0" % size)
    block[156:157] = kind
    block[257:265] = more.get("magic", b"ustar\x0000")
    for at, field in ((386, "map"), (483, "whole")):
        block[at : at + len(more.get(field, b""))] = more.get(field, b"")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 512)


def listed(file: io.IOBase) -> tuple[dict[str, Member], list[Trouble]]:
    found = list(members.listed(file, "tar"))  # type: ignore[arg-type]
    return (
        {each.name: each for each in found if isinstance(each, Member)},
        [each for each in found if isinstance(each, Trouble)],
    )


def texts_of(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    found, troubles = listed(io.BytesIO(data))
    return {
        name: members.open_member(io.BytesIO(data), "tar", member).read()
        for name, member in found.items()
        if not member.refused
    }, [each.reason for each in troubles]


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_files_are_read_by_their_names(form: int) -> None:
    assert texts_of(tar(TEXTS, form)) == (TEXTS, [])


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_are_whole(form: int) -> None:
    assert texts_of(tar({LONG: b"1", "b": b"2"}, form)) == ({LONG: b"1", "b": b"2"}, [])


def test_a_tar_of_before_the_marks_is_known_by_its_checksum() -> None:
    data = head(b"a.txt", 3, b"\0", magic=bytes(8)) + padded(b"abc") + bytes(1024)
    assert members.container(data) == "tar"
    assert texts_of(data) == ({"a.txt": b"abc"}, [])


def test_a_size_of_8_gib_and_more_is_binary() -> None:
    data = (
        head(b"a.txt", 0, digits=b"\x80" + (3).to_bytes(11, "big")) + padded(b"abc") + bytes(1024)
    )
    assert texts_of(data) == ({"a.txt": b"abc"}, [])


PARTS = ((2, 3), (10, 2))
HOLED = bytes(2) + b"abc" + bytes(5) + b"de" + bytes(4)
MAP = b"".join(b"%011o\0%011o\0" % part for part in PARTS)


def facts(**said: object) -> bytes:
    """Facts of pax about a file with holes: each begins with its own length."""
    made = b""
    for key, value in said.items():
        rest = f" GNU.sparse.{key}={value}\n".encode()
        length = len(rest) + 2
        made += b"%d" % length + rest
    return head(b"x", len(made), b"x") + padded(made)


HOLES = [
    pytest.param(
        head(b"a.txt", 5, b"S", map=MAP, whole=b"%011o\0" % 16, magic=b"ustar  \0")
        + padded(b"abcde"),
        id="GNU",
    ),
    pytest.param(
        facts(major=1, minor=0, name="a.txt", realsize=16)
        + head(b"GNUSparseFile.0/a.txt", 517) + padded(b"2\n2\n3\n10\n2\n") + padded(b"abcde"),
        id="pax 1.0",
    ),
    pytest.param(
        facts(size=16, numblocks=2, map="2,3,10,2", name="a.txt")
        + head(b"GNUSparseFile.0/a.txt", 5) + padded(b"abcde"),
        id="pax 0.1",
    ),
    pytest.param(
        facts(size=16, numblocks=2, offset=2, numbytes=3) + facts(offset=10, numbytes=2)
        + head(b"a.txt", 5) + padded(b"abcde"),
        id="pax 0.0",
    ),
]  # fmt: skip


@pytest.mark.parametrize("data", HOLES)
def test_the_holes_of_a_file_are_zeros(data: bytes) -> None:
    data += head(b"b.txt", 1) + padded(b"B") + bytes(1024)
    found, troubles = texts_of(data)
    assert found == {"a.txt": HOLED[:16], "b.txt": b"B"}
    assert troubles == []
    member = listed(io.BytesIO(data))[0]["a.txt"]
    with members.open_member(io.BytesIO(data), "tar", member) as file:
        file.seek(4)
        assert file.read(8) == HOLED[4:12]


def test_a_file_that_is_mostly_holes_is_refused() -> None:
    block = head(b"a", 5, b"S", map=MAP, whole=b"%011o\0" % (1 << 30), magic=b"ustar  \0")
    found, _ = listed(io.BytesIO(block + padded(b"abcde") + bytes(1024)))
    assert found["a"].refused == "unpacks to more than 200 times its size"


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"4", b"6"])
def test_links_and_devices_are_counted_and_not_followed(kind: bytes) -> None:
    data = head(b"etc", 0, kind) + head(b"a", 1) + padded(b"A") + bytes(1024)
    found, troubles = listed(io.BytesIO(data))
    assert list(found) == ["a"]
    assert troubles == [Trouble("links and devices in it are not followed: the first is 'etc'", 1)]


def test_names_that_lead_outside_are_counted_and_left_out() -> None:
    found, troubles = listed(io.BytesIO(tar({"../b": b"B", "/../c": b"C", "d": b"D"})))
    assert list(found) == ["d"]
    reason = "it has names that are empty or point outside the tar: the first is '../b'"
    assert troubles == [Trouble(reason, 2)]


def test_absolute_names_are_read_without_their_root() -> None:
    data = tar({"/srv/cables/a": b"A", "srv/cables/a": b"B", "/srv/b": b"C"})
    found, troubles = texts_of(data)
    assert found == {"srv/cables/a": b"A", "srv/cables/a~2": b"B", "srv/b": b"C"}
    assert troubles == []


def test_files_of_one_name_are_all_there() -> None:
    data = tar({"a": b"1", "a~2": b"2"}) + tar({"a": b"3", "./a": b"4"})
    assert texts_of(data)[0] == {"a": b"1", "a~2": b"2", "a~3": b"3", "a~4": b"4"}


def test_two_tars_in_one_file_lose_no_file() -> None:
    assert texts_of(tar({"a": b"A"}) + tar({"b": b"B"})) == ({"a": b"A", "b": b"B"}, [])


def test_a_tar_that_is_cut_off_gives_its_whole_files_and_what_is_there_of_the_next() -> None:
    data = tar(TEXTS)
    found, troubles = texts_of(data[: 512 + 1000])
    assert found == {"cable/a.txt": TEXTS["cable/a.txt"][:1000]}
    assert troubles == ["cable/a.txt: the tar ends in the middle of this file"]
    second = data.index(b"b.txt")
    found, troubles = texts_of(data[:second])
    assert found == {"cable/a.txt": TEXTS["cable/a.txt"]}
    assert troubles == ["the tar has no end marker: it may be cut off between two files"]
    found, troubles = texts_of(data[: second + 100])
    assert found == {"cable/a.txt": TEXTS["cable/a.txt"]}
    assert troubles == ["the tar is cut off inside a header"]


def test_a_packed_tar_that_is_cut_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    texts = {f"{number}.txt": b"%d" % number * 500 for number in range(40)}
    packed = gzip.compress(tar(texts))
    path.write_bytes(packed[: len(packed) // 2])
    with members.unpacked(path.open("rb")) as file:
        found, troubles = listed(file)  # type: ignore[arg-type]
    assert 5 < len(found) < 40
    assert troubles[-1].reason == "the compressed file is cut off"


def test_a_head_that_is_not_right_costs_what_it_says() -> None:
    data = bytearray(tar(TEXTS))
    at = data.index(b"b.txt")
    data[at : at + 5] = b"\xff" * 5
    found, troubles = texts_of(bytes(data))
    assert found == {name: text for name, text in TEXTS.items() if name != "b.txt"}
    assert troubles == ["the tar is damaged: a header in it is invalid (1,024 bytes were skipped)"]


LIES = [
    pytest.param(head(b"a", 0, b"L", digits=b"77777777777\0"), id="a name of 8 GiB"),
    pytest.param(head(b"a", 0, b"x", digits=b"\x80" + b"\xff" * 11), id="facts without end"),
    pytest.param(head(b"a", 0, digits=b"\x80" + b"\xff" * 11), id="a file without end"),
    pytest.param(head(b"a", 0, digits=b"-1234567890\0"), id="a negative size"),
    pytest.param(head(b"a", 0, digits=b"123456789ab\0"), id="no number"),
    pytest.param(head(b"a", 5, b"S", map=b"7" * 96, whole=b"7" * 12), id="holes beyond the end"),
    pytest.param(head(b"x", 20, b"x") + padded(b"9 a\n99999999 b=c\n"), id="facts that lie"),
]


@pytest.mark.parametrize("lie", LIES)
def test_a_head_that_lies_hides_no_file_behind_it_for_good(lie: bytes) -> None:
    found, troubles = listed(io.BytesIO(lie + head(b"b.txt", 1) + padded(b"B") + bytes(1024)))
    assert troubles or "b.txt" in found


def test_too_many_files_are_refused() -> None:
    with pytest.raises(OSError, match="more than 2 members"):
        list(tar_members.listed(io.BytesIO(tar(TEXTS)), most=2))


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=600))
def test_a_damaged_tar_gives_files_and_says_what_is_wrong(at: int, junk: bytes) -> None:
    data = tar(TEXTS)
    data = data[:at] + junk + data[at + len(junk) :]
    found, troubles = texts_of(data)
    if found.keys() != TEXTS.keys():
        assert troubles or len(found) >= len(TEXTS)
