"""The tables of the documents, made from the program.

`python -m tests.doc_tables` writes them again, between the marks `<!-- NAME: begin -->` and
`<!-- NAME: end -->` of each document, and the samples of `doc_samples.py`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from cable_tui.base.tools import tools
from cable_tui.cli.command_table import OPEN, VERBS, Verb
from cable_tui.cli.for_programs.exit_statuses import EXIT_STATUSES
from cable_tui.cli.shared.options import parser_of
from cable_tui.formats import all_formats
from cable_tui.program import settings
from cable_tui.query import reference_table
from cable_tui.reports.table import REPORTS
from cable_tui.tui.commands.keyboard import markdown_table
from cable_tui.tui.pages.report_page import all_keys
from tests import doc_samples, python_reference

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cable_tui"
_ABOUT = 500
"""Sizes of tools are rounded to this many lines, so that few changes touch a document."""
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
_GENERAL = "options of every command"
_NOT_RUN = {
    "mcp": ("<!-- not run here: it answers until its stdin ends -->",),
    "serve": ("<!-- not run here: it serves until ^C -->",),
}
"""Commands whose examples do not end by themselves."""


def formats() -> str:
    lines = ["| Format | Name |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {form.label} | `{form.name}` |" for form in all_formats())])


def tool_rows() -> str:
    lines = [
        "| tool | what a reader does with it | needs | reports and commands |",
        "| --- " * 4 + "|",
    ]
    rows = []
    for tool in tools():
        names = [row.name for row in tool.reports] + [row.name for row in tool.commands]
        needs, adds = (", ".join(f"`{name}`" for name in each) for each in (tool.needs, names))
        rows.append(f"| `{tool.name}` | {tool.purpose} | {needs} | {adds} |")
    return "\n".join([*lines, *rows])


def tool_sizes() -> str:
    lines = ["| tool | what a reader does with it | lines |", "| --- | --- | ---: |"]
    for tool in tools():
        files = (PACKAGE / "tools" / tool.name).rglob("*.py")
        count = sum(len(file.read_text("utf-8").splitlines()) for file in files)
        about = max(round(count / _ABOUT) * _ABOUT, _ABOUT)
        lines.append(f"| `tools/{tool.name}/` | {tool.purpose} | about {about:,} |")
    return "\n".join(lines)


def exit_codes() -> str:
    """The codes of the error tree, and those that no error has."""
    rows = [f"| {code} | {means} |" for code, means in EXIT_STATUSES.items()]
    return "\n".join(["| Code | Means |", "| --- | --- |", *rows])


def setting_names() -> str:
    return "\n".join(f"- `{name}`" for name in (*settings._KEYS, "commands.NAME", "keys.NAME"))


def page_keys() -> str:
    """The keys of each report's page beside those of all."""
    lines = ["| Page | Keys | Does |", "| --- | --- | --- |"]
    for entry in REPORTS.values():
        title = entry.name.capitalize()
        for keys, says in all_keys(entry.report):
            if entry.menu and keys not in {"/", "F5"}:
                shown = " ".join(f"`{key}`" for key in keys.split())
                lines.append(f"| {title} | {shown} | {says} |")
                title = ""
    return "\n".join(lines)


def note_fields() -> str:
    return ", ".join(f"`{name}`" for name in settings.NOTE_FIELDS)


def general_options() -> str:
    return _options(parser_of(OPEN), general=True)


def commands() -> str:
    """Each command, with the actions of those that have some."""
    parts = []
    for verb in (OPEN, *VERBS.values()):
        parts.append(_command(verb, parser_of(verb)))
        for action in _actions(verb):
            parser = parser_of(verb, action)
            parts.append(_command(parser.verb, parser))
    return "\n\n".join(parts)


def _actions(verb: Verb) -> tuple[str, ...]:
    choices = [each.choices for each in parser_of(verb)._actions if each.dest == "action"]
    return tuple(choices[0] or ()) if choices else ()


def _command(verb: Verb, parser: argparse.ArgumentParser) -> str:
    name = "cable-tui" if verb is OPEN else f"cable-tui {verb.name}"
    level = "####" if " " in verb.name else "###"
    parts = [
        f"{level} {name}",
        f"`{verb.usage}`",
        verb.sentence,
        _options(parser, general=False),
        "\n".join([*_NOT_RUN.get(verb.name, ()), "```sh", *verb.examples, "```"]),
    ]
    return "\n\n".join(filter(None, parts))


def _options(parser: argparse.ArgumentParser, *, general: bool) -> str:
    rows = []
    for group in parser._action_groups:
        if (group.title == _GENERAL) is not general:
            continue
        for action in group._group_actions:
            if action.help == argparse.SUPPRESS:
                continue
            value = "" if action.nargs == 0 else _value_of(action)
            names = " ".join(f"`{name}{value}`" for name in action.option_strings)
            text = (action.help or "").replace("|", "\\|")
            rows.append(f"| {names or f'`{_value_of(action).strip()}`'} | {text} |")
    return "\n".join(["| Option | What it does |", "| --- | --- |", *rows]) if rows else ""


def _value_of(action: argparse.Action) -> str:
    choices = "|".join(map(str, action.choices)) if action.choices else action.dest.upper()
    name = action.metavar if isinstance(action.metavar, str) else choices
    return " " + name.replace("|", "\\|")


TABLES: dict[str, Callable[[], str]] = {
    "tools": tool_rows,
    "tool-sizes": tool_sizes,
    "formats": formats,
    "keys": markdown_table,
    "page-keys": page_keys,
    "queries": reference_table.markdown_table,
    "exit-codes": exit_codes,
    "settings": setting_names,
    "note-fields": note_fields,
    "general-options": general_options,
    "commands": commands,
    "python": python_reference.reference,
}


def with_tables(text: str) -> str:
    """A document with its tables as the program has them now."""
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        if begin in text:
            head, rest = text.split(begin)
            text = f"{head}{begin}\n{table()}\n{end}{rest.split(end)[1]}"
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        place = doc_samples.archives(Path(temporary))
        for document in DOCUMENTS:
            text = with_tables(document.read_text(encoding="utf-8"))
            document.write_text(doc_samples.with_samples(text, place), encoding="utf-8")
