"""Tools: what each of them adds, as a row, and the one place that imports them by name.

The core is what every reader of cables needs. A tool stands on it: a folder in `cable_tui/tools`
and a row in `tools/table.py`. The core never imports a tool. It asks the rows what there is, and
`load` imports a module when it is used, so that a tool costs nothing until then. Names of modules
are relative to `cable_tui.tools`: `trend.report`, and `trend.report:REPORT` for a name in one.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Literal

from cable_tui.base.value import Value

MenuGroup = Literal["This cable", "These results", "The archive", "Yours"]
"""A heading of the menu of `g`."""
HelpGroup = Literal["Read", "Ask", "Write", "Manage"]
"""A heading of the list of commands."""


class MenuLine(Value):
    """A line of the menu of `g`, of two to five words."""

    key: str
    label: str
    group: MenuGroup = "These results"
    how: str = ""
    """The argument of `Report.begin`, if a report has several lines."""


class ReportRow(Value):
    """A report: its command and its lines in the menu of `g`, without the report itself."""

    name: str
    """The name of the command and the page."""
    usage: str
    help: str
    """A phrase for the list of commands."""
    menu: tuple[MenuLine, ...]
    position: int
    """Its position in its group of the help and in the menu: a lower one comes first."""
    group: HelpGroup = "Ask"
    aliases: tuple[str, ...] = ()
    """Other first words, which no help lists, each with the options that it stands for."""
    takes_query: bool = False
    """Whether it takes a query, as in `CommandRow`."""
    command: str = ""
    """The module of its command, if its answer is more than rows."""
    changes: str = ""
    """The module of the options that change something: `configure` and `change`."""
    examples: tuple[str, ...] = ()
    """Two command lines."""
    module: str = ""
    """The module with its `REPORT`, in the folder of a tool; empty for a core report."""

    @property
    def report(self) -> Any:
        """The report, imported now: a `cable_tui.reports.report.Report`."""
        module = load(self.module) if self.module else _core_report(self.name)
        return module.REPORT


class CommandRow(Value):
    """A command. Its module has `configure(parser)` and `run(context) -> exit status`."""

    name: str
    """Its first word; for an action of a command both words, `bookmarks add`."""
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
    position: int = 0
    """Its position in its group of the help: a lower one comes first."""
    group: HelpGroup = "Ask"
    aliases: tuple[str, ...] = ()
    """As in `ReportRow`."""
    tool_module: str = ""
    """Its module in the folder of a tool; empty for a command of the core."""


class QueryField(Value):
    """A prefix of the query language, such as `list:` in the core."""

    name: str
    source: Literal["own", "text"]
    """The source of its values: names that the reader has given, or the words of texts."""
    help: str
    """A phrase for its meaning, and after `: ` examples with commas between them."""
    noun: str
    """What it finds words in, or what its values are the names of, in the singular."""
    after: str
    """The prefix of the core that comes before it in the help."""
    answers: str
    """The module that answers it: an `archive.search.text_answers.TextAnswers` for texts, and a
    `query.reader_terms.WordNameSource` for the reader's names."""
    narrows: bool = False
    """Whether two of this prefix must both hold; else they are alternatives."""


class KeyRow(Value):
    """A command of the reading room: its keys, what it does, and the words for it."""

    name: str
    """Its id in `[keys]` of the settings."""
    keys: str
    """Textual's names, with spaces between them; empty for one that is called by its label."""
    label: str
    """One or two words for the footer."""
    help: str
    """One sentence for the help and the palette."""
    after: str
    """The id of the command of the core that it follows in help and tables."""
    position: int = 0
    """Its position among those that follow the same command: a lower one comes first."""
    action: str = ""
    """The class of its action, which is made without arguments; empty if it opens a report."""
    report: str = ""
    """The report to open; empty if it has an action."""
    typing: bool = False
    """Whether it also works while letters are text."""
    in_dialogs: str = ""
    """The class of an action that its keys do while a dialog is open."""


class ActionLine(Value):
    """A line of the menu of `g` that is no report."""

    name: str
    """Its id is `menu.` and this."""
    key: str
    label: str
    group: MenuGroup
    help: str
    """One sentence for the palette."""
    after: str
    """The line of the core that it follows."""
    action: str
    """The class of its action, as in `KeyRow`."""


class KeptFile(Value):
    """A file in which a tool keeps what is the reader's, beside the file of bookmarks."""

    name: str
    """Its name: `people.json`."""
    content: str
    """Its content in words: `the people you confirmed`."""
    forget: str = ""
    """The function that removes an archive from it: `library.kept_files.Forget`. Empty if its
    content belongs to no archive."""
    forgotten: tuple[str, str, str] = ("", "", "")
    """Words for one and for several removed things, and the key of their number in JSON."""
    is_copied: bool = False
    """Whether a private session has a copy of it."""
    missed: str = ""
    """What such a session lacks if the copy fails, in words for a message; empty for no message."""
    additions: str = ""
    """The function that finds what such a session added: `library.kept_files.FindAdditions`."""


class MarksAction(Value):
    """An action of `cable-tui bookmarks`, which is a command with options of its own."""

    name: str
    words: str
    """What it takes: `[PATH] REF[#N]`."""
    options: frozenset[str]
    """Names of options of `marks`."""
    help: str
    words_help: str
    examples: tuple[str, ...]
    perform: str = ""
    """The function of a tool: `cli.bookmarks.Perform`."""


