"""The view: the widgets of the main screen, and what those who paint or move them may ask of it.

`MainScreen` is the only one. Everything else in this folder takes a `View`, so that no module needs
the screen that uses it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from cable_tui.session.base import Action
from cable_tui.session.state import Session
from cable_tui.tui.bars.empty_state import SMALL, Empty
from cable_tui.tui.bars.footer import JumpLines, KeysLine
from cable_tui.tui.bars.search_bar import SearchBar
from cable_tui.tui.bars.status_line import StatusLine
from cable_tui.tui.base.layout import BREADTHS, HEIGHTS, layout_names
from cable_tui.tui.commands.model import WidgetAction
from cable_tui.tui.results.results_list import Results
from cable_tui.tui.results.row_text import Row
from cable_tui.tui.sidebar.sidebar import Sidebar
from cable_tui.tui.timeline.bar import TimelineBar

if TYPE_CHECKING:
    # Made when a cable is first open: the first list on the screen does not wait for them.
    from cable_tui.effects.services import Services
    from cable_tui.tui.cable.cable_view import CableView
    from cable_tui.tui.context.pane import ContextPane
    from cable_tui.tui.dialogs.menu import Menu


class View(Screen[None]):
    """The widgets of the main screen, from top to bottom."""

    HORIZONTAL_BREAKPOINTS = list(BREADTHS)  # noqa: RUF012 - declared by Textual
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012 - declared by Textual

    AUTO_FOCUS = ""
    """The session says which pane has the keys."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session: Session = session
        self.services: Services | None = None
        """The archive that is open, and what goes with it; None before one is."""
        self.library_writes = ThreadPoolExecutor(1, "library")
        """Does what changes the library, one after the other."""
        self.focusing = 0
        """Times that a pane was to get the focus and has not got it yet."""
        self.bar: SearchBar = SearchBar(id="bar", compact=True)
        self.jumps: JumpLines = JumpLines()
        self.empty: Empty = Empty()
        self.timeline: TimelineBar = TimelineBar(id="timeline")
        self.library: Sidebar = Sidebar(id="library")
        self.results: Results = Results(id="list")
        self.listless: Static = Static(id="listless", markup=False)
        self._cable: CableView | None = None
        self._context_pane: ContextPane | None = None
        self.status: StatusLine = StatusLine(id="status")
        self.keys: KeysLine = KeysLine()

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.bar
        yield self.jumps
        yield self.empty
        yield self.timeline
        with Horizontal(id="panes"):
            yield self.library
            with Container(id="reading"):
                yield self.results
                yield self.listless
        yield self.status
        yield self.keys
        yield Static(SMALL, id="small", markup=False)

    def fit(self, size: Size) -> None:
        """Take on the classes of a size: Textual would set them only after a first layout."""
        self.add_class(*layout_names(*size))

    @property
    def cable(self) -> CableView:
        """The boxes of a cable: made after the first paint, or when they are first needed."""
        if self._cable is None:
            from cable_tui.tui.cable.cable_view import CableView

            self._cable = CableView(id="cable")
            self.query_one("#reading").mount(self._cable)
        return self._cable

    @property
    def has_cable_view(self) -> bool:
        """Whether the boxes of a cable are there already."""
        return self._cable is not None

    @property
    def context_pane(self) -> ContextPane:
        """The context pane: mounted beside the cable when it is first needed."""
        if self._context_pane is None:
            from cable_tui.tui.context.pane import ContextPane

            self._context_pane = ContextPane()
            self.query_one("#reading").mount(self._context_pane)
        return self._context_pane

    @property
    def small(self) -> bool:
        """Whether there is but one sentence on the screen: keys would work unseen."""
        return self.has_class("-tiny") or self.has_class("-flat")

    def show_first_rows(self, rows: Sequence[Row]) -> None:
        """Fill the list with rows that are known before the archive is asked."""
        self.results.fill(dict(zip(self.session.hits.ids, rows, strict=True)))

    @property
    @abstractmethod
    def painted(self) -> Session:
        """The session that the widgets show: `session`, or the one before while a cable comes."""

    @abstractmethod
    def dispatch(self, action: Action) -> None:
        """The one way in: the next session, rendered, and the effects that it asks for."""

    @abstractmethod
    def do(self, does: Action | WidgetAction | None) -> None:
        """What a command or a line of a menu stands for."""

    @abstractmethod
    def update_status(self) -> None:
        """The status line again: the body moved."""

    @abstractmethod
    def open_menu(self, menu: Menu) -> None:
        """Show a menu, and do what is picked."""
