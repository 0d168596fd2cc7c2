"""The process that meets other readers, seen from the room: its reports, its death, its end."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from cable_tui.library import Library, Mark
from cable_tui.session.features.bookmarks_screen import OthersMet
from cable_tui.session.values import Action
from cable_tui.tools.sharing.exchange import exchange
from cable_tui.tools.sharing.folder import FolderTarget
from cable_tui.tools.sharing.process import SyncProcess, SyncWords, sync_command

NOON = datetime(2026, 11, 26, 14, 2)
MET: dict[str, Any] = {"trouble": None, "notices": []}
AWAY: dict[str, Any] = {"trouble": "there is no network", "notices": []}


def test_it_says_when_others_were_last_met() -> None:
    words = SyncWords()
    assert words.of(MET, NOON) == OthersMet("synced")
    assert words.words(NOON + timedelta(seconds=59)) == "synced"
    assert words.words(NOON + timedelta(seconds=130)) == "synced 2 min ago"
    # Being offline is normal: it is said without a notice, from when on it is so.
    assert words.of(AWAY, NOON) == OthersMet("offline since 14:02")
    assert words.of(AWAY, NOON + timedelta(hours=1)) == OthersMet("offline since 14:02")
    assert words.of(MET, NOON + timedelta(hours=2)) == OthersMet("synced")


def test_where_nothing_may_be_added_others_are_met_all_the_same() -> None:
    words = SyncWords()
    refused = {"trouble": None, "read_only": True, "notices": ["you can only read there"]}
    only = OthersMet("synced, read only", "you can only read there")
    assert words.of(refused, NOON) == only
    assert words.of(refused, NOON) == OthersMet("synced, read only")
    assert words.words(NOON + timedelta(seconds=130)) == "synced 2 min ago, read only"
    assert words.of(MET, NOON) == OthersMet("synced")


def test_what_keeps_others_away_for_long_is_said_once_with_the_reason() -> None:
    words = SyncWords()
    words.of(MET, NOON)
    refused = {"trouble": "the password is not the right one", "notices": []}
    said = [words.of(refused, NOON).notice for _ in range(5)]
    assert said == ["", "", "the password is not the right one", "", ""]
    words.of(MET, NOON)
    assert not any(words.of(refused, NOON).notice for _ in range(5))


@pytest.mark.parametrize(
    ("report", "words", "notice"),
    [
        pytest.param(AWAY, "offline since 14:02", "there is no network", id="never reached"),
        pytest.param({"notices": ["it is damaged"]}, "synced", "it is damaged", id="no reading"),
    ],
)
def test_the_reason_is_said_once(report: dict[str, Any], words: str, notice: str) -> None:
    said = SyncWords()
    assert said.of(report, NOON) == OthersMet(words, notice)
    assert said.of(report, NOON) == OthersMet(words)


def test_no_target_is_among_the_words_of_the_process(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('sync = "postgresql://mara:secret@server/newsroom"\n')
    assert not any("secret" in word for word in sync_command(config))
    assert str(config) in sync_command(config)
    assert "--config" not in sync_command(tmp_path / "missing.toml")


def soon(true: Callable[[], bool]) -> bool:
    end = monotonic() + 60
    while not true() and monotonic() < end:
        sleep(0.05)
    return true()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_others_are_met_also_after_the_process_was_killed_and_once_more_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CABLE_TUI_HOME", str(tmp_path / "home"))
    shared = tmp_path / "shared"
    FolderTarget(str(shared)).init()
    config = tmp_path / "config.toml"
    config.write_text(f"sync = '{shared}'\nauthor = 'mara'\n")
    mara = Library(tmp_path / "home" / "data" / "library.sqlite", author="mara")
    tom = Library(tmp_path / "tom.sqlite", author="tom")
    said: list[Action] = []
    changes: list[int] = []
    process = SyncProcess(sync_command(config), lambda: changes.append(1))
    process.again = 0.1
    thread = threading.Thread(target=process.run, args=(said.append,), daemon=True)
    thread.start()
    assert soon(lambda: said == [OthersMet("synced")])
    tom.add(Mark("09POST1", "09POST1"))
    exchange(tom, FolderTarget(str(shared)))
    assert soon(lambda: len(mara.marks()) == 1 and bool(changes))
    assert process._process is not None
    process._process.kill()
    # It is offline until the next one has met others.
    assert soon(lambda: any("offline" in getattr(each, "words", "") for each in said))
    assert soon(lambda: said[-1] == OthersMet("synced"))
    mara.add(Mark("09POST2", "09POST2"))
    process.stop()
    thread.join(30)
    assert not thread.is_alive()

    def found() -> bool:
        exchange(tom, FolderTarget(str(shared)))
        return len(tom.marks()) == 2

    assert soon(found)
