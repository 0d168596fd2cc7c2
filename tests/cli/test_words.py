"""`words`: the example of the documents, and an archive that was never indexed."""

from __future__ import annotations

from pathlib import Path

from tests.archive.fiction import Fiction, write_dump
from tests.cli.conftest import Run


def test_the_typical_words_that_the_documents_show_are_those_of_the_demo(
    run: Run, archive: Path
) -> None:
    done = run("words", archive, "origin:quayhaven", "--least", "3")
    shown = "\n".join([*done.lines[:6], "", *done.err.splitlines()])
    page = Path(__file__).parents[2] / "docs" / "concordance.md"
    assert f"```\n{shown}\n```" in page.read_text(encoding="utf-8")


def test_words_of_an_archive_that_was_never_indexed_are_counted(run: Run, tmp_path: Path) -> None:
    """The index of words is made first, also for a query of filters alone."""
    write_dump(tmp_path / "cables.csv", [Fiction(id=f"09RABAT{at}") for at in range(1, 7)])
    asked = ("words", tmp_path / "cables.csv", "date:2009", "--least", "1")
    assert "no text is indexed" not in run(*asked).err
