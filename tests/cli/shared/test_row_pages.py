"""Rows are paged and their fields are chosen in one way by every command that answers with rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.cli.shared.options import ROW_OPTIONS, every_parser
from tests.archive.fiction import LAMPS, write_page
from tests.cli.conftest import Run

ROWS: Sequence[tuple[str, str, str, str]] = (
    ("search", "search PATH kettle", "hits", "reference_id"),
    ("references", "references PATH 05STATE130422", "cited_by", "reference_id"),
    ("explain", "explain KTIP NOFORN", "terms", "term"),
    ("stats", "stats PATH --by post", "rows", "value"),
    ("stats", "stats PATH lobster", "rows", "value"),
    ("compare", "compare PATH", "records", "reference_id"),
    ("echoes", "echoes PATH", "lines", "text"),
    ("concordance", "concordance PATH kettle", "lines", "word"),
    ("matches", "matches PATH kettle*", "texts", "text"),
    ("trend", "trend PATH lobster --by post", "steps", "step"),
    ("people", "people PATH", "people", "name"),
    ("protect", "protect PATH", "requests", "cable"),
    ("chain", "chain PATH 09PORTAMBER91", "entries", "reference_id"),
    ("missing", "missing PATH", "lines", "reference_id"),
    ("missing", "missing PATH --gaps", "posts", "year"),
    ("words", "words PATH kettle", "words", "word"),
    ("neighbours", "neighbours PATH kettle --least 3", "neighbours", "word"),
    ("traffic", "traffic PATH", "pairs", "sender"),
    ("bookmarks", "bookmarks list", "rows", "ref"),
    ("bookmarks list", "bookmarks list", "rows", "ref"),
    ("bookmarks lists", "bookmarks lists", "rows", "name"),
    ("bookmarks recent", "bookmarks recent", "rows", "ref"),
    ("bookmarks searches", "bookmarks searches", "rows", "name"),
    ("bookmarks links", "bookmarks links", "rows", "to"),
    ("bookmarks author", "bookmarks author", "rows", "name"),
    ("check", "check PATH DRAFT", "findings", "verdict"),
    ("log", "log", "searches", "query"),
    ("problems", "problems PATH", "problems", "reason"),
    ("doctor", "doctor", "findings", "what"),
)
"""Every command that answers with rows, a line of it, the name of its rows, and a field of them."""
COMMANDS = {parser.verb.name for parser in every_parser()}
TOLD = {"total", "next", "fingerprint", "corrected", "left_out"}


@pytest.fixture
def reader(run: Run, archive: Path, tmp_path: Path) -> Path:
    """What a reader has: bookmarks in lists, saved searches, a draft. The draft's file."""
    for number, reference in enumerate(("09PORTAMBER91", "07SANTORIEL45", "05STATE130422")):
        note = ("--note", f"{number}: see 09PORTAMBER91 and 05STATE130422")
        run("bookmarks", "add", archive, reference, "--list", f"List {number}", *note)
        run("bookmarks", "save", "--search", f"Search {number}", "kettle")
    draft = tmp_path / "draft.md"
    cited = "See 09PORTAMBER91, 07SANTORIEL45 and 05STATE130422."
    draft.write_text(f'"These words are in none of the cables" (09PORTAMBER91). {cited}')
    return draft


def test_every_command_with_rows_is_in_the_table(run: Run) -> None:
    commands = run("help", "--json").value["commands"]
    with_rows = {
        each["name"]
        for each in commands
        if {"--fields", "--limit", "--after"}
        <= {name for of in each["options"] for name in of["names"]}
    }
    assert with_rows == {command for command, *_ in ROWS if command in COMMANDS}


