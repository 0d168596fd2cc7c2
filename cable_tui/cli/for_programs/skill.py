"""`cable-tui skill`: instructions for assistants that use a shell, and their installation.

The text is in `SKILL.md` next to this module. After a confirmation, it is written where the named
assistants look for skills. `--check` compares the installed file, and `--remove` removes only files
that this command wrote.
"""

from __future__ import annotations

from importlib.resources import files
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
    targets = _targets(options.assistant)
    if options.check:
        return max(map(_checked, targets))
    refuse_private(context, "skill --install" if options.install else "skill --remove")
    found = targets if options.install else [file for file in targets if file.exists()]
    if not found:
        say("it is not installed for any assistant")
        return 1
    for file in found:
        if file.exists() and not file.read_text("utf-8", "replace").startswith(_FIRST_LINES):
            raise UsageError(
                f"{file}: is not from cable-tui and was not changed; move it away first"
            )
    if not options.yes and not _agreed(found, "Write" if options.install else "Remove"):
        return 1
    for file in found:
        if options.install:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, [text()])
            say(f"written: {file}")
        else:
            file.unlink()
            if not any(file.parent.iterdir()):
                file.parent.rmdir()
            say(f"removed: {file}")
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
        known = ", ".join(ASSISTANTS)
        raise NotFoundError(
            f"{home}: there is no folder of an assistant ({known}); name an "
            "assistant to create its folder"
        )
    return [each / _NAME / _FILE for each in found]


def _checked(file: Path) -> int:
    if not file.exists():
        say(f"not installed: {file}")
        return 1
    is_current = file.read_text("utf-8", "replace") == text()
    say(f"{'up to date' if is_current else 'from another version; --install replaces it'}: {file}")
    return 0 if is_current else 1


def _agreed(paths: list[Path], verb: str) -> bool:
    if not can_ask():
        raise UsageError(
            f"there is no terminal for asking whether to {verb.lower()} files: add --yes"
        )
    return says_yes(f"{verb} {', '.join(map(str, paths))}? [y/N] ")