class MarksOption(Value):
    """An option of `cable-tui bookmarks` that only actions of a tool have."""

    name: str
    help: str
    metavar: str = ""
    """Its value; empty for one that is on or off."""


class ExportRow(Value):
    """A format of `export` that needs more than the cables of a list, or asks the reader first."""

    name: str
    """Its name for `export --format`."""
    label: str
    key: str
    """Its key in the menu of formats."""
    extension: str
    """The extension of the file's name."""
    places: str
    """The format of lists that has the same places."""
    options: str
    """The module of its options of `export`: `configure(parser)`, and their names in `OPTIONS`."""
    write: str
    """The function that writes it for the command: `cli.export.WriteFormat`."""
    room: str
    """What the room does with it: a `session.features.export_choices.RoomFormat`."""
    older: str = ""
    """An older name."""


class Tool(Value):
    """A tool: what it is for, what it stands on, and what it adds."""

    name: str
    """The name of its folder."""
    purpose: str
    """A phrase: what a reader does with it."""
    needs: tuple[str, ...] = ()
    """Tools that it cannot work without: if one is deleted, so is this."""
    uses: tuple[str, ...] = ()
    """Tools that it works with if they are there: without one, what needs that one is left out."""
    reports: tuple[ReportRow, ...] = ()
    commands: tuple[CommandRow, ...] = ()
    """Its commands. One with the name of a core command replaces it."""
    keys: tuple[KeyRow, ...] = ()
    menu: tuple[ActionLine, ...] = ()
    features: tuple[str, ...] = ()
    """Modules with its actions, steps and effects in the reading room."""
    exports: tuple[ExportRow, ...] = ()
    page_keys: tuple[tuple[str, str], ...] = ()
    """Keys of pages of other tools: the name of a report, and a `reports.report.PageKey`."""
    opened: tuple[str, ...] = ()
    """Functions with the first words on an archive: `tui.start.open_archive.Introduce`."""
    bundles: tuple[str, ...] = ()
    """Functions that read bookmarks for `bookmarks import`: `cli.bookmarks.ReadBundle`."""
    shows_requests: tuple[str, str] = ("", "")
    """Words on what shows protection requests, where texts go out: on the command line, with `{}`
    for an archive and a query, and in the room."""
    perhaps_protected: tuple[str, ...] = ()
    """Functions that find names in an opened cable that are perhaps protected:
    `session.features.opened_cable.PerhapsProtected`."""
    kept_files: tuple[KeptFile, ...] = ()
    marks_actions: tuple[MarksAction, ...] = ()
    marks_options: tuple[MarksOption, ...] = ()
    checks: tuple[str, ...] = ()
    """Functions that find out whether all is well with it: `cli.doctor.Check`."""
    beside: tuple[str, ...] = ()
    """Functions that start what runs beside an open archive: `background.beside.Start`."""
    watches: tuple[str, ...] = ()
    """Functions that look at each action after its step: `session.step.Watch`."""
    searched: tuple[str, ...] = ()
    """Functions that are told of each answered query of a command: a
    `cli.shared.query_args.Searched` each."""
    query_fields: tuple[QueryField, ...] = ()
    sentence_fields: tuple[str, ...] = ()
    """Fields of the index of sentences, each with those of one kind."""
    sentences: str = ""
    """The function that finds them in a text: an `archive.build.echo_pass.FindSentences`."""
    protected_names: str = ""
    """The function that finds names that a text asks to protect: an
    `archive.sentences.names.FindProtected`."""
    text_stamp: str = ""
    """A text that changes if these must be found again in all texts."""
    cable_json: tuple[str, ...] = ()
    """Functions of fields for the JSON of a body: an `exports.cable_json.BodyFields` each."""
    body_signs: tuple[str, ...] = ()
    """Functions of signs beside the lines of a body: a `tui.panes.cable.body_text.FindSigns`
    each."""
    hint: str = ""
    """What it says in a line above the status line: `tui.panes.bars.footer.FindHint`."""
    origin_notes: str = ""
    """What it knows of the origins in the library pane: `session.features.sidebar.ReadNotes`."""


@cache
def tools() -> tuple[Tool, ...]:
    """Return the rows of all tools that are there."""
    rows: tuple[Tool, ...] = load("table").TOOLS
    return rows


def load(name: str) -> Any:
    """Import a module of a tool now, and return it or a name in it.

    Raises `ImportError` if it is not there.
    """
    module, _, attribute = name.partition(":")
    loaded_module = import_module(f"cable_tui.tools.{module}")
    return getattr(loaded_module, attribute) if attribute else loaded_module


def tool_formats() -> dict[str, ExportRow]:
    """Return the formats of `export` that tools add, by their names."""
    return {row.name: row for tool in tools() for row in tool.exports}


def shows_requests() -> tuple[str, str]:
    """Return the words of the tool that shows protection requests; empty ones without it."""
    return next((tool.shows_requests for tool in tools() if any(tool.shows_requests)), ("", ""))


def _core_report(name: str) -> Any:
    return import_module(f"cable_tui.reports.{name}")
