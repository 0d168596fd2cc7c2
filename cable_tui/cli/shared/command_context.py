"""The context of a command, and how it writes output, prints messages and asks questions."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cable_tui.base.errors import UsageError
from cable_tui.base.tools import shows_requests
from cable_tui.base.value import Value
from cable_tui.program.settings import Paths, Settings
from cable_tui.text import clean_line, clean_text

if TYPE_CHECKING:  # few commands take texts out
    from cable_tui.exports.citation import RequestCount

_signs: Mapping[int, str] = {}
"""The ASCII replacements for our symbols on a terminal; empty if it can show all symbols."""


def file_or_stdout(name: str) -> Path | None:
    """Return the FILE of a command line, or None for `-`, which is stdout or stdin.

    Raises `UsageError`.
    """
    if not name:
        raise UsageError("FILE: its name is empty (is a shell variable unset?)")
    return None if name == "-" else Path(name).expanduser()


class CommandContext(Value):
    """The context of one run of a command."""

    options: argparse.Namespace
    paths: Paths
    settings: Settings
    environ: Mapping[str, str]


def draw_in_ascii() -> None:
    """From now on, print only ASCII symbols on a terminal; pipes and files are unchanged."""
    global _signs  # noqa: PLW0603 - what is printed is of the whole process
    # Imported late: the table looks up the names of 160 characters.
    from cable_tui.program.ascii_signs import ASCII

    _signs = ASCII


def emit(text: str) -> None:
    """Write data to stdout; on a terminal, omit control characters and replace missing symbols."""
    sys.stdout.write(clean_text(text).translate(_signs) if sys.stdout.isatty() else text)


def emit_json(value: Any) -> None:
    """Write one value as a line of JSON."""
    from cable_tui.base.value import as_json
    from cable_tui.text.cleaning import json_text  # most commands, and the room, print none

    emit(json_text(as_json(value)) + "\n")


def emit_answer(context: CommandContext, value: Any, lines: Iterable[str]) -> None:
    """Write an answer as one JSON value if `--json` is given, else as lines."""
    if context.options.json:
        emit_json(value)
    else:
        emit_lines(lines)


def refuse_private(context: CommandContext, command_name: str) -> None:
    """Raise `UsageError` in a private session for a command that would write to disk."""
    if context.options.private:
        raise UsageError(
            f"`{command_name}` writes to disk, which --private forbids; leave out one of them"
        )


def write_out(file: Path | None, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Write the pieces to stdout as they are made, or write all of them to a file."""
    if file is not None:
        from cable_tui.exports.written_file import write_whole  # most output is printed

        write_whole(file, pieces)
        return
    for output_piece in pieces:
        if isinstance(output_piece, bytes):
            sys.stdout.buffer.write(output_piece)
        else:
            emit(output_piece)


def emit_lines(lines: Iterable[str]) -> None:
    """Write each line to stdout as it is made."""
    for output_line in lines:
        emit(output_line + "\n")


def say(sentence: str) -> None:
    """Print a message to the user on stderr, prefixed with the program's name."""
    first_line, *other_lines = sentence.split("\n")
    message_lines = [f"cable-tui: {first_line}", *other_lines]
    replacements = _signs if sys.stderr.isatty() else {}
    sys.stderr.write(
        "".join(f"{clean_line(line).translate(replacements)}\n" for line in message_lines)
    )
    sys.stderr.flush()


def say_requests(context: CommandContext, request_count: RequestCount, query: str = "") -> None:
    """Report the number of protection requests in the answer, and the command that lists them."""
    import shlex  # few cables have a request

    def command(reference: str) -> str:
        query_text = query or (f"ref:{reference}" if reference else "")
        command_arguments = [str(context.options.path), *([query_text] if query_text else [])]
        return shows_requests()[0].format(shlex.join(command_arguments))

    if requests_text := request_count.in_words(command):
        say(requests_text)


def can_ask() -> bool:
    """Return whether there is a terminal for a question and its answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def says_yes(question: str) -> bool:
    """Ask on the terminal, and return whether the answer is yes."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def terminal_width() -> int:
    """Return the width of the terminal or `COLUMNS`, at least 20, or 80 if neither is known."""
    import shutil  # it loads every kind of compression; most output is not for a screen

    return max(shutil.get_terminal_size().columns, 20)


def existing_path(path: Path) -> Path:
    """Return the path with `~` expanded.

    Raises `ArchiveError`, which suggests a similar path, if it does not exist.
    """
    path = path.expanduser()
    if os.access(path, os.F_OK):  # `exists` fails where a folder may not be entered
        return path
    # Imported late: the reading room starts sooner.
    from cable_tui.archive.records import walk

    return walk.checked(path)
