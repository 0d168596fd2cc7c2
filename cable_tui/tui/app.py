"""The program around the room: themes, palette, signals, and how it ends."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual import events
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from cable_tui.errors import NoTerminalError
from cable_tui.settings import Paths, Settings
from cable_tui.tui import gate, keyboard, memory
from cable_tui.tui.ahead import Passed, TypedAhead, TypedEvent
from cable_tui.tui.curtain import BREADTHS, HEIGHTS, Curtain
from cable_tui.tui.edge import CRASHED, EdgedApp
from cable_tui.tui.opening import First, Wanted, first_lines, first_session
from cable_tui.tui.outlet import outlive_terminal
from cable_tui.tui.restyling import Restyling
from cable_tui.tui.theme import THEMES
from cable_tui.tui.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import Popen

    # The first picture waits for none of them.
    from cable_tui.session import Action
    from cable_tui.tui.follow import Builder, Follower
    from cable_tui.tui.pages import Notice
    from cable_tui.tui.screen import Room
    from cable_tui.tui.watch import Watch

NOTICES = 500
"""Notices that are kept to be read again."""
SWITCH = 0.001
"""Seconds that a thread may compute while another one waits."""


class CableTui(EdgedApp):
    """The reading room."""

    TITLE = "cable-tui"
    DEFAULT_MODE = "curtain"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3
    # What stands over the room knows no layouts, but makes way for the sentence that there is no
    # room for any.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (BREADTHS[1][0], "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (HEIGHTS[1][0], "-tall")]  # noqa: RUF012

    def __init__(self, path: Path | None, settings: Settings, paths: Paths, wanted: Wanted):
        super().__init__()
        self.path = path
        self.paths = paths
        self.settings = settings
        self.builder: Builder | Follower | None = None
        self.early: Popen[str] | None = None
        """A builder that was started before the room, and is not watched yet."""
        self.watching: Watch | None = None
        self._loudest = "information"
        """How severe the last notice was."""
        self.wanted = wanted
        """What the command line asks for."""
        self.entered: Room | None = None
        """The room once an archive is open in it; it outlives the screen."""
        self.chosen: list[str] | None = None
        """What the reader has chosen; None where nobody asked for that."""
        self.parting = ""
        """What the reader must know when the room is closed."""
        self._first = First()
        self._typed = TypedAhead(self)
        self._wire = Wire()
        self._tidier: memory.Tidier | None = None
        self.add_mode("curtain", self._curtain)
        self.add_mode("room", lambda: self._styled(self.room))
        for theme in THEMES:
            self.register_theme(theme)
        self.notices: list[Notice] = []
        """What was said, the last at the end."""
        name = settings.theme or _kept_theme(paths) or THEMES[0].name
        self.theme = name if name in self.available_themes else THEMES[0].name
        self._next_callbacks.clear()  # nothing is styled yet that another theme would change
        self.stylesheet = Restyling(variables=self.get_css_variables())

    def _curtain(self) -> Screen[Any]:
        resumes = not (self.settings.private or self.settings.fresh)
        self._first = first_lines(self.path, self.paths, self.wanted, resumes=resumes)
        return self._styled(Curtain(self._first))

    def _styled(self, screen: Screen[Any]) -> Screen[Any]:
        """A screen that is new: its rules are read with it, and need not be read once more."""
        screen._css_update_count = self._css_update_count
        return screen

    @cached_property
    def room(self) -> Room:
        """The screen under all menus; it rises when the curtain has been painted."""
        from cable_tui.tui.screen import Room

        session = first_session(self.path, self._first, private=self.settings.private)
        room = Room(session, self._first.lines, self.choose)
        room.fit(self.size)
        return room

    def on_mount(self) -> None:
        """Catch the signals that would leave the terminal in disorder, and open the archive."""
        self.animation_level = "none"
        loop = asyncio.get_running_loop()
        for name, status in (("SIGTERM", 143), ("SIGHUP", 129)):
            # Windows has neither the signal nor the method; a test's loop may not be the main one.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), self.exit, status)
        # The first paint is the reader's; what follows would only compete with it.
        self.call_after_refresh(self._rise)

    async def _rise(self) -> None:
        """The first picture stands: the room takes its place, and the keys that came meanwhile."""
        from cable_tui.tui import waking
        from cable_tui.tui.mistakes import mistakes

        waking.install(self)
        choosing = self.chosen is not None
        wrong = mistakes(self.settings, self.available_themes, choosing=choosing)
        await self.switch_mode("room")
        self.remove_mode("curtain")
        # What was made so far stays, and is not looked through again.
        gc.freeze()
        gc.enable()
        self._tidier = memory.Tidier()
        self.set_interval(memory.LOOKS, self._tidier.look)
        for mistake in wrong:
            self.notify(mistake, severity="warning")
        if self.path is None:
            self.ready()
        else:
            self.choose(self.path)

    def ready(self) -> None:
        """The room can answer keys."""
        self._typed.begin(lambda: self.room.awaits or getattr(self.screen, "awaits", False))

    async def on_event(self, event: events.Event) -> None:
        """Keys go one after the other, and wait for the room."""
        if isinstance(event, TypedEvent) and not event.is_forwarded:
            if self._typed.held and isinstance(event, events.Key) and event.key == "ctrl+q":
                self.exit(0)
            self._typed.add(event)
            if self._tidier is not None:
                self._tidier.touched()
            await self._hand_on()
            return
        if isinstance(event, events.Resize):  # terminals crop what they show
            self._wire.forget()
            if event.size == self._size:  # else Textual paints anyway
                self.refresh(layout=True)
        await super().on_event(event)

    async def on_passed(self, mark: Passed) -> None:
        """A key has been worked off."""
        if self.screen_stack:  # else the program ends
            self._typed.passed(mark)
            await self._hand_on()

    async def _hand_on(self) -> None:
        if event := self._typed.next():
            target = self.focused or self.screen
            await super().on_event(event)
            self._typed.sent(target)

    def choose(self, path: Path) -> None:
        """Open a folder or file in the room, in place of the one that is open."""
        self._hush()
        self.run_worker(partial(self._enter, path), thread=True, group="archive", exclusive=True)

    def _enter(self, path: Path) -> None:
        """In a thread, with all that an archive needs to be imported."""
        from cable_tui.tui.entering import enter

        enter(self, path)

    def _hush(self) -> None:
        """What runs beside an archive has nothing more to say."""
        if self.builder is not None:
            self.builder.hush()
        if self.watching is not None:
            self.watching.stop()

    def build(self) -> None:
        """Bring the index up to date, or watch for what its owner does."""
        from cable_tui.tui.follow import beside

        if self.path is not None and self.room.outside is not None:
            early, self.early = self.early, None
            archive = self.room.outside.archive
            self.builder = beside(archive, self.path, self.paths.cache, early)
            # No worker: nothing may wait for it when the room closes.
            Thread(target=self.builder.run, args=(self.tell,), daemon=True).start()

    def tell(self, action: Action) -> None:
        """News for the room, from any thread."""
        from cable_tui.tui.told import Told

        self.room.post_message(Told(action))

    def on_unmount(self) -> None:
        """Nobody has anything more to say to a room that closes; its files are let go."""
        self._hush()
        if self.entered is not None and (outside := self.entered.outside) is not None:
            # What was done last is on the disk, or known to be not, before the files are let go.
            self.entered.deeds.shutdown()
            outside.archive.close()
            if outside.library.pending:
                from cable_tui.tui.parting import part

                self.parting = part(outside.library)
            outside.library.close()
        gc.unfreeze()

    def notify(self, message: str, **options: Any) -> None:
        """A notice; never markup. News take the place of older news, but not of a warning."""
        options["markup"] = False
        severity = options.get("severity", "information")
        self._keep_notice(severity, message)
        if self._loudest == severity == "information":
            self.clear_notifications()
        self._loudest = severity
        super().notify(message, **options)

    def _keep_notice(self, severity: str, message: str) -> None:
        from cable_tui.tui.pages import Notice

        notice = Notice(time.strftime("%H:%M:%S"), severity, message)
        self.notices = [*self.notices[1 - NOTICES :], notice]

    def exit(self, *result: Any, **options: Any) -> None:
        """The end, by a key, a signal or a lost terminal; a note that is being written is kept."""
        for screen in self.screen_stack if self.is_running else ():
            if store := getattr(screen, "store", None):
                store()
        super().exit(*result, **options)

    async def action_quit(self) -> None:
        """^q over a box; what is being written is kept first, and the next ^q leaves."""
        from cable_tui.session import actions
        from cable_tui.tui.boxes import NoteBox

        if isinstance(self.screen, NoteBox):
            self.screen.keep()
        else:
            self.room.dispatch(actions.Leave())

    def action_command_palette(self) -> None:
        """^p, over whatever there is; and `:` in the room."""
        from cable_tui.tui import palette

        palette.bring(self)

    def action_help_quit(self) -> None:
        """^c without a selection: how to leave."""
        self.notify("q closes this view, ^q quits.")

    def redraw(self) -> None:
        """The whole screen anew, whatever other programs have written on it."""
        self._wire.forget()
        self.refresh(layout=True)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """As Textual does, with what differs from the screen only."""
        if isinstance(renderable, CompositorUpdate):
            self._wire.by(getattr(self._driver, "_writer_thread", None))
            renderable = self._wire.shortened(renderable)
        super()._display(screen, renderable)


def run(  # noqa: PLR0913 - options by name
    path: Path | None,
    *,
    query: str = "",
    reference: str = "",
    settings: Settings,
    paths: Paths,
    chosen: list[str] | None = None,
    early: Popen[str] | None = None,
    say: Callable[[str], object],
) -> int:
    """Open the room on a folder or file, or on the question which; the exit status at the end.

    `reference` is a cable to open at once, with `#N` at a paragraph. Where there is a list for the
    `chosen` ones, the reader chooses cables, and it then holds their references. `early` is a
    builder that runs already. What is to be known once the room is closed is said by `say`. Raises
    `NoTerminalError`, and the error that ended it where one did.
    """
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        raise NoTerminalError("the reading room is drawn on stderr, which is no terminal here")
    gate.install(ascii_only=settings.ascii)
    keyboard.install()
    outlive_terminal()
    memory.one_pool()
    if chosen is not None:
        settings = replace(settings, fresh=True)
    app = CableTui(path, settings, paths, Wanted(query, reference))
    app.chosen, app.early = chosen, early
    # Threads that read hand over sooner: a key never waits long for them, nor they for a paint.
    sys.setswitchinterval(SWITCH)
    try:
        app.run()
    finally:
        _stop_builder(app)
    if app.parting:
        with suppress(OSError):  # the terminal may be gone
            say(app.parting)
    if chosen is not None:
        chosen[:] = app.chosen or ()
    elif app.entered is not None and not settings.private:
        from cable_tui.tui import trails

        trails.keep(app.entered, paths.state)
    if app.fault is not None:
        raise app.fault
    if app.return_code == CRASHED:
        raise RuntimeError("the terminal's driver failed")
    return app.return_value if isinstance(app.return_value, int) else app.return_code or 0


def _stop_builder(app: CableTui) -> None:
    if app.builder is not None:
        app.builder.stop()
    if app.early is not None:
        from cable_tui.tui.follow import drop

        drop(app.early)


def _kept_theme(paths: Paths) -> str:
    """The theme chosen last; empty where none was."""
    try:
        return paths.theme.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
