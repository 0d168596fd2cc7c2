"""The commands: their names, their modules, and their lines in the help.

A new command is one entry of a table here and one module of its name in this folder; help and
completions are made from both.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from cable_tui.base.value import Value
from cable_tui.reports.table import REPORTS


class Verb(Value):
    """One command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    name: str
    """Its first word; for an action of a command both words, `marks add`."""
    usage: str
    help: str
    takes_query: bool = False
    """Whether a word that begins with `-` and is not an option is a word of the query."""
    is_room: bool = False
    """Whether it opens the reading room, which handles signals itself."""
    is_of_the_program: bool = False
    """Whether it concerns the program's own files: with `--private` it still sees the real ones."""
    examples: tuple[str, ...] = ()
    """Two command lines, for the end of its help."""
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
_BEFORE_REPORTS = """\
demo [--tour]
    a small fictional archive, to look around
    cable-tui demo
    cable-tui demo --tour
index PATH
    build or update the cache of an archive
    cable-tui index ~/cables
    cable-tui index ~/cables --rebuild --json
search PATH QUERY
    find cables, one line each
    cable-tui search ~/cables 'tag:KTIP minors' --passages
    cable-tui search ~/cables --batch names.txt > hits.csv
show PATH REF[#N]
    a cable, or one paragraph, as text
    cable-tui show ~/cables 09CASABLANCA27#3
    cable-tui show ~/cables 09CASABLANCA27 --json
cite PATH REF[#N]
    a reference, link, quotation, note ...
    cable-tui cite ~/cables 09CASABLANCA27#3 --style citation
    cable-tui cite ~/cables 09CASABLANCA27 --style bibtex
references PATH REF
    what a cable cites, and who cites it
    cable-tui references ~/cables 09CASABLANCA27
    cable-tui references ~/cables 09CASABLANCA27 --json
explain WORD... | PATH REF[#N] | PATH WORD...
    TAGS, posts, captions, markings, acronyms
    cable-tui explain KNNP NOFORN
    cable-tui explain ~/cables 09CASABLANCA27#3 --word PD
pick PATH [QUERY]
    choose in the room; references go to stdout
    cable-tui pick ~/cables > chosen.txt
    cable-tui pick ~/cables tag:KTIP | xargs -n1 cable-tui show ~/cables
export PATH [QUERY]
    many cables as one file
    cable-tui export ~/cables origin:rabat --format csv -o rabat.csv
    cable-tui export ~/cables --list 'TIP story' --format markdown -o -
verify FILE [PATH]
    was a verifiable dossier changed? are its texts those of an archive?
    cable-tui verify maps.zip
    cable-tui verify maps.zip ~/cables --json
marks ACTION [PATH] [REF[#N]] | FILE
    your bookmarks and notes
    cable-tui marks add ~/cables 09CASABLANCA27#3 --note 'check the figure'
    cable-tui marks export marks.json
stats PATH [QUERY]
    count cables: what is in an archive, or in an answer
    cable-tui stats ~/cables tag:KTIP --by post,year
    cable-tui stats ~/cables 'class:secret uranium' --by year --chart
compare PATH [REF [REF]]
    two records of a cable, or two cables, side by side
    cable-tui compare ~/cables
    cable-tui compare ~/cables 09CASABLANCA27 09RABAT12 --full
"""
"""A line for each command, as it is typed; indented below it what it does, and two examples.

The reports, which `reports.table` lists, come after these in the help, and then the rest.
"""
_AFTER_REPORTS = """\
check PATH DRAFT
    the quotations and citations of a draft: right, altered, not here
    cable-tui check ~/cables article.txt
    cable-tui check ~/cables article.txt --room --no-index
doctor [PATH]
    is all well? repairs nothing
    cable-tui doctor ~/cables
    cable-tui doctor --clipboard
forget PATH | --everything
    remove cache and history of an archive, or all that is kept
    cable-tui forget ~/cables --all
    cable-tui forget --everything
paths [PATH]
    where the program keeps its own files
    cable-tui paths
    cable-tui paths ~/cables --json
serve PATH
    the reading room in a browser, a room for each visitor (an extra)
    cable-tui serve ~/cables
    cable-tui serve ~/cables --port 0 --private
completions bash|zsh|fish|powershell
    complete commands in your shell
    cable-tui completions bash > ~/.cable-tui.bash
    cable-tui completions fish > ~/.config/fish/completions/cable-tui.fish
"""
_TAKE_QUERY = ("search", "pick", "export", "stats")
_ROOMS = ("demo", "pick")
_OF_THE_PROGRAM = ("doctor", "forget", "paths", "completions")
"""The commands for which `Verb.takes_query`, `is_room` or `is_of_the_program` is true."""


def entries(table: str) -> Iterator[list[str]]:
    """Yield the lines of each entry of a table.

    One that is not indented, and the indented ones below.
    """
    entry: list[str] = []
    for line in table.splitlines():
        if entry and not line.startswith(" "):
            yield entry
            entry = []
        entry.append(line.strip())
    yield entry


def _verbs(table: str) -> Iterator[Verb]:
    for usage, what, *examples in entries(table):
        name = usage.partition(" ")[0]
        yield Verb(
            name,
            f"cable-tui {usage}",
            what,
            takes_query=name in _TAKE_QUERY,
            is_room=name in _ROOMS,
            is_of_the_program=name in _OF_THE_PROGRAM,
            examples=tuple(examples),
        )


_REPORTS = (
    Verb(
        each.name,
        each.usage,
        each.help,
        takes_query=each.takes_query,
        examples=each.examples,
        is_report=not each.has_own_command,
    )
    for each in REPORTS.values()
)
VERBS: dict[str, Verb] = {
    verb.name: verb for verb in (*_verbs(_BEFORE_REPORTS), *_REPORTS, *_verbs(_AFTER_REPORTS))
}
"""Every command by its first word."""
