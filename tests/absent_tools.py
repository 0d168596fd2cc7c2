"""Which tools were deleted, and which test files need one of them.

A tool is absent if docs/tools.md, which was made when it was there, has its name and the table of
tools has not. Its own tests went with it. Other files that import it are left out, and counted at
the end of the run; so are tests of documents, which still describe it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cable_tui.base.tools import tools

TESTS = Path(__file__).parent
DOCUMENT = TESTS.parent / "docs" / "tools.md"
OF_DOCUMENTS = frozenset(
    {
        *("test_contributing.py", "test_docs.py", "test_guide.py", "test_man_page.py"),
        *("test_readme.py", "test_screen_readers.py", "test_shown_commands.py"),
    }
)
_IMPORT = re.compile(r"^\s*from (cable_tui\.tools[\w.]*|tests[\w.]*) import (.*)$", re.MULTILINE)


@cache
def absent() -> frozenset[str]:
    """Return the names of tools that the document has and the table has not."""
    table = DOCUMENT.read_text("utf-8").partition("<!-- tools: end -->")[0]
    named = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    return frozenset(named) - {tool.name for tool in tools()}


@cache
def left_out() -> frozenset[Path]:
    """Return the test files that cannot be run without the absent tools."""
    if not absent():
        return frozenset()
    files = {file: file.read_text("utf-8") for file in TESTS.rglob("*.py")}
    imports = {file: {*_imported(text)} for file, text in files.items()}
    gone = {f"{top}.tools.{name}" for top in ("cable_tui", "tests") for name in absent()}

    def needs_one(names: set[str]) -> bool:
        return any(name == tool or name.startswith(f"{tool}.") for name in names for tool in gone)

    found: set[Path] = set()
    while more := {file for file in files if file not in found and needs_one(imports[file])}:
        found |= more
        gone |= {".".join(file.relative_to(TESTS.parent).with_suffix("").parts) for file in more}
    documents = {TESTS / name for name in OF_DOCUMENTS}
    return frozenset(file for file in found | documents if file.name.startswith("test_"))


def _imported(text: str) -> Iterator[str]:
    for module, names in _IMPORT.findall(text):
        yield module
        yield from (f"{module}.{name.split()[0]}" for name in names.split(", ") if name.split())
