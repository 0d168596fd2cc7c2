"""The room's only screen: keys and messages become actions, sessions are painted.

It holds no state of its own but the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Size
from textual.widgets import Static

from cable_tui.session import READING, Action, Session, actions, step
from cable_tui.tui import gestures, paint, workers
from cable_tui.tui.coming import Coming
from cable_tui.tui.commands import Gesture, command_for, where_of
from cable_tui.tui.curtain import BREADTHS, HEIGHTS, layout_names
from cable_tui.tui.empty import SMALL, Empty
from cable_tui.tui.hearing import Hearing
from cable_tui.tui.lines import JumpLines, KeysLine
from cable_tui.tui.list_lines import Row
from cable_tui.tui.picture import Picture
from cable_tui.tui.results import Results
from cable_tui.tui.search_bar import SearchBar
from cable_tui.tui.sidebar import Sidebar
from cable_tui.tui.status import StatusLine
from cable_tui.tui.timeline import TimelineBar

if TYPE_CHECKING:
    from cable_tui.tui.cable_view import CableView
    from cable_tui.tui.menu import Menu
    from cable_tui.tui.outside import Outside


class Room(Hearing):
    """Search bar, library, list and cable."""

    CSS_PATH = ["styles.tcss", "room.tcss"]  # noqa: RUF012 - declared by Textual
    HORIZONTAL_BREAKPOINTS = list(BREADTHS)  # noqa: RUF012 - declared by Textual
    VERTICAL_BREAKPOINTS = list(HEIGHTS)  # noqa: RUF012 - declared by Textual

    AUTO_FOCUS = ""
    """The session says which pane has the keys."""

    def __init__(
        self, session: Session, first: Sequence[Row], choose: Callable[[Path], None]
    ) -> None:
        super().__init__(choose)
        self._first = first
        """Rows that are known before the archive is asked."""
        self.session: Session = session
        self.outside: Outside | None = None
        """The archive that is open."""
        self.picture = Picture(self)
        self.coming = Coming(self)
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
        self.deeds = ThreadPoolExecutor(1, "deeds")
        """Does what changes the notebook, one after the other."""
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

    def on_mount(self) -> None:
        """Paint the first session."""
        self.picture.show(self.session)
        self.results.fill(dict(zip(self.session.hits.ids, self._first, strict=True)))
        self.library.show("", [])
        self.call_after_refresh(self._prepare)

    def _prepare(self) -> None:
        """Make what the first cable will need, while nobody waits for it."""
        from cable_tui.tui import paint_context

        self.call_after_refresh(self._foresee)
        self._cable = self.cable
        paint_context.pane_of(self)

    def _foresee(self) -> None:
        """Take on the look of a room with a cable and lay it aside, unseen: it is known then."""
        if self.session.opened is None:
            with self.app.batch_update():
                self.add_class("-open", "-reading")
                self.remove_class("-reading")
                self.remove_class("-open")

    @property
    def cable(self) -> CableView:
        """The boxes of a cable: made after the first paint, or when they are first spoken to."""
        if self._cable is None:
            from cable_tui.tui.cable_view import CableView

            self._cable = CableView(id="cable")
            self.query_one("#reading").mount(self._cable)
        return self._cable

    @property
    def has_boxes(self) -> bool:
        """Whether the boxes are there already."""
        return self._cable is not None

    @property
    def small(self) -> bool:
        """Whether there is but one sentence on the screen: keys would work unseen."""
        return self.has_class("-tiny") or self.has_class("-flat")

    def dispatch(self, action: Action) -> None:
        """The one way in: the next session, painted, and what it asks for."""
        old = self.session
        if old.pane in READING and old.opened is not None:
            body = self.cable.body
            old, _ = step(old, actions.At(body.paragraph, body.first_line, body.stop))
        new, wanted = step(old, action)
        self.session = new
        self.picture.show(new)
        for effect in wanted:
            self.coming.run(effect)

    def do(self, does: Action | Gesture | None) -> None:
        """What a command or a line of a menu stands for."""
        action = gestures.perform(self, does) if isinstance(does, Gesture) else does
        if action is not None:
            self.dispatch(action)

    @property
    def awaits(self) -> bool:
        """Whether something is on its way that the next key may be meant for."""
        return self.picture.awaits or self.coming.awaits

    def say(self) -> None:
        """The status line again: the body moved."""
        paint.say(self, self.picture.session)

    def bring(self, menu: Menu) -> None:
        """Show a menu, and do what is picked."""
        self.app.push_screen(menu, self.do)

    def on_key(self, event: events.Key) -> None:
        """The pane's own commands first, then those of everywhere."""
        if self.app.screen is not self:
            # Typed so fast that the menu which the key before opened had not the keys yet.
            event.stop()
            event.prevent_default()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if self.session.phase != "ready":
            self._leaving(event)
            return
        command = command_for(where_of(self.session), event.key)
        if self.small and (command is None or command.id != "room.quit"):
            event.stop()
            event.prevent_default()
            return
        if command is not None:
            event.stop()
            event.prevent_default()
            self.do(command.does)

    def _leaving(self, event: events.Key) -> None:
        """Where a folder is asked for, letters are letters; Esc leaves."""
        if event.key == "escape":
            event.stop()
            self.app.exit(0)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click took the focus to another pane; the panes' widgets have their names."""
        pane = event.widget.id
        # News of a focus that is on its way elsewhere, or has been given back since.
        if self.focusing or not event.widget.has_focus:
            return
        if (
            pane in ("library", "list", "header", "body", "context", "bar")
            and self.picture.session.pane != pane
        ):
            self.dispatch(actions.Focus(pane))  # type: ignore[arg-type]

    def on_results_wanted(self, event: Results.Wanted) -> None:
        """Lines that are not read yet."""
        workers.rows(self, event.start, event.end)
