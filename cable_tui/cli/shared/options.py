"""The parser of command lines, with options in any position, and options shared by commands."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from cable_tui import __version__
from cable_tui.base.errors import UsageError
from cable_tui.cli.command_table import ALIASES, AS_DATA, GROUPS, OPEN, QUERIES, VERBS, Verb

HELP = "help"
"""The first word that asks for help. A folder with this name must be written as `./help`."""
EVERYWHERE = "options of every command"
"""The title of the group of options that all commands share."""
_NEAR = 0.7
"""The minimum similarity, from 0 to 1, between a typed word and the command or option it may stand
for.
"""
_VALUED = frozenset(("--theme", "--config", "--cache", "-q", "--query", "--ref"))
"""Options before the first word whose value must not be mistaken for that word."""
_NARROWEST = 20
"""The minimum number of columns for a text."""


ROW_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "fields": {
        "metavar": "NAME[,NAME]",
        "type": lambda text: tuple(filter(None, (name.strip() for name in text.split(",")))),
        "default": (),
        "help": "print only these fields, in JSON or CSV",
    },
    "after": {
        "metavar": "CURSOR",
        "default": "",
        "help": "continue after an earlier answer, from its page.next",
    },
    "page": {
        "action": "store_true",
        "default": False,
        "help": "add the page (total, cursor and omissions) to JSON arrays and lines",
    },
}
"""The options of every command that answers with rows, except `--limit`; see `row_pages`."""


class _AnyWidth(argparse.HelpFormatter):
    """A formatter with a fixed width for argparse's checks, because finding the width is slow."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=80)


class _Options(argparse._ActionsContainer):
    """A command's options, with a method for each kind of option that many commands share."""

    def add_flag(self, name: str, what: str) -> None:
        """Add an option without a value."""
        self.add_argument(name, action="store_true", help=what)

    def add_choice(
        self,
        name: str,
        known: Iterable[str],
        usual: str,
        more: str = "",
        older: Mapping[str, str] | None = None,
    ) -> None:
        """Add an option with a choice of names. Names in `older` are accepted but not listed."""
        choice_names = tuple(known)
        choice_help = f"one of {', '.join(choice_names)} (default: {usual}){more}"
        new_name_by_old = older or {}
        self.add_argument(
            name,
            type=lambda name_given: new_name_by_old.get(name_given, name_given),
            choices=choice_names,
            default=usual,
            metavar="NAME",
            help=choice_help,
        )

    def add_csv(self) -> None:
        """Add `--csv` and `--csv-raw`. `options.csv` is the function that writes a row, or None."""
        from cable_tui.text.cleaning import csv_row, raw_csv_row  # few commands print a table

        writer_by_flag = {
            "--csv": (
                csv_row,
                "CSV for spreadsheets: cells that look like formulas get a leading '",
            ),
            "--csv-raw": (raw_csv_row, "CSV for programs, with every text unchanged"),
        }
        for name, (write_row, column_help) in writer_by_flag.items():
            self.add_argument(
                name, dest="csv", action="store_const", const=write_row, help=column_help
            )


class OneOf(_Options, argparse._MutuallyExclusiveGroup):
    """Options that exclude each other: a command line may contain at most one."""


_TRIED = {
    "config settings preferences": "`cable-tui paths` names the file with your settings",
    "sources": "`cable-tui search PATH said:WORD` finds what sources said, "
    "`cable-tui doctor PATH` describes the archive's files",
    "export-all": "`cable-tui export PATH -o FILE` exports all cables",
}
"""The words that people try as commands, each with the command to type instead."""


