"""Commands, queries, pictures and make targets that the README shows are there."""

import re
from pathlib import Path

import pytest

from cable_tui.cli import command_table
from cable_tui.query import parse

pytestmark = pytest.mark.documents

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def part(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_command_shown_is_one() -> None:
    shown = re.findall(r"`cable-tui (\w+)\b", TEXT)
    assert len(shown) >= 5
    assert set(shown) <= set(command_table.VERBS)


def test_ten_queries_are_shown_and_each_is_a_whole_one() -> None:
    queries = re.findall(r"^\| `([^`]+)`", part("Search in ten examples"), re.MULTILINE)
    assert len(queries) == 10
    assert [query for query in queries if parse(query).complaints] == []


def test_every_picture_that_is_shown_is_there() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(\S+/(screenshots/[\w.-]+)\)", TEXT)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_every_make_target_shown_exists() -> None:
    shown = set(re.findall(r"(?:`|& |\n)make (\w+)", TEXT))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "run", "install", "test"} <= shown <= targets


def test_it_is_short_and_asks_for_two_commands_before_any_other() -> None:
    assert len(TEXT.splitlines()) <= 150
    typed = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)[0].splitlines()
    assert [line.split()[:2] for line in typed] == [["git", "clone"], ["make", "demo"]]
