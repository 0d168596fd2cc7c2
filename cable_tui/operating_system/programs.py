"""The reader's own programs: pager, editor, browser, clipboard tools.

Programs are started from a list of arguments, without a shell.
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
"""The suffixes of files that are only displayed when opened. On macOS and Windows, opening any
other file may run it.
"""
BASE64 = "base64"
"""The encoding for a tool that takes UTF-8 in base64, because a code page could change other text.
"""
_TAKE_BASE64 = (
    "Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString("
    "[Convert]::FromBase64String([Console]::In.ReadToEnd())))"
)


def usual(kind: str) -> tuple[str, ...]:
    """Return the names of the usual programs of a kind, `pager` or `editor`, best first."""
    return _USUAL["windows" if is_windows() else "posix"][kind]


def found(name: str, environ: Mapping[str, str]) -> str | None:
    """Return the path of a program, or None if there is no such program."""
    return shutil.which(name, path=environ.get("PATH"))


_AT_LINE = {
    **dict.fromkeys(
        "vi vim nvim view gvim nano pico emacs emacsclient micro joe kak mg ne jed gedit".split(),
        ("+{line}", "{path}"),
    ),
    **dict.fromkeys(("code", "codium", "cursor", "windsurf"), ("--goto", "{path}:{line}")),
    **dict.fromkeys(("subl", "hx", "helix", "zed"), ("{path}:{line}",)),
    **dict.fromkeys(("kate", "kwrite", "mate"), ("-l", "{line}", "{path}")),
    "notepad++": ("-n{line}", "{path}"),
}
"""The arguments with which an editor opens a file at a line, keyed by the name of the
editor.
"""


def at_line(argv: list[str], path: PurePath, line: int) -> list[str]:
    """Return the command that opens a file at a line, from 1.

    An editor whose arguments are not known opens the file at its beginning.
    """
    editor = (PureWindowsPath if is_windows() else PurePath)(argv[0]).stem.lower()
    arguments = _AT_LINE.get(editor, ("{path}",))
    return [
        *argv,
        *(each.replace("{line}", str(line)).replace("{path}", str(path)) for each in arguments),
    ]


def words_of(command: str, environ: Mapping[str, str]) -> list[str]:
    r"""Return the words of a command such as `$EDITOR`, or no words if it cannot be split.

    A program path that contains spaces need not be quoted. On Windows a backslash is part of a
    path, only double quotation marks quote, and a script is started by its path.
    """
    if found(command, environ):
        command_words = [command]
    elif is_windows():
        command_words = _words_of_windows(command)
    else:
        try:
            command_words = shlex.split(command)
        except ValueError:
            return []
    if is_windows() and command_words:
        command_words[0] = found(command_words[0], environ) or command_words[0]
    return command_words


def _words_of_windows(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=False)
    lexer.whitespace_split, lexer.quotes, lexer.commenters = True, '"', ""
    try:
        return [command_word.replace('"', "") for command_word in lexer]
    except ValueError:
        return []


def input_encoding(program: str) -> str:
    """Return the encoding in which a program reads text from its standard input.

    `more` on Windows reads the code page of the console; all other programs read UTF-8.
    """
    if is_windows() and PureWindowsPath(program).stem.lower() == "more":
        code_page = only_here("ctypes").windll.kernel32.GetConsoleOutputCP()
        return f"cp{code_page}"
    return "utf-8"


def browser(environ: Mapping[str, str], platform: str | None = None) -> list[str] | None:
    """Return the command that opens an address, or None if there is no graphical screen.

    The command is empty on Windows, where the system itself opens addresses.
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
    """Return the command for the Windows browser in Linux on Windows (WSL), or None."""
    if not is_inside_windows(environ):
        return None
    return next(([name] for name in ("wslview", "explorer.exe") if found(name, environ)), None)


def is_inside_windows(environ: Mapping[str, str]) -> bool:
    """Return whether this system is Linux on Windows (WSL)."""
    return bool(environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP"))


def may_open(address: str, platform: str | None = None) -> bool:
    """Return whether a browser displays an address, so that opening it does not run a program.

    An archive may contain files of every type.
    """
    address_parts = urlsplit(address)
    if address_parts.scheme in {"http", "https"}:
        return True
    if address_parts.scheme != "file":
        return False
    may_run_files = (platform or operating_system.PLATFORM) in {"darwin", "win32"}
    return not may_run_files or PurePath(unquote(address_parts.path)).suffix.lower() in _PAGES


def open_address(argv: list[str], address: str) -> str:
    """Open an address without waiting; return the name of the program. Raises `OSError`."""
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
    """A program that copies the text on its standard input to the clipboard."""

    name: str
    argv: tuple[str, ...]
    encoding: str = "utf-8"
    newline: str = "\n"
    """The line ending that the program expects."""
    environ: tuple[tuple[str, str], ...] = ()
    """The environment variables that the program needs."""
    patience: float = 1.0
    """The factor by which the time limit for this program is extended."""
    guesses: bool = False
    """Whether the program guesses the encoding, which is safe only for text that is mostly ASCII.
    """

    def takes(self, text: str) -> bool:
        """Return whether the program can copy the text correctly."""
        return not self.guesses or 2 * sum(map(str.isascii, text)) > len(text)

    def bytes_of(self, text: str) -> bytes:
        """Return the text as bytes, in the encoding and with the line endings for this program."""
        text = text.replace("\n", self.newline)
        if self.encoding == BASE64:
            return base64.b64encode(text.encode("utf-8", "replace"))
        return text.encode(self.encoding, "replace")


def native_tools(environ: Mapping[str, str], platform: str | None = None) -> tuple[Tool, ...]:
    """Return the clipboard tools for this session's screen; there are none over ssh."""
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
