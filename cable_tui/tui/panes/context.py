"""The context pane: what a cable cites and who cites it, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from cable_tui.base.value import Value, replace
from cable_tui.session.feature_state import CitedCable, Citing, Context
from cable_tui.session.features.context import OpenFromContext, WantContext
from cable_tui.text import clean_line, crop, width, wrap
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import ComponentStyles, LineScroll, Unit, steps

ContextStyle = Literal["bar", "heading", "id", "state", "missing", "subject", "sentence"]
_MOST = 4
"""The most lines of a sentence."""


class ContextEntry(Value):
    """A heading, or a cable to go to."""

    lines: tuple[tuple[tuple[str, ContextStyle], ...], ...]
    reference_id: str = ""
    """Reference ID; empty for an entry that cannot be opened."""


def context_entries(context: Context, cells: int) -> tuple[ContextEntry, ...]:
    """Return the entries: references, then cited-by, in lines of `cells`."""
    cells = max(cells - 1, 1)
    return (
        _heading(f"References {_count(context, len(context.cited))}"),
        *(_cited(cable, cells) for cable in context.cited),
        _heading(""),
        _heading(f"Cited by {_count(context, len(context.citing) + context.more)}"),
        *(_citing(cable, cells, read=context.complete) for cable in context.citing),
        *_rest(context),
    )


def paint_context_line(
    entry: ContextEntry, line: int, here: bool
) -> tuple[tuple[str, ContextStyle], ...]:
    """Return a line of an entry; the bar shows the cursor without a colour."""
    return ("▌" if here else " ", "bar"), *entry.lines[line]


def _heading(text: str) -> ContextEntry:
    return ContextEntry((((text, "heading"),),))


def _count(context: Context, number: int) -> str:
    """Return a number in brackets; an ellipsis while it is unknown."""
    return f"({number:,})" if context.listed else "…"


def _rest(context: Context) -> Iterator[ContextEntry]:
    if context.more:
        yield _heading(f"… and {context.more:,} more")
    if context.listed and not context.complete:
        yield _heading("Reading the sentences …")


def _cited(cited: CitedCable, cells: int) -> ContextEntry:
    label = f"{cited.label} " if cited.label else ""
    text = " text" if cited.source == "text" else ""
    name = f"{label}{cited.reference_id}{' ?' if cited.inferred else ''}{text}"
    state = cited.created[:10] if cited.here else "✗ missing"
    first_line = _ends(name, state, "state" if cited.here else "missing", cells)
    return ContextEntry(
        (first_line, *_wrapped(cited.subject, "subject", cells, 2)), cited.reference_id
    )


def _citing(citing: Citing, cells: int, *, read: bool) -> ContextEntry:
    first_line = _ends(citing.reference_id, citing.created[:10], "state", cells)
    place = f"¶{citing.paragraph} " if citing.paragraph else ""
    nowhere = "in its REF lines only" if read else ""
    sentence = _wrapped(f"{place}{citing.sentence or nowhere}", "sentence", cells, _MOST)
    subject = _wrapped(citing.subject, "subject", cells, 1)
    return ContextEntry((first_line, *subject, *sentence), citing.reference_id)


def _ends(
    left: str, right: str, look: ContextStyle, cells: int
) -> tuple[tuple[str, ContextStyle], ...]:
    """Return a name at the left end, its state at the right one."""
    shown_left = crop(clean_line(left), max(cells - width(right) - 1, 1))
    gap = " " * max(cells - width(shown_left) - width(right), 1)
    return (shown_left, "id"), (f"{gap}{right}", look)


def _wrapped(
    text: str, look: ContextStyle, cells: int, most: int
) -> tuple[tuple[tuple[str, ContextStyle], ...], ...]:
    """Return at most `most` lines, a step to the right; the last one is cut if there is more."""
    text = clean_line(text)
    cells_left = max(cells - 2, 1)
    spans = wrap(text, cells_left) if text else []
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = crop(text[spans[most - 1][0] :], cells_left)
    return tuple(((f"  {line}", look),) for line in lines)


class ContextPane(ComponentStyles, LineScroll, can_focus=True):
    """A list with a cursor over its cables; a click or Enter goes to one."""

    BORDER_TITLE = "c Context"
    ALLOW_SELECT = False
    PREFIX = "context"
    LOOKS = "cursor bar heading id state missing subject sentence".split()

    def __init__(self) -> None:
        super().__init__(id="context")
        self._shown = Context()
        self._entries: tuple[ContextEntry, ...] = ()
        self._lines: list[tuple[int, int]] = []
        """Entry of each painted line, and the index of the line in it."""
        self._stops: list[int] = []
        """The entries that are cables."""

    def show(self, context: Context) -> None:
        """Show a context, or more of it, with its cursor in sight."""
        context_before, self._shown = self._shown, context
        if context.id != context_before.id:
            self.scroll_to(y=0, animate=False)
        if context == replace(context_before, at=context.at):
            self._reveal()
        else:
            self._lay()

    def steps(self, unit: Unit) -> int:
        """Return cables of a unit, about four lines each."""
        return steps(unit, self.size.height // 4, len(self._entries))

    @property
    def _at(self) -> int | None:
        """The entry under the cursor."""
        return self._stops[self._shown.at] if self._shown.at < len(self._stops) else None

    def render_line(self, y: int) -> Strip:
        """Return one line of an entry."""
        cells, base_style = self.scrollable_content_region.width, self.base_style
        line_number = y + self.scroll_offset.y
        if line_number >= len(self._lines):
            return Strip.blank(cells, base_style)
        entry_index, line = self._lines[line_number]
        is_cursor_line = entry_index == self._at
        if is_cursor_line:
            base_style += self.component_style("context--cursor")
        return self.strip_of(
            paint_context_line(self._entries[entry_index], line, is_cursor_line), cells, base_style
        )

    def _reveal(self) -> None:
        """Scroll as far as needed to see the whole entry under the cursor, with its heading."""
        cursor_lines = [
            line_number for line_number, (index, _) in enumerate(self._lines) if index == self._at
        ]
        if cursor_lines:
            self.reveal_lines(cursor_lines[0] - 1, cursor_lines[-1])
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked cable."""
        line_index = self.line_at(event)
        entry = self._lines[line_index][0] if 0 <= line_index < len(self._lines) else None
        if entry in self._stops:
            self.post_message(ActionPosted(OpenFromContext(self._stops.index(entry))))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """Return the lines that the entries take at this width, beside the scrollbar."""
        cells = max(width - self.scrollbar_size_vertical, 1)
        return sum(len(entry.lines) for entry in context_entries(self._shown, cells))

    def on_resize(self) -> None:
        """Wrap for the new width, and ask for the context, which is read only if it is visible."""
        self._lay()
        self.post_message(ActionPosted(WantContext()))

    def on_show(self) -> None:
        """Ask for the context."""
        self.post_message(ActionPosted(WantContext()))

    def _lay(self) -> None:
        cells = self.scrollable_content_region.width
        if cells < 1:
            return
        self._entries = context_entries(self._shown, cells)
        self._stops = [index for index, entry in enumerate(self._entries) if entry.reference_id]
        self._lines = [
            (entry_index, line)
            for entry_index, entry in enumerate(self._entries)
            for line in range(len(entry.lines))
        ]
        self.virtual_size = Size(0, len(self._lines))
        cited_count, citing_count = (
            len(self._shown.cited),
            len(self._shown.citing) + self._shown.more,
        )
        counted_words = f"{cited_count} cited · by {citing_count}" if self._shown.listed else ""
        self.border_subtitle = Content(counted_words)
        self.refresh()
