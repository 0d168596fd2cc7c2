"""The commands: their names, their modules, and their lines in the help.

A new command is one line here and one module of its name in this folder; help and completions are
made from both.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cable_tui.reports.table import REPORTS
from cable_tui.value import Value


class Verb(Value):
    """One command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    name: str
    """Its first word; of an action of a command both, `marks add`."""
    usage: str
    help: str
    takes_query: bool = False
    """A word that begins with `-` and is no option is a word of the query."""
    is_room: bool = False
    """It opens the reading room, which handles signals itself."""
    is_of_the_program: bool = False
    """It is about what the program keeps: `--private` gives it no places of its own."""
    examples: tuple[str, ...] = ()
    """Two command lines, for the end of its help."""
    is_report: bool = False
    """Its module is the one door of all reports."""

    @property
    def sentence(self) -> str:
        """What it does, as a sentence."""
        whole = f"{self.help[0].upper()}{self.help[1:]}"
        return whole if whole.endswith((".", "?")) else f"{whole}."

    def module(self) -> Any:
        """The command's module, imported now: each imports only what it needs."""
        if self.is_report:
            command = import_module("cable_tui.cli.reports").ReportCommand
            return command(REPORTS[self.name].report)
        return import_module(f"cable_tui.cli.{self.name.partition(' ')[0]}")


OPEN = Verb(
    "open",
    "cable-tui [PATH] [-q QUERY] [--ref REF]",
    "open the reading room on a folder of cables (default: the one opened last)",
    is_room=True,
    examples=(
        "cable-tui ~/cables -q 'tag:KTIP minors'",
        "cable-tui ~/cables --ref '09CASABLANCA27#3'",
    ),
)
_VERBS = (
    Verb(
        "demo",
        "cable-tui demo [--tour]",
        "a small fictional archive, to look around",
        is_room=True,
        examples=("cable-tui demo", "cable-tui demo --tour"),
    ),
    Verb(
        "index",
        "cable-tui index PATH",
        "build or update the cache of an archive",
        examples=("cable-tui index ~/cables", "cable-tui index ~/cables --rebuild --json"),
    ),
    Verb(
        "search",
        "cable-tui search PATH QUERY",
        "find cables, one line each",
        takes_query=True,
        examples=(
            "cable-tui search ~/cables 'tag:KTIP minors' --passages",
            "cable-tui search ~/cables --batch names.txt > hits.csv",
        ),
    ),
    Verb(
        "show",
        "cable-tui show PATH REF[#N]",
        "a cable, or one paragraph, as text",
        examples=(
            "cable-tui show ~/cables 09CASABLANCA27#3",
            "cable-tui show ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "cite",
        "cable-tui cite PATH REF[#N]",
        "a reference, link, quotation, note ...",
        examples=(
            "cable-tui cite ~/cables 09CASABLANCA27#3 --style citation",
            "cable-tui cite ~/cables 09CASABLANCA27 --style bibtex",
        ),
    ),
    Verb(
        "references",
        "cable-tui references PATH REF",
        "what a cable cites, and who cites it",
        examples=(
            "cable-tui references ~/cables 09CASABLANCA27",
            "cable-tui references ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "explain",
        "cable-tui explain WORD | PATH REF[#N]",
        "TAGS, posts, captions, markings, acronyms",
        examples=(
            "cable-tui explain NOFORN",
            "cable-tui explain ~/cables 09CASABLANCA27#3 --word PD",
        ),
    ),
    Verb(
        "pick",
        "cable-tui pick PATH [QUERY]",
        "choose in the room; references go to stdout",
        takes_query=True,
        is_room=True,
        examples=(
            "cable-tui pick ~/cables > chosen.txt",
            "cable-tui pick ~/cables tag:KTIP | xargs -n1 cable-tui show ~/cables",
        ),
    ),
    Verb(
        "export",
        "cable-tui export PATH [QUERY]",
        "many cables as one file",
        takes_query=True,
        examples=(
            "cable-tui export ~/cables origin:rabat --format csv -o rabat.csv",
            "cable-tui export ~/cables --list 'TIP story' --format markdown -o -",
        ),
    ),
    Verb(
        "verify",
        "cable-tui verify FILE [PATH]",
        "was a sealed dossier changed? are its texts those of an archive?",
        examples=(
            "cable-tui verify maps.zip",
            "cable-tui verify maps.zip ~/cables --json",
        ),
    ),
    Verb(
        "marks",
        "cable-tui marks ACTION [PATH] [REF[#N]] | FILE",
        "your bookmarks and notes",
        examples=(
            "cable-tui marks add ~/cables 09CASABLANCA27#3 --note 'check the figure'",
            "cable-tui marks export marks.json",
        ),
    ),
    Verb(
        "stats",
        "cable-tui stats PATH [QUERY]",
        "count cables: what is in an archive, or in an answer",
        takes_query=True,
        examples=(
            "cable-tui stats ~/cables tag:KTIP --by post,year",
            "cable-tui stats ~/cables 'class:secret uranium' --by year --chart",
        ),
    ),
    Verb(
        "compare",
        "cable-tui compare PATH [REF [REF]]",
        "two records of a cable, or two cables, side by side",
        examples=(
            "cable-tui compare ~/cables",
            "cable-tui compare ~/cables 09CASABLANCA27 09RABAT12 --full",
        ),
    ),
    *(
        Verb(
            each.name,
            each.usage,
            each.help,
            takes_query=each.takes_query,
            examples=each.examples,
            is_report=not each.has_own_command,
        )
        for each in REPORTS.values()
    ),
    Verb(
        "check",
        "cable-tui check PATH DRAFT",
        "the quotations and citations of a draft: right, altered, not here",
        examples=(
            "cable-tui check ~/cables article.txt",
            "cable-tui check ~/cables article.txt --room --no-index",
        ),
    ),
    Verb(
        "doctor",
        "cable-tui doctor [PATH]",
        "is all well? repairs nothing",
        examples=("cable-tui doctor ~/cables", "cable-tui doctor --clipboard"),
        is_of_the_program=True,
    ),
    Verb(
        "forget",
        "cable-tui forget PATH | --everything",
        "remove cache and history of an archive, or all that is kept",
        examples=("cable-tui forget ~/cables --all", "cable-tui forget --everything"),
        is_of_the_program=True,
    ),
    Verb(
        "paths",
        "cable-tui paths [PATH]",
        "where the program keeps its own files",
        examples=("cable-tui paths", "cable-tui paths ~/cables --json"),
        is_of_the_program=True,
    ),
    Verb(
        "serve",
        "cable-tui serve PATH",
        "the reading room in a browser, a room for each visitor (an extra)",
        examples=("cable-tui serve ~/cables", "cable-tui serve ~/cables --port 0 --private"),
    ),
    Verb(
        "completions",
        "cable-tui completions bash|zsh|fish|powershell",
        "complete commands in your shell",
        examples=(
            "cable-tui completions bash > ~/.cable-tui.bash",
            "cable-tui completions fish > ~/.config/fish/completions/cable-tui.fish",
        ),
        is_of_the_program=True,
    ),
)
VERBS: dict[str, Verb] = {verb.name: verb for verb in _VERBS}
"""Every command by its first word."""
