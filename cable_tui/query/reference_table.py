"""The table of the query language for the help, `docs/searching.md` and the room."""

from __future__ import annotations

import textwrap

from cable_tui.base.value import Value
from cable_tui.query.facets import FACETS
from cable_tui.query.fields import CHOICES, FIELDS, NARROWING, REGIONS, TEXTS
from cable_tui.query.model import SORTS, quoted

PREFIX_HELP: dict[str, str] = {
    **{facet.name: facet.help for facet in FACETS.values()},
    **{text.name: text.help for text in TEXTS.values()},
    **{field.name: field.help for field in FIELDS.values()},
    "sample": "a random sample of this many hits: sample:200, sample:20/year",
    "sort": "the order: sort:-created, sort:reference, sort:-length, sort:relevance",
}
"""Every prefix with its meaning, then `: ` and examples separated by `, `."""

_COLUMN = 36
"""The column, in the terminal's table, where the meanings begin."""


class TableLine(Value):
    """One line of the table."""

    examples: tuple[str, ...]
    means: str


_WORDS = (
    TableLine(("fishing morocco",), "both words, anywhere in subject, body, TAGS and their titles"),
    TableLine(
        ("traffick*",),
        "words that begin with this; the last word is treated as a prefix until you press Enter",
    ),
    TableLine(
        ('"unaccompanied minors"',),
        "these exact words as a phrase, even across line breaks",
    ),
    TableLine(('"spain migrants"~5',), "near each other: at most five words between them"),
    TableLine(("sanction", "=sanction"), "this word and forms such as `sanctions`; only this form"),
    TableLine(("gaddafi~",), "the name in every spelling found in the archive"),
    TableLine(
        ("F-16", "1.4(b)", "9/11"),
        "a word with punctuation counts as a phrase, and also finds F/16, 9-11",
    ),
    TableLine(("09RABAT27", "09 rabat 0027"), "this cable first, then the cables that mention it"),
)
_LISTED = ", ".join(f"`{prefix}:`" for prefix in NARROWING)
_COMBINED = (
    TableLine(("-fishing", "-tag:kcrm", "not (kelp tuna)"), "cables without this"),
    TableLine(("kelp or tuna", "(kelp or tuna) port"), "either of them"),
    TableLine(
        ("origin:rabat origin:madrid",),
        "the same prefix twice means either; `origin:` and `region:` count as one",
    ),
    TableLine(("has:article has:redaction",), f"{_LISTED} used twice: both must match"),
    TableLine(("tag:mo and tag:ktip",), "both values; the same as `tag:mo (tag:ktip)`"),
)


def lines() -> tuple[TableLine, ...]:
    """Return every line of the table, with the lines about words first."""
    partitioned_helps = (text.partition(": ") for text in PREFIX_HELP.values())
    prefix_lines = (
        TableLine(tuple(examples.split(", ")), meaning)
        for meaning, _, examples in partitioned_helps
    )
    return (*_WORDS, *prefix_lines, *_COMBINED)


def values() -> dict[str, str]:
    """Return the values of each prefix whose values are a fixed list."""
    return {
        **{prefix: ", ".join(listed_choices) for prefix, listed_choices in CHOICES.items()},
        "region": ", ".join(map(quoted, REGIONS)),
        "sort": ", ".join(SORTS),
    }


def markdown_table() -> str:
    """Return the table for `docs/searching.md`, followed by the values of the fixed lists."""
    table_rows = ["| Write | Means |", "| --- | --- |"]
    for table_line in lines():
        examples = " · ".join(f"`{example}`" for example in table_line.examples)
        table_rows.append(f"| {examples} | {table_line.means} |")
    for prefix, known_values in values().items():
        listed_values = ", ".join(f"`{value}`" for value in known_values.split(", "))
        table_rows += ["", f"`{prefix}:` takes {listed_values}."]
    return "\n".join(table_rows)


def plain_table() -> str:
    """Return the table for a terminal: the examples, and their meanings in a second column."""
    table_lines: list[str] = []
    for table_line in lines():
        examples = "  ".join(table_line.examples)
        meaning = table_line.means.replace("`", "")
        first_cell = f"  {examples:{_COLUMN - 2}}"
        if len(examples) > _COLUMN - 4:  # two blanks before the meaning
            table_lines.append(f"  {examples}")
            first_cell = " " * _COLUMN
        table_lines.append(_wrapped(meaning, first_cell, " " * _COLUMN))
    table_lines.append("")
    for prefix, known_values in values().items():
        table_lines.append(_wrapped(f"{prefix}: takes {known_values}", "  ", "    "))
    return "\n".join(table_lines)


def _wrapped(text: str, first: str, others: str) -> str:
    return textwrap.fill(
        text, 80, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )
