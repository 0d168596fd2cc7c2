"""The command of a report: its forms, limits, messages and exit codes, shown by the concordance."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cable_tui.cli import reports
from cable_tui.reports.report import MOST_SORTED
from cable_tui.reports.table import REPORTS
from cable_tui.text.layout import keyword_column
from tests.cli.conftest import Run, Terminal


@pytest.mark.tool("concordance")
def test_each_place_is_a_line_and_the_oldest_comes_first(run: Run, archive: Path) -> None:
    done = run("concordance", archive, "kettle")
    assert done.status == 0
    dates = [line[:10] for line in done.lines]
    assert dates == sorted(dates)
    assert f"{len(dates)} lines in " in done.err
    assert all("kettle" in line.casefold() for line in done.lines)
    # The word is in one column of the terminal.
    screen = Terminal()
    assert run("concordance", archive, "=kettle", "--limit", "9", screen=screen).status == 0
    lines = screen.getvalue().splitlines()
    column = 23 + keyword_column(80 - 23)
    assert {line[column : column + 6].casefold() for line in lines} == {"kettle"}
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("kettle", "tea"), "put it in quotes, 'kettle tea'"),
        (("origin:quayhaven",), "it needs a word to show in context"),
        (("",), "it needs a word to show in context"),
        (("kettle", "--sort", "length"), "--sort length: not one of"),
    ],
)
@pytest.mark.tool("concordance")
def test_what_cannot_be_shown_is_said(
    run: Run, archive: Path, words: tuple[str, ...], said: str
) -> None:
    assert run("concordance", archive, *words).refuses(2, said)


@pytest.mark.parametrize("name", [each.name for each in REPORTS.values() if not each.command])
def test_a_number_below_one_is_refused_by_every_report(run: Run, archive: Path, name: str) -> None:
    report = REPORTS[name].report
    words = ["kettle" for each in report.options if each.nargs == "+"]
    defaults = report.ask._defaults
    numbers = [each for each in report.options if type(defaults.get(each.name)) is int]
    for flag in {each.flag or f"--{each.name}" for each in numbers} | {"--limit"}:
        done = run(name, archive, *words, flag, "0")
        assert (done.status, f"{flag} needs a number of at least 1, not 0" in done.err) == (2, True)


@pytest.mark.tool("concordance")
def test_nothing_found_is_status_1_and_a_limit_says_that_there_is_more(
    run: Run, archive: Path
) -> None:
    assert run("concordance", archive, "zzzzqq").refuses(1, "nothing found")
    done = run("concordance", archive, "kettle", "--limit", "1")
    assert len(done.lines) == 1
    assert "the first 1 line; --limit N shows more" in done.err


@pytest.mark.tool("concordance")
def test_a_text_that_changed_is_counted_and_named(run: Run, archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cables"
    folder.mkdir()
    page = next(
        page
        for page in sorted((archive / "cable").rglob("*.html"))
        if b"kettle" in page.read_bytes().lower()
    )
    copy = folder / page.name
    copy.write_bytes(page.read_bytes())
    run("index", folder)
    copy.write_bytes(page.read_bytes().lower().replace(b"kettle", b"teapot"))
    assert run("concordance", folder, "kettle", "--no-index").says(
        3, "1 text could not be read", copy.name
    )


@pytest.mark.tool("concordance")
def test_no_more_than_a_bounded_number_of_lines_is_sorted(
    run: Run, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_SORTED == 100_000
    monkeypatch.setattr(reports._Printed, "most_sorted", 2)
    done = run("concordance", archive, "the", "--sort", "right")
    assert len(done.lines) == 2
    assert "only the first 2 lines were sorted" in done.err


@pytest.mark.tool("concordance")
def test_the_first_lines_come_before_the_last_cable_is_read(home: Path, archive: Path) -> None:
    """Read through a pipe, one line at a time; the reader then leaves, and the command ends."""
    command = [sys.executable, "-m", "cable_tui", "concordance", str(archive), "the"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        if os.name == "posix":
            process.send_signal(signal.SIGINT)
        process.stdout.close()
        assert process.wait(60) in (0, 130)
