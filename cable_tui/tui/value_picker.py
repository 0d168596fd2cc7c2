"""All values of a section of the library, filtered as one types."""

from __future__ import annotations

from collections.abc import Sequence

from cable_tui.text import clean_line, crop, fold, width
from cable_tui.tui.picker import Choice, Picker
from cable_tui.tui.sidebar import Item

MOST = 500
"""Values that are listed at once; the filter finds the others."""
_CELLS = 54
"""Of a value's name, before its number."""


class ValuePicker(Picker):
    """The values with their boxes and numbers."""

    HINT = "Enter adds or removes it · Esc leaves"

    def __init__(self, title: str, items: Sequence[Item]) -> None:
        super().__init__(title)
        self._items = items

    def choices(self, typed: str) -> tuple[Sequence[Choice], str]:
        """As in `Picker`."""
        found = kept(self._items, typed)
        note = "" if found else "No value holds these words."
        if len(found) > MOST:
            note = f"The first {MOST:,} of {len(found):,}."
        return [Choice(each.value, _line(each)) for each in found[:MOST]], note


def kept(items: Sequence[Item], typed: str) -> list[Item]:
    """The values in whose names every word that was typed begins a word."""
    wanted = [fold(word) for word in typed.split()]
    return [each for each in items if all(f" {word}" in f" {fold(each.label)}" for word in wanted)]


def _line(item: Item) -> str:
    box = {"": "   ", "included": "[x]", "excluded": "[-]"}[item.state]
    label = crop(clean_line(item.label), _CELLS)
    count = f"{item.count:>9,}" if item.count is not None else f"{'…' if item.counted else '':>9}"
    return f"{box} {label}{' ' * (_CELLS - width(label))}{count}"
