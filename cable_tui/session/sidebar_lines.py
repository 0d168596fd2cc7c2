"""The lines in the filters and their cursor, which stays on its value when the counts change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from cable_tui.base.value import Value, replace
from cable_tui.query import FACETS

State = Literal["", "included", "excluded"]
LineKey: TypeAlias = tuple[str, str, str]
"""The key of a line, which does not depend on the counts: its section, its kind, its value."""


class FilterItem(Value):
    """One value in a section of the filters."""

    value: str
    """The value as written in a query."""
    label: str
    count: int | None = None
    """The number of cables, or None if unknown so far."""
    state: State = ""
    indent: int = 0
    sign: str = ""
    """The symbol on the left, if the value cannot be included in or excluded from the query."""
    counted: bool = True
    """Whether the value has a count."""
    before: int = 0
    """The previous count, shown until the new one is known."""
    facet: str = ""
    """The prefix of the value in a query, if it differs from the section's prefix."""
    notes: tuple[str, ...] = ()
    """Notes about the value; the first note that fits after the label is shown before the count."""


class Section(Value):
    """A heading in the filters, and its values."""

    facet: str
    label: str
    items: tuple[FilterItem, ...]
    total: int | None = None
    """The number of all values, of which `items` may be only the first, or None if unknown so far.
    """
    within: str = ""
    """The heading that contains this section and hides it when folded, or an empty string."""
    item: FilterItem | None = None
    """The value of the heading itself, if it has one: a region of posts."""
    closed: bool = False
    """Whether the section is folded until the reader opens it."""
    note: str = ""
    """The meaning of the notes next to the section's values, shown in its heading."""

    @property
    def name(self) -> str:
        """The name that identifies the section when it is folded."""
        return f"{self.within}/{self.label}" if self.within else self.label


class SidebarLine(Value):
    """One line in the filters, below their top line."""

    facet: str
    kind: Literal["heading", "item", "more"]
    label: str
    item: FilterItem | None = None
    folded: bool = False
    section: str = ""
    """The name of the line's section, as in `Section.name`."""
    digits: int = 0
    """The width of the widest count in the section, in cells; labels end to the left of it."""
    note: str = ""
    """The meaning of the notes below a heading."""

    @property
    def key(self) -> LineKey:
        """The key of the line, which stays the same when the counts change."""
        item_value = self.item.value if self.item and self.kind == "item" else ""
        return self.section, self.kind, item_value

    @property
    def prefix(self) -> str:
        """The prefix of the line's value in a query."""
        return (self.item and self.item.facet) or self.facet


def sidebar_lines(sections: Sequence[Section], turned: frozenset[str]) -> Iterator[SidebarLine]:
    """Yield all lines of the sections. `turned` are the sections that the reader has toggled.

    A folded section shows its heading and the values named in the query.
    """
    hidden_labels: set[str] = set()
    widest_counts: dict[str, int] = {}
    for section in sections:
        section_name = section.within or section.label
        section_items = (*section.items, section.item) if section.item else section.items
        widest_counts[section_name] = max(
            (widest_counts.get(section_name, 0), *map(_digits, section_items))
        )
    for section in sections:
        if section.within in hidden_labels:
            continue
        is_closed = section.closed != (section.name in turned)
        if is_closed:
            hidden_labels.add(section.label)
        section_facet, section_name, count_width = (
            section.facet,
            section.name,
            widest_counts[section.within or section.label],
        )
        yield SidebarLine(
            section_facet,
            "heading",
            section.label,
            section.item,
            is_closed,
            section_name,
            count_width,
            section.note,
        )
        for item in section.items:
            if item.state or not is_closed:
                yield SidebarLine(
                    section_facet,
                    "item",
                    item.label,
                    item,
                    section=section_name,
                    digits=count_width,
                )
        remaining_count = (section.total or 0) - len(section.items)
        if remaining_count > 0 and not is_closed:
            yield SidebarLine(
                section_facet, "more", f"… {remaining_count:,} more", section=section_name
            )


def _digits(item: FilterItem) -> int:
    """Return the width of a count in cells, or of the previous count while the count is unknown."""
    known_count = item.before if item.count is None else item.count
    return len(f"{known_count:,}") if item.counted else 0


class FilterLines(Value):
    """All lines in the filters, and the cursor."""

    sections: tuple[Section, ...] = ()
    lines: tuple[SidebarLine, ...] = ()
    folded: frozenset[str] = frozenset()
    """The sections that the reader has toggled: folded ones, or opened ones that start folded."""
    at: int = 0
    """The index of the line under the cursor."""
    hidden: LineKey | None = None
    """The key of the line under the cursor while a query hides that line, so the cursor can return
    to it.
    """
    clicked: bool = False
    """Whether the reader set the cursor with the mouse; if so, lines must not move under the
    pointer.
    """
    filled: bool = False
    """Whether the first counts have arrived."""

    @property
    def here(self) -> SidebarLine | None:
        """The line under the cursor, or None."""
        return self.lines[self.at] if self.at < len(self.lines) else None

    @property
    def key(self) -> LineKey | None:
        """The key of the line to which the cursor belongs or will return."""
        return self.hidden or (self.here.key if self.here else None)

    @property
    def section_here(self) -> str:
        """The facet of the section under the cursor, or an empty string."""
        return self.here.facet if self.here else ""

    @property
    def value_here(self) -> str:
        """The value under the cursor, or an empty string if it is another kind of line."""
        cursor_line = self.here
        return (
            cursor_line.item.value
            if cursor_line and cursor_line.item and cursor_line.kind == "item"
            else ""
        )

    def place_of(self, key: LineKey | None) -> int | None:
        """Return the index of the line with the given key, or None."""
        return next(
            (
                line_index
                for line_index, sidebar_line in enumerate(self.lines)
                if sidebar_line.key == key
            ),
            None,
        )

    def with_sections(self, sections: Sequence[Section]) -> FilterLines:
        """Return the lines for other sections; the cursor stays on its value.

        A value that disappears with its section is remembered until it reappears or the reader
        moves the cursor.
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
        line_index = new_lines.place_of(self.key)
        if line_index is not None:
            return replace(new_lines, at=line_index)
        return replace(
            new_lines, at=min(self.at, max(len(new_lines.lines) - 1, 0)), hidden=self.key
        )
