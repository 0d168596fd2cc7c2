"""Descriptions of the tools as table rows, and the only function that imports tools by name.

The core contains what every reader of cables needs. A tool extends it with a folder in
`cable_tui/tools` and a row in `tools/table.py`. The core never imports a tool: it reads the rows to
see what is available, and `load` imports a module on first use, so an unused tool costs nothing.
Module names are relative to `cable_tui.tools`, such as `trend.report`, or `trend.report:REPORT` for
a name inside a module.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Literal

from cable_tui.base.value import Value

MenuGroup = Literal["This cable", "These results", "The archive", "Yours"]
"""A heading in the menu opened with `g`."""
HelpGroup = Literal["Read", "Ask", "Write", "Manage"]
"""A heading in the list of commands."""


class MenuLine(Value):
    """A line in the menu opened with `g`, of two to five words."""

    key: str
    label: str
    group: MenuGroup = "These results"
    how: str = ""
    """The argument for `Report.begin`, needed if a report has several lines in the menu."""


class ReportRow(Value):
    """The command and menu lines of a report, available without importing the report."""

    name: str
    """The name of both the command and the page."""
    usage: str
    help: str
    """A phrase that describes the report in the list of commands."""
    menu: tuple[MenuLine, ...]
    position: int
    """The sort position within its group in the help and in the menu, lowest first."""
    group: HelpGroup = "Ask"
    aliases: tuple[str, ...] = ()
    """Alternative first words that no help lists, each with the options that it implies."""
    takes_query: bool = False
    """Whether the command takes a query, as in `CommandRow`."""
    command: str = ""
    """The module of the command, needed only if its answer is more than rows."""
    changes: str = ""
    """The module with the options that change stored data: `configure` and `change`."""
    examples: tuple[str, ...] = ()
    """Two example command lines."""
    module: str = ""
    """The module that defines `REPORT`, relative to the tools folder, or an empty string for a core
    report.
    """

    @property
    def report(self) -> Any:
        """The report, a `cable_tui.reports.report.Report`, imported on access."""
        module = load(self.module) if self.module else _core_report(self.name)
        return module.REPORT


class CommandRow(Value):
    """A command, whose module defines `configure(parser)` and `run(context) -> exit status`."""

    name: str
    """The command's first word, or both words for an action, such as `bookmarks add`."""
    usage: str
    help: str
    takes_query: bool = False
    """Whether an unknown word that begins with `-` belongs to the query."""
    is_room: bool = False
    """Whether the command opens the reading room, which handles signals itself."""
    is_of_the_program: bool = False
    """Whether the command concerns the program's own files: it then uses the real files even with
    `--private`.
    """
    examples: tuple[str, ...] = ()
    """Two example command lines for the end of the command's help."""
    position: int = 0
    """The sort position within its group in the help, lowest first."""
    group: HelpGroup = "Ask"
    aliases: tuple[str, ...] = ()
    """Alternative first words, as in `ReportRow`."""
    tool_module: str = ""
    """The command's module, relative to the tools folder, or an empty string for a core command."""


class QueryField(Value):
    """A prefix of the query language that a tool adds, like `list:` in the core."""

    name: str
    source: Literal["own", "text"]
    """The origin of its values: `own` for names that the reader chose, `text` for words in cables.
    """
    help: str
    """A phrase that explains the prefix, then `: ` and examples separated by commas."""
    noun: str
    """A singular noun for what the prefix searches, or for what its values name."""
    after: str
    """The prefix of the core after which this one is listed in the help."""
    answers: str
    """The module that evaluates the prefix: an `archive.search.text_answers.TextAnswers` for texts,
    or a `query.reader_terms.WordNameSource` for the reader's names.
    """
    narrows: bool = False
    """Whether a cable has to match all uses of the prefix in a query; otherwise one match is
    enough.
    """


class KeyRow(Value):
    """A command of the reading room, with its keys, its action and its descriptions."""

    name: str
    """The command's ID in the `[keys]` table of the settings."""
    keys: str
    """Key names in Textual's spelling, separated by spaces, or an empty string if only its label
    invokes it.
    """
    label: str
    """One or two words shown in the footer."""
    help: str
    """One sentence for the help and the command palette."""
    after: str
    """The ID of the core command after which this one is listed."""
    position: int = 0
    """The sort position among commands listed after the same core command, lowest first."""
    action: str = ""
    """The action class, created without arguments, or an empty string if the command opens a
    report.
    """
    report: str = ""
    """The name of the report to open, or an empty string if the command has an action."""
    typing: bool = False
    """Whether the command also works while the user types text."""
    in_dialogs: str = ""
    """The action class used for the same keys while a dialog is open."""


