"""The page of echoes: passages with the cables that have them, copies, and cables like this one."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from cable_tui.session.base import Action
from cable_tui.session.feature_state import EchoesView, EchoLine
from cable_tui.session.features.source_criticism import echoes
from cable_tui.text import clean_line
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.widgets.option_list import EagerOptionList

_KEYS = "Enter opens it there · l lists its cables · n N passages · A the archive · Esc closes"
_READING = "Comparing ... Esc stops."
_STYLES = {"head": "bold", "facts": "dim", "note": "italic"}


class EchoesPage(Modal[None]):
    """The page, without state: all that it shows comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="marks")
        self._dispatch = dispatch
        self._view = EchoesView()

    def compose(self) -> ComposeResult:
        """The lines, and the keys."""
        with Vertical(classes="marks-box") as box:
            box.border_title = Content("Where it was said before")
            yield EagerOptionList(markup=False, compact=True)
            yield Static(Content(_KEYS), classes="marks-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the lines, and fill the page."""
        self.query_one(OptionList).focus()
        self._fill()

    def show(self, view: EchoesView) -> None:
        """Show what was read."""
        if view != self._view:
            self._view = view
            if self.is_mounted:
                self._fill()

    def _fill(self) -> None:
        view = self._view
        title = view.title or "Where it was said before"
        self.query_one(".marks-box").border_title = Content(clean_line(title))
        lines = self.query_one(OptionList)
        lines.clear_options()
        shown = view.lines or (EchoLine(_READING if view.reading else "Nothing.", "note"),)
        lines.add_options(Option(line_content(each), disabled=each.id is None) for each in shown)
        stops = [at for at, each in enumerate(shown) if each.id is not None]
        if stops:
            lines.highlighted = view.at if view.at in stops else stops[0]

    def _here(self) -> tuple[int, EchoLine] | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None or at >= len(self._view.lines) else (at, self._view.lines[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: open the cable where the passage stands."""
        event.stop()
        if here := self._here():
            self._dispatch(echoes.FollowEcho(here[1], here[0]))

    def on_key(self, event: events.Key) -> None:
        """The keys of the page; arrows, pages and Enter are those of the list."""
        if does := PAGE_KEYS.get(event.key):
            event.stop()
            event.prevent_default()
            does(self)

    def _move(self, action: str) -> None:
        getattr(self.query_one(OptionList), f"action_{action}")()

    def _to_passage(self, by: int) -> None:
        """To the next passage, or the one before."""
        at = self.query_one(OptionList).highlighted or 0
        heads = [
            place
            for place, each in enumerate(self._view.lines)
            if each.look == "passage" and (place > at if by > 0 else place < at)
        ]
        if heads:
            self.query_one(OptionList).highlighted = heads[0] if by > 0 else heads[-1]

    def _list(self) -> None:
        if here := self._here():
            self._dispatch(echoes.ListGroup(here[1], here[0]))

    def _leave(self) -> None:
        self._dispatch(echoes.CloseEchoes())


PAGE_KEYS: dict[str, Callable[[EchoesPage], object]] = {
    "escape": lambda page: page._leave(),
    "q": lambda page: page._leave(),
    "backspace": lambda page: page._leave(),
    "j": lambda page: page._move("cursor_down"),
    "k": lambda page: page._move("cursor_up"),
    "g": lambda page: page._move("first"),
    "G": lambda page: page._move("last"),
    "n": lambda page: page._to_passage(1),
    "N": lambda page: page._to_passage(-1),
    "l": lambda page: page._list(),
    "A": lambda page: page._dispatch(echoes.OpenArchiveEchoes()),
}
"""What its keys do."""


def line_content(line: EchoLine) -> Content:
    """A line as it is painted; nothing in it is markup."""
    return Content.styled(clean_line(line.text), _STYLES.get(line.look, ""))
