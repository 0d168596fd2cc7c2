"""The context pane: the cables cited by a cable, and the citing cables with their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from cable_tui.base.value import Value, replace
from cable_tui.session.feature_state import CitedCable, Citing, Context, LinkedNotes
from cable_tui.session.features.context import OpenFromContext, WantContext
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import ComponentStyles, LineScroll, Unit, rule_title, steps

ContextStyle = Literal["bar", "heading", "id", "state", "missing", "subject", "sentence"]
_MOST = 4
"""The maximum number of lines shown of a sentence."""


class ContextEntry(Value):
    """A heading, or a cable that can be opened."""

    lines: tuple[tuple[tuple[str, ContextStyle], ...], ...]
    reference_id: str = ""
    """The reference ID of the cable, or an empty string for an entry that cannot be opened."""


def context_entries(context: Context, cells: int) -> tuple[ContextEntry, ...]:
    """Return the entries for a width in cells: the cited cables, then the citing ones."""
    text_width = max(cells - 1, 1)
    return (
        _heading(f"References {_count(context, len(context.cited))}"),
        *(_cited(cable, text_width) for cable in context.cited),
        _heading(""),
        _heading(f"Cited by {_count(context, len(context.citing) + context.more)}"),
        *(_citing(cable, text_width, read=context.complete) for cable in context.citing),
        *_rest(context),
        *_linked(context.linked, text_width),
    )


def paint_context_line(
    entry: ContextEntry, line: int, here: bool
) -> tuple[tuple[str, ContextStyle], ...]:
    """Return a line of an entry; the bar at its start marks the cursor without using color."""
    return ("▌" if here else " ", "bar"), *entry.lines[line]


def _linked(linked: LinkedNotes, cells: int) -> Iterator[ContextEntry]:
    if linked.entries:
        yield _heading("")
        yield _heading(crop(linked.heading, cells))
        yield from (_citing(entry, cells, read=False) for entry in linked.entries)


def _heading(text: str) -> ContextEntry:
    return ContextEntry((((text, "heading"),),))


def _count(context: Context, number: int) -> str:
    """Return a number in brackets, or an ellipsis while it is unknown."""
    return f"({number:,})" if context.listed else "…"


def _rest(pane_context: Context) -> Iterator[ContextEntry]:
    if pane_context.more:
        yield _heading(f"… and {pane_context.more:,} more")
    if pane_context.listed and not pane_context.complete:
        yield _heading("Reading the sentences …")


def _cited(cited: CitedCable, cells: int) -> ContextEntry:
    reference_label = f"{cited.label} " if cited.label else ""
    text_note = " text" if cited.source == "text" else ""
    entry_name = f"{reference_label}{cited.reference_id}{' ?' if cited.inferred else ''}{text_note}"
    entry_state = cited.created[:10] if cited.here else "✗ missing"
    first_line = _ends(entry_name, entry_state, "state" if cited.here else "missing", cells)
    return ContextEntry(
        (first_line, *_wrapped(cited.subject, "subject", cells, 2)), cited.reference_id
    )


def _citing(citing: Citing, cells: int, *, read: bool) -> ContextEntry:
    first_line = _ends(citing.reference_id, citing.created[:10], "state", cells)
    paragraph_label = f"¶{citing.paragraph} " if citing.paragraph else ""
    no_sentence = "in its REF lines only" if read else ""
    sentence_lines = _wrapped(
        f"{paragraph_label}{citing.sentence or no_sentence}", "sentence", cells, _MOST
    )
    subject_lines = _wrapped(citing.subject, "subject", cells, 1)
    return ContextEntry((first_line, *subject_lines, *sentence_lines), citing.reference_id)


def _ends(
    name: str, state: str, state_style: ContextStyle, cells: int
) -> tuple[tuple[str, ContextStyle], ...]:
    """Return a line with a name at the left end and a state at the right end."""
    name_text = crop(clean_line(name), max(cells - width(state) - 1, 1))
    gap_text = " " * max(cells - width(name_text) - width(state), 1)
    return (name_text, "id"), (f"{gap_text}{state}", state_style)


def _wrapped(
    text: str, line_style: ContextStyle, cells: int, most_lines: int
) -> tuple[tuple[tuple[str, ContextStyle], ...], ...]:
    """Return at most `most_lines` indented lines.

    If the text is longer, the last line is shortened.
    """
    cleaned_text = clean_line(text)
    text_width = max(cells - 2, 1)
    line_spans = wrap(cleaned_text, text_width) if cleaned_text else []
    wrapped_lines = [cleaned_text[start:end] for start, end in line_spans[:most_lines]]
    if len(line_spans) > most_lines:
        wrapped_lines[-1] = crop(cleaned_text[line_spans[most_lines - 1][0] :], text_width)
    return tuple(((f"  {line}", line_style),) for line in wrapped_lines)


class ContextPane(ComponentStyles, LineScroll, can_focus=True):
    """The list of cited and citing cables with a cursor; a click or Enter opens a cable."""

    BORDER_TITLE = " c Context "
    ALLOW_SELECT = False
    PREFIX = "context"
    LOOKS = "cursor bar heading id state missing subject sentence".split()

    def __init__(self) -> None:
        super().__init__(id="context")
        self._shown_context = Context()
        self._entries: tuple[ContextEntry, ...] = ()
        self._entry_lines: list[tuple[int, int]] = []
        """For each painted line, the index of its entry and the index of the line within that
        entry.
        """
        self._cable_entries: list[int] = []
        """The indexes of the entries that are cables."""

    def show(self, context: Context) -> None:
        """Show a context, possibly with more entries, and keep its cursor visible."""
        previous_context, self._shown_context = self._shown_context, context
        if context.id != previous_context.id:
            self.scroll_to(y=0, animate=False)
        if context == replace(previous_context, at=context.at):
            self._reveal()
        else:
            self._lay()

    def steps(self, unit: Unit) -> int:
        """Return the number of cables in a unit, assuming four lines per cable."""
        return steps(unit, self.size.height // 4, len(self._entries))

    @property
    def _at(self) -> int | None:
        """The index of the entry under the cursor, or None."""
        return (
            self._cable_entries[self._shown_context.at]
            if self._shown_context.at < len(self._cable_entries)
            else None
        )

    def render_line(self, y: int) -> Strip:
        """Return one line of an entry."""
        line_width, base_style = self.scrollable_content_region.width, self.base_style
        line_number = y + self.scroll_offset.y
        if line_number >= len(self._entry_lines):
            return Strip.blank(line_width, base_style)
        entry_index, line_in_entry = self._entry_lines[line_number]
        is_cursor_line = entry_index == self._at
        if is_cursor_line:
            base_style += self.component_style("context--cursor")
        return self.strip_of(
            paint_context_line(self._entries[entry_index], line_in_entry, is_cursor_line),
            line_width,
            base_style,
        )

    def _reveal(self) -> None:
        """Scroll just far enough to show the whole entry under the cursor with its heading."""
        cursor_lines = [
            line_number
            for line_number, (index, _) in enumerate(self._entry_lines)
            if index == self._at
        ]
        if cursor_lines:
            self.reveal_lines(cursor_lines[0] - 1, cursor_lines[-1])
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Open the cable that was clicked."""
        line_index = self.line_at(event)
        entry_index = (
            self._entry_lines[line_index][0] if 0 <= line_index < len(self._entry_lines) else None
        )
        if entry_index in self._cable_entries:
            self.post_message(ActionPosted(OpenFromContext(self._cable_entries.index(entry_index))))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """Return the number of lines for the entries at a width that excludes the scrollbar."""
        text_width = max(width - self.scrollbar_size_vertical, 1)
        return sum(len(entry.lines) for entry in context_entries(self._shown_context, text_width))

    def on_resize(self) -> None:
        """Wrap the lines for the new width; request the context if the pane is now visible."""
        self._lay()
        self.post_message(ActionPosted(WantContext()))

    def on_show(self) -> None:
        """Request the context, because the pane has become visible."""
        self.post_message(ActionPosted(WantContext()))

    def _lay(self) -> None:
        text_width = self.scrollable_content_region.width
        if text_width < 1:
            return
        self._entries = context_entries(self._shown_context, text_width)
        self._cable_entries = [
            entry_number for entry_number, entry in enumerate(self._entries) if entry.reference_id
        ]
        self._entry_lines = [
            (entry_index, line)
            for entry_index, entry in enumerate(self._entries)
            for line in range(len(entry.lines))
        ]
        self.virtual_size = Size(0, len(self._entry_lines))
        cited_count, citing_count = (
            len(self._shown_context.cited),
            len(self._shown_context.citing) + self._shown_context.more,
        )
        count_text = f" · {cited_count} cited · by {citing_count}"
        self.border_title = rule_title(
            f"c Context{count_text if self._shown_context.listed else ''}"
        )
        self.refresh()
