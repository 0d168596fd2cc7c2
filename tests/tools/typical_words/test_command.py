"""`words` with an archive that was never indexed."""

from __future__ import annotations

from pathlib import Path

from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Run


def test_words_of_an_archive_that_was_never_indexed_are_counted(run: Run, tmp_path: Path) -> None:
    """The index of words is made first, also for a query of filters alone."""
    write_dump(tmp_path / "cables.csv", [Fiction(id=f"09RABAT{at}") for at in range(1, 7)])
    asked = ("words", tmp_path / "cables.csv", "date:2009", "--least", "1")
    assert "no text is indexed" not in run(*asked).err
