"""The program around the room: themes, palette, signals, and how it ends."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.screen import Screen
from textual.worker import WorkerFailed

from cable_tui.errors import CableTuiError, LibraryError, NoTerminalError
from cable_tui.session import Action, Session, actions, notebook, passages, timeline, upkeep
from cable_tui.settings import Paths, Settings, choices
from cable_tui.tui import gate, keyboard
from cable_tui.tui.opening import first_session
from cable_tui.tui.screen import Room
from cable_tui.tui.theme import THEMES
from cable_tui.tui.told import Told

if TYPE_CHECKING:
    from textual.command import Provider

    # The first screen waits for none of them: they are imported when the archive is opened.
    from cable_tui.clipboard import Clipboard
    from cable_tui.library import Library
    from cable_tui.tui.follow import Builder, Follower
    from cable_tui.tui.outside import Outside
    from cable_tui.tui.watch import Watch

CRASHED = 70
"""Exit status of an internal error."""
SWITCH = 0.001
"""Seconds that a thread may compute while another one waits."""


def _palette() -> type[Provider]:
    """The palette's commands, imported when it is opened."""
    from cable_tui.tui.palette import OurCommands

    return OurCommands


class CableTui(App[int]):
    """The reading room."""

    TITLE = "cable-tui"
    CSS_PATH = ["styles.tcss", "room.tcss"]  # noqa: RUF012 - declared by Textual
    COMMANDS: ClassVar[set[Any]] = {_palette}
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3

    def __init__(self, path: Path | None, settings: Settings, paths: Paths, start: actions.Start):
        super().__init__()
        self.path = path
        self.paths = paths
        self.settings = settings
        self.builder: Builder | Follower | None = None
        self.watching: Watch | None = None
        self._loudest = "information"
        """How severe the last notice was."""
        self._start = start
        self.entered: Room | None = None
        """The room once an archive is open in it; it outlives the screen."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = settings.theme or THEMES[0].name
        self.theme = wanted if wanted in self.available_themes else THEMES[0].name

    def get_default_screen(self) -> Screen[Any]:
        """The room itself: a screen pushed later would cost a painted empty one."""
        if self.path is None:
            return Room(Session(phase="choosing"), (), self.choose)
        if self._start.text:
            room = Room(Session(), (), self.choose)
        else:
            room = Room(*first_session(self.path, self.paths.cache), self.choose)
        room.session = replace(room.session, private=self.settings.private)
        room.fit(self.size)
        return room

    @property
    def room(self) -> Room:
        """The screen under all menus."""
        room = self.screen_stack[0]
        assert isinstance(room, Room)  # noqa: S101 - it is the default screen
        return room

    def on_mount(self) -> None:
        """Catch the signals that would leave the terminal in disorder, and open the archive."""
        self.animation_level = "none"
        loop = asyncio.get_running_loop()
        for name, status in (("SIGTERM", 143), ("SIGHUP", 129)):
            # Windows has neither the signal nor the method; a test's loop may not be the main one.
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(getattr(signal, name), self.exit, status)
        for mistake in self.settings.mistakes:
            self.notify(mistake, severity="warning")
        # The first paint is the reader's; what follows would only compete with it.
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """The first screen stands: what was made for it stays, and is not looked through again."""
        gc.freeze()
        gc.enable()
        if self.path is not None:
            self._open(self.path)

    def choose(self, path: Path) -> None:
        """Open another folder."""
        self._open(path)

    def _open(self, path: Path) -> None:
        if self.builder is not None:
            self.builder.hush()
        if self.watching is not None:
            self.watching.stop()
        self.run_worker(partial(self._opened, path), thread=True, group="archive", exclusive=True)

    def _opened(self, path: Path) -> None:
        """In a thread: the archive as far as it is, then the builder beside it."""
        from cable_tui.archive import open_archive
        from cable_tui.exports import Ways
        from cable_tui.library import Library
        from cable_tui.tui import trails
        from cable_tui.tui.outside import Outside

        try:
            archive = open_archive(path, self.paths.cache)
            library = Library(self.paths.library, author=self.settings.author, patient=True)
        except CableTuiError as error:
            self.room.post_message(Told(actions.Unreadable(str(error))))
            return
        archive.own = library.own
        ways = Ways(self.settings.link, self.settings.templates)
        outside = Outside(archive, library, self._ways_out, ways)
        marked, *notices = _notebook(library)
        coming: Sequence[Action] = (self._start,)
        if not (self.settings.private or self.settings.fresh):
            coming, said = trails.beginning(archive, self.paths.state, self._start)
            notices.append(said)
        failed = [actions.Failed(notice) for notice in notices if notice]
        self.call_from_thread(self._enter, path, outside, marked, (*failed, *coming))

    def _enter(
        self, path: Path, outside: Outside, marked: notebook.Marked, coming: Sequence[Action]
    ) -> None:
        from cable_tui.tui.watch import Watch

        room = self.room
        self.path, room.outside, self.entered = path, outside, room
        room.dispatch(marked)
        kept = choices(self.paths.choices)
        room.dispatch(passages.Recall(kept.get(passages.CHOICE, True)))
        room.dispatch(timeline.Recall(kept.get(timeline.CHOICE)))
        for action in coming:
            room.dispatch(action)
        if outside.archive.readonly:
            room.dispatch(upkeep.OnlyRead())
        self.build()
        self.watching = watch = Watch(outside.library, partial(_tell, room))
        Thread(target=watch.run, daemon=True).start()

    def build(self) -> None:
        """Bring the index up to date, or watch for what its owner does."""
        from cable_tui.tui.follow import beside

        room = self.room
        if self.path is not None and room.outside is not None:
            self.builder = beside(room.outside.archive, self.path, self.paths.cache)
            # No worker: nothing may wait for it when the room closes.
            Thread(target=self.builder.run, args=(partial(_tell, room),), daemon=True).start()

    def on_unmount(self) -> None:
        """Nobody has anything more to say to a room that closes."""
        if self.builder is not None:
            self.builder.hush()
        if self.watching is not None:
            self.watching.stop()

    def notify(self, message: str, **options: Any) -> None:
        """A notice; never markup. News take the place of older news, but not of a warning."""
        options["markup"] = False
        severity = options.get("severity", "information")
        if self._loudest == severity == "information":
            self.clear_notifications()
        self._loudest = severity
        super().notify(message, **options)

    async def action_quit(self) -> None:
        """^q over a box; what is being written is kept first, and the next ^q leaves."""
        from cable_tui.tui.boxes import NoteBox

        if isinstance(self.screen, NoteBox):
            self.screen.keep()
        else:
            self.room.dispatch(actions.Leave())

    def action_help_quit(self) -> None:
        """^c without a selection: how to leave."""
        self.notify("q closes this view, ^q quits.")

    def copy_to_clipboard(self, text: str) -> None:
        """A selection of the mouse, by the best way there is."""
        self.run_worker(partial(self._copied, text), thread=True, group="one by one")

    def _copied(self, text: str) -> None:
        from cable_tui.tui.outside import told

        self.room.post_message(Told(told(self._ways_out, text, f"{len(text):,} characters")))

    @cached_property
    def _ways_out(self) -> Clipboard:
        """Where copied texts go."""
        from cable_tui.clipboard import Clipboard

        limit = self.settings.osc52_limit
        return Clipboard(self.paths.clipboard, self._to_terminal, limit=limit)

    def _to_terminal(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def _fatal_error(self) -> None:
        """An internal error ends the room; `run` raises it, and the command line logs it.

        Textual would print a traceback with the values of all variables.
        """
        self._return_code = CRASHED
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """The same for errors that know how to draw themselves."""
        del renderables
        self._fatal_error()

    @property
    def fault(self) -> Exception | None:
        """The internal error that ended the room, in a worker or not."""
        fault = self._exception
        if isinstance(fault, WorkerFailed) and isinstance(fault.error, Exception):
            return fault.error
        return fault


def _tell(room: Room, action: Action) -> None:
    room.post_message(Told(action))


def _notebook(library: Library) -> tuple[notebook.Marked, str]:
    """The notebook, and what the reader must know of its file."""
    from cable_tui.tui.notebook import marked

    try:
        return marked(library), library.notice
    except LibraryError as error:
        return notebook.Marked(notebook.Notebook()), str(error)


def run(
    path: Path | None,
    *,
    query: str = "",
    reference: str = "",
    settings: Settings,
    paths: Paths,
) -> int:
    """Open the room on a folder or file, or on the question which; the exit status at the end.

    `reference` is a cable to open at once, with `#N` at a paragraph. Raises `NoTerminalError`,
    and the error that ended it where one did.
    """
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        raise NoTerminalError("the reading room is drawn on stderr, which is no terminal here")
    gate.install(ascii_only=settings.ascii)
    keyboard.install()
    app = CableTui(path, settings, paths, actions.Start(query, reference))
    # Threads that read hand over sooner: a key never waits long for them, nor they for a paint.
    sys.setswitchinterval(SWITCH)
    try:
        app.run()
    finally:
        if app.builder is not None:
            app.builder.stop()
    if app.entered is not None and not settings.private:
        from cable_tui.tui import trails

        trails.keep(app.entered, paths.state)
    if app.fault is not None:
        raise app.fault
    if app.return_code == CRASHED:
        raise RuntimeError("the terminal's driver failed")
    return app.return_value if isinstance(app.return_value, int) else app.return_code or 0
