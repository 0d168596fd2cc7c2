"""The program without each of some tools in turn.

    python -m tests.tools.without_tools CABLES FOLDER NAME...

Each time the rows of a tool, and of those that need it, are gone and their modules cannot be
imported. Help, index, search, show, cite, export and marks are run, and a room is opened until its
list has rows. The names of tools without which something went wrong are printed. `all` is every
tool at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from cable_tui.tools import table

PREFIX = "cable_tui.tools."
REF = "04PORTAMBER305"


class Refusal(MetaPathFinder):
    """An importer that has none of these tools."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = {f"{PREFIX}{name}" for name in names}

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a module of them; leave others to the next importer."""
        del path, target
        if ".".join(fullname.split(".")[:3]) in self.names:
            raise ModuleNotFoundError(f"{fullname} was deleted", name=fullname)
        return None


def without(names: Sequence[str]) -> list[str]:
    """Remove tools, and those that need them, from this process; return all of them."""
    gone = {*names}
    while more := {tool.name for tool in table.TOOLS if gone & {*tool.needs}} - gone:
        gone |= more
    table.TOOLS = tuple(tool for tool in table.TOOLS if tool.name not in gone)
    sys.meta_path.insert(0, Refusal([*gone]))
    return sorted(gone)


def commands(cables: str) -> None:
    """Run the commands. Raises `AssertionError` if one fails."""
    from cable_tui.cli import main

    lines = (
        "--help",
        f"index {cables}",
        f"search {cables} kettle --refs",
        f"show {cables} {REF}",
        f"cite {cables} {REF}#3",
        f"export {cables} kettle --format csv -o -",
        f"bookmarks add {cables} {REF}#3",
    )
    for line in lines:
        with contextlib.redirect_stdout(io.StringIO()):
            status = main(line.split())
        assert status == 0, (line, status)


async def rows_of_a_room(cables: str, home: str) -> None:
    """Open a session, and wait until its list has rows and a cable is open."""
    from cable_tui.tui.start.first_rows import StartRequest
    from tests.tui.rooms import open_room

    place = Path(home)
    wanted = StartRequest(reference=REF)
    async with open_room(place, place, path=Path(cables), wanted=wanted) as (_, pilot):
        await pilot.press("j", "g", "escape", "question_mark", "escape", "b", "slash")


def holds(cables: str, home: Path, name: str) -> bool:
    """Return whether all this works without a tool, in a process of its own."""
    if (child := os.fork()) == 0:
        os.environ["CABLE_TUI_HOME"] = str(home)
        if sys.platform == "linux":  # with one processor nothing is started to read few cables
            processors = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {processors[os.getpid() % len(processors)]})
        status = 1
        try:
            gone = without([tool.name for tool in table.TOOLS] if name == "all" else [name])
            commands(cables)
            asyncio.run(rows_of_a_room(cables, str(home)))
            loaded = {part.split(".")[2] for part in sys.modules if part.startswith(PREFIX)}
            status = int(bool(loaded & {*gone}))
        except BaseException:  # noqa: BLE001 - whatever it is, it is reported
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


if __name__ == "__main__":
    cables, folder, *names = sys.argv[1:]
    for module in ("rapidfuzz", "rich.console", "tantivy", "textual.app", "textual.widgets"):
        import_module(module)  # once for all processes; none of ours, because rows are read once
    failed = [name for name in names if not holds(cables, Path(folder, name), name)]
    sys.stdout.write(" ".join(failed))
