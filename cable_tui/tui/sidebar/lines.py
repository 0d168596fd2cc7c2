"""The lines of the library: sections, values, and how one line is painted. Pure: no Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cable_tui.text import crop, printable, width
from cable_tui.value import Value

State = Literal["", "included", "excluded"]
_BOXES: dict[State, str] = {"": "[ ]", "included": "[x]", "excluded": "[-]"}


class Item(Value):
    """One value of a section."""

    value: str
    """What the query calls it."""
    label: str
    count: int | None = None
    """None while it is not known."""
    state: State = ""
    indent: int = 0
    sign: str = ""
    """In place of the box, where the value is nothing to include or exclude."""
    counted: bool = True
    """Whether there is anything to count."""
    before: int = 0
    """The last count, while the new one is not known: its cells are kept free for that."""
    facet: str = ""
    """The prefix that it is written with, where that is not its section's."""
    notes: tuple[str, ...] = ()
    """The first that the label leaves room for is shown before the count."""


class Section(Value):
    """One heading and its values."""

    facet: str
    label: str
    items: tuple[Item, ...]
    total: int | None = None
    """Values there are in all, of which `items` may be the first; None while not known."""
    within: str = ""
    """The heading that this one stands under, and is hidden with."""
    item: Item | None = None
    """The value that its heading is, where it is one: a region of posts."""
    closed: bool = False
    """It is folded until a reader opens it."""

    @property
    def name(self) -> str:
        """What folds together."""
        return f"{self.within}/{self.label}" if self.within else self.label


class SidebarLine(Value):
    """One line of the library below its head line."""

    facet: str
    kind: Literal["heading", "item", "more"]
    label: str
    item: Item | None = None
    folded: bool = False
    section: str = ""
    """`Section.name`."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same when counts change."""
        value = self.item.value if self.item and self.kind == "item" else ""
        return self.section, self.kind, value

    @property
    def prefix(self) -> str:
        """What its value is written with in the query."""
        return (self.item and self.item.facet) or self.facet


def sidebar_lines(sections: Sequence[Section], turned: frozenset[str]) -> tuple[SidebarLine, ...]:
    """All lines; `turned` are the sections that are not open or folded as they begin.

    A folded section is its heading, with those of its values that the query names.
    """
    return tuple(_entries(sections, turned))


def _entries(sections: Sequence[Section], turned: frozenset[str]) -> Iterator[SidebarLine]:
    hidden: set[str] = set()
    for section in sections:
        if section.within in hidden:
            continue
        closed = section.closed != (section.name in turned)
        if closed:
            hidden.add(section.label)
        yield _heading(section, closed)
        for item in section.items:
            if item.state or not closed:
                yield SidebarLine(section.facet, "item", item.label, item, section=section.name)
        rest = (section.total or 0) - len(section.items)
        if rest > 0 and not closed:
            label = f"… {rest:,} more"
            yield SidebarLine(section.facet, "more", label, section=section.name)


def _heading(section: Section, closed: bool) -> SidebarLine:
    return SidebarLine(section.facet, "heading", section.label, section.item, closed, section.name)


def paint_sidebar_line(entry: SidebarLine, cells: int, here: bool) -> list[tuple[str, str]]:
    """A line as texts with their looks; together at most `cells` wide, counts at the right."""
    bar = ("▌" if here else " ", "bar")
    item = entry.item
    if item is None:
        return [bar, *_plain(entry, cells)]
    count = _count(item.count, item.before) if item.counted else ""
    box = item.sign or _BOXES[item.state]
    if entry.kind == "heading":
        text = f"{_fold(entry)} {box} {item.label}"
        return [bar, *_spread(text, count, cells, item.state or "group")]
    text = f"{'  ' * item.indent}{box} {item.label}"
    room = cells - 1 - width(text) - len(count)
    count = next((f" {note}{count}" for note in item.notes if width(note) < room), count)
    return [bar, *_spread(text, count, cells, item.state or "item")]


def _fold(entry: SidebarLine) -> str:
    return "▸" if entry.folded else "▾"


def _plain(entry: SidebarLine, cells: int) -> list[tuple[str, str]]:
    if entry.kind == "more":
        return [(crop(printable(f"    {entry.label}"), max(cells - 1, 0)), "more")]
    text = f"{_fold(entry)} {entry.label}"
    return [(crop(printable(text), max(cells - 1, 0)), "heading")]


def _count(count: int | None, before: int) -> str:
    """A count, or the sign that it is not known as wide as the last one: no label moves."""
    if count is None:
        return f" {'…':>{len(f'{before:,}')}} "
    return f" {count:,} "


def _spread(text: str, count: str, cells: int, look: str) -> list[tuple[str, str]]:
    room = max(cells - 1 - len(count), 0)
    label = crop(printable(text), room)
    return [(label + " " * (room - width(label)), look), (count, "count")]
