"""`export`: the places of a list, and the messages before they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from cable_tui.exports.citation import Citation
from cable_tui.exports.lists import FORMATS, ListFormat
from tests.cli.conftest import Run, Terminal
from tests.command_cases import Answer, CommandCase, Formula
from tests.exports.sample import TEXT_FORMATS

CASE = CommandCase(
    answers=(
        Answer("export PATH kettle", 0, "show", names="kept"),
        Answer("export PATH kettle --format jsonl", 0, "show"),
    ),
    formulas=(
        Formula(
            "export PATH kettle",
            '=HYPERLINK("http://x.example";"kettle")',
            "--format csv",
            "--format csv-raw",
        ),
    ),
    logged="export PATH lobster -o -",
)

STORY = ("--list", "story")


@pytest.fixture
def marked(run: Run, archive: Path) -> Path:
    """Three marks in a list, the last moved to no place of its own."""
    run("index", archive)
    run("bookmarks", "add", archive, "04PORTAMBER211#2", "--note", "why?", *STORY)
    run("bookmarks", "add", archive, "04PORTAMBER211#1", *STORY)
    return archive


def test_a_dossier_of_a_list_has_places_notes_and_a_timeline(run: Run, marked: Path) -> None:
    done = run("export", marked, *STORY, "--format", "markdown")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("# story\n\n2 places in 1 cable.\n\n## Timeline\n\n- 2004-06-07 · ")
    headings = [line.partition(" · ")[0] for line in done.lines if line.startswith("## ")]
    assert headings == ["## Timeline", "## 1. 04PORTAMBER211 ¶2", "## 2. 04PORTAMBER211 ¶1"]
    assert ":** why?\n" in done.out
    assert "04PORTAMBER211.html#par2>" in done.out


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_every_format_takes_a_list(run: Run, marked: Path, name: str) -> None:
    done = run("export", marked, *STORY, "--format", name)
    assert (done.status, done.err) == (0, "")
    assert done.out


def _bytes(citations: Iterable[Citation], title: str) -> Iterator[bytes]:
    yield b"PK\x00" + title.encode()
    for cited in citations:
        yield b"\x00" + cited.cable.reference_id.encode()


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that writes bytes."""
    form = ListFormat("packed", "a zip", "z", "zip", _bytes, binary=True)
    monkeypatch.setitem(FORMATS, "packed", form)


@pytest.mark.usefixtures("packed")
def test_a_format_of_bytes_is_written_to_stdout_and_to_a_file(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    options = ("export", marked, *STORY, "--format", "packed")
    expected = "PK\x00story\x0004PORTAMBER211"
    assert run(*options).out == expected
    file = tmp_path / "story.zip"
    assert run(*options, "-o", file).status == 0
    assert file.read_bytes() == expected.encode()


@pytest.mark.usefixtures("packed")
@pytest.mark.parametrize(
    "form", ["packed", pytest.param("verifiable", marks=pytest.mark.tool("dossiers"))]
)
def test_a_format_of_bytes_is_written_to_no_terminal(run: Run, marked: Path, form: str) -> None:
    screen = Terminal()
    done = run("export", marked, *STORY, "--format", form, screen=screen)
    assert (done.status, screen.getvalue()) == (2, "")
    assert f"{form} cannot be printed on a terminal" in done.err


def test_a_dash_is_stdout(
    run: Run, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    options = ("export", marked, *STORY, "--format", "references")
    done = run(*options, "-o", "-")
    assert (done.status, done.out, done.err) == (0, run(*options).out, "")
    assert run("bookmarks", "export", "-").value["format"] == "cable-tui marks"
    assert not (tmp_path / "-").exists()


def test_a_dossier_of_a_query_has_the_marked_places_with_their_notes(
    run: Run, marked: Path
) -> None:
    done = run("export", marked, "is:noted", "--format", "markdown")
    assert (done.status, done.err) == (0, "")
    headings = [line.partition(" · ")[0] for line in done.lines if line.startswith("## ")]
    assert headings == ["## Timeline", "## 1. 04PORTAMBER211 ¶1", "## 2. 04PORTAMBER211 ¶2"]
    assert ":** why?\n" in done.out.partition("## 2.")[2]


def test_a_word_that_was_read_as_another_is_said_as_search_says_it(run: Run, archive: Path) -> None:
    searched = run("search", archive, "ambassadr", "--refs")
    exported = run("export", archive, "ambassadr", "--format", "references")
    assert 'no "ambassadr"; searched for ' in exported.err
    assert (exported.status, exported.err) == (0, searched.err)
    assert exported.lines == searched.lines


@pytest.mark.parametrize("more", [(), STORY], ids=["every cable", "a list"])
def test_a_word_that_is_not_there_is_said(run: Run, marked: Path, more: tuple[str, ...]) -> None:
    done = run("export", marked, "qqzzyzzyxqq", *more)
    assert (done.status, done.out) == (1, "")
    assert done.err.splitlines() == [
        'cable-tui: no "qqzzyzzyxqq"',
        "cable-tui: nothing found; nothing was written",
    ]


def test_a_query_narrows_a_list_and_alone_names_cables_and_no_places(
    run: Run, marked: Path
) -> None:
    assert run("export", marked, "origin:nowhere", *STORY).status == 1
    assert len(run("export", marked, "date:2004", *STORY).lines) == 1
    assert run("export", marked, "is:noted", "--format", "references").lines == ["04PORTAMBER211"]


def test_a_query_is_written_without_notes_where_bookmarks_cannot_be_read(
    run: Run, marked: Path, home: Path
) -> None:
    (file,) = home.rglob("library.sqlite")
    file.unlink()
    file.mkdir()
    done = run("export", marked, "date:2004-06-07", "--format", "bibtex")
    assert done.status == 0
    assert done.out.count("@techreport") == 1
    assert done.err.endswith("; the export does not include your notes\n")


def test_marks_that_are_not_in_the_archive_and_a_list_that_is_not_there_are_said(
    run: Run, marked: Path
) -> None:
    run("bookmarks", "add", "99NOWHERE1", *STORY)
    done = run("export", marked, *STORY, "--format", "references")
    assert done.status == 3
    assert done.lines == ["04PORTAMBER211 ¶2", "04PORTAMBER211 ¶1"]
    assert "1 cable is missing from the export: 99NOWHERE1 is not in this archive" in done.err
    assert run("export", marked, "--list", "other").refuses(1, "no list called other")


@pytest.fixture
def delicate(tmp_path: Path, archive: Path) -> Path:
    """Two cables whose texts ask for protection."""
    folder = tmp_path / "delicate"
    folder.mkdir()
    page = (archive / "cable/2004/06/04PORTAMBER211.html").read_text(encoding="utf-8")
    for number in (211, 212):
        text = page.replace("04PORTAMBER211", f"04PORTAMBER{number}")
        text = text.replace("</pre></code>", "99. Ivo Tern (strictly protect)\n</pre></code>")
        (folder / f"04PORTAMBER{number}.html").write_text(text, encoding="utf-8")
    return folder


def test_no_file_is_written_into_the_archive(run: Run, archive: Path) -> None:
    done = run("export", archive, "kettle", "-o", archive / "kettle.jsonl")
    assert done.refuses(2, "inside the archive")
    assert not (archive / "kettle.jsonl").exists()
