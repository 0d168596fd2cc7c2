"""The program around the main screen: themes, palette, signals, clipboard and shutdown."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from textual import events

from cable_tui.base.errors import NoTerminalError
from cable_tui.base.value import replace
from cable_tui.operating_system import memory, processes, terminals
from cable_tui.program.settings import Paths, Settings, saved_theme
from cable_tui.tui.main.screen import MainScreen
from cable_tui.tui.start.first_rows import (
    StartRequest,
    first_session,
    read_first_rows,
)
from cable_tui.tui.textual_patches import driver_fixes, sanitize
from cable_tui.tui.textual_patches.few_colors import fit_to_terminal
from cable_tui.tui.textual_patches.patched_app import CRASHED, PatchedApp
from cable_tui.tui.textual_patches.type_ahead import KeyEvent
from cable_tui.tui.widgets.host import ActionPosted
from cable_tui.tui.widgets.looks import BREADTHS, HEIGHTS, THEMES, readable

if TYPE_CHECKING:
    # The first paint waits for none of them.
    from collections.abc import Callable, Sequence
    from subprocess import Popen

    from textual.theme import Theme

    from cable_tui.background.beside import Beside
    from cable_tui.background.indexer_process import IndexerProcess, IndexFollower
    from cable_tui.background.library_watch import LibraryWatch
    from cable_tui.library import Library
    from cable_tui.program.clipboard import Clipboard
    from cable_tui.session.values import Action
    from cable_tui.tui.dialogs.text_pages import Notice
    from cable_tui.tui.start.open_archive import OpenedArchive

MOST_NOTICES = 500
"""The maximum number of messages kept for the reader to reread."""
FIRST_ROWS_SECONDS = 1.5
"""How long the first rows of a new archive have the processors to themselves, in seconds."""
SWITCH_INTERVAL = 0.001
"""How long a thread may compute while another thread is waiting, in seconds."""


class CableTui(PatchedApp):
    """The Textual app of the reading room."""

    TITLE = "cable-tui"
    CSS_PATH = ["../main/styles.tcss", "../main/room.tcss"]  # noqa: RUF012 - declared by Textual
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3
    # Dialogs know no layouts, but give way to the sentence that the terminal is too small.
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (BREADTHS[1][0], "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (HEIGHTS[1][0], "-tall")]  # noqa: RUF012

    def __init__(self, path: Path | None, settings: Settings, paths: Paths, request: StartRequest):
        super().__init__()
        self.path = path
        self.paths = paths
        self.settings = settings
        self.request = request
        """The command line's request for what to show first."""
        self.builder: IndexerProcess | IndexFollower | None = None
        self.early: Popen[str] | None = None
        """An indexer that was started before the room and is not watched yet."""
        self.watching: LibraryWatch | None = None
        self.beside: list[Beside] = []
        """The background helpers that tools run for the archive."""
        self.entered: MainScreen | None = None
        """The main screen after an archive was opened in it; the screen remains available after the
        app has ended.
        """
        self.chosen: list[str] | None = None
        """The cables that the reader has chosen, or None if the room is not for choosing."""
        self.leaving = False
        """Whether the room is about to end, so that widgets may no longer exist."""
        self.closing_message = ""
        """The message to print after the room has closed."""
        self.notices: list[Notice] = []
        """The messages that were shown, newest last."""
        self._last_severity = "information"
        self._collector: memory.GarbageCollector | None = None
        for theme in THEMES:
            self.register_theme(theme)
        theme_name = settings.theme or saved_theme(paths.theme) or THEMES[0].name
        self.theme = theme_name if theme_name in self.available_themes else THEMES[0].name

    def validate_theme(self, name: str) -> str:
        """Make the colors of one of Textual's themes readable before it is used."""
        if name not in {theme.name for theme in THEMES} and (theme := self.get_theme(name)):
            self.register_theme(readable(theme))
        return name

    def get_default_screen(self) -> MainScreen:
        """Return the main screen when Textual requests it."""
        return self.room

    @cached_property
    def room(self) -> MainScreen:
        """The screen below all dialogs, with the archive's first rows."""
        restores_session = not (self.settings.private or self.settings.fresh)
        first_rows = read_first_rows(self.path, self.paths, self.request, resumes=restores_session)
        session = first_session(self.path, first_rows, private=self.settings.private)
        main_screen = MainScreen(session, first_rows.text, self.choose)
        main_screen.fit(self.size)
        return main_screen

    def on_mount(self) -> None:
        """Handle the signals that would otherwise leave the terminal in a bad state."""
        self.animation_level = "none"
        processes.on_ending(asyncio.get_running_loop(), self.exit)
        # The first paint is the reader's; what follows would only compete with it.
        self.call_after_refresh(self.after_first_paint)

    def after_first_paint(self) -> None:
        """Open the archive, and do everything else that the first paint did not need."""
        from cable_tui.tui.commands.reader_keys import settings_mistakes

        is_choosing = self.chosen is not None
        # It also puts the reader's own keys into the table, which the keys line shows.
        settings_messages = settings_mistakes(
            self.settings, self.available_themes, choosing=is_choosing
        )
        self.room.prepare()
        if self.settings.in_browser:
            self.theme_changed_signal.subscribe(self.room, self.paint_page)
            self.paint_page(self.current_theme)
        driver_fixes.repaint_after_suspend(self)
        for message in settings_messages:
            self.notify(message, severity="warning")
        # What was made so far stays, and is not looked through again.
        gc.freeze()
        gc.enable()
        # A thread: nothing waits for it.
        Thread(target=_sweep, daemon=True).start()
        self._collector = memory.GarbageCollector()
        self.set_interval(memory.COLLECT_EVERY, self._collector.look)
        if self.path is None:
            self.ready()
        else:
            self.choose(self.path)

    def paint_page(self, _: Theme) -> None:
        """Set the background color of the browser's page, including outside the cells (OSC 11)."""
        background_color = self.theme_variables["background"]
        is_hex_color = background_color.startswith("#")  # else it is the terminal's own
        self.write_to_terminal(
            f"\x1b]11;{background_color}\x07" if is_hex_color else "\x1b]111\x07"
        )

    def ready(self) -> None:
        """Begin to send keys, because the room can now handle them."""
        self.key_queue.begin(
            lambda: self.room.is_waiting or getattr(self.screen, "is_waiting", False)
        )

    async def on_event(self, event: events.Event) -> None:
        """Record that the reader is active; `^q` quits even before an archive is open."""
        if isinstance(event, KeyEvent) and not event.is_forwarded:
            if self.key_queue.blocked and isinstance(event, events.Key) and event.key == "ctrl+q":
                self.exit(0)
            if self._collector is not None:
                self._collector.touched()
        await super().on_event(event)

    def choose(self, path: Path) -> None:
        """Open a folder or file in the room, replacing the current one."""
        if self.settings.in_browser and path != self.path:  # nobody asks a visitor for one
            self.notify(
                "Only the person who serves this archive can open another one.", severity="error"
            )
            return
        self._stop_reports()
        self.run_worker(partial(self._enter, path), thread=True, group="archive", exclusive=True)

    def _enter(self, path: Path) -> None:
        """Open the archive in a thread, which also runs the necessary imports."""
        from cable_tui.base.errors import CableTuiError
        from cable_tui.session.features.panes import ArchiveUnreadable
        from cable_tui.tui.start.open_archive import open_services, read_ahead

        previous_services = None if self.entered is None else self.entered.services
        archive_and_settings = (path, self.paths, self.settings, self.request, self.ways_out)
        try:
            opened_services = open_services(
                *archive_and_settings,
                None if previous_services is None else previous_services.library,
            )
        except CableTuiError as error:
            self.tell(ArchiveUnreadable(str(error)))
            self.call_from_thread(self.ready)
            return
        pause = FIRST_ROWS_SECONDS if self.early is not None else 0.0
        self.call_from_thread(self._show, path, opened_services)
        # A thread and no worker: the app waits for workers when it closes.
        Thread(
            target=read_ahead, args=(opened_services.services.archive, pause), daemon=True
        ).start()

    def _show(self, path: Path, opened: OpenedArchive) -> None:
        """Start the session on the archive, start the indexer, and watch the library."""
        from cable_tui.background.library_watch import LibraryWatch
        from cable_tui.program import running
        from cable_tui.tui.main.styles_ahead import StylesAhead

        self.path, self.room.services, self.entered = path, opened.services, self.room
        if self.leaving:  # `on_unmount` closes what was opened
            return
        if not self.settings.private:
            running.moved_to(running.folder_of(self.paths.state), str(path.absolute()))
        for action in opened.actions:
            self.room.dispatch(action)
        self.ready()
        if self.style_cache is not None:
            work_out = self.style_cache.styles_of
            styles_ahead = StylesAhead(self.room, work_out, lambda: self.key_queue.is_idle)
            self.room.call_after_refresh(styles_ahead.go_on)
        self.build()
        self.watching = LibraryWatch(opened.services.library, self.tell)
        # A thread and no worker: the app waits for workers when it closes.
        Thread(target=self.watching.run, daemon=True).start()
        self._start_beside(self.watching, opened.services.library)

    def _start_beside(self, watching: LibraryWatch, library: Library) -> None:
        """Start the helpers of tools for this archive, and stop those for the previous one."""
        from cable_tui.background.beside import OpenedRoom, beside

        for helper in self.beside:
            helper.stop()
        opened_room = OpenedRoom(self.settings, self.paths, library, watching.check, self.tell)
        self.beside = list(beside(opened_room))
        for helper in self.beside:
            Thread(target=helper.run, args=(self.tell,), daemon=True).start()

    def _stop_reports(self) -> None:
        """Stop the reports from everything that runs in the background for the archive."""
        if self.builder is not None:
            self.builder.mute()
        for process in (self.watching, *self.beside):
            if process is not None:
                process.stop()

    def build(self) -> None:
        """Update the index, or follow its owner if this program only reads it."""
        from cable_tui.archive.catalogue.kept_cache import is_kept
        from cable_tui.background.indexer_process import IndexFollower, start_indexer

        if self.path is not None and self.room.services is not None:
            early_indexer, self.early = self.early, None
            archive = self.room.services.archive
            indexer_settings = (
                archive,
                self.path,
                self.paths.cache,
                early_indexer,
                self.paths.config,
            )
            is_read_only = self.settings.no_index or is_kept(self.path, self.paths)
            self.builder = (
                IndexFollower(archive) if is_read_only else start_indexer(*indexer_settings)
            )
            # A thread and no worker: the app waits for workers when it closes.
            Thread(target=self.builder.run, args=(self.tell,), daemon=True).start()

    def tell(self, action: Action) -> None:
        """Post an action to the main screen, from any thread."""
        self.room.post_message(ActionPosted(action))

    def on_unmount(self) -> None:
        """Finish the writes, and close the archive and the library."""
        self._stop_reports()
        if self.entered is not None and (services := self.entered.services) is not None:
            # The last write is on the disk, or known not to be, before the files are closed.
            self.entered.library_writes.shutdown()
            services.archive.close()
            if services.library.pending:
                from cable_tui.background.library_watch import save_unwritten

                self.closing_message = save_unwritten(
                    services.library, elsewhere=not self.settings.private
                )
            services.library.close()
        gc.unfreeze()

    def notify(self, message: str, **options: Any) -> None:
        """Show a message without markup. It replaces an earlier message, but not a warning."""
        from cable_tui.tui.dialogs.text_pages import Notice

        options["markup"] = False
        severity = options.get("severity", "information")
        notice = Notice(time.strftime("%H:%M:%S"), severity, message)
        self.notices = [*self.notices[1 - MOST_NOTICES :], notice]
        if self._last_severity == severity == "information":
            self.clear_notifications()
            for screen in self.screen_stack:  # else the lines of removed messages stay, empty
                screen.query("ToastHolder").remove()
        self._last_severity = severity
        super().notify(message, **options)

    def exit(self, *result: Any, **options: Any) -> None:
        """End the app after a key, a signal or a lost terminal; keep a note being written."""
        self.leaving = True
        # Without an import: the files of the program may have been removed, as in an upgrade.
        if child_process := sys.modules.get("cable_tui.formats.child_process"):
            child_process.end_all()  # or the threads that read a slow file would be waited for
        for open_screen in self.screen_stack if self.is_running else ():
            if store := getattr(open_screen, "store", None):
                store()
        super().exit(*result, **options)

    async def action_quit(self) -> None:
        """Handle `^q` in a dialog: the first keeps a note being written, the next one quits."""
        from cable_tui.session.features import panes
        from cable_tui.tui.dialogs.prompts import NoteBox

        if isinstance(self.screen, NoteBox):
            self.screen.keep()
        else:
            self.room.dispatch(panes.LeaveProgram())

    def action_command_palette(self) -> None:
        """Open the palette: `^p` everywhere, and `:` in the room."""
        from cable_tui.tui.dialogs.command_palette import RoomPalette
        from cable_tui.tui.dialogs.modal import Modal

        if isinstance(self.screen, RoomPalette):
            return
        if isinstance(self.screen, Modal):
            self.screen.give_way()
        self.push_screen(RoomPalette())

    def action_help_quit(self) -> None:
        """Tell the reader how to quit, after `^c` without a selection."""
        self.notify("q closes this view, ^q quits.")

    def on_text_selected(self) -> None:
        """Copy the text that was selected with the mouse, if the settings request it."""
        if self.settings.copy_on_release:
            self.copy_to_clipboard(self.screen.get_selected_text() or "")

    def copy_to_clipboard(self, text: str) -> None:
        """Copy the selected text by the best available method; never empty the clipboard."""
        if text:
            self.run_worker(partial(self._copied, text), thread=True, group="one by one")

    def _copied(self, text: str) -> None:
        from cable_tui.session.features.copy import copy_text
        from cable_tui.text.numbers import counted

        for action in copy_text(self.ways_out, text, counted(len(text), "character")):
            self.tell(action)

    @cached_property
    def ways_out(self) -> Clipboard:
        """The clipboard that receives copied text."""
        from cable_tui.program.clipboard import Clipboard, browser_clipboard

        if self.settings.in_browser:
            return browser_clipboard(self.write_to_terminal)
        osc52_limit = self.settings.osc52_limit
        return Clipboard(self.paths.clipboard, self.write_to_terminal, limit=osc52_limit)


