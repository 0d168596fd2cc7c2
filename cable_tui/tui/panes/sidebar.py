"""The library: sections of values with their counts, for building a query."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.strip import Strip

from cable_tui.base.value import Value
from cable_tui.query import FACETS
from cable_tui.text import crop, printable, width
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import CachedLineList, ComponentStyles, Unit, steps

if TYPE_CHECKING:
    # The first paint waits for no feature of the session.
    from cable_tui.session.features.sidebar import How

State = Literal["", "included", "excluded"]
_SIGNS: dict[State, str] = {"": " ", "included": "●", "excluded": "-"}


class LibraryItem(Value):
    """One value of a section."""

    value: str
    """Its value in the query."""
    label: str
    count: int | None = None
    """Number of cables; None while it is not known."""
    state: State = ""
    indent: int = 0
    sign: str = ""
    """Symbol at the left, if the value cannot be included or excluded."""
    counted: bool = True
    """Whether it has a count at all."""
    before: int = 0
    """The last count, while the new one is not known."""
    facet: str = ""
    """The prefix of its value, if it differs from its section's."""
    notes: tuple[str, ...] = ()
    """Notes; the first that fits after the label is shown before the count."""


class Section(Value):
    """One heading and its values."""

    facet: str
    label: str
    items: tuple[LibraryItem, ...]
    total: int | None = None
    """The number of all values; `items` may be the first of them. None while not known."""
    within: str = ""
    """The heading that this one is under, and is hidden with."""
    item: LibraryItem | None = None
    """The value of a heading that is one: a region of posts."""
    closed: bool = False
    """Whether it is folded until a reader opens it."""

    @property
    def name(self) -> str:
        """The name under which rows fold together."""
        return f"{self.within}/{self.label}" if self.within else self.label


class SidebarLine(Value):
    """One line of the library below its head line."""

    facet: str
    kind: Literal["heading", "item", "more"]
    label: str
    item: LibraryItem | None = None
    folded: bool = False
    section: str = ""
    """The same as `Section.name`."""
    digits: int = 0
    """Cells of the widest count of its section: all labels end where that begins."""

    @property
    def key(self) -> tuple[str, str, str]:
        """A key that stays the same when counts change."""
        value = self.item.value if self.item and self.kind == "item" else ""
        return self.section, self.kind, value

    @property
    def prefix(self) -> str:
        """The prefix of its value in the query."""
        return (self.item and self.item.facet) or self.facet


def sidebar_lines(sections: Sequence[Section], turned: frozenset[str]) -> Iterator[SidebarLine]:
    """Yield all lines; `turned` are the sections whose folding differs from the default.

    A folded section shows its heading, and values that the query names.
    """
    hidden: set[str] = set()
    digits: dict[str, int] = {}
    for section in sections:
        name = section.within or section.label
        items = (*section.items, section.item) if section.item else section.items
        digits[name] = max((digits.get(name, 0), *map(_digits, items)))
    for section in sections:
        if section.within in hidden:
            continue
        closed = section.closed != (section.name in turned)
        if closed:
            hidden.add(section.label)
        facet, name, wide = section.facet, section.name, digits[section.within or section.label]
        yield SidebarLine(facet, "heading", section.label, section.item, closed, name, wide)
        for item in section.items:
            if item.state or not closed:
                yield SidebarLine(facet, "item", item.label, item, section=name, digits=wide)
        rest = (section.total or 0) - len(section.items)
        if rest > 0 and not closed:
            yield SidebarLine(facet, "more", f"… {rest:,} more", section=name)


def paint_sidebar_line(entry: SidebarLine, cells: int, here: bool) -> list[tuple[str, str]]:
    """Return a line as texts with their looks; together at most `cells` wide.

    The sign of what is chosen is at the left, the counts are in a column at the right.
    """
    bar = ("▌" if here else " ", "bar")
    item, fold = entry.item, "▸" if entry.folded else "▾"
    if item is None:
        more = entry.kind == "more"
        text = f"  {entry.label}" if more else f"{fold} {entry.label}"
        return [bar, (crop(printable(text), max(cells - 1, 0)), "more" if more else "heading")]
    number = "…" if item.count is None else f"{item.count:,}"
    count = f" {number:>{entry.digits}} " if item.counted else ""
    heading = entry.kind == "heading"
    inset = f"{fold} " if heading else "  " * item.indent
    text = f"{item.sign or _SIGNS[item.state]} {inset}{item.label}"
    room = cells - 1 - width(text) - len(count)
    count = next((f" {note}{count}" for note in item.notes if width(note) < room), count)
    return [bar, *_spread(text, count, cells, item.state or ("group" if heading else "item"))]


