"""A list of lines that paints itself: only the lines that look different are painted again."""

from __future__ import annotations

from collections.abc import Hashable

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class LineScroll(ScrollView):
    """A scroll view whose scrollbar is painted anew only where something about it changed.

    Textual paints it in every layout of the screen, and the screen once more for that.
    """

    _scrolled: tuple[object, ...] = ()
    """What the scrollbars were made for."""

    def _scroll_update(self, virtual_size: Size) -> None:
        styles = self.styles
        shown = styles.overflow_x, styles.overflow_y, styles.scrollbar_size_vertical
        wanted = (virtual_size, self.size, self.container_size, shown)
        if wanted != self._scrolled:
            self._scrolled = wanted
            super()._scroll_update(virtual_size)


_KEPT = 400
"""Painted lines that are remembered: some screens of them."""


class CachedLineList(LineScroll):
    """A virtual list that knows what it has painted.

    A subclass renders a line (`render_list_line`) and says, cheaply, what decides how it looks
    (`line_key`): two lines of one key are the same. It calls `repaint` for every change of its own.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._painted: dict[int, Hashable] = {}
        """The keys of the lines that are on the screen now."""
        self._strips: dict[Hashable, Strip] = {}
        """Lines by their keys: a list that scrolls has most of its lines already."""

    def line_key(self, y: int) -> Hashable:
        """All that decides how a line of the pane looks, from 0 at its top."""
        raise NotImplementedError

    def render_list_line(self, y: int) -> Strip:
        """One line of the pane."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """As `render_list_line` has it."""
        look = self._painted[y] = self.line_key(y)
        strip = self._strips.get(look)
        if strip is None:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            strip = self._strips[look] = self.render_list_line(y)
        return strip

    def repaint(self) -> None:
        """Paint the lines that changed since they were painted."""
        width, height = self.size
        painted = self._painted
        changed = [y for y in range(height) if self.line_key(y) != painted.get(y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    _underlined = ""

    def underline(self, text: str) -> None:
        """Set the text in the lowest line of the frame, and paint only that line.

        Where the frame is but a rule above, the text stands in it, behind the title.
        """
        # through `border_subtitle` the whole widget would be
        self._underlined = text
        self._border_subtitle = Content(text)
        ruled = self.styles.border_bottom[0] in ("", "none", "hidden")
        title = f"{self.BORDER_TITLE} · {text}" if ruled and text else self.BORDER_TITLE
        self._border_title = Content(title)
        width, height = self.size
        self.refresh(Region(-1, -1 if ruled else height, width + 2, 1))

    def resized(self, lines: int) -> None:
        """Set how many lines there are, without a layout of the screen."""
        if self.virtual_size.height != lines:
            size = Size(0, lines)
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Paint what changed: scrolled lines may be equal to those before."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.repaint()

    def notify_style_update(self) -> None:
        """Forget the lines: the theme or the state changed."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Forget what is painted: another width has other lines."""
        self._painted.clear()
        if self._underlined:  # another size may have another frame
            self.underline(self._underlined)
