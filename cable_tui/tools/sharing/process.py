"""The process that exchanges bookmarks with other readers while the room is open.

It is `cable-tui bookmarks sync --follow`, so neither the network nor a database driver is loaded in
the room. It reads the target from the settings, so a password in it is not in the process list.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from cable_tui.background.indexer_process import Post
from cable_tui.background.start_indexer import own_command, spawn_quietly
from cable_tui.session.features.bookmarks_screen import OthersMet
from cable_tui.session.values import Action

_SILENCE = 60.0
"""How many seconds without a report must pass before the status line shows when others were last
contacted.
"""
_LASTING = 3
"""The number of consecutive failures after which the reason is shown."""


def sync_command(config: Path | None) -> list[str]:
    """Return the command line of the process."""
    return own_command(config, "bookmarks", "sync", "--follow", "--json")


class SyncWords:
    """The text for the status line, derived from reports and from their absence."""

    def __init__(self) -> None:
        self._met: datetime | None = None
        self._offline = ""
        self._read_only = False
        self._failures = 0
        """The number of consecutive failed attempts."""
        self._said: set[str] = set()

    def of(self, report: dict[str, Any], now: datetime) -> OthersMet:
        """Return the status text for a report of `bookmarks sync --follow`."""
        trouble = str(report.get("trouble") or "")
        notices = [str(notice) for notice in report.get("notices") or ()]
        if not trouble:
            self._met, self._offline, self._failures = now, "", 0
            self._read_only = bool(report.get("read_only"))
        else:
            self._failures += 1
            self._offline = self._offline or f"offline since {now:%H:%M}"
            # At first it may be a mistake in the settings; later a moment without network is
            # nothing to speak of, and a password that no longer holds is.
            if self._met is None or self._failures == _LASTING:
                notices.append(trouble)
        new_notices = [notice for notice in notices if notice not in self._said]
        self._said.update(new_notices)
        return OthersMet(self.words(now), new_notices[0] if new_notices else "")

    def words(self, now: datetime) -> str:
        """Return the status text at a given time."""
        if self._offline or self._met is None:
            return self._offline
        minutes = int((now - self._met).total_seconds() // 60)
        words = f"synced {minutes} min ago" if minutes else "synced"
        return f"{words}, read only" if self._read_only else words


class SyncProcess:
    """The exchange process, which is restarted if it ends.

    `run` blocks and needs its own thread; any thread may call `stop`.
    """

    again = 10.0
    """How many seconds to wait before a process that ended on its own is restarted."""

    def __init__(self, argv: list[str], changed: Callable[[], object]) -> None:
        self._argv = argv
        self._changed = changed
        self._stopped = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._words = SyncWords()

    def run(self, post: Post) -> None:
        """Follow the process, and restart it if it ends, until stopped."""
        while not self._stopped.is_set():
            trouble = self._follow(post)
            if not self._stopped.is_set():
                self._report({"trouble": trouble}, post)
            self._stopped.wait(self.again)

    def _follow(self, post: Post) -> str:
        """Post the reports of one process, and return why it ended."""
        try:
            process = self._process = spawn_quietly(self._argv)
        except OSError as error:
            return f"The sync did not start: {error.strerror or error}"
        output_lines: Queue[str | None] = Queue()
        words: list[str] = []
        with process:
            threading.Thread(target=_read, args=(process, output_lines), daemon=True).start()
            errors = process.stderr or ()
            listener = threading.Thread(target=words.extend, args=(errors,), daemon=True)
            listener.start()
            if self._stopped.is_set():  # it was while the process began
                self.stop()
            while (line := self._next(output_lines, post)) is not None:
                with suppress(ValueError, AttributeError):
                    self._report(json.loads(line), post)
            status = process.wait()
            listener.join()
        message = "".join(words).strip().removeprefix("cable-tui: ")
        return message or f"The sync ended with exit status {status}."

    def _next(self, lines: Queue[str | None], post: Post) -> str | None:
        """Return the next line, or None after the last line; update the status line meanwhile."""
        while True:
            try:
                return lines.get(timeout=_SILENCE)
            except Empty:
                self._post(OthersMet(self._words.words(datetime.now())), post)

    def _report(self, report: dict[str, Any], post: Post) -> None:
        if report.get("taken"):
            self._changed()
        # The reader's own clock: that is what the status line shows.
        self._post(self._words.of(report, datetime.now()), post)

    def _post(self, action: Action, post: Post) -> None:
        if not self._stopped.is_set():
            post(action)

    def stop(self) -> None:
        """Stop posting. The process sends what it has, and then ends."""
        self._stopped.set()
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):  # it has ended already
                self._process.stdin.close()


def _read(process: subprocess.Popen[str], lines: Queue[str | None]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put(None)
