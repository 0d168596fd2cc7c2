"""Lines to choose from: Textual's list, which also takes keys before it is laid out."""

from __future__ import annotations

from textual.widgets import OptionList


class EagerOptionList(OptionList):
    """A list that has no pages yet where nothing of it is on the screen.

    Textual looks its lines up to turn a page, and it has none before it knows its width: a key
    typed ahead, or on a screen that is too small for the list, would end the room.
    """

    def action_page_up(self) -> None:
        """A page up."""
        if is_laid_out(self):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def action_page_down(self) -> None:
        """A page down."""
        if is_laid_out(self):
            super().action_page_down()  # type: ignore[no-untyped-call]


def is_laid_out(lines: OptionList) -> bool:
    """Whether its lines have places."""
    return bool(lines.scrollable_content_region)
