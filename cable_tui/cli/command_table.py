"""The commands: their names, their modules, and their lines in the help.

A new command of the core is a row here and one module of its name in this folder, one of a tool is
in the row of the tool; help and completions are made from both.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cable_tui.base.tools import CommandRow, ReportRow, load, tools
from cable_tui.reports.table import REPORTS


class Verb(CommandRow):
    """One command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    is_report: bool = False
    """Whether its module is that of all reports."""

    @property
    def sentence(self) -> str:
        """A sentence on what it does."""
        whole = f"{self.help[0].upper()}{self.help[1:]}"
        return whole if whole.endswith((".", "?")) else f"{whole}."

    def module(self) -> Any:
        """Return the command's module, imported now: each imports only what it needs."""
        if self.is_report:
            command = import_module("cable_tui.cli.reports").ReportCommand
            return command(REPORTS[self.name])
        if self.tool_module:
            return load(self.tool_module)
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
_CORE = (
    Verb(
        "demo",
        "cable-tui demo",
        "a small fictional archive, to look around",
        position=10,
        is_room=True,
        examples=("cable-tui demo", "cable-tui demo --private"),
    ),
    Verb(
        "index",
        "cable-tui index PATH",
        "build or update the cache of an archive",
        position=20,
        examples=("cable-tui index ~/cables", "cable-tui index ~/cables --rebuild --json"),
    ),
    Verb(
        "search",
        "cable-tui search PATH QUERY",
        "find cables, one line each",
        position=30,
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
        position=40,
        examples=(
            "cable-tui show ~/cables 09CASABLANCA27#3",
            "cable-tui show ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "cite",
        "cable-tui cite PATH REF[#N]",
        "a reference, link, quotation, note ...",
        position=50,
        examples=(
            "cable-tui cite ~/cables 09CASABLANCA27#3 --style citation",
            "cable-tui cite ~/cables 09CASABLANCA27 --style bibtex",
        ),
    ),
    Verb(
        "references",
        "cable-tui references PATH REF",
        "what a cable cites, and who cites it",
        position=60,
        examples=(
            "cable-tui references ~/cables 09CASABLANCA27",
            "cable-tui references ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "explain",
        "cable-tui explain WORD... | PATH REF[#N] | PATH WORD...",
        "TAGS, posts, captions, markings, acronyms",
        position=70,
        examples=(
            "cable-tui explain KNNP NOFORN",
            "cable-tui explain ~/cables 09CASABLANCA27#3 --word PD",
        ),
    ),
    Verb(
        "pick",
        "cable-tui pick PATH [QUERY]",
        "choose in the room; references go to stdout",
        position=80,
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
        position=90,
        takes_query=True,
        examples=(
            "cable-tui export ~/cables origin:rabat --format csv -o rabat.csv",
            "cable-tui export ~/cables --list 'TIP story' --format markdown -o -",
        ),
    ),
    Verb(
        "marks",
        "cable-tui marks ACTION [PATH] [REF[#N]] | FILE",
        "your bookmarks and notes",
        position=110,
        examples=(
            "cable-tui marks add ~/cables 09CASABLANCA27#3 --note 'check the figure'",
            "cable-tui marks export marks.json",
        ),
    ),
    Verb(
        "stats",
        "cable-tui stats PATH [QUERY]",
        "count cables: what is in an archive, or in an answer",
        position=120,
        takes_query=True,
        examples=(
            "cable-tui stats ~/cables tag:KTIP --by post,year",
            "cable-tui stats ~/cables 'class:secret uranium' --by year --chart",
        ),
    ),
    Verb(
        "doctor",
        "cable-tui doctor [PATH]",
        "is all well? repairs nothing",
        position=410,
        is_of_the_program=True,
        examples=("cable-tui doctor ~/cables", "cable-tui doctor --clipboard"),
    ),
    Verb(
        "forget",
        "cable-tui forget PATH | --everything",
        "remove cache and history of an archive, or all that is kept",
        position=420,
        is_of_the_program=True,
        examples=("cable-tui forget ~/cables --all", "cable-tui forget --everything"),
    ),
    Verb(
        "paths",
        "cable-tui paths [PATH]",
        "where the program keeps its own files",
        position=430,
        is_of_the_program=True,
        examples=("cable-tui paths", "cable-tui paths ~/cables --json"),
    ),
    Verb(
        "completions",
        "cable-tui completions bash|zsh|fish|powershell",
        "complete commands in your shell",
        position=450,
        is_of_the_program=True,
        examples=(
            "cable-tui completions bash > ~/.cable-tui.bash",
            "cable-tui completions fish > ~/.config/fish/completions/cable-tui.fish",
        ),
    ),
)


def _of_report(row: ReportRow) -> Verb:
    is_of_tool = bool(row.command and row.module)
    return Verb(
        row.name,
        row.usage,
        row.help,
        takes_query=row.takes_query,
        examples=row.examples,
        position=row.position,
        tool_module=row.command if is_of_tool else "",
        is_report=not row.command,
    )


_ALL = (
    *_CORE,
    *map(_of_report, REPORTS.values()),
    *(Verb(**vars(row)) for tool in tools() for row in tool.commands),
)
VERBS: dict[str, Verb] = {verb.name: verb for verb in sorted(_ALL, key=lambda verb: verb.position)}
"""Every command by its first word; one of a tool in place of one of the core with its name."""
