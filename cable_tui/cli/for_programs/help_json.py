"""`cable-tui help --json`: every command, option, exit status and schema as data.

The commands and options are read from the parsers, as for the help, the man page, the completions
and the docs. The schemas, and the command lines whose answers use them, are in `answers.json`,
which `python -m tests.schemas` writes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from cable_tui import __version__
from cable_tui.base.errors import UsageError
from cable_tui.base.value import Value
from cable_tui.cli.command_table import GROUPS, OPEN
from cable_tui.cli.for_programs.exit_statuses import EXIT_STATUSES
from cable_tui.cli.shared.command_context import CommandContext, emit_json
from cable_tui.cli.shared.options import EVERYWHERE, Parser, every_parser
from cable_tui.query.reference_table import PREFIX_HELP
from cable_tui.text.choices import refusal

if TYPE_CHECKING:
    from cable_tui.base.kinds import Filled


class OptionHelp(Value):
    """An option of a command, or a positional word."""

    names: tuple[Filled, ...]
    """The spellings of the option, such as `-o` and `--output`; empty for a positional word."""
    value: str | None
    """The name of the option's value, such as `N`; null if the option takes no value."""
    required: bool
    """Whether the command requires the option or word."""
    several: bool
    """Whether the option takes several values."""
    choices: tuple[str, ...]
    """The values that the option accepts; empty if it accepts any value."""
    default: str | None
    """The value used if the option is omitted; null if there is none."""
    help: str


class AnswerHelp(Value):
    """A command line that answers in JSON."""

    line: Filled
    """An example of the command line; words in capitals stand for files."""
    schema: Filled
    """The name of the answer's schema in `schemas`."""


class CommandHelp(Value):
    """A command and its options."""

    name: Filled
    """The first word of the command; for an action both words, as in `bookmarks add`."""
    usage: Filled
    help: Filled
    group: Literal["Read", "Ask", "Write", "Manage"]
    aliases: tuple[Filled, ...]
    """Older first words for the command, each with the options that it implies."""
    examples: tuple[Filled, ...]
    options: tuple[OptionHelp, ...]
    answers: tuple[AnswerHelp, ...]
    """The command lines that answer in JSON."""


class ExitStatusHelp(Value):
    """An exit status and its meaning."""

    status: int
    means: Filled


class HelpAnswer(Value):
    """The output of `help --json`: the commands that can be typed, and their results."""

    version: Filled
    commands: tuple[CommandHelp, ...]
    """The commands. The first command opens the reading room, and needs no first word."""
    options: tuple[OptionHelp, ...]
    """The options that every command has."""
    exit_statuses: tuple[ExitStatusHelp, ...]
    prefixes: Mapping[str, Filled]
    """The prefixes of the query language: the meaning of each, then `: ` and examples."""
    schemas: Mapping[str, Mapping[str, Any]]
    """The schemas of the answers (JSON Schema 2020-12), which refer to each other as NAME.json."""


def configure(parser: Parser) -> None:
    """Add the options of the command."""
    parser.add_argument("words", nargs="*", metavar="COMMAND", help="only this command")
    parser.add_flag("--json", "one JSON object")


def run(context: CommandContext) -> int:
    """Print the help as data, and return 0."""
    emit_json(whole_help(" ".join(context.options.words)))
    return 0


def whole_help(name: str = "") -> HelpAnswer:
    """Return the help of all commands, or of one. Raises `UsageError` for an unknown name."""
    known = json.loads(
        files("cable_tui.cli.for_programs").joinpath("answers.json").read_text("utf-8")
    )
    parsers = list(every_parser())
    commands = tuple(_command(parser, known["answers"]) for parser in parsers)
    if name:
        commands = tuple(
            each for each in commands if each.name == name or each.name.startswith(f"{name} ")
        )
        if not commands:
            raise UsageError(refusal(name, (parser.verb.name for parser in parsers)))
    schemas = known["schemas"]
    if name:
        wanted = {answer.schema for command in commands for answer in command.answers}
        schemas = {each: schemas[each] for each in sorted(wanted | {"tally"})}
    return HelpAnswer(
        __version__,
        commands,
        _options(parsers[0], of_all=True),
        tuple(ExitStatusHelp(status, means) for status, means in EXIT_STATUSES.items()),
        dict(PREFIX_HELP),
        schemas,
    )


def _command(parser: Parser, answers: Mapping[str, list[list[str]]]) -> CommandHelp:
    verb = parser.verb
    return CommandHelp(
        OPEN.name if verb is OPEN else verb.name,
        verb.usage,
        verb.help,
        verb.group if verb.group in GROUPS else "Write",
        verb.aliases,
        verb.examples,
        _options(parser, of_all=False),
        tuple(AnswerHelp(line, schema) for line, schema in answers.get(verb.name, ())),
    )


def _options(parser: Parser, *, of_all: bool) -> tuple[OptionHelp, ...]:
    """Return the options of one command, or the options shared by all commands."""
    return tuple(
        _option(action)
        for group in parser._action_groups
        if (group.title == EVERYWHERE) is of_all
        for action in group._group_actions
        if action.help != argparse.SUPPRESS
    )


def _option(action: argparse.Action) -> OptionHelp:
    takes_value = action.nargs != 0
    name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    is_plain = isinstance(action.default, str | int) and not isinstance(action.default, bool)
    return OptionHelp(
        tuple(action.option_strings),
        name if takes_value else None,
        action.required,
        action.nargs in ("*", "+"),
        tuple(map(str, action.choices or ())),
        str(action.default) if takes_value and is_plain else None,
        action.help or "",
    )