@pytest.mark.parametrize("case", ROWS, ids=[line for _, line, *_ in ROWS])
def test_pages_follow_each_other_to_the_last_row(
    case: tuple[str, str, str, str], run: Run, archive: Path, reader: Path
) -> None:
    command, line, rows, field = case
    if command not in COMMANDS:
        pytest.skip("the tool is not installed")
    places = {"PATH": str(archive), "DRAFT": str(reader)}
    words = [places.get(word, word) for word in line.split()]
    whole = run(*words, "--json", "--page", "--limit", "9999").value
    assert whole["page"].keys() == TOLD
    assert whole["page"]["total"] == len(whole[rows])
    assert whole["page"]["next"] is None
    read: list[Any] = []
    after: list[str] = []
    size = str(max(len(whole[rows]) // 3, 1))
    while True:
        line_of_page = (*words, "--json", "--page", "--limit", size, "--fields", field, *after)
        answer = run(*line_of_page).value
        read += answer[rows]
        page = answer["page"]
        if page["next"] is None:
            break
        assert page["total"] in {None, len(whole[rows])}
        after = ["--after", page["next"]]
    assert read == [{field: row[field]} for row in whole[rows]]
    assert page["total"] == len(read)
    assert page["fingerprint"] == whole["page"]["fingerprint"]
    assert (page["fingerprint"] is not None) is ("PATH" in line)


WHOLE = (
    ("stats PATH", "facets", "rows"),
    ("stats PATH lobster", "facets", "rows"),
    pytest.param("trend PATH lobster", "curves", "steps", marks=pytest.mark.tool("trend")),
    pytest.param("echoes PATH", "recycled", "lines", marks=pytest.mark.tool("repeated_passages")),
)
"""Lines whose JSON has more than rows, a field of it, and the name of the rows of `--jsonl`."""


@pytest.mark.parametrize(("line", "more", "rows"), WHOLE)
def test_rows_are_chosen_from_an_answer_that_has_more(
    line: str, more: str, rows: str, run: Run, archive: Path
) -> None:
    words = [str(archive) if word == "PATH" else word for word in line.split()]
    lines = [json.loads(row) for row in run(*words, "--jsonl").lines]
    whole = run(*words, "--json").value
    assert more in whole
    assert whole["page"]["total"] == len(lines)
    assert run(*words, "--json", "--limit", "2").value[rows] == lines[:2]


def test_lines_have_a_page_only_if_it_is_asked_for(run: Run, archive: Path) -> None:
    line = ("search", archive, "kettle", "--jsonl", "--limit", "1", "--fields", "subject")
    without, asked = run(*line).lines, run(*line, "--page").lines
    assert len(without) == 1
    assert asked[:1] == without
    assert asked[1].startswith('{"page": {"total": ')


def test_an_array_with_a_page_is_inside_an_object(run: Run, archive: Path) -> None:
    words = ("explain", "KTIP", "NOFORN", "--json")
    assert run(*words).value == run(*words, "--page").value["terms"]
    answer = run(*words, "--limit", "1", "--fields", "term", "--page").value
    assert answer["terms"] == [{"term": "KTIP"}]
    assert answer["page"]["total"] == 2
    assert answer["page"]["fingerprint"] is None
    following = run(*words, "--after", answer["page"]["next"], "--fields", "term").value
    assert following == [{"term": "NOFORN"}]


def test_findings_of_the_installation_are_rows(run: Run) -> None:
    answer = run("doctor", "--json", "--limit", "1", "--fields", "what,state", "--page").value
    assert answer["findings"] == [{"what": "cable-tui", "state": "ok"}]
    assert answer["page"]["total"] > 1
    assert run("doctor", "--limit", "1").lines == run("doctor").lines[:1]


def test_a_page_says_what_was_corrected(run: Run, archive: Path) -> None:
    page = run("search", archive, "ketle", "--json").value["page"]
    assert any("ketle" in sentence for sentence in page["corrected"])


def test_the_columns_of_a_table_are_chosen_by_their_headings(run: Run, archive: Path) -> None:
    line = ("stats", archive, "--by", "post", "--limit", "2", "--csv")
    (headings, *rows) = [row.split(",") for row in run(*line).lines]
    chosen = run(*line, "--fields", "cables,post").lines
    assert headings == ["post", "title", "cables"]
    assert chosen == ["cables,post", *(f"{row[2]},{row[0]}" for row in rows)]


REFUSED = (
    ("search PATH kettle --json --fields subjct", "did you mean subject?"),
    ("search PATH kettle --csv --fields subjct", "did you mean subject?"),
    ("search PATH kettle --json --fields zz", "not one of reference_id, created"),
    ("search PATH kettle --fields subject", "--fields needs --json, --jsonl or --csv"),
    ("search PATH kettle --csv --page", "--page needs --json or --jsonl"),
    ("search PATH kettle --after 3", "the cursor belongs to a different request"),
    ("search PATH kettle --after x", "not a cursor"),
    ("search PATH --batch FILE --after 3", "--batch cannot be combined with --after"),
    pytest.param(
        "chain PATH 09RABAT27 --limit 3", "--limit needs --json", marks=pytest.mark.tool("chain")
    ),
    ("stats PATH --by post --csv --fields count", "count: not one of post, title, cables"),
)


@pytest.mark.parametrize(("line", "reason"), REFUSED)
def test_what_cannot_be_chosen_is_refused(line: str, reason: str, run: Run, archive: Path) -> None:
    words = [str(archive) if word == "PATH" else word for word in line.split()]
    assert run(*words).refuses(2, reason)


def test_a_cursor_is_of_one_question_and_of_one_state_of_the_archive(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "cables"
    for number in range(3):
        write_page(folder, replace(LAMPS, id=f"09RABAT{number + 1}"))
    (cursor,) = [run("search", folder, "", "--json", "--limit", "1").value["page"]["next"]]
    assert len(run("search", folder, "", "--jsonl", "--after", cursor).lines) == 2
    assert run("search", folder, "goats", "--jsonl", "--after", cursor).refuses(
        2, "different request"
    )
    write_page(folder, replace(LAMPS, id="09RABAT9"))
    assert run("search", folder, "", "--jsonl", "--after", cursor).refuses(2, "have changed since")


def test_every_command_with_rows_has_every_option() -> None:
    flags = {f"--{name}" for name in ROW_OPTIONS}
    for parser in every_parser():
        found = flags & set(parser._option_string_actions)
        if parser.verb.name != "verify":  # its --page is a file
            assert found in (set(), flags), parser.verb.name
