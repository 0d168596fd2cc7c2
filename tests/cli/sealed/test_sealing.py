"""`export --format sealed`: what is in the dossier, and what is said of it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, Terminal
from tests.cli.sealed.conftest import REF, STORY, sealed


def test_the_seal_is_printed_and_is_the_digest_of_the_file(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "story.zip"
    done = sealed(run, marked, file)
    assert done.err.splitlines() == [
        f"cable-tui: 2 cables written to {file}",
        (
            "cable-tui: names that a cable asks to protect are masked, 2 times; "
            "read it before you pass it on"
        ),
        f"cable-tui: seal: sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}",
    ]


def test_paragraphs_and_names_are_as_they_were_asked_for(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "story.zip"
    done = sealed(run, marked, file, "--paragraphs", "--with-protected")
    assert "think of who is named" in done.err
    assert "masked" not in done.err
    assert run("verify", file).lines[0] == "Story: 2 cables, cited paragraphs"
    assert run("verify", file, marked).status == 0
    with zipfile.ZipFile(file) as packed:
        assert b"[paragraph left out" in packed.read(f"cables/00001-{REF}.json")
        assert b"[name masked]" not in packed.read(f"cables/00001-{REF}.json")


def test_a_query_can_be_sealed_with_its_bookmarks_and_no_list(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    file = tmp_path / "query.zip"
    done = run("export", marked, f"ref:{REF}", "--format", "sealed", "-o", file)
    assert done.status == 0
    with zipfile.ZipFile(file) as packed:
        marks = packed.read("marks.json").decode()
    assert marks.count('"uid"') == 2
    assert '"lists": []' in marks


def test_the_same_moment_makes_the_same_file(
    run: Run, marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    files = [tmp_path / "a.zip", tmp_path / "b.zip"]
    for file in files:
        assert sealed(run, marked, file).status == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "sealed on 2009-02-13 23:31:30 UTC" in run("verify", files[0]).out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "then")
    assert sealed(run, marked, files[0]).status == 2


def test_no_terminal_is_given_a_dossier(run: Run, marked: Path) -> None:
    screen = Terminal()
    done = run("export", marked, *STORY, "--format", "sealed", screen=screen)
    assert (done.status, screen.getvalue()) == (2, "")
    assert "sealed is no text for a terminal" in done.err


@pytest.mark.parametrize("option", ["--whole", "--paragraphs", "--with-protected", "--without-log"])
def test_what_only_a_dossier_knows_is_refused_with_other_forms(
    run: Run, marked: Path, option: str
) -> None:
    done = run("export", marked, *STORY, "--format", "csv", option)
    assert done.status == 2
    assert "go with --format sealed" in done.err


def bundle(file: Path) -> Any:
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("marks.json"))


def test_of_a_list_only_its_bookmarks_leave_whatever_blanks_its_name_has(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    run("marks", "add", marked, "06PORTAMBER131#1", "--note", "not of it", "--list", "Else")
    run("marks", "add", marked, "06PORTAMBER131#1", "--note", "of it", "--list", "Two  words")
    file = tmp_path / "words.zip"
    done = run("export", marked, "--list", " Two   words", "--format", "sealed", "-o", file)
    assert done.status == 0
    found = bundle(file)
    assert [each["note"] for each in found["marks"]] == ["of it"]
    assert [each["name"] for each in found["lists"]] == ["Two words"]


def test_a_query_is_sealed_without_bookmarks_that_cannot_be_read(
    run: Run, marked: Path, tmp_path: Path
) -> None:
    (library,) = tmp_path.rglob("library.sqlite")
    library.unlink()
    library.mkdir()
    file = tmp_path / "query.zip"
    done = run("export", marked, f"ref:{REF}", "--format", "sealed", "-o", file)
    assert done.status == 0
    assert "the dossier is without your bookmarks" in done.err
    assert bundle(file)["marks"] == []
    assert sealed(run, marked, tmp_path / "list.zip").status == 4
    assert not (tmp_path / "list.zip").exists()
