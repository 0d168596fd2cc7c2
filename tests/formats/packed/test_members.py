"""Archives of any kind are listed and read alike."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cable_tui import formats
from cable_tui.formats.packed import members
from cable_tui.formats.packed.member import Member
from tests.formats.samples import DATA
from tests.shapes import seven_zip, tar, zipped


def test_a_refused_file_is_not_opened() -> None:
    with pytest.raises(OSError, match="encrypted"):
        members.open_member(io.BytesIO(), "zip", Member("a", 0, 1, refused="encrypted"))


PAGE = (DATA / "page-2010.html").read_bytes()
PAGES = {f"{number}.html": PAGE for number in range(3)}


def document(first: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(first, "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    return made.getvalue()


CASES = [
    pytest.param(tar(PAGES), "tar", id="tar of pages"),
    pytest.param(tar(PAGES, form=tarfile.GNU_FORMAT), "tar", id="tar of GNU"),
    pytest.param(zipped(PAGES), "zip", id="zip"),
    pytest.param(zipped({}), "zip", id="zip without a file"),
    pytest.param(seven_zip(PAGES), "7z", id="7z"),
    pytest.param(document("mimetype"), "", id="odt"),
    pytest.param(document("[Content_Types].xml"), "", id="docx"),
    pytest.param(PAGE, "", id="a page"),
    pytest.param(b"", "", id="nothing"),
    pytest.param(bytes(4096), "", id="zeros"),
    pytest.param(gzip.compress(PAGE), "", id="gz: a compressed file is no archive"),
]


@pytest.mark.parametrize(("data", "kind"), CASES)
def test_an_archive_is_known_by_its_bytes(data: bytes, kind: str) -> None:
    assert members.container(data) == kind


@pytest.mark.parametrize("data", [case.values[0] for case in CASES[:3]], ids=range(3))
def test_no_format_takes_an_archive_for_one_of_its_files(data: bytes) -> None:
    found = formats.sniff("cables.html", data)
    assert isinstance(found, formats.Skip)
    assert found.kind.startswith("archive (.")


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_file_is_read_as_what_it_holds(pack: object) -> None:
    with members.unpacked(io.BytesIO(pack(PAGE))) as file:  # type: ignore[operator]
        assert members.block_of(file) == PAGE[:512]
        assert file.read() == PAGE


@pytest.mark.parametrize("text", [b"BZh", b"BZhello is a greeting", b"\x1f\x8b", b"", b"7z"])
def test_a_text_that_begins_like_one_is_a_text(text: bytes) -> None:
    assert members.unpacked(io.BytesIO(text)).read() == text


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("x/cables.csv.GZ", "x/cables.csv"),
        ("cables.csv.bz2", "cables.csv"),
        ("cables.csv.xz", "cables.csv"),
        ("pages.tgz", "pages.tar"),
        ("a.html", "a.html"),
    ],
)
def test_a_name_loses_its_packing(name: str, plain: str) -> None:
    assert members.plain_name(name) == plain


@given(st.binary(max_size=700))
def test_any_bytes_have_a_kind_or_none(data: bytes) -> None:
    assert members.container(data) in {"", "zip", "tar", "7z"}
    assert isinstance(members.kind(data), str)
