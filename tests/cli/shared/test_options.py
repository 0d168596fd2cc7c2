"""How a command line is read: the command, options anywhere, queries that begin with a dash."""

from __future__ import annotations

from pathlib import Path

import pytest

from cable_tui.base.errors import UsageError
from cable_tui.cli.shared.options import parse, split


@pytest.mark.parametrize(
    ("line", "verb", "rest"),
    [
        ("", "open", ""),
        ("~/cables", "open", "~/cables"),
        ("search p q", "search", "p q"),
        ("--ascii search p q", "search", "--ascii p q"),
        ("--theme search p", "open", "--theme search p"),
        ("--theme=dusk search p", "search", "--theme=dusk p"),
        ("-q index p", "open", "-q index p"),
        ("./index", "open", "./index"),
        ("p index", "open", "p index"),
        ("-- index", "open", "-- index"),
        ("--config c --cache d index p", "index", "--config c --cache d p"),
        ("marks list", "bookmarks", "list"),
        ("curve p q", "trend", "p q"),
        ("--ascii gaps p", "missing", "--ascii --gaps p"),
        ("gaps --post x p", "missing", "--gaps --post x p"),
    ],
)
def test_the_first_word_is_a_command_only_if_it_is_one(line: str, verb: str, rest: str) -> None:
    found, words = split(line.split())
    assert (found.name, words) == (verb, rest.split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("p -tag:KCRM", ["-tag:KCRM"]),
        ("p -o", ["-o"]),
        ("p -office -vision", ["-office", "-vision"]),
        ("p fish -(a or b)", ["fish", "-(a", "or", "b)"]),
        ("p --json -fish --limit 3", ["-fish"]),
        ("p -- --json", ["--json"]),
        ("--no-color p -0 fish", ["fish"]),
    ],
)
def test_a_query_may_begin_with_a_dash(line: str, words: list[str]) -> None:
    _, options = parse(["search", *line.split()])
    assert str(options.path) == "p"
    assert options.words == words


def test_options_stand_anywhere_and_a_value_may_begin_with_a_dash() -> None:
    assert parse(["search", "p", "--sort", "-created"])[1].sort == "-created"
    assert parse(["p", "-q", "-tag:KCRM"])[1].query == "-tag:KCRM"
    for line in (
        "search --limit 3 p fish --json --ascii",
        "--ascii search p --json fish --limit=3",
        "search p fish --ascii --limit 3 --json",
    ):
        _, options = parse(line.split())
        assert (options.limit, options.json, options.ascii) == (3, True, True)
        assert (str(options.path), options.words) == ("p", ["fish"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show p r --raww", "--raww: no such option. Did you mean --raw?"),
        ("show p r -x", "-x: no such option"),
        ("search p --limit", "--limit needs a value"),
        ("search p --limit many", "--limit needs a whole number, not many"),
        ("search", "PATH"),
        ("show p", "REF"),
        ("show p r extra", "extra: not expected here"),
        ("search p q --json --csv", "--csv or --json: not both"),
        ("search p --limit 0", "--limit needs a number of at least 1, not 0"),
        ("show p r --width 3", "--width needs a number of at least 20, not 3"),
        ("cite p r --style haiku", "--style haiku: not one of reference, link, hashtags"),
        ("cite p r --style biblatx", "--style biblatx: did you mean biblatex? (see"),
        ("cite p r --style chicago", "--style chicago: for Chicago, use note"),
        ("cite p r --style JSON", "--style JSON: for JSON, use csl-json"),
        ("export p --format xlsx", "--format xlsx: for a spreadsheet, use csv"),
        ("export p --format xslx", "--format xslx: for a spreadsheet, use csv"),
        ("cite p r --style footnotes", "--style footnotes: for a footnote, use footnote"),
        ("export p --format json", "--format json: for JSON, use jsonl"),
        ("search p q --sort size", "--sort size: for the shortest first, use length"),
        ("stats p --by country", "--by country: for who sent a cable, use post"),
        ("stats p --by hour", "--by hour: not one of "),
        (
            "stats p --by post,year,tag",
            "--by needs one key, or two different keys, not post,year,tag",
        ),
        ("marks forget p", "ACTION forget: not one of "),
        ("index p --rebuild=yes", "--rebuild takes no value"),
        ("search p --jso", "--jso: no such option"),
        ("serach p uranium", "serach: no such command, file or folder. Did you mean search?"),
        ("serach", "Did you mean search?"),
        ("help serach", "Did you mean search?"),
        ("mark list", "Did you mean bookmarks?"),
        ("config", "config: no such command. `cable-tui paths` names the file with your settings"),
        ("sources p", "`cable-tui search PATH said:WORD` finds what sources said"),
        ("export-all p", "`cable-tui export PATH -o FILE` exports all cables"),
        ("frobnicate p", "frobnicate: no such command, file or folder (see cable-tui help)"),
        ("help frobnicate", "frobnicate: no such command"),
        ("bookmarks list --note x", "--note: no such option (see cable-tui bookmarks list --help)"),
        ("bookmarks add r --to first", "--to needs a whole number, not first"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(line.split())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        ["search", "", "lobster"],
        ["forget", ""],
        ["--cache", "", "paths"],
        ["bookmarks", "list", "--config", ""],
        ["export", "p", "-o", ""],
        [""],
    ],
    ids=str,
)
def test_an_empty_name_is_not_the_folder_of_the_shell(line: list[str]) -> None:
    with pytest.raises(UsageError, match=r"is empty .is a shell variable unset"):
        parse(line)


def test_a_path_of_windows_may_have_slashes_of_both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in (["serach/x"], ["serach\\x"]):
        with monkeypatch.context() as patch:
            patch.setattr("os.sep", "\\")
            patch.setattr("os.altsep", "/")
            assert parse(line)[1].path == Path(line[0])


@pytest.mark.parametrize("name", ["serach", "helpp"])
def test_a_folder_that_is_there_is_no_slip_of_a_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).mkdir()
    assert parse([name])[1].path == Path(name)
    assert parse(["./help"])[1].path == Path("help")
    assert parse(["cables"])[1].path == Path("cables")


def test_help_needs_nothing_else_to_be_right() -> None:
    assert parse(["show", "--help"])[1].help
    assert parse(["search", "-h"])[1].help
    assert parse(["--version"])[1].version
