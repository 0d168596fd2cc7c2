"""The view of a cable: top box, header box, body, and the input line for words in the body."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import Literal

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import Input

from cable_tui.base.cable import Cable, Header
from cable_tui.base.pattern import pattern
from cable_tui.exports.header_in_words import decoded
from cable_tui.session.feature_state import WordsToFind
from cable_tui.session.features.opened_cable import CloseFind, FindText
from cable_tui.session.features.panes import Focus, ToggleLayout
from cable_tui.text import clean_line, crop, printable
from cable_tui.tui.panes.cable.body_view import BodyView
from cable_tui.tui.panes.cable.top_and_header import (
    Line,
    compact_lines,
    header_line,
    opened_lines,
    short_title,
    top_lines,
    zoomed_lines,
)
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.line_list import ComponentStyles, rule_title
from cable_tui.tui.widgets.text_view import SelectableText


class FindLine(Input):
    """The input line for words in the cable.

    It posts every change, and reports when it loses focus.
    """

    def __init__(self) -> None:
        super().__init__(
            id="find", compact=True, placeholder="Find in this cable", select_on_focus=False
        )

    def show(self, finding: WordsToFind) -> None:
        """Open or close the line, and show its words."""
        self.set_class(finding.open, "-open")
        if self.value != finding.text:
            with self.prevent(Input.Changed):
                self.value = clean_line(finding.text)
            self.cursor_position = len(self.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post the words to find after a change."""
        event.stop()
        self.post_message(ActionPosted(FindText(event.value)))

    def on_blur(self) -> None:
        """Close the line when it loses the focus."""
        if self.has_class("-open"):
            self.post_message(ActionPosted(CloseFind()))


Unfolded = Literal["line", "some", "all"]
"""How much of the top box is shown."""
_ADDRESSEE = pattern(r"^[ \t]*TO[ \t]", re.MULTILINE | re.IGNORECASE)
"""The beginning of the first line of addressees, either as sent or in words."""
_OPEN_LINES = 9
"""The maximum number of visible lines of an unfolded header; the reader scrolls to see the rest."""


class TopBox(ComponentStyles, can_focus=False):
    """The box with the facts about a cable, and warnings in plain words."""

    BORDER_TITLE = " 3 Cable "
    PREFIX = "top"
    LOOKS = (
        "plain label id star subject warning unclassified restricted confidential secret".split()
    )

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._cable: Cable | None = None
        self._marks = ""
        self._list_state = ""
        self._lines: list[Line] = []
        self._shown_part: Unfolded = "some"
        self._layout_state: tuple[object, ...] | None = None

    def show(self, cable: Cable, marks: str = "") -> None:
        """Show a cable, with its `marks`: the star of a bookmark, and the names of its lists."""
        self._cable, self._marks, self._layout_state = cable, marks, None
        self._title()
        self.refresh(layout=True)

    def unfold(self, unfolded: Unfolded) -> None:
        """Show all facts, a few lines of facts, or only a single line that identifies the cable."""
        if unfolded != self._shown_part:
            self._shown_part = unfolded
            self.refresh(layout=True)

    def show_state(self, words: str) -> None:
        """Show in the title whether the cable is a preview, or was left behind by the list."""
        if words != self._list_state:
            self._list_state = words
            self._title()
            self.refresh()

    def _title(self) -> None:
        cable_title = clean_line(short_title(self._cable)) if self._cable else "Cable"
        self.border_title = rule_title(
            f"3 {self._list_state}: {cable_title}" if self._list_state else f"3 {cable_title}"
        )

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """Return the number of lines needed for the facts at a width."""
        return len(self._lay(width))

    def render_line(self, y: int) -> Strip:
        """Return one line of facts."""
        line_width, base_style = self.size.width, self.base_style
        fact_lines = self._lay(line_width)
        if y >= len(fact_lines):
            return Strip.blank(line_width, base_style)
        return self.strip_of(fact_lines[y], line_width, base_style)

    def on_click(self) -> None:
        """Move the focus to the box on a click."""
        self.post_message(ActionPosted(Focus("top")))

    def _lay(self, cells: int) -> list[Line]:
        """Lay out the facts: with labels if the box has a rule, otherwise in one or two lines."""
        if self._cable is None or cells < 1:
            return []
        lay_out = self._layout_now()
        layout_key = cells, lay_out.func, self._shown_part, self._list_state
        if self._layout_state != layout_key:
            self._lines = lay_out(self._cable, cells, marks=self._marks)
            self._layout_state = layout_key
        return self._lines

    def _layout_now(self) -> partial[list[Line]]:
        if self._shown_part == "line":
            return partial(zoomed_lines)
        is_opened = self._shown_part == "all"
        if self.styles.border_top[0] not in ("", "none", "hidden"):
            return partial(top_lines, opened=is_opened)
        return (
            partial(opened_lines) if is_opened else partial(compact_lines, beside=self._list_state)
        )


