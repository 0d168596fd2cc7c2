"""`pick`: the room on stderr, references on stdout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from cable_tui.cli import pick
from tests.cli.conftest import Run

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal


@pytest.mark.parametrize(
    "case",
    [([], 1, ""), (["09ZENDA3"], 0, "09ZENDA3\n"), (["A", "B"], 0, "A\nB\n")],
)
def test_the_chosen_references_are_data(
    run: Run,
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[list[str], int, str],
) -> None:
    chosen, status, out = case
    asked: dict[str, Any] = {}

    def enter(call: object, path: Path, **named: Any) -> int:
        asked.update(named, path=path)
        named["chosen"][:] = chosen
        return 0

    monkeypatch.setattr(pick, "enter", enter)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    done = run("pick", archive, "-tag:KTIP", "ships")
    assert (done.status, done.out) == (status, out)
    assert (asked["path"], asked["query"]) == (archive, "-tag:KTIP ships")


def test_without_a_terminal_it_says_what_it_needs(spawn: Run, archive: Path) -> None:
    assert spawn("pick", archive).says(2, "must be terminals")


def test_a_program_gets_what_a_reader_chose_on_a_terminal(
    run: Run, archive: Path, home: Path, cache: Path, tmp_path: Path
) -> None:
    assert run("index", archive).status == 0
    out = tmp_path / "out"
    pick_into = ["sh", "-c", 'exec "$@" > "$0"', str(out)]
    command = [*pick_into, sys.executable, "-m", "cable_tui", "pick", str(archive), "--no-color"]
    places = {"CABLE_TUI_HOME": str(home), "CABLE_TUI_CACHE": str(cache)}
    with Terminal(command, columns=80, rows=24, environment=places) as terminal:
        assert terminal.until(lambda screen: "Choose" in screen, 60) is not None
        terminal.send(" ")
        terminal.send("enter")
        assert terminal.wait(60) == 0, terminal.text
    assert len(out.read_text().splitlines()) == 1
