"""An app that queues its keys, sends only differences of the screen, and ends without a traceback.

Everything that the program needs from the internals of Textual's `App` is here; the rest of the
program uses only documented features.

- Keys go through a `KeyQueue` (`type_ahead`), and screen updates through a `ScreenDiff`
  (`diff_output`); those modules give the reasons.
- An internal error ends the app with its own exit status, and the caller raises the error. Textual
  would print a traceback with the values of all variables, which include texts of cables. Tested by
  `tests/tui/textual_patches/test_patched_app.py`. A public solution would be an option of `App`
  that leaves the error to the caller of `run`.
- `write_to_terminal` sends a sequence for the clipboard (OSC 52) that Textual's own
  `copy_to_clipboard` neither limits nor wraps for tmux. A public solution would be a method of
  `App` that writes a control sequence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.worker import WorkerFailed

from cable_tui.tui.textual_patches import fit
from cable_tui.tui.textual_patches.type_ahead import KeyEvent, KeyQueue, QueueBarrier

if TYPE_CHECKING:
    from cable_tui.tui.textual_patches.diff_output import ScreenDiff
    from cable_tui.tui.textual_patches.style_cache import CachedStylesheet

CRASHED = 70
"""The exit status after an internal error."""


class PatchedApp(App[int]):
    """The part of the program that depends on internals of Textual's `App`."""

    def __init__(self) -> None:
        super().__init__()
        self.key_queue = KeyQueue(self)
        self._screen_diff: ScreenDiff | None = None
        self.style_cache: CachedStylesheet | None = None
        # Their modules import what they lean on.
        if fit.DIFF.fits:
            from cable_tui.tui.textual_patches.diff_output import ScreenDiff

            self._screen_diff = ScreenDiff()
        if fit.STYLES.fits:
            from cable_tui.tui.textual_patches.style_cache import CachedStylesheet

            self.style_cache = CachedStylesheet(variables=self.get_css_variables())
            self.stylesheet = self.style_cache

    async def on_event(self, event: events.Event) -> None:
        """Queue keys; after a resize, paint the whole screen."""
        if fit.QUEUE.fits and isinstance(event, KeyEvent) and not event.is_forwarded:
            self.key_queue.add(event)
            await self._send_next_key()
            return
        if isinstance(event, events.Resize):  # terminals crop what they show
            self._forget_screen()
            # What has its size already Textual would not paint, even if another size came between.
            if self.screen_stack and event.size == self.screen.outer_size:
                self.refresh(layout=True)
        await super().on_event(event)

    async def on_queue_barrier(self, barrier: QueueBarrier) -> None:
        """Handle a barrier, which follows the messages caused by a key."""
        if self.screen_stack:  # else the program ends
            self.key_queue.passed(barrier)
            await self._send_next_key()

    async def _send_next_key(self) -> None:
        if event := self.key_queue.next():
            target_widget = self.focused or self.screen
            await super().on_event(event)
            self.key_queue.key_sent(target_widget)

    def redraw(self) -> None:
        """Paint the whole screen again, over the output of other programs."""
        self._forget_screen()
        self.refresh(layout=True)

    def _forget_screen(self) -> None:
        if self._screen_diff is not None:
            self._screen_diff.forget()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Send only the differences from the current screen."""
        if self._screen_diff is not None:
            self._screen_diff.set_writer(getattr(self._driver, "_writer_thread", None))
            renderable = self._screen_diff.shorten(renderable)
        super()._display(screen, renderable)

    def write_to_terminal(self, sequence: str) -> None:
        """Send a control sequence, or do nothing if there is no terminal."""
        if self._driver is not None:
            self._driver.write(sequence)

    def _fatal_error(self) -> None:
        """End the app without a traceback on the screen; the caller raises `fault`."""
        if not fit.CRASH.fits:
            super()._fatal_error()
            return
        self._return_code = CRASHED
        self._close_messages_no_wait()

    def panic(self, *_renderables: Any) -> None:
        """End the app without a traceback, even for an error that can render itself."""
        self._fatal_error()

    @property
    def fault(self) -> Exception | None:
        """The internal error that ended the app, in a worker or elsewhere, or None."""
        internal_error: Exception | None = getattr(self, "_exception", None)
        if isinstance(internal_error, WorkerFailed) and isinstance(internal_error.error, Exception):
            return internal_error.error
        return internal_error
