"""The reader's own commands: `[commands.NAME]` in config.toml, and how such a program is run.

A program is started from a list of arguments, never by a shell. Only the archive's path and the
cable's reference ID are put into arguments, each as a separate argument. Everything else is JSON on
the program's standard input.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.operating_system import is_windows

Output = Literal["page", "notice", "none"]
FIELDS = ("{ref}", "{path}")
"""The arguments that are replaced by the cable's reference ID and by the path of the archive."""
MOST_OUTPUT = 1 << 20
"""The maximum number of bytes read from a program's output, and from its messages."""
_LOOK_EVERY = 0.05
"""The interval, in seconds, between two checks whether the reader stopped the program."""
_LAST_WORDS = 1.0
"""How long to wait for output of a program that has ended, in seconds. Another program that it
started may keep the output open.
"""
_IN_REFERENCES = frozenset(" ,.:_/+-")
"""The characters, in addition to letters and numbers, allowed in a reference ID in an argument."""


class OwnCommand(Value):
    """One of the reader's own commands: a program that receives a cable."""

    name: str
    run: tuple[str, ...]
    """The program and its arguments, as in the settings."""
    output: Output = "page"
    """Where the room shows the output: on a page, its first line as a message, or nowhere."""
    key: str = ""
    """The key in the room as the reader wrote it, or an empty string."""

    @property
    def approval(self) -> str:
        """The name of the stored choice that permits this name with this `run`."""
        named_argv = json.dumps([self.name, *self.run]).encode()
        return f"{self._approvals}{hashlib.sha256(named_argv).hexdigest()}"

    @property
    def _approvals(self) -> str:
        """The beginning of the stored choices that permit this name, each with another `run`."""
        return f"commands.{self.name}."

    def reason_to_ask(self, choices: Mapping[str, bool]) -> str:
        """Return why the reader must be asked before a run; empty if the command is permitted."""
        if choices.get(self.approval):
            return ""
        was_permitted = any(choice.startswith(self._approvals) for choice in choices)
        return f"for the first time{' since `run` was changed' if was_permitted else ''}"

    @property
    def line(self) -> str:
        """The program and its arguments as one line, quoted where a shell would need it."""
        return " ".join(word if word in FIELDS else shlex.quote(word) for word in self.run)


class Ended(Value):
    """How a program ended."""

    status: int
    output: str
    messages: str
    """The program's output to standard error."""
    is_cut: bool = False
    """Whether the output was longer than `MOST_OUTPUT`, so that the rest was not read."""


def read_commands(table: object) -> tuple[tuple[OwnCommand, ...], list[str]]:
    """Return the commands in `[commands]`, and a message for each invalid command."""
    if not isinstance(table, dict):
        return (), ["commands: a table such as [commands.NAME] is required"]
    commands, mistakes = [], []
    for name, entry in table.items():
        try:
            commands.append(_command(name, entry))
        except ValueError as error:
            mistakes.append(f"commands.{name[:60]}: {error}")
    return tuple(commands), mistakes


def _command(name: str, entry: Any) -> OwnCommand:
    if not name.replace("-", "").replace("_", "").isalnum() or name.startswith("-"):
        raise ValueError("a name of letters, numbers, - and _ is required")
    if not isinstance(entry, dict):
        raise ValueError("a table such as [commands.NAME] is required")
    if unknown_names := entry.keys() - {"run", "output", "key"}:
        raise ValueError(f"{min(unknown_names)[:60]} is unknown; valid names are run, output, key")
    argv, output, key = entry.get("run"), entry.get("output", "page"), entry.get("key", "")
    if not isinstance(argv, list) or not argv or not all(_is_argument(word) for word in argv):
        raise ValueError('run: a list such as ["prog", "{ref}"] is required')
    program = argv[0]
    if not program or ("/" in program and not Path(program).expanduser().is_absolute()):
        raise ValueError("run: the program must be a name or a full path")
    for word in argv:
        for argument_field in FIELDS:
            if argument_field in word and (word != argument_field or word is program):
                raise ValueError(f"run: {argument_field} must be a separate argument")
    if output not in get_args(Output):
        raise ValueError(f"output: one of {', '.join(get_args(Output))} is required")
    if not isinstance(key, str):
        raise ValueError('key: a key such as "f8" is required')
    return OwnCommand(name, tuple(argv), output, key)


def _is_argument(word: object) -> bool:
    return isinstance(word, str) and "\0" not in word


def argv_of(
    command: OwnCommand, reference: str, archive: Path, environ: Mapping[str, str]
) -> list[str]:
    """Return the arguments for running a command on a cable.

    Raises `UsageError` if the program is missing, or if the reference ID could be mistaken for
    anything other than a reference ID.
    """
    from cable_tui.operating_system import programs

    asked_program = str(Path(command.run[0]).expanduser()) if command.run[0] else ""
    program = programs.found(asked_program, environ)
    if program is None or not Path(program).is_absolute():
        raise UsageError(f"commands.{command.name}: there is no program {command.run[0]}")
    if is_windows() and program.lower().endswith((".bat", ".cmd")):
        raise UsageError(
            f"commands.{command.name}: {command.run[0]} is a batch file, which hands its "
            "arguments to a shell; name a program"
        )
    if "{ref}" in command.run and not (
        reference[:1].isalnum()
        and all(sign.isalnum() or sign in _IN_REFERENCES for sign in reference)
    ):
        raise UsageError(
            f"commands.{command.name}: the reference ID {reference} has unusual characters, so it "
            "is not put into an argument; remove {ref}, because the JSON contains it"
        )
    values = {"{ref}": reference, "{path}": str(archive.absolute())}
    return [program, *(values.get(word, word) for word in command.run[1:])]


def run_command(argv: list[str], content: str, is_stopped: Callable[[], bool]) -> Ended | None:
    """Run a program with `content` as its input; return how it ended, or None if it was stopped.

    Output beyond `MOST_OUTPUT` is not read. Raises `OSError` if the program does not start.
    """
    import subprocess
    from contextlib import suppress
    from threading import Thread

    from cable_tui.operating_system.processes import apart, end_group

    process = subprocess.Popen(  # noqa: S603 - the reader's own, approved, and no shell
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=apart(),
    )
    read_pieces: tuple[list[bytes], list[bytes]] = ([], [])

    def feed(stream: Any) -> None:
        with suppress(OSError), stream:  # a program need not read it
            stream.write(content.encode("utf-8", "replace"))

    threads = [
        Thread(target=feed, args=(process.stdin,), daemon=True),
        Thread(target=_read, args=(process.stdout, read_pieces[0]), daemon=True),
        Thread(target=_read, args=(process.stderr, read_pieces[1]), daemon=True),
    ]
    for thread in threads:
        thread.start()
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_EVERY)
            break
        if is_stopped():
            end_group(process)
            return None
    for thread in threads[1:]:
        thread.join(_LAST_WORDS)
    output, messages = (b"".join(list(pieces)) for pieces in read_pieces)
    return Ended(
        process.returncode,
        output[:MOST_OUTPUT].decode("utf-8", "replace"),
        messages[:MOST_OUTPUT].decode("utf-8", "replace"),
        is_cut=len(output) > MOST_OUTPUT,
    )


def _read(stream: Any, pieces: list[bytes]) -> None:
    """Read a stream until one byte after `MOST_OUTPUT`, then close it, so that its writer ends."""
    bytes_left = MOST_OUTPUT + 1
    with stream:
        while bytes_left and (piece := stream.read1(min(bytes_left, 1 << 16))):
            pieces.append(piece)
            bytes_left -= len(piece)
