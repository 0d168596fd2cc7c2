"""Where the program ends and others begin: what is copied, and what is left of a crash."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.worker import WorkerFailed

from cable_tui.settings import Paths, Settings

if TYPE_CHECKING:
    # The first picture waits for none of them.
    from cable_tui.clipboard import Clipboard
    from cable_tui.session import Action

CRASHED = 70
"""Exit status of an internal error."""


class EdgedApp(App[int]):
    """A program that copies by the best way there is, and leaves nothing of a cable in a crash."""

    paths: Paths
    settings: Settings

    def tell(self, action: Action) -> None:
        """News for the room, from any thread."""
        raise NotImplementedError

    def copy_to_clipboard(self, text: str) -> None:
        """A selection of the mouse, by the best way there is."""
        self.run_worker(partial(self._copied, text), thread=True, group="one by one")

    def _copied(self, text: str) -> None:
        from cable_tui.tui.outside import told

        self.tell(told(self.ways_out, text, f"{len(text):,} characters"))

    @cached_property
    def ways_out(self) -> Clipboard:
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
