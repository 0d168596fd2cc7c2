"""REPORTS: each report with its module and its lines in the menu of `g` and in the help.

A new report is a module in this folder and a row here. Rows import nothing, so that menus, help and
completions load no report.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from cable_tui.base.value import Value

if TYPE_CHECKING:
    from cable_tui.reports.report import Report


MenuGroup = Literal["This cable", "These results", "The archive", "Yours"]
"""A heading of the menu of `g`."""


class MenuLine(NamedTuple):
    """A line of the menu of `g`, of two to five words."""

    key: str
    label: str
    group: MenuGroup = "These results"
    how: str = ""
    """The argument of `Report.begin`, if a report has several lines."""


class ReportEntry(Value):
    """A row of the table."""

    name: str
    """The name of the command, the page, and the module in this folder whose `REPORT` it is."""
    usage: str
    help: str
    """A phrase for the list of commands."""
    menu: tuple[MenuLine, ...]
    takes_query: bool = False
    """Whether it takes a query, as in `Verb`."""
    has_own_command: bool = False
    """Whether its command is a module of its own in `cli`: its answer is more than rows."""
    examples: tuple[str, ...] = ()
    """Two command lines."""

    @property
    def report(self) -> Report[Any]:
        """The report, imported now."""
        found: Report[Any] = import_module(f"cable_tui.reports.{self.name}").REPORT
        return found


_ALL = (
    ReportEntry(
        "echoes",
        "cable-tui echoes PATH [REF]",
        "repeated sentences: boilerplate, recycled passages, near-copies",
        (
            MenuLine("a", "sentences repeated elsewhere", "This cable"),
            MenuLine("A", "most repeated sentences", "The archive", "archive"),
        ),
        examples=(
            "cable-tui echoes ~/cables 09CASABLANCA27",
            "cable-tui echoes ~/cables --limit 50 --json",
        ),
    ),
    ReportEntry(
        "concordance",
        "cable-tui concordance PATH QUERY",
        "every occurrence of the words, each in its context",
        (MenuLine("k", "words in their context"),),
        takes_query=True,
        examples=(
            "cable-tui concordance ~/cables 'minors tag:KTIP'",
            "cable-tui concordance ~/cables uranium --sort left --limit 500",
        ),
    ),
    ReportEntry(
        "curve",
        "cable-tui curve PATH QUERY...",
        "how large a share of each month's cables queries find",
        (MenuLine("u", "share over time"),),
        takes_query=True,
        examples=(
            "cable-tui curve ~/cables uranium 'minors tag:KTIP'",
            "cable-tui curve ~/cables uranium --by post --csv > uranium.csv",
        ),
    ),
    ReportEntry(
        "people",
        "cable-tui people PATH [QUERY]",
        "who is named in cables, to be confirmed by you",
        (MenuLine("P", "people named in them"),),
        takes_query=True,
        examples=(
            "cable-tui people ~/cables date:2004..2006 --limit 20",
            "cable-tui people ~/cables --confirm Blanchard --as 'Thaddeus Blanchard'",
        ),
    ),
    ReportEntry(
        "protect",
        "cable-tui protect PATH [QUERY]",
        "where cables ask that somebody be protected, to be answered by you",
        (MenuLine("!", "protection requests"),),
        takes_query=True,
        examples=(
            "cable-tui protect ~/cables --unanswered",
            "cable-tui protect ~/cables --csv > answers.csv",
        ),
    ),
    ReportEntry(
        "chain",
        "cable-tui chain PATH REF",
        "the cables linked to one by citations, as a dated story",
        (MenuLine("t", "citation chain", "This cable"),),
        has_own_command=True,
        examples=(
            "cable-tui chain ~/cables 09CASABLANCA27 --depth 2",
            "cable-tui chain ~/cables 09CASABLANCA27 --format gexf -o chain.gexf",
        ),
    ),
    ReportEntry(
        "problems",
        "cable-tui problems PATH",
        "files that could not be parsed",
        (MenuLine("e", "unreadable files", "The archive"),),
        has_own_command=True,
        examples=("cable-tui problems ~/cables", "cable-tui problems ~/cables --json"),
    ),
    ReportEntry(
        "log",
        "cable-tui log [PATH] [--format markdown|csv|json]",
        "what you searched for, with numbers and dates: a research log",
        (MenuLine("o", "research log", "Yours"),),
        has_own_command=True,
        examples=("cable-tui log ~/cables", "cable-tui log --format markdown -o methods.md"),
    ),
    ReportEntry(
        "missing",
        "cable-tui missing PATH",
        "cables that are cited but not here",
        (MenuLine("x", "missing cables", "The archive"),),
        examples=("cable-tui missing ~/cables", "cable-tui missing ~/cables --gaps --post rabat"),
    ),
    ReportEntry(
        "words",
        "cable-tui words PATH QUERY",
        "the words that are typical of some cables",
        (MenuLine("T", "typical words"),),
        takes_query=True,
        examples=(
            "cable-tui words ~/cables kettle --limit 30",
            "cable-tui words ~/cables origin:quayhaven --against date:2004.. --least 2",
        ),
    ),
    ReportEntry(
        "traffic",
        "cable-tui traffic PATH [QUERY]",
        "who wrote to whom: senders and addressees, counted by year",
        (MenuLine("W", "who wrote to whom"),),
        takes_query=True,
        examples=(
            "cable-tui traffic ~/cables date:2004.. --info --limit 20",
            "cable-tui traffic ~/cables kettle --format graphml > traffic.graphml",
        ),
    ),
)
REPORTS: dict[str, ReportEntry] = {each.name: each for each in _ALL}
"""Every report by its name."""
