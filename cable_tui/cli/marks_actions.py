"""What `cable-tui marks` can do: each action with its words, its options and its help."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from cable_tui.cli.command_table import Verb
from cable_tui.cli.options import from_1, one_line
from cable_tui.value import Value


class MarksAction(Value):
    """One action. `cable-tui marks ACTION` is a command with options of its own."""

    help: str
    options: tuple[str, ...]
    """Of `_OPTIONS`."""
    examples: tuple[str, str]
    words: str = ""
    words_help: str = ""


ONLY_READ = frozenset({"list", "lists", "recent", "searches", "export"})
"""The actions that change nothing of the reader's bookmarks."""
_PLACE = ("[PATH] REF[#N]", "an archive, which knows its text, and the cable or paragraph")
_READ = ("REF...", "the cables")
ACTIONS = {
    "add": MarksAction(
        "bookmark a cable or a paragraph, with a note and into a list",
        ("note", "list", "to"),
        (
            "cable-tui marks add ~/cables 09CASABLANCA27#3 --note 'check the figure'",
            "cable-tui marks add 09CASABLANCA27 --list 'TIP story' --to 1",
        ),
        *_PLACE,
    ),
    "list": MarksAction(
        "your bookmarks, one line each",
        ("list", "json"),
        ("cable-tui marks list ~/cables", "cable-tui marks list --list 'TIP story' --json"),
        "[PATH]",
        "an archive; bookmarks of cables that are not in it say so",
    ),
    "remove": MarksAction(
        "take a bookmark away",
        ("force",),
        (
            "cable-tui marks remove 09CASABLANCA27#2",
            "cable-tui marks remove 09CASABLANCA27#3 --force",
        ),
        *_PLACE,
    ),
    "note": MarksAction(
        "another note on a bookmark; none without --note",
        ("note",),
        (
            "cable-tui marks note 09CASABLANCA27#3 --note 'ask Mara'",
            "cable-tui marks note 09CASABLANCA27#3",
        ),
        *_PLACE,
    ),
    "move": MarksAction(
        "give a bookmark another place in a list; without REF, the list among the lists",
        ("list", "to"),
        (
            "cable-tui marks move 09CASABLANCA27 --list 'TIP story' --to 1",
            "cable-tui marks move 09CASABLANCA27#3 --list 'TIP story' --to 99",
        ),
        *_PLACE,
    ),
    "lists": MarksAction(
        "your lists with their sizes",
        ("json",),
        ("cable-tui marks lists", "cable-tui marks lists --json"),
    ),
    "rename": MarksAction(
        "give a list or a saved search another name",
        ("list", "search"),
        (
            "cable-tui marks rename --list 'TIP story' trafficking",
            "cable-tui marks rename --list minors 'Minors, part 1'",
        ),
        "NEW",
        "its new name",
    ),
    "drop": MarksAction(
        "take a list away, whose bookmarks stay, or a saved search",
        ("list", "search"),
        ("cable-tui marks drop --list 'TIP story'", "cable-tui marks drop --list minors"),
    ),
    "read": MarksAction(
        "give cables the sign that they were read",
        (),
        ("cable-tui marks read 09CASABLANCA27", "cable-tui marks read 09RABAT27 09RABAT28"),
        *_READ,
    ),
    "unread": MarksAction(
        "take that sign away",
        (),
        ("cable-tui marks unread 09CASABLANCA27", "cable-tui marks unread 09RABAT27 09RABAT28"),
        *_READ,
    ),
    "recent": MarksAction(
        "the cables read last, the newest first",
        ("json",),
        ("cable-tui marks recent", "cable-tui marks recent ~/cables --json"),
        "[PATH]",
        "an archive, for the subjects of those that it has",
    ),
    "save": MarksAction(
        "keep a query under a name",
        ("search",),
        (
            "cable-tui marks save tag:KTIP minors --search 'TIP, minors'",
            "cable-tui marks save 'class:>=secret' --search secrets",
        ),
        "QUERY",
        "what is searched for; it is asked as query:NAME",
    ),
    "searches": MarksAction(
        "your saved searches",
        ("json",),
        ("cable-tui marks searches", "cable-tui marks searches --json"),
    ),
    "undo": MarksAction(
        "take back your last change of bookmarks, notes, lists and saved searches",
        (),
        ("cable-tui marks undo", "cable-tui marks undo --verbose"),
    ),
    "export": MarksAction(
        "bookmarks, notes, lists and saved searches as one JSON file",
        ("list",),
        (
            "cable-tui marks export marks.json",
            "cable-tui marks export - --list 'TIP story' > story.json",
        ),
        "FILE",
        "the JSON file to be written; - is stdout",
    ),
    "import": MarksAction(
        "take in such a file; what is here already stays",
        (),
        ("cable-tui marks import marks.json", "cable-tui marks import - < story.json"),
        "FILE",
        "a file of `marks export`, or a sealed dossier; - is stdin",
    ),
    "sync": MarksAction(
        "exchange bookmarks, lists and saved searches with other readers",
        ("init", "follow", "json"),
        (
            "cable-tui marks sync ~/shared/marks --init",
            "cable-tui marks sync ~/shared/marks --json",
        ),
        "[TARGET]",
        "a folder that all of you see, or postgresql://...; without it that of the settings",
    ),
    "private": MarksAction(
        "keep a list, and what is in no other one, from every sync",
        ("list", "off"),
        (
            "cable-tui marks private --list 'TIP story'",
            "cable-tui marks private --list 'TIP story' --off",
        ),
    ),
    "author": MarksAction(
        "the other names that bookmarks here are signed with; with --mine one that is yours",
        ("mine", "off", "force", "json"),
        ("cable-tui marks author", "cable-tui marks author --mine mreader"),
    ),
}
_OPTIONS: dict[str, Mapping[str, Any]] = {
    "note": {"metavar": "TEXT", "default": "", "help": "the note"},
    "list": {"metavar": "NAME", "type": one_line, "help": "the list"},
    "search": {"metavar": "NAME", "type": one_line, "help": "the saved search"},
    "to": {"metavar": "N", "type": from_1, "help": "the place in the list, from 1"},
    "force": {
        "action": "store_true",
        "help": "also what has a note, is in a list or came from elsewhere",
    },
    "init": {"action": "store_true", "help": "make the target first, unless it is there"},
    "follow": {"action": "store_true", "help": "stay, and exchange whenever something is new"},
    "mine": {"metavar": "NAME", "help": "an earlier name of yours"},
    "off": {"action": "store_true", "help": "the list is for others again; the name is not yours"},
    "json": {"action": "store_true", "help": "as JSON"},
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Words and options of all actions."""
    lines = ", ".join(ACTIONS)
    parser.add_argument(
        "action",
        choices=tuple(ACTIONS),
        metavar="ACTION",
        help=f"one of {lines}; `cable-tui marks ACTION --help` says what it does",
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="[PATH] [REF[#N]] | FILE | NEW | QUERY",
        help="what it is done with",
    )
    for name, keywords in _OPTIONS.items():
        of = ", ".join(action for action, each in ACTIONS.items() if name in each.options)
        parser.add_argument(f"--{name}", **{**keywords, "help": f"{keywords['help']} ({of})"})


def configure_action(parser: argparse.ArgumentParser, name: str) -> None:
    """Words and options of one action."""
    each = ACTIONS[name]
    parser.add_argument("action", choices=(name,), help=argparse.SUPPRESS)
    parser.add_argument(
        "words", nargs="*", metavar=each.words, help=each.words_help or argparse.SUPPRESS
    )
    for option, keywords in _OPTIONS.items():
        if option in each.options:
            parser.add_argument(f"--{option}", **keywords)
        else:
            parser.set_defaults(**{option: keywords.get("default")})


def verb_of(name: str) -> Verb:
    """An action as a command, for its help."""
    each = ACTIONS[name]
    usage = f"cable-tui marks {name} {each.words}".rstrip()
    return Verb(f"marks {name}", usage, each.help, examples=each.examples)
