"""The exported SQLite database: its rows, its search, and its documented columns."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from cable_tui import formats
from cable_tui.base.cable import Problem
from cable_tui.base.errors import UsageError
from cable_tui.base.value import replace
from cable_tui.exports.citation import Citation, ListEntry, Note
from cable_tui.tools.sqlite_export.database import pieces
from cable_tui.tools.sqlite_export.rows import CableRows, rows
from tests.exports.sample import BODY, PARAGRAPHS, cable

ROOT = Path(__file__).parents[3]
TABLES = "about addressees cables cited_documents list_entries lists notes paragraphs tags warnings"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    cited = replace(
        cable(),
        facts=replace(cable().facts, reference_id="08STATE1", canonical_id="08STATE1"),
        subject="THE CITED ONE",
        references=(),
    )
    citations = [
        Citation(
            cable(),
            notes=(Note("whose boats?", "mara", "2026-11-24", "para. 1"), Note("see 08STATE1")),
            lists=(ListEntry("boats", "para. 1"), ListEntry("boats"), ListEntry("maps")),
        ),
        Citation(cited, lists=(ListEntry("maps"),)),
    ]
    with closing(opened(written(tmp_path / "x.sqlite", citations))) as connection:
        yield connection


def written(file: Path, citations: Iterable[Citation]) -> Path:
    file.write_bytes(b"".join(pieces(map(rows, citations), "A title")))
    return file


def opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)


# Each query, with the answer as the two sample cables have it.
ANSWERS: tuple[tuple[str, list[tuple[object, ...]]], ...] = (
    ("SELECT value FROM about WHERE name IN ('cables', 'title')", [("2",), ("A title",)]),
    ("SELECT header FROM cables WHERE id = 1", [(cable().header.text,)]),
    ("SELECT body FROM cables WHERE reference_id = '08STATE1'", [(BODY,)]),
    (
        "SELECT created, classification, origin, sender, is_partial FROM cables WHERE id = 1",
        [
            (
                "2009-02-13T14:57Z",
                "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
                "Consulate Corvona",
                "AMCONSUL CORVONA",
                0,
            )
        ],
    ),
    (
        "SELECT tag, meaning FROM tags WHERE cable_id = 1",
        [("EFIS", "Commercial Fishing and Fish Processing"), ("STEINBERG, JAMES B.", None)],
    ),
    (
        "SELECT citing, label, cited_subject, how FROM citations",
        [("09CORVONA27", "A", "THE CITED ONE", "REF line")],
    ),
    (
        "SELECT kind, cited, text FROM cited_documents WHERE label = 'B'",
        [("email", None, "MARLOWE-TERN E-MAIL")],
    ),
    (
        "SELECT role, name, route, precedence FROM addressees WHERE cable_id = 1",
        [
            ("to", "SECSTATE WASHDC", "RUEHC", "PRIORITY"),
            ("info", "DEPT OF LABOR WASHDC", None, None),
        ],
    ),
    (
        "SELECT place, text, author FROM notes",
        [("para. 1", "whose boats?", "mara"), (None, "see 08STATE1", None)],
    ),
    (
        "SELECT name, cable_id, place FROM list_entries JOIN lists ON id = list_id ORDER BY 1, 2",
        [("boats", 1, ""), ("boats", 1, "para. 1"), ("maps", 1, ""), ("maps", 2, "")],
    ),
    ("SELECT code FROM warnings", [("year-inferred",), ("year-inferred",)]),
    (
        "SELECT reference_id FROM cables WHERE id IN (SELECT rowid FROM cables_fts('cited'))",
        [("08STATE1",)],
    ),
    ("PRAGMA foreign_key_check", []),
    ("PRAGMA integrity_check", [("ok",)]),
)


@pytest.mark.parametrize(("query", "answer"), ANSWERS)
def test_tables_contain_what_the_cables_contain(
    database: sqlite3.Connection, query: str, answer: list[tuple[object, ...]]
) -> None:
    assert database.execute(query).fetchall() == answer


def test_the_full_text_index_has_the_stored_words_and_the_usual_settings(tmp_path: Path) -> None:
    with closing(sqlite3.connect(written(tmp_path / "x.sqlite", [Citation(cable())]))) as opened_:
        # With rank 1, FTS5 compares the index with the texts in `cables`, and fails if they differ.
        opened_.execute("INSERT INTO cables_fts (cables_fts, rank) VALUES ('integrity-check', 1)")
        settings = dict(opened_.execute("SELECT k, v FROM cables_fts_config"))
    # The defaults in https://www.sqlite.org/fts5.html, sections 6.2 and 6.8.
    assert (settings["automerge"], settings["hashsize"]) == (4, 1 << 20)


def test_datasette_and_sqlite_utils_find_the_full_text_index(database: sqlite3.Connection) -> None:
    # The query of `detect_fts` in both programs.
    found = database.execute(
        "SELECT name FROM sqlite_master WHERE rootpage = 0 "
        """AND sql LIKE '%VIRTUAL TABLE%USING FTS%content="cables"%'"""
    )
    assert found.fetchall() == [("cables_fts",)]


def test_paragraphs_are_parts_of_the_text_stored_with_the_cable(
    database: sqlite3.Connection,
) -> None:
    found = database.execute(
        "SELECT position, label, marking, heading, text FROM paragraph_texts"
        " WHERE reference_id = '09CORVONA27' ORDER BY position"
    ).fetchall()
    assert found == [
        (number, each.label, each.marking, each.heading, BODY[slice(*each.span)])
        for number, each in enumerate(PARAGRAPHS, 1)
    ]


def test_an_astral_character_moves_no_paragraph(tmp_path: Path) -> None:
    text = "𝄞𝄞 (U) One.\n\n2. (U) Two."
    span = (13, len(text))
    paragraph = replace(PARAGRAPHS[0], span=span)
    body = replace(cable().body, text=text, paragraphs=(paragraph,))
    file = written(tmp_path / "x.sqlite", [Citation(replace(cable(), body=body))])
    with closing(opened(file)) as connection:
        found = connection.execute("SELECT text FROM paragraph_texts").fetchall()
    assert found == [("2. (U) Two.",)]


def test_each_cable_is_taken_when_its_piece_is_asked_for() -> None:
    taken: list[int] = []

    def cables() -> Iterator[CableRows]:
        for number in range(3):
            taken.append(number)
            facts = replace(cable().facts, canonical_id=str(number))
            yield rows(Citation(replace(cable(), facts=facts)))

    export = pieces(cables(), "")
    assert next(export) == b""
    assert taken == [0]
    assert b"".join(export).startswith(b"SQLite format 3\0")


def test_a_full_temporary_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(UsageError, match="full; set TMPDIR to a folder with more space"):
        list(pieces([], ""))


def test_the_program_reads_its_database_as_the_same_cables(tmp_path: Path) -> None:
    file = written(tmp_path / "cables.sqlite", [Citation(cable())])
    form = formats.sniff(str(file), file.read_bytes()[: formats.HEAD])
    assert not isinstance(form, formats.Skip)
    with file.open("rb") as stream:
        (raw,) = formats.cables(form, stream, str(file))
    assert not isinstance(raw, Problem)
    assert (raw.reference_id, raw.header) == ("09CORVONA27", cable().header.text)
    assert raw.body == BODY.rstrip("\n")
    assert (raw.classification, raw.origin) == (cable().facts.classification, "Consulate Corvona")


@pytest.mark.documents
def test_the_document_names_every_table_and_column(database: sqlite3.Connection) -> None:
    names = {
        name
        for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
            " AND name NOT LIKE 'cables\\_fts\\_%' ESCAPE '\\'"
        )
    }
    assert {*TABLES.split(), "cables_fts", "citations", "paragraph_texts"} == names
    text = (ROOT / "docs/sqlite.md").read_text("utf-8")
    for name in names:
        section = text.partition(f"### `{name}`\n")[2].partition("\n### ")[0]
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        documented = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        assert documented == columns, name


def test_an_empty_selection_is_an_empty_database() -> None:
    data = b"".join(pieces([], "none"))
    assert BytesIO(data).read(16) == b"SQLite format 3\0"