def run(  # noqa: PLR0913 - options by name
    path: Path | None,
    *,
    query: str = "",
    reference: str = "",
    then: Callable[[Paths], Sequence[Action]] | None = None,
    settings: Settings,
    paths: Paths,
    chosen: list[str] | None = None,
    early: Popen[str] | None = None,
    at_top: bool = False,
    say: Callable[[str], object],
) -> int:
    """Run the room on a folder or file, or ask for one if `path` is None; return the exit status.

    `reference` is a cable to open immediately, with `#N` for a paragraph. `then` returns further
    actions to perform after the archive is open. If `chosen` is a list, the reader chooses cables,
    and their references are added to the list. `early` is an indexer that is already running. With
    `at_top` the room does not restore the last position. `say` prints a message after the room has
    closed. Raises `NoTerminalError`, or the error that ended the room.
    """
    _prepare_terminal(settings)
    if chosen is not None or at_top:
        settings = replace(settings, fresh=True)
    request = StartRequest(query, reference)
    room_app = CableTui(path, settings, paths, replace(request, then=then) if then else request)
    room_app.chosen, room_app.early = chosen, early
    # Threads that read give way sooner: a key never waits long for them.
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        room_app.run()
    finally:
        if room_app.builder is not None:
            room_app.builder.stop()
        if room_app.early is not None:
            from cable_tui.background.indexer_process import stop_early_indexer

            stop_early_indexer(room_app.early)
    if room_app.closing_message:
        with suppress(OSError):  # the terminal may be gone
            say(room_app.closing_message)
    if chosen is not None:
        chosen[:] = room_app.chosen or ()
    elif (
        room_app.entered is not None
        and room_app.entered.services is not None
        and not settings.private
    ):
        from cable_tui.tui.start.open_archive import save_last_position

        save_last_position(room_app.entered.session, room_app.entered.services.archive, paths.state)
    if room_app.fault is not None:
        raise room_app.fault
    if room_app.return_code == CRASHED:
        raise RuntimeError("the terminal driver failed")
    return (
        room_app.return_value
        if isinstance(room_app.return_value, int)
        else room_app.return_code or 0
    )


def _prepare_terminal(settings: Settings) -> None:
    """Prepare the terminal before anything is drawn. Raises `NoTerminalError`."""
    terminal_stream = sys.__stderr__
    if not settings.in_browser and (terminal_stream is None or not terminal_stream.isatty()):
        raise NoTerminalError("the reading room is drawn on stderr, which is not a terminal")
    sanitize.install_sanitizer(ascii_only=bool(settings.ascii))
    fit_to_terminal()
    driver_fixes.tolerate_bad_utf8()
    driver_fixes.outlive_terminal()
    terminals.draw_on_stderr()
    memory.use_one_arena()


def _sweep() -> None:
    """Remove the temporary files of rooms that were killed."""
    from cable_tui.program import temporary_folder

    temporary_folder.sweep()