class Parser(_Options, argparse.ArgumentParser):
    """An argparse parser that raises `UsageError` and never guesses at abbreviations."""

    def __init__(self, verb: Verb) -> None:
        super().__init__(
            prog="cable-tui" if verb is OPEN else f"cable-tui {verb.name}",
            usage=f"{verb.usage} [options]",
            description=verb.sentence,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_AnyWidth,
        )
        self.register("type", Path, _path)
        self.register("type", int, _number)
        self.verb = verb

    def one_of(self) -> OneOf:
        """Begin a group of options that exclude each other."""
        one_of_group = OneOf(self)
        self._mutually_exclusive_groups.append(one_of_group)
        return one_of_group

    def add_path(
        self, what: str = "a folder of cables, or one file", *, optional: bool = False
    ) -> None:
        """Add PATH, the archive."""
        nargs = "?" if optional else None
        self.add_argument("path", nargs=nargs, metavar="PATH", type=Path, help=what)

    def add_query(self, what: str = "which cables (default: all)") -> None:
        """Add QUERY, whose words are in `options.words`."""
        self.add_argument("words", nargs="*", metavar="QUERY", help=what)

    def add_reference(self, metavar: str, more: str) -> None:
        """Add REF, the cable."""
        self.add_argument("reference", metavar=metavar, help=f"its ID, or a link; {more}")

    def add_number(
        self,
        name: str,
        what: str,
        usual: int | None = None,
        kind: Callable[[str], int] | None = None,
    ) -> None:
        """Add an option whose value is a number, at least 1 unless `kind` reads it differently."""
        self.add_argument(name, metavar="N", type=kind or from_1, default=usual, help=what)

    def add_rows(self, limit_help: str = "", usual: int | None = None) -> None:
        """Add the options that select rows and their fields.

        `--limit` is added only with a help text.
        """
        if limit_help:
            self.add_number("--limit", limit_help, usual)
        for name, keywords in ROW_OPTIONS.items():
            self.add_argument(f"--{name}", **keywords)

    def add_width(self, what: str) -> None:
        """Add `--width`."""
        self.add_number("--width", what, kind=number_of(_NARROWEST))

    def add_no_index(self) -> None:
        """Add `--no-index`."""
        self.add_flag("--no-index", "use the cache without updating it")

    def add_output(self) -> None:
        """Add `--output`, the file to write, or None for stdout."""
        from cable_tui.cli.shared.command_context import (
            file_or_stdout,  # `--version` needs no settings
        )

        output_help = "write to this file instead of stdout (- is stdout)"
        self.add_argument("-o", "--output", metavar="FILE", type=file_or_stdout, help=output_help)

    def add_source(self) -> None:
        """Add `--source`, the record to read."""
        source_help = "the format or path of the version to read, if the cable has several"
        self.add_argument("--source", metavar="NAME", help=source_help)

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of actions allowed as the first word, as after `bookmarks`."""
        choices = [action.choices for action in self._actions if action.dest == "action"]
        return tuple(choices[0] or ()) if choices else ()

    def error(self, message: str) -> NoReturn:
        """Raise a `UsageError` with the message that argparse would print."""
        if match := re.fullmatch(r"argument (?:\S+/)?([^:]+): (.*)", message, re.DOTALL):
            option_name, refusal_reason = match.groups()
            if refusal_reason.startswith("ignored explicit"):
                refusal_reason = "takes no value"
            other_option = refusal_reason.removeprefix("not allowed with argument ")
            message = (
                f"{option_name} {refusal_reason}"
                if other_option == refusal_reason
                else f"{option_name} or {other_option}: not both"
            )
        missing_arguments = message.removeprefix("the following arguments are required: ")
        if missing_arguments != message:
            missing_arguments = "ACTION" if self.actions else missing_arguments
            is_or_are = "are" if ", " in missing_arguments else "is"
            raise UsageError(
                f"{missing_arguments.replace(', ', ' and ')} {is_or_are} missing: {self.verb.usage}"
            )
        if message.startswith("unrecognized arguments: "):
            unexpected_words = message.partition(": ")[2].removeprefix("-- ")
            message = f"{unexpected_words}: not expected here"
        raise UsageError(f"{message} (see {self.prog} --help)")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            from cable_tui.text.choices import refusal  # only for a mistake

            raise argparse.ArgumentError(action, refusal(str(value), action.choices))

    def format_help(self) -> str:
        """Return the help: the options, the query language, general options and examples."""
        self.formatter_class = argparse.HelpFormatter
        own_formatter = self._get_formatter()
        own_formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        own_formatter.add_text(self.description)
        general_formatter = self._get_formatter()
        for option_group in self._action_groups:
            section_formatter = (
                general_formatter if option_group.title == EVERYWHERE else own_formatter
            )
            section_formatter.start_section(option_group.title)
            section_formatter.add_arguments(option_group._group_actions)
            section_formatter.end_section()
        help_parts = [own_formatter.format_help()]
        if self.verb.name == "search":
            help_parts.append(f"queries:\n{_queries()}")
        elif self.verb.takes_query:
            help_parts.append("`cable-tui help queries` explains QUERY.\n")
        help_parts.append(general_formatter.format_help())
        help_parts.append(
            "\n".join(["examples:", *(f"  {line}" for line in self.verb.examples)]) + "\n"
        )
        return "\n".join(help_parts)

    def options_first(self, argv: Sequence[str]) -> list[str]:
        """Return the same command line with its options first and its words after a `--`.

        A query may thus begin with `-`, and options may be anywhere.
        """
        option_words: list[str] = []
        other_words: list[str] = []
        words_left = iter(argv)
        for word in words_left:
            if word == "--":
                other_words += words_left
                break
            option_name, equals_sign, _ = word.partition("=")
            action = self._option_string_actions.get(option_name if word.startswith("--") else word)
            if action is None:
                other_words.append(self._word(word))
            elif equals_sign or action.nargs == 0:
                option_words.append(word)
            else:
                next_word = next(words_left, None)
                if next_word is None:
                    self.error(f"{word} needs a value")
                # Tied to the long name, because a value may begin with `-` too.
                option_words.append(f"{action.option_strings[-1]}={next_word}")
        return [*option_words, "--", *other_words] if other_words else option_words

    def _word(self, word: str) -> str:
        has_dash = word.startswith("-") and word != "-"
        if word.startswith("--") or (has_dash and not self.verb.takes_query):
            option_name = word.partition("=")[0]
            import difflib  # only for a mistake

            near_options = difflib.get_close_matches(
                option_name, self._option_string_actions, n=1, cutoff=_NEAR
            )
            hint = f". Did you mean {near_options[0]}?" if near_options else ""
            self.error(f"{option_name}: no such option{hint}")
        return word


def _path(text: str) -> Path:
    """Return a text as a path. An empty text is refused, because it would be the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("is empty (is a shell variable unset?)")
    return Path(text)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"needs a whole number, not {text}") from None


