"""`check --report html`: the audit of a draft, or of a folder of chapters."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cable_tui.tools.drafts.findings import Finding, QuotedSource
from cable_tui.tools.drafts.quotations import BlockSpan
from cable_tui.tools.repair.audit import Chapter, page
from tests.cli.conftest import Run
from tests.tools.drafts.manuscript import FORMATS, manuscript


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes.update(name for name, _ in attrs)


@pytest.fixture
def book(demo_archive: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    quoted = manuscript(demo_archive)
    FORMATS["md"](folder / "1 one.md", quoted[:30])
    FORMATS["docx"](folder / "2 two.docx", quoted[30:])
    (folder / "3 broken.odt").write_bytes(b"no zip")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder_has_one_summary_and_a_part_for_each_chapter(
    run: Run, demo_archive: Path, book: Path, tmp_path: Path
) -> None:
    out = tmp_path / "audit.html"
    done = run("check", demo_archive, book, "--report", "html", "-o", out)
    assert done.status == 1
    assert "3 broken.odt: it is not a .odt file" in done.err
    text = out.read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", text) == ["1 one.md", "2 two.docx", "3 broken.odt"]
    assert "Together</td><td>40</td>" in text
    assert text.count('class="finding') == 60
    assert "<mark>The chart is handsome and its paper is old</mark>." in text
    assert "“ugly” where the cable has “handsome”" in text
    assert "A name near it asks for protection" in text
    assert "2 protection requests in 2 cables" in text
    assert "its comments" not in text
    tags = _Tags()
    tags.feed(text)
    assert tags.names.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert not any(name.startswith("on") or name == "src" for name in tags.attributes)


def test_a_draft_is_printed_unless_a_file_is_named(
    run: Run, demo_archive: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(
        "“The chart is handsome and its paper is old.” (04PORTAMBER305 ¶2)\n\n<!-- x -->\n"
    )
    done = run("check", demo_archive, draft, "--report", "html")
    assert done.status == 0
    assert done.out.startswith("<!DOCTYPE html>")
    assert "Not compared</h3>\n<ul><li>a comment, from line 3 on</li>" in done.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--report", "html", "--watch"), "cannot be combined"),
        (("--report", "html", "-o", "a.md"), "would replace the draft"),
        (("-o", "b.html"), "-o needs"),
    ],
)
def test_a_wrong_line_is_refused(
    run: Run, demo_archive: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    draft = tmp_path / "a.md"
    draft.write_text("x")
    words = (tmp_path / word if word.startswith(("a.", "b.")) else word for word in options)
    done = run("check", demo_archive, draft, *words)
    assert (done.status, said in done.err) == (2, True), done.err


def test_no_word_of_a_draft_or_a_cable_is_markup() -> None:
    evil = "<script>alert(1)</script>&amp;\x1b[31m"
    source = QuotedSource(1, evil, (), evil, passage=evil, marked=((0, 8),), sentence=evil)
    finding = Finding(
        "quotation", "altered", (BlockSpan(0, 0, 1),), evil, evil, evil, (evil,), source, (),
        None, (evil,),
    )  # fmt: skip
    text = "".join(page(evil, evil, evil, [Chapter(evil, (finding,), (evil,), evil)]))
    assert "<script" not in text
    assert "\x1b" not in text
    assert "&amp;amp;" in text


def test_a_receipt_is_shown_with_its_verdict(run: Run, demo_archive: Path, tmp_path: Path) -> None:
    draft = tmp_path / "a.md"
    draft.write_text(
        "“The chart is handsome and its paper is old.” [cable:04PORTAMBER305#2:aaaaaaaaaaaa]\n"
    )
    out = run("check", demo_archive, draft, "--report", "html").out
    assert "[cable:04PORTAMBER305#2:aaaaaaaaaaaa]" in out
    assert "Its code belongs to different words, or to another version of the cable." in out
    done = run("check", demo_archive, draft, "--fix", "-o", tmp_path / "b.md")
    assert "its code belongs to different words, or to another version of the cable" in done.out
