"""`search` and `export`: hits in every form, complaints with a caret, statuses."""

from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from cable_tui.cli.search_answer import HitAnswer, SearchAnswer
from cable_tui.cli.shared.query_args import needs_of
from cable_tui.query import parse, reference_table
from tests.archive.fiction import write_dump
from tests.archive.source_criticism.fiction import STORY
from tests.cli.conftest import Run, Terminal
from tests.command_cases import Answer, CommandCase, Formula
from tests.parts import CRITICISM, READING, SEARCHING

CASE = CommandCase(
    shapes={"search": SearchAnswer, "hit": HitAnswer},
    answers=(
        Answer("search PATH kettle --json"),
        Answer("search PATH origin:quayhaven --json --limit 2"),
        Answer("search PATH ketle --json"),
        Answer("search PATH kettles --json --sort created"),
        Answer("search PATH kettle zzzq --json", 1),
        Answer("search PATH (origin:quayhavn or kettle) --json"),
        Answer("search PATH 05STATE130422 --json"),
        Answer("search PATH kettle or 9/11 or (tag:prel tag:econ) --json"),
        Answer("search PATH class:topsecret or from:kettle or kettle or kettle&tea --json"),
        Answer("search PATH is:noforn date:1850 --json", 1),
        Answer("search PATH sample:3 --json"),
        Answer("search PATH kettle --jsonl", 0, "hit"),
        Answer("search PATH origin:quayhaven --jsonl", 0, "hit"),
    ),
    imports={
        "search PATH kettle --refs": SEARCHING,
        "search PATH kettle --no-index": SEARCHING,
        "search PATH origin:quayhaven --json": SEARCHING | READING | {"telegram"},
        "search PATH kettle --passages": SEARCHING | READING | {"telegram"},
        "search PATH kettle --refs --fold-copies": SEARCHING | CRITICISM,
    },
    formulas=(Formula("search PATH kettle", '=HYPERLINK("http://x.example";"kettle")'),),
    logged="search PATH lobster",
)

QUAYHAVEN = [
    "10QUAYHAVEN2",
    "08QUAYHAVEN31",
    "08QUAYHAVEN6",
    "06QUAYHAVEN22",
    "05QUAYHAVEN19",
    "05QUAYHAVEN4",
]


def test_hits_are_one_line_each_the_newest_first(run: Run, archive: Path) -> None:
    done = run("search", archive, "origin:quayhaven")
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.lines] == QUAYHAVEN
    assert done.lines[0].split()[1] == "2010-01-15"


def test_references_can_be_ended_by_nul(run: Run, archive: Path) -> None:
    assert run("search", archive, "origin:quayhaven", "-0").out == "\0".join([*QUAYHAVEN, ""])


def test_a_query_may_begin_with_a_dash_and_none_is_every_cable(run: Run, archive: Path) -> None:
    done = run("search", archive, "-origin:amber", "-origin:oriel", "-origin:secretary", "--refs")
    assert done.lines == QUAYHAVEN
    assert len(run("search", archive).lines) == 40


def test_in_json_a_hit_without_words_has_no_passage(run: Run, archive: Path) -> None:
    value = run("search", archive, "origin:quayhaven", "--json", "--limit", "1").value
    assert (value["query"], value["count"], value["partial"]) == ("origin:quayhaven", 6, False)
    (hit,) = value["hits"]
    assert (hit["reference_id"], hit["created"]) == ("10QUAYHAVEN2", "2010-01-15T14:14Z")
    assert (hit["passage"], hit["places"]) == (None, [])


def test_a_cut_answer_says_so(run: Run, archive: Path) -> None:
    done = run("search", archive, "origin:quayhaven", "--limit", "2", "--jsonl")
    assert [json.loads(line)["reference_id"] for line in done.lines] == QUAYHAVEN[:2]
    assert "2 of 6 hits" in done.err


def test_csv_is_a_table(run: Run, archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("search", archive, "origin:quay", "--csv").out)))
    assert [row["reference_id"] for row in rows] == QUAYHAVEN
    assert {row["passage"] for row in rows} == {""}
    assert rows[0]["origin"] == "Consulate Quayhaven"


ROCKS = [{"word": '"kettle rocks"', "count": 4}, {"word": '"kettle rock"~5', "count": 1}]
"""What is offered for `"kettle rock"`."""
STONES = "The Kettle Rocks are two stones that show at low water."


