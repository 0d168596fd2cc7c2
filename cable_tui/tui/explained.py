"""`i`: one panel that says what the tables know of a word, a paragraph, a header, a cable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from cable_tui.session.explaining import ShowExplained
from cable_tui.text import clean_line, width
from cable_tui.tui import explain
from cable_tui.tui.explain import Explanation

_UNKNOWN = "unknown: it stands in no table"
_WIDEST = 16
"""Cells of the column of terms."""


def explanations(asked: ShowExplained) -> tuple[Explanation, ...]:
    """What there is to say."""
    tags = asked.cable.tags
    if asked.what == "words":
        return explain.of_word(asked.text, tags)
    if asked.what == "top":
        return explain.of_cable(asked.cable)
    return explain.explain(asked.text, tags, header=asked.what == "header")


def lines(found: Sequence[Explanation], unknown: Sequence[str] = ()) -> Iterator[Content]:
    """A line for each thing; its kind stands dim behind it."""
    column = min(max((width(each.term) for each in found), default=0), _WIDEST) + 2
    for each in found:
        term = clean_line(each.term)
        gap = " " * max(column - width(term), 1)
        kind = f"  {each.kind}" if each.kind else ""
        meaning = clean_line(each.meaning) or _UNKNOWN
        yield Content.assemble((term, "bold"), gap, meaning, (kind, "dim"))
    if unknown:
        yield Content("")
        yield Content.assemble(("In no table: ", "dim"), clean_line(", ".join(unknown)))
    if not found and not unknown:
        yield Content("Nothing here stands in the tables.")


class Explained(ModalScreen[None]):
    """The panel; it scrolls, and Esc closes it."""

    def __init__(self, asked: ShowExplained) -> None:
        super().__init__(classes="menu")
        self._asked = asked

    def compose(self) -> ComposeResult:
        """A box with the lines."""
        found = explanations(self._asked)
        unknown: tuple[str, ...] = ()
        if self._asked.what == "paragraph":
            unknown = explain.unknown(self._asked.text, found)
        with Vertical(classes="menu-box explained") as box:
            box.border_title = Content(clean_line(f"Explained: {self._asked.title}"))
            box.border_subtitle = Content("j k scroll · Esc closes")
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(lines(found, unknown)), markup=False)

    def on_key(self, event: events.Key) -> None:
        """Leave, or scroll."""
        page = self.query_one(VerticalScroll)
        event.stop()
        if event.key in ("escape", "q", "i", "enter", "backspace"):
            self.dismiss(None)
        elif step := {"j": 1, "down": 1, "k": -1, "up": -1}.get(event.key):
            page.scroll_relative(y=step, animate=False)
        elif step := {"pagedown": 1, "space": 1, "pageup": -1}.get(event.key):
            page.scroll_relative(y=step * max(page.size.height - 1, 1), animate=False)
