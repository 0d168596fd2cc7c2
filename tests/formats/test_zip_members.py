"""Members of zips, read in place, and what is refused of them."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui.formats import zip_members

TEXTS = {"cable/a.txt": b"UNCLAS " * 900, "b.txt": b"SECRET", "empty": b""}


def zipped(texts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("folder/", b"")
        for name, text in texts.items():
            archive.writestr(name, text)
    return file.getvalue()


def text(data: bytes, name: str) -> bytes:
    member = zip_members.members(io.BytesIO(data))[name]
    with zip_members.open_member(io.BytesIO(data), member) as file:
        return file.read()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_members_are_read_by_their_names(method: int) -> None:
    data = zipped(TEXTS, method)
    assert {name: text(data, name) for name in zip_members.members(io.BytesIO(data))} == TEXTS


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_long_member_is_a_stream(
    method: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_members, "_AT_ONCE", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(TEXTS, method))
    with path.open("rb") as file:
        member = zip_members.members(file)["cable/a.txt"]
    for _ in range(2):
        with zip_members.open_member(path.open("rb"), member) as stream:
            stream.seek(6000)
            assert stream.read(200) == TEXTS["cable/a.txt"][6000:6200]
            assert stream.read() == TEXTS["cable/a.txt"][6200:]
            stream.seek(0)
            assert stream.read() == TEXTS["cable/a.txt"]
            assert zip_members.damage(stream) == ""


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("cable/2009/a.html", True),
        ("a..b", True),
        ("../a", False),
        ("a/../../b", False),
        ("/etc/a", False),
        ("\\a", False),
        ("C:\\a", False),
        ("a\0b", False),
        ("", False),
    ],
)
def test_a_name_that_leads_outside_is_known(name: str, inside: bool) -> None:
    assert zip_members.is_inside(name) is inside


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"flag_bits": 1}, "encrypted"),
        ({"compress_type": 12}, "packed in a way that is not known here"),
        ({"file_size": 5 << 20}, "unpacks to more than 200 times its size"),
    ],
)
def test_a_member_is_refused_with_a_reason(
    change: dict[str, int], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = zipfile.ZipInfo("a")
    entry.compress_size = 9
    for name, value in {"header_offset": 0, "CRC": 0, "file_size": 9, **change}.items():
        setattr(entry, name, value)
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: [entry])
    member = zip_members.members(io.BytesIO(zipped({})))["a"]
    with pytest.raises(OSError, match=reason):
        zip_members.open_member(io.BytesIO(), member)


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("MOST_MEMBERS", 2, "more than 2 members"), ("LARGEST", 100, "holds more than")],
)
def test_a_zip_that_is_too_large_is_refused(
    limit: str, value: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_members, limit, value)
    with pytest.raises(OSError, match=reason):
        zip_members.members(io.BytesIO(zipped(TEXTS)))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=40))
def test_a_damaged_zip_gives_its_texts_or_an_error(at: int, junk: bytes) -> None:
    data = zipped(TEXTS)
    damaged = data[:at] + junk + data[at + len(junk) :]
    try:
        members = zip_members.members(io.BytesIO(damaged))
    except OSError:
        return
    for member in members.values():
        try:
            with zip_members.open_member(io.BytesIO(damaged), member) as file:
                found = file.read()
        except OSError:
            continue
        assert found in TEXTS.values()
