"""The clipboard: copy text by the first method that works, and report which it was.

The methods, in order, are a native tool in a local session, tmux's own buffer, OSC 52 through the
terminal, and a file. If the room is shown in a browser, OSC 52 is the only method. A tool's exit
status is checked; a tool has two seconds to finish, and PowerShell has eight. GNU screen drops OSC
52 unless it is configured to pass it on, and does not report which, so under screen the text is
also saved in the file.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cable_tui import operating_system
from cable_tui.base.value import Value, field
from cable_tui.operating_system.processes import apart
from cable_tui.operating_system.programs import Tool, native_tools
from cable_tui.program.settings import OSC52_LIMIT, write_private
from cable_tui.text import clean_text

BROWSER_LIMIT = 10_000_000
"""The number of base64 bytes that the terminal in a browser page accepts in one OSC 52 sequence."""
_SCREEN_STRING = 240
"""The number of bytes that GNU screen passes on at once. Older versions drop the end of longer
strings.
"""


class Copied(Value):
    """The result of copying a text."""

    way: str
    """The method that worked, such as `xclip`, `tmux`, `OSC 52` or `file`, or an empty string."""
    sentence: str
    """A sentence for the reader, which states the method and claims no more than is known."""


_TMUX = Tool("tmux", ("tmux", "load-buffer", "-w", "-"))


class Clipboard(Value):
    """The methods for copying text out of this session."""

    file: Path | None
    """The file for the text if nothing else works, or None if the reader uses a browser on another
    machine, which cannot read the file.
    """
    terminal: Callable[[str], object] | None = None
    """A function that writes to the terminal, for OSC 52, or None if there is no terminal."""
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    limit: int = OSC52_LIMIT
    """The maximum number of base64 bytes in one OSC 52 sequence."""
    platform: str = operating_system.PLATFORM
    receiver: str = "the terminal"
    """The name of the receiver of OSC 52 in the sentence."""
    timeout: float = 2.0
    """The maximum number of seconds that a tool may take."""

    def copy(self, text: str, what: str = "") -> Copied:
        """Copy `text`, without control characters, with the first method that works. Never raises.

        `what` names the text in the sentence; without it, its length is given.
        """
        text = clean_text(text)
        what = what or f"{len(text):,} characters"
        for tool in self._tools():
            if tool.takes(text) and self._took(tool, text):
                return Copied(tool.name, f"Copied {what} (via {tool.name})")
        # tmux drops OSC 52 from programs by default and gives no sign of it.
        if self.terminal is not None and not self.environ.get("TMUX"):
            sequence = self._sequence(text)
            if sequence:
                self.terminal(sequence)
                return Copied("OSC 52", self._sent(what, text))
        if self.file is None:
            return Copied("", f"Not copied: {what} is too much for {self.receiver}")
        if reason := _save(text, self.file):
            return Copied("", f"Not copied: there is no clipboard, and {reason}")
        return Copied("file", f"No clipboard was found: {what} saved in {self.file}")

    def copy_by_all(self, text: str) -> Iterator[Copied]:
        """Copy `text` by all available methods, one after another, and yield each result."""
        for tool in self._tools():
            if _program(tool, self.environ):
                took_text = self._took(tool, text)
                result_words = (
                    "took the text" if took_text else "is installed but did not accept the text"
                )
                yield Copied(tool.name if took_text else "", f"{tool.name} {result_words}")
        if self.terminal is not None:
            self.terminal(self._sequence(text))
            tmux_note = "; tmux drops it by default" if self.environ.get("TMUX") else ""
            yield Copied("OSC 52", f"sent to the terminal, which does not confirm it{tmux_note}")
        if self.file is None:
            return
        reason = _save(text, self.file)
        yield Copied("", reason) if reason else Copied("file", f"the text is saved in {self.file}")

    def _sequence(self, text: str) -> str:
        """Return the OSC 52 sequence for this session's terminal."""
        sequence = osc52(text, self.limit)
        in_screen = self.environ.get("STY") and not self.environ.get("TMUX")
        return through_screen(sequence) if in_screen else sequence

    def _sent(self, what: str, text: str) -> str:
        """Return the sentence about a sent text; under GNU screen, also save the text."""
        if self.file is None or not self.environ.get("STY"):
            return f"Sent {what} to {self.receiver}, which does not confirm it (OSC 52)"
        sent_words = f"Sent {what} through screen, which does not confirm it (OSC 52)"
        if reason := _save(text, self.file):
            return f"{sent_words}; not saved: {reason}"
        return f"{sent_words}; it is also in {self.file}"

    def available(self) -> list[str]:
        """Return the names of the installed tools that would be tried, in order."""
        return [tool.name for tool in self._tools() if _program(tool, self.environ)]

    def _took(self, tool: Tool, text: str) -> bool:
        """Return whether a tool copied the text: it was found and ended in time with status 0."""
        program_path = _program(tool, self.environ)
        if program_path is None:
            return False
        try:
            # Some stay in the background to serve the text: they must hold no pipe of ours.
            tool_run = subprocess.run(  # noqa: S603 - a fixed argument list, no shell
                [program_path, *tool.argv[1:]],
                input=tool.bytes_of(text),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self.timeout * tool.patience,
                env={**self.environ, **dict(tool.environ)},
                start_new_session=True,
                creationflags=apart(),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return tool_run.returncode == 0

    def _tools(self) -> Iterator[Tool]:
        if self.file is None:
            return
        yield from native_tools(self.environ, self.platform)
        if self.environ.get("TMUX"):
            yield _TMUX


def browser_clipboard(terminal: Callable[[str], object]) -> Clipboard:
    """Return the clipboard of a room in a browser, which is on the reader's own machine."""
    return Clipboard(None, terminal, {}, limit=BROWSER_LIMIT, receiver="the browser")


def osc52(text: str, limit: int = OSC52_LIMIT) -> str:
    """Return the sequence that sets a terminal's clipboard.

    Return an empty string if the sequence exceeds `limit` bytes. The text is never cut, because
    half a quotation is worse than none.
    """
    encoded_text = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return f"\x1b]52;c;{encoded_text}\x07" if len(encoded_text) <= limit else ""


def through_screen(sequence: str) -> str:
    """Return the sequence in device control strings, which GNU screen passes on to its terminal."""
    chunk_starts = range(0, len(sequence), _SCREEN_STRING)
    return "".join(
        f"\x1bP{sequence[chunk_start : chunk_start + _SCREEN_STRING]}\x1b\\"
        for chunk_start in chunk_starts
    )


def _program(tool: Tool, environ: Mapping[str, str]) -> str | None:
    return shutil.which(tool.argv[0], path=environ.get("PATH"))


def _save(text: str, file: Path) -> str:
    """Write the text to a file; return why that failed, or an empty string."""
    try:
        write_private(file, text)
    except OSError as error:
        return f"{file}: {error.strerror or 'it cannot be written'}"
    return ""
