"""The parser of command lines: the command, its options wherever they stand, and its words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from cable_tui import __version__
from cable_tui.cli.command_table import OPEN, VERBS, Verb
from cable_tui.errors import UsageError

_VALUED = frozenset(("--theme", "--config", "--cache", "-q", "--query", "--ref"))
"""Options before the first word whose value must not be taken for it."""


class Parser(argparse.ArgumentParser):
    """argparse that raises `UsageError` and never guesses at abbreviations."""

    def __init__(self, verb: Verb) -> None:
        super().__init__(
            prog="cable-tui" if verb is OPEN else f"cable-tui {verb.name}",
            usage=f"{verb.usage} [options]",
            description=f"{verb.help[0].upper()}{verb.help[1:]}.",
            add_help=False,
            allow_abbrev=False,
        )
        self.verb = verb

    def error(self, message: str) -> NoReturn:
        """Raise as `UsageError` what argparse would have printed."""
        raise UsageError(f"{message} (see {self.prog} --help)")

    def format_help(self) -> str:
        """The help of the command, with the whole query language at its end if it takes a query."""
        if self.verb.takes_query:
            from cable_tui.query import reference_table

            self.formatter_class = argparse.RawDescriptionHelpFormatter
            self.epilog = f"queries:\n{reference_table.plain_table()}"
        return super().format_help()

    def options_first(self, argv: Sequence[str]) -> list[str]:
        """The same command line with its options first and its words after a `--`.

        So a query may begin with `-`, and options may stand anywhere.
        """
        options: list[str] = []
        words: list[str] = []
        rest = iter(argv)
        for word in rest:
            if word == "--":
                words += rest
                break
            name, equals, _ = word.partition("=")
            action = self._option_string_actions.get(name if word.startswith("--") else word)
            if action is None:
                words.append(self._word(word))
            elif equals or action.nargs == 0:
                options.append(word)
            else:
                value = next(rest, None)
                if value is None:
                    self.error(f"{word} needs a value")
                # Tied to the long name, because a value may begin with `-` too.
                options.append(f"{action.option_strings[-1]}={value}")
        return [*options, "--", *words] if words else options

    def _word(self, word: str) -> str:
        dashed = word.startswith("-") and word != "-"
        if word.startswith("--") or (dashed and not self.verb.takes_query):
            name = word.partition("=")[0]
            import difflib  # only for a mistake

            near = difflib.get_close_matches(name, self._option_string_actions, n=1)
            hint = f". Did you mean {near[0]}?" if near else ""
            self.error(f"{name}: no such option{hint}")
        return word


def split(argv: Sequence[str]) -> tuple[Verb, list[str]]:
    """The command, by the first word if it is one, and the line without that word."""
    skip = False
    for at, word in enumerate(argv):
        if word == "--":
            break
        if skip or word.startswith("-"):
            skip = not skip and word in _VALUED
            continue
        verb = VERBS.get(word)
        return (OPEN, list(argv)) if verb is None else (verb, [*argv[:at], *argv[at + 1 :]])
    return OPEN, list(argv)


def parser_of(verb: Verb) -> Parser:
    """The parser of a command, with the options that every command has."""
    parser = Parser(verb)
    verb.module().configure(parser)
    everywhere = parser.add_argument_group("options of every command")
    everywhere.add_argument("-h", "--help", action="store_true", help="print this and exit")
    everywhere.add_argument("--version", action="store_true", help="print the version and exit")
    everywhere.add_argument("-v", "--verbose", action="store_true", help="say more on stderr")
    everywhere.add_argument("--no-color", action="store_true", help="no colours (also NO_COLOR)")
    everywhere.add_argument("--ascii", action="store_true", help="draw with ASCII signs only")
    everywhere.add_argument("--theme", metavar="NAME", help="colours of the reading room")
    everywhere.add_argument("--config", metavar="FILE", type=Path, help="settings file to read")
    everywhere.add_argument("--cache", metavar="DIR", type=Path, help="folder of the caches")
    everywhere.add_argument(
        "--private", action="store_true", help="remember nothing of what is opened"
    )
    everywhere.add_argument("--fresh", action="store_true", help="begin as if for the first time")
    return parser


def parse(argv: Sequence[str]) -> tuple[Parser, argparse.Namespace]:
    """The options of a command line. Raises `UsageError`."""
    verb, rest = split(argv)
    parser = parser_of(verb)
    line = parser.options_first(rest)
    options = line[: line.index("--")] if "--" in line else line
    asked = argparse.Namespace(
        help=bool({"-h", "--help"}.intersection(options)), version="--version" in options
    )
    # Who asks for help need not have the rest right.
    return parser, asked if asked.help or asked.version else parser.parse_args(line)


def help_text(parser: Parser) -> str:
    """What `--help` prints: of one command, or of the program with all its commands."""
    if parser.verb is not OPEN:
        return parser.format_help()
    lines = [
        "A reading room for diplomatic cables in the terminal.",
        "",
        *(f"  {verb.usage}\n      {verb.help}" for verb in (OPEN, *VERBS.values())),
        "",
        "PATH is a folder of cables (any depth, mixed formats) or one file.",
        "`cable-tui COMMAND --help` says more of each command.",
        "",
        f"cable-tui {__version__}",
        "",
    ]
    return "\n".join(lines) + parser.format_help()
