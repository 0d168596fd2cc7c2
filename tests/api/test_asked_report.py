"""Reports for Python: each by its name, with the rows of its command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

import cable_tui as ct
from cable_tui import demo
from cable_tui.api.asked_report import ReportRows
from cable_tui.archive.build.indexer import index
from cable_tui.cli import main
from cable_tui.reports import problems
from cable_tui.reports.report import Look, Rows
from cable_tui.reports.table import REPORTS

WORDS = dict.fromkeys(("trend", "concordance", "matches", "words", "neighbours"), ("lobster",)) | {
    "chain": ("04PORTAMBER211",),
}
"""Words that a report needs."""


def asked(archive: ct.Archive, name: str) -> ReportRows:
    return archive.report(name, *WORDS.get(name, ()))


APART = {"log", "echoes"}
"""The log has another form in its command; no sentences of this archive are compared."""


@pytest.mark.parametrize("name", [name for name in REPORTS if name not in APART])
def test_a_report_has_the_answer_of_its_command(
    archive: ct.Archive, indexed: Path, name: str
) -> None:
    line = [name, str(indexed / "cables"), *WORDS.get(name, ()), "--json"]
    with redirect_stdout(StringIO()) as out:
        main([*line, "--no-index", "--cache", str(indexed / "cache")])
    answer = asked(archive, name).as_json()
    expected = json.loads(out.getvalue())
    if isinstance(expected, list):
        (rows,) = [value for value in answer.values() if isinstance(value, list)]
        assert rows == expected
    else:
        del expected["page"]  # of the command alone
        assert {**answer, "tally": 0} == {**expected, "tally": 0}


@pytest.mark.tool("repeated_passages")
def test_a_report_that_needs_more_of_the_index_names_the_command(tmp_path: Path) -> None:
    """The archive is its own: a room of another test may have read the demo's sentences."""
    folder, cache = tmp_path / "cables", tmp_path / "cache"
    demo.write(folder)
    for _ in index(folder, cache, workers=0):
        pass
    opened = ct.open(folder, cache=cache)
    with opened as archive, pytest.raises(ct.CacheError, match="run `cable-tui index`"):
        len(archive.report("echoes"))


@pytest.mark.tool("concordance")
def test_days_are_dates_and_what_is_missing_is_none(archive: ct.Archive) -> None:
    (first, *_) = archive.report("matches", "lobster")
    assert (first.first.isoformat(), first.last.isoformat()) == ("2004-09-20", "2009-09-07")
    post = archive.report("stats", by="post")[0]
    assert (post.value, post.title) == ("Embassy Port Amber", None)
    assert "" in {row.left for row in archive.report("concordance", "ferry")}
    assert "first" in archive.report("matches", "lobster").as_json()["texts"][0]


@pytest.mark.tool("trend")
def test_options_are_those_of_the_command(archive: ct.Archive) -> None:
    years = archive.report("trend", "lobster", by="year")
    assert [row.step for row in years][:2] == ["2004", "2005"]
    assert years.whole
    with pytest.raises(ct.UsageError, match="by: week: not one of month, year"):
        archive.report("trend", "lobster", by="week")
    with pytest.raises(ct.UsageError, match="rows needs a whole number, not '3'"):
        archive.report("trend", "lobster", rows="3")
    with pytest.raises(ct.UsageError, match="trend needs queries"):
        archive.report("trend")


@pytest.mark.tool("concordance")
def test_rows_come_while_they_are_read_and_have_dates(
    archive: ct.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = archive.report("concordance", "lobstre", sort="date")
    assert (lines[0].word, lines[0].date) == ("LOBSTERS", date(2004, 6, 7))
    assert 'no "lobstre"; searched for lobster' in " ".join(lines.tally.notes)
    assert len(lines) == len(archive.report("concordance", "lobster"))


@pytest.mark.tool("drafts")
def test_a_draft_is_checked(archive: ct.Archive, tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        'It said "and its paper is old" (04PORTAMBER305 ¶2) and '
        '"the navy was a touchy subject, since it was in dry dock" (04SANTORIEL88 ¶2).',
        encoding="utf-8",
    )
    verdicts = archive.check(draft)
    assert next((row.kind, row.text) for row in verdicts.exact) == (
        "quotation",
        "and its paper is old",
    )
    (altered,) = verdicts.altered
    assert [each["draft"] for each in altered.differences] == ["touchy"]
    assert (len(verdicts.faults), verdicts.whole) == (1, True)
    with pytest.raises(ct.UsageError, match=r"nothing\.md"):
        archive.check(tmp_path / "nothing.md")


def test_an_answer_says_whether_it_is_whole(
    archive: ct.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object, look: Look) -> Iterator[Rows[object]]:
        look.count("its file is gone")
        yield Rows([])

    monkeypatch.setattr(problems.ProblemsReport, "read", read)
    answer = archive.report("problems")
    assert (answer.whole, answer.tally.unread, answer.tally.problem) == (
        False,
        1,
        "its file is gone",
    )