def test_a_hit_in_json_has_the_passage_and_its_places(run: Run, archive: Path) -> None:
    value = run("search", archive, "kettle stones", "--json").value
    hit = next(each for each in value["hits"] if STONES in each["passage"])
    start, end = hit["places"][0]
    assert hit["passage"][start:end] == "Kettle"
    assert [hit["passage"][first:last] for first, last in hit["places"]] == ["Kettle", "stones"]
    assert hit["score"] > 0
    # In the order of relevance.
    done = run("search", archive, "ferry", "--jsonl", "--sort", "relevance")
    scores = [json.loads(line)["score"] for line in done.lines]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_passages_stand_below_their_lines(run: Run, archive: Path) -> None:
    lines = run("search", archive, "kettle stones", "--passages").lines
    below = next(line for line in lines if STONES in line)
    assert below.startswith("    3. (SBU) The Kettle")
    assert not lines[lines.index(below) - 1].startswith(" ")


@pytest.mark.parametrize("words", [("kettle", "--passages"), ()])
def test_on_a_terminal_lines_are_cut_to_its_width_and_passages_wrapped(
    run: Run, archive: Path, words: tuple[str, ...]
) -> None:
    screen = Terminal()
    assert run("search", archive, *words, screen=screen).status == 0
    lines = screen.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("    ") for line in lines) is bool(words)


def test_a_correction_is_said_and_counted(run: Run, archive: Path) -> None:
    done = run("search", archive, "ambassadr", "--json")
    assert 'no "ambassadr"; searched for ' in done.err
    first = done.value["corrections"][0]
    assert (first["word"], first["count"] > 0) == ("ambassadr", True)
    assert run("search", archive, "=harbor", "--json").value["corrections"] == []


def test_what_a_query_may_have_meant_is_a_field_of_the_json(run: Run, archive: Path) -> None:
    done = run("search", archive, "(origin:quayhavn", "or", '"kettle rock")', "--json")
    assert done.value["offers"] == [
        {
            "word": "origin:quayhavn",
            "count": 0,
            "also": [{"word": 'origin:"Consulate Quayhaven"', "count": 6}],
        },
        {"word": '"kettle rock"', "count": 0, "also": ROCKS},
    ]
    assert '"kettle rock" 0 · but "kettle rocks" 4' in done.err


@pytest.mark.parametrize(
    ("words", "near", "column"),
    [
        (("country:quayhaven",), "region:, origin: or tag:?", 0),
        (("lamp", "recipient:osei"), "to:, info: or action:?", 5),
        (("(kettle", "or", "tga:EFIS)"), "tag:?", 11),
        (('"kettle', 'rocks"', "-clas:secret"), "class:?", 16),
    ],
)
def test_an_unknown_prefix_is_an_error_that_names_the_nearest_ones(
    run: Run, archive: Path, words: tuple[str, ...], near: str, column: int
) -> None:
    done = run("search", archive, *words)
    assert (done.status, done.out) == (2, "")
    said, line, caret = done.err.splitlines()
    assert said.startswith("cable-tui: the prefix ")
    assert f"Did you mean {near}" in said
    assert line == f"  {' '.join(words)}"
    assert caret == f"  {' ' * column}^"
    # as the message says
    assert run("search", archive, '"country:quayhaven"', "--refs").status in (0, 1)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("post:quayhaven", "origin:quayhaven"),
        ("sender:quayhaven", "from:quayhaven"),
        ("NOTE: kettle", "note kettle"),
        ("at 12:30 kettle", "at 12/30 kettle"),
    ],
)
def test_another_name_of_a_prefix_or_a_label_finds_the_same(
    run: Run, archive: Path, text: str, same: str
) -> None:
    one, other = run("search", archive, text, "--refs"), run("search", archive, same, "--refs")
    assert (one.status, one.lines) == (other.status, other.lines)


def test_a_bad_query_gets_a_caret_under_its_column(run: Run, archive: Path) -> None:
    done = run("search", archive, "kettle", "date:soon")
    assert (done.status, done.out) == (2, "")
    said, line, caret = done.err.splitlines()
    assert said.startswith("cable-tui: ")
    assert line == "  kettle date:soon"
    assert line[caret.index("^") :].startswith(("date:soon", "soon"))


@pytest.mark.parametrize(
    "options", [("--limit", "0"), ("--sort", "color"), ("--json", "--csv"), ("--limit",)]
)
def test_wrong_options_are_status_2(run: Run, archive: Path, options: tuple[str, ...]) -> None:
    done = run("search", archive, "kettle", *options)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1


