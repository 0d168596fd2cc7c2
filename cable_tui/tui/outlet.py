"""What goes to the terminal when it is gone: nothing, and nobody waits for it.

Textual writes in a thread, which a closed terminal ends with an error. Its queue then fills, and
the program waits for ever for room in it, also on its way out.
"""

from __future__ import annotations

from textual.drivers._writer_thread import WriterThread


def outlive_terminal() -> None:
    """Make the output of this process outlive its terminal. A second time changes nothing."""
    try:
        from textual.drivers import linux_driver
    except ImportError:  # Windows has no terminals that go away under a program
        return
    linux_driver.WriterThread = Outlet  # type: ignore[attr-defined]


class Outlet(WriterThread):
    """The thread that writes, and goes on taking what nobody reads."""

    def run(self) -> None:
        """Write until it is told to stop."""
        try:
            super().run()
        except OSError:
            while self._queue.get() is not None:
                continue