class ActionLine(Value):
    """A line in the menu opened with `g` that runs an action instead of opening a report."""

    name: str
    """The suffix of its ID, which is `menu.` and this name."""
    key: str
    label: str
    group: MenuGroup
    help: str
    """One sentence for the command palette."""
    after: str
    """The menu line of the core after which this one is listed."""
    action: str
    """The action class, created as in `KeyRow`."""


class KeptFile(Value):
    """A file next to the bookmarks in which a tool keeps the reader's own data."""

    name: str
    """The file name, such as `people.json`."""
    content: str
    """A phrase that describes the content, such as `the people you confirmed`."""
    forget: str = ""
    """The function that removes an archive's data from the file, a `library.kept_files.Forget`, or
    an empty string if its data belongs to no archive.
    """
    forgotten: tuple[str, str, str] = ("", "", "")
    """The noun for removed entries, in singular and plural, and the JSON key for their number."""
    is_copied: bool = False
    """Whether a private session works on a copy of the file."""
    missed: str = ""
    """A phrase for what a private session lacks if copying fails, or an empty string for no
    message.
    """
    additions: str = ""
    """The function that finds additions made in a private session, a
    `library.kept_files.FindAdditions`.
    """


class MarksAction(Value):
    """An action of `cable-tui bookmarks`, run as a command with its own options."""

    name: str
    words: str
    """The arguments in the usage line: `[PATH] REF[#N]`."""
    options: frozenset[str]
    """Names of the `bookmarks` options that the action takes."""
    help: str
    words_help: str
    examples: tuple[str, ...]
    perform: str = ""
    """The tool's function that performs the action, a `cli.bookmarks.Perform`."""
    only_reads: bool = False
    """Whether the action leaves the bookmarks unchanged, so that `--private` allows it."""


class MarksOption(Value):
    """An option of `cable-tui bookmarks` that applies only to a tool's actions."""

    name: str
    help: str
    metavar: str = ""
    """The placeholder for the option's value in the help, or an empty string for a flag."""


class ExportRow(Value):
    """A format of `export` that needs more than a list of cables, or prompts the reader first."""

    name: str
    """The value of `export --format` that selects it."""
    label: str
    key: str
    """The key that selects it in the menu of formats."""
    extension: str
    """The file name extension."""
    places: str
    """The name of the core list format whose files have the same entries."""
    options: str
    """The module of its `export` options, with `configure(parser)` and the option names in
    `OPTIONS`.
    """
    write: str
    """The function that writes the format for the command, a `cli.export.WriteFormat`."""
    room: str
    """The handling of the format in the reading room, a
    `session.features.export_choices.RoomFormat`.
    """
    older: str = ""
    """A deprecated name for `export --format`, if any."""


class ListFormatRow(Value):
    """A format of `export` that a tool adds, for the same cables as the formats of the core."""

    name: str
    """The value of `export --format` that selects it."""
    label: str
    key: str
    """The key that selects it in the menu of formats."""
    extension: str
    """The file name extension."""
    write: str
    """The function that writes the format, an `exports.lists.Write`."""
    part: str
    """The function that makes the part of a citation in a worker, as in `exports.lists.ListFormat`.
    """
    binary: bool = False
    """Whether the format writes bytes, which a terminal cannot show."""
    of_places: bool = False
    """Whether the format writes each place of a list, as in `exports.lists.ListFormat`."""


class SearchOption(Value):
    """An option of `search` that keeps only some hits, after reading their texts."""

    name: str
    metavar: str
    help: str
    check: str
    """The function that raises `UsageError` for a value that is not valid."""
    keep: str
    """The function that finds the hits to keep, a `cli.shared.kept_hits.Keep`."""


