"""What the page of a draft gets from a file and an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.effects.perform import perform
from cable_tui.effects.services import Services
from cable_tui.session.base import Action, Effect
from cable_tui.session.features.drafts.check_draft import (
    CheckDraft,
    DraftChecked,
    DraftFailed,
    DraftHasChanged,
    DraftWasRead,
    SeeDraftFile,
)
from tests.archive.fiction import Fiction, opened, write_dump

GOAT = "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("draft")
    write_dump(folder / "cables.csv", [Fiction("09RABAT1", text=GOAT)])
    return opened(folder / "cables.csv", folder / "cache")


def done(archive: Archive, effect: Effect, *, in_browser: bool = False) -> list[Action]:
    services: Any = Services.__new__(Services)
    services.archive, services.in_browser = archive, in_browser
    return list(perform(services, effect, lambda: False))


def test_a_draft_is_read_and_checked(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"“{GOAT}” (09RABAT1 ¶1)\n\n```\nx\n```\n", encoding="utf-8")
    read, *more = done(archive, CheckDraft(str(file)))
    assert isinstance(read, DraftWasRead)
    assert (read.total, read.stamp[0]) == (2, file.stat().st_size)
    last = more[-1]
    assert isinstance(last, DraftChecked)
    assert last.done
    assert [(each.kind, each.verdict) for each in last.findings] == [
        ("quotation", "exact"),
        ("citation", "exact"),
    ]
    assert "1 quotation: 1 exact" in last.note
    assert "not looked at: a block of code" in last.note


def test_how_much_was_not_looked_at_is_said_in_few_words(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("<!-- a -->\n" * 5, encoding="utf-8")
    last = done(archive, CheckDraft(str(file)))[-1]
    assert isinstance(last, DraftChecked)
    assert last.note.partition(" · ")[2] == (
        "not looked at: a comment, from line 1 on; a comment, from line 2 on; "
        "a comment, from line 3 on; and 2 more"
    )


def test_what_cannot_be_read_is_said(archive: Archive, tmp_path: Path) -> None:
    (failed,) = done(archive, CheckDraft(str(tmp_path / "nothing.md")))
    assert isinstance(failed, DraftFailed)
    assert "no such file" in failed.reason


def test_a_browser_reads_no_file_of_the_machine_that_serves_it(
    archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    (failed,) = done(archive, CheckDraft(str(file)), in_browser=True)
    assert isinstance(failed, DraftFailed)


def test_a_changed_file_is_seen(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x", encoding="utf-8")
    seen = file.stat()
    stamp = (seen.st_size, seen.st_mtime_ns)
    assert done(archive, SeeDraftFile(str(file), stamp)) == []
    file.write_text("xy", encoding="utf-8")
    assert done(archive, SeeDraftFile(str(file), stamp)) == [DraftHasChanged(str(file))]
    file.unlink()
    assert done(archive, SeeDraftFile(str(file), stamp)) == []
