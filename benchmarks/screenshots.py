"""Draw the README's pictures from the demo: `python -m benchmarks.screenshots screenshots`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from textual.widgets import Input

from benchmarks.still import painted, settled, without_clock
from cable_tui.archive.build.indexer import index
from cable_tui.demo import write
from cable_tui.settings import find_paths, read_settings
from cable_tui.tui.app import CableTui
from cable_tui.tui.first_rows import StartRequest
from cable_tui.tui.textual_patches import sanitize
from cable_tui.value import replace

THEMES = {"": "reading-room-dark", "-light": "reading-room-light"}
"""The themes, by the ends of the names of their pictures."""
_FONTS = re.compile(r"\s*@font-face \{[^}]*\}")
"""Rich names fonts of the network: a picture that is looked at must not ask for them."""

SCENES: dict[str, tuple[tuple[int, int], list[str]]] = {
    "list": ((120, 40), []),
    "reading": ((120, 40), ["slash", *"lobster", "enter", "enter", "n", "n"]),
    "small": ((80, 24), ["j", "enter", "right_curly_bracket"]),
    "wide": ((200, 60), ["j", "j", "enter", "H", "right_curly_bracket"]),
    "help": ((120, 40), ["question_mark"]),
    "copy": ((120, 40), ["enter", "right_curly_bracket", "y"]),
}
"""Name, size of the terminal, keys."""


async def draw(name: str, archive: Path, home: Path, theme: str = "") -> str:
    """Drive the room through one scene, each key when the one before is answered: its picture."""
    size, keys = SCENES[name]
    paths = find_paths({"CABLE_TUI_HOME": str(home)})
    settings = replace(read_settings(paths.config), theme=theme)
    app = CableTui(archive, settings, paths, StartRequest())
    with without_clock():
        async with app.run_test(size=size) as pilot:
            while app.entered is None or not app.room.session.checked:
                await pilot.pause(0.02)  # the archive is not open yet, or still looked through
            await settled(app, pilot)
            for key in keys:
                await pilot.press(key)
                await settled(app, pilot)
            for box in app.screen.query(Input):
                box.cursor_blink = False  # it is drawn lit
            await settled(app, pilot)
            assert any(painted(app)), f"the picture {name} is blank"
            return _FONTS.sub("", app.export_screenshot(title="cable-tui"))


def indexed_demo(home: Path) -> Path:
    """The demo archive in a folder, with its cache."""
    archive = home / "demo"
    write(archive)
    for _ in index(archive, find_paths({"CABLE_TUI_HOME": str(home)}).cache):
        pass
    return archive


def main() -> None:
    """Draw every scene into the folder that the command line names, once all are drawn."""
    folder = Path(sys.argv[1])
    sanitize.install_sanitizer()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        archive = indexed_demo(home)
        pictures = {
            f"{name}{end}": asyncio.run(draw(name, archive, home, theme))
            for name in SCENES
            for end, theme in THEMES.items()
        }
    for name, picture in pictures.items():
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
