"""A table with a column for each list, read back by Python's csv."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.exports.citation import Citation, ListEntry
from tests.cli.conftest import Run
from tests.exports.sample import PARAGRAPHS, cable, listed

STORY = ("--list", "story")


@pytest.fixture
def marked(run: Run, demo_archive: Path) -> Path:
    """Two paragraphs of a cable in a list."""
    run("index", demo_archive)
    run("bookmarks", "add", demo_archive, "04PORTAMBER211#2", *STORY)
    run("bookmarks", "add", demo_archive, "04PORTAMBER211#1", *STORY)
    return demo_archive


def table_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_list_with_a_row_has_a_column_of_0_and_1() -> None:
    names = ["note", "=1+1", 'so "it, goes']
    cited = [
        Citation(cable(), lists=tuple(map(ListEntry, names[:2]))),
        Citation(cable()),
        Citation(cable(), (PARAGRAPHS[1],), lists=(ListEntry(names[2]),)),
    ]
    rows = table_of(listed("csv-lists", cited))
    assert [[row[f"list:{name}"] for name in names] for row in rows] == [
        ["1", "1", "0"],
        ["0", "0", "0"],
        ["0", "0", "1"],
    ]
    assert [row["place"] for row in rows] == ["", "", "para. 1"]


def test_the_other_columns_are_those_of_csv() -> None:
    plain, with_lists = (listed(form, [Citation(cable())]) for form in ("csv", "csv-lists"))
    assert plain == with_lists


def test_a_full_disk_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cable_tui.tools.list_codes.list_columns.TemporaryFile",
        lambda mode, encoding: open("/dev/full", mode, encoding=encoding),  # noqa: PTH123, SIM115
    )
    with pytest.raises(UsageError, match=f"in {tempfile.gettempdir()}: No space left"):
        listed("csv-lists", [Citation(cable())])


def test_lists_are_columns_of_an_exported_query_and_list(run: Run, marked: Path) -> None:
    run("bookmarks", "add", marked, "04PORTAMBER211#1", "--list", "=ice")
    for subset, expected in [
        (("ref:04PORTAMBER211",), [("1", "1")]),
        (STORY, [("1", "0"), ("1", "1")]),
    ]:
        done = run("export", marked, *subset, "--format", "csv-lists")
        rows = [(row["list:story"], row["list:=ice"]) for row in table_of(done.out)]
        assert rows[: len(expected)] == expected


def test_lists_without_a_row_are_not_named(run: Run, marked: Path) -> None:
    done = run("export", marked, "kettle", "--format", "csv-lists")
    assert (done.status, done.err) == (0, "")
    assert "story" not in done.lines[0]


def test_lists_are_variables_of_a_corpus(run: Run, marked: Path) -> None:
    done = run("export", marked, "ref:04PORTAMBER211", "--format", "iramuteq")
    assert (done.status, done.err) == (0, "")
    heads = [line for line in done.lines if line.startswith("*")]
    assert heads == [
        "**** *post_portamber *year_2004 *class_unclassified *list_story *cable_04portamber211"
    ]
