"""The commands: their names, their modules, and their lines in the help.

A new command is one line here and one module of its name in this folder; help and completions are
made from both.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from cable_tui.value import Value


class Verb(Value):
    """One command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    name: str
    usage: str
    help: str
    takes_query: bool = False
    """A word that begins with `-` and is no option is a word of the query."""
    is_room: bool = False
    """It opens the reading room, which handles signals itself."""

    def module(self) -> ModuleType:
        """The command's module, imported now: each imports only what it needs."""
        return import_module(f"cable_tui.cli.{self.name}")


OPEN = Verb(
    "open",
    "cable-tui [PATH] [-q QUERY] [--ref REF]",
    "open the reading room on a folder of cables (default: the one opened last)",
    is_room=True,
)
_VERBS = (
    Verb("demo", "cable-tui demo", "a small fictional archive, to look around", is_room=True),
    Verb("index", "cable-tui index PATH", "build or update the cache of an archive"),
    Verb("search", "cable-tui search PATH QUERY", "find cables, one line each", takes_query=True),
    Verb("show", "cable-tui show PATH REF[#N]", "a cable, or one paragraph, as text"),
    Verb("cite", "cable-tui cite PATH REF[#N]", "a reference, link, quotation, note ..."),
    Verb(
        "pick",
        "cable-tui pick PATH [QUERY]",
        "choose in the room; references go to stdout",
        takes_query=True,
        is_room=True,
    ),
    Verb("export", "cable-tui export PATH [QUERY]", "many cables as one file", takes_query=True),
    Verb(
        "marks",
        "cable-tui marks add|list|remove [PATH] [REF[#N]] | export|import FILE",
        "your bookmarks and notes",
    ),
    Verb("stats", "cable-tui stats PATH", "what is in an archive"),
    Verb("missing", "cable-tui missing PATH", "cables that are cited but not here"),
    Verb("problems", "cable-tui problems PATH", "files that would not parse"),
    Verb("doctor", "cable-tui doctor [PATH]", "is all well? repairs nothing"),
    Verb("forget", "cable-tui forget PATH", "remove cache and history of an archive, or of all"),
    Verb("paths", "cable-tui paths [PATH]", "where the program keeps its own files"),
    Verb("completions", "cable-tui completions bash|zsh|fish", "complete commands in your shell"),
)
VERBS: dict[str, Verb] = {verb.name: verb for verb in _VERBS}
"""Every command by its first word."""