def test_without_indexing_the_answer_is_what_is_there(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    other = ("--cache", tmp_path / "cache")
    listed = run("bookmarks", "list", archive, *other)
    assert (listed.status, "there is no cache" in listed.err) == (1, True)
    assert run("show", archive, "04PORTAMBER211", *other).status == 0
    assert "partial" in run("search", archive, "kettle", "--no-index", *other).err


def test_an_export_to_a_file_is_whole_and_private(run: Run, archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before")
    assert run("export", archive, "--format", "csv", "-o", file).refuses(0, "40 cables written")
    assert len(list(csv.reader(io.StringIO(file.read_text())))) == 41
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".out*")) == []


def test_an_export_that_is_empty_or_cannot_be_written_writes_nothing(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    assert run("export", archive, "-o", tmp_path / "no" / "out").status == 2
    assert run("export", archive, "-o", tmp_path).status == 2
    assert run("export", archive, "=zzyzzyx", "-o", tmp_path / "out").status == 1
    assert not (tmp_path / "out").exists()


def test_a_cable_whose_file_went_away_is_missing_from_the_export_and_said(
    run: Run, archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ("04/06/04PORTAMBER211", "05/02/05QUAYHAVEN4"):
        page = archive / "cable" / f"20{name}.html"
        (folder / page.name).write_bytes(page.read_bytes())
    assert run("index", folder).status == 0
    (folder / "04PORTAMBER211.html").unlink()
    done = run("export", folder, "--no-index")
    assert [json.loads(line)["reference_id"] for line in done.lines] == ["05QUAYHAVEN4"]
    assert done.status == 3
    assert "1 cable is missing from the export" in done.err


@pytest.mark.parametrize(
    ("words", "reason", "column"),
    [
        (("lamp", "is:lost"), "is:lost is not known; is: takes bookmarked, noted", 5),
        (("sort:color",), "no order color; sort: takes -created", 0),
        (("len:long",), "long is not a valid size, such as >20k", 0),
        (("lamp", "list:nowhere"), "there is no list called nowhere; you have none", 5),
        (("query:nowhere",), "there is no saved search called nowhere; you have none", 0),
    ],
)
def test_what_is_wrong_with_a_field_has_its_caret(
    run: Run, archive: Path, words: tuple[str, ...], reason: str, column: int
) -> None:
    done = run("search", archive, *words)
    assert (done.status, done.out) == (2, "")
    assert reason in done.err
    assert done.err.splitlines()[-1] == f"  {' ' * column}^"


def test_nothing_found_says_what_each_part_costs(run: Run, archive: Path) -> None:
    assert run("search", archive, "origin:quayhaven", "date:1999").refuses(
        1, "nothing found", "6 without date:1999", "0 without origin:quayhaven"
    )
    assert run("search", archive, "origin:quayhaven", "date:1999", "--json").value["without"] == [
        {"part": "origin:quayhaven", "count": 0},
        {"part": "date:1999", "count": 6},
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("sort:created",), QUAYHAVEN[::-1]),
        (("sort:date", "--sort", "-created"), QUAYHAVEN[::-1]),
        (("--sort", "oldest"), QUAYHAVEN[::-1]),
        (("--sort", "created"), QUAYHAVEN[::-1]),
        (
            ("--sort", "reference"),
            ["05QUAYHAVEN4", "05QUAYHAVEN19", "06QUAYHAVEN22", "08QUAYHAVEN6", "08QUAYHAVEN31",
             "10QUAYHAVEN2"],
        ),
    ],
    ids=str,
)  # fmt: skip
def test_an_order_is_an_option_or_a_part_of_the_query(
    run: Run, archive: Path, words: tuple[str, ...], expected: list[str]
) -> None:
    assert run("search", archive, "origin:quayhaven", "--refs", *words).lines == expected


def test_own_marks_are_searched(run: Run, archive: Path) -> None:
    assert run("search", archive, "is:bookmarked", "--refs").status == 1
    assert run("bookmarks", "add", archive, "05QUAYHAVEN4", "--list", "Ships").status == 0
    for query in ("is:bookmarked", "list:ships", "is:bookmarked -is:noted origin:quay"):
        assert run("search", archive, query, "--refs").lines == ["05QUAYHAVEN4"]


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("lamps", ("facts", "grammar", "text")),
        ("query:minors", ("facts", "grammar", "text")),
        ("(origin:x or query:minors)", ("facts", "grammar", "text")),
        ("origin:x is:read", ("facts", "grammar")),
    ],
)
def test_a_query_needs_what_it_may_ask_for(text: str, needs: tuple[str, ...]) -> None:
    assert needs_of(parse(text)) == needs