def _digits(item: LibraryItem) -> int:
    """Return the cells of a count; of the last one while it is unknown: labels stay in place."""
    known = item.before if item.count is None else item.count
    return len(f"{known:,}") if item.counted else 0


def _spread(text: str, count: str, cells: int, look: str) -> list[tuple[str, str]]:
    room = max(cells - 1 - len(count), 0)
    label = crop(printable(text), room)
    return [(label + " " * (room - width(label)), look), (count, "count")]


_TRIANGLE = 3, 5
"""Cells at the left of a heading that fold it: of one that is no value, of one that is."""


class Sidebar(ComponentStyles, CachedLineList, can_focus=True):
    """Sections that fold, with a cursor over headings and values."""

    BORDER_TITLE = "1 Library"
    ALLOW_SELECT = False
    PREFIX = "sidebar"
    LOOKS = "cursor bar head heading group item included excluded count more".split()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._head = ""
        self._sections: tuple[Section, ...] = ()
        self._turned: frozenset[str] = frozenset()
        """Sections that the reader has folded, or has opened although they begin folded."""
        self._entries: tuple[SidebarLine, ...] = ()
        self._at = 0
        self._remembered: tuple[tuple[str, str, str], int] | None = None
        """The line of the cursor and its position in the pane, while a query hides it."""
        self._filled = False
        """Whether the first counts have come."""
        self._clicked = False
        """Whether the cursor was set by the mouse: lines must not move under the pointer."""

    def show(self, head: str, sections: Sequence[Section]) -> None:
        """Show other sections; the cursor stays on its value, folded sections stay folded."""
        self._head, self._sections = head, tuple(sections)
        self._list()

    def move_by(self, lines: int) -> None:
        """Move the cursor."""
        self._remembered, self._clicked = None, False
        self._at = min(max(self._at + lines, 0), max(len(self._entries) - 1, 0))
        self._follow()

    def _follow(self) -> None:
        """Scroll to the cursor."""
        line = self._at + 1
        first, height = self.scroll_offset.y, self.size.height
        if line - 1 <= first:
            # above the first value the head line is shown too, above the others one line
            self.scroll_to(y=line - 1, animate=False)
        elif line >= first + height:
            self.scroll_to(y=line - height + 1, animate=False)
        self.repaint()

    def move(self, unit: Unit, by: int) -> None:
        """Move the cursor; a move by a page keeps one line."""
        self.move_by(by * steps(unit, self.size.height - 1, len(self._entries)))

    def to_section(self, by: int) -> None:
        """Move to the next heading (1), or the last one above (-1), skipping regions of posts."""
        places = range(self._at + 1, len(self._entries)) if by > 0 else reversed(range(self._at))
        heads = (row for row in places if self._entries[row].kind == "heading")
        heading = next((row for row in heads if self._entries[row].item is None), None)
        if heading is not None:
            self.move_by(heading - self._at)
            self._scroll_to_section(self._entries[heading].section)

    def pick(self, how: How) -> None:
        """Ask to add or remove the value under the cursor, to keep only it, or to exclude it.

        The heading of a region is a value; another one folds, and the rest of a section opens.
        """
        from cable_tui.session.features.sidebar import PickFacetValue, WidenSection

        self._remembered, here = None, self._here
        if here is None:
            return
        if here.item:
            self.post_message(ActionPosted(PickFacetValue(here.prefix, here.item.value, how)))
        elif how == "excluding":
            return
        elif here.kind == "more":
            self.post_message(ActionPosted(WidenSection(here.facet)))
        else:
            self.fold_here()

    def fold_here(self) -> None:
        """Fold or unfold the section of the cursor."""
        if here := self._here:
            self._turned ^= {here.section}
            heading = (here.section, "heading", "")
            self._at = next(row for row, entry in enumerate(self._entries) if entry.key == heading)
            self._remembered = None
            self._list()
            if not self._clicked:
                self._scroll_to_section(here.section)

    def line_key(self, y: int) -> Hashable:
        """Return the text of the head line, or the entry."""
        cells, number = self.scrollable_content_region.width, y + self.scroll_offset.y
        if number == 0:
            return cells, self._head
        if number > len(self._entries):
            return cells
        return cells, self._entries[number - 1], number - 1 == self._at

    def render_list_line(self, y: int) -> Strip:
        """Return the head line, then one entry a line."""
        cells = self.scrollable_content_region.width
        number, base = y + self.scroll_offset.y, self.base_style
        if number == 0:
            head = f" {fitting_label(self._head, cells - 1)}"
            return self.strip_of([(head, "head")], cells, base)
        if number > len(self._entries):
            return Strip.blank(cells, base)
        here = number - 1 == self._at
        if here:
            base += self.component_style("sidebar--cursor")
        pieces = paint_sidebar_line(self._entries[number - 1], cells, here)
        return self.strip_of(pieces, cells, base)

    def on_click(self, event: events.Click) -> None:
        """Do what Space does, on the clicked line; on its triangle fold it."""
        index = self.line_at(event) - 1
        if 0 <= index < len(self._entries):
            self._at, self._clicked = index, True
            self.repaint()
            entry = self._entries[index]
            triangle = _TRIANGLE[entry.item is not None]
            if entry.kind == "heading" and event.x - self.gutter.left < triangle:
                self.fold_here()
            else:
                self.pick("toggled")

    @property
    def section_here(self) -> str:
        """The facet of the section under the cursor, or empty."""
        return self._here.facet if self._here else ""

    @property
    def value_here(self) -> str:
        """The value under the cursor; empty if that is not a value."""
        here = self._here
        return here.item.value if here and here.item and here.kind == "item" else ""

    @property
    def _here(self) -> SidebarLine | None:
        return self._entries[self._at] if self._at < len(self._entries) else None

    def _scroll_to_section(self, section: str) -> None:
        """Scroll to show as much of a section as fits below its heading."""
        inside = f"{section}/"
        end = (
            self._at
            + 1
            + sum(
                entry.section == section or entry.section.startswith(inside)
                for entry in self._entries[self._at + 1 :]
            )
        )
        first = min(end - self.size.height + 1, self._at)
        if first > self.scroll_offset.y:
            self.scroll_to(y=first, animate=False, immediate=True)

    def _list(self) -> None:
        """Lay out the lines again; the cursor stays on its value, and the value on its line.

        A value that was removed with its section is remembered until it comes back or the reader
        moves.
        """
        counted = (section.items for section in self._sections if section.facet in FACETS)
        if not self._filled and any(counted):
            # Keys that came before the first counts went to headings without their values.
            self._filled, self._at, self._remembered = True, 0, None
        elif here := self._here:
            self._remembered = self._remembered or (here.key, self._at + 1 - self.scroll_offset.y)
        key, row = self._remembered or (None, 1)
        self._entries = tuple(sidebar_lines(self._sections, self._turned))
        places = {entry.key: place for place, entry in enumerate(self._entries)}
        lines, height = len(self._entries) + 1, self.size.height
        if key in places:
            self._at, self._remembered = places[key], None
        self._at = min(self._at, max(len(self._entries) - 1, 0))
        first = max(self._at + 1 - row, 0)
        stays = self._remembered is None and 0 <= row < height
        # below a short list there is nothing, rather than another line under the mouse
        self.resized(max(lines, first + height) if stays and self._clicked else lines)
        if stays:
            self.scroll_to(y=first, animate=False, immediate=True)
        if 0 <= self._at + 1 - self.scroll_offset.y < height:
            self.repaint()
        else:
            self._follow()


def fitting_label(text: str, cells: int) -> str:
    """Return as many parts of `one · two` as fit, at least the first."""
    parts = text.split(" · ")
    while len(parts) > 1 and len(" · ".join(parts)) > cells:
        parts.pop()
    return crop(" · ".join(parts), cells)
