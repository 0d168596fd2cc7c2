"""The lines of the library, and its cursor: which value it is on when counts change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from cable_tui.base.value import Value, replace
from cable_tui.query import FACETS

State = Literal["", "included", "excluded"]
LineKey: TypeAlias = tuple[str, str, str]
"""What stays the same of a line when counts change: its section, its kind, its value."""


class FilterItem(Value):
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
    items: tuple[FilterItem, ...]
    total: int | None = None
    """The number of all values; `items` may be the first of them. None while not known."""
    within: str = ""
    """The heading that this one is under, and is hidden with."""
    item: FilterItem | None = None
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
    item: FilterItem | None = None
    folded: bool = False
    section: str = ""
    """The same as `Section.name`."""
    digits: int = 0
    """Cells of the widest count of its section: all labels end where that begins."""

    @property
    def key(self) -> LineKey:
        """A key that stays the same when counts change."""
        item_value = self.item.value if self.item and self.kind == "item" else ""
        return self.section, self.kind, item_value

    @property
    def prefix(self) -> str:
        """The prefix of its value in the query."""
        return (self.item and self.item.facet) or self.facet


def sidebar_lines(sections: Sequence[Section], turned: frozenset[str]) -> Iterator[SidebarLine]:
    """Yield all lines; `turned` are the sections whose folding differs from the default.

    A folded section shows its heading, and values that the query names.
    """
    hidden_labels: set[str] = set()
    digits: dict[str, int] = {}
    for section in sections:
        name = section.within or section.label
        section_items = (*section.items, section.item) if section.item else section.items
        digits[name] = max((digits.get(name, 0), *map(_digits, section_items)))
    for section in sections:
        if section.within in hidden_labels:
            continue
        is_closed = section.closed != (section.name in turned)
        if is_closed:
            hidden_labels.add(section.label)
        facet, name, wide = section.facet, section.name, digits[section.within or section.label]
        yield SidebarLine(facet, "heading", section.label, section.item, is_closed, name, wide)
        for item in section.items:
            if item.state or not is_closed:
                yield SidebarLine(facet, "item", item.label, item, section=name, digits=wide)
        rest_of_total = (section.total or 0) - len(section.items)
        if rest_of_total > 0 and not is_closed:
            yield SidebarLine(facet, "more", f"… {rest_of_total:,} more", section=name)


def _digits(item: FilterItem) -> int:
    """Return the cells of a count; of the last one while it is unknown: labels stay in place."""
    known_count = item.before if item.count is None else item.count
    return len(f"{known_count:,}") if item.counted else 0


class FilterLines(Value):
    """All lines, and the cursor over them."""

    sections: tuple[Section, ...] = ()
    lines: tuple[SidebarLine, ...] = ()
    folded: frozenset[str] = frozenset()
    """Sections that the reader has folded, or has opened although they begin folded."""
    at: int = 0
    """The line of the cursor."""
    hidden: LineKey | None = None
    """The line that the cursor was on, while a query hides it: the cursor returns to it."""
    clicked: bool = False
    """Whether the cursor was set by the mouse: lines must not move under the pointer."""
    filled: bool = False
    """Whether the first counts have come."""

    @property
    def here(self) -> SidebarLine | None:
        """The line under the cursor."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    @property
    def key(self) -> LineKey | None:
        """The line that the cursor is on, or returns to."""
        return self.hidden or (self.here.key if self.here else None)

    @property
    def section_here(self) -> str:
        """The facet of the section under the cursor, or empty."""
        return self.here.facet if self.here else ""

    @property
    def value_here(self) -> str:
        """The value under the cursor; empty if that is not a value."""
        here = self.here
        return here.item.value if here and here.item and here.kind == "item" else ""

    def place_of(self, key: LineKey | None) -> int | None:
        """Return the number of a line, or None."""
        return next((index for index, line in enumerate(self.lines) if line.key == key), None)

    def with_sections(self, sections: Sequence[Section]) -> FilterLines:
        """Return the lines of other sections: the cursor stays on its value.

        A value that was removed with its section is remembered until it comes back or the reader
        moves.
        """
        new_lines = replace(
            self,
            sections=tuple(sections),
            lines=tuple(sidebar_lines(sections, self.folded)),
            hidden=None,
        )
        counted_items = (section.items for section in sections if section.facet in FACETS)
        if not self.filled and any(counted_items):
            # Keys that came before the first counts went to headings without their values.
            return replace(new_lines, at=0, filled=True)
        place = new_lines.place_of(self.key)
        if place is not None:
            return replace(new_lines, at=place)
        return replace(
            new_lines, at=min(self.at, max(len(new_lines.lines) - 1, 0)), hidden=self.key
        )