def test_the_help_says_the_whole_language(run: Run) -> None:
    done = run("search", "--help")
    for prefix in reference_table.PREFIX_HELP:
        assert f"{prefix}:" in done.out
    assert max(map(len, done.lines)) <= 80
    said = " ".join(done.out.split())
    assert "query, count, partial, corrections and hits" in said


def test_what_a_filter_without_cables_may_have_meant_is_said_with_its_number(
    run: Run, archive: Path
) -> None:
    assert run("search", archive, "origin:quayhavne").says(
        1, 'origin:quayhavne 0 · but origin:"Consulate Quayhaven" 6'
    )


@pytest.fixture
def story(run: Run, tmp_path: Path) -> Path:
    """An archive in which 09DOHA9 is a corrected copy of 09CAIRO3."""
    place = tmp_path / "story"
    write_dump(place / "cables.csv", STORY)
    run("index", place)
    return place


def test_copies_can_be_one_hit_that_names_them(run: Run, story: Path) -> None:
    done = run("search", story, "ferry", "--fold-copies", "--sort", "created", "--refs")
    assert (done.status, done.lines) == (0, ["09RABAT1", "09CAIRO3"])
    assert done.err == "cable-tui: 3 cables; 1 copy folded\n"
    done = run("search", story, "ferry", "--fold-copies", "--sort", "created")
    assert done.lines[2] == "    near-duplicates: 09DOHA9"
    plain = run("search", story, "ferry", "--sort", "created", "--refs")
    assert plain.lines == ["09RABAT1", "09CAIRO3", "09DOHA9"]
    asked = ("search", story, "ferry", "--fold-copies", "--sort", "-created")
    value = run(*asked, "--json").value
    assert value["count"] == 3
    assert [(hit["reference_id"], hit["copies"]) for hit in value["hits"]] == [
        ("09DOHA9", ["09CAIRO3"]),
        ("09RABAT1", []),
    ]
    (first, _) = csv.DictReader(io.StringIO(run(*asked, "--csv").out))
    assert (first["reference_id"], first["copies"]) == ("09DOHA9", "09CAIRO3")
    assert "copies" not in run("search", story, "ferry", "--json").value["hits"][0]


def test_a_limit_is_of_hits_and_not_of_copies(run: Run, story: Path) -> None:
    asked = ("search", story, "ferry", "--fold-copies", "--sort", "-created", "--refs")
    done = run(*asked, "--limit", "2")
    assert done.lines == ["09DOHA9", "09RABAT1"]
    assert "--limit N shows more" not in done.err
    done = run(*asked, "--limit", "1")
    assert done.lines == ["09DOHA9"]
    assert "1 of 2 hits" in done.err


def test_where_sentences_were_not_compared_nothing_is_folded(run: Run, tmp_path: Path) -> None:
    write_dump(tmp_path / "story" / "cables.csv", STORY)
    run("index", tmp_path / "story", "--no-echoes")
    done = run("search", tmp_path / "story", "ferry", "--fold-copies", "--refs")
    assert len(done.lines) == 3
    assert "not been compared yet" in done.err


def test_how_a_query_was_read_is_said_and_a_field_of_the_json(run: Run, archive: Path) -> None:
    query = "kettle or 9/11 or (tag:prel tag:econ)"
    assert run("search", archive, query).err.splitlines()[:2] == [
        "cable-tui: either: tag",
        "cable-tui: 9/11 with 9-11, 9.11",
    ]
    found = run("search", archive, query, "--json").value
    assert (found["either"], found["alike"]) == (
        ["tag"],
        [{"word": "9/11", "also": ["9-11", "9.11"]}],
    )


def test_a_sample_is_said_and_a_field_of_the_json(run: Run, archive: Path) -> None:
    assert "cable-tui: a sample of 3 of 40\n" in run("search", archive, "sample:3").err
    found = run("search", archive, "sample:3", "--json").value
    assert (found["count"], found["population"]) == (3, 40)
    assert "population" not in run("search", archive, "kettle", "--json").value
    assert "a sample of 3 of 40" in run("export", archive, "sample:3", "--format", "csv").err


@pytest.mark.parametrize("command", ["search", "stats", "export"])
def test_a_reference_id_in_another_spelling_finds_its_cable_first(
    run: Run, archive: Path, command: str
) -> None:
    done = run(command, archive, "05-state-130422")
    assert done.status == 0
    assert "05STATE130422 first, then" in done.err
    if command != "stats":
        assert "05STATE130422" in done.lines[0]
