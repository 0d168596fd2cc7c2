"""The view: the widgets of the main screen, and the interface that other modules use.

`MainScreen` is the only subclass. The other modules of this folder take a `View`, so that none of
them imports the screen that uses it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.events import Resize
from textual.geometry import Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from cable_tui.session.state import Session
from cable_tui.session.values import Action
from cable_tui.tui.panes.bars.empty_state import SMALL, Empty
from cable_tui.tui.panes.bars.footer import HintLine, JumpLines, KeysLine, StatusLine
from cable_tui.tui.panes.bars.search_bar import SearchBar
from cable_tui.tui.panes.results import Results
from cable_tui.tui.panes.sidebar import Sidebar
from cable_tui.tui.panes.timeline import TimelineBar
from cable_tui.tui.widgets.looks import BREADTHS, HEIGHTS, ROOM_FOR_TWO, layout_names

if TYPE_CHECKING:
    # Made when a cable is first open: the first list on the screen does not wait for them.
    from cable_tui.session.registry import Services
    from cable_tui.tui.commands.key_command import WidgetAction
    from cable_tui.tui.dialogs.pickers import Menu
    from cable_tui.tui.panes.cable.cable_view import CableView
    from cable_tui.tui.panes.context import ContextPane


class View(Screen[None]):
    """The widgets of the main screen, from top to bottom."""

    HORIZONTAL_BREAKPOINTS = list(BREADTHS)  # noqa: RUF012 - declared by Textual
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012 - declared by Textual

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus. Widgets that gain or lose the focus repaint themselves; other
    widgets do not change.
    """
    AUTO_FOCUS = ""
    """The widget to focus at the start: none, because the session decides which pane has the focus.
    """

    was_used: bool = False
    """Whether the reader has pressed a key."""
    introduces: bool = False
    """Whether a message is introducing the archive; it disappears at the next key."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session: Session = session
        self.services: Services | None = None
        """The open archive with its services, or None before an archive is open."""
        self.library_writes = ThreadPoolExecutor(1, "library")
        """The thread that performs changes to the library, one after another."""
        self.runs: Counter[str] = Counter()
        """The number of the newest run of each group of effects."""
        self.focusing = 0
        """The number of pending changes of focus."""
        self.bar: SearchBar = SearchBar()
        self.jumps: JumpLines = JumpLines()
        self.empty: Empty = Empty()
        self.timeline: TimelineBar = TimelineBar(id="timeline")
        self.filters: Sidebar = Sidebar(id="filters")
        self.results: Results = Results(id="list")
        self.listless: Static = Static(id="listless", markup=False)
        self.listless.border_title = Results.BORDER_TITLE
        self.status: StatusLine = StatusLine(id="status")
        self.hint_line: HintLine = HintLine()
        self.keys: KeysLine = KeysLine()

    def compose(self) -> ComposeResult:
        """Yield the widgets, from top to bottom."""
        yield self.bar
        yield self.jumps
        yield self.empty
        yield self.timeline
        with Horizontal(id="panes"):
            yield self.filters
            with Container(id="reading"):
                yield self.results
                yield self.listless
        yield self.hint_line
        yield self.status
        yield self.keys
        yield Static(SMALL, id="small", markup=False)

    def on_resize(self, event: Resize) -> None:
        """Set the class for a screen that has no room for two panes side by side."""
        self.set_class(event.size.width < ROOM_FOR_TWO, "-single")

    def fit(self, size: Size) -> None:
        """Set the classes for a size, which Textual would set only after a first layout."""
        self.add_class(*layout_names(*size))

    @cached_property
    def cable(self) -> CableView:
        """The boxes of a cable, created after the first paint or when first needed."""
        from cable_tui.tui.panes.cable.cable_view import CableView

        self.query_one("#reading").mount(boxes := CableView(id="cable"))
        return boxes

    @cached_property
    def context_pane(self) -> ContextPane:
        """The context pane, created next to the cable when first needed."""
        from cable_tui.tui.panes.context import ContextPane

        self.query_one("#reading").mount(pane := ContextPane())
        return pane

    @property
    def has_cable_view(self) -> bool:
        """Whether the boxes of a cable already exist."""
        return "cable" in vars(self)

    @property
    def has_context_pane(self) -> bool:
        """Whether the context pane already exists."""
        return "context_pane" in vars(self)

    @property
    def small(self) -> bool:
        """Whether the terminal is too small.

        The screen then shows one sentence and ignores keys.
        """
        return self.has_class("-tiny") or self.has_class("-flat")

    def show_timeline(self, shown: bool | None) -> None:
        """Show or hide the timeline; None lets the size of the terminal decide."""
        self.set_class(shown is True, "-timeline")
        self.set_class(shown is False, "-no-timeline")

    @abstractmethod
    def dispatch(self, action: Action) -> None:
        """Step to the next session, render it, and run its effects."""

    @abstractmethod
    def do(self, does: Action | WidgetAction | None) -> None:
        """Run a command or a line of a menu."""

    @abstractmethod
    def open_menu(self, menu: Menu) -> None:
        """Show a menu, and run the line that the reader chooses."""
