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
    "cable_tui.archive.cache",
    "cable_tui.archive.catalogue",
    "cable_tui.archive.catalogue.kept_cache",
    "cable_tui.archive.catalogue.newest_rows",
    "cable_tui.archive.records",
    "cable_tui.archive.records.sortable_times",
    "cable_tui.background",
    "cable_tui.background.start_indexer",
    "cable_tui.base",
    "cable_tui.base.cable",
    "cable_tui.base.digests",
    "cable_tui.base.errors",
    "cable_tui.base.index_state",
    "cable_tui.base.named_tuple",
    "cable_tui.base.pattern",
    "cable_tui.base.tools",
    "cable_tui.base.value",
    "cable_tui.cli",
    "cable_tui.cli.command_table",
    "cable_tui.cli.open",
    "cable_tui.cli.shared",
    "cable_tui.cli.shared.command_context",
    "cable_tui.cli.shared.options",
    "cable_tui.operating_system",
    "cable_tui.operating_system.files",
    "cable_tui.operating_system.memory",
    "cable_tui.operating_system.processes",
    "cable_tui.operating_system.terminals",
    "cable_tui.program",
    "cable_tui.program.ascii_signs",
    "cable_tui.program.database",
    "cable_tui.program.last_position",
    "cable_tui.program.running",
    "cable_tui.program.settings",
    "cable_tui.query",
    "cable_tui.query.answers",
    "cable_tui.query.facets",
    "cable_tui.query.fields",
    "cable_tui.query.flags",
    "cable_tui.query.model",
    "cable_tui.query.other_operators",
    "cable_tui.query.parser",
    "cable_tui.query.reference_table",
    "cable_tui.query.unknown_prefix",
    "cable_tui.reports",
    "cable_tui.reports.table",
    "cable_tui.session",
    "cable_tui.session.feature_state",
    "cable_tui.session.sidebar_lines",
    "cable_tui.session.state",
    "cable_tui.session.values",
    "cable_tui.text",
    "cable_tui.text.cleaning",
    "cable_tui.text.folding",
    "cable_tui.text.layout",
    "cable_tui.text.numbers",
    "cable_tui.text.quotes_and_figures",
    "cable_tui.tools",
    "cable_tui.tools.table",
    "cable_tui.tui",
    "cable_tui.tui.commands",
    "cable_tui.tui.commands.key_command",
    "cable_tui.tui.main",
    "cable_tui.tui.main.screen",
    "cable_tui.tui.main.view",
    "cable_tui.tui.panes",
    "cable_tui.tui.panes.bars",
    "cable_tui.tui.panes.bars.empty_state",
    "cable_tui.tui.panes.bars.footer",
    "cable_tui.tui.panes.bars.search_bar",
    "cable_tui.tui.panes.result_rows",
    "cable_tui.tui.panes.results",
    "cable_tui.tui.panes.sidebar",
    "cable_tui.tui.panes.timeline",
    "cable_tui.tui.start",
    "cable_tui.tui.start.app",
    "cable_tui.tui.start.first_rows",
    "cable_tui.tui.textual_patches",
    "cable_tui.tui.textual_patches.diff_output",
    "cable_tui.tui.textual_patches.driver_fixes",
    "cable_tui.tui.textual_patches.few_colors",
    "cable_tui.tui.textual_patches.fit",
    "cable_tui.tui.textual_patches.patched_app",
    "cable_tui.tui.textual_patches.sanitize",
    "cable_tui.tui.textual_patches.style_cache",
    "cable_tui.tui.textual_patches.type_ahead",
    "cable_tui.tui.widgets",
    "cable_tui.tui.widgets.classification_level",
    "cable_tui.tui.widgets.host",
    "cable_tui.tui.widgets.line_list",
    "cable_tui.tui.widgets.looks",
}
"""What is imported before the first paint. Every further module is seen by everybody who starts
the program: think twice before it is named here."""
HEAVY = {
    "tantivy",
    "rapidfuzz",
    "cable_tui.archive.archive",
    "cable_tui.background.indexer_process",
    "cable_tui.exports",
    "cable_tui.library",
    "cable_tui.session.step",
    "cable_tui.telegram",
}
"""What must not be: the index, the grammar, the library, and every feature of the session."""
_LOOK = """
import sys
from pathlib import Path
from cable_tui.cli import main, open as verb

room = verb.enter

def enter(*arguments, **options):
    from cable_tui.tui.start.app import CableTui

    def look(self):
        Path(sys.argv[2]).write_text("\\n".join(sys.modules))
        self.exit(0)

    CableTui.after_first_paint = look
    return room(*arguments, **options)

verb.enter = enter
main([sys.argv[1]])
"""
"""The program, which ends at its first paint and says what has been imported by then."""


def test_little_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    home, folder, found = tmp_path / "home", tmp_path / "cables", tmp_path / "modules"
    demo.write(folder)
    for _ in index(folder, home / "cache", workers=0):
        pass
    command = [sys.executable, "-c", _LOOK, str(folder), str(found)]
    with Terminal(command, environment={"CABLE_TUI_HOME": str(home)}) as terminal:
        assert terminal.wait(30) == 0, terminal.text
    imported = set(found.read_text().split())
    assert "cable_tui.tui.panes.results" in imported
    assert {name for name in imported if name.startswith("cable_tui")} <= ALLOWED
    assert not imported & HEAVY
