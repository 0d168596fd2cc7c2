"""`describe`: an archive on one screen, and as JSON."""

from __future__ import annotations

from pathlib import Path

from cable_tui.api.description import Description
from tests.cli.conftest import Run
from tests.command_cases import Answer, CommandCase
from tests.parts import CRITICISM, GRAMMAR, READING, ROOM, SEARCHING

CASE = CommandCase(
    answers=(Answer("describe PATH --json"),),
    imports={
        "describe PATH": SEARCHING
        | GRAMMAR
        | READING
        | CRITICISM
        | ROOM
        | {"api", "tools.missing"},
    },
    shapes={"describe": Description},
)


def test_it_prints_a_page_with_what_is_not_known(run: Run, archive: Path) -> None:
    done = run("describe", archive)
    assert done.status == 0
    assert done.lines[0] == f"{archive.name}: 40 cables, 2004-2010"
    assert "what the archive does not tell you:" in done.lines
    assert "  1 cable cited but not in this archive" in done.lines
    assert len(done.out.encode()) <= 6_000
    assert max(map(len, done.lines)) <= 100
