"""The line of the tour: what its step asks for, with the keys as they are bound now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from cable_tui.pattern import pattern
from cable_tui.session.features.tour import TOUR
from cable_tui.text import crop, printable, width
from cable_tui.tui.commands.model import key_name
from cable_tui.tui.commands.table import current
from cable_tui.tui.widgets.line_list import ComponentStyles

Part = tuple[str, bool]
"""A piece of the line, and whether it is a key, a word to type or the name of the step."""
_LIT = pattern(r"\{([a-z_]+\.[a-z_]+)\}|`([^`]+)`")
WIDE = 96
"""Cells from which on the line says that it is the tour's."""
_LEAVE = "{help.tour} leaves"
_NEXT = "{help.tour_next} next"


def parts_of(hint: str) -> Iterator[Part]:
    """The pieces of a hint, with keys in place of the ids of commands, and words to type."""
    keys = {each.id: key_name(each.keys[0]) for each in current() if each.keys}
    end = 0
    for found in _LIT.finditer(hint):
        yield hint[end : found.start()], False
        yield found[2] or keys.get(found[1], found[1]), True
        end = found.end()
    yield hint[end:], False


def tour_parts(at: int | None, hint: str, cells: int) -> list[Part]:
    """The line of a step in so many cells: the way out is always among its parts.

    `at` is None where the hint only offers the tour. Where keys with long names leave no room, the
    way to the next step goes, then the name of this one; at last the hint is cut.
    """
    said = list(parts_of(hint))
    if at is None:
        return _cut(said, cells)
    step = f"{at + 1}/{len(TOUR)} "
    named = f"{step}{TOUR[at].name}: "
    if cells >= WIDE:
        named = f"Tour {named}"
    leave, both = list(parts_of(_LEAVE)), [*parts_of(_NEXT), ("  ", False), *parts_of(_LEAVE)]
    for before, after in ((named, both), (named, leave), (step, leave)):
        used = width(before) + _cells(said) + _cells(after)
        if used + 2 <= cells:
            return [(before, True), *said, (" " * (cells - used), False), *after]
    room = cells - width(step) - _cells(leave) - 2
    return [(step, True), *_cut(said, room), ("  ", False), *leave]


def _cells(parts: Sequence[Part]) -> int:
    return sum(width(text) for text, _ in parts)


def _cut(parts: Sequence[Part], cells: int) -> list[Part]:
    """The parts that fit, the last one cut."""
    kept: list[Part] = []
    for text, lit in parts:
        kept.append((crop(text, max(cells - _cells(kept), 0)), lit))
        if _cells(kept) >= cells:
            break
    return kept


class TourLine(ComponentStyles, can_focus=False):
    """One line over the status line; it takes no place while there is no tour."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"tour--key", "tour--text"}
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__(id="tour")
        self._at: int | None = None
        self._hint = ""

    def show(self, at: int | None, hint: str) -> None:
        """Show the hint of a step; an empty one hides the line."""
        if (at, hint) == (self._at, self._hint):
            return
        self._at, self._hint = at, hint
        self.set_class(bool(hint), "-shown")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line, its keys lit."""
        room = self.size.width
        if y or not self._hint:
            return Strip.blank(room, self.rich_style)
        base = self.rich_style
        styles = {lit: base + self.component_style(f"tour--{name}") for lit, name in _STYLES}
        segments = [
            Segment(printable(text), styles[lit])
            for text, lit in tour_parts(self._at, self._hint, room)
        ]
        return Strip(segments).adjust_cell_length(room, base)


_STYLES = ((True, "key"), (False, "text"))
