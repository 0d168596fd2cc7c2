"""Draw the README's pictures from the demo: `python -m benchmarks.screenshots screenshots`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from cable_tui.archive.build.indexer import index
from cable_tui.demo import write
from cable_tui.settings import find_paths, read_settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.startup.first_rows import StartRequest
from cable_tui.tui.textual_patches import sanitize

SCENES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "list": ((120, 40), []),
    "reading": ((120, 40), ["slash", *"lobster", "enter", "enter", "n", "n"]),
    "small": ((80, 24), ["j", "enter", "right_curly_bracket"]),
    "wide": ((200, 60), ["j", "j", "enter", "H", "right_curly_bracket"]),
    "help": ((120, 40), ["question_mark"]),
    "copy": ((120, 40), ["enter", "right_curly_bracket", "y"]),
}
"""Name, size of the terminal, keys."""
_ANSWERED = 0.4
"""Seconds that the workers are given after each key."""


async def draw(name: str, archive: Path, home: Path, folder: Path) -> None:
    """Drive the room through one scene and keep its picture."""
    size, keys = SCENES[name]
    paths = find_paths({"CABLE_TUI_HOME": str(home)})
    app = CableTui(archive, read_settings(paths.config), paths, StartRequest())
    async with app.run_test(size=size) as pilot:
        while app.entered is None:  # the archive is not open yet
            await asyncio.sleep(0.05)
        await asyncio.sleep(_ANSWERED)
        for key in keys:
            await pilot.press(key)
            await asyncio.sleep(_ANSWERED)
        (folder / f"{name}.svg").write_text(app.export_screenshot(title="cable-tui"))


def main() -> None:
    """Draw every scene into the folder that the command line names."""
    folder = Path(sys.argv[1])
    sanitize.install_sanitizer()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        archive = home / "demo"
        write(archive)
        paths = find_paths({"CABLE_TUI_HOME": str(home)})
        for _ in index(archive, paths.cache):
            pass
        for name in SCENES:
            asyncio.run(draw(name, archive, home, folder))


if __name__ == "__main__":
    main()
