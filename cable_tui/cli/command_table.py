"""The commands: their names, modules and help lines.

To add a command to the core, add a row here and a module with the same name in this folder. A
tool's command is in the tool's row. Help and completions are made from both.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, get_args

from cable_tui.base.tools import CommandRow, HelpGroup, ReportRow, load, tools
from cable_tui.reports.table import REPORTS


class Verb(CommandRow):
    """A command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    core_module: str = ""
    """The module of a core command below `cli`, if it is not named after the command."""
    is_report: bool = False
    """Whether the command prints a report; all reports share one module."""

    @property
    def sentence(self) -> str:
        """The help line as a sentence, with a capital and a full stop."""
        help_sentence = f"{self.help[0].upper()}{self.help[1:]}"
        return help_sentence if help_sentence.endswith((".", "?")) else f"{help_sentence}."

    def module(self) -> Any:
        """Import and return the command's module. Each module imports only what it needs."""
        if self.is_report:
            report_command = import_module("cable_tui.cli.reports").ReportCommand
            return report_command(REPORTS[self.name])
        if self.tool_module:
            return load(self.tool_module)
        module = self.core_module or self.name.partition(" ")[0]
        return import_module(f"cable_tui.cli.{module}")


OPEN = Verb(
    "open",
    "cable-tui [PATH] [-q QUERY] [--ref REF]",
    "open the reading room on a folder of cables (default: the last one)",
    group="Read",
    is_room=True,
    examples=(
        "cable-tui ~/cables -q 'tag:KTIP minors'",
        "cable-tui ~/cables --ref '09CASABLANCA27#3'",
    ),
)
QUERIES = Verb("search queries", "cable-tui help queries", "the query language")
"""The help on queries, in the form of a command that cannot be run."""
AS_DATA = Verb(
    "help",
    "cable-tui help [COMMAND] --json",
    "print every command, option, exit status and schema as data",
    group="Manage",
    is_of_the_program=True,
    examples=("cable-tui help --json", "cable-tui help search --json"),
    core_module="for_programs.help_json",
)
"""The help for programs; it has the same first word as every other help."""
_CORE = (
    Verb(
        "demo",
        "cable-tui demo",
        "explore a small archive of invented cables",
        group="Read",
        position=10,
        is_room=True,
        examples=("cable-tui demo", "cable-tui demo --private"),
    ),
    Verb(
        "index",
        "cable-tui index PATH",
        "build or update the cache of an archive",
        group="Manage",
        position=20,
        examples=("cable-tui index ~/cables", "cable-tui index ~/cables --rebuild --json"),
    ),
    Verb(
        "describe",
        "cable-tui describe PATH",
        "summarize an archive: years, posts, prefixes, gaps",
        group="Read",
        position=20,
        examples=("cable-tui describe ~/cables", "cable-tui describe ~/cables --json"),
        core_module="for_programs.describe",
    ),
    Verb(
        "search",
        "cable-tui search PATH QUERY",
        "find cables and list them, one per line",
        group="Read",
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
        "print a cable, or one paragraph, as text",
        group="Read",
        position=40,
        examples=(
            "cable-tui show ~/cables 09CASABLANCA27#3",
            "cable-tui show ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "cite",
        "cable-tui cite PATH REF[#N]",
        "print a reference, link, quotation or footnote",
        group="Write",
        position=50,
        examples=(
            "cable-tui cite ~/cables 09CASABLANCA27#3 --style footnote",
            "cable-tui cite ~/cables 09CASABLANCA27 --style bibtex",
        ),
    ),
    Verb(
        "references",
        "cable-tui references PATH REF",
        "list the cables a cable cites and the cables citing it",
        group="Read",
        position=60,
        examples=(
            "cable-tui references ~/cables 09CASABLANCA27",
            "cable-tui references ~/cables 09CASABLANCA27 --json",
        ),
    ),
    Verb(
        "explain",
        "cable-tui explain WORD... | PATH REF[#N] | PATH WORD...",
        "explain TAGS, posts, captions, markings and acronyms",
        group="Read",
        position=70,
        examples=(
            "cable-tui explain KNNP NOFORN",
            "cable-tui explain ~/cables 09CASABLANCA27#3 --word PD",
        ),
    ),
    Verb(
        "pick",
        "cable-tui pick PATH [QUERY]",
        "choose cables on screen and print their references",
        group="Read",
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
        "export cables to one file",
        group="Write",
        position=90,
        takes_query=True,
        examples=(
            "cable-tui export ~/cables origin:rabat --format csv -o rabat.csv",
            "cable-tui export ~/cables --list 'TIP story' --format markdown -o -",
        ),
    ),
    Verb(
        "bookmarks",
        "cable-tui bookmarks ACTION [PATH] [REF[#N]] | FILE",
        "keep bookmarks, notes, lists and saved searches",
        group="Write",
        aliases=("marks",),
        position=60,
        examples=(
            "cable-tui bookmarks add ~/cables 09CASABLANCA27#3 --note 'check the figure'",
            "cable-tui bookmarks export marks.json",
        ),
    ),
    Verb(
        "run",
        "cable-tui run NAME PATH REF",
        "run a command of your own on a cable",
        group="Write",
        position=75,
        examples=(
            "cable-tui run translate ~/cables 09CASABLANCA27",
            "cable-tui run translate ~/cables 09CASABLANCA27 --yes > translated.txt",
        ),
        core_module="own_command",
    ),
    Verb(
        "doctor",
        "cable-tui doctor [PATH]",
        "check the installation, the archive and your bookmarks",
        group="Manage",
        position=410,
        is_of_the_program=True,
        examples=("cable-tui doctor ~/cables", "cable-tui doctor --clipboard"),
    ),
    Verb(
        "forget",
        "cable-tui forget PATH | --everything",
        "remove the cache and history of an archive, or all data",
        group="Manage",
        position=420,
        is_of_the_program=True,
        examples=("cable-tui forget ~/cables --all", "cable-tui forget --everything"),
    ),
    Verb(
        "paths",
        "cable-tui paths [PATH]",
        "list the program's own files and folders",
        group="Manage",
        position=430,
        is_of_the_program=True,
        examples=("cable-tui paths", "cable-tui paths ~/cables --json"),
    ),
    Verb(
        "skill",
        "cable-tui skill [ASSISTANT]",
        "print or install instructions for assistants that use a shell",
        group="Manage",
        position=460,
        is_of_the_program=True,
        examples=("cable-tui skill", "cable-tui skill claude --install --yes"),
        core_module="for_programs.skill",
    ),
    Verb(
        "completions",
        "cable-tui completions bash|zsh|fish|powershell",
        "print completions for your shell",
        group="Manage",
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
        group=row.group,
        aliases=row.aliases,
        tool_module=row.command if is_of_tool else "",
        is_report=not row.command,
    )


_ALL = (
    *_CORE,
    *map(_of_report, REPORTS.values()),
    *(Verb(**vars(row)) for tool in tools() for row in tool.commands),
)
GROUPS: tuple[HelpGroup, ...] = get_args(HelpGroup)
VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in sorted(_ALL, key=lambda verb: (GROUPS.index(verb.group), verb.position))
}
"""Every command by its first word. A tool's command replaces a core command of the same name."""
ALIASES: dict[str, tuple[Verb, list[str]]] = {
    word: (verb, options)
    for verb in VERBS.values()
    for alias in verb.aliases
    for word, *options in [alias.split()]
}
"""Other names of commands, each with its command and the options that it implies."""
