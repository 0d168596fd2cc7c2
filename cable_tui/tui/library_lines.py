"""The lines of the library: sections, values, and how one line is painted. Pure: no Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cable_tui.text import crop, printable, width

State = Literal["", "included", "excluded"]
_BOXES: dict[State, str] = {"": "[ ]", "included": "[x]", "excluded": "[-]"}


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a section."""

    value: str
    """What the query calls it."""
    label: str
    count: int | None = None
    """None while it is not known."""
    state: State = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and its values."""

    facet: str
    label: str
    items: tuple[Item, ...]
    total: int | None = None
    """Values there are in all, of which `items` may be the first; None while not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the library below its head line."""

    facet: str
    kind: Literal["heading", "item", "more"]
    label: str
    item: Item | None = None
    folded: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when counts change."""
        return self.facet, self.kind, self.item.value if self.item else ""


def entries(sections: Sequence[Section], folded: frozenset[str]) -> tuple[Entry, ...]:
    """All lines, folded sections as their heading alone."""
    return tuple(_entries(sections, folded))


def _entries(sections: Sequence[Section], folded: frozenset[str]) -> Iterator[Entry]:
    for section in sections:
        closed = section.facet in folded
        yield Entry(section.facet, "heading", section.label, folded=closed)
        if closed:
            continue
        for item in section.items:
            yield Entry(section.facet, "item", item.label, item)
        rest = (section.total or 0) - len(section.items)
        if rest > 0:
            yield Entry(section.facet, "more", f"… {rest:,} more")


def painted(entry: Entry, cells: int, here: bool) -> list[tuple[str, str]]:
    """A line as texts with their looks; together exactly `cells` wide, counts at the right."""
    bar = ("▌" if here else " ", "bar")
    if entry.item is None:
        text = f"{'▸' if entry.folded else '▾'} {entry.label}"
        if entry.kind == "more":
            text = f"    {entry.label}"
        label = crop(printable(text), max(cells - 1, 0))
        return [bar, (label, entry.kind)]
    item = entry.item
    count = f" {item.count:,} " if item.count is not None else " … "
    text = f"{'  ' * item.indent}{_BOXES[item.state]} {item.label}"
    room = max(cells - 1 - len(count), 0)
    label = crop(printable(text), room)
    return [
        bar,
        (label + " " * (room - width(label)), item.state or "item"),
        (count, "count"),
    ]
