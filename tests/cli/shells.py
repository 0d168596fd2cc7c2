"""Real shells in a pseudo-terminal: a line and Tab are typed, and what comes of it is read.

Nothing waits for a clock: each step waits for a text on the terminal.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from benchmarks.terminal import Terminal

SHELLS = ("bash", "zsh", "fish")
PATIENCE = 60.0
"""Seconds after which a text that has not come fails the test."""
_STARTS = {
    "bash": ("--norc", "--noprofile", "-i"),
    "zsh": ("-f", "-i"),
    "fish": ("--no-config", "-i"),
}
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()=>][0-9A-Z]?|\x1b\][^\x07]*\x07|[\x07\r]")


def program(shell: str) -> str:
    """The path of a shell; without it the test is skipped."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"there is no {shell} here")
    return found


class Shell:
    """One shell at its prompt."""

    def __init__(self, name: str, terminal: Terminal) -> None:
        self.name = name
        self._terminal = terminal
        self._begin = 0

    @property
    def shown(self) -> str:
        """What it has written since `forget`, without control sequences."""
        return _CONTROL.sub("", self._terminal.raw[self._begin :].decode("utf-8", "replace"))

    def type(self, keys: str) -> None:
        """Press keys."""
        self._terminal.send(keys)

    def wait(self, *texts: str) -> None:
        """Read until all of them have been shown since `forget`."""
        found = self._terminal.until(lambda _: all(each in self.shown for each in texts), PATIENCE)
        assert found is not None, f"waited for {texts}, got {self.shown!r}"

    def forget(self) -> None:
        """Read on from here."""
        self._begin = len(self._terminal.raw)


@contextmanager
def started(shell: str, folder: Path, *setup: str) -> Iterator[Shell]:
    """A shell in a folder, in which some lines have been run."""
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminals here")
    from benchmarks.terminal import Terminal

    within = ["sh", "-c", 'cd "$0" && exec "$@"', str(folder)]
    # fish asks a terminal that it does not know what it can, and waits for the answers.
    term = "dumb" if shell == "fish" else "xterm"
    environ = {"TERM": term, "PS1": "$ ", "LC_ALL": "C.UTF-8"}
    command = [*within, program(shell), *_STARTS[shell]]
    with Terminal(command, columns=160, rows=60, environment=environ) as terminal:
        at = Shell(shell, terminal)
        for number, line in enumerate(setup):
            at.type(f"{line}; echo set''up {number}\r")
            at.wait(f"setup {number}")
        at.forget()
        yield at


def accepted(at: Shell, line: str) -> list[str]:
    """The words that the program gets of a line that ends with Tab, in a shell of `setup_of`."""
    at.forget()
    at.type(f"{line}\t")
    at.type("\r")
    at.wait("<end>")
    return re.findall(r"<([^<>]*)>", at.shown.rpartition("<begin>")[2])[:-1]


def listed(at: Shell, line: str, expected: Sequence[str]) -> str:
    """What a shell of `setup_of` shows for the last word of a line, once it has shown these."""
    at.forget()
    if at.name == "fish":  # it lists nothing on a dumb terminal
        at.type(f"complete -C '{line}'; echo list''ed\r")
    else:
        at.type(f"{line}\t")
        at.wait(*expected)
        at.type("\x15echo list''ed\r")
    at.wait("listed", *expected)
    return at.shown


def setup_of(shell: str, script: Path) -> list[str]:
    """Lines after which a shell completes by a script, and the program prints its words."""
    if shell == "fish":
        words = "for word in $argv; printf '<%s>' $word; end"
        return [
            f"source {script}",
            f"function cable-tui; printf '<begin>'; {words}; printf '<end>'; end",
        ]
    show = "cable-tui() { printf '<begin>'; printf '<%s>' \"$@\"; printf '<end>'; }"
    if shell == "bash":
        return ["bind 'set show-all-if-ambiguous on'", f"source {script}", show]
    # A dump of its own would be written into the home of whoever runs the tests.
    return [
        "autoload -U compinit",
        "compinit -u -D",
        "setopt no_auto_menu no_auto_remove_slash",
        f'eval "$(<{script})"',
        show,
    ]
