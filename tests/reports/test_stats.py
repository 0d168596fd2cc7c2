"""What is in an archive and in the answer to a query, as a report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cable_tui.archive.search.breakdown import Breakdown, BreakdownRow
from cable_tui.base.errors import UsageError
from cable_tui.base.value import as_json, replace
from cable_tui.reports.stats import (
    REPORT,
    ArchiveStats,
    Ask,
    Counted,
    QueryStats,
    StatsRow,
    StatsTable,
    _rows,
    keys_in,
)
from cable_tui.reports.table import REPORTS
from cable_tui.session.feature_state import Page
from cable_tui.session.features.pages import OpenPage
from tests.cli.conftest import Run, Terminal
from tests.command_cases import Answer, Formula, ReportCase, Screen
from tests.formats.frus.volumes import telegram, volume
from tests.parts import READING, SEARCHING
from tests.session import ready

POST = StatsRow("post", "Embassy Zenda", "", 1204, (1200, 0, 4))
CASE = ReportCase(
    shapes={"stats": ArchiveStats | QueryStats | StatsTable, "stats-line": StatsRow},
    name="stats",
    asked=Ask(),
    rows=(POST, POST),
    answers=(
        Answer("stats PATH --json"),
        Answer("stats PATH kettle --json"),
        Answer("stats PATH kettle zzzq --json", 1),
        Answer("stats PATH kettle --json --by post,year"),
        Answer("stats PATH --json --by signer --limit 3"),
        Answer("stats PATH kettle --jsonl"),
        Answer("stats PATH --jsonl --by post,year"),
        Answer("stats PATH sample:5 --jsonl --by post,year"),
    ),
    imports={
        "stats PATH": SEARCHING,
        "stats PATH kettle --by post,year": SEARCHING,
        "stats PATH --chart": SEARCHING,
        "stats PATH --by signer": SEARCHING | READING | {"telegram"},
    },
    formulas=(
        Formula("stats PATH", "@Embassy Rabat"),
        Formula("stats PATH kettle", "@Embassy Rabat"),
        Formula("stats PATH kettle --by post", "@Embassy Rabat"),
    ),
    screens=(
        Screen("stats", "g C", sizes=((80, 24), (120, 40))),
        Screen("stats-by-post", "g C m"),
    ),
    logged="stats PATH lobster --by year",
)


def test_an_archive_is_counted_by_every_facet(run: Run, archive: Path) -> None:
    run("index", archive)
    done = run("stats", archive)
    assert done.lines[0].startswith("40 cables · ")
    assert {"Origin", "Tags", "Created", "Classification"} <= set(done.lines)
    assert run("stats", archive, "--json").value["cables"] == 40


def test_documents_alone_in_their_files_are_counted_by_the_volume_of_their_heads(
    run: Run, tmp_path: Path
) -> None:
    bibl = '<fileDesc><bibl type="frus-volume-id">frus1861</bibl></fileDesc>'
    for number in (1, 2):
        alone = volume(telegram(number), id_="").replace("<fileDesc/>", bibl)
        (tmp_path / f"d{number}.xml").write_text(alone)
    (tmp_path / "frus1955-57v97.xml").write_text(volume(telegram(1)))
    done = run("stats", tmp_path, "--by", "volume", "--csv")
    assert done.lines[1:] == ["frus1861,,2", "frus1955-57v97,,1"]
    assert run("stats", tmp_path, "volume:frus1861").lines[0] == "2 cables · volume:frus1861"


def test_records_without_a_text_are_counted_by_the_reason_and_are_no_problems(
    run: Run, tmp_path: Path
) -> None:
    texts = {"ON MICROFILM": "", "WITHDRAWN": "", "ON-LINE": "UNCLAS LA PAZ 01949\n\n1. (U) Lamps."}
    records = "".join(
        f"<r><document_number>1974LAPAZ0194{number}</document_number>"
        f"<draft_date>1974-03-30</draft_date><locator>TEXT {locator}</locator>"
        f"<message_text>{text}</message_text></r>"
        for number, (locator, text) in enumerate(texts.items(), 7)
    )
    (tmp_path / "a.xml").write_text(f"<records>{records}</records>")
    said = "without text: 1 withdrawn, 1 microfilm"
    assert f"3 cables ({said})." in run("index", tmp_path).err
    assert run("stats", tmp_path).lines[1] == said
    assert run("problems", tmp_path).lines == []
    for flag, id_ in (("withdrawn", "1974LAPAZ01948"), ("microfilm", "1974LAPAZ01947")):
        hits = run("search", tmp_path, f"is:{flag}", "--json").value["hits"]
        assert [hit["reference_id"] for hit in hits] == [id_]


def test_a_query_is_counted_as_it_is_answered(run: Run, archive: Path) -> None:
    hits = run("search", archive, "kettle", "--json").value["hits"]
    assert run("stats", archive, "kettle").lines[0] == f"{len(hits)} cables · kettle"
    value = run("stats", archive, "kettle", "--json").value
    assert (value["query"], value["count"]) == ("kettle", len(hits))
    posts = {each["value"]: each["count"] for each in value["facets"]["origin"]}
    assert posts == {post: [hit["origin"] for hit in hits].count(post) for post in posts}
    assert sum(posts.values()) == len(hits)


def test_a_table_of_post_by_year_adds_up_to_the_answer(run: Run, archive: Path) -> None:
    out = run("stats", archive, "--by", "post,year", "--csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    years = [name for name in rows[0] if name.isdigit()]
    assert years == sorted(years)
    assert sum(int(row["cables"]) for row in rows) == 40
    assert all(sum(int(row[year]) for year in years) == int(row["cables"]) for row in rows)


def test_a_line_names_the_columns_of_its_counts(run: Run, archive: Path) -> None:
    lines = run("stats", archive, "--by", "post,class", "--jsonl").lines
    assert json.loads(lines[1]) == {
        "key": "post",
        "value": "Embassy Sant Oriel",
        "title": "",
        "cables": 8,
        "across": [1, 0, 4, 1, 0, 2],
        "columns": [
            "UNCLASSIFIED",
            "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
            "CONFIDENTIAL",
            "CONFIDENTIAL//NOFORN",
            "SECRET",
            "SECRET//NOFORN",
        ],
    }


@pytest.mark.parametrize("key", ["post", "year", "tag", "class", "signer"])
@pytest.mark.parametrize("form", ["--json", "--csv", "--chart", "--ascii"])
def test_every_key_has_every_form(run: Run, archive: Path, key: str, form: str) -> None:
    done = run("stats", archive, "--by", key, form)
    assert (done.status, done.err) == (0, "")
    assert done.out


def test_who_signed_is_counted_as_it_is_found(run: Run, archive: Path) -> None:
    run("index", archive)
    rows = run("stats", archive, "--by", "signer", "--json").value["rows"]
    assert rows
    for each in rows:
        found = run("search", archive, f"signed:={each['value'].lower()}", "--json").value
        assert found["count"] == each["count"], each["value"]


def test_a_chart_is_of_years_and_fits_the_terminal(run: Run, archive: Path) -> None:
    screen = Terminal()
    assert run("stats", archive, "--chart", screen=screen).status == 0
    lines = screen.getvalue().splitlines()
    assert lines[0][:4].isdigit()
    assert max(map(len, lines)) <= 80
    assert run("stats", archive, "--chart", "--ascii").out.isascii()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "hour"), "--by hour: not one of "),
        (("--by", "year,year"), "one key, or two different keys"),
        (("--by", "post,year,tag"), "one key, or two different keys"),
        (("--by", "year,post", "--chart"), "the second key must be one of year, month"),
        (("--by", "year", "--limit", "0"), "--limit needs a number of at least 1"),
        (("origin:",), ""),
        (("--json", "--csv"), "--csv or --json: not both"),
    ],
)
def test_what_cannot_be_counted_is_said(
    run: Run, archive: Path, words: tuple[str, ...], said: str
) -> None:
    assert run("stats", archive, *words).says(2, said)


def test_other_names_of_a_key_are_understood_and_nothing_found_is_status_1(
    run: Run, archive: Path
) -> None:
    assert run("stats", archive, "--by", "origin,date", "--json").value["by"] == ["post", "year"]
    assert run("stats", archive, "zzzzqq", "--by", "year").refuses(1, "nothing found")


CROSSED = Breakdown(
    ("post", "year"),
    1207,
    (
        BreakdownRow("Embassy Zenda", "", 1204, (1200, 0, 4)),
        BreakdownRow("Embassy Strelsau", "", 3, (1, 2, 0)),
    ),
    0,
    ("2007", "2008", "2010"),
)
POSTS = Breakdown(
    ("post",),
    1210,
    (BreakdownRow("Embassy Zenda", "", 1204), BreakdownRow("Embassy Strelsau", "", 4)),
    2,
)


def csv_of(table: Breakdown) -> list[tuple[str, ...]]:
    answer = Counted(table=table)
    return list(REPORT.csv_lines(_rows(answer, "csv"), answer))


def test_a_spreadsheet_has_a_column_for_each_value_and_the_rest_without_a_name() -> None:
    assert csv_of(CROSSED) == [
        ("post", "title", "2007", "2008", "2010", "cables"),
        ("Embassy Zenda", "", "1200", "0", "4", "1204"),
        ("Embassy Strelsau", "", "1", "2", "0", "3"),
    ]
    assert csv_of(POSTS)[-1] == ("", "", "2")
    many = Breakdown(("tag",), 60, tuple(BreakdownRow(f"T{at}", "", 1) for at in range(60)), 0)
    assert len(csv_of(many)) == 61


def test_scripts_get_the_same_as_one_object() -> None:
    answer = Counted("salt", 1207, table=CROSSED)
    value = as_json(REPORT.whole_json(Ask(), answer, (POST,)))
    assert (value["query"], value["count"], value["by"]) == ("salt", 1207, ["post", "year"])
    assert value["columns"] == ["2007", "2008", "2010"]
    assert value["rows"] == [
        {"value": "Embassy Zenda", "title": "", "count": 1204, "across": [1200, 0, 4]}
    ]
    assert as_json(REPORT.whole_json(Ask(), Counted(table=POSTS), ()))["without"] == 2


def test_the_page_counts_by_other_keys() -> None:
    page = Page(REPORTS["stats"], Ask("salt", ("post", "year")))
    assert REPORT.title(page) == "Cables by post and year · salt"
    session = replace(ready(), page=page)
    assert REPORT.typed(session, "tag:PREL") == Ask("tag:PREL", ("post", "year"))
    with pytest.raises(UsageError):
        REPORT.typed(session, "date:never")
    following, previous = (key.does(page) for key in REPORT.page_keys)
    assert isinstance(following, OpenPage)
    assert isinstance(previous, OpenPage)
    assert (following.asked, previous.asked) == (Ask("salt", ("post",)), Ask("salt", ("list",)))


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (60, ["1,207 cables", "", "                   2007  2008  2010  total"]),
        (40, ["1,207 cables · each row has its own scale", ""]),
    ],
)
def test_the_page_has_the_numbers_if_they_fit(cells: int, lines: list[str]) -> None:
    page = Page(REPORTS["stats"], Ask("salt", ("post", "year")))
    assert [*REPORT.body(page, cells, 9)] == [[("Counting ...", "dim")]]
    drawn = REPORT.body(replace(page, answer=Counted("salt", 1207, table=CROSSED)), cells, 9)
    assert ["".join(text for text, _ in line) for line in drawn][: len(lines)] == lines


def test_only_a_query_may_find_nothing() -> None:
    nothing = ArchiveStats(0, 0, 0, 1, {}, {}, True, {})
    assert not REPORT.is_nothing(Counted(whole=nothing), 0)
    assert REPORT.is_nothing(Counted("zzzzqq"), 0)


def test_keys_are_read_by_their_other_names_and_no_more_than_two() -> None:
    assert keys_in("from, date") == ("post", "year")
    with pytest.raises(UsageError, match="who sent a cable, use post"):
        keys_in("embassy")


def test_the_shares_in_a_sample_have_ranges(run: Run, archive: Path) -> None:
    done = run("stats", archive, "sample:20", "--by", "class", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert sum(int(row["cables"]) for row in rows) == 20
    for row in rows:
        assert float(row["share_from"]) <= int(row["cables"]) / 20 <= float(row["share_to"])
    assert "a sample of 20 of 40\n" in done.err
    assert "the true shares lie within these ranges in 95 of 100 samples" in done.err
    lines = run("stats", archive, "sample:20", "--by", "class").lines
    assert "% " in lines[0]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("sample:100", "all 40 cables, not only a sample"),
        (
            "sample:2/year",
            "a sample by year does not represent all cables, so the shares have no ranges",
        ),
    ],
)
def test_all_cables_and_a_sample_by_year_have_no_ranges(
    run: Run, archive: Path, query: str, says: str
) -> None:
    done = run("stats", archive, query, "--by", "class", "--json")
    assert all("share_range" not in row for row in done.value["rows"])
    assert says in done.err
    assert done.value["population"] == 40
    assert "share_from" not in run("stats", archive, query, "--by", "class", "--csv").out


def test_the_page_of_a_sample_has_the_ranges_of_the_shares() -> None:
    row = StatsRow("post", "Embassy Rabat", "", 3, share_range=(0.1923, 0.7))
    table = Breakdown(("post",), 7, (), 0)
    page = Page(REPORTS["stats"], Ask("sample:7", ("post",)), (row,))
    page = replace(page, answer=Counted("sample:7", 7, table=table, is_sample=True))
    assert ["".join(text for text, _ in line) for line in REPORT.body(page, 80, 9)] == [
        "7 cables",
        "",
        "        3    19.2-70.0%  Embassy Rabat",
    ]


def test_a_picture_needs_keys(run: Run, archive: Path) -> None:
    by_year = run("stats", archive, "--format", "svg").out
    assert ">Cables by year</title>" in by_year
    assert run("stats", archive, "kettle", "--by", "post,year", "--format", "svg").status == 0
    with pytest.raises(UsageError, match="needs --by"):
        REPORT.chart(Ask(), (), Counted())
