"""The man page is that of the program, and roff reads it without a word."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from cable_tui.base import errors
from cable_tui.cli.command_table import OPEN, VERBS
from cable_tui.cli.shared.options import Parser, every_parser
from cable_tui.query import reference_table
from tests.man_page import PAGE, literal, page, prose

pytestmark = pytest.mark.documents

ROOT = Path(__file__).parents[1]
SECTIONS = [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "OPTIONS",
    "QUERY LANGUAGE",
    "FILES",
    "ENVIRONMENT",
    "EXIT STATUS",
    "EXAMPLES",
    "SEE ALSO",
]


def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def section(name: str) -> str:
    return re.split(r"^\.SH ", text(), flags=re.MULTILINE)[SECTIONS.index(name) + 1]


def test_the_page_is_that_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert text() == page(), "run: python -m tests.man_page"


def test_it_has_the_usual_sections_in_their_order() -> None:
    assert re.findall(r"^\.SH (.*)", text(), re.MULTILINE) == SECTIONS
    assert "@" not in re.sub(r"[\w.]@[\w.]", "", text()), "a place of the template is left"


@pytest.mark.parametrize(
    "lint", ["mandoc -T lint", "groff -man -Tutf8 -ww -z", "mandoc -T utf8", "man -l --warnings"]
)
def test_roff_has_nothing_to_say(lint: str) -> None:
    program, *options = lint.split()
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program} here")
    done = subprocess.run(
        [program, *options, str(PAGE)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.returncode == 0
    if "lint" in lint:
        assert done.stdout == ""


def test_what_is_typed_is_shown_as_it_is_typed() -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("there is no mandoc here")
    done = subprocess.run(
        ["mandoc", "-T", "utf8", "-O", "width=200", str(PAGE)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    shown = re.sub(".\b", "", done.stdout)
    for line in reference_table.lines():
        for example in line.examples:
            assert example in shown
    for verb in (OPEN, *VERBS.values()):
        for example in verb.examples:
            assert example in shown


PARSERS = [each for each in every_parser() if each.verb is not OPEN]


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.verb.name)
def test_every_command_and_action_has_its_options_and_their_help(parser: Parser) -> None:
    usage = parser.verb.usage.removeprefix("cable-tui ")
    part = section("COMMANDS").split(f'.SS "{literal(usage)}"\n')[1].split(".SS ")[0]
    if parser.actions and " " not in parser.verb.name:
        return  # its actions have them
    own = [group for group in parser._action_groups if "every command" not in str(group.title)]
    for action in (action for group in own for action in group._group_actions):
        if action.help == argparse.SUPPRESS:
            continue
        for name in action.option_strings or [str(action.metavar or action.dest)]:
            assert literal(name) in part
        assert action.help
        assert action.help.split()[-1].rstrip(".") in part.replace("\\", "").replace("(aq", "'")


def test_the_options_of_every_command_are_there_once() -> None:
    for parser in every_parser():
        for group in parser._action_groups:
            for action in group._group_actions if "every command" in str(group.title) else ():
                for name in action.option_strings:
                    assert section("OPTIONS").count(f"\\fB{literal(name)}\\fP") == 1


def test_every_exit_status_of_an_error_is_there() -> None:
    statuses = {
        each.exit_code
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.CableTuiError)
    }
    assert statuses == {1, 2, 3, 4, 70}
    for status in (*statuses, 129, 130, 143):
        assert re.search(rf"\b{status}\b", section("EXIT STATUS"))


def test_every_variable_of_ours_is_there() -> None:
    named = {
        name
        for file in (ROOT / "cable_tui").rglob("*.py")
        for name in re.findall(r"\"(CABLE_TUI_\w+)\"", file.read_text(encoding="utf-8"))
    }
    assert {"CABLE_TUI_HOME", "CABLE_TUI_CACHE"} <= named
    assert [name for name in sorted(named) if f".B {name}\n" not in section("ENVIRONMENT")] == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a\\b", ["a\\eb"]),  # an escape of roff would be taken for one
        (".TH is a macro", ["\\&.TH is a macro"]),  # so would a line that begins with a dot
        ("'so is a quote", ["\\(aqso is a quote"]),
        ("with `--limit N`, or --by", ["with \\fB\\-\\-limit N\\fP, or \\-\\-by"]),
        ("well-kept", ["well-kept"]),  # a hyphen, no minus
        ("Sarkozy’s ¶", ["Sarkozy\\[u2019]s \\[u00B6]"]),
    ],
)
def test_signs_of_roff_are_kept_from_it(given: str, expected: list[str]) -> None:
    assert [*prose(given)] == expected


def test_the_wheel_installs_the_page_and_the_completions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    for file in (
        "man/cable-tui.1",
        *(f"completions/{each.name}" for each in (ROOT / "completions").iterdir()),
    ):
        assert (ROOT / file).is_file()
        assert file in installed
    assert set(installed.values()) == {
        "share/man/man1/cable-tui.1",  # man(1)
        "share/bash-completion/completions/cable-tui",  # bash-completion's README
        "share/zsh/site-functions/_cable-tui",  # zshcompsys(1), and what distributions do
        "share/fish/vendor_completions.d/cable-tui.fish",  # fish's manual
    }
