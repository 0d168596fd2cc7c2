"""The page of a chain over the room: what citing joins to a cable, as one dated story."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from cable_tui.session.base import Action
from cable_tui.session.feature_state import ChainView
from cable_tui.session.features.source_criticism import chain
from cable_tui.text import clean_line
from cable_tui.tui.bars.footer import footer
from cable_tui.tui.commands.model import WidgetAction, key_name
from cable_tui.tui.commands.table import command_for
from cable_tui.tui.dialogs.help import Help
from cable_tui.tui.dialogs.modal import Modal
from cable_tui.tui.source_criticism.chain_lines import Block, Signs, summary_line
from cable_tui.tui.source_criticism.chain_list import ChainList


class ChainPage(Modal[None]):
    """The chain without state: all that it shows comes from the session."""

    def __init__(self, dispatch: Callable[[Action], None]) -> None:
        super().__init__(classes="chain")
        self._dispatch = dispatch
        self._list = ChainList()
        self._view = ChainView()
        self._signs = Signs()
        self._placed = False
        """The cursor is where it was when the page was left."""

    def compose(self) -> ComposeResult:
        """How much there is, the entries, the keys."""
        with Vertical(classes="chain-box") as box:
            box.border_title = Content("Chain")
            yield Static(classes="chain-summary", markup=False)
            yield self._list
            yield Static(Content(chain_keys()), classes="chain-keys", markup=False)

    def on_mount(self) -> None:
        """Focus the entries, and fill the page."""
        self._list.focus()
        self._fill()

    def show(self, view: ChainView, signs: Signs) -> None:
        """Show a chain, or more of it."""
        self._view, self._signs = view, signs
        if self.is_mounted:
            self._fill()

    def _fill(self) -> None:
        found = self._view.chain
        said = "Reading the chain …" if found is None else summary_line(found)
        if found is not None and self._view.reading:
            read = sum(each.read or bool(each.unreadable) for each in found.cables)
            said += f" · {read:,} of {len(found.cables):,} texts read"
        self.query_one(".chain-summary", Static).update(Content(clean_line(said)))
        if found is not None:
            self.query_one(Vertical).border_title = Content(f"Chain of {clean_line(found.start)}")
            if not self._placed and self._view.at is not None:
                self._list.go_to(self._view.at)
            self._placed = True
            self._list.show(found, self._signs)

    def on_chain_list_chosen(self, event: ChainList.Chosen) -> None:
        """A click opens, as Enter does."""
        event.stop()
        if block := self._list.here:
            self._open(block)

    def on_key(self, event: events.Key) -> None:
        """The commands of the page."""
        command = command_for("chain", event.key)
        if command is not None:
            self._do(command.does)
        # Else the room below, or Textual's own scrolling, would take the key.
        event.stop()
        event.prevent_default()

    def _do(self, does: Action | WidgetAction) -> None:
        """Do what a command stands for; those of an entry do nothing where there is none."""
        if not isinstance(does, WidgetAction):
            self._dispatch(does)
        elif does.verb in OF_PAGE:
            OF_PAGE[does.verb](self, does.by)
        elif block := self._list.here:
            OF_BLOCK[does.verb](self, block)

    def _open(self, block: Block) -> None:
        self._dispatch(chain.FollowEntry(block.canonical_id, block.paragraph, self._list.at))

    def _mark(self, block: Block) -> None:
        self._dispatch(chain.MarkEntry(block.canonical_id))
        self._list.move_by(1, heads=True)

    def _close(self) -> None:
        self._dispatch(chain.CloseChain())

    def _help(self) -> None:
        self.app.push_screen(Help("chain", None))


OF_PAGE: dict[str, Callable[[ChainPage, int], object]] = {
    "chain_move": lambda page, by: page._list.move_by(by),
    "chain_cable": lambda page, by: page._list.move_by(by, heads=True),
    "chain_page": lambda page, by: page._list.page(by),
    "chain_ends": lambda page, by: page._list.ends(by),
    "chain_list": lambda page, _: page._dispatch(chain.ListChain(page._list.at)),
    "chain_help": lambda page, _: page._help(),
    "chain_close": lambda page, _: page._close(),
}
"""What works without an entry, by the verb of its command."""
OF_BLOCK: dict[str, Callable[[ChainPage, Block], None]] = {
    "chain_open": lambda page, block: page._open(block),
    "chain_mark": lambda page, block: page._mark(block),
    "chain_copy": lambda page, block: page._dispatch(chain.CopyEntries(block.canonical_id)),
    "chain_bookmark": lambda page, block: page._dispatch(chain.BookmarkEntries(block.canonical_id)),
}
"""What is done with the entry under the cursor."""


def chain_keys() -> str:
    """`Enter opens · + further`: the keys of the page."""
    return " · ".join(f"{key_name(each.keys[0])} {each.label}" for each in footer("chain"))
