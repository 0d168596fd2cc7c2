"""The actions of `cable-tui bookmarks`, each with its arguments, options and help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from cable_tui.base.tools import MarksAction, tools
from cable_tui.cli.command_table import Verb
from cable_tui.cli.shared.options import ROW_OPTIONS, Parser, from_1, one_line

ONLY_READ = frozenset({"list", "lists", "recent", "searches", "export"})
"""The names of the actions that do not change the reader's bookmarks."""
_TABLE = """\
add [PATH] REF[#N] --note --list --to
    bookmark a cable or a paragraph, with a note and in a list
    an archive with its text, and the cable or paragraph
    cable-tui bookmarks add ~/cables 09CASABLANCA27#3 --note 'check the figure'
    cable-tui bookmarks add 09CASABLANCA27 --list 'TIP story' --to 1
list [PATH] --list --json --fields --limit --after --page
    list your bookmarks, one per line
    an archive; bookmarks on cables missing from it are marked
    cable-tui bookmarks list ~/cables
    cable-tui bookmarks list --list 'TIP story' --json
remove [PATH] REF[#N] --force
    remove a bookmark
    an archive with its text, and the cable or paragraph
    cable-tui bookmarks remove 09CASABLANCA27#2
    cable-tui bookmarks remove 09CASABLANCA27#3 --force
note [PATH] REF[#N] --note --list
    replace the note on a bookmark, or without REF, on a list; without --note, remove it
    an archive with its text, and the cable or paragraph
    cable-tui bookmarks note 09CASABLANCA27#3 --note 'ask Mara'
    cable-tui bookmarks note --list 'TIP story' --note 'not smuggling'
move [PATH] REF[#N] --list --to
    move a bookmark within a list; without REF, move the list among your lists
    an archive with its text, and the cable or paragraph
    cable-tui bookmarks move 09CASABLANCA27 --list 'TIP story' --to 1
    cable-tui bookmarks move 09CASABLANCA27#3 --list 'TIP story' --to 99
lists --json --fields --limit --after --page
    list your lists, with their sizes
    cable-tui bookmarks lists
    cable-tui bookmarks lists --json
rename NEW --list --search
    rename a list or a saved search
    its new name
    cable-tui bookmarks rename --list 'TIP story' trafficking
    cable-tui bookmarks rename --list minors 'Minors, part 1'
drop --list --search
    remove a list, but not its bookmarks, or a saved search
    cable-tui bookmarks drop --list 'TIP story'
    cable-tui bookmarks drop --list minors
read REF...
    mark cables as read
    the cables
    cable-tui bookmarks read 09CASABLANCA27
    cable-tui bookmarks read 09RABAT27 09RABAT28
unread REF...
    mark cables as unread
    the cables
    cable-tui bookmarks unread 09CASABLANCA27
    cable-tui bookmarks unread 09RABAT27 09RABAT28
recent [PATH] --json --fields --limit --after --page
    list the cables you read last, newest first
    an archive, to print the subjects of its cables
    cable-tui bookmarks recent
    cable-tui bookmarks recent ~/cables --json
save QUERY --search
    save a query under a name
    the query; search for it as query:NAME
    cable-tui bookmarks save tag:KTIP minors --search 'TIP, minors'
    cable-tui bookmarks save 'class:>=secret' --search secrets
searches --json --fields --limit --after --page
    list your saved searches
    cable-tui bookmarks searches
    cable-tui bookmarks searches --json
undo
    undo your last change of bookmarks, notes, lists and saved searches
    cable-tui bookmarks undo
    cable-tui bookmarks undo --verbose
export FILE --list
    export bookmarks, notes, lists and saved searches to one JSON file
    the JSON file to write (- is stdout)
    cable-tui bookmarks export marks.json
    cable-tui bookmarks export - --list 'TIP story' > story.json
import FILE
    import a file made by `bookmarks export`; existing items are kept
    a file made by `bookmarks export`, or a verifiable dossier (- is stdin)
    cable-tui bookmarks import marks.json
    cable-tui bookmarks import - < story.json
"""
"""The table of actions. Each entry begins with a line that contains the name, arguments and
options. The indented lines below it are its help, the help for its arguments if any, and two
examples.
"""


