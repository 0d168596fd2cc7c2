"""Draw the README's pictures from the demo: `python -m benchmarks.screenshots screenshots`."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from benchmarks.moving_picture import Frame, moving
from benchmarks.still import painted, settled, without_clock
from cable_tui.archive.build.indexer import index
from cable_tui.base.value import replace
from cable_tui.demo import write
from cable_tui.program.clipboard import Clipboard
from cable_tui.program.settings import find_paths, read_settings
from cable_tui.tui.start.app import CableTui
from cable_tui.tui.start.first_rows import StartRequest
from cable_tui.tui.textual_patches import sanitize

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
TOUR_SIZE = (90, 30)
_TO_THE_HOLE = [*["left_curly_bracket"] * 9, "right_curly_bracket"]
TOUR: list[tuple[str, float, list[str]]] = [
    ("cable-tui: forty fictional cables", 2.5, []),
    ("/  search", 0.8, ["slash"]),
    *(("/  search for a name, misspelt", 0.2, [letter]) for letter in "karazi"),
    ("karazin  is in no cable: three spellings of it are found", 3.2, ["n"]),
    ("Enter, j  go down the list", 0.8, ["enter", "j"]),
    ("j  and down again", 0.8, ["j"]),
    ("Enter  read", 2.0, ["enter"]),
    ("n  the next place that was found", 2.5, ["n"]),
    ("{  back to the REF line", 1.5, ["left_curly_bracket"]),
    ("Enter  open the cable that it names", 2.5, ["enter"]),
    ("Backspace  come back to the very line", 1.5, ["backspace"]),
    ("y  copy a paragraph", 2.2, ["right_curly_bracket", "y"]),
    ("q  as a quotation with its source", 2.2, ["q"]),
    ("g t  the chain of citations in chronological order", 3.0, ["g", "t"]),
    ("{  the cables before, and one that is not in the archive", 3.0, _TO_THE_HOLE),
    ("/  ask who said it", 0.8, ["escape", "slash", "ctrl+u"]),
    ("said:  only sentences that report a source", 3.0, [*"said:lobster", "enter"]),
]
"""What the moving picture says in its title, seconds, keys before it."""


@asynccontextmanager
async def opened_room(
    size: tuple[int, int], archive: Path, home: Path, theme: str
) -> AsyncIterator[tuple[CableTui, Pilot[int]]]:
    """A room that has answered everything that its start asked for."""
    paths = find_paths({"CABLE_TUI_HOME": str(home)})
    settings = replace(read_settings(paths.config), theme=theme)
    app = CableTui(archive, settings, paths, StartRequest())
    app.ways_out = _clipboard_of_a_desktop(home)
    with without_clock():
        async with app.run_test(size=size, notifications=True) as pilot:
            while app.entered is None or not app.room.session.checked:
                await pilot.pause(0.02)  # the archive is not open yet, or still looked through
            await settled(app, pilot)
            yield app, pilot


def _clipboard_of_a_desktop(home: Path) -> Clipboard:
    """A clipboard that takes every text and keeps none, so that this machine's is left alone."""
    tool = home / "bin" / "wl-copy"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text("#!/bin/sh\n", encoding="utf-8")
    tool.chmod(0o700)
    environ = {"WAYLAND_DISPLAY": "wayland-0", "PATH": str(tool.parent)}
    return Clipboard(home / "clipboard", environ=environ, platform="linux")


async def picture_after(
    app: CableTui, pilot: Pilot[int], keys: list[str], title: str = "cable-tui"
) -> str:
    """Press each key when the one before is answered, and return the picture of the room."""
    for key in keys:
        app.clear_notifications()
        await pilot.press(key)
        await settled(app, pilot)
    for box in app.screen.query(Input):
        box.cursor_blink = False  # it is drawn lit
    await settled(app, pilot)
    assert any(painted(app)), f"the picture {title} is blank"
    return _FONTS.sub("", app.export_screenshot(title=title))


async def draw(name: str, archive: Path, home: Path, theme: str = "") -> str:
    """Drive the room through one scene: its picture."""
    size, keys = SCENES[name]
    async with opened_room(size, archive, home, theme) as (app, pilot):
        return await picture_after(app, pilot, keys)


async def draw_tour(theme: str = "") -> str:
    """Drive a new reader's room through the tour: the picture that moves."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        async with opened_room(TOUR_SIZE, indexed_demo(home), home, theme) as (app, pilot):
            return moving(
                [
                    Frame(await picture_after(app, pilot, keys, title), seconds)
                    for title, seconds, keys in TOUR
                ]
            )


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
    for end, theme in THEMES.items():
        pictures[f"tour{end}"] = asyncio.run(draw_tour(theme))
    for name, picture in pictures.items():
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
