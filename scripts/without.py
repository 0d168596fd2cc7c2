"""Remove tools from this checkout: folders, tests, benchmarks, rows, and tools that need them.

    python scripts/without.py NAME [NAME ...]        or: make without TOOL=NAME
    python scripts/without.py --all

What the reader's library has of a tool stays where it is. `git restore .` brings the tools back.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLE = Path("cable_tui", "tools", "table.py")
TOPS = ("cable_tui", "tests", "benchmarks")
"""Folders that have `tools/NAME`."""
LONGEST = 100
"""Characters of a line."""


def rows_of(table: str) -> dict[str, tuple[ast.Call, tuple[str, ...]]]:
    """Return the row of each tool by its name, with the tools that it needs."""
    rows = {}
    for node in ast.walk(ast.parse(table)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Tool":
            needs = [ast.literal_eval(part.value) for part in node.keywords if part.arg == "needs"]
            rows[ast.literal_eval(node.args[0])] = (node, *(needs or [()]))
    return rows


def with_dependents(names: Collection[str], needs: Mapping[str, Collection[str]]) -> list[str]:
    """Return these tools, and those that cannot be without one of them."""
    gone = set(names)
    while more := {name for name in needs if gone & {*needs[name]}} - gone:
        gone |= more
    return sorted(gone)


def table_without(table: str, names: Collection[str]) -> str:
    """Return the text of the table without some rows, and without imports that only these used."""
    lines: list[str] = table.splitlines(keepends=True)
    for name, (row, _) in reversed(rows_of(table).items()):
        if name in names:
            del lines[row.lineno - 1 : row.end_lineno]
    text = re.sub(r"= \(\n\)", "= ()", "".join(lines))
    tree = ast.parse(text)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in reversed(tree.body):
        if isinstance(node, ast.ImportFrom) and node.module == "cable_tui.base.tools":
            kept = [name.name for name in node.names if name.name in used]
            line = f"from {node.module} import {', '.join(kept)}"
            if len(line) > LONGEST:
                rows = "".join(f"    {name},\n" for name in kept)
                line = f"from {node.module} import (\n{rows})"
            left = text.splitlines()
            left[node.lineno - 1 : node.end_lineno] = [line]
            text = "\n".join(left) + "\n"
    return text


def changed(root: Path, folders: Collection[Path]) -> list[str]:
    """Return the files of some folders that git could not bring back."""
    if not (root / ".git").exists():
        return []
    command = ["git", "status", "--porcelain", "--untracked-files=all", "--", *map(str, folders)]
    done = subprocess.run(  # noqa: S603 - git, on folders of this checkout
        command, cwd=root, capture_output=True, text=True, check=True
    )
    return [line[3:] for line in done.stdout.splitlines()]


def remove(root: Path, names: Collection[str]) -> list[str]:
    """Remove tools and those that need them; return what was removed.

    Raises `SystemExit` with a sentence if a tool is unknown or has changes that are not committed.
    """
    table = root / TABLE
    rows = rows_of(table.read_text("utf-8"))
    if unknown := sorted({*names} - rows.keys()):
        raise SystemExit(f"{unknown[0]}: no such tool; there are {', '.join(rows) or 'none'}")
    gone = with_dependents(names, {name: needs for name, (_, needs) in rows.items()})
    folders = [Path(top, "tools", name) for name in gone for top in TOPS]
    if left := changed(root, [*folders, TABLE]):
        raise SystemExit(f"{left[0]}: has changes that are not committed; nothing was removed")
    for folder in folders:
        shutil.rmtree(root / folder, ignore_errors=True)
    table.write_text(table_without(table.read_text("utf-8"), gone), "utf-8")
    return gone


def main(arguments: list[str]) -> None:
    """Remove what a command line names, and say what to do next."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true", help="every tool")
    asked = parser.parse_args(arguments)
    names = [*rows_of((ROOT / TABLE).read_text("utf-8"))] if asked.all else asked.names
    if not names:
        parser.error("name a tool, or give --all")
    gone = remove(ROOT, names)
    sys.stdout.write(f"Removed: {', '.join(gone)}. The tests of documents are skipped until\n")
    sys.stdout.write("`make generated` has made docs/tools.md again.\n")


if __name__ == "__main__":
    main(sys.argv[1:])