def number_of(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return a function with which argparse reads a whole number within bounds."""

    def read(text: str) -> int:
        whole_number = _number(text)
        if whole_number < least or (most is not None and whole_number > most):
            bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
            raise argparse.ArgumentTypeError(f"needs a number {bounds}, not {text}")
        return whole_number

    return read


from_1 = number_of(1)
"""The function that reads a number of at least 1, as for `--limit`."""


def split(argv: Sequence[str]) -> tuple[Verb, list[str]]:
    """Return the command that the first word names, and the command line without that word."""
    skips_next = False
    for index, word in enumerate(argv):
        if word == "--":
            break
        if skips_next or word.startswith("-"):
            skips_next = not skips_next and word in _VALUED
            continue
        if word == HELP:
            return _asked_for_help([*argv[:index], *argv[index + 1 :]])
        if word == OPEN.name:
            return OPEN, [*argv[:index], *argv[index + 1 :]]
        if word in VERBS or word in ALIASES:
            verb, options = ALIASES.get(word) or (VERBS[word], [])
            return verb, [*argv[:index], *options, *argv[index + 1 :]]
        break
    return OPEN, list(argv)


def _asked_for_help(words: list[str]) -> tuple[Verb, list[str]]:
    """Read `help search` as `search --help`, and `help queries` as the help on queries."""
    if "--json" in words:
        return AS_DATA, words
    if words == ["queries"]:
        return QUERIES, ["--help"]
    verb, other_words = split(words)
    if verb is OPEN and other_words and not other_words[0].startswith("-"):
        _refuse_slip([other_words[0], HELP])
    return verb, ["--help", *other_words]


def parser_of(verb: Verb, action: str = "") -> Parser:
    """Return the parser for a command or one of its actions, with the options of all commands."""
    command_module = verb.module()
    if action:
        parser = Parser(command_module.verb_of(action))
        command_module.configure_action(parser, action)
    else:
        parser = Parser(verb)
        command_module.configure(parser)
    general_group = parser.add_argument_group(EVERYWHERE)
    general_group.add_argument("-h", "--help", action="store_true", help="print this help and exit")
    general_group.add_argument("--version", action="store_true", help="print the version and exit")
    general_group.add_argument(
        "-v", "--verbose", action="store_true", help="print more details on stderr"
    )
    general_group.add_argument(
        "--no-color", action="store_true", help="use no colors (as if NO_COLOR were set)"
    )
    general_group.add_argument(
        "--ascii",
        action=argparse.BooleanOptionalAction,
        help="draw only with ASCII symbols, or with all symbols (default: depends on the locale)",
    )
    general_group.add_argument("--theme", metavar="NAME", help="colors of the reading room")
    general_group.add_argument("--config", metavar="FILE", type=Path, help="settings file to read")
    general_group.add_argument(
        "--cache", metavar="DIR", type=Path, help="folder for caches, outside PATH"
    )
    general_group.add_argument("--private", action="store_true", help="do not record what you open")
    general_group.add_argument(
        "--fresh", action="store_true", help="start as if for the first time"
    )
    return parser


def every_parser() -> Iterator[Parser]:
    """Yield the parser of each command, in the order of the help, each followed by its actions."""
    for verb in (OPEN, *VERBS.values()):
        parser = parser_of(verb)
        yield parser
        for action in parser.actions:
            yield parser_of(verb, action)


def parse(argv: Sequence[str]) -> tuple[Parser, argparse.Namespace]:
    """Return the parser and the options of a command line. Raises `UsageError`."""
    verb, other_words = split(argv)
    parser = parser_of(verb)
    ordered_words = parser.options_first(other_words)
    words_after = ordered_words[ordered_words.index("--") + 1 :] if "--" in ordered_words else []
    if verb is OPEN and words_after:
        _refuse_slip(words_after)
    if words_after and words_after[0] in parser.actions:
        parser = parser_of(verb, words_after[0])
        ordered_words = parser.options_first(other_words)
    option_words = (
        ordered_words[: ordered_words.index("--")] if "--" in ordered_words else ordered_words
    )
    help_request = argparse.Namespace(
        help=bool({"-h", "--help"}.intersection(option_words)), version="--version" in option_words
    )
    # Who asks for help need not have the rest right.
    return parser, help_request if help_request.help or help_request.version else parser.parse_args(
        ordered_words
    )


def _refuse_slip(words: Sequence[str]) -> None:
    """Raise `UsageError` if the first word is not a path but resembles a command."""
    first_word = words[0]
    is_path = any(separator and separator in first_word for separator in (os.sep, os.altsep))
    if is_path or os.access(Path(first_word).expanduser(), os.F_OK):
        return
    for words_tried, answer in _TRIED.items():
        if first_word in words_tried.split():
            raise UsageError(f"{first_word}: no such command. {answer}")
    import difflib  # only for a mistake

    near_verbs = difflib.get_close_matches(first_word, [*VERBS, *ALIASES, HELP], n=1, cutoff=_NEAR)
    if near_verbs:
        near_name = ALIASES[near_verbs[0]][0].name if near_verbs[0] in ALIASES else near_verbs[0]
        raise UsageError(
            f"{first_word}: no such command, file or folder. Did you mean {near_name}?"
        )
    if len(words) > 1:
        raise UsageError(f"{first_word}: no such command, file or folder (see cable-tui help)")


def help_text(parser: Parser) -> str:
    """Return the help of one command, or of the program with all its commands."""
    if parser.verb is QUERIES:
        return _queries()
    if parser.verb is not OPEN:
        return parser.format_help()
    help_lines = ["A reading room for diplomatic cables in the terminal.", ""]
    for group in GROUPS:
        verbs = [verb for verb in (OPEN, *VERBS.values()) if verb.group == group]
        verb_lines = (f"  {verb.usage}\n      {verb.help}" for verb in verbs)
        help_lines += [f"{group.lower()}:", *verb_lines, ""]
    help_lines += [
        "PATH is a folder of cables (any depth, mixed formats) or one file.",
        "`cable-tui help COMMAND` explains a command, `cable-tui help queries` the query",
        "language, and `cable-tui help --json` prints all of this as data.",
        "",
        f"cable-tui {__version__}",
        "",
    ]
    return "\n".join(help_lines) + parser.format_help()


def _queries() -> str:
    from cable_tui.query import reference_table  # most helps do not need it

    return reference_table.plain_table().rstrip() + "\n"


def one_line(name: str) -> str:
    """Return the name of a list or saved search in the form stored by the library, for argparse."""
    from cable_tui.text import clean_line  # `--version` needs no texts

    return " ".join(clean_line(name).split())
