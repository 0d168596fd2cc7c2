"""Drafts from files: formats that are known, and everything else."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cable_tui.formats.office import docx, odt, packed_xml
from cable_tui.formats.office.blocks import DocumentError, TextBlock
from cable_tui.tools.drafts.attribution import what_to_check
from cable_tui.tools.drafts.citations import cited_in
from cable_tui.tools.drafts.read import read_draft, read_piped
from tests.tool_cases import ByteReaders
from tests.tools.drafts.manuscript import FAULTS, Quoted, written

SAID = "The embassy said that it would never happen again."
CITED = f"They wrote: “{SAID}” (09RABAT12 ¶3)"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def checked(path: Path) -> list[tuple[str, list[str]]]:
    read = what_to_check(read_draft(path))
    return [
        (each.quotation.text(read.draft.blocks).strip(), [one.text for one in each.cited])
        for each in read.quotations
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", CITED.encode()),
        ("a.markdown", CITED.replace("\n", "\r\n").encode()),
        ("a.txt", CITED.encode("utf-16")),
        ("a.txt", CITED.encode("utf-16-le")),
        ("a.txt", b"\xef\xbb\xbf" + CITED.encode()),
        ("a.txt", CITED.replace("¶", "para. ").encode("cp1252")),
        ("a.html", f"<p>They wrote: <q>{SAID}</q> (09RABAT12 ¶3)".encode()),
        ("a", f"<!DOCTYPE html><body>{CITED}".encode()),
        ("no-suffix", CITED.encode()),
    ],
)
def test_a_draft_in_any_encoding(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert checked(tmp_path / name) == [(SAID, ["09RABAT12"])]


def test_the_same_draft_is_the_same_in_every_format(tmp_path: Path) -> None:
    quoted = [Quoted(f"{SAID[:-1]} in {at} years", f"09RABAT{at}", "") for at in range(1, 9)]
    found = [checked(path) for path in written(tmp_path, quoted)]
    assert found[0] == [(each.text, [each.cited]) for each in quoted]
    assert all(each == found[0] for each in found)


def packed(path: Path, name: str, data: bytes | str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"this is no docx", "it is not a .docx file"),
        ("a.odt", b"", "it is not a .odt file"),
        ("a.docx", b"PK\x03\x04garbage", "damaged"),
        ("a.md", bytes(range(256)) * 9, "it is not text"),
        ("a.md", b"%PDF-1.7 ...", "PDF"),
        ("a.md", b"{\\rtf1 words", "RTF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1", "save it as .docx"),
        ("a.md", b"word " * (4 << 20), "more than 16 MB of text: check its parts one by one"),
        ("a.md", b"a\n\n" * 200_001, "more than 400,000 lines or tags: check its parts"),
        ("a.txt", b"a\n" * 400_001, "more than 400,000 lines or tags: check its parts"),
        ("a.html", b"<html>" + b"<p>" * 400_001, "more than 400,000 lines or tags"),
    ],
)
def test_what_is_no_draft_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=said) as caught:
        read_draft(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


def test_no_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read_draft(tmp_path / "nothing.md")
    with pytest.raises(DocumentError, match="it is a folder"):
        read_draft(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "word/document.xml",
            '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>',
            "declares a document type",
        ),
        ("word/document.xml", f"<w:document {WORD}><w:p>", "damaged"),
        ("content.xml", b"\x00\x01\x02", "damaged or encrypted"),
        ("pictures/cat.png", b"", "a zip without a Word"),
    ],
)
def test_a_hostile_package_is_refused(
    tmp_path: Path, name: str, data: bytes | str, said: str
) -> None:
    packed(tmp_path / "a.docx", name, data)
    with pytest.raises(DocumentError, match=said):
        read_draft(tmp_path / "a.docx")


@pytest.mark.parametrize(
    ("limit", "data", "said"),
    [
        ("LARGEST", b" " * (2 << 20), "larger than 1 MB"),
        ("MOST_BLOCKS", f"<t>{'<p>a</p>' * 101}</t>", "more than 100 paragraphs: check its parts"),
        ("MOST_TEXT", f"<t><p>{'a b ' * (1 << 19)}</p></t>", "more than 1 million characters"),
    ],
)
def test_a_package_that_holds_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, data: bytes | str, said: str
) -> None:
    limits = {"LARGEST": 64 << 20, "MOST_BLOCKS": 200_000, "MOST_TEXT": 16 << 20}
    assert getattr(packed_xml, limit) == limits[limit]  # docs/checking.md
    monkeypatch.setattr(packed_xml, limit, 100 if limit == "MOST_BLOCKS" else 1 << 20)
    packed(tmp_path / "a.odt", "content.xml", data)
    with pytest.raises(DocumentError, match=said):
        read_draft(tmp_path / "a.odt")


def test_what_is_deep_is_read(tmp_path: Path) -> None:
    many = 5_000
    packed(
        tmp_path / "a.docx",
        "word/document.xml",
        f"<w:document {WORD}>{'<w:p>' * many}{'</w:p>' * many}</w:document>",
    )
    (tmp_path / "a.html").write_text(f"{'<blockquote><div>' * many}{SAID}", encoding="utf-8")
    assert checked(tmp_path / "a.docx") == []
    assert [text for text, _ in checked(tmp_path / "a.html")] == [SAID]


def test_what_is_not_looked_at_is_named(tmp_path: Path) -> None:
    text = f"---\ntitle: x\n---\n\n<!-- “{SAID}” -->\n\n```\n“{SAID}”\n```\n\n{CITED}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert checked(tmp_path / "a.md") == [(SAID, ["09RABAT12"])]
    assert read_draft(tmp_path / "a.md").left_out == (
        "a comment, from line 5 on",
        "its front matter, from line 1 on",
        "a block of code, from line 7 on",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), suffix=st.sampled_from(["md", "txt", "html"]))
def test_any_text_is_read(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read = what_to_check(read_draft(path))
    except DocumentError:
        return
    for each in read.quotations:
        assert each.quotation.text(read.draft.blocks)


def _draft(data: bytes) -> None:
    """A draft from a pipe, with what is to be checked in it."""
    with suppress(DocumentError):
        what_to_check(read_piped(io.BytesIO(data)))


def _citation(data: bytes) -> None:
    """A paragraph of a draft, in which cables are cited."""
    cited_in(TextBlock(data.decode("utf-8", "replace"), 1))


WATCHED = (docx, odt)
"""Imported late else, so that no fuzzer sees their lines."""


def _seeds() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        yield from (path.read_bytes() for path in written(Path(folder), FAULTS))


_PARAGRAPH = "04PORTAMBER305 ¶2, 09 RABAT 12; Embassy Rabat 12 of 13 Feb 2009, para. 3"
CASE = ByteReaders(
    {
        "drafts": (_draft, _seeds),
        "citations": (_citation, lambda: iter([_PARAGRAPH.encode()])),
    }
)
