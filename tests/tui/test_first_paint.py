"""What the first paint waits for: a fixed list of modules, so that no feature slows the start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cable_tui import demo
from cable_tui.archive.build.indexer import index

if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)

from benchmarks.terminal import Terminal

ALLOWED = {
    "cable_tui",
    "cable_tui.__main__",
    "cable_tui.archive",
    "cable_tui.archive.cache.read_only",
    "cable_tui.archive.catalogue.first_rows",
    "cable_tui.archive.cache.location",
    "cable_tui.archive.records.times",
    "cable_tui.classification",
    "cable_tui.cli",
    "cable_tui.cli.context",
    "cable_tui.cli.error_boundary",
    "cable_tui.cli.open",
    "cable_tui.cli.options",
    "cable_tui.cli.command_table",
    "cable_tui.database",
    "cable_tui.errors",
    "cable_tui.settings",
    "cable_tui.text",
    "cable_tui.text.cleaning",
    "cable_tui.text.folding",
    "cable_tui.text.layout",
    "cable_tui.text.unicode_tables",
    "cable_tui.text.lost_quotes",
    "cable_tui.last_position",
    "cable_tui.tui",
    "cable_tui.tui.textual_patches.type_ahead",
    "cable_tui.tui.app",
    "cable_tui.tui.startup.splash",
    "cable_tui.tui.textual_patches.sanitize",
    "cable_tui.tui.widgets.component_styles",
    "cable_tui.tui.textual_patches.driver_fixes",
    "cable_tui.tui.widgets.classification_level",
    "cable_tui.tui.results.row_text",
    "cable_tui.process_memory",
    "cable_tui.tui.startup.first_rows",
    "cable_tui.background.indexer",
    "cable_tui.tui.base.theme",
    "cable_tui.tui.textual_patches.diff_output",
}
"""What is imported before the first paint. Every further module is seen by everybody who starts
the program: think twice before it is named here."""
HEAVY = {"tantivy", "rapidfuzz"}
_LOOK = """
import sys
from pathlib import Path
from cable_tui.cli import main, open as verb

room = verb.enter

def enter(*arguments, **options):
    from cable_tui.tui.app import CableTui

    async def look(self):
        Path(sys.argv[2]).write_text("\\n".join(sys.modules))
        self.exit(0)

    CableTui._rise = look
    return room(*arguments, **options)

verb.enter = enter
main([sys.argv[1]])
"""
"""The program, which ends when the room would rise and says what has been imported by then."""


def test_little_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    home, folder, found = tmp_path / "home", tmp_path / "cables", tmp_path / "modules"
    demo.write(folder)
    for _ in index(folder, home / "cache", workers=0):
        pass
    command = [sys.executable, "-c", _LOOK, str(folder), str(found)]
    with Terminal(command, environment={"CABLE_TUI_HOME": str(home)}) as terminal:
        assert terminal.wait(30) == 0, terminal.text
    imported = set(found.read_text().split())
    assert "cable_tui.tui.startup.splash" in imported
    assert {name for name in imported if name.startswith("cable_tui")} <= ALLOWED
    assert not imported & HEAVY
