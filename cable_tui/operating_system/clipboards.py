"""Programs that take the clipboard's text, by system and by screen."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from cable_tui import operating_system
from cable_tui.operating_system.programs import is_inside_windows
from cable_tui.value import Value

BASE64 = "base64"
"""The encoding of a tool that takes UTF-8 in base64, which no code page changes on its way."""
_TAKE_BASE64 = (
    "Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString("
    "[Convert]::FromBase64String([Console]::In.ReadToEnd())))"
)


class Tool(Value):
    """A program that takes the clipboard's text on its standard input."""

    name: str
    argv: tuple[str, ...]
    encoding: str = "utf-8"
    newline: str = "\n"
    """How a line ends there."""
    environ: tuple[tuple[str, str], ...] = ()
    """Variables that it needs."""
    patience: float = 1.0
    """How many times as long as others it may take."""
    guesses: bool = False
    """It guesses the encoding, and is sure only of texts that are mostly ASCII."""

    def takes(self, text: str) -> bool:
        """Whether it may be given the text."""
        return not self.guesses or 2 * sum(map(str.isascii, text)) > len(text)

    def bytes_of(self, text: str) -> bytes:
        """The text as it takes it."""
        text = text.replace("\n", self.newline)
        if self.encoding == BASE64:
            return base64.b64encode(text.encode("utf-8", "replace"))
        return text.encode(self.encoding, "replace")


# Without a locale it would take the text for another encoding; an empty LC_ALL is none.
_MAC = (Tool("pbcopy", ("pbcopy",), environ=(("LC_ALL", ""), ("LC_CTYPE", "UTF-8"))),)
_WINDOWS = (
    # With a byte order mark it would be sure, and copy the mark too.
    Tool("clip.exe", ("clip.exe",), "utf-16-le", "\r\n", guesses=True),
    Tool(
        "powershell.exe",
        ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _TAKE_BASE64),
        BASE64,
        "\r\n",
        patience=4.0,
    ),
)
_WAYLAND = (Tool("wl-copy", ("wl-copy",)),)
_X11 = (
    Tool("xclip", ("xclip", "-in", "-selection", "clipboard")),
    Tool("xsel", ("xsel", "--input", "--clipboard")),
)


def native_tools(environ: Mapping[str, str], platform: str | None = None) -> tuple[Tool, ...]:
    """The tools that belong to this session's own screen; none over ssh, where it is elsewhere."""
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return ()
    platform = platform or operating_system.PLATFORM
    here = (
        (_MAC, platform == "darwin"),
        (_WINDOWS, platform == "win32" or is_inside_windows(environ)),
        (_WAYLAND, environ.get("WAYLAND_DISPLAY")),
        (_X11, environ.get("DISPLAY")),
    )
    return tuple(tool for tools, is_here in here if is_here for tool in tools)
