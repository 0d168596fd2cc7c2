"""What stands on the screen before the room: a picture of it, with the archive's first lines.

It is painted as soon as Textual can paint, and needs almost nothing: no session, no query, no
style sheet and no widget. All that the room is made of is imported behind it. So that the reader
does not see it go, it looks as the room does; a test compares the two.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from cable_tui.tui.base.layout import PLACEHOLDER, TALL, layout_names
from cable_tui.tui.results.row_text import cell, reference_cells, render_row
from cable_tui.tui.startup.first_rows import FirstRows
from cable_tui.tui.widgets.component_styles import ComponentStyles

SplashPart = tuple[str, str]
"""Some text of a line, and its look."""
_LIBRARY = {"-s": 0, "-m": 30, "-l": 30}
"""Cells of the library beside the list."""
_SCROLLBAR = 1


def splash_lines(first: FirstRows, cells: int, lines: int) -> list[list[SplashPart]]:
    """The lines of a screen of this size, from the top; those that are missing are blank."""
    breadth, height = layout_names(cells, lines)
    if breadth == "-tiny" or height == "-flat":
        return []
    text = cell(f" {first.text or PLACEHOLDER}", cells)
    bar = [(text, "query" if first.text else "placeholder")]
    above = [bar, *([] for _ in range(_timeline(first, breadth, lines)))]
    room = lines - len(above) - 2  # the status line and the keys
    library = _LIBRARY[breadth]
    if not library:
        return [*above, *_list(first, cells, room)]
    left = _framed("1 Library", [[] for _ in range(room - 2)], library, "frame", "title")
    rows = _list(first, cells - library - 2, room - 2)
    right = _framed("2 Cables", rows, cells - library, "frame-here", "title-here")
    return [*above, *(one + other for one, other in zip(left, right, strict=True))]


def _timeline(first: FirstRows, breadth: str, lines: int) -> int:
    """Lines of the timeline, which are blank until there is one."""
    if first.timeline is False or (breadth == "-s" and not first.timeline):
        return 0
    return 3 if lines >= TALL else 1


def _list(first: FirstRows, cells: int, lines: int) -> list[list[SplashPart]]:
    """The list, with the cursor in sight."""
    reference = reference_cells(first.lines)
    found: list[list[SplashPart]] = []
    top = max(first.at - lines + 1, 0)
    for number, row in enumerate(first.lines[top : top + lines], top):
        here = number == first.at
        parts: list[SplashPart] = [*render_row(row, cells - _SCROLLBAR, reference)]
        if here:
            parts = [("▌", "bar"), (parts[0][0][1:], parts[0][1]), *parts[1:]]
            parts = [(part, f"{look} cursor") for part, look in parts]
        found.append([*parts, (" " * _SCROLLBAR, "subject")])
    return found + [[] for _ in range(lines - len(found))]


def _framed(
    title: str, inside: list[list[SplashPart]], cells: int, frame: str, label: str
) -> list[list[SplashPart]]:
    """Lines in a round frame, which is so many cells wide."""
    rule = "─" * (cells - len(title) - 5)
    top = [("╭─", frame), (f" {title} ", label), (f"{rule}╮", frame)]
    bottom = [(f"╰{'─' * (cells - 2)}╯", frame)]
    sides = [
        [("│", frame), *(line or [(" " * (cells - 2), "subject")]), ("│", frame)] for line in inside
    ]
    return [top, *sides, bottom]


class SplashScreen(ComponentStyles, Screen[None]):
    """The first screen of the program."""

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "curtain--query",
        "curtain--placeholder",
        "curtain--frame",
        "curtain--frame-here",
        "curtain--title",
        "curtain--title-here",
        "curtain--cursor",
        "curtain--bar",
        "curtain--sign",
        "curtain--reference",
        "curtain--date",
        "curtain--subject",
        "curtain--unclassified",
        "curtain--restricted",
        "curtain--confidential",
        "curtain--secret",
    }
    DEFAULT_CSS = """
    SplashScreen { overflow: hidden; background: $background; color: $foreground; }
    .curtain--query { background: $surface; }
    .curtain--placeholder { background: $surface; color: $text-muted; }
    .curtain--frame { color: $foreground 25%; }
    .curtain--frame-here { color: $accent; }
    .curtain--title { color: $text-muted; }
    .curtain--title-here { color: $accent; text-style: bold; }
    .curtain--cursor { background: $panel; text-style: bold; }
    .curtain--bar { color: $accent; }
    .curtain--sign { color: $foreground 60%; }
    .curtain--reference, .curtain--subject { color: $foreground; }
    .curtain--date { color: $foreground 60%; }
    .curtain--unclassified { color: $success; }
    .curtain--restricted { color: $secondary; }
    .curtain--confidential { color: $primary; }
    .curtain--secret { color: $error; }
    """

    def __init__(self, first: FirstRows) -> None:
        super().__init__()
        self._first = first
        self._picture: list[list[SplashPart]] = []
        self._drawn_for: Size | None = None

    def render_line(self, y: int) -> Strip:
        """One line of the picture, which is there with the very first paint."""
        if self._drawn_for != self.size:
            self._picture = splash_lines(self._first, *self.size)
            self._drawn_for = self.size
        cells, base = self.size.width, self.rich_style
        if y >= len(self._picture):
            return Strip.blank(cells, base)
        segments = []
        for text, looks in self._picture[y]:
            style = base
            for look in reversed(looks.split()):
                style += self.ink(f"curtain--{look}")
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(cells, base)
