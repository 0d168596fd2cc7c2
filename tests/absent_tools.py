"""Which tools were deleted, as the documents still describe them.

A test with the mark `documents` compares documents with the program. It is skipped if they describe
a tool that is not there, and counted at the end of the run.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cable_tui.base.tools import tools

DOCUMENT = Path(__file__).parents[1] / "docs" / "tools.md"


@cache
def absent_tools() -> tuple[str, ...]:
    """Return the names of tools that docs/tools.md has and the table of tools has not."""
    table = DOCUMENT.read_text("utf-8").partition("<!-- tools: end -->")[0]
    named = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    return tuple(sorted({*named} - {tool.name for tool in tools()}))


def is_of_absent_tool(path: str) -> bool:
    """Return whether a path in the package is that of a tool which was deleted."""
    folder, _, rest = path.partition("/")
    return folder == "tools" and rest.partition("/")[0] in absent_tools()