def _entries(table: str) -> Iterator[list[str]]:
    """Yield the lines of each entry: an unindented line and the indented lines below it."""
    entry_lines: list[str] = []
    for line in table.splitlines():
        if entry_lines and not line.startswith(" "):
            yield entry_lines
            entry_lines = []
        entry_lines.append(line.strip())
    yield entry_lines


def _actions() -> Iterator[MarksAction]:
    """Yield the core's actions, then the tools' actions."""
    for action_line, help_text, *options_and_help in _entries(_TABLE):
        name, *arguments = action_line.split(" ")
        argument_names = " ".join(
            argument for argument in arguments if not argument.startswith("--")
        )
        options = frozenset(argument[2:] for argument in arguments if argument.startswith("--"))
        arguments_help, *examples = options_and_help if argument_names else ("", *options_and_help)
        yield MarksAction(name, argument_names, options, help_text, arguments_help, tuple(examples))
    for tool in tools():
        yield from tool.marks_actions


def _options_of_tools() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for tool in tools():
        for option in tool.marks_options:
            argument_form = (
                {"metavar": option.metavar} if option.metavar else {"action": "store_true"}
            )
            yield option.name, {**argument_form, "help": option.help}


ACTIONS = {action.name: action for action in _actions()}
_OPTIONS: dict[str, Mapping[str, Any]] = {
    "note": {"metavar": "TEXT", "default": "", "help": "the note"},
    "list": {"metavar": "NAME", "type": one_line, "help": "the list"},
    "search": {"metavar": "NAME", "type": one_line, "help": "the saved search"},
    "to": {"metavar": "N", "type": from_1, "help": "position in the list, starting at 1"},
    "force": {
        "action": "store_true",
        "help": "remove bookmarks even if they have a note, are in a list, or are another reader's",
    },
    **dict(_options_of_tools()),
    "json": {"action": "store_true", "help": "as JSON"},
    "limit": {"metavar": "N", "type": from_1, "help": "print at most N"},
    **ROW_OPTIONS,
}


def configure(parser: Parser) -> None:
    """Add the arguments and options of all actions to the parser."""
    action_list = ", ".join(ACTIONS)
    parser.add_argument(
        "action",
        choices=tuple(ACTIONS),
        metavar="ACTION",
        help=f"one of {action_list}; `cable-tui bookmarks ACTION --help` explains it",
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="[PATH] [REF[#N]] | FILE | NEW | QUERY",
        help="its arguments",
    )
    for option_name, option_keywords in _OPTIONS.items():
        actions_with_option = ", ".join(
            action for action, action_row in ACTIONS.items() if option_name in action_row.options
        )
        parser.add_argument(
            f"--{option_name}",
            **{**option_keywords, "help": f"{option_keywords['help']} ({actions_with_option})"},
        )


def configure_action(parser: Parser, name: str) -> None:
    """Add the arguments and options of one action to the parser."""
    action = ACTIONS[name]
    parser.add_argument("action", choices=(name,), help=argparse.SUPPRESS)
    parser.add_argument(
        "words", nargs="*", metavar=action.words, help=action.words_help or argparse.SUPPRESS
    )
    for option, option_keywords in _OPTIONS.items():
        if option in action.options:
            parser.add_argument(f"--{option}", **option_keywords)
        else:
            parser.set_defaults(**{option: option_keywords.get("default")})


def verb_of(name: str) -> Verb:
    """Return an action as a command, so its help can be printed."""
    action_row = ACTIONS[name]
    usage = f"cable-tui bookmarks {name} {action_row.words}".rstrip()
    return Verb(f"bookmarks {name}", usage, action_row.help, examples=action_row.examples)
