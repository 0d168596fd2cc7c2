"""A pane that scrolls over lines it paints itself."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


class Pane(ScrollView):
    """As Textual has it, but its scrollbar is painted anew only where something about it changed.

    Else every layout of the screen would paint all of them, and paint once more for that.
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
