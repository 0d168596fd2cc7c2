"""The README is true: its tables come from the program, and what it names exists.

`python -m tests.test_readme` writes the tables anew.
"""

import re
from pathlib import Path

from cable_tui.cli import command_table
from cable_tui.formats import all_formats
from cable_tui.query import parse, reference_table
from cable_tui.tui.commands.table import markdown_table

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"


def formats_table() -> str:
    lines = ["| Format | Named |", "| --- | --- |"]
    return "\n".join([*lines, *(f"| {form.label} | `{form.name}` |" for form in all_formats())])


TABLES = {
    "formats": formats_table,
    "keys": markdown_table,
    "queries": reference_table.markdown_table,
}


def with_tables(text: str) -> str:
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        head, rest = text.split(begin)
        text = f"{head}{begin}\n{table()}\n{end}{rest.split(end)[1]}"
    return text


def test_the_tables_are_those_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run: python -m tests.test_readme"


def test_every_command_shown_is_one() -> None:
    shown = re.findall(r"^cable-tui (\w+) ", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(shown) >= 5
    assert set(shown) <= set(command_table.VERBS)


def test_every_query_shown_is_a_whole_one() -> None:
    section = README.read_text(encoding="utf-8").split("## Searching")[1].split("## Keys")[0]
    queries = [
        query
        for line in section.splitlines()
        if line.startswith("| `")
        for query in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]
    assert len(queries) > 15
    assert [query for query in queries if parse(query).complaints] == []


def test_every_file_and_picture_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_make_target_shown_exists() -> None:
    shown = set(re.findall(r"(?:`|& |\n)make (\w+)", README.read_text(encoding="utf-8")))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"demo", "run", "test"} <= shown <= targets


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
