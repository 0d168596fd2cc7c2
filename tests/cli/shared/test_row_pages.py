"""Rows are paged and their fields are chosen in one way by every command that answers with rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cable_tui.base.value import replace
from cable_tui.cli.shared.options import ROW_OPTIONS, every_parser
from tests.archive.fiction import LAMPS, write_page
from tests.cli.conftest import Run

OBJECTS = (
    ("search PATH kettle", "hits", "reference_id"),
    ("stats PATH --by post", "rows", "value"),
    pytest.param("words PATH kettle", "words", "word", marks=pytest.mark.tool("typical_words")),
    pytest.param("traffic PATH", "pairs", "sender", marks=pytest.mark.tool("traffic")),
    pytest.param("people PATH", "people", "name", marks=pytest.mark.tool("people")),
    pytest.param("protect PATH", "requests", "cable", marks=pytest.mark.tool("protection")),
    pytest.param("concordance PATH kettle", "lines", "word", marks=pytest.mark.tool("concordance")),
    pytest.param(
        "chain PATH 09PORTAMBER91",
        "entries",
        "reference_id",
        marks=pytest.mark.tool("chain"),
    ),
    pytest.param("missing PATH --gaps", "posts", "year", marks=pytest.mark.tool("missing")),
)
"""Command lines that answer with one object, the name of its rows, and a field of them."""


@pytest.mark.parametrize(("line", "rows", "field"), OBJECTS)
def test_pages_follow_each_other_to_the_last_row(
    line: str, rows: str, field: str, run: Run, archive: Path
) -> None:
    words = [str(archive) if word == "PATH" else word for word in line.split()]
    whole = run(*words, "--json").value
    assert whole["page"]["total"] == len(whole[rows])
    assert whole["page"]["next"] is None
    read: list[Any] = []
    after: list[str] = []
    while True:
        answer = run(*words, "--json", "--limit", "3", "--fields", field, *after).value
        read += answer[rows]
        page = answer["page"]
        if page["next"] is None:
            break
        assert page["total"] in {None, len(whole[rows])}
        after = ["--after", page["next"]]
    assert read == [{field: row[field]} for row in whole[rows]]
    assert page["total"] == len(read)
    assert page["fingerprint"] == whole["page"]["fingerprint"]


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
    ("stats PATH --fields value --json", "stats --json does not support --fields: use --jsonl"),
    ("stats PATH --after 3 --json", "stats --json does not support --after: use --jsonl"),
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
