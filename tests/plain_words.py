"""How plainly the texts for readers are written: habits of translated English, per 1,000 words.

`python -m tests.plain_words` prints a table of the documents, the help and the messages;
`tests/test_plain_words.py` holds its limits. A count is a pointer, not a judge: a sentence that
avoids a word and says less is worse.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cable_tui.cli.command_table import OPEN, VERBS
from cable_tui.cli.shared.options import parser_of

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cable_tui"
GENERATED = {"keys.md", "command-line.md"}
"""Pages that are mostly made from the program, which is counted by itself."""
KINDS = ("documents", "help", "messages")
_NO = 999.0
"""No limit."""
_FEWEST_WORDS = 4
_LIST = re.compile(r"\n(?=[-#*]|\d+\. )")
_NO_MESSAGE = re.compile(r"\\|[\^$|{}<>=]|\(\?|^\s*(?:[A-Z]{4,}\b|--\s)")
"""A pattern, SQL or a style is no text for a reader."""


class Habit(NamedTuple):
    """Something that is counted, and its limit in each of `KINDS`."""

    name: str
    expression: str
    limits: tuple[float, float, float]
    wanted: bool = False
    """Whether it is counted to be there at least this often, rather than at most."""


HABITS = (
    Habit(
        "relative that",
        r"\b(?!so|know|knows|sure|means|shows?|see|note)\w+ that "
        r"(?:you|it|they|we|has|have|had|is|are|was|were|does|do|can|may|cannot|the|an?|no|one)\b",
        (3, 2.5, 4),
    ),
    Habit("of it, of them", r"\bof (?:it|them|these|those|that|this|all)\b", (1, 4.2, 4.5)),
    Habit(
        "has + noun",
        r"\bha(?:s|ve) (?:an?|the|no|its|their|all|only|one|two|more|it)\b",
        (1.6, 1.5, 6.2),
    ),
    Habit("says", r"\b(?:says?|said)\b", (0.6, 2, 1.6)),
    Habit("what", r"\bwhat\b", (1, 3, 1.8)),
    Habit(
        "those of, the one",
        r"\bth(?:ose|at) of\b|\bthose (?:that|who|with)\b|\bthe (?:one|other)s?\b",
        (0.6, 1.5, 1.6),
    ),
    Habit("somebody", r"\b(?:some|no|every|any)body\b", (0.2, 1, 1)),
    Habit("semicolons", r";", (0.8, 23, 15)),
    Habit("colons in a sentence", r"[a-z)\]]: [a-z]", (2.5, 25, 16)),
    Habit("which", r"\bwhich\b", (2.6, 4, 2.8)),
    Habit("dashes", r" [–—] ", (0.1, 0.5, 0.5)),
    Habit("words in a sentence", "", (14.5, _NO, _NO)),
    Habit("you, your", r"\b[Yy]ours?\b|\b[Yy]ou\b", (12, 3.5, 4.4), wanted=True),
    Habit("for example", r"\b[Ff]or (?:example|instance)\b", (2.5, 0, 0), wanted=True),
)


def prose(markdown: str) -> str:
    """Return the running text: no code, tables, headings, comments or addresses."""
    for expression, flags in (
        (r"```.*?```|<!--.*?-->", re.DOTALL),
        (r"^(?:\||#| {4,}).*$", re.MULTILINE),
    ):
        markdown = re.sub(expression, "", markdown, flags=flags)
    markdown = re.sub(r"`[^`]*`", "X", markdown)
    markdown = re.sub(r"<[^>]+>", "", re.sub(r"\]\([^)]*\)", "]", markdown))
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", _LIST.sub("\n\n", markdown)))
    return "\n".join(part for part in parts if len(part.split()) > 2)


def documents(root: Path = ROOT) -> str:
    """Return the prose of README and of the pages that are written by hand."""
    pages = (page for page in sorted((root / "docs").glob("*.md")) if page.name not in GENERATED)
    return "\n".join(prose(page.read_text("utf-8")) for page in (root / "README.md", *pages))


def helps() -> list[str]:
    """Return the help of each command and option, each text once."""
    found: dict[str, None] = {}
    for verb in (OPEN, *VERBS.values()):
        found[verb.sentence] = None
        for action in parser_of(verb)._actions:
            if action.help and action.help != argparse.SUPPRESS:
                found[action.help] = None
    return list(found)


def messages(source: str) -> Iterator[str]:
    """Yield the texts of a module that a reader may see: sentences, with X for each value."""
    tree = ast.parse(source)
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # docstrings
            skipped.add(node.value)
        elif isinstance(node, ast.Call) and _takes_no_text(node.func):
            skipped.update(ast.walk(node))
        elif isinstance(node, ast.JoinedStr):
            skipped.update(set(ast.walk(node)) - {node})
    for node in ast.walk(tree):
        if node not in skipped and (text := _text_of(node)) and _is_message(text):
            yield " ".join(text.split())


def _takes_no_text(function: ast.expr) -> bool:
    """Whether a call is of an expression, or of a list of words that is split."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"pattern", "compile", "sub", "split", "execute", "executemany", "executescript"}


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = (each.value if isinstance(each, ast.Constant) else "X" for each in node.values)
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_message(text: str) -> bool:
    words = re.findall(r"[a-z]+(?:'[a-z]+)?\b", text)
    return len(words) >= _FEWEST_WORDS and " " in text and not _NO_MESSAGE.search(text)


def texts() -> dict[str, str]:
    """Return what is counted, by kind."""
    help_texts = helps()
    modules = (file for file in sorted(PACKAGE.rglob("*.py")) if "demo" not in file.parts)
    said = {each for file in modules for each in messages(file.read_text("utf-8"))}
    shown = "\n".join(sorted(said - set(help_texts)))
    return {"documents": documents(), "help": "\n".join(help_texts), "messages": shown}


def counted(text: str, habit: Habit) -> float:
    """Return how often a text has a habit, per 1,000 words."""
    words = len(re.findall(r"[A-Za-z'’]+", text))
    if not habit.expression:
        return words / max(len(re.findall(r"[.!?](?:\s|$)", text)), 1)
    return 1000 * len(re.findall(habit.expression, text)) / max(words, 1)


def table() -> Iterator[str]:
    """Yield a line for each habit: what is counted, and the limit."""
    found = texts()
    yield " " * 22 + "".join(f"{kind:>18}" for kind in KINDS)
    for habit in HABITS:
        sign = ">=" if habit.wanted else "<="
        cells = (
            f"{counted(found[kind], habit):>9.2f}"
            + (f" {sign} {limit:<5g}" if limit != _NO else " " * 9)
            for kind, limit in zip(KINDS, habit.limits, strict=True)
        )
        yield f"{habit.name:22}" + "".join(cells)


if __name__ == "__main__":
    sys.stdout.write("\n".join([*table(), ""]))
