"""`cable-tui skill`: instructions for assistants that use a shell, and their installation.

The text is in `SKILL.md` next to this module. After a confirmation, it is written where the named
assistants look for skills. `--check` compares the installed file, and `--remove` removes only files
that this command wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from itertools import chain, count
from pathlib import Path

from cable_tui.base.errors import NotFoundError, UsageError
from cable_tui.cli.shared.command_context import (
    CommandContext,
    can_ask,
    emit,
    refuse_private,
    say,
    says_yes,
)
from cable_tui.cli.shared.options import Parser
from cable_tui.exports.written_file import write_whole

ASSISTANTS = {
    "claude": (".claude", ".claude/skills"),
    "codex": (".codex", ".agents/skills"),
    "gemini": (".gemini", ".gemini/skills"),
}
"""The assistants, each with its folder in the home folder, and the folder for its skills."""
_NAME = "cable-tui"
_FILE = "SKILL.md"
_FIRST_LINES = f"---\nname: {_NAME}\n"
"""The first lines of every version of the file; other files are not replaced or removed."""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    names = ", ".join(ASSISTANTS)
    parser.add_argument(
        "assistant",
        nargs="?",
        choices=tuple(ASSISTANTS),
        metavar="ASSISTANT",
        help=f"one of {names} (default: each that has a folder in your home)",
    )
    form = parser.one_of()
    form.add_flag("--install", "write it where the assistant looks for skills; asks first")
    form.add_flag("--check", "compare the installed file with this version")
    form.add_flag("--remove", "remove the installed file; asks first")
    parser.add_flag("--yes", "do not ask")


def run(context: CommandContext) -> int:
    """Print the instructions, or perform the chosen option; return 1 if that fails."""
    options = context.options
    if not (options.install or options.check or options.remove):
        emit(text())
        return 0
    if options.check:
        return max(map(_checked, _targets(options.assistant)))
    refuse_private(context, "skill --install" if options.install else "skill --remove")
    states = {file: _state(file) for file in _targets(options.assistant)}
    for file, state in states.items():
        if state == "foreign":
            raise UsageError(
                f"{file}: is not from cable-tui and was not changed; move it away first"
            )
    change = _install if options.install else _remove
    done_already = "current" if options.install else "missing"
    found = {file: state for file, state in states.items() if state != done_already}
    if not found:
        say(_ALREADY[done_already])
        return 0 if options.install else 1
    if not options.yes and not _agreed(found, "Write" if options.install else "Remove"):
        say("nothing was changed")
        return 1
    for file in found:
        with _named_errors(file):
            change(file)
    return 0


def text() -> str:
    """Return the instructions for assistants."""
    return files("cable_tui.cli.for_programs").joinpath(_FILE).read_text("utf-8")


def _targets(assistant: str | None) -> list[Path]:
    """Return the file of one assistant, or of each that has a folder. Raises `NotFoundError`."""
    home = Path.home()
    names = [assistant] if assistant else list(ASSISTANTS)
    found = [
        home / skills
        for folder, skills in map(ASSISTANTS.__getitem__, names)
        if assistant or (home / folder).is_dir()
    ]
    if not found:
        folders = ", ".join(folder for folder, _ in ASSISTANTS.values())
        raise NotFoundError(
            f"{home}: no assistant has a folder here ({folders}); name one of "
            f"{', '.join(ASSISTANTS)} to install it anyway"
        )
    return [each / _NAME / _FILE for each in found]


def _state(file: Path) -> str:
    """Return `missing`, `current`, `different` or `foreign`. Raises `UsageError`."""
    with _named_errors(file):
        try:
            known = file.read_text("utf-8", "replace")
        except FileNotFoundError:
            return "missing"
    if not known.startswith(_FIRST_LINES):
        return "foreign"
    return "current" if known == text() else "different"


_STATES = {
    "missing": "not installed",
    "current": "up to date",
    "different": "differs from this version (older, or edited); --install replaces it",
    "foreign": "is not from cable-tui; move it away first",
}
_ALREADY = {"current": "up to date", "missing": "it is not installed for any assistant"}


def _checked(file: Path) -> int:
    state = _state(file)
    say(f"{_STATES[state]}: {file}")
    return 0 if state == "current" else 1


def _agreed(states: Mapping[Path, str], verb: str) -> bool:
    if not can_ask():
        raise UsageError(
            f"there is no terminal for asking whether to {verb.lower()} files: add --yes"
        )
    for file, state in states.items():
        if state == "different":
            say(f"differs from this version (older, or edited): {file}")
    return says_yes(f"{verb} {', '.join(map(str, states))}? [y/N] ")


def _install(file: Path) -> None:
    """Write the instructions; a file that differs is kept next to it under a free name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        names = chain(["before"], (f"before-{number}" for number in count(2)))
        kept_files = (file.with_name(f"{_FILE}.{name}") for name in names)
        kept = next(kept for kept in kept_files if not kept.exists())
        file.replace(kept)
        say(f"the file that was there is now {kept}")
    write_whole(file, [text()])
    say(f"written: {file}")


def _remove(file: Path) -> None:
    file.unlink()
    if not any(file.parent.iterdir()):
        file.parent.rmdir()
    say(f"removed: {file}")


@contextmanager
def _named_errors(file: Path) -> Iterator[None]:
    """Raise `UsageError` with the reason if the system refuses to read or change a file."""
    try:
        yield
    except OSError as error:
        reason = f"cannot be read or written: {error.strerror}"
        raise UsageError(f"{error.filename or file}: {reason}") from error
