"""A list with a name to mask in it, and its dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Run

REF = "07SANTORIEL45"
STORY = ("--list", "Story")


@pytest.fixture
def marked(run: Run, archive: Path) -> Path:
    """Two paragraphs of a cable with a name to mask, and a whole one."""
    run("marks", "add", archive, f"{REF}#4", "--note", "which list?", *STORY)
    run("marks", "add", archive, f"{REF}#3", *STORY)
    run("marks", "add", archive, "06PORTAMBER131", *STORY)
    return archive


@pytest.fixture
def dossier(run: Run, marked: Path, tmp_path: Path) -> Path:
    file = tmp_path / "story.zip"
    assert sealed(run, marked, file).status == 0
    return file


def sealed(run: Run, archive: Path, file: Path, *options: str) -> Outcome:
    """The list as a dossier; its plea is for workers, whose names it does not give."""
    masked = () if "--with-protected" in options else ("--mask", "Helena Farquhar")
    return run("export", archive, *STORY, "--format", "sealed", "-o", file, *masked, *options)