class Tool(Value):
    """A tool: its purpose, its dependencies, and everything that it adds to the program."""

    name: str
    """The name of the tool's folder."""
    purpose: str
    """A phrase that describes the purpose of the tool."""
    needs: tuple[str, ...] = ()
    """Tools that this tool requires; if one of them is deleted, this tool must be
    deleted as well.
    """
    uses: tuple[str, ...] = ()
    """Tools that this tool uses if they are installed; without them, some features are left out."""
    reports: tuple[ReportRow, ...] = ()
    commands: tuple[CommandRow, ...] = ()
    """The tool's commands. A command with the name of a core command replaces it."""
    keys: tuple[KeyRow, ...] = ()
    menu: tuple[ActionLine, ...] = ()
    features: tuple[str, ...] = ()
    """Modules with the tool's actions, steps and effects in the reading room."""
    exports: tuple[ExportRow, ...] = ()
    list_formats: tuple[ListFormatRow, ...] = ()
    page_keys: tuple[tuple[str, str], ...] = ()
    """Keys added to pages of other tools, as pairs of a report name and a `reports.report.PageKey`.
    """
    opened: tuple[str, ...] = ()
    """Functions that show a message when an archive is opened, each a
    `tui.start.open_archive.Introduce`.
    """
    copy_lines: tuple[str, ...] = ()
    """Functions that add lines to the copy menu, each a `tui.main.screen_effects.FindCopyLines`."""
    bundles: tuple[str, ...] = ()
    """Functions that read bookmarks for `bookmarks import`, each a `cli.bookmarks.ReadBundle`."""
    shows_requests: tuple[str, str] = ("", "")
    """Phrases with the command that shows protection requests, used where texts are sent out: one
    for the command line, with `{}` for the archive and the query, and one for the reading room.
    """
    perhaps_protected: tuple[str, ...] = ()
    """Functions that find possibly protected names in an opened cable, each a
    `session.features.opened_cable.PerhapsProtected`.
    """
    kept_files: tuple[KeptFile, ...] = ()
    marks_actions: tuple[MarksAction, ...] = ()
    marks_options: tuple[MarksOption, ...] = ()
    checks: tuple[str, ...] = ()
    """Functions that check the tool's files and settings, each a `cli.doctor.Check`."""
    beside: tuple[str, ...] = ()
    """Functions that start background work for an open archive, each a `background.beside.Start`.
    """
    watches: tuple[str, ...] = ()
    """Functions that are called with each action after its step, each a `session.step.Watch`."""
    searched: tuple[str, ...] = ()
    """Functions that are called after a command has run a query, each a
    `cli.shared.query_args.Searched`.
    """
    query_fields: tuple[QueryField, ...] = ()
    sentence_fields: tuple[str, ...] = ()
    """Fields of the sentence index, each for one kind of sentence."""
    sentences: str = ""
    """The function that finds these sentences in a text, an
    `archive.build.echo_pass.FindSentences`.
    """
    protected_names: str = ""
    """The function that finds names which a text asks to protect, an
    `archive.sentences.names.FindProtected`.
    """
    text_stamp: str = ""
    """A version stamp for the two functions above; if it changes, all texts are searched again."""
    cable_json: tuple[str, ...] = ()
    """Functions that add fields to a body's JSON, each an `exports.cable_json.BodyFields`."""
    body_signs: tuple[str, ...] = ()
    """Functions that find markers to show next to body lines, each a
    `tui.panes.cable.body_text.FindSigns`.
    """
    hint: str = ""
    """The function that returns the tool's hint for the line above the status line, a
    `tui.panes.bars.footer.FindHint`.
    """
    methods: tuple[tuple[str, str], ...] = ()
    """Methods that the tool adds to the archive of the Python library: each a name and a function
    whose first argument is an `api.public_archive.Archive`.
    """
    command_parts: tuple[tuple[str, str], ...] = ()
    """Options added to commands of other tools, as pairs of a command's name and a module with
    `configure(parser)` and `run(context)`, which returns the exit status, or None if none of its
    options is given.
    """
    search_options: tuple[SearchOption, ...] = ()
    origin_notes: str = ""
    """The function that returns notes on the origins in the filters, a
    `session.features.sidebar.ReadNotes`.
    """


@cache
def tools() -> tuple[Tool, ...]:
    """Return the rows of all installed tools."""
    rows: tuple[Tool, ...] = load("table").TOOLS
    return rows


def load(name: str) -> Any:
    """Import a tool's module, and return it or the name after the colon.

    Raises `ImportError` if the module does not exist.
    """
    module, _, attribute = name.partition(":")
    loaded_module = import_module(f"cable_tui.tools.{module}")
    return getattr(loaded_module, attribute) if attribute else loaded_module


def tool_formats() -> dict[str, ExportRow]:
    """Return the `export` formats that tools add, by name."""
    return {row.name: row for tool in tools() for row in tool.exports}


def command_parts(command: str) -> tuple[Any, ...]:
    """Return the modules with options that tools add to another tool's command."""
    return tuple(
        load(module) for tool in tools() for name, module in tool.command_parts if name == command
    )


def shows_requests() -> tuple[str, str]:
    """Return the tool's `shows_requests`, or empty phrases if no tool has any."""
    return next((tool.shows_requests for tool in tools() if any(tool.shows_requests)), ("", ""))


def _core_report(name: str) -> Any:
    return import_module(f"cable_tui.reports.{name}")
