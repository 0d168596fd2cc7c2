"""The repaired quotation of a draft in the copy menu of its cable."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cable_tui.archive.archive import Archive
from cable_tui.base.value import replace
from cable_tui.session import effects
from cable_tui.session.features import opened_cable
from cable_tui.session.registry import Services
from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.tools.drafts import room as check_draft
from cable_tui.tools.drafts.draft_view import DraftView
from cable_tui.tools.repair.room import CopyRepaired, CopyRepairedText, copy_lines
from tests.archive.fiction import Fiction, opened, write_dump
from tests.session import cable, done, ready, the, walk

GOAT = "Eleven goats crossed the runway on Tuesday and the afternoon flight had to circle."
WRONG = GOAT.replace("Tuesday", "Monday")
PARAPHRASE = "Eleven goats crossed the runway on Tuesday while a brass band was playing there"


class Clipboard:
    """Keeps what is copied."""

    copied = ""

    def copy(self, text: str, what: str) -> Any:
        self.copied = text
        return SimpleNamespace(way="kept", sentence=f"Copied: {what}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("repair")
    write_dump(folder / "cables.csv", [Fiction("09RABAT1", text=GOAT)])
    return opened(folder / "cables.csv", folder / "cache")


def services_of(archive: Archive, clipboard: Clipboard) -> Any:
    services: Any = Services.__new__(Services)
    services.archive, services.in_browser, services.clipboard = archive, False, clipboard
    services.library = SimpleNamespace(path=archive.root.with_name("library.sqlite"))
    services.ways = services.shown = None
    return services


def followed(archive: Archive, tmp_path: Path, quotation: str) -> Session:
    """The cable of a draft's only quotation, opened from the page of the draft."""
    file = tmp_path / "a.md"
    file.write_text(f"“{quotation}” (09RABAT1 ¶1)\n", encoding="utf-8")
    services = services_of(archive, Clipboard())
    session = walk(ready(), check_draft.OpenDraft(str(file)))
    session = walk(session, *done(services, check_draft.CheckDraft(str(file))))
    session = walk(session, check_draft.FollowQuotation(0))
    found = session.of_tool(DraftView).followed
    assert found is not None
    assert found.found is not None
    return walk(session, opened_cable.CableShown(found.found.id, archive.cable(found.found.id)))


def copied(archive: Archive, session: Session) -> tuple[list[Action], str]:
    (line,) = copy_lines(session)
    assert isinstance(line.does, CopyRepaired)
    wanted = line.does.step(session)[1]
    assert wanted == (CopyRepairedText(line.does.draft, line.does.finding),)
    clipboard = Clipboard()
    return done(services_of(archive, clipboard), wanted[0]), clipboard.copied


def test_the_quotation_is_copied_in_the_words_of_the_cable(
    archive: Archive, tmp_path: Path
) -> None:
    _, text = copied(archive, followed(archive, tmp_path, WRONG))
    assert text == GOAT


def test_a_paraphrase_is_not_repaired_and_the_reason_is_shown(
    archive: Archive, tmp_path: Path
) -> None:
    answers, text = copied(archive, followed(archive, tmp_path, PARAPHRASE))
    assert text == ""
    assert "The repair is not certain (" in the(effects.Notify, answers).sentence


def test_an_exact_quotation_and_another_cable_have_no_such_line(
    archive: Archive, tmp_path: Path
) -> None:
    assert list(copy_lines(ready())) == []
    assert list(copy_lines(followed(archive, tmp_path, GOAT))) == []
    session = followed(archive, tmp_path, WRONG)
    assert len(list(copy_lines(session))) == 1
    other = walk(replace(session, opening=2), opened_cable.CableShown(2, cable(2)))
    assert list(copy_lines(other)) == []
