"""The way into the room: what is refused at once, and what is remembered."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import open as open_command
from cable_tui.settings import Settings
from tests.cli.conftest import Run


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path | None, dict[str, Any]]]:
    """A terminal, and a room that only notes how it was entered."""
    calls: list[tuple[Path | None, dict[str, Any]]] = []

    def enter(call: object, path: Path | None, **named: Any) -> int:
        calls.append((path, named))
        return 0

    monkeypatch.setattr(open_command, "enter", enter)
    monkeypatch.setattr(open_command, "need_terminal", lambda call: None)
    return calls


@pytest.mark.parametrize("argv", [(), (".",), ("demo",), ("/nowhere",)])
def test_without_a_terminal_the_room_is_refused_at_once(spawn: Run, argv: tuple[str, ...]) -> None:
    done = spawn(*argv)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert "needs a terminal" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_dumb_terminal_is_pointed_to_show(home: Path) -> None:
    import pty

    pid, screen = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "dumb"
        os.execv(sys.executable, [sys.executable, "-m", "cable_tui", "."])
    shown = b""
    try:
        while chunk := os.read(screen, 4096):
            shown += chunk
    except OSError:
        pass
    _, status = os.waitpid(pid, 0)
    os.close(screen)
    assert os.waitstatus_to_exitcode(status) == 2
    assert b"cable-tui show" in shown
    assert b"\x1b" not in shown


def test_query_and_reference_are_handed_on(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path
) -> None:
    assert run(archive, "-q", "-tag:KTIP mo", "--ref", "04PORTAMBER211#2").status == 0
    assert entered == [(archive, {"query": "-tag:KTIP mo", "reference": "04PORTAMBER211#2"})]


def test_a_missing_folder_is_said_before_the_room_opens(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path
) -> None:
    done = run(archive.with_name("dem"))
    assert done.status == 3
    assert f"Did you mean {archive}?" in done.err
    assert entered == []


def test_a_path_that_cannot_even_be_looked_at_is_said_in_a_sentence(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path
) -> None:
    done = run(archive / ("x" * 300))
    assert done.status == 3
    assert "cannot be read: File name too long" in done.err
    assert entered == []


def test_the_archive_opened_last_opens_again(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path
) -> None:
    run()
    run(archive)
    run()
    run("--fresh")
    assert [path for path, _ in entered] == [None, archive, archive, None]


def test_a_private_room_is_not_remembered(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path, home: Path
) -> None:
    run(archive, "--private")
    assert not home.exists()
    run()
    assert [path for path, _ in entered] == [archive, None]


def test_an_archive_that_went_away_is_not_opened_by_itself(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    run(folder)
    folder.rmdir()
    run()
    assert [path for path, _ in entered] == [folder, None]


def test_the_settings_name_the_archive(
    run: Run, entered: list[tuple[Path | None, dict[str, Any]]], archive: Path, home: Path
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(f'archive = "{archive}"\n')
    run()
    assert [path for path, _ in entered] == [archive]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """A room that only notes its settings, and whether an indexer was started."""
    found: list[Settings] = []

    def run_room(*given: object, settings: Settings, **named: object) -> int:
        found.append(settings)
        return 0

    monkeypatch.setattr("cable_tui.tui.app.run", run_room)
    monkeypatch.setattr("gc.disable", lambda: None)
    return found


def test_where_a_server_draws_the_room_needs_no_terminal(
    run: Run, shown: list[Settings], archive: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('author = "ada"\nnonsense = 1\n')
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert run(archive, "--no-index").status == 0
    (settings,) = shown
    assert (settings.in_browser, settings.no_index) == (True, True)
    # They are those of the one who serves.
    assert (settings.author, settings.mistakes) == ("", ())


def test_without_an_index_no_indexer_is_started(
    run: Run,
    shown: list[Settings],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("subprocess.Popen", lambda *a, **b: pytest.fail("an indexer was started"))
    monkeypatch.setattr(open_command, "need_terminal", lambda call: None)
    (tmp_path / "new").mkdir()
    assert run(tmp_path / "new", "--no-index").status == 0
    assert [(each.no_index, each.in_browser) for each in shown] == [(True, False)]
