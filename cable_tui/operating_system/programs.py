"""The reader's programs: pager, editor, browser, clipboard tools.

They are started from a list of words, without a shell.
"""

from __future__ import annotations

import base64
import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import PurePath, PureWindowsPath
from urllib.parse import unquote, urlsplit

from cable_tui import operating_system
from cable_tui.base.value import Value
from cable_tui.operating_system import is_windows, only_here
from cable_tui.operating_system.processes import apart

_USUAL = {
    "posix": {"pager": ("less", "more"), "editor": ("nano", "vi")},
    "windows": {"pager": ("less", "more"), "editor": ("edit", "notepad")},
}
_PAGES = frozenset(".csv .eml .htm .html .json .md .mht .mhtml .pdf .tsv .txt .xhtml .xml".split())
"""Endings of files that are only displayed when opened. On macOS and Windows, opening any other
file may run it."""
BASE64 = "base64"
"""The encoding of a tool that takes UTF-8 in base64, which no code page changes on its way."""
_TAKE_BASE64 = (
    "Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString("
    "[Convert]::FromBase64String([Console]::In.ReadToEnd())))"
)


def usual(kind: str) -> tuple[str, ...]:
    """Return names of usual programs of a kind, `pager` or `editor`; the best first."""
    return _USUAL["windows" if is_windows() else "posix"][kind]


def found(name: str, environ: Mapping[str, str]) -> str | None:
    """Return the path of a program, or None if it is not found."""
    return shutil.which(name, path=environ.get("PATH"))


def words_of(command: str, environ: Mapping[str, str]) -> list[str]:
    r"""Return the words of a command such as `$EDITOR`; empty if it makes no sense.

    A program whose own path has blanks need not be quoted. On Windows a backslash is a part of a
    path, only double quotes quote, and a program that is a script is started by its path.
    """
    if found(command, environ):
        words = [command]
    elif is_windows():
        words = _words_of_windows(command)
    else:
        try:
            words = shlex.split(command)
        except ValueError:
            return []
    if is_windows() and words:
        words[0] = found(words[0], environ) or words[0]
    return words


def _words_of_windows(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=False)
    lexer.whitespace_split, lexer.quotes, lexer.commenters = True, '"', ""
    try:
        return [word.replace('"', "") for word in lexer]
    except ValueError:
        return []


def input_encoding(program: str) -> str:
    """Return the encoding of a text that a program reads from its input.

    `more` of Windows takes the code page of the console; all others UTF-8.
    """
    if is_windows() and PureWindowsPath(program).stem.lower() == "more":
        page = only_here("ctypes").windll.kernel32.GetConsoleOutputCP()
        return f"cp{page}"
    return "utf-8"


def browser(environ: Mapping[str, str], platform: str | None = None) -> list[str] | None:
    """Return the command that opens an address; None if there is no graphical screen.

    It is empty on Windows, where the system opens it without a command.
    """
    platform = platform or operating_system.PLATFORM
    if platform == "darwin":
        return ["open"]
    if platform == "win32":
        return []
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return _browser_of_windows(environ)
    command = environ.get("BROWSER", "").split(os.pathsep)[0].strip()
    if command:
        return [word for word in words_of(command, environ) if word != "%s"] or None
    return ["xdg-open"] if found("xdg-open", environ) else _browser_of_windows(environ)


def _browser_of_windows(environ: Mapping[str, str]) -> list[str] | None:
    """Return the program that opens the browser of Windows, in Linux on Windows (WSL)."""
    if not is_inside_windows(environ):
        return None
    return next(([name] for name in ("wslview", "explorer.exe") if found(name, environ)), None)


def is_inside_windows(environ: Mapping[str, str]) -> bool:
    """Return whether this is Linux on Windows (WSL)."""
    return bool(environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP"))


def may_open(address: str, platform: str | None = None) -> bool:
    """Return whether an address is one that a browser shows, and opening it runs nothing.

    Files of any kind may be in an archive.
    """
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"}:
        return True
    if parts.scheme != "file":
        return False
    risky = (platform or operating_system.PLATFORM) in {"darwin", "win32"}
    return not risky or PurePath(unquote(parts.path)).suffix.lower() in _PAGES


def open_address(argv: list[str], address: str) -> str:
    """Open an address without waiting; return the name of the opener. Raises `OSError`."""
    if not argv:
        os.startfile(address)  # type: ignore[attr-defined]  # noqa: S606 - an address, checked
        return "the browser"
    import subprocess  # only when it is asked for

    subprocess.Popen(  # noqa: S603 - the reader's own, and no shell
        [*argv, address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=apart(),
    )
    return argv[0]


class Tool(Value):
    """A program that takes the clipboard's text on its standard input."""

    name: str
    argv: tuple[str, ...]
    encoding: str = "utf-8"
    newline: str = "\n"
    """The line end there."""
    environ: tuple[tuple[str, str], ...] = ()
    """Environment variables that it needs."""
    patience: float = 1.0
    """Factor of the time that others may take."""
    guesses: bool = False
    """Whether it guesses the encoding, and is sure only of texts that are mostly ASCII."""

    def takes(self, text: str) -> bool:
        """Return whether it can take the text."""
        return not self.guesses or 2 * sum(map(str.isascii, text)) > len(text)

    def bytes_of(self, text: str) -> bytes:
        """Return the text in its encoding."""
        text = text.replace("\n", self.newline)
        if self.encoding == BASE64:
            return base64.b64encode(text.encode("utf-8", "replace"))
        return text.encode(self.encoding, "replace")


def native_tools(environ: Mapping[str, str], platform: str | None = None) -> tuple[Tool, ...]:
    """Return the tools of this session's own screen; empty over ssh, where it is elsewhere."""
    if any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")):
        return ()
    platform = platform or operating_system.PLATFORM
    sets_of_tools = (
        (_MAC, platform == "darwin"),
        (_CLIP_WINDOWS, platform == "win32" or is_inside_windows(environ)),
        (_WAYLAND, environ.get("WAYLAND_DISPLAY")),
        (_X11, environ.get("DISPLAY")),
    )
    return tuple(tool for tools, is_here in sets_of_tools if is_here for tool in tools)


# Without a locale it would take the text for another encoding; an empty LC_ALL does not count.
_MAC = (Tool("pbcopy", ("pbcopy",), environ=(("LC_ALL", ""), ("LC_CTYPE", "UTF-8"))),)
_CLIP_WINDOWS = (
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
