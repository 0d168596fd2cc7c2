"""The man page: the text of `man/cable-tui.1.in`, with what the parsers know in its places.

`python -m tests.man_page` writes `man/cable-tui.1` anew. The date in its head is that of its text.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

from cable_tui import __version__
from cable_tui.cli.command_table import OPEN, VERBS
from cable_tui.cli.shared.options import Parser, every_parser
from cable_tui.query import reference_table

ROOT = Path(__file__).parents[1]
SETTINGS = ROOT / "docs" / "settings.md"
FOLDER = ROOT / "man"
PAGE = FOLDER / "cable-tui.1"
TEMPLATE = FOLDER / "cable-tui.1.in"
_WIDTH = 72
"""Characters of a line of text, so that it has at most 80 with what is escaped in it."""
_SIGNS = {
    "\\": "\\e",
    "-": "\\-",
    "'": "\\(aq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
    '"': "\\(dq",
}
"""What roff would take for something else, or print as a typographic sign."""


def literal(text: str) -> str:
    """A text that is typed, for roff: every sign stays as it is."""
    return "".join(
        _SIGNS.get(sign, sign if sign.isascii() else f"\\[u{ord(sign):04X}]") for sign in text
    )


def bold(text: str) -> str:
    """A line in bold, of a text that is typed."""
    return f'.B "{literal(text)}"'


def prose(text: str) -> Iterator[str]:
    """Lines of running text, in which backquotes stand around what is typed."""
    for line in textwrap.wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False):
        pieces = re.split(r"(`[^`]*`)", line)
        escaped = "".join(
            f"\\fB{literal(piece[1:-1])}\\fP" if piece.startswith("`") else _plain(piece)
            for piece in pieces
        )
        yield f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _plain(text: str) -> str:
    """Running text: its hyphens stay hyphens, options are typed."""
    words = re.split(r"((?<!\w)--?[a-zA-Z][\w-]*)", text)
    return "".join(
        literal(word) if word.startswith("-") else literal(word).replace("\\-", "-")
        for word in words
    )


def sentence(text: str) -> str:
    """A help line as a sentence."""
    whole = f"{text[0].upper()}{text[1:]}"
    return whole if whole.endswith((".", "?", "!")) else f"{whole}."


def item(name: str, says: str) -> Iterator[str]:
    """What is typed, and what it means, indented."""
    yield ".TP"
    yield name
    yield from prose(sentence(says))


def names(action: argparse.Action) -> str:
    """The names of an option in bold, and its value, or a word of the line, in italics."""
    typed = ", ".join(f"\\fB{literal(name)}\\fP" for name in action.option_strings)
    value = f"\\fI{literal(str(action.metavar or action.dest))}\\fP"
    return typed if action.nargs == 0 else f"{typed} {value}".lstrip()


def options(parser: Parser, *, general: bool) -> Iterator[str]:
    """Its own words and options, or those that every command has."""
    for group in parser._action_groups:
        if (group.title == "options of every command") != general:
            continue
        for action in group._group_actions:
            if action.help and action.help != argparse.SUPPRESS:
                yield from item(names(action), action.help)


def commands() -> Iterator[str]:
    """A section for each command and each of its actions."""
    for parser in every_parser():
        verb = parser.verb
        if verb is OPEN:
            continue
        yield f'.SS "{literal(verb.usage.removeprefix("cable-tui "))}"'
        yield from prose(sentence(verb.help))
        if parser.actions and " " not in verb.name:
            yield from prose("ACTION is one of those that follow.")
        else:
            yield from options(parser, general=False)


def room() -> Parser:
    """The parser of the line without a command."""
    return next(parser for parser in every_parser() if parser.verb is OPEN)


def synopsis() -> Iterator[str]:
    """The line of the room, and that of the commands."""
    yield bold(f"{OPEN.usage} [options]")
    yield bold("cable-tui COMMAND ... [options]")
    yield bold("cable-tui help [COMMAND]")


def queries() -> Iterator[str]:
    """The table of the query language."""
    for line in reference_table.lines():
        yield ".TP"
        parts = " ".join(f'"{literal(example)}" ", "' for example in line.examples).removesuffix(
            ' ", "'
        )
        yield f".BR {parts}"
        yield from prose(sentence(line.means))


def values() -> Iterator[str]:
    """What the prefixes with a fixed list of values take."""
    for prefix, known in reference_table.values().items():
        yield ".PP"
        yield from prose(f"`{prefix}:` takes {known}.")


def settings() -> Iterator[str]:
    """The example of the page on settings, which has every setting."""
    block = SETTINGS.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    block = block.replace("in the table of keys", "in docs/keys.md")
    yield from indented(block.rstrip().split("\n"))


def examples() -> Iterator[str]:
    """Two lines of each command, under what it does."""
    for number, verb in enumerate((OPEN, *VERBS.values())):
        yield from [".PP"] * bool(number)
        says = sentence(verb.help)
        yield from prose(says if says.endswith("...") else f"{says.removesuffix('.')}:")
        yield from indented(verb.examples)


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Lines that are typed, as they stand; the page has no empty ones."""
    yield ".RS"
    yield ".nf"
    yield from (bold(line) if line else ".sp" for line in lines)
    yield ".fi"
    yield ".RE"


def page() -> str:
    """The whole page."""
    parts: dict[str, Iterable[str]] = {
        "synopsis": synopsis(),
        "commands": commands(),
        "room options": options(room(), general=False),
        "options": options(room(), general=True),
        "queries": queries(),
        "values": values(),
        "settings": settings(),
        "examples": examples(),
    }
    text = TEMPLATE.read_text(encoding="utf-8").replace("@version@", __version__)
    for name, lines in parts.items():
        text = text.replace(f"@{name}@\n", "".join(f"{line}\n" for line in lines))
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
