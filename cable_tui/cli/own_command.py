"""`cable-tui run`: run one of the reader's own commands on a cable."""

from __future__ import annotations

import sys
from contextlib import suppress

from cable_tui.archive.look_up import look_up
from cable_tui.base.errors import UsageError
from cable_tui.base.value import as_json
from cable_tui.cli.shared.command_context import CommandContext, can_ask, say, says_yes
from cable_tui.cli.shared.opened_archive import opened_archive
from cable_tui.cli.shared.options import Parser
from cable_tui.program.own_commands import OwnCommand, argv_of
from cable_tui.program.settings import choices, remember
from cable_tui.text import clean_line


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument("command", metavar="NAME", help="a command of your config.toml")
    parser.add_path()
    parser.add_reference("REF", "the command receives it as JSON, as `show --json` prints it")
    parser.add_source()
    parser.add_flag("--yes", "do not ask before the first run (for scripts)")
    parser.add_no_index()


def run(context: CommandContext) -> int:
    """Run the command with its output here, and return its exit status."""
    import subprocess

    from cable_tui.exports.cable_json import cable_json
    from cable_tui.operating_system.processes import end_program, interrupt_for_others
    from cable_tui.text.cleaning import json_text

    options = context.options
    command = _named(context)
    with opened_archive(context, options.path, needs=("facts",)) as archive:
        _, cable, _ = look_up(archive, clean_line(options.reference), options.source)
        argv = argv_of(command, cable.reference_id, archive.root, context.environ)
    _permitted(context, command)
    content = f"{json_text(as_json(cable_json(cable)))}\n".encode("utf-8", "replace")
    sys.stdout.flush()
    try:
        with interrupt_for_others():
            process = subprocess.Popen(argv, stdin=subprocess.PIPE)  # noqa: S603 - permitted
            try:
                with suppress(OSError):  # a program need not read it
                    process.communicate(content)
                status = process.wait()
            except SystemExit:  # a signal asks this command to end
                end_program(process)
                raise
    except OSError as error:
        raise UsageError(f"{command.name} did not start: {error.strerror}") from error
    return status if status >= 0 else 128 - status


def _named(context: CommandContext) -> OwnCommand:
    """Return the command in the settings that is named on the command line. Raises `UsageError`."""
    options, commands = context.options, context.settings.commands
    if options.private or options.config is not None:
        raise UsageError(
            "`run` starts programs only from your own settings file, and not in a private run; "
            "leave out --config and --private"
        )
    for command in commands:
        if command.name == options.command:
            return command
    known = f"known are {', '.join(each.name for each in commands)}" if commands else "it has none"
    raise UsageError(f"{options.command}: no such command in {context.paths.config}; {known}")


def _permitted(context: CommandContext, command: OwnCommand) -> None:
    """Ask before the first run, and after a change of `run`. Raises `UsageError` if refused."""
    reason = command.reason_to_ask(choices(context.paths.choices))
    if context.options.yes or not reason:
        return
    if not can_ask():
        raise UsageError(
            f"{command.name} would run {command.line} {reason}, and there is no terminal to ask "
            "for confirmation: add --yes"
        )
    say(f"{command.name} would run {reason}: {command.line}")
    if not says_yes("Run it, and do not ask again? [y/n] "):
        raise UsageError(f"{command.name} did not run")
    remember(context.paths.choices, command.approval, True)
