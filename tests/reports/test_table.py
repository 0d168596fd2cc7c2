"""The table of reports: nothing is found by itself, and nothing is forgotten."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from cable_tui import reports
from cable_tui.cli.command_table import VERBS
from cable_tui.reports.table import REPORTS
from cable_tui.tui.dialogs.go_menu import go_menu


def test_every_module_with_a_report_has_its_row_and_every_row_its_module() -> None:
    modules = {each.name for each in iter_modules(reports.__path__)}
    made = {
        name for name in modules if hasattr(import_module(f"{reports.__name__}.{name}"), "REPORT")
    }
    core = {name for name, row in REPORTS.items() if not row.module}
    assert made == core, "a report without a row in REPORTS is found by nobody"


def test_every_report_is_a_command_and_a_line_of_the_menu() -> None:
    assert set(REPORTS) <= set(VERBS)
    lines = Counter(each.label for each in go_menu()._choices)
    for entry in REPORTS.values():
        assert all(lines[line.label] == 1 for line in entry.menu)
        assert len(entry.examples) == 2
        assert entry.report is entry.report
