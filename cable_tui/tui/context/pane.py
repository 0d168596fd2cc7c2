"""The context pane: the cables cited and citing, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.content import Content

from cable_tui.session import effects
from cable_tui.session.base import Action
from cable_tui.session.feature_state import Context
from cable_tui.session.features.reading.context import WantContext
from cable_tui.tui.base.messages import ActionPosted
from cable_tui.tui.context.lines import ContextEntry, context_entries, paint_context_line
from cable_tui.tui.widgets.block_list import BlockList


class ContextPane(BlockList, can_focus=True):
    """A list with a cursor over its cables; a click or Enter goes to one."""

    BORDER_TITLE = "6 Context"
    LOOKS = "context"
    ABOVE = 1
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"context--{part}"
        for part in "cursor bar heading id state missing subject sentence".split()
    }

    def __init__(self) -> None:
        super().__init__(id="context")
        self._shown = Context()
        self._entries: tuple[ContextEntry, ...] = ()

    def show(self, context: Context) -> None:
        """Show a context, or more of it; on the same cable's the cursor stays."""
        if context.id != self._shown.id:
            self._at = 0
            self.scroll_to(y=0, animate=False)
        self._shown = context
        self._lay()

    @property
    def chosen(self) -> Action | None:
        """Where Enter goes, or None."""
        if not self._at < len(self._entries):
            return None
        entry = self._entries[self._at]
        return (
            effects.GoToCable(entry.reference_id, entry.paragraph) if entry.reference_id else None
        )

    def move_by(self, entries_: int) -> None:
        """Move the cursor over cables."""
        stops = [at for at, entry in enumerate(self._entries) if entry.reference_id]
        if not stops:
            return
        here = (
            sum(at < self._at for at in stops) if self._at not in stops else stops.index(self._at)
        )
        self._at = stops[min(max(here + entries_, 0), len(stops) - 1)]
        self.reveal()

    def page(self, pages: int) -> None:
        """Move the cursor by a page of cables."""
        self.move_by(pages * max(self.size.height // 4, 1))

    def top(self) -> None:
        """To the first cable."""
        self.move_by(-len(self._entries))

    def bottom(self) -> None:
        """To the last cable."""
        self.move_by(len(self._entries))

    def to_section(self, citing: bool) -> None:
        """To the first cable that is cited, or the first that cites."""
        cited = len(self._shown.cited)
        self.top()
        if citing and self._shown.citing:
            self.move_by(cited)

    def opens(self, at: int) -> bool:
        """Whether an entry is a cable."""
        return bool(self._entries[at].reference_id)

    def paint(self, at: int, line: int, here: bool) -> Iterable[tuple[str, str]]:
        """One line of an entry."""
        return paint_context_line(self._entries[at], line, here)

    def on_click(self, event: events.Click) -> None:
        """A click goes there."""
        at = self.block_at(event)
        if at is None:
            return
        self._at = at
        self.refresh()
        if (chosen := self.chosen) is not None:
            self.post_message(ActionPosted(chosen))

    def on_resize(self) -> None:
        """Wrap for the new width, and ask for the context, which is read only where it is seen."""
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
        self.lay_blocks(len(entry.lines) for entry in self._entries)
        if self._at < len(self._entries) and not self._entries[self._at].reference_id:
            self._at = next((at for at, each in enumerate(self._entries) if each.reference_id), 0)
        cited, citing = len(self._shown.cited), len(self._shown.citing) + self._shown.more
        counted = f"{cited} cited · by {citing}" if self._shown.listed else ""
        self.border_subtitle = Content(counted)
        self.refresh()
