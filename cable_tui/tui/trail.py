"""Going from hit to hit of a body."""

from __future__ import annotations

from cable_tui.tui.leaf import Leaf


class Trail(Leaf):
    """A body whose hits are stepped through, each brought into view."""

    def nearest_hit(self) -> bool:
        """To the first hit from the top of the pane on, or else the first of all."""
        here = self._page.hit_from(self._layout.lines[self.first_line].start, 1)
        return self._to_hit(here) or self._to_hit(0)

    def first_hit(self) -> bool:
        """To the first hit; False where there is none."""
        return self._to_hit(0)

    def last_hit(self) -> bool:
        """To the last hit; False where there is none."""
        return self._to_hit(len(self._page.hits) - 1)

    def next_hit(self) -> bool:
        """To the next hit; False where there is no more."""
        return self._step_hit(1)

    def previous_hit(self) -> bool:
        """To the hit before; False where there is none."""
        return self._step_hit(-1)

    def tell(self) -> None:
        """The reader is elsewhere now."""

    def _to_hit(self, index: int) -> bool:
        """To a hit; False where it does not exist."""
        if not 0 <= index < len(self._page.hits):
            return False
        self._hit = index
        span = self._page.hits[index]
        self._stop = self._page.stop_near(span[0])
        if not self._visible(span):
            self.scroll_to_line(self._layout.line_of(span[0]) - self.size.height // 3)
        self.tell()
        return True

    def _step_hit(self, by: int) -> bool:
        here = self._hit
        if here is not None and self._visible(self._page.hits[here]):
            index = here + by
        else:
            index = self._page.hit_from(self._layout.lines[self.first_line].start, by)
        return self._to_hit(index)