class HeaderBox(SelectableText):
    """The box for the transmission header, folded to one line or showing the whole text."""

    BORDER_TITLE = " 4 Header "

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self._cable: Cable | None = None
        self._is_folded = True
        self._is_decoded = False
        self._must_scroll = False
        """Whether the header was opened or changed and has not yet been scrolled to its addressees.
        """
        self.add_class("-folded")

    def show(self, cable: Cable) -> None:
        """Show another cable; the header stays folded or not, and in words or as sent."""
        self._cable = cable
        self._write()

    def decode(self, decoded: bool) -> None:
        """Show the header in words or as it was sent."""
        self._is_decoded = decoded
        self._write()

    def _write(self) -> None:
        cable_header = self._cable.header if self._cable else Header("")
        decoded_text = decoded(cable_header) if self._is_decoded else ""
        self.set_text(decoded_text or cable_header.text.strip("\n"))
        self.border_title = rule_title("4 Header, in words" if decoded_text else "4 Header")
        self._must_scroll = True
        self.refresh(layout=True)

    def fold(self, folded: bool) -> None:
        """Show only one line, or the whole text."""
        if folded != self._is_folded:
            self._is_folded = folded
            self.set_class(folded, "-folded")
            self.scroll_to_line(0)
            self._must_scroll = not folded
            self.refresh(layout=True)

    def get_content_height(self, _container: Size, _viewport: Size, _width: int) -> int:
        """Return 1 if folded, or else the number of lines, up to a maximum."""
        return 1 if self._is_folded else min(max(self.lines, 1), _OPEN_LINES)

    def render_line(self, y: int) -> Strip:
        """Return the folded line, or a line of the text."""
        if not self._is_folded:
            return super().render_line(y)
        line_width, base_style = self.size.width, self.base_style
        symbol = "4 ▸ "  # without a rule that names its key
        folded_text = header_line(self._cable, line_width - len(symbol)) if self._cable else ""
        shown_text = crop(f"{symbol}{folded_text}", line_width) if y == 0 else ""
        return Strip([Segment(printable(shown_text), base_style)]).adjust_cell_length(
            line_width, base_style
        )

    @property
    def allow_select(self) -> bool:
        """Whether text can be selected, which is possible only if the header is not folded."""
        return not self._is_folded

    def on_click(self, event: events.Click) -> None:
        """Unfold the header on a click."""
        event.prevent_default()
        if self._is_folded:
            self.post_message(ActionPosted(ToggleLayout("unfolded")))

    def after_layout(self) -> None:
        """Adapt the height of the box to the new layout."""
        self.refresh(layout=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines; after the header was opened, schedule scrolling to the addressees."""
        if self._must_scroll and not self._is_folded and self._landing is None:
            self._must_scroll = False
            self.call_later(self._show_addressee)
        return super().render_lines(crop)

    def _show_addressee(self) -> None:
        """Scroll just far enough to show the first addressee in a low pane."""
        if (addressee_match := _ADDRESSEE.search(self._text)) is not None and not self._is_folded:
            addressee_line = self._layout.line_of(addressee_match.start())
            if addressee_line >= self.first_line + self.size.height:
                self.scroll_to_line(addressee_line + 1 - self.size.height)


class CableView(Vertical):
    """The three boxes of a cable, for use through `top`, `header`, `body` and `find_line`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(id=id)
        self.top = TopBox(id="top")
        self.header = HeaderBox(id="header")
        self.body = BodyView(id="body")

    def compose(self) -> ComposeResult:
        """Yield the boxes from top to bottom, as on a page of the site."""
        yield self.top
        yield self.header
        yield self.body

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Skip a second layout, because the boxes were just laid out and do not scroll."""
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)

    @cached_property
    def find_line(self) -> FindLine:
        """The input line below the body, created when first needed."""
        self.mount(input_line := FindLine())
        return input_line
