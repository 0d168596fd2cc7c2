"""The way into the room: what is refused at once, and what is remembered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import open as open_command
from cable_tui.program.settings import Settings
from tests.cli.conftest import Run, write_settings

Entered = list[tuple[Path | None, dict[str, Any]]]
"""How the room was entered, each time."""


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> Entered:
    """A terminal, and a room that only notes how it was entered."""
    calls: Entered = []

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
def test_a_log_in_place_of_standard_error_is_named(home: Path, tmp_path: Path) -> None:
    from benchmarks.terminal import Terminal

    line = f'exec "{sys.executable}" -m cable_tui demo 2>log'
    with Terminal(["sh", "-c", f"cd '{tmp_path}'; {line}"]) as terminal:
        assert terminal.wait(60) == 2
    said = (tmp_path / "log").read_text(encoding="utf-8")
    assert "drawn on standard error, which is not a terminal" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_dumb_terminal_is_pointed_to_show(home: Path) -> None:
    from benchmarks.terminal import Terminal

    command = [sys.executable, "-m", "cable_tui", "."]
    with Terminal(command, environment={"TERM": "dumb"}) as terminal:
        assert terminal.wait(60) == 2
    assert b"cable-tui show" in terminal.raw
    assert b"\x1b" not in terminal.raw


def test_query_and_reference_are_handed_on(run: Run, entered: Entered, archive: Path) -> None:
    assert run(archive, "-q", "-tag:KTIP mo", "--ref", "04PORTAMBER211#2").status == 0
    assert entered == [(archive, {"query": "-tag:KTIP mo", "reference": "04PORTAMBER211#2"})]


def test_a_folder_that_is_missing_or_cannot_be_looked_at_is_said_before_the_room_opens(
    run: Run, entered: Entered, archive: Path
) -> None:
    for path, said in (
        (archive.with_name("dem"), f"Did you mean {archive}?"),
        (archive / ("x" * 300), "cannot be read: File name too long"),
    ):
        done = run(path)
        assert (done.status, said in done.err) == (3, True)
    assert entered == []


def test_the_archive_opened_last_opens_again_unless_it_was_in_private(
    run: Run, entered: Entered, archive: Path, home: Path
) -> None:
    run(archive, "--private")
    assert not home.exists()
    run()
    run(archive)
    run()
    run("--fresh")
    assert [path for path, _ in entered] == [archive, None, archive, archive, None]


def test_an_archive_that_went_away_is_not_opened_by_itself_but_that_of_the_settings(
    run: Run, entered: Entered, archive: Path, home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    run(folder)
    folder.rmdir()
    run()
    write_settings(home, f'archive = "{archive}"\n')
    run()
    assert [path for path, _ in entered] == [folder, None, archive]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """A room that only notes its settings, and whether an indexer was started."""
    found: list[Settings] = []

    def run_room(*given: object, settings: Settings, **named: object) -> int:
        found.append(settings)
        return 0

    monkeypatch.setattr("cable_tui.tui.start.app.run", run_room)
    monkeypatch.setattr("gc.disable", lambda: None)
    return found


def test_where_a_server_draws_the_room_needs_no_terminal(
    run: Run, shown: list[Settings], archive: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(home, 'author = "ada"\nnonsense = 1\n')
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
