"""REPORTS: every report with its module and its lines in the menu of `g` and in the help.

A tool's report is in the tool's row; a core report is a module in this folder and a row here. The
rows do not import the reports, so menus, help and completions load quickly.
"""

from __future__ import annotations

from cable_tui.base.tools import MenuLine, ReportRow, tools

_CORE = (
    ReportRow(
        "problems",
        "cable-tui problems PATH",
        "list files that could not be read",
        (MenuLine("e", "unreadable files", "The archive"),),
        group="Manage",
        position=260,
        command="problems",
        examples=("cable-tui problems ~/cables", "cable-tui problems ~/cables --json"),
    ),
    ReportRow(
        "stats",
        "cable-tui stats PATH [QUERY]",
        "count cables by post, year, TAG and more",
        (MenuLine("C", "numbers by post, year"),),
        position=120,
        takes_query=True,
        examples=(
            "cable-tui stats ~/cables tag:KTIP --by post,year",
            "cable-tui stats ~/cables 'class:secret uranium' --by year --chart",
        ),
    ),
)
REPORTS: dict[str, ReportRow] = {
    row.name: row
    for row in sorted(
        (*_CORE, *(row for tool in tools() for row in tool.reports)), key=lambda row: row.position
    )
}
"""Every report by name, in the order of the help."""
