"""The commands and queries that the README shows are those of the program."""

import re
from pathlib import Path

from cable_tui.cli import command_table
from cable_tui.query import parse

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def part(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_command_shown_is_one() -> None:
    shown = re.findall(r"^cable-tui (\w+) ", TEXT, re.MULTILINE)
    assert len(shown) >= 5
    assert set(shown) <= set(command_table.VERBS)


def test_ten_queries_are_shown_and_each_is_a_whole_one() -> None:
    queries = re.findall(r"^\| `([^`]+)`", part("Search in ten examples"), re.MULTILINE)
    assert len(queries) == 10
    assert [query for query in queries if parse(query).complaints] == []
