"""Help and version, and how little they cost."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest

from cable_tui import __version__
from cable_tui.cli.bookmark_actions import ACTIONS
from cable_tui.cli.command_table import ALIASES, VERBS
from cable_tui.cli.shared.options import parse
from tests.cli.conftest import Run

HEAVY = ("textual", "tantivy", "rapidfuzz", "rich", "platformdirs", "sqlite3")


def test_help_imports_nothing_heavy_and_no_command_the_screen_or_an_engine_for_its_own() -> None:
    code = (
        "import sys; from cable_tui.cli import main\n"
        "for word in sys.argv[1:]:\n"
        "    main(word.split())\n"
        "    print(*sys.modules, file=sys.stderr)"
    )
    # The modules of one are there for the next: what no help may import none of them has.
    lines = ["--help", "--version", *(f"{verb} --help" for verb in VERBS)]
    done = subprocess.run(
        [sys.executable, "-c", code, *lines], capture_output=True, text=True, check=True, timeout=60
    )
    _, second, *_, last = (
        {name.partition(".")[0] for name in line.split()} for line in done.stderr.splitlines()
    )
    assert not second.intersection(HEAVY)
    assert not last.intersection({"textual", "tantivy", "rapidfuzz", "rich"})


def test_help_names_every_command_within_eighty_columns(run: Run) -> None:
    done = run("--help")
    assert (done.status, done.err) == (0, "")
    assert all(verb.usage in done.out for verb in VERBS.values())
    assert not any(f"cable-tui {alias} " in done.out for alias in ALIASES)
    assert [line for line in done.lines if re.fullmatch(r"\w+:", line)][:5] == [
        *("read:", "ask:", "write:", "manage:"),
        "options:",
    ]
    assert "--private" in done.out
    assert max(map(len, done.lines)) <= 80


EVERY = ["", *VERBS, *(f"bookmarks {action}" for action in ACTIONS)]


@pytest.mark.parametrize("line", EVERY)
def test_every_help_is_one_sentence_its_options_the_general_ones_and_two_examples(
    run: Run, line: str
) -> None:
    done = run(*line.split(), "--help")
    assert done.status == 0
    assert f"usage: cable-tui {line}".strip() in done.out
    _, sentence, *_ = done.out.partition("usage: ")[2].split("\n\n")
    assert re.search(r"(\w|\)| \.\.)[.?]$", sentence), sentence
    own, _, general = done.out.partition("\noptions of every command:\n")
    assert "--verbose" not in own
    options, _, examples = general.partition("\nexamples:\n")
    assert "--help" in options
    assert "--fresh" in options.splitlines()[-1]
    shown = examples.splitlines()
    assert len(shown) == 2
    assert all(f"cable-tui {line}".strip() in each and len(each) <= 80 for each in shown)


EXAMPLES = [
    *(each for verb in VERBS.values() for each in verb.examples),
    *(each for action in ACTIONS.values() for each in action.examples),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_command_line_that_is_understood(example: str) -> None:
    parse(shlex.split(re.sub(" [<>|] .*", "", example))[1:])


def test_the_query_language_is_printed_once_and_named_elsewhere(run: Run) -> None:
    table = run("help", "queries").out
    helps = {verb: run(verb, "--help").out for verb in VERBS}
    assert [verb for verb, text in helps.items() if table in text] == ["search"]
    named = {verb for verb, text in helps.items() if "`cable-tui help queries`" in text}
    assert named == {verb.name for verb in VERBS.values() if verb.takes_query} - {"search"}


@pytest.mark.parametrize("line", ["", "search", "--ascii search", "bookmarks", "bookmarks undo"])
def test_the_word_help_helps(run: Run, line: str) -> None:
    assert run("help", *line.split()).out == run(*line.split(), "--help").out


@pytest.mark.tool("sharing")
def test_the_version_is_one_line_and_the_help_of_an_action_has_its_own_options(run: Run) -> None:
    forced = {each for each in ACTIONS if "--force" in run("bookmarks", each, "--help").out}
    assert forced == {"remove", "author"}
    assert run("--version").out == f"cable-tui {__version__}\n"
